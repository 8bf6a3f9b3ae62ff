package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// prefixes keep their hyphen and what follows it in one token; other
// compounds are split ("long - term").
var prefixes = wordSet(`anti arch bi bio co counter cross cyber de e ex extra
	infra inter intra macro mega meta micro mid mini mis multi non over para
	peri post pre pro pseudo psycho re semi socio sub super supra trans tri ultra un uni
	under vice uh`)

// suffixes do so too.
var suffixes = wordSet("esque wise ish less oh unh huh")

// slashed are the words with a slash that stay whole.
var slashed = wordSet("w/o b/c l/c i/c s/he n/a i/s")

// withPoint are abbreviations that keep their full stop, except at the end of
// the sentence.
var withPoint = wordSet(`mr mrs ms mx dr prof rev fr sr jr st sts mt ft messrs mlle mme
	gen lt col maj capt cmdr cpl sgt pvt adm brig
	sen sens rep reps gov govs amb pres sec hon supt det insp ass't asst
	vs v etc ect cf al approx dept est nos vol vols fig figs art para ext div ed eds esp ca
	inc corp ltd co cos bros plc llc univ conf attn
	ave blvd rd
	jan feb mar apr jun jul aug sep sept oct nov dec
	mon tue tues wed thu thur thurs fri sat sun
	ala ariz ark cal calif colo conn del fla ga ill ind kan ky la md mich minn miss mont neb nev okla
	ore pa penn tenn tex va vt wash wis wyo que ont
	lb lbs oz sq hrs hr mins yrs tel mob ph eg ie ps incl max min`)

// titled are those that keep it only when capitalised: "La.", but "la".
var titled = wordSet(`art ala ariz ark cal calif colo conn del fla ga ill ind kan ky la md mich minn miss mont
	neb nev ore pa penn tenn tex va vt wash wis wyo que ont ave rd st mar may mon wed fri sat sun sec mt ft fig
	ed max min gen col jan dec`)

// numbered keep it only before a number ("No. 10", "p. 5").
var numbered = wordSet("no p pp c ch sec art fig b d r m ca fl")

// units are split off the number they are glued to ("5 pm", "10 km").
var units = wordSet(`am pm a.m p.m k m b t bn mn tn mm cm km kg kgs g mg lb lbs oz ft sq mph kmh kph kw mw gw kwh
	hz mhz ghz kb mb gb tb min mins hr hrs yr yrs sec secs x percent pc pct days day persons minutes hours million billion`)

// unitsAsWritten are those of a single capital, split only after a currency
// sign ("$ 3 M"): without it they are more often a part of a name ("86M").
var unitsAsWritten = wordSet("M K B T")

// unpointed are the forms written without their apostrophe, with the length of
// the first word.
var unpointed = map[string]int{
	"cannot": 3, "gonna": 3, "wanna": 3, "gotta": 3, "outta": 3, "lemme": 3, "gimme": 3,
	"dont": 2, "doesnt": 4, "didnt": 3, "wont": 2, "cant": 2, "couldnt": 5, "wouldnt": 5,
	"shouldnt": 6, "isnt": 2, "arent": 3, "wasnt": 3, "werent": 4, "havent": 4, "hasnt": 3,
	"hadnt": 3, "aint": 2,
	"im": 1, "ive": 1, "youre": 3, "theyre": 4, "youve": 3, "theyve": 4, "weve": 2, "youll": 3,
	"theyll": 4, "itll": 2, "thats": 4, "whats": 4, "theres": 5, "hes": 2, "lets": 3,
}

// elided are the words that begin with an apostrophe.
var elided = wordSet("em til till tis twas cause bout cos n round cuz nuff")

// topDomains and fileTypes end a host or a file name.
var (
	topDomains = wordSet(`com org net edu gov mil int info biz io ai tv eu uk de fr ru ua cn
		au ca nz ie il ir jp kr nl se fi pl es ch cz hu tr za br mx ar`)
	fileTypes = wordSet("doc docx xls xlsx pdf htm html txt jpg jpeg png gif zip exe ppt url csv mp3 mp4 xml json")
)

