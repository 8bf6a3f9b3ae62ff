package store

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"entente/graph"
)

// errStop ends a scan because the caller wants no more.
var errStop = errors.New("stop")

// sequence makes an iterator of a scan. The scan passes its rows to emit and
// returns the errors of emit; its own error ends the sequence.
func sequence[T any](s *Store, scan func(r reader, l *lens, emit func(T) error) error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		err := s.look(func(r reader, l *lens) error {
			return scan(r, l, func(row T) error {
				if !yield(row, nil) {
					return errStop
				}
				return nil
			})
		})
		if err != nil && !errors.Is(err, errStop) {
			var zero T
			yield(zero, err)
		}
	}
}

// aheadSequence is sequence with the scan in a goroutine of its own, which reads and
// decodes rows while the loop is at work on those before.
func aheadSequence[T any](s *Store, scan func(r reader, l *lens, emit func(T) error) error) iter.Seq2[T, error] {
	rows := sequence(s, scan)
	return func(yield func(T, error) bool) { ahead(rows, yield) }
}

// mostAhead is how many rows are passed on at once, after fewer at the beginning: a
// loop over few waits for none.
const mostAhead = 128

// ahead yields what rows does, and ends when rows has ended.
func ahead[T any](rows iter.Seq2[T, error], yield func(T, error) bool) {
	type row struct {
		value T
		err   error
	}
	read, stop := make(chan []row, 1), make(chan struct{})
	go func() {
		defer close(read)
		size, piece := 1, []row(nil)
		for value, err := range rows {
			if piece = append(piece, row{value, err}); len(piece) < size {
				continue
			}
			select {
			case read <- piece:
			case <-stop:
				return
			}
			size = min(2*size, mostAhead)
			piece = make([]row, 0, size)
		}
		select {
		case read <- piece:
		case <-stop:
		}
	}()
	defer func() { // also where the loop's body panics
		close(stop)
		for range read {
		}
	}()
	for piece := range read {
		for _, r := range piece {
			if !yield(r.value, r.err) {
				return
			}
		}
	}
}

// scanRows visits all rows of type t, of which there must be as many as the totals
// say. A row is the visitor's own.
func scanRows[R any](s *Store, r reader, t byte, visit func(key []byte, row *R) error) error {
	sums, err := s.readTotals(r)
	if err != nil {
		return err
	}
	c := r.scan([]byte{t})
	defer c.close()
	into := decoder[R]()
	n := 0
	for ; c.next(); n++ {
		var row R
		if err := s.value(c, into(&row)); err != nil {
			return err
		}
		if err := visit(c.key(), &row); err != nil {
			return err
		}
	}
	return s.count(n, sums.of(t), fmt.Sprintf("rows of type %q", t))
}

func (s *Store) value(c cursor, decode func([]byte) error) error {
	if err := c.value(decode); err != nil {
		return s.folder.damaged("row %q: %v", c.key(), err)
	}
	return nil
}

// count returns ErrDamaged if fewer, or more, rows were seen than there are.
func (s *Store) count(seen, want int, what string) error {
	if seen != want {
		return s.folder.damaged("%d of %d %s", seen, want, what)
	}
	return nil
}

// Articles returns all articles, by key. Like all sequences of a Store it shows
// the store as it was when the loop began; an error is the last element.
func (s *Store) Articles() iter.Seq2[graph.Article, error] {
	return sequence(s, func(r reader, _ *lens, emit func(graph.Article) error) error {
		return scanRows(s, r, rowArticle, func(_ []byte, row *articleRow) error { return emit(row.Article) })
	})
}

// Events returns all events, by article key and then in the order of the text.
func (s *Store) Events() iter.Seq2[graph.Event, error] {
	return aheadSequence(s, func(r reader, l *lens, emit func(graph.Event) error) error {
		copies, err := s.copyReader(r)
		if err != nil {
			return err
		}
		return scanRows(s, r, rowEvent, func(key []byte, e *graph.Event) error {
			k, ok := articleOf(key)
			if !ok {
				return s.folder.damaged("row %q", key)
			}
			if e.Copies, err = copies.of(k, e.Span); err != nil {
				return err
			}
			if err := l.event(e); err != nil {
				return err
			}
			return emit(*e)
		})
	})
}

