package nlp

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/extract/dateline"
	"entente/graph"
)

// abbreviations never end a sentence: what follows belongs to them.
var abbreviations = wordSet(`mr mrs ms mx dr drs prof rev fr sr st mt ft messrs mlle mme
	gen lt col maj capt cmdr cpl sgt pvt adm brig
	sen sens rep reps gov govs amb pres sec hon supt det insp ass't asst attn p.s ps
	vs cf al approx dept est nos vol vols fig figs art ext e.g eg i.e ie a.k.a eds
	jan feb mar apr jun jul aug sep sept oct nov dec
	mon tue tues wed thu thur thurs fri`)

// beforeNumber are abbreviations only where a number follows ("No. 10",
// "(b. 1975)").
var beforeNumber = wordSet("no nos p pp ch b d m r c ca div para tel fax ph")

// mayEnd are abbreviations that can close a sentence; they do where the next
// word is one that usually opens one. Letters with full stops between them
// ("U.S", "J.M") are treated alike.
var mayEnd = wordSet("inc corp ltd co cos bros plc llc jr ph.d")

// openers are words that usually begin a sentence when capitalised.
var openers = wordSet(`the a an he she it they we i you this that these those
	in on at but and or if when while after before since as for from with his
	her its their our my your there here however some many most several no one two
	three both all analysts officials critics meanwhile according although
	despite during under what who why how where earlier later last yesterday
	today not now so then yet also please thanks`)

// casualOpeners are openers that begin a sentence without a capital too, in
// casual writing, and seldom follow an abbreviation.
var casualOpeners = wordSet("i it he she they we you this that there but so")

// exclamatory are names with a mark that ends no sentence.
var exclamatory = wordSet("yahoo jeopardy")

// formulas stand before a name at the end of a letter, without a mark.
var formulas = wordSet("thanks regards cheers sincerely love best")

// greetings open the line with which a letter addresses its reader.
var greetings = wordSet("hi hello dear hey")

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// paragraphs returns the spans of text between line breaks, without
// surrounding white space. A sentence never crosses one. Lines broken at a
// margin are put together: see wrapped.
func paragraphs(text string) []graph.Span {
	var spans []graph.Span
	add := func(start, end int) {
		if s, ok := trimmed(text, start, end); ok {
			spans = append(spans, s)
		}
	}
	var block []graph.Span // the lines since the last blank one
	flush := func() {
		if wrapped(text, block) {
			add(block[0].Start, block[len(block)-1].End)
		} else {
			for _, line := range block {
				add(line.Start, line.End)
			}
		}
		block = block[:0]
	}
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		if _, ok := trimmed(text, start, end); ok {
			block = append(block, graph.Span{Start: start, End: end})
		} else {
			flush()
		}
		start = end + 1
	}
	flush()
	return spans
}

// The margin that text files are broken at.
const (
	minMargin = 50
	maxMargin = 100
)

