package relation

import (
	"slices"
	"strings"

	"entente/graph"
)

// pronoun returns who a pronoun stands for that the resolver left open and the
// sentence's own syntax settles: a relative pronoun means the noun its clause hangs
// on; in what somebody says, "it" and "they" of a body and "he", "she" and "I" of a
// person are the one who says it ("Sudan said it would …").
func (s *sentence) pronoun(i, depth int) []party {
	if !strings.HasPrefix(s.reader.tag(i), "PRP") && !strings.HasPrefix(s.reader.tag(i), "W") {
		return nil
	}
	if relatives[s.reader.word(i)] {
		for k := i; k >= 0; k = s.reader.heads[k] {
			if s.reader.is(k, "acl:relcl") && s.reader.heads[k] >= 0 {
				return s.find(s.reader.antecedent(i, s.reader.heads[k]), depth+1)
			}
		}
		return nil
	}
	below := root
	for c := s.owner[i]; c != nil; c = c.governor {
		if below == complement && s.reporting(c) && !s.reader.within(i, subjectOf(c)) {
			return s.agreeing(i, s.all(c.subjects))
		}
		if below == adverbial && !c.passive {
			return s.mainSubject(i, c)
		}
		below = c.link
		if below == conjunct || below == infinitive || below == gerund {
			below = complement
		}
	}
	return nil
}

// mainSubject returns the subject of the clause above "although it …" and the like, if
// the clause names nobody else whom the pronoun could mean.
func (s *sentence) mainSubject(i int, c *clause) []party {
	others := s.all(append(slices.Clone(c.objects), c.indirect...))
	for _, o := range c.obliques {
		others = append(others, s.all(o.nominals)...)
	}
	rivals := s.agreeing(i, others)
	if own := s.owner[i]; own != nil && s.objectOf(i, own) && len(own.subjects) > 0 && slices.Equal(own.subjects, c.subjects) {
		if len(rivals) == 1 && len(others) == 1 {
			return rivals // "fired at Israel, accusing it of …": not itself
		}
		return nil
	}
	if len(rivals) > 0 || len(others) > 1 {
		return nil
	}
	return s.agreeing(i, s.all(c.subjects))
}

// objectOf reports whether token i is an object of the clause.
func (s *sentence) objectOf(i int, c *clause) bool {
	return slices.Contains(c.objects, i) || slices.Contains(c.indirect, i)
}

func subjectOf(c *clause) int {
	if len(c.subjects) == 0 {
		return -1
	}
	return c.subjects[0]
}

// agreeing returns the parties if the pronoun at i can mean them.
func (s *sentence) agreeing(i int, all []party) []party {
	if len(all) == 0 || len(all) > 3 {
		return nil
	}
	person := all[0].ref.Type == graph.Person
	fits := false
	switch s.reader.word(i) {
	case "he", "she", "him", "her", "his", "i", "my", "me":
		fits = person && len(all) == 1
	case "it", "its":
		fits = !person && len(all) == 1
	case "they", "them", "their":
		fits = len(all) > 1 || !person
	case "we", "our", "us":
		fits = len(all) == 1
	}
	if !fits {
		return nil
	}
	for k := range all {
		all[k].safe *= 0.85
	}
	return all
}
