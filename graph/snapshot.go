package graph

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// EncodeNetwork writes a network in the form that DecodeNetwork reads: numbers
// little-endian, first those of nodes, then id, name, type and country of each
// actor as a length (varint) and bytes, then the rows of Out and of the symmetric
// events, each with the numbers of offsets, columns and signs before them. The
// mentions of actors are left out.
func EncodeNetwork(w io.Writer, g *Network) error {
	e := encoder{w: bufio.NewWriterSize(w, 1<<20)}
	e.number(g.Len())
	for node := range g.ids {
		a := g.Actor(uint32(node))
		for _, s := range []string{string(a.ID), a.Name, string(a.Type), a.Country} {
			e.buf = binary.AppendUvarint(e.buf[:0], uint64(len(s)))
			e.write(e.buf)
			e.write([]byte(s))
		}
	}
	for _, r := range []*Rows{&g.out, &g.once} {
		for _, column := range [][]uint32{r.Off, r.To, r.Weight, r.Cooperative, r.Conflictual} {
			e.column(column)
		}
	}
	return errors.Join(e.err, e.w.Flush())
}

type encoder struct {
	w   *bufio.Writer
	buf []byte
	err error
}

func (e *encoder) write(b []byte) {
	if e.err == nil {
		_, e.err = e.w.Write(b)
	}
}

func (e *encoder) number(n int) {
	e.buf = binary.LittleEndian.AppendUint64(e.buf[:0], uint64(n))
	e.write(e.buf)
}

// piece is how many numbers of a column are coded at a time.
const piece = 1 << 14

func (e *encoder) column(c []uint32) {
	e.number(len(c))
	for len(c) > 0 {
		n := min(len(c), piece)
		e.buf = e.buf[:0]
		for _, v := range c[:n] {
			e.buf = binary.LittleEndian.AppendUint32(e.buf, v)
		}
		e.write(e.buf)
		c = c[n:]
	}
}

// DecodeNetwork reads what EncodeNetwork wrote. Strings of the network are parts
// of b, which must not change. An error is of lengths that cannot be right: whoever
// keeps such bytes has to know by a checksum that they are the same.
func DecodeNetwork(b string) (*Network, error) {
	d := decoder{rest: b}
	n := d.number(4) // each actor has at least four lengths
	g := &Network{ids: make([]ActorID, n), actors: make([]Actor, n)}
	for i := range g.actors {
		a := &g.actors[i]
		a.ID, a.Name, a.Type, a.Country = ActorID(d.text()), d.text(), ActorType(d.text()), d.text()
		g.ids[i] = a.ID
	}
	for _, r := range []*Rows{&g.out, &g.once} {
		for _, column := range []*[]uint32{&r.Off, &r.To, &r.Weight, &r.Cooperative, &r.Conflictual} {
			*column = d.column()
		}
		if len(r.To) == 0 {
			r.Cooperative, r.Conflictual = []uint32{}, []uint32{} // without edges, nobody can tell that there are no signs
		}
		if d.err == nil && (len(r.Weight) != len(r.To) || len(r.Off) != n+1 && len(r.To) > 0) {
			d.err = fmt.Errorf("network of %d actors: %d offsets, %d columns, %d weights", n, len(r.Off), len(r.To), len(r.Weight))
		}
	}
	if d.err == nil && len(d.rest) > 0 {
		d.err = fmt.Errorf("network: %d bytes too many", len(d.rest))
	}
	return g, d.err
}

type decoder struct {
	rest string
	err  error
}

var errShort = errors.New("network: cut short")

func (d *decoder) take(n int) string {
	if n < 0 || n > len(d.rest) {
		d.err, d.rest = errShort, ""
		return ""
	}
	s := d.rest[:n]
	d.rest = d.rest[n:]
	return s
}

// number reads how many things of at least so many bytes follow.
func (d *decoder) number(size int) int {
	b := d.take(8)
	if len(b) < 8 {
		return 0
	}
	n := binary.LittleEndian.Uint64([]byte(b))
	if n > uint64(len(d.rest)/size) {
		d.err, d.rest = errShort, ""
		return 0
	}
	return int(n)
}

func (d *decoder) text() string {
	n, shift := 0, 0
	for i := 0; i < len(d.rest) && i < 5; i++ {
		c := d.rest[i]
		n |= int(c&0x7f) << shift
		shift += 7
		if c < 0x80 {
			d.rest = d.rest[i+1:]
			return d.take(n)
		}
	}
	d.err, d.rest = errShort, ""
	return ""
}

// column returns nil for one without numbers, as Rows without signs have.
func (d *decoder) column() []uint32 {
	n := d.number(4)
	if n == 0 {
		return nil
	}
	b := d.take(4 * n)
	c := make([]uint32, n)
	for i := range c {
		p := b[4*i : 4*i+4]
		c[i] = uint32(p[0]) | uint32(p[1])<<8 | uint32(p[2])<<16 | uint32(p[3])<<24
	}
	return c
}

// Tied returns the network without the actors that have no edge.
func (g *Network) Tied() *Network {
	const gone = ^uint32(0)
	number := make([]uint32, g.Len())
	for i := range number {
		number[i] = gone
	}
	for node := range uint32(g.Len()) {
		row := g.out.Row(node)
		if len(row) > 0 {
			number[node] = 0
		}
		for _, to := range row {
			number[to] = 0
		}
	}
	t := &Network{}
	for node, kept := range number {
		if kept == gone {
			continue
		}
		number[node] = uint32(len(t.ids))
		t.ids = append(t.ids, g.ids[node])
		if g.actors != nil {
			t.actors = append(t.actors, g.actors[node])
		}
	}
	t.out, t.once = g.out.renumbered(number, len(t.ids)), g.once.renumbered(number, len(t.ids))
	return t
}

// renumbered returns the rows of the n nodes that have a number, which ascend;
// the others are without columns. What stands in the columns is shared.
func (r *Rows) renumbered(number []uint32, n int) Rows {
	p := *r
	if len(r.To) == 0 {
		p.Off = make([]uint32, n+1)
		return p
	}
	p.Off, p.To = make([]uint32, 0, n+1), make([]uint32, len(r.To))
	for node, to := range number {
		if to != ^uint32(0) {
			p.Off = append(p.Off, r.Off[node])
		}
	}
	p.Off = append(p.Off, uint32(len(r.To)))
	for i, to := range r.To {
		p.To[i] = number[to]
	}
	return p
}
