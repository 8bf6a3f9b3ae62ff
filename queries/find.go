package queries

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/graph"
	"entente/graph/names"
)

const (
	// clearLead is how many times the events of the next candidate the first
	// must have to be meant without saying so.
	clearLead = 5
	// maxSuggestions is the most that an UnknownError suggests, and that the
	// text of an AmbiguousError lists.
	maxSuggestions = 5
)

// AmbiguousError says that several actors go by what was typed and that none
// is clearly meant.
type AmbiguousError struct {
	Typed string
	// Candidates are sorted by the number of distinct events, the most first,
	// then by id. There are at least two.
	Candidates []graph.Actor
}

func (e *AmbiguousError) Error() string {
	more := ""
	if n := len(e.Candidates) - maxSuggestions; n > 0 {
		more = fmt.Sprintf(" or %d more", n)
	}
	return fmt.Sprintf("%q may mean %s%s: type more of the name, or the id",
		e.Typed, labels(e.Candidates), more)
}

// UnknownError says that no actor goes by what was typed. It is a
// graph.ErrNotFound.
type UnknownError struct {
	Typed string
	// Suggestions are actors with similar names, the most similar first: at
	// most five, and perhaps none.
	Suggestions []graph.Actor
}

func (e *UnknownError) Error() string {
	if len(e.Suggestions) == 0 {
		return fmt.Sprintf("no actor goes by %q, nor by a similar name", e.Typed)
	}
	return fmt.Sprintf("no actor goes by %q: did you mean %s?", e.Typed, labels(e.Suggestions))
}

// Is reports whether target is graph.ErrNotFound.
func (e *UnknownError) Is(target error) bool { return target == graph.ErrNotFound }

// labels names up to maxSuggestions actors.
func labels(actors []graph.Actor) string {
	var list []string
	for _, a := range first(actors, maxSuggestions, 0) {
		list = append(list, labelled(a.Name, a.ID))
	}
	return strings.Join(list, ", ")
}

// FindActor returns the actor that goes by what a person typed. The first of
// these that any actor meets decides:
//
//  1. its id is typed, in whatever case;
//  2. its name, one of its mentions or another name that the index has for it (an
//     alias that a person gave it) is typed, folded by graph.Fold;
//  3. all words typed are words of its name;
//  4. the same, but the last word typed is the beginning of one;
//  5. all words typed are words of one of its mentions or other names, which
//     begins with the first or the longest of them, the last perhaps only the
//     beginning of one.
//
// If several actors meet it, the one whose canonical name was typed in full is
// meant; else the one with at least five times the distinct events of the
// next, of whatever status. Otherwise the error is an *AmbiguousError. If none
// meets any, it is an *UnknownError, made at the cost of reading all actors.
func FindActor(r Reader, typed string) (graph.Actor, error) {
	actor, err := findByID(r, strings.TrimSpace(typed))
	if !errors.Is(err, graph.ErrNotFound) {
		return withMentions(actor), err
	}
	folded := graph.Fold(typed)
	words := wordsOf(folded)
	if len(words) == 0 {
		return graph.Actor{}, &UnknownError{Typed: typed}
	}
	candidates, err := findByName(r, folded)
	if err == nil && len(candidates) == 0 {
		candidates, err = findByWords(r, words)
	}
	if err != nil {
		return graph.Actor{}, err
	}
	if len(candidates) == 0 {
		suggestions, err := suggest(r, folded)
		if err != nil {
			return graph.Actor{}, err
		}
		return graph.Actor{}, &UnknownError{Typed: typed, Suggestions: suggestions}
	}
	return choose(r, typed, folded, candidates)
}

// findByID looks typed up as an id. People type ids in one case; the kind is
// in lower case, the name in lower or, for codes, in upper case.
func findByID(r Reader, typed string) (graph.Actor, error) {
	kind, name, ok := strings.Cut(typed, ":")
	if !ok {
		return graph.Actor{}, graph.ErrNotFound
	}
	kind = strings.ToLower(kind)
	for _, id := range []string{typed, kind + ":" + strings.ToLower(name), kind + ":" + strings.ToUpper(name)} {
		a, err := r.Actor(graph.ActorID(id))
		if !errors.Is(err, graph.ErrNotFound) {
			return a, err
		}
	}
	return graph.Actor{}, graph.ErrNotFound
}

// findByName returns the actors with that folded name, mention or alias.
func findByName(r Reader, folded string) ([]graph.Actor, error) {
	return indexed(r, folded, func(e graph.NameEntry) bool { return !e.Word && graph.Fold(e.Name) == folded })
}

