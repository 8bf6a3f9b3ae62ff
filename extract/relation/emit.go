package relation

import (
	"slices"
	"strings"

	"entente/extract/nlp"
	"entente/graph"
)

// maxParties bounds the coordinated actors of one side of one act.
const maxParties = 6

// emit records the event of every source towards every target.
func (s *sentence) emit(f *Frame, c *clause, sources, targets []party, rule string) bool {
	s.leave(f, c, sources, targets)
	done := false
	for _, src := range sources[:min(len(sources), maxParties)] {
		for _, tgt := range targets[:min(len(targets), maxParties)] {
			if tgt.owner != nil {
				tgt.ref = *tgt.owner
			}
			if src.ref.ID == tgt.ref.ID || src.ref.ID == "" || tgt.ref.ID == "" || src.place {
				continue
			}
			if !tgt.named && tgt.ref.Type == graph.State && src.ref.Country == tgt.ref.Country && f.Category != "CONCEDE" {
				continue // "Yeltsin suspended Russia's part in it"
			}
			if rule == "verb-obj-in" && src.ref.Country == tgt.ref.Country {
				continue // what an army does to a village of its own state
			}
			if rule == "said-must" && tgt.ref.Type == graph.State && src.ref.Country == tgt.ref.Country {
				continue // what an ambassador of the own state should do
			}
			if f.Mode == "visit" && tgt.ref.Type == graph.State && src.ref.Country == tgt.ref.Country {
				continue // "Abascal flew to Ceuta"
			}
			f := s.recast(f, c, src, tgt)
			if f == nil {
				continue
			}
			if f.Category == "CONSULT" && (src.ref.Type == graph.Media || tgt.ref.Type == graph.Media) {
				continue // an interview is no meeting
			}
			if tgt.place && !placeTarget(f) {
				continue
			}
			if f.Is(flagWeak) && !s.plain(f, src, tgt) {
				continue
			}
			s.add(f, c, src, tgt, rule)
			done = true
		}
	}
	return done
}

// recast returns the frame that an act has by who does it to whom with what, or nil if it
// is none.
func (s *sentence) recast(f *Frame, c *clause, src, tgt party) *Frame {
	switch {
	case f.Mode == "visit" && src.ref.Type == graph.Military:
		return &Frame{Lemma: f.Lemma, Category: "MOBILIZE", Mode: "troops", CAMEO: "154", Slots: f.Slots} // "US troops arrived in Poland"
	case f.Mode == "visit" && len(c.objects) > 0 && !c.passive && moved[f.Lemma]: // "flew troops to Libya"
		if s.isObject(c, tgt) {
			return nil
		}
		switch o := s.reader.word(c.objects[0]); {
		case troops[o]:
			return &Frame{Lemma: f.Lemma, Category: "MOBILIZE", Mode: "troops", CAMEO: "154", Slots: f.Slots}
		case supplies[o]:
			return &Frame{Lemma: f.Lemma, Category: "AID", CAMEO: "070", Slots: f.Slots}
		}
		return nil
	case f.Mode == "release" && freeing[f.Lemma] && src.ref.Type != graph.ArmedGroup && s.captive(c):
		return &Frame{Lemma: f.Lemma, Category: "AID", CAMEO: "075", Slots: f.Slots} // who frees another's hostages
	case f.Lemma == "retaliate" && s.speaksOf(commerce):
		return &Frame{Lemma: f.Lemma, Category: "SANCTION", CAMEO: "163", Slots: f.Slots}
	case f.Lemma == "withdraw" && f.Category == "RETREAT" && len(c.objects) > 0 && money[s.reader.word(c.objects[0])]:
		return &Frame{Lemma: f.Lemma, Category: "SANCTION", Mode: "discontinue", CAMEO: "162", Slots: f.Slots}
	case (f.Lemma == "send" || f.Lemma == "dispatch") && len(c.objects) > 0 && !c.passive && s.sendsPerson(c):
		if s.isObject(c, tgt) {
			return nil // "sent its envoy, Y, to Z" is done to Z
		}
		return &Frame{Lemma: f.Lemma, Category: "CONSULT", Mode: "visit", CAMEO: "042", Slots: f.Slots}
	case f.Lemma == "give" && s.givesTime(c):
		if s.speaksOf(leaving) { // "gave the diplomats a day to leave"
			return &Frame{Lemma: f.Lemma, Category: "SANCTION", Mode: "expel", CAMEO: "166", Slots: f.Slots}
		}
		return nil
	case f.Lemma == "send" && len(c.objects) > 0 && messages[s.reader.word(c.objects[0])]:
		if s.speaksOf(sympathy) {
			return &Frame{Lemma: f.Lemma, Category: "SUPPORT", CAMEO: "051", Slots: f.Slots}
		}
		return &Frame{Lemma: f.Lemma, Category: "CONSULT", CAMEO: "040", Slots: f.Slots}
	case f.Lemma == "chair" && tgt.named && (tgt.ref.Type == graph.IGO || tgt.ref.Type == graph.Party):
		return &Frame{Lemma: f.Lemma, Category: graph.NoCategory, Slots: f.Slots} // an office, no meeting
	case f.Lemma == "leave" && f.Category == "SANCTION" && !(gathers(src.ref) && tgt.named && gathers(tgt.ref) && tgt.ref.Type != graph.State):
		return nil // who leaves a country ends nothing; a state that leaves a league does
	case f.Lemma == "question" && tgt.ref.Type == graph.Person && tgt.named && (src.ref.Type == graph.Government || src.ref.Type == graph.Military):
		return &Frame{Lemma: f.Lemma, Category: "COERCE", CAMEO: "173", Slots: f.Slots} // as police do
	case f.Lemma == "beat" && s.speaksOf(voting) && (src.ref.Type == graph.Person || src.ref.Type == graph.Party):
		return &Frame{Lemma: f.Lemma, Category: graph.NoCategory, Slots: f.Slots} // at the polls
	case f.Lemma == "return" && f.Category == "RETREAT" && src.ref.Type == graph.Person && tgt.ref.Type == graph.State:
		return nil // "returned to France"
	}
	return f
}

