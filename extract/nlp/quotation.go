package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// markQuoted sets Quoted on the sentences of a text.
//
// A quotation lasts until its closing mark, and no longer than its paragraph,
// except where the next paragraph begins with an opening mark again: so
// newspapers set a quotation of several paragraphs. Single marks open one only
// where a mark that can close it follows in the paragraph, since most of them
// are apostrophes. The cost is linear.
func markQuoted(text string, sentences []Sentence) {
	var q quotation
	for first := 0; first < len(sentences); {
		end := first
		for end < len(sentences) && sentences[end].Paragraph == sentences[first].Paragraph {
			end++
		}
		para := sentences[first:end]
		q.single = false
		q.double = q.double && isOpening(para[0].Tokens)
		q.lastShut = lastShut(text, para)
		for i := range para {
			para[i].Quoted = q.double || q.single
			for _, t := range para[i].Tokens {
				q.read(text, t)
			}
		}
		first = end
	}
}

// quotation is what is open at a place of a paragraph.
type quotation struct {
	double, single bool
	low            bool // opened by „, which “ closes
	lastShut       int  // offset of the last mark of the paragraph that can close a single quotation
	afterS         bool // the last word ends in s, so that an apostrophe may follow
}

func (q *quotation) read(text string, t Token) {
	left, right := glued(text, t)
	switch t.Text {
	case "„", "“", "‟", "«", "``":
		q.double = t.Text != "“" || !q.low
		q.low = t.Text == "„"
	case "”", "»", "’’":
		q.double, q.low = false, false
	case `"`, "''":
		switch {
		case left && !right:
			q.double = false
		case right && !left:
			q.double = true
		default:
			q.double = !q.double
		}
	case "‘", "'", "’":
		switch {
		case !left && right && t.Text != "’":
			q.single = q.single || t.Span.Start < q.lastShut
		case left && !right && q.single && (!q.afterS || t.Span.Start == q.lastShut):
			q.single = false
		}
	}
	q.afterS = strings.HasSuffix(t.Text, "s")
}

// glued reports whether a word or mark stands right before and right after t.
// An opening bracket or dash before t, and a closing one or a stop after it,
// count as space.
func glued(text string, t Token) (left, right bool) {
	before, _ := utf8.DecodeLastRuneInString(text[:t.Span.Start])
	after, _ := utf8.DecodeRuneInString(text[t.Span.End:])
	left = t.Span.Start > 0 && !unicode.IsSpace(before) && !strings.ContainsRune("([{—–-\"“‘'", before)
	right = t.Span.End < len(text) && !unicode.IsSpace(after) && !strings.ContainsRune(")]}—–-.,;:!?\"”’'", after)
	return left, right
}

// isOpening reports whether a paragraph begins with an opening double mark.
func isOpening(tokens []Token) bool {
	if len(tokens) == 0 {
		return false
	}
	switch tokens[0].Text {
	case "„", "“", "‟", "«", "``", `"`, "''":
		return true
	}
	return false
}

// lastShut returns the offset of the last mark that can close a single
// quotation, or -1.
func lastShut(text string, para []Sentence) int {
	last := -1
	for _, s := range para {
		for _, t := range s.Tokens {
			if t.Text == "'" || t.Text == "’" {
				if left, right := glued(text, t); left && !right {
					last = t.Span.Start
				}
			}
		}
	}
	return last
}
