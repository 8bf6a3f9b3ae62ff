package store

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"

	"github.com/klauspost/compress/zstd"
)

// A backup is all rows of a store in one file, byte for byte, which serves the
// format that wrote it. docs/format.md describes it.

// backupHead begins what is packed in a backup; the number is the store's format.
const backupHead = "entente backup 1, store format %d\n"

// Backup writes all rows of the store as it is now. It fails with ErrDamaged where
// rows are missing or cannot be read. Others may read meanwhile.
func (s *Store) Backup(w io.Writer) error {
	zw, err := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20), zstd.WithEncoderCRC(true))
	if err != nil {
		return err
	}
	b := &backupWriter{w: bufio.NewWriterSize(zw, 1<<16), sum: sha256.New()}
	err = s.view(func(r reader) error { return s.backup(r, b) })
	return errors.Join(err, b.w.Flush(), zw.Close())
}

func (s *Store) backup(r reader, b *backupWriter) error {
	b.write(fmt.Appendf(nil, backupHead, s.folder.format))
	var first error
	a := newAudit(func(_ []byte, fault string) {
		if first == nil {
			first = s.folder.damaged("%s", fault)
		}
	})
	c := r.scan(nil)
	defer c.close()
	for c.next() && first == nil && b.err == nil {
		key := c.key()
		if err := c.value(func(value []byte) error {
			a.row(key, value)
			b.row(key, value)
			return nil
		}); err != nil {
			return s.folder.damaged("row %q: %v", key, err)
		}
	}
	a.end()
	b.end()
	return errors.Join(first, b.err)
}

type backupWriter struct {
	w    *bufio.Writer
	sum  hash.Hash
	rows uint64
	err  error
}

func (b *backupWriter) write(p []byte) {
	b.sum.Write(p)
	if b.err == nil {
		_, b.err = b.w.Write(p)
	}
}

func (b *backupWriter) row(key, value []byte) {
	b.write(binary.AppendUvarint(nil, uint64(len(key))))
	b.write(key)
	b.write(binary.AppendUvarint(nil, uint64(len(value))))
	b.write(value)
	b.rows++
}

// end writes an empty key, the number of rows and the checksum of all before it.
func (b *backupWriter) end() {
	b.write([]byte{0})
	b.write(binary.BigEndian.AppendUint64(nil, b.rows))
	b.write(b.sum.Sum(nil))
}

// Restore makes a store in dir, which must be missing or empty, of what Backup
// wrote. Messages call what r reads name. The error wraps ErrArchive for a backup
// that is damaged or none, ErrFormat or ErrOldFormat for one of another format, and
// ErrNotVacant; then nothing is left in dir.
func Restore(ctx context.Context, r io.Reader, name, dir string) error {
	return build(dir, func(s *Store) error {
		zr, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(64<<20))
		if err != nil {
			return err
		}
		defer zr.Close()
		b := &backupReader{r: bufio.NewReaderSize(zr, 1<<16), sum: sha256.New()}
		if err := b.load(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		return nil
	})
}

type backupReader struct {
	r    *bufio.Reader
	sum  hash.Hash
	rows uint64
}

// whole makes an error of ours of one in reading.
func (b *backupReader) whole(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%w: it is cut short after %d rows; take another backup", ErrArchive, b.rows)
	case errors.Is(err, zstd.ErrMagicMismatch) && b.rows == 0:
		return fmt.Errorf("%w: it is no backup; name a file that entente db backup wrote", ErrArchive)
	}
	return fmt.Errorf("%w: it is damaged after %d rows (%w); take another backup", ErrArchive, b.rows, err)
}

func (b *backupReader) load(ctx context.Context, s *Store) error {
	if err := b.head(); err != nil {
		return err
	}
	var faults []string
	a := newAudit(func(_ []byte, fault string) { faults = append(faults[:min(len(faults), 3)], fault) })
	var rows []row
	size := 0
	for {
		one, err := b.next()
		if err = cmp.Or(ctx.Err(), err); err != nil {
			return err
		}
		if one.key == nil {
			break
		}
		a.row(one.key, one.value)
		rows, size = append(rows, one), size+len(one.key)+len(one.value)
		if len(rows) == perCommit || size > 256<<10 {
			if err := s.setRows(rows); err != nil {
				return err
			}
			rows, size = nil, 0
		}
	}
	a.end()
	if len(faults) > 0 {
		return fmt.Errorf("%w: %s", ErrArchive, faults[0])
	}
	return s.setRows(rows)
}

func (b *backupReader) head() error {
	line, err := b.r.ReadSlice('\n')
	if err != nil {
		return b.whole(err)
	}
	b.sum.Write(line)
	var format int
	if _, err := fmt.Sscanf(string(line), backupHead, &format); err != nil {
		return fmt.Errorf("%w: it is no backup; name a file that entente db backup wrote", ErrArchive)
	}
	switch {
	case format > Format:
		return fmt.Errorf("%w: format %d, and this program knows up to %d; use a newer version of the program", ErrFormat, format, Format)
	case format < Format:
		return fmt.Errorf("%w: format %d, and this program restores %d; restore it with the version that wrote it", ErrOldFormat, format, Format)
	}
	return nil
}

// next returns the next row, or one without a key where all is read and whole.
func (b *backupReader) next() (r row, err error) {
	if r.key, err = b.field(); err != nil {
		return r, err
	}
	if r.key == nil {
		return r, b.end()
	}
	if r.value, err = b.field(); err != nil {
		return r, err
	}
	b.rows++
	return r, nil
}

// field reads a length and so many bytes; nil is an empty one.
func (b *backupReader) field() ([]byte, error) {
	n, err := binary.ReadUvarint(b.r)
	if err != nil {
		return nil, b.whole(err)
	}
	if n > maxValue {
		return nil, b.whole(fmt.Errorf("a field of %d bytes", n))
	}
	b.sum.Write(binary.AppendUvarint(nil, n))
	if n == 0 {
		return nil, nil
	}
	field := make([]byte, n)
	if _, err := io.ReadFull(b.r, field); err != nil {
		return nil, b.whole(err)
	}
	b.sum.Write(field)
	return field, nil
}

func (b *backupReader) end() error {
	tail := make([]byte, 8+sha256.Size)
	if _, err := io.ReadFull(b.r, tail); err != nil {
		return b.whole(err)
	}
	if n := binary.BigEndian.Uint64(tail); n != b.rows {
		return b.whole(fmt.Errorf("it says that it has %d", n))
	}
	b.sum.Write(tail[:8])
	if string(b.sum.Sum(nil)) != string(tail[8:]) {
		return b.whole(errors.New("its checksum is wrong"))
	}
	if _, err := b.r.ReadByte(); !errors.Is(err, io.EOF) {
		return b.whole(errors.New("something follows its end"))
	}
	return nil
}
