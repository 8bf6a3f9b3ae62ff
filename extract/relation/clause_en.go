package relation

import (
	"slices"
	"strings"

	"entente/extract/actor"
	"entente/extract/nlp"
)

// Clauses of English from part-of-speech tags alone: noun and verb groups are
// found first, then each verb group takes its subject from the left and its
// objects from the right. Cost is linear in the sentence but for the search
// for a subject, which looks back at most over one clause.

type kind byte

const (
	nounGroup kind = iota
	verbGroup
	preposition
	relativiser  // who, which, that after a noun
	subordinator // that, because, if, …
	conjunction
	comma
	stop  // other punctuation
	quote // a double quotation mark
)

type group struct {
	kind        kind
	first, last int
	nominal     *nominal
	clause      *clause
	word        string
	finite      bool
	to          bool // opens with the infinitive's "to"
	tag         string
}

var (
	alwaysSubordinate = wordSet("that because although though while if unless whether whereas lest so")
	maySubordinate    = wordSet("as since after before until once than like when where how why")
	beForms           = wordSet("be is are was were been being am 's 're 'm ’s ’re ’m")
	haveForms         = wordSet("have has had having 've ’ve 'd ’d")
	doForms           = wordSet("do does did")
	inverting         = wordSet("said says added adds asked wrote explained continued noted insisted argued stated declared replied warned recalled commented")
	negations         = wordSet("not n't n’t never neither nor hardly scarcely")
	dayParts          = wordSet("today yesterday tomorrow tonight overnight")
	calendarUnits     = wordSet("week month year night spring summer autumn fall winter weekend")
	futureModals      = wordSet("will shall wo 'll ’ll")
)

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// reader splits one sentence into groups.
type reader struct {
	tokens   []nlp.Token
	lower    []string
	mentions []actor.Mention
	cover    []int // index of a mention that covers the token, or -1
	groups   []group
	controls map[string][]control
	says     func(form string) bool // whether a verb form reports speech
}

func newReader(s nlp.Sentence, mentions []actor.Mention, lex *Lexicon) *reader {
	r := &reader{tokens: s.Tokens, mentions: mentions, lower: make([]string, len(s.Tokens)), cover: make([]int, len(s.Tokens)), controls: lex.controls, says: lex.reports}
	for i, t := range s.Tokens {
		r.lower[i] = strings.ToLower(strings.ReplaceAll(t.Text, "’", "'"))
		r.cover[i] = -1
	}
	defer r.retag(lex)
	for k, m := range mentions {
		for i := m.Lead; i < m.Last; i++ {
			if r.cover[i] < 0 || m.Form != actor.FormAdj {
				r.cover[i] = k
			}
		}
	}
	return r
}

// retag mends the tagger's commonest fault in headlines and leads: a verb in
// the present tense between two names taken for a plural ("Russia attacks
// Poland").
func (r *reader) retag(lex *Lexicon) {
	for i := 1; i+1 < len(r.tokens); i++ {
		if r.tokens[i].Tag != "NNS" || r.named(i) || !r.named(i-1) || lex.verbs[r.lower[i]] == nil {
			continue
		}
		m := r.mentions[r.cover[i-1]]
		if m.Form == actor.FormAdj || m.Form == actor.FormDemonym && !strings.HasSuffix(m.Text, "s") {
			continue
		}
		if next := r.tag(i + 1); r.named(i+1) && r.mentions[r.cover[i+1]].First == i+1 || next == "DT" || next == "PRP$" {
			r.tokens = slices.Clone(r.tokens)
			r.tokens[i].Tag = "VBZ"
		}
	}
}

func (r *reader) tag(i int) string {
	if i < 0 || i >= len(r.tokens) {
		return ""
	}
	return r.tokens[i].Tag
}

func (r *reader) word(i int) string {
	if i < 0 || i >= len(r.lower) {
		return ""
	}
	return r.lower[i]
}

// named reports whether token i belongs to a name, so that its tag is void.
func (r *reader) named(i int) bool {
	return i >= 0 && i < len(r.cover) && r.cover[i] >= 0 && r.mentions[r.cover[i]].Form != actor.FormPronoun
}

func (r *reader) isVerb(i int) bool {
	return !r.named(i) && strings.HasPrefix(r.tag(i), "VB") && (r.lower[i][0] >= 'a' || r.lower[i][0] == '\'')
}

func (r *reader) isNoun(i int) bool {
	return r.named(i) || strings.HasPrefix(r.tag(i), "NN")
}

