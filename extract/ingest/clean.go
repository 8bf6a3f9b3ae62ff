package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// normalise makes one kind of line end (LF) of all, replaces control
// characters by a space, and removes characters that only steer the display
// (soft hyphen, zero-width space, byte order mark, direction marks), which
// would hide the same word from itself. For the same reason a letter and its
// accents are made one character (Unicode's normal form C). Quotation marks and
// dashes stay as they are written.
func normalise(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i, r := range s {
		switch {
		case ' ' <= r && r <= '~':
			b.WriteByte(byte(r))
		case r == '\n', r == '\u0085', r == '\u2028':
			b.WriteByte('\n')
		case r == '\r':
			if i+1 >= len(s) || s[i+1] != '\n' {
				b.WriteByte('\n')
			}
		case r == '\u2029':
			b.WriteString("\n\n")
		case unicode.IsControl(r):
			b.WriteByte(' ')
		case r == '\u00AD', r == '\u200B', r == '\u200E', r == '\u200F', r == '\u2060', r == '\uFEFF',
			'\u202A' <= r && r <= '\u202E', '\u2066' <= r && r <= '\u2069':
		default:
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

// oneLine cleans a text that stands on one line: a title, an id, a paragraph.
func oneLine(s string) string { return collapse(normalise(s)) }

// collapse turns each run of white space into one space and trims the ends.
func collapse(s string) string { return strings.Join(strings.Fields(s), " ") }

// body joins paragraphs to the form that graph.Article.Body has.
func body(paragraphs []string) string { return strings.Join(paragraphs, "\n\n") }

// blocks splits normalised text at its blank lines into runs of lines, each
// line collapsed.
func blocks(text string) [][]string {
	var out [][]string
	var block []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = collapse(line); line != "" {
			block = append(block, line)
		} else if block != nil {
			out, block = append(out, block), nil
		}
	}
	if block != nil {
		out = append(out, block)
	}
	return out
}

// paragraphs finds the paragraphs of plain text. Blank lines separate them. A
// text without a blank line has either a paragraph a line, or lines broken at a
// width; hardWrapped tells which.
func paragraphs(text string) []string {
	return joinBlocks(blocks(normalise(text)))
}

func joinBlocks(blocks [][]string) []string {
	if len(blocks) == 1 && !hardWrapped(blocks[0]) {
		return blocks[0]
	}
	out := make([]string, 0, len(blocks))
	for _, block := range blocks {
		out = append(out, joinLines(block))
	}
	return out
}

// wrapWidth is the longest line, in characters, that is taken for the work of
// an editor that breaks lines. Paragraphs that stand on a line of their own
// are mostly longer.
const wrapWidth = 100

// hardWrapped reports whether lines were broken at a width: none is longer
// than wrapWidth, and at least half of those that another one follows end in
// the middle of a sentence.
func hardWrapped(lines []string) bool {
	middle := 0
	for i, line := range lines {
		if utf8.RuneCountInString(line) > wrapWidth {
			return false
		}
		if i < len(lines)-1 && !endsSentence(line) {
			middle++
		}
	}
	return middle*2 >= len(lines)-1
}

// endsSentence reports whether line ends with a full stop, question or
// exclamation mark or colon, closing quotes and brackets aside.
func endsSentence(line string) bool {
	line = strings.TrimRight(line, `"'”’»)]`)
	r, _ := utf8.DecodeLastRuneInString(line)
	return strings.ContainsRune(".!?:…", r)
}

// joinLines makes one paragraph of lines. A line that ends in a hyphen is
// joined without a space ("well-" "known").
func joinLines(lines []string) string {
	var b strings.Builder
	for i, line := range lines {
		if i > 0 && !splitWord(lines[i-1], line) {
			b.WriteByte(' ')
		}
		b.WriteString(line)
	}
	return b.String()
}

func splitWord(line, next string) bool {
	before, ok := strings.CutSuffix(line, "-")
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(next)
	return ok && unicode.IsLetter(last) && unicode.IsLower(first)
}

// cut shortens s to at most n characters, for messages.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n]) + "…"
}
