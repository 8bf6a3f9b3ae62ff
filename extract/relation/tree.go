package relation

import (
	"slices"
	"strings"

	"entente/extract/actor"
	"entente/extract/nlp"
)

// tree is the dependency tree of a sentence with the actors placed in it. Tokens
// are numbered from 0.
type tree struct {
	tokens   []nlp.Token
	lower    []string // the tokens' text in lower case, ’ written as '
	rels     []string // universal relation without subtype
	heads    []int    // -1 for what depends on nothing
	kids     [][]int  // dependents, in the order of the text
	mentions []actor.Mention
	cover    []int // index of a mention that covers the token, or -1
	tops     []int // by mention: the token that heads it
}

// newTree reads the tree that the engine gave. It never fails: what would be a
// cycle or points outside the sentence is cut.
func newTree(s nlp.Sentence, mentions []actor.Mention, lex *Lexicon) *tree {
	n := len(s.Tokens)
	t := &tree{
		tokens: slices.Clone(s.Tokens), lower: make([]string, n), rels: make([]string, n), heads: make([]int, n),
		kids: make([][]int, n), mentions: mentions, cover: make([]int, n), tops: make([]int, len(mentions)),
	}
	for i, tok := range s.Tokens {
		t.lower[i] = strings.ToLower(strings.ReplaceAll(tok.Text, "’", "'"))
		t.rels[i], _, _ = strings.Cut(tok.Deprel, ":")
		t.heads[i] = tok.Head - 1
		if t.heads[i] < 0 || t.heads[i] >= n {
			t.heads[i] = -1
		}
		t.cover[i] = -1
	}
	t.cutCycles()
	t.place()
	t.repair(lex)
	for i, h := range t.heads {
		if h >= 0 {
			t.kids[h] = append(t.kids[h], i)
		}
	}
	for k := range mentions {
		t.tops[k] = t.topOf(mentions[k].Lead, mentions[k].Last)
	}
	return t
}

// cutCycles makes a root of the first token of each cycle.
func (t *tree) cutCycles() {
	state := make([]byte, len(t.heads)) // 1: on the way up, 2: known to reach a root
	var path []int
	for i := range t.heads {
		path = path[:0]
		j := i
		for j >= 0 && state[j] == 0 {
			state[j] = 1
			path = append(path, j)
			j = t.heads[j]
		}
		if j >= 0 && state[j] == 1 {
			t.heads[j] = -1
		}
		for _, k := range path {
			state[k] = 2
		}
	}
}

// place enters the mentions. Where two share a token, the one that is more than
// an adjective stands for it.
func (t *tree) place() {
	for k, m := range t.mentions {
		for i := m.Lead; i < m.Last; i++ {
			if t.cover[i] < 0 || m.Form != actor.FormAdj {
				t.cover[i] = k
			}
		}
	}
}

// depth returns how far token i is from its root.
func (t *tree) depth(i int) int {
	d := 0
	for ; t.heads[i] >= 0; i = t.heads[i] {
		d++
	}
	return d
}

// topOf returns the token of [first, last) that is nearest to the root, the
// first of several.
func (t *tree) topOf(first, last int) int {
	best, depth := first, len(t.tokens)+1
	for i := first; i < last; i++ {
		if t.heads[i] >= first && t.heads[i] < last {
			continue
		}
		if d := t.depth(i); d < depth {
			best, depth = i, d
		}
	}
	return best
}

func (t *tree) word(i int) string {
	if i < 0 || i >= len(t.lower) {
		return ""
	}
	return t.lower[i]
}

func (t *tree) tag(i int) string {
	if i < 0 || i >= len(t.tokens) {
		return ""
	}
	return t.tokens[i].Tag
}

func (t *tree) rel(i int) string {
	if i < 0 || i >= len(t.rels) {
		return ""
	}
	return t.rels[i]
}

// is reports whether the full relation of token i is rel ("obl:agent").
func (t *tree) is(i int, rel string) bool { return t.tokens[i].Deprel == rel && t.rels[i] != "" }

// mention returns the mention that covers token i, or nil.
func (t *tree) mention(i int) *actor.Mention {
	if i < 0 || i >= len(t.cover) || t.cover[i] < 0 {
		return nil
	}
	return &t.mentions[t.cover[i]]
}

// named reports whether token i belongs to a name, so that its tag is void.
func (t *tree) named(i int) bool {
	m := t.mention(i)
	return m != nil && m.Form != actor.FormPronoun
}

// kid returns the first dependent of i with one of the relations, or -1.
func (t *tree) kid(i int, rels ...string) int {
	for _, k := range t.kids[i] {
		if slices.Contains(rels, t.rels[k]) {
			return k
		}
	}
	return -1
}

// within reports whether i is top or below it.
func (t *tree) within(i, top int) bool {
	for ; i >= 0; i = t.heads[i] {
		if i == top {
			return true
		}
	}
	return false
}

// hang makes head the head of i, unless i is above it.
func (t *tree) hang(i, head int, rel string) {
	if !t.within(head, i) {
		t.heads[i], t.rels[i] = head, rel
	}
}
