package relation

import (
	"strings"

	"entente/extract/actor"
	"entente/extract/nlp"
	"entente/graph"
)

var (
	negations    = wordSet("not n't never neither nor hardly scarcely barely")
	futureModals = wordSet("will shall wo 'll")
	relatives    = wordSet("who which whom that whose")
	dayParts     = wordSet("today yesterday tomorrow tonight overnight")
	// calendarUnits head phrases of time, not of things.
	calendarUnits = wordSet(`week month year night spring summer autumn fall winter weekend day hour minute
		morning afternoon evening decade century date dawn noon midnight`)
)

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// repair mends what the parser of English gets wrong most and the actors show
// to be wrong.
func (t *tree) repair(lex *Lexicon) {
	for i := range t.tokens {
		t.repairGerund(i)
		t.repairInfinitive(i)
		t.repairDay(i)
		t.repairParticiple(i)
		t.repairVerb(i, lex)
		t.repairModal(i, lex)
	}
	for k := range t.mentions {
		t.repairPredicate(&t.mentions[k], lex)
	}
	for i := range t.tokens {
		t.repairTold(i)
		t.repairSubject(i)
		t.repairConjunct(i)
		t.repairWhich(i)
		t.repairBlame(i)
	}
	for k := range t.mentions {
		m := &t.mentions[k]
		t.repairFlat(m)
		t.repairTitle(m)
		t.repairGiven(m)
		t.repairCounterpart(m)
		t.repairApposition(t.topOf(m.Lead, m.Last), m)
	}
}

// repairWhich hangs a clause with "which" on what somebody does, not on the people or things
// it is done to: "a policy of turning away boats of migrants which the court condemned".
func (t *tree) repairWhich(i int) {
	if !t.is(i, "acl:relcl") || t.heads[i] < 0 {
		return
	}
	which := false
	for k := t.heads[i]; k < i; k++ {
		which = which || t.lower[k] == "which" && t.heads[k] == i
	}
	for up := t.heads[t.heads[i]]; which && up >= 0; up = t.heads[up] {
		if conducts[nlp.Singular(t.lower[up])] {
			t.hang(i, up, "acl")
			return
		}
	}
}

// repairGiven takes whom something is given from what is given: "lent Caracas billions".
func (t *tree) repairGiven(m *actor.Mention) {
	top := t.topOf(m.Lead, m.Last)
	h := t.heads[top]
	if m.Lead == 0 || h < m.Last || t.rels[top] != "compound" || t.rels[h] != "obj" || t.heads[h] != m.Lead-1 || !givers[t.tokens[m.Lead-1].Lemma] || m.Form == actor.FormAdj {
		return
	}
	t.hang(top, m.Lead-1, "iobj")
}

// givers are verbs that take whom something is given before what is given.
var givers = wordSet("give lend offer grant deny promise sell owe hand pay send award")

// repairBlame hangs what something is blamed on on the verb: "blamed the problems facing
// Bangladesh on Zia".
func (t *tree) repairBlame(i int) {
	if !strings.HasPrefix(t.lower[i], "blam") || !t.isVerb(i) {
		return
	}
	object, last := -1, -1
	for k := i + 1; k < len(t.heads); k++ {
		switch {
		case t.heads[k] == i && t.rels[k] == "obj":
			object = k
		case t.rels[k] == "case" && t.lower[k] == "on" && object >= 0 && t.heads[k] > k && t.below(t.heads[k], object):
			last = t.heads[k]
		}
	}
	if last >= 0 && !t.named(object) && t.named(last) {
		t.hang(last, i, "obl")
	}
}

// below reports whether token i hangs, directly or not, on top.
func (t *tree) below(i, top int) bool {
	for n := 0; i >= 0 && n < len(t.heads); n++ {
		if i == top {
			return true
		}
		i = t.heads[i]
	}
	return false
}

// humans reports whether token i names a person or people.
func (t *tree) humans(i int) bool {
	m := t.mention(i)
	return m != nil && (m.Form == actor.FormGroup && m.Actor.Kind() == string(graph.People) || m.Form != actor.FormAdj && m.Actor.Kind() == string(graph.Person))
}

// repairGerund mends a gerund taken for an adjective of a name: "denied attacking
// Greece".
func (t *tree) repairGerund(i int) {
	h := t.heads[i]
	if h <= i || t.rels[i] != "amod" || t.tag(i) != "VBG" || t.named(i) || !t.named(h) || t.mention(h).Lead != i+1 ||
		t.mention(h).Form == actor.FormAdj || i == 0 || t.tag(i-1) == "DT" {
		return
	}
	t.hang(i, t.heads[h], t.rels[h])
	t.hang(h, i, "obj")
}

