package nlp

import (
	"maps"
	"slices"
	"strings"
)

// irregularVerbs lists "base past participle" where they are not regular; the
// -s and -ing forms are made by rule.
const irregularVerbs = `arise arose arisen|awake awoke awoken|bear bore borne|beat beat beaten|become became become|begin began begun|bend bent bent|bet bet bet|bid bid bid|bind bound bound|bite bit bitten|bleed bled bled|blow blew blown|break broke broken|breed bred bred|bring brought brought|broadcast broadcast broadcast|build built built|burst burst burst|buy bought bought|cast cast cast|catch caught caught|choose chose chosen|cling clung clung|come came come|cost cost cost|creep crept crept|cut cut cut|deal dealt dealt|dig dug dug|do did done|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed fed|feel felt felt|fight fought fought|find found found|flee fled fled|fling flung flung|fly flew flown|forbid forbade forbidden|forecast forecast forecast|forego forewent foregone|foresee foresaw foreseen|forget forgot forgotten|forgive forgave forgiven|forsake forsook forsaken|freeze froze frozen|get got got|give gave given|go went gone|grind ground ground|grow grew grown|hang hung hung|have had had|hear heard heard|hide hid hidden|hit hit hit|hold held held|hurt hurt hurt|keep kept kept|know knew known|lay laid laid|lead led led|leave left left|lend lent lent|let let let|lie lied lied|light lit lit|lose lost lost|make made made|mean meant meant|meet met met|mislead misled misled|mistake mistook mistaken|misunderstand misunderstood misunderstood|outdo outdid outdone|overcome overcame overcome|override overrode overridden|oversee oversaw overseen|overrun overran overrun|overtake overtook overtaken|overthrow overthrew overthrown|partake partook partaken|pay paid paid|put put put|quit quit quit|read read read|rebuild rebuilt rebuilt|ride rode ridden|ring rang rung|rise rose risen|run ran run|say said said|see saw seen|seek sought sought|sell sold sold|send sent sent|set set set|shake shook shaken|shed shed shed|shoot shot shot|show showed shown|shrink shrank shrunk|shut shut shut|sing sang sung|sink sank sunk|sit sat sat|sleep slept slept|slay slew slain|slide slid slid|sling slung slung|speak spoke spoken|speed sped sped|spend spent spent|spin spun spun|split split split|spread spread spread|spring sprang sprung|stand stood stood|steal stole stolen|stick stuck stuck|sting stung stung|strike struck struck|strive strove striven|swear swore sworn|sweep swept swept|swim swam swum|swing swung swung|take took taken|teach taught taught|tear tore torn|tell told told|think thought thought|throw threw thrown|undergo underwent undergone|understand understood understood|undertake undertook undertaken|undo undid undone|uphold upheld upheld|upset upset upset|wake woke woken|wear wore worn|weave wove woven|weep wept wept|win won won|wind wound wound|withdraw withdrew withdrawn|withhold withheld withheld|withstand withstood withstood|write wrote written|bomb bombed bombed|panic panicked panicked|traffic trafficked trafficked|picket picketed picketed|benefit benefited benefited|offer offered offered|target targeted targeted|visit visited visited|limit limited limited|edit edited edited|profit profited profited|enter entered entered|consider considered considered|deliver delivered delivered|suffer suffered suffered|order ordered ordered|foster fostered fostered|gather gathered gathered|answer answered answered|murder murdered murdered|slaughter slaughtered slaughtered|shelter sheltered sheltered|trigger triggered triggered|bolster bolstered bolstered|cover covered covered|discover discovered discovered|recover recovered recovered|uncover uncovered uncovered|honor honored honored|favor favored favored|harbor harbored harbored|labor labored labored|rumor rumored rumored|pressure pressured pressured|reason reasoned reasoned|threaten threatened threatened|open opened opened|happen happened happened|strengthen strengthened strengthened|weaken weakened weakened|poison poisoned poisoned|imprison imprisoned imprisoned|question questioned questioned|abandon abandoned abandoned|pardon pardoned pardoned|reckon reckoned reckoned|summon summoned summoned|condemn condemned condemned|ransom ransomed ransomed|sanction sanctioned sanctioned|station stationed stationed|develop developed developed|blossom blossomed blossomed|gallop galloped galloped|exhibit exhibited exhibited|prohibit prohibited prohibited|inhabit inhabited inhabited|inherit inherited inherited|solicit solicited solicited|elicit elicited elicited|deposit deposited deposited|exploit exploited exploited|audit audited audited|credit credited credited|orbit orbited orbited|pilot piloted piloted|ballot balloted balloted|market marketed marketed|budget budgeted budgeted|buffet buffeted buffeted|ferret ferreted ferreted|rocket rocketed rocketed|silhouette silhouetted silhouetted`

var irregular = func() map[string][2]string {
	m := map[string][2]string{}
	for _, row := range strings.Split(irregularVerbs, "|") {
		f := strings.Fields(row)
		m[f[0]] = [2]string{f[1], f[2]}
	}
	return m
}()

// IrregularVerbs returns the base forms of the verbs that are not inflected by
// rule alone, sorted.
func IrregularVerbs() []string { return slices.Sorted(maps.Keys(irregular)) }

