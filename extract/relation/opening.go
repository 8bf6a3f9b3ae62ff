package relation

import (
	"slices"
	"strconv"
	"strings"

	"entente/extract/actor"
	"entente/extract/nlp"
	"entente/graph"
)

// Opening is an act of which the sentence names one party and leaves the other to
// the text before: "Jordan condemned the attack", "The report urged Chad to …".
type Opening struct {
	Sentence  int
	Given     []graph.ActorID // who acts, or with Source who is acted on
	Source    bool            // it is the source that is left open
	Predicate string          // lemma
	Word      string          // the token that names the act
	// Candidates are whom the text has named before or elsewhere in the sentence, with
	// the features of each; Nobody has those of there being none among them.
	Candidates []Candidate
	Nobody     []string
}

// Candidate is an actor that may fill an opening.
type Candidate struct {
	Actor    graph.ActorID
	Features []string
	ref      graph.ActorRef
}

// Chooser says who fills openings. It is safe for concurrent use.
type Chooser interface {
	// Choose returns the index of the likeliest candidate and its probability; -1 where
	// nobody is likelier.
	Choose(*Opening) (int, float64)
}

const (
	// openReach is how many sentences before an opening its candidates may stand.
	openReach = 3
	// maxCandidates bounds the candidates of an opening, the nearest first.
	maxCandidates = 12
	// openLikely is the probability from which a candidate fills an opening. On the
	// annotated articles, about half of those between 0.35 and 0.4 are right.
	openLikely = 0.4
	// openSure is that for the categories whose words mean the least without their object.
	openSure = 0.55
)

// vague are the categories of which, filled from the text before, one event in five has the
// annotated category: who promises, moves or leaves something unnamed seldom does it to whom
// the text spoke of.
var vague = wordSet("AGREE MOBILIZE RETREAT COOPERATE")

// openAct is what a frame found: one side alone.
type openAct struct {
	frame            *Frame
	clause           *clause
	sources, targets []party
}

// leave notes an act one of whose sides was not found.
func (s *sentence) leave(f *Frame, c *clause, sources, targets []party) {
	if s.chooser == nil || (len(sources) > 0) == (len(targets) > 0) || !f.Event() || f.Is(flagWeak) || f.Is(flagBond) || c.node < 0 {
		return
	}
	if len(sources) == 0 && len(c.subjects) == 0 {
		return // who acts is left open on purpose
	}
	if !f.Is(flagClause) && s.complemented(c) {
		return // "concluded that …" reports
	}
	if len(targets) == 0 && (f.Is(flagSay) && len(c.objects) == 0 || s.reflexive(c) || f.Lemma == "defend" && s.own(c)) {
		return // what is said to nobody, and what is done to oneself ("defended his decision")
	}
	s.opens = append(s.opens, openAct{f, c, sources, targets})
}

// complemented reports whether the verb of a clause has a clause as its object.
func (s *sentence) complemented(c *clause) bool {
	return slices.ContainsFunc(s.clauses, func(inner *clause) bool { return inner.governor == c && inner.link == complement })
}

// reflexive reports whether the object of a clause is its subject.
func (s *sentence) reflexive(c *clause) bool {
	return slices.ContainsFunc(c.objects, func(i int) bool {
		w := s.reader.word(i)
		return strings.HasSuffix(w, "self") || strings.HasSuffix(w, "selves")
	})
}

// own reports whether a pronoun says whose the object of a clause is.
func (s *sentence) own(c *clause) bool {
	return slices.ContainsFunc(c.objects, func(i int) bool {
		return slices.ContainsFunc(s.reader.kids[i], func(k int) bool {
			return s.reader.is(k, "nmod:poss") && strings.HasPrefix(s.text.Tokens[k].Tag, "PRP")
		})
	})
}

// fillOpenings codes the acts whose other side the text before tells.
func (s *sentence) fillOpenings() {
	for i, o := range s.opens {
		if s.coded[o.clause.node] || slices.ContainsFunc(s.opens[:i], func(b openAct) bool { return b.clause.node == o.clause.node }) {
			continue
		}
		op := s.opening(o)
		if len(op.Candidates) == 0 {
			continue
		}
		k, likely := s.chooser.Choose(op)
		if k < 0 || likely < openLikely || likely < openSure && vague[o.frame.Category] {
			continue
		}
		found := []party{{ref: op.Candidates[k].ref, safe: likely, named: true}}
		if op.Source {
			o.sources = found
		} else {
			o.targets = found
		}
		s.emit(o.frame, o.clause, o.sources, o.targets, openRule)
	}
}

