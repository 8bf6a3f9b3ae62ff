package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"regexp"
	"slices"
	"strings"

	"entente/graph"
)

// pressReader reads what press databases export as plain text, many articles in
// one file:
//
//   - LexisNexis: "3 of 250 DOCUMENTS" before each; outlet, date, headline, then
//     lines such as "BYLINE: …" before the text and "LOAD-DATE: …" after it.
//   - Nexis Uni and Lexis+: headline, outlet, date, then "Section: …" and "Body";
//     "End of Document" after each.
//   - Factiva: "Document EXWR000020240404ek4400001" after each; before the text
//     either fields of two letters ("HD", "PD", "SN", "LP", "TD") or headline, "512
//     words", date and outlet on a line each.
//   - ProQuest: a line of underscores before each, then the headline, and fields
//     such as "Full text: …" and "Publication date: …".
type pressReader struct{}

func (pressReader) Extensions() []string { return nil }

var (
	documentBegins = regexp.MustCompile(`^\s*(?:\d+ of \d+ DOCUMENTS?|Document \d+ of \d+)\s*$`)
	documentEnds   = regexp.MustCompile(`^\s*(?:End of Document|(?:AN )?Document ([A-Z][A-Z0-9]{3,}[0-9]{8}[a-z0-9]+))\s*$`)
	clock          = regexp.MustCompile(`^\d{1,2}:\d{2}( (GMT|UTC|AM|PM))?$`)
	pageNumber     = regexp.MustCompile(`^Page \d+ of \d+$`) // of a printed export
	wordCount      = regexp.MustCompile(`^(?:(?i:length):\s*|WC )?\d[\d,.]* words$`)
)

// Match looks for a line that begins or ends a document, and for one of those
// that stand in every document.
func (pressReader) Match(head []byte, _ string) bool {
	mark, label := false, false
	for line := range bytes.Lines(head) {
		line = bytes.TrimSpace(line)
		mark = mark || documentBegins.Match(line) || documentEnds.Match(line)
		label = label || wordCount.Match(line) || factivaField.Match(line) || bytes.HasPrefix(bytes.ToUpper(line), []byte("LOAD-DATE:"))
		if mark && label {
			return true
		}
	}
	return isProQuest(head)
}

var errNoDocument = errors.New("no article is recognised in this export of a press database")

func (pressReader) Read(src Source, opts Options) iter.Seq2[graph.Article, error] {
	return func(yield func(graph.Article, error) bool) {
		in := buffered(src)
		begins := documentBegins.Match
		if head, _ := in.Peek(headLen); isProQuest(head) {
			begins = func(line []byte) bool { return documentBegins.Match(line) || proquestRule.Match(line) }
		}
		cut := pieces{in: in, max: opts.MaxArticle, begins: begins, ends: documentEnds.Match}
		for n := 1; ; {
			p, err := cut.next()
			if err == io.EOF {
				if n == 1 {
					yield(graph.Article{}, src.fail(0, "leave it out, or save its articles as text", errNoDocument))
				}
				return
			}
			if err != nil {
				yield(graph.Article{}, readError(src, p.line, err))
				return
			}
			marked := p.ended || documentBegins.Match(firstLine(p.text))
			if !p.long && !marked && !article(p.text) {
				continue // a cover page, or the list of search terms
			}
			if !yield(pressArticle(p, n, src, opts)) {
				return
			}
			n++
		}
	}
}

// article reports whether a piece without a mark, as at the end of a file that
// was cut off, looks like a document.
func article(text []byte) bool {
	for line := range bytes.Lines(text) {
		if line = bytes.TrimSpace(line); wordCount.Match(line) || proquestText.Match(line) {
			return true
		}
	}
	return false
}

func pressArticle(p piece, n int, src Source, opts Options) (graph.Article, error) {
	if p.long {
		return graph.Article{}, src.fail(p.line, "split it, or leave it out",
			fmt.Errorf("longer than %d bytes, too long for one article", opts.MaxArticle))
	}
	d := pressDraft(string(opts.toUTF8(p.text, src, p.line)))
	if len(d.paragraphs) == 0 {
		return graph.Article{}, src.fail(p.line, "leave it out, or save it alone as text", errNoDocument)
	}
	d.number, d.line = n, p.line
	return d.finish(src, opts)
}

// pressDraft reads one document, with or without the lines that part it from
// others.
func pressDraft(text string) draft {
	d := draft{dateField: "date"}
	var lines []string
	for line := range strings.SplitSeq(normalise(text), "\n") {
		line = collapse(line)
		if m := documentEnds.FindStringSubmatch(line); m != nil {
			d.id = firstOf(d.id, m[1])
		} else if !documentBegins.MatchString(line) && !pageNumber.MatchString(line) {
			lines = append(lines, line)
		}
	}
	switch {
	case proquestFields(lines):
		d.proquest(lines)
	case slices.ContainsFunc(lines, factivaField.MatchString):
		d.factivaFields(lines)
	case slices.ContainsFunc(lines, func(line string) bool { return lexisLabel(line) != "" }):
		d.lexis(lines)
	default:
		d.factiva(lines)
	}
	return d
}

// parts splits lines at the empty ones.
func parts(lines []string) [][]string { return blocks(strings.Join(lines, "\n")) }

func first(blocks [][]string) []string {
	if len(blocks) == 0 {
		return nil
	}
	return blocks[0]
}

var datePattern = regexp.MustCompile(`^(?:[A-Z][a-z]+day,? )?((?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}|` +
	`\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4})\b`)

// leadingDate returns the date that a line begins with, or "".
func leadingDate(line string) string {
	if m := datePattern.FindStringSubmatch(line); m != nil {
		return m[1]
	}
	return ""
}
