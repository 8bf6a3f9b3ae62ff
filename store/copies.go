package store

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"sync"

	"entente/graph"
	"entente/internal/neardup"
)

// Which articles are copies of which is a function of the set of articles that
// were taken in with IngestOptions.Dedup. In the order of their ranks (day, of one
// day the longest first, then key), an article that says nothing but what an
// original before it says (neardup.Text.CopyOf), of at most copyDays days earlier or
// of an unknown day, is a copy of the first such; otherwise it is an original. Only
// originals have events. What a copy lacks of its original is kept with it, so that
// it is a mention of no event that it does not tell.
//
// An article that comes late can change what later ranks are: one that becomes an
// original makes copies of originals that repeat it, and one that is no
// original any more, or is removed, leaves its copies to be settled anew. Those
// are put into a queue by rank. What is settled depends on earlier ranks alone,
// so each is settled once. Nearly always the queue holds the new article alone.

const (
	// copyDays is how many days after an original a copy appears at most. A report
	// that comes back after longer is another one with the same words.
	copyDays = 7
	// maxCompared bounds the articles that one is compared with: those that have
	// the most bands in common with it. maxListed bounds those of one band that are
	// looked at. There are more only where hundreds of texts are made from one
	// template; a copy has most of its bands in common with its original.
	maxCompared = 10
	maxListed   = 100
)

// node is an article as it is stored, or is to be.
type node struct {
	key    articleKey
	rank   rank
	row    articleRow
	copyOf *articleKey // nil of an original
	text   *neardup.Text
	bands  []neardup.Band
	fresh  bool // not stored yet
}

// prepared keeps what was made of the words of articles that are soon to be taken in
// (Foresees), so that it is made once and by whoever has the time.
type prepared struct {
	mu    sync.Mutex
	nodes map[articleKey]*node
}

// maxPrepared bounds what is kept: a few articles for each worker of an ingest.
const maxPrepared = 64

// keep keeps the words of n.
func (p *prepared) keep(n *node) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.nodes == nil || len(p.nodes) >= maxPrepared {
		p.nodes = map[articleKey]*node{}
	}
	p.nodes[n.key] = n
}

// take gives n the words that were kept of it.
func (p *prepared) take(n *node) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if have := p.nodes[n.key]; have != nil && have.row.Body == n.row.Body {
		n.text, n.bands = have.text, have.bands
		delete(p.nodes, n.key)
	}
}

func newNode(k articleKey, row articleRow) *node {
	return &node{key: k, rank: rankOf(&row.Article, k), row: row}
}

func (n *node) words() *neardup.Text {
	if n.text == nil {
		n.text = neardup.Of(n.row.Body)
	}
	return n.text
}

// inBands returns the bands of the article, in the order of their keys.
func (n *node) inBands() []neardup.Band {
	if n.bands == nil {
		n.bands = n.words().Bands()
		slices.SortFunc(n.bands, func(a, b neardup.Band) int { return bytes.Compare(bandPrefix(a), bandPrefix(b)) })
	}
	return n.bands
}

// what says how the article stands in the index of bands.
func (n *node) what() byte {
	if n.copyOf != nil {
		return isCopy
	}
	return isOriginal
}

// copyOf is what an original's list says of a copy.
func copyOf(original, n *node) copyRow {
	a := n.row.Article
	row := copyRow{Copy: graph.Copy{Article: a.ID, Publisher: a.Publisher, Published: a.Published}}
	for _, s := range original.words().Lacks(n.words()) {
		row.Lacks = append(row.Lacks, graph.Span{Start: s[0], End: s[1]})
	}
	return row
}

// node returns the article with key k, or nil where there is none.
func (p *put) node(k articleKey) *node {
	if n := p.nodes[k]; n != nil || p.err != nil {
		return n
	}
	n, err := p.store.readNode(p.batch, k)
	if err != nil {
		p.err = err
	}
	if n != nil {
		p.nodes[k] = n
	}
	return n
}

