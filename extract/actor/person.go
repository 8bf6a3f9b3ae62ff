package actor

import (
	"slices"
	"strings"

	"entente/graph"
)

// titled handles a title at tokens [first,last): with a name after it a person,
// without one a description kept for later. It returns the next token.
func (l *line) titled(first, last int, title Title) int {
	roleEnd := last
	nameAt := last
	for { // "Vice President", "spokesman Maj."
		next, n := l.titleAt(nameAt)
		if n == 0 {
			break
		}
		nameAt += n
		if title.Class == classHonorific || title.Class == classMilitary || next.Class != classHonorific && next.Class != classMilitary {
			roleEnd, title = nameAt, next
		}
	}
	last = nameAt
	org := l.orgBefore(first, title)
	if after := l.at(last); after == "," && l.upper(last+1) && (org != "" || l.apposed(last-1, last+1)) {
		nameAt = l.pastHonours(last + 1) // "Russia's president, Vladimir Putin,"
	} else if after == "of" || after == "for" {
		if l.othersOffice(last + 1) {
			// "a spokeswoman for Prime Minister X", "an envoy of Russian President Y"
		} else if id, end := l.orgAt(last + 1); end > 0 && l.at(end) != "'s" {
			if org == "" {
				org = id
			}
			nameAt = end // "President of France Emmanuel Macron"
			if l.at(end) == "," {
				nameAt++
			}
		} else if end := l.portfolio(last + 1); end > 0 {
			roleEnd, nameAt = end, end+1 // "commissioner for home affairs, X"
		} else if end := l.personAhead(last + 1); end > 0 {
			nameAt = end // "CEO of the Refugee Council X", "Minister of Strategic Affairs X"
			if start := l.skipThe(last + 1); l.orgRun(start) == end && end > start {
				l.organisation(start, end)
				org = l.mentions[len(l.mentions)-1].Actor
			} else {
				roleEnd = end
			}
		}
	} else if after == "in" || after == "at" || after == "to" {
		if end := l.portfolio(last + 1); end > 0 && l.apposed(last-1, end+1) {
			nameAt = end + 1 // "an MNLA official in Ouagadougou, X"
		}
	}
	if !l.upper(first) && !l.upper(nameAt) {
		nameAt = len(l.tokens)
	}
	if id, end := l.personAt(nameAt, title, org); end > 0 {
		if nameAt == last {
			l.mentions[len(l.mentions)-1].Lead = first
		}
		role := l.role(first, roleEnd)
		l.affiliate(claim{id, role, org, title, l.former(first), first})
		return l.alsoTitled(end, first, role, org, title)
	}
	if title.Class != classHonorific {
		l.titles = append(l.titles, titleAt{first, last, title, org})
	}
	return last
}

// pastHonours returns where the name begins after the honorific and military titles at i, of
// which some are part of a known name ("Sheikh Hasina").
func (l *line) pastHonours(i int) int {
	for {
		t, n := l.titleAt(i)
		if n == 0 || t.Class != classHonorific && t.Class != classMilitary || !l.upper(i+n) {
			return i
		}
		if senses, k := l.dictAt(i); k > n && senses[0].entry.Type == graph.Person {
			return i
		}
		i += n
	}
}

// offices are the classes of titles that stand before the names of those who govern.
var offices = map[string]bool{"head-of-state": true, "head-of-government": true, "monarch": true, "minister": true, "diplomat": true, "party-leader": true}

// othersOffice reports whether the words from i on to a person's name hold another office,
// which is that person's.
func (l *line) othersOffice(i int) bool {
	for j := i; j < len(l.tokens) && j < i+5; j++ {
		if t, n := l.titleAt(j); n > 0 && offices[t.Class] && l.upper(j) && l.upper(j+n) {
			return true
		}
		if l.tokens[j].Entity == "B-PER" || !l.upper(j) && l.folded[j] != "the" {
			return false
		}
	}
	return false
}

