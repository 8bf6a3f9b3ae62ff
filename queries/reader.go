package queries

import (
	"cmp"
	"errors"
	"fmt"
	"hash/maphash"
	"iter"
	"slices"
	"strings"
	"unicode"

	"entente/graph"
)

// Reader is what the queries need of a store. An iterator that yields an error
// ends there. Iterators yield in a fixed order for a fixed content.
type Reader interface {
	Articles() iter.Seq2[graph.Article, error]
	// Article returns the article of that Article.Key, or an error that wraps
	// graph.ErrNotFound.
	Article(key string) (graph.Article, error)
	// Actors yields every actor, by id.
	Actors() iter.Seq2[graph.Actor, error]
	// Actor returns the actor of that id, or an error that wraps
	// graph.ErrNotFound. Where actors are judged to be one, that is one with
	// another ID, which the other methods know it by.
	Actor(id graph.ActorID) (graph.Actor, error)
	// Events yields every event record once.
	Events() iter.Seq2[graph.Event, error]
	// EventsOf yields every event record that has the actor for its source or
	// target, once.
	EventsOf(id graph.ActorID) iter.Seq2[graph.Event, error]
	// EventsBetween yields every event record between the two, in both
	// directions, once.
	EventsBetween(a, b graph.ActorID) iter.Seq2[graph.Event, error]
	// AffiliationsOf yields every affiliation that has the actor for its person
	// or its organisation.
	AffiliationsOf(id graph.ActorID) iter.Seq2[graph.Affiliation, error]
	// NamesWithPrefix yields the names and mentions of actors that begin with
	// folded once they are folded, and those canonical names of which a single
	// word does.
	NamesWithPrefix(folded string) iter.Seq2[graph.NameEntry, error]
}

// StatusCount is the number of distinct events of one status, counted or not.
type StatusCount struct {
	Status graph.Status `json:"status"`
	Events int          `json:"events"`
}

// statusCounter counts the distinct events of each status. It holds a hash of
// 128 bits of each, as stores tell articles apart.
type statusCounter map[graph.Status]map[[2]uint64]struct{}

var identitySeeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}

func (c statusCounter) add(e *graph.Event) {
	if c[e.Status] == nil {
		c[e.Status] = map[[2]uint64]struct{}{}
	}
	id := e.Identity()
	c[e.Status][[2]uint64{maphash.Comparable(identitySeeds[0], id), maphash.Comparable(identitySeeds[1], id)}] = struct{}{}
}

// counts returns the numbers in the order of graph.Statuses, without zeros.
func (c statusCounter) counts() []StatusCount {
	list := []StatusCount{}
	for _, s := range graph.Statuses {
		if n := len(c[s]); n > 0 {
			list = append(list, StatusCount{s, n})
		}
	}
	return list
}

// collect returns what seq yields that keep keeps, and never nil.
func collect[T any](seq iter.Seq2[T, error], keep func(*T) bool) ([]T, error) {
	list := []T{}
	for v, err := range seq {
		if err != nil {
			return nil, err
		}
		if keep(&v) {
			list = append(list, v)
		}
	}
	return list, nil
}

// each yields the elements of list in the form of an iterator of a Reader.
func each[T any](list []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range list {
			if !yield(v, nil) {
				return
			}
		}
	}
}

// nameOf returns the id and name of an actor. An actor that only events name
// has its id for a name.
func nameOf(r Reader, id graph.ActorID) (graph.NameRef, error) {
	a, err := r.Actor(id)
	if errors.Is(err, graph.ErrNotFound) {
		return graph.NameRef{ID: id, Name: string(id)}, nil
	}
	return graph.NameRef{ID: a.ID, Name: a.Name}, err
}

// first cuts list to n elements: to standard where n is 0, not at all where n
// is negative.
func first[T any](list []T, n, standard int) []T {
	if n == 0 {
		n = standard
	}
	if n < 0 || n >= len(list) {
		return list
	}
	return list[:n:n]
}

// sortEvents sorts events as graph.CompareEvents does and returns them.
func sortEvents(events []graph.Event) []graph.Event {
	slices.SortStableFunc(events, graph.CompareEvents)
	return events
}

// involves reports whether the actor is the source or the target of e.
func involves(e *graph.Event, id graph.ActorID) bool {
	return e.Source.ID == id || e.Target.ID == id
}

// interner gives equal strings one place in memory: each event of a store brings
// its own copies of ids and categories, which counts would hold on to.
type interner map[string]string

func intern[S ~string](i interner, s *S) {
	kept, ok := i[string(*s)]
	if !ok {
		kept = string(*s)
		i[kept] = kept
	}
	*s = S(kept)
}

// event interns what counting keeps of an event.
func (i interner) event(e *graph.Event) {
	for _, a := range []*graph.ActorRef{&e.Source, &e.Target} {
		intern(i, &a.ID)
	}
	intern(i, &e.Category)
	intern(i, &e.Predicate)
	intern(i, &e.Status)
	intern(i, &e.Date)
	intern(i, &e.Publisher)
}

// withMentions returns a with a list of mentions that is not nil.
func withMentions(a graph.Actor) graph.Actor {
	if a.Mentions == nil {
		a.Mentions = []string{}
	}
	return a
}

// oneLine returns s fit for a line of a message: names come from articles, and
// may hold line breaks and characters that steer a terminal.
func oneLine(s string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(clean), " ")
}

// labelled returns the name and id of an actor for a message.
func labelled(name string, id graph.ActorID) string {
	return fmt.Sprintf("%s (%s)", oneLine(name), oneLine(string(id)))
}

func compareIDs(a, b graph.Actor) int { return cmp.Compare(a.ID, b.ID) }