// wrapped reports whether a block of lines is one paragraph broken at a margin:
// no line had room for the first word of the next, as in plain-text mail, and
// as in no list of headlines.
func wrapped(text string, lines []graph.Span) bool {
	if len(lines) < 2 {
		return false
	}
	margin := 0
	for _, l := range lines {
		margin = max(margin, len(strings.TrimRight(text[l.Start:l.End], " \t\r")))
	}
	if margin < minMargin || margin > maxMargin {
		return false
	}
	for i, l := range lines[1:] {
		before := strings.TrimRight(text[lines[i].Start:lines[i].End], " \t\r")
		line := text[l.Start:l.End]
		first := strings.IndexFunc(line, unicode.IsSpace)
		if first < 0 {
			first = len(line)
		}
		if first == 0 || len(before)+1+first <= margin {
			return false
		}
	}
	return true
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
//
// It goes from chunk to chunk (a chunk has no white space inside) and asks at
// each gap whether the sentence ends there. Closing marks, footnote numbers and
// emoticons that follow the last mark still belong to the sentence.
func sentences(text string, para graph.Span) []graph.Span {
	s := splitter{text: text, para: para, start: para.Start}
	for i := para.Start; i < para.End; {
		end := s.chunkEnd(i)
		s.inner(i, end)
		next := end
		for next < para.End {
			r, size := utf8.DecodeRuneInString(text[next:para.End])
			if !unicode.IsSpace(r) {
				break
			}
			next += size
		}
		if next == para.End || s.ends(i, end, next) {
			s.cut(end, next)
		}
		i = next
	}
	return s.out
}

// splitter is one paragraph on its way to sentences.
type splitter struct {
	text  string
	para  graph.Span
	out   []graph.Span
	start int // of the sentence
	// pending says that the sentence has ended but for what hangs on to it.
	pending bool
	quotes  int // straight double quotes in the sentence so far
}

// cut ends the sentence at end; the next begins at next.
func (s *splitter) cut(end, next int) {
	if s.start < end {
		s.out = append(s.out, graph.Span{Start: s.start, End: end})
	}
	s.start, s.pending, s.quotes = next, false, 0
}

// maxNote is the length of the longest editorial note looked for.
const maxNote = 40

// chunkEnd returns the end of the chunk at i. A note after the end of a
// sentence ("[better source needed]") is one chunk.
func (s *splitter) chunkEnd(i int) int {
	if s.pending && s.text[i] == '[' {
		if n := strings.IndexByte(s.text[i:min(s.para.End, i+maxNote)], ']'); n > 0 {
			i += n
		}
	}
	if n := strings.IndexFunc(s.text[i:s.para.End], unicode.IsSpace); n >= 0 {
		return i + n
	}
	return s.para.End
}

// inner cuts between two sentences without a space ("He left.Then it rained").
func (s *splitter) inner(start, end int) {
	chunk := s.text[start:end]
	if strings.Contains(chunk, "//") || strings.IndexByte(chunk, '@') >= 0 || addressLen(chunk) > 0 {
		return
	}
	letters := 0 // small letters just before
	for i, r := range chunk {
		if unicode.IsLower(r) {
			letters++
			continue
		}
		if (r == '.' || r == '!' || r == '?') && letters >= 2 {
			after := chunk[i+1:]
			first, size := utf8.DecodeRuneInString(after)
			second, _ := utf8.DecodeRuneInString(after[size:])
			if unicode.IsUpper(first) && (unicode.IsLower(second) || first == 'I' && len(after) == 1) &&
				!isDomain(strings.ToLower(leadingLetters(after))) && !in(abbreviations, lastWord(chunk[:i])) {
				s.cut(start+i+1, start+i+1)
			}
		}
		letters = 0
	}
}

func isTerminal(r rune) bool { return r == '.' || r == '!' || r == '?' || r == '…' }

// ends reports whether the sentence ends between the chunk text[start:end] and
// the next one, at next.
func (s *splitter) ends(start, end, next int) bool {
	chunk := s.text[max(start, s.start):end]
	after := s.text[next:min(s.para.End, next+maxLook)]
	s.quotes += strings.Count(chunk, `"`)
	closed := s.pending || s.closed(chunk, after)
	if !closed {
		return s.endsLine(chunk, after, end)
	}
	if s.hangsOn(after) {
		s.pending = true
		return false
	}
	s.pending = false
	return s.opens(chunk, after)
}

// maxLook bounds the look at what follows.
const maxLook = 64

// closed reports whether chunk ends with a mark that closes a sentence.
func (s *splitter) closed(chunk, after string) bool {
	body := strings.TrimRight(withoutNotes(chunk), "*")
	bare := strings.TrimRight(body, `"'“”’»›)]}`)
	mark, size := utf8.DecodeLastRuneInString(bare)
	if !isTerminal(mark) {
		n := emoticonAtEnd(chunk)
		next, _ := utf8.DecodeRuneInString(after)
		return n > 0 && unicode.IsUpper(next)
	}
	word := lastWord(bare[:len(bare)-size])
	if mark != '.' {
		return !in(exclamatory, word)
	}
	if bare != body || strings.HasSuffix(word, ".") {
		return true
	}
	next, _ := utf8.DecodeRuneInString(after)
	switch {
	case word == "":
		return true
	case isInitial(word):
		return openers[firstWord(after)] // "Plan B. The", but "R. Politik"
	case in(beforeNumber, word):
		return !unicode.IsDigit(next) && !in(abbreviations, word)
	case in(abbreviations, word):
		return false
	case in(mayEnd, word), isAcronym(word):
		return openers[firstWord(after)] && unicode.IsUpper(firstLetter(after)) || strings.HasPrefix(after, "[")
	}
	return !s.numbered(word)
}

// numbered reports whether word is the number of a heading or list item, which
// opens the sentence.
func (s *splitter) numbered(word string) bool {
	return strings.HasPrefix(s.text[s.start:s.para.End], word) && len(word) <= 5 && numeric(word)
}

// withoutNotes returns chunk without footnote numbers at its end ("war.[13]").
func withoutNotes(chunk string) string {
	for strings.HasSuffix(chunk, "]") {
		open := strings.LastIndexByte(chunk[max(0, len(chunk)-maxNote):], '[')
		if open < 0 {
			break
		}
		chunk = chunk[:max(0, len(chunk)-maxNote)+open]
	}
	return chunk
}

// emoticonAtEnd returns the length of the emoticon chunk ends with, or 0.
func emoticonAtEnd(chunk string) int {
	if strings.IndexByte(")(]|DPpoO3/\\*_3x", chunk[len(chunk)-1]) < 0 {
		return 0
	}
	for n := min(4, len(chunk)); n >= 2; n-- {
		at := len(chunk) - n
		if utf8.RuneStart(chunk[at]) && emoticonLen(chunk[at:]) == n {
			return n
		}
	}
	return 0
}

func emoticonLen(s string) int {
	t := tokeniser{text: s, end: len(s)}
	return t.emoticon(0)
}

// hangsOn reports whether the next chunk belongs to the sentence just closed:
// closing marks, a footnote number, an emoticon.
func (s *splitter) hangsOn(after string) bool {
	next := after
	if n := strings.IndexFunc(after, unicode.IsSpace); n >= 0 {
		next = after[:n]
	}
	switch next[0] {
	case '[':
		n := strings.IndexByte(after, ']')
		r, _ := utf8.DecodeRuneInString(after[1:])
		return n > 1 && n <= maxNote && (isDigit(r) && n <= 5 || unicode.IsLower(r))
	case '"':
		return next == `"` && s.quotes%2 == 1
	case '\'':
		return false
	}
	if emoticonLen(next) == len(next) {
		return true
	}
	for _, r := range next {
		if !isTerminal(r) && !isCloser(r) {
			return false
		}
	}
	return true
}

// opens reports whether a sentence can begin with after, where chunk closed one.
func (s *splitter) opens(chunk, after string) bool {
	first := firstLetter(after)
	if !unicode.IsLower(first) {
		next, _ := utf8.DecodeRuneInString(after)
		return !strings.ContainsRune(",;:", next)
	}
	last, _ := utf8.DecodeLastRuneInString(chunk)
	switch last {
	case '!', '?':
		return true
	case '.':
		word := lastWord(strings.TrimRight(chunk, "."))
		if len(word) < 2 || strings.HasSuffix(chunk, "..") || isAcronym(word) || in(withPoint, word) {
			return false
		}
		return casualOpeners[firstWord(after)] || unicode.IsLower(firstLetter(s.text[s.start:min(s.para.End, s.start+maxLook)]))
	}
	return false
}

// endsLine finds the ends of lines of a letter that has lost its line breaks:
// ruled lines, the time stamp of a mail, a salutation, a closing formula.
func (s *splitter) endsLine(chunk, after string, end int) bool {
	if isRule(chunk) || isRule(after) {
		return true
	}
	if !unicode.IsUpper(firstLetter(after)) {
		return addressLen(after) > 0 && addressLen(chunk) == len(chunk) || stampLen(after) > 0 && unicode.IsUpper(firstRune(lastWord(chunk))) && isWord(lastRune(chunk))
	}
	line := s.text[s.start:end]
	if n := len(line); n <= maxLook {
		if word := firstWord(line); formulas[word] && n == len(word)+1 && strings.HasSuffix(line, ",") ||
			greetings[word] && strings.IndexByte(",:-", line[n-1]) >= 0 {
			return true
		}
	}
	return stampLen(line[max(0, len(line)-maxStamp):]) > 0 || addressLen(chunk) == len(chunk)
}

func isRule(s string) bool {
	n := 0
	for n < len(s) && strings.IndexByte("_*=-~#", s[n]) >= 0 {
		n++
	}
	return n >= 5 && (n == len(s) || s[n] == ' ')
}

// maxStamp is the length of the longest time stamp.
const maxStamp = 22

// stampLen returns the length of the time stamp of a mail s opens with or, if s
// is no longer than maxStamp, holds at its end ("08/15/2000 06:23 PM").
func stampLen(s string) int {
	for i := 0; i+15 <= len(s) && i < maxStamp; i++ {
		if i > 0 && len(s) > maxStamp {
			break
		}
		if !isDigit(rune(s[i])) || i > 0 && isWord(rune(s[i-1])) {
			continue
		}
		f := [3]string{}
		rest := s[i:]
		for n := range f {
			f[n], rest, _ = strings.Cut(rest, " ")
		}
		if strings.Count(f[0], "/") == 2 && strings.Contains(f[1], ":") && (f[2] == "AM" || f[2] == "PM") {
			return len(s) - i - len(rest)
		}
	}
	return 0
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

func lastRune(s string) rune { r, _ := utf8.DecodeLastRuneInString(s); return r }

// firstLetter returns the first rune of s behind opening marks.
func firstLetter(s string) rune { return firstRune(strings.TrimLeft(s, openingMarks)) }

// openingMarks may stand before the first word of a sentence.
const openingMarks = "\"'`“‘‚„«‹([*_"

// leadingLetters returns the letters s opens with.
func leadingLetters(s string) string {
	i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if i < 0 {
		return s
	}
	return s[:i]
}

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

// firstWord returns the letters of the first word of s in lower case.
func firstWord(s string) string {
	return strings.ToLower(leadingLetters(strings.TrimLeft(s, openingMarks)))
}

// Segment splits a text into paragraphs, sentences and tokens, and marks the
// sentences that begin inside a quotation. The tokens have no tags. Any bytes
// are accepted; the cost is linear in their number.
func Segment(text string) []Sentence {
	var out []Sentence
	for n, para := range paragraphs(text) {
		for _, span := range sentences(text, para) {
			words := Tokenise(text, span)
			tokens := make([]Token, len(words))
			for i, w := range words {
				tokens[i] = Token{Span: w, Text: text[w.Start:w.End]}
			}
			out = append(out, Sentence{Span: span, Paragraph: n, Tokens: tokens})
		}
	}
	if len(out) > 0 {
		if n := Dateline(text, out[0].Tokens); n > 0 && n < len(out[0].Tokens) {
			head, rest := out[0], out[0]
			head.Tokens, rest.Tokens = head.Tokens[:n:n], rest.Tokens[n:]
			head.Span.End, rest.Span.Start = head.Tokens[n-1].Span.End, rest.Tokens[0].Span.Start
			out = slices.Concat([]Sentence{head, rest}, out[1:])
		}
	}
	markQuoted(text, out)
	return out
}

// Dateline returns how many of tokens, those of the first sentences of text, are the
// dateline that opens it ("PARIS, April 4 (AFP) —"), its dash included.
func Dateline(text string, tokens []Token) int {
	d, ok := dateline.Parse(text)
	if !ok {
		return 0
	}
	n := 0
	for n < len(tokens) && tokens[n].Span.End <= d.End {
		n++
	}
	return n
}
