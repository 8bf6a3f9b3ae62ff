package actor

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"entente/graph"
)

// Pronouns and short descriptions are linked left to right to what was named
// before them. Each candidate is weighed by its part in the sentence, its
// distance, and the parallel with the pronoun's own part (after Lappin & Leass
// 1994, "An algorithm for pronominal anaphora resolution"); one that does not
// stand out is not linked, since a wrong link is worse than a missing one.

const (
	reach  = 3   // sentences back in which a pronoun may find its antecedent
	margin = 0.7 // by which the best candidate must lead

	weightSubject  = 2.0
	weightAgent    = 1.5
	weightObject   = 1.0
	weightOblique  = 0.4
	weightInner    = 0.0  // possessors, complements of nouns
	weightParallel = 0.8  // subject after subject, object after object
	weightDistance = -1.0 // a sentence
	weightGender   = 0.7  // a name that tells the pronoun's gender
	weightOften    = 0.2  // a mention within reach, up to five
	weightReporter = 1.5  // who says what the pronoun stands in
)

// trace is a place where actors were named: one, or several joined by "and".
type trace struct {
	ids             []graph.ActorID
	sentence, token int
	weight          float64
	clause          int // token of the verb, for "him" is not the subject of its own clause
	subject         bool
	plural          bool // of the word that stands for them
}

// focus is what the sentences so far leave a pronoun or description to mean.
type focus struct {
	traces    []trace
	speaker   graph.ActorID // whom the current quotation belongs to
	paragraph int           // of the quotation
	gender    map[graph.ActorID]string
	nouns     map[string][]graph.ActorID // by a noun in its name that "the" may repeat
	documents map[string]graph.ActorID   // by a noun: who wrote the last one
}

