package neural

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"

	"entente/extract/nlp/neural/vec"
)

// A model file is, with all numbers little-endian:
//
//	magic       8 bytes, "entente1"
//	head        uint32 length, then a Spec in JSON
//	tensors     as many as the Spec asks for, in the order of Weights.Tensors:
//	            uint8 kind, uint32 rows, uint32 cols, then
//	              KindTable:  float32 scale of each row; int8 elements, row by row
//	              KindMatrix: float32 scale of each column; int8 elements, column by column
//	              KindBias:   float32 elements
//	checksum    uint32, CRC-32 (IEEE) of all before
//
// A weight is its int8 times the scale. Rows of a matrix are its inputs, so a
// scale belongs to one output.
const magic = "entente1"

// maxFile is the longest model file that is read.
const maxFile = 64 << 20

// Encode writes w as a model file, with weights rounded to 8 bits.
func Encode(out io.Writer, w *Weights) error { return EncodeTensors(out, magic, w.Spec, w.Tensors()) }

// EncodeTensors writes a model file with a magic and a head of its own.
func EncodeTensors(out io.Writer, magic string, spec any, tensors []Tensor) error {
	sum := crc32.NewIEEE()
	b := bufio.NewWriter(io.MultiWriter(out, sum))
	head, err := json.Marshal(spec)
	if err != nil {
		return fmt.Errorf("model: %w", err)
	}
	e := encoder{w: b}
	b.WriteString(magic)
	e.uint32(uint32(len(head)))
	b.Write(head)
	for _, t := range tensors {
		b.WriteByte(byte(t.Kind))
		e.uint32(uint32(t.Rows))
		e.uint32(uint32(t.Cols))
		e.tensor(t)
	}
	if err := b.Flush(); err != nil { // it keeps the first error
		return fmt.Errorf("model: %w", err)
	}
	if err := binary.Write(out, binary.LittleEndian, sum.Sum32()); err != nil {
		return fmt.Errorf("model: %w", err)
	}
	return nil
}

type encoder struct{ w *bufio.Writer }

func (e encoder) uint32(v uint32) { e.w.Write(binary.LittleEndian.AppendUint32(nil, v)) }

func (e encoder) tensor(t Tensor) {
	if t.Kind == KindBias {
		for _, v := range t.Data {
			e.uint32(math.Float32bits(v))
		}
		return
	}
	lines, length := t.lines()
	scales := make([]float32, lines)
	for i := range lines {
		var top float32
		for j := range length {
			top = max(top, abs(t.Data[t.at(i, j)]))
		}
		scales[i] = top / 127
		e.uint32(math.Float32bits(scales[i]))
	}
	for i, scale := range scales {
		for j := range length {
			q := 0.0
			if scale > 0 {
				q = math.RoundToEven(float64(t.Data[t.at(i, j)] / scale))
			}
			e.w.WriteByte(byte(int8(max(-127, min(127, q)))))
		}
	}
}

// lines returns how many groups of weights have a scale in common, and their
// length.
func (t Tensor) lines() (n, length int) {
	if t.Kind == KindMatrix {
		return t.Cols, t.Rows
	}
	return t.Rows, t.Cols
}

// at returns the index in Data of element j of line i.
func (t Tensor) at(i, j int) int {
	if t.Kind == KindMatrix {
		return vec.Matrix{In: t.Rows, Out: t.Cols}.At(j, i)
	}
	return i*t.Cols + j
}

func abs(x float32) float32 { return float32(math.Abs(float64(x))) }

// Decode reads a model file.
func Decode(r io.Reader) (*Model, error) {
	w, err := DecodeWeights(r)
	if err != nil {
		return nil, err
	}
	m := NewModel(w)
	m.release()
	return m, nil
}

// DecodeWeights reads the weights of a model file, to go on training from.
func DecodeWeights(r io.Reader) (w *Weights, err error) {
	spec := new(Spec)
	err = DecodeTensors(r, magic, spec, func() (tensors []Tensor, err error) {
		if w, err = NewWeights(spec); err != nil {
			return nil, err
		}
		return w.Tensors(), nil
	})
	if err != nil {
		return nil, err
	}
	return w, nil
}

// DecodeTensors reads a model file with the given magic: its head into spec,
// then the tensors that tensors returns once spec is read.
func DecodeTensors(r io.Reader, magic string, spec any, tensors func() ([]Tensor, error)) error {
	data, err := io.ReadAll(io.LimitReader(r, maxFile))
	if err != nil {
		return fmt.Errorf("model: %w", err)
	}
	if err := decode(data, magic, spec, tensors); err != nil {
		return fmt.Errorf("model: %w (rebuild it with entente-train)", err)
	}
	return nil
}

var errShort = errors.New("the file is cut short")

func decode(data []byte, magic string, spec any, tensors func() ([]Tensor, error)) error {
	if !bytes.HasPrefix(data, []byte(magic)) {
		return fmt.Errorf("it does not begin with %q", magic)
	}
	if len(data) < len(magic)+8 {
		return errShort
	}
	body := data[:len(data)-4]
	if crc32.ChecksumIEEE(body) != binary.LittleEndian.Uint32(data[len(body):]) {
		return errors.New("the checksum is wrong: the file is damaged")
	}
	d := decoder{body[len(magic):]}
	head, err := d.take(int(d.uint32()))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(head, spec); err != nil {
		return fmt.Errorf("head: %w", err)
	}
	list, err := tensors()
	if err != nil {
		return err
	}
	for _, t := range list {
		if err := d.tensor(t); err != nil {
			return fmt.Errorf("tensor %s: %w", t.Name, err)
		}
	}
	if len(d.rest) > 0 {
		return fmt.Errorf("%d bytes too many", len(d.rest))
	}
	return nil
}

type decoder struct{ rest []byte }

func (d *decoder) take(n int) ([]byte, error) {
	if n < 0 || n > len(d.rest) {
		return nil, errShort
	}
	b := d.rest[:n]
	d.rest = d.rest[n:]
	return b, nil
}

// uint32 returns 0 at the end of the data.
func (d *decoder) uint32() uint32 {
	b, err := d.take(4)
	if err != nil {
		return 0
	}
	return binary.LittleEndian.Uint32(b)
}

func (d *decoder) tensor(t Tensor) error {
	kind, err := d.take(1)
	if err != nil {
		return err
	}
	rows, cols := d.uint32(), d.uint32()
	if Kind(kind[0]) != t.Kind || rows != uint32(t.Rows) || cols != uint32(t.Cols) {
		return fmt.Errorf("kind %d of %dx%d, want kind %d of %dx%d", kind[0], rows, cols, t.Kind, t.Rows, t.Cols)
	}
	if t.Kind == KindBias {
		b, err := d.take(4 * len(t.Data))
		if err != nil {
			return err
		}
		floats(b, t.Data)
		return nil
	}
	lines, length := t.lines()
	b, err := d.take(4 * lines)
	if err != nil {
		return err
	}
	scales := make([]float32, lines)
	floats(b, scales)
	if b, err = d.take(lines * length); err != nil {
		return err
	}
	for i, scale := range scales {
		for j, q := range b[i*length:][:length] {
			t.Data[t.at(i, j)] = scale * float32(int8(q))
		}
	}
	return nil
}

func floats(b []byte, to []float32) {
	for i := range to {
		to[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
}
