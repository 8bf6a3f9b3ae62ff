// Package relation codes events: from the clauses of a sentence and the actors
// in it to who did what to whom.
package relation

import (
	"slices"
	"strings"

	"entente/extract/actor"
	"entente/extract/nlp"
	"entente/extract/ontology"
	"entente/graph"
)

// Version names the coder in the provenance of its events. It changes with
// every change of its rules, its lexicon or the linguistic engine that can change
// an event.
const Version = "clause-tags/3"

// Coder finds the events of documents. It is safe for concurrent use.
type Coder struct {
	lexicon  *Lexicon
	ontology *ontology.Ontology
}

// NewCoder returns a Coder over the lexicon.
func NewCoder(l *Lexicon, o *ontology.Ontology) *Coder {
	return &Coder{lexicon: l, ontology: o}
}

// Code returns the events of an article in the order of the text.
func (c *Coder) Code(a *graph.Article, doc nlp.Document, res *actor.Resolution) []graph.Event {
	if c.figurative(doc) {
		return nil
	}
	var events []graph.Event
	for i, s := range doc.Sentences {
		if len(s.Tokens) > maxTokens || len(distinct(res.Mentions[i])) < 2 || c.suspicious(s) {
			continue
		}
		st := &sentence{Coder: c, article: a, index: i, text: s, res: res}
		st.code()
		events = append(events, st.events...)
	}
	return events
}

// maxTokens is the length of a sentence beyond which it is taken for a list or
// table and not coded.
const maxTokens = 160

func distinct(mentions []actor.Mention) map[graph.ActorID]bool {
	ids := map[graph.ActorID]bool{}
	for _, m := range mentions {
		ids[m.Actor] = true
	}
	return ids
}

// suspicious reports whether a sentence speaks of sport or culture.
func (c *Coder) suspicious(s nlp.Sentence) bool {
	score, vote := false, false
	for _, t := range s.Tokens {
		w := strings.ToLower(t.Text)
		if c.lexicon.suspicious[w] {
			return true
		}
		score = score || isScore(w)
		vote = vote || strings.HasPrefix(w, "vot") || strings.HasPrefix(w, "pass")
	}
	return score && !vote
}

// isScore recognises the score of a match, "3-0".
func isScore(w string) bool {
	a, b, ok := strings.Cut(strings.ReplaceAll(w, "–", "-"), "-")
	return ok && digits(a) && digits(b)
}

func digits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return len(s) == 1 || len(s) == 2
}

// figurative reports whether so much of a document speaks of sport or culture
// that none of it is coded.
func (c *Coder) figurative(doc nlp.Document) bool {
	n := 0
	for _, s := range doc.Sentences {
		if c.suspicious(s) {
			n++
		}
	}
	return n > 2 && 4*n > len(doc.Sentences)
}

// reports reports whether form is a verb of speaking.
func (l *Lexicon) reports(form string) bool {
	for _, f := range l.verbs[form] {
		if f.Is(flagClause) && !strings.Contains(f.Lemma, "_") {
			return true
		}
	}
	return false
}

// sentence is one sentence under work.
type sentence struct {
	*Coder
	article  *graph.Article
	index    int
	text     nlp.Sentence
	res      *actor.Resolution
	reader   *reader
	clauses  []*clause
	nominals []*nominal
	events   []graph.Event
}

func (s *sentence) code() {
	s.reader = newReader(s.text, s.res.Mentions[s.index], s.lexicon)
	s.clauses, s.nominals = s.reader.clauses()
	for _, c := range s.clauses {
		s.verbEvents(c)
	}
	s.nounEvents()
}

// party is an actor found in an argument, with what that says of its safety.
type party struct {
	ref   graph.ActorRef
	safe  float64 // factor of the confidence
	place bool
	// named is set where the phrase names the actor itself, not a thing of its.
	named bool
	// owner is the state of a described group: what is done to "Swiss
	// businessmen" is done to Switzerland.
	owner *graph.ActorRef
}