// repairInfinitive mends an infinitive taken for a part of its object: "to arrest
// protesters".
func (t *tree) repairInfinitive(i int) {
	h := t.heads[i]
	if h <= i || t.rels[i] != "compound" || t.tag(i) != "VB" || i == 0 || t.lower[i-1] != "to" || t.named(i) {
		return
	}
	t.hang(i, t.heads[h], "xcomp")
	t.hang(h, i, "obj")
	t.hang(i-1, i, "mark")
}

// repairParticiple hangs a participle after a comma on the verb that asks, not on what is
// asked: "ordered the envoys to leave, accusing them of …".
func (t *tree) repairParticiple(i int) {
	h := t.heads[i]
	if t.rels[i] != "advcl" || t.tag(i) != "VBG" || h < 1 || h > i || t.heads[h] < 0 ||
		t.rels[h] != "xcomp" && (t.rels[h] != "advcl" || t.lower[h-1] != "to") { // parsers take it for a purpose too
		return
	}
	comma, object := false, false
	for k := h + 1; k < i; k++ {
		comma = comma || t.lower[k] == ","
	}
	for k, up := range t.heads {
		object = object || up == t.heads[h] && t.rels[k] == "obj" && k < h
	}
	if comma && object {
		t.hang(i, t.heads[h], "advcl")
	}
}

// repairDay parts a day from the subject after it: "on Thursday security men arrested".
func (t *tree) repairDay(i int) {
	h := t.heads[i]
	if _, day := weekdays[t.lower[i]]; !day || t.rels[i] != "compound" || h <= i || t.rels[h] != "obl" {
		return
	}
	verb, prep := t.heads[h], -1
	if verb < h || !t.isVerb(verb) {
		return
	}
	for k, up := range t.heads {
		switch {
		case up == verb && strings.HasPrefix(t.rels[k], "nsubj"):
			return
		case up == h && t.rels[k] == "case" && k < i:
			prep = k
		}
	}
	if prep < 0 {
		return
	}
	t.hang(i, verb, "obl")
	t.hang(prep, i, "case")
	t.hang(h, verb, "nsubj")
}

// repairVerb mends a verb between two names taken for a part of them: "Peskov
// echoed Putin", "Russia attacks Poland".
func (t *tree) repairVerb(i int, lex *Lexicon) {
	if i == 0 || t.named(i) || t.isVerb(i) || t.tokens[i].Text != t.lower[i] || lex.verbs[t.lower[i]] == nil ||
		t.rels[i] != "flat" && t.rels[i] != "compound" || !strings.HasSuffix(t.lower[i], "s") && !strings.HasSuffix(t.lower[i], "ed") {
		return
	}
	next := i + 1
	for t.tag(next) == "DT" {
		next++
	}
	a, b := t.mention(i-1), t.mention(next)
	if a == nil || b == nil || a.Last != i || b.Lead != next || a.Form == actor.FormAdj || b.Form == actor.FormAdj {
		return
	}
	subject, object := t.topOf(a.Lead, a.Last), t.topOf(b.Lead, b.Last)
	top := subject
	if object != subject && t.depth(object) < t.depth(subject) {
		top = object
	}
	if t.within(t.heads[top], i) {
		return
	}
	t.hang(i, t.heads[top], t.rels[top])
	for k, h := range t.heads {
		if k > i && h == top {
			t.hang(k, i, t.rels[k])
		}
	}
	t.hang(subject, i, "nsubj")
	t.hang(object, i, "obj")
	t.tokens[i].Tag, t.tokens[i].UPOS = "VBD", "VERB"
}

// repairModal mends a verb after "will" or "to" that is also a noun, before one that
// is also a verb: "would veto aid".
func (t *tree) repairModal(i int, lex *Lexicon) {
	h := i + 1
	if i == 0 || t.heads[i] != h || t.rels[i] != "compound" || t.tag(i) != "NN" || t.tag(h) != "VB" || t.named(i) || t.named(h) ||
		t.tag(i-1) != "MD" && t.tag(i-1) != "TO" || lex.verbs[t.lower[i]] == nil {
		return
	}
	t.hang(i, t.heads[h], t.rels[h])
	for k, head := range t.heads {
		if head == h && k < i {
			t.hang(k, i, t.rels[k])
		}
	}
	t.hang(h, i, "obj")
	t.tokens[i].Tag, t.tokens[i].UPOS = "VB", "VERB"
	t.tokens[h].Tag, t.tokens[h].UPOS = "NN", "NOUN"
}

