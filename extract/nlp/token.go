package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/graph"
)

// Tokenise splits text[span.Start:span.End], which should be one sentence,
// into words and marks by the conventions of the Universal Dependencies
// treebanks EWT and GUM: clitics stand alone ("do n't", "Russia 's"), so do
// hyphens between words ("Hamas - run") except after a prefix ("non-state",
// "co-founder"), currency signs, units glued to a number and dashes; numbers,
// abbreviations with their full stop, web and e-mail addresses, emoticons and
// runs of a mark ("...", "--", "?!") stay whole.
//
// The spans are offsets in text, in order, without overlap; together they hold
// every byte of the sentence that is not white space, and none that is. Any
// bytes are accepted. The cost is linear in the length of the sentence, and the
// returned slice is the only allocation.
func Tokenise(text string, span graph.Span) []graph.Span {
	t := tokeniser{
		text:   text[:span.End],
		out:    make([]graph.Span, 0, span.Len()/4+2),
		atMark: -1,
	}
	t.tail = startOfTail(text, span)
	for i := span.Start; i < span.End; {
		r, size := utf8.DecodeRuneInString(t.text[i:])
		if unicode.IsSpace(r) {
			i += size
			continue
		}
		end := i + strings.IndexFunc(t.text[i:], unicode.IsSpace)
		if end < i {
			end = span.End
		}
		t.chunk(i, end)
		i = end
	}
	return t.out
}

// startOfTail returns the offset from which the sentence holds only terminal
// marks, closing quotes and brackets, and white space.
func startOfTail(text string, span graph.Span) int {
	i := span.End
	for i > span.Start {
		r, size := utf8.DecodeLastRuneInString(text[span.Start:i])
		if !isTerminal(r) && !isCloser(r) && !unicode.IsSpace(r) {
			break
		}
		i -= size
	}
	return i
}

// tokeniser holds one sentence on its way to tokens. A chunk is a run without
// white space; chunk, and what it calls, moves through it from left to right.
type tokeniser struct {
	text  string // up to the end of the sentence
	out   []graph.Span
	start int // of the chunk
	end   int // of the chunk
	tail  int // see startOfTail

	atMark int // offset of the '@' last looked for in this chunk, end for none, -1 before
	local  int // start of the local part before atMark
}

func (t *tokeniser) push(start, end int) int {
	if start < end {
		t.out = append(t.out, graph.Span{Start: start, End: end})
	}
	return end
}

func (t *tokeniser) chunk(start, end int) {
	t.start, t.end, t.atMark = start, end, -1
	named := false
	for i := start; i < end; {
		r, _ := t.at(i)
		if n := addressLen(t.text[i:end]); n > 0 {
			i = t.push(i, i+n)
			continue
		}
		if n := t.emoticon(i); n > 0 {
			i = t.push(i, i+n)
			continue
		}
		if !isWord(r) {
			i = t.mark(i, r)
			continue
		}
		if !named { // once a chunk: it looks at all of it
			named = true
			if n := fileNameLen(t.text[i:end]); n > 0 {
				i = t.push(i, i+n)
				continue
			}
		}
		i = t.word(i)
	}
}

// at returns the rune of the chunk at i, and 0, 0 outside of it.
func (t *tokeniser) at(i int) (rune, int) {
	if i < t.start || i >= t.end {
		return 0, 0
	}
	if b := t.text[i]; b < utf8.RuneSelf {
		return rune(b), 1
	}
	return utf8.DecodeRuneInString(t.text[i:t.end])
}

// before returns the rune of the chunk that ends at i, and 0 at its start.
func (t *tokeniser) before(i int) rune {
	if i <= t.start {
		return 0
	}
	r, _ := utf8.DecodeLastRuneInString(t.text[t.start:i])
	return r
}

// isWord reports whether r is part of a word by itself. Bytes that are not
// UTF-8 are: they are letters of an encoding lost.
func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || isDigit(r)
	}
	return unicode.In(r, unicode.L, unicode.N, unicode.M, unicode.Cf) || r == utf8.RuneError
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// isCloser reports whether r may follow the last mark of a sentence.
func isCloser(r rune) bool {
	switch r {
	case '"', '\'', '”', '’', '»', '›', ')', ']', '}':
		return true
	}
	return false
}