// captive reports whether a clause is about hostages and the like.
func (s *sentence) captive(c *clause) bool {
	args := c.objects
	if c.passive {
		args = c.subjects
	}
	return len(args) > 0 && captives[s.reader.word(args[0])]
}

// givesTime reports whether what a clause gives is a time.
func (s *sentence) givesTime(c *clause) bool {
	return slices.ContainsFunc(s.reader.kids[c.node], func(k int) bool {
		rel := s.reader.rels[k]
		return k > c.verb && (rel == "obj" || rel == "obl") && calendarUnits[nlp.Singular(s.reader.word(k))] && s.reader.kid(k, "case") < 0
	})
}

// isObject reports whether a party stands in the object of a clause.
func (s *sentence) isObject(c *clause, p party) bool {
	return slices.ContainsFunc(s.all(c.objects), func(o party) bool { return o.ref.ID == p.ref.ID })
}

// sendsPerson reports whether the object of a clause is a person or an envoy.
func (s *sentence) sendsPerson(c *clause) bool {
	o := c.objects[0]
	if envoys[s.reader.word(o)] || missions[s.reader.word(o)] || s.reader.word(o) == "delegation" {
		return true
	}
	m := s.reader.mention(o)
	return m != nil && m.Actor.Kind() == string(graph.Person)
}

// gathers reports whether an actor is made of others or acts for many: a state, a body, a
// league, a party.
func gathers(r graph.ActorRef) bool {
	switch r.Type {
	case graph.State, graph.Government, graph.IGO, graph.Bloc, graph.Party:
		return true
	}
	return false
}

var (
	leaving  = wordSet("leave depart go quit")
	moved    = wordSet("fly bring take rush")
	troops   = wordSet("troops soldiers forces marines commandos mercenaries fighters paratroopers peacekeepers reinforcements units")
	supplies = wordSet("aid food medicine medicines supplies tents blankets water vaccines doctors rescuers relief flour wheat equipment")
	freeing  = wordSet("free release")
	captives = wordSet("hostages hostage captives captive abductees")
	money    = wordSet("money funds deposits cash reserves savings dollars euros pounds francs billion million")
	messages = wordSet("letter letters message messages note telegram cable email reply")
	sympathy = wordSet("condolence condolences sympathy congratulations thanks greetings solidarity")
	voting   = wordSet("vote votes voters election elections elected poll polls polling ballot ballots run-off runoff percent cent narrowly landslide primary candidate candidates")
	commerce = wordSet("tariff tariffs duty duties levies quotas trade imports exports steel")
)

