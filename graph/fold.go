package graph

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// foldLetters are Latin letters that people type without their stroke or as two
// letters, and that Unicode does not decompose.
var foldLetters = strings.NewReplacer(
	"ł", "l", "ø", "o", "đ", "d", "ħ", "h", "ı", "i", "ß", "ss", "æ", "ae", "œ", "oe",
	"þ", "th", "ð", "d", "’", "'", "‘", "'", "ʼ", "'", "`", "'")

// Fold returns the form of a name that is compared and searched by: lower case,
// without diacritics, runs of white space as one space, and without the English
// article in front and the possessive "'s" at the end. "The  Côte d’Ivoire's"
// becomes "cote d'ivoire". Compatibility forms (ligatures, full-width letters)
// become plain ones; control and format characters are dropped; bytes that are
// not UTF-8 become U+FFFD.
//
// Fold is idempotent. The result is for comparing, not for showing.
func Fold(name string) string {
	name = FoldWord(name)
	name = strings.Join(strings.FieldsFunc(dropControls(name), unicode.IsSpace), " ")
	for {
		bare := strings.TrimPrefix(name, "the ")
		bare = strings.TrimRight(strings.TrimSuffix(bare, "'s"), " ")
		if bare == name {
			return name
		}
		name = bare
	}
}

// FoldWord returns w in lower case, without diacritics and with plain
// apostrophes and letters, as Fold does, and leaves the rest alone.
func FoldWord(w string) string {
	if isASCII(w) {
		return strings.ToLower(w)
	}
	w = foldLetters.Replace(strings.ToLower(decompose(strings.ToValidUTF8(w, "\uFFFD"))))
	return decompose(w) // what the two steps before made may decompose in turn
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// decompose splits letters from their marks and drops the marks.
func decompose(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(s))
}

func dropControls(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsSpace(r) && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			return -1
		}
		return r
	}, s)
}
