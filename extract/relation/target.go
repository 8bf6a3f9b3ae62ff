package relation

import (
	"slices"
	"strings"

	"entente/extract/nlp"
	"entente/graph"
)

// reaching are the prepositions that bring whom an act of any kind is aimed at.
var reaching = wordSet("to with for against from on at")

// reach are the prepositions that bring the target of an act of a category beside
// those of its frame.
var reach = map[string]map[string]bool{
	"COOPERATE": wordSet("with"), "AID": wordSet("to for into"), "AGREE": wordSet("to with for"), "SUPPORT": wordSet("to for"),
	"CONCEDE": wordSet("to from for on with"), "RETREAT": wordSet("to from for on"), "REQUEST": wordSet("to from"),
	"ACCUSE": wordSet("against at"), "REJECT": wordSet("to from with against"), "THREATEN": wordSet("against to"),
	"PROTEST": wordSet("against at"), "SANCTION": wordSet("against on from with"), "COERCE": wordSet("against on from"),
	"MOBILIZE": wordSet("against to into towards near along opposite"), "ASSAULT": wordSet("on at against into"),
}

// ordered returns on whose orders the act of a passive clause was done.
func (s *sentence) ordered(c *clause) []party {
	for _, o := range c.obliques {
		if (o.prep == "on" || o.prep == "at") && ordering[s.reader.word(o.nominals[0])] {
			return s.parties(o.nominals[0])
		}
	}
	return nil
}

// fill finds the target of a frame in the clause's arguments.
func (s *sentence) fill(f *Frame, c *clause) ([]party, string) {
	var phrases []oblique
	for _, slot := range f.Slots {
		if slot == "obj" || slot == "to" || slot == "for" {
			if p := s.all(c.indirect); len(p) > 0 {
				return p, "indirect"
			}
		}
		if (slot == "to" || slot == "for") && len(c.themes) > 0 && !c.passive {
			if p := s.all(c.objects); len(p) > 0 && p[0].named {
				return p, "indirect"
			}
		}
		if slot == "obj" {
			if p := s.all(s.object(f, c)); len(p) > 0 {
				return p, slot
			}
			if p := s.doneBy(c); len(p) > 0 {
				return p, "obj-by"
			}
			if p := s.partners(c); len(p) > 0 {
				return p, "obj-with"
			}
			if p := s.meant(f, c); len(p) > 0 {
				return p, "obj-act"
			}
			continue
		}
		if phrases == nil {
			phrases = s.around(c)
		}
		for _, o := range phrases {
			if o.prep != slot || slot == "of" && len(c.objects) > 0 {
				continue // "demanded the release of X" demands nothing of X
			}
			if p := s.all(o.nominals); len(p) > 0 && !(slot == "on" && (p[0].ref.Type == graph.Media || p[0].ref.Type == graph.Company)) {
				if len(c.objects) > 0 && missions[s.reader.word(c.objects[0])] { // "recalled its ambassador from Cairo"
					p = stateOf(p)
				}
				return p, slot
			}
			if p, slot := s.through(f, o.nominals); len(p) > 0 {
				return p, slot
			}
		}
	}
	if f.Is(flagHarm) && len(c.objects) > 0 { // "killed 12 people in Israel"
		for _, o := range s.around(c) {
			if p := s.all(o.nominals); (o.prep == "in" || o.prep == "at" || o.prep == "near") && len(p) > 0 {
				return p, "obj-in"
			}
		}
	}
	return nil, ""
}

// stateOf takes places for the states that they stand for.
func stateOf(all []party) []party {
	for k := range all {
		all[k].place = false
	}
	return all
}

// hostileNoun is the slot of a target that a promise is to harm.
const hostileNoun = "noun-harm"

