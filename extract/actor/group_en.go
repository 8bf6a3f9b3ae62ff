package actor

import (
	"slices"
	"strings"

	"entente/extract/nlp"
	"entente/graph"
)

const groupsFile = "groups.txt" // noun in the plural ; type ; class

// groupClass is how a group noun becomes an actor; groups.txt says what each
// means.
type groupClass string

const (
	groupArmed     groupClass = "armed"
	groupPeople    groupClass = "people"
	groupCivil     groupClass = "civil"
	groupKind      groupClass = "kind"
	groupStrangers groupClass = "strangers"
	groupFollower  groupClass = "follower"
	groupOfficial  groupClass = "official"
	groupVoice     groupClass = "voice"
	groupParty     groupClass = "party"
	groupStates    groupClass = "states"
	groupLabel     groupClass = "label"
)

var groupClasses = []groupClass{groupArmed, groupPeople, groupCivil, groupKind, groupFollower, groupOfficial, groupVoice, groupParty, groupStates, groupLabel, groupStrangers}

// groupNoun is a noun that describes a group.
type groupNoun struct {
	Type  graph.ActorType
	Class groupClass
}

// findGroups makes actors of the groups that the sentence describes.
func (l *line) findGroups() {
	for i := 0; i < len(l.tokens); i++ {
		noun, n := l.groupNounAt(i)
		if n == 0 {
			continue
		}
		l.described(i, i+n, noun)
		i += n - 1
	}
}

// protestNouns are what protesters do, by which news names them: "banned more
// protests".
var protestNouns = set("protest protests demonstration demonstrations rally rallies")

// findProtests links protests that are acted on, or act, to the protesters whom
// the article speaks of.
func (l *line) findProtests() {
	for i, t := range l.tokens {
		if l.taken[i] || !protestNouns[l.folded[i]] || t.UPOS != "NOUN" {
			continue
		}
		h := l.head(i)
		id := l.groupsByNoun["protesters"]
		if id == "" || h < 0 || t.Deprel != "obj" || !curbs[l.tokens[h].Lemma] {
			continue
		}
		l.mention(i, i+1, id, FormTitle, false)
		l.because(0.75, "those who protest")
	}
}

// curbs are what a state does to protests.
var curbs = set("ban allow permit suppress disperse crush quell forbid prohibit curb stop repress break block outlaw tolerate")

// groupNounAt returns the group noun at token i and its number of tokens.
func (l *line) groupNounAt(i int) (groupNoun, int) {
	noun, n := l.dict.groups.longest(l.folded[i:], func(_ int, v []groupNoun) []groupNoun { return v })
	if n == 0 || l.taken[i] || l.taken[i+n-1] || !strings.HasPrefix(l.tagAt(i+n-1), "NN") {
		return groupNoun{}, 0
	}
	if rel := l.tokens[i+n-1].Deprel; rel == "compound" || rel == "flat" || rel == "nmod:desc" || noun[0].Class == groupParty && l.upper(i+n) || l.upper(i) && i > 0 && l.upper(i-1) {
		return groupNoun{}, 0 // "refugees agency", "Doctors Without Borders"
	}
	return noun[0], n
}

// description is what the words around a group noun say of it.
type description struct {
	first, last int           // the noun with its modifiers, determiners and numbers aside
	owner       graph.ActorID // whose members or people they are, or ""
	ownerWords  [2]int        // tokens of the owner where they stand before the noun
	country     string
	modified    bool // by more than a determiner or number
	from        int  // where the mention begins, if not at first
	end         int  // of the whole phrase, an owner after the noun included
}

