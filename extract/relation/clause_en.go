package relation

import (
	"slices"
)

// Clauses of English from the dependency tree. Each verb gets the arguments that
// hang on it; what it lacks it takes from the clause it hangs on. The cost is
// linear in the sentence times the depth of the tree.

// clauses returns the clauses of the sentence in the order of their verbs, and
// for each token the clause it belongs to, or nil.
func (r *reader) clauses() ([]*clause, []*clause) {
	n := len(r.tokens)
	r.at = make([]*clause, n)
	var out []*clause
	for i := 0; i < n; i++ {
		if r.predicate(i) {
			c := &clause{node: i, verb: i, first: i, particle: -1, via: -1}
			r.at[i] = c
			out = append(out, c)
		}
	}
	owner := make([]*clause, n)
	for i := range owner {
		owner[i] = r.above(i)
	}
	r.owner = owner
	for _, c := range out {
		r.arguments(c)
		r.attach(c)
	}
	for _, c := range out {
		if c.passive {
			c.agents = r.agentBelow(c)
		}
	}
	for _, c := range out {
		r.raise(c)
	}
	for _, c := range out {
		r.complete(c)
	}
	for _, c := range out {
		r.shareObjects(c)
	}
	slices.SortStableFunc(out, func(a, b *clause) int { return a.verb - b.verb })
	return out, owner
}

// reader builds the clauses of one sentence.
type reader struct {
	*tree
	controls map[string][]control
	says     func(form string) bool // whether a verb form reports speech
	speaks   func(form string) bool // whether it is an act of speech
	at       []*clause              // by token: the clause it heads
	owner    []*clause
}

// above returns the clause that token i heads or hangs in.
func (r *reader) above(i int) *clause {
	for ; i >= 0; i = r.heads[i] {
		if r.at[i] != nil {
			return r.at[i]
		}
	}
	return nil
}

// predicate reports whether token i heads a clause.
func (r *reader) predicate(i int) bool {
	if r.kid(i, "cop") >= 0 {
		return true
	}
	if !r.isVerb(i) && !(r.tokens[i].UPOS == "VERB" && !r.named(i)) {
		return false
	}
	switch r.rels[i] {
	case "aux", "cop", "case", "mark", "fixed", "compound", "det", "flat", "cc":
		return false
	case "amod":
		return false
	case "advmod":
		return r.kid(i, "nsubj", "obj", "obl") >= 0
	case "conj":
		h := r.heads[i]
		return r.kid(i, "nsubj", "obj", "obl", "aux") >= 0 || h < 0 || r.rels[h] != "amod"
	}
	return true
}

// arguments reads what hangs on the clause's own node.
func (r *reader) arguments(c *clause) {
	cop := -1
	for _, k := range r.kids[c.node] {
		switch r.rels[k] {
		case "nsubj", "csubj":
			if r.at[k] == nil || r.at[k].copular || !r.isVerb(k) {
				c.subjects = append(c.subjects, r.coordinated(k)...)
			}
			c.passive = c.passive || r.is(k, "nsubj:pass")
			c.negated = c.negated || r.deniedBy(k)
		case "obj":
			r.object(c, k)
		case "iobj":
			c.indirect = append(c.indirect, r.coordinated(k)...)
		case "xcomp", "ccomp":
			if r.at[k] == nil && r.isNoun(k) {
				c.themes = append(c.themes, k)
			}
		case "compound", "advmod":
			if r.is(k, "compound:prt") {
				c.particle = k
			}
			c.negated = c.negated || negations[r.lower[k]] && !r.notOnly(k) || r.lower[k] == "longer" && r.word(k-1) == "no"
		case "aux":
			r.auxiliary(c, k)
		case "cop":
			cop = k
		}
	}
	c.obliques = r.phrases(c.node)
	r.passiveForm(c)
	if cop >= 0 {
		r.copula(c, cop)
	}
}

// notOnly reports whether the negation at k opens "not only … but".
func (r *reader) notOnly(k int) bool {
	return r.lower[k] == "not" && slices.ContainsFunc([]string{r.word(k + 1), r.word(k + 2)}, func(w string) bool { return w == "only" || w == "just" || w == "merely" })
}

func (r *reader) object(c *clause, k int) {
	if r.isTime(k) {
		return
	}
	c.negated = c.negated || r.lower[k] == "nobody" || r.lower[k] == "none"
	for _, d := range r.kids[k] {
		c.negated = c.negated || r.lower[d] == "neither"
	}
	if n := len(c.objects); n > 0 && r.named(k) && !r.named(c.objects[n-1]) && r.first(k) == r.last(c.objects[n-1]) {
		c.objects = r.coordinated(k) // "face opposition leader Morgan Tsvangirai" in two parts
		return
	}
	if len(c.objects) > 0 && k > c.objects[0] { // "called X a criminal", "sold X tractors"
		c.themes = append(c.themes, k)
		return
	}
	c.objects = append(c.objects, r.coordinated(k)...)
}

