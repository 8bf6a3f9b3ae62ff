package store

import (
	"fmt"

	"entente/graph"
)

// Forgotten says what went with an article.
type Forgotten struct {
	Article      graph.Article
	Events       int // records
	Affiliations int
	// Uncopied are the copies of the article that had to be coded, since they have
	// no original any more.
	Uncopied int
}

// Forget removes the article with a key (graph.Article.Key), and with it exactly
// what only it supports: its events and affiliations, what it says of actors, and
// that it had replaced other versions, which may be ingested again. Copies of it
// become articles of their own, or copies of another one; code makes their
// records. The rest of the store is as if the article had never been there.
//
// It is one transaction. The error wraps ErrNotFound, or is one of Ingest's.
func (s *Store) Forget(key string, code Coder) (Forgotten, error) {
	var gone Forgotten
	k, err := parseArticleKey(key)
	if err != nil {
		return gone, fmt.Errorf("store %s: %w: %w", s.folder.dir, ErrNotFound, err)
	}
	err = s.change(func(p *put) error {
		p.code = func(a graph.Article) (graph.Record, error) {
			gone.Uncopied++
			return code(a)
		}
		n := p.node(k)
		if n == nil {
			if p.err == nil {
				return fmt.Errorf("store %s: article %s: %w", s.folder.dir, key, ErrNotFound)
			}
			return p.err
		}
		gone = Forgotten{Article: n.row.Article, Events: n.row.Events, Affiliations: n.row.Affiliations}
		p.forgetVersions(&n.row.Article)
		p.remove(n)
		p.settleAll()
		return p.err
	})
	return gone, err
}

// forgetVersions removes what says which versions an article has replaced.
func (p *put) forgetVersions(a *graph.Article) {
	address := a.Address()
	if address == "" || p.err != nil {
		return
	}
	head := replacedHead(address)
	var want uint64
	if !p.read(head, decodeCount(&want)) {
		return
	}
	keys := p.articlesIn(head)
	if p.err = p.store.count(len(keys), int(want), "replaced versions of "+address); p.err != nil {
		return
	}
	for _, k := range keys {
		p.leaveArticle(head, k)
	}
}

// articlesIn returns the entries of a list of articles.
func articlesIn(r reader, head []byte) []articleKey {
	c := r.scan(head)
	defer c.close()
	var keys []articleKey
	for c.next() {
		if k, ok := entryArticle(head, c.key()); ok {
			keys = append(keys, k)
		}
	}
	return keys
}

func (p *put) articlesIn(head []byte) []articleKey {
	if p.err != nil {
		return nil
	}
	return articlesIn(p.batch, head)
}
