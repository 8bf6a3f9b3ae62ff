package queries

import (
	"cmp"
	"iter"
	"math"
	"slices"

	"entente/graph"
	"entente/graph/names"
)

// AppearanceReader is a Reader that also tells which article names which actor.
type AppearanceReader interface {
	Reader
	// Appearances yields every pair of an article and an actor it names, once.
	Appearances() iter.Seq2[graph.Appearance, error]
}

// KnownActor is an actor of a dictionary. No two of them are one.
type KnownActor struct {
	ID      graph.ActorID
	Type    graph.ActorType
	Country string   // ISO alpha-3, or ""
	Names   []string // all that mean it, the canonical one first
	Roles   []KnownRole
}

// KnownRole is an office that a known actor holds or held. From and Until are
// inclusive; "" is unbounded.
type KnownRole struct {
	Role        string
	Org         graph.ActorID
	From, Until graph.Date
}

// CandidateOptions says which pairs are wanted and what is known beforehand.
type CandidateOptions struct {
	Type    graph.ActorType // of at least one of the two; "" is any
	Country string          // of at least one of the two, ISO alpha-3; "" is any
	// Min is the least score, between 0 and 1. At 0, every two actors are returned
	// that were worth comparing.
	Min float64
	// Limit is the most that are returned: 50 where it is 0, all where it is
	// negative.
	Limit int
	// Known are the actors of the dictionary. Their names say what is rare, and
	// no two of them are proposed.
	Known []KnownActor
	// Apart reports whether two actors are judged not to be one, so that they are not
	// proposed. It may be nil.
	Apart func(a, b graph.ActorID) bool
	// Place is names.Options.Place.
	Place func(folded string) string
}

// Candidate is a pair of actors that may be one. A is the one to keep if they
// are: of the dictionary, else named by more articles.
type Candidate struct {
	// Score is the probability that they are one, rounded to three digits. It
	// ranks; it is not calibrated.
	Score float64        `json:"score"`
	A     CandidateActor `json:"a"`
	B     CandidateActor `json:"b"`
	// Reasons are for (positive bits) and against, the weightiest first.
	Reasons []names.Reason `json:"reasons"`
}

// CandidateActor is one of the two actors of a Candidate.
type CandidateActor struct {
	ID       graph.ActorID   `json:"id"`
	Name     string          `json:"name"`
	Type     graph.ActorType `json:"type"`
	Country  string          `json:"country"`
	Articles int             `json:"articles"`      // that name it
	Known    bool            `json:"in_dictionary"` // it is one of CandidateOptions.Known
}

// subject is an actor with its names taken apart.
type subject struct {
	graph.Actor
	known *KnownActor
	names []names.Name // canonical first
}

// suspicion is a pair of subjects, by index, whose names are alike.
type suspicion struct {
	a, b  int
	match names.Match
}

// Candidates returns pairs of actors that may be one person or one organisation,
// the likeliest first, then by ids.
//
// Evidence is of two kinds: names (package names), and what the articles say of
// both: countries, roles, being named in one article, acting on each other.
// Actors are compared if their names share a key (names.Keys) that not too many
// share; so the time grows about as the number of actors, not as its square.
// 100,000 persons take about 12 s on one core and 3.5 KB of memory each
// (BenchmarkCandidates). Events and affiliations are read of those actors only
// whose names are alike.
func Candidates(r AppearanceReader, o CandidateOptions) ([]Candidate, error) {
	comparer, err := names.NewComparer(names.Options{Place: o.Place})
	if err != nil {
		return nil, err
	}
	subjects, err := readSubjects(r, comparer, o.Known)
	if err != nil {
		return nil, err
	}
	suspicions := o.suspicions(comparer, subjects)
	evidence, err := gatherSurroundings(r, o.Known, subjects, suspicions)
	if err != nil {
		return nil, err
	}
	list := []Candidate{}
	for _, s := range suspicions {
		if err := evidence.add(&s); err != nil {
			return nil, err
		}
		if c := evidence.candidate(s); c.Score >= o.Min {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.A.ID, b.A.ID), cmp.Compare(a.B.ID, b.B.ID))
	})
	return first(list, o.Limit, 50), nil
}

// readSubjects returns the actors of r, by id, and counts their names and those
// of the dictionary.
func readSubjects(r Reader, c *names.Comparer, known []KnownActor) ([]subject, error) {
	byID := make(map[graph.ActorID]*KnownActor, len(known))
	for i := range known {
		k := &known[i]
		byID[k.ID] = k
		c.Count(c.Of(k.Names[0], k.Type, k.Country))
	}
	var list []subject
	for a, err := range r.Actors() {
		if err != nil {
			return nil, err
		}
		s := subject{Actor: a, known: byID[a.ID]}
		s.names = namesOf(c, a, s.known)
		if s.known == nil {
			c.Count(s.names[0])
		}
		list = append(list, s)
	}
	return list, nil
}

// maxNames bounds the names of one actor that are compared.
const maxNames = 8

