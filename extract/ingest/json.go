package ingest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"entente/graph"
)

// linesReader reads JSON Lines: one object a line. A broken line does not hurt
// the next one.
type linesReader struct{}

func (linesReader) Extensions() []string { return []string{".jsonl", ".ndjson"} }

// Match takes what begins with an object that ends on its line, or whose next
// line begins another object; and whatever begins with an object in a file
// named as JSON Lines.
func (r linesReader) Match(head []byte, ext string) bool {
	if !startsJSON(head, '{', ext) {
		return false
	}
	if slices.Contains(r.Extensions(), ext) {
		return true
	}
	line, rest, more := bytes.Cut(bytes.TrimLeft(head, " \t\r\n"), []byte("\n"))
	if !more {
		return len(head) >= headLen // a line longer than the head
	}
	rest, line = bytes.TrimLeft(rest, "\r\n"), bytes.TrimSpace(line)
	goesOn := bytes.HasSuffix(line, []byte(",")) || bytes.HasSuffix(line, []byte("[")) // an object of several lines
	return len(bytes.TrimSpace(rest)) > 0 && json.Valid(line) || bytes.HasPrefix(rest, []byte("{")) && !goesOn
}

// startsJSON reports whether head begins with open, and not merely as a text
// may that is named as one ("[Correction] ...").
func startsJSON(head []byte, open byte, ext string) bool {
	head = bytes.TrimLeft(head, " \t\r\n")
	if len(head) == 0 || head[0] != open {
		return false
	}
	if !slices.Contains(textReader{}.Extensions(), ext) {
		return true
	}
	inner := bytes.TrimLeft(head[1:], " \t\r\n")
	return len(inner) > 0 && bytes.IndexByte([]byte(`{}[]"`), inner[0]) >= 0
}

func (linesReader) Read(src Source, opts Options) iter.Seq2[graph.Article, error] {
	return func(yield func(graph.Article, error) bool) {
		in := foresee(buffered(src), &opts, datesInJSON(opts))
		found := false
		var rec record
		for rec.line = 1; ; rec.line++ {
			long, err := rec.readLine(in, opts.MaxLine)
			last := err == io.EOF
			if err != nil && !last {
				yield(graph.Article{}, readError(src, rec.line, err))
				return
			}
			if trimmed := bytes.TrimSpace(rec.raw); len(trimmed) > 0 || long {
				_, peekErr := in.Peek(1)
				alone := !found && peekErr != nil && !knownLines(src)
				found = true
				rec.number = rec.line
				if alone {
					rec.number = 0
				}
				if !rec.each(trimmed, long, src, opts, yield) {
					return
				}
			}
			if last {
				break
			}
		}
		if !found {
			yield(graph.Article{}, src.fail(0, "leave it out", errEmpty))
		}
	}
}

func knownLines(src Source) bool {
	return slices.Contains(linesReader{}.Extensions(), src.ext())
}

// record is one JSON value of an input.
type record struct {
	raw     []byte // its bytes; reused for the next one
	number  int    // from 1; 0 if the input is this one
	within  int    // the number of the record in whose list it stands; 0 if in none that has one
	line    int    // where it begins, from 1
	doubted bool   // an earlier one, or it, was not UTF-8
}

// readLine reads the next line into r, without keeping more than max bytes;
// long tells that there were more. The last line comes with io.EOF.
func (r *record) readLine(in *bufio.Reader, max int) (long bool, err error) {
	r.raw = r.raw[:0]
	for {
		part, err := in.ReadSlice('\n')
		if long = long || len(r.raw)+len(part) > max; long {
			r.raw = nil // it may be large
		} else {
			r.raw = append(r.raw, part...)
		}
		if err != bufio.ErrBufferFull {
			return long, err
		}
	}
}

// article makes an article of the record's bytes, already trimmed.
func (r *record) article(raw []byte, long bool, src Source, opts Options) (graph.Article, error) {
	if long {
		return graph.Article{}, src.fail(r.line, "write one article a line (as jq -c '.articles[]' does), or leave it out",
			r.blame(fmt.Errorf("longer than %d bytes, too long for one record", opts.MaxLine)))
	}
	raw = r.toUTF8(raw, src, opts)
	d, err := articleDraft(raw, opts)
	if err != nil {
		line, cause, hint := r.line, err, "mend it or leave it out"
		var syntax *json.SyntaxError
		switch {
		case errors.As(err, &syntax):
			line += bytes.Count(raw[:min(int(syntax.Offset), len(raw))], []byte("\n"))
			cause = fmt.Errorf("broken JSON: %w", err)
		case errors.Is(err, errNoText):
			hint = textHint(opts)
		case errors.Is(err, errNotObject):
			hint = "an article is an object with a text"
		}
		return graph.Article{}, src.fail(line, hint, r.blame(cause))
	}
	d.number = r.number
	if r.number > 0 {
		d.line = r.line
	}
	if d.id == "" && r.within > 0 {
		d.id = fmt.Sprintf("%s-%d-%d", src.name(), r.within, r.number)
	}
	return d.finish(src, opts)
}

// textHint says what to do where no field holds a text.
func textHint(opts Options) string {
	names := opts.names("text")
	if name := opts.Map["text"]; name != "" {
		names = []string{name} // as the user spelt it
	}
	return fmt.Sprintf("name the field of the text (--map text=…): it is looked for as %s", strings.Join(names, ", "))
}

// toUTF8 converts the record's bytes. An input is warned of once: its records
// are of one making.
func (r *record) toUTF8(raw []byte, src Source, opts Options) []byte {
	if r.doubted {
		text, _ := toUTF8(raw, "")
		return text
	}
	r.doubted = !utf8.Valid(raw)
	return opts.toUTF8(raw, src, r.line)
}

// blame names the record in a message where its line does not.
func (r *record) blame(cause error) error {
	if r.number > 0 && r.number != r.line {
		return fmt.Errorf("item %d: %w", r.number, cause)
	}
	return cause
}

// jsonReader reads a JSON file: an object, an array of objects, objects one
// after the other, in any layout, or an object that holds an array of them.
type jsonReader struct{}

func (jsonReader) Extensions() []string { return []string{".json"} }

func (jsonReader) Match(head []byte, ext string) bool {
	return startsJSON(head, '{', ext) || startsJSON(head, '[', ext)
}

func (jsonReader) Read(src Source, opts Options) iter.Seq2[graph.Article, error] {
	return func(yield func(graph.Article, error) bool) {
		in := foresee(buffered(src), &opts, datesInJSON(opts))
		s := scanner{in: in, line: 1, max: opts.MaxLine}
		var rec record
		for n := 1; ; n++ {
			long, err := s.next(&rec)
			if err == io.EOF {
				if n == 1 {
					yield(graph.Article{}, src.fail(0, "leave it out", errors.New("no article in it")))
				}
				return
			}
			if err != nil {
				yield(graph.Article{}, s.report(src, err))
				return
			}
			if rec.number = n; n == 1 && !s.inArray {
				rec.number = 0
			}
			if !rec.each(rec.raw, long, src, opts, yield) {
				return
			}
		}
	}
}

// scanner cuts a stream into JSON values without holding more than one. It
// follows strings and brackets only; whether a value is sound is for
// encoding/json to say. So a value that is broken inside its brackets does not
// hurt the next one.
type scanner struct {
	in      *bufio.Reader
	max     int // bytes kept of one value
	line    int
	inArray bool
}

var errOpenArray = errors.New(`broken JSON: the array is not closed by "]"`)

func (s *scanner) report(src Source, err error) error {
	if errors.Is(err, errOpenArray) {
		return src.fail(s.line, "the file may be cut off: fetch it again, or close the array", err)
	}
	return readError(src, s.line, err)
}

func (s *scanner) byte() (byte, error) {
	c, err := s.in.ReadByte()
	if err == nil {
		if c == '\n' {
			s.line++
		}
	}
	return c, err
}

// next reads the next value into rec; long tells that it was longer than max.
// It returns io.EOF after the last one, errOpenArray if the input ends within
// the array, or the error of the input.
func (s *scanner) next(rec *record) (long bool, err error) {
	for {
		c, err := s.byte()
		switch {
		case err == io.EOF && s.inArray:
			return false, errOpenArray
		case err != nil:
			return false, err
		case c == ' ', c == '\t', c == '\r', c == '\n', c == ',':
		case c == '[' && !s.inArray:
			s.inArray = true
		case c == ']' && s.inArray:
			s.inArray = false
		default:
			rec.line, rec.raw = s.line, append(rec.raw[:0], c)
			return s.value(rec, c)
		}
	}
}

// value reads the rest of the value that begins with c. The end of the input
// ends it too.
func (s *scanner) value(rec *record, c byte) (long bool, err error) {
	depth, quoted, escaped := 0, false, false
	for {
		switch {
		case escaped:
			escaped = false
		case quoted && c == '\\':
			escaped = true
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{', c == '[':
			depth++
		case c == '}', c == ']':
			depth--
		}
		if depth <= 0 && !quoted && (c == '}' || c == ']' || c == '"') {
			return long, nil
		}
		if depth == 0 && !quoted { // a number or word ends before what follows
			if peek, _ := s.in.Peek(1); len(peek) == 1 && bytes.IndexByte([]byte(" \t\r\n,]}[{\""), peek[0]) >= 0 {
				return long, nil
			}
		}
		if c, err = s.byte(); err == io.EOF {
			return long, nil
		} else if err != nil {
			return long, err
		}
		if long = long || len(rec.raw) >= s.max; !long {
			rec.raw = append(rec.raw, c)
		}
	}
}
