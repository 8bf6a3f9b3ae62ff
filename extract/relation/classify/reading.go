package classify

import (
	"errors"
	"slices"
	"strings"

	"entente/extract/ontology"
	"entente/extract/relation"
)

// Reader turns queries into features. It is read-only and safe for concurrent
// use.
type Reader struct {
	lexicon *relation.Lexicon
	senses  senses
	kinds   kinds
}

// NewReader returns a Reader that looks words up in the lexicon and in the
// built-in senses, which it checks against the ontology: the error lists every
// fault, a line each.
func NewReader(l *relation.Lexicon, o *ontology.Ontology) (*Reader, error) {
	s, bad := readSenses(embeddedSenses, "senses_en.txt", o)
	k, worse := readKinds(embeddedKinds, "kinds_en.txt")
	return &Reader{l, s, k}, errors.Join(bad, worse)
}

// Emit receives features as their parts, which together are a feature's name. It collects
// their keys, or calls a function with the parts: unlike a function of its own, a method
// that is known lets the compiler keep the parts off the heap.
type Emit struct {
	keys []uint32
	each func(parts []string)
}

// Each returns an Emit that calls f with the parts of each feature.
func Each(f func(parts []string)) *Emit { return &Emit{each: f} }

func (e *Emit) add(parts ...string) {
	if e.each == nil {
		e.keys = append(e.keys, Key(parts...))
		return
	}
	e.each(slices.Clone(parts))
}

// Reading is a query read for its features: those that all words share, and
// those of each word that may be the predicate. It is for one goroutine.
type Reading struct {
	*view
	lexicon *relation.Lexicon
	senses  senses
	kinds   kinds
	keys    []key   // by token
	known   []*word // by token; nil where it was not looked up yet
}

// Read reads a query.
func (x *Reader) Read(q relation.Query) *Reading {
	r := &Reading{view: newView(q, nil), lexicon: x.lexicon, senses: x.senses, kinds: x.kinds, known: make([]*word, len(q.Tokens))}
	r.readKeys()
	return r
}

// again is Read where the last query may have been of the same sentence, whose
// words then need not be looked up again. last may be nil.
func (x *Reader) again(last *Reading, q relation.Query) *Reading {
	if last == nil || len(q.Tokens) == 0 || len(last.Tokens) != len(q.Tokens) || &last.Tokens[0] != &q.Tokens[0] {
		return x.Read(q)
	}
	r := *last
	r.view = newView(q, last.view)
	return &r
}

// word is what is known of a token, whoever acts.
type word struct {
	frames  []*relation.Frame // of the longest lemma that its neighbours complete
	classes []string          // their categories, each once
	senses  []string          // the categories that its turn of phrase speaks for
	control string            // what it makes of acts that it governs
	signs   []string          // its auxiliaries, negation and the like
}

// word looks a token up.
func (r *Reading) word(i int) *word {
	if r.known[i] == nil {
		w := &word{frames: r.framesOf(i), senses: r.sensesOf(i), control: r.controlOf(i), signs: r.signsOf(i)}
		for _, f := range w.frames {
			if f.Category != "-" && !slices.Contains(w.classes, f.Category) {
				w.classes = append(w.classes, f.Category)
			}
		}
		r.known[i] = w
	}
	return r.known[i]
}

// lemma returns the lower-case lemma of a token; "-" for none. Names and
// numbers are one word each of their kind: what a state is called says nothing
// of what it does.
func (r *Reading) lemma(i int) string {
	if i == none {
		return "-"
	}
	t := &r.Tokens[i]
	switch {
	case t.UPOS == "PROPN" && len(t.Entity) > 2:
		return t.Entity[2:]
	case t.UPOS == "PROPN":
		return "NAME"
	case t.UPOS == "NUM":
		return "NUM"
	}
	return r.keys[i].lower
}

// relation returns how a token hangs from its head, with its preposition.
func (r *Reading) relation(i int) string {
	if i == none {
		return "-"
	}
	for _, c := range r.children[i] {
		if r.Tokens[c].Deprel == "case" {
			return r.Tokens[i].Deprel + ":" + r.keys[c].text
		}
	}
	return r.Tokens[i].Deprel
}

// framesOf returns the frames of a verb or noun: of the longest lemma that its
// neighbours complete.
func (r *Reading) framesOf(i int) []*relation.Frame {
	t := &r.Tokens[i]
	form := strings.ToLower(t.Text)
	switch {
	case t.UPOS == "VERB" || strings.HasPrefix(t.Tag, "VB"):
		return r.verbFrames(i, form)
	case t.UPOS == "PROPN":
		return nil
	case i > 0:
		if long := r.lexicon.NounFrames(strings.ToLower(r.Tokens[i-1].Text) + "_" + form); long != nil {
			return long
		}
	}
	return r.lexicon.NounFrames(form)
}