// Actors returns all actors by id, with the mentions of all articles. Those that
// are judged to be one come once.
func (s *Store) Actors() iter.Seq2[graph.Actor, error] {
	return sequence(s, func(r reader, l *lens, emit func(graph.Actor) error) error {
		unnamed, err := l.unnamed()
		if err != nil {
			return err
		}
		emitUnnamed := func(before func(graph.ActorID) bool) error {
			for ; len(unnamed) > 0 && before(unnamed[0].ID); unnamed = unnamed[1:] {
				if err := emit(unnamed[0]); err != nil {
					return err
				}
			}
			return nil
		}
		err = scanRows(s, r, rowActor, func(_ []byte, row *actorRow) error {
			if err := emitUnnamed(func(id graph.ActorID) bool { return id < row.ID }); err != nil {
				return err
			}
			if l.canonical(row.ID) != row.ID {
				return nil // it comes with the one that it is
			}
			a, err := l.whole(row.Actor)
			if err != nil {
				return err
			}
			return emit(a)
		})
		if err != nil {
			return err
		}
		return emitUnnamed(func(graph.ActorID) bool { return true })
	})
}

// EventsOf returns the events that have id as source or target, by article key
// and then in the order of the text. An unknown actor has none.
func (s *Store) EventsOf(id graph.ActorID) iter.Seq2[graph.Event, error] {
	return eventsAt(s, func(l *lens) (heads [][]byte) {
		for _, member := range l.members(id) {
			heads = append(heads, actorEventsKey(member))
		}
		return heads
	})
}

// EventsBetween returns the events in which one of a and b is the source and the
// other the target, by article key and then in the order of the text.
func (s *Store) EventsBetween(a, b graph.ActorID) iter.Seq2[graph.Event, error] {
	return eventsAt(s, func(l *lens) (heads [][]byte) {
		both := l.canonical(a) != l.canonical(b)
		for _, x := range l.members(a) {
			for _, y := range l.members(b) {
				heads = append(heads, dyadEventsKey(graph.Dyad{Source: x, Target: y}))
				if both {
					heads = append(heads, dyadEventsKey(graph.Dyad{Source: y, Target: x}))
				}
			}
		}
		return heads
	})
}

// eventsAt is the sequence of the events that the lists with the given heads
// name, with the copies of their articles.
func eventsAt(s *Store, heads func(*lens) [][]byte) iter.Seq2[graph.Event, error] {
	return aheadSequence(s, func(r reader, l *lens, emit func(graph.Event) error) error {
		copies, err := s.copyReader(r)
		if err != nil {
			return err
		}
		return listed(s, r, rowEvent, func(p place, e graph.Event) error {
			if e.Copies, err = copies.of(p.article(), e.Span); err != nil {
				return err
			}
			if err := l.event(&e); err != nil {
				return err
			}
			return emit(e)
		}, heads(l)...)
	})
}

// AffiliationsOf returns the affiliations that have id as person or as
// organisation, by article key and then in the order of the text.
func (s *Store) AffiliationsOf(id graph.ActorID) iter.Seq2[graph.Affiliation, error] {
	return sequence(s, func(r reader, l *lens, emit func(graph.Affiliation) error) error {
		var heads [][]byte
		for _, member := range l.members(id) {
			heads = append(heads, actorRolesKey(member))
		}
		return listed(s, r, rowAffiliation, func(_ place, f graph.Affiliation) error {
			if err := l.affiliation(&f); err != nil {
				return err
			}
			return emit(f)
		}, heads...)
	})
}