// split finds the groups.
func (r *reader) split() {
	for i := 0; i < len(r.tokens); {
		if last := r.aside(i); last > i {
			i = last
			continue
		}
		if last := r.temporal(i); last > i {
			i = last
			continue
		}
		if last := r.verbGroup(i); last > i {
			i = last
			continue
		}
		if last := r.nounGroup(i); last > i {
			i = last
			continue
		}
		if k, ok := r.mark(i); ok {
			r.groups = append(r.groups, group{kind: k, first: i, last: i + 1, word: r.lower[i], tag: r.tag(i)})
		}
		i++
	}
}

// aside returns the end of a short parenthesis at i, "(FARC)", or i.
func (r *reader) aside(i int) int {
	if r.lower[i] != "(" && r.lower[i] != "[" {
		return i
	}
	for j := i + 1; j < len(r.tokens) && j <= i+6; j++ {
		if r.lower[j] == ")" || r.lower[j] == "]" {
			return j + 1
		}
	}
	return i
}

// temporal returns the end of the time expression at i ("on Thursday", "last
// month", "in February 2022"), or i. It is no argument of a verb, and the
// words around it are read as if it were not there.
func (r *reader) temporal(i int) int {
	j := i
	if r.tag(j) == "IN" && !(maySubordinate[r.word(j)] && r.opensClause(j+1)) {
		j++
	}
	if w := r.word(j); w == "last" || w == "next" || w == "this" || w == "late" || w == "early" || w == "the" {
		j++
	}
	first := j
	for j < len(r.tokens) && !r.named(j) && r.timeWord(j) {
		j++
	}
	if j == first || r.tag(j) == "POS" || strings.HasPrefix(r.tag(j), "NN") && !r.named(j) && r.lower[j] == r.tokens[j].Text {
		return i // "Thursday's talks", "the Friday prayer"
	}
	return j
}

// timeWord reports whether token i belongs to a time expression.
func (r *reader) timeWord(i int) bool {
	w := r.lower[i]
	if _, ok := weekdays[w]; ok || dayParts[w] {
		return true
	}
	if _, ok := months[w]; ok && r.tokens[i].Text != r.lower[i] {
		return true
	}
	_, afterMonth := months[r.word(i-1)]
	_, beforeMonth := months[r.word(i+1)]
	if dayNumber(w) > 0 && (afterMonth || beforeMonth) || w == "," && year(r.word(i+1)) > 0 && dayNumber(r.word(i-1)) > 0 {
		return true
	}
	if y := year(w); y > 0 {
		prev := r.word(i - 1)
		return afterMonth || prev == "in" || prev == "since" || prev == "," || prev == "by" || prev == "until"
	}
	switch r.word(i - 1) {
	case "last", "next", "this":
		return calendarUnits[w]
	}
	return false
}

// mark classifies a token that is in no noun or verb group.
func (r *reader) mark(i int) (kind, bool) {
	w, tag := r.lower[i], r.tag(i)
	switch {
	case w == ",":
		return comma, true
	case tag == nlp.TagQuote:
		return quote, true
	case tag == "WDT" || tag == "WP" || tag == "WP$", w == "who" || w == "which" || w == "whom" || w == "whose":
		return relativiser, true
	case w == "that":
		return subordinator, true
	case w == "and" || w == "or" || w == "but" || w == "nor" || tag == "CC":
		return conjunction, true
	case alwaysSubordinate[w]:
		return subordinator, true
	case maySubordinate[w]:
		if r.opensClause(i + 1) {
			return subordinator, true
		}
		return preposition, true
	case tag == "IN" || tag == "TO":
		return preposition, true
	case w == ";" || w == ":" || w == "-" || w == "--" || w == "—" || w == "–" || w == "(" || w == ")" || w == "." || w == "?" || w == "!":
		return stop, true
	}
	return 0, false
}

// opensClause reports whether the words at i have a finite verb before the
// next comma: "after [the talks ended]" against "after [the talks]".
func (r *reader) opensClause(i int) bool {
	for n := 0; i < len(r.tokens) && n < 14; i, n = i+1, n+1 {
		switch tag := r.tag(i); {
		case r.named(i):
		case r.lower[i] == ",", r.lower[i] == ";", tag == "WDT", tag == "WP", r.lower[i] == "that":
			return false
		case tag == "VBD" || tag == "VBZ" || tag == "VBP" || tag == "MD":
			return true
		}
	}
	return false
}

