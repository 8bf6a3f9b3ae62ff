package relation

import (
	"slices"
	"strings"
)

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
	case !ok && c.link == infinitive && r.rels[c.node] == "xcomp" && !g.passive && !g.copular && len(g.objects)+len(g.indirect) > 0:
		if !r.named(to[0]) {
			return g.subjects // "sent envoys to mediate", "used batons to drive them back"
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
	if h := r.heads[c.via]; strings.HasPrefix(r.tag(c.via), "JJ") && h >= 0 {
		if g.copular && h == g.node {
			return g.subjects // "is among the few groups willing to …"
		}
		return r.coordinated(h)
	}
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
	if g.passive && slices.Contains(g.subjects, c.via) { // "the order to bomb was signed by"
		return agents(g)
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
