package relation

import (
	"slices"

	"entente/extract/nlp"
	"entente/graph"
)

// nounFrames returns the frames of the event noun that heads the phrase.
func (s *sentence) nounFrames(i int) []*Frame {
	if s.reader.named(i) || !s.reader.isNoun(i) && !(s.reader.tag(i) == "VBG" && s.reader.word(i+1) == "between") {
		return nil // "fighting between" is a noun, whatever the tagger says
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
	if (f.Category == "RETREAT" || f.Category == "AGREE" || f.Category == "CONCEDE") && s.broken(i) {
		return false
	}
	c := s.clauseOf(i)
	phrases := s.phrasesOf(i)
	targets, slot := s.nounTargets(f, phrases)
	if f.Is(flagSymmetric) && slot == "between" {
		return s.pairs(f, c, targets)
	}
	owners := s.holders(i)
	if c := s.reader.above(i); slot == "of" && len(owners) == 0 && c != nil && !c.passive && receiving[s.reader.word(c.verb)] && slices.Contains(c.objects, i) && s.hasThe(i) {
		return s.emit(f, c, targets, s.all(c.subjects), "noun-received") // "has drawn the criticism of the UN"
	}
	if f.Is(flagSymmetric) && len(owners) > 1 {
		return s.pairs(f, c, owners)
	}
	if at := s.reader.at[i]; f.Is(flagSymmetric) && len(owners) == 0 && at != nil && at.copular {
		if prep, _ := s.reader.prep(i); prep == "in" || prep == "at" { // "X and Y are in a row", "X is in talks with Y"
			if owners = s.all(at.subjects); len(targets) == 0 && len(owners) > 1 {
				return s.pairs(f, s.clauseOf(i), owners)
			}
		}
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

// broken reports whether a truce or deal is the subject of its breaking: "the ceasefire was
// violated", "the deal collapsed".
func (s *sentence) broken(i int) bool {
	c := s.reader.above(i)
	return c != nil && slices.Contains(c.subjects, i) && (c.passive && breaking[s.reader.word(c.verb)] || !c.passive && failing[s.reader.word(c.verb)])
}

var (
	breaking = wordSet("broken violated breached scuppered torpedoed shattered abandoned rejected")
	failing  = wordSet("collapse collapses collapsed fail fails failed fall falls fell unravel unravels unravelled unraveled expire expires expired lapse lapsed")
)

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
	verb := s.reader.word(c.verb)
	gaveIn := c.particle >= 0 && s.reader.word(c.particle) == "in" && givingIn[verb]
	switch {
	case f.Category == "REQUEST" && (prep == "at" || prep == "on") && s.reader.rels[i] == "obl":
		return s.fromWhom(i, owners, "of"), s.agents(agents(c))
	case c.passive || !slices.Contains(c.objects, i) && prep != "to":
		return nil, nil
	case receiving[verb]:
		return s.fromWhom(i, owners, "from"), s.all(c.subjects)
	case f.Category == "REQUEST" && (responding[verb] || gaveIn):
		return s.fromWhom(i, owners, "from"), s.all(c.subjects)
	}
	return nil, nil
}

// hasThe reports whether a noun has the definite article.
func (s *sentence) hasThe(i int) bool {
	return slices.ContainsFunc(s.reader.kids[i], func(k int) bool { return s.reader.word(k) == "the" })
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
		enjoy enjoys enjoyed have has had secure secures secured gain gains gained
		prompt prompts prompted trigger triggers triggered spark sparks sparked meet meets met`)
	// givingIn are forms that with "in" are verbs of yielding.
	givingIn = wordSet("give gives gave given giving cave caves caved caving")
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
		return &clause{node: i, verb: i, first: i, particle: -1, via: -1, negated: s.reader.deniedBy(i)}
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
	if kinship[s.reader.word(i)] && targets[0].ref.Type != graph.Person {
		return false // "the son of a Cuban father", "a deputy of the party"
	}
	holders := s.holdersOf(i)
	for _, h := range holders {
		if h.ref.Type == graph.Person || acts(h.ref) {
			return s.emit(f, s.clauseOf(i), holders, targets[:1], "bond")
		}
	}
	return false
}

// kinship are nouns for what one is to a person alone.
var kinship = wordSet("son daughter brother sister father mother wife husband widow nephew niece cousin uncle aunt brother-in-law deputy aide adviser advisor")

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
