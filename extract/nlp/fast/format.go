package fast

import (
	"bytes"
	_ "embed" // for the model file
	"io"

	"entente/extract/nlp/neural"
)

// magic begins a model file, which else is laid out as those of package
// neural, with the head and the tensors of this package.
const magic = "ententf1"

//go:embed model.bin
var embedded []byte

// Load returns the model that is part of the program. It costs some 10 ms and
// 15 MB: load it once and share it.
func Load() (*Model, error) { return Decode(bytes.NewReader(embedded)) }

// IsModel reports whether data begins as a model file of this package does.
func IsModel(data []byte) bool { return bytes.HasPrefix(data, []byte(magic)) }

// Encode writes w as a model file, with weights rounded to 8 bits.
func Encode(out io.Writer, w *Weights) error {
	return neural.EncodeTensors(out, magic, w.Spec, w.Tensors())
}

// Decode reads a model file.
func Decode(r io.Reader) (*Model, error) {
	var w *Weights
	spec := new(Spec)
	err := neural.DecodeTensors(r, magic, spec, func() (tensors []neural.Tensor, err error) {
		if w, err = NewWeights(spec); err != nil {
			return nil, err
		}
		return w.Tensors(), nil
	})
	if err != nil {
		return nil, err
	}
	return NewModel(w), nil
}