// readNode is put.node.
func (s *Store) readNode(r reader, k articleKey) (*node, error) {
	var row articleRow
	err := s.get(r, ofArticle(rowArticle, k), decode(&row))
	if errors.Is(err, errNoRow) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	n := newNode(k, row)
	var original articleKey
	switch err := s.get(r, ofArticle(rowOriginal, k), decodeKey(&original)); {
	case err == nil:
		n.copyOf = &original
	case !errors.Is(err, errNoRow):
		return nil, err
	}
	return n, nil
}

// enter takes in an article that is not stored, and settles what it changes. It
// reports whether the article is a copy.
func (p *put) enter(k articleKey, a graph.Article, dedup bool) (isCopy bool) {
	a.Origin = ""
	n := newNode(k, articleRow{Article: a, Compared: dedup})
	n.fresh = true
	p.store.prepared.take(n)
	p.nodes[k] = n
	if key := addressRow(&a); key != nil {
		p.insert(key, k[:])
	}
	p.enterArticle(labelHead(a.ID), k)
	p.push(n.rank)
	p.settleAll()
	return n.copyOf != nil
}

// settleAll settles what is in the queue, and what comes into it meanwhile.
func (p *put) settleAll() {
	for len(p.queue) > 0 && p.err == nil {
		next := p.queue[0]
		p.queue = p.queue[1:]
		p.settle(p.known(next.key()))
	}
}

// known is node for an article that must be there.
func (p *put) known(k articleKey) *node {
	n := p.node(k)
	if n == nil {
		p.fail("article %s, which the index of copies names, is missing", k)
	}
	return n
}

func (p *put) push(r rank) {
	if i, found := slices.BinarySearchFunc(p.queue, r, rank.compare); !found {
		p.queue = slices.Insert(p.queue, i, r)
	}
}

// settle makes of an article what it is to be: a copy or an original.
func (p *put) settle(n *node) {
	if p.err != nil {
		return
	}
	// Before anything is written: a scan of a batch sorts what is in it.
	near := p.candidates(n)
	original := p.originalOf(n, near)
	switch {
	case p.err != nil:
	case original == nil && (n.fresh || n.copyOf != nil):
		p.makeOriginal(n, near)
	case original != nil && (n.copyOf == nil || *n.copyOf != original.key):
		p.makeCopy(n, original)
	}
}

// originalOf returns the first original before n that n is a copy of, or nil.
func (p *put) originalOf(n *node, near candidates) *node {
	for _, r := range near[isOriginal] {
		if r.compare(n.rank) > 0 {
			return nil
		}
		if other := p.known(r.key()); other != nil && n.words().CopyOf(other.words()) {
			return other
		}
	}
	return nil
}

// makeOriginal makes an original of a new article or of a copy. Whatever repeats
// it and comes after it is to be settled anew, but for copies of earlier ones.
func (p *put) makeOriginal(n *node, near candidates) {
	p.detach(n)
	r := p.record(n)
	if p.err != nil {
		return
	}
	n.row = articleRow{r.Article, r.Sentences, len(r.Actors), len(r.Events), len(r.Affiliations), n.row.Compared}
	p.addRecord(n.key, &r, n.row.Compared)
	p.index(n, p.insert)
	for what, ranks := range near {
		for _, later := range ranks {
			if later.compare(n.rank) < 0 {
				continue
			}
			other := p.known(later.key())
			if other == nil || !other.words().CopyOf(n.words()) {
				continue
			}
			if byte(what) == isCopy { // one whose original is gone is in the queue already
				if original := p.node(*other.copyOf); original != nil && original.rank.compare(n.rank) < 0 {
					continue
				}
			}
			p.push(later)
		}
	}
}