// personAhead returns where, within a few capitalised words from i, the engine
// sees a person begin, or 0.
func (l *line) personAhead(i int) int {
	for j := i; j < len(l.tokens) && j < i+6; j++ {
		switch w := l.folded[j]; {
		case l.tokens[j].Entity == "B-PER" && j > i:
			return j
		case l.upper(j) && !l.taken[j], w == "of", w == "the", w == "and", w == "for":
		default:
			return 0
		}
	}
	return 0
}

func (l *line) skipThe(i int) int {
	if l.at(i) == "the" {
		return i + 1
	}
	return i
}

// apposed reports whether the name at i stands in apposition to the title that
// ends at token head.
func (l *line) apposed(head, i int) bool {
	n := l.nameRun(i)
	if n == 0 {
		return false
	}
	name := l.headOf(i, i+n)
	return l.relation(name) == "appos" && l.head(name) == head
}

// alsoTitled reads further persons that share a title in the plural
// ("Presidents Macron and Putin") and returns the token after the last.
func (l *line) alsoTitled(end, first int, role string, org graph.ActorID, title Title) int {
	if l.folded[first] == l.singular(first) && !strings.HasSuffix(role, "s") {
		return end
	}
	for l.at(end) == "," || l.at(end) == "and" {
		id, next := l.personAt(end+1, title, org)
		if next == 0 {
			break
		}
		l.affiliate(claim{id, role, org, title, l.former(first), first})
		end = next
	}
	return end
}

// portfolio returns the end of the field of an office ("home affairs") at i that a
// comma and a name follow, or 0.
func (l *line) portfolio(i int) int {
	for j := i; j < len(l.tokens) && j < i+6; j++ {
		switch {
		case l.folded[j] == ",":
			if j > i && l.upper(j+1) {
				return j
			}
			return 0
		case l.taken[j] || strings.HasPrefix(l.tokens[j].Tag, "VB"):
			return 0
		}
	}
	return 0
}

// orgBefore returns the state or organisation whose mention ends right before
// token i, modifiers of the role aside ("former French President").
func (l *line) orgBefore(i int, title Title) graph.ActorID {
	for i > 0 && !l.taken[i-1] && roleModifiers[strings.TrimPrefix(l.folded[i-1], "ex-")] {
		i--
	}
	if i > 0 && (l.folded[i-1] == "'s" || l.folded[i-1] == "’s" || l.folded[i-1] == "'") {
		i--
	}
	for _, m := range l.mentions {
		if (m.Last == i || m.Last == i+1) && m.First < i {
			if org := l.employer(m, title); org != "" {
				return org
			}
		}
	}
	return ""
}

// orgAt returns the non-person named at i (after an optional "the") and the
// end of its name, without recording a mention.
func (l *line) orgAt(i int) (graph.ActorID, int) {
	if l.at(i) == "the" {
		i++
	}
	if senses, n := l.dictAt(i); n > 0 {
		if s := l.choose(senses); s.entry.Type != graph.Person && (s.form != FormCapital || l.at(i+n) == ",") {
			l.use(s.entry)
			return s.entry.ID, i + n
		}
	}
	return "", 0
}

// former reports whether the words before a title say the role is over.
func (l *line) former(first int) bool {
	for k := first - 1; k >= 0 && k >= first-2; k-- {
		if formerWords[l.folded[k]] || strings.HasPrefix(l.folded[k], "ex-") {
			return true
		}
	}
	return strings.HasPrefix(l.at(first), "ex-")
}

// role returns the words of a title without the modifiers that only date it.
func (l *line) role(first, last int) string {
	if first > 0 && actingWords[l.folded[first-1]] {
		first--
	}
	return strings.ToLower(l.text(first, last))
}

// actingWords before a title make another role of it.
var actingWords = set("shadow acting interim deputy vice caretaker assistant presidential parliamentary provincial")

