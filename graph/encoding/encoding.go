// Package encoding says what is exported: the graph as the writers of the formats
// below it read it, and the text that is safe in all of them.
package encoding

import (
	"encoding/xml"
	"iter"
	"strings"
	"unicode"

	"entente/graph"
)

// Graph is what an export is of. Its sequences may be read more than once, and
// yield the same in the same order each time; one that yields an error ends
// there.
type Graph struct {
	// Name is the title, in formats that have one.
	Name string
	// Actors yields by id, each once, whoever takes part in Relations and Facts,
	// and in an export of all of a store those who take part in nothing.
	Actors iter.Seq2[graph.Actor, error]
	// Relations are sorted as graph.Relations sorts them and carry their best
	// evidence. They are the edges of formats that have one for each dyad,
	// category and predicate.
	Relations []graph.Relation
	// Facts yields the event records that the relations are made of, article by
	// article.
	Facts iter.Seq2[Fact, error]
}

// Fact is one event record with what it stands in.
type Fact struct {
	// ID is the key of the article and the place of the event in it
	// ("0f3a…-2"). It is the same in every export, whatever the filter, until
	// the article is read anew by another version.
	ID    string
	Event graph.Event
	// Article is without its body.
	Article *graph.Article
}

// Key returns the key of the article that the fact stands in (graph.Article.Key).
func (x *Fact) Key() string {
	if i := strings.LastIndexByte(x.ID, '-'); i >= 0 {
		return x.ID[:i]
	}
	return x.ID
}

// Text returns s as any format can hold it and any reader sees it: valid UTF-8,
// without control characters other than line feed and tab, and without marks
// that show nothing or turn the direction of what follows. What is ill-formed
// becomes U+FFFD; carriage returns and the separators of Unicode become line
// feeds.
func Text(s string) string {
	if plain(s) {
		return s
	}
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case r == '\r', r == '\u0085', r == '\u2028', r == '\u2029':
			return '\n'
		case unseen(r):
			return -1
		case r&0xFFFE == 0xFFFE, r >= 0xFDD0 && r <= 0xFDEF: // no characters, and forbidden in XML
			return '\uFFFD'
		}
		return r
	}, s)
}

// Line is Text in one line, with single spaces.
func Line(s string) string { return strings.Join(strings.Fields(Text(s)), " ") }

func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7F {
			return false
		}
	}
	return true
}

// unseen reports whether r shows nothing of its own. The joiners of scripts such
// as Persian and Hindi stay.
func unseen(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != '\u200C' && r != '\u200D'
}

// XML returns s for text and attributes of XML.
func XML(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder takes all
	return b.String()
}
