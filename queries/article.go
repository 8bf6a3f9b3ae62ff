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
	// Article returns the article of that Article.Key, or an error that wraps
	// graph.ErrNotFound.
	Article(key string) (graph.Article, error)
	// Records yields everything that is known, article by article, in a fixed
	// order.
	Records() iter.Seq2[graph.Record, error]
}

// ArticleIndex is an ArticleReader that finds articles without reading all of
// them.
type ArticleIndex interface {
	// RecordsNamed yields the records of the articles that have the ID or the key,
	// and those of their copies.
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
	found, copies, err := lookUp(records, idOrKey)
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
		cards[i].Copies = append(cards[i].Copies, copies[cards[i].Key]...)
		if key := found[i].Original; key != "" {
			original, err := r.Article(key)
			if err != nil {
				return nil, err
			}
			ref := refTo(&original)
			cards[i].Original = &ref
		}
	}
	slices.SortFunc(cards, func(a, b ArticleCard) int {
		return cmp.Or(cmp.Compare(a.Published, b.Published), cmp.Compare(a.Key, b.Key))
	})
	return cards, nil
}

// lookUp returns the records of the articles with the ID or the key, and all
// copies by the keys of their originals, in order of their days.
func lookUp(records iter.Seq2[graph.Record, error], idOrKey string) (found []graph.Record, copies map[string][]ArticleRef, err error) {
	copies = map[string][]ArticleRef{}
	for rec, err := range records {
		if err != nil {
			return nil, nil, err
		}
		if rec.Original != "" {
			copies[rec.Original] = append(copies[rec.Original], refTo(&rec.Article))
		}
		if rec.Article.ID == idOrKey || len(idOrKey) == graph.KeyLen && rec.Article.Key() == idOrKey {
			found = append(found, rec)
		}
	}
	for _, list := range copies {
		slices.SortFunc(list, func(a, b ArticleRef) int {
			return cmp.Or(cmp.Compare(a.Published, b.Published), cmp.Compare(a.Publisher, b.Publisher), cmp.Compare(a.Key, b.Key))
		})
	}
	return found, copies, nil
}

func refTo(a *graph.Article) ArticleRef { return ArticleRef{a.Key(), a.ID, a.Publisher, a.Published} }

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
