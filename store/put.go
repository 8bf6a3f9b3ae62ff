package store

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"

	"entente/graph"
)

// Outcome says what a Put did.
type Outcome int

const (
	Added     Outcome = iota + 1 // the article is new
	Duplicate                    // its key was there already
)

func (o Outcome) String() string {
	switch o {
	case Added:
		return "added"
	case Duplicate:
		return "duplicate"
	}
	return fmt.Sprintf("Outcome(%d)", int(o))
}

// Free space is checked again after so many puts, or bytes put.
const (
	putsPerCheck  = 64
	bytesPerCheck = 16 << 20
)

// Put adds the record of one article, all of it or, with an error, nothing. What
// it added outlives the death of the process; Sync makes it outlive a power cut.
//
// An article whose key is there already changes nothing, except that the smaller
// of the two ids is kept. So the store does not depend on the order of the puts.
//
// The error wraps ErrInvalid (the record names what is wrong), ErrTooBig,
// ErrNoSpace, ErrDamaged, ErrReadOnly or ErrClosed.
func (s *Store) Put(r graph.Record) (Outcome, error) {
	if s.readOnly {
		return 0, fmt.Errorf("store %s: %w", s.folder.dir, ErrReadOnly)
	}
	if err := validate(&r); err != nil {
		return 0, fmt.Errorf("store %s: article %q: %w: %w", s.folder.dir, r.Article.ID, ErrInvalid, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return 0, s.errClosed()
	}
	if s.unchecked%putsPerCheck == 0 || s.written > bytesPerCheck {
		if err := s.folder.checkSpace(); err != nil {
			return 0, err
		}
		s.unchecked, s.written = 0, 0
	}
	s.unchecked++

	k, err := parseArticleKey(r.Article.Key())
	if err != nil {
		return 0, fmt.Errorf("store %s: article %q: %w", s.folder.dir, r.Article.ID, err)
	}
	outcome := Added
	err = s.kv.update(func(b batch) error {
		p := put{store: s, batch: b, key: k}
		var old articleRow
		err := s.get(b, ofArticle(rowArticle, k), decode(&old))
		switch {
		case errors.Is(err, errNoRow):
			p.add(&r)
		case err != nil:
			return err
		default:
			outcome = Duplicate
			if before(&r.Article, &old.Article) {
				p.relabel(old, r.Article.ID, r.Article.DateFrom)
			}
		}
		s.written += p.bytes
		return p.err
	})
	switch {
	case err == nil:
		return outcome, nil
	case errors.Is(err, ErrDamaged), errors.Is(err, ErrInvalid):
		return 0, err
	case errors.Is(err, ErrTooBig):
		return 0, fmt.Errorf("store %s: article %q with %d bytes and %d events: %w; split the article",
			s.folder.dir, r.Article.ID, len(r.Article.Body), len(r.Events), err)
	}
	return 0, s.folder.explain(err)
}

// validate checks what the store relies on: keys that can be built, and text
// that JSON gives back as it was.
func validate(r *graph.Record) error {
	var errs []error
	text := func(what string, texts ...string) {
		for _, t := range texts {
			if !utf8.ValidString(t) {
				errs = append(errs, fmt.Errorf("%s: %.60q is not UTF-8", what, t))
			}
		}
	}
	id := func(what string, id graph.ActorID) {
		text(what, string(id))
		if len(id) == 0 || len(id) > maxID {
			errs = append(errs, fmt.Errorf("%s: id of %d bytes, not 1 to %d", what, len(id), maxID))
		}
	}
	label := func(what, article string) {
		if article != r.Article.ID {
			errs = append(errs, fmt.Errorf("%s: belongs to article %q", what, article))
		}
	}
	ref := func(what string, a *graph.ActorRef) {
		id(what, a.ID)
		text(what, a.Name, a.Mention, string(a.Type), a.Country)
	}

	a := &r.Article
	text("article", a.ID, string(a.Published), string(a.DateFrom), a.Publisher, a.URL, a.Title, a.Body,
		a.Dateline.Place, a.Dateline.Agency, string(a.Dateline.Date))
	seen := map[graph.ActorID]bool{}
	for i := range r.Actors {
		a, what := &r.Actors[i], fmt.Sprintf("actor %d", i)
		id(what, a.ID)
		text(what, a.Name, string(a.Type), a.Country)
		text(what, a.Mentions...)
		if seen[a.ID] {
			errs = append(errs, fmt.Errorf("%s: %q is there twice", what, a.ID))
		}
		seen[a.ID] = true
	}
	for i := range r.Events {
		e, what := &r.Events[i], fmt.Sprintf("event %d", i)
		label(what, e.Article)
		ref(what+", source", &e.Source)
		ref(what+", target", &e.Target)
		if e.AttributedTo != nil {
			ref(what+", attributed to", e.AttributedTo)
		}
		if e.Place != nil {
			text(what, e.Place.Name, e.Place.Country)
		}
		text(what, e.Predicate, e.Category, e.Mode, e.CAMEO, string(e.Status), string(e.Date), string(e.DateBasis),
			string(e.Published), e.Publisher, e.Quote, e.Rule, e.Coder)
	}
	for i := range r.Affiliations {
		f, what := &r.Affiliations[i], fmt.Sprintf("affiliation %d", i)
		label(what, f.Article)
		id(what+", person", f.Person.ID)
		id(what+", organisation", f.Org.ID)
		text(what, string(f.Published), f.Person.Name, f.Role, f.Org.Name, f.Quote)
	}
	return errors.Join(errs...)
}

// put is one Put under way. After an error its methods do nothing more.
type put struct {
	store *Store
	batch batch
	key   articleKey
	bytes int
	err   error
}

func (p *put) add(r *graph.Record) {
	p.setJSON(ofArticle(rowArticle, p.key), articleRow{r.Article, r.Sentences, len(r.Actors), len(r.Events), len(r.Affiliations)})
	newActors := 0
	for _, a := range r.Actors {
		p.setJSON(mentionKey(p.key, a.ID), a)
		if p.addToActor(a) {
			newActors++
		}
	}
	lists := lists{}
	for i, e := range r.Events {
		at := placeOf(p.key, i)
		p.setJSON(at.key(rowEvent), e)
		lists.enter(at, actorEventsKey(e.Source.ID), actorEventsKey(e.Target.ID), dyadEventsKey(graph.Dyad{Source: e.Source.ID, Target: e.Target.ID}))
	}
	for i, f := range r.Affiliations {
		at := placeOf(p.key, i)
		p.setJSON(at.key(rowAffiliation), f)
		lists.enter(at, actorRolesKey(f.Person.ID), actorRolesKey(f.Org.ID))
	}
	p.addToLists(lists)
	p.addToTotals(totals{1, r.Sentences, len(r.Events), newActors, len(r.Affiliations), len(r.Actors)})
}

// addToActor takes what the article says about an actor into the actor's row and
// into the index of names, and reports whether the actor is new.
func (p *put) addToActor(a graph.Actor) (isNew bool) {
	if p.err != nil {
		return false
	}
	row := actorRow{Actor: graph.Actor{ID: a.ID}}
	err := p.store.get(p.batch, actorKey(a.ID), decode(&row))
	isNew = errors.Is(err, errNoRow)
	if err != nil && !isNew {
		p.err = err
		return false
	}
	before := row.Actor
	row.add(a)
	p.setJSON(actorKey(a.ID), row)
	if row.Name != before.Name {
		p.setNames(nameRows(before), nameRows(row.Actor))
	} else {
		p.addNames(a.ID, without(row.Mentions, before.Mentions))
	}
	return isNew
}

// addNames enters mentions of an actor, which it had not before, into the index
// of names. An actor can have thousands: those it had are not touched.
func (p *put) addNames(id graph.ActorID, mentions []string) {
	for key, names := range nameRows(graph.Actor{ID: id, Mentions: mentions}) {
		if p.err != nil {
			return
		}
		var have []string
		if err := p.store.get(p.batch, []byte(key), decode(&have)); err != nil && !errors.Is(err, errNoRow) {
			p.err = err
			return
		}
		p.setJSON([]byte(key), union(have, names))
	}
}

// setNames makes the name rows of an actor what they should be now that its
// canonical name is another.
func (p *put) setNames(old, now map[string][]string) {
	for _, key := range slices.Sorted(maps.Keys(now)) {
		if !slices.Equal(old[key], now[key]) {
			p.setJSON([]byte(key), now[key])
		}
	}
	for _, key := range slices.Sorted(maps.Keys(old)) {
		if _, keep := now[key]; !keep && p.err == nil {
			p.err = p.batch.delete([]byte(key))
		}
	}
}

// lists are entries to be made: head of the list to places, in order.
type lists map[string][]place

// enter notes p in the lists with the given heads, once in each.
func (l lists) enter(p place, heads ...[]byte) {
	for _, head := range heads {
		have := l[string(head)]
		if n := len(have); n == 0 || have[n-1] != p {
			l[string(head)] = append(have, p)
		}
	}
}

func (p *put) addToLists(l lists) {
	for _, head := range slices.Sorted(maps.Keys(l)) {
		if p.err != nil {
			return
		}
		var n uint64
		if err := p.store.get(p.batch, []byte(head), decodeCount(&n)); err != nil && !errors.Is(err, errNoRow) {
			p.err = err
			return
		}
		p.set([]byte(head), encodeCount(n+uint64(len(l[head]))))
		for _, at := range l[head] {
			p.set(entryKey([]byte(head), at), nil)
		}
	}
}

func (p *put) addToTotals(more totals) {
	if p.err != nil {
		return
	}
	t, err := p.store.readTotals(p.batch)
	if err != nil {
		p.err = err
		return
	}
	t.Articles += more.Articles
	t.Sentences += more.Sentences
	t.Events += more.Events
	t.Actors += more.Actors
	t.Affiliations += more.Affiliations
	t.Mentions += more.Mentions
	p.setJSON(keyTotals, t)
}

// before reports whether of two copies of an article a is the one whose label is
// kept, whichever comes first.
func before(a, b *graph.Article) bool {
	return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.DateFrom, b.DateFrom)) < 0
}