func (r *reader) auxiliary(c *clause, k int) {
	w := r.lower[k]
	c.first = min(c.first, k)
	switch {
	case r.is(k, "aux:pass"):
		c.passive = true
	case r.tag(k) == "MD" || futureModals[w] || w == "'d" && r.tag(k) != "VBD":
		c.mood = modal
		c.would = w == "would" || w == "'d"
		c.must = w == "must" || w == "should" || w == "ought"
		if futureModals[w] {
			c.mood = future
		}
	}
}

// passiveForm finds passives that no auxiliary shows: "troops killed by", "Backed by
// Moscow, …".
func (r *reader) passiveForm(c *clause) {
	if c.passive || r.tag(c.node) != "VBN" || r.kid(c.node, "aux") >= 0 {
		return
	}
	switch r.rels[c.node] {
	case "acl":
		c.passive = !r.is(c.node, "acl:relcl") && len(c.objects) == 0
	case "advcl", "xcomp", "amod", "dep", "parataxis", "root":
		c.passive = len(c.objects) == 0 && len(c.subjects) == 0
	}
}

// copula makes the predicate of "X is Y" the object of the verb "is".
func (r *reader) copula(c *clause, cop int) {
	c.first, c.copular = min(c.first, cop), true
	if r.isVerb(c.node) {
		if r.kid(c.node, "mark") >= 0 { // "is to reduce"
			c.mood, c.copular = future, false
			if r.lower[cop] == "was" || r.lower[cop] == "were" {
				c.mood = modal
			}
			return
		}
	}
	c.verb = cop
	if !r.isNoun(c.node) {
		return
	}
	if prep, at := r.prep(c.node); at >= 0 { // "is in talks with"
		c.obliques = append(c.obliques, oblique{prep: prep, at: at, nominals: r.coordinated(c.node)})
		return
	}
	c.objects = append(c.objects, r.coordinated(c.node)...)
}

// attach finds what the clause hangs on and how.
func (r *reader) attach(c *clause) {
	head := r.heads[c.node]
	toInf := false
	for _, k := range r.kids[c.node] {
		if r.rels[k] != "mark" && !(r.rels[k] == "case" && r.isVerb(c.node)) {
			continue
		}
		switch w := r.lower[k]; {
		case r.tag(k) == "TO":
			toInf = true
			c.first = min(c.first, k)
		case c.marker == "" || c.marker == "that":
			c.marker = w
		}
	}
	if head < 0 {
		return
	}
	c.governor = r.above(head)
	if r.at[head] == nil {
		c.via = head
		if c.governor == nil { // a heading: "Kenya's refusal to recognise Kosovo"
			c.governor = &clause{node: head, verb: head, first: head, particle: -1, via: -1, done: true}
		}
	}
	c.conditional = c.marker == "if" || c.marker == "unless" || c.marker == "whether" || c.marker == "lest"
	aux := r.kid(c.node, "aux")
	ing := r.tag(c.node) == "VBG" && aux < 0 || c.copular && r.tag(c.verb) == "VBG" || aux >= 0 && r.tag(aux) == "VBG" // "having shot"
	bare := len(c.subjects) == 0
	switch r.rels[c.node] {
	case "conj":
		c.link = conjunct
	case "xcomp", "ccomp":
		switch {
		case toInf:
			c.link = infinitive
		case ing && bare:
			c.link = gerund
		case r.rels[c.node] == "xcomp":
			c.link = infinitive
		default:
			c.link = complement
		}
	case "advcl":
		switch {
		case toInf:
			c.link = infinitive
		case bare && (ing || c.passive) && c.marker == "" && r.apart(c, head):
			c.link = relative
		case bare && ing:
			c.link = gerund
		default:
			c.link = adverbial
		}
	case "acl":
		switch {
		case r.is(c.node, "acl:relcl"):
			c.link = relative
			r.relative(c, head)
		case toInf:
			c.link = infinitive
		case c.marker == "that":
			c.link = complement
		case c.marker != "":
			c.link = gerund
		default:
			c.link = relative
			if bare {
				c.subjects = []int{head}
				if g := c.governor; g != nil && g.copular && g.node == head && !r.named(head) {
					c.subjects = g.subjects // "is a force urging …"
				}
			}
		}
	case "csubj", "nsubj", "obl", "nmod", "obj", "dep":
		if ing {
			c.link = gerund
		}
	}
}

// apart reports whether a comma stands between the clause and its governor.
func (r *reader) apart(c *clause, head int) bool {
	for i := min(head, c.node); i < max(head, c.node); i++ {
		if r.lower[i] == "," {
			return true
		}
	}
	return c.node < head
}

func newReader(t *tree, lex *Lexicon) *reader {
	return &reader{tree: t, controls: lex.controls, says: lex.reports, speaks: lex.speaks}
}
