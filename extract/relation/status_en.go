package relation

import (
	"strings"

	"entente/graph"
)

// standing is how real a clause makes its act.
type standing struct {
	status graph.Status
	// effect is "refuse", "threaten" or "promise" where a governing verb makes
	// another act of it. Cooperation that is promised is AGREE; what is only going
	// to happen keeps its own category, with the status planned.
	effect string
	agreed bool   // it is promised by a verb of agreeing, which is done
	lemma  string // of the governing verb
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
		if c.would && (c.link == complement || c.link == conjunct && c.governor != nil && c.governor.link == complement || s.quotes(c)) && !s.conditional(c) {
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
	if strings.HasSuffix(strings.TrimRight(s.article.Body[s.text.Span.Start:s.text.Span.End], `"”'’`), "?") && (st.status == graph.Asserted || st.status == graph.Planned) {
		st.status = graph.Possible
	}
	return st
}

// quotes reports whether a report stands beside the clause or the one it is joined
// to, so that it is what somebody says.
func (s *sentence) quotes(c *clause) bool {
	for up := c; up != nil; up = up.governor {
		for _, k := range s.reader.kids[up.node] {
			if d := s.reader.at[k]; d != nil && s.reader.rels[k] == "parataxis" && s.reporting(d) {
				return true
			}
		}
		if up.link != conjunct {
			break
		}
	}
	return false
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
	switch {
	case c.link == gerund && c.marker == "against":
		return standing{status: graph.Possible} // "warned X against sending"
	case c.link == gerund && (c.marker == "without" || c.marker == "instead"):
		return standing{status: graph.Negated}
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
	if c.via >= 0 && !s.reader.adrift(c, gov) {
		ctl, ok = s.reader.controlOfNoun(c.via)
	}
	if !ok {
		if via.link == infinitive && st.status == graph.Asserted && s.achieved(c, gov) {
			st.status = upper.status
		} else if via.link == infinitive && st.status == graph.Asserted {
			st.status = graph.Planned // purpose, or an adjective's complement
			for i := gov.verb + 1; i < c.verb; i++ {
				if reluctance[s.reader.word(i)] {
					st.status = graph.Negated
				}
			}
			if gov.negated || upper.status == graph.Negated {
				st.status = graph.Negated
			} else if upper.status == graph.Possible {
				st.status = graph.Possible
			}
		}
		return st
	}
	if c.negated && ctl.effect == "request" {
		return standing{status: graph.Possible} // "urged X not to attack"
	}
	if c.negated {
		return standing{status: graph.Negated}
	}
	if ctl.effect == "negated" && !gov.negated && (upper.status == graph.Asserted || upper.status == graph.Planned) && stopping[s.reader.word(gov.verb)] && c.via < 0 {
		return standing{status: upper.status, effect: "stop", lemma: s.lemma(gov, c)}
	}
	if upper.effect == "refuse" && (ctl.effect == "refuse" || ctl.effect == "negated") {
		return standing{status: graph.Possible} // "refused to rule out sending"
	}
	lemma := s.lemma(gov, c)
	switch ctl.effect {
	case "refuse", "threaten":
		if upper.status == graph.Asserted {
			return standing{status: controlEffects[ctl.effect], effect: ctl.effect, lemma: lemma}
		}
		return standing{status: graph.Possible} // "has not ruled out sending"
	}
	st.status = controlEffects[ctl.effect]
	promise, agreed := s.promises(gov, c)
	promise = promise && st.status == graph.Planned
	if gov.negated && c.via < 0 {
		if st.status = graph.Negated; ctl.effect == "negated" {
			st.status = graph.Asserted // "did not fail to"
		}
		return st
	}
	if st.status == graph.Asserted || upper.status == graph.Possible {
		st.status = upper.status
	}
	if promise {
		st.effect, st.lemma, st.agreed = "promise", lemma, agreed
		if agreed {
			st.status = upper.status
		}
	}
	return st
}

// stopping are forms of verbs that end what ran.
var stopping = wordSet(`stop stops stopped cease ceases ceased halt halts halted suspend suspends suspended end ends ended
	quit quits discontinue discontinued stopping halting ceasing ending suspending`)

// achieved reports whether an infinitive tells what was done: "was quick to condemn",
// "took to the streets to protest", "used tear gas to disperse".
func (s *sentence) achieved(c, gov *clause) bool {
	if done[s.reader.word(gov.node)] || gov.copular && done[s.reader.word(gov.verb+1)] || c.via >= 0 && done[s.reader.word(c.via)] {
		return true
	}
	if s.reader.rels[c.node] != "advcl" && s.reader.rels[c.node] != "xcomp" {
		return false
	}
	if using[s.reader.word(gov.verb)] {
		return true
	}
	for _, f := range s.frames(c, s.reader.word(c.verb)) {
		switch f.Category {
		case "PROTEST", "REQUEST", "ACCUSE":
			return c.via < 0
		}
	}
	return false
}

var (
	// done are words whose infinitive is no mere intent.
	done = wordSet("first last only quick swift fast slow right wrong bold brave kind enough")
	// using are forms of verbs of means, whose infinitive says what they did.
	using = wordSet("use uses used using fire fires fired firing")
)

// lemma returns the lemma of the verb or noun that governs the clause.
func (s *sentence) lemma(gov, c *clause) string {
	if c.via >= 0 {
		return s.text.Tokens[c.via].Lemma
	}
	return s.verbLemma(gov)
}

// verbLemma returns the lemma of a clause's own verb, with its particle.
func (s *sentence) verbLemma(c *clause) string {
	lemma := strings.ToLower(s.text.Tokens[c.verb].Lemma)
	if c.particle >= 0 {
		lemma += "_" + s.reader.word(c.particle)
	}
	return lemma
}

// promises reports whether the word that governs the clause is one of promising
// or agreeing, and whether of agreeing.
func (s *sentence) promises(gov, c *clause) (promise, agreed bool) {
	if c.via < 0 && (gov.passive || gov.copular) {
		return false, false // "is scheduled to", "is ready to"
	}
	frames := s.lexicon.verbs[s.reader.word(gov.verb)]
	if c.via >= 0 {
		frames = s.nounFrames(c.via)
	}
	for _, f := range frames {
		if f.Category == "AGREE" && !strings.Contains(f.Lemma, "_") {
			return true, !f.Is(flagPlan)
		}
	}
	return promising[s.reader.word(gov.verb)] && c.via < 0, false
}

// promising are forms of verbs that promise good and threaten harm.
var promising = wordSet("vow vows vowed vowing swear swears swore sworn swearing")