// personAt records the person named at i and returns the end of the name, or
// 0. The title before the name proves that it is one.
func (l *line) personAt(i int, title Title, org graph.ActorID) (graph.ActorID, int) {
	if i >= len(l.tokens) || l.taken[i] {
		return "", 0
	}
	if senses, n := l.dictAt(i); n > 0 {
		s := l.choose(senses)
		if s.entry.Type == graph.Person {
			l.mention(i, i+n, l.use(s.entry), FormName, false)
			return s.entry.ID, i + n
		}
		if n > 1 || l.nameRun(i) == n {
			return "", 0
		}
	}
	n := l.nameRun(i)
	if n == 0 {
		return "", 0
	}
	if _, cue := orgCues[l.folded[i+n-1]]; cue && n > 1 {
		return "", 0
	}
	if n == 1 {
		return l.surnamed(i, title, org)
	}
	id := l.newPerson(i, i+n, l.countryOf(org))
	return id, i + n
}

// surnamed links a title with a single name ("President Macron") to a person
// who is known to fit, or makes one where the state is named with it.
func (l *line) surnamed(i int, title Title, org graph.ActorID) (graph.ActorID, int) {
	key := l.folded[i]
	if ids := l.surnames[key]; len(ids) == 1 {
		l.mention(i, i+1, ids[0], FormShort, false)
		return ids[0], i + 1
	}
	senses := l.shortSenses(i, 1)
	if i > 0 {
		senses = append(senses, l.shortSenses(i-1, 2)...) // "King Abdullah"
	}
	cs := l.weigh(senses, context{title, org})
	if c, ok := best(cs); ok && (title.Class != classHonorific || l.out.actors[c.Actor] != nil || l.dict.Entry(c.Actor).inOffice(l.day)) {
		l.mention(i, i+1, l.use(l.dict.Entry(c.Actor)), FormShort, false)
		l.because(c.Score, c.Why, cs[1:]...)
		return c.Actor, i + 1
	}
	country := l.countryOf(org)
	if isAcronym(l.tokens[i].Text) || country == "" && title.Class != "monarch" || len(cs) > 0 && cs[0].Score > 1-linkScore || title.Class == classHonorific {
		return "", 0
	}
	key0 := strings.ToLower(country)
	if key0 == "" {
		key0 = strings.ReplaceAll(title.Role, " ", "-") // "King Sverre"
	}
	id := graph.ActorID("person:" + key0 + "-" + slug(l.tokens[i].Text))
	l.define(graph.Actor{ID: id, Name: l.tokens[i].Text, Type: graph.Person, Country: country})
	l.addSurname(key, id)
	l.mention(i, i+1, id, FormShort, false)
	return id, i + 1
}

// hasRole reports whether e ever held the role, in org where that is given.
func (e *Entry) hasRole(role string, org graph.ActorID) bool {
	for _, r := range e.Roles {
		if r.Title == role && (org == "" || r.Org == org) {
			return true
		}
	}
	return false
}

// roleOn returns the role of that title that e held on day, or else the first
// of that title, or nil.
func (e *Entry) roleOn(title string, day graph.Date) *Role {
	var found *Role
	for i := range e.Roles {
		r := &e.Roles[i]
		if r.Title != title {
			continue
		}
		if r.Holds(day) {
			return r
		}
		if found == nil {
			found = r
		}
	}
	return found
}

// newPerson makes an actor of an unknown full name.
func (l *line) newPerson(first, last int, nation string) graph.ActorID {
	name := l.text(first, last)
	words := nameWords(name)
	if e := l.dict.spelt(words); e != nil && l.lives(e) {
		id := l.use(e)
		l.addSurname(l.folded[last-1], id)
		l.mention(first, last, id, FormName, false)
		l.because(0.85, "another spelling of "+e.Name)
		return id
	}
	if known := l.partOf(l.folded[first:last]); known != "" {
		l.mention(first, last, known, FormShort, false) // "Hassan Hussein" after "Nur Hassan Hussein"
		l.because(0.9, "part of the full name in the article")
		return known
	}
	if ids := l.surnames[strings.Join(l.folded[first:last], " ")]; len(ids) == 1 {
		l.mention(first, last, ids[0], FormShort, false) // "Van der Meulen"
		return ids[0]
	}
	id := graph.ActorID("person:" + slug(name))
	l.define(graph.Actor{ID: id, Name: name, Type: graph.Person, Country: nation})
	a := l.out.actors[id]
	if a.Country == "" {
		a.Country = nation
	}
	l.addSurname(l.folded[last-1], id)
	if eastAsian[l.folded[first]] {
		l.addSurname(l.folded[first], id) // "Kim Kyung Han"
	}
	for k := first + 1; k < last-1; k++ {
		if nameParticles[l.folded[k]] || hasParticlePrefix(l.folded[k]) {
			l.addSurname(strings.Join(l.folded[k:last], " "), id) // "van der Meulen"
			break
		}
	}
	l.mention(first, last, id, FormName, false)
	return id
}

