package store

import (
	"encoding/json"
	"hash/maphash"
	"slices"
	"strconv"
	"unicode/utf8"

	"entente/graph"
)

// eventDecoder decodes rows of events, of which most questions read many. It knows the
// form that encode gives them, member by member, and leaves any other to
// encoding/json, which takes ten times as long: what it returns is always what that
// returns.
type eventDecoder struct {
	row   []byte // what is left of it
	other bool   // it has another form
	cache stringCache
}

// into returns a function that reads a row's value into e.
func (d *eventDecoder) into(e *graph.Event) func([]byte) error {
	return func(b []byte) error {
		if d.event(b, e); !d.other {
			return nil
		}
		*e = graph.Event{}
		return json.Unmarshal(b, e)
	}
}

func (d *eventDecoder) event(row []byte, e *graph.Event) {
	d.row, d.other = row, false
	d.text(`{"article":"`, &e.Article)
	d.must(`,"source":`)
	d.actor(&e.Source)
	d.text(`,"predicate":"`, &e.Predicate)
	d.must(`,"target":`)
	d.actor(&e.Target)
	e.Symmetric = d.has(`,"symmetric":true`)
	d.text(`,"plover":"`, &e.Category)
	d.text(`,"mode":"`, &e.Mode)
	d.text(`,"cameo":"`, &e.CAMEO)
	e.Quad = d.whole(`,"quad":`)
	e.Goldstein = d.number(`,"goldstein":`)
	d.text(`,"status":"`, (*string)(&e.Status))
	if d.must(`,"attributed_to":`); !d.has("null") {
		e.AttributedTo = new(graph.ActorRef)
		d.actor(e.AttributedTo)
	}
	d.text(`,"date":"`, (*string)(&e.Date))
	d.text(`,"date_basis":"`, (*string)(&e.DateBasis))
	d.text(`,"published":"`, (*string)(&e.Published))
	if d.has(`,"publisher":"`) {
		d.text("", &e.Publisher)
	}
	if d.must(`,"place":`); !d.has("null") {
		e.Place = new(graph.Place)
		d.text(`{"name":"`, &e.Place.Name)
		d.text(`,"country":"`, &e.Place.Country)
		d.must(`}`)
	}
	e.Sentence = d.whole(`,"sentence":`)
	e.Span.Start = d.whole(`,"span":[`)
	e.Span.End = d.whole(`,`)
	d.other = d.other || e.Span.Start < 0 || e.Span.Len() < 0
	d.text(`],"quote":"`, &e.Quote)
	d.text(`,"rule":"`, &e.Rule)
	e.Confidence = d.number(`,"confidence":`)
	d.text(`,"coder":"`, &e.Coder)
	d.must(`}`)
	d.other = d.other || len(d.row) > 0
}

func (d *eventDecoder) actor(a *graph.ActorRef) {
	d.text(`{"id":"`, (*string)(&a.ID))
	d.text(`,"name":"`, &a.Name)
	d.text(`,"mention":"`, &a.Mention)
	d.text(`,"type":"`, (*string)(&a.Type))
	d.text(`,"country":"`, &a.Country)
	d.must(`}`)
}

// has goes past s if it comes next.
func (d *eventDecoder) has(s string) bool {
	if len(d.row) < len(s) || string(d.row[:len(s)]) != s {
		return false
	}
	d.row = d.row[len(s):]
	return true
}

func (d *eventDecoder) must(s string) { d.other = d.other || !d.has(s) }

// text reads the rest of a string after what stands before it, with its quotation mark.
func (d *eventDecoder) text(before string, s *string) {
	if d.must(before); d.other {
		return
	}
	plain := true
	for i := 0; i < len(d.row); i++ {
		switch c := d.row[i]; {
		case c == '"':
			*s = d.string(d.row[:i], plain)
			d.row = d.row[i+1:]
			return
		case c == '\\':
			plain = false
			i++
		case c < ' ':
			d.other = true
			return
		}
	}
	d.other = true
}

// string returns the string that the bytes between quotation marks are.
func (d *eventDecoder) string(b []byte, plain bool) string {
	switch {
	case !utf8.Valid(b):
		d.other = true
		return ""
	case plain:
		return d.cache.string(b)
	}
	s, err := unquote(b)
	d.other = err != nil
	return s
}

// unquote is apart, since s goes to the heap.
func unquote(b []byte) (s string, err error) {
	err = json.Unmarshal(slices.Concat([]byte{'"'}, b, []byte{'"'}), &s)
	return s, err
}

func (d *eventDecoder) whole(before string) int {
	n, err := strconv.Atoi(string(d.digits(before)))
	d.other = d.other || err != nil
	return n
}

func (d *eventDecoder) number(before string) float64 {
	x, err := strconv.ParseFloat(string(d.digits(before)), 64)
	d.other = d.other || err != nil
	return x
}

// digits reads a number as encode writes those that are neither huge nor tiny: without an
// exponent.
func (d *eventDecoder) digits(before string) []byte {
	d.must(before)
	b := d.row
	count := func(from int) (n int) {
		for from+n < len(b) && '0' <= b[from+n] && b[from+n] <= '9' {
			n++
		}
		return n
	}
	begin := 0
	if len(b) > 0 && b[0] == '-' {
		begin = 1
	}
	n := count(begin)
	d.other = d.other || n == 0 || n > 1 && b[begin] == '0'
	end := begin + n
	if end < len(b) && b[end] == '.' {
		n = count(end + 1)
		d.other = d.other || n == 0
		end += 1 + n
	}
	d.row = b[end:]
	return b[:end]
}

// stringCache makes strings of bytes, and gives those that recur the same memory: ids,
// names, codes and dates are a small part of the strings of a store, and most of those of its
// rows. It holds no more than its slots.
type stringCache struct{ slots [4096]string }

// longestCached is the length of a string above which it is a sentence, and no two are alike.
const longestCached = 64

func (c *stringCache) string(b []byte) string {
	if len(b) == 0 || len(b) > longestCached {
		return string(b)
	}
	slot := &c.slots[maphash.Bytes(cacheSeed, b)%uint64(len(c.slots))]
	if *slot != string(b) {
		*slot = string(b)
	}
	return *slot
}

var cacheSeed = maphash.MakeSeed()
