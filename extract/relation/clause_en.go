package relation

import (
	"slices"
	"strings"
)

// Clauses of English from groups: each verb group takes its subject from the
// left and its objects from the right. Cost is linear in the sentence but for
// the search for a subject, which looks back over at most one clause.

// clauses returns the clauses of the sentence in the order of their verbs, and
// all its noun phrases.
func (r *reader) clauses() ([]*clause, []*nominal) {
	r.split()
	r.attachPrepositions()
	var out []*clause
	var nominals []*nominal
	for k := range r.groups {
		g := &r.groups[k]
		if g.nominal != nil {
			nominals = append(nominals, g.nominal)
		}
		if g.kind != verbGroup {
			continue
		}
		r.subject(k, out)
		r.arguments(k)
		out = append(out, g.clause)
	}
	for i, c := range out { // "Accompanied by X, she recounted"
		if len(c.subjects) == 0 && c.governor == nil && i+1 < len(out) && !c.fronted {
			c.subjects = out[i+1].subjects
		}
	}
	for i, c := range out {
		c.windowFirst, c.windowLast = 0, len(r.tokens)
		if i > 0 {
			c.windowFirst = out[i-1].last
		}
		if i+1 < len(out) {
			c.windowLast = out[i+1].first
		}
	}
	return out, nominals
}

func (r *reader) kindAt(k int) kind {
	if k < 0 || k >= len(r.groups) {
		return stop
	}
	return r.groups[k].kind
}

// attachPrepositions gives each noun phrase the prepositional phrases that
// follow it directly.
func (r *reader) attachPrepositions() {
	for k := range r.groups {
		if r.groups[k].kind != nounGroup {
			continue
		}
		n := r.groups[k].nominal
		j := k + 1
		for r.kindAt(j) == preposition && r.kindAt(j+1) == nounGroup {
			ns, end := r.coordinated(j + 1)
			if r.groups[j].word == "between" && end == j+2 && r.kindAt(end) == conjunction && r.kindAt(end+1) == nounGroup {
				ns, end = append(ns, r.groups[end+1].nominal), end+2 // two sides, whatever follows
			}
			n.of = append(n.of, oblique{prep: r.groups[j].word, at: r.groups[j].first, nominals: ns})
			j = end
		}
	}
}

// coordinated returns the nominals joined to the one at group k ("A, B and C")
// and the group after them. A conjunct that has a verb of its own is none.
func (r *reader) coordinated(k int) ([]*nominal, int) {
	out := []*nominal{r.groups[k].nominal}
	end := k + 1
	for j := k + 1; ; {
		if r.kindAt(j) == comma && r.kindAt(j+1) == nounGroup && r.listGoesOn(j+2) {
			out = append(out, r.groups[j+1].nominal)
			j += 2
			continue
		}
		if r.kindAt(j) == comma && r.kindAt(j+1) == conjunction {
			j++
		}
		if r.kindAt(j) == conjunction && r.groups[j].word != "but" && r.kindAt(j+1) == nounGroup && !r.finiteAt(j+2) {
			out = append(out, r.groups[j+1].nominal)
			end = j + 2
		}
		break
	}
	if end == k+1 {
		out = out[:1]
	}
	return out, end
}

// listGoesOn reports whether a list continues to an "and" from group j.
func (r *reader) listGoesOn(j int) bool {
	for n := 0; n < 12; n++ {
		switch {
		case r.kindAt(j) == conjunction && r.kindAt(j+1) == nounGroup:
			return true
		case r.kindAt(j) == comma && r.kindAt(j+1) == conjunction && r.kindAt(j+2) == nounGroup:
			return true
		case r.kindAt(j) == comma && r.kindAt(j+1) == nounGroup:
			j += 2
		default:
			return false
		}
	}
	return false
}

func (r *reader) finiteAt(k int) bool {
	return k >= 0 && k < len(r.groups) && r.groups[k].kind == verbGroup && r.groups[k].finite
}

// subject finds whose act the verb group at k is, and what it hangs on.
func (r *reader) subject(k int, before []*clause) {
	g := &r.groups[k]
	c := g.clause
	var previous *clause
	if len(before) > 0 {
		previous = before[len(before)-1]
	}
	switch {
	case g.to:
		r.infinitive(k, c, previous)
	case g.finite:
		r.finite(k, c, before)
	case g.tag == "VBG":
		r.participle(k, c, previous, before)
	case g.tag == "VBN" || g.tag == "VBD":
		r.participle(k, c, previous, before)
	default: // a bare verb: "let X go", "and attack"
		if r.kindAt(k-1) == conjunction && previous != nil {
			r.shareSubject(c, previous)
		} else {
			r.finite(k, c, before)
		}
	}
}