// repairFlat takes a name out of another that stands before the verb: "Merkel invited
// Xi Jinping to …".
func (t *tree) repairFlat(m *actor.Mention) {
	before := m.Lead - 1
	for before > 0 && (t.tag(before) == "JJ" || t.tag(before) == "DT") {
		before-- // "invited Austrian Chancellor Werner Faymann"
	}
	top := t.topOf(m.First, m.Last)
	if h := t.heads[top]; before >= 0 && t.rels[top] == "flat" && h >= 0 && h < before && t.named(h) && t.isVerb(before) {
		t.hang(top, before, "obj")
	}
}

// repairTitle hangs a title under its name where the parser parted them: "detained
// leader Muammar Gaddafi's son" detains no leader.
func (t *tree) repairTitle(m *actor.Mention) {
	if m.Lead == m.First {
		return
	}
	title, name := t.topOf(m.Lead, m.First), t.topOf(m.First, m.Last)
	for _, i := range []int{title, name} {
		if h := t.heads[i]; h < 0 || h >= m.Lead && h < m.Last {
			return
		}
	}
	t.hang(title, name, "nmod")
}

// repairCounterpart hangs a name on the counterpart it follows and joins a counterpart after
// "and" to who stands before: "Macron and his Polish counterpart, Andrzej Duda, met".
func (t *tree) repairCounterpart(m *actor.Mention) {
	noun := m.Lead - 1
	if noun > 0 && t.lower[noun] == "," {
		noun--
	}
	if noun < 1 || t.lower[noun] != "counterpart" || t.named(noun) || m.Form == actor.FormAdj {
		return
	}
	t.hang(t.topOf(m.Lead, m.Last), noun, "appos")
	if t.rels[noun] != "appos" {
		return
	}
	for k, h := range t.heads {
		if h == noun && t.lower[k] == "and" && k < noun {
			t.rels[noun] = "conj"
		}
	}
}

// repairPredicate mends a verb after "and" taken for an adjective of the name after it:
// "defended the bill and accused opposition leader Raila Odinga of …".
func (t *tree) repairPredicate(m *actor.Mention, lex *Lexicon) {
	i := m.Lead - 1
	if i < 2 || t.rels[i] != "amod" || t.tag(i) != "VBN" && t.tag(i) != "VBD" || t.lower[i-1] != "and" && t.lower[i-1] != "but" || lex.verbs[t.lower[i]] == nil {
		return
	}
	noun := t.heads[i]
	if noun < m.Lead || noun >= m.Last || t.rels[noun] != "conj" || t.tag(noun) == "NNS" {
		return
	}
	first := t.heads[noun]
	verb := t.heads[first]
	if verb < 0 || verb > first || !t.isVerb(verb) {
		return
	}
	t.hang(i, verb, "conj")
	t.hang(noun, i, "obj")
	t.hang(i-1, i, "cc")
	for k, up := range t.heads {
		if up == verb && k >= m.Last && (t.rels[k] == "advcl" || t.rels[k] == "obl") {
			t.hang(k, i, t.rels[k]) // "… of paying them"
		}
	}
}

// repairSubject parts two clauses that the parser read as one list: "suspended
// Mali and ECOWAS threatened Niger", where Mali is no subject but an object.
func (t *tree) repairSubject(i int) {
	d := t.heads[i]
	if t.rels[i] != "nsubj" || d < i || !t.named(i) || t.mention(i).Form == actor.FormAdj || t.rels[d] != "conj" {
		return
	}
	g, lead := t.heads[d], t.mention(i).Lead
	for lead > 0 && t.tag(lead-1) == "DT" {
		lead--
	}
	if g < 0 || lead == 0 || lead-1 != g || !t.isVerb(g) {
		return
	}
	other := -1
	for k, h := range t.heads {
		if h == g && t.rels[k] == "obj" {
			return
		}
		if h == i && t.rels[k] == "conj" && k < d {
			other = k
		}
	}
	if other >= 0 {
		t.hang(i, g, "obj")
		t.hang(other, d, "nsubj")
	}
}

// repairTold hangs what somebody is told on the verb of telling, not on who is told it:
// "told parliament that rebels had fled".
func (t *tree) repairTold(i int) {
	h := t.heads[i]
	if t.rels[i] != "acl" || h < 0 || t.rels[h] != "iobj" {
		return
	}
	for k, up := range t.heads {
		if up == i && t.rels[k] == "mark" && t.lower[k] == "that" {
			t.hang(i, t.heads[h], "ccomp")
		}
	}
}

