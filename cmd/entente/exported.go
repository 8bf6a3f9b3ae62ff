package main

import (
	"fmt"
	"iter"

	"entente/graph"
	"entente/graph/encoding"
	"entente/queries"
)

// exported returns what f lets through of a store as the formats read it. Where
// f constrains nothing, actors without events are in it too.
func exported(st graphReader, f queries.Filter) (*encoding.Graph, error) {
	relations, err := graph.Relations(f.Events(st), graph.RelationOptions{Statuses: f.Statuses, Evidence: true})
	if err != nil {
		return nil, err
	}
	involved := map[graph.ActorID]bool{}
	for _, r := range relations {
		involved[r.Source], involved[r.Target] = true, true
	}
	g := graphOf(st, f, involved)
	g.Relations = relations
	return g, nil
}

// exportedFacts is exported for formats that read no relations, and reports whether
// f, which constrains something, lets nothing through. Folding a million events takes
// longer than writing them.
func exportedFacts(st graphReader, f queries.Filter) (g *encoding.Graph, none bool, err error) {
	involved := map[graph.ActorID]bool{}
	if !narrows(f) {
		return graphOf(st, f, involved), false, nil
	}
	for e, err := range f.Events(st) {
		if err != nil {
			return nil, false, err
		}
		involved[e.Source.ID], involved[e.Target.ID] = true, true
	}
	return graphOf(st, f, involved), len(involved) == 0, nil
}

func graphOf(st graphReader, f queries.Filter, involved map[graph.ActorID]bool) *encoding.Graph {
	return &encoding.Graph{Name: "entente", Actors: chosenActors(st, involved, !narrows(f)), Facts: factsOf(st, f)}
}

// chosenActors yields the actors of a store that are among the given, or all of
// them.
func chosenActors(st graphReader, involved map[graph.ActorID]bool, all bool) iter.Seq2[graph.Actor, error] {
	return func(yield func(graph.Actor, error) bool) {
		for a, err := range st.Actors() {
			if err != nil {
				yield(a, err)
				return
			}
			if (all || involved[a.ID]) && !yield(a, nil) {
				return
			}
		}
	}
}

// factsOf yields the events of a store that f lets through with their articles.
func factsOf(st graphReader, f queries.Filter) iter.Seq2[encoding.Fact, error] {
	return func(yield func(encoding.Fact, error) bool) {
		passes, err := f.Passing(st)
		if err != nil {
			yield(encoding.Fact{}, err)
			return
		}
		for r, err := range st.Records() {
			if err != nil {
				yield(encoding.Fact{}, err)
				return
			}
			article, key := r.Article, r.Article.Key()
			article.Body = ""
			for i := range r.Events {
				if passes(&r.Events[i]) && !yield(encoding.Fact{ID: fmt.Sprintf("%s-%d", key, i), Event: r.Events[i], Article: &article}, nil) {
					return
				}
			}
		}
	}
}
