package relation

import (
	"slices"
	"strings"

	"entente/extract/actor"
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
	s.warned(c)
}

// warning are verbs of announcing what one will do to somebody.
var warning = wordSet("warn warns warned warning threaten threatens threatened threatening vow vows vowed vowing swear swears swore")

// warned codes a threat whose target is the subject of its condition: "warned that it would
// widen sanctions if Russia …", "vowed to fight if the party wins".
func (s *sentence) warned(c *clause) {
	if !warning[s.reader.word(c.verb)] || c.passive || c.negated {
		return
	}
	sources := s.agents(c.subjects)
	for _, inner := range s.clauses {
		if inner.governor != c || inner.link != complement && inner.link != infinitive || inner.mood == indicative && inner.link == complement {
			continue
		}
		if !sameParties(s.all(inner.subjects), sources) {
			continue // of what others will do
		}
		for _, condition := range s.clauses {
			if g := condition.governor; (g == inner || g == c) && (condition.marker == "if" || condition.marker == "unless") {
				f := &Frame{Lemma: s.verbLemma(c), Category: "THREATEN", CAMEO: "130", Slots: []string{"obj"}, planned: true}
				s.emit(f, c, sources, s.acting(s.all(condition.subjects)), "warned-if")
				return
			}
		}
	}
}

// sameParties reports whether all parties are among others.
func sameParties(all, others []party) bool {
	for _, p := range all {
		if !slices.ContainsFunc(others, func(o party) bool { return o.ref.ID == p.ref.ID }) {
			return false
		}
	}
	return true
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
			f := &Frame{Lemma: s.verbLemma(c), Category: "REQUEST", CAMEO: "100", Slots: []string{"obj"}}
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
	if s.spelled(at, words) || c.copular && len(words) == 1 && s.reader.word(c.node) == words[0] {
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
			targets, slot = append(without(s.all(c.subjects), sources), s.oneOf(c)...), "subj-pass"
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
	if s.atBorder(f, c) {
		f = &Frame{Lemma: f.Lemma, Category: "MOBILIZE", Mode: "troops", CAMEO: "154", Slots: f.Slots}
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
	if slot == "obj" || slot == "subj-pass" {
		targets = append(targets, s.amongThem(c)...)
	}
	s.handOver(f, c, sources, slot)
	return s.emit(f, c, sources, targets, "verb-"+slot)
}

// amongThem returns who is named as being among those acted on: "killed 24 people, among them
// Reyes".
func (s *sentence) amongThem(c *clause) []party {
	var out []party
	tokens := s.text.Tokens
	for i := c.verb + 1; i+2 < len(tokens); i++ {
		if s.reader.word(i) != "among" || s.reader.word(i+1) != "them" {
			continue
		}
		first := -1
		for _, m := range s.res.Mentions[s.index] {
			if m.Place || m.Form == actor.FormAdj || m.Form == actor.FormPronoun || m.First < i+2 {
				continue
			}
			head := headOf(tokens, m)
			if first < 0 && m.Lead <= i+6 || first >= 0 && tokens[head].Deprel == "conj" && slices.Contains(chain(tokens, head), first) {
				out = append(out, party{ref: s.res.Ref(m), safe: 0.9, named: true})
				if first < 0 {
					first = head
				}
			}
		}
	}
	return out
}

// without returns the parties that are not among others: what a participle is said of ("a truce
// brokered by X and Y") names who did it, not whom it was done to.
func without(all, others []party) []party {
	return slices.DeleteFunc(all, func(p party) bool {
		return !p.named && slices.ContainsFunc(others, func(o party) bool { return o.ref.ID == p.ref.ID })
	})
}

// oneOf returns who is said to be one of those whom a participle says something of: "X was
// one of the hostages freed by the army".
func (s *sentence) oneOf(c *clause) []party {
	if c.via < 0 {
		return nil
	}
	one := s.reader.heads[c.via]
	if one < 0 || s.reader.word(one) != "one" && s.reader.word(one) != "among" {
		return nil
	}
	if at := s.reader.at[one]; at != nil && at.copular {
		return s.all(at.subjects)
	}
	if h := s.reader.heads[one]; s.reader.rels[one] == "appos" && h >= 0 && s.reader.named(h) {
		return s.parties(h)
	}
	return nil
}

// handing are verbs by which somebody is given into another's hands.
var handing = wordSet("hand hand_over turn_over extradite surrender deport deliver")

// handOver codes what is done to the person who is handed to somebody: "handed Mladic to
// the Netherlands".
func (s *sentence) handOver(f *Frame, c *clause, sources []party, slot string) {
	if slot != "to" || !handing[f.Lemma] {
		return
	}
	persons := slices.DeleteFunc(s.all(c.objects), func(p party) bool { return p.owner != nil || !p.named || p.ref.Type != graph.Person })
	s.emit(&Frame{Lemma: f.Lemma, Category: "COERCE", CAMEO: "174", Slots: f.Slots}, c, sources, persons, "verb-obj")
}

// atBorder reports whether what a verb of sending brings is brought to a border:
// "sent 200 soldiers to the border with Ukraine".
func (s *sentence) atBorder(f *Frame, c *clause) bool {
	if f.Category != "AID" && f.Category != "CONSULT" || len(c.objects) == 0 {
		return false
	}
	return slices.ContainsFunc(c.obliques, func(o oblique) bool { return borders[s.reader.word(o.nominals[0])] })
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
	for _, t := range slices.Concat(targets, s.all(c.indirect)) {
		if t.ref.Type == graph.Media {
			return true
		}
	}
	return false
}

// pairs codes a symmetric act of its subjects among themselves ("Macron and
// Scholz met").
func (s *sentence) pairs(f *Frame, c *clause, all []party) bool {
	if f.Is(flagSay) && !s.together(c) || f.Lemma == "sign" && !s.signed(c) {
		return false
	}
	if len(c.subjects) == 1 && len(all) > 2 && strings.HasPrefix(s.reader.tag(c.subjects[0]), "PRP") {
		return false // "They met": who of many met whom is not told
	}
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

// together reports whether those who speak do so with one another: "spoke by
// phone", but not "spoke at the dinner".
func (s *sentence) together(c *clause) bool {
	if len(c.objects) > 0 {
		return false
	}
	for _, p := range c.obliques {
		if p.prep == "by" || p.prep == "over" || p.prep == "about" || p.prep == "on" {
			return true
		}
	}
	return len(c.obliques) == 0 && c.link != complement
}

// signed reports whether what several sign binds them to one another.
func (s *sentence) signed(c *clause) bool {
	return slices.ContainsFunc(c.objects, func(i int) bool { return bindings[nlp.Singular(s.reader.word(i))] })
}

// bindings are what parties sign with one another.
var bindings = wordSet("agreement accord deal treaty pact protocol memorandum contract ceasefire truce convention declaration charter compact armistice covenant peace plan document papers roadmap framework")
