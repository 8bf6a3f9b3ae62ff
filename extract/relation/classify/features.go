package classify

import (
	"slices"
	"strconv"
	"strings"

	"entente/extract/relation"
)

// Common emits the features that do not depend on which word is the predicate.
func (r *Reading) Common(emit *Emit) {
	emit.add("bias")
	r.actors(emit)
	r.sentence(emit)
}

// At emits the features of token i as the predicate.
func (r *Reading) At(i int, emit *Emit) {
	p := r.candidate(i)
	r.place(p, emit)
	r.roles(p, emit)
	r.meaning(p, emit)
	r.company(p, emit)
	r.standing(p, emit)
}

// candidate is a word that may be the predicate.
type candidate struct {
	*word
	at       int
	lemma    string
	classes  []string // of its frames; those that fit the slot of the target first
	fitting  int      // how many of the classes fit
	class    string   // classes joined
	fromS    string   // the way from the source to it through the tree
	fromT    string
	signs    []string // its own and those above it
	particle string
}

func (r *Reading) candidate(i int) *candidate {
	p := &candidate{word: r.word(i), at: i, lemma: r.lemma(i), particle: r.particle(i)}
	slot := r.slot(i)
	fits := func(category string) bool {
		return slices.ContainsFunc(p.frames, func(f *relation.Frame) bool { return f.Category == category && fitting(f, slot) })
	}
	for _, c := range p.word.classes {
		if fits(c) {
			p.classes = append(p.classes, c)
		}
	}
	p.fitting = len(p.classes)
	for _, c := range p.word.classes {
		if !fits(c) {
			p.classes = append(p.classes, c)
		}
	}
	p.class = strings.Join(p.classes, ",")
	p.fromS, p.fromT = r.way(r.source, i), r.way(r.target, i)
	p.signs = r.signsOver(i)
	return p
}

// fitting reports whether a frame has its target in the slot.
func fitting(f *relation.Frame, slot string) bool {
	return slices.Contains(f.Slots, slot) || slot == "" && len(f.Slots) == 0
}

// place emits where the candidate stands between the actors.
func (r *Reading) place(p *candidate, emit *Emit) {
	has := "word"
	switch {
	case p.fitting > 0:
		has = "fits"
	case len(p.classes) > 0:
		has = "act"
	}
	order := r.order(p.at)
	if p.control != "" {
		emit.add("at:control", p.control, has)
	}
	if len(p.senses) > 0 {
		emit.add("at:sense", order)
		emit.add("at:sense,has", has)
		emit.add("at:sense,S,T", p.fromS, p.fromT)
		emit.add("at:sense,T", p.fromT)
	}
	emit.add("at:order", order, has)
	emit.add("at:upos", r.Tokens[p.at].UPOS, has)
	emit.add("at:S", p.fromS)
	emit.add("at:T", p.fromT)
	emit.add("at:S,T", p.fromS, p.fromT)
	emit.add("at:S,T,has", p.fromS, p.fromT, has)
	emit.add("at:S,has", p.fromS, has)
	emit.add("at:T,has", p.fromT, has)
	emit.add("at:rel", r.Tokens[p.at].Deprel, order)
	emit.add("at:lemma", p.lemma)
	if p.at == r.top {
		emit.add("at:top", has)
	}
}

// roles emits what the actors are to the candidate, as the clauses say.
func (r *Reading) roles(p *candidate, emit *Emit) {
	if r.SourceRoles == nil || r.TargetRoles == nil {
		return
	}
	s, t := r.SourceRoles[p.at], r.TargetRoles[p.at]
	has := "word"
	if len(p.classes) > 0 {
		has = "act"
	}
	emit.add("role:S", s, has)
	emit.add("role:T", t, has)
	emit.add("role:S,T", s, t)
	emit.add("role:S,T,has", s, t, has)
	emit.add("role:S,T,types", s, t, string(r.SourceType), string(r.TargetType))
	emit.add("role:lemma", p.lemma, s, t)
	emit.add("role:lemma,T", p.lemma, t)
	for _, c := range p.classes {
		emit.add("role:class", c, s, t)
		emit.add("role:class,T", c, t)
	}
	for _, c := range p.senses {
		emit.add("role:sense", c, s, t)
	}
	emit.add("role:T,way", t, p.fromS)
}

// gateWords is how many words that may name the act the gate looks at.
const gateWords = 4

// Gate emits the few features by which a pair that can hold nothing is known.
func (r *Reading) Gate(emit *Emit) {
	emit.add("bias")
	emit.add("types", string(r.SourceType), string(r.TargetType))
	emit.add("rels", r.relation(r.source), r.relation(r.target))
	if r.SourceRoles == nil || r.TargetRoles == nil {
		emit.add("blind")
		return
	}
	emit.add("way", strconv.Itoa(min(len(r.up), longWay)), strconv.Itoa(min(len(r.down), longWay)))
	for n, i := range r.Candidates() {
		if n == gateWords {
			break
		}
		s, t, w := r.SourceRoles[i], r.TargetRoles[i], r.word(i)
		has := "word"
		if len(w.classes) > 0 {
			has = "act"
			emit.add("class", w.classes[0], s, t)
		}
		emit.add("roles", s, t)
		emit.add("roles,has", s, t, has)
		emit.add("T,has", t, has)
		emit.add("first", strconv.Itoa(n), s, t, has)
		emit.add("lemma", r.lemma(i), t)
	}
}

