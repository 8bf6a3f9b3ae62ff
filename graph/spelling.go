package graph

import "strings"

// British verbs in -ise that have -ize in American English end as these do, and
// so do the nouns made from them. Others (advise, raise, promise, chastise,
// exercise) have one spelling.
var iseStems = []string{"apolog", "author", "brutal", "capital", "character", "colon", "critic", "decriminal", "militar", "mobil", "demon",
	"recogn", "stabil", "emphas", "empath", "eulog", "final", "jeopard", "legal", "legitim", "liberal", "marginal", "modern", "national", "natural", "normal",
	"ostrac", "penal", "pressur", "scrutin", "stigmat", "subsid", "sympath", "synchron", "terror", "vandal", "victim", "organ", "central", "privat"}

// british has the other words that acts are named with and that have two
// spellings.
var british = map[string]string{
	"defence": "defense", "favour": "favor", "harbour": "harbor", "honour": "honor", "labour": "labor", "clamour": "clamor",
	"endeavour": "endeavor", "neighbour": "neighbor", "succour": "succor", "licence": "license", "dialog": "dialogue", "manoeuvre": "maneuver",
	"counselling": "counseling", "armour": "armor", "programme": "program",
}

// OneSpelling returns a predicate in American spelling, as one of two that differ
// in no more is compared: "criticise" is "criticize". Other words stay.
func OneSpelling(predicate string) string {
	for w := range strings.SplitSeq(predicate, "_") {
		if american(w) != w { // seldom
			return respelled(predicate)
		}
	}
	return predicate
}

func respelled(predicate string) string {
	words := strings.Split(predicate, "_")
	for i, w := range words {
		words[i] = american(w)
	}
	return strings.Join(words, "_")
}

func american(w string) string {
	if other := british[w]; other != "" {
		return other
	}
	for _, end := range []string{"ise", "isation"} {
		stem, ok := strings.CutSuffix(w, end)
		if !ok {
			continue
		}
		for _, s := range iseStems {
			if strings.HasSuffix(stem, s) {
				return stem + "iz" + end[len("is"):]
			}
		}
	}
	return w
}