// described makes an actor of the group noun at [first,last), or links it to
// one.
func (l *line) described(first, last int, noun groupNoun) {
	head := last - 1
	d := l.describedBy(first, last)
	owner := l.out.actors[d.owner]
	if w := l.at(d.first - 1); noun.Class == groupArmed && d.first == first && (w == "its" || w == "his" || w == "her") {
		return // "its fighters": see followersOf
	}
	switch {
	case owner == nil:
	case noun.Class == groupFollower:
		if owner.Type == graph.Person || owner.Type == graph.Party || owner.Type == graph.ArmedGroup {
			l.groupOf(d, noun)
		}
		return
	case noun.Class == groupOfficial && owner.Type == graph.State && d.ownerWords[1] > 0 && l.coordinated(d.ownerWords[0]):
		return // "the French and Russian defence ministers": each state's
	case noun.Class == groupArmed && fieldsFighters(owner.Type):
		l.mention(d.first, d.last, owner.ID, FormGroup, false)
		l.because(1, "the fighters of "+owner.Name+" are its")
		return
	}
	if owner != nil && owner.Type == graph.Bloc && noun.Class == groupStates && d.ownerWords[1] == head && l.folded[head] != "leaders" {
		l.mention(d.first, d.last, owner.ID, FormGroup, false)
		l.because(1, "the members of "+owner.Name+" are it")
		return
	}
	if id := l.groupsByNoun[nounKey(l.folded[head])]; id != "" && !d.modified && l.at(d.first-1) == "the" {
		l.mention(d.first, d.last, id, FormGroup, false)
		l.because(0.85, "the group of that description named before")
		return
	}
	if !l.standsAlone(d, noun, head) {
		return
	}
	if !d.modified && noun.Class == groupArmed && l.at(d.first-1) == "the" && l.armedBefore() {
		return // "the rebels" after a named group: see describe
	}
	if !d.modified {
		if id := l.sameNoun(head); id != "" {
			l.mention(d.first, d.last, id, FormGroup, false)
			l.because(0.8, "the group of that description named before")
			return
		}
	}
	l.groupOf(d, noun)
}

// crowds are nouns for a number of people.
var crowds = set("dozens scores hundreds thousands tens hundred thousand dozen number group groups crowd crowds most many some several")

// deedVerbs are what people do together in politics.
var deedVerbs = set(`accuse protest march strike boycott demand urge attack kill clash block blockade seize storm sue threaten
	reject condemn criticise criticize denounce oppose occupy riot rally beat burn petition gather clash chant jeer boo throw hurl
	defy resist refuse complain ask call plead appeal warn vow thank praise welcome back support cheer pelt stone vote sign demonstrate
	picket besiege surround set torch loot hand surrender flee escape file lodge blame fault question rebuke deplore applaud hail
	endorse advise press lobby march fight resist help rescue hide shelter kidnap torture detain arrest charge investigate search`)

// sufferVerbs are what is done to people in politics and war.
var sufferVerbs = set(`arrest detain jail imprison free release kill shoot wound injure beat torture expel deport evict evacuate rescue shelter
	feed help protect assist treat target abduct kidnap murder massacre rape displace disperse tear-gas gas prosecute charge convict sentence
	acquit pardon execute question interrogate hand extradite repatriate return admit refuse deny bar ban accuse blame thank praise urge ask warn
	threaten compensate meet visit receive address assure promise offer give pay send support back defend represent represented
	search raid surround besiege evict bomb shell strike hit attack ambush fire`)

// pressNouns are spoken to and quoted, and seldom act.
var pressNouns = set("journalists reporters people women children residents nationals citizens media minority voters")

// coordinated reports whether the word at i is joined to another by "and".
func (l *line) coordinated(i int) bool {
	return l.relation(i) == "conj" || l.child(i, "conj") >= 0 || l.at(i-1) == "and"
}

// fieldsFighters reports whether an actor of the type is its fighters.
func fieldsFighters(t graph.ActorType) bool {
	return t == graph.ArmedGroup || t == graph.Party || t == graph.Military
}

// standsAlone reports whether the noun is an actor as it stands: by what is
// said of it, and by its part in the clause.
func (l *line) standsAlone(d description, noun groupNoun, head int) bool {
	nation := d.country != "" || d.owner != ""
	switch noun.Class {
	case groupKind:
		if d.owner == "" && d.end == d.last && noun.Type != graph.Media && !pressNouns[l.folded[head]] {
			h := l.head(head) // "Doctors accused the ministry"
			return l.tokens[head].Deprel == "nsubj" && h >= 0 && deedVerbs[l.tokens[h].Lemma] && l.at(d.first-1) != "the"
		}
		return nation && d.ownerWords[1] > 0 && l.out.actors[d.owner].Type == graph.State
	case groupCivil:
		switch {
		case d.owner == "" || l.out.actors[d.owner].Type == graph.Person:
		case l.out.actors[d.owner].Type != graph.State:
			return false // "citizens of the Schengen Area"
		case d.ownerWords[1] > 0:
			return true
		}
		if h := l.head(head); h >= 0 && l.relation(head) == "nmod" && l.preposition(head) == "of" && crowds[l.folded[h]] {
			head = h // "evicted hundreds of students"
		}
		h := l.head(l.conjunctHead(head))
		return l.takesPart(head) && h >= 0 && (deedVerbs[l.tokens[h].Lemma] || sufferVerbs[l.tokens[h].Lemma])
	case groupLabel:
		return (nation || d.modified) && l.takesPart(head)
	case groupStates:
		if d.owner == "" || d.ownerWords[1] == 0 && d.end == d.last {
			return false
		}
		t := l.out.actors[d.owner].Type
		return t == graph.Bloc || t == graph.IGO || t == graph.People
	case groupFollower:
		return false // of nobody known: see findReferences
	case groupOfficial:
		return (d.owner != "" || d.last-d.first > 1 && d.modified) && l.takesPart(head)
	case groupVoice:
		return (d.modified || d.last-d.first > 1) && l.takesPart(head)
	case groupParty:
		return l.takesPart(head)
	}
	return l.takesPart(head)
}

