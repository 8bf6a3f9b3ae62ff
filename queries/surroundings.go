package queries

import (
	"cmp"
	"fmt"
	"slices"

	"entente/graph"
	"entente/graph/names"
)

// Bits of evidence (package names) from what articles say of two actors.
const (
	leastCountry     = 1.0 // of the same country, many actors of which are known
	mostCountry      = 3.0 // of the same country, which few are of
	differentCountry = -5.0
	differentType    = -2.0
	sameRole         = 4.0
	sameRoleLater    = 1.0 // the office may have had two holders
	leadDifferent    = -3.0
	sameLeader       = 3.0
	oneArticle       = -3.0 // a text that names both mostly means two
	moreArticles     = -5.0
	actOnEachOther   = -4.0

	// mostContext is the most that all of them together can be for a pair.
	mostContext = mostCountry + sameRole
)

// longTerm is how many years apart articles may give one role to two names
// before they may be of two holders.
const longTerm = 3

// surroundings is what is known of the actors whose names are alike.
type surroundings struct {
	reader       Reader
	subjects     []subject
	countries    map[string]int // how many actors belong to each
	total        int            // of actors
	articleCount map[graph.ActorID]int
	articles     map[graph.ActorID][]int // numbers of those that name it, rising
	terms        map[graph.ActorID][]term
	orgCountry   map[graph.ActorID]string
}

// term is a role of an actor, as person or, with the other as person, as the
// body that a person has it in.
type term struct {
	role        string // canonical
	other       graph.ActorID
	own         bool // the actor is the person
	former      bool
	first, last graph.Date // days on which it is known to be held, or "" for open
}

func gatherSurroundings(r AppearanceReader, known []KnownActor, subjects []subject, suspicions []suspicion) (*surroundings, error) {
	e := &surroundings{reader: r, subjects: subjects, countries: map[string]int{},
		articleCount: map[graph.ActorID]int{}, articles: map[graph.ActorID][]int{},
		terms: map[graph.ActorID][]term{}, orgCountry: map[graph.ActorID]string{}}
	for _, k := range known {
		e.countries[k.Country]++
	}
	for _, s := range subjects {
		if s.known == nil {
			e.countries[s.Country]++
		}
		e.orgCountry[s.ID] = s.Country
	}
	for _, n := range e.countries {
		e.total += n
	}
	suspects := map[graph.ActorID]bool{}
	for _, s := range suspicions {
		suspects[subjects[s.a].ID], suspects[subjects[s.b].ID] = true, true
	}
	number := map[string]int{}
	for a, err := range r.Appearances() {
		if err != nil {
			return nil, err
		}
		if !suspects[a.Actor] {
			continue
		}
		n, ok := number[a.Article]
		if !ok {
			n = len(number)
			number[a.Article] = n
		}
		e.articleCount[a.Actor]++
		e.articles[a.Actor] = append(e.articles[a.Actor], n)
	}
	return e, nil
}

// add adds to s what the articles say of the two.
func (e *surroundings) add(s *suspicion) error {
	a, b := &e.subjects[s.a], &e.subjects[s.b]
	e.addKind(&s.match, a, b)
	if err := e.addRoles(&s.match, a, b); err != nil {
		return err
	}
	return e.addMeetings(&s.match, a, b)
}

func (e *surroundings) addKind(m *names.Match, a, b *subject) {
	switch {
	case a.Country == "" || b.Country == "":
	case a.Country == b.Country:
		bits := max(leastCountry, min(names.Rarity(e.countries[a.Country], e.total)/2, mostCountry))
		if m.Common { // Kims are Koreans anyway
			bits = leastCountry
		}
		m.Add(bits, "both of "+a.Country)
	default:
		m.Add(differentCountry, fmt.Sprintf("one of %s, the other of %s", a.Country, b.Country))
	}
	if a.Type != b.Type && a.Type != graph.Other && b.Type != graph.Other {
		m.Add(differentType, fmt.Sprintf("%s and %s", a.Type, b.Type))
	}
}

// addRoles adds the roles that the two have in common, or else that they lead
// different bodies.
func (e *surroundings) addRoles(m *names.Match, a, b *subject) error {
	ta, err := e.termsOf(a)
	if err != nil {
		return err
	}
	tb, err := e.termsOf(b)
	if err != nil {
		return err
	}
	best := names.Reason{}
	for _, x := range ta {
		for _, y := range tb {
			if reason := e.compareTerms(x, y); reason.Bits > best.Bits || best.Bits == 0 {
				best = reason
			}
		}
	}
	if best.Bits != 0 {
		m.Add(best.Bits, best.Text)
	}
	return nil
}

