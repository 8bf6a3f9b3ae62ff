package relation

import (
	"slices"

	"entente/extract/actor"
	"entente/extract/nlp"
	"entente/graph"
)

// Pair is two actors that a sentence names, in the order in which the one may have
// done something to the other.
type Pair struct{ Source, Target actor.Mention }

// maxPairs bounds the pairs of a sentence; of one with more, a list, the nearest count.
const maxPairs = 42

// Pairs returns all ordered pairs of different actors of a sentence, each by the
// two mentions that stand nearest to one another in the tree. Places do not act,
// and the nationality within the description of a group stands for nobody else.
// There are maxPairs at most, those nearest to one another in the tree.
func Pairs(s nlp.Sentence, mentions []actor.Mention) []Pair {
	var free []actor.Mention
	for _, m := range mentions {
		if !m.Place && !within(m, mentions) {
			free = append(free, m)
		}
	}
	chains := make([][]int, len(free))
	for i, m := range free {
		chains[i] = chain(s.Tokens, m.Last-1)
	}
	type key struct{ a, b graph.ActorID }
	at, way := map[key]int{}, map[key]int{}
	var out []Pair
	for i, a := range free {
		for j, b := range free {
			if a.Actor == b.Actor {
				continue
			}
			k, d := key{a.Actor, b.Actor}, distance(chains[i], chains[j])
			n, known := at[k]
			switch {
			case !known:
				at[k], way[k] = len(out), d
				out = append(out, Pair{a, b})
			case d < way[k]:
				out[n], way[k] = Pair{a, b}, d
			}
		}
	}
	if len(out) > maxPairs {
		slices.SortStableFunc(out, func(a, b Pair) int {
			return way[key{a.Source.Actor, a.Target.Actor}] - way[key{b.Source.Actor, b.Target.Actor}]
		})
		out = out[:maxPairs]
	}
	return out
}

// within reports whether a mention is part of a longer one that is another
// actor's.
func within(m actor.Mention, all []actor.Mention) bool {
	return slices.ContainsFunc(all, func(o actor.Mention) bool {
		return o.Actor != m.Actor && o.First <= m.First && m.Last <= o.Last && o.Last-o.First > m.Last-m.First
	})
}

// chain returns a token and all above it.
func chain(tokens []nlp.Token, i int) []int {
	var out []int
	for ; i >= 0 && i < len(tokens) && len(out) <= len(tokens); i = tokens[i].Head - 1 {
		out = append(out, i)
	}
	return out
}

// distance returns the length of the way between the first tokens of two chains.
func distance(a, b []int) int {
	for up, t := range a {
		if down := slices.Index(b, t); down >= 0 {
			return up + down
		}
	}
	return len(a) + len(b)
}

// PairCandidates bounds the words that may name the act of a pair, which is asked
// of many.
const PairCandidates = 6

// Query asks what the source does to the target in the sentence that was read.
func (p Pair) Query(x *Syntax, res *actor.Resolution) Query {
	q := Query{
		Tokens: x.sentence.text.Tokens, Predicate: NoToken, Candidates: PairCandidates,
		Source: TokenRange{p.Source.First, p.Source.Last}, SourceType: res.Actor(p.Source.Actor).Type,
		Target: TokenRange{p.Target.First, p.Target.Last}, TargetType: res.Actor(p.Target.Actor).Type,
	}
	x.Complete(&q)
	return q
}

// Complete tells a query about two actors of the sentence their roles.
func (x *Syntax) Complete(q *Query) {
	q.SourceRoles, q.TargetRoles = x.roles(q.Source), x.roles(q.Target)
}

// roles returns Roles, which it keeps for the pairs to come.
func (x *Syntax) roles(r TokenRange) []string {
	if x.known == nil {
		x.known = map[TokenRange][]string{}
	}
	if x.known[r] == nil {
		x.known[r] = x.Roles(r)
	}
	return x.known[r]
}