// parties returns the actors that a noun phrase stands for: its head, else
// whose it is, else what it is of.
func (s *sentence) parties(n *nominal) []party {
	if missions[s.reader.word(n.head)] && len(n.of) > 0 && (n.of[0].prep == "in" || n.of[0].prep == "to") {
		out := s.all(n.of[0].nominals) // "its embassy in Abu Dhabi"
		for i := range out {
			out[i].place, out[i].named = false, false
		}
		return out
	}
	var head, owner, adjective []party
	for _, m := range n.mentions {
		p := party{ref: s.res.Ref(m), safe: 1, place: m.Place, named: m.First <= n.head && n.head < m.Last && m.Form != actor.FormAdj}
		switch {
		case m.Form == actor.FormAdj && m.First < n.head:
			p.safe = 0.9
			adjective = append(adjective, p)
		case m.First <= n.head && n.head < m.Last:
			if m.Form == actor.FormGroup && len(adjective) > 0 {
				p.owner = &adjective[len(adjective)-1].ref
			}
			if m.Form == actor.FormPronoun {
				p.safe = 0.85
			}
			head = append(head, p)
		case m.Last <= n.head && s.possessive(m.Last) || m.Form == actor.FormPronoun:
			if p.ref.Type == graph.Person && personNouns[nlp.Singular(s.reader.word(n.head))] {
				continue // "his brother" is not he
			}
			p.safe = 0.9
			owner = append(owner, p)
		case m.Last <= n.head:
			p.safe = 0.9
			adjective = append(adjective, p)
		default:
			p.safe = 0.9
			head = append(head, p)
		}
	}
	if len(head) == 0 {
		if p := s.apposed(n); p != nil {
			return p
		}
	}
	for _, found := range [][]party{head, owner, adjective} {
		if len(found) > 0 {
			return found[len(found)-1:]
		}
	}
	if calendarUnits[nlp.Singular(s.reader.word(n.head))] || len(n.of) == 0 || s.hasVictim(n) {
		return nil
	}
	if o := n.of[0]; o.prep == "of" || o.prep == "by" || o.prep == "from" {
		var out []party
		for _, inner := range o.nominals {
			for _, p := range s.parties(inner) {
				if !p.named && s.reader.tag(inner.head) != "NNS" {
					continue // "the suggestion of French involvement"
				}
				p.safe, p.named = 0.85*p.safe, false
				out = append(out, p)
			}
		}
		return out
	}
	return nil
}

// hasVictim reports whether the phrase is an act whose "of" brings who suffers
// it and not whose it is: "deplored the killing of X".
func (s *sentence) hasVictim(n *nominal) bool {
	return slices.ContainsFunc(s.nounFrames(n), func(f *Frame) bool {
		return !f.Is(flagBond) && slices.Contains(f.Slots, "of")
	})
}

// apposed returns the person whose name follows a description in commas: "his
// counterpart, Sergei Shoigu".
func (s *sentence) apposed(n *nominal) []party {
	if !personNouns[s.reader.word(n.head)] || s.reader.word(n.last) != "," {
		return nil
	}
	for _, m := range s.nominals {
		if m.first == n.last+1 && hasPerson(m) {
			return s.parties(m)
		}
	}
	return nil
}

// adjectives returns all states named as adjectives or owners in a phrase
// ("the French and Russian defence ministers").
func (s *sentence) adjectives(n *nominal) []party {
	var out []party
	for _, m := range n.mentions {
		if m.Last <= n.head || m.Form == actor.FormAdj {
			out = append(out, party{ref: s.res.Ref(m), safe: 0.9})
		}
	}
	return out
}

func (s *sentence) possessive(i int) bool {
	w := s.reader.word(i)
	return w == "'s" || w == "'" || s.reader.word(i-1) == "'s"
}

// itself returns the subjects of a clause, or, where that is a mere "it" in what
// a body says ("Sudan said it would …"), who says so.
func (s *sentence) itself(c *clause) []*nominal {
	if len(c.subjects) != 1 || s.reader.word(c.subjects[0].head) != "it" || len(c.subjects[0].mentions) > 0 ||
		c.link != complement || c.governor == nil || !s.lexicon.reports(s.reader.word(c.governor.verb)) {
		return c.subjects
	}
	for _, p := range s.all(c.governor.subjects) {
		if p.ref.Type == graph.Person {
			return c.subjects
		}
	}
	return c.governor.subjects
}

// agents returns the actors that may act through the noun phrases. A civilian
// described by nationality alone ("a French singer") does not act for the
// state.
func (s *sentence) agents(ns []*nominal) []party {
	var out []party
	for _, n := range ns {
		if !s.reader.named(n.head) && personNouns[s.reader.word(n.head)] && civilian(s.reader.word(n.head)) {
			continue
		}
		out = append(out, s.parties(n)...)
	}
	return out
}

func (s *sentence) all(ns []*nominal) []party {
	var out []party
	for _, n := range ns {
		out = append(out, s.parties(n)...)
	}
	return out
}

// verbEvents codes the verb of a clause.
func (s *sentence) verbEvents(c *clause) {
	form := s.reader.word(c.verb)
	if s.guarded(form, c) {
		return
	}
	if s.lightEffect(c) != "" && s.lightEvents(c) {
		return
	}
	defer s.demanded(c)
	for _, f := range s.frames(c, form) {
		if f.Lemma == "call" && len(c.themes) > 0 {
			f = s.nameCalling(f, c)
		}
		if f.Event() && s.apply(f, c) {
			return
		}
	}
}

