package relation

import (
	"slices"
	"strings"

	"entente/extract/nlp"
	"entente/graph"
)

// verbEvents codes the verb of a clause.
func (s *sentence) verbEvents(c *clause) {
	form := s.reader.word(c.verb)
	if s.lightEffect(c) != "" && s.lightEvents(c) {
		return
	}
	if s.guarded(form, c) || s.reader.rels[c.node] == "acl" && belonging[form] {
		return
	}
	s.judges(c)
	if s.brands(c) {
		return
	}
	defer s.demanded(c)
	frames := s.frames(c, form)
	for _, find := range []finder{s.fill, s.affected} {
		for _, f := range frames {
			if f.Lemma == "call" && len(c.themes) > 0 {
				f = s.nameCalling(f, c)
			}
			if f.Event() && s.apply(f, c, find) {
				return
			}
		}
	}
	s.wanted(c)
	s.governedEvent(c)
}

// wanted codes what a verb without a fitting frame asks somebody to do: "Greece wants
// Libya to hand over the men".
func (s *sentence) wanted(c *clause) {
	to := addressed(c)
	if len(to) == 0 || c.passive {
		return
	}
	for _, inner := range s.clauses {
		if inner.governor != c || inner.link != infinitive {
			continue
		}
		if ctl, ok := s.reader.control(c, inner); ok && ctl.effect == "request" && ctl.object() {
			f := &Frame{Lemma: s.lemma(c, c), Category: "REQUEST", CAMEO: "100", Slots: []string{"obj"}}
			s.emit(f, c, s.agents(c.subjects), s.acting(s.all(to)), "wanted")
			return
		}
	}
}

// stances are the frames of what a governing verb makes of an act, whatever that
// is; reframe gives them their last form.
var stances = map[string]*Frame{
	"refuse":   {Lemma: "refuse", Category: "REJECT", CAMEO: "120"},
	"threaten": {Lemma: "threaten", Category: "COERCE", CAMEO: "170"},
	"promise":  {Lemma: "promise", Category: "AID", CAMEO: "070"},
}

// governedEvent codes an act that no frame knows by the verb that governs it:
// "refused to budge on", "threatened to turn off Tunisia's gas".
func (s *sentence) governedEvent(c *clause) {
	st := s.status(c)
	f := stances[st.effect]
	if f == nil || c.passive || st.status == graph.Negated {
		return
	}
	targets := s.all(append(slices.Clone(c.indirect), c.objects...))
	for _, o := range s.around(c) {
		if len(targets) == 0 && reaching[o.prep] {
			targets = s.all(o.nominals)
		}
	}
	s.emit(f, c, s.agents(c.subjects), targets, "governed")
}

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

// finder finds the target of a frame in a clause, and names where it stood.
type finder func(*Frame, *clause) ([]party, string)

// nameCalling returns the frame of calling somebody something: praise with a
// few words, blame with the rest ("called X a criminal").
func (s *sentence) nameCalling(f *Frame, c *clause) *Frame {
	named := *f
	named.Category, named.Mode, named.CAMEO = "ACCUSE", "disapprove", "111"
	if kindNames[nlp.Singular(s.reader.word(c.themes[0]))] {
		named.Category, named.Mode, named.CAMEO = "SUPPORT", "", "051"
	}
	return &named
}

// demanded codes what a verb of demanding asks of the subject of its clause:
// "Brazil demanded that Colombia apologise".
func (s *sentence) demanded(c *clause) {
	if c.link != complement || c.governor == nil {
		return
	}
	ctl, ok := s.reader.control(c.governor, c)
	if !ok || ctl.effect != "request" || ctl.marker != "that" {
		return
	}
	f := &Frame{Lemma: "demand", Category: "REQUEST", CAMEO: "100"}
	if frames := s.frames(c.governor, s.reader.word(c.governor.verb)); len(frames) > 0 {
		f.Lemma = frames[0].Lemma
	}
	s.emit(f, c.governor, s.agents(c.governor.subjects), s.all(c.subjects), "demand-that")
}

