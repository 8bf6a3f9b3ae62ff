package actor

import (
	"fmt"
	"slices"
	"strings"
)

// Named returns the actors that a full name or a metonym always means, in the order
// of the dictionary; a person's surname and an adjective are none.
func (d *Dictionary) Named(name string) []*Entry {
	words := foldAll(nameWords(name))
	if len(words) > 0 && words[0] == "the" {
		words = words[1:]
	}
	var out []*Entry
	for _, s := range d.names.exact(words) {
		if s.form == FormName && !slices.Contains(out, s.entry) {
			out = append(out, s.entry)
		}
	}
	return out
}

// CutTitle returns the canonical role of the longest title that text begins
// with, and the words after it. The role is "" where there is none.
func (d *Dictionary) CutTitle(text string) (role, rest string) {
	words := nameWords(text)
	t, n := d.titles.longest(foldAll(words), func(_ int, v []Title) []Title { return v })
	if n == 0 {
		return "", text
	}
	return t[0].Role, strings.Join(words[n:], " ")
}

// RoleOf returns the canonical role of a title of titles.txt, or the title itself
// where it is one with words before it or an addition after it ("mayor of
// London"); ok is false of other words.
func (d *Dictionary) RoleOf(title string) (role string, ok bool) {
	words := foldAll(nameWords(title))
	if t := d.titles.exact(words); len(t) > 0 {
		return t[0].Role, true
	}
	if i := slices.IndexFunc(words, func(w string) bool { return titlePrepositions[w] }); i > 0 {
		words = words[:i]
	}
	for i := range words {
		if len(d.titles.exact(words[i:])) > 0 {
			return title, true
		}
	}
	return "", false
}

// Slug returns the second part of an id for a name: small letters and digits
// without accents, joined by hyphens.
func Slug(name string) string { return slug(name) }

// Guard tells names from ordinary words.
type Guard struct{ ordinary map[string]bool }

// NewGuard returns a Guard with the built-in list of ordinary words.
func NewGuard() *Guard { return &Guard{ordinaryWords()} }

// Check returns an error where name cannot be a name of the dictionary: it is
// empty, holds the mark ";", is one word without a capital, or is an ordinary
// word that is not written as an acronym.
func (g *Guard) Check(name string) error {
	words := nameWords(name)
	if len(words) > 1 && strings.EqualFold(words[0], "the") {
		words = words[1:]
	}
	switch {
	case len(words) == 0:
		return fmt.Errorf("the name is empty")
	case strings.Contains(name, ";"):
		return fmt.Errorf("the name %q holds \";\", which separates names", name)
	case len(words) > 1:
		return nil
	case !marked(words[0]):
		return fmt.Errorf("%q is no name: one word needs a capital letter", name)
	case g.ordinary[foldAll(words)[0]] && !keepsCase(words[0]):
		return fmt.Errorf("the name %q is an ordinary word", name)
	}
	return nil
}
