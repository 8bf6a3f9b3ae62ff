package actor

import (
	"slices"
	"strings"

	"entente/graph"
)

// focus is what the sentences so far leave a pronoun or description to mean.
type focus struct {
	person    graph.ActorID // who acted or spoke last
	sentence  int           // in which sentence
	speaker   graph.ActorID // whom the current quotation belongs to
	paragraph int           // of the quotation
	state     graph.ActorID // the state named last
	body      map[graph.ActorType]graph.ActorID
	many      map[graph.ActorType]bool // more than one of the type was named
	noun      map[string]graph.ActorID // by a bodyNoun in its name
	gender    map[graph.ActorID]string // by the pronouns that were linked
}

var (
	genders     = map[string]string{"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
	firstPerson = set("i we my our us me myself ourselves")
	// descriptions are nouns that after "the" mean the last actor of a type.
	descriptions = map[string][]graph.ActorType{
		"country": {graph.State}, "nation": {graph.State}, "republic": {graph.State}, "kingdom": {graph.State},
		"government": {graph.State}, "administration": {graph.State}, "authorities": {graph.State}, "regime": {graph.State},
		"group": {graph.ArmedGroup, graph.NGO}, "militia": {graph.ArmedGroup}, "militants": {graph.ArmedGroup},
		"rebels": {graph.ArmedGroup}, "insurgents": {graph.ArmedGroup},
		"party": {graph.Party}, "bloc": {graph.IGO, graph.Bloc}, "alliance": {graph.IGO}, "organisation": {graph.IGO, graph.NGO, graph.ArmedGroup},
		"organization": {graph.IGO, graph.NGO, graph.ArmedGroup}, "company": {graph.Company},
	}
	// bodyNouns after "the" mean the last actor with the word in its name.
	bodyNouns = set("ministry court commission council parliament army navy police agency committee tribunal congress senate assembly")
)

// focusReach is how many sentences back a pronoun may find its person.
const focusReach = 3

// findReferences links pronouns and short descriptions, left to right, and
// carries the focus on. Where two actors could be meant, none is linked, but
// that a sentence-initial "he" goes on about who acted before.
func (l *line) findReferences(f *focus) {
	if f.body == nil {
		f.body, f.noun, f.gender = map[graph.ActorType]graph.ActorID{}, map[string]graph.ActorID{}, map[graph.ActorID]string{}
		f.many = map[graph.ActorType]bool{}
	}
	speaker := l.speaker(f)
	quoted := l.opensQuoted(f)
	for i := 0; i < len(l.tokens); i++ {
		if l.tokens[i].Tag == "''" {
			quoted = !quoted
			continue
		}
		for _, m := range l.mentions {
			if m.First == i && m.Form != FormPronoun {
				f.see(l, m)
			}
		}
		if l.taken[i] {
			continue
		}
		w := l.folded[i]
		switch {
		case genders[w] != "" && !quoted:
			if id := l.antecedent(i, f); id != "" && f.agrees(id, genders[w]) {
				l.mention(i, i+1, id, FormPronoun, false)
			}
		case firstPerson[w] && quoted && speaker != "":
			l.mention(i, i+1, speaker, FormPronoun, false)
		case l.at(i-1) == "the":
			l.describe(i, f)
		}
	}
	l.carry(f, speaker)
}

// see notes a mention that a later description may mean.
func (f *focus) see(l *line, m Mention) {
	a := l.out.actors[m.Actor]
	if m.Place {
		return
	}
	if a.Type == graph.State {
		f.state = a.ID
	} else {
		if old := f.body[a.Type]; old != "" && old != a.ID {
			f.many[a.Type] = true
		}
		f.body[a.Type] = a.ID
		for _, w := range strings.Fields(a.Name) {
			if w = graph.FoldWord(w); bodyNouns[w] {
				f.noun[w] = a.ID
			}
		}
	}
}

// agrees reports whether the actor has not been called by the other gender,
// and notes this one.
func (f *focus) agrees(id graph.ActorID, gender string) bool {
	if have := f.gender[id]; have != "" && have != gender {
		return false
	}
	f.gender[id] = gender
	return true
}

// antecedent returns whom a pronoun at i means: the one person named before it
// in the sentence, or else who acted in the sentences before.
func (l *line) antecedent(i int, f *focus) graph.ActorID {
	ids := l.persons(i)
	near := f.person != "" && l.index-f.sentence <= focusReach
	switch {
	case near && l.at(i-1) == "," && l.firstFinite() > i:
		return f.person // "Accompanied by X, she recounted"
	case len(ids) == 1:
		return ids[0]
	case len(ids) > 1:
		return ""
	case near:
		return f.person
	}
	return ""
}

// firstFinite returns the first token that is a finite verb, or the number of
// tokens.
func (l *line) firstFinite() int {
	for i, t := range l.tokens {
		if !l.taken[i] && (t.Tag == "VBD" || t.Tag == "VBZ" || t.Tag == "VBP" || t.Tag == "MD") {
			return i
		}
	}
	return len(l.tokens)
}

// describe links "the country", "the group" to the last actor of the type.
func (l *line) describe(i int, f *focus) {
	next := l.at(i + 1)
	if next == "of" || next == "in" || l.upper(i+1) || strings.HasPrefix(l.tagAt(i+1), "NN") || l.tokens[i].Text != l.folded[i] {
		return
	}
	if id := f.noun[l.folded[i]]; id != "" {
		l.mention(i, i+1, id, FormTitle, false)
		return
	}
	for _, t := range descriptions[l.folded[i]] {
		id := f.body[t]
		if t == graph.State {
			id = f.state
		}
		if id == "" || t == graph.ArmedGroup && f.many[t] {
			continue
		}
		l.mention(i, i+1, id, FormTitle, false)
		return
	}
}

func (l *line) tagAt(i int) string {
	if i < 0 || i >= len(l.tokens) {
		return ""
	}
	return l.tokens[i].Tag
}

// persons returns the distinct persons mentioned before token end.
func (l *line) persons(end int) []graph.ActorID {
	var ids []graph.ActorID
	for _, m := range l.mentions {
		if m.Last <= end && l.out.actors[m.Actor].Type == graph.Person && !slices.Contains(ids, m.Actor) {
			ids = append(ids, m.Actor)
		}
	}
	return ids
}

// opensQuoted reports whether the sentence goes on with a quotation that an
// earlier one of its paragraph opened: its marks do not pair and the first one
// closes.
func (l *line) opensQuoted(f *focus) bool {
	marks := 0
	first := -1
	for i, t := range l.tokens {
		if t.Tag == "''" {
			if first < 0 {
				first = i
			}
			marks++
		}
	}
	if marks == 0 {
		return f.speaker != "" && f.paragraph == l.paragraph() && l.index > 0 && l.openBefore()
	}
	return marks%2 == 1 && first > 0 && (first == len(l.tokens)-1 || l.tokens[first].Text == "”" || l.at(first-1) == ",")
}

// openBefore reports whether the sentences of the paragraph before this one
// leave a quotation open.
func (l *line) openBefore() bool {
	open := false
	for i := l.index - 1; i >= 0 && l.doc.Sentences[i].Paragraph == l.paragraph(); i-- {
		for _, t := range l.doc.Sentences[i].Tokens {
			if t.Tag == "''" {
				open = !open
			}
		}
	}
	return open
}

func (l *line) paragraph() int { return l.doc.Sentences[l.index].Paragraph }

// speaker returns who speaks the quotations of the sentence: the mention next
// to a verb of saying outside the marks, or who spoke before in the paragraph.
func (l *line) speaker(f *focus) graph.ActorID {
	quoted := l.opensQuoted(f)
	for i, t := range l.tokens {
		if t.Tag == "''" {
			quoted = !quoted
			continue
		}
		if quoted || !sayVerbs[l.folded[i]] {
			continue
		}
		if id := l.saying(i, f); id != "" {
			return id
		}
	}
	if f.speaker != "" && f.paragraph == l.paragraph() {
		return f.speaker
	}
	return ""
}

// saying returns the subject of the verb of saying at i.
func (l *line) saying(i int, f *focus) graph.ActorID {
	var best *Mention
	inverted := l.at(i-1) == "," || l.tagAt(i-1) == "''"
	for k := range l.mentions {
		m := &l.mentions[k]
		if inverted && m.First > i && l.out.actors[m.Actor].Type == graph.Person {
			return m.Actor // "…," said a spokesman for X, Y
		}
		if m.First == i+1 || m.First == i+2 && strings.HasPrefix(l.tagAt(i+1), "NN") {
			return m.Actor
		}
		if m.Last <= i && (best == nil || m.First > best.First) && (m.Last == i || l.at(m.Last) == "," || strings.HasPrefix(l.tagAt(m.Last), "RB")) {
			best = m
		}
	}
	if genders[l.at(i-1)] != "" {
		return l.antecedent(i-1, f)
	}
	if best != nil {
		return best.Actor
	}
	return ""
}

// carry passes on who acted in the sentence: its speaker, else its first
// person if named before the first verb.
func (l *line) carry(f *focus, speaker graph.ActorID) {
	if speaker != "" && f.paragraph != l.paragraph() || speaker != f.speaker {
		f.paragraph = l.paragraph()
	}
	f.speaker = speaker
	verb := l.firstFinite()
	acting := graph.ActorID("")
	if speaker != "" && l.out.actors[speaker].Type == graph.Person {
		acting = speaker
	} else if ids := l.persons(verb); len(ids) > 1 {
		f.person = "" // "X and Y met": neither alone
	} else if len(ids) == 1 {
		acting = ids[0]
	} else if ids := l.persons(len(l.tokens)); len(ids) == 1 {
		acting = ids[0]
	}
	if acting != "" {
		f.person, f.sentence = acting, l.index
	}
}
