package train

import (
	"fmt"
	"slices"
	"strings"

	"entente/extract/actor"
	"entente/extract/nlp"
	"entente/extract/ontology"
	"entente/extract/relation"
	"entente/extract/relation/classify"
	"entente/graph"
	"entente/internal/corpus"
)

// EventReader makes examples of labelled sentences: it parses them and resolves
// their actors as the extractor does.
type EventReader struct {
	engine   nlp.Engine
	resolver *actor.Resolver
	lexicon  *relation.Lexicon
	ontology *ontology.Ontology
	reader   *classify.Reader
}

// NewEventReader loads the network, the dictionary and the lexicon.
func NewEventReader() (*EventReader, error) {
	o, err := ontology.Load()
	if err != nil {
		return nil, err
	}
	lexicon, err := relation.Load(o)
	if err != nil {
		return nil, err
	}
	dictionary, err := actor.Load()
	if err != nil {
		return nil, err
	}
	engine, err := nlp.NewNeural()
	if err != nil {
		return nil, err
	}
	reader, err := classify.NewReader(lexicon, o)
	return &EventReader{engine, actor.NewResolver(dictionary), lexicon, o, reader}, err
}

// Classifier returns the classifier of a model, or the one of the program for
// nil.
func (r *EventReader) Classifier(m *classify.Model) (*classify.Classifier, error) {
	if m == nil {
		return classify.Load(r.lexicon, r.ontology)
	}
	return classify.New(m, r.reader), nil
}

// Example is one ordered pair of actors in a labelled sentence.
type Example struct {
	Case  corpus.Case
	Query relation.Query
	// Event is the first of the pair's events; its Category is NONE for a bond
	// and where the sentence has no event at all.
	Event corpus.Event
	// Also holds the categories and statuses of the pair's other events: an
	// answer that is one of them is right too.
	Also []corpus.Event
}

// Examples reads cases: each event of a sentence gives the pair of its first
// source and first target; a sentence without events gives its first two
// actors.
func (r *EventReader) Examples(cases []corpus.Case) []Example {
	var out []Example
	for _, c := range cases {
		doc := r.engine.Analyse(c.Text)
		res := r.resolver.Resolve(doc, "")
		ask := func(source, target int) relation.Query {
			return r.reader.Ask(doc, &res, markSpan(c, source), markSpan(c, target))
		}
		if len(c.Events) == 0 {
			if source, target := firstActors(c); target > 0 {
				none := corpus.Event{Category: graph.NoCategory, Status: string(graph.Asserted)}
				out = append(out, Example{Case: c, Query: ask(source, target), Event: none})
			}
			continue
		}
		out = append(out, examplesOf(c, ask)...)
	}
	return out
}

// examplesOf returns the pairs of the events of a case.
func examplesOf(c corpus.Case, ask func(source, target int) relation.Query) []Example {
	type pair struct{ source, target int }
	at := map[pair]int{}
	var out []Example
	for _, e := range c.Events {
		p := pair{source: e.Sources[0]}
		if len(e.Targets) > 0 {
			p.target = e.Targets[0]
		}
		if i, ok := at[p]; ok {
			out[i].Also = append(out[i].Also, e)
			continue
		}
		at[p] = len(out)
		out = append(out, Example{Case: c, Query: ask(p.source, p.target), Event: e})
	}
	return out
}

// markSpan returns the span of a mark by its number; empty for 0.
func markSpan(c corpus.Case, number int) graph.Span {
	if number == 0 {
		return graph.Span{}
	}
	s := c.Marks[number-1].Span
	return graph.Span{Start: s.Start, End: s.End}
}

// firstActors returns the numbers of the first two marks that are no places; 0
// where there are fewer.
func firstActors(c corpus.Case) (first, second int) {
	for i, m := range c.Marks {
		switch {
		case m.Type == "place":
		case first == 0:
			first = i + 1
		case second == 0:
			second = i + 1
		}
	}
	return first, second
}

// names reports whether a token is the predicate of the event's label: its
// first word.
func names(t *nlp.Token, lemma string) bool {
	first, _, _ := strings.Cut(strings.ReplaceAll(lemma, "_", " "), " ")
	return first != "" && (strings.EqualFold(t.Lemma, first) || strings.EqualFold(t.Text, first))
}

// accepts reports whether one of the example's events passes the test.
func (e *Example) accepts(test func(corpus.Event) bool) bool {
	return test(e.Event) || slices.ContainsFunc(e.Also, test)
}

// String names the example for people: file, line and the pair.
func (e *Example) String() string {
	return fmt.Sprintf("%s:%d: %s>%s", e.Case.File, e.Case.Line, words(e.Query, e.Query.Source), words(e.Query, e.Query.Target))
}

func words(q relation.Query, r relation.TokenRange) string {
	var out []string
	for i := r.First; i < r.Last; i++ {
		out = append(out, q.Tokens[i].Text)
	}
	return strings.Join(out, " ")
}
