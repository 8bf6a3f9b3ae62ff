package store

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"entente/graph"
)

// validateArticle checks that JSON gives the article back as it was.
func validateArticle(a *graph.Article) error {
	for _, t := range []string{a.ID, string(a.Published), string(a.DateFrom), a.Publisher, a.URL, a.Title, a.Body,
		a.Dateline.Place, a.Dateline.Agency, string(a.Dateline.Date)} {
		if !utf8.ValidString(t) {
			return fmt.Errorf("article: %.60q is not UTF-8", t)
		}
	}
	return nil
}

// validate checks what the store relies on: keys that can be built, and text
// that JSON gives back as it was.
func validate(r *graph.Record) error {
	var errs []error
	text := func(what string, texts ...string) {
		for _, t := range texts {
			if !utf8.ValidString(t) {
				errs = append(errs, fmt.Errorf("%s: %.60q is not UTF-8", what, t))
			}
		}
	}
	id := func(what string, id graph.ActorID) {
		text(what, string(id))
		if len(id) == 0 || len(id) > maxID {
			errs = append(errs, fmt.Errorf("%s: id of %d bytes, not 1 to %d", what, len(id), maxID))
		}
	}
	label := func(what, article string) {
		if article != r.Article.ID {
			errs = append(errs, fmt.Errorf("%s: belongs to article %q", what, article))
		}
	}
	ref := func(what string, a *graph.ActorRef) {
		id(what, a.ID)
		text(what, a.Name, a.Mention, string(a.Type), a.Country)
	}

	seen := map[graph.ActorID]bool{}
	for i := range r.Actors {
		a, what := &r.Actors[i], fmt.Sprintf("actor %d", i)
		id(what, a.ID)
		text(what, a.Name, string(a.Type), a.Country)
		text(what, a.Mentions...)
		if seen[a.ID] {
			errs = append(errs, fmt.Errorf("%s: %q is there twice", what, a.ID))
		}
		seen[a.ID] = true
	}
	for i := range r.Events {
		e, what := &r.Events[i], fmt.Sprintf("event %d", i)
		label(what, e.Article)
		ref(what+", source", &e.Source)
		ref(what+", target", &e.Target)
		if e.AttributedTo != nil {
			ref(what+", attributed to", e.AttributedTo)
		}
		if e.Place != nil {
			text(what, e.Place.Name, e.Place.Country)
		}
		text(what, e.Predicate, e.Category, e.Mode, e.CAMEO, string(e.Status), string(e.Date), string(e.DateBasis),
			string(e.Published), e.Publisher, e.Quote, e.Rule, e.Coder)
	}
	for i := range r.Affiliations {
		f, what := &r.Affiliations[i], fmt.Sprintf("affiliation %d", i)
		label(what, f.Article)
		id(what+", person", f.Person.ID)
		id(what+", organisation", f.Org.ID)
		text(what, string(f.Published), f.Person.Name, f.Role, f.Org.Name, f.Quote)
	}
	return errors.Join(errs...)
}
