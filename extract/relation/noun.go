package relation

import (
	"slices"

	"entente/extract/nlp"
	"entente/graph"
)

// nounFrames returns the frames of the event noun that heads the phrase.
func (s *sentence) nounFrames(i int) []*Frame {
	if s.reader.named(i) || !s.reader.isNoun(i) {
		return nil
	}
	head := s.reader.word(i)
	if f := s.lexicon.nouns[s.reader.word(i-1)+"_"+head]; f != nil {
		return f
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
	for _, o := range of { // "a gift of vaccines to Nepal"
		if o.prep != "of" || len(o.nominals) == 0 || s.reader.named(o.nominals[0]) {
			continue
		}
		for _, inner := range s.reader.phrases(o.nominals[0]) {
			if inner.prep == "of" || !slices.Contains(f.Slots, inner.prep) {
				continue
			}
			if p := s.all(inner.nominals); len(p) > 0 {
				return p, inner.prep
			}
		}
	}
	return nil, ""
}

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
				f = &Frame{Lemma: s.lemma(c, c), Category: "THREATEN", CAMEO: "130", Slots: f.Slots, planned: true}
			}
			at := *c
			if effect == "deny" && c.negated { // "has not ruled out war"
				at.negated, at.mood = false, modal
			} else if f = s.effected(f, effect); f == nil {
				continue
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

// nounEvents codes event nouns by themselves: "Russia's invasion of Ukraine",
// "talks between A and B", and bonds: "X, an ally of Y".
func (s *sentence) nounEvents() {
	for i := range s.text.Tokens {
		if s.used[i] {
			continue
		}
		for _, f := range s.nounFrames(i) {
			if !f.Event() || s.guardedNoun(i) {
				break
			}
			if f.Is(flagBond) {
				if s.bond(f, i) {
					break
				}
				continue
			}
			if s.nominalEvent(f, i) {
				break
			}
		}
	}
}

// nominalEvent codes one event noun with its own arguments.
func (s *sentence) nominalEvent(f *Frame, i int) bool {
	c := s.clauseOf(i)
	phrases := s.phrasesOf(i)
	targets, slot := s.nounTargets(f, phrases)
	if f.Is(flagSymmetric) && slot == "between" {
		return s.pairs(f, c, targets)
	}
	owners := s.holders(i)
	if f.Is(flagSymmetric) && len(owners) > 1 {
		return s.pairs(f, c, owners)
	}
	if prep, _ := s.reader.prep(i); prep == "under" && len(targets) == 0 && s.reader.rels[i] == "nmod" {
		targets, slot = s.parties(s.reader.heads[i]), "under" // "the Palestinians, under Israeli occupation"
	}
	for _, o := range phrases {
		if o.prep != "by" {
			continue
		}
		if len(targets) == 0 && len(owners) > 0 && slices.Contains(f.Slots, "of") {
			targets, slot = owners, "owner" // "Syria's bombing by Israel"
		}
		owners = s.agents(o.nominals)
	}
	if len(owners) == 0 && len(targets) > 0 && slot != "of" {
		for _, o := range phrases {
			if o.prep == "of" {
				owners = s.agents(o.nominals) // "the support of Iran for Hezbollah"
			}
		}
	}
	if len(targets) == 0 {
		if from, to := s.received(f, i, owners); len(to) > 0 {
			owners, targets, slot = from, to, "received"
		}
	}
	for _, find := range []func() []party{func() []party { return s.holding(i, 0) }, func() []party { return s.attending(f, i) }} {
		if len(owners) == 0 && len(targets) > 0 {
			owners = find()
		}
	}
	for k := range owners {
		owners[k].safe *= 0.95
	}
	return s.emit(f, c, owners, targets, "noun-"+slot)
}

// phrasesOf returns the prepositional phrases of a noun, with those that the parser
// hung on the verb whose object it is.
func (s *sentence) phrasesOf(i int) []oblique {
	out := s.reader.phrases(i)
	c := s.reader.above(i)
	if c == nil || !slices.Contains(c.objects, i) {
		return out
	}
	for _, o := range c.obliques {
		if o.at > i {
			out = append(out, o)
		}
	}
	return out
}

// received returns who does an act of speech to the subject of the clause that takes
// its noun: "ignored appeals by SADC", "drew praise from Egypt", "acted at the request
// of Oman".
func (s *sentence) received(f *Frame, i int, owners []party) (from, to []party) {
	c := s.reader.above(i)
	if c == nil || c.node == i || f.Is(flagBond) {
		return nil, nil
	}
	if q := s.ontology.Quad(f.Category); q != 3 && q != 1 {
		return nil, nil
	}
	prep, _ := s.reader.prep(i)
	switch verb := s.reader.word(c.verb); {
	case f.Category == "REQUEST" && (prep == "at" || prep == "on") && s.reader.rels[i] == "obl":
		return s.fromWhom(i, owners, "of"), s.agents(agents(c))
	case c.passive || !slices.Contains(c.objects, i) && prep != "to":
		return nil, nil
	case receiving[verb]:
		return s.fromWhom(i, owners, "from"), s.all(c.subjects)
	case f.Category == "REQUEST" && responding[verb]:
		return s.fromWhom(i, owners, "from"), s.all(c.subjects)
	}
	return nil, nil
}

// fromWhom returns whose act a noun is: its owners, or those that a preposition
// brings.
func (s *sentence) fromWhom(i int, owners []party, prep string) []party {
	if len(owners) > 0 {
		return owners
	}
	for _, o := range s.phrasesOf(i) {
		if o.prep == prep {
			return s.agents(o.nominals)
		}
	}
	return nil
}

var (
	// receiving are verbs whose subject meets with what their object names.
	receiving = wordSet(`draw draws drew drawn drawing receive receives received receiving get gets got win wins won winning
		earn earns earned earning face faces faced facing attract attracts attracted attracting provoke provokes provoked
		prompt prompts prompted trigger triggers triggered spark sparks sparked meet meets met`)
	// responding are verbs whose subject answers what their object names.
	responding = wordSet(`reject rejects rejected rejecting ignore ignores ignored ignoring heed heeds heeded heeding grant grants
		granted granting accept accepts accepted accepting dismiss dismisses dismissed dismissing rebuff rebuffs rebuffed
		rebuffing refuse refuses refused refusing consider considers considered considering turn turned approve approved
		deny denied spurn spurned resist resisted agree agreed accede acceded yield yielded bow bowed`)
)

// attending returns the subject of the clause that an act of consulting stands in
// as a circumstance: "In a call with Putin, Macron said …", "on a visit to Mali, …".
func (s *sentence) attending(f *Frame, i int) []party {
	c := s.owner[i]
	if c == nil || f.Category != "CONSULT" || s.reader.rels[i] != "obl" && s.reader.at[i] != c && s.reader.rels[i] != "nmod" {
		return nil
	}
	if prep, _ := s.reader.prep(i); !occasions[prep] {
		return nil
	}
	if s.reader.rels[i] == "nmod" {
		if h := s.reader.heads[i]; s.reader.named(h) {
			return s.parties(h) // "Macron, on a visit to Mali, said"
		}
		return nil
	}
	for up, n := c, 0; up != nil && n < maxNesting; up, n = up.governor, n+1 {
		if p := s.agents(agents(up)); len(p) > 0 {
			return p
		}
	}
	return nil
}

// occasions are prepositions by which an act goes on while another is done.
var occasions = wordSet("in during after before at on for following amid")

// holders returns the actors named before a noun, as owners or as adjectives:
// whose act it is.
func (s *sentence) holders(i int) []party {
	if out := s.owners(i, 0); len(out) > 0 {
		return out
	}
	return s.adjectives(i, 0)
}

// clauseOf returns the clause a noun stands in as far as it says when and where the
// noun's act was: not whether it was.
func (s *sentence) clauseOf(i int) *clause {
	c := s.owner[i]
	for _, k := range s.reader.kids[i] {
		if c == nil {
			c = s.reader.at[k] // a heading: "US-Iran talks resumed on Tuesday"
		}
	}
	if c == nil {
		return &clause{node: i, verb: i, first: i, particle: -1, via: -1, contact: -1, negated: s.reader.deniedBy(i)}
	}
	bare := *c
	bare.negated = s.reader.deniedBy(i)
	if !s.prospective(i, c) {
		bare.mood, bare.link, bare.via = indicative, root, -1
	}
	return &bare
}

// prospective reports whether the noun is a meeting, deal or the like that a verb
// speaks of as not yet had ("offered to host talks").
func (s *sentence) prospective(i int, c *clause) bool {
	if !slices.Contains(c.objects, i) {
		return false
	}
	for _, k := range s.reader.kids[i] {
		if w := s.reader.word(k); w == "the" || w == "this" || w == "these" {
			return false
		}
	}
	for _, f := range s.nounFrames(i) {
		if f.Category == "CONSULT" || f.Category == "AGREE" {
			return true
		}
	}
	return false
}

func (s *sentence) guardedNoun(i int) bool {
	g := s.lexicon.guards[s.reader.word(i)]
	if g == nil {
		return false
	}
	for k := max(0, s.reader.first(i)-2); k < min(len(s.text.Tokens), i+5); k++ {
		if k != i && g[s.reader.word(k)] {
			return true
		}
	}
	return false
}

// bond codes a standing relation: "X, an ally of Y", "X is an ally of Y",
// "Y's ally X".
func (s *sentence) bond(f *Frame, i int) bool {
	targets, _ := s.nounTargets(f, s.reader.phrases(i))
	if k := s.reader.ownerOf(i); len(targets) == 0 && k >= 0 && bound[nlp.Singular(s.reader.word(i))] {
		targets = s.parties(k) // "his ally" is an ally of him
	}
	if len(targets) == 0 {
		targets = s.holders(i)
	}
	if h := s.reader.heads[i]; len(targets) == 0 && s.reader.is(i, "nmod:desc") {
		targets = s.owners(h, 0) // "Russia's ally Belarus"
	}
	if c := s.reader.at[i]; len(targets) == 0 && c != nil && c.copular && len(c.subjects) > 1 {
		return s.pairs(f, s.clauseOf(i), s.all(c.subjects)) // "Iran and Iraq are rivals"
	}
	if len(targets) == 0 {
		return false
	}
	holders := s.holdersOf(i)
	for _, h := range holders {
		if h.ref.Type == graph.Person || acts(h.ref) {
			return s.emit(f, s.clauseOf(i), holders, targets[:1], "bond")
		}
	}
	return false
}

// holdersOf returns who is said to be the noun i.
func (s *sentence) holdersOf(i int) []party {
	if c := s.reader.at[i]; c != nil && c.copular {
		return s.all(c.subjects)
	}
	if p := s.apposed(i, 0); p != nil {
		return p
	}
	if h := s.reader.heads[i]; s.reader.rels[i] == "appos" || s.reader.is(i, "nmod:desc") || s.reader.rels[i] == "compound" && s.reader.named(h) {
		return s.parties(h) // "Russia's ally Belarus"
	}
	return nil
}
