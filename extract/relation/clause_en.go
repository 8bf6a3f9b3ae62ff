package relation

import (
	"slices"
	"strings"

	"entente/extract/actor"
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
			c := &clause{node: i, verb: i, first: i, particle: -1, via: -1, contact: -1}
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
			c.negated = c.negated || negations[r.lower[k]] || r.lower[k] == "longer" && r.word(k-1) == "no"
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
			c.governor = &clause{node: head, verb: head, first: head, particle: -1, via: -1, contact: -1, done: true}
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

// relative puts the noun that a relative clause is about in the place of its
// pronoun.
func (r *reader) relative(c *clause, head int) {
	replaced := false
	swap := func(list []int) {
		for i, k := range list {
			if relatives[r.lower[k]] || r.tag(k) == "WDT" || r.tag(k) == "WP" {
				list[i] = r.antecedent(k, head)
				replaced = true
			}
		}
	}
	swap(c.subjects)
	swap(c.objects)
	swap(c.indirect)
	for _, o := range c.obliques {
		swap(o.nominals)
	}
	if !replaced {
		if len(c.subjects) == 0 {
			c.subjects = []int{head}
		} else {
			c.contact = head
			if len(c.objects) == 0 && !c.passive && !c.copular {
				c.objects = []int{head}
			}
		}
	}
}

// antecedent returns what the relative pronoun at k refers to: the noun the
// clause hangs on, or, where that is no actor and a name that is one stands right
// before ("rescued by the army, who …"), that.
func (r *reader) antecedent(k, head int) int {
	if r.named(head) && r.word(k-1) != "," {
		return head
	}
	at := k - 1
	for at > head && (r.word(at) == "," || r.rels[at] == "case") {
		at--
	}
	if at <= head || !r.named(at) || r.mention(at).Place {
		return head
	}
	top := r.tops[r.cover[at]]
	for up := top; up >= 0 && up != head; up = r.heads[up] {
		if r.at[up] != nil {
			return top
		}
	}
	return head
}

// complete gives the clause the subjects that it shares with the one it hangs
// on.
func (r *reader) complete(c *clause) {
	if c.done {
		return
	}
	c.done = true
	g := c.governor
	if g == nil {
		return
	}
	r.complete(g)
	switch c.link {
	case complement:
		r.splice(c, g)
	case conjunct:
		r.join(c, g)
	case infinitive, gerund:
		if len(c.subjects) == 0 {
			c.subjects = r.controller(c, g)
		}
	case relative, adverbial:
		if len(c.subjects) == 0 {
			c.subjects = g.subjects
			if g.passive && !c.passive {
				if by := agents(g); len(by) > 0 {
					c.subjects = by
				}
			}
		}
	}
}

// splice gives a report that is put into a sentence its own subject, and the
// sentence its: "Iran, the United States said, had armed them".
func (r *reader) splice(c, g *clause) {
	if len(c.subjects) > 0 || len(g.subjects) != 1 || c.verb < g.verb || !r.says(r.word(g.verb)) {
		return
	}
	for _, k := range r.kids[g.subjects[0]] {
		if r.rels[k] == "appos" && r.last(k) == g.first && r.lower[r.first(k)-1] == "," {
			c.subjects, g.subjects = g.subjects, []int{k}
			return
		}
	}
}

// join completes a clause after "and".
func (r *reader) join(c, g *clause) {
	own := len(c.subjects) > 0
	if own {
		c.link, c.governor, c.marker, c.via = g.link, g.governor, g.marker, g.via
		c.conditional = c.conditional || g.conditional
		return
	}
	if r.tag(c.node) == "VBN" && g.passive && len(c.objects) == 0 && r.kid(c.node, "aux") < 0 {
		c.passive = true
	}
	if q := r.quoted(c, g); q != nil {
		c.link, c.governor = complement, g
		c.subjects = q.subjects
		return
	}
	c.subjects = agents(g)
	if c.passive && g.passive {
		c.subjects = g.subjects
	}
	if c.contact < 0 {
		c.contact = g.contact
	}
	if c.mood == indicative && r.kid(c.node, "aux", "cop") < 0 {
		c.mood, c.would, c.must = g.mood, g.would, g.must
	}
	c.negated = c.negated || g.negated && g.link != root && r.kid(c.node, "aux") < 0
	if k := r.kid(c.node, "cc"); k >= 0 && r.lower[k] == "nor" {
		c.negated = true
	}
	c.conditional = c.conditional || g.conditional
}

// quoted returns the clause that goes on after a report put into it: "it will not
// extradite him, X said, but would …".
func (r *reader) quoted(c, g *clause) *clause {
	if !r.says(r.word(g.verb)) || c.mood == indicative {
		return nil
	}
	for _, k := range r.kids[g.node] {
		if q := r.at[k]; q != nil && r.rels[k] == "ccomp" && k < g.node {
			r.complete(q)
			return q
		}
	}
	return nil
}

// agents returns who does the act of c, the agent of a passive included.
func agents(c *clause) []int {
	if !c.passive {
		return c.subjects
	}
	for _, o := range c.obliques {
		if o.prep == "by" {
			return o.nominals
		}
	}
	return c.agents
}

// raise makes the subject of a bare infinitive the object of the verb above: "helped
// Chad run its airline".
func (r *reader) raise(c *clause) {
	g := c.governor
	if g == nil || r.rels[c.node] != "xcomp" && r.rels[c.node] != "ccomp" || r.tag(c.node) != "VB" || c.marker != "" ||
		c.mood != indicative || len(c.subjects) == 0 || len(g.objects) > 0 || g.passive || r.says(r.word(g.verb)) {
		return
	}
	g.objects = slices.Clone(c.subjects)
	c.link = infinitive
}

// agentBelow finds the agent of a passive that the parser hung on the
// infinitive after it ("urged to do so by Iran") or on another phrase ("opposed in
// this by Iran").
func (r *reader) agentBelow(c *clause) []int {
	near := slices.Clone(c.objects)
	for _, o := range c.obliques {
		near = append(near, o.nominals...)
	}
	for _, n := range near {
		for _, inner := range r.phrases(n) {
			if inner.prep == "by" {
				return inner.nominals
			}
		}
	}
	for _, k := range r.kids[c.node] {
		d := r.at[k]
		if d == nil || d.passive || d.link != infinitive {
			continue
		}
		for _, o := range d.obliques {
			if o.prep == "by" {
				return o.nominals
			}
		}
	}
	return nil
}

// controller returns who does the act of an infinitive or gerund.
func (r *reader) controller(c, g *clause) []int {
	ctl, ok := r.control(g, c)
	to := addressed(g)
	if c.via >= 0 && !r.adrift(c, g) {
		return r.ofNoun(c, g)
	}
	switch {
	case ok && ctl.object() && !g.passive && to != nil:
		return to
	case c.link == gerund && c.marker == "against" && !g.passive && to != nil:
		return to
	case !ok && c.link == infinitive && r.rels[c.node] == "xcomp" && !g.passive && len(g.objects)+len(g.indirect) > 0:
		if sending[r.word(g.verb)] && !r.named(to[0]) {
			return g.subjects // "sent envoys to mediate"
		}
		return to
	case g.passive && c.link == gerund && c.marker != "of" && c.marker != "for" && c.marker != "from":
		if by := agents(g); len(by) > 0 {
			return by
		}
	}
	return g.subjects
}

// adrift reports whether the noun that a clause hangs on is whom the verb above
// addresses, so that the clause belongs to that verb: "urged the government of Mali
// to …".
func (r *reader) adrift(c, g *clause) bool {
	ctl, ok := r.control(g, c)
	if !ok || !ctl.object() {
		return false
	}
	to := addressed(g)
	if g.passive { // "was accused by Burundi of arming them"
		to = agents(g)
	}
	for _, o := range to {
		if r.within(c.via, o) {
			return true
		}
	}
	return false
}

// ofNoun returns whose act an infinitive after a noun is: the noun's owner
// ("Iran's decision to …"), who it is by or for, or the subject of the verb that
// takes the noun ("made a decision to …").
func (r *reader) ofNoun(c, g *clause) []int {
	for _, k := range r.kids[c.via] {
		prep, _ := r.prep(k)
		if r.rels[k] == "nmod" && (r.is(k, "nmod:poss") || prep == "by" || prep == "for" && k < c.node) {
			return r.coordinated(k)
		}
	}
	for _, k := range r.kids[c.via] {
		if m := r.mention(k); m != nil && k < c.via && (r.rels[k] == "amod" || r.rels[k] == "compound") {
			return []int{k}
		}
	}
	if slices.Contains(g.objects, c.via) || slices.Contains(g.themes, c.via) || r.rels[c.via] == "xcomp" {
		if ctl, ok := r.controlOfNoun(c.via); ok && ctl.object() {
			return addressed(g)
		}
		return g.subjects
	}
	if r.rels[c.via] == "obl" && r.heads[c.via] == g.node { // "in an effort to"
		return agents(g)
	}
	return nil
}

// controlOfNoun returns what a noun makes of the infinitive after it ("decision
// to …").
func (r *reader) controlOfNoun(i int) (control, bool) {
	for _, ctl := range r.controls[r.lower[i]] {
		if strings.HasSuffix(ctl.marker, "to") {
			return ctl, true
		}
	}
	return control{}, false
}

// shareObjects gives a verb the object of the verb joined to it ("suspended and
// revoked visas"), whichever of the two the parser gave it to.
func (r *reader) shareObjects(c *clause) {
	if len(c.objects) > 0 || len(c.obliques) > 0 || c.passive || c.copular {
		return
	}
	if g := r.above(r.heads[c.node]); g != nil && r.rels[c.node] == "conj" && len(g.objects) > 0 && g.objects[0] > c.verb {
		c.objects = g.objects
		return
	}
	for _, k := range r.kids[c.node] {
		d := r.at[k]
		if d == nil || r.rels[k] != "conj" || d.passive || d.copular || len(r.subjectsOf(k)) > 0 {
			continue
		}
		for i := c.verb + 1; i < d.verb; i++ {
			if r.lower[i] == "," {
				return
			}
		}
		c.objects = d.objects
		return
	}
}

func (r *reader) subjectsOf(i int) []int {
	if k := r.kid(i, "nsubj"); k >= 0 {
		return []int{k}
	}
	return nil
}

// control returns what the governing verb makes of the act c in its
// complement.
func (r *reader) control(gov, c *clause) (control, bool) {
	first, found := control{}, false
	for _, ctl := range r.controlsOf(gov) {
		fits := false
		switch {
		case ctl.marker == "that":
			fits = c.link == complement
		case strings.HasSuffix(ctl.marker, "gerund"):
			_, prep, _ := strings.Cut(strings.TrimSuffix(ctl.marker, "-gerund"), "obj-")
			fits = c.link == gerund && (prep == "" || c.marker == prep)
		default:
			fits = c.link == infinitive
		}
		if fits && ctl.object() && !gov.passive && addressed(gov) == nil {
			fits = false
		}
		if fits && ctl.object() && c.via < 0 && !gov.passive {
			return ctl, true // "helped Iraq to fight" before "helped to fight"
		}
		if fits && !found {
			first, found = ctl, true
		}
	}
	return first, found
}

// sending are forms of verbs whose object does not act for itself.
var sending = wordSet("send sends sent sending dispatch dispatches dispatched dispatching")

// addressed returns whom the act of a clause is put to: its object, or the
// phrase whose preposition stands right after the verb ("called on X to").
func addressed(c *clause) []int {
	if len(c.indirect) > 0 {
		return c.indirect
	}
	if len(c.objects) > 0 && !c.copular {
		return c.objects
	}
	for _, o := range c.obliques {
		if o.at > c.verb && o.at <= c.verb+2 {
			return o.nominals
		}
	}
	return nil
}

// controlsOf looks the governing verb up with the words after it first ("is
// ready", "called on"), then alone.
func (r *reader) controlsOf(gov *clause) []control {
	verb := r.word(gov.verb)
	at := gov.verb + 1
	for strings.HasPrefix(r.tag(at), "RB") && r.tag(at+1) != "" && !r.isVerb(at+1) {
		at++
	}
	key := verb + "_" + r.word(at)
	if out := r.controls[key+"_"+r.word(at+1)]; out != nil {
		return out
	}
	if out := r.controls[key]; out != nil {
		return out
	}
	if gov.copular { // "is quite ready"
		return r.controls[verb+"_"+r.word(gov.node)]
	}
	if gov.passive { // "is expected to"
		if out := r.controls["be_"+verb]; out != nil {
			return out
		}
	}
	return r.controls[verb]
}

func newReader(t *tree, lex *Lexicon) *reader {
	return &reader{tree: t, controls: lex.controls, says: lex.reports}
}

// pronoun reports whether token i is a personal pronoun that was linked.
func (r *reader) pronoun(i int) bool {
	m := r.mention(i)
	return m != nil && m.Form == actor.FormPronoun
}
