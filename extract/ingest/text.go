package ingest

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/graph"
)

// textReader reads plain text, and Markdown as text: one article a file.
//
// It may begin with front matter, YAML between lines of "---" or TOML between
// lines of "+++", or with
// header lines ("Title: ...", "Date: ...", "Source: ...", "URL: ..."). If these
// give no title, a first line that stands alone, is short (maxTitle) and does
// not end like a sentence is the title; header lines may also follow it.
type textReader struct{}

func (textReader) Extensions() []string { return []string{".txt", ".text", ".md", ".markdown"} }

func (textReader) Match([]byte, string) bool { return true }

func (textReader) Read(src Source, opts Options) iter.Seq2[graph.Article, error] {
	return func(yield func(graph.Article, error) bool) {
		data, err := readAll(src, opts.MaxArticle)
		if err != nil {
			yield(graph.Article{}, err)
			return
		}
		yield(textDraft(string(opts.toUTF8(data, src, 0))).finish(src, opts))
	}
}

// textDraft reads the head and the paragraphs of a text.
func textDraft(text string) draft {
	var d draft
	found := blocks(d.frontMatter(strings.TrimLeft(normalise(text), "\n ")))
	found = d.headers(slices.DeleteFunc(found, isRule))
	for _, block := range found {
		if len(block) == 1 {
			block[0] = headingText(block[0])
		}
	}
	switch {
	case len(found) < 2:
	case d.title == "" && titleLike(found[0]):
		d.title = found[0][0]
		found = d.headers(found[1:])
	case len(found[0]) == 1 && found[0][0] == d.title: // again, as a heading
		found = found[1:]
	}
	d.paragraphs = joinBlocks(found)
	return d
}

// isRule reports whether a block is a line that only parts others, such as
// "---" or "* * *".
func isRule(block []string) bool {
	return len(block) == 1 && !strings.ContainsFunc(block[0], func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsNumber(r)
	})
}

// headingText takes the marks of a Markdown heading off a line.
func headingText(line string) string {
	bare := strings.TrimLeft(line, "#")
	if n := len(line) - len(bare); n < 1 || n > 6 || bare != "" && bare[0] != ' ' {
		return line
	}
	return collapse(strings.TrimRight(bare, "#"))
}

// maxTitle is the longest line, in characters, that is taken for a title.
const maxTitle = 150

// titleLike reports whether the first block of a text is its title: one short
// line that does not end as a sentence or a clause does. A question is.
func titleLike(block []string) bool {
	line := block[0]
	return len(block) == 1 && line != "" && utf8.RuneCountInString(line) <= maxTitle &&
		!strings.ContainsAny(line[len(line)-1:], ".!:;,")
}

// set keeps a value of the text's head under its name. The first one counts.
func (d *draft) set(name, value string) {
	var field *string
	switch {
	case slices.Contains(idNames, name):
		field = &d.id
	case slices.Contains(titleNames, name):
		field = &d.title
	case slices.Contains(urlNames, name):
		field = &d.url
	case slices.Contains(publisherNames, name):
		field = &d.publisher
	case slices.Contains(languageNames, name):
		field = &d.language
	case slices.Contains(dateNames, name):
		if d.date == "" {
			d.dateField = name
		}
		field = &d.date
	default:
		return
	}
	if *field == "" {
		*field = collapse(value)
	}
}

// headerNames are the names of header lines. They are fewer than a JSON
// object's, since prose may well begin with "Content: ".
var headerNames = []string{"id", "title", "headline", "date", "published", "source", "publisher", "url", "link", "language"}

// passedHeaders may stand among the header lines and say nothing of use here.
var passedHeaders = []string{"author", "byline", "by", "section", "tags", "category", "location"}

// headers reads the header lines that the first block begins with, and returns
// the blocks without them.
func (d *draft) headers(found [][]string) [][]string {
	if len(found) == 0 {
		return found
	}
	n := 0
	for _, line := range found[0] {
		name, value, ok := strings.Cut(line, ":")
		name = strings.ToLower(name)
		header := ok && value != "" && slices.Contains(headerNames, name)
		if header {
			d.set(name, value)
		} else if n == 0 || !slices.Contains(passedHeaders, name) {
			break
		}
		n++
	}
	if n == len(found[0]) {
		return found[1:]
	}
	found[0] = found[0][n:]
	return found
}