// compareTerms says what a role of one actor and a role of the other are worth.
func (e *surroundings) compareTerms(x, y term) names.Reason {
	where := e.orgCountry[x.other]
	here := x.other == y.other || where != "" && where == e.orgCountry[y.other]
	switch {
	case x.own != y.own:
	case !x.own && x.other == y.other && x.role == y.role:
		return names.Reason{Text: fmt.Sprintf("%s is %s of both", e.nameOf(x.other), x.role), Bits: sameLeader}
	case !x.own:
	case x.role == y.role && here && x.near(y):
		return names.Reason{Text: fmt.Sprintf("both %s of %s", x.role, e.nameOf(x.other)), Bits: sameRole}
	case x.role == y.role && here:
		return names.Reason{Text: fmt.Sprintf("both %s of %s, years apart", x.role, e.nameOf(x.other)), Bits: sameRoleLater}
	case !here && !x.former && !y.former && names.Leads(x.role) && names.Leads(y.role) && x.overlaps(y):
		return names.Reason{Text: fmt.Sprintf("one %s of %s, the other %s of %s at one time",
			x.role, e.nameOf(x.other), y.role, e.nameOf(y.other)), Bits: leadDifferent}
	}
	return names.Reason{}
}

func (e *surroundings) nameOf(id graph.ActorID) string {
	i, ok := slices.BinarySearchFunc(e.subjects, id, func(s subject, id graph.ActorID) int { return cmp.Compare(s.ID, id) })
	if ok {
		return e.subjects[i].Name
	}
	return string(id)
}

// termsOf returns the roles of s that articles and the dictionary tell.
func (e *surroundings) termsOf(s *subject) ([]term, error) {
	if list, ok := e.terms[s.ID]; ok {
		return list, nil
	}
	held, within, err := roles(e.reader, s.ID)
	if err != nil {
		return nil, err
	}
	list := []term{}
	for _, r := range held {
		list = append(list, term{names.Role(r.Role), r.Org.ID, true, r.Former, r.First, r.Last})
	}
	for _, r := range within {
		list = append(list, term{names.Role(r.Role), r.Person.ID, false, r.Former, r.First, r.Last})
	}
	if s.known != nil {
		for _, r := range s.known.Roles {
			list = append(list, term{names.Role(r.Role), r.Org, true, false, r.From, r.Until})
		}
	}
	e.terms[s.ID] = list
	return list, nil
}

// overlaps reports whether there is a day in both terms. A term whose days are
// not known overlaps none.
func (x term) overlaps(y term) bool {
	if x.first == "" && x.last == "" || y.first == "" && y.last == "" {
		return false
	}
	return (x.last == "" || y.first <= x.last) && (y.last == "" || x.first <= y.last)
}

// near reports whether two terms overlap or lie no more than longTerm years
// apart, or nothing is known of when one was.
func (x term) near(y term) bool {
	if x.overlaps(y) || x.first == "" && x.last == "" || y.first == "" && y.last == "" {
		return true
	}
	earlier, later := x, y
	if y.first < x.first {
		earlier, later = y, x
	}
	end, known := earlier.last.Time()
	start, also := later.first.Time()
	return !known || !also || !end.AddDate(longTerm, 0, 0).Before(start)
}

// addMeetings adds that one article names both, and that one acts on the other.
func (e *surroundings) addMeetings(m *names.Match, a, b *subject) error {
	switch n := common(e.articles[a.ID], e.articles[b.ID]); {
	case m.Acronym: // a text may give a name in full once and its acronym after
	case n == 1:
		m.Add(oneArticle, "one article names both")
	case n > 1:
		m.Add(moreArticles, fmt.Sprintf("%d articles name both", n))
	}
	n := 0
	for _, err := range e.reader.EventsBetween(a.ID, b.ID) {
		if err != nil {
			return err
		}
		n++
	}
	if n > 0 {
		m.Add(actOnEachOther, "one acts on the other")
	}
	return nil
}

// common returns how many elements two rising lists have in common.
func common(a, b []int) (n int) {
	for len(a) > 0 && len(b) > 0 {
		switch c := cmp.Compare(a[0], b[0]); {
		case c == 0:
			n++
			a, b = a[1:], b[1:]
		case c < 0:
			a = a[1:]
		default:
			b = b[1:]
		}
	}
	return n
}
