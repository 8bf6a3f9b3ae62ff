package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"entente/graph"
	"entente/queries"
)

// dateWidth is the width of the column of dates.
const dateWidth = len("2024-04-04")

// event prints one event with its evidence: what happened, the sentence, and
// where it stands.
func (s *screen) event(e *graph.Event) {
	s.linef("%-*s  %s%s", dateWidth, cmp.Or(string(e.Date), "undated"), s.triple(e), s.paint(faint, aside(e)))
	s.quote(dateWidth+2, e.Quote)
	s.linef("%*s  %s", dateWidth, "", s.paint(faint, s.cut(dateWidth+2, whence(e))))
}

// triple is who does what to whom.
func (s *screen) triple(e *graph.Event) painted {
	return s.paint(bold, e.Source.Name) + " " + s.arrow(e.Predicate, e.Symmetric, e.Quad) + " " + s.paint(bold, e.Target.Name)
}

// arrow is the middle of a triple.
func (s *screen) arrow(predicate string, symmetric bool, quad int) painted {
	tail := "—"
	if symmetric {
		tail = "←"
	}
	return s.paint(quadStyle(quad), tail+spaced(predicate)+"→")
}

// quadStyle gives cooperation in words blue and in deeds green, conflict in
// words yellow and in deeds red, as the DOT export does.
func quadStyle(quad int) style {
	switch quad {
	case 1:
		return blue
	case 2:
		return green
	case 3:
		return yellow
	case 4:
		return red
	}
	return plain
}

// aside is what else belongs to the triple: its category and status, who says
// so, and where.
func aside(e *graph.Event) string {
	parts := []string{}
	if e.Status != graph.Asserted {
		parts = append(parts, string(e.Status))
	}
	if e.AttributedTo != nil {
		parts = append(parts, "said by "+e.AttributedTo.Name)
	}
	if e.Place != nil {
		parts = append(parts, "in "+e.Place.Name)
	}
	text := ""
	if e.Category != graph.NoCategory {
		text = "  " + e.Category
	}
	if len(parts) > 0 {
		text += "  (" + strings.Join(parts, "; ") + ")"
	}
	return text
}

// whence says where an event stands and how sure the coder is.
func whence(e *graph.Event) string {
	text := place(e.Article, e.Publisher, e.Published)
	if e.DateBasis == graph.DateFromPublication {
		text += " (taken for the date)"
	}
	if also := alsoIn(e.Copies); also != "" {
		text += " · also in " + also
	}
	return fmt.Sprintf("%s · confidence %.2f", text, e.Confidence)
}

// shownCopies is how many publishers of copies are named.
const shownCopies = 3

// alsoIn names who else printed the article, each once, and counts the rest: of
// copies without a publisher, their articles.
func alsoIn(copies []graph.Copy) string {
	var names []string
	for _, c := range copies {
		if name := cmp.Or(c.Publisher, c.Article); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if more := len(names) - shownCopies; more > 0 {
		return fmt.Sprintf("%s +%d", strings.Join(names[:shownCopies], ", "), more)
	}
	return strings.Join(names, ", ")
}

// place names an article, its publisher and its day.
func place(article, publisher string, published graph.Date) string {
	parts := []string{article}
	if publisher != "" {
		parts = append(parts, publisher)
	}
	if published != "" {
		parts = append(parts, "published "+string(published))
	}
	return strings.Join(parts, " · ")
}

// quote prints a sentence.
func (s *screen) quote(margin int, sentence string) {
	s.linef("%*s“%s”", margin, "", s.cut(margin+2, sentence))
}

// events prints events with an empty line between them.
func (s *screen) events(events []graph.Event) {
	for i := range events {
		if i > 0 {
			s.linef("")
		}
		s.event(&events[i])
	}
}

// countsOf is counts of what a filter lets through.
func countsOf(c graph.Counts, f queries.Filter) string {
	if c.Events == 0 && len(f.Statuses) > 0 {
		return "no such event"
	}
	return counts(c)
}

// counts tells the three numbers and the period of a set of events.
func counts(c graph.Counts) string {
	if c.Events == 0 {
		return "no asserted event"
	}
	text := fmt.Sprintf("%s in %s", plural(c.Events, "event"), plural(c.Mentions, "mention"))
	if c.Publishers > 0 {
		text += ", " + plural(c.Publishers, "publisher")
	}
	return text + period(c)
}

func period(c graph.Counts) string {
	switch {
	case c.First == "":
		return ""
	case c.First == c.Last:
		return ", " + string(c.First)
	}
	return fmt.Sprintf(", %s to %s", c.First, c.Last)
}

// quads tells the tone of a set of events.
func quads(q queries.Quads) string {
	var parts []string
	for _, class := range []struct {
		n    int
		name string
	}{
		{q.VerbalCooperation, "verbal cooperation"}, {q.MaterialCooperation, "material cooperation"},
		{q.VerbalConflict, "verbal conflict"}, {q.MaterialConflict, "material conflict"}, {q.Unclassed, "unclassed"},
	} {
		if class.n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", class.name, class.n))
		}
	}
	if q.GoldsteinMean != nil {
		parts = append(parts, fmt.Sprintf("mean Goldstein %.1f", *q.GoldsteinMean))
	}
	return strings.Join(parts, " · ")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// spaced is a predicate as words.
func spaced(predicate string) string { return strings.ReplaceAll(predicate, "_", " ") }