// repairConjunct hangs a finite verb that the parser joined to one that is not on the
// finite one above: "thanked the police for protecting them and criticised Italy".
func (t *tree) repairConjunct(i int) {
	h := t.heads[i]
	if t.rels[i] != "conj" || h < 0 || !t.finite(i) || t.tag(h) != "VBG" && t.tag(h) != "VB" {
		return
	}
	for k, up := range t.heads {
		if up == i && (t.rels[k] == "nsubj" || t.rels[k] == "aux") || up == h && t.rels[k] == "aux" && t.tag(k) != "TO" {
			return
		}
	}
	for g := t.heads[h]; g >= 0; g = t.heads[g] {
		if t.isVerb(g) && g < h && t.tag(g) == t.tag(i) {
			t.hang(i, g, "conj")
			return
		}
	}
}

// finite reports whether the token is tagged as a verb with its tense.
func (t *tree) finite(i int) bool {
	return t.isVerb(i) && (t.tag(i) == "VBD" || t.tag(i) == "VBZ" || t.tag(i) == "VBP")
}

// repairApposition hangs a name after a comma on the noun before it, where the
// parser left it loose: "his counterpart, Sergei Shoigu".
func (t *tree) repairApposition(top int, m *actor.Mention) {
	if h := t.heads[top]; t.rels[top] == "appos" && h >= 0 && h < m.Lead && (t.lower[h] == "then" || t.lower[h] == "now") {
		rel, up := t.rels[h], t.heads[h]
		for i, g := range t.heads {
			if g == h && t.rels[i] == "case" {
				t.heads[i] = top // "by then president Hosni Mubarak"
			}
		}
		t.heads[top], t.rels[top] = up, rel
		t.heads[h], t.rels[h] = top, "advmod"
		return
	}
	if t.rels[top] != "parataxis" && t.rels[top] != "dep" && t.rels[top] != "list" && !t.secondSubject(top) || m.Lead < 2 || t.lower[m.Lead-1] != "," {
		return
	}
	for i, h := range t.heads {
		if h == top && (t.rels[i] == "nsubj" || t.rels[i] == "cop" || t.rels[i] == "obj") {
			return
		}
	}
	before := m.Lead - 2
	if t.isNoun(before) && !t.named(before) {
		t.hang(top, before, "appos")
	}
}

// secondSubject reports whether token i is the subject of a verb before it that has another
// before itself.
func (t *tree) secondSubject(i int) bool {
	verb := t.heads[i]
	if t.rels[i] != "nsubj" || verb < 0 || verb > i {
		return false
	}
	for k := range verb {
		if t.heads[k] == verb && t.rels[k] == "nsubj" {
			return true
		}
	}
	return false
}

// isVerb reports whether the token is tagged as a verb and is no part of a name.
func (t *tree) isVerb(i int) bool {
	return !t.named(i) && strings.HasPrefix(t.tag(i), "VB")
}

// isNoun reports whether the token is a name or tagged as a noun.
func (t *tree) isNoun(i int) bool {
	return t.named(i) || strings.HasPrefix(t.tag(i), "NN")
}

// isTime reports whether token i heads a phrase of time ("on Thursday", "in
// February 2022", "last week").
func (t *tree) isTime(i int) bool {
	if t.named(i) {
		return false
	}
	w := t.lower[i]
	_, day := weekdays[w]
	_, month := months[w]
	return day || month && t.tokens[i].Text != w || dayParts[w] || calendarUnits[strings.TrimSuffix(w, "s")] || year(w) > 0
}

// prep returns the preposition of the phrase that i heads: the last of several
// ("out of"), joined by "_" where they are one ("according_to"); and its token,
// or -1. The parser hangs some on the first word of the phrase instead.
func (t *tree) prep(i int) (string, int) {
	if word, at := t.caseOf(i); at >= 0 {
		return word, at
	}
	first := t.first(i)
	at := first - 1
	for at > 0 && t.tag(at) == "DT" {
		at--
	}
	if at < 0 || t.rels[at] != "case" || t.heads[at] < first || t.heads[at] >= i || t.possessive(at) {
		return "", -1
	}
	return t.lower[at], at
}

func (t *tree) possessive(i int) bool { return t.lower[i] == "'s" || t.lower[i] == "'" }