// record codes an article.
func (p *put) record(n *node) graph.Record {
	if p.err != nil {
		return graph.Record{}
	}
	r, err := p.code(n.row.Article)
	if err != nil {
		p.coded = fmt.Errorf("store %s: article %q: %w", p.store.folder.dir, n.row.ID, err)
		p.err = p.coded
		return r
	}
	r.Article = n.row.Article
	p.events = len(r.Events)
	if err := validate(&r); err != nil {
		p.err = p.store.invalid(r.Article.ID, err)
	}
	return r
}

// makeCopy makes a copy of original of n. If n was an original, its own copies
// are to be settled anew.
func (p *put) makeCopy(n, original *node) {
	p.detach(n)
	n.copyOf = &original.key
	n.row = articleRow{Article: n.row.Article, Compared: true}
	p.insertJSON(ofArticle(rowArticle, n.key), n.row)
	p.insert(ofArticle(rowOriginal, n.key), original.key[:])
	p.count(ofArticle(rowCopies, original.key), 1)
	p.insertJSON(copyKey(original.key, n.key), copyOf(original, n))
	p.index(n, p.insert)
}

// remove takes an article out of the store. Its copies are to be settled anew.
func (p *put) remove(n *node) {
	p.detach(n)
	if key := addressRow(&n.row.Article); key != nil {
		p.delete(key)
	}
	p.leaveArticle(labelHead(n.row.ID), n.key)
	delete(p.nodes, n.key)
}

// detach deletes the rows of a stored article, as a copy or an original, but for
// that of its address.
func (p *put) detach(n *node) {
	if n.fresh {
		n.fresh = false
		return
	}
	p.index(n, func(key, _ []byte) { p.delete(key) })
	if n.copyOf == nil {
		for _, k := range p.articlesIn(ofArticle(rowCopies, n.key)) {
			if c := p.known(k); c != nil {
				p.push(c.rank)
			}
		}
		p.removeRecord(n.key, n.row)
		return
	}
	p.delete(ofArticle(rowArticle, n.key))
	p.delete(ofArticle(rowOriginal, n.key))
	p.delete(copyKey(*n.copyOf, n.key))
	p.count(ofArticle(rowCopies, *n.copyOf), -1)
	n.copyOf = nil
}

// index applies f to the rows of an article in the index of bands.
func (p *put) index(n *node, f func(key, value []byte)) {
	if !n.row.Compared {
		return
	}
	for _, b := range n.inBands() {
		f(bandKey(b, n.what(), n.rank), nil)
	}
}

// candidates are the articles that one may repeat, or be repeated by, by rank: at isOriginal
// the originals, at isCopy the copies.
type candidates [2][]rank

func (p *put) candidates(n *node) (found candidates) {
	if p.err != nil || !n.row.Compared {
		return found
	}
	found, p.err = p.store.candidates(p.batch, n)
	return found
}

// candidates returns the articles that have a band in common with n and a day
// near its own, without n itself.
func (s *Store) candidates(r reader, n *node) (found candidates, err error) {
	c := r.scan([]byte{rowBand})
	defer c.close()
	for _, b := range n.inBands() {
		if err := s.listBand(c, b, n.rank, &found); err != nil {
			return found, err
		}
	}
	for what := range found {
		found[what] = nearest(found[what])
	}
	return found, nil
}

// nearest returns the ranks that stand most often in a list, in their order.
func nearest(list []rank) []rank {
	slices.SortFunc(list, rank.compare)
	times := map[rank]int{}
	for _, r := range list {
		times[r]++
	}
	list = slices.Compact(list)
	if len(list) > maxCompared {
		slices.SortStableFunc(list, func(a, b rank) int { return cmp.Compare(times[b], times[a]) })
		list = list[:maxCompared]
		slices.SortFunc(list, rank.compare)
	}
	return list
}