// frames returns the frames of a verb whose further words stand with it, the
// longest first.
func (s *sentence) frames(c *clause, form string) []*Frame {
	var out []*Frame
	longest := 0
	for _, f := range s.lexicon.verbs[form] {
		rest := strings.Split(f.Lemma, "_")[1:]
		if len(rest) < longest || !s.follows(c, rest) {
			continue
		}
		longest = len(rest)
		out = append(out, f)
	}
	return out
}

// follows reports whether the further words of a lemma stand with the verb: right
// after it but for adverbs, after its object ("put him on trial", "shot the idea
// down"), or as its object ("cut all ties", "took full control of").
func (s *sentence) follows(c *clause, words []string) bool {
	if len(words) == 0 {
		return true
	}
	at := c.verb + 1
	for strings.HasPrefix(s.reader.tag(at), "RB") && s.reader.word(at) != words[0] {
		at++
	}
	if s.spelled(at, words) {
		return true
	}
	if len(words) == 1 && c.particle >= 0 && s.reader.word(c.particle) == words[0] {
		return true
	}
	for _, o := range c.objects {
		last := s.reader.last(o)
		if s.spelled(last, words) && s.reader.rel(last+len(words)-1) != "case" {
			return true
		}
		if s.reader.word(o) == words[0] && !s.reader.named(o) && s.spelled(last, words[1:]) {
			return true
		}
	}
	return false
}

// spelled reports whether the words stand from token at on.
func (s *sentence) spelled(at int, words []string) bool {
	for i, w := range words {
		if s.reader.word(at+i) != w {
			return false
		}
	}
	return true
}

// guarded reports whether the clause uses the word figuratively.
func (s *sentence) guarded(form string, c *clause) bool {
	g := s.lexicon.guards[form]
	if g == nil {
		return false
	}
	for i := range s.owner {
		if i != c.verb && g[s.reader.word(i)] && s.owner[i] == c {
			return true
		}
	}
	return false
}

