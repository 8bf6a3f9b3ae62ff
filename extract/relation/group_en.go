package relation

import (
	"slices"
	"strings"

	"entente/extract/actor"
	"entente/extract/nlp"
)

// Groups of English from part-of-speech tags alone: noun phrases, verb groups
// and the marks between them. Cost is linear in the sentence.

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
	naming            = wordSet("called named dubbed elected appointed given granted denied paid considered")
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
	r.findVerb()
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

// findVerb makes a past tense of the participle or adjective between two noun
// phrases of a sentence that has no finite verb ("the invasion shocked Europe").
func (r *reader) findVerb() {
	verb := -1
	for i, t := range r.tokens {
		switch {
		case r.named(i):
		case t.Tag == "VBD" || t.Tag == "VBZ" || t.Tag == "VBP" || t.Tag == "MD":
			return
		case verb < 0 && (t.Tag == "VBN" || t.Tag == "JJ") && strings.HasSuffix(r.lower[i], "ed") &&
			i > 0 && r.isNoun(i-1) && (r.named(i+1) || r.tag(i+1) == "DT" || r.tag(i+1) == "PRP$"):
			verb = i
		}
	}
	if verb >= 0 {
		r.tokens = slices.Clone(r.tokens)
		r.tokens[verb].Tag = "VBD"
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
	case w == "both" || w == "either" || w == "neither": // "both X and Y" is "X and Y"
		return 0, false
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
			c.would = w == "would" || w == "'d"
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
		if r.onlyVerb(j) || r.takesObject(j) {
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

// takesObject reports whether a name follows the participle that ends at j, and
// a conjunction and a name come before it, so that it is a past tense: "and
// ECOWAS threatened sanctions".
func (r *reader) takesObject(j int) bool {
	n := len(r.groups)
	return n > 1 && r.groups[n-1].kind == nounGroup && r.groups[n-2].kind == conjunction &&
		r.startsNominal(j) && !naming[r.word(j-1)]
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
	if m.Lead != j || m.Lead < m.First { // "RSF leader X" is one phrase
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
