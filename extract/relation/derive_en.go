package relation

import "strings"

// irregularNouns are nouns of acts whose verb no ending gives.
var irregularNouns = map[string]string{
	"sale": "sell", "apology": "apologise", "criticism": "criticise", "threat": "threaten", "detention": "detain", "expulsion": "expel",
	"complaint": "complain", "recognition": "recognise", "gift": "give", "airstrike": "strike", "suspension": "suspend",
	"pursuit": "pursue", "intrusion": "intrude", "pledge": "pledge", "dispatch": "dispatch", "acceptance": "accept",
}

// nounEndings are endings of nouns of acts with what their verbs have instead.
var nounEndings = []struct{ noun, verb string }{
	{"ification", "ify"}, {"isation", "ise"}, {"ization", "ize"}, {"ation", "e"}, {"ation", "ate"}, {"ation", ""}, {"ation", "y"},
	{"sion", "de"}, {"sion", "d"}, {"sion", "t"}, {"ssion", "t"}, {"tion", "t"}, {"tion", "te"}, {"tion", "e"}, {"ment", ""},
	{"al", ""}, {"al", "e"}, {"ial", "y"}, {"ance", ""}, {"ence", ""}, {"ure", "e"}, {"ing", ""}, {"ing", "e"},
}

// verbOf returns the verb of the noun's act, of those that isVerb knows, or the noun: so
// that an invasion and invading are one predicate.
func verbOf(noun string, isVerb func(string) bool) string {
	if isVerb(noun) || strings.Contains(noun, "_") {
		return noun
	}
	if v := irregularNouns[noun]; v != "" && isVerb(v) {
		return v
	}
	for _, e := range nounEndings {
		stem, ok := strings.CutSuffix(noun, e.noun)
		if !ok || len(stem) < 2 {
			continue
		}
		if isVerb(stem + e.verb) {
			return stem + e.verb
		}
		if n := len(stem); e.noun == "ing" && n > 2 && stem[n-1] == stem[n-2] && isVerb(stem[:n-1]) {
			return stem[:n-1] // "stabbing"
		}
	}
	return noun
}
