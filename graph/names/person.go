package names

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// person takes the name of a person apart. Titles before it, particles (al-,
// bin, de) and what tells father from son are no words of it.
func (c *Comparer) person(name, country string) Name {
	n := Name{text: name, person: true, east: slices.Contains(familyFirst, country)}
	list := pieces(name)
	for len(list) > 1 && c.data.honorific[c.word(list[0]).fold] {
		list = list[1:]
	}
	for i := 0; i < len(list); i++ {
		w := c.word(list[i])
		last := i == len(list)-1
		switch suffix, ok := c.data.suffixes[w.fold]; {
		case ok && i > 0 && last:
			n.suffix = suffix
		case servantOf[w.fold] && !last:
			i++
			for i < len(list)-1 && c.data.particles[c.word(list[i]).fold] {
				i++ // Abd al-Rahman
			}
			n.words = append(n.words, c.servant(w.text+" "+list[i], list[i]))
		case !last && c.particle(w, i == 0, n.east):
		default:
			if rest := servantRest(w.fold); rest != "" {
				w = c.servant(w.text, rest)
			}
			n.words = append(n.words, w)
		}
	}
	return n
}

// particle reports whether w names nobody. A single capital letter is an
// initial, Ed and Ben may be given names where they stand first, and the Van of
// Nguyen Van Thang is a name.
func (c *Comparer) particle(w word, first, east bool) bool {
	upper := unicode.IsUpper([]rune(w.text)[0])
	return c.data.particles[w.fold] && !(upper && (w.initial() || east || first && len(w.shorts) > 0))
}

// servantOf are spellings of Arabic "servant of the", which makes one name with
// the word after it.
var servantOf = map[string]bool{"abd": true, "abdel": true, "abdul": true, "abdal": true, "abdol": true,
	"abdur": true, "abdus": true, "abdu": true}

// servantRest returns what follows "servant of the" within a word, or "". A
// name such as Abdulla or Abdullah is one of its own.
func servantRest(folded string) string {
	for _, p := range []string{"abdel", "abdul", "abdal", "abdol", "abdur", "abdus"} {
		if rest, ok := strings.CutPrefix(folded, p); ok && len(rest) > 3 {
			return rest
		}
	}
	return ""
}

// servant makes one word of "Abdel Fattah" and its like.
func (c *Comparer) servant(text, of string) word {
	w := c.word("abd" + c.word(of).fold)
	w.text = text
	if rest := c.word(of); rest.key != rest.sound { // Abdul Rahman, Abdel Rehman
		w.key = "abd" + rest.key
	}
	return w
}

// pair is a word of each of two names that are alike.
type pair struct {
	a, b int // indices
	like likeness
}

// align pairs the words of two names, the most alike first and, of those
// equally alike, in the order of the names. Each word has one partner at most.
func align(a, b []word, like func(a, b *word) likeness) []pair {
	var found []pair
	for i := range a {
		for j := range b {
			if l := like(&a[i], &b[j]); l != differ {
				found = append(found, pair{i, j, l})
			}
		}
	}
	slices.SortStableFunc(found, func(x, y pair) int { return cmp.Compare(y.like, x.like) })
	pairs := found[:0]
	for _, p := range found {
		if !slices.ContainsFunc(pairs, func(q pair) bool { return q.a == p.a || q.b == p.b }) {
			pairs = append(pairs, p)
		}
	}
	return pairs
}

// left returns the indices below n that no pair has.
func left(n int, pairs []pair, of func(pair) int) []int {
	var rest []int
	for i := range n {
		if !slices.ContainsFunc(pairs, func(p pair) bool { return of(p) == i }) {
			rest = append(rest, i)
		}
	}
	return rest
}

func ofA(p pair) int { return p.a }
func ofB(p pair) int { return p.b }

// comparePersons compares word by word.
func (c *Comparer) comparePersons(m *Match, a, b Name) {
	if len(a.words) > len(b.words) {
		a, b = b, a
	}
	pairs := align(a.words, b.words, like)
	m.Common = true
	for _, p := range pairs {
		c.agree(m, a, b, p)
		m.Common = m.Common && (p.like == initial || c.common(a.words[p.a]))
	}
	m.bound(mostPerson)
	restA, restB := left(len(a.words), pairs, ofA), left(len(b.words), pairs, ofB)
	if together(a.words, restA, b.words, restB) {
		apart, together := restB, restA
		m.add(c.weight(b.words[apart[0]], true)*factor[spelling], func() string {
			return fmt.Sprintf("%s and %s are one name, written apart or together", shown(b.words, apart), shown(a.words, together))
		})
		restA, restB = nil, nil
	}
	c.leftOver(m, a, b, pairs, restA, restB)
	c.order(m, a, b, pairs)
	compareSuffixes(m, a.suffix, b.suffix)
}