// openRule names events one of whose sides stands in another clause.
const openRule = "context"

// opening describes an open act.
func (s *sentence) opening(o openAct) *Opening {
	c := o.clause
	op := &Opening{Sentence: s.index, Source: len(o.sources) == 0, Predicate: o.frame.Lemma, Word: s.text.Tokens[c.verb].Text}
	given := o.sources
	if op.Source {
		given = o.targets
	}
	for _, p := range given {
		op.Given = append(op.Given, p.ref.ID)
	}
	q := &openQuery{sentence: s, openAct: o, given: given, filler: s.fillerOf(o, op.Source), heard: s.heard()}
	role := "T"
	if op.Source {
		role = "S"
	}
	q.keys = []string{role, role + "c:" + o.frame.Category, role + "f:" + q.fillerKind()}
	op.Nobody = q.nobody()
	seen := map[graph.ActorID]bool{}
	for _, p := range given {
		seen[p.ref.ID] = true
	}
	for d := 0; d <= openReach && s.index-d >= 0; d++ {
		mentions := s.res.Mentions[s.index-d]
		for k := len(mentions) - 1; k >= 0 && len(op.Candidates) < maxCandidates; k-- {
			m := mentions[k]
			if m.Place || seen[m.Actor] {
				continue
			}
			if seen[m.Actor] = true; d == 0 && (s.linked(op.Given, m.Actor) && len(q.above(m.Actor)) == 0 || o.frame.Is(flagClause) && s.reported(m, c) || s.topic(m, c)) {
				continue
			}
			op.Candidates = append(op.Candidates, Candidate{m.Actor, q.candidate(m, d, len(op.Candidates)), s.res.Ref(m)})
		}
	}
	return op
}

// linked reports whether the sentence tells an act between an actor and one of the others.
func (s *sentence) linked(others []graph.ActorID, id graph.ActorID) bool {
	return slices.ContainsFunc(s.events, func(e graph.Event) bool {
		return e.Source.ID == id && slices.Contains(others, e.Target.ID) || e.Target.ID == id && slices.Contains(others, e.Source.ID)
	})
}

// topic reports whether a mention is what the verb of a clause is about, or where or
// when: "asked about Cuba".
func (s *sentence) topic(m actor.Mention, c *clause) bool {
	i := headOf(s.text.Tokens, m)
	prep, _ := s.reader.prep(i)
	return s.reader.heads[i] == c.verb && topical[prep]
}

var topical = wordSet("about over in at near during after before since concerning regarding across through outside inside")

// reported reports whether a mention stands in what the verb of a clause says.
func (s *sentence) reported(m actor.Mention, c *clause) bool {
	for _, i := range chain(s.text.Tokens, headOf(s.text.Tokens, m)) {
		if s.reader.rels[i] == "ccomp" && s.reader.heads[i] == c.node {
			return true
		}
	}
	return false
}

// openQuery collects the features of an opening.
type openQuery struct {
	*sentence
	openAct
	given  []party
	filler int // token that stands for the open side, or -1
	keys   []string
	heard  map[graph.ActorID]int // sentences up to this one that name the actor
}

// fillerOf returns the noun or pronoun that stands where the open side would, or -1.
func (s *sentence) fillerOf(o openAct, source bool) int {
	c := o.clause
	heads := c.subjects
	if source == c.passive {
		heads = slices.Concat(c.indirect, c.objects)
		for _, p := range c.obliques {
			if slices.Contains(o.frame.Slots, p.prep) {
				heads = append(heads, p.nominals...)
			}
		}
	}
	if len(heads) == 0 {
		return -1
	}
	return heads[0]
}

// fillerKind returns what the filler is.
func (q *openQuery) fillerKind() string {
	if q.filler < 0 {
		return "-"
	}
	w := nlp.Singular(q.reader.word(q.filler))
	switch {
	case strings.HasPrefix(q.reader.tag(q.filler), "PRP"), strings.HasPrefix(q.reader.tag(q.filler), "W"):
		return "pronoun"
	case sayings[w]:
		return "saying"
	case deeds[w]:
		return "deed"
	case documents[w]:
		return "document"
	case personNouns[w]:
		return "person"
	}
	for _, f := range q.nounFrames(q.filler) {
		if q.ontology.Quad(f.Category) > 0 {
			return "act" + strconv.Itoa(q.ontology.Quad(f.Category))
		}
	}
	return "thing"
}