// nameCalling returns the frame of calling somebody something: praise with a
// few words, blame with the rest ("called X a criminal").
func (s *sentence) nameCalling(f *Frame, c *clause) *Frame {
	named := *f
	named.Category, named.Mode, named.CAMEO = "ACCUSE", "disapprove", "111"
	if kindNames[nlp.Singular(s.reader.word(c.themes[0].head))] {
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

// frames returns the frames of a verb whose further words stand after it, the
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

// follows reports whether the words come right after the verb, or the last of
// them after its object ("shot the idea down").
func (s *sentence) follows(c *clause, words []string) bool {
	at := c.verb + 1
	for i, w := range words {
		if s.reader.word(at) == w {
			at++
			continue
		}
		if i == 0 && len(words) == 1 && len(c.objects) > 0 && c.objects[0].last-c.verb <= 5 {
			// "called the envoy in": nothing may hang on the particle
			last := c.objects[0].last
			return s.reader.word(last) == w && (s.reader.tag(last) == "RP" || !s.reader.startsNominal(last+1))
		}
		return false
	}
	return true
}

// guarded reports whether the clause uses the word figuratively.
func (s *sentence) guarded(form string, c *clause) bool {
	g := s.lexicon.guards[form]
	if g == nil {
		return false
	}
	for i := max(c.windowFirst, c.first-4); i < c.windowLast; i++ {
		if i != c.verb && g[s.reader.word(i)] {
			return true
		}
	}
	return false
}

// apply codes one frame on a clause and reports whether it gave an event.
func (s *sentence) apply(f *Frame, c *clause) bool {
	sources := s.agents(s.itself(c))
	var targets []party
	slot := ""
	if c.passive {
		sources = nil
		for _, o := range c.obliques {
			if o.prep == "by" {
				sources = s.agents(o.nominals)
				break
			}
		}
		if slices.Contains(f.Slots, "obj") {
			targets, slot = s.all(c.subjects), "subj-pass"
		}
	}
	if !c.passive || len(targets) == 0 {
		targets, slot = s.fill(f, c)
	}
	if f.Is(flagReverse) {
		sources, targets = targets, sources
	}
	if f.Is(flagSymmetric) && len(targets) == 0 && !c.passive && len(sources) > 1 {
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

// fill finds the target of a frame in the clause's arguments.
func (s *sentence) fill(f *Frame, c *clause) ([]party, string) {
	for _, slot := range f.Slots {
		if slot == "obj" {
			if p := s.all(object(f, c)); len(p) > 0 {
				return p, slot
			}
			continue
		}
		if slot == "to" && len(c.themes) > 0 && !c.passive { // "sold Zimbabwe tractors"
			if p := s.all(c.objects); len(p) > 0 && p[0].named {
				return p, "indirect"
			}
		}
		for _, o := range c.obliques {
			if o.prep != slot || slot == "of" && len(c.objects) > 0 {
				continue // "demanded the release of X" demands nothing of X
			}
			if p := s.all(o.nominals); len(p) > 0 {
				return p, slot
			}
		}
	}
	if f.Is(flagHarm) && len(c.objects) > 0 { // "killed 12 people in Israel"
		for _, o := range c.obliques {
			if p := s.all(o.nominals); (o.prep == "in" || o.prep == "at" || o.prep == "near") && len(p) > 0 {
				return p, "obj-in"
			}
		}
	}
	return nil, ""
}

// object returns the nominals that stand as the frame's object: the clause's
// own, or, where the lemma ends in a preposition ("call_on"), what follows it.
func object(f *Frame, c *clause) []*nominal {
	words := strings.Split(f.Lemma, "_")
	if n := len(words); n > 1 {
		for _, o := range c.obliques {
			if o.prep == words[n-1] && o.at > c.verb && o.at <= c.verb+n-1 {
				return o.nominals
			}
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
	for _, o := range c.objects {
		switch s.reader.word(o.head) {
		case "reporters", "journalists", "reporter", "journalist", "press", "media", "viewers", "crowd", "supporters", "audience", "interview":
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
		for j := i + 1; j < len(all) && j < i+4; j++ {
			done = s.emit(f, c, all[i:i+1], all[j:j+1], "verb-pair") || done
		}
	}
	return done
}

// maxParties bounds the coordinated actors of one side of one act.
const maxParties = 6

// emit records the event of every source towards every target.
func (s *sentence) emit(f *Frame, c *clause, sources, targets []party, rule string) bool {
	done := false
	for _, src := range sources[:min(len(sources), maxParties)] {
		for _, tgt := range targets[:min(len(targets), maxParties)] {
			if tgt.owner != nil {
				tgt.ref = *tgt.owner
			}
			if src.ref.ID == tgt.ref.ID || src.ref.ID == "" || tgt.ref.ID == "" || src.place {
				continue
			}
			if !tgt.named && tgt.ref.Type == graph.State && src.ref.Country == tgt.ref.Country {
				continue // "Yeltsin suspended Russia's part in it"
			}
			if tgt.place && !placeTarget(f) {
				continue
			}
			if f.Is(flagWeak) && !(acts(src.ref) && acts(tgt.ref) && (tgt.named || f.Category != "CONSULT")) {
				continue // nor does who "calls Russia's tone strange" call Russia
			}
			s.add(f, c, src, tgt, rule)
			done = true
		}
	}
	return done
}

// placeTarget reports whether a place stands for its state as target: of
// visits and of attacks.
func placeTarget(f *Frame) bool {
	return f.Category == "CONSULT" && f.Mode == "visit" || f.Category == "ASSAULT" || f.Category == "MOBILIZE"
}

// acts reports whether the actor acts in politics, whatever the verb: a body,
// or a person whose country is known.
func acts(r graph.ActorRef) bool {
	switch r.Type {
	case graph.State, graph.Government, graph.Military, graph.IGO, graph.ArmedGroup, graph.Bloc, graph.Party:
		return true
	}
	return r.Type == graph.Person && r.Country != ""
}

// add records one event.
func (s *sentence) add(f *Frame, c *clause, src, tgt party, rule string) {
	st := s.status(c)
	if (f.planned || f.Is(flagPlan)) && st.status == graph.Asserted {
		st.status = graph.Planned
	}
	ev := graph.Event{
		Article: s.article.ID, Source: src.ref, Target: tgt.ref, Predicate: f.Lemma,
		Symmetric: f.Is(flagSymmetric), Category: f.Category, Mode: f.Mode, CAMEO: f.CAMEO,
		Status: st.status, Published: s.article.Published, Publisher: s.article.Publisher,
	}
	s.reframe(&ev, st)
	ev.Quad = s.ontology.Quad(ev.Category)
	ev.Goldstein = s.ontology.Goldstein(ev.Category, ev.CAMEO)
	if ev.AttributedTo = s.attribution(c, src.ref.ID); ev.Symmetric && ev.AttributedTo != nil && ev.AttributedTo.ID == tgt.ref.ID {
		ev.AttributedTo = nil
	}
	ev.Date, ev.DateBasis = s.date(c, ev.Status)
	ev.Place = s.place(c)
	span := s.text.Span
	ev.Provenance = graph.Provenance{
		Sentence: s.index, Span: span, Quote: s.article.Body[span.Start:span.End],
		Rule: rule, Confidence: s.confidence(f, c, src, tgt), Coder: Version,
	}
	for _, old := range s.events {
		if old.Identity() == ev.Identity() {
			return
		}
	}
	s.events = append(s.events, ev)
}

// confidence multiplies what makes a reading unsafe. It is a rank, not yet a
// calibrated probability.
func (s *sentence) confidence(f *Frame, c *clause, src, tgt party) float64 {
	p := 0.95 * src.safe * tgt.safe
	if f.Is(flagWeak) {
		p *= 0.8
	}
	switch c.link {
	case conjunct, relative:
		p *= 0.9
	case infinitive, gerund:
		p *= 0.85
	}
	return float64(int(p*100+0.5)) / 100
}

// reframe turns the act into what its status makes of it.
func (s *sentence) reframe(ev *graph.Event, st standing) {
	set := func(category, mode, cameo string, status graph.Status) {
		ev.Category, ev.Mode, ev.CAMEO, ev.Status = category, mode, cameo, status
	}
	switch st.effect {
	case "refuse":
		set("REJECT", "", "120", graph.Asserted)
		return
	case "threaten":
		if s.ontology.Quad(ev.Category) >= 3 {
			set("THREATEN", "", "130", graph.Planned)
		}
		return
	}
	if !st.promised {
		return
	}
	switch ev.Category {
	case "CONSULT":
		set("AGREE", "", "036", graph.Planned)
	case "SUPPORT":
		set("AGREE", "", "035", graph.Planned)
	case "COOPERATE":
		set("AGREE", "", "031", graph.Planned)
	case "AID":
		set("AGREE", "", "033", graph.Planned)
	case "RETREAT":
		set("CONCEDE", "", "080", graph.Planned)
	}
}
