package train

import (
	"slices"
	"strings"

	"entente/extract/nlp"
	"entente/extract/nlp/lemma"
)

// listed is the count of a form from a list of ours: it outweighs a single slip
// of the pen in the treebanks ("fled" from "flead").
const listed = 2

// demonyms are adjectives of peoples that their ending does not give away. They
// keep their capital letter.
const demonyms = `Arab Argentine Austro Balkan Baltic Cypriot Czech Danish Dutch Filipino Finnish Flemish French Germanic
Greek Hispanic Icelandic Kazakh Kosovar Kurdish Kyrgyz Lao Maltese Nordic Philippine Polish Slavic Slovak Slovene Swedish Swiss
Tajik Thai Tibetan Turkic Turkish Turkmen Uighur Uyghur Uzbek Welsh Bangladeshi Emirati Iraqi Israeli Kuwaiti Nepali Omani Pakistani
Qatari Saudi Somali Yemeni Islamic Jewish Muslim Catholic`

// initialisms are nouns that keep their capital letters.
const initialisms = `CEO DJ DVD GP ICBM ID IDP IED MEP MP NGO PC PM POW SMS TV UAV UFO VIP WMD`

// complete adds the forms of known words that were not seen, counted 0 times:
// what was seen goes before them, but they vote for rules.
func (o observed) complete() {
	verbs, nouns, adjectives := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for t, all := range o {
		for form, lemmas := range all {
			base := mostFrequent(lemmas)
			switch {
			case !plainWord(base):
			case t.UPOS == "VERB" && strings.HasPrefix(t.XPOS, "VB"):
				verbs[base] = true
			case t.XPOS == "NN" && form == base, t.XPOS == "NNS":
				nouns[base] = true
			case t.XPOS == "JJ" && form == base:
				adjectives[base] = true
			}
		}
	}
	for _, base := range nlp.IrregularVerbs() {
		for _, w := range verbForms(base) {
			o.add(w.tag, w.form, base, listed)
		}
	}
	for _, word := range strings.Fields(demonyms) {
		o.add(lemma.Tag{UPOS: "ADJ", XPOS: "JJ"}, word, word, listed)
	}
	for _, word := range strings.Fields(initialisms) {
		o.add(lemma.Tag{UPOS: "NOUN", XPOS: "NN"}, word, word, listed)
		o.add(lemma.Tag{UPOS: "NOUN", XPOS: "NNS"}, word+"s", word, listed)
	}
	for base := range verbs {
		for _, w := range verbForms(base) {
			o.add(w.tag, w.form, base, 0)
		}
	}
	for base := range nouns {
		for _, form := range nlp.NounForms(base)[1:] {
			o.add(lemma.Tag{UPOS: "NOUN", XPOS: "NNS"}, form, base, 0)
		}
	}
	for base := range adjectives {
		if stem, ok := comparable(base); ok {
			o.add(lemma.Tag{UPOS: "ADJ", XPOS: "JJR"}, stem+"er", base, 0)
			o.add(lemma.Tag{UPOS: "ADJ", XPOS: "JJS"}, stem+"est", base, 0)
		}
	}
}

// plainWord reports whether a lemma is a word that English inflects.
func plainWord(s string) bool {
	if len(s) < 3 {
		return false
	}
	for _, r := range s {
		if r < 'a' || r > 'z' {
			return false
		}
	}
	return true
}

// tagged is a form with its tag.
type tagged struct {
	form string
	tag  lemma.Tag
}

// verbForms returns the forms of a verb with their tags. A past form has both
// tags of the past: taggers mix them up.
func verbForms(base string) []tagged {
	verb := func(xpos string) lemma.Tag { return lemma.Tag{UPOS: "VERB", XPOS: xpos} }
	all := nlp.VerbForms(base)
	out := []tagged{{base, verb("VB")}, {base, verb("VBP")}, {all[1], verb("VBZ")}}
	for _, form := range all[2:] {
		switch {
		case strings.HasSuffix(form, "ing"):
			out = append(out, tagged{form, verb("VBG")})
		default:
			out = append(out, tagged{form, verb("VBD")}, tagged{form, verb("VBN")})
		}
	}
	return out
}

// comparable returns what -er and -est are added to, if an adjective is short
// enough for them.
func comparable(base string) (string, bool) {
	forms := nlp.VerbForms(base) // the same spelling: "big", "bigger" as "beg", "begged"
	i := slices.IndexFunc(forms[2:], func(s string) bool { return strings.HasSuffix(s, "ed") })
	if i < 0 || len(base) > 7 {
		return "", false
	}
	return strings.TrimSuffix(forms[2+i], "ed"), true
}