// relabel gives a stored article, its events and its affiliations another id, and
// the article the source of its date that goes with it.
func (p *put) relabel(row articleRow, id string, from graph.DateSource) {
	row.ID, row.DateFrom = id, from
	events := relabelled(p, rowEvent, row.Events, func(e *graph.Event) { e.Article = id })
	affiliations := relabelled(p, rowAffiliation, row.Affiliations, func(f *graph.Affiliation) { f.Article = id })
	p.setJSON(ofArticle(rowArticle, p.key), row)
	for i := range events {
		p.setJSON(placeOf(p.key, i).key(rowEvent), events[i])
	}
	for i := range affiliations {
		p.setJSON(placeOf(p.key, i).key(rowAffiliation), affiliations[i])
	}
}

// relabelled reads the n rows of type t that belong to the article and changes
// each by f.
func relabelled[T any](p *put, t byte, n int, f func(*T)) []T {
	rows := make([]T, n)
	for i := range rows {
		if p.err != nil {
			return nil
		}
		p.err = p.store.must(p.batch, placeOf(p.key, i).key(t), decode(&rows[i]))
		f(&rows[i])
	}
	return rows
}

func (p *put) setJSON(key []byte, v any) {
	if p.err != nil {
		return
	}
	b, err := encode(v)
	if err != nil {
		p.err = fmt.Errorf("store %s: article %s: %w: row %q: %w", p.store.folder.dir, p.key, ErrInvalid, key, err)
		return
	}
	p.set(key, b)
}

func (p *put) set(key, value []byte) {
	if p.err == nil {
		p.bytes += len(key) + len(value)
		p.err = p.batch.set(key, value)
	}
}