// namesOf returns the names of a that identify it: its own, those of the
// dictionary, and of its mentions those that say as much.
func namesOf(c *names.Comparer, a graph.Actor, known *KnownActor) []names.Name {
	own := c.Of(a.Name, a.Type, a.Country)
	list := []names.Name{own}
	add := func(text string) {
		seen := slices.ContainsFunc(list, func(n names.Name) bool { return graph.Fold(n.Text()) == graph.Fold(text) })
		if !seen && len(list) < maxNames {
			list = append(list, c.Of(text, a.Type, a.Country))
		}
	}
	if known != nil {
		for _, n := range known.Names {
			add(n)
		}
		return list
	}
	for _, m := range a.Mentions {
		if own.Covers(c.Of(m, a.Type, a.Country)) {
			add(m)
		}
	}
	return list
}

// suspicions returns the pairs whose names are so alike that other evidence may
// lift them to o.Min.
func (o CandidateOptions) suspicions(c *names.Comparer, subjects []subject) []suspicion {
	least := math.Inf(-1)
	if o.Min > 0 {
		least = names.BitsFor(min(o.Min, 0.999)) - mostContext
	}
	var list []suspicion
	for a, b := range pairs(c, subjects) {
		if subjects[a].known != nil && subjects[b].known != nil || !o.wants(&subjects[a], &subjects[b]) {
			continue
		}
		if bits, x, y := compareNames(c, subjects[a].names, subjects[b].names); bits >= least {
			list = append(list, suspicion{a, b, c.Compare(x, y)})
		}
	}
	return list
}

func (o CandidateOptions) wants(a, b *subject) bool {
	return (o.Type == "" || a.Type == o.Type || b.Type == o.Type) &&
		(o.Country == "" || a.Country == o.Country || b.Country == o.Country) &&
		(o.Apart == nil || !o.Apart(a.ID, b.ID))
}

// compareNames returns the name of one actor and the name of the other that
// match best, and the bits that is worth.
func compareNames(c *names.Comparer, a, b []names.Name) (best float64, x, y names.Name) {
	best = math.Inf(-1)
	for i := range a {
		for j := range b {
			if bits := c.Bits(a[i], b[j]); bits > best {
				best, x, y = bits, a[i], b[j]
			}
		}
	}
	return best, x, y
}

// maxBlock is how many comparisons one key may bring. What only keys have in
// common that are commoner than that is not compared: it would be a pair such as
// two of a thousand that only share a very frequent surname.
const maxBlock = 250_000

// pairs yields the pairs of subjects that are worth comparing, a before b, each
// once and in a fixed order.
func pairs(c *names.Comparer, subjects []subject) iter.Seq2[int, int] {
	offers, seeks := map[string][]int{}, map[string][]int{}
	keys := make([]names.Keys, len(subjects))
	for i, s := range subjects {
		for _, n := range s.names {
			k := c.Keys(n)
			keys[i].Offers = append(keys[i].Offers, k.Offers...)
			keys[i].Seeks = append(keys[i].Seeks, k.Seeks...)
		}
		for _, k := range distinct(&keys[i].Offers) {
			offers[k] = append(offers[k], i)
		}
		for _, k := range distinct(&keys[i].Seeks) {
			seeks[k] = append(seeks[k], i)
		}
	}
	return func(yield func(int, int) bool) {
		var partners []int
		for i := range subjects {
			partners = partners[:0]
			collect := func(keys []string, of map[string][]int) {
				for _, k := range keys {
					if len(offers[k])*len(seeks[k]) > maxBlock {
						continue
					}
					at, _ := slices.BinarySearch(of[k], i+1)
					partners = append(partners, of[k][at:]...)
				}
			}
			collect(keys[i].Seeks, offers)
			collect(keys[i].Offers, seeks)
			for _, j := range distinct(&partners) {
				if !yield(i, j) {
					return
				}
			}
		}
	}
}

// distinct sorts a list and leaves each element once.
func distinct[T cmp.Ordered](list *[]T) []T {
	slices.Sort(*list)
	*list = slices.Compact(*list)
	return *list
}

// candidate makes a Candidate of a suspicion to which nothing is left to add.
func (e *surroundings) candidate(s suspicion) Candidate {
	a, b := e.actor(s.a), e.actor(s.b)
	if !a.Known && (b.Known || b.Articles > a.Articles) {
		a, b = b, a
	}
	reasons := slices.Clone(s.match.Reasons)
	slices.SortStableFunc(reasons, func(x, y names.Reason) int {
		return cmp.Compare(math.Abs(y.Bits), math.Abs(x.Bits))
	})
	for i := range reasons {
		reasons[i].Bits = math.Round(reasons[i].Bits*10) / 10
		reasons[i].Text = oneLine(reasons[i].Text)
	}
	return Candidate{Score: math.Round(names.Score(s.match.Bits)*1000) / 1000, A: a, B: b, Reasons: reasons}
}

func (e *surroundings) actor(i int) CandidateActor {
	s := &e.subjects[i]
	return CandidateActor{ID: s.ID, Name: s.Name, Type: s.Type, Country: s.Country,
		Articles: e.articleCount[s.ID], Known: s.known != nil}
}
