package store

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"entente/graph"
)

// articleRow is the value of an article's row.
type articleRow struct {
	graph.Article
	Sentences    int `json:"sentences"`
	Actors       int `json:"actors"`
	Events       int `json:"events"`
	Affiliations int `json:"affiliations"`
	// Compared articles are in the index of bands.
	Compared bool `json:"compared,omitempty"`
}

// copyRow is an entry in the list of an article's copies.
type copyRow struct {
	graph.Copy
	// Lacks is where the original has what the copy has not, in order.
	Lacks []graph.Span `json:"lacks,omitempty"`
}

// lacks reports whether the copy has not what stands at span of its original's
// body.
func (c *copyRow) lacks(span graph.Span) bool {
	return slices.ContainsFunc(c.Lacks, func(s graph.Span) bool { return s.Start <= span.Start && span.Start < s.End })
}

// actorRow is the value of an actor's row: the actor as all articles together
// show it, and how many of them say so, so that an article can be taken back.
type actorRow struct {
	graph.Actor
	Articles  int                     `json:"articles"`
	Names     map[string]int          `json:"names,omitempty"`
	Types     map[graph.ActorType]int `json:"types,omitempty"`
	Countries map[string]int          `json:"countries,omitempty"`
	Uses      []int                   `json:"uses,omitempty"` // articles with each of Mentions
}

// totals is the value of the totals row.
type totals struct {
	Sentences int `json:"sentences"` // read in all articles
	// Rows counts the rows of each type, but for rowMeta. A type is one character.
	Rows map[string]int `json:"rows"`
}

func (t *totals) of(rowType byte) int { return t.Rows[string(rowType)] }

// oldTotals is what formats 1 and 2 have for totals.
type oldTotals struct {
	Articles     int `json:"articles"`
	Sentences    int `json:"sentences"`
	Events       int `json:"events"`
	Actors       int `json:"actors"`
	Affiliations int `json:"affiliations"`
	Mentions     int `json:"mentions"`
	Copies       int `json:"copies"`
	Judgements   int `json:"judgements,omitempty"`
}

func (o *oldTotals) totals() totals {
	return totals{o.Sentences, map[string]int{
		string(rowArticle): o.Articles, string(rowEvent): o.Events, string(rowActor): o.Actors,
		string(rowAffiliation): o.Affiliations, string(rowMention): o.Mentions, string(rowOriginal): o.Copies,
	}}
}

// encoder makes the JSON form of values, over and over in the same memory.
type encoder struct {
	buf  bytes.Buffer
	json *json.Encoder
}

func (e *encoder) encode(v any) ([]byte, error) {
	if e.json == nil {
		e.json = json.NewEncoder(&e.buf)
		e.json.SetEscapeHTML(false)
	}
	e.buf.Reset()
	if err := e.json.Encode(v); err != nil {
		return nil, err
	}
	return bytes.Clone(bytes.TrimSuffix(e.buf.Bytes(), []byte("\n"))), nil
}

// encode returns the JSON form of a row's value.
func encode(v any) ([]byte, error) { return new(encoder).encode(v) }

// decode returns a function that reads a row's value into v.
func decode(v any) func([]byte) error {
	return func(b []byte) error { return json.Unmarshal(b, v) }
}

// decoder returns decode for many rows of one type.
func decoder[R any]() func(*R) func([]byte) error {
	if into, ok := any(new(eventDecoder).into).(func(*R) func([]byte) error); ok {
		return into
	}
	return func(row *R) func([]byte) error { return decode(row) }
}

