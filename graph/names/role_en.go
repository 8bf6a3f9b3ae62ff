package names

import (
	"slices"
	"strings"
)

// roleSynonyms are roles under two names, by their canonical words.
var roleSynonyms = map[string]string{
	"premier":      "prime minister",
	"top diplomat": "foreign minister", "chief diplomat": "foreign minister",
	"chairwoman": "chairman", "chairperson": "chairman", "chair": "chairman", "head": "leader", "chief": "leader",
	"spokeswoman": "spokesman", "spokesperson": "spokesman", "chief executive officer": "chief executive", "ceo": "chief executive",
}

// roleWords are words of roles that say the same.
var roleWords = map[string]string{"defense": "defence", "secretary-general": "secretary general", "external": "foreign"}

// smallRoleWords may be left out of a role.
var smallRoleWords = []string{"of", "for", "the", "affairs", "mr", "former", "then", "current", "new", "acting", "interim", "outgoing"}

// Role returns the form of a role that is compared: "Minister of Foreign
// Affairs" and "foreign affairs minister" become "foreign minister".
func Role(role string) string {
	var list []string
	minister := -1
	for _, w := range strings.Fields(strings.ToLower(role)) {
		if slices.Contains(smallRoleWords, w) {
			continue
		}
		if better, ok := roleWords[w]; ok {
			w = better
		}
		if w == "minister" && minister < 0 {
			minister = len(list)
		}
		list = append(list, w)
	}
	if minister == 0 && len(list) > 1 { // of what it is minister goes before
		list = append(list[1:], "minister")
	}
	canonical := strings.Join(list, " ")
	if better, ok := roleSynonyms[canonical]; ok {
		return better
	}
	return canonical
}

// leading are the last words of roles that one person holds at a time.
var leading = []string{"president", "minister", "chancellor", "king", "queen", "emir", "leader", "chairman",
	"governor", "mayor", "general", "executive", "director", "speaker"}

// Leads reports whether whoever holds the role, as Role returns it, is at the
// head of a body. Deputies are not.
func Leads(role string) bool {
	words := strings.Fields(role)
	return len(words) > 0 && slices.Contains(leading, words[len(words)-1]) &&
		!slices.Contains([]string{"vice", "deputy", "assistant"}, words[0])
}
