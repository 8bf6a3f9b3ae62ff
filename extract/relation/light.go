package relation

import "entente/graph"

// lightEvents codes a light verb with its event noun ("imposed sanctions on"),
// and reports whether there was one.
func (s *sentence) lightEvents(c *clause) bool {
	effect := s.lightEffect(c)
	args, doers := c.objects, s.agents(c.subjects)
	if len(args) == 0 && !c.passive {
		args = addressed(c) // "called for talks"
	}
	var given []party // "was given a loan"
	if c.passive {
		args, doers = c.subjects, s.agents(agents(c))
		if len(c.objects) > 0 {
			args, given = c.objects, s.all(c.subjects)
		}
	}
	for _, n := range args {
		for _, f := range s.nounFrames(n) {
			if f.Is(flagBond) || s.guardedNoun(n) {
				continue
			}
			yielding := false // what is asked for is of its owner ("demanded Turkey's withdrawal")
			switch verb := s.reader.word(c.verb); {
			case effect == "plan" && asking[verb]:
				yielding = f.Category == "RETREAT" || f.Category == "CONCEDE"
				f = s.asked(f)
			case effect == "plan" && vowing[verb] && s.ontology.Quad(f.Category) == 4:
				f = &Frame{Lemma: s.verbLemma(c), Category: "THREATEN", CAMEO: "130", Slots: f.Slots, planned: true}
			}
			at := *c
			if effect == "deny" && c.negated { // "has not ruled out war"
				at.negated, at.mood = false, modal
			} else if f = s.effected(f, effect); f == nil {
				continue
			}
			if unmaking[effect] && !(effect == "deny" && c.negated) {
				f = called(f, s.verbLemma(c)) // "cancelled talks with"
			}
			targets, slot := s.nounTargets(f, append(s.reader.phrases(n), c.obliques...))
			owners := s.holders(n)
			if yielding && len(owners) != 1 {
				continue
			}
			if len(targets) == 0 && len(given) > 0 {
				targets, slot = given, "given"
			}
			switch {
			case len(targets) == 0 && f.Is(flagSymmetric) && len(doers) > 1:
				return s.pairs(f, c, doers)
			case len(owners) == 1 && len(doers) > 0 && (effect == "deny" || len(targets) == 0 && effect != "do"):
				targets, slot = owners, "adj" // "rejected Iran's offer"
			case c.passive && len(doers) == 0 && len(owners) == 1:
				doers = owners // "the German offer was made to"
			}
			if slot == "between" && len(targets) > 1 {
				return s.pairs(f, c, targets)
			}
			at.negated = at.negated || s.reader.deniedBy(n)
			if s.emit(f, &at, doers, targets, "light-"+slot) {
				s.used[n] = true
				return true
			}
		}
	}
	return false
}

// lightEffect returns what the light verb of a clause does to its noun, or "".
func (s *sentence) lightEffect(c *clause) string {
	verb := s.reader.word(c.verb)
	if effect := s.lexicon.light[verb+"_"+s.reader.word(c.verb+1)]; effect != "" {
		return effect
	}
	if c.particle >= 0 {
		return s.lexicon.light[verb+"_"+s.reader.word(c.particle)] // "held up" is no "held"
	}
	return s.lexicon.light[verb]
}

// unmaking are effects by which what the verb says counts, not what the noun would be.
var unmaking = wordSet("undo cancel deny end")

// called returns the frame under another lemma.
func called(f *Frame, lemma string) *Frame {
	g := *f
	g.Lemma = lemma
	return &g
}

// asking are forms of verbs that ask for the act their noun names.
var asking = wordSet(`ask asks asked asking demand demands demanded demanding call calls called calling urge urges urged urging
	seek seeks sought seeking request requests requested requesting push pushes pushed pushing`)

// vowing are forms of verbs that make a threat of the harm their noun names.
var vowing = wordSet("threaten threatens threatened threatening vow vows vowed vowing promise promises promised promising pledge pledges pledged pledging")

// asked returns the frame of an act that is asked for: of the target where
// that is to cooperate ("called for talks with India").
func (s *sentence) asked(f *Frame) *Frame {
	if q := s.ontology.Quad(f.Category); q > 2 || f.Category == graph.NoCategory {
		return f
	}
	request := *f
	request.Category, request.Mode, request.CAMEO, request.flags = "REQUEST", "", "100", map[string]bool{}
	return &request
}

// effected returns the frame as a light verb changes it; patterns/light.txt
// says how. It returns nil where no event is left.
func (s *sentence) effected(f *Frame, effect string) *Frame {
	if f == nil {
		return nil
	}
	quad := s.ontology.Quad(f.Category)
	to := func(category, mode, cameo string) *Frame {
		changed := *f
		changed.Category, changed.Mode, changed.CAMEO, changed.flags = category, mode, cameo, map[string]bool{}
		return &changed
	}
	consult := f.Category == "CONSULT"
	switch effect {
	case "undo", "end":
		switch {
		case consult && effect == "end":
			return f
		case consult:
			return nil
		case quad == 4:
			return to("RETREAT", "", "085")
		case quad == 3:
			return to("CONCEDE", "", "080")
		}
		return to("SANCTION", "discontinue", "160")
	case "cancel":
		switch {
		case consult:
			return to("REJECT", "meet", "125")
		case f.Category == "AID" || f.Category == "COOPERATE":
			return to("SANCTION", "discontinue", "160") // what ran is stopped
		case quad <= 2:
			return to("REJECT", "", "120")
		}
		return to("CONCEDE", "", "080")
	case "deny":
		return to("REJECT", "", "120")
	case "plan":
		if f.Category == "REQUEST" {
			return f // the request itself is made
		}
		changed := *f
		changed.planned = true
		return &changed
	}
	return f
}