func encodeCount(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// decodeCount returns a function that reads the value of a list's head into n.
func decodeCount(n *uint64) func([]byte) error {
	return func(b []byte) error {
		if len(b) != 8 {
			return fmt.Errorf("a count of %d bytes, not 8", len(b))
		}
		*n = binary.BigEndian.Uint64(b)
		return nil
	}
}

// decodeKey returns a function that reads a value that is an article's key.
func decodeKey(k *articleKey) func([]byte) error {
	return func(b []byte) error {
		if len(b) != articleKeyLen {
			return fmt.Errorf("an article key of %d bytes, not %d", len(b), articleKeyLen)
		}
		copy(k[:], b)
		return nil
	}
}

// act is the value of the row of a distinct event: how many records it has of each
// kind, by kind.
type act []actRecords

type actRecords struct {
	kind  byte // of kindOf
	count int
}

const symmetricKind = 0x80

// kindOf is what records of one distinct event may disagree in.
func kindOf(quad int, symmetric bool) byte {
	if symmetric {
		return symmetricKind | byte(quad)
	}
	return byte(quad)
}

// kind is that of the event: the highest quad of its records, and symmetric if
// any is, as graph.Relations has it.
func (a act) kind() (kind byte) {
	for _, r := range a {
		kind = max(kind&^symmetricKind, r.kind&^symmetricKind) | kind&symmetricKind | r.kind&symmetricKind
	}
	return kind
}

// with returns a with n more records of a kind, and whether there were as many as
// go.
func (a act) with(kind byte, n int) (act, bool) {
	i, found := slices.BinarySearchFunc(a, kind, func(r actRecords, k byte) int { return cmp.Compare(r.kind, k) })
	if !found {
		a = slices.Insert(a, i, actRecords{kind: kind})
	}
	a[i].count += n
	if a[i].count == 0 {
		return slices.Delete(a, i, i+1), true
	}
	return a, a[i].count > 0
}

func (a act) encode() []byte {
	var b []byte
	for _, r := range a {
		b = binary.AppendUvarint(append(b, r.kind), uint64(r.count))
	}
	return b
}

var errRow = errors.New("no such value")

// decodeAct returns a function that reads the value of the row of a distinct event.
func decodeAct(a *act) func([]byte) error {
	return func(b []byte) error {
		*a = nil
		for len(b) > 0 {
			n, size := binary.Uvarint(b[1:])
			if size <= 0 {
				return errRow
			}
			*a = append(*a, actRecords{b[0], int(n)})
			b = b[1+size:]
		}
		return nil
	}
}

func compareParts(a, b graph.TiePart) int {
	return cmp.Or(cmp.Compare(a.Category, b.Category), cmp.Compare(slices.Index(graph.Statuses, a.Status), slices.Index(graph.Statuses, b.Status)),
		cmp.Compare(kindOf(a.Quad, a.Symmetric), kindOf(b.Quad, b.Symmetric)))
}

// addPart adds what part counts, which may be less than nothing, to the parts of a
// tie, and reports whether none counts less than nothing then.
func addPart(parts []graph.TiePart, part graph.TiePart) ([]graph.TiePart, bool) {
	i, found := slices.BinarySearchFunc(parts, part, compareParts)
	if !found {
		return slices.Insert(parts, i, part), part.Events >= 0 && part.Records >= 0
	}
	have := &parts[i]
	have.Events += part.Events
	have.Records += part.Records
	if *have == (graph.TiePart{Category: have.Category, Status: have.Status, Quad: have.Quad, Symmetric: have.Symmetric}) {
		return slices.Delete(parts, i, i+1), true
	}
	return parts, have.Events >= 0 && have.Records >= 0
}

// encodeParts returns the value of the row of a tie: of each part the length of
// its category and the category, its status by its place in graph.Statuses, its
// kind, events and records.
func encodeParts(parts []graph.TiePart) []byte {
	var b []byte
	for _, p := range parts {
		b = append(append(b, byte(len(p.Category))), p.Category...)
		b = append(b, byte(slices.Index(graph.Statuses, p.Status)), kindOf(p.Quad, p.Symmetric))
		b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(p.Events)), uint64(p.Records))
	}
	return b
}

