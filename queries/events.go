package queries

import (
	"fmt"
	"slices"

	"entente/graph"
)

// ListOptions say which events to list.
type ListOptions struct {
	Filter
	Latest bool // the latest first, undated ones last; else as graph.CompareEvents orders them
	Limit  int  // at most so many records; 0 means all
}

// Listing is a list of event records.
type Listing struct {
	Total    int           `json:"total"`  // records that pass, listed or not
	Counts   graph.Counts  `json:"counts"` // of all that pass
	ByStatus []StatusCount `json:"by_status"`
	Events   []graph.Event `json:"events"`
}

// EventList returns the event records that the filter lets through. ByStatus
// counts also those that only their status keeps out. It holds about 300 bytes
// in memory for each record that passes, and whole those that it lists.
func EventList(r Reader, o ListOptions) (Listing, error) {
	order := graph.CompareEvents
	if o.Latest {
		order = func(a, b graph.Event) int { return graph.CompareEvents(b, a) }
	}
	if err := o.know(r); err != nil {
		return Listing{}, fmt.Errorf("list events: %w", err)
	}
	answer := Listing{Events: []graph.Event{}}
	var tally graph.Tally
	statuses := statusCounter{}
	var last *graph.Event // of the best so far, once there are enough
	for e, err := range o.watched(o.source(r), statuses) {
		if err != nil {
			return Listing{}, fmt.Errorf("list events: %w", err)
		}
		answer.Total++
		tally.Add(&e)
		if last != nil && order(e, *last) >= 0 {
			continue
		}
		answer.Events = append(answer.Events, e)
		if o.Limit > 0 && len(answer.Events) >= 2*o.Limit+1000 {
			answer.Events = best(answer.Events, order, o.Limit)
			worst := answer.Events[o.Limit-1]
			last = &worst
		}
	}
	answer.Events = best(answer.Events, order, o.Limit)
	answer.Counts, answer.ByStatus = tally.Counts(), statuses.counts()
	return answer, nil
}

// best sorts events and cuts them to limit, unless that is 0.
func best(events []graph.Event, order func(a, b graph.Event) int, limit int) []graph.Event {
	slices.SortStableFunc(events, order)
	if limit > 0 && limit < len(events) {
		clear(events[limit:])
		events = events[:limit]
	}
	return events
}
