package actor

import (
	"slices"
	"strings"

	"entente/graph"
)

// claim is a role that the text gives to a person.
type claim struct {
	person graph.ActorID
	role   string        // as the text says it, lower case
	org    graph.ActorID // whose role it is, or "" where the words do not say
	title  Title
	former bool
	at     int // token of the role
}

// waiting is a claim without an organisation, kept until the article's setting
// is known.
type waiting struct {
	claim
	line *line
}

// affiliate records that the person holds the role. Without an organisation, the
// dictionary's knowledge of who held that role where stands in, else the state
// where the article is set.
func (l *line) affiliate(c claim) {
	if g := genderOfTitle(c.role); g != "" {
		l.genderTold[c.person] = g
	}
	if c.title.Class == classHonorific || c.title.Class == "culture" || c.title.Role == "counterpart" {
		return
	}
	if body, role := l.bodyOfRole(c); body != "" {
		if n := len(strings.Fields(c.role)) - len(strings.Fields(role)); strings.EqualFold(l.text(c.at, c.at+n), strings.TrimSuffix(c.role, " "+role)) {
			l.bodyInRole(c.at, c.at+n, body)
		}
		c.org, c.role = body, role
	}
	l.addOffice(c.title.Role, c.person)
	if c.org == "" {
		l.waiting = append(l.waiting, waiting{c, l})
		return
	}
	l.record(c)
}

// bodyInRole records the body that the words [first,last) of a role name, with the state
// before them.
func (l *line) bodyInRole(first, last int, body graph.ActorID) {
	if m := l.mentionEnding(first); m != nil && m.Form == FormAdj {
		first = m.First
	} else if m := l.mentionEnding(first - 1); m != nil && l.possessiveAt(first-1) {
		first = m.First
	}
	l.mention(first, last, body, FormBody, false)
}

// genderOfTitle returns the gender that the words of a title tell, or "".
func genderOfTitle(role string) string {
	for _, w := range strings.Fields(role) {
		switch {
		case femaleTitles[w], strings.HasSuffix(w, "woman"):
			return "f"
		case maleTitles[w], w == "spokesman", w == "businessman", w == "congressman":
			return "m"
		}
	}
	return ""
}

var (
	femaleTitles = set("mrs mrs. ms ms. miss queen princess lady baroness dame sister countess empress duchess actress mother")
	maleTitles   = set("mr mr. sir king prince emperor sultan sheikh emir lord father baron pope cardinal archbishop bishop ayatollah duke rabbi imam brother")
)

// settle gives the claims that wait for one an organisation: a minister or
// general without a state is one of the state where the article is set.
func (rd *reading) settle() {
	for _, w := range rd.waiting {
		l := w.line
		if w.org = l.orgBefore(w.at, w.title); w.org != "" { // "its president", "the bloc's chairman"
			l.record(w.claim)
			continue
		}
		if w.org = l.knownOrg(w.claim); w.org != "" {
			l.record(w.claim)
			continue
		}
		state, _ := l.setting(l.index)
		if p := l.out.actors[w.person]; state == nil || p.Country != "" && p.Country != state.Country {
			continue
		}
		w.org = state.ID
		if body, role := l.bodyOfRole(w.claim); body != "" { // "army spokesman X": of the home army
			w.org, w.role = body, role
		} else if !domestic[w.title.Class] && !domesticRoles[strings.ReplaceAll(w.title.Role, " ", "-")] && !strings.HasPrefix(w.role, "government ") {
			continue
		} else {
			l.use(state)
		}
		l.record(w.claim)
	}
}

// domestic are the classes of titles that without a state mean the home one.
var domestic = map[string]bool{
	"head-of-state": true, "head-of-government": true, "monarch": true, "minister": true, "legislator": true,
}

// domesticRoles are others of that kind.
var domesticRoles = set("opposition-leader attorney-general chief-justice army-chief police-chief")

// record notes a claim with its organisation.
func (l *line) record(c claim) {
	p, o := l.out.actors[c.person], l.out.actors[c.org]
	if o == nil || p == nil || p == o {
		return
	}
	if p.Country == "" {
		p.Country = o.Country
	}
	if c.title.Class == "spokesperson" && !c.former {
		l.speaksFor[c.person] = c.org
	}
	a := graph.Affiliation{
		Person: graph.NameRef{ID: p.ID, Name: p.Name, Mention: l.wordsFor(p.ID, c.at)}, Role: c.role,
		Org:    graph.NameRef{ID: o.ID, Name: o.Name, Mention: l.wordsFor(o.ID, c.at)},
		Former: c.former, Sentence: l.index,
	}
	for _, b := range l.out.Affiliations {
		if b.Person.ID == a.Person.ID && b.Org.ID == a.Org.ID && b.Role == a.Role {
			return
		}
	}
	l.out.Affiliations = append(l.out.Affiliations, a)
}