// agree adds what two words that are alike are worth.
func (c *Comparer) agree(m *Match, a, b Name, p pair) {
	wa, wb := a.words[p.a], b.words[p.b]
	bits := initialBits
	if p.like > initial {
		bits = min(c.weight(wa, true), c.weight(wb, true))
		switch {
		case len(a.words) == 1:
			bits = min(bits, mostSingle)
		case p.a == 0 && p.b == 0 && !a.east && !b.east:
			bits = min(bits, mostGiven)
		}
		if (a.east || b.east) && min(utf8.RuneCountInString(wa.fold), utf8.RuneCountInString(wb.fold)) <= 4 {
			bits = min(bits, mostEast)
		}
		bits *= factor[p.like]
	}
	m.add(bits, func() string { return c.reason(wa, wb, p.like) })
}

// leftOver adds what the words count that have no partner; a is the name with
// fewer words.
func (c *Comparer) leftOver(m *Match, a, b Name, pairs []pair, restA, restB []int) {
	lastA, lastB := len(a.words)-1, len(b.words)-1
	paired := func(i, j int) bool {
		for _, p := range pairs {
			if p.a == i && p.b == j {
				return true
			}
		}
		return false
	}
	ends := paired(0, 0) && paired(lastA, lastB) && lastA > 0
	switch {
	case len(restA) > 0 && len(restB) > 0:
		bits := differentWords
		if ends {
			bits = differentMiddle
		}
		m.add(bits, func() string {
			return fmt.Sprintf("%s and %s are different names", shown(a.words, restA), shown(b.words, restB))
		})
	case len(restB) > 0 && ends && len(a.words) > 2 && hasInitial(a.words, b.words):
		m.Add(differentInitial, "the middle names differ")
	case len(restB) > 0 && lastA == 0 && !(paired(0, lastB) || b.east && paired(0, 0)):
		m.add(givenNameOnly, func() string { return fmt.Sprintf("%s is no surname of %s", a.words[0].text, b.text) })
	default:
		for _, j := range restB {
			bits := missingMiddle
			switch {
			case lastA == 0: // a surname alone is bounded already
			case j == 0:
				bits = missingFirst
			case j == lastB:
				bits = missingLast
			}
			m.add(bits, func() string { return "only one has " + b.words[j].text })
		}
	}
}

func hasInitial(lists ...[]word) bool {
	for _, list := range lists {
		for _, w := range list {
			if w.initial() {
				return true
			}
		}
	}
	return false
}

// order adds what it counts that paired words stand in another order.
func (c *Comparer) order(m *Match, a, b Name, pairs []pair) {
	var list []int // places in b, in the order of a
	for i := range a.words {
		for _, p := range pairs {
			if p.a == i {
				list = append(list, p.b)
			}
		}
	}
	descents := 0
	for i := 1; i < len(list); i++ {
		if list[i] < list[i-1] {
			descents++
		}
	}
	switch {
	case descents == 0:
	case descents == 1 && list[len(list)-1] < list[0]:
		m.Add(turnedRound, "the family name stands first in one and last in the other")
	default:
		m.Add(mixedUp, "the names stand in another order")
	}
}

func compareSuffixes(m *Match, a, b string) {
	switch {
	case a == b:
	case a != "" && b != "":
		m.Add(differentSuffix, fmt.Sprintf("one is %s, the other %s", a, b))
	default:
		m.Add(missingSuffix, fmt.Sprintf("only one is %s", a+b))
	}
}

// together reports whether the words at the indices are the same once those of a
// name are written together: Seong-min, Seongmin.
func together(a []word, restA []int, b []word, restB []int) bool {
	return len(restA)+len(restB) > 2 && len(restA) > 0 && len(restB) > 0 &&
		a[restA[0]].fold[0] == b[restB[0]].fold[0] && joined(a, restA) == joined(b, restB)
}

// joined returns the sound of the words at the indices, written together.
func joined(words []word, at []int) string {
	var b strings.Builder
	for _, i := range at {
		b.WriteString(words[i].fold)
	}
	return sound(b.String())
}

// shown returns the words at the indices as they were written.
func shown(words []word, at []int) string {
	list := make([]string, len(at))
	for i, j := range at {
		list[i] = words[j].text
	}
	return strings.Join(list, " ")
}