// listed emits the rows of type t that the lists with the given heads name, by
// place, each once.
func listed[T any](s *Store, r reader, t byte, emit func(place, T) error, heads ...[]byte) error {
	into := decoder[T]()
	var open []*listCursor
	defer func() {
		for _, l := range open {
			l.cursor.close()
		}
	}()
	for _, head := range heads {
		l := &listCursor{store: s, head: head, cursor: r.scan(head)}
		open = append(open, l)
		if err := l.start(); err != nil {
			return err
		}
		if !l.more { // of many lists, most may be empty
			l.cursor.close()
			open = open[:len(open)-1]
		}
	}
	for {
		open = slices.DeleteFunc(open, func(l *listCursor) bool {
			done := !l.more && l.err == nil
			if done {
				l.cursor.close()
			}
			return done
		})
		if len(open) == 0 {
			return nil
		}
		first := slices.MinFunc(open, func(a, b *listCursor) int { return a.place.compare(b.place) })
		if first.err != nil {
			return first.err
		}
		var row T
		if err := s.must(r, first.place.key(t), into(&row)); err != nil {
			return err
		}
		at := first.place
		if err := emit(at, row); err != nil {
			return err
		}
		for _, l := range open {
			if l.more && l.place == at {
				l.advance()
			}
		}
	}
}

// listCursor goes through the entries of one list and counts them.
type listCursor struct {
	store  *Store
	head   []byte
	cursor cursor
	want   uint64 // entries, as the head says
	seen   uint64

	place place // of the entry it stands at, if more
	more  bool
	err   error
}

// start goes to the first entry. A list without a head is an empty one.
func (l *listCursor) start() error {
	if !l.cursor.next() {
		return nil
	}
	if string(l.cursor.key()) != string(l.head) {
		return l.store.folder.damaged("list %q has entries and no head", l.head)
	}
	if err := l.store.value(l.cursor, decodeCount(&l.want)); err != nil {
		return err
	}
	l.advance()
	return l.err
}

func (l *listCursor) advance() {
	if l.more = l.cursor.next(); l.more {
		l.seen++
		if l.place, l.more = entryPlace(l.head, l.cursor.key()); !l.more {
			l.err = l.store.folder.damaged("list %q has the entry %q", l.head, l.cursor.key())
		}
		return
	}
	l.err = l.store.count(int(l.seen), int(l.want), fmt.Sprintf("entries of list %q", l.head))
}

// Records returns everything that was put, article by article, by article key:
// the same records in whatever order they came. Actors are sorted by id. Records
// of copies have an Original and nothing but the article.
func (s *Store) Records() iter.Seq2[graph.Record, error] {
	return sequence(s, func(r reader, l *lens, emit func(graph.Record) error) error {
		sums, err := s.readTotals(r)
		if err != nil {
			return err
		}
		articles := r.scan([]byte{rowArticle})
		defer articles.close()
		mentions, events, affiliations := s.follow(r, rowMention), s.follow(r, rowEvent), s.follow(r, rowAffiliation)
		defer mentions.cursor.close()
		defer events.cursor.close()
		defer affiliations.cursor.close()
		originals := s.follow(r, rowOriginal)
		defer originals.cursor.close()
		copies, err := s.copyReader(r)
		if err != nil {
			return err
		}

		intoEvent := decoder[graph.Event]()
		n, nCopies := 0, 0
		for ; articles.next(); n++ {
			var row articleRow
			if err := s.value(articles, decode(&row)); err != nil {
				return err
			}
			k, ok := articleOf(articles.key())
			if !ok {
				return s.folder.damaged("row %q", articles.key())
			}
			rec := graph.Record{Article: row.Article, Sentences: row.Sentences}
			if rec.Actors, err = take(mentions, decoder[graph.Actor](), k, row.Actors); err != nil {
				return err
			}
			if rec.Events, err = take(events, intoEvent, k, row.Events); err != nil {
				return err
			}
			if rec.Affiliations, err = take(affiliations, decoder[graph.Affiliation](), k, row.Affiliations); err != nil {
				return err
			}
			if rec.Original, err = originals.original(k); err != nil {
				return err
			}
			if rec.Original != "" {
				nCopies++
			}
			for i := range rec.Events {
				if rec.Events[i].Copies, err = copies.of(k, rec.Events[i].Span); err != nil {
					return err
				}
			}
			if err := l.record(&rec); err != nil {
				return err
			}
			if err := emit(rec); err != nil {
				return err
			}
		}
		for _, f := range []*follower{mentions, events, affiliations, originals} {
			if f.more {
				return s.folder.damaged("row %q belongs to no article", f.cursor.key())
			}
		}
		if err := s.count(nCopies, sums.of(rowOriginal), "copies"); err != nil {
			return err
		}
		return s.count(n, sums.of(rowArticle), "articles")
	})
}

