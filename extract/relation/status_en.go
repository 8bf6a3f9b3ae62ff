package relation

import (
	"strings"

	"entente/graph"
)

// disputes are verbs of saying whose subject does not say so.
var disputes = wordSet("deny denies denied denying reject rejects rejected dispute disputes disputed refute refutes refuted doubt doubts doubted")

// standing is how real a clause makes its act.
type standing struct {
	status graph.Status
	effect string // "refuse", "threaten" where a governing verb makes another act of it
	// promised is set where a verb of agreeing or promising governs the act.
	// Cooperation that is promised is AGREE; what is only going to happen keeps
	// its own category, with the status planned.
	promised bool
}

// reluctance are adjectives that deny the act in their complement; that of
// others ("ready to", "due to") is planned.
var reluctance = wordSet("unable unwilling reluctant unlikely loath")

// status reads auxiliaries, negation and the verbs above the clause.
func (s *sentence) status(c *clause) standing {
	st := standing{status: graph.Asserted}
	switch c.mood {
	case future:
		st.status = graph.Planned
	case modal:
		st.status = graph.Possible
		if c.would && c.link == complement && !s.conditional(c) {
			st.status = graph.Planned // "said it would"
		}
	}
	if s.conditional(c) {
		st.status = graph.Possible
	}
	if c.negated {
		if st.status != graph.Possible {
			st.status = graph.Negated
		}
	}
	if c.link == conjunct && c.governor != nil {
		switch c.governor.link {
		case infinitive, gerund:
			return s.governed(c, c.governor.governor, st)
		}
	}
	if c.link == infinitive || c.link == gerund {
		return s.governed(c, c.governor, st)
	}
	if c.link == complement && c.governor != nil && st.status == graph.Asserted {
		if ctl, ok := s.reader.control(c.governor, c); ok && ctl.marker == "that" {
			st.status = controlEffects[ctl.effect] // "demanded that X apologise"
		}
	}
	if c.link == complement && c.governor != nil && s.denies(c.governor) && st.status == graph.Asserted {
		st.status = graph.Negated
	}
	if strings.HasSuffix(strings.TrimRight(s.article.Body[s.text.Span.Start:s.text.Span.End], `"”'’`), "?") && st.status == graph.Asserted {
		st.status = graph.Possible
	}
	return st
}

func (s *sentence) denies(c *clause) bool {
	w := s.reader.word(c.verb)
	return strings.HasPrefix(w, "den") && s.lexicon.reports(w) && !c.negated
}

func (s *sentence) conditional(c *clause) bool {
	for n := 0; c != nil && n < 6; c, n = c.governor, n+1 {
		if c.conditional {
			return true
		}
		if c.link == root || c.link == complement {
			return false
		}
	}
	return false
}

// governed applies the governing verb's effect on an infinitive or gerund.
func (s *sentence) governed(c, gov *clause, st standing) standing {
	if gov == nil {
		return st
	}
	if c.link == gerund && c.marker == "against" {
		return standing{status: graph.Possible} // "warned X against sending"
	}
	if c.link == gerund && c.marker != "" && c.marker != "of" && c.marker != "from" && c.marker != "on" && c.marker != "to" {
		return st // "after meeting X": happened
	}
	upper := s.status(gov)
	via := *c
	if c.link == conjunct {
		via.link = c.governor.link
	}
	ctl, ok := s.reader.control(gov, &via)
	if !ok {
		if via.link == infinitive && st.status == graph.Asserted {
			st.status = graph.Planned // purpose, or an adjective's complement
			for i := gov.verb + 1; i < c.first; i++ {
				if reluctance[s.reader.word(i)] {
					st.status = graph.Negated
				}
			}
			if gov.negated {
				st.status = graph.Negated
			}
		}
		return st
	}
	if c.negated {
		return standing{status: graph.Negated}
	}
	if upper.effect == "refuse" && (ctl.effect == "refuse" || ctl.effect == "negated") {
		return standing{status: graph.Possible} // "refused to rule out sending"
	}
	switch ctl.effect {
	case "refuse", "threaten":
		if upper.status == graph.Asserted {
			return standing{status: controlEffects[ctl.effect], effect: ctl.effect}
		}
		return standing{status: graph.Possible} // "has not ruled out sending"
	}
	st.status = controlEffects[ctl.effect]
	st.promised = st.status == graph.Planned && s.promises(gov)
	if gov.negated {
		if st.status = graph.Negated; ctl.effect == "negated" {
			st.status = graph.Asserted // "did not fail to"
		}
	} else if st.status == graph.Asserted || upper.status == graph.Possible {
		st.status = upper.status
	}
	return st
}

// promises reports whether the verb of a clause is one of agreeing.
func (s *sentence) promises(c *clause) bool {
	for _, f := range s.lexicon.verbs[s.reader.word(c.verb)] {
		if f.Category == "AGREE" && !strings.Contains(f.Lemma, "_") {
			return true
		}
	}
	return false
}

// attribution returns who says so: the subject of the reporting verb above the
// clause, or of one that stands after it, or of "according to".
func (s *sentence) attribution(c *clause, source graph.ActorID) *graph.ActorRef {
	up := c
	for n := 0; n < 6; n++ {
		if up.link == conjunct && up.governor != nil {
			up = up.governor // what is joined by "and" hangs where its sibling hangs
		}
		if up = up.governor; up == nil {
			break
		}
		if s.lexicon.reports(s.reader.word(up.verb)) || s.blames(up) {
			return s.speaker(up.subjects, source)
		}
	}
	for _, other := range s.clauses {
		if other != c && other.verb > c.verb && !disputes[s.reader.word(other.verb)] && other.link == root && other.mood == indicative && len(other.objects) == 0 && (other.fronted || s.reader.word(other.first-1) == ",") && s.lexicon.reports(s.reader.word(other.verb)) {
			return s.speaker(other.subjects, source)
		}
	}
	for _, n := range s.nominals {
		if s.reader.word(n.first-1) == "to" && s.reader.word(n.first-2) == "according" {
			return s.speaker([]*nominal{n}, source)
		}
	}
	return nil
}

// blames reports whether the verb lays an act at somebody's door ("accused X
// of", "thanked X for").
func (s *sentence) blames(c *clause) bool {
	for _, ctl := range s.reader.controlsOf(c) {
		switch ctl.effect {
		case "accuse", "clear", "credit":
			return true
		}
	}
	return false
}

func (s *sentence) speaker(ns []*nominal, source graph.ActorID) *graph.ActorRef {
	for _, p := range s.all(ns) {
		if p.ref.ID != source {
			return &p.ref
		}
	}
	return nil
}
