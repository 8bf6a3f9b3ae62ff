package queries

import (
	"cmp"
	"slices"

	"entente/graph"
)

// CardOptions says what goes on a Card.
type CardOptions struct {
	Options
	Partners int // at most so many; 0 means 10, a negative number all
	Latest   int // at most so many events; 0 means 10, a negative number all
}

// Card is what the graph knows of one actor.
type Card struct {
	Actor graph.Actor `json:"actor"`
	// Roles are the roles that the actor holds or held, People those that
	// others hold or held in it.
	Roles  []Role `json:"roles"`
	People []Role `json:"people"`
	// Counts are those of the events that the actor is source or target of.
	graph.Counts
	Quads
	// Balance is cooperation less conflict as a part of both, from -1 to 1, or
	// nil without either. AsSource and AsTarget are the distinct events in which
	// it acts and is acted on; of symmetric ones it is both.
	Balance  *float64 `json:"balance"`
	AsSource int      `json:"as_source"`
	AsTarget int      `json:"as_target"`
	// Categories are its events by category, those with the most events first.
	Categories []CategoryCount `json:"categories"`
	// ByStatus counts all its distinct events, also those that the other
	// numbers leave out.
	ByStatus []StatusCount `json:"by_status"`
	// PartnerCount is the number of other actors that it has events with.
	PartnerCount int           `json:"partner_count"`
	Partners     []Partner     `json:"partners"` // by events, then mentions, the most first
	Latest       []graph.Event `json:"latest"`   // the latest first, undated ones last
}

// Quads are numbers of distinct events by PLOVER's quad classes.
type Quads struct {
	VerbalCooperation   int `json:"verbal_cooperation"`
	MaterialCooperation int `json:"material_cooperation"`
	VerbalConflict      int `json:"verbal_conflict"`
	MaterialConflict    int `json:"material_conflict"`
	// Unclassed events stand outside PLOVER's categories: bonds such as
	// "ally of".
	Unclassed int `json:"unclassed"`
	// GoldsteinMean is the mean over the classed events, or nil without any.
	GoldsteinMean *float64 `json:"goldstein_mean"`
}

// Cooperation is the number of cooperative events.
func (q Quads) Cooperation() int { return q.VerbalCooperation + q.MaterialCooperation }

// Conflict is the number of events of conflict.
func (q Quads) Conflict() int { return q.VerbalConflict + q.MaterialConflict }

// balance is cooperation less conflict as a part of both, or nil.
func (q Quads) balance() *float64 {
	all := q.Cooperation() + q.Conflict()
	if all == 0 {
		return nil
	}
	b := round(float64(q.Cooperation()-q.Conflict()) / float64(all))
	return &b
}

// roleCounts returns the numbers of distinct events in which the actor id acts
// and is acted on.
func roleCounts(id graph.ActorID, events []graph.Event) (source, target int) {
	acts, suffers := map[graph.Identity]bool{}, map[graph.Identity]bool{}
	for i := range events {
		e := &events[i]
		if e.Source.ID == id || e.Symmetric {
			acts[e.Identity()] = true
		}
		if e.Target.ID == id || e.Symmetric {
			suffers[e.Identity()] = true
		}
	}
	return len(acts), len(suffers)
}

// Partner is another actor that the actor of a Card has events with, whichever
// of the two is the source.
type Partner struct {
	Actor graph.NameRef `json:"actor"`
	graph.Counts
	Quads
}

// Role is what affiliations say alike, folded.
type Role struct {
	Person   graph.NameRef `json:"person"`
	Role     string        `json:"role"`
	Org      graph.NameRef `json:"org"`
	Former   bool          `json:"former"`
	Mentions int           `json:"mentions"` // sentences that say so
	// First and Last are the earliest and the latest day of publication, or "":
	// the role itself may have begun before and ended after.
	First graph.Date `json:"first"`
	Last  graph.Date `json:"last"`
	// Evidence is the latest published that says so.
	Evidence graph.Affiliation `json:"evidence"`
}