// wordsFor returns how the sentence names the actor, the nearest to token at, or
// "".
func (l *line) wordsFor(id graph.ActorID, at int) string {
	text, distance := "", len(l.tokens)+1
	for _, m := range l.mentions {
		if d := max(at-m.First, m.First-at); m.Actor == id && d < distance && m.Form != FormPronoun && m.Form != FormTitle {
			text, distance = m.Text, d
		}
	}
	return text
}

// knownOrg returns where the dictionary says that the person held the role, or
// a role that implies it.
func (l *line) knownOrg(c claim) graph.ActorID {
	e := l.dict.Entry(c.person)
	if e == nil || strings.HasPrefix(c.role, "shadow ") {
		return ""
	}
	r := e.roleOn(strings.TrimSuffix(c.title.Role, "-elect"), l.day)
	if r == nil && c.title.Class == "party-leader" {
		for i := range e.Roles {
			if e.Roles[i].Org.Kind() == string(graph.Party) && e.Roles[i].Holds(l.day) {
				r = &e.Roles[i]
			}
		}
	}
	if r == nil || l.dict.Entry(r.Org) == nil {
		return ""
	}
	return l.use(l.dict.Entry(r.Org))
}

// bodyOfRole returns the body that a role names within itself ("Israeli military
// spokesman"), where its state is known, and the role in it.
func (l *line) bodyOfRole(c claim) (body graph.ActorID, role string) {
	state := l.dict.Entry(c.org)
	if c.title.Class != "spokesperson" && c.title.Class != classMilitary && c.title.Class != "security" || state == nil || state.Type != graph.State {
		return "", ""
	}
	words := strings.Fields(c.role)
	for n := len(words) - 1; n > 0; n-- {
		if b := l.dict.bodies.exact(foldAll(words[:n])); len(b) > 0 {
			return l.body(state, b[0]), strings.Join(words[n:], " ")
		}
	}
	return "", ""
}

// employer returns the actor whose role a mention next to the title makes it, or
// "": a place only of those who govern it.
func (l *line) employer(m Mention, title Title) graph.ActorID {
	a := l.out.actors[m.Actor]
	switch {
	case a.Type == graph.Person && m.Form == FormPronoun && domestic[title.Class]:
		if state := l.dict.state(a.Country); state != nil { // "Merkel … her economy minister"
			return l.use(state)
		}
		return ""
	case a.Type == graph.Person && m.Form != FormPronoun && (title.Class == "spokesperson" || personalRoles[title.Role]):
		return m.Actor
	case a.Type == graph.Person, a.Type == graph.People && !(m.Form == FormGroup && title.Class == "spokesperson"):
		return ""
	case m.Form == FormSite:
		if !localRoles[title.Role] {
			return ""
		}
		return l.localGovernment(m)
	case a.Type == graph.Media && title.Class != "journalist" && title.Class != "business" && title.Class != "official":
		return ""
	}
	return m.Actor
}

// personalRoles are held with a person, not only with a body.
var personalRoles = set("aide adviser advisor envoy lawyer deputy secretary representative press-secretary chief-of-staff bodyguard")

// localRoles are offices of a city or province.
var localRoles = set("governor mayor deputy-governor administrator")

// localGovernment makes an actor of the place that a mention names.
func (l *line) localGovernment(m Mention) graph.ActorID {
	nation := l.out.actors[m.Actor].Country
	id := graph.ActorID("government:" + strings.ToLower(nation) + "-" + slug(m.Text))
	l.define(graph.Actor{ID: id, Name: m.Text, Type: graph.Government, Country: nation})
	l.out.Note(id, m.Text)
	return id
}

