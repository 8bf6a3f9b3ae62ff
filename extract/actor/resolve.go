package actor

import (
	"slices"
	"sort"
	"strings"
	"unicode"

	"entente/extract/nlp"
	"entente/graph"
)

// Mention is a run of tokens that names an actor.
type Mention struct {
	Sentence    int        // index in the document
	First, Last int        // tokens [First, Last) of the sentence
	Lead        int        // where a title before the name begins, else First
	Span        graph.Span // of Text
	Text        string
	Actor       graph.ActorID
	Form        Form
	// Place is set where the words name a place ("in Moscow"): the actor is
	// whose place it is, and does not act here.
	Place bool
	// For is, of a pronoun, how the text named the actor last.
	For string
	// Score says how safe the link is, 0 to 1, and Why what it rests on.
	Score float64
	Why   string
	// Others are further actors that the words might have meant, the likeliest first.
	Others []Candidate
}

// Candidate is an actor that a mention may mean.
type Candidate struct {
	Actor graph.ActorID
	Score float64 // 0 to 1; those of a mention and "nobody known" add up to 1
	Why   string
}

// Resolution is what a document says of its actors.
type Resolution struct {
	Mentions     [][]Mention // per sentence, in the order of the text; a token may bear two ("French-Russian")
	Affiliations []graph.Affiliation
	actors       map[graph.ActorID]*graph.Actor
}

// Actor returns the actor with the id, or the zero Actor.
func (r *Resolution) Actor(id graph.ActorID) graph.Actor {
	if a := r.actors[id]; a != nil {
		return *a
	}
	return graph.Actor{}
}

// Ref returns the reference that an event makes through m. Its mention is the words
// that name the actor: of a pronoun, those that it stands for.
func (r *Resolution) Ref(m Mention) graph.ActorRef {
	a := r.Actor(m.Actor)
	words := m.Text
	if m.For != "" {
		words = m.For
	}
	return graph.ActorRef{ID: a.ID, Name: a.Name, Mention: words, Type: a.Type, Country: a.Country}
}

// Note adds a surface form to an actor, which a place may owe to an event that
// makes it act or suffer.
func (r *Resolution) Note(id graph.ActorID, text string) {
	if w := graph.FoldWord(text); isAcronym(text) {
		// "US" is no pronoun
	} else if firstPlural[w] || itForms[w] || theyForms[w] || genders[w] != "" || firstSingular[w] || relatives[w] {
		return
	}
	a := r.actors[id]
	if !slices.Contains(a.Mentions, text) {
		a.Mentions = append(a.Mentions, text)
	}
}

