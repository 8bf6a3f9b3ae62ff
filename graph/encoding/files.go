package encoding

import (
	"bufio"
	"errors"
	"io"
)

// WriteFile writes one file of a format that has several: what create opens is
// buffered and closed, and the first error is returned.
func WriteFile(create func(name string) (io.WriteCloser, error), name string, write func(io.Writer) error) error {
	f, err := create(name)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(f)
	if err := write(b); err != nil {
		return errors.Join(err, f.Close())
	}
	return errors.Join(b.Flush(), f.Close())
}
