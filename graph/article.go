package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
)

// Span is a half-open range of bytes, [Start, End), in an article's Body.
type Span struct {
	Start, End int
}

// Len returns the number of bytes in s.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether t lies wholly inside s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// MarshalJSON writes s as [start,end].
func (s Span) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, "[%d,%d]", s.Start, s.End), nil
}

// UnmarshalJSON reads [start,end]. It returns an error if the range is
// negative or turned round.
func (s *Span) UnmarshalJSON(b []byte) error {
	var pair []int
	if err := json.Unmarshal(b, &pair); err != nil {
		return err
	}
	if len(pair) != 2 || pair[0] < 0 || pair[1] < pair[0] {
		return fmt.Errorf("span: %s is not [start,end] with 0 <= start <= end", b)
	}
	s.Start, s.End = pair[0], pair[1]
	return nil
}

// Article is one news item.
type Article struct {
	// ID is the input's own id: its field "id", else its file name without the
	// extension. Two articles may share it; Key tells them apart.
	ID string `json:"id"`
	// Published is the day the publisher gives, or "" where the input names none.
	Published Date `json:"published,omitempty"`
	// DateFrom says where Published was found. It is no part of the article's
	// identity.
	DateFrom  DateSource `json:"date_from,omitempty"`
	Publisher string     `json:"publisher,omitempty"`
	URL       string     `json:"url,omitempty"`
	Title     string     `json:"title,omitempty"`
	// Dateline is what the beginning of Body says of its origin, or zero. It
	// follows from the other fields.
	Dateline Dateline `json:"dateline,omitzero"`
	// Body is the text that all spans point into: UTF-8, paragraphs separated
	// by an empty line.
	Body string `json:"text"`
	// Origin says where the article was read from, as a person would type it
	// ("news/a.jsonl:12"). It is no part of the article's identity.
	Origin string `json:"-"`
}

// Dateline is read from what opens a wire story, "PARIS, April 4 (AFP) —".
type Dateline struct {
	Place  string `json:"place,omitempty"`  // as written
	Agency string `json:"agency,omitempty"` // as written
	Date   Date   `json:"date,omitempty"`   // a year that it does not name is that of the publication
}

// DateSource says where an article's date of publication was found.
type DateSource string

// The sources of a date, the best first.
const (
	FromField     DateSource = "field"     // the input's own, under a name: JSON, a header line, front matter
	FromJSONLD    DateSource = "json-ld"   // schema.org's datePublished, in a page
	FromOpenGraph DateSource = "og"        // article:published_time, in a page
	FromMeta      DateSource = "meta"      // another <meta> of a page
	FromTime      DateSource = "time"      // a <time> of a page, or the date by its title
	FromURL       DateSource = "url"       // the address: /2024/04/04/
	FromDateline  DateSource = "dateline"  // the text: "PARIS, April 4, 2024 (AFP) —"
	FromFileName  DateSource = "file name" // the file's name or its folders
	FromOption    DateSource = "option"    // whoever had it read
)

// KeyLen is the length of an article key, in characters.
const KeyLen = 32

// Key returns the article's identity: the first 128 bits of the SHA-256 of its
// Address (where it has none, of its publisher), title and body, in lower-case
// hexadecimal. The same text read twice, from whatever file, under whatever ID
// and with or without its day, has one key.
func (a *Article) Key() string {
	where := []string{a.Address(), ""}
	if where[0] == "" {
		where[1] = a.Publisher
	}
	h := sha256.New()
	for _, field := range append(where, a.Title, a.Body) {
		fmt.Fprintf(h, "%d:", len(field)) // the length keeps "ab","c" apart from "a","bc"
		io.WriteString(h, field)
	}
	return hex.EncodeToString(h.Sum(nil))[:KeyLen]
}
