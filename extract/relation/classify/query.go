package classify

import "entente/extract/relation"

// none marks the absence of a token.
const none = relation.NoToken

// view is a query with what the features need of its tree.
type view struct {
	relation.Query
	parent         []int // by token; none for the root
	children       [][]int
	source, target int   // head tokens; none where the query lacks the actor
	up, down       []int // tokens from source and target to the top, without the two and the top
	top            int   // the lowest token above both; none if neither is given
}

// newView reads the tree of a query; old is a view of the same sentence, or nil.
func newView(q relation.Query, old *view) *view {
	if old != nil {
		v := &view{Query: q, parent: old.parent, children: old.children, top: none}
		v.source, v.target = v.headOf(q.Source), v.headOf(q.Target)
		v.path()
		return v
	}
	v := &view{Query: q, parent: make([]int, len(q.Tokens)), children: make([][]int, len(q.Tokens)), top: none}
	for i := range q.Tokens {
		v.parent[i] = min(max(q.Tokens[i].Head-1, none), len(q.Tokens)-1)
		if p := v.parent[i]; p != none {
			v.children[p] = append(v.children[p], i)
		}
	}
	v.source, v.target = v.headOf(q.Source), v.headOf(q.Target)
	v.path()
	return v
}

// headOf returns the token of a range that hangs from outside it.
func (v *view) headOf(t relation.TokenRange) int {
	for i := max(t.First, 0); i < t.Last && i < len(v.Tokens); i++ {
		if p := v.parent[i]; p < t.First || p >= t.Last {
			return i
		}
	}
	return none
}

// chain returns a token and all above it.
func (v *view) chain(i int) []int {
	var chain []int
	for ; i != none && len(chain) <= len(v.Tokens); i = v.parent[i] {
		chain = append(chain, i)
	}
	return chain
}

// path finds the way from source to target through the tree. With one actor
// alone it goes up to the first verb that is no conjunct's, or the root.
func (v *view) path() {
	a, b := v.chain(v.source), v.chain(v.target)
	switch {
	case len(a) == 0 && len(b) == 0:
		return
	case len(a) == 0:
		v.down, v.top = v.single(b)
		return
	case len(b) == 0:
		v.up, v.top = v.single(a)
		return
	}
	i, j := len(a)-1, len(b)-1
	for i > 0 && j > 0 && a[i-1] == b[j-1] {
		i, j = i-1, j-1
	}
	v.top = a[i]
	v.up, v.down = inner(a, i), inner(b, j)
}

// inner returns what lies in a chain between its first token and the one at end.
func inner(chain []int, end int) []int {
	if end < 1 {
		return nil
	}
	return chain[1:end]
}

// single returns the tokens above the first of a chain up to the nearest verb,
// and that verb; or up to the root.
func (v *view) single(chain []int) ([]int, int) {
	end := len(chain) - 1
	for i := 1; i < len(chain); i++ {
		if u := v.Tokens[chain[i]].UPOS; u == "VERB" {
			end = i
			break
		}
	}
	return inner(chain, end), chain[end]
}