func isCurrency(r rune) bool { return r == '$' || r > 0x7F && unicode.Is(unicode.Sc, r) }

// word takes the word at i, with what joins it to its next parts, and returns
// where the rest begins.
func (t *tokeniser) word(i int) int {
	if end := t.email(i); end > i {
		return t.push(i, end)
	}
	if end := t.hyphenated(i); end > i {
		return t.push(i, end)
	}
	part := i // start of the last part, behind the last joining mark
	j := i
	for j < t.end {
		r, size := t.at(j)
		if isWord(r) {
			j += size
			continue
		}
		if isApostrophe(r) || r == '`' {
			if next, done := t.apostrophe(i, j, size); done {
				return next
			}
		}
		n := t.joins(i, part, j, r, size)
		if n == 0 {
			break
		}
		j += n
		part = j
	}
	if r, _ := t.at(j); r == '.' && t.keepsPoint(i, j) {
		return t.push(i, j+1)
	}
	if r, size := t.at(j); r == '$' && j-i <= 2 && isUpper(t.text[i:j]) { // "US$", "C$"
		return t.push(i, j+size)
	}
	if r, _ := t.at(j); r == '-' && j+1 == t.end && j > t.start && t.cutOff(i, j) {
		return t.push(i, j+1)
	}
	return t.parts(i, j)
}

// joins returns the length of the mark r of the given size at j if it joins the parts of one
// word or number, else 0. The word began at i, its last part at part.
func (t *tokeniser) joins(i, part, j int, r rune, size int) int {
	prev := t.before(j)
	next, _ := t.at(j + size)
	switch r {
	case '\'', '’', '‘':
		if j > i && unicode.IsLetter(next) && unicode.IsLetter(prev) { // "O'Rourke", "d'état"
			return size
		}
	case '_':
		if isWord(next) {
			return 1
		}
	case '.':
		if part < j && isWord(next) && t.pointJoins(i, part, j, prev, next) {
			return 1
		}
	case ',':
		if isDigit(prev) && isDigit(next) && (t.digits(j+1) == 3 || part == i && t.decimals(i, j)) {
			return 1
		}
	case ':':
		if isDigit(prev) && isDigit(next) {
			return 1
		}
	case '/':
		return t.slashJoins(i, j, prev, next)
	case '-':
		inside := j-part == 1 && t.before(part) == '-' // "Jamaat-e-Islami"
		prefix := isPrefix(t.text[part:j]) && !inside
		if isWord(next) && (prefix || isSuffix(t.text[j+1:t.end])) && unicode.IsLetter(prev) {
			return 1
		}
	case '&':
		if j-part <= 4 && t.shortRun(j+1) && (j-part == 1 || isUpper(t.text[part:j])) {
			return 1
		}
	case '*':
		n := sameRun(t.text[j:t.end], '*')
		if next, _ := t.at(j + n); unicode.IsLetter(prev) && unicode.IsLetter(next) {
			return n
		}
	}
	return 0
}

// decimals reports whether the comma at j, in the number that began at i, is a
// decimal comma ("7,5") rather than that of a list ("1,2,3").
func (t *tokeniser) decimals(i, j int) bool {
	n := t.digits(j + 1)
	next, _ := t.at(j + 1 + n)
	return n <= 2 && next != ',' && t.before(i) != ',' && t.number(i, j)
}

// number reports whether text[i:j] is nothing but digits.
func (t *tokeniser) number(i, j int) bool {
	for ; i < j; i++ {
		if !isDigit(rune(t.text[i])) {
			return false
		}
	}
	return true
}

// digits counts the digits at i, up to 5.
func (t *tokeniser) digits(i int) int {
	n := 0
	for n < 5 && i+n < t.end && isDigit(rune(t.text[i+n])) {
		n++
	}
	return n
}

// shortRun reports whether one to three letters stand at i, as after the "&" of
// "AT&T".
func (t *tokeniser) shortRun(i int) bool {
	for n := range 4 {
		r, size := t.at(i)
		if !isWord(r) {
			return n > 0
		}
		i += size
	}
	return false
}

// maxLabel bounds the look at the part behind a full stop.
const maxLabel = 24