// describedBy reads the phrase around the group noun at [first,last).
func (l *line) describedBy(first, last int) description {
	d := description{from: first, first: first, last: last, end: last}
	for d.first > 0 && l.modifies(d.first-1) {
		d.first--
		d.modified = d.modified || !plainWords[l.folded[d.first]]
	}
	// Whose they are: named before the noun ("Iraqi", "Hamas", "al-Sadr's") …
	for _, m := range l.mentions {
		if m.Last <= first && m.Last >= d.first-1 && m.First < first && (m.Last >= d.first || l.possessiveAt(m.Last)) {
			l.own(&d, m)
			d.ownerWords = [2]int{m.First, m.Last}
			if m.Last < d.first || m.First < d.first {
				d.first = m.First
			}
		}
	}
	// … or after it ("supporters of", "police in").
	for _, k := range l.children(last - 1) {
		if k < last || l.relation(k) != "nmod" || d.owner != "" {
			continue
		}
		switch p := l.preposition(k); p {
		case "of", "from", "in", "at":
			for _, m := range l.mentions {
				if m.First <= k && k < m.Last && (p != "in" || l.out.actors[m.Actor].Type == graph.State) {
					l.own(&d, m)
					d.end = m.Last
				}
			}
		}
	}
	return d
}

// modifies reports whether token i, right before a group noun or its modifiers,
// describes it.
func (l *line) modifies(i int) bool {
	if l.taken[i] || neverNames[l.folded[i]] {
		return false
	}
	switch l.tokens[i].Tag {
	case "RP", "RB", "IN", "VBD", "VB":
		return false
	}
	switch l.relation(i) {
	case "amod", "compound":
		return !(strings.HasSuffix(l.folded[i], "ing") && l.at(i-1) == "of" && l.relation(i) == "compound") && !quantities[l.folded[i]] && !isDigits(l.folded[i]) && l.tokens[i].Tag != "VBG" && l.tokens[i].Tag != "CD"
	}
	return false
}

func isDigits(w string) bool { return w != "" && w[0] >= '0' && w[0] <= '9' }

// quantities are adjectives that count or point and do not describe.
var quantities = set(`many several few more most some other all both such same various numerous countless
	further additional remaining hundred thousand million dozen dozens hundreds thousands own least first last next latest`)

// plainWords belong to a description but do not tell one group from another.
var plainWords = set(`former alleged suspected recent armed new old young nearby local leading senior top unidentified unknown
	foreign peaceful violent masked angry unarmed heavily jubilant wounded injured prominent powerful`)

func (l *line) possessiveAt(i int) bool {
	w := l.at(i)
	return w == "'s" || w == "’s" || w == "'" || w == "’"
}

// own notes that the group is the mention's.
func (l *line) own(d *description, m Mention) {
	a := l.out.actors[m.Actor]
	d.owner = a.ID
	d.country = a.Country
	d.modified = true
}

// armedBefore reports whether an armed group was named, and not described, in
// the sentences before.
func (l *line) armedBefore() bool {
	for _, n := range l.armed {
		if n < l.index && l.index-n <= 2*reach {
			return true
		}
	}
	return false
}

// sameNoun returns the group that was described with the noun before, or "".
func (l *line) sameNoun(head int) graph.ActorID {
	return l.groupsByNoun[nounKey(l.folded[head])]
}