// speaksOf reports whether the sentence has one of the words.
func (s *sentence) speaksOf(words map[string]bool) bool {
	return slices.ContainsFunc(s.reader.lower, func(w string) bool { return words[w] })
}

// plain reports whether a weak word can be trusted between two parties: both act in
// politics, or one that does harms somebody. Who "calls Russia's tone strange" does
// not call Russia.
func (s *sentence) plain(f *Frame, src, tgt party) bool {
	if f.Category == "PROTEST" {
		return acts(tgt.ref) && tgt.ref.Type != graph.Person || acts(src.ref) && acts(tgt.ref)
	}
	harm := s.ontology.Quad(f.Category) == 4
	return acts(src.ref) && (acts(tgt.ref) || harm) && (tgt.named || f.Mode != "phone")
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
	case graph.State, graph.Government, graph.Military, graph.IGO, graph.ArmedGroup, graph.Bloc, graph.Party, graph.NGO, graph.People:
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
		Rule: rule, Confidence: s.confidence(f, c, src, tgt, rule), Coder: Version,
	}
	s.coded[c.node] = true
	for _, old := range s.events {
		if old.Identity() == ev.Identity() {
			return
		}
	}
	if strings.HasPrefix(rule, "verb") {
		s.note(&ev, c)
	}
	s.events, s.nodes = append(s.events, ev), append(s.nodes, c.node)
}

// confidence multiplies what makes a reading unsafe and says how often one so safe is
// right.
func (s *sentence) confidence(f *Frame, c *clause, src, tgt party, rule string) float64 {
	p := 0.95 * src.safe * tgt.safe
	if strings.Contains(rule, "reach") || daring[rule] {
		p *= 0.8
	}
	if f.Is(flagWeak) {
		p *= 0.8
	}
	switch c.link {
	case conjunct, relative:
		p *= 0.9
	case infinitive, gerund:
		p *= 0.85
	}
	if rule == openRule {
		return openScale.of(p)
	}
	return frameScale.of(p)
}

// scale turns what a rule or model thinks of its reading into how often the pair is right:
// p = base + slope·x.
type scale struct{ base, slope float64 }

// The scales were fitted to the articles of internal/eval/testdata/own; docs/evaluation.md
// has their reliability on others.
var (
	frameScale = scale{0.38, 0.60}
	openScale  = scale{0.50, 0.50}
	pairScale  = scale{0.45, 0.42}
)

// of returns the confidence, rounded to two digits.
func (s scale) of(x float64) float64 { return float64(int((s.base+s.slope*x)*100+0.5)) / 100 }

// permits are predicates whose denial is a refusal.
var permits = wordSet("allow let permit authorise authorize tolerate")

// daring are rules that are right less often than the rest.
var daring = wordSet("noun-received verb-purpose verb-obj-act said-is said-must said-did claim wanted each-other bond")

// reframe turns the act into what its status makes of it.
func (s *sentence) reframe(ev *graph.Event, st standing) {
	set := func(category, mode, cameo string, status graph.Status) {
		ev.Category, ev.Mode, ev.CAMEO, ev.Status, ev.Predicate = category, mode, cameo, status, st.lemma
	}
	quad := s.ontology.Quad(ev.Category)
	harm := quad >= 3
	switch {
	case ev.Status == graph.Negated && permits[ev.Predicate]:
		ev.Category, ev.Mode, ev.CAMEO = "REJECT", "", "120" // "will not allow Iran to …"
	case st.effect == "stop" && (quad == 1 || quad == 2) && ev.Category != "CONSULT":
		set("SANCTION", "discontinue", "160", st.status)
	case st.effect == "refuse":
		set("REJECT", "", "120", graph.Asserted)
	case st.effect == "threaten" && harm, st.effect == "promise" && quad == 4 && !st.agreed:
		set("THREATEN", "", "130", graph.Planned)
	case st.effect != "promise":
	case st.agreed && ev.Category == "CONCEDE":
		set("AGREE", "", "030", st.status)
	case ev.Category == "CONSULT":
		set("AGREE", "", "036", st.status)
	case ev.Category == "SUPPORT":
		set("AGREE", "", "035", st.status)
	case ev.Category == "COOPERATE":
		set("AGREE", "", "031", st.status)
	case ev.Category == "AID":
		set("AGREE", "", "033", st.status)
	case ev.Category == "RETREAT":
		set("CONCEDE", "", "080", st.status)
	}
}