// meaning emits what the lexicon, the senses and the word itself say.
func (r *Reading) meaning(p *candidate, emit *Emit) {
	stype, ttype := string(r.SourceType), string(r.TargetType)
	emit.add("class", p.class)
	for k, c := range p.classes {
		if k < p.fitting {
			emit.add("class,fits", c)
		} else {
			emit.add("class,not", c)
		}
		emit.add("class1", c)
		emit.add("class,S,T", c, p.fromS, p.fromT)
		emit.add("class,T", c, p.fromT)
		emit.add("class,S", c, p.fromS)
		emit.add("class,types", c, stype, ttype)
		emit.add("class,stype", c, stype)
		emit.add("class,ttype", c, ttype)
	}
	for _, f := range p.frames {
		if f.Category != "-" {
			emit.add("mode", f.Category, f.Mode)
		}
	}
	all := strings.Join(p.senses, ",")
	emit.add("senses", all)
	emit.add("senses,class", all, p.class)
	for _, c := range p.senses {
		emit.add("sense", c)
		emit.add("sense,types", c, stype, ttype)
		emit.add("sense,T", c, p.fromT)
		for _, d := range p.classes {
			emit.add("sense,class", c, d)
		}
	}
	emit.add("lemma", p.lemma)
	emit.add("lemma,prt", p.lemma, p.particle)
	emit.add("lemma,T", p.lemma, p.fromT)
	emit.add("lemma,S", p.lemma, p.fromS)
	emit.add("lemma,stype", p.lemma, stype)
	emit.add("lemma,ttype", p.lemma, ttype)
	emit.add("lemma,types", p.lemma, stype, ttype)
	emit.add("lemma,s", p.lemma, r.lemma(r.source))
	emit.add("lemma,t", p.lemma, r.lemma(r.target))
}

// company emits what hangs from the candidate.
func (r *Reading) company(p *candidate, emit *Emit) {
	light := r.lexicon.LightEffect(r.keys[p.at].text)
	own := r.kindsOf(p.at)
	for _, c := range r.children[p.at] {
		rel := r.Tokens[c].Deprel
		if r.inActor(c) || rel == "punct" || rel == "det" || rel == "aux" || rel == "mark" {
			continue
		}
		lemma, kid := r.lemma(c), r.word(c)
		emit.add("kid", rel, lemma)
		emit.add("kid", lemma)
		emit.add("lemma,kid", p.lemma, lemma)
		for _, class := range p.classes {
			emit.add("class,kid", class, lemma)
		}
		for _, k := range r.kindsOf(c) {
			emit.add("kid-kind", short(rel), k)
			emit.add("lemma,kid-kind", p.lemma, k)
			for _, o := range own {
				emit.add("kind,kid-kind", o, k)
				emit.add("kind,kid-kind,ttype", o, k, string(r.TargetType))
			}
			for _, class := range p.classes {
				emit.add("class,kid-kind", class, k)
			}
			for _, s := range p.senses {
				emit.add("sense,kid-kind", s, k)
			}
		}
		for _, s := range kid.senses {
			emit.add("kid-sense", short(rel), s)
			emit.add("lemma,kid-sense", p.lemma, s)
			for _, o := range own {
				emit.add("kind,kid-sense", o, s)
			}
		}
		for _, class := range kid.classes {
			emit.add("kid-class", short(rel), class)
			emit.add("lemma,kid-class", p.lemma, class)
			emit.add("light,kid-class", light, class)
			for _, o := range own {
				emit.add("kind,kid-class", o, class)
			}
		}
		r.grandchildren(c, short(rel), emit)
	}
}

// grandchildren emits what hangs from a child of the candidate.
func (r *Reading) grandchildren(c int, rel string, emit *Emit) {
	for _, g := range r.children[c] {
		if own := r.Tokens[g].Deprel; own == "punct" || own == "det" || r.inActor(g) {
			continue
		}
		emit.add("grandkid", r.lemma(g))
		for _, k := range r.kindsOf(g) {
			emit.add("grandkid-kind", rel, k)
		}
		for _, class := range r.word(g).classes {
			emit.add("grandkid-class", rel, class)
		}
	}
}

// short cuts the subtype off a relation.
func short(rel string) string {
	rel, _, _ = strings.Cut(rel, ":")
	return rel
}

