package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"entente/graph"
)

// Migrate makes a store of this format in the folder to, which must be missing or
// empty, of the one in dir, of any format that is known. What is in dir stays as it
// is. The error is that of Open, or wraps ErrNotVacant.
//
// In format 1 the day was part of an article's key and its address was not: what
// are one article now, or versions of one, become one, as if they were ingested in
// the order of the old keys.
func Migrate(ctx context.Context, dir, to string) error {
	if err := checkVacant(to); err != nil {
		return err
	}
	old, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		return err
	}
	err = build(to, func(s *Store) error {
		return old.view(func(r reader) error {
			if old.folder.format == 1 {
				return s.takeInAll(ctx, r)
			}
			return s.takeOver(ctx, r)
		})
	})
	return errors.Join(err, old.Close())
}

// takeOver rebuilds a store of format 2. It had a row for each version that was
// replaced, with the article that took its place: the list of those at an address.
func (s *Store) takeOver(ctx context.Context, r reader) error {
	var replaced []articleKey
	out := refuse
	out.row = func(key []byte, why error) error {
		if k, ok := articleOf(key); ok && key[0] == rowReplaced && len(key) == 1+articleKeyLen {
			replaced = append(replaced, k)
			return nil
		}
		return refuse.row(key, why)
	}
	if err := s.rebuild(ctx, r, out); err != nil {
		return err
	}
	for some := range slices.Chunk(replaced, perCommit) {
		if err := s.change(func(p *put) error { return p.takeReplaced(r, some) }); err != nil {
			return err
		}
	}
	return nil
}

// maxVersions bounds a chain of versions, of which each took the place of the last.
const maxVersions = 10_000

// takeReplaced enters versions that were replaced in the lists of their addresses.
func (p *put) takeReplaced(old reader, versions []articleKey) error {
	for _, k := range versions {
		by := k // or what took the place of what took its place
		for range maxVersions {
			if old.get(ofArticle(rowReplaced, by), decodeKey(&by)) != nil {
				break
			}
		}
		var now articleRow
		if p.read(ofArticle(rowArticle, by), decode(&now)) && now.Address() != "" {
			p.enterArticle(replacedHead(now.Address()), k)
		}
	}
	return p.err
}

// takeInAll ingests the articles of a store of format 1.
func (s *Store) takeInAll(ctx context.Context, r reader) error {
	return readPrimary(r, func(p *primary) error {
		a, err := p.decode()
		if err == nil {
			err = cmp.Or(ctx.Err(), s.takeIn(a.record))
		}
		if err != nil {
			return fmt.Errorf("article %s: %w", p.key, err)
		}
		return nil
	})
}

// takeIn is Put of a record whose article may be joined to one that is there: then
// the record of that one of the two stays whose day is kept.
func (s *Store) takeIn(r graph.Record) error {
	var there graph.Record
	k, err := parseArticleKey(r.Article.Key())
	if err != nil {
		return err
	}
	if err := s.view(func(now reader) error {
		n, err := s.readNode(now, k)
		if n == nil || err != nil {
			return err
		}
		there, err = s.recordOf(now, n)
		return err
	}); err != nil {
		return err
	}
	_, err = s.Ingest(r.Article, IngestOptions{Code: func(a graph.Article) (graph.Record, error) {
		if a.Published != r.Article.Published && a.Published == there.Article.Published {
			return labelled(there, a), nil
		}
		return labelled(r, a), nil
	}})
	return err
}

// labelled returns the record as that of a, which is the same text.
func labelled(r graph.Record, a graph.Article) graph.Record {
	r.Article = a
	for i := range r.Events {
		r.Events[i].Article, r.Events[i].Published, r.Events[i].Publisher = a.ID, a.Published, a.Publisher
	}
	for i := range r.Affiliations {
		r.Affiliations[i].Article, r.Affiliations[i].Published = a.ID, a.Published
	}
	return r
}