// roleAfter reads an apposition at the comma i: ", the [Russian] defence
// minister [of X]". It returns the tokens of the role.
func (l *line) roleAfter(i int) (first, last int, ok bool) {
	if l.at(i) != "," {
		return
	}
	for j := i + 1; j < len(l.tokens) && j <= i+7; j++ {
		w := l.folded[j]
		if w == "," || w == "who" || w == "which" || strings.HasPrefix(l.tokens[j].Tag, "VBD") || l.tokens[j].Tag == "IN" {
			return
		}
		if kinNouns[w] {
			return // "the wife of the prime minister"
		}
		if t, n := l.titleAt(j); n > 0 && t.Class != classHonorific {
			first, last = j, j+n
			for {
				more, n := l.titleAt(last)
				if n == 0 || more.Class == classHonorific {
					break
				}
				last += n
			}
			return first, last, !l.upper(last) || l.tokens[last].Tag == "POS"
		}
	}
	return
}

// kinNouns make the role that follows another person's.
var kinNouns = set(`wife husband son daughter brother sister father mother widow cousin nephew uncle aunt grandson
	granddaughter friend rival aide adviser advisor critic successor predecessor lawyer`)

// findAffiliations reads the roles of the sentence's persons from appositions,
// copulas, "X of Y" and "Y, led by X". Only the last reading, which knows whom
// pronouns and descriptions mean, takes roles of which the text does not say whose
// they are.
func (l *line) findAffiliations(last bool) {
	for _, m := range slices.Clone(l.mentions) {
		if l.out.actors[m.Actor].Type != graph.Person || m.Form == FormPronoun || m.Form == FormTitle {
			continue
		}
		first, end, ok := l.roleAfter(m.Last)
		if !ok {
			first, end, ok = l.roleOfCopula(m)
		}
		if ok {
			title, _ := l.titleAt(first)
			if org := l.orgOfRole(first, end, title); org != "" || last {
				l.affiliate(claim{m.Actor, l.roleWords(first, end), org, title, l.former(first), first})
			}
			continue
		}
		if last && (l.roleBefore(m) || l.crowned(m) || l.stateOfPerson(m)) {
			continue
		}
		if last {
			l.likeCounterpart(m)
		}
		l.ofWhom(m)
		l.leads(m)
		if last {
			l.keptAs(m)
		}
	}
}

// roleBefore reads a role with more words between it and the name in apposition: "Russia's
// ambassador to Seoul, X", "a senior aide to Karzai, X", "a deputy in the Duma, X".
func (l *line) roleBefore(m Mention) bool {
	comma := m.First - 1
	if m.Lead < m.First {
		comma = m.Lead - 1
	}
	if l.at(comma) != "," {
		return false
	}
	name := l.headOf(m.First, m.Last)
	for j := comma - 1; j >= 0 && j > comma-12; j-- {
		if w := l.folded[j]; w == "," || l.tokens[j].UPOS == "VERB" && l.tokens[j].Tag != "VBN" {
			return false
		}
		t, n := l.titleAt(j)
		if n == 0 || t.Class == classHonorific || j+n > comma || j+n < comma && !roleJoins[l.at(j+n)] {
			continue
		}
		for j > 0 { // "prime minister", from its first word
			longer, k := l.titleAt(j - 1)
			if k != n+1 {
				break
			}
			j, t, n = j-1, longer, k
		}
		noun := j + n - 1
		up := l.head(name)
		if l.relation(name) == "nsubj" && l.relation(noun) == "nsubj" && up == l.head(noun) && l.at(m.Last) == "," {
			// two subjects of one verb, as the parser has it
		} else if rel := l.relation(name); rel != "appos" && rel != "conj" || up < j || up >= comma {
			if l.relation(noun) != "appos" || l.head(noun) != name && l.head(noun) != up {
				return false
			}
		}
		org := l.orgOfRole(j, j+n, t)
		if org == "" || org == m.Actor {
			return false
		}
		l.affiliate(claim{m.Actor, l.roleWords(j, j+n), org, t, l.former(j), j})
		return true
	}
	return false
}

// roleJoins are prepositions that a role has after it.
var roleJoins = set("of to in for at with from")

// stateOfPerson reads "Hungary's Péter Szijjártó", "his Colombian counterpart, Iván Duque": the
// office that the dictionary knows a person to hold in the state before the name.
func (l *line) stateOfPerson(m Mention) bool {
	e := l.dict.Entry(m.Actor)
	if e == nil || l.day == "" {
		return false
	}
	at := m.First
	if l.at(at-1) == "," {
		at--
	}
	if w := l.at(at - 1); w == "counterpart" || w == "colleague" || w == "'s" || w == "’s" {
		at--
	}
	state := l.mentionEnding(at)
	if state == nil || at == m.First && l.at(m.First-1) != "'s" && l.at(m.First-1) != "’s" || state.Actor.Kind() != string(graph.State) {
		return false
	}
	for _, r := range e.Roles {
		if r.Org == state.Actor && r.Holds(l.day) {
			l.record(claim{m.Actor, r.Title, r.Org, Title{"", r.Title}, false, m.First})
			return true
		}
	}
	return false
}