// verbGroup reads auxiliaries, adverbs and the main verb from i.
func (r *reader) verbGroup(i int) int {
	if r.named(i) {
		return i
	}
	tag := r.tag(i)
	isTo := tag == "TO" && (r.isVerb(i+1) || strings.HasPrefix(r.tag(i+1), "RB") && r.isVerb(i+2))
	if !isTo && tag != "MD" && !r.isVerb(i) && !(beForms[r.lower[i]] && tag == "POS" && r.tag(i+1) == "VBG") {
		return i
	}
	if tag == "VBG" || tag == "VBN" {
		if r.prenominal(i) {
			return i
		}
	}
	c := &clause{first: i, verb: -1}
	g := group{kind: verbGroup, first: i, to: isTo}
	j := i
	for j < len(r.tokens) {
		w, tag := r.lower[j], r.tag(j)
		switch {
		case r.named(j):
			goto done
		case tag == "TO" && (j == i || beForms[r.word(j-1)] && c.verb == j-1 && r.isVerb(j+1)):
			if j > i {
				c.mood = future // "is to meet"
				g.finite = true
				c.verb = -1
			}
		case w == "going" && r.word(j+1) == "to" && r.isVerb(j+2) && c.verb >= 0 && beForms[r.word(c.verb)]:
			c.mood = future
			j++
		case tag == "MD":
			if c.verb >= 0 {
				goto done
			}
			g.finite = true
			c.mood = modal
			if futureModals[w] {
				c.mood = future
			}
		case negations[w]:
			c.negated = true
		case strings.HasPrefix(tag, "RB") && !r.isParticle(j):
			if c.verb >= 0 && !r.auxiliary(c.verb) {
				goto done
			}
		case r.isVerb(j) || beForms[w] && tag == "POS":
			if c.verb >= 0 && !r.auxiliary(c.verb) {
				goto done
			}
			if c.verb >= 0 && tag == "VBG" && !beForms[r.word(c.verb)] {
				goto done
			}
			if c.verb >= 0 && beForms[r.word(c.verb)] && (tag == "VBN" || tag == "VBD") {
				c.passive = true
			} else if c.verb >= 0 && tag == "VBG" {
				c.passive = c.passive && beForms[w]
			}
			if c.verb < 0 && (tag == "VBD" || tag == "VBZ" || tag == "VBP" || tag == "POS") {
				g.finite = true
			}
			if c.verb < 0 && c.mood == indicative && g.tag == "" {
				g.tag = tag
			}
			c.verb = j
		default:
			goto done
		}
		j++
	}
done:
	if c.verb < 0 {
		return i
	}
	j = max(c.verb+1, i+1)
	c.last = j
	if !g.finite && !isTo && g.tag == "VBN" && c.verb == i {
		if r.onlyVerb(j) {
			g.finite = true // a past tense taken for a participle: "The UN called on"
		} else {
			c.passive = true // "claimed by", "backed by"
		}
	}
	g.last, g.clause, g.word = j, c, r.lower[c.verb]
	r.groups = append(r.groups, g)
	return j
}

// onlyVerb reports whether no finite verb stands before the group that ends at
// j nor after it up to the next clause, so that it must be finite itself.
func (r *reader) onlyVerb(j int) bool {
	for _, g := range r.groups {
		if g.kind == verbGroup && g.finite || g.kind == relativiser || g.kind == subordinator {
			return false
		}
	}
	if r.word(j) == "by" || len(r.groups) == 0 || r.groups[len(r.groups)-1].kind != nounGroup {
		return false
	}
	for i := j; i < len(r.tokens); i++ {
		switch tag := r.tag(i); {
		case r.named(i):
		case tag == "VBD" || tag == "VBZ" || tag == "VBP" || tag == "MD":
			return false
		case r.lower[i] == "that" || tag == "WDT" || tag == "WP":
			return true
		}
	}
	return true
}

func (r *reader) auxiliary(i int) bool {
	w := r.word(i)
	return beForms[w] || haveForms[w] || doForms[w] || w == "got"
}

func (r *reader) isParticle(i int) bool { return r.tag(i) == "RP" }

// prenominal reports whether the participle at i modifies a following noun:
// "the threatening tone".
func (r *reader) prenominal(i int) bool {
	next := i + 1
	if r.tag(next) == nlp.TagQuote {
		next++
	}
	if !r.isNoun(next) && !(strings.HasPrefix(r.tag(next), "JJ") && r.isNoun(next+1)) {
		return false
	}
	prev := i - 1
	if r.tag(prev) == nlp.TagQuote {
		prev--
	}
	switch tag := r.tag(prev); {
	case tag == "DT" || tag == "POS" || tag == "PRP$" || tag == "CD" || strings.HasPrefix(tag, "JJ"):
		return true
	case r.named(prev) && r.mentions[r.cover[prev]].Form == actor.FormAdj:
		return true
	}
	return false
}