func (rd *reading) countryOf(id graph.ActorID) string {
	if a := rd.out.actors[id]; a != nil {
		return a.Country
	}
	return ""
}

// unknownName decides what the capitalised words [first,last) are, which no
// dictionary knows, and returns the next token.
func (l *line) unknownName(first, last int) int {
	if kind, ok := l.describedKind(first); ok && !l.allCapsLine() {
		if l.at(last) == "of" {
			last = max(last, l.properRun(last+1))
		}
		l.organisationOf(first, last, kind)
		return last
	}
	if len(l.dict.bodies.exact(l.folded[first:last])) > 0 {
		return last // see findBodies
	}
	switch label, end := l.entity(first); {
	case label == "ORG" && len(l.shortSenses(first, end-first)) > 0:
		return end // "Labour": see findShortForms
	case label == "PER" && end-first > 1 && l.nameRun(first) >= end-first:
		l.newPerson(first, end, "")
		return end
	case label == "ORG" && end-first == 2 && l.dict.nameGender[l.folded[first]] != "" && orgCues[l.folded[end-1]] == "":
		l.newPerson(first, end, "")
		return end
	case label == "ORG" && end-first == 1 && isAcronym(l.tokens[first].Text) && l.acts(first, end):
		l.letters = append(l.letters, first) // perhaps the article's own: see findShortForms
		return end
	case label == "ORG" && l.acts(first, end):
		l.organisationOf(first, end, l.kindOfOrganisation(first, end))
		l.because(0.7, "the engine names an organisation, and it acts")
		return end
	case label == "ORG" && end-first > 1 || label == "LOC" || label == "NORP":
		return max(end, first+1) // products and events bear ORG too often to be trusted
	}
	if last-first == 1 || l.allCapsLine() {
		return first + 1 // a surname perhaps: see findShortForms
	}
	if placeCues[l.folded[last-1]] || placeCues[l.folded[first]] || l.at(first-1) == "in" || l.at(first-1) == "near" {
		return last
	}
	if !l.looksPersonal(first, last) {
		return last
	}
	l.newPerson(first, last, "")
	return last
}

// describedKind returns the type of organisation that the noun right before the
// name at i speaks of.
func (l *line) describedKind(i int) (graph.ActorType, bool) {
	noun := l.at(i - 1)
	if noun == "group" || noun == "organisation" || noun == "organization" {
		kind, ok := groupAdjectives[l.at(i-2)]
		return kind, ok
	}
	kind, ok := describedOrgs[noun]
	return kind, ok
}

// acts reports whether the name at [first,last), which the engine takes for an
// organisation, takes part in an act. Products and events bear that label too.
func (l *line) acts(first, last int) bool {
	if isDigits(l.folded[last-1]) || l.allCapsLine() {
		return false
	}
	for k := first; k < last; k++ {
		if thingCues[l.folded[k]] || neverNames[l.folded[k]] || placeCues[l.folded[k]] && k == last-1 {
			return false
		}
	}
	head := l.conjunctHead(l.headOf(first, last))
	if l.at(first-1) == "the" && last-first == 1 || !l.takesPart(head) || last-first == 1 && (first == 0 || l.relation(head) != "nsubj") {
		return false
	}
	governor := l.head(head)
	return governor >= 0 && (l.tokens[governor].UPOS != "VERB" && last-first > 1 && l.relation(head) == "nmod" ||
		agentVerbs[l.tokens[governor].Lemma])
}