// findByWords returns the actors that meet the first of FindActor's conditions
// 3 to 5 that any actor meets.
func findByWords(r Reader, words []string) ([]graph.Actor, error) {
	// The longest word narrows the search, as being the rarest. Of mentions, the
	// index knows only how they begin: for them, the first word as well.
	longest := slices.MaxFunc(words, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	for _, word := range slices.Compact([]string{longest, words[0]}) {
		names := map[graph.ActorID][]string{} // those found, some of which are no mentions
		actors, err := indexed(r, word, func(e graph.NameEntry) bool {
			names[e.ID] = append(names[e.ID], e.Name)
			return true
		})
		if err != nil {
			return nil, err
		}
		if found := withWords(actors, names, words); len(found) > 0 {
			return found, nil
		}
	}
	return nil, nil
}

// withWords returns those of the actors that meet the first of the conditions
// that any meets. They go by names, too, besides their mentions.
func withWords(actors []graph.Actor, names map[graph.ActorID][]string, words []string) []graph.Actor {
	for _, met := range []func(graph.Actor) bool{
		func(a graph.Actor) bool { return hasWords(a.Name, words, false) },
		func(a graph.Actor) bool { return hasWords(a.Name, words, true) },
		func(a graph.Actor) bool {
			return slices.ContainsFunc(slices.Concat(a.Mentions, names[a.ID]), func(m string) bool { return hasWords(m, words, true) })
		},
	} {
		var found []graph.Actor
		for _, a := range actors {
			if met(a) {
				found = append(found, a)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// indexed returns the actors of the index entries that begin with prefix and
// that keep keeps, sorted by id.
func indexed(r Reader, prefix string, keep func(graph.NameEntry) bool) ([]graph.Actor, error) {
	seen := map[graph.ActorID]bool{}
	var actors []graph.Actor
	for entry, err := range r.NamesWithPrefix(prefix) {
		if err != nil {
			return nil, err
		}
		if !keep(entry) || seen[entry.ID] {
			continue
		}
		seen[entry.ID] = true
		a, err := r.Actor(entry.ID)
		if err != nil {
			return nil, fmt.Errorf("the index of names has %q for %s: %w", entry.Name, entry.ID, err)
		}
		actors = append(actors, a)
	}
	slices.SortFunc(actors, compareIDs)
	return actors, nil
}

// hasWords reports whether all words are words of name, if prefix is set the
// last perhaps only the beginning of one.
func hasWords(name string, words []string, prefix bool) bool {
	of := wordsOf(graph.Fold(name))
	for i, w := range words {
		if slices.Contains(of, w) {
			continue
		}
		begins := func(word string) bool { return strings.HasPrefix(word, w) }
		if !prefix || i < len(words)-1 || !slices.ContainsFunc(of, begins) {
			return false
		}
	}
	return true
}

// wordsOf splits a folded name at all that is neither letter, mark nor digit.
func wordsOf(folded string) []string {
	return strings.FieldsFunc(folded, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}

// choose returns the one of the candidates that is clearly meant.
func choose(r Reader, typed, folded string, candidates []graph.Actor) (graph.Actor, error) {
	var canonical []graph.Actor
	for _, a := range candidates {
		if graph.Fold(a.Name) == folded {
			canonical = append(canonical, a)
		}
	}
	if len(canonical) > 0 {
		candidates = canonical
	}
	if len(candidates) == 1 {
		return withMentions(candidates[0]), nil
	}
	count := make(map[graph.ActorID]int, len(candidates))
	for i, a := range candidates {
		n, err := countEvents(r, a.ID)
		if err != nil {
			return graph.Actor{}, err
		}
		count[a.ID] = n
		candidates[i] = withMentions(a)
	}
	slices.SortFunc(candidates, func(a, b graph.Actor) int {
		return cmp.Or(cmp.Compare(count[b.ID], count[a.ID]), compareIDs(a, b))
	})
	most, next := count[candidates[0].ID], count[candidates[1].ID]
	if most > 0 && most >= clearLead*next {
		return candidates[0], nil
	}
	return graph.Actor{}, &AmbiguousError{Typed: typed, Candidates: candidates}
}

// countEvents returns the number of distinct events of an actor.
func countEvents(r Reader, id graph.ActorID) (int, error) {
	distinct := map[graph.Identity]bool{}
	for e, err := range r.EventsOf(id) {
		if err != nil {
			return 0, err
		}
		distinct[e.Identity()] = true
	}
	return len(distinct), nil
}

// suggest returns the actors whose names come nearest to what was typed, of
// those equally near the ones with the most events.
func suggest(r Reader, folded string) ([]graph.Actor, error) {
	type suggestion struct {
		actor        graph.Actor
		cost, events int
	}
	var all []suggestion
	for a, err := range r.Actors() {
		if err != nil {
			return nil, err
		}
		if cost, ok := likeness(folded, a); ok {
			all = append(all, suggestion{actor: withMentions(a), cost: cost})
		}
	}
	order := func(a, b suggestion) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(b.events, a.events), compareIDs(a.actor, b.actor))
	}
	slices.SortFunc(all, order)
	all = first(all, 4*maxSuggestions, 0) // counting events costs a read each
	for i := range all {
		var err error
		if all[i].events, err = countEvents(r, all[i].actor.ID); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(all, order)
	suggestions := []graph.Actor{}
	for _, s := range first(all, maxSuggestions, 0) {
		suggestions = append(suggestions, s.actor)
	}
	return suggestions, nil
}

// likeness says how far what was typed is from any name of a, and whether that
// is near enough for a suggestion. Names taken whole come before single words.
func likeness(folded string, a graph.Actor) (cost int, ok bool) {
	const wordCost = 100 // more than any distance between whole names that counts
	cost = 2 * wordCost
	for _, name := range append([]string{a.Name}, a.Mentions...) {
		name = graph.Fold(name)
		if d, near := nearness(folded, name); near {
			cost = min(cost, d)
		}
		for _, typed := range wordsOf(folded) {
			for _, word := range wordsOf(name) {
				if d, near := nearness(typed, word); near && len(typed) > 3 {
					cost = min(cost, wordCost+d)
				}
			}
		}
	}
	return cost, cost < 2*wordCost
}

// nearness returns the edit distance of a and b, and whether it is at most a
// third of the longer one, or b merely goes on where a ends.
func nearness(a, b string) (distance int, near bool) {
	la, lb := utf8.RuneCountInString(a), utf8.RuneCountInString(b)
	limit := min(max(la, lb)/3, 3)
	if max(la, lb)-min(la, lb) <= limit {
		if d := names.EditDistance([]rune(a), []rune(b)); d <= limit {
			return d, true
		}
	}
	if la > 2 && strings.HasPrefix(b, a) {
		return limit + 1, true
	}
	return 0, false
}
