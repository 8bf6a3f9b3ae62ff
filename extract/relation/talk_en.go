package relation

import (
	"entente/extract/nlp"
	"entente/graph"
)

// talk is who speaks in the quotations of a paragraph.
type talk struct {
	speaker   *graph.ActorRef
	paragraph int
}

// hear attributes the events of a sentence that is all quotation to who spoke last in
// the paragraph ("This must stop," X said. "Russia has attacked Poland."), or notes who
// speaks in it.
func (t *talk) hear(s *sentence) {
	if s.reader == nil || !quotes(s.text) && !s.text.Quoted {
		return
	}
	if by := s.quoting(); by != nil {
		t.speaker, t.paragraph = by, s.text.Paragraph
		return
	}
	opens := len(s.text.Tokens) > 0 && s.text.Tokens[0].Tag == nlp.TagQuote
	if t.speaker == nil || t.paragraph != s.text.Paragraph || !opens && !s.text.Quoted {
		return
	}
	for i := range s.events {
		if e := &s.events[i]; e.AttributedTo == nil && e.Source.ID != t.speaker.ID {
			e.AttributedTo = t.speaker
		}
	}
	s.accuse(t.speaker)
}

// quotes reports whether a sentence has a quotation mark.
func quotes(s nlp.Sentence) bool {
	for _, t := range s.Tokens {
		if t.Tag == nlp.TagQuote {
			return true
		}
	}
	return false
}

// quoting returns the subject of the sentence's reporting clause, if it names one
// actor.
func (s *sentence) quoting() *graph.ActorRef {
	for _, c := range s.clauses {
		if c.link != root || c.passive || !s.reporting(c) {
			continue
		}
		if p := s.all(c.subjects); len(p) == 1 {
			return &p[0].ref
		}
	}
	return nil
}
