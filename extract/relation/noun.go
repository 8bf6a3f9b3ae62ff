package relation

import "entente/graph"

// nounFrames returns the frames of the event noun that heads the phrase.
func (s *sentence) nounFrames(n *nominal) []*Frame {
	if s.reader.named(n.head) {
		return nil
	}
	head := s.reader.word(n.head)
	if n.head > n.first {
		if f := s.lexicon.nouns[s.reader.word(n.head-1)+"_"+head]; f != nil {
			return f
		}
	}
	return s.lexicon.nouns[head]
}

// nounTargets finds whom the event noun aims at: in a prepositional phrase of
// the frame's slots after it.
func (s *sentence) nounTargets(f *Frame, of []oblique) ([]party, string) {
	for _, slot := range f.Slots {
		for _, o := range of {
			if o.prep == slot {
				if p := s.all(o.nominals); len(p) > 0 {
					return p, slot
				}
			}
		}
	}
	return nil, ""
}

// lightEvents codes a light verb with its event noun ("imposed sanctions on"),
// and reports whether there was one.
func (s *sentence) lightEvents(c *clause) bool {
	effect := s.lightEffect(c)
	args, agents := c.objects, s.agents(s.itself(c))
	if len(args) == 0 && !c.passive {
		args = addressed(c) // "called for talks"
	}
	if c.passive {
		args, agents = c.subjects, nil
		for _, o := range c.obliques {
			if o.prep == "by" {
				agents = s.agents(o.nominals)
			}
		}
	}
	for _, n := range args {
		for _, f := range s.nounFrames(n) {
			if f.Is(flagBond) || s.guardedNoun(n) {
				continue
			}
			if effect == "plan" && asking[s.reader.word(c.verb)] {
				f = s.asked(f)
			}
			if f = s.effected(f, effect); f == nil {
				continue
			}
			targets, slot := s.nounTargets(f, append(append([]oblique{}, n.of...), c.obliques...))
			owners := s.adjectives(n)
			switch {
			case len(targets) == 0 && f.Is(flagSymmetric) && len(agents) > 1:
				return s.pairs(f, c, agents)
			case len(owners) == 1 && len(agents) > 0 && (effect == "deny" || len(targets) == 0 && effect != "do"):
				targets, slot = owners, "adj" // "rejected Iran's offer"
			}
			if slot == "between" && len(targets) > 1 {
				return s.pairs(f, c, targets)
			}
			if s.emit(f, c, agents, targets, "light-"+slot) {
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
	if s.reader.isParticle(c.verb + 1) {
		return "" // "held up"
	}
	return s.lexicon.light[verb]
}

// asking are forms of verbs that ask for the act their noun names.
var asking = wordSet(`demand demands demanded demanding call calls called calling urge urges urged urging
	seek seeks sought seeking request requests requested requesting push pushes pushed pushing`)

// asked returns the frame of an act that is asked for: of the target where
// that is to cooperate ("called for talks with India"), of nobody named where
// it is to yield.
func (s *sentence) asked(f *Frame) *Frame {
	switch {
	case f.Category == "RETREAT" || f.Category == "CONCEDE":
		return nil
	case s.ontology.Quad(f.Category) <= 2 && f.Category != graph.NoCategory:
		request := *f
		request.Category, request.Mode, request.CAMEO, request.flags = "REQUEST", "", "100", map[string]bool{}
		return &request
	}
	return f
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

// nounEvents codes event nouns by themselves: "Russia's invasion of Ukraine",
// "talks between A and B", and bonds: "X, an ally of Y".
func (s *sentence) nounEvents() {
	for _, n := range s.nominals {
		for _, f := range s.nounFrames(n) {
			c := s.clauseOf(n)
			if !f.Event() || s.guardedNoun(n) {
				break
			}
			if f.Is(flagBond) {
				if s.bond(f, n, c) {
					break
				}
				continue
			}
			if s.nominalEvent(f, n, c) {
				break
			}
		}
	}
}

// nominalEvent codes one event noun with its own arguments.
func (s *sentence) nominalEvent(f *Frame, n *nominal, c *clause) bool {
	targets, slot := s.nounTargets(f, n.of)
	if f.Is(flagSymmetric) && slot == "between" {
		return s.pairs(f, c, targets)
	}
	owners := s.adjectives(n)
	if f.Is(flagSymmetric) && len(owners) > 1 {
		return s.pairs(f, c, owners)
	}
	for _, o := range n.of {
		if o.prep == "by" {
			owners = s.agents(o.nominals)
		}
	}
	if len(owners) > 1 {
		owners = owners[:1]
	}
	for i := range owners {
		owners[i].safe *= 0.95
	}
	return s.emit(f, c, owners, targets, "noun-"+slot)
}

// clauseOf returns the clause a noun phrase stands in, for status and date: the
// last whose verb stands before it, else the first; without any, a bare one.
func (s *sentence) clauseOf(n *nominal) *clause {
	var best *clause
	for _, c := range s.clauses {
		if best == nil || c.verb < n.first {
			best = c
		}
	}
	if best == nil {
		return &clause{windowLast: len(s.text.Tokens)}
	}
	bare := *best
	bare.negated, bare.mood, bare.governor, bare.link, bare.conditional = false, indicative, best.governor, root, best.conditional
	return &bare
}

func (s *sentence) guardedNoun(n *nominal) bool {
	g := s.lexicon.guards[s.reader.word(n.head)]
	if g == nil {
		return false
	}
	for i := max(0, n.first-2); i < min(len(s.text.Tokens), n.last+4); i++ {
		if i != n.head && g[s.reader.word(i)] {
			return true
		}
	}
	return false
}

// bond codes a standing relation: "X, an ally of Y", "X is an ally of Y",
// "Y's ally X".
func (s *sentence) bond(f *Frame, n *nominal, c *clause) bool {
	targets, _ := s.nounTargets(f, n.of)
	if len(targets) == 0 {
		targets = s.adjectives(n)
	}
	if len(targets) == 0 {
		return false
	}
	var holders []party
	for _, verb := range s.clauses {
		for _, o := range verb.objects {
			if o == n && beForms[s.reader.word(verb.verb)] {
				holders = s.all(verb.subjects)
			}
		}
	}
	if len(holders) == 0 { // apposition: the phrase before the comma
		for _, m := range s.nominals {
			if m.last+1 == n.first && s.reader.word(m.last) == "," {
				holders = s.parties(m)
			}
		}
	}
	for _, h := range holders {
		if h.ref.Type == graph.Person || acts(h.ref) {
			return s.emit(f, c, holders, targets[:1], "bond")
		}
	}
	return false
}
