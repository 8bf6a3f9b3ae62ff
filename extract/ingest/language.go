package ingest

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"
)

// ErrLanguage is the cause of an Error about an article that is not English.
var ErrLanguage = errors.New("not English")

// sampleLen is how much of a text is looked at, in bytes.
const sampleLen = 2000

// Limits under which the text itself does not decide, found on the paragraphs of
// 862 English articles: of 6,200 with at least 100 bytes, none is taken for
// another language.
const (
	longText  = 200 // distinctLetters; from here likely is enough
	shortText = 100 // from here nearly certain is
	likely    = 0.8
	nearly    = 0.95
	even      = 0.5 // with what the input declares
	fewest    = 20  // of another script than the Latin
)

// otherLanguage returns the name of the language that a text is written in if that is
// surely not English, else "". What the input declares ("fr", "en-GB",
// "Français") speaks with the text where that is short, and never against it.
func otherLanguage(text, declared string) string {
	sample := strings.ToValidUTF8(text[:min(len(text), sampleLen)], "") // the last character may be cut
	if plainlyEnglish(sample) {
		return ""
	}
	letters, latin := distinctLetters(sample)
	silent := declared == "" || declares(declared, whatlanggo.Eng)
	if letters < fewest || letters < shortText && silent && latin {
		return ""
	}
	found := whatlanggo.Detect(sample)
	if found.Lang < 0 || found.Lang == whatlanggo.Eng {
		return ""
	}
	name := found.Lang.String()
	if found.Script != unicode.Latin {
		return name
	}
	// Between like languages the detection is seldom sure; between the likeliest
	// and English it can be.
	pair := whatlanggo.DetectWithOptions(sample, whatlanggo.Options{
		Whitelist: map[whatlanggo.Lang]bool{whatlanggo.Eng: true, found.Lang: true}})
	switch {
	case pair.Lang == whatlanggo.Eng:
	case letters >= longText && pair.Confidence >= likely,
		letters >= shortText && pair.Confidence >= nearly && !declares(declared, whatlanggo.Eng),
		pair.Confidence >= even && declares(declared, found.Lang):
		return name
	}
	return ""
}

// plainlyEnglish reports whether a text has as many of the little words that English alone
// has as no other language would. It spares nearly all English articles the detection, which
// takes a millisecond, ten times what reading one of them does.
func plainlyEnglish(sample string) bool {
	const apart = 100 // bytes; in English they are some 50
	if len(sample) < 2*apart {
		return false
	}
	n := 0
	for _, w := range []string{" the ", " and ", " of the ", " that ", " with ", " from ", " which ", " said "} {
		n += strings.Count(sample, w)
	}
	return n*apart >= len(sample) && strings.Contains(sample, " the ")
}

// distinctLetters counts the letters of a text, of each word once: a name said a
// hundred times says no more of the language than said once. latin tells whether
// most are Latin ones.
func distinctLetters(sample string) (letters int, latin bool) {
	ascii := 0
	seen := map[string]bool{}
	for word := range strings.FieldsSeq(sample) {
		if seen[word] {
			continue
		}
		seen[word] = true
		for _, r := range word {
			if unicode.IsLetter(r) {
				letters++
				if r < utf8.RuneSelf {
					ascii++
				}
			}
		}
	}
	return letters, ascii*2 > letters
}

// declares reports whether a declaration names the language, by a code of ISO
// 639, alone or before a country, or by its English name.
func declares(declared string, lang whatlanggo.Lang) bool {
	declared = strings.ToLower(strings.TrimSpace(declared))
	code := strings.FieldsFunc(declared, func(r rune) bool { return r == '-' || r == '_' })
	if len(code) == 0 {
		return false
	}
	return code[0] == lang.Iso6391() || code[0] == lang.Iso6393() || declared == strings.ToLower(lang.String())
}

// checkLanguage returns an *Error for an article that is not English.
func (d draft) checkLanguage(text string, src Source, opts Options) error {
	if opts.AnyLanguage {
		return nil
	}
	if name := otherLanguage(text, d.language); name != "" {
		return src.fail(d.line, "", fmt.Errorf("%w but %s", ErrLanguage, name))
	}
	return nil
}
