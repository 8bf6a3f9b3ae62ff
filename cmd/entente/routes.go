package main

import (
	"fmt"
	"strconv"

	"entente/graph"
	"entente/queries"
)

// routesAnswer is the answer of path --best and --all.
func routesAnswer(found *queries.Routes, what string) answer {
	t := &table{columns: append([]column{{"way", numbers}, {"chance", numbers}}, hopColumns...)}
	for i, route := range found.Routes {
		chance := ""
		if route.Chance != nil {
			chance = probability(*route.Chance)
		}
		for j := range route.Hops {
			t.rows = append(t.rows, append([]string{strconv.Itoa(i + 1), chance}, hopCells(j+1, &route.Hops[j])...))
		}
	}
	t.more(len(found.Routes), found.Total)
	t.note(stoppedNote(found))
	return answer{doc: found, lines: asLines(found.Routes), table: t, text: func(s *screen) {
		s.routes(found, what)
		s.notes(t)
	}}
}

// stoppedNote says that the search for all ways gave up, or nothing.
func stoppedNote(found *queries.Routes) string {
	best := len(found.Routes) > 0 && found.Routes[0].Chance != nil // as many as were asked for
	if found.Complete || best {
		return ""
	}
	return fmt.Sprintf("the search stopped at %s: allow fewer steps, or filter", plural(found.Total, "way"))
}

// routes prints ways, and the evidence of each step where it first comes.
func (s *screen) routes(found *queries.Routes, what string) {
	s.ends(found.From, found.To, what, found.Directed)
	seen := map[[2]graph.ActorID]bool{}
	for i, route := range found.Routes {
		chance := ""
		if route.Chance != nil {
			chance = ", by chance " + probability(*route.Chance)
		}
		s.linef("")
		s.linef("%s", s.paint(bold, fmt.Sprintf("%d. %s%s", i+1, plural(len(route.Hops), "step"), chance)))
		for j := range route.Hops {
			h := &route.Hops[j]
			if step := [2]graph.ActorID{h.From.ID, h.To.ID}; !seen[step] {
				seen[step] = true
				s.tie(4, h)
			} else {
				s.linef("    %s", s.across(h))
			}
		}
	}
}

// passageAnswer is the answer of path --in-order.
func passageAnswer(found *queries.Passage) answer {
	t := &table{columns: []column{{"step", numbers}, {"date", dates}, {"from_id", words}, {"from", words}, {"to_id", words}, {"to", words},
		{"source_id", words}, {"predicate", words}, {"target_id", words}, {"plover", words}, {"article", words}, {"quote", words}}}
	for i := range found.Hops {
		h := &found.Hops[i]
		row := []string{strconv.Itoa(i + 1), string(h.Date), string(h.From.ID), h.From.Name, string(h.To.ID), h.To.Name, "", "", "", "", "", ""}
		if ev := h.Evidence; ev != nil {
			row = append(row[:6], string(ev.Source.ID), ev.Predicate, string(ev.Target.ID), ev.Category, ev.Article, ev.Quote)
		}
		t.rows = append(t.rows, row)
	}
	if found.Vague > 0 {
		t.note(fmt.Sprintf("left out: %s without a day", plural(found.Vague, "record")))
	}
	return answer{doc: found, lines: asLines(found.Hops), table: t, text: func(s *screen) {
		s.ends(found.From, found.To, plural(len(found.Hops), "step")+" in the order of time", found.Directed)
		for i := range found.Hops {
			s.linef("")
			s.stage(i+1, &found.Hops[i])
		}
		s.notes(t)
	}}
}

// stage prints a step of a passage and its record.
func (s *screen) stage(n int, h *queries.Stage) {
	s.linef("%2d. %s  %s to %s", n, string(h.Date), s.paint(bold, h.From.Name), s.paint(bold, h.To.Name))
	if ev := h.Evidence; ev != nil {
		s.linef("    %s", s.triple(ev))
		s.attest(6, ev)
	}
}