// nounGroup reads determiners, modifiers, possessors and the head from i.
func (r *reader) nounGroup(i int) int {
	if r.tag(i) == "PRP" && !r.named(i) || r.tag(i) == "EX" {
		r.addNominal(i, i+1)
		return i + 1
	}
	j := i
	head := -1
	for j < len(r.tokens) {
		tag := r.tag(j)
		switch {
		case r.cover[j] >= 0:
			m := r.mentions[r.cover[j]]
			if m.Form == actor.FormPronoun && tag != "PRP$" {
				if j > i {
					goto done
				}
				r.addNominal(j, j+1)
				return j + 1
			}
			if j > i && r.breaksBefore(j, m) {
				goto done
			}
			if m.Form == actor.FormPronoun {
				break
			}
			head = m.Last - 1
			j = max(j, m.Last-1)
		case tag == "DT" || tag == "PDT" || tag == "PRP$":
			if j > i && r.tag(j-1) != "PDT" && r.lower[j-1] != "all" {
				goto done
			}
			if r.lower[j] == "that" && !r.isNoun(j+1) {
				goto done
			}
		case tag == "POS" || r.lower[j] == "'s" && head >= 0:
			if head < 0 {
				goto done
			}
			head = -1
		case strings.HasPrefix(tag, "JJ") || tag == "CD" || tag == "$" || tag == "#":
			if head >= 0 && !strings.HasPrefix(r.tag(j+1), "NN") && tag != "CD" {
				goto done
			}
			if tag == "CD" {
				head = j
			}
		case strings.HasPrefix(tag, "NN"):
			if j > i && head >= 0 && r.timeWord(j) && r.tag(j+1) != "POS" && !strings.HasPrefix(r.tag(j+1), "NN") {
				goto done
			}
			head = j
		case (tag == "VBG" || tag == "VBN") && r.prenominal(j):
		case tag == "RB" && strings.HasPrefix(r.tag(j+1), "JJ") && head < 0:
		case tag == nlp.TagQuote && j > i && head < 0 && j+1 < len(r.tokens) && (strings.HasPrefix(r.tag(j+1), "JJ") || strings.HasPrefix(r.tag(j+1), "NN") || r.prenominal(j+1) || r.tag(j+1) == "VBG"):
		case (r.lower[j] == "and" || r.lower[j] == "&") && r.adjCoordination(j):
		default:
			goto done
		}
		j++
	}
done:
	if head < 0 {
		if j > i && r.isAdjectival(j-1) {
			head = j - 1 // "the wounded"
		} else {
			return i
		}
	}
	r.addNominal(i, head+1)
	return head + 1
}

func (r *reader) isAdjectival(i int) bool {
	return strings.HasPrefix(r.tag(i), "JJ") || r.tag(i) == "DT" || r.tag(i) == "PRP$"
}

// adjCoordination recognises "French and Russian" before a noun.
func (r *reader) adjCoordination(j int) bool {
	adj := func(i int) bool {
		return i >= 0 && i < len(r.cover) && r.cover[i] >= 0 && r.mentions[r.cover[i]].Form == actor.FormAdj
	}
	return adj(j-1) && adj(j+1) && !adj(j+2) && (r.isNoun(j+2) || strings.HasPrefix(r.tag(j+2), "JJ"))
}

// breaksBefore reports whether a mention at j opens a new noun phrase although
// no word stands between: "told reporters | France was", "in Moscow | Putin".
func (r *reader) breaksBefore(j int, m actor.Mention) bool {
	if m.Lead != j {
		return false
	}
	if r.cover[j-1] >= 0 {
		before := r.mentions[r.cover[j-1]]
		return before.Last == j && before.Form != actor.FormAdj && before.Form != actor.FormTitle && m.Form != actor.FormAdj && r.tag(j-1) != "POS" && (before.Place || before.Form == actor.FormName && m.Form == actor.FormName && r.tag(j-1) != "JJ")
	}
	return r.tag(j-1) == "NNS" && m.Form != actor.FormBody
}

// startsNominal reports whether a noun phrase may begin at token i.
func (r *reader) startsNominal(i int) bool {
	tag := r.tag(i)
	return r.isNoun(i) && i < len(r.tokens) || strings.HasPrefix(tag, "JJ") || strings.HasPrefix(tag, "PRP") || tag == "DT" || tag == "CD" || tag == "VBG"
}

func (r *reader) addNominal(first, last int) {
	n := &nominal{first: first, last: last, head: last - 1}
	for _, m := range r.mentions {
		if m.First >= first && m.Last <= last {
			n.mentions = append(n.mentions, m)
		}
	}
	r.groups = append(r.groups, group{kind: nounGroup, first: first, last: last, nominal: n, word: r.lower[last-1]})
}

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
		if i = r.chainHead(i); i >= 0 && !r.bareRole(r.groups[i].nominal) {
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
		if p := lastOf(before); p != nil && r.groups[k].tag != "" {
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
		if p != nil && (p.link == complement || p.link == adverbial) {
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