// kindOfOrganisation returns the type of an unknown organisation: by its own
// words, by the noun that describes it, by what it does, else a company.
func (l *line) kindOfOrganisation(first, last int) graph.ActorType {
	if l.folded[first] == "state" && l.at(first+1) == "of" {
		return graph.Government // "State of Texas"
	}
	for k := last - 1; k >= first; k-- {
		if t, ok := orgCues[l.folded[k]]; ok {
			return t
		}
	}
	if m := l.mentionEnding(first); m != nil && l.out.actors[m.Actor].Type == graph.People {
		return graph.NGO // "the Sunni AMS"
	}
	head := l.headOf(first, last)
	if a := l.child(head, "appos"); a >= last {
		if t, ok := describedOrgs[l.tokens[a].Lemma]; ok {
			return t
		}
	}
	if g := l.head(head); g >= 0 && l.relation(head) == "appos" {
		if t, ok := describedOrgs[l.tokens[g].Lemma]; ok {
			return t
		}
	}
	if g := l.head(head); g >= 0 {
		lemma := l.tokens[g].Lemma
		if l.relation(head) == "nsubj" && pressVerbs[lemma] || l.relation(head) == "obj" && lemma == "tell" {
			return graph.Media
		}
	}
	return graph.Company
}

// pressVerbs are what a medium does.
var pressVerbs = set("report reveal write note quote cite publish air broadcast")

// entity returns the kind of name that the engine sees at token i (PER, ORG,
// LOC, NORP), or "", and its end.
func (l *line) entity(i int) (string, int) {
	label, ok := strings.CutPrefix(l.tokens[i].Entity, "B-")
	if !ok {
		return "", i
	}
	end := i + 1
	for end < len(l.tokens) && l.tokens[end].Entity == "I-"+label {
		end++
	}
	return label, end
}

// allCapsLine reports whether the sentence is a headline in capitals.
func (l *line) allCapsLine() bool {
	for _, t := range l.tokens {
		if len(t.Text) > 3 && strings.ToUpper(t.Text) != t.Text {
			return false
		}
	}
	return true
}

// looksPersonal reports whether a run of capitalised words is a personal name:
// by its given name, by speaking, by an age or a role after it.
func (l *line) looksPersonal(first, last int) bool {
	if l.dict.givenNames[l.folded[first]] {
		return true
	}
	for i := first; i < last; i++ {
		if isAcronym(l.tokens[i].Text) {
			return false
		}
	}
	if label, _ := l.entity(first); label == "" && l.hasTree() {
		return false // the engine sees no name of a person
	}
	next := l.at(last)
	if sayVerbs[next] || sayVerbs[l.at(first-1)] || next == "who" {
		return true
	}
	if next != "," {
		return false
	}
	if isNumber(l.at(last+1)) && l.at(last+2) == "," {
		return true
	}
	_, _, ok := l.roleAfter(last)
	return ok
}

func isNumber(s string) bool {
	return len(s) == 2 && s[0] >= '1' && s[0] <= '9' && s[1] >= '0' && s[1] <= '9'
}

// findShortForms links what needs the article's context: surnames, acronyms
// the article defined, titles without names, bodies without their state.
func (l *line) findShortForms() {
	for i := range l.tokens {
		if l.taken[i] || !l.upper(i) && !(hasParticlePrefix(l.folded[i]) && hasUpper(l.tokens[i].Text)) { // "al-Assad"
			continue
		}
		if id, ok := l.acronyms[l.tokens[i].Text]; ok {
			l.mention(i, i+1, id, FormName, false)
			continue
		}
		l.shortForm(i)
	}
	for _, i := range l.letters {
		if !l.taken[i] {
			l.organisationOf(i, i+1, l.kindOfOrganisation(i, i+1))
			l.because(0.7, "the engine names an organisation, and it acts")
		}
	}
	for _, t := range l.titles {
		l.officeHolder(t)
	}
}

