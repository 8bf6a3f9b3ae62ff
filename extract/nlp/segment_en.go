package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/graph"
)

// abbreviations never end a sentence: what follows belongs to them.
var abbreviations = wordSet(`mr mrs ms mx dr prof rev fr sr st mt ft messrs
	gen lt col maj capt cmdr cpl sgt pvt adm brig
	sen rep gov amb pres sec hon supt det insp
	vs etc cf al approx dept est no nos vol fig art
	jan feb mar apr jun jul aug sep sept oct nov dec`)

// mayEnd are abbreviations that can close a sentence; they do where the next
// word is one that usually opens one.
var mayEnd = wordSet(`inc corp ltd co bros plc llc jr u.s u.k u.n e.u u.a.e
	u.s.a u.s.s.r d.c p.m a.m ph.d b.c a.d`)

// openers are words that usually begin a sentence when capitalised.
var openers = wordSet(`the a an he she it they we i you this that these those
	in on at but and or if when while after before since as for from with his
	her its their our there here however some many most several no one two
	three both all analysts officials critics meanwhile according although
	despite during under what who why how where earlier later last yesterday
	today not now so then yet also`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// paragraphs returns the spans of text between line breaks, without
// surrounding white space. A sentence never crosses one.
func paragraphs(text string) []graph.Span {
	var spans []graph.Span
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		if s, ok := trimmed(text, start, end); ok {
			spans = append(spans, s)
		}
		start = end + 1
	}
	return spans
}

// trimmed returns text[start:end] without white space at its ends, and false
// if nothing is left.
func trimmed(text string, start, end int) (graph.Span, bool) {
	body := text[start:end]
	left := len(body) - len(strings.TrimLeftFunc(body, unicode.IsSpace))
	body = strings.TrimSpace(body)
	return graph.Span{Start: start + left, End: start + left + len(body)}, body != ""
}

// sentences splits one paragraph. Its cost is linear in the paragraph's length.
func sentences(text string, para graph.Span) []graph.Span {
	var spans []graph.Span
	start := para.Start
	for i := para.Start; i < para.End; {
		r, size := utf8.DecodeRuneInString(text[i:para.End])
		i += size
		if !isTerminal(r) {
			continue
		}
		end := closeOf(text, i, para.End)
		if end < para.End && !endsSentence(text[start:i], r, text[i:end], text[end:para.End]) {
			i = end
			continue
		}
		if s, ok := trimmed(text, start, end); ok {
			spans = append(spans, s)
		}
		start, i = end, end
	}
	if s, ok := trimmed(text, start, para.End); ok {
		spans = append(spans, s)
	}
	return spans
}

func isTerminal(r rune) bool { return r == '.' || r == '!' || r == '?' || r == '…' }

// closeOf skips further terminal marks and closing quotes and brackets from i.
func closeOf(text string, i, end int) int {
	for i < end {
		r, size := utf8.DecodeRuneInString(text[i:end])
		if !isTerminal(r) && !strings.ContainsRune(`"'”’»)]`, r) {
			break
		}
		i += size
	}
	return i
}

// endsSentence decides at a terminal mark: before ends with the mark, closing
// holds the closing marks after it, and after is the rest of the paragraph.
func endsSentence(before string, mark rune, closing, after string) bool {
	next, size := utf8.DecodeRuneInString(after)
	if !unicode.IsSpace(next) {
		return false // "U.S.-led", "3.5", "example.org"
	}
	after = strings.TrimLeftFunc(after[size:], unicode.IsSpace)
	next, _ = utf8.DecodeRuneInString(after)
	opens := unicode.IsUpper(next) || unicode.IsDigit(next) || unicode.IsTitle(next) ||
		strings.ContainsRune("\"'“‘«([-–—", next) || !unicode.IsLetter(next)
	if mark != '.' {
		return opens
	}
	if !opens {
		return false
	}
	if closing != "" {
		return true
	}
	word := lastWord(strings.TrimSuffix(before, "."))
	lower := strings.ToLower(word)
	switch {
	case isInitial(word):
		return openers[firstWord(after)] // "Plan B. The", but "R. Politik"
	case lower == "no" || lower == "nos":
		return !unicode.IsDigit(next)
	case lower == "st" || abbreviations[lower] && unicode.IsUpper(firstRune(word)):
		return false
	case abbreviations[lower]:
		return false
	case mayEnd[lower]:
		return openers[firstWord(after)]
	}
	return true
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

// isInitial reports whether word is a single capital letter.
func isInitial(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	return size == len(word) && unicode.IsUpper(r) && r != 'I'
}

func lastWord(s string) string {
	i := strings.LastIndexFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("\"'“‘«([-–—", r)
	})
	if i < 0 {
		return s
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	return s[i+size:]
}

func firstWord(s string) string {
	s = strings.TrimLeft(s, "\"'“‘«([")
	i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if i < 0 {
		i = len(s)
	}
	return strings.ToLower(s[:i])
}
