package names

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The rules below undo the regular ways in which one sound of another script is
// spelled in English. They are coarse on purpose and fit several languages at
// once: e and i, o and u are one vowel, doubled letters are single, "kh" is h,
// "w" is v. What they make equal counts as another spelling of one word; it does
// not have to be pronounced so.

// endings are tried in order; the first that fits is replaced.
var endings = []struct{ from, to string }{
	{"skyy", "ski"}, {"skiy", "ski"}, {"skii", "ski"}, {"skij", "ski"}, {"skyi", "ski"}, {"sky", "ski"},
	{"evich", "evic"}, {"evitch", "evic"}, {"ewicz", "evic"}, {"ovich", "ovic"}, {"ovitch", "ovic"}, {"owicz", "ovic"},
	{"off", "ov"}, {"eff", "ev"}, {"ah", "a"}, {"eh", "e"}, {"ih", "i"}, {"oh", "o"}, {"uh", "u"}, {"ij", "i"}, {"ez", "es"},
}

var prefixes = []struct{ from, to string }{{"gh", "k"}, {"mac", "mk"}, {"mc", "mk"}}

// rewrite takes the first that fits at each place.
var rewrite = strings.NewReplacer(
	"tsch", "c", "tch", "c", "sch", "s", "dzh", "j", "dj", "j", "zh", "j",
	"kh", "h", "gh", "g", "ph", "f", "th", "t", "dh", "d", "bh", "b", "sh", "s", "ch", "c", "cz", "c",
	"ck", "k", "ct", "kt", "cl", "kl", "cr", "kr", "ca", "ka", "co", "ku", "cu", "ku", "ce", "si", "ci", "si", "cy", "si",
	"qu", "k", "q", "k", "x", "ks", "w", "v", "tz", "ts",
	"ou", "u", "oo", "u", "oe", "u", "ue", "u", "ee", "i", "ae", "a",
	"ai", "ai", "ay", "ai", "aj", "ai", "ei", "ai", "ey", "ai", "ej", "ai",
	"e", "i", "o", "u", "y", "i",
)

// sound returns what spellings of one word have in common. The word is folded
// and without punctuation. Letters beyond a to z stay as they are.
func sound(w string) string {
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(w, p.from); ok && len(rest) > 2 {
			w = p.to + rest
			break
		}
	}
	for _, e := range endings {
		if stem, ok := strings.CutSuffix(w, e.from); ok && stem != "" {
			w = stem + e.to
			break
		}
	}
	return single(rewrite.Replace(w))
}

// single returns s with runs of one letter, not of one digit, as one.
func single(s string) string {
	var b strings.Builder
	last := rune(-1)
	for _, r := range s {
		if r != last || unicode.IsDigit(r) {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

// bare returns a sound without its vowels, but for the first letter.
func bare(sound string) string {
	_, n := utf8.DecodeRuneInString(sound)
	return sound[:n] + strings.Map(func(r rune) rune {
		if strings.ContainsRune("aiu", r) {
			return -1
		}
		return r
	}, sound[n:])
}

// nearly reports whether two words are so long and so alike that one may be a
// slip or a freer spelling of the other. Of short names (Yang, Ying; Karim,
// Karam), each vowel makes another name.
func nearly(a, b *word) bool {
	shorter := min(a.letters, b.letters)
	limit := 0 // of the edit distance
	switch {
	case shorter >= 9:
		limit = 2
	case shorter >= 6:
		limit = 1
	}
	if shorter < 5 || a.sound[0] != b.sound[0] || feminine(a.sound, b.sound) || feminine(b.sound, a.sound) {
		return false
	}
	if len(a.bare) >= 4 && a.bare == b.bare {
		return true
	}
	return max(a.letters, b.letters)-shorter <= limit && EditDistance([]rune(a.sound), []rune(b.sound)) <= limit
}

// feminine reports whether b is the surname of a woman (Ivanova) where a is
// that of a man (Ivanov).
func feminine(a, b string) bool {
	for _, e := range []struct{ man, woman string }{{"uv", "uva"}, {"iv", "iva"}, {"in", "ina"}, {"ski", "ska"}, {"ski", "skaia"}} {
		man, ok := strings.CutSuffix(a, e.man)
		woman, also := strings.CutSuffix(b, e.woman)
		if ok && also && man == woman {
			return true
		}
	}
	return false
}

// EditDistance returns the number of runes to insert, delete, replace, or swap
// with their neighbour, to make b of a (optimal string alignment). It takes time
// in proportion to the product of the lengths.
func EditDistance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		before, last, row = last, row, before
		row[0] = i + 1
		for j := range b {
			replace := last[j]
			if a[i] != b[j] {
				replace++
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, replace)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}
