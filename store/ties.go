package store

import (
	"bytes"
	"fmt"
	"iter"
	"maps"
	"slices"

	"entente/graph"
)

// Ties returns what the events of each dyad add up to, by the bytes of the dyads'
// keys. What is merged is added up from its events; all else is kept so. It is an
// error of a store of an older format, which does not have them.
func (s *Store) Ties() iter.Seq2[graph.Tie, error] {
	return sequence(s, func(r reader, l *lens, emit func(graph.Tie) error) error {
		if err := s.needs(summed, "what dyads add up to"); err != nil {
			return err
		}
		sums, err := s.readTotals(r)
		if err != nil {
			return err
		}
		merged, err := l.ties()
		if err != nil {
			return err
		}
		c := r.scan([]byte{rowTie})
		defer c.close()
		n := 0
		var source graph.ActorID // of the row before: they come in runs
		categories := map[string]string{}
		for ; c.next(); n++ {
			var t graph.Tie
			var ok bool
			if t.Dyad, ok = parseTieKey(c.key(), source); !ok {
				return s.folder.damaged("row %q", c.key())
			}
			source = t.Source
			for ; len(merged) > 0 && bytes.Compare(tieKey(merged[0].Dyad), c.key()) <= 0; merged = merged[1:] {
				if err := emit(merged[0]); err != nil {
					return err
				}
			}
			if l.isMerged(t.Source) || l.isMerged(t.Target) {
				continue
			}
			if err := s.value(c, decodeParts(&t.Parts, categories)); err != nil {
				return err
			}
			if err := emit(t); err != nil {
				return err
			}
		}
		for _, t := range merged {
			if err := emit(t); err != nil {
				return err
			}
		}
		return s.count(n, sums.of(rowTie), fmt.Sprintf("rows of type %q", rowTie))
	})
}

func (l *lens) isMerged(id graph.ActorID) bool {
	j := l.of(id)
	return j != nil && j.Merged()
}

// ties returns the ties of merged actors, by the bytes of their keys.
func (l *lens) ties() ([]graph.Tie, error) {
	if l == nil {
		return nil, nil
	}
	var heads [][]byte
	for _, j := range l.judged.All() {
		if j.Merged() {
			for _, id := range j.Members {
				heads = append(heads, actorEventsKey(id))
			}
		}
	}
	f := tieFold{}
	err := listed(l.store, l.r, rowEvent, func(_ place, e graph.Event) error {
		if err := l.event(&e); err != nil {
			return err
		}
		f.add(&e)
		return nil
	}, heads...)
	ties := f.ties()
	slices.SortFunc(ties, func(a, b graph.Tie) int { return bytes.Compare(tieKey(a.Dyad), tieKey(b.Dyad)) })
	return ties, err
}

// tieFold adds up events.
type tieFold map[graph.Identity]act

func (f tieFold) add(e *graph.Event) {
	id := e.Identity()
	f[id], _ = f[id].with(kindOf(e.Quad, e.Symmetric), 1)
}

// ties returns what the events of each dyad add up to, in no order.
func (f tieFold) ties() []graph.Tie {
	parts := map[graph.Dyad][]graph.TiePart{}
	for id, a := range f {
		add := func(kind byte, events, records int) {
			parts[id.Dyad], _ = addPart(parts[id.Dyad], graph.TiePart{Category: id.Category, Status: id.Status,
				Quad: int(kind &^ symmetricKind), Symmetric: kind&symmetricKind != 0, Events: events, Records: records})
		}
		add(a.kind(), 1, 0)
		for _, r := range a {
			add(r.kind, 0, r.count)
		}
	}
	var ties []graph.Tie
	for d := range maps.Keys(parts) {
		ties = append(ties, graph.Tie{Dyad: d, Parts: parts[d]})
	}
	return ties
}