// shortForm links the surname at i, if the article or the day leaves one
// person.
func (l *line) shortForm(i int) {
	if i > 0 && l.upper(i-1) && !l.taken[i-1] && strings.HasPrefix(l.tokens[i-1].Tag, "NNP") && l.relation(i-1) != "nsubj" {
		if _, n := l.titleAt(i - 1); n == 0 {
			return // "Royal National Park"
		}
	}
	n := l.nameRun(i)
	if n == 0 {
		return
	}
	for m := n; m > 0; m-- { // "bin Salman" before "Salman"
		ids := l.surnames[strings.Join(l.folded[i:i+m], " ")]
		if len(ids) == 1 && !l.kin[ids[0]] && (m == n || n <= 2) && !(m < n && !l.taken[i+n-1] && l.upper(i+n-1)) {
			l.mention(l.withParticles(i, ids[0]), i+m, ids[0], FormShort, false)
			l.because(0.97, "the one of the article who is called so")
			if e := l.dict.Entry(ids[0]); e != nil {
				l.administration(i, i+m, e)
			}
			return
		}
	}
	if ids := l.surnames[l.folded[i]]; n == 1 && len(ids) > 1 {
		main := slices.DeleteFunc(slices.Clone(ids), func(id graph.ActorID) bool { return l.kin[id] })
		if len(main) == 1 && !eastAsian[l.folded[i]] { // Castro, not his brother
			l.mention(i, i+1, main[0], FormShort, false)
			l.because(0.8, "of two of the family, the one who is not introduced as the other's relative")
		}
		return // else of two of the article
	}
	if rel := l.tokens[i].Deprel; n == 1 && (rel == "compound" || rel == "amod") && i == 0 {
		return // "Brown smoke", "Rice prices"
	}
	if ids := l.givens[l.folded[i]]; n == 1 && len(ids) == 1 && l.related(ids[0]) {
		l.mention(i, i+1, ids[0], FormShort, false)
		l.because(0.85, "the given name of one of a family")
		return
	}
	cs := l.weigh(l.shortSenses(i, n), context{})
	if label, _ := l.entity(i); (label == "NORP" || label == "LOC") && len(cs) > 0 && cs[0].Actor.Kind() == string(graph.Person) {
		return // "a Christian group"
	}
	if _, ok := best(cs); !ok && n == 1 && len(l.surnames[l.folded[i]]) == 0 {
		if id := l.partOf(l.folded[i : i+1]); id != "" && l.givens[l.folded[i]] == nil {
			l.mention(i, i+1, id, FormShort, false) // "Yusuf" of "Abdullahi Yusuf Ahmed"
			l.because(0.8, "part of the full name in the article")
			return
		}
	}
	if c, ok := best(cs); ok {
		e := l.dict.Entry(c.Actor)
		l.mention(i, i+n, l.use(e), FormShort, false)
		l.because(c.Score, c.Why, cs[1:]...)
		l.administration(i, i+n, e)
	}
}

// withParticles returns where a surname at i begins with the particles before it that are
// of the person's name: "von der Leyen".
func (l *line) withParticles(i int, id graph.ActorID) int {
	name := foldAll(nameWords(l.out.actors[id].Name))
	for at := slices.Index(name, l.folded[i]) - 1; at > 0 && i > 0 && nameParticles[name[at]] && l.at(i-1) == name[at] && !l.taken[i-1]; at-- {
		i--
	}
	return i
}

// partOf returns the one person of the article whose longer name holds the words,
// or "".
func (rd *reading) partOf(words []string) graph.ActorID {
	var found graph.ActorID
	for id, a := range rd.out.actors {
		if a.Type != graph.Person || len(a.Mentions) == 0 {
			continue
		}
		name := foldAll(nameWords(a.Name))
		for k := 0; k+len(words) <= len(name) && len(words) < len(name); k++ {
			if slices.Equal(name[k:k+len(words)], words) {
				if found != "" && found != id {
					return ""
				}
				found = id
			}
		}
	}
	return found
}

// related reports whether another person of the article shares the surname.
func (l *line) related(id graph.ActorID) bool {
	for _, ids := range l.surnames {
		if len(ids) > 1 && slices.Contains(ids, id) {
			return true
		}
	}
	return false
}

