package train

import (
	"slices"
	"strings"

	"entente/extract/actor"
	"entente/extract/nlp"
	"entente/internal/eval"

	"entente/extract/relation"
	"entente/extract/relation/classify"
	"entente/graph"
	"entente/internal/corpus"
)

// maxMarks bounds the actors of a sentence that are paired.
const maxMarks = 7

// Pairs reads cases for the detector: every ordered pair of actors of a sentence
// is an example, of category NONE where no event stands between the two.
func (r *EventReader) Pairs(cases []corpus.Case) []Example {
	var out []Example
	for _, c := range cases {
		doc := r.engine.Analyse(c.Text)
		res := r.resolver.Resolve(doc, "")
		var marks []int
		for i, m := range c.Marks {
			if m.Type != "place" && len(marks) < maxMarks {
				marks = append(marks, i+1)
			}
		}
		for _, s := range marks {
			for _, t := range marks {
				if s == t {
					continue
				}
				events := between(c, s, t)
				if len(events) == 0 && mutual(between(c, t, s)) {
					continue // either order would be right
				}
				e := Example{Case: c, Query: classify.Ask(doc, &res, markSpan(c, s), markSpan(c, t)),
					Event: corpus.Event{Category: graph.NoCategory, Status: string(graph.Asserted)}}
				e.Query.Candidates = relation.PairCandidates
				if len(events) > 0 {
					e.Event, e.Also = events[0], events[1:]
				}
				out = append(out, e)
			}
		}
	}
	return out
}

// between returns the events from one mark to another; bonds are none.
func between(c corpus.Case, s, t int) []corpus.Event {
	var out []corpus.Event
	for _, e := range c.Events {
		if e.Category != graph.NoCategory && slices.Contains(e.Sources, s) && slices.Contains(e.Targets, t) {
			out = append(out, e)
		}
	}
	return out
}

// mutual reports whether an event holds in both directions.
func mutual(events []corpus.Event) bool {
	return slices.ContainsFunc(events, func(e corpus.Event) bool {
		return e.Category == "CONSULT" || e.Category == "AGREE" || e.Category == "COOPERATE"
	})
}

// golds reads annotated articles: every ordered pair of actors that a sentence
// names is an example, positive where the evidence of a relation between them
// stands in that sentence. Pairs with a relation elsewhere in the article are
// passed over: an annotation gives one place of several.
func (r *EventReader) golds(articles []*eval.Gold) []Example {
	var out []Example
	for n, g := range articles {
		doc := r.engine.Analyse(g.Article.Body)
		res := r.resolver.Resolve(doc, g.Article.Published)
		ids := goldIDs(g, &res)
		for i, s := range doc.Sentences {
			out = append(out, r.goldPairs(g, n, doc, &res, i, s, ids)...)
		}
	}
	return out
}

// goldIDs maps resolved actors to annotated ones by their names.
func goldIDs(g *eval.Gold, res *actor.Resolution) map[graph.ActorID]string {
	byName := map[string]string{}
	for _, a := range g.Actors {
		for _, n := range append([]string{a.Name}, a.Names...) {
			byName[fold(n)] = a.ID
		}
	}
	out := map[graph.ActorID]string{}
	for _, a := range res.Actors() {
		for _, n := range append([]string{a.Name}, a.Mentions...) {
			if id := byName[fold(n)]; id != "" && out[a.ID] == "" {
				out[a.ID] = id
			}
		}
	}
	return out
}

func fold(s string) string {
	s = strings.ToLower(graph.FoldWord(s))
	return strings.TrimSuffix(strings.TrimPrefix(s, "the "), "'s")
}

func (r *EventReader) goldPairs(g *eval.Gold, n int, doc nlp.Document, res *actor.Resolution, i int, s nlp.Sentence, ids map[graph.ActorID]string) []Example {
	var out []Example
	for _, p := range relation.Pairs(s, res.Mentions[i]) {
		a, b := ids[p.Source.Actor], ids[p.Target.Actor]
		if a == "" && b == "" || a == b {
			continue
		}
		e := Example{Case: corpus.Case{File: "article", Block: n}, Event: corpus.Event{Category: graph.NoCategory, Status: string(graph.Asserted)}}
		e.Query = p.Query(s, res)
		related, skip := false, false
		for _, rel := range g.Relations {
			forward := rel.Source == a && rel.Target == b
			backward := rel.Source == b && rel.Target == a && rel.Symmetric
			if !forward && !backward {
				continue
			}
			at := strings.Index(g.Article.Body, rel.Evidence)
			if at < s.Span.Start || at >= s.Span.End || backward {
				skip = true
				continue
			}
			if rel.Categories[0] == graph.NoCategory {
				skip = true
				continue
			}
			for k, c := range rel.Categories {
				if c == graph.NoCategory {
					continue
				}
				ev := corpus.Event{Category: c, Status: string(rel.Status), Lemma: rel.Predicates[0]}
				if !related && k == 0 {
					e.Event, related = ev, true
				} else {
					e.Also = append(e.Also, ev)
				}
			}
		}
		if skip && !related {
			continue
		}
		out = append(out, e)
	}
	return out
}
