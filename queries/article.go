package queries

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"entente/graph"
)

// ArticleReader is what ArticleCards needs of a store.
type ArticleReader interface {
	// Records yields everything that is known, article by article, in a fixed
	// order.
	Records() iter.Seq2[graph.Record, error]
}

// ArticleIndex is an ArticleReader that finds articles without reading all of
// them.
type ArticleIndex interface {
	// RecordsNamed yields the records of the articles that have the ID or the key,
	// and those of their copies and originals.
	RecordsNamed(idOrKey string) iter.Seq2[graph.Record, error]
}

// ArticleOptions say what goes on an ArticleCard.
type ArticleOptions struct {
	Filter // of its events
}

// ArticleCard is what the graph knows of one article.
type ArticleCard struct {
	Key     string `json:"key"`
	Article string `json:"article"` // Article.ID
	Title   string `json:"title"`
	// Publisher, URL and Published are as the input gives them, or "".
	Publisher string           `json:"publisher"`
	URL       string           `json:"url"`
	Published graph.Date       `json:"published"`
	DateFrom  graph.DateSource `json:"date_from"` // where Published was found, or ""
	Sentences int              `json:"sentences"`
	// Original is the article that this one repeats, or nil. A copy has neither
	// actors nor events of its own.
	Original *ArticleRef  `json:"original"`
	Copies   []ArticleRef `json:"copies"` // that repeat it
	// Actors are sorted by id; their mentions are those of this article.
	Actors       []graph.Actor       `json:"actors"`
	Affiliations []graph.Affiliation `json:"affiliations"`
	// ByStatus counts all distinct events, also those that Events leaves out.
	ByStatus []StatusCount `json:"by_status"`
	Events   []graph.Event `json:"events"` // in the order of the text
}

// ArticleRef names an article.
type ArticleRef struct {
	Key       string     `json:"key"`
	Article   string     `json:"article"` // Article.ID
	Publisher string     `json:"publisher"`
	Published graph.Date `json:"published"`
}

// ArticleCards returns what is known of the articles with that ID, of which
// there may be several, or of the one with that key: by publication, then key.
// The error wraps graph.ErrNotFound if there is none. Unless r is an
// ArticleIndex it reads all records.
func ArticleCards(r ArticleReader, idOrKey string, o ArticleOptions) ([]ArticleCard, error) {
	records := r.Records()
	if index, ok := r.(ArticleIndex); ok {
		records = index.RecordsNamed(idOrKey)
	}
	found, err := collect(records, func(rec *graph.Record) bool {
		return rec.Article.ID == idOrKey || len(idOrKey) == graph.KeyLen && rec.Article.Key() == idOrKey
	})
	if err != nil {
		return nil, fmt.Errorf("look for article %s: %w", oneLine(idOrKey), err)
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("no article has the id or the key %q: %w", oneLine(idOrKey), graph.ErrNotFound)
	}
	cards := make([]ArticleCard, len(found))
	for i := range found {
		if cards[i], err = articleCard(&found[i], o); err != nil {
			return nil, err
		}
	}
	if err := relate(records, cards, found); err != nil {
		return nil, err
	}
	slices.SortFunc(cards, func(a, b ArticleCard) int {
		return cmp.Or(cmp.Compare(a.Published, b.Published), cmp.Compare(a.Key, b.Key))
	})
	return cards, nil
}

func articleCard(rec *graph.Record, o ArticleOptions) (ArticleCard, error) {
	a := &rec.Article
	card := ArticleCard{Key: a.Key(), Article: a.ID, Title: a.Title, Publisher: a.Publisher, URL: a.URL,
		Published: a.Published, DateFrom: a.DateFrom, Sentences: rec.Sentences,
		Copies: []ArticleRef{}, Actors: []graph.Actor{}, Affiliations: []graph.Affiliation{}}
	for _, actor := range rec.Actors {
		card.Actors = append(card.Actors, withMentions(actor))
	}
	card.Affiliations = append(card.Affiliations, rec.Affiliations...)
	var err error
	card.Events, card.ByStatus, err = o.pick(each(rec.Events))
	return card, err
}

// relate finds the originals and the copies of the articles of the cards.
func relate(records iter.Seq2[graph.Record, error], cards []ArticleCard, found []graph.Record) error {
	for rec, err := range records {
		if err != nil {
			return err
		}
		var ref *ArticleRef
		for i := range cards {
			isCopy := rec.Original != "" && rec.Original == cards[i].Key
			mayBeOriginal := found[i].Original != "" && rec.Original == ""
			if !isCopy && !mayBeOriginal {
				continue
			}
			if ref == nil {
				a := &rec.Article
				ref = &ArticleRef{a.Key(), a.ID, a.Publisher, a.Published}
			}
			switch {
			case isCopy:
				cards[i].Copies = append(cards[i].Copies, *ref)
			case ref.Key == found[i].Original:
				cards[i].Original = ref
			}
		}
	}
	for i := range cards {
		slices.SortFunc(cards[i].Copies, func(a, b ArticleRef) int {
			return cmp.Or(cmp.Compare(a.Published, b.Published), cmp.Compare(a.Publisher, b.Publisher), cmp.Compare(a.Key, b.Key))
		})
	}
	return nil
}
