package relation

import (
	"slices"
	"strings"

	"entente/extract/nlp"
	"entente/graph"
)

// judges codes what somebody says of another's conduct: "X said the attack was
// criminal", "said Iran must stop".
func (s *sentence) judges(c *clause) {
	g := c.governor
	if g == nil || c.link != complement || !s.reporting(g) || g.passive || c.conditional || g.negated {
		return
	}
	if c.must && !c.negated && !c.passive && !c.copular && addressed(g) == nil {
		f := &Frame{Lemma: s.verbLemma(g), Category: "REQUEST", CAMEO: "100", Slots: []string{"obj"}}
		s.emit(f, g, s.agents(g.subjects), s.acting(s.all(c.subjects)), "said-must")
		return
	}
	s.alleges(c, g)
	if s.reader.word(c.node) == "blame" && c.node != c.verb { // "said the rebels were to blame"
		f := &Frame{Lemma: "blame", Category: "ACCUSE", Mode: "disapprove", CAMEO: "111", Slots: []string{"obj"}}
		s.emit(f, g, s.agents(g.subjects), s.acting(s.all(c.subjects)), "said-is")
		return
	}
	if !c.copular || c.mood != indicative || len(c.subjects) == 0 {
		return
	}
	if f := s.verdict(c.node); f != nil {
		s.judge(f, c, g)
	}
}

// alleges codes a claim about what another did: "concluded that Iran hacked the
// servers". The act itself is an event of its own.
func (s *sentence) alleges(c, g *clause) {
	if c.negated || c.passive || c.mood != indicative {
		return
	}
	harmful := false
	for _, f := range s.frames(c, s.reader.word(c.verb)) {
		harmful = harmful || s.ontology.Quad(f.Category) == 4 && !f.Is(flagWeak)
	}
	for _, f := range s.frames(g, s.reader.word(g.verb)) {
		if harmful && f.Category == "ACCUSE" && f.Is(flagClause) {
			s.emit(f, g, s.agents(g.subjects), s.acting(s.all(c.subjects)), "said-did")
			return
		}
	}
}

// branding are verbs of calling somebody something after "as".
var branding = wordSet(`describe describes described describing characterise characterises characterised characterize
	characterizes characterized brand brands branded branding label labels labelled labeled portray portrays portrayed
	list lists listed listing designate designates designated designating blacklist blacklists blacklisted classify classifies classified
	view views viewed viewing regard regards regarded see sees saw seen denounce denounced denouncing dismiss dismissed
	condemn condemned hail hails hailed hailing depict depicts depicted`)

// considering are verbs of holding somebody to be something.
var considering = wordSet("considered deemed declared labelled labeled designated called branded named listed")

// calling are verbs that have what somebody is called beside their object.
var calling = wordSet("call calls called calling consider considers considered considering deem deems deemed brand brands branded branding label labels labelled labeled term termed dub dubbed")

// called returns the judgement of a clause that calls its object something: "called the
// expulsion outrageous".
func (s *sentence) called(c *clause) *Frame {
	if c.passive || !calling[s.reader.word(c.verb)] || len(c.objects) == 0 {
		return nil
	}
	for _, k := range s.reader.kids[c.node] {
		if s.reader.rels[k] != "xcomp" {
			continue
		}
		for _, i := range s.reader.coordinated(k) {
			if f := s.verdict(i); f != nil {
				named := *f
				named.Lemma = s.verbLemma(c)
				return &named
			}
		}
	}
	return nil
}

// brands codes what somebody is called: "described him as a traitor".
func (s *sentence) brands(c *clause) bool {
	if c.passive && considering[s.reader.word(c.verb)] { // "is considered a terrorist group by X"
		for _, k := range s.reader.kids[c.node] {
			if f := s.verdict(k); f != nil && (s.reader.rels[k] == "xcomp" || s.reader.rels[k] == "obj") {
				named := *f
				named.Lemma = s.verbLemma(c)
				by := s.agents(agents(c))
				for _, o := range s.reader.phrases(k) {
					if len(by) == 0 && o.prep == "by" { // the parser hung it on the noun
						by = s.agents(o.nominals)
					}
				}
				return s.emit(&named, c, by, s.all(c.subjects), "called-as")
			}
		}
	}
	if f := s.called(c); f != nil {
		return s.emit(f, c, s.agents(c.subjects), s.all(c.objects), "called-as")
	}
	if !branding[s.reader.word(c.verb)] {
		return false
	}
	for _, o := range s.described(c) {
		if o.prep != "as" {
			continue
		}
		f := s.verdict(o.nominals[0])
		if f == nil {
			continue
		}
		named := *f
		named.Lemma = s.verbLemma(c)
		sources, targets := s.agents(c.subjects), s.all(c.objects)
		if c.passive {
			sources, targets = s.agents(agents(c)), s.all(c.subjects)
		}
		return s.emit(&named, c, sources, targets, "called-as")
	}
	return false
}

// described returns the phrases of a clause, those hung on the names it takes as
// objects included.
func (s *sentence) described(c *clause) []oblique {
	out := slices.Clone(c.obliques)
	for _, n := range c.objects {
		out = append(out, s.reader.phrases(n)...)
	}
	return out
}

