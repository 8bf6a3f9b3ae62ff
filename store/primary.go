package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"entente/graph"
)

// The primary rows of a store are those of articles (rowArticle), of what they
// yield (rowMention, rowEvent, rowAffiliation), of which is whose copy
// (rowOriginal), and the rowTypes that are alone. All others follow from them.

// primary are the primary rows of one article, as they are stored.
type primary struct {
	key          articleKey
	article      []byte // nil where the row is missing
	actors       []row  // by id
	events       []row  // by ordinal, as affiliations
	affiliations []row
	original     *articleKey // of a copy
}

// row is a key and its value.
type row struct{ key, value []byte }

// readPrimary passes the primary rows of each article to emit, by article key.
// Rows that belong to no article come with a nil article.
func readPrimary(r reader, emit func(*primary) error) error {
	var of [5]*following
	for i, t := range []byte{rowArticle, rowMention, rowEvent, rowAffiliation, rowOriginal} {
		of[i] = &following{cursor: r.scan([]byte{t})}
		defer of[i].cursor.close()
		of[i].next()
	}
	for {
		var first *following
		for _, f := range of {
			if f.more && (first == nil || bytes.Compare(f.article[:], first.article[:]) < 0) {
				first = f
			}
		}
		if first == nil {
			return nil
		}
		p := &primary{key: first.article}
		var articles, originals []row
		for i, rows := range []*[]row{&articles, &p.actors, &p.events, &p.affiliations, &originals} {
			of[i].take(p.key, rows)
		}
		if len(articles) > 0 {
			p.article = articles[0].value
		}
		if len(originals) > 0 {
			p.original = new(articleKey)
			copy(p.original[:], originals[0].value)
		}
		if err := emit(p); err != nil {
			return err
		}
	}
}

// following goes through the rows of one type alongside others.
type following struct {
	cursor  cursor
	article articleKey // of the row it stands at
	more    bool
}

// next goes to the next row with a key that holds an article's key.
func (f *following) next() {
	for ok := false; !ok; {
		if f.more = f.cursor.next(); !f.more {
			return
		}
		f.article, ok = articleOf(f.cursor.key())
	}
}

// take moves the rows of article k to rows. A value that cannot be read is left out.
func (f *following) take(k articleKey, rows *[]row) {
	for ; f.more && f.article == k; f.next() {
		one := row{key: bytes.Clone(f.cursor.key())}
		err := f.cursor.value(func(v []byte) error {
			one.value = append([]byte{}, v...)
			return nil
		})
		if err == nil {
			*rows = append(*rows, one)
		}
	}
}

// stored is an article as its primary rows tell it.
type stored struct {
	key      articleKey
	row      articleRow
	record   graph.Record
	original *articleKey
}

// errIncomplete: rows of an article are missing.
var errIncomplete = errors.New("rows are missing")

// decode reads the rows. The error says what is missing or wrong; whatever it is, row is what
// the article's own row says, if that can be read.
func (p *primary) decode() (a *stored, err error) {
	a = &stored{key: p.key, original: p.original}
	if p.article == nil {
		return a, fmt.Errorf("%w: that of the article", errIncomplete)
	}
	if err := json.Unmarshal(p.article, &a.row); err != nil {
		a.row = articleRow{}
		return a, fmt.Errorf("its row cannot be read: %w", err)
	}
	a.record = graph.Record{Article: a.row.Article, Sentences: a.row.Sentences}
	if a.record.Actors, err = decodeRows[graph.Actor](p.actors, a.row.Actors, "actors"); err != nil {
		return a, err
	}
	for i := range a.record.Actors {
		if key := mentionKey(p.key, a.record.Actors[i].ID); !bytes.Equal(key, p.actors[i].key) {
			return a, fmt.Errorf("the row of an actor names %q and is that of another", a.record.Actors[i].ID)
		}
	}
	if a.record.Events, err = decodePlaces[graph.Event](p.events, p.key, rowEvent, a.row.Events, "events"); err != nil {
		return a, err
	}
	a.record.Affiliations, err = decodePlaces[graph.Affiliation](p.affiliations, p.key, rowAffiliation, a.row.Affiliations, "affiliations")
	return a, err
}

// decodeKeyed is decode for a store of this format, in which an article's key
// follows from the article.
func (p *primary) decodeKeyed() (*stored, error) {
	a, err := p.decode()
	if err == nil && a.row.Key() != p.key.String() {
		err = fmt.Errorf("its row is that of article %s", a.row.Key())
	}
	return a, err
}

func decodeRows[T any](rows []row, want int, what string) ([]T, error) {
	if len(rows) != want {
		return nil, fmt.Errorf("%w: %d of %d %s", errIncomplete, len(rows), want, what)
	}
	if want == 0 {
		return nil, nil
	}
	all := make([]T, want)
	for i := range rows {
		if err := json.Unmarshal(rows[i].value, &all[i]); err != nil {
			return nil, fmt.Errorf("one of its %s cannot be read: %w", what, err)
		}
	}
	return all, nil
}

// decodePlaces is decodeRows for rows with ordinals, which must be those from 0.
func decodePlaces[T any](rows []row, k articleKey, t byte, want int, what string) ([]T, error) {
	for i := range rows {
		if !bytes.Equal(rows[i].key, placeOf(k, i).key(t)) {
			return nil, fmt.Errorf("%w: number %d of %d %s", errIncomplete, i, want, what)
		}
	}
	return decodeRows[T](rows, want, what)
}
