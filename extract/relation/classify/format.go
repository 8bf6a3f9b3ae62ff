package classify

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
)

// magic opens a model file.
const magic = "ententc2"

// Bounds of what a file may hold, so that a damaged one asks for no more memory
// than it has bytes.
const (
	maxHead    = 1 << 20
	maxFile    = 16 << 20
	maxColumns = 256
)

// head is the part of a file that says what the tables mean.
type head struct {
	Categories        []string            `json:"categories"`
	Statuses          []string            `json:"statuses"`
	Modes             map[string][]string `json:"modes"`
	Temperature       float64             `json:"temperature"`
	StatusTemperature float64             `json:"status_temperature"`
	GateAt            float64             `json:"gate_at"`
	Trained           string              `json:"trained"`
}

// Encode writes m. Equal models give equal bytes. docs/models.md describes the
// file.
func Encode(w io.Writer, m *Model) error {
	if err := m.check(); err != nil {
		return fmt.Errorf("model: %w", err)
	}
	h, err := json.Marshal(head{m.Categories, m.Statuses, m.ModesOf, m.Temperature, m.StatusTemperature, m.GateAt, m.Trained})
	if err != nil {
		return err
	}
	out := append([]byte(magic), binary.LittleEndian.AppendUint32(nil, uint32(len(h)))...)
	out = append(out, h...)
	for _, t := range []*Table{&m.Acts, &m.Modes, &m.Gate} {
		out = t.append(out)
	}
	out = binary.LittleEndian.AppendUint32(out, crc32.ChecksumIEEE(out))
	_, err = w.Write(out)
	return err
}

// append appends the bytes of a table.
func (t *Table) append(out []byte) []byte {
	out = binary.LittleEndian.AppendUint32(out, uint32(len(t.Keys)))
	out = binary.LittleEndian.AppendUint32(out, uint32(t.Columns))
	for _, s := range t.Scales {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(s))
	}
	for _, k := range t.Keys {
		out = binary.LittleEndian.AppendUint32(out, k)
	}
	for _, w := range t.Weights {
		out = append(out, byte(w))
	}
	return out
}

// Decode reads a model. A damaged file is an error, whatever its bytes.
func Decode(r io.Reader) (*Model, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(b) > maxFile {
		return nil, fmt.Errorf("longer than %d bytes: no model of the classifier", maxFile)
	}
	if len(b) < len(magic)+8 || string(b[:len(magic)]) != magic {
		return nil, errors.New("no model of the classifier, or of another version; make one with entente-train -events")
	}
	body := b[:len(b)-4]
	if binary.LittleEndian.Uint32(b[len(body):]) != crc32.ChecksumIEEE(body) {
		return nil, errors.New("the checksum is wrong: the file is damaged or cut short")
	}
	in := &input{rest: body[len(magic):]}
	var h head
	if err := json.NewDecoder(bytes.NewReader(in.take(in.number(maxHead)))).Decode(&h); err != nil {
		return nil, fmt.Errorf("head: %w", err)
	}
	m := &Model{Categories: h.Categories, Statuses: h.Statuses, ModesOf: h.Modes, Temperature: h.Temperature,
		StatusTemperature: h.StatusTemperature, GateAt: h.GateAt, Trained: h.Trained}
	m.Acts, m.Modes, m.Gate = in.table(), in.table(), in.table()
	if in.bad || len(in.rest) > 0 {
		return nil, errors.New("the tables do not fill the file")
	}
	return m, m.check()
}

// input is what is still to be read; bad is set once it was too short.
type input struct {
	rest []byte
	bad  bool
}

// take returns the next n bytes, or nil.
func (in *input) take(n int) []byte {
	if n < 0 || n > len(in.rest) {
		in.bad, in.rest = true, nil
		return nil
	}
	b := in.rest[:n]
	in.rest = in.rest[n:]
	return b
}

// number returns the next number; 0 if it is above most.
func (in *input) number(most int) int {
	b := in.take(4)
	if b == nil {
		return 0
	}
	n := binary.LittleEndian.Uint32(b)
	if uint64(n) > uint64(most) {
		in.bad = true
		return 0
	}
	return int(n)
}

func (in *input) table() Table {
	rows, columns := in.number(len(in.rest)/4), in.number(maxColumns)
	t := Table{Columns: columns}
	scales, keys, weights := in.take(4*columns), in.take(4*rows), in.take(rows*columns)
	if in.bad {
		return Table{}
	}
	for i := range columns {
		t.Scales = append(t.Scales, math.Float32frombits(binary.LittleEndian.Uint32(scales[4*i:])))
	}
	for i := range rows {
		t.Keys = append(t.Keys, binary.LittleEndian.Uint32(keys[4*i:]))
	}
	t.Weights = make([]int8, len(weights))
	for i, w := range weights {
		t.Weights[i] = int8(w)
	}
	return t
}
