package relation

import (
	"slices"

	"entente/extract/actor"
	"entente/extract/nlp"
)

// Syntax is a sentence read into clauses, for what the parties of a pair are to each
// word that may name the act. It is for one goroutine.
type Syntax struct {
	sentence *sentence
	known    map[TokenRange][]string
}

// NewSyntax reads a sentence with the actors in it. The cost is that of finding its
// clauses.
func NewSyntax(l *Lexicon, s nlp.Sentence, mentions []actor.Mention) *Syntax {
	return &Syntax{sentence: readSentence(l, s, mentions)}
}

func readSentence(l *Lexicon, text nlp.Sentence, mentions []actor.Mention) *sentence {
	s := &sentence{Coder: &Coder{lexicon: l}, text: text}
	s.reader = newReader(newTree(text, mentions, l), l)
	s.clauses, s.owner = s.reader.clauses()
	return s
}

// Roles returns what an actor is to each token as the word of an act: "a" who acts,
// "u" who undergoes it, "o" its object, "i" who is given something, "t" what that is, a
// preposition; "=" after it where the phrase is the actor, "'" where it is a thing of the
// actor's; for nouns also "own" and "adj", and "l" before what the actor is to
// the verb whose object the noun is. Where it is none of these: "x" if another actor acts,
// "y" if something else does, "-" if nothing is said to.
func (x *Syntax) Roles(r TokenRange) []string {
	s := x.sentence
	out := make([]string, len(s.text.Tokens))
	for _, c := range s.clauses {
		role := s.roleIn(c, r)
		out[c.verb], out[c.node] = role, role
	}
	for i := range out {
		if out[i] == "" && s.text.Tokens[i].UPOS == "NOUN" && !r.Has(i) {
			out[i] = s.roleBy(i, r)
		}
	}
	return out
}

// roleIn returns what an actor is in a clause.
func (s *sentence) roleIn(c *clause, r TokenRange) string {
	doers := agents(c)
	if how := s.among(doers, r); how != "" {
		return "a" + how
	}
	if c.passive {
		if how := s.among(c.subjects, r); how != "" {
			return "u" + how
		}
	}
	for _, part := range []struct {
		name  string
		heads []int
	}{{"o", c.objects}, {"i", c.indirect}, {"t", c.themes}} {
		if how := s.among(part.heads, r); how != "" {
			return part.name + how
		}
	}
	for _, o := range s.around(c) {
		if how := s.among(o.nominals, r); how != "" {
			return o.prep + how
		}
	}
	switch {
	case len(doers) == 0:
		return "-"
	case slices.ContainsFunc(doers, func(i int) bool { return s.reader.mention(i) != nil }):
		return "x"
	}
	return "y"
}

// roleBy returns what an actor is to a noun.
func (s *sentence) roleBy(i int, r TokenRange) string {
	if k := s.reader.ownerOf(i); k >= 0 {
		if how := s.among(s.reader.coordinated(k), r); how != "" {
			return "own" + how
		}
	}
	for _, k := range s.reader.kids[i] {
		if rel := s.reader.rels[k]; (rel == "amod" || rel == "compound") && r.Has(k) {
			return "adj"
		}
	}
	for _, o := range s.reader.phrases(i) {
		if how := s.among(o.nominals, r); how != "" {
			return "n" + o.prep + how
		}
	}
	if c := s.owner[i]; c != nil && slices.Contains(c.objects, i) {
		return "l" + s.roleIn(c, r)
	}
	return ""
}

// maxUp is how far below the head of a phrase an actor may stand whose thing it is.
const maxUp = 3

// among returns "=" if the actor is one of the phrases that the tokens head, "'" if one
// of these is a thing of its, else "".
func (s *sentence) among(heads []int, r TokenRange) string {
	for _, h := range heads {
		if r.Has(h) {
			return "="
		}
		if m := s.reader.mention(h); m != nil && m.First < r.Last && r.First < m.Last {
			return "="
		}
	}
	at := r.Last - 1
	for range maxUp {
		if at < 0 || at >= len(s.reader.heads) || s.reader.at[at] != nil {
			return ""
		}
		switch s.reader.rels[at] {
		case "nmod", "amod", "compound", "appos", "flat", "conj":
		default:
			return ""
		}
		at = s.reader.heads[at]
		if slices.Contains(heads, at) {
			return "'"
		}
	}
	return ""
}