// verdict returns the frame of calling something by the adjective or noun at
// token i, or nil.
func (s *sentence) verdict(i int) *Frame {
	for at := i; at >= max(0, s.reader.first(i)); at-- {
		switch s.lexicon.verdicts[s.reader.word(at)] {
		case "blame":
			return &Frame{Lemma: "criticize", Category: "ACCUSE", Mode: "disapprove", CAMEO: "111", Slots: []string{"obj"}}
		case "praise":
			if !strings.HasPrefix(s.reader.tag(at), "JJ") {
				continue // "is a partner of" is no praise
			}
			return &Frame{Lemma: "praise", Category: "SUPPORT", CAMEO: "051", Slots: []string{"obj"}}
		}
	}
	return nil
}

func (s *sentence) judge(f *Frame, c, g *clause) {
	if c.negated {
		return
	}
	targets := s.acting(s.all(c.subjects))
	if len(targets) == 0 {
		targets = s.meantBy(f, c.subjects[0])
	}
	s.emit(f, g, s.agents(g.subjects), targets, "said-is")
}

// acting leaves the parties that act in politics.
func (s *sentence) acting(all []party) []party {
	var out []party
	for _, p := range all {
		if acts(p.ref) || p.ref.Type == graph.Person {
			out = append(out, p)
		}
	}
	return out
}

// meant returns whose act an object takes up that names nobody: "condemned the
// attack", "this move was criticised".
func (s *sentence) meant(f *Frame, c *clause) []party {
	if len(c.objects) == 0 {
		return nil
	}
	return s.meantBy(f, c.objects[0])
}

// meantBy returns who did what the noun at i takes up, where a frame of judging
// governs it: the source of the last act of the article that the noun fits, or both sides of
// a mutual one.
func (s *sentence) meantBy(f *Frame, i int) []party {
	if f.Category != "ACCUSE" && f.Category != "SUPPORT" && f.Category != "REJECT" || f.Is(flagWeak) {
		return nil
	}
	if p := s.restated(i); p != nil {
		return p
	}
	if !s.definite(i) {
		return nil
	}
	kind, mutual := "", false
	if frames := s.nounFrames(i); len(frames) > 0 && !frames[0].Is(flagBond) {
		kind, mutual = frames[0].Category, frames[0].Is(flagSymmetric)
	} else if w := nlp.Singular(s.reader.word(i)); sayings[w] {
		kind = "ACCUSE"
	} else if !deeds[w] {
		return nil
	}
	for k := len(s.events) - 1; k >= 0; k-- {
		if ev := s.events[k]; s.fits(ev, kind, mutual) {
			return doers(ev)
		}
	}
	for k := len(s.past) - 1; k >= 0; k-- {
		ev := s.past[k]
		if ev.Sentence < s.index-reachBack {
			break
		}
		if s.fits(ev, kind, mutual) {
			return doers(ev)
		}
	}
	return nil
}

// doers returns who acted in an event: both sides of a mutual one.
func doers(ev graph.Event) []party {
	all := []party{{ref: ev.Source, safe: 0.7}}
	if ev.Symmetric {
		all = append(all, party{ref: ev.Target, safe: 0.7})
	}
	return all
}

// restated returns who did what a noun after a comma sums up: "pushed the claim that
// …, an idea that Kyiv denounced", "shelled the port, a move that Kyiv condemned"; or whose
// conduct a relative clause is about: "kept up a policy that Kyiv condemned".
func (s *sentence) restated(i int) []party {
	if s.reader.rels[i] == "obj" && conducts[nlp.Singular(s.reader.word(i))] && s.reader.kid(i, "acl") >= 0 {
		if c := s.reader.above(i); c != nil && !c.passive && slices.Contains(c.objects, i) {
			return s.acting(s.agents(c.subjects))
		}
	}
	if s.reader.rels[i] != "appos" || !summing(s.reader.word(i)) {
		return nil
	}
	if c := s.reader.above(s.reader.heads[i]); c != nil {
		return s.acting(s.agents(agents(c)))
	}
	return nil
}

// fits reports whether a noun of the category can take up the event; "" is a noun
// that takes up any. A noun of two ("the deal") takes up no act of one, such as a pledge.
func (s *sentence) fits(ev graph.Event, kind string, mutual bool) bool {
	if ev.Status == graph.Negated || ev.Category == graph.NoCategory || ev.Symmetric != mutual {
		return false
	}
	if kind == "" {
		return ev.Category != "CONSULT"
	}
	if ev.Category == kind {
		return true
	}
	return s.ontology.Quad(kind) == 4 && s.ontology.Quad(ev.Category) == 4
}

// definite reports whether the noun takes up something known.
func (s *sentence) definite(i int) bool {
	if strings.HasPrefix(s.reader.tag(i), "PRP") || s.reader.named(i) {
		return false
	}
	for _, k := range s.reader.kids[i] {
		if w := s.reader.word(k); w == "the" || w == "this" || w == "these" || w == "that" || w == "those" || w == "such" {
			return len(s.reader.phrases(i)) == 0
		}
	}
	return false
}

// summing reports whether a noun after a comma sums up an act and not an actor.
func summing(word string) bool {
	w := nlp.Singular(word)
	return deeds[w] || sayings[w] || w == "idea"
}