// apply codes one frame on a clause and reports whether it gave an event.
func (s *sentence) apply(f *Frame, c *clause, find finder) bool {
	sources := s.agents(c.subjects)
	var targets []party
	slot := ""
	if c.passive {
		sources = s.agents(agents(c))
		if len(sources) == 0 {
			sources = s.ordered(c)
		}
		if slices.Contains(f.Slots, "obj") {
			targets, slot = s.all(c.subjects), "subj-pass"
		}
	}
	if len(targets) == 0 {
		targets, slot = find(f, c)
	}
	if len(targets) == 0 && c.passive && (slices.Contains(f.Slots, "to") || slices.Contains(f.Slots, "for")) { // "was given tanks by"
		targets, slot = s.all(c.subjects), "subj-pass"
	}
	if f.Is(flagReverse) {
		sources, targets = targets, sources
	}
	if slot == hostileNoun {
		f = &Frame{Lemma: f.Lemma, Category: "THREATEN", CAMEO: "130", Slots: f.Slots} // "committed to the destruction of"
	}
	if s.eachOther(c) && len(sources) > 1 {
		return s.mutually(f, c, sources)
	}
	if s.wordy(f, c, targets) {
		f = &Frame{Lemma: f.Lemma, Category: "ACCUSE", Mode: "disapprove", CAMEO: "111", Slots: f.Slots}
	}
	together := f.Is(flagSymmetric) && !(slices.Contains(f.Slots, "obj") && len(c.objects) > 0) // who "met the deadline" met nobody
	if (together || s.mutual(f, c)) && len(targets) == 0 && !c.passive && len(sources) > 1 {
		return s.pairs(f, c, sources)
	}
	if f.Is(flagSay) && s.press(c, targets) {
		return true
	}
	if f.Is(flagSay) && s.orders(c) {
		order := *f
		order.Category, order.Mode, order.CAMEO = "REQUEST", "", "100" // "told X to"
		f = &order
	}
	return s.emit(f, c, sources, targets, "verb-"+slot)
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
			if p := s.all(o.nominals); len(p) > 0 {
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
// act reaches by its object or a preposition of direction ("softened its terms for
// X", "flew tents into X").
func (s *sentence) affected(f *Frame, c *clause) ([]party, string) {
	if f.Is(flagWeak) || f.Is(flagReverse) || f.Is(flagSay) || f.Is(flagClause) || len(f.Slots) == 0 {
		return nil, ""
	}
	if !slices.Contains(f.Slots, "obj") && f.Category != "CONSULT" && f.Category != "MOBILIZE" {
		if p := s.all(c.objects); len(p) > 0 && !p[0].place {
			return p, "reach-obj"
		}
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

// wordy reports whether an attack is one of words: on what somebody proposes or
// decides, or for something.
func (s *sentence) wordy(f *Frame, c *clause, targets []party) bool {
	if f.Lemma != "attack" || len(targets) == 0 || targets[0].named && len(c.objects) > 0 && !s.over(c) {
		return false
	}
	return s.over(c) || len(c.objects) > 0 && debated[s.reader.word(c.objects[0])]
}

// over reports whether the clause names what somebody is attacked for.
func (s *sentence) over(c *clause) bool {
	return slices.ContainsFunc(c.obliques, func(o oblique) bool {
		return o.prep == "over" || o.prep == "in" && documents[nlp.Singular(s.reader.word(o.nominals[0]))]
	})
}

// eachOther reports whether the object of a clause is its own subjects.
func (s *sentence) eachOther(c *clause) bool {
	if len(c.objects) != 1 {
		return false
	}
	pair := s.reader.word(c.objects[0]-1) + " " + s.reader.word(c.objects[0])
	if next := s.reader.word(c.objects[0] + 1); next == "other" || next == "another" {
		pair = s.reader.word(c.objects[0]) + " " + next
	}
	return pair == "each other" || pair == "one another"
}

// mutually codes what every subject of a clause does to every other.
func (s *sentence) mutually(f *Frame, c *clause, all []party) bool {
	if f.Is(flagSymmetric) {
		return s.pairs(f, c, all)
	}
	done := false
	for i := range all {
		for j := range all {
			if i != j && len(all) < 4 {
				done = s.emit(f, c, all[i:i+1], all[j:j+1], "each-other") || done
			}
		}
	}
	return done
}

// mutual reports whether a clause of good will names no partner because its
// subjects are each other's: "Iran and Sudan restored relations".
func (s *sentence) mutual(f *Frame, c *clause) bool {
	q := s.ontology.Quad(f.Category)
	return (q > 0 && q <= 2 || f.Category == "SANCTION") && slices.Contains(f.Slots, "with") && len(c.objects) > 0 && shared[s.reader.word(c.objects[0])]
}

// doneBy returns by whom the act is that a clause takes as its object, where the parser
// hung the phrase on the verb: "condemned the attack by armed men".
func (s *sentence) doneBy(c *clause) []party {
	if c.passive || len(c.objects) == 0 || len(s.nounFrames(c.objects[0])) == 0 {
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

// orders reports whether an infinitive says what the addressed one is to do.
func (s *sentence) orders(c *clause) bool {
	for _, inner := range s.clauses {
		if inner.governor != c || inner.link != infinitive {
			continue
		}
		if ctl, ok := s.reader.control(c, inner); ok && ctl.effect == "request" {
			return true
		}
	}
	return false
}

// press reports whether the ones spoken to are the press or the public.
func (s *sentence) press(c *clause, targets []party) bool {
	for _, o := range append(slices.Clone(c.objects), c.indirect...) {
		if audience[s.reader.word(o)] {
			return true
		}
	}
	for _, t := range targets {
		if t.ref.Type == graph.Media {
			return true
		}
	}
	return false
}

// pairs codes a symmetric act of its subjects among themselves ("Macron and
// Scholz met").
func (s *sentence) pairs(f *Frame, c *clause, all []party) bool {
	done := false
	for i := range all {
		if i > 0 && len(all) > 4 {
			break // of a longer list, only the first with each is sure
		}
		for j := i + 1; j < len(all) && j < maxParties; j++ {
			done = s.emit(f, c, all[i:i+1], all[j:j+1], "verb-pair") || done
		}
	}
	return done
}
