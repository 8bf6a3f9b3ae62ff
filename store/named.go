package store

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"sort"
	"time"

	"entente/graph"
)

// WithID returns the articles with an id (graph.Article.ID), by key. A store of
// an older format is searched whole.
func (s *Store) WithID(id string) (found []graph.Article, err error) {
	if s.folder.format < summed {
		for a, err := range s.Articles() {
			if err != nil {
				return nil, err
			}
			if a.ID == id {
				found = append(found, a)
			}
		}
		return found, nil
	}
	err = s.view(func(r reader) error {
		keys, err := s.keysWithID(r, id)
		for _, k := range keys {
			var row articleRow
			if err := s.must(r, ofArticle(rowArticle, k), decode(&row)); err != nil {
				return err
			}
			found = append(found, row.Article)
		}
		return err
	})
	return found, err
}

func (s *Store) keysWithID(r reader, id string) ([]articleKey, error) {
	return s.listedArticles(r, labelHead(id), fmt.Sprintf("articles with the id %q", id))
}

// listedArticles returns the entries of a list of articles, which may be none.
func (s *Store) listedArticles(r reader, head []byte, what string) ([]articleKey, error) {
	var want uint64
	if err := s.get(r, head, decodeCount(&want)); err != nil {
		if errors.Is(err, errNoRow) {
			return nil, nil
		}
		return nil, err
	}
	keys := articlesIn(r, head)
	return keys, s.count(len(keys), int(want), what)
}

// RecordsNamed returns the records of the articles that have an id or a key, and
// those of their copies, each once. Of a store of an older format it returns all.
func (s *Store) RecordsNamed(idOrKey string) iter.Seq2[graph.Record, error] {
	if s.folder.format < summed {
		return s.Records()
	}
	return sequence(s, func(r reader, l *lens, emit func(graph.Record) error) error {
		keys, err := s.keysWithID(r, idOrKey)
		if err != nil {
			return err
		}
		if k, err := parseArticleKey(idOrKey); err == nil {
			keys = append(keys, k)
		}
		for _, k := range slices.Clone(keys) {
			copies, err := s.listedArticles(r, ofArticle(rowCopies, k), fmt.Sprintf("copies of article %s", k))
			if err != nil {
				return err
			}
			keys = append(keys, copies...)
		}
		slices.SortFunc(keys, articleKey.compare)
		for _, k := range slices.Compact(keys) {
			n, err := s.readNode(r, k)
			if err != nil {
				return err
			}
			if n == nil {
				continue // no article has that key
			}
			rec, err := s.recordOf(r, n)
			if err != nil {
				return err
			}
			if err := l.record(&rec); err != nil {
				return err
			}
			if err := emit(rec); err != nil {
				return err
			}
		}
		return nil
	})
}

// recordOf returns the record of an article, before judgements.
func (s *Store) recordOf(r reader, n *node) (rec graph.Record, err error) {
	k := n.key
	rec = graph.Record{Article: n.row.Article, Sentences: n.row.Sentences}
	if n.copyOf != nil {
		rec.Original = n.copyOf.String()
	}
	if rec.Actors, err = rowsOfArticle[graph.Actor](s, r, ofArticle(rowMention, k), n.row.Actors); err != nil {
		return rec, err
	}
	if rec.Events, err = rowsOfArticle[graph.Event](s, r, ofArticle(rowEvent, k), n.row.Events); err != nil {
		return rec, err
	}
	if rec.Affiliations, err = rowsOfArticle[graph.Affiliation](s, r, ofArticle(rowAffiliation, k), n.row.Affiliations); err != nil {
		return rec, err
	}
	copies, err := s.copyReader(r)
	for i := range rec.Events {
		if err == nil {
			rec.Events[i].Copies, err = copies.of(k, rec.Events[i].Span)
		}
	}
	return rec, err
}

// rowsOfArticle reads all rows with a prefix, of which there must be so many.
func rowsOfArticle[T any](s *Store, r reader, prefix []byte, want int) (rows []T, err error) {
	c := r.scan(prefix)
	defer c.close()
	for c.next() {
		var one T
		if err := s.value(c, decode(&one)); err != nil {
			return nil, err
		}
		rows = append(rows, one)
	}
	return rows, s.count(len(rows), want, fmt.Sprintf("rows of type %q of article %x", prefix[0], prefix[1:]))
}

// NewestDay returns the latest day of an asserted event that is dated to the day
// and not after its article was published, or "". It looks at the days from the last
// one that an event has.
func (s *Store) NewestDay() (newest graph.Date, err error) {
	if s.folder.format < summed {
		for e, err := range s.Events() {
			if err != nil {
				return "", err
			}
			if hasHappened(&e) {
				newest = max(newest, e.Date)
			}
		}
		return newest, nil
	}
	err = s.view(func(r reader) error {
		c := r.scan([]byte{rowDate})
		defer c.close()
		for day := s.lastDay(c, lastOfDays+1); day >= 0; day = s.lastDay(c, day) {
			date := dayNumber(day)
			if is, err := s.happenedOn(r, c, date); is || err != nil {
				newest = date
				return err
			}
		}
		return nil
	})
	return newest, err
}

// hasHappened reports whether an event is one that NewestDay counts.
func hasHappened(e *graph.Event) bool {
	return e.Status == graph.Asserted && len(e.Date) == dateLen && (e.Published == "" || e.Date <= e.Published)
}

// Days are numbered from the first that a date can name.
var (
	firstDay   = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	lastOfDays = int(time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC).Unix()-firstDay.Unix()) / (24 * 60 * 60)
)

func dayNumber(n int) graph.Date { return graph.DateOf(firstDay.AddDate(0, 0, n)) }

// lastDay returns the number of the last day before another of which the list by
// date has an entry, or of a month or year that has one, or -1. It is a binary
// search of some twenty steps.
func (s *Store) lastDay(c cursor, before int) int {
	// hasFrom reports whether an entry has a day from n on and before the other.
	hasFrom := func(n int) bool {
		c.seek(append([]byte{rowDate}, dayNumber(n)...))
		if !c.next() {
			return false
		}
		d, _, ok := entryDated([]byte{rowDate}, c.key())
		return ok && (before > lastOfDays || d < dayNumber(before))
	}
	return sort.Search(before, func(n int) bool { return !hasFrom(n) }) - 1
}

// happenedOn reports whether an event of a day is one that NewestDay counts.
func (s *Store) happenedOn(r reader, c cursor, day graph.Date) (bool, error) {
	c.seek(append([]byte{rowDate}, day...))
	for c.next() {
		d, p, ok := entryDated([]byte{rowDate}, c.key())
		if !ok || d != day {
			break
		}
		var e graph.Event
		if err := s.must(r, p.key(rowEvent), decode(&e)); err != nil {
			return false, err
		}
		if hasHappened(&e) {
			return true, nil
		}
	}
	return false, nil
}
