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
const Version = "tree-pairs/3"

// Coder finds the events of documents. It is safe for concurrent use.
type Coder struct {
	lexicon  *Lexicon
	ontology *ontology.Ontology
	detector Classifier
	chooser  Chooser
}

// NewCoder returns a Coder over the lexicon. pairs says whether anything stands
// between two actors where the frames find nothing, openings who is meant where they find
// one party alone; nil does without.
func NewCoder(l *Lexicon, o *ontology.Ontology, pairs Classifier, openings Chooser) *Coder {
	return &Coder{lexicon: l, ontology: o, detector: pairs, chooser: openings}
}

// Code returns the events of an article in the order of the text. Its cost is
// linear in the sentences that name two actors.
func (c *Coder) Code(a *graph.Article, doc nlp.Document, res *actor.Resolution) []graph.Event {
	suspects := c.suspects(doc)
	if 8*suspects > len(doc.Sentences) && suspects > 2 {
		return nil // a report of sport or culture
	}
	var events []graph.Event
	var talk talk
	for i, s := range doc.Sentences {
		known := len(distinct(res.Mentions[i]))
		if known == 0 || len(s.Tokens) > maxTokens {
			continue
		}
		st := &sentence{Coder: c, article: a, index: i, text: s, res: res, past: events, used: map[int]bool{}, doc: doc, coded: map[int]bool{}}
		n := c.suspicion(s)
		silent := n > 1 || n == 1 && (suspects > 1 || len(doc.Sentences) < longEnough)
		if known > 1 || recent(events, i) || c.chooser != nil && named(res.Mentions[max(0, i-openReach):i]) {
			st.read()
			if !silent {
				st.code()
			}
		} else if quotes(s) {
			st.read()
		}
		talk.hear(st)
		events = append(events, st.events...)
	}
	fold(events)
	return events
}

// recent reports whether the sentences right before one have an event that it may
// take up: "Jordan condemned the attack".
func recent(events []graph.Event, sentence int) bool {
	return len(events) > 0 && events[len(events)-1].Sentence >= sentence-reachBack
}

// named reports whether any of the sentences names somebody.
func named(sentences [][]actor.Mention) bool {
	return slices.ContainsFunc(sentences, func(list []actor.Mention) bool { return len(list) > 0 })
}

// reachBack is how many sentences back a noun may find the act it takes up.
const reachBack = 2

// longEnough is the number of sentences from which one word of sport or culture in
// one of them says nothing.
const longEnough = 8

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

// suspicion counts what in a sentence speaks of sport or culture. A score that is
// no vote counts twice.
func (c *Coder) suspicion(s nlp.Sentence) int {
	n, score, vote := 0, false, false
	for _, t := range s.Tokens {
		w := strings.ToLower(t.Text)
		if c.lexicon.suspicious[w] {
			n++
		}
		score = score || isScore(w)
		vote = vote || strings.HasPrefix(w, "vot") || strings.HasPrefix(w, "pass")
	}
	if score && !vote {
		n += 2
	}
	return n
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

// suspects counts the sentences of a document that speak of sport or culture.
func (c *Coder) suspects(doc nlp.Document) int {
	n := 0
	for _, s := range doc.Sentences {
		if c.suspicion(s) > 0 {
			n++
		}
	}
	return n
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

// speaks reports whether form is a verb of an act done by speaking.
func (l *Lexicon) speaks(form string) bool {
	for _, f := range l.verbs[form] {
		switch f.Category {
		case "ACCUSE", "REQUEST", "SUPPORT", "THREATEN":
			return !strings.Contains(f.Lemma, "_")
		}
	}
	return false
}

// sentence is one sentence under work.
type sentence struct {
	*Coder
	article *graph.Article
	index   int
	text    nlp.Sentence
	res     *actor.Resolution
	reader  *reader
	clauses []*clause
	owner   []*clause     // by token: the clause it belongs to
	past    []graph.Event // of the sentences before
	events  []graph.Event
	nodes   []int        // of each event: the head of its clause
	used    map[int]bool // event nouns that a light verb has coded
	coded   map[int]bool // heads of clauses that have an event
	opens   []openAct    // acts of which one side was not found
	charges []claimed    // acts that somebody may be accused of by their being told
	doc     nlp.Document
}

// read finds the clauses.
func (s *sentence) read() {
	r := readSentence(s.lexicon, s.text, s.res.Mentions[s.index])
	s.reader, s.clauses, s.owner = r.reader, r.clauses, r.owner
}

// code finds the events.
func (s *sentence) code() {
	for _, c := range s.clauses {
		s.verbEvents(c)
	}
	s.nounEvents()
	s.detect()
	s.accuse(nil)
	s.fillOpenings()
}