// ActorCard returns what r knows of the actor id. The error wraps
// graph.ErrNotFound if there is none. It holds all events of the actor in
// memory.
func ActorCard(r Reader, id graph.ActorID, opts CardOptions) (Card, error) {
	actor, err := r.Actor(id)
	if err != nil {
		return Card{}, err
	}
	id = actor.ID
	events, byStatus, err := opts.pick(r.EventsOf(id))
	if err != nil {
		return Card{}, err
	}
	card := Card{Actor: withMentions(actor), ByStatus: byStatus}
	card.Counts, card.Quads = count(events)
	card.Balance = card.Quads.balance()
	card.AsSource, card.AsTarget = roleCounts(id, events)
	card.Categories = byCategory(events)
	if card.Partners, err = partners(r, id, events, opts.Partners); err != nil {
		return Card{}, err
	}
	card.PartnerCount = countPartners(id, events)
	sortEvents(events)
	slices.Reverse(events)
	card.Latest = first(events, opts.Latest, 10)
	card.Roles, card.People, err = roles(r, id)
	return card, err
}

// count returns the numbers of events.
func count(events []graph.Event) (graph.Counts, Quads) {
	var tally graph.Tally
	for i := range events {
		tally.Add(&events[i])
	}
	return counted(&tally)
}

func counted(tally *graph.Tally) (graph.Counts, Quads) {
	counts, n := tally.Counts(), tally.Quads()
	quads := Quads{VerbalCooperation: n[1], MaterialCooperation: n[2],
		VerbalConflict: n[3], MaterialConflict: n[4], Unclassed: n[0]}
	if classed := counts.Events - n[0]; classed > 0 {
		mean := round(counts.Goldstein / float64(classed))
		quads.GoldsteinMean = &mean
	}
	return counts, quads
}

// partnerOf returns whom the actor id has e with.
func partnerOf(id graph.ActorID, e *graph.Event) graph.ActorID {
	if e.Source.ID == id {
		return e.Target.ID
	}
	return e.Source.ID
}

func countPartners(id graph.ActorID, events []graph.Event) int {
	others := map[graph.ActorID]bool{}
	for i := range events {
		if other := partnerOf(id, &events[i]); other != id {
			others[other] = true
		}
	}
	return len(others)
}

// partners returns the partners of the actor id, at most limit of them.
func partners(r Reader, id graph.ActorID, events []graph.Event, limit int) ([]Partner, error) {
	tallies := map[graph.ActorID]*graph.Tally{}
	for i := range events {
		other := partnerOf(id, &events[i])
		if other == id {
			continue
		}
		if tallies[other] == nil {
			tallies[other] = &graph.Tally{}
		}
		tallies[other].Add(&events[i])
	}
	list := make([]Partner, 0, len(tallies))
	for other, tally := range tallies {
		p := Partner{Actor: graph.NameRef{ID: other}}
		p.Counts, p.Quads = counted(tally)
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b Partner) int {
		return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(b.Mentions, a.Mentions),
			cmp.Compare(a.Actor.ID, b.Actor.ID))
	})
	list = first(list, limit, 10)
	for i := range list {
		var err error
		if list[i].Actor, err = nameOf(r, list[i].Actor.ID); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// roles folds the affiliations of an actor into the roles it has and those
// that others have in it, the latest published first.
func roles(r Reader, id graph.ActorID) (held, within []Role, err error) {
	list, err := collect(r.AffiliationsOf(id), func(*graph.Affiliation) bool { return true })
	if err != nil {
		return nil, nil, err
	}
	slices.SortStableFunc(list, compareAffiliations)
	type key struct {
		person, org graph.ActorID
		role        string
		former      bool
	}
	folded := map[key]*Role{}
	var order []*Role
	for _, a := range list {
		k := key{a.Person.ID, a.Org.ID, a.Role, a.Former}
		role := folded[k]
		if role == nil {
			role = &Role{Person: a.Person, Role: a.Role, Org: a.Org, Former: a.Former,
				Last: a.Published, Evidence: a}
			folded[k] = role
			order = append(order, role)
		}
		role.Mentions++
		if a.Published != "" {
			role.First = a.Published // the list goes back in time
		}
	}
	held, within = []Role{}, []Role{}
	for _, role := range order {
		if role.Person.ID == id {
			held = append(held, *role)
		} else {
			within = append(within, *role)
		}
	}
	return held, within, nil
}

// compareAffiliations orders affiliations by publication, the latest first,
// then by place and by what they say.
func compareAffiliations(a, b graph.Affiliation) int {
	return cmp.Or(
		cmp.Compare(b.Published, a.Published),
		cmp.Compare(a.Article, b.Article),
		cmp.Compare(a.Sentence, b.Sentence),
		cmp.Compare(a.Span.Start, b.Span.Start),
		cmp.Compare(a.Person.ID, b.Person.ID),
		cmp.Compare(a.Org.ID, b.Org.ID),
		cmp.Compare(a.Role, b.Role),
		cmp.Compare(a.Quote, b.Quote),
	)
}