// Actors returns all actors, sorted by id, with their mentions sorted.
func (r *Resolution) Actors() []graph.Actor {
	out := make([]graph.Actor, 0, len(r.actors))
	for _, a := range r.actors {
		if len(a.Mentions) == 0 {
			continue // only its places were named
		}
		sort.Strings(a.Mentions)
		out = append(out, *a)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out
}

// Resolver links the mentions of documents to actors. It is safe for
// concurrent use.
type Resolver struct {
	dict *Dictionary
}

// NewResolver returns a Resolver over d.
func NewResolver(d *Dictionary) *Resolver { return &Resolver{dict: d} }

// Resolve finds the actors of doc, published on day ("" if unknown). Its cost
// is linear in the number of tokens.
func (r *Resolver) Resolve(doc nlp.Document, day graph.Date) Resolution {
	rd := &reading{
		dict: r.dict, doc: doc, day: day,
		surnames: map[string][]graph.ActorID{}, acronyms: map[string]graph.ActorID{},
		offices: map[string][]graph.ActorID{}, bodies: map[string][]graph.ActorID{}, groupsByNoun: map[string]graph.ActorID{},
		kin: map[graph.ActorID]bool{}, lastWords: map[string][]graph.ActorID{}, givens: map[string][]graph.ActorID{},
		speaksFor: map[graph.ActorID]graph.ActorID{}, genderTold: map[graph.ActorID]string{},
		out: Resolution{
			Mentions: make([][]Mention, len(doc.Sentences)),
			actors:   map[graph.ActorID]*graph.Actor{},
		},
	}
	// Full names first, over the whole text: a surname may stand before them.
	lines := make([]*line, len(doc.Sentences))
	for i := range doc.Sentences {
		lines[i] = rd.newLine(i)
		lines[i].findNames()
	}
	rd.coinAcronyms()
	rd.indexNames(lines)
	rd.gatherEvidence(lines)
	for _, l := range lines {
		l.findShortForms()
	}
	for _, l := range lines {
		l.findKin()
		l.findParties()
		l.findLocal()
	}
	rd.gatherEvidence(lines)
	for _, l := range lines {
		l.findBodies()
		l.findGroups()
		l.findProtests()
		l.findAffiliations(false) // who speaks for whom helps with "we"
	}
	var f focus
	for i, l := range lines {
		l.findReferences(&f)
		l.findAffiliations(true)
		sort.SliceStable(l.mentions, func(a, b int) bool { return l.mentions[a].Span.Start < l.mentions[b].Span.Start })
		rd.out.Mentions[i] = l.mentions
	}
	rd.settle()
	rd.tellApart()
	rd.nameAntecedents()
	return rd.out
}

// nameAntecedents tells for each pronoun how the text named its actor last.
func (rd *reading) nameAntecedents() {
	named := map[graph.ActorID]string{}
	for _, ms := range rd.out.Mentions {
		for k := range ms {
			m := &ms[k]
			switch {
			case m.Form == FormPronoun:
				m.For = named[m.Actor]
			case m.Form != FormAdj && !m.Place:
				named[m.Actor] = m.Text
			}
		}
	}
}

// tellApart puts the country into the id of persons whose name says too little:
// one unknown "Ahmed Khan" of Pakistan and one of India are two, while a rare name
// is one person wherever it stands (agreement on a rare value weighs more; Fellegi
// and Sunter 1969).
func (rd *reading) tellApart() {
	renamed := map[graph.ActorID]graph.ActorID{}
	for id, a := range rd.out.actors {
		if a.Type != graph.Person || a.Country == "" || rd.dict.Entry(id) != nil {
			continue
		}
		words := strings.Fields(a.Name)
		if len(words) > 1 && (commonSurnames[graph.FoldWord(words[len(words)-1])] || commonSurnames[graph.FoldWord(words[0])]) {
			renamed[id] = graph.ActorID("person:" + strings.ToLower(a.Country) + "-" + slug(a.Name))
		}
	}
	for old, id := range renamed {
		a := rd.out.actors[old]
		a.ID = id
		delete(rd.out.actors, old)
		rd.out.actors[id] = a
	}
	rename := func(id *graph.ActorID) {
		if to, ok := renamed[*id]; ok {
			*id = to
		}
	}
	for _, ms := range rd.out.Mentions {
		for k := range ms {
			rename(&ms[k].Actor)
		}
	}
	for k := range rd.out.Affiliations {
		rename(&rd.out.Affiliations[k].Person.ID)
	}
}

// coinAcronyms lets the initials of an organisation named in the article stand
// for it ("HRCP"), unless they are a name of their own.
func (rd *reading) coinAcronyms() {
	owners := map[string][]graph.ActorID{}
	for id, a := range rd.out.actors {
		if a.Type == graph.Person || a.Type == graph.State {
			continue
		}
		for _, m := range append(slices.Clone(a.Mentions), a.Name) {
			initials := ""
			for _, w := range strings.Fields(m) {
				if r := []rune(w)[0]; unicode.IsUpper(r) {
					initials += string(r)
				}
			}
			if len(initials) >= 3 && len(rd.dict.names.exact([]string{graph.FoldWord(initials)})) == 0 {
				addTo(owners, initials, id)
			}
		}
	}
	for initials, ids := range owners {
		if len(ids) == 1 && rd.acronyms[initials] == "" {
			rd.acronyms[initials] = ids[0]
		}
	}
}

// indexNames notes by which words of their names the article may repeat actors.
func (rd *reading) indexNames(lines []*line) {
	for _, l := range lines {
		for _, m := range l.mentions {
			a := rd.out.actors[m.Actor]
			switch a.Type {
			case graph.ArmedGroup:
				rd.armed = append(rd.armed, l.index)
			case graph.Person:
				if l.kinAt(m.First) { // "Trump's wife, Melania Trump": Trump alone is not she
					rd.kin[a.ID] = true
				}
				if first, _, ok := strings.Cut(a.Name, " "); ok {
					addTo(rd.givens, graph.FoldWord(first), a.ID)
				}
			}
			switch a.Type {
			case graph.Party, graph.Government, graph.IGO, graph.NGO:
				words := strings.Fields(a.Name)
				if w := graph.FoldWord(words[len(words)-1]); len(words) > 1 && m.Form != FormBody {
					addTo(rd.lastWords, w, a.ID)
				}
			}
		}
	}
}

// kinAt reports whether the name at token i is said to be that of somebody's
// relative.
func (l *line) kinAt(i int) bool {
	if l.at(i-1) == "," {
		i--
	}
	if !familyNouns[l.at(i-1)] {
		return false
	}
	for k := i - 2; k >= 0 && k > i-6; k-- { // "his 75-year-old brother"
		switch {
		case l.possessiveAt(k), genders[l.folded[k]] != "":
			return true
		case l.tokens[k].UPOS != "ADJ" && l.tokens[k].UPOS != "NUM" && l.tokens[k].UPOS != "NOUN":
			return false
		}
	}
	return false
}

var familyNouns = set("wife husband son daughter brother sister father mother widow cousin nephew uncle aunt")

// reading is the state of one Resolve.
type reading struct {
	dict *Dictionary
	doc  nlp.Document
	day  graph.Date
	// What the article has established so far, by folded key.
	surnames map[string][]graph.ActorID // last word of a name → persons
	acronyms map[string]graph.ActorID   // "RSF", defined in brackets
	offices  map[string][]graph.ActorID // role → persons
	bodies   map[string][]graph.ActorID // body slug → bodies
	// groupsByNoun holds the described group that a noun meant last.
	groupsByNoun map[string]graph.ActorID
	evidence     []evidence                      // of where the article is set
	kin          map[graph.ActorID]bool          // persons introduced as somebody's relatives
	armed        []int                           // sentences that name an armed group
	lastWords    map[string][]graph.ActorID      // bodies and parties by the last word of their name
	givens       map[string][]graph.ActorID      // persons by the first word of their name
	waiting      []waiting                       // roles of whom the text does not say
	speaksFor    map[graph.ActorID]graph.ActorID // spokespersons, and for whom
	genderTold   map[graph.ActorID]string        // "m" or "f", where a title tells it
	out          Resolution
}

// line is one sentence under work.
type line struct {
	*reading
	index    int
	tokens   []nlp.Token
	folded   []string
	taken    []bool // tokens already within a mention
	titles   []titleAt
	letters  []int // acronyms that the engine takes for organisations
	mentions []Mention
	kids     [][]int // dependents by token; see children
	dateline int     // token after the dash of "PARIS, April 4 (AFP) — ", or 0
}

// titleAt is a title that stands without a name ("the French president").
type titleAt struct {
	first, last int
	title       Title
	org         graph.ActorID // of the state or body named before it, or ""
}

func (rd *reading) newLine(i int) *line {
	tokens := rd.doc.Sentences[i].Tokens
	l := &line{reading: rd, index: i, tokens: tokens, folded: make([]string, len(tokens)), taken: make([]bool, len(tokens))}
	for j, t := range tokens {
		l.folded[j] = graph.FoldWord(t.Text)
	}
	if i == 0 {
		l.dateline = nlp.Dateline(rd.doc.Text, tokens)
	}
	return l
}

// at returns the folded token i, or "" outside the sentence.
func (l *line) at(i int) string {
	if i < 0 || i >= len(l.folded) {
		return ""
	}
	return l.folded[i]
}

func (l *line) upper(i int) bool {
	return i >= 0 && i < len(l.tokens) && startsUpper(l.tokens[i].Text)
}

// mention records that tokens [first,last) name the actor.
func (l *line) mention(first, last int, id graph.ActorID, form Form, place bool) {
	span := graph.Span{Start: l.tokens[first].Span.Start, End: l.tokens[last-1].Span.End}
	l.mentionSpan(first, last, span, id, form, place)
}

func (l *line) mentionSpan(first, last int, span graph.Span, id graph.ActorID, form Form, place bool) {
	place = place || last <= l.dateline // what a dateline names does not act
	m := Mention{Sentence: l.index, First: first, Last: last, Lead: first, Span: span,
		Text: l.doc.Text[span.Start:span.End], Actor: id, Form: form, Place: place, Score: 1, Why: formReasons[form]}
	l.mentions = append(l.mentions, m)
	for i := first; i < last; i++ {
		l.taken[i] = true
	}
	if place || form == FormPronoun || form == FormTitle || form == FormAdj && (l.out.actors[id].Type == graph.People || l.isPart(id)) {
		return // "Arab" alone makes no actor of the Arabs
	}
	l.out.Note(id, m.Text)
}

// formReasons say what a mention rests on where nothing else is known.
var formReasons = map[Form]string{
	FormName: "a name of it", FormShort: "a short form of it", FormAdj: "its adjective", FormDemonym: "its people",
	FormCapital: "its capital", FormTitle: "its description", FormPronoun: "a pronoun", FormBody: "a body of the state",
	FormGroup: "described", FormSite: "a place in it", FormCue: "typed by its words",
}

// because says how safe the mention noted last is, and what it rests on.
func (l *line) because(score float64, why string, others ...Candidate) {
	m := &l.mentions[len(l.mentions)-1]
	m.Score, m.Why, m.Others = score, why, others
}

// use makes a dictionary entry an actor of the article.
func (rd *reading) use(e *Entry) graph.ActorID {
	rd.define(graph.Actor{ID: e.ID, Name: e.Name, Type: e.Type, Country: e.Country})
	if e.Type == graph.Person {
		for _, s := range e.Short {
			rd.addSurname(graph.FoldWord(s), e.ID)
		}
		words := nameWords(e.Name)
		rd.addSurname(graph.FoldWord(words[len(words)-1]), e.ID)
		for _, role := range e.Roles {
			if role.Holds(rd.day) {
				rd.addOffice(role.Title, e.ID)
			}
		}
	}
	return e.ID
}

func (rd *reading) define(a graph.Actor) {
	if rd.out.actors[a.ID] == nil {
		a.Mentions = nil
		rd.out.actors[a.ID] = &a
	}
}

func (rd *reading) addSurname(key string, id graph.ActorID) {
	addTo(rd.surnames, key, id)
	if _, bare, ok := strings.Cut(key, "-"); ok && hasParticlePrefix(key) {
		addTo(rd.surnames, bare, id) // "Hussein" for "al-Hussein"
	}
}
func (rd *reading) addOffice(role string, id graph.ActorID) { addTo(rd.offices, role, id) }

func addTo(m map[string][]graph.ActorID, key string, id graph.ActorID) {
	for _, have := range m[key] {
		if have == id {
			return
		}
	}
	m[key] = append(m[key], id)
}

// findNames finds what needs no context: names of the dictionary, bodies of
// states, titled persons, and unknown names that their words or neighbours
// explain.
func (l *line) findNames() {
	for i := 0; i < len(l.tokens); {
		i = l.nameAt(i)
	}
}

// nameAt handles what begins at token i and returns where to go on.
func (l *line) nameAt(i int) int {
	if l.taken[i] {
		return i + 1
	}
	if id := l.acronyms[l.tokens[i].Text]; id != "" {
		l.mention(i, i+1, id, FormName, false)
		l.because(1, "the article's own abbreviation")
		return i + 1
	}
	senses, n := l.dictAt(i)
	if p := l.placeAt(i); p > n {
		for k := i; k < i+p; k++ {
			l.taken[k] = true
		}
		return i + p
	}
	if last, ok := l.bodyAt(i, n); ok {
		return last
	}
	if last := l.lowerCue(i); last > i+n {
		return last
	}
	if last := l.orgRun(i); last > i+n && len(l.dict.bodies.exact(l.folded[i:last])) > 0 {
		return last // see findBodies
	} else if last > i+n {
		if !placeCues[l.folded[last-1]] || orgCues[l.folded[last-1]] != "" {
			l.organisation(i, last)
		}
		return last
	}
	if label, end := l.entity(i); n > 1 && label == "PER" && end == i+n+1 && l.choose(senses).entry.Type == graph.Person && l.nameRun(i) >= n+1 && !isOrdinal(l.tokens[end-1].Text) {
		l.newPerson(i, end, "") // "Juan Carlos Salas" is not Juan Carlos
		return end
	}
	if n > 1 && nameParticles[l.at(i+n)] && l.upper(i+n+1) && senses[0].entry.Type == graph.Person {
		return i + 1 // "Sheikh Tamim" of "Sheikh Tamim bin Hamad al-Thani", whose name follows
	}
	if n > 0 && !l.withinName(i, n) {
		return l.known(i, n, senses)
	}
	if end := l.siteAt(i); end > i {
		return end
	}
	if title, tn := l.titleAt(i); tn > 0 {
		return l.titled(i, i+tn, title)
	}
	if last, ok := l.hyphenated(i); ok {
		return last
	}
	if n := l.nameRun(i); n > 0 {
		return l.unknownName(i, i+n)
	}
	return i + 1
}

// isOrdinal recognises what may follow the name of one person: "II", "Jr".
func isOrdinal(w string) bool {
	return strings.Trim(w, "IVX") == "" || strings.HasPrefix(w, "Jr") || strings.HasPrefix(w, "Sr")
}

// placeAt returns the number of tokens of the place or work named at i, which
// is no actor.
func (l *line) placeAt(i int) int {
	if !l.upper(i) {
		return 0
	}
	_, n := l.dict.places.longest(l.folded[i:], func(_ int, v []bool) []bool { return v })
	return n
}

// dictAt returns the longest dictionary match at i other than a person's short
// form.
func (l *line) dictAt(i int) ([]sense, int) {
	return l.dict.names.longest(l.folded[i:], func(n int, values []sense) []sense {
		var kept []sense
		for _, s := range values {
			if s.form != FormShort && l.fits(i, s) && l.lives(s.entry) {
				kept = append(kept, s)
			}
		}
		return kept
	})
}

func (l *line) fits(i int, s sense) bool {
	for k, w := range s.words {
		if text := l.tokens[i+k].Text; !caseFits(w, text) && (s.entry.Type == graph.State || !spelledOut(w, text)) {
			return false
		}
	}
	return true
}

// lives reports whether the actor existed within a year of the article.
func (l *line) lives(e *Entry) bool { return l.day == "" || e.From == "" || e.From <= l.day }

// withinName reports whether a one-word match belongs to a longer name: the
// state in "Jordan Henderson", the demonym in "French Guiana" is found longer.
func (l *line) withinName(i, n int) bool {
	if n != 1 || !l.upper(i+1) || l.tokens[i].Tag == "JJ" {
		return false
	}
	if label, end := l.entity(i); label == "PER" && end > i+1 && l.tokens[i+1].Entity == "I-PER" {
		senses, _ := l.dictAt(i) // the capital in "Aden Mohamed Nur"
		if senses[0].form == FormCapital {
			return true
		}
	}
	if l.isNamed(i + 1) {
		return false
	}
	if rel := l.relation(i + 1); rel == "flat" || l.relation(i) == "compound" && l.head(i) == i+1 && l.tokens[i+1].Tag == "NNP" {
		if senses, _ := l.dictAt(i); senses[0].form == FormCapital {
			return true // "Dublin Live"
		}
	}
	return l.dict.givenNames[l.folded[i]] && l.nameRun(i) == 2
}

// isNamed reports whether a dictionary name or title begins at i.
func (l *line) isNamed(i int) bool {
	if _, n := l.dictAt(i); n > 0 {
		return true
	}
	_, n := l.titleAt(i)
	return n > 0
}

// known records a dictionary match and returns the next token.
func (l *line) known(i, n int, senses []sense) int {
	s := l.choose(senses)
	last := i + n
	if l.speaks(i, last) || eventWords[l.at(last)] && l.upper(last) || shipPrefixes[l.tokens[max(i-1, 0)].Text] {
		return last // "CNN's Spanish service", "the Bahrain Grand Prix", "USS Ronald Reagan"
	}
	if t := s.entry.Type; (t == graph.Military || t == graph.Government) && regimes[l.at(last)] && l.dict.state(s.entry.Country) != nil {
		l.mention(i, last+1, l.use(l.dict.state(s.entry.Country)), FormName, false)
		return last + 1
	}
	first := i
	if s.entry.Type == graph.IGO && n > 1 {
		if m := l.mentionEnding(i); m != nil && m.Actor == "igo:UN" {
			first = m.First // "UN Office of the High Commissioner …"
		}
	}
	place := (s.form == FormCapital || s.entry.isRegion() && s.form == FormName) && !l.actsAt(i, last)
	id := l.use(s.entry)
	if s.form == FormDemonym && l.population(i, last, s.entry) {
		return last
	}
	l.mention(first, last, id, s.form, place)
	if s.entry.Type == graph.Person {
		return l.administration(i, last, s.entry)
	}
	return l.acronymAfter(last, s.entry.ID)
}

// isRegion reports whether the entry is a part of a state or a part of the
// world, which is a place unless it acts.
func (e *Entry) isRegion() bool {
	return e.Type == graph.State && e.Country != "" && string(e.ID) != "state:"+e.Country || worldRegions[e.ID]
}

// isPart reports whether the actor is a part of a state or of the world.
func (rd *reading) isPart(id graph.ActorID) bool {
	e := rd.dict.Entry(id)
	return e != nil && e.isRegion()
}

// worldRegions are blocs that share their name with a part of the world.
var worldRegions = map[graph.ActorID]bool{
	"bloc:southeast-asia": true, "bloc:africa": true, "bloc:latin-america": true, "bloc:central-america": true,
	"bloc:south-america": true, "bloc:west-africa": true, "bloc:sub-saharan-africa": true, "bloc:south-asia": true,
	"bloc:eastern-europe": true,
}

// speaks reports whether the adjective at [first,last) means a language.
func (l *line) speaks(first, last int) bool {
	next := l.at(last)
	if next == "-" {
		next = l.at(last + 1)
	}
	if languageNouns[next] {
		return true
	}
	head := l.conjunctHead(first)
	governor := l.head(head)
	if governor < 0 || last-first > 1 || strings.HasSuffix(l.folded[first], "s") {
		return false
	}
	switch verb := l.tokens[governor].Lemma; l.relation(head) {
	case "obj":
		return languageVerbs[verb]
	case "nsubj":
		return languageVerbs[verb] && l.tokens[head].Deprel == "nsubj:pass" && l.adjectival(first)
	case "obl":
		return l.preposition(head) == "in" && (writingVerbs[verb] || languageVerbs[verb]) && l.adjectival(first)
	}
	return false
}

// adjectival reports whether the one word at i is a nationality's adjective and
// no name of its state.
func (l *line) adjectival(i int) bool {
	return slices.ContainsFunc(l.dict.names.exact(l.folded[i:i+1]), func(s sense) bool { return s.form == FormAdj })
}

var (
	languageVerbs = set("speak learn understand teach study translate")
	writingVerbs  = set("write say publish print sing broadcast address talk tweet post")
	// eventWords after a state's name or adjective name an event or thing.
	eventWords = set("grand open cup masters marathon derby papers championship championships championships league games airlines airways bowl")
	// shipPrefixes stand before the name of a ship.
	shipPrefixes = map[string]bool{"USS": true, "HMS": true, "INS": true, "USNS": true, "RMS": true, "ARA": true}
)

var languageNouns = set("language language-service speaking speakers edition translation service subtitles dictionary alphabet")

// population makes an actor of a people that is named without an article
// ("Kenyans voted"), apart from its state, and reports whether it did. With one
// ("the Iranians rejected it") news means the state.
func (l *line) population(first, last int, e *Entry) bool {
	if e.Type != graph.State || l.tokens[last-1].Tag == "NN" || l.tokens[last-1].Tag == "JJ" {
		return false
	}
	if l.at(first-1) == "the" && e.Country != "PSE" {
		return false
	}
	name := l.text(first, last)
	id := graph.ActorID("people:" + strings.ToLower(e.Country) + "-people")
	l.define(graph.Actor{ID: id, Name: name, Type: graph.People, Country: e.Country})
	l.mention(first, last, id, FormGroup, false)
	return true
}

// administration takes "the Bush administration" for the state, and returns
// the end of what it read.
func (l *line) administration(first, last int, person *Entry) int {
	state := l.dict.state(person.Country)
	switch l.at(last) {
	case "administration", "government", "cabinet":
	default:
		return last
	}
	if state == nil {
		return last
	}
	l.mention(first, last+1, l.use(state), FormName, false)
	l.mentions = slices.DeleteFunc(l.mentions, func(m Mention) bool { return m.First == first && m.Last == last })
	return last + 1
}

// choose prefers, among several senses, one that is alive and a plain name.
func (l *line) choose(senses []sense) sense {
	best := senses[0]
	for _, s := range senses[1:] {
		if l.rank(s) > l.rank(best) || l.rank(s) == l.rank(best) && s.entry.ID < best.entry.ID {
			best = s
		}
	}
	return best
}

func (l *line) rank(s sense) int {
	rank := 0
	if s.form == FormName {
		rank += 2
	}
	if s.entry.Until == "" || l.day != "" && l.day <= s.entry.Until {
		rank += 4
	}
	if a := l.out.actors[s.entry.ID]; a != nil && len(a.Mentions) > 0 {
		rank++
	} else if s.form == FormCapital && s.entry.Type == graph.IGO && l.out.actors["state:"+graph.ActorID(s.entry.Country)] == nil {
		rank++ // Brussels is the Union, unless the article speaks of Belgium
	}
	return rank
}

// acronymAfter takes "(RSF)" after a name as another name for it.
func (l *line) acronymAfter(i int, id graph.ActorID) int {
	if l.at(i) != "(" || l.at(i+2) != ")" || !isAcronym(l.tokens[i+1].Text) {
		return i
	}
	l.acronyms[l.tokens[i+1].Text] = id
	l.mention(i+1, i+2, id, FormName, false)
	return i + 3
}

// stateAt returns the state named at i by name or adjective, the number of its
// tokens with a possessive mark, and its entry.
func (l *line) stateAt(i int) (*Entry, int) {
	senses, n := l.dictAt(i)
	for _, s := range senses {
		if s.entry.Type == graph.State && (s.form == FormName || s.form == FormAdj || s.form == FormCapital) {
			if next := l.at(i + n); next == "'s" || next == "’s" || next == "'" || next == "’" {
				n++
			}
			return s.entry, n
		}
	}
	return nil, 0
}

// bodyAt recognises a body of a state: "the Polish defence ministry",
// "Poland's ministry of defence", "Ministry of Defence of Poland". A name of
// the dictionary with as many tokens (named) goes before it.
func (l *line) bodyAt(i, named int) (int, bool) {
	first := i
	if l.folded[i] == "royal" && l.upper(i) && named == 0 {
		i++ // "Royal Danish Air Force"
	}
	e, n := l.stateAt(i)
	if e == nil && (l.at(i-1) == "a" || l.at(i-1) == "an") {
		if state, k := l.stateOfPlace(i); k > 0 && l.at(i+k) == "court" {
			e, n = state, k // "an Istanbul court"
		}
	}
	var body []Body
	m, bare := 0, 0
	if e != nil {
		body, m = l.dict.bodies.longest(l.from(i+n), anyBody)
		if m == 0 || n+m <= named || l.bare(i, n) && m == 1 && (body[0].Slug != "courts" || l.tagAt(i+n) != "NN") {
			return 0, false // "Russia forces Ukraine to", but "a Moscow court"
		}
		l.mention(i, i+n, l.use(e), FormAdj, false)
		i += n
	} else {
		if body, m = l.dict.bodies.longest(l.from(i), anyBody); m == 0 || !l.joins(i+m, body[0]) {
			return 0, false
		}
		bare = m
		after := i + m + 1
		if l.at(after) == "the" {
			after++
		}
		if e, n = l.stateAt(after); e != nil && l.at(i+m) == "in" && l.at(after+n) == "capital" {
			n++ // "a court in the Nigerian capital"
		}
		if e == nil && (body[0].Slug == "courts" || seated(body[0].Slug)) {
			e, n = l.stateOfPlace(after) // "a court in Istanbul"
		}
		if e == nil {
			return 0, false
		}
		if m = after + n - i; m <= named {
			return 0, false // "Human Rights Commission of Pakistan" has a record of its own
		}
	}
	if tag := l.tagAt(i + m - 1); strings.HasPrefix(tag, "JJ") && strings.HasPrefix(l.tagAt(i+m), "NN") {
		return 0, false // "Israel's military edge"
	}
	if _, tn := l.titleAt(i); tn > m {
		return 0, false // "Foreign Office Minister"
	}
	if e.isRegion() && len(e.Adj) > 0 {
		return 0, false // "the Catalan parliament" is not Spain's: see orgRun
	}
	if regimes[l.at(i+m)] {
		return 0, false // "the Thai military government" is the state
	}
	id := l.body(e, body[0])
	l.mention(first, i+m, id, FormBody, false)
	if first == i && l.at(i+bare) == "in" {
		l.out.Note(id, l.text(i, i+bare))
	}
	addTo(l.bodies, body[0].Slug, id)
	return l.acronymAfter(i+m, id), true
}

// joins reports whether the preposition at i, after a body, brings its state: "the
// Foreign Ministry in Beijing", "soldiers from Chad", "a court in Mali", but not
// "soldiers in Niger".
func (l *line) joins(i int, b Body) bool {
	switch l.at(i) {
	case "of":
		return true
	case "from":
		return b.Type == graph.Military
	case "in":
		return b.Slug == "courts" || i > 0 && l.upper(i-1) && !abroad[b.Slug] || seated(b.Slug)
	}
	return false
}

// seated reports whether a body sits in one place, by which it may be known: "the
// parliament in Chisinau", "the commerce ministry in Beijing".
func seated(slug string) bool { return homeBodies[slug] || strings.HasPrefix(slug, "ministry-of-") }

var regimes = set("government regime junta rulers rule dictatorship")

// lowerCue records an organisation whose name a common noun completes ("the Sadr
// movement"), and returns the token after it, or i.
func (l *line) lowerCue(i int) int {
	if !l.upper(i) || functionWords[l.folded[i]] || neverNames[l.folded[i]] || isAcronym(l.tokens[i].Text) {
		return i
	}
	if _, n := l.titleAt(i); n > 0 {
		return i
	}
	end := i
	for end < len(l.tokens) && end < i+4 && l.upper(end) && strings.HasPrefix(l.tokens[end].Tag, "NNP") {
		end++
	}
	kind, ok := lowerCues[l.at(end)]
	if !ok || end == i || l.tokens[end].Tag != "NN" || l.relation(end-1) != "compound" && l.relation(end-1) != "amod" && l.relation(end-1) != "flat" {
		return i
	}
	for k := i; k < end; k++ {
		if senses, n := l.dictAt(k); n > 0 && senses[0].entry.Type != graph.Person {
			return i // a state's or known one's
		}
	}
	if end-i == 1 && l.tokens[i].Tag != "NNP" {
		return i
	}
	name := l.text(i, end+1)
	id := graph.ActorID(string(kind) + ":" + slug(name))
	l.define(graph.Actor{ID: id, Name: name, Type: kind})
	l.mention(i, end+1, id, FormCue, false)
	return l.acronymAfter(end+1, id)
}

// bare reports whether the state at [i,i+n) is named without a possessive, and
// not by an adjective or abbreviation, so that a noun after it may be a verb.
func (l *line) bare(i, n int) bool {
	last := l.tokens[i+n-1].Text
	if last == "'s" || last == "’s" || last == "'" || isAcronym(strings.ReplaceAll(last, ".", "")) {
		return false
	}
	senses, _ := l.dictAt(i)
	return !slices.ContainsFunc(senses, func(s sense) bool { return s.form == FormAdj })
}

func anyBody(_ int, v []Body) []Body { return v }

func (l *line) from(i int) []string {
	if i >= len(l.folded) {
		return nil
	}
	return l.folded[i:]
}

// body returns the actor for a state's body.
func (rd *reading) body(e *Entry, b Body) graph.ActorID {
	if own := rd.dict.owned[ownedBody{e.Country, b.Slug}]; own != nil {
		return rd.use(own)
	}
	id := graph.ActorID(string(b.Type) + ":" + strings.ToLower(e.Country) + "-" + b.Slug)
	name := b.Name + " of " + e.Name
	if len(e.Adj) > 0 {
		name = e.Adj[0] + " " + b.Name
	}
	rd.define(graph.Actor{ID: id, Name: name, Type: b.Type, Country: e.Country})
	return id
}

// orgRun returns the end of the organisation's name that begins at i, or i: the
// run that cues tell, or the longer one that the engine sees from there.
func (l *line) orgRun(i int) int {
	last := l.cueRun(i)
	if last > i {
		_, known := l.dictAt(i)
		if label, end := l.entity(i); label == "ORG" && end > last && known < 2 {
			for k := last; k < end; k++ {
				if l.tokens[k].UPOS == "PUNCT" || l.tokens[k].Tag == "POS" {
					return last
				}
			}
			return end
		}
	}
	return last
}

// cueRun returns the end of the organisation's name that begins at i, or i:
// capitalised words ending in a cue ("Carnegie Russia Eurasia Center"), or a
// cue with "of" ("Bank of England").
func (l *line) cueRun(i int) int {
	if !l.upper(i) || functionWords[l.folded[i]] || neverNames[l.folded[i]] {
		return i
	}
	if _, n := l.titleAt(i); n > 0 {
		return i
	}
	last, j := i, i
	for j < len(l.tokens) && j-i < 8 {
		switch {
		case j > i && l.tokens[j].Entity == "B-PER":
			return last // "the Refugee Council Enver Solomon"
		case l.upper(j) && !neverNames[l.folded[j]] && l.tokens[j].Tag != "POS":
			if _, n := l.titleAt(j); n > 0 && j > i {
				return last
			}
			j++
			if _, ok := orgCues[l.folded[j-1]]; ok && (j-i > 1) {
				last = j
			} else if last > i && l.at(last) == "of" {
				last = j
			}
		case (l.folded[j] == "of" || l.folded[j] == "for" || l.folded[j] == "on" && !strings.ContainsAny(l.at(j+1), "0123456789")) && (l.upper(j+1) && !neverNames[l.folded[j+1]] || l.at(j+1) == "the" && l.upper(j+2)) && orgCues[l.at(j-1)] != "" && j-i < 4:
			j++
			last = max(last, j-1)
			if k := l.properRun(j); k > j {
				return k
			}
		case (l.folded[j] == "&" || l.folded[j] == "and") && j > i && l.upper(j+1) && l.tokens[j].Text == "&":
			j++
		default:
			return last
		}
	}
	return last
}

// properRun returns the end of the capitalised words at i.
func (l *line) properRun(i int) int {
	if l.at(i) == "the" && l.upper(i+1) {
		i++
	}
	for i < len(l.tokens) && l.upper(i) && !functionWords[l.folded[i]] {
		i++
	}
	return i
}

// organisation records an unknown organisation.
func (l *line) organisation(first, last int) {
	kind := graph.Other
	for k := last - 1; k >= first; k-- {
		if t, ok := orgCues[l.folded[k]]; ok {
			kind = t
			break
		}
	}
	switch words := l.folded[first:last]; {
	case kind == graph.NGO && slices.Contains(words, "news"):
		kind = graph.Media // "Online News Network"
	case kind == graph.NGO && slices.Contains(words, "space"):
		kind = graph.Government // "Johnson Space Center"
	}
	if kind == graph.Government && l.dict.bodies.exact(l.folded[last-1:last]) == nil {
		for k := first; k < last; k++ {
			if civicWords[l.folded[k]] {
				kind = graph.NGO
			}
		}
	}
	l.organisationOf(first, last, kind)
}

// organisationOf records an organisation of a known kind.
func (l *line) organisationOf(first, last int, kind graph.ActorType) {
	name := l.text(first, last)
	nation := ""
	if e, _ := l.stateAt(first); e != nil {
		nation = e.Country
	}
	id := graph.ActorID(string(kind) + ":" + slug(name))
	l.define(graph.Actor{ID: id, Name: name, Type: kind, Country: nation})
	l.mention(first, last, id, FormCue, false)
	l.acronymAfter(last, id)
}

// titleAt returns the title that begins at i and the number of its tokens.
func (l *line) titleAt(i int) (Title, int) {
	if i >= len(l.folded) {
		return Title{}, 0
	}
	t, n := l.dict.titles.longest(l.folded[i:], anyTitle)
	if s := l.singular(i); n == 0 && s != l.folded[i] {
		t, n = l.dict.titles.longest([]string{s}, anyTitle)
	} else if n == 0 && i+1 < len(l.folded) {
		if s := l.singular(i + 1); s != l.folded[i+1] {
			if t, n = l.dict.titles.longest([]string{l.folded[i], s}, anyTitle); n < 2 {
				n = 0
			}
		}
	}
	if n == 0 {
		return Title{}, 0
	}
	return t[0], n
}

func anyTitle(_ int, v []Title) []Title { return v }

// singular returns the folded token i, of a title in the plural its singular.
func (l *line) singular(i int) string {
	w := l.folded[i]
	if tag := l.tokens[i].Tag; tag != "NNS" && tag != "NNPS" {
		return w
	}
	if rest, ok := strings.CutPrefix(w, "secretaries-"); ok {
		return "secretary-" + rest
	}
	return nlp.Singular(w)
}

// nameRun returns the number of tokens from i that make up a personal or other
// unknown name.
func (l *line) nameRun(i int) int {
	j := i
	for j < len(l.tokens) && j-i < 6 {
		w := l.folded[j]
		switch {
		case neverNames[w], l.tokens[j].Tag == "POS":
			return j - i
		case l.upper(j) && unicode.IsLetter([]rune(l.tokens[j].Text)[0]):
			if j == i && functionWords[w] {
				return 0
			}
			if j > i {
				if _, n := l.titleAt(j); n > 0 {
					return j - i
				}
				if s, n := l.dictAt(j); (n > 0 && s[0].entry.Type != graph.State || n > 1) && l.tokens[j].Entity != "I-PER" {
					return j - i
				}
			}
			j++
		case j > i && nameParticles[w] && l.upper(j+1), j > i && nameParticles[w] && nameParticles[l.at(j+1)] && l.upper(j+2):
			j++
		case hasParticlePrefix(w) && hasUpper(l.tokens[j].Text):
			j++
		default:
			return j - i
		}
	}
	return j - i
}

// hasParticlePrefix recognises "al-Assad", "el-Sisi", "d'Estaing".
func hasParticlePrefix(w string) bool {
	for _, p := range []string{"al-", "el-", "as-", "ar-", "ad-", "an-", "ash-", "d'", "o'"} {
		if strings.HasPrefix(w, p) {
			return true
		}
	}
	return false
}

func (l *line) text(first, last int) string {
	return l.doc.Text[l.tokens[first].Span.Start:l.tokens[last-1].Span.End]
}

// slug makes the part of an id after the colon: lower case, letters and
// digits, joined by "-".
func slug(name string) string {
	var b strings.Builder
	dash := false
	for _, r := range graph.FoldWord(name) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			if dash && b.Len() > 0 {
				b.WriteByte('-')
			}
			dash = false
			b.WriteRune(r)
		} else {
			dash = true
		}
	}
	return b.String()
}