// pointJoins decides on a full stop between two parts: in a number, an
// acronym, a host or a file name it joins them; between two words without a
// space it does not.
func (t *tokeniser) pointJoins(i, part, j int, prev, next rune) bool {
	if isDigit(prev) && isDigit(next) {
		return true
	}
	if j-part <= utf8.RuneLen(prev) && unicode.IsLetter(prev) && unicode.IsLetter(next) && !t.longWordAfter(part == i, j+1) {
		return true // "U.S", "a.m"
	}
	if joinsAbbreviation(t.text[part:j]) { // "Ph.D"
		return true
	}
	end, more := j+1, false // the next part, and whether another follows
	for range maxLabel {
		r, size := t.at(end)
		if !isWord(r) && r != '-' {
			after, _ := t.at(end + 1)
			more = r == '.' && isWord(after)
			break
		}
		end += size
	}
	if isDomain(t.text[j+1 : end]) {
		return true
	}
	// "comp.sources.unix", "www2.example.ac.at"
	return (more || part > i) && unicode.IsLower(prev) && unicode.IsLower(next)
}

// longWordAfter reports whether more than one letter stands at i, and the part
// before is the first: "J.Smith" is no acronym, "U.S.A" and "M.Sc" are.
func (t *tokeniser) longWordAfter(first bool, i int) bool {
	if !first {
		return false
	}
	for n := range 4 {
		r, size := t.at(i)
		if !unicode.IsLetter(r) {
			return n == 0
		}
		i += size
	}
	return true
}

// slashJoins keeps dates ("9/11", "11/28/2000") and a few abbreviations whole.
func (t *tokeniser) slashJoins(i, j int, prev, next rune) int {
	if isDigit(prev) && isDigit(next) && j-i <= maxHyphenated {
		end := j + 1 + t.digits(j+1)
		r, _ := t.at(end)
		if !t.number(i, j) {
			// the second slash of a date, or a telephone number
			if strings.IndexByte(t.text[max(i, j-3):j], '/') >= 0 {
				return 1
			}
			return 0
		}
		if r == '/' && t.digits(end+1) > 0 {
			return 1
		}
		if j-i <= 2 && end-j <= 3 && isMonthDay(t.text[i:j], t.text[j+1:end]) {
			return 1
		}
		return 0
	}
	if isWord(next) && slashWord(t.text[i:min(t.end, i+5)]) {
		return 1
	}
	return 0
}

// isMonthDay reports whether m/d can only be a date: common fractions and
// "24/7" are split.
func isMonthDay(m, d string) bool {
	month, day := atoi(m), atoi(d)
	return month >= 1 && month <= 12 && day >= 1 && day <= 31 && (day > 8 || month >= day)
}

func atoi(s string) int {
	n := 0
	for _, c := range []byte(s) {
		n = n*10 + int(c-'0')
	}
	return n
}

// maxHyphenated is the length of the longest telephone number looked for.
const maxHyphenated = 20

// hyphenated returns the end of a telephone number, date or postcode at i
// ("713-853-3989", "2005-03-09"), or i. Ranges ("1969-1970", "5-10") are none.
func (t *tokeniser) hyphenated(i int) int {
	var groups [4]int
	n, j := 0, i
	for j < t.end && j-i <= maxHyphenated {
		c := rune(t.text[j])
		if isDigit(c) {
			groups[n]++
		} else if next, _ := t.at(j + 1); (c == '-' || c == '/' && n == 0) && groups[n] > 0 && n < 3 && isDigit(next) {
			n++
		} else {
			break
		}
		j++
	}
	if n == 0 {
		return i
	}
	if r, _ := t.at(j); isWord(r) || r == '-' || r == '/' || r == '.' && t.digits(j+1) > 0 {
		return i
	}
	switch g := groups; {
	case n == 1 && (g[0] == 3 || g[0] == 1) && g[1] == 4 && strings.IndexByte(t.text[i:j], '/') < 0,
		n == 1 && g[0] == 5 && g[1] == 4,
		n == 2 && g[0] == 3 && g[1] == 3 && g[2] == 4,
		n == 2 && g[0] <= 2 && g[1] <= 2 && (g[2] == 2 || g[2] == 4),
		n == 2 && g[0] == 4 && g[1] == 2 && g[2] == 2,
		n == 3 && g[0] <= 2 && g[1] == 3 && g[2] == 3 && g[3] == 4:
		return j
	}
	return i
}