// groupOf makes an actor of the description.
func (l *line) groupOf(d description, noun groupNoun) {
	var owner *graph.Actor // other than a state
	words := l.words(d.first, d.last)
	if d.first == 0 && l.tokens[0].Tag != "NNP" {
		words = strings.ToLower(words[:1]) + words[1:]
	}
	nation := d.country
	if a := l.out.actors[d.owner]; a != nil {
		if d.ownerWords[1] > 0 {
			words = l.words(max(d.first, d.ownerWords[1]), d.last)
			words = strings.TrimPrefix(strings.TrimPrefix(words, "'s "), "’s ")
		}
		if a.Type != graph.State {
			owner = a
		}
	} else if noun.Class != groupVoice && noun.Class != groupStates && noun.Class != groupStrangers {
		if home, _ := l.setting(l.index); home != nil {
			nation = home.Country
		}
	}
	if noun.Class == groupStates {
		nation = ""
	}
	name, key := words, slug(words)
	state := l.dict.state(nation)
	switch {
	case owner != nil:
		key = slug(owner.Name) + "-" + key
		name = owner.Name + " " + words
		switch {
		case noun.Class == groupFollower:
			name = owner.Name + "'s " + words
		case owner.Type == graph.Bloc && len(l.dict.Entry(owner.ID).Adj) > 0:
			name = l.dict.Entry(owner.ID).Adj[0] + " " + words
		}
	case state != nil:
		key = strings.ToLower(nation) + "-" + key
		name = state.Name + " " + words
		if len(state.Adj) > 0 {
			name = state.Adj[0] + " " + words
		}
		if d.country == "" && d.modified {
			name = words // "Islamist militants": of the setting, but told apart by more
		}
	}
	end := d.last
	if noun.Class == groupStates && d.ownerWords[1] == 0 {
		end = d.end
		name = l.words(d.first, end) // "governments of South East Asia"
		key = slug(name)
	}
	id := graph.ActorID(string(noun.Type) + ":" + key)
	l.define(graph.Actor{ID: id, Name: name, Type: noun.Type, Country: nation})
	if noun.Class == groupFollower || noun.Class == groupOfficial && l.at(d.last) == "of" {
		end = d.end // "supporters of Mohamed Bacar"
	}
	if d.from < d.first && noun.Class == groupFollower && owner != nil && d.ownerWords[1] == 0 && d.end == d.last {
		d.first = d.from // "his followers"
	}
	l.mention(d.first, end, id, FormGroup, false)
	if owner == nil && nation != "" && d.country == "" {
		l.because(0.7, "described; set in "+nation)
	} else {
		l.because(0.9, "described")
	}
	l.groupsByNoun[nounKey(l.folded[d.last-1])] = id
}

// findParties links the parties that share their last word: "the Republican and
// Democratic parties".
func (l *line) findParties() {
	for i := 3; i < len(l.tokens); i++ {
		if l.folded[i] != "parties" || l.folded[i-2] != "and" || !l.upper(i-1) || !l.upper(i-3) || l.taken[i] {
			continue
		}
		for _, k := range []int{i - 3, i - 1} {
			words := []string{l.folded[k], "party"}
			cs := l.weigh(l.dict.names.exact(words), context{})
			for _, s := range l.dict.names.exact(words) {
				if s.form == FormName {
					cs = []Candidate{{Actor: s.entry.ID, Score: 1}}
				}
			}
			if c, ok := best(cs); ok && !l.taken[k] {
				l.mention(k, k+1, l.use(l.dict.Entry(c.Actor)), FormName, false)
			}
		}
	}
}

// localBodies are bodies of towns and regions, by their last word.
var localBodies = set("council assembly government administration municipality police court")

// findLocal makes actors of the bodies of a place: "the Dublin city council", "Bavaria's regional
// government".
func (l *line) findLocal() {
	for _, m := range slices.Clone(l.mentions) {
		if !m.Place || m.Last >= len(l.tokens) {
			continue
		}
		i := m.Last
		if l.possessiveAt(i) {
			i++
		}
		if !localWords[l.at(i)] || !localBodies[l.at(i+1)] || l.taken[i] || l.taken[i+1] || !strings.HasPrefix(l.tagAt(i+1), "NN") || l.relation(i+1) == "compound" {
			continue
		}
		name := l.text(m.First, i+2)
		id := graph.ActorID("government:" + slug(name))
		l.define(graph.Actor{ID: id, Name: name, Type: graph.Government, Country: l.countryOf(m.Actor)})
		l.mention(m.First, i+2, id, FormCue, false)
	}
}