func (r *reader) shareSubject(c, with *clause) {
	c.governor, c.link = with, conjunct
	c.subjects = agents(with)
	if c.mood == indicative {
		c.mood = with.mood
	}
	c.negated = c.negated || with.negated && with.link != root
}

// agents returns who does the act of c, the agent of a passive included.
func agents(c *clause) []*nominal {
	if c.passive {
		for _, o := range c.obliques {
			if o.prep == "by" {
				return o.nominals
			}
		}
	}
	return c.subjects
}

func (r *reader) infinitive(k int, c, previous *clause) {
	if previous == nil {
		return
	}
	c.governor, c.link = previous, infinitive
	c.subjects = previous.subjects
	if ctl, ok := r.control(previous, c); ok && ctl.object() && !previous.passive {
		c.subjects = addressed(previous)
	} else if previous.link == infinitive || previous.link == gerund {
		c.subjects = previous.subjects
	}
	if r.kindAt(k-1) == conjunction {
		c.link, c.governor = conjunct, previous
	}
}

// control returns what the governing verb makes of the act c in its
// complement.
func (r *reader) control(gov, c *clause) (control, bool) {
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
		if fits {
			return ctl, true
		}
	}
	return control{}, false
}

// addressed returns whom the act of a clause is put to: its object, or the
// phrase whose preposition stands right after the verb ("called on X to").
func addressed(c *clause) []*nominal {
	if len(c.objects) > 0 {
		return c.objects
	}
	if len(c.obliques) > 0 && c.obliques[0].at == c.verb+1 {
		return c.obliques[0].nominals
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
	if gov.passive { // "is expected to"
		if out := r.controls["be_"+verb]; out != nil {
			return out
		}
	}
	return r.controls[verb]
}

// participle handles -ing and -ed forms without an auxiliary.
func (r *reader) participle(k int, c, previous *clause, before []*clause) {
	at := k - 1
	if r.kindAt(at) == quote {
		at--
	}
	switch r.kindAt(at) {
	case nounGroup:
		if c.passive || r.groups[k].tag == "VBG" {
			if r.groups[k].tag == "VBN" && !c.passive {
				break
			}
			c.subjects, _ = r.leftList(at)
			c.link, c.governor = relative, previous
			return
		}
	case preposition:
		c.marker = r.groups[at].word
		c.link, c.governor = gerund, previous
		if previous == nil {
			return // "After meeting X, Y said": see fronted below
		}
		c.subjects = previous.subjects
		if ctl, ok := r.control(previous, c); (ok && ctl.object() || c.marker == "against") && !previous.passive && addressed(previous) != nil {
			c.subjects = addressed(previous)
		}
		return
	case comma:
		if previous == nil {
			return
		}
		c.link, c.governor = relative, previous
		if c.passive && r.kindAt(at-1) == nounGroup { // "Comoros, backed by …"
			c.subjects = []*nominal{r.groups[at-1].nominal}
			return
		}
		main := previous
		for main.link == infinitive && main.governor != nil {
			main = main.governor
		}
		c.subjects = main.subjects
		if main.passive {
			c.subjects = agents(main)
		}
		return
	case conjunction:
		if previous != nil {
			c.governor, c.link = previous, conjunct
			c.subjects = previous.subjects
			c.marker = previous.marker
			return
		}
	case verbGroup:
		if previous != nil {
			c.governor, c.link = previous, gerund
			c.subjects = previous.subjects
			return
		}
	}
	if c.passive && previous == nil {
		return // ", backed by X, Y said": rare
	}
	if r.groups[k].tag == "VBD" {
		r.finite(k, c, before)
	}
}

// leftList returns the coordinated nominals ending at group k and the index of
// the first.
func (r *reader) leftList(k int) ([]*nominal, int) {
	out := []*nominal{r.groups[k].nominal}
	first := k
	j := k - 1
	joined := false
	if r.kindAt(j) == comma && r.kindAt(j-1) != nounGroup {
		return out, first
	}
	if r.kindAt(j) == conjunction && r.groups[j].word != "but" {
		i := j - 1
		if r.kindAt(i) == comma {
			i = r.beforeRelative(i)
		}
		if i = r.chainHead(i); i >= 0 && !r.bareRole(r.groups[i].nominal) && !r.objectAt(i) {
			out, first, joined = append(out, r.groups[i].nominal), i, true
			j = i - 1
		}
	}
	for joined && r.kindAt(j) == comma && r.kindAt(j-1) == nounGroup {
		out, first = append(out, r.groups[j-1].nominal), j-1
		j -= 2
	}
	slices.Reverse(out)
	return out, first
}

// objectAt reports whether the noun phrase at group i is taken by the verb
// before it: "suspended Mali and ECOWAS threatened". What a verb of saying
// stands before begins a clause.
func (r *reader) objectAt(i int) bool {
	return r.kindAt(i-1) == verbGroup && !r.says(r.groups[i-1].word)
}

// bareRole reports whether a phrase is a role without an article, which goes
// with the name after "and" ("cleric and militia leader Muqtada al-Sadr").
func (r *reader) bareRole(n *nominal) bool {
	first := r.tag(n.first)
	return r.tag(n.head) == "NN" && !r.named(n.head) && first != "DT" && first != "PRP$" && first != "CD" && r.tag(n.last) == "CC"
}

// beforeRelative returns the group before the comma at i, over a relative
// clause that ends there ("The EU, which backs Ukraine, and Britain").
func (r *reader) beforeRelative(i int) int {
	for j := i - 1; j > 0 && r.kindAt(j) != comma && r.kindAt(j) != stop; j-- {
		if r.kindAt(j) == relativiser && r.kindAt(j-1) == comma {
			return j - 2
		}
	}
	return i - 1
}

// chainHead walks from the noun phrase at k over "NP prep NP prep NP" to the
// first one, and returns its index, or -1 where k is no noun phrase.
func (r *reader) chainHead(k int) int {
	if r.kindAt(k) != nounGroup {
		return -1
	}
	for r.kindAt(k-1) == preposition {
		switch {
		case r.kindAt(k-2) == nounGroup:
			k -= 2
		case r.kindAt(k-2) == conjunction && r.kindAt(k-3) == nounGroup && r.groups[k-1].word == "of":
			k -= 3
		default:
			return -1 // "In Moscow": no subject
		}
	}
	return k
}

// finite finds the subject of a finite verb.
func (r *reader) finite(k int, c *clause, before []*clause) {
	j := k - 1
	for r.kindAt(j) == quote {
		j--
	}
	if (r.kindAt(j) == comma || r.kindAt(k-1) == quote) && inverting[r.word(c.verb)] &&
		r.kindAt(k+1) == nounGroup && len(r.groups[k+1].nominal.mentions) > 0 && !r.finiteAt(k+2) {
		c.subjects, _ = r.coordinated(k + 1)
		c.fronted = true
		return
	}
	switch r.kindAt(j) {
	case relativiser, subordinator:
		if r.groups[j].kind == relativiser || r.groups[j].word == "that" {
			if ante := r.antecedent(j); ante != nil {
				c.subjects, c.link = ante, relative
				c.governor = lastOf(before)
				return
			}
		}
	case conjunction:
		if p := sharing(before); p != nil {
			r.shareSubject(c, p)
			return
		}
	case comma:
		if s := r.acrossComma(j); s != nil {
			c.subjects = s
			r.hang(j, c, before)
			return
		}
		if p := sharing(before); p != nil && r.groups[k].tag != "" {
			r.shareSubject(c, p)
			return
		}
	case nounGroup:
		r.leftSubject(j, c, before)
		return
	case verbGroup:
	}
	if r.says(r.word(c.verb)) && r.kindAt(k+1) == nounGroup && !r.finiteAt(k+2) {
		c.subjects, _ = r.coordinated(k + 1)
		c.fronted = true
	}
}

func lastOf(before []*clause) *clause {
	if len(before) == 0 {
		return nil
	}
	return before[len(before)-1]
}

// leftSubject takes the noun phrase chain that ends at group j as subject.
func (r *reader) leftSubject(j int, c *clause, before []*clause) {
	at := r.chainHead(j)
	if at < 0 {
		// "In Moscow on Thursday Putin": take the phrase next to the verb only
		// where no preposition governs it.
		if r.kindAt(j-1) != preposition {
			at = j
		} else if s := r.beyondFronted(j); s != nil {
			c.subjects = s
			return
		} else {
			return
		}
	}
	list, first := r.leftList(at)
	c.subjects = list
	r.hangFrom(first, c, before)
}

// beyondFronted handles "X on Thursday condemned": the phrase next to the verb
// is a date within a prepositional phrase, so the subject stands before it.
func (r *reader) beyondFronted(j int) []*nominal {
	for r.kindAt(j) == nounGroup && r.kindAt(j-1) == preposition {
		j -= 2
	}
	if r.kindAt(j) == comma {
		return r.acrossComma(j)
	}
	return nil
}

// antecedent returns what a relative pronoun at group j refers to.
func (r *reader) antecedent(j int) []*nominal {
	i := j - 1
	if r.kindAt(i) == comma {
		i--
	}
	if r.kindAt(i) == preposition { // "to whom", "of which"
		i--
	}
	if r.kindAt(i) != nounGroup {
		return nil
	}
	// "the leader of the group, who": a person's clause goes to a person.
	if r.groups[j].word == "who" || r.groups[j].word == "whom" {
		for h := i; h >= 0 && r.kindAt(h) == nounGroup; h -= 2 {
			if hasPerson(r.groups[h].nominal) {
				i = h
				break
			}
			if r.kindAt(h-1) != preposition {
				break
			}
		}
	}
	list, _ := r.leftList(i)
	return list[len(list)-1:]
}

func hasPerson(n *nominal) bool {
	for _, m := range n.mentions {
		if m.Actor.Kind() == "person" && m.Last == n.last {
			return true
		}
	}
	return false
}

// acrossComma returns the subject of a verb right after the comma at j: the
// noun phrase before a parenthesis ("X, the president, said").
func (r *reader) acrossComma(j int) []*nominal {
	for i := j - 1; i > 0 && j-i < 14; i-- {
		if r.kindAt(i) == stop {
			return nil
		}
		if r.kindAt(i) != comma {
			continue
		}
		if i == j-1 { // "Most, however, are"
			if at := r.chainHead(i - 1); at >= 0 {
				list, _ := r.leftList(at)
				return list
			}
			return nil
		}
		inside := r.kindAt(i + 1)
		if inside == conjunction || inside == subordinator && r.groups[i+1].word != "that" {
			continue
		}
		at := r.chainHead(i - 1)
		if at < 0 {
			continue
		}
		if inside == nounGroup || inside == relativiser || inside == preposition ||
			inside == verbGroup && (!r.groups[i+1].finite || r.says(r.groups[i+1].word)) {
			list, _ := r.leftList(at)
			return list
		}
	}
	return nil
}

// sharing returns the clause whose subject the verb after "and" shares.
func sharing(before []*clause) *clause {
	for i := len(before) - 1; i >= 0; i-- {
		if before[i].link != infinitive && before[i].link != gerund && before[i].link != relative || i == 0 {
			return before[i]
		}
	}
	return nil
}

// hangFrom finds what the clause whose subject begins at group first hangs on.
func (r *reader) hangFrom(first int, c *clause, before []*clause) {
	j := first - 1
	for r.kindAt(j) == quote || r.kindAt(j) == preposition && r.kindAt(j+1) != nounGroup {
		j--
	}
	r.hang(j, c, before)
}

func (r *reader) hang(j int, c *clause, before []*clause) {
	p := lastOf(before)
	switch r.kindAt(j) {
	case subordinator:
		c.marker = r.groups[j].word
		if c.marker == "if" || c.marker == "unless" || c.marker == "whether" {
			c.conditional = true
		}
		c.governor, c.link = p, adverbial
		if c.marker == "that" || c.marker == "whether" {
			c.link = complement
		}
	case verbGroup:
		c.governor, c.link = p, complement
	case nounGroup:
		if p != nil && r.says(r.word(p.verb)) {
			c.governor, c.link = p, complement // "told AFP Moscow was"
		}
	case conjunction:
		if p != nil && (p.link == complement || p.link == adverbial) && r.kindAt(j-1) != comma {
			c.governor, c.link, c.conditional = p.governor, p.link, p.conditional
		}
	case comma, quote:
		if p != nil && r.says(r.word(c.verb)) {
			c.fronted = true
		}
	}
}

// arguments takes objects and obliques from the right of the verb at k.
func (r *reader) arguments(k int) {
	c := r.groups[k].clause
	j := k + 1
	if c.fronted && r.kindAt(j) == nounGroup && len(c.subjects) > 0 && c.subjects[0] == r.groups[j].nominal {
		_, j = r.coordinated(j)
	}
	for r.kindAt(j) == quote {
		j++
	}
	if c.passive && c.verb == c.first && (r.kindAt(j) == nounGroup || c.link == conjunct && !c.governor.passive && r.word(c.last) != "by") {
		c.passive = false // a past tense taken for a participle: "shelled X and killed Y"
	}
	if r.kindAt(j) == nounGroup && !r.clauseBegins(j) {
		list, end := r.coordinated(j)
		c.objects = list
		j = end
		if r.kindAt(j) == nounGroup && !r.clauseBegins(j) && end == j { // indirect object first
			c.themes, j = r.coordinated(j)
		}
	}
	for {
		for r.kindAt(j) == quote {
			j++
		}
		if r.kindAt(j) == comma && r.kindAt(j+1) == preposition && r.kindAt(j+2) == nounGroup {
			j++
		}
		if r.kindAt(j) == preposition && r.kindAt(j+1) == nounGroup {
			list, end := r.coordinated(j + 1)
			c.obliques = append(c.obliques, oblique{prep: r.groups[j].word, at: r.groups[j].first, nominals: list})
			j = end
			continue
		}
		return
	}
}

// clauseBegins reports whether the noun phrase chain at group j is the subject
// of a finite verb, so that it is no object of the verb before.
func (r *reader) clauseBegins(j int) bool {
	_, end := r.coordinated(j)
	for r.kindAt(end) == preposition && r.kindAt(end+1) == nounGroup {
		_, end = r.coordinated(end + 1)
	}
	return r.finiteAt(end)
}
