package actor

import (
	"entente/extract/nlp"
	"slices"
	"strings"
)

// hasTree reports whether the engine gave the sentence a dependency tree.
func (l *line) hasTree() bool {
	return slices.ContainsFunc(l.tokens, func(t nlp.Token) bool { return t.Head > 0 })
}

// head returns the token that i depends on, or -1.
func (l *line) head(i int) int {
	if i < 0 || i >= len(l.tokens) {
		return -1
	}
	return l.tokens[i].Head - 1
}

// relation returns the universal relation of token i to its head, without
// subtype.
func (l *line) relation(i int) string {
	if i < 0 || i >= len(l.tokens) {
		return ""
	}
	rel, _, _ := strings.Cut(l.tokens[i].Deprel, ":")
	return rel
}

// children returns the tokens that depend on i, in order.
func (l *line) children(i int) []int {
	if l.kids == nil {
		l.kids = make([][]int, len(l.tokens))
		for j := range l.tokens {
			if h := l.head(j); h >= 0 && h < len(l.kids) {
				l.kids[h] = append(l.kids[h], j)
			}
		}
	}
	if i < 0 || i >= len(l.kids) {
		return nil
	}
	return l.kids[i]
}

// child returns the first dependent of i in the relation (with or without
// subtype), or -1.
func (l *line) child(i int, relation string) int {
	for _, j := range l.children(i) {
		if l.tokens[j].Deprel == relation || l.relation(j) == relation {
			return j
		}
	}
	return -1
}

// preposition returns the folded case marker of the phrase headed by i, or "".
func (l *line) preposition(i int) string {
	for _, j := range l.children(i) {
		if l.relation(j) == "case" && l.tokens[j].Tag != "POS" && l.folded[j] != "'s" {
			return l.folded[j]
		}
	}
	return ""
}

// headOf returns the token of [first,last) on which the others hang: the one
// whose own head is outside, or last-1.
func (l *line) headOf(first, last int) int {
	for i := last - 1; i >= first; i-- {
		if h := l.head(i); h < first || h >= last {
			return i
		}
	}
	return last - 1
}

// conjunctHead follows coordination and apposition up to the phrase whose part
// in the clause token i shares.
func (l *line) conjunctHead(i int) int {
	for range len(l.tokens) {
		if r := l.relation(i); r != "conj" && r != "flat" && r != "appos" || l.head(i) < 0 {
			break
		}
		i = l.head(i)
	}
	return i
}

// takesPart reports whether the noun at i acts or is acted on: it is a subject,
// an object, an agent, an owner, or what an act is directed at.
func (l *line) takesPart(i int) bool {
	i = l.conjunctHead(i)
	switch l.relation(i) {
	case "nsubj", "obj", "iobj":
		return true
	case "root":
		return l.tokens[i].UPOS != "VERB" && l.child(i, "acl") > i // "Protesters cheered", read as "protesters who were cheered"
	case "nmod":
		if l.tokens[i].Deprel == "nmod:poss" {
			return true
		}
		return partPrepositions[l.preposition(i)]
	case "obl":
		return l.tokens[i].Deprel == "obl:agent" || partPrepositions[l.preposition(i)]
	}
	return false
}

// partPrepositions bring who takes part in an act.
var partPrepositions = set("by against with between to on at from among towards toward of over for")