// follower goes through the rows of one type, alongside a scan of the articles.
type follower struct {
	store  *Store
	cursor cursor
	more   bool
}

func (s *Store) follow(r reader, t byte) *follower {
	c := r.scan([]byte{t})
	return &follower{s, c, c.next()}
}

// take returns the rows of article k, of which there must be want.
func take[T any](f *follower, into func(*T) func([]byte) error, k articleKey, want int) ([]T, error) {
	var rows []T
	for ; f.more; f.more = f.cursor.next() {
		of, ok := articleOf(f.cursor.key())
		if !ok || of != k {
			break
		}
		var row T
		if err := f.store.value(f.cursor, into(&row)); err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, f.store.count(len(rows), want, fmt.Sprintf("rows of article %s", k))
}

// original returns the key of the article that k repeats, or "". The follower is
// one of rows of type rowOriginal.
func (f *follower) original(k articleKey) (string, error) {
	if of, ok := articleOf(f.keyOrNil()); !ok || of != k {
		return "", nil
	}
	var original articleKey
	if err := f.store.value(f.cursor, decodeKey(&original)); err != nil {
		return "", err
	}
	f.more = f.cursor.next()
	return original.String(), nil
}

func (f *follower) keyOrNil() []byte {
	if !f.more {
		return nil
	}
	return f.cursor.key()
}

// NamesWithPrefix returns the names, and the single words of canonical names of
// several words, that begin with folded once they are folded (graph.Fold): by
// folded name or word, whole names first, then by id and name. The empty prefix
// gives all names. For a word, the entry's Name is the whole canonical name. An alias
// has its entries as a canonical name has.
//
// Unlike the other sequences it has no count to compare with.
func (s *Store) NamesWithPrefix(folded string) iter.Seq2[graph.NameEntry, error] {
	return sequence(s, func(r reader, l *lens, emit func(graph.NameEntry) error) error {
		index := l.names(folded, emit)
		c := r.scan(namePrefix(folded))
		defer c.close()
		for c.next() {
			_, kind, id, ok := parseNameKey(c.key())
			if !ok {
				return s.folder.damaged("row %q", c.key())
			}
			var names []string
			if err := s.value(c, decode(&names)); err != nil {
				return err
			}
			for _, name := range names {
				e := graph.NameEntry{Name: name, ID: id, Word: kind == wordName}
				if len(folded) > maxNameKey && !begins(e, folded) { // the key holds too little of it
					continue
				}
				if err := index.add(c.key(), e); err != nil {
					return err
				}
			}
		}
		return index.flush()
	})
}

// begins reports whether the name, or for a word entry one of its words, begins
// with folded.
func begins(e graph.NameEntry, folded string) bool {
	if !e.Word {
		return strings.HasPrefix(graph.Fold(e.Name), folded)
	}
	return slices.ContainsFunc(nameWords(e.Name), func(w string) bool { return strings.HasPrefix(w, folded) })
}

// Appearances returns which article names which actor, by article key and then
// by actor. It reads keys and no values.
func (s *Store) Appearances() iter.Seq2[graph.Appearance, error] {
	return sequence(s, func(r reader, l *lens, emit func(graph.Appearance) error) error {
		sums, err := s.readTotals(r)
		if err != nil {
			return err
		}
		emit, flush := l.appearances(emit)
		c := r.scan([]byte{rowMention})
		defer c.close()
		n := 0
		for ; c.next(); n++ {
			k, ok := articleOf(c.key())
			if !ok {
				return s.folder.damaged("row %q", c.key())
			}
			if err := emit(graph.Appearance{Article: k.String(), Actor: actorOf(c.key())}); err != nil {
				return err
			}
		}
		if err := flush(); err != nil {
			return err
		}
		return s.count(n, sums.of(rowMention), fmt.Sprintf("rows of type %q", rowMention))
	})
}

// needs returns an error for a store of a format before the first that has
// something.
func (s *Store) needs(format int, what string) error {
	if s.folder.format < format {
		return fmt.Errorf("store %s: %w: format %d does not have %s; make a new store of it with entente db migrate", s.folder.dir, ErrOldFormat, s.folder.format, what)
	}
	return nil
}

// oneByOne is the part of all events up to which reading them by their keys takes less
// time than reading all: a row by its key takes twice as long as the next one of a
// scan in a small store (BenchmarkEvents), and four times in one of a million events.
const oneByOne = 4

// EventsIn returns the events whose dates may lie between since and until, both
// inclusive (graph.Date.Within), of one category or, where it is "", of all, by article key
// and then in the order of the text. It reads no others, unless those are few.
func (s *Store) EventsIn(category string, since, until graph.Date) iter.Seq2[graph.Event, error] {
	all := func(yield func(graph.Event, error) bool) {
		for e, err := range s.Events() {
			if err == nil && (category != "" && e.Category != category || !e.Date.Within(since, until)) {
				continue
			}
			if !yield(e, err) {
				return
			}
		}
	}
	if s.folder.format < summed {
		return all
	}
	some := aheadSequence(s, func(r reader, l *lens, emit func(graph.Event) error) error {
		sums, err := s.readTotals(r)
		if err != nil {
			return err
		}
		var places []place
		most := max(1, sums.of(rowEvent)/oneByOne)
		err = s.dated(r, category, since, until, func(p place) error {
			if places = append(places, p); len(places) > most {
				return errMany
			}
			return nil
		})
		if err != nil {
			return err
		}
		return s.eventsIn(r, l, places, emit)
	})
	return func(yield func(graph.Event, error) bool) {
		for e, err := range some {
			if errors.Is(err, errMany) {
				all(yield)
				return
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// errMany ends the reading of an index because a scan of all will be faster.
var errMany = errors.New("many")

// eventsIn emits the events at the places, in their order. The places may be in any.
func (s *Store) eventsIn(r reader, l *lens, places []place, emit func(graph.Event) error) error {
	slices.SortFunc(places, place.compare)
	copies, err := s.copyReader(r)
	if err != nil {
		return err
	}
	into := decoder[graph.Event]()
	for _, p := range places {
		var e graph.Event
		if err := s.must(r, p.key(rowEvent), into(&e)); err != nil {
			return err
		}
		if e.Copies, err = copies.of(p.article(), e.Span); err != nil {
			return err
		}
		if err := l.event(&e); err != nil {
			return err
		}
		if err := emit(e); err != nil {
			return err
		}
	}
	return nil
}

// dated emits the places of the events of a category, or of all, with a date that
// may lie between two. A list that is gone through whole is counted.
func (s *Store) dated(r reader, category string, since, until graph.Date, emit func(place) error) error {
	head := []byte{rowDate}
	sums, err := s.readTotals(r)
	if err != nil {
		return err
	}
	want := uint64(sums.of(rowDate))
	if category != "" {
		head = categoryHead(category)
		if err := s.get(r, head, decodeCount(&want)); err != nil {
			if errors.Is(err, errNoRow) {
				return nil
			}
			return err
		}
	}
	c := r.scan(head)
	defer c.close()
	whole := since == "" && until == ""
	if since != "" { // a date of less precision may lie within too, and sorts before
		c.seek(append(slices.Clone(head), since[:min(len(since), len("2024"))]...))
	}
	n := 0
	for c.next() {
		if len(head) > 1 && len(c.key()) == len(head) {
			continue // the head itself
		}
		d, p, ok := entryDated(head, c.key())
		switch {
		case !ok:
			return s.folder.damaged("list %q has the entry %q", head, c.key())
		case until != "" && d[:min(len(d), len(until))] > until:
			return nil
		case d.Within(since, until):
			if err := emit(p); err != nil {
				return err
			}
		}
		n++
	}
	if whole {
		return s.count(n, int(want), fmt.Sprintf("entries of list %q", head))
	}
	return nil
}