func (t *tree) caseOf(i int) (string, int) {
	word, at := "", -1
	for _, k := range t.kids[i] {
		if t.rels[k] != "case" || t.possessive(k) {
			continue
		}
		word, at = t.lower[k], k
		for _, f := range t.kids[k] {
			if t.rels[f] == "fixed" {
				word += "_" + t.lower[f]
			}
		}
	}
	if short := shortPrep[word]; short != "" {
		word = short
	}
	return word, at
}

// shortPrep gives prepositions the form that the lexicon uses.
var shortPrep = map[string]string{
	"toward": "towards", "upon": "on", "onto": "on", "alongside": "with", "in_front_of": "before",
	"outside_of": "outside", "inside": "in", "versus": "against", "vs": "against",
}

// coordinated returns the token and what is joined to it by "and", "or" and
// commas. What is excepted ("but not Russia") is left out.
func (t *tree) coordinated(i int) []int {
	out := []int{i}
	for _, k := range t.kids[i] {
		if t.rels[k] == "conj" && !t.excepted(k) && !t.isVerb(k) && t.kid(k, "nsubj", "cop") < 0 {
			out = append(out, t.coordinated(k)...)
		}
		if prep, _ := t.caseOf(k); prep == "including" && (t.rels[k] == "nmod" || t.rels[k] == "obl") {
			out = append(out, t.coordinated(k)...) // "forty leaders, including Kofi Annan"
		}
	}
	return out
}

func (t *tree) excepted(i int) bool {
	for _, k := range t.kids[i] {
		if t.lower[k] == "not" || t.lower[k] == "nor" || t.lower[k] == "but" && t.rels[k] == "case" {
			return true
		}
	}
	return false
}

// first returns the leftmost token of the noun phrase that i heads: its
// determiners, modifiers and owner.
func (t *tree) first(i int) int {
	first := i
	if m := t.mention(i); m != nil {
		first = min(first, m.Lead)
	}
	for _, k := range t.kids[i] {
		if k < i && premodifying[t.rels[k]] {
			if _, at := t.caseOf(k); at < 0 || t.rels[k] != "nmod" {
				first = min(first, t.first(k))
			}
		}
	}
	return first
}

var premodifying = wordSet("det amod compound nmod nummod flat advmod")

// last returns the token after the noun phrase's core that i heads, without
// what follows the noun.
func (t *tree) last(i int) int {
	last := i + 1
	if m := t.mention(i); m != nil {
		last = max(last, m.Last)
	}
	for _, k := range t.kids[i] {
		if k > i && (t.rels[k] == "flat" || t.rels[k] == "compound" || t.rels[k] == "fixed") {
			last = max(last, t.last(k))
		}
	}
	return last
}

// phrases returns what hangs on token i by prepositions, in order, and what the
// parser hung on a name or a time in such a phrase ("the attack by Hamas on
// Israel", "mediated for ten months between …"): those take none themselves.
func (t *tree) phrases(i int) []oblique {
	var out []oblique
	for _, k := range t.kids[i] {
		if t.rels[k] != "nmod" && t.rels[k] != "obl" {
			continue
		}
		prep, at := t.prep(k)
		if at < 0 && t.is(k, "obl:agent") {
			prep, at = "by", k
		}
		time := t.isTime(k)
		if at >= 0 && !time {
			out = append(out, oblique{prep: prep, at: at, nominals: t.sides(prep, k)})
		}
		if time || t.named(k) {
			out = append(out, t.phrases(k)...)
		}
	}
	for _, k := range t.kids[i] {
		if t.rels[k] == "conj" && t.named(i) && t.named(k) {
			out = append(out, t.phrases(k)...)
		}
	}
	return out
}

// sides returns the coordinated nouns of a phrase. "Between" brings two at least:
// where the parser joined but one, the name after "and" is the other.
func (t *tree) sides(prep string, i int) []int {
	out := t.coordinated(i)
	if prep != "between" || len(out) > 1 {
		return out
	}
	for at := t.last(i); at < min(t.last(i)+8, len(t.tokens)); at++ {
		if t.lower[at] != "and" {
			continue
		}
		for k, m := range t.mentions {
			if m.Lead > at && m.Lead <= at+4 && m.Form != actor.FormAdj {
				return append(out, t.tops[k])
			}
		}
	}
	return out
}

// deniedBy reports whether the noun is one that there is none of ("no talks").
func (t *tree) deniedBy(i int) bool {
	for _, k := range t.kids[i] {
		if t.lower[k] == "no" || t.lower[k] == "neither" {
			return true
		}
	}
	return t.lower[i] == "none" || t.lower[i] == "nobody"
}
