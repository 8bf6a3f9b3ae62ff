package eval

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// source is a JSON text that is being read. It keeps the first fault found, so
// that a reader can ask for all it needs and look once.
type source struct {
	file string
	err  error
}

// value is a JSON value and the place where it stands.
type value struct {
	in   *source
	raw  json.RawMessage
	line int    // of its first byte, from 1
	path string // "relations[2].source", or "" for the whole text
}

// parse checks that data is one JSON value in UTF-8. The value's first line
// has the number line.
func parse(file string, line int, data []byte) (value, error) {
	v := value{in: &source{file: file}, raw: data, line: line}
	if !utf8.Valid(data) {
		at := 0
		for r, n := utf8.DecodeRune(data); r != utf8.RuneError || n > 1; r, n = utf8.DecodeRune(data[at:]) {
			at += n
		}
		v.line += bytes.Count(data[:at], []byte("\n"))
		v.fail("not UTF-8")
		return v, v.in.err
	}
	var whole json.RawMessage
	err := json.Unmarshal(data, &whole)
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		v.line += bytes.Count(data[:max(0, syntax.Offset-1)], []byte("\n"))
	}
	if err != nil {
		v.in.err = fmt.Errorf("%s:%d: not JSON: %w", file, v.line, err)
	}
	return v, v.in.err
}

// fail keeps a fault with v's place, if it is the first.
func (v value) fail(format string, args ...any) {
	if v.in.err != nil {
		return
	}
	what := fmt.Sprintf(format, args...)
	if v.path != "" {
		what = v.path + ": " + what
	}
	v.in.err = fmt.Errorf("%s:%d: %s", v.in.file, v.line, what)
}

// shown returns the beginning of v's text for a message.
func (v value) shown() string {
	var flat bytes.Buffer
	_ = json.Compact(&flat, v.raw) // cannot fail: parse has checked the text
	if r := []rune(flat.String()); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return flat.String()
}

func (v value) isNull() bool { return string(bytes.TrimSpace(v.raw)) == "null" }

// isString reports whether v is a JSON string.
func (v value) isString() bool { return bytes.HasPrefix(bytes.TrimSpace(v.raw), []byte(`"`)) }

// object is a JSON object's members by name. A member that is null is left out:
// no field here has a use for it.
type object struct {
	value
	members map[string]value
}

// object returns v's members; of two with one name, the last. It is empty,
// and the fault kept, where v is no object.
func (v value) object() object {
	o := object{v, map[string]value{}}
	dec := json.NewDecoder(bytes.NewReader(v.raw))
	if t, _ := dec.Token(); t != json.Delim('{') {
		v.fail("%s is not an object", v.shown())
		return o
	}
	for dec.More() {
		name, _ := dec.Token()
		key, _ := name.(string)
		delete(o.members, key)
		path := key
		if v.path != "" {
			path = v.path + "." + key
		}
		if m := v.next(dec, path); !m.isNull() {
			o.members[key] = m
		}
	}
	return o
}

// list returns v's elements; none, and the fault kept, where v is no list.
func (v value) list() []value {
	dec := json.NewDecoder(bytes.NewReader(v.raw))
	if t, _ := dec.Token(); t != json.Delim('[') {
		v.fail("%s is not a list", v.shown())
		return nil
	}
	var out []value
	for dec.More() {
		out = append(out, v.next(dec, fmt.Sprintf("%s[%d]", v.path, len(out))))
	}
	return out
}

// next reads the value that dec, which reads v, stands before. The text is
// known to be well formed, so that the only errors are of the reader's making.
func (v value) next(dec *json.Decoder, path string) value {
	var raw json.RawMessage
	if err := dec.Decode(&raw); err != nil {
		v.fail("%v", err)
	}
	start := int(dec.InputOffset()) - len(raw)
	line := v.line + bytes.Count(v.raw[:start], []byte("\n"))
	return value{in: v.in, raw: raw, line: line, path: path}
}

func (v value) text() string {
	var s string
	if !v.isString() || json.Unmarshal(v.raw, &s) != nil {
		v.fail("%s is not a string", v.shown())
	}
	return s
}

func (v value) texts() []string {
	out := []string{}
	for _, e := range v.list() {
		out = append(out, e.text())
	}
	return out
}

func (v value) flag() bool {
	var b bool
	if v.isNull() || json.Unmarshal(v.raw, &b) != nil {
		v.fail("%s is neither true nor false", v.shown())
	}
	return b
}

// need returns a member that must be there.
func (o object) need(key string) (value, bool) {
	m, ok := o.members[key]
	if !ok {
		o.fail("no %q", key)
	}
	return m, ok
}

// text returns a string that must be there, and optionalText one that need not.
func (o object) text(key string) string {
	m, ok := o.need(key)
	if !ok {
		return ""
	}
	return m.text()
}

func (o object) optionalText(key string) string {
	m, ok := o.members[key]
	if !ok {
		return ""
	}
	return m.text()
}

func (o object) texts(key string) []string {
	m, ok := o.need(key)
	if !ok {
		return nil
	}
	return m.texts()
}

func (o object) flag(key string) bool {
	m, ok := o.need(key)
	return ok && m.flag()
}

func (o object) optionalFlag(key string) bool {
	m, ok := o.members[key]
	return ok && m.flag()
}

func (o object) list(key string) []value {
	m, ok := o.need(key)
	if !ok {
		return nil
	}
	return m.list()
}