// shortSenses returns the persons that the dictionary knows by the short form
// of n tokens at i.
func (l *line) shortSenses(i, n int) []sense {
	var out []sense
	words := slices.Clone(l.folded[i : i+n])
	for range 2 {
		for _, s := range l.dict.names.exact(words) {
			if s.form == FormShort && (l.fits(i, s) || words[0] != l.folded[i]) {
				out = append(out, s)
			}
		}
		_, bare, ok := strings.Cut(words[0], "-")
		if len(out) > 0 || !ok || !hasParticlePrefix(words[0]) {
			break
		}
		words[0] = bare // "al-Assad"
	}
	return out
}

// officeHolder links "the French president" to who held the office on the
// article's day, or to the one person of the article with that role.
func (l *line) officeHolder(t titleAt) {
	top := l.headOf(t.first, t.last)
	if h := l.head(top); l.relation(top) == "appos" && h >= 0 && h < len(l.taken) && l.tokens[h].UPOS == "PROPN" {
		return // "Yuan Shikai, the president of the republic": see findAffiliations
	}
	if l.taken[t.first] || l.tokens[t.last-1].Tag == "NNS" && strings.HasSuffix(l.folded[t.last-1], "s") || l.former(t.first) {
		return
	}
	before := l.at(t.first - 1)
	if t.org != "" && l.orgBefore(t.first, t.title) == "" && before != "the" {
		return // "campaigned for president of Colombia"
	}
	if l.at(t.last) == "of" && t.org == "" && before == "the" {
		return // "the president of Guatemala's central bank"
	}
	definite := before == "the" || before == "'s" || before == "’s" || before == "his" || before == "her" || before == "its"
	var ids []graph.ActorID
	if t.org != "" {
		for _, role := range append([]string{t.title.Role}, widerRoles[t.title.Role]...) {
			if l.day == "" || len(ids) > 0 {
				break
			}
			for _, e := range l.dict.holders(role, t.org, l.day) {
				ids = append(ids, e.ID)
			}
		}
		for _, id := range l.offices[t.title.Role] {
			if !slices.Contains(ids, id) && l.countryOf(id) == l.countryOf(t.org) && len(ids) == 0 {
				ids = append(ids, id)
			}
		}
	} else if definite {
		ids = l.offices[t.title.Role]
		if len(ids) == 0 && before == "the" && l.tagAt(t.last) != "POS" {
			ids = l.holderOf(t)
		}
	}
	if len(ids) == 0 && t.org != "" {
		l.unnamedHolder(t)
	}
	if len(ids) != 1 {
		return
	}
	if e := l.dict.Entry(ids[0]); e != nil {
		l.use(e)
	}
	l.mention(t.first, t.last, ids[0], FormTitle, false)
	l.because(0.9, "who is "+t.title.Role+" then")
	l.out.Note(ids[0], l.text(t.first, t.last))
	if m := l.mentionAt(l.skipThe(t.last + 1)); m != nil && m.Actor == t.org && l.at(t.last) == "of" {
		l.out.Note(ids[0], l.text(t.first, m.Last)) // "head of the Organization of American States"
	}
	if t.org != "" {
		l.affiliate(claim{ids[0], l.role(t.first, t.last), t.org, t.title, false, t.first})
	}
}

// mentionAt returns the mention that begins at token i, or nil.
func (l *line) mentionAt(i int) *Mention {
	for k := range l.mentions {
		if l.mentions[k].First == i {
			return &l.mentions[k]
		}
	}
	return nil
}