// standing emits auxiliaries, negation and what governs the candidate, each with
// the word and its classes.
func (r *Reading) standing(p *candidate, emit *Emit) {
	coarse := outlook(p.signs)
	emit.add("outlook", coarse)
	emit.add("outlook,lemma", coarse, p.lemma)
	emit.add("outlook,class", coarse, p.class)
	for k, c := range p.classes {
		emit.add("outlook,class1", coarse, c)
		if k < p.fitting {
			emit.add("outlook,class,fits", coarse, c)
		}
	}
	for _, c := range p.senses {
		emit.add("outlook,sense", coarse, c)
		for _, s := range p.signs {
			emit.add("sense,sign", c, s)
		}
	}
	for _, o := range r.kindsOf(p.at) {
		emit.add("kind", o)
		emit.add("kind,T", o, p.fromT)
		emit.add("kind,outlook", o, coarse)
		emit.add("kind,types", o, string(r.SourceType), string(r.TargetType))
		for _, k := range r.kindsAround(r.target) {
			emit.add("kind,t-kind", o, k)
		}
	}
	for _, k := range r.kindsAround(r.target) {
		emit.add("lemma,t-kind", p.lemma, k)
		for _, c := range p.classes {
			emit.add("class,t-kind", c, k)
		}
		for _, c := range p.senses {
			emit.add("sense,t-kind", c, k)
		}
	}
	for _, s := range append(p.signs, "all "+strings.Join(p.signs, " ")) {
		emit.add("sign", s)
		emit.add("lemma,sign", p.lemma, s)
		for _, c := range p.classes {
			emit.add("class,sign", c, s)
		}
	}
	r.above(p, emit)
}

// above emits the two words over the candidate.
func (r *Reading) above(p *candidate, emit *Emit) {
	up := r.parent[p.at]
	if up == none {
		return
	}
	rel, over := r.Tokens[p.at].Deprel, r.word(up)
	emit.add("above", r.lemma(up), rel)
	emit.add("above,lemma", r.lemma(up), p.lemma)
	for _, o := range r.kindsOf(up) {
		emit.add("above-kind", o, rel)
		for _, c := range p.classes {
			emit.add("above-kind,class", o, c)
		}
		for _, c := range p.senses {
			emit.add("above-kind,sense", o, c)
		}
		for _, k := range r.kindsOf(p.at) {
			emit.add("above-kind,kind", o, k)
		}
	}
	for _, s := range over.senses {
		emit.add("above-sense", rel, s)
		for _, c := range p.senses {
			emit.add("sense,above-sense", c, s)
		}
	}
	for _, class := range over.classes {
		emit.add("above-class", class, rel)
		for _, c := range p.classes {
			emit.add("class,above-class", c, class)
		}
	}
	if up = r.parent[up]; up != none {
		emit.add("above2", r.lemma(up))
		for _, class := range r.word(up).classes {
			emit.add("above2-class", class)
		}
	}
}

// actors emits what the actors are and how they hang.
func (r *Reading) actors(emit *Emit) {
	stype, ttype := string(r.SourceType), string(r.TargetType)
	s, t := r.lemma(r.source), r.lemma(r.target)
	emit.add("s", s)
	emit.add("t", t)
	emit.add("s,t", s, t)
	emit.add("rels", r.relation(r.source), r.relation(r.target))
	for _, k := range r.kindsAround(r.source) {
		emit.add("s-kind", k)
	}
	for _, k := range r.kindsAround(r.target) {
		emit.add("t-kind", k)
	}
	emit.add("types", stype, ttype)
	emit.add("stype", stype)
	emit.add("ttype", ttype)
	for i := range r.Tokens {
		if r.Source.Has(i) {
			emit.add("in s", r.lemma(i))
		}
		if r.Target.Has(i) {
			emit.add("in t", r.lemma(i))
		}
	}
}

// sentence emits the words of the sentence by where they stand to the actors.
func (r *Reading) sentence(emit *Emit) {
	first, last := r.Source, r.Target
	if first.Empty() || !last.Empty() && last.First < first.First {
		first, last = last, first
	}
	if last.Empty() {
		last = first
	}
	previous := "<"
	for i := range r.Tokens {
		switch u := r.Tokens[i].UPOS; {
		case r.Source.Has(i):
			previous = "S"
			continue
		case r.Target.Has(i):
			previous = "T"
			continue
		case u == "PUNCT" || u == "DET":
			continue
		}
		where := "between"
		switch {
		case i < first.First:
			where = "before"
		case i >= last.Last:
			where = "after"
		}
		lemma, w := r.lemma(i), r.word(i)
		emit.add("word", where, lemma)
		emit.add("pair", previous, lemma)
		previous = lemma
		for _, k := range r.kindsOf(i) {
			emit.add("word-kind", where, k)
		}
		for _, s := range w.senses {
			emit.add("word-sense", where, s)
		}
		for _, c := range w.classes {
			emit.add("word-class", where, c)
		}
	}
}

// kindsAround returns the kinds of an actor's head and of the noun that it
// belongs to ("Ukrainian ports").
func (r *Reading) kindsAround(i int) []string {
	if i == none {
		return nil
	}
	out := slices.Clone(r.kindsOf(i))
	if up := r.parent[i]; up != none && r.Tokens[up].UPOS == "NOUN" {
		out = append(out, r.kindsOf(up)...)
	}
	return out
}
