package store

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
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
	Articles     int `json:"articles"`
	Sentences    int `json:"sentences"`
	Events       int `json:"events"`
	Actors       int `json:"actors"`
	Affiliations int `json:"affiliations"`
	Mentions     int `json:"mentions"`
	Copies       int `json:"copies"`
	Judgements   int `json:"judgements,omitempty"`
}

// encode returns the JSON form of a row's value.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// decode returns a function that reads a row's value into v.
func decode(v any) func([]byte) error {
	return func(b []byte) error { return json.Unmarshal(b, v) }
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

// add takes what one more article says about the actor into the row. The result
// does not depend on the order of the articles.
func (row *actorRow) add(a graph.Actor) {
	row.Articles++
	row.tally(a, 1)
	for _, m := range union(nil, a.Mentions) {
		i, found := slices.BinarySearch(row.Mentions, m)
		if !found {
			row.Mentions, row.Uses = slices.Insert(row.Mentions, i, m), slices.Insert(row.Uses, i, 0)
		}
		row.Uses[i]++
	}
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