// crowned reads the office in a name that holds it: "King Salman".
func (l *line) crowned(m Mention) bool {
	t, n := l.titleAt(m.First)
	if n == 0 || t.Class != "monarch" || m.First+n >= m.Last {
		return false
	}
	c := claim{m.Actor, l.role(m.First, m.First+n), "", t, false, m.First}
	if c.org = l.knownOrg(c); c.org == "" {
		return false
	}
	l.record(c)
	return true
}

// likeCounterpart reads "her Ethiopian counterpart, Demeke Mekonnen": the role of
// the one whose counterpart it is.
func (l *line) likeCounterpart(m Mention) {
	at := m.First - 1
	if l.at(at) == "," {
		at--
	}
	if w := l.at(at); w != "counterpart" && w != "colleague" {
		return
	}
	var state, other graph.ActorID
	for _, o := range l.mentions {
		switch {
		case o.Form == FormAdj && o.Last == at:
			state = o.Actor
		case o.Form == FormPronoun && o.Last <= at && o.Last >= at-2:
			other = o.Actor
		}
	}
	if state == "" || other == "" {
		return
	}
	for _, a := range l.out.Affiliations {
		if a.Person.ID == other && a.Org.ID.Kind() == string(graph.State) && !a.Former {
			l.record(claim{m.Actor, a.Role, state, Title{"", a.Role}, false, at})
			return
		}
	}
}

// roleOfCopula reads "X is the president of Y".
func (l *line) roleOfCopula(m Mention) (first, last int, ok bool) {
	head := l.headOf(m.First, m.Last)
	noun := l.head(head)
	if l.relation(head) != "nsubj" || noun < 0 || l.child(noun, "cop") < 0 || l.isNegated(noun) {
		return
	}
	for j := max(noun-3, 0); j <= noun; j++ {
		if t, n := l.titleAt(j); n > 0 && j+n > noun && t.Class != classHonorific && !l.taken[j] {
			return j, j + n, true
		}
	}
	return
}

func (l *line) isNegated(i int) bool {
	for _, k := range l.children(i) {
		if w := l.folded[k]; w == "not" || w == "n't" || w == "never" || l.tokens[k].Tag == "MD" {
			return true
		}
	}
	return false
}

// belongingRoles are what "X of Y" makes X, by what Y is.
var belongingRoles = map[graph.ActorType]string{graph.Party: "member", graph.ArmedGroup: "member"}

// ofWhom reads "Moussa Koussa of Libya": the role that the dictionary knows, or
// the rank that stands before the name.
func (l *line) ofWhom(m Mention) {
	if l.at(m.Last) != "of" {
		return
	}
	for _, o := range l.mentions {
		if o.First != m.Last+1 && !(l.at(m.Last+1) == "the" && o.First == m.Last+2) {
			continue
		}
		if e := l.dict.Entry(m.Actor); e != nil {
			for _, r := range e.Roles {
				if r.Org == o.Actor && r.Holds(l.day) {
					l.record(claim{m.Actor, r.Title, o.Actor, Title{"", r.Title}, false, m.First})
					return
				}
			}
			return
		}
		if role := belongingRoles[l.out.actors[o.Actor].Type]; role != "" && m.Lead == m.First && o.Form != FormAdj && o.Form != FormGroup {
			l.record(claim{m.Actor, role, o.Actor, Title{"", role}, false, m.First})
			return
		}
		if t, n := l.titleAt(m.Lead); m.Lead < m.First && n > 0 && t.Class != classHonorific && t.Class != "culture" {
			if org := l.employer(o, t); org != "" {
				role := l.role(m.Lead, m.Lead+n)
				if l.tokens[m.Lead+n-1].Tag == "NNS" { // "foreign ministers X of Malaysia and Y of …"
					role = t.Role
				}
				l.record(claim{m.Actor, role, org, t, l.former(m.Lead), m.Lead})
			}
		}
	}
}

