package names

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// organisation takes the name of anything but a person apart: states that it
// names, words that tell it from others, and the acronyms it may have.
func (c *Comparer) organisation(name string) Name {
	n := Name{text: name, acronym: acronymOf(name)}
	list := pieces(name)
	if n.acronym == "" {
		n.initials = c.initialsOf(list)
	}
	if n.acronym != "" && len(list) > 1 { // U.N.
		list = []string{strings.ToUpper(n.acronym)}
	}
	for i := 0; i < len(list); {
		if code, used := c.placeAt(list[i:]); used > 0 {
			n.places = append(n.places, code)
			i += used
			continue
		}
		w := c.word(list[i])
		i++
		if c.data.small[w.fold] || c.data.legal[w.fold] && len(n.words)+len(n.places) > 0 {
			continue
		}
		n.words = append(n.words, c.meaning(w))
	}
	slices.Sort(n.places)
	n.places = slices.Compact(n.places)
	return n
}

// meaning gives a word of an organisation's name the key that its plural and
// its synonyms have.
func (c *Comparer) meaning(w word) word {
	stem := w.fold
	if s, ok := strings.CutSuffix(stem, "s"); ok && len(s) > 3 && !strings.HasSuffix(s, "s") {
		stem = s
	}
	if first, ok := c.data.synonyms[stem]; ok {
		stem = first
	} else if first, ok := c.data.synonyms[w.fold]; ok {
		stem = first
	}
	if w.key == w.sound {
		w.key = sound(stem)
	}
	return w
}

// placeAt returns the country that the first words of list name, and how many
// words that takes.
func (c *Comparer) placeAt(list []string) (code string, used int) {
	for n := min(3, len(list)); n > 0; n-- {
		folded := make([]string, n)
		for i := range folded {
			folded[i] = c.word(list[i]).fold
		}
		if code := c.place(strings.Join(folded, " ")); code != "" {
			return code, n
		}
	}
	return "", 0
}

// acronymOf returns the letters of a name that is an acronym (NATO, U.N., MoD)
// in lower case, or "".
func acronymOf(name string) string {
	var letters strings.Builder
	upper, lower := 0, 0
	for _, r := range strings.TrimPrefix(strings.TrimPrefix(name, "The "), "the ") {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		case r == '.':
			continue
		default:
			return ""
		}
		letters.WriteRune(unicode.ToLower(r))
	}
	if n := upper + lower; upper < 2 || n > 8 || lower > 0 && (n > 5 || lower > upper) {
		return ""
	}
	return letters.String()
}

// initialsOf returns the acronyms that a name of several words may have: of all
// words, and of those that are not small.
func (c *Comparer) initialsOf(list []string) []string {
	var all, big strings.Builder
	words := 0
	for i, p := range list {
		w := c.word(p)
		r, _ := utf8.DecodeRuneInString(w.fold)
		if i == 0 && w.fold == "the" || w.fold == "" {
			continue
		}
		all.WriteRune(r)
		if !c.data.small[w.fold] {
			big.WriteRune(r)
			words++
		}
	}
	if words < 2 {
		return nil
	}
	return slices.Compact([]string{all.String(), big.String()})
}

// likeOrganisation returns how alike two words of organisations' names are.
func likeOrganisation(a, b *word) likeness {
	switch {
	case a.fold == b.fold:
		return same
	case a.initial() || b.initial() || hasDigit(a.fold) || hasDigit(b.fold):
		return differ
	case a.key == b.key:
		return spelling
	case nearly(a, b):
		return near
	}
	return differ
}

func hasDigit(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }

// compareOrganisations compares acronyms, or states and words.
func (c *Comparer) compareOrganisations(m *Match, a, b Name) {
	if b.acronym != "" && slices.Contains(a.initials, b.acronym) {
		a, b = b, a
	}
	if a.acronym != "" && slices.Contains(b.initials, a.acronym) {
		m.Acronym = true
		m.add(min(acronymBits*float64(len(a.acronym)), mostAcronym), func() string {
			return fmt.Sprintf("%s is an acronym of %s", a.text, b.text)
		})
		return
	}
	pairs := align(a.words, b.words, likeOrganisation)
	for _, p := range pairs {
		wa, wb := a.words[p.a], b.words[p.b]
		bits := min(c.weight(wa, false), c.weight(wb, false)) * factor[p.like]
		m.add(bits, func() string { return organisationReason(wa, wb, p.like) })
	}
	m.bound(mostOrganisation)
	restA, restB := left(len(a.words), pairs, ofA), left(len(b.words), pairs, ofB)
	placesAgree := comparePlaces(m, a, b)
	switch {
	case len(restA) == 0 && len(restB) == 0:
		if placesAgree && len(pairs)+len(a.places) > 1 {
			m.Add(wholeBits, "no word is left over")
		}
	case len(restA) > 0 && len(restB) > 0:
		bits := differentWords
		if digits(a.words, restA) || digits(b.words, restB) {
			bits = differentNumbers
		}
		m.add(bits, func() string {
			return fmt.Sprintf("%s and %s are different words", shown(a.words, restA), shown(b.words, restB))
		})
	default:
		rest, words := restA, a.words
		if len(restB) > 0 {
			rest, words = restB, b.words
		}
		m.add(missingWord*float64(len(rest)), func() string { return "only one has " + shown(words, rest) })
	}
}

func digits(words []word, at []int) bool { return hasDigit(joined(words, at)) }

func organisationReason(a, b word, l likeness) string {
	switch l {
	case same:
		return fmt.Sprintf("both have the word %s", a.text)
	case spelling:
		return fmt.Sprintf("%s and %s say the same", a.text, b.text)
	}
	return fmt.Sprintf("%s and %s are nearly alike", a.text, b.text)
}

// comparePlaces adds what the states in two names are worth, and reports
// whether they are the same.
func comparePlaces(m *Match, a, b Name) bool {
	switch {
	case slices.Equal(a.places, b.places):
		if len(a.places) > 0 {
			m.add(placeBits, func() string { return "both name " + strings.Join(a.places, " and ") })
		}
		return true
	case len(a.places) == 0 || len(b.places) == 0:
		m.add(missingPlace, func() string { return "only one names " + strings.Join(slices.Concat(a.places, b.places), " and ") })
	default:
		m.add(differentPlaces, func() string {
			return fmt.Sprintf("one names %s, the other %s", strings.Join(a.places, " and "), strings.Join(b.places, " and "))
		})
	}
	return false
}