func (r *Reading) verbFrames(i int, form string) []*relation.Frame {
	var out []*relation.Frame
	longest := 0
	for _, f := range r.lexicon.VerbFrames(form) {
		n := strings.Count(f.Lemma, "_")
		if n < longest {
			break
		}
		if _, rest, _ := strings.Cut(f.Lemma, "_"); n == 0 || r.goesOn(i, strings.Split(rest, "_")) {
			longest = n
			out = append(out, f)
		}
	}
	return out
}

// slot returns how the target stands to word i as frames name it: "obj", or a
// preposition; "" if it hangs from another word.
func (r *Reading) slot(i int) string {
	at := r.target
	if at == none {
		return ""
	}
	if r.parent[at] != i {
		at = r.parent[at] // the target's thing
		if at == none || r.parent[at] != i {
			return ""
		}
	}
	_, prep, _ := strings.Cut(r.relation(at), ":")
	switch prep {
	case "", "pass", "poss":
		return "obj"
	}
	return prep
}

// particle returns the particle of a word, or else the word after it.
func (r *Reading) particle(i int) string {
	for _, c := range r.children[i] {
		if r.Tokens[c].Deprel == "compound:prt" {
			return r.keys[c].text
		}
	}
	if i+1 < len(r.Tokens) {
		return r.keys[i+1].text
	}
	return ""
}

// inActor reports whether a token belongs to the source or the target.
func (v *view) inActor(i int) bool { return v.Source.Has(i) || v.Target.Has(i) }

// order tells how source, target and a token stand to one another.
func (r *Reading) order(i int) string {
	out := "-"
	if r.source != none {
		out = "p<s"
		if r.source < i {
			out = "s<p"
		}
	}
	switch {
	case r.target == none:
		return out + "-"
	case r.target < i:
		return out + "t<p"
	}
	return out + "p<t"
}

// longWay is the number of tokens on a way beyond which it is only called far.
const longWay = 5

// way returns the relations on the way from an actor's head to a token.
func (r *Reading) way(from, to int) string {
	if from == none {
		return "-"
	}
	up, down := r.chain(from), r.chain(to)
	i, j := len(up)-1, len(down)-1
	for i > 0 && j > 0 && up[i-1] == down[j-1] {
		i, j = i-1, j-1
	}
	if i+j > longWay {
		return "far"
	}
	var b strings.Builder
	for k := range i {
		rel := r.Tokens[up[k]].Deprel
		if k == 0 || k == i-1 {
			rel = r.relation(up[k])
		}
		b.WriteString(rel + "<")
	}
	for k := j - 1; k >= 0; k-- {
		b.WriteString(">" + r.Tokens[down[k]].Deprel)
	}
	return b.String()
}

// MaxCandidates bounds the words that are tried as the predicate.
const MaxCandidates = 10

// Candidates returns the words that may be the predicate: the one that is
// given; else those on the way between the actors, what hangs from them, and
// then the other verbs and words. It is empty only where there are no tokens.
func (r *Reading) Candidates() []int {
	if r.Predicate >= 0 && r.Predicate < len(r.Tokens) {
		return []int{r.Predicate}
	}
	most := MaxCandidates
	if r.Query.Candidates > 0 {
		most = r.Query.Candidates
	}
	var out []int
	add := func(i int) {
		if i != none && len(out) < most && r.mayAct(i) && !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	way := append(append([]int{r.top}, r.up...), r.down...)
	for _, i := range way {
		add(i)
	}
	for _, i := range way {
		for _, c := range r.under(i) {
			if u := r.Tokens[c].UPOS; u == "VERB" || u == "NOUN" {
				add(c)
			}
		}
	}
	for _, c := range append(slices.Clone(r.under(r.source)), r.under(r.target)...) {
		add(c)
	}
	for i := range r.Tokens {
		if r.Tokens[i].UPOS == "VERB" {
			add(i)
		}
	}
	for i := range r.Tokens {
		add(i)
	}
	if len(out) == 0 && len(r.Tokens) > 0 {
		out = append(out, max(r.top, 0))
	}
	return out
}

// under returns what hangs from a token.
func (r *Reading) under(i int) []int {
	if i == none {
		return nil
	}
	return r.children[i]
}

// mayAct reports whether a token is a word that can name an act.
func (r *Reading) mayAct(i int) bool {
	if r.inActor(i) {
		return false
	}
	switch r.Tokens[i].UPOS {
	case "VERB", "NOUN", "ADJ", "ADV":
		return true
	case "AUX":
		return r.Tokens[i].Deprel == "root"
	}
	return false
}

// ByFrames returns the category that the lexicon alone would give: that of the
// first candidate with a frame whose slot the target fills, or else with any
// frame; "" if there is none.
func (r *Reading) ByFrames() string {
	other := ""
	for _, i := range r.Candidates() {
		c := r.candidate(i)
		switch {
		case c.fitting > 0:
			return c.classes[0]
		case len(c.classes) > 0 && other == "":
			other = c.classes[0]
		}
	}
	return other
}
