package relation

import "entente/graph"

// fold makes one event of an act that an article tells twice, in its lead with the
// day and in its body without: the mention that only the day of publication dates
// takes the day that the text gives elsewhere, if it gives one alone. Equal
// identities are one event of several mentions to everything downstream, and no
// evidence is lost. The cost is linear.
func fold(events []graph.Event) {
	days := map[graph.Identity]graph.Date{} // by identity without date; "" for several
	for i := range events {
		if e := &events[i]; e.DateBasis == graph.DateFromText {
			key := undated(e)
			if day, ok := days[key]; ok && day != e.Date {
				days[key] = ""
			} else {
				days[key] = e.Date
			}
		}
	}
	for i := range events {
		e := &events[i]
		if day := days[undated(e)]; day != "" && e.DateBasis != graph.DateFromText {
			e.Date, e.DateBasis = day, graph.DateFromText
		}
	}
}

func undated(e *graph.Event) graph.Identity {
	id := e.Identity()
	id.Date = ""
	return id
}