// unnamedHolder makes a person of an office whose holder neither the article nor
// the dictionary names ("Thailand's foreign minister"), if it takes part in an
// act.
func (l *line) unnamedHolder(t titleAt) {
	org := l.out.actors[t.org]
	if l.day == "" || !unnamedClasses[t.title.Class] || org.Type != graph.State || !l.takesPart(t.last-1) || l.relation(t.last-1) == "nmod" {
		return
	}
	first := t.first
	if m := l.mentionEnding(first); m != nil && m.Actor == t.org {
		first = m.First
	} else if m := l.mentionEnding(first - 1); m != nil && m.Actor == t.org && l.possessiveAt(first-1) {
		first = m.First
	}
	last := t.last
	for _, m := range l.mentions {
		if m.Actor == t.org && (m.First == last+1 || m.First == last+2 && l.at(last+1) == "the") && l.at(last) == "of" {
			last = m.Last // "the vice-president of Venezuela"
		}
	}
	name := l.text(t.first, t.last)
	if e := l.dict.Entry(t.org); e != nil && len(e.Adj) > 0 {
		name = e.Adj[0] + " " + strings.ToLower(name)
	}
	id := graph.ActorID("person:" + strings.ToLower(org.Country) + "-" + slug(t.title.Role))
	l.define(graph.Actor{ID: id, Name: name, Type: graph.Person, Country: org.Country})
	form := FormTitle
	if t.title.Class == "diplomat" {
		form = FormGroup // what is done to an ambassador is done to the state
	}
	l.mention(first, last, id, form, false)
	l.because(0.6, "an office whose holder is not named")
	l.out.Note(id, l.text(first, last))
}

// unnamedClasses are titles of which a state has one holder, or sends one.
var unnamedClasses = map[string]bool{
	"head-of-state": true, "head-of-government": true, "minister": true, "diplomat": true, "monarch": true,
}

// widerRoles are offices that news calls by another word.
var widerRoles = map[string][]string{
	"head":   {"secretary-general", "director-general", "president", "chairman", "executive director", "managing director", "high commissioner"},
	"chief":  {"secretary-general", "director-general", "president", "chairman", "executive director", "managing director", "high commissioner"},
	"leader": {"supreme leader", "paramount leader"}, "premier": {"prime minister"}, "head of state": {"president"},
}

// holderShare is the share of the evidence from which "the president" is that of
// the setting.
const holderShare = 0.7

// holderOf returns who holds an office named without its state: the only one
// there is ("the Pope"), or that of the state where the sentence is set.
func (l *line) holderOf(t titleAt) []graph.ActorID {
	if l.day == "" {
		return nil
	}
	orgs := slices.DeleteFunc(slices.Clone(l.dict.roleOrgs[t.title.Role]), func(o graph.ActorID) bool {
		return t.title.Class == "religious" && o.Kind() != string(graph.State) // the Coptic one is never just "the Pope"
	})
	org := graph.ActorID("")
	if len(orgs) == 1 && (t.title.Class == "religious" || strings.Contains(t.title.Role, " ")) {
		org = orgs[0]
	} else if state, share := l.setting(l.index); share >= holderShare && topRoles[t.title.Role] {
		org = state.ID
	}
	var ids []graph.ActorID
	for _, e := range l.dict.holders(t.title.Role, org, l.day) {
		ids = append(ids, e.ID)
	}
	return ids
}

// hyphenated reads the parts of compounds: "US-led", "French-Russian",
// "Hamas-run", "anti-Ukrainian".
func (l *line) hyphenated(i int) (int, bool) {
	text := l.tokens[i].Text
	if !strings.Contains(text, "-") || !hasUpper(text) {
		return i, false
	}
	found := false
	at := l.tokens[i].Span.Start
	dash := strings.LastIndexByte(text, '-')
	patron := patronage[graph.FoldWord(text[dash+1:])]
	for _, part := range strings.Split(text, "-") {
		end := at + len(part)
		if state := l.dict.state(prefixes[graph.FoldWord(part)]); state != nil && startsUpper(part) && end < l.tokens[i].Span.End {
			l.mentionSpan(i, i+1, graph.Span{Start: at, End: end}, l.use(state), FormAdj, false)
			found = true
		}
		for _, s := range l.dict.names.exact([]string{graph.FoldWord(part)}) {
			if s.form != FormShort && caseFits(s.words[0], part) && l.lives(s.entry) {
				l.mentionSpan(i, i+1, graph.Span{Start: at, End: end}, l.use(s.entry), FormAdj, patron)
				found = true
				break
			}
		}
		at = end + 1
	}
	return i + 1, found
}