// decodeParts returns a function that reads what encodeParts made. Names of
// categories are those of known, which it adds to.
func decodeParts(parts *[]graph.TiePart, known map[string]string) func([]byte) error {
	return func(b []byte) error {
		*parts = (*parts)[:0]
		for len(b) > 0 {
			n := int(b[0])
			if len(b) < 1+n+2 || int(b[1+n]) >= len(graph.Statuses) {
				return errRow
			}
			category, ok := known[string(b[1:1+n])]
			if !ok {
				category = string(b[1 : 1+n])
				known[category] = category
			}
			p := graph.TiePart{Category: category, Status: graph.Statuses[b[1+n]],
				Quad: int(b[2+n] &^ symmetricKind), Symmetric: b[2+n]&symmetricKind != 0}
			b = b[3+n:]
			for _, count := range []*int{&p.Events, &p.Records} {
				v, size := binary.Uvarint(b)
				if size <= 0 {
					return errRow
				}
				*count, b = int(v), b[size:]
			}
			*parts = append(*parts, p)
		}
		return nil
	}
}

// add takes what one more article says about the actor into the row. The result
// does not depend on the order of the articles. It returns the mentions, sorted,
// that no article had before.
func (row *actorRow) add(a graph.Actor) (added []string) {
	row.Articles++
	row.tally(a, 1)
	for _, m := range union(nil, a.Mentions) {
		i, found := slices.BinarySearch(row.Mentions, m)
		if !found {
			row.Mentions, row.Uses = slices.Insert(row.Mentions, i, m), slices.Insert(row.Uses, i, 0)
			added = append(added, m)
		}
		row.Uses[i]++
	}
	return added
}

// remove takes back what an article said with add, as if it had not. It reports
// whether the row says so.
func (row *actorRow) remove(a graph.Actor) bool {
	row.Articles--
	row.tally(a, -1)
	for _, m := range union(nil, a.Mentions) {
		i, found := slices.BinarySearch(row.Mentions, m)
		if !found || i >= len(row.Uses) {
			return false
		}
		if row.Uses[i]--; row.Uses[i] == 0 {
			row.Mentions, row.Uses = slices.Delete(row.Mentions, i, i+1), slices.Delete(row.Uses, i, i+1)
		}
	}
	if len(row.Mentions) == 0 {
		row.Mentions, row.Uses = nil, nil
	}
	return row.Articles >= 0
}

func (row *actorRow) tally(a graph.Actor, n int) {
	row.Name = tally(&row.Names, a.Name, n)
	row.Type = tally(&row.Types, a.Type, n)
	row.Country = tally(&row.Countries, a.Country, n)
}

// tally counts n articles more that say text, and returns the smallest text that
// any says. The empty text says nothing.
func tally[S ~string](said *map[S]int, text S, n int) S {
	if text != "" {
		if *said == nil {
			*said = map[S]int{}
		}
		if (*said)[text] += n; (*said)[text] <= 0 {
			delete(*said, text)
		}
	}
	var least S
	for s := range *said {
		least = smallest(least, s)
	}
	return least
}

// smallest returns the smaller of two texts; the empty text, which says
// nothing, counts as the greatest.
func smallest[S ~string](a, b S) S {
	if a == "" || b != "" && b < a {
		return b
	}
	return a
}

// union returns the distinct elements of a and b, sorted.
func union(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// without returns the elements of a that are not in b. Both are sorted.
func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool {
		_, in := slices.BinarySearch(b, s)
		return in
	})
}

// nameRows returns the name rows of an actor: key to sorted names.
func nameRows(a graph.Actor) map[string][]string {
	rows := map[string][]string{}
	add := func(folded string, kind byte, name string) {
		if folded == "" {
			return
		}
		key := string(nameKey(folded, kind, a.ID))
		rows[key] = union(rows[key], []string{name})
	}
	add(graph.Fold(a.Name), wholeName, a.Name)
	for _, m := range a.Mentions {
		add(graph.Fold(m), wholeName, m)
	}
	if words := nameWords(a.Name); len(words) > 1 {
		for _, w := range words {
			add(w, wordName, a.Name)
		}
	}
	return rows
}

// nameWords returns the folded words of a name, without the punctuation around
// them.
func nameWords(name string) []string {
	words := strings.Fields(graph.Fold(name))
	for i, w := range words {
		words[i] = strings.Trim(w, `.,;:!?"'()[]`)
	}
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}