var localWords = set("city town municipal provincial regional district county state local")

// nounKey returns the noun that stands for its synonyms.
func nounKey(noun string) string {
	switch noun {
	case "protestors", "demonstrators", "marchers":
		return "protesters"
	case "guerillas":
		return "guerrillas"
	case "asylum-seekers":
		return "asylum seekers"
	}
	return noun
}

// words joins the tokens [first,last) by blanks.
func (l *line) words(first, last int) string {
	var out []string
	for i := first; i < last; i++ {
		out = append(out, l.tokens[i].Text)
	}
	return strings.Join(out, " ")
}

// findBodies links bodies that are named without their state ("the army",
// "Parliament", "police") to the one that the article named before, or to that
// of the state where the sentence is set.
func (l *line) findBodies() {
	for i := 0; i < len(l.tokens); i++ {
		if l.taken[i] {
			continue
		}
		b, n := l.dict.bodies.longest(l.folded[i:], anyBody)
		if _, g := l.groupNounAt(max(i-1, 0)); g > 1 && i > 0 {
			continue // "political forces"
		}
		if n == 0 || slices.Contains(l.taken[i:i+n], true) || !strings.HasPrefix(l.tagAt(i+n-1), "NN") && l.relation(i+n-1) != "nsubj" {
			continue
		}
		if l.bareBody(i, i+n, b[0]) {
			i += n - 1
		}
	}
}

// bareBody links the body at [first,last) and reports whether it did.
func (l *line) bareBody(first, last int, b Body) bool {
	head := last - 1
	proper := strings.HasPrefix(l.tokens[first].Tag, "NNP")
	definite := l.at(first-1) == "the" || l.upper(first) && (first > 0 && l.tokens[first].Tag != "NN" || proper)
	if ids := l.lastWords[l.folded[head]]; proper && l.at(first-1) != "the" && len(ids) == 1 && last-first == 1 {
		l.mention(first, last, ids[0], FormShort, false)
		l.because(0.85, "named in full in the article")
		return true
	}
	mass := l.tokens[head].Tag == "NNS" || bareNouns[l.folded[head]] && l.at(first-1) != "a"
	if b.Type == graph.Military && l.allied(first, last, b) {
		return true
	}
	rel := l.relation(head)
	if rel == "obj" && l.head(head) >= 0 && deployments[l.tokens[l.head(head)].Lemma] {
		return false // "sent troops": the sender's
	}
	if rel == "nmod" && l.preposition(head) == "of" && deployed[l.folded[l.head(head)]] {
		return false // "the deployment of 3,000 soldiers"
	}
	if rel == "compound" && bodyThings[nlp.Singular(l.at(last))] && l.takesPart(last) && (b.Type == graph.Military || b.Slug == "police") {
		definite, rel = true, "" // what is done to a police station is done to the police
	}
	if rel == "compound" || rel == "amod" || l.upper(last) || !definite && !(mass && l.takesPart(head)) {
		return false
	}
	for _, k := range l.children(head) {
		if w := l.folded[k]; k < first && (foreignWords[w] || strings.HasPrefix(w, "pro-") || strings.HasPrefix(w, "anti-") || strings.HasPrefix(w, "non-")) {
			return false
		}
	}
	if ids := l.bodies[b.Slug]; len(ids) == 1 && definite {
		l.mention(first, last, ids[0], FormBody, false)
		l.because(0.9, "the one of the article")
		return true
	}
	if abroad[b.Slug] || !nativeBodies[b.Slug] && !seated(b.Slug) {
		return false
	}
	d := l.describedBy(first, last)
	state, why, score := l.dict.state(d.country), "of the state named with it", 0.9
	if owner := l.out.actors[d.owner]; owner != nil && owner.Type == graph.Person && b.Type == graph.Military {
		if e := l.dict.Entry(d.owner); e == nil || l.ledBy(e) == nil { // "forces of Khalifa Haftar"
			id := graph.ActorID("military:" + slug(owner.Name) + "-forces")
			l.define(graph.Actor{ID: id, Name: owner.Name + "'s forces", Type: graph.Military, Country: owner.Country})
			l.mention(first, last, id, FormGroup, false)
			l.because(0.85, "the forces of "+owner.Name)
			return true
		}
	}
	if state == nil && d.owner == "" && homeBodies[b.Slug] {
		state, why, score = l.partnersState(head), "of the state of who deals with it", 0.8
	}
	if state == nil && d.owner == "" {
		state, score = l.setting(l.index)
		why = "of the state where it is set"
	}
	if state == nil && d.owner == "" && !homeBodies[b.Slug] {
		state, why, score = l.partnersState(head), "of the state of who deals with it", 0.7
	}
	if state == nil {
		return false
	}
	id := l.body(state, b)
	l.mention(first, last, id, FormBody, false)
	l.because(score, why)
	addTo(l.bodies, b.Slug, id)
	return true
}