// nobody returns the features of nobody filling the opening.
func (q *openQuery) nobody() []string {
	out := []string{"0", "0l:" + q.frame.Lemma}
	if q.filler >= 0 {
		out = append(out, "0w:"+q.reader.word(q.filler), "0d:"+q.determiner())
		if len(q.reader.phrases(q.filler)) > 0 {
			out = append(out, "0of")
		}
	}
	out = append(out, "0k:"+strconv.Itoa(int(q.clause.link)))
	if len(q.clause.objects) > 0 {
		out = append(out, "0obj")
	}
	for _, inner := range q.clauses {
		if inner.governor == q.clause && (inner.link == complement || inner.link == infinitive) {
			out = append(out, "0clause:"+strconv.Itoa(int(inner.link)))
			break
		}
	}
	if q.text.Quoted {
		out = append(out, "0quoted")
	}
	return q.crossed(out)
}

// determiner returns what kind of word opens the filler's phrase.
func (q *openQuery) determiner() string {
	for _, k := range q.reader.kids[q.filler] {
		switch q.reader.rels[k] {
		case "det":
			return q.reader.word(k)
		case "nmod":
			if q.reader.is(k, "nmod:poss") {
				return "poss"
			}
		}
	}
	return "-"
}

// crossed adds to each feature its forms with the role, the category and the filler.
func (q *openQuery) crossed(list []string) []string {
	out := slices.Clone(list)
	for _, f := range list {
		for _, k := range q.keys {
			out = append(out, k+"|"+f)
		}
	}
	return out
}

// candidate returns the features of an actor by its last mention, d sentences
// before.
func (q *openQuery) candidate(m actor.Mention, d, rank int) []string {
	a := q.res.Actor(m.Actor)
	tokens := q.tokensBefore(d)
	top := headOf(tokens, m)
	out := []string{"d:" + strconv.Itoa(d), "r:" + strconv.Itoa(min(rank, 4)), "form:" + string(m.Form), "type:" + string(a.Type), "n:" + bucket(q.heard[m.Actor])}
	rel := tokens[top].Deprel
	if m.Form == actor.FormAdj {
		rel = "adj"
	}
	out = append(out, "rel:"+rel)
	if d == 0 {
		if under(tokens, top, q.clause.node) {
			out = append(out, "inside")
		}
		if q.filler >= 0 && under(tokens, top, q.filler) {
			out = append(out, "below")
		}
		side := "before"
		if top > q.clause.verb {
			side = "after"
		}
		out = append(out, "here:"+side+":"+rel, "here:"+side)
	}
	if d == 0 {
		out = append(out, q.above(m.Actor)...)
	}
	if q.owns(m.Actor) {
		out = append(out, "owns")
	}
	if q.leads(m.Actor) {
		out = append(out, "leads")
	}
	out = append(out, q.history(m.Actor)...)
	for _, p := range q.given {
		if p.ref.Country != "" && p.ref.Country == a.Country {
			out = append(out, "same")
		}
		out = append(out, "types:"+string(p.ref.Type)+":"+string(a.Type))
		if q.affiliated(p.ref.ID, m.Actor) {
			out = append(out, "belongs")
		}
	}
	return q.crossed(out)
}

// tokensBefore returns the tokens of the sentence d before this one.
func (q *openQuery) tokensBefore(d int) []nlp.Token {
	if d == 0 {
		return q.text.Tokens
	}
	return q.doc.Sentences[q.index-d].Tokens
}

// headOf returns the token of a mention that hangs on one outside it.
func headOf(tokens []nlp.Token, m actor.Mention) int {
	for i := m.First; i < m.Last; i++ {
		if h := tokens[i].Head - 1; h < m.First || h >= m.Last {
			return i
		}
	}
	return m.First
}

// under reports whether token i is top or below it.
func under(tokens []nlp.Token, i, top int) bool {
	return slices.Contains(chain(tokens, i), top)
}

// heard counts for each actor the sentences up to this one that name it.
func (s *sentence) heard() map[graph.ActorID]int {
	n := map[graph.ActorID]int{}
	for _, list := range s.res.Mentions[:s.index+1] {
		for id := range distinct(list) {
			n[id]++
		}
	}
	return n
}

