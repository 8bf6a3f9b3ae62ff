package ingest

import (
	"bufio"
	"bytes"
)

// pieces cuts a stream of lines where a line begins or ends a piece, and holds
// one piece at a time.
type pieces struct {
	in  *bufio.Reader
	max int // bytes kept of one piece
	// begins and ends say whether a line, given with its end and cut at the size
	// of a buffer, is the first or the last one of a piece. nil says no.
	begins, ends func(line []byte) bool

	pending []byte // a line that begins the next piece
	partial bool   // what was read last is not the end of a line
	line    int    // lines read or begun
	offset  int64  // bytes read
	err     error
}

// piece is some lines of an input.
type piece struct {
	text   []byte // good until the next one is read
	line   int    // where it begins, from 1
	offset int64  // of text in the input
	long   bool   // it was longer than max; text is empty
	ended  bool   // by a line that ends one
}

// next returns the next piece. It returns io.EOF after the last one, and the
// error of the input after the piece that it cuts short.
func (p *pieces) next() (piece, error) {
	out := piece{line: p.line + 1, offset: p.offset}
	empty := p.pending == nil
	if !empty {
		out.line, out.offset = p.line, p.offset-int64(len(p.pending))
		out.text, p.pending = p.pending, nil
	}
	for p.err == nil {
		part, err := p.in.ReadSlice('\n')
		p.offset += int64(len(part))
		first := !p.partial && len(part) > 0 // of its line
		if p.partial = err == bufio.ErrBufferFull; !p.partial {
			p.err = err
		}
		if first {
			p.line++
			if p.begins != nil && p.begins(part) && !empty {
				p.pending = bytes.Clone(part)
				return out, nil
			}
		}
		empty = empty && len(part) == 0
		if out.long = out.long || len(out.text)+len(part) > p.max; out.long {
			out.text = nil
		} else {
			out.text = append(out.text, part...)
		}
		if first && p.ends != nil && p.ends(part) {
			out.ended = true
			return out, nil
		}
	}
	if empty {
		return out, p.err
	}
	return out, nil
}
