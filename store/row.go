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
}

// actorRow is the value of an actor's row: the actor as all articles together
// show it.
type actorRow struct {
	graph.Actor
	Articles int `json:"articles"`
}

// totals is the value of the totals row.
type totals struct {
	Articles     int `json:"articles"`
	Sentences    int `json:"sentences"`
	Events       int `json:"events"`
	Actors       int `json:"actors"`
	Affiliations int `json:"affiliations"`
	Mentions     int `json:"mentions"`
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

// add takes what one more article says about the actor into the row. The result
// does not depend on the order of the articles.
func (row *actorRow) add(a graph.Actor) {
	row.Name = smallest(row.Name, a.Name)
	row.Type = smallest(row.Type, a.Type)
	row.Country = smallest(row.Country, a.Country)
	row.Mentions = union(row.Mentions, a.Mentions)
	row.Articles++
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