var (
	genders       = map[string]string{"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
	firstSingular = set("i my me myself")
	firstPlural   = set("we our us ourselves")
	itForms       = set("it its itself")
	theyForms     = set("they them their theirs themselves")
	relatives     = set("who whom whose which that")
	// descriptions are nouns that after "the" mean the last actor of a type.
	descriptions = map[string][]graph.ActorType{
		"country": {graph.State}, "nation": {graph.State}, "republic": {graph.State}, "kingdom": {graph.State}, "island": {graph.State},
		"emirate": {graph.State}, "government": {graph.State}, "administration": {graph.State}, "authorities": {graph.State},
		"regime": {graph.State}, "militia": {graph.ArmedGroup}, "militants": {graph.ArmedGroup},
		"rebels": {graph.ArmedGroup}, "insurgents": {graph.ArmedGroup}, "guerrillas": {graph.ArmedGroup}, "movement": {graph.ArmedGroup, graph.Party, graph.NGO},
		"group": {graph.ArmedGroup, graph.NGO, graph.IGO, graph.Bloc, graph.Other}, "party": {graph.Party}, "bloc": {graph.IGO, graph.Bloc},
		"alliance": {graph.IGO, graph.Bloc}, "organisation": {graph.IGO, graph.NGO, graph.ArmedGroup}, "organization": {graph.IGO, graph.NGO, graph.ArmedGroup},
		"company": {graph.Company}, "firm": {graph.Company}, "carrier": {graph.Company}, "airline": {graph.Company}, "bank": {graph.Company}, "newspaper": {graph.Media}, "paper": {graph.Media},
		"broadcaster": {graph.Media}, "channel": {graph.Media}, "charity": {graph.NGO}, "watchdog": {graph.NGO, graph.IGO}, "junta": {graph.Government, graph.State},
		"body": {graph.IGO, graph.Government}, "agency": {graph.Government, graph.IGO, graph.NGO}, "union": {graph.NGO},
	}
	// severalOnly are descriptions that are left open where more than one of
	// the type was named.
	severalOnly = set("country nation government administration authorities regime group militia militants rebels insurgents guerrillas")
	// bodyNouns after "the" mean the last actor with the word in its name.
	bodyNouns = set("ministry court commission council parliament army navy police agency committee tribunal congress senate assembly party union front junta")
	// personNouns after "the" mean the person spoken of.
	personNouns = set("minister leader general official politician premier chairman spokesman spokeswoman envoy diplomat lawmaker senator governor ambassador cleric commander president")
	pairNouns   = map[string]graph.ActorType{
		"sides": "", "parties": "", "countries": graph.State, "nations": graph.State, "states": graph.State, "neighbours": graph.State,
		"neighbors": graph.State, "governments": graph.State, "allies": graph.State, "capitals": graph.State, "leaders": graph.Person, "men": graph.Person,
		"presidents": graph.Person, "ministers": graph.Person, "women": graph.Person, "rivals": "", "foes": "", "republics": graph.State,
		"powers": graph.State, "adversaries": "", "enemies": "", "premiers": graph.Person, "side": "",
	}
)

// findReferences links the pronouns and short descriptions of the sentence and
// carries the focus on.
func (l *line) findReferences(f *focus) {
	if f.gender == nil {
		f.gender, f.nouns, f.documents = map[graph.ActorID]string{}, map[string][]graph.ActorID{}, map[string]graph.ActorID{}
	}
	speaker := l.speaker(f)
	quoted := l.opensQuoted(f)
	named := slices.Clone(l.mentions)
	for i := 0; i < len(l.tokens); i++ {
		if l.tokens[i].Tag == "''" {
			quoted = !quoted
			continue
		}
		for _, m := range named {
			if m.First == i {
				f.see(l, m)
			}
		}
		if !l.taken[i] {
			l.refer(i, f, quoted, speaker)
			l.document(i, f)
		}
	}
	if speaker != "" && f.paragraph != l.paragraph() || speaker != f.speaker {
		f.paragraph = l.paragraph()
	}
	f.speaker = speaker
}

// refer links the pronoun or description at token i, if it is one.
func (l *line) refer(i int, f *focus, quoted bool, speaker graph.ActorID) {
	w := l.folded[i]
	switch {
	case genders[w] != "":
		if !quoted {
			l.personal(i, f, genders[w])
		}
	case quoted && speaker != "" && firstSingular[w]:
		if l.out.actors[speaker].Type == graph.Person {
			l.point(i, []graph.ActorID{speaker}, 0.9, "the speaker", f)
		}
	case quoted && speaker != "" && firstPlural[w]:
		if org := l.speaksFor[speaker]; org != "" {
			speaker = org
		} else if state := l.governs(speaker); state != "" && w != "we" {
			speaker = state
		}
		l.point(i, []graph.ActorID{speaker}, 0.8, "the speaker, or whom it speaks for", f)
	case itForms[w] && !quoted:
		l.thing(i, f)
	case theyForms[w] && !quoted:
		l.several(i, f)
	case relatives[w]:
		l.relative(i, f)
	case w == "counterpart" || w == "counterparts":
		l.counterpart(i, f)
	case nationalNouns[w] && l.national(i, f):
	case w == "side" && (l.at(i-1) == "each" || l.at(i-1) == "either"):
		l.pair(i, f, "")
	case w == "other" && l.at(i-1) == "the" && l.relation(i) == "obj":
		l.other(i, f)
	case l.at(i-1) == "the" || l.at(i-1) == "both" || l.at(i-1) == "two" || l.at(i-1) == "this":
		l.describe(i, f)
	}
}

// governs returns the state whose office the person holds: a minister's "our interests" are
// the state's.
func (l *line) governs(person graph.ActorID) graph.ActorID {
	if e := l.dict.Entry(person); e != nil && l.day != "" {
		for _, r := range e.Roles {
			if r.Holds(l.day) && r.Org.Kind() == string(graph.State) {
				l.use(l.dict.Entry(r.Org))
				return r.Org
			}
		}
	}
	for _, a := range l.out.Affiliations {
		if org := l.out.actors[a.Org.ID]; a.Person.ID == person && !a.Former && org != nil && org.Type == graph.State {
			return org.ID
		}
	}
	return ""
}

// point records that token i stands for the actors.
func (l *line) point(i int, ids []graph.ActorID, score float64, why string, f *focus) {
	for _, id := range ids {
		l.mention(i, i+1, id, FormPronoun, false)
		l.because(score, why)
	}
	f.trace(l, i, i+1, ids)
}

// see notes a mention that a later description may mean.
func (f *focus) see(l *line, m Mention) {
	a := l.out.actors[m.Actor]
	if m.Place || m.Form == FormAdj || m.Form == FormPronoun {
		return
	}
	for _, w := range strings.Fields(a.Name + " " + m.Text) {
		if w = graph.FoldWord(w); bodyNouns[w] {
			addTo(f.nouns, w, a.ID)
		}
	}
	ids := []graph.ActorID{a.ID}
	head := l.headOf(m.First, m.Last)
	for _, k := range l.children(head) {
		if l.relation(k) != "conj" {
			continue
		}
		for _, o := range l.mentions {
			if o.First <= k && k < o.Last && !o.Place && o.Form != FormAdj && (l.out.actors[o.Actor].Type == graph.Person) == (a.Type == graph.Person) &&
				!slices.Contains(ids, o.Actor) {
				ids = append(ids, o.Actor)
			}
		}
	}
	if len(ids) > 1 {
		f.trace(l, m.First, m.Last, ids)
	}
	f.trace(l, m.First, m.Last, ids[:1])
}

// trace notes that tokens [first,last) stand for the actors.
func (f *focus) trace(l *line, first, last int, ids []graph.ActorID) {
	i := l.conjunctHead(l.headOf(first, last))
	t := trace{ids: ids, sentence: l.index, token: first, clause: l.clauseOf(i), weight: weightInner}
	t.plural = l.tokens[l.headOf(first, last)].Tag == "NNS"
	switch rel := l.tokens[i].Deprel; {
	case strings.HasPrefix(rel, "nsubj"):
		t.weight, t.subject = weightSubject, true
	case rel == "obl:agent":
		t.weight = weightAgent
	case rel == "obj" || rel == "iobj":
		t.weight = weightObject
	case strings.HasPrefix(rel, "obl"):
		t.weight = weightOblique
	case rel == "root":
		t.weight = weightSubject
	}
	f.traces = append(f.traces, t)
}

// clauseOf returns the verb or predicate whose clause token i stands in.
func (l *line) clauseOf(i int) int {
	for range l.tokens {
		h := l.head(i)
		if h < 0 {
			return i
		}
		i = h
		if l.tokens[i].UPOS == "VERB" || l.child(i, "cop") >= 0 {
			return i
		}
	}
	return i
}

// candidate is what a pronoun may mean, with its weight.
type candidate struct {
	ids    []graph.ActorID
	weight float64
}

// weighTraces returns what the pronoun at i may mean, the likeliest first. accept
// says whether it may mean the actors at all.
func (l *line) weighTraces(i int, f *focus, accept func(t trace) (float64, bool)) []candidate {
	possessive := l.tokens[i].Deprel == "nmod:poss"
	at := i
	if possessive {
		at = l.head(i)
	}
	clause := l.clauseOf(i)
	subject := strings.HasPrefix(l.tokens[i].Deprel, "nsubj")
	reporter := l.reporterOf(clause)
	var own []graph.ActorID // who "him" is not: those of its own clause …
	above := l.controlling(clause)
	if !possessive && !strings.HasSuffix(l.folded[i], "self") {
		for k := len(f.traces) - 1; k >= 0 && f.traces[k].sentence == l.index; k-- {
			if t := f.traces[k]; t.clause == clause || t.subject && slices.Contains(above, t.clause) {
				own = append(own, t.ids...)
			}
		}
	}
	var out []candidate
	seen := map[graph.ActorID]float64{}
	for k := len(f.traces) - 1; k >= 0; k-- {
		t := f.traces[k]
		distance := l.index - t.sentence
		if distance > reach {
			break
		}
		if len(t.ids) == 1 {
			seen[t.ids[0]]++
		}
		bonus, ok := accept(t)
		if !ok || slices.ContainsFunc(t.ids, func(id graph.ActorID) bool { return slices.Contains(own, id) }) {
			continue
		}
		if distance == 0 && possessive && l.head(at) >= 0 && t.token > i {
			continue
		}
		w := t.weight + bonus + weightDistance*float64(distance)
		if subject && t.subject {
			w += weightParallel
		}
		if distance == 0 && reporter >= 0 && t.clause == reporter && t.subject {
			w += weightReporter
		}
		out = addCandidate(out, t.ids, w)
	}
	for n := range out {
		if len(out[n].ids) == 1 {
			out[n].weight += weightOften * min(seen[out[n].ids[0]], 5)
		}
	}
	slices.SortStableFunc(out, func(a, b candidate) int {
		switch {
		case a.weight > b.weight:
			return -1
		case a.weight < b.weight:
			return 1
		}
		return 0
	})
	return out
}

// controlling returns the verbs whose subject is also that of the infinitive, participle or
// joined verb at token i, which has none of its own: "they are scheduled to welcome them",
// "fired at Israel, accusing it of …".
func (l *line) controlling(i int) []int {
	var out []int
	for l.head(i) >= 0 {
		switch l.relation(i) {
		case "xcomp":
			if l.child(l.head(i), "obj") >= 0 {
				return out
			}
		case "advcl":
			if l.tokens[i].Tag != "VBG" || l.child(i, "mark") >= 0 {
				return out
			}
		case "conj":
		default:
			return out
		}
		if l.child(i, "nsubj") >= 0 {
			return out
		}
		i = l.head(i)
		out = append(out, i)
	}
	return out
}

func addCandidate(cs []candidate, ids []graph.ActorID, w float64) []candidate {
	for k := range cs {
		if slices.Equal(cs[k].ids, ids) {
			cs[k].weight = max(cs[k].weight, w)
			return cs
		}
	}
	return append(cs, candidate{ids, w})
}

// reporterOf returns the verb of saying that governs the clause, or -1.
func (l *line) reporterOf(clause int) int {
	for range l.tokens {
		h := l.head(clause)
		if h < 0 {
			return -1
		}
		if r := l.relation(clause); r == "ccomp" || r == "parataxis" {
			return h
		}
		clause = h
	}
	return -1
}

// standsOut returns the best candidate if it leads by the margin, with a score.
func standsOut(cs []candidate) (candidate, float64, bool) {
	if len(cs) == 0 || cs[0].weight < -weightSubject {
		return candidate{}, 0, false
	}
	lead := 2.0
	if len(cs) > 1 {
		lead = cs[0].weight - cs[1].weight
	}
	return cs[0], math.Round(100/(1+math.Exp(-1.5*lead-0.3))) / 100, lead >= margin
}

// personal links "he" and "she" and their forms.
func (l *line) personal(i int, f *focus, gender string) {
	if l.strangerSpeaks(i) {
		return
	}
	cs := l.weighTraces(i, f, func(t trace) (float64, bool) {
		ids := t.ids
		if len(ids) > 1 || l.out.actors[ids[0]].Type != graph.Person {
			return 0, false
		}
		switch l.genderOf(ids[0], f) {
		case gender:
			return weightGender, true
		case "":
			return 0, true
		}
		return 0, false
	})
	if id := l.ahead(i, f, gender); id != "" {
		cs = append([]candidate{{[]graph.ActorID{id}, weightSubject + 2*margin}}, cs...)
		if len(cs) > 1 && !slices.Equal(cs[1].ids, cs[0].ids) {
			cs[1].weight = min(cs[1].weight, cs[0].weight-margin)
		}
	}
	c, score, ok := standsOut(cs)
	if !ok {
		return
	}
	f.gender[c.ids[0]] = gender
	l.point(i, c.ids, score, fmt.Sprintf("%s, whom the text speaks of", l.out.actors[c.ids[0]].Name), f)
	l.followersOf(i, c.ids[0])
	l.bodyOf(i, c.ids[0])
}

// strangerSpeaks reports whether the clause of the pronoun at i is what somebody
// says whom the text describes and does not name: he may mean that one.
func (l *line) strangerSpeaks(i int) bool {
	verb := l.reporterOf(l.clauseOf(i))
	if verb < 0 {
		return false
	}
	s := l.child(verb, "nsubj")
	return s >= 0 && s < i && !l.taken[s] && l.tokens[s].UPOS == "NOUN" && !theyForms[l.folded[s]] && l.tokens[s].Tag == "NN"
}

// ahead returns the subject of the main clause after a fronted clause with the
// pronoun at i: "Before he resigned, Robert Mugabe …".
func (l *line) ahead(i int, f *focus, gender string) graph.ActorID {
	clause := l.clauseOf(i)
	if l.relation(clause) != "advcl" || l.head(clause) < clause {
		return ""
	}
	s := l.child(l.head(clause), "nsubj")
	if s < i {
		return ""
	}
	for _, m := range l.mentions {
		if m.First <= s && s < m.Last && l.out.actors[m.Actor].Type == graph.Person && m.Form != FormAdj {
			if g := l.genderOf(m.Actor, f); g == "" || g == gender {
				return m.Actor
			}
		}
	}
	return ""
}

// genderOf returns "m" or "f" where the text or the name tells it, else "".
func (l *line) genderOf(id graph.ActorID, f *focus) string {
	if g := f.gender[id]; g != "" {
		return g
	}
	if g := l.genderTold[id]; g != "" {
		return g
	}
	if g := l.dict.personGender[id]; g != "" {
		return g
	}
	first, _, ok := strings.Cut(l.out.actors[id].Name, " ")
	if !ok {
		return ""
	}
	return l.dict.nameGender[graph.FoldWord(first)]
}

// documentNouns are what speaks for its authors.
var documentNouns = set("report statement letter study survey communique communiqué resolution declaration petition paper")

// issueVerbs have a document as their object and its author as their subject.
var issueVerbs = set("publish issue release produce present write deliver send sign submit adopt pass unveil compile table make")

// document lets a document that is named without its author ("The report urged …")
// stand for who wrote the last one.
func (l *line) document(i int, f *focus) {
	w := l.folded[i]
	if !documentNouns[w] || l.tokens[i].UPOS != "NOUN" {
		return
	}
	if id := l.author(i); id != "" {
		f.documents[w] = id
		return
	}
	id := f.documents[w]
	if d := l.at(i - 1); id == "" || d != "the" && d != "this" && d != "that" || l.tokens[i].Deprel != "nsubj" {
		return
	}
	l.mention(i, i+1, id, FormTitle, false)
	l.because(0.8, "who wrote it")
	f.trace(l, i, i+1, []graph.ActorID{id})
}

// author returns whose document the noun at token i is, or "".
func (l *line) author(i int) graph.ActorID {
	holder := func(k int) graph.ActorID {
		for _, m := range l.mentions {
			if a := l.out.actors[m.Actor]; m.First <= k && k < m.Last && !m.Place && a.Type != graph.Media {
				return m.Actor
			}
		}
		return ""
	}
	for _, k := range l.children(i) {
		p := l.preposition(k)
		if rel := l.relation(k); k < i && (rel == "nmod" || rel == "amod" || rel == "compound") || rel == "nmod" && (p == "by" || p == "from") {
			if id := holder(k); id != "" {
				return id
			}
		}
	}
	v := l.head(i)
	switch rel := l.tokens[i].Deprel; {
	case v < 0:
	case rel == "obj" && issueVerbs[l.tokens[v].Lemma]:
		if s := l.child(v, "nsubj"); s >= 0 {
			return holder(s)
		}
	case rel == "nsubj:pass" && issueVerbs[l.tokens[v].Lemma]:
		for _, k := range l.children(v) {
			if l.tokens[k].Deprel == "obl:agent" || l.relation(k) == "obl" && l.preposition(k) == "by" {
				return holder(k)
			}
		}
	}
	return ""
}

// followersOf makes an actor of "his followers" and "its citizens".
func (l *line) followersOf(i int, owner graph.ActorID) {
	if l.tokens[i].Deprel != "nmod:poss" {
		return
	}
	head := l.head(i)
	if head <= i || l.taken[head] {
		return
	}
	noun, n := l.groupNounAt(head)
	if n == 1 && noun.Class == groupArmed && fieldsFighters(l.out.actors[owner].Type) {
		l.mention(head, head+1, owner, FormGroup, false)
		l.because(0.85, "the fighters of "+l.out.actors[owner].Name+" are its")
		return
	}
	state := l.out.actors[owner].Type == graph.State
	if n != 1 || !state && noun.Class != groupFollower || state && (!ownPeople[noun.Class] || !l.takesPart(head)) {
		return
	}
	l.groupOf(description{from: i, first: head, last: head + 1, end: head + 1, owner: owner, country: l.countryOf(owner)}, noun)
}

// ownPeople are classes of groups that a state has as its own.
var ownPeople = map[groupClass]bool{groupCivil: true, groupKind: true, groupPeople: true}

// thing links "it" and "its" to a state or body that acts.
func (l *line) thing(i int, f *focus) {
	rel := l.tokens[i].Deprel
	if rel == "expl" || rel == "obl" && l.folded[i] == "it" {
		return
	}
	clause := l.clauseOf(i)
	if rel == "obj" && sayableVerbs[l.tokens[clause].Lemma] {
		return // "Moscow denied it"
	}
	if strings.HasPrefix(rel, "nsubj") {
		if l.child(clause, "cop") >= 0 || l.child(clause, "csubj") >= 0 || weatherVerbs[l.tokens[clause].Lemma] {
			return
		}
	}
	cs := l.weighTraces(i, f, func(t trace) (float64, bool) {
		ids := t.ids
		a := l.out.actors[ids[0]]
		return 0, len(ids) == 1 && a.Type != graph.Person && a.Type != graph.People && !l.isPlural(ids[0])
	})
	if len(cs) > 0 && cs[0].weight < weightObject-margin {
		return
	}
	if c, score, ok := standsOut(cs); ok {
		l.point(i, c.ids, score, l.out.actors[c.ids[0]].Name+", which the text speaks of", f)
		l.followersOf(i, c.ids[0])
		l.bodyOf(i, c.ids[0])
	}
}

// bodyOf links a body after a possessive that means its state or who leads it: "its own
// coast guard", "his troops".
func (l *line) bodyOf(i int, owner graph.ActorID) {
	if l.tokens[i].Deprel != "nmod:poss" {
		return
	}
	state := l.dict.Entry(owner)
	leader := state != nil && state.Type == graph.Person
	if leader {
		state = l.ledBy(state)
	}
	first := i + 1
	if l.at(first) == "own" {
		first++
	}
	if a := l.out.actors[owner]; state == nil && a != nil && a.Type == graph.Person {
		l.countryOfPerson(first, a)
		return
	}
	if state == nil || state.Type != graph.State {
		return
	}
	if w := l.at(first); leader && (w == "government" || w == "administration" || w == "country") && !l.taken[first] && l.relation(first) != "compound" {
		l.mention(first, first+1, l.use(state), FormTitle, false)
		l.because(0.85, "the state that "+l.out.actors[owner].Name+" leads")
		return
	}
	b, n := l.dict.bodies.longest(l.from(first), anyBody)
	if n == 0 || abroad[b[0].Slug] || leader && b[0].Type != graph.Military || slices.Contains(l.taken[first:first+n], true) ||
		!strings.HasPrefix(l.tagAt(first+n-1), "NN") {
		return
	}
	l.mention(first, first+n, l.body(state, b[0]), FormBody, false)
	l.because(0.85, "of "+state.Name+", which the pronoun means")
}

// countryOfPerson links the noun at i after a possessive that means a person who does not lead
// the state: "said his government would …" of a minister, "his country" of anybody.
func (l *line) countryOfPerson(i int, a *graph.Actor) {
	state, w := l.dict.state(a.Country), l.at(i)
	if state == nil || l.taken[min(i, len(l.taken)-1)] || l.relation(i) == "compound" {
		return
	}
	if w == "country" || w == "nation" || w == "homeland" || w == "government" && (l.governs(a.ID) == state.ID || l.dict.Entry(a.ID) != nil && l.dict.Entry(a.ID).inOffice(l.day)) {
		l.mention(i, i+1, l.use(state), FormTitle, false)
		l.because(0.85, "the state of "+a.Name)
	}
}

// ledBy returns the state that a person leads on the day of the article, or nil.
func (l *line) ledBy(person *Entry) *Entry {
	for _, r := range person.Roles {
		if e := l.dict.Entry(r.Org); topRoles[r.Title] && l.day != "" && r.Holds(l.day) && e != nil && e.Type == graph.State {
			return e
		}
	}
	return nil
}

// sayableVerbs have as their object what was said or put forward, more often than an actor.
var sayableVerbs = set(`deny confirm say know believe doubt regret explain mean admit repeat mention sponsor sign propose draft approve pass
	ratify veto adopt amend repeal read write publish translate describe do make call find consider see win need use want`)

var weatherVerbs = set("rain snow seem appear take emerge turn transpire follow happen matter help hurt occur remain become")

// isPlural reports whether the actor is a described group.
func (l *line) isPlural(id graph.ActorID) bool {
	return slices.Contains(slices.Collect(maps.Values(l.groupsByNoun)), id)
}

// several links "they" to a group, or to those named together.
func (l *line) several(i int, f *focus) {
	strangers := l.strangersBefore(i)
	cs := l.weighTraces(i, f, func(t trace) (float64, bool) {
		ids := t.ids
		if strangers && t.sentence < l.index {
			return 0, false
		}
		if len(ids) > 1 {
			return margin, true
		}
		a := l.out.actors[ids[0]]
		return 0, t.plural || l.isPlural(ids[0]) || a.Type == graph.People || a.Type == graph.ArmedGroup || a.Type == graph.Military
	})
	if len(cs) > 0 && cs[0].weight < weightObject-margin {
		return
	}
	if c, score, ok := standsOut(cs); ok {
		l.point(i, c.ids, score, "whom the text speaks of", f)
	}
}

// strangersBefore reports whether the sentence speaks, before token i, of several whom no
// mention names: "they" may mean those ("sent 400 officers to Haiti, where they fight").
func (l *line) strangersBefore(i int) bool {
	for k := range i {
		if rel := l.relation(k); !l.taken[k] && l.tokens[k].Tag == "NNS" && (rel == "obj" || rel == "nsubj") {
			return true
		}
	}
	return false
}

// relative links "who" and "which" to the name that the clause describes.
func (l *line) relative(i int, f *focus) {
	if !strings.HasPrefix(l.tokens[i].Tag, "W") {
		return
	}
	verb := i
	for range l.tokens {
		if strings.HasPrefix(l.tokens[verb].Deprel, "acl") {
			break
		}
		if verb = l.head(verb); verb < 0 {
			l.whose(i)
			return
		}
	}
	noun := l.head(verb)
	if noun < 0 || noun >= i || l.tokens[i].Deprel == "obj" && l.folded[i] == "which" && (l.tokens[verb].Lemma == "deny" || l.tokens[verb].Lemma == "confirm") {
		return // "…, which Moscow denied"
	}
	for _, m := range l.mentions {
		if m.First <= noun && noun < m.Last && !m.Place && m.Form != FormAdj && m.Form != FormPronoun {
			if t := l.out.actors[m.Actor].Type; l.folded[i] == "which" && (t == graph.People || t == graph.Person) {
				return // people are "who"
			}
			l.mention(i, i+1, m.Actor, FormPronoun, false)
			l.because(0.95, "relative to "+m.Text)
			if l.tokens[verb].Tag == "VBP" || l.at(i+1) == "have" || l.at(i+1) == "are" || l.at(i+1) == "were" {
				l.joined(i, noun, m.Actor) // "Russia and China, which have"
			}
			return
		}
	}
}

// whose links "whose" after a name and a comma to it, where the tree hangs its noun on the
// name: "MINUSTAH, whose chief, X, …".
func (l *line) whose(i int) {
	if m := l.mentionEnding(i - 1); l.folded[i] == "whose" && l.at(i-1) == "," && m != nil && !m.Place && m.Form != FormAdj {
		l.mention(i, i+1, m.Actor, FormPronoun, false)
		l.because(0.9, "relative to "+m.Text)
	}
}

// joined links the plural relative pronoun at i to the names joined to the noun it is about.
func (l *line) joined(i, noun int, first graph.ActorID) {
	for _, k := range l.children(noun) {
		if l.relation(k) != "conj" || k > i {
			continue
		}
		for _, m := range l.mentions {
			if m.First <= k && k < m.Last && !m.Place && m.Form != FormAdj && m.Form != FormPronoun && m.Actor != first {
				l.mention(i, i+1, m.Actor, FormPronoun, false)
				l.because(0.9, "relative to all that are joined")
				break
			}
		}
	}
}

// counterpart links "his Russian counterpart" to who has the same office there.
func (l *line) counterpart(i int, f *focus) {
	var state graph.ActorID
	var person graph.ActorID
	for _, m := range l.mentions {
		switch {
		case m.Form == FormAdj && m.Last <= i && m.Last >= i-2:
			state = m.Actor
		case m.Form == FormPronoun && m.Last <= i && m.Last >= i-3:
			person = m.Actor
		case l.out.actors[m.Actor].Type == graph.Person && (m.First == i+1 || m.First == i+2 && l.at(i+1) == ","):
			return // "his Russian counterpart, Sergei Shoigu": named
		}
	}
	e := l.dict.Entry(person)
	if state == "" || e == nil || l.day == "" || l.out.actors[state].Type != graph.State {
		return
	}
	for _, r := range e.Roles {
		if !r.Holds(l.day) || r.Org.Kind() != string(graph.State) {
			continue
		}
		for _, title := range append([]string{r.Title}, sameOffices[r.Title]...) {
			if hs := l.dict.holders(title, state, l.day); len(hs) == 1 {
				id := l.use(hs[0])
				l.mention(i, i+1, id, FormTitle, false)
				l.because(0.85, title+" there then")
				f.trace(l, i, i+1, []graph.ActorID{id})
				return
			}
		}
	}
}

// sameOffices are offices that in other states have another name.
var sameOffices = map[string][]string{
	"secretary of state": {"foreign minister"}, "foreign secretary": {"foreign minister"},
	"foreign minister":     {"secretary of state", "foreign secretary"},
	"secretary of defence": {"defence minister"}, "defence secretary": {"defence minister"}, "defence minister": {"secretary of defence", "defence secretary"},
	"chancellor": {"prime minister"}, "prime minister": {"chancellor"}, "treasury secretary": {"finance minister"}, "finance minister": {"treasury secretary"},
	"president": {"prime minister"},
}

// nationalNouns with a nationality mean a person spoken of: "the Chilean politician".
var nationalNouns = set("leader politician official premier dictator strongman statesman diplomat general cleric journalist writer activist lawmaker billionaire tycoon militant")

// national links "the Colombian politician" to the one person of that country who is spoken
// of, and reports whether it did.
func (l *line) national(i int, f *focus) bool {
	first := i
	countries := map[string]bool{}
	for _, m := range l.mentions {
		if m.Form == FormAdj && m.Last <= i && m.First >= i-2 {
			first = min(first, m.First)
			countries[l.out.actors[m.Actor].Country] = true
		}
	}
	if len(countries) == 0 || l.at(first-1) != "the" || l.upper(i+1) {
		return false
	}
	cs := l.weighTraces(i, f, func(t trace) (float64, bool) {
		ids := t.ids
		return 0, len(ids) == 1 && l.out.actors[ids[0]].Type == graph.Person && countries[l.out.actors[ids[0]].Country]
	})
	c, score, ok := standsOut(cs)
	if !ok {
		return false
	}
	l.mention(i, i+1, c.ids[0], FormTitle, false)
	l.because(score, "the person of that country who is spoken of")
	f.trace(l, i, i+1, c.ids)
	return true
}

// describe links "the country", "the group", "both sides" to what was named last.
func (l *line) describe(i int, f *focus) {
	w := l.folded[i]
	if isAge(w) {
		l.aged(i, f)
		return
	}
	if w == "two" {
		return // its noun follows
	}
	next := l.at(i + 1)
	if next == "of" || next == "in" || l.upper(i+1) && l.index > 0 && l.tokens[i+1].UPOS != "VERB" || strings.HasPrefix(l.tagAt(i+1), "NN") ||
		l.tokens[i].Text != w || l.tokens[i].UPOS == "ADJ" && l.relation(i) != "nsubj" || l.tokens[i].UPOS == "VERB" {
		return
	}
	switch t, pair := pairNouns[w]; {
	case l.at(i-1) == "both" || l.at(i-1) == "two":
		if pair {
			l.pair(i, f, t)
		}
		return
	case w == "two" || w == "pair":
		l.pair(i, f, "")
		return
	case personNouns[w]:
		l.thePerson(i, f)
		return
	}
	if ids := f.nouns[w]; len(ids) == 1 {
		l.mention(i, i+1, ids[0], FormTitle, false)
		l.because(0.85, "named with that word before")
		f.trace(l, i, i+1, ids)
		return
	}
	kinds := descriptions[w]
	if len(kinds) == 0 {
		return
	}
	if kinds[0] == graph.State {
		l.theState(i, f)
		return
	}
	var found []graph.ActorID
	for k := len(f.traces) - 1; k >= 0 && l.index-f.traces[k].sentence <= 2*reach; k-- {
		id := f.traces[k].ids[0]
		a := l.out.actors[id]
		if len(f.traces[k].ids) == 1 && slices.Contains(kinds, a.Type) && !slices.Contains(found, id) {
			found = append(found, id)
		}
	}
	if len(found) == 0 || len(found) > 1 && severalOnly[w] && l.index-f.last(found[1]) <= 1 {
		return
	}
	l.mention(i, i+1, found[0], FormTitle, false)
	l.because(0.8, "the last of that kind")
	f.trace(l, i, i+1, found[:1])
}

// last returns the sentence in which the actor was named last.
func (f *focus) last(id graph.ActorID) int {
	for k := len(f.traces) - 1; k >= 0; k-- {
		if slices.Contains(f.traces[k].ids, id) {
			return f.traces[k].sentence
		}
	}
	return -1
}

// theState links "the country", "the government" to the state that stands out,
// else to the one where the sentence is set.
func (l *line) theState(i int, f *focus) {
	cs := l.weighTraces(i, f, func(t trace) (float64, bool) {
		ids := t.ids
		return 0, len(ids) == 1 && l.out.actors[ids[0]].Type == graph.State
	})
	home, share := l.setting(l.index)
	best, score, ok := standsOut(cs)
	switch {
	case ok && (home == nil || best.ids[0] == home.ID || len(cs) == 1):
		l.mention(i, i+1, best.ids[0], FormTitle, false)
		l.because(score, "the state spoken of")
	case home != nil:
		l.mention(i, i+1, l.use(home), FormTitle, false)
		l.because(share, "the state where it is set")
	default:
		return
	}
	f.trace(l, i, i+1, []graph.ActorID{l.mentions[len(l.mentions)-1].Actor})
}

// isAge recognises "46-year-old".
func isAge(w string) bool { return strings.HasSuffix(w, "-year-old") }

// aged links "the 46-year-old leader" to the person spoken of.
func (l *line) aged(i int, f *focus) {
	noun := i
	if h := l.head(i); h > i && h <= i+3 && !l.taken[h] {
		noun = h
	}
	for _, m := range l.mentions {
		if m.First > noun && m.First <= noun+2 && l.out.actors[m.Actor].Type == graph.Person {
			return // named right after
		}
	}
	cs := l.weighTraces(i, f, func(t trace) (float64, bool) { return l.isPerson(t.ids) })
	if c, score, ok := standsOut(cs); ok {
		l.mention(noun, noun+1, c.ids[0], FormTitle, false)
		l.because(score, "the person spoken of")
		f.trace(l, noun, noun+1, c.ids)
	}
}

func (l *line) isPerson(ids []graph.ActorID) (float64, bool) {
	return 0, len(ids) == 1 && l.out.actors[ids[0]].Type == graph.Person
}

// thePerson links "the minister" to the one person spoken of who may be called
// so.
func (l *line) thePerson(i int, f *focus) {
	cs := l.weighTraces(i, f, func(t trace) (float64, bool) {
		ids := t.ids
		if b, ok := l.isPerson(ids); !ok {
			return b, false
		}
		for role, holders := range l.offices {
			if w := l.folded[i]; slices.Contains(holders, ids[0]) && (strings.HasSuffix(role, w) || w == "premier" && role == "prime minister" || w == "leader" && topRoles[role]) {
				return weightGender, true
			}
		}
		return 0, false
	})
	if c, score, ok := standsOut(cs); ok {
		l.mention(i, i+1, c.ids[0], FormTitle, false)
		l.because(score, "who has that office and is spoken of")
		f.trace(l, i, i+1, c.ids)
	}
}

// other links "the other" in "each side accused the other" to the two, each of which is the
// other's.
func (l *line) other(i int, f *focus) {
	subject := l.child(l.head(i), "nsubj")
	if subject < 0 || l.folded[subject] != "side" && l.folded[subject] != "sides" && l.folded[subject] != "each" {
		return
	}
	var ids []graph.ActorID
	for _, m := range l.mentions {
		if m.First == subject {
			ids = append(ids, m.Actor)
		}
	}
	if len(ids) == 2 {
		l.point(i, ids, 0.8, "the other of the two", f)
	}
}

// pair links "both sides", "the two countries" to the two actors spoken of.
func (l *line) pair(i int, f *focus, kind graph.ActorType) {
	var ids []graph.ActorID
	for k := len(f.traces) - 1; k >= 0 && l.index-f.traces[k].sentence <= 1; k-- {
		t := f.traces[k]
		if t.subject && t.sentence == l.index && l.relation(i) == "obj" {
			continue // who urges both sides is none of them
		}
		for _, id := range t.ids {
			a := l.out.actors[id]
			if (kind == "" && a.Type != graph.Person && a.Type != graph.People && a.Type != graph.Media || a.Type == kind) && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	if len(ids) != 2 {
		return
	}
	slices.Reverse(ids)
	for _, id := range ids {
		l.mention(i, i+1, id, FormPronoun, false)
		l.because(0.8, "the two spoken of")
	}
	f.trace(l, i, i+1, ids)
}

func (l *line) tagAt(i int) string {
	if i < 0 || i >= len(l.tokens) {
		return ""
	}
	return l.tokens[i].Tag
}

// opensQuoted reports whether the sentence goes on with a quotation that an
// earlier one of its paragraph opened: its marks do not pair and the first one
// closes.
func (l *line) opensQuoted(f *focus) bool {
	marks := 0
	first := -1
	for i, t := range l.tokens {
		if t.Tag == "''" {
			if first < 0 {
				first = i
			}
			marks++
		}
	}
	if marks == 0 {
		return f.speaker != "" && f.paragraph == l.paragraph() && l.index > 0 && l.openBefore()
	}
	return marks%2 == 1 && first > 0 && (first == len(l.tokens)-1 || l.tokens[first].Text == "”" || l.at(first-1) == ",")
}

// openBefore reports whether the sentences of the paragraph before this one
// leave a quotation open.
func (l *line) openBefore() bool {
	open := false
	for i := l.index - 1; i >= 0 && l.doc.Sentences[i].Paragraph == l.paragraph(); i-- {
		for _, t := range l.doc.Sentences[i].Tokens {
			if t.Tag == "''" {
				open = !open
			}
		}
	}
	return open
}

func (l *line) paragraph() int { return l.doc.Sentences[l.index].Paragraph }

// speaker returns who speaks the quotations of the sentence: the subject of a
// verb of saying outside the marks, who stands after "according to", or who spoke before in the paragraph.
func (l *line) speaker(f *focus) graph.ActorID {
	quoted := l.opensQuoted(f)
	for i, t := range l.tokens {
		if t.Tag == "''" {
			quoted = !quoted
			continue
		}
		if quoted {
			continue
		}
		if h := l.head(i); l.folded[i] == "according" && l.at(i+1) == "to" && h > i {
			return l.saying(h, f)
		}
		if !sayVerbs[l.folded[i]] {
			continue
		}
		s := l.child(i, "nsubj")
		if s < 0 {
			continue
		}
		return l.saying(s, f)
	}
	if f.speaker != "" && f.paragraph == l.paragraph() {
		return f.speaker
	}
	return ""
}

// saying returns the actor that the subject at token s names, or "".
func (l *line) saying(s int, f *focus) graph.ActorID {
	for _, m := range l.mentions {
		if m.First <= s && s < m.Last && m.Form != FormAdj && !m.Place {
			return m.Actor
		}
	}
	if t, n := l.titleAt(s); n > 0 && t.Class == "spokesperson" { // "a spokesman for the ministry": it speaks
		if org := l.orgOfRole(s, s+n, t); org != "" {
			return org
		}
	}
	for _, k := range l.children(s) { // "a spokesman for X, Y"
		if l.relation(k) != "appos" && l.relation(k) != "flat" {
			continue
		}
		for _, m := range l.mentions {
			if m.First <= k && k < m.Last && l.out.actors[m.Actor].Type == graph.Person {
				return m.Actor
			}
		}
	}
	if g := genders[l.folded[s]]; g != "" {
		cs := l.weighTraces(s, f, func(t trace) (float64, bool) {
			ids := t.ids
			b, ok := l.isPerson(ids)
			if !ok || l.genderOf(ids[0], f) != "" && l.genderOf(ids[0], f) != g {
				return b, false
			}
			return b, true
		})
		if c, _, ok := standsOut(cs); ok {
			return c.ids[0]
		}
	}
	return ""
}
