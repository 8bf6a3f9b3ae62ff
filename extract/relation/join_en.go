package relation

// relative puts the noun that a relative clause is about in the place of its
// pronoun.
func (r *reader) relative(c *clause, head int) {
	replaced := false
	swap := func(list []int) {
		for i, k := range list {
			if relatives[r.lower[k]] || r.tag(k) == "WDT" || r.tag(k) == "WP" {
				replaced = true
				if r.bearers(k) < 2 { // "Russia and China, which have": its mentions tell
					list[i] = r.antecedent(k, head)
				}
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
			if len(c.objects) == 0 && !c.passive && !c.copular {
				c.objects = []int{head}
			}
		}
	}
}

// bearers counts the actors that the resolver has linked to token k.
func (t *tree) bearers(k int) int {
	n := 0
	for _, m := range t.mentions {
		if m.First <= k && k < m.Last {
			n++
		}
	}
	return n
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
	if at <= head || !r.named(at) || r.mention(at).Place || r.word(k) == "which" && r.humans(at) {
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
	if up := g.governor; g.link == complement && up != nil && r.says(r.word(up.verb)) && r.speaks(r.word(c.verb)) && r.afterComma(c) {
		c.governor, c.via = up, -1 // "said that troops had burned villages, and accused Oman"
		c.subjects = agents(up)
		return
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
	if c.mood == indicative && r.kid(c.node, "aux", "cop") < 0 {
		c.mood, c.would, c.must = g.mood, g.would, g.must
	}
	c.negated = c.negated || g.negated && g.link != root && r.kid(c.node, "aux") < 0
	if k := r.kid(c.node, "cc"); k >= 0 && r.lower[k] == "nor" {
		c.negated = true
	}
	c.conditional = c.conditional || g.conditional
}

// afterComma reports whether a comma stands before the "and" of a clause.
func (r *reader) afterComma(c *clause) bool {
	k := r.kid(c.node, "cc")
	return k > 0 && r.lower[k-1] == ","
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