// in reports whether set has word, in any case. It allocates nothing.
func in(set map[string]bool, word string) bool {
	var low [12]byte
	if len(word) == 0 || len(word) > len(low) {
		return false
	}
	return set[string(lower(low[:0], word))]
}

// lower appends word to buf with its ASCII letters in lower case.
func lower(buf []byte, word string) []byte {
	for i := range len(word) {
		c := word[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		buf = append(buf, c)
	}
	return buf
}

func isPrefix(part string) bool { return in(prefixes, part) }

// isSuffix reports whether s opens with one of suffixes as a whole word.
func isSuffix(s string) bool {
	n := 0
	for n < len(s) && n < 8 && unicode.IsLetter(rune(s[n])) {
		n++
	}
	return in(suffixes, s[:n])
}

func isFileType(s string) bool { return in(fileTypes, s) }

func isDomain(s string) bool { return in(topDomains, s) && s == strings.ToLower(s) || in(fileTypes, s) }

// slashWord reports whether s opens with one of slashed.
func slashWord(s string) bool {
	n := len(s)
	for n > 2 {
		if in(slashed, s[:n]) {
			after, _ := utf8.DecodeRuneInString(s[n:])
			return n == len(s) || !isWord(after)
		}
		n--
	}
	return false
}

// joinsAbbreviation reports whether an inner full stop follows part.
func joinsAbbreviation(part string) bool { return part == "Ph" || part == "Sc" }

// keepsPoint reports whether the full stop at j belongs to the word at i.
func (t *tokeniser) keepsPoint(i, j int) bool {
	word := t.text[i:j]
	final := j >= t.tail
	next, _ := t.at(j + 1)
	if next == '.' {
		after, _ := t.at(j + 2)
		return after != '.' && in(withPoint, word) && !in(numbered, word) // "Jr.."
	}
	if isWord(next) && !isDigit(next) {
		return in(withPoint, word) && unicode.IsUpper(firstRune(word)) && unicode.IsUpper(next) // "Mr.Smith"
	}
	if isAcronym(word) {
		return true
	}
	if final {
		return false
	}
	follows := t.nextWord(j + 1)
	switch {
	case in(numbered, word):
		if isDigit(follows) {
			return true
		}
		return len(word) == 1 && isInitial(word)
	case in(withPoint, word):
		return !in(titled, word) || unicode.IsUpper(firstRune(word))
	case isInitial(word), word == "I" && unicode.IsUpper(follows) && len(t.out) > 0:
		return true
	}
	// an abbreviation not in the list
	return len(word) <= 4 && unicode.IsLower(follows) && j+1 == t.end && !strings.ContainsAny(word, "0123456789")
}

// nextWord returns the first rune behind the white space at i, in the sentence.
func (t *tokeniser) nextWord(i int) rune {
	for i < len(t.text) {
		r, size := utf8.DecodeRuneInString(t.text[i:])
		if !unicode.IsSpace(r) {
			return r
		}
		i += size
	}
	return 0
}

// isAcronym reports whether word has an inner full stop between single letters
// ("U.S", "a.m", "Ph.D").
func isAcronym(word string) bool {
	point := strings.LastIndexByte(word, '.')
	if point < 1 || len(word) > 12 {
		return false
	}
	for _, c := range []byte(word) {
		if isDigit(rune(c)) {
			return false
		}
	}
	return len(word)-point-1 <= 2 && (point == 1 || word[point-2] == '.' || joinsAbbreviation(word[:point]))
}

// cutOff reports whether the hyphen at j, before white space, belongs to the
// word at i: one broken off ("th- this") or a prefix ("pre- and post-war").
func (t *tokeniser) cutOff(i, j int) bool {
	word := t.text[i:j]
	if isPrefix(word) {
		return true
	}
	return len(word) <= 2 && unicode.IsLetter(firstRune(word)) && i == t.start && isWord(t.nextWord(j+1))
}

// apostrophe decides on the apostrophe of the given size at j in the word that
// began at i. With done it has taken tokens, and next is where the rest begins.
func (t *tokeniser) apostrophe(i, j, size int) (next int, done bool) {
	prev := t.before(j)
	after, _ := t.at(j + size)
	if (after == 't' || after == 'T') && (prev == 'n' || prev == 'N') {
		if r, _ := t.at(j + size + 1); !isWord(r) {
			t.push(i, j-1)
			return t.push(j-1, j+size+1), true
		}
	}
	if n := cliticLen(t.text[j+size:t.end], prev); n > 0 {
		if (j-i == 2 || j-i == 4) && prev == '0' && t.number(i, j) && after == 's' { // "the 80's"
			return t.push(i, j+size+n), true
		}
		t.parts(i, j)
		return t.push(j, j+size+n), true
	}
	if (prev == 'y' || prev == 'Y') && j-i == 1 && strings.HasPrefix(strings.ToLower(t.text[j+size:min(t.end, j+size+3)]), "all") ||
		(prev == 'd' || prev == 'D') && j-i == 1 && (after == 'y' || after == 'Y') {
		return t.push(i, j+size), true // "y' all", "d' you"
	}
	return 0, false
}

// leadingApostrophe takes the apostrophe or single quote r at i, which joins
// nothing to a word before it.
func (t *tokeniser) leadingApostrophe(i int, r rune, size int) int {
	after, afterSize := t.at(i + size)
	if after == r || r == '‘' && after == '’' {
		return t.push(i, i+size+afterSize) // '' for "
	}
	prev := t.before(i)
	if isWord(prev) {
		return t.push(i, i+size)
	}
	if n := cliticLen(t.text[i+size:t.end], prev); n > 0 {
		return t.push(i, i+size+n) // "(29)'s"
	}
	if i == t.start {
		if n := cliticLen(t.text[i+size:t.end], 'x'); n > 0 && i+size+n == t.end && t.text[i+size] != 'd' {
			return t.push(i, i+size+n) // "Russia 's"
		}
	}
	if isDigit(after) && r != '‘' && r != '`' { // "'90s", "’72"
		n := t.digits(i + size)
		j := i + size + n
		if r, _ := t.at(j); r == 's' {
			j++
		}
		if r, _ := t.at(j); n == 2 && !isWord(r) && !isApostrophe(r) {
			return t.push(i, j)
		}
	}
	j := i + size
	for j < t.end && j-i < 10 && isWord(rune(t.text[j])) {
		j++
	}
	if word := t.text[i+size : j]; in(elided, word) {
		if next, _ := t.at(j); isApostrophe(next) || next >= utf8.RuneSelf {
			return t.push(i, i+size)
		}
		if strings.EqualFold(word, "tis") || strings.EqualFold(word, "twas") {
			t.push(i, i+size+1) // "'t was", "'t is"
			return t.push(i+size+1, j)
		}
		return t.push(i, j)
	}
	return t.push(i, i+size)
}

// parts takes the word at text[i:j], split where it is two words or a number
// and its unit, and returns j.
func (t *tokeniser) parts(i, j int) int {
	word := t.text[i:j]
	if isDigit(rune(word[0])) {
		n := len(word)
		for n > 0 && unicode.IsLetter(rune(word[n-1])) && word[n-1] < utf8.RuneSelf {
			n--
		}
		if n < len(word) && n > 0 && isDigit(rune(word[n-1])) && t.isUnit(i, word[n:]) && numeric(word[:n]) {
			return t.push(t.push(i, i+n), j)
		}
		return t.push(i, j)
	}
	var low [8]byte
	if len(word) <= len(low) {
		if n, ok := unpointed[string(lower(low[:0], word))]; ok && !(isUpper(word) && len(word) < 4) {
			return t.push(t.push(i, i+n), j)
		}
	}
	return t.push(i, j)
}

func numeric(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !isDigit(r) && r != '.' && r != ',' && r != ':' }) < 0
}

// isUnit reports whether s, glued to the number at i, is a unit.
func (t *tokeniser) isUnit(i int, s string) bool {
	if len(s) == 1 && unitsAsWritten[s] {
		return isCurrency(t.before(i))
	}
	return in(units, s)
}