// keptAs reads "voted to keep X as their prime minister", "named X as envoy".
func (l *line) keptAs(m Mention) {
	head := l.headOf(m.First, m.Last)
	verb := l.head(head)
	if l.relation(head) != "obj" && l.tokens[head].Deprel != "nsubj:pass" || verb < 0 {
		return
	}
	for _, at := range [2]int{head, verb} {
		for _, k := range l.children(at) {
			if l.preposition(k) != "as" || k < m.Last {
				continue
			}
			for j := max(k-3, m.Last); j <= k; j++ {
				if t, n := l.titleAt(j); n > 0 && j+n > k && t.Class != classHonorific && !l.taken[j] {
					l.affiliate(claim{m.Actor, l.role(j, j+n), l.orgOfRole(j, j+n, t), t, false, j})
					return
				}
			}
		}
	}
}

// leaderVerbs say by their subject or agent who leads their object, and as what.
var leaderVerbs = map[string]string{"lead": "leader", "head": "head", "chair": "chair", "command": "commander", "found": "founder"}

// leads reads "Y, led by X", "X leads Y" and "X, who heads Y".
func (l *line) leads(m Mention) {
	head := l.headOf(m.First, m.Last)
	verb := l.head(head)
	if verb < 0 {
		return
	}
	object := -1
	switch l.tokens[head].Deprel {
	case "obl:agent", "obl":
		if l.preposition(head) == "by" && l.relation(verb) == "acl" {
			object = l.head(verb)
		}
	case "nsubj":
		object = l.child(verb, "obj")
	}
	if k := l.child(head, "acl"); k >= 0 && l.tokens[k].Deprel == "acl:relcl" && l.child(k, "nsubj") >= 0 && l.folded[l.child(k, "nsubj")] == "who" {
		verb, object = k, l.child(k, "obj")
	}
	role := leaderVerbs[l.tokens[verb].Lemma]
	if l.tokens[verb].Lemma == "lead" && l.folded[verb] == "lead" && object >= 0 && l.relation(verb) == "acl" {
		role = "leader" // "lead by", as it is often written
	}
	if role == "" || object < 0 {
		return
	}
	for _, o := range l.mentions {
		if o.First <= object && object < o.Last && !o.Place && o.Form != FormPronoun && o.Form != FormAdj {
			switch l.out.actors[o.Actor].Type {
			case graph.Party, graph.ArmedGroup, graph.NGO, graph.Company, graph.Government, graph.Military, graph.IGO, graph.Media, graph.Other:
				l.record(claim{m.Actor, role, o.Actor, Title{"", role}, false, verb})
			}
		}
	}
}

// orgOfRole finds whose role the title at [first,last) is: the mention right
// before it, or the first one after "of", "at", "for" within the apposition.
func (l *line) orgOfRole(first, last int, title Title) graph.ActorID {
	if org := l.orgBefore(first, title); org != "" {
		return org
	}
	if m := l.inTitle(first, last); m != nil {
		if org := l.employer(*m, title); org != "" {
			return org
		}
	}
	switch l.at(last) {
	case "of", "at", "for", "with", "in", "to":
	default:
		return ""
	}
	var org graph.ActorID
	for i := last + 1; i < len(l.tokens) && i < last+12 && l.folded[i] != ","; i++ {
		for _, m := range l.mentions {
			if m.First != i || m.Form == FormAdj {
				continue
			}
			e := l.employer(m, title)
			if e != "" && (org == "" || l.at(last) == "for" && l.employs(i)) {
				org = e // "director for Europe at Eurasia Group"
			}
		}
	}
	return org
}

// inTitle returns the organisation that a title at [first,last) begins with: "the EU trade
// commissioner" is a title as a whole.
func (l *line) inTitle(first, last int) *Mention {
	for k := range l.mentions {
		if m := &l.mentions[k]; m.First == first && m.Last < last && m.Form == FormName {
			return m
		}
	}
	return nil
}

// roleWords returns the words of a title without the organisation that it begins with.
func (l *line) roleWords(first, last int) string {
	if m := l.inTitle(first, last); m != nil {
		first = m.Last
	}
	return l.role(first, last)
}

// employs reports whether the words before the organisation at token i bring
// an employer: "at", "of", with a description between ("at risk analysis firm").
func (l *line) employs(i int) bool {
	for k := i - 1; k > 0 && k > i-6; k-- {
		if l.folded[k] == "at" || l.folded[k] == "of" {
			return true
		}
		if l.upper(k) {
			return false
		}
	}
	return false
}
