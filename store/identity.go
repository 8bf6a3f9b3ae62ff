package store

import (
	"errors"

	"entente/graph"
)

// take decides what an article is by its key and its address:
//
//   - Its key is there. The two are one article, of which the smaller non-empty
//     day, publisher and URL and the smaller id are kept, so that the order does
//     not matter.
//   - Its key is noted as that of a version that was replaced. Nothing changes, so
//     that an ingest can be repeated.
//   - Another article stands at its address. It takes that one's place and what
//     only that one supported goes, if it supersedes it; else it is noted as an
//     older version.
//   - None of these. It is new.
func (p *put) take(a graph.Article, dedup bool) Outcome {
	k, err := parseArticleKey(a.Key())
	if err != nil {
		p.err = err
		return 0
	}
	if old := p.node(k); old != nil {
		p.merge(old, a)
		return Duplicate
	}
	if p.err != nil || p.isReplaced(&a, k) {
		return Duplicate
	}
	outcome := Added
	if at, there := p.reference(addressRow(&a)); there {
		old := p.node(at)
		switch {
		case old == nil:
			p.fail("article %s, which an address names, is missing", at)
			return 0
		case !supersedes(&a, &old.row.Article):
			p.enterArticle(replacedHead(a.Address()), k)
			return Duplicate
		}
		outcome = Replaced
		p.remove(old)
		p.enterArticle(replacedHead(a.Address()), at)
	}
	copied := p.enter(k, a, dedup)
	if copied && outcome == Added {
		outcome = Copied
	}
	return outcome
}

// supersedes reports whether a takes the place of old, which has the same
// address: unless its day is earlier, or its text less than half as long (a feed
// has the first lines of a report under the address of the whole).
func supersedes(a, old *graph.Article) bool {
	if a.Published != "" && old.Published != "" && a.Published < old.Published {
		return false
	}
	return 2*len(a.Body) >= len(old.Body)
}

// joined returns what is kept of two articles with one key, and whether more of
// it than the id differs from old.
func joined(old, a graph.Article) (kept graph.Article, changed bool) {
	kept = old
	if smallest(a.Published, old.Published) != old.Published {
		kept = a // with what else is known of its day
	}
	if a.Published == old.Published {
		kept.DateFrom = min(a.DateFrom, old.DateFrom)
	}
	kept.ID = smallest(old.ID, a.ID)
	kept.Publisher = smallest(old.Publisher, a.Publisher)
	kept.URL = smallest(old.URL, a.URL)
	kept.Origin = ""
	return kept, kept.Published != old.Published || kept.Publisher != old.Publisher || kept.URL != old.URL
}

// merge joins a to the article that is stored under its key.
func (p *put) merge(old *node, a graph.Article) {
	kept, changed := joined(old.row.Article, a)
	switch {
	case changed: // its events bear its day and publisher
		compared := old.row.Compared
		p.remove(old)
		p.enter(old.key, kept, compared)
	case kept.ID != old.row.ID || kept.DateFrom != old.row.DateFrom:
		p.relabel(old, kept.ID, kept.DateFrom)
	}
}

// relabel gives a stored article, its events and its affiliations another id, and the article
// the source of its date that goes with it.
func (p *put) relabel(n *node, id string, from graph.DateSource) {
	if id != n.row.ID {
		p.leaveArticle(labelHead(n.row.ID), n.key)
		p.enterArticle(labelHead(id), n.key)
	}
	n.row.ID, n.row.DateFrom = id, from
	p.setJSON(ofArticle(rowArticle, n.key), n.row)
	for i, e := range ordered[graph.Event](p, n.key, rowEvent, n.row.Events) {
		e.Article = id
		p.setJSON(placeOf(n.key, i).key(rowEvent), e)
	}
	for i, f := range ordered[graph.Affiliation](p, n.key, rowAffiliation, n.row.Affiliations) {
		f.Article = id
		p.setJSON(placeOf(n.key, i).key(rowAffiliation), f)
	}
	if n.copyOf == nil {
		return
	}
	if original := p.known(*n.copyOf); original != nil {
		p.setJSON(copyKey(original.key, n.key), copyOf(original, n))
	}
}

// addressRow returns the key of the row of an article's address, or nil.
func addressRow(a *graph.Article) []byte {
	if address := a.Address(); address != "" {
		return addressKey(address)
	}
	return nil
}

// isReplaced reports whether a was replaced by what stands at its address, or came
// later than a newer version.
func (p *put) isReplaced(a *graph.Article, k articleKey) bool {
	if p.err != nil {
		return false
	}
	replaced, err := p.store.isReplaced(p.batch, a, k)
	p.err = err
	return replaced
}

// isReplaced is put.isReplaced.
func (s *Store) isReplaced(r reader, a *graph.Article, k articleKey) (bool, error) {
	address := a.Address()
	if address == "" {
		return false, nil
	}
	err := s.get(r, articleEntry(replacedHead(address), k), func([]byte) error { return nil })
	if errors.Is(err, errNoRow) {
		return false, nil
	}
	return err == nil, err
}

// reference reads a row that holds an article's key.
func (p *put) reference(key []byte) (k articleKey, there bool) {
	if p.err != nil || key == nil {
		return k, false
	}
	err := p.store.get(p.batch, key, decodeKey(&k))
	if err != nil && !errors.Is(err, errNoRow) {
		p.err = err
	}
	return k, err == nil
}

func (p *put) fail(format string, args ...any) {
	if p.err == nil {
		p.err = p.store.folder.damaged(format, args...)
	}
}