func isLocal(c byte) bool {
	return c >= utf8.RuneSelf || isWord(rune(c)) || strings.IndexByte("._%+-", c) >= 0
}

// email returns the end of the e-mail address, or other name with an '@'
// inside, whose local part holds i, or i.
func (t *tokeniser) email(i int) int {
	if t.atMark < i { // look once for each '@'
		t.atMark = t.end
		if n := strings.IndexByte(t.text[i:t.end], '@'); n >= 0 {
			t.atMark = i + n
			t.local = t.atMark
			for t.local > i && isLocal(t.text[t.local-1]) {
				t.local--
			}
		}
	}
	if t.atMark == t.end || i < t.local {
		return i
	}
	end := t.atMark + 1
	for end < t.end && (isLocal(t.text[end]) && t.text[end] != '%' && t.text[end] != '+') {
		end++
	}
	for end > t.atMark+1 && strings.IndexByte("._-", t.text[end-1]) >= 0 {
		end--
	}
	if end == t.atMark+1 {
		return i
	}
	return end
}

// addressLen returns the length of the web address s opens with, or 0.
func addressLen(s string) int {
	lead := 0
	if s == "" || strings.IndexByte("hHfFwWmM", s[0]) < 0 {
		return 0
	}
	for _, p := range [...]string{"http://", "https://", "ftp://", "www.", "mailto:"} {
		if len(s) > len(p) && strings.EqualFold(s[:len(p)], p) {
			lead = len(p)
			break
		}
	}
	if lead == 0 {
		return 0
	}
	n := strings.IndexAny(s, `<>"“”«»`)
	if n < 0 {
		n = len(s)
	}
	open, shut := strings.Count(s[:n], "("), strings.Count(s[:n], ")")
	for n > lead {
		r, size := utf8.DecodeLastRuneInString(s[:n])
		switch {
		case r == ')' && open >= shut:
			return n
		case r == ')':
			shut--
		case strings.ContainsRune(".,;:!?'’]}*|", r):
		default:
			return n
		}
		n -= size
	}
	return 0
}

// fileNameLen returns the length of the file name s opens with ("4_28_00.doc"),
// or 0. It looks at all of s.
func fileNameLen(s string) int {
	for i := range len(s) {
		c := s[i]
		if c == '.' {
			end := i + 1
			for end < len(s) && end-i <= 5 && isWord(rune(s[end])) && s[end] < utf8.RuneSelf {
				end++
			}
			if i > 0 && isFileType(s[i+1:end]) {
				return end
			}
			continue
		}
		if !isLocal(c) && c != '#' && c != '~' && c != '!' {
			break
		}
	}
	return 0
}

// emoticon returns the length of the emoticon at i, or 0.
func (t *tokeniser) emoticon(i int) int {
	if strings.IndexByte(":;=>^-xOoT<", t.text[i]) < 0 {
		return 0
	}
	s := t.text[i:min(t.end, i+8)]
	for _, e := range [...]string{"^_^", "-_-", "x.x", "O_o", "o_O", "T_T", "<3"} {
		if strings.HasPrefix(s, e) && i == t.start {
			if r, _ := t.at(i + len(e)); !isWord(r) {
				return len(e)
			}
		}
	}
	n := 0
	prev := t.before(i)
	if strings.HasPrefix(s, ">:") && prev == 0 {
		n = 1
	}
	if n >= len(s) || strings.IndexByte(":;=", s[n]) < 0 || s[n] == '=' && isWord(prev) {
		return 0
	}
	n++
	if n < len(s) && strings.IndexByte("-'o^", s[n]) >= 0 {
		n++
	}
	if n >= len(s) {
		return 0
	}
	mouth := s[n]
	round := strings.IndexByte(")(]|", mouth) >= 0
	if !round && (strings.IndexByte("DPpoO3/\\*", mouth) < 0 || isWord(prev)) {
		return 0
	}
	for n < len(s) && s[n] == mouth {
		n++
	}
	if mouth == '(' && i+n < t.end { // "note:(see below)"
		if r, _ := t.at(i + n); isWord(r) {
			return 0
		}
	}
	if r, _ := t.at(i + n); !round && (isWord(r) || r == '/') {
		return 0
	}
	return n
}