// VerbForms returns the inflected forms of an English verb's base form, the
// base first: base, -s, past, past participle, -ing. Verbs ending in a vowel
// and -l are given both with one and with two l ("signaled", "signalled").
func VerbForms(base string) []string {
	forms := []string{base, nounPlural(base)}
	stems := []string{base}
	switch {
	case strings.HasSuffix(base, "e") && !strings.HasSuffix(base, "ee") && !strings.HasSuffix(base, "oe") && !strings.HasSuffix(base, "ye"):
		stems = []string{strings.TrimSuffix(base, "e")}
	case doubles(base):
		stems = []string{base + base[len(base)-1:]}
	case strings.HasSuffix(base, "l") && len(base) > 3 && isVowel(base[len(base)-2]) && !isVowel(base[len(base)-3]):
		stems = append(stems, base+"l")
	}
	for _, stem := range stems {
		ing, ed := stem+"ing", stem+"ed"
		switch {
		case strings.HasSuffix(base, "ie"):
			ing = strings.TrimSuffix(base, "ie") + "ying"
		case strings.HasSuffix(base, "c"):
			ing, ed = base+"king", base+"ked"
		}
		if strings.HasSuffix(base, "y") && len(base) > 1 && !isVowel(base[len(base)-2]) {
			ed = strings.TrimSuffix(base, "y") + "ied"
		}
		if strings.HasSuffix(base, "e") && !strings.HasSuffix(ed, "eed") && stem == base {
			ed = base + "d"
		}
		if strings.HasSuffix(base, "ee") {
			ed = base + "d"
		}
		forms = append(forms, ed, ing)
	}
	if parts, ok := irregular[base]; ok {
		out := forms[:0:0]
		for _, f := range forms {
			regular := strings.HasSuffix(f, "ed") && f != base
			if !regular && !(strings.HasSuffix(f, "ing") && doubles(base) && wrongDoubling(base, parts[0])) {
				out = append(out, f)
			}
		}
		out = append(out, parts[0], parts[1])
		if doubles(base) && wrongDoubling(base, parts[0]) {
			out = append(out, base+"ing")
		}
		return out
	}
	return forms
}

// wrongDoubling reports whether the rule would double a last consonant that
// the listed past keeps single ("visited").
func wrongDoubling(base, past string) bool { return past == base+"ed" }

// NounForms returns the singular and plural of a noun's base form, whichever
// of the two it is given in; the base comes first.
func NounForms(base string) []string {
	if irr, ok := irregularNouns[base]; ok {
		return []string{base, irr}
	}
	if strings.HasSuffix(base, "s") && !strings.HasSuffix(base, "ss") && !strings.HasSuffix(base, "is") && !strings.HasSuffix(base, "us") {
		return []string{base} // given in the plural on purpose ("talks")
	}
	return []string{base, nounPlural(base)}
}

// Singular returns the singular of a regular plural, and any other word as it
// is.
func Singular(noun string) string {
	switch {
	case strings.HasSuffix(noun, "ies") && len(noun) > 4 && noun != "series":
		return strings.TrimSuffix(noun, "ies") + "y"
	case strings.HasSuffix(noun, "ches"), strings.HasSuffix(noun, "shes"), strings.HasSuffix(noun, "sses"), strings.HasSuffix(noun, "xes"):
		return strings.TrimSuffix(noun, "es")
	case strings.HasSuffix(noun, "s") && !strings.HasSuffix(noun, "ss") && !strings.HasSuffix(noun, "is") && !strings.HasSuffix(noun, "us") && noun != "series":
		return strings.TrimSuffix(noun, "s")
	}
	return noun
}

var irregularNouns = map[string]string{
	"man": "men", "woman": "women", "child": "children", "crisis": "crises",
	"hypothesis": "hypotheses", "thief": "thieves", "life": "lives",
}

func nounPlural(base string) string {
	switch {
	case strings.HasSuffix(base, "y") && len(base) > 1 && !isVowel(base[len(base)-2]):
		return strings.TrimSuffix(base, "y") + "ies"
	case strings.HasSuffix(base, "s"), strings.HasSuffix(base, "x"), strings.HasSuffix(base, "z"),
		strings.HasSuffix(base, "ch"), strings.HasSuffix(base, "sh"), strings.HasSuffix(base, "o") && base != "coo":
		return base + "es"
	}
	return base + "s"
}

// doubles reports whether the last consonant is doubled before -ed: a single
// consonant after a single vowel in a word of one syllable, or in one of the
// listed stressed endings.
func doubles(base string) bool {
	n := len(base)
	if n < 3 || isVowel(base[n-1]) || !isVowel(base[n-2]) || strings.ContainsRune("wxy", rune(base[n-1])) {
		return false
	}
	if isVowel(base[n-3]) && !(base[n-3] == 'u' && n > 3 && base[n-4] == 'q') {
		return false
	}
	vowels := 0
	for i := range n {
		if isVowel(base[i]) {
			vowels++
		}
	}
	if vowels == 1 {
		return true
	}
	for _, tail := range []string{"deter", "mit", "fer", "cur", "pel", "bel", "rol", "gin", "get", "cut", "bar", "nap", "top", "nab", "lap", "set", "kick", "vet", "lot", "rap", "plot", "spot", "gun", "jack", "occur", "ebut", "quip", "elit", "tab"} {
		if strings.HasSuffix(base, tail) {
			return true
		}
	}
	return false
}

func isVowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }
