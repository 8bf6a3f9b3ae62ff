package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"entente/graph"
)

// Loss is one thing that a repair could not take over.
type Loss struct {
	Article string `json:"article,omitempty"` // its id, where its row is left
	Key     string `json:"key,omitempty"`     // of an article
	Row     string `json:"row,omitempty"`     // of another row, in words
	Reason  string `json:"reason"`
	// Text is what is left of an article whose row is whole: it can be ingested.
	Text *graph.Article `json:"-"`
}

// Repaired says what a repair did.
type Repaired struct {
	Kept int // articles
	Lost int // articles and rows that were passed to lost
	// Totals is how many articles the damaged store counted, -1 where that row is
	// lost. What is neither kept nor lost has left no trace.
	Totals int
	Damage []Fault // of files

	lostArticles int
}

// Repair makes a store in the folder to, which must be missing or empty, of what is
// whole in the one in dir: of the rows in all blocks that can be read, the articles
// of which no row is missing, and all that follows from them. It passes to lost
// what it could not take over: articles, by key, and rows that stand alone.
// It changes nothing in dir, and needs no Badger to read it.
//
// Memory is bounded but for some 60 bytes an article. The error wraps ErrNotStore,
// ErrLocked, ErrFormat, ErrOldFormat or ErrNotVacant.
func Repair(ctx context.Context, dir, to string, lost func(Loss) error) (Repaired, error) {
	done := Repaired{Totals: -1}
	f, err := openFolder(dir, false, false, patience)
	switch {
	case errors.Is(err, ErrDamaged), errors.Is(err, ErrNotStore) && IsStore(dir):
		done.Damage = append(done.Damage, Fault{"files", markerName, err.Error()})
		f = &folder{dir: dir, format: Format}
	case err != nil:
		return done, err
	default:
		defer f.unlock()
	}
	if err := f.checkReadable(); err != nil {
		return done, err
	}
	if f.format != Format {
		return done, fmt.Errorf("store %s: %w: format %d is not repaired, format %d is; repair it with the version that wrote it", dir, ErrOldFormat, f.format, Format)
	}
	for _, err := range f.checkFiles() {
		done.Damage = append(done.Damage, Fault{Step: "files", Text: err.Error()})
	}
	tables, logs, err := f.live()
	if err != nil {
		return done, err
	}
	rows := openSalvaged(dir, tables, logs, func(file string, err error) {
		done.Damage = append(done.Damage, Fault{"files", file, err.Error()})
	})
	defer rows.release()
	var sums totals
	if rows.get(keyTotals, decode(&sums)) == nil {
		done.Totals = sums.of(rowArticle)
	}
	r := &repair{rows: rows, left: map[articleKey]Loss{}, kept: map[articleKey]bool{}}
	err = build(to, func(s *Store) error { return r.fill(ctx, s) })
	done.Kept, done.Lost, done.lostArticles = len(r.kept), len(r.left)+len(r.alone), len(r.left)
	if err != nil {
		return done, err
	}
	return done, r.tell(lost)
}

type repair struct {
	rows  *salvaged
	left  map[articleKey]Loss // articles that are not taken over
	kept  map[articleKey]bool
	alone []Loss
}

func (r *repair) fill(ctx context.Context, s *Store) error {
	err := s.rebuild(ctx, r.rows, leftOut{
		doubt: r.doubt,
		article: func(a *stored, why error) error {
			r.left[a.key] = Loss{Article: a.row.ID, Key: a.key.String(), Reason: why.Error()}
			return nil
		},
		row: func(key []byte, why error) error {
			r.alone = append(r.alone, Loss{Row: keyWords(key), Reason: why.Error()})
			return nil
		},
	})
	if err != nil {
		return err
	}
	if err := s.view(func(now reader) error {
		c := now.scan([]byte{rowArticle})
		defer c.close()
		for c.next() {
			if k, ok := articleOf(c.key()); ok {
				r.kept[k] = true
				delete(r.left, k) // it was in doubt, and nothing else took its place
			}
		}
		return nil
	}); err != nil {
		return err
	}
	return r.traces(s)
}

// doubt returns an error for an article that may seem whole and is not: where a row
// is lost, an older one of its key can come to light. So a version that was replaced may
// seem to stand, a copy to be an original without events, and rows of what an
// article was before it was joined to another to be its own.
func (r *repair) doubt(a *stored) error {
	if address := addressRow(&a.row.Article); address != nil {
		var at articleKey
		if err := r.rows.get(address, decodeKey(&at)); err == nil && at != a.key && r.has(ofArticle(rowArticle, at)) {
			return errTaken
		}
	}
	for _, e := range a.record.Events {
		if e.Published != a.row.Published || e.Publisher != a.row.Publisher {
			return errMixed
		}
	}
	if a.original != nil || !a.row.Compared || a.row.Sentences > 0 {
		return nil
	}
	n := newNode(a.key, a.row)
	bands := n.words().Bands()
	for _, b := range bands {
		if r.has(bandKey(b, isOriginal, n.rank)) {
			return nil
		}
	}
	if len(bands) > 0 {
		return errNoOriginal
	}
	return nil
}

func (r *repair) has(key []byte) bool {
	return r.rows.get(key, func([]byte) error { return nil }) == nil
}

// traces finds articles of which nothing but rows of indexes is left, and takes those
// out of the lost that were replaced: what is left of them is older.
func (r *repair) traces(s *Store) error {
	c := r.rows.scan(nil)
	defer c.close()
	for c.next() {
		for _, k := range articlesOf(c.key()) {
			if _, known := r.left[k]; !known && !r.kept[k] {
				r.left[k] = Loss{Key: k.String(), Reason: "nothing but its rows in the indexes is left"}
			}
		}
	}
	return s.view(func(now reader) error {
		c := now.scan([]byte{rowReplaced})
		defer c.close()
		for c.next() {
			if k, ok := entryArticle(c.key()[:headOfKey(c.key())], c.key()); ok {
				delete(r.left, k)
			}
		}
		return nil
	})
}

// articlesOf returns the articles whose rows the row with a key is, or which it
// lists.
func articlesOf(key []byte) []articleKey {
	rt := rowTypeOf(key)
	if rt == nil {
		return nil
	}
	if _, _, ok := rt.words(key); !ok {
		return nil
	}
	var k articleKey
	switch rt.t {
	case rowMention, rowEvent, rowAffiliation, rowArticle, rowOriginal:
		copy(k[:], key[1:])
	case rowCopies:
		copy(k[:], key[1:])
		if len(key) > 1+articleKeyLen {
			return []articleKey{k, articleKey(key[1+articleKeyLen:])}
		}
	case rowBand:
		copy(k[:], key[len(key)-articleKeyLen:])
	case rowLabel:
		if len(key) == rt.head(key) {
			return nil
		}
		copy(k[:], key[len(key)-articleKeyLen:])
	case rowDate:
		copy(k[:], key[len(key)-placeLen:])
	case rowActorEvents, rowDyadEvents, rowActorRoles, rowCategory:
		if len(key) == rt.head(key) {
			return nil
		}
		copy(k[:], key[len(key)-placeLen:])
	default:
		return nil
	}
	return []articleKey{k}
}

// tell passes on what is lost: articles by key, with their texts, and then rows.
func (r *repair) tell(lost func(Loss) error) error {
	r.rows.older = true // the text is part of the key: an older row has the same
	for _, k := range slices.SortedFunc(maps.Keys(r.left), func(a, b articleKey) int { return bytes.Compare(a[:], b[:]) }) {
		loss := r.left[k]
		var row articleRow
		if err := r.rows.get(ofArticle(rowArticle, k), decode(&row)); err == nil && row.Key() == k.String() {
			loss.Text = &row.Article
		}
		if err := lost(loss); err != nil {
			return err
		}
	}
	for _, loss := range r.alone {
		if err := lost(loss); err != nil {
			return err
		}
	}
	return nil
}

// Untraced returns how many of the articles that the damaged store counted are
// neither kept nor lost, as far as it is known.
func (r *Repaired) Untraced() int {
	if r.Totals < 0 {
		return 0
	}
	return max(0, r.Totals-r.Kept-r.lostArticles)
}