// leads reports whether no other actor but those given is named in more sentences.
func (q *openQuery) leads(id graph.ActorID) bool {
	for other, n := range q.heard {
		if n > q.heard[id] && !slices.ContainsFunc(q.given, func(p party) bool { return p.ref.ID == other }) {
			return false
		}
	}
	return true
}

// owns reports whether an earlier sentence calls what the filler names the actor's:
// "a UN report … The report".
func (q *openQuery) owns(id graph.ActorID) bool {
	if q.filler < 0 || !strings.HasPrefix(q.reader.tag(q.filler), "NN") {
		return false
	}
	want := nlp.Singular(q.reader.word(q.filler))
	for k := q.index - 1; k >= 0; k-- {
		tokens := q.doc.Sentences[k].Tokens
		for i, t := range tokens {
			if nlp.Singular(strings.ToLower(t.Text)) != want {
				continue
			}
			if slices.ContainsFunc(q.res.Mentions[k], func(m actor.Mention) bool {
				return m.Actor == id && !m.Place && distance(chain(tokens, headOf(tokens, m)), chain(tokens, i)) <= 2
			}) {
				return true
			}
		}
	}
	return false
}

func bucket(n int) string {
	switch {
	case n > 5:
		return "6"
	case n > 2:
		return "3"
	}
	return strconv.Itoa(n)
}

func (q *openQuery) affiliated(a, b graph.ActorID) bool {
	return slices.ContainsFunc(q.res.Affiliations, func(x graph.Affiliation) bool {
		return x.Person.ID == a && x.Org.ID == b || x.Person.ID == b && x.Org.ID == a
	})
}

// above returns whether an actor is who the given party acts on in the clause that the open
// one joins or goes with: "criticised Chad, demanding an end to …".
func (q *openQuery) above(id graph.ActorID) []string {
	if q.keys[0] != "T" {
		return nil
	}
	n := q.clause.node
	for n >= 0 && (q.reader.rels[n] == "conj" || q.reader.rels[n] == "advcl") {
		n = q.reader.heads[n]
		for k, e := range q.events {
			if q.nodes[k] != n || e.Target.ID != id {
				continue
			}
			if slices.ContainsFunc(q.given, func(p party) bool { return e.Source.ID == p.ref.ID }) {
				return []string{"above", "above:" + strconv.Itoa(e.Quad)}
			}
		}
	}
	return nil
}

// history returns what the actor has done of late: in the events told so far, the
// last first.
func (q *openQuery) history(id graph.ActorID) []string {
	var out []string
	add := func(f string) {
		if !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	told := slices.Concat(q.past, q.events)
	kind := q.fillerCategory()
	fitting := false
	for k := len(told) - 1; k >= 0 && k >= len(told)-8; k-- {
		e := told[k]
		n := len(told) - 1 - k
		far := "near"
		if n > 2 || e.Sentence < q.index-openReach {
			far = "far"
		}
		as := ""
		switch {
		case e.Symmetric && (e.Source.ID == id || e.Target.ID == id):
			as = "pair"
		case e.Source.ID == id:
			as = "src"
		case e.Target.ID == id:
			as = "tgt"
		}
		quad := strconv.Itoa(e.Quad)
		if as != "" {
			add("ev:" + as + ":" + far + ":" + quad)
			if n == 0 {
				add("last:" + as)
			}
			for _, p := range q.given {
				if p.ref.ID == e.Source.ID || p.ref.ID == e.Target.ID {
					add("with:" + as + ":" + quad)
				}
			}
		}
		if kind != "" && !fitting && q.fits(e, kind, false) {
			fitting = true
			if as != "" {
				add("fits:" + as)
			}
		}
		if e.AttributedTo != nil && e.AttributedTo.ID == id {
			add("says:" + far)
		}
	}
	if out == nil {
		out = append(out, "ev:-")
	}
	return out
}

// fillerCategory returns the category of act that the filler takes up, or "".
func (q *openQuery) fillerCategory() string {
	if q.filler < 0 {
		return ""
	}
	if frames := q.nounFrames(q.filler); len(frames) > 0 && !frames[0].Is(flagBond) {
		return frames[0].Category
	}
	if sayings[nlp.Singular(q.reader.word(q.filler))] {
		return "ACCUSE"
	}
	return ""
}