// through returns whom an act of good will reaches by the noun it is about
// ("committed to an arms package for Israel"), or whom a promise threatens by it.
func (s *sentence) through(f *Frame, heads []int) ([]party, string) {
	if q := s.ontology.Quad(f.Category); q < 1 || q > 2 {
		return nil, ""
	}
	for _, n := range heads {
		for _, g := range s.nounFrames(n) {
			q := s.ontology.Quad(g.Category)
			if q == 3 || q < 1 || g.Is(flagBond) || q == 4 && f.Category != "AGREE" {
				continue
			}
			p, slot := s.nounTargets(g, s.reader.phrases(n))
			if len(p) > 0 && q == 4 {
				return p, hostileNoun
			}
			if len(p) > 0 {
				return p, slot + "-noun"
			}
		}
	}
	return nil, ""
}

// affected finds the target where the frame's slots hold none: whoever else the
// act reaches by a preposition of direction ("softened its terms for X", "flew tents into X").
func (s *sentence) affected(f *Frame, c *clause) ([]party, string) {
	if f.Is(flagWeak) || f.Is(flagReverse) || f.Is(flagSay) || f.Is(flagClause) || len(f.Slots) == 0 {
		return nil, ""
	}
	for _, o := range s.around(c) {
		if !reach[f.Category][o.prep] || s.reader.word(o.nominals[0]) == "own" {
			continue
		}
		if p := s.all(o.nominals); len(p) > 0 && !p[0].place {
			return p, "reach-" + o.prep
		}
	}
	if f.Category == "AID" || f.Category == "AGREE" {
		return s.beneficiary(c), "purpose"
	}
	return nil, ""
}

// beneficiary returns where or for whom help is to be used, as its purpose says:
// "pledged a million to rebuild schools in Malawi".
func (s *sentence) beneficiary(c *clause) []party {
	if len(c.objects) == 0 {
		return nil
	}
	for _, inner := range s.clauses {
		if inner.governor != c || inner.link != infinitive {
			continue
		}
		if p := s.all(inner.objects); len(p) > 0 {
			return p
		}
		for _, o := range s.around(inner) {
			if p := s.all(o.nominals); len(p) > 0 && (o.prep == "in" || o.prep == "for" || o.prep == "of") {
				return p
			}
		}
	}
	return nil
}

// doneBy returns by whom the act is that a clause takes as its object, where the parser
// hung the phrase on the verb: "condemned the attack by armed men".
func (s *sentence) doneBy(c *clause) []party {
	if c.passive || len(c.objects) == 0 {
		return nil
	}
	if w := nlp.Singular(s.reader.word(c.objects[0])); len(s.nounFrames(c.objects[0])) == 0 && !documents[w] && !summing(w) {
		return nil
	}
	for _, o := range c.obliques {
		if o.prep == "by" {
			return s.all(o.nominals)
		}
	}
	return nil
}

// partners returns with whom the object of a clause is: "voted down the treaty
// with Russia".
func (s *sentence) partners(c *clause) []party {
	for _, n := range c.objects {
		for _, f := range s.nounFrames(n) {
			if q := s.ontology.Quad(f.Category); q > 2 || f.Is(flagBond) || !slices.Contains(f.Slots, "with") {
				continue
			}
			for _, o := range s.around(c) {
				if o.prep == "with" {
					return s.all(o.nominals)
				}
			}
		}
	}
	return nil
}

// around returns the prepositional phrases of a clause: its own first, then those
// that the parser hung on its objects.
func (s *sentence) around(c *clause) []oblique {
	out := slices.Clone(c.obliques)
	for _, n := range c.objects {
		if !s.reader.named(n) {
			out = append(out, s.reader.phrases(n)...)
		}
	}
	return out
}

// object returns what stands as the frame's object: the clause's own, or, where
// the lemma ends in a preposition ("call_on"), what follows that, wherever the
// parser hung it.
func (s *sentence) object(f *Frame, c *clause) []int {
	words := strings.Split(f.Lemma, "_")
	last := words[len(words)-1]
	if len(words) == 1 {
		return c.objects
	}
	for at := c.verb + 1; at <= c.verb+len(words) && at < len(s.text.Tokens); at++ {
		if s.reader.word(at) == last && s.reader.rels[at] == "case" && s.reader.heads[at] >= 0 {
			return s.reader.coordinated(s.reader.heads[at])
		}
	}
	return c.objects
}