// homeBodies are bodies before which the politicians of their state speak and act.
var homeBodies = set("parliament national-assembly senate lower-house congress cabinet")

// partnersState returns the state of the persons who act or are acted on with the noun at
// token i ("Sogavare told parliament", "the army advised Morales to resign"), or nil.
func (l *line) partnersState(i int) *Entry {
	i = l.conjunctHead(i)
	v := l.head(i)
	if v < 0 || l.tokens[v].UPOS != "VERB" {
		return nil
	}
	country := ""
	for _, m := range l.mentions {
		a := l.out.actors[m.Actor]
		h := l.conjunctHead(l.headOf(m.First, m.Last))
		if a.Type != graph.Person || a.Country == "" || h == i || l.head(h) != v {
			continue
		}
		switch l.relation(h) {
		case "nsubj", "obj", "iobj":
			if country != "" && country != a.Country {
				return nil
			}
			country = a.Country
		}
	}
	return l.dict.state(country)
}

// allied makes an actor of the force of an organisation or alliance ("African
// Union soldiers", "coalition forces") and reports whether it did.
func (l *line) allied(first, last int, b Body) bool {
	if b.Slug != "armed-forces" && b.Slug != "peacekeepers" {
		return false
	}
	start, owner := first, ""
	at := l.mentionEnding(first)
	switch {
	case first > 0 && strings.HasSuffix(l.folded[first-1], "-led"):
		start, owner = first-1, l.tokens[first-1].Text // "American-led forces"
	case at != nil && (at.Form == FormName || at.Form == FormAdj):
		if t := l.out.actors[at.Actor].Type; t != graph.IGO && t != graph.Bloc {
			return false
		}
		start, owner = at.First, l.out.actors[at.Actor].Name
	case first > 0 && alliedWords[l.folded[first-1]] && !l.taken[first-1]:
		start, owner = first-1, l.folded[first-1]
	default:
		return false
	}
	id := graph.ActorID("military:" + slug(owner) + "-forces")
	l.define(graph.Actor{ID: id, Name: owner + " forces", Type: graph.Military})
	l.mention(start, last, id, FormGroup, false)
	return true
}

// mentionEnding returns the mention whose last token is the one before i, or nil.
func (l *line) mentionEnding(i int) *Mention {
	for k := range l.mentions {
		if l.mentions[k].Last == i {
			return &l.mentions[k]
		}
	}
	return nil
}

// bodyThings are things of the police and the army that are attacked with them inside.
var bodyThings = set("station checkpoint convoy patrol base headquarters academy recruit trainee post outpost barracks vehicle camp training center centre compound roadblock commander")

// bareNouns are bodies that go without an article.
var bareNouns = set("police parliament congress")

// deployed are nouns for what deployments do.
var deployed = set("deployment dispatch withdrawal sending stationing redeployment rotation arrival pullout")

// deployments are verbs whose object is a force of their subject.
var deployments = set("send deploy withdraw pull move commit mass station dispatch have use need provide contribute offer bring order muster mobilise mobilize redeploy recall rally")

var alliedWords = set("coalition allied multinational peacekeeping u.n.-backed occupation")

// foreignWords say that a force is not that of the state where it acts.
var foreignWords = set("mutinous renegade rebellious retired foreign international allied coalition multinational peacekeeping local opposing rival enemy rebel private")

// nativeBodies are bodies that news names without their state, where it is
// clear.
var nativeBodies = set(`parliament national-assembly senate lower-house congress supreme-court constitutional-court
	prosecutor-general electoral-commission central-bank border-guard police security-forces armed-forces army
	navy air-force coast-guard special-forces presidential-guard national-guard gendarmerie junta
	ministry-of-defence ministry-of-foreign-affairs ministry-of-the-interior ministry-of-finance
	ministry-of-justice ministry-of-health cabinet presidency human-rights-commission intelligence-service`)
