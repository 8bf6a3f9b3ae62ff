package relation

import (
	"slices"

	"entente/graph"
)

// claimed is an event that is itself what somebody says, not told within that.
type claimed struct {
	event  graph.Event
	clause *clause
}

// note keeps an event of the verb of a clause that may be a charge.
func (s *sentence) note(ev *graph.Event, c *clause) {
	if ev.Status == graph.Asserted && !ev.Symmetric && !(c.passive && len(agents(c)) == 0) && s.ontology.Quad(ev.Category) == 4 && acts(ev.Source) && s.stated(c) {
		s.charges = append(s.charges, claimed{*ev, c})
	}
}

// stated reports whether a clause is itself what is said, if anybody says it.
func (s *sentence) stated(c *clause) bool {
	for ; c != nil; c = c.governor {
		switch {
		case c.link == complement && c.via < 0, c.link == root:
			return true
		case c.link != conjunct && (c.link != infinitive || c.via >= 0):
			return false
		}
	}
	return false
}

// accuse codes what somebody lays to another's charge by saying it ("The police shot at
// us," X said): an accusation beside the act itself. speaker is who says what the sentence
// leaves without one, or nil.
func (s *sentence) accuse(speaker *graph.ActorRef) {
	for _, k := range s.charges {
		by, of := k.event.AttributedTo, k.event.Source
		if by == nil {
			by = speaker
		}
		if by == nil || by.Type == graph.Media || !acts(*by) || s.expert(by.ID) || s.ownSide(*by, of) || !s.suffered(*by, k.event.Target) {
			continue
		}
		if slices.ContainsFunc(s.events, func(e graph.Event) bool { return e.Source.ID == by.ID && e.Target.ID == of.ID }) {
			continue
		}
		f := &Frame{Lemma: "accuse", Category: "ACCUSE", CAMEO: "112", Slots: []string{"obj"}}
		s.add(f, k.clause, party{ref: *by, safe: 1, named: true}, party{ref: of, safe: 1, named: true}, claimRule)
	}
}

// suffered reports whether an actor speaks for who suffered, which makes what it says a charge:
// "Iraq said Turkey had bombed Syria" is a report. Organisations of campaigners charge
// whomever they speak of.
func (s *sentence) suffered(by, victim graph.ActorRef) bool {
	return by.ID == victim.ID || by.Country != "" && by.Country == victim.Country || by.Type == graph.NGO
}

// claimRule names accusations that are made by saying what another does.
const claimRule = "claim"

// ownSide reports whether an actor speaks of itself or of its own state.
func (s *sentence) ownSide(a, b graph.ActorRef) bool {
	return a.ID == b.ID || a.Country != "" && a.Country == b.Country && b.Type != graph.ArmedGroup && b.Type != graph.Party
}