// mark takes the mark r at i, with the rest of its run, and returns where the
// rest begins.
func (t *tokeniser) mark(i int, r rune) int {
	s := t.text[i:t.end]
	_, size := t.at(i)
	next, _ := t.at(i + size)
	switch {
	case isApostrophe(r) || r == '`':
		return t.leadingApostrophe(i, r, size)
	case r == '.' && isDigit(next) && !isWord(t.before(i)):
		j := i + 1
		for j < t.end && isDigit(rune(t.text[j])) {
			j++
		}
		return t.push(i, j)
	case r == '.' && i == t.start && isFileType(s[1:]):
		return t.push(i, t.end)
	case isTerminal(r):
		return t.push(i, i+terminalRun(s))
	case r == '@' && unicode.IsLetter(next) && i == t.start,
		r == '#' && unicode.IsLetter(next) && !isWord(t.before(i)),
		r == '+' && isDigit(next) && i == t.start:
		return t.push(i, t.wordEnd(i+1))
	case strings.ContainsRune(rule, r):
		return t.push(i, i+ruleLen(s))
	case r == '$' || r == '/' || r == '\\' || r == '^' || r == '–' || r == '—' || r == '―' || r == '•':
		n := size
		for n < len(s) && strings.HasPrefix(s[n:], s[:size]) {
			n += size
		}
		return t.push(i, i+n)
	case unicode.Is(unicode.So, r):
		return t.push(i, i+size+emojiTail(s[size:], r))
	}
	return t.push(i, i+size)
}

// wordEnd returns the end of the run of word runes and low lines at i.
func (t *tokeniser) wordEnd(i int) int {
	for i < t.end {
		r, size := t.at(i)
		if !isWord(r) && r != '_' {
			break
		}
		i += size
	}
	return i
}

// ruleLen returns the length of the token that s opens with, a mark of rule:
// five and more of them in any order are a drawing, fewer stand alone, with
// their likes, or as an arrow or comparison ("->", "<-", ">=").
func ruleLen(s string) int {
	n := 0
	for n < len(s) && strings.IndexByte(rule, s[n]) >= 0 {
		n++
	}
	if n >= 5 {
		return n
	}
	n = sameRun(s, s[0])
	switch rest := s[n:]; {
	case strings.IndexByte("-=", s[0]) >= 0 && strings.HasPrefix(rest, ">"),
		strings.IndexByte("-<>", s[0]) >= 0 && strings.HasPrefix(rest, "="),
		s[0] == '<' && rest == "-":
		return n + 1
	}
	return n
}

// rule holds the marks that lines and arrows are drawn with.
const rule = "-=<>|+*~#_{}"

// terminalRun returns the length of the token of terminal marks at the start of
// s: an ellipsis, or a run like "?!" or ".?".
func terminalRun(s string) int {
	n := 0
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if !isTerminal(r) || n >= 2 && s[0] == '.' && s[1] == '.' && r != '.' && r != '…' {
			break
		}
		n += size
	}
	return n
}

func sameRun(s string, c byte) int {
	n := 0
	for n < len(s) && s[n] == c {
		n++
	}
	return n
}

// emojiTail returns the length of what belongs to the emoji r before s: a
// variation, a skin tone, a joined emoji, the second letter of a flag.
func emojiTail(s string, r rune) int {
	n := 0
	flag := 0x1F1E6 <= r && r <= 0x1F1FF
	joined := false
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		switch {
		case r == 0xFE0F || r == 0x20E3 || 0x1F3FB <= r && r <= 0x1F3FF:
		case r == 0x200D:
			joined = true
			n += size
			continue
		case joined && unicode.Is(unicode.So, r):
		case flag && 0x1F1E6 <= r && r <= 0x1F1FF:
			flag = false
		default:
			return n
		}
		joined = false
		n += size
	}
	return n
}

func isUpper(s string) bool {
	for _, r := range s {
		if !unicode.IsUpper(r) {
			return false
		}
	}
	return s != ""
}