func (s *Store) listBand(c cursor, b neardup.Band, not rank, found *candidates) error {
	prefix := bandPrefix(b)
	c.seek(prefix)
	for seen := 0; seen < maxListed && c.next() && bytes.HasPrefix(c.key(), prefix); seen++ {
		what, other, ok := bandEntry(c.key())
		if !ok {
			return s.folder.damaged("row %q", c.key())
		}
		if other != not && near(other.day(), not.day()) {
			found[what] = append(found[what], other)
		}
	}
	return nil
}

// near reports whether two days are so near that one can be that of a copy.
func near(a, b uint32) bool {
	return a == unknownDay || b == unknownDay || max(a, b)-min(a, b) <= copyDays
}

// Foresees reports whether Ingest would most likely not code the article: it is
// stored, or was replaced, or is a copy of another one. What cannot be told is
// false. It is a hint that saves work; Ingest decides.
func (s *Store) Foresees(a graph.Article, dedup bool) bool {
	k, err := parseArticleKey(a.Key())
	if err != nil {
		return false
	}
	foreseen := false
	err = s.view(func(r reader) error {
		old, err := s.readNode(r, k)
		if err != nil || old != nil {
			_, changed := joined(nodeArticle(old), a)
			foreseen = old != nil && !changed
			return err
		}
		if foreseen, err = s.isReplaced(r, &a, k); foreseen || err != nil {
			return err
		}
		if dedup {
			n := newNode(k, articleRow{Article: a, Compared: true})
			if foreseen, err = s.hasOriginal(r, n); !s.readOnly {
				s.prepared.keep(n)
			}
		}
		return err
	})
	return foreseen && err == nil
}

func nodeArticle(n *node) graph.Article {
	if n == nil {
		return graph.Article{}
	}
	return n.row.Article
}

// hasOriginal is put.originalOf for an article that is not stored.
func (s *Store) hasOriginal(r reader, n *node) (bool, error) {
	found, err := s.candidates(r, n)
	for _, other := range found[isOriginal] {
		if err != nil || other.compare(n.rank) > 0 {
			break
		}
		var original *node
		if original, err = s.readNode(r, other.key()); original != nil && n.words().CopyOf(original.words()) {
			return true, nil
		}
	}
	return false, err
}

// copyReader looks up the copies of the articles that events belong to. It keeps
// those of the last one, since events of one article come together.
type copyReader struct {
	store *Store
	r     reader
	none  bool // the store has no copies at all
	last  articleKey
	read  bool // last is set
	all   []copyRow
}

func (s *Store) copyReader(r reader) (*copyReader, error) {
	sums, err := s.readTotals(r)
	return &copyReader{store: s, r: r, none: sums.of(rowOriginal) == 0}, err
}

// of returns the copies of article k that have what stands at span of its body,
// by day, publisher and id. Callers share the slices.
func (c *copyReader) of(k articleKey, span graph.Span) ([]graph.Copy, error) {
	all, err := c.get(k)
	var have []graph.Copy
	for _, one := range all {
		if !one.lacks(span) {
			have = append(have, one.Copy)
		}
	}
	return have, err
}

// get returns the copies of article k by day, publisher and id.
func (c *copyReader) get(k articleKey) ([]copyRow, error) {
	if c.none || c.read && k == c.last {
		return c.all, nil
	}
	c.all, c.last, c.read = nil, k, true
	head := ofArticle(rowCopies, k)
	var want uint64
	if err := c.store.get(c.r, head, decodeCount(&want)); err != nil {
		if errors.Is(err, errNoRow) {
			err = nil
		}
		return nil, err
	}
	cursor := c.r.scan(head)
	defer cursor.close()
	for cursor.next() {
		if len(cursor.key()) == len(head) {
			continue
		}
		var one copyRow
		if err := c.store.value(cursor, decode(&one)); err != nil {
			return nil, err
		}
		c.all = append(c.all, one)
	}
	slices.SortFunc(c.all, func(a, b copyRow) int { return graph.CompareCopies(a.Copy, b.Copy) })
	return c.all, c.store.count(len(c.all), int(want), fmt.Sprintf("copies of article %s", k))
}
