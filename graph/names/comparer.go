package names

import (
	"slices"

	"entente/graph"
)

// Options are what a Comparer is told of the world. The zero value is nothing.
type Options struct {
	// Place returns the country code of a state that a folded word names, as noun
	// or adjective ("mongolia", "mongolian"), or "". Nil knows none.
	Place func(folded string) string
}

// Comparer compares names. Count names first, then compare: after the last
// Count it may be used from several goroutines.
type Comparer struct {
	data  *data
	place func(string) string
	// frequent is data.frequent by key, so that it holds for every spelling.
	frequent map[string]int
	// How many of the names counted have a word, by key, and how many there are.
	persons, organisations         map[string]int
	personCount, organisationCount int
}

// NewComparer returns a Comparer that has counted nothing. The error tells
// faults of the embedded files.
func NewComparer(o Options) (*Comparer, error) {
	d, err := load(files)
	if err != nil {
		return nil, err
	}
	c := &Comparer{data: d, place: o.Place, frequent: map[string]int{},
		persons: map[string]int{}, organisations: map[string]int{}}
	if c.place == nil {
		c.place = func(string) string { return "" }
	}
	for name, n := range d.frequent {
		key := c.word(name).key
		c.frequent[key] = max(c.frequent[key], n)
	}
	return c, nil
}

// Name is a name taken apart by a Comparer, for it to compare.
type Name struct {
	text     string
	person   bool
	words    []word
	suffix   string   // "jr", of a person
	east     bool     // of a country where the family name stands first
	places   []string // country codes in the name of an organisation, sorted
	acronym  string   // lower case, where the name is one
	initials []string // of an organisation, each way an acronym may take them
}

// Text returns the name as it was given.
func (n Name) Text() string { return n.text }

// Empty reports whether nothing of the name could be compared.
func (n Name) Empty() bool { return len(n.words) == 0 && len(n.places) == 0 }

// Single reports whether the name is a single word, which says little.
func (n Name) Single() bool { return len(n.words)+len(n.places) < 2 }

// Covers reports whether m, by which an actor called n is mentioned, says no less
// than n does. It has a word of n's and, of a person, another; of an
// organisation, as many words and the same states. Or it is the acronym of an
// organisation, of more than two letters.
func (n Name) Covers(m Name) bool {
	if m.acronym != "" {
		return len(m.acronym) > 2
	}
	shared := slices.ContainsFunc(m.words, func(w word) bool {
		return !w.initial() && slices.ContainsFunc(n.words, func(v word) bool { return v.key == w.key })
	})
	return shared && !m.Single() && (n.person || len(m.words) >= len(n.words) && slices.Equal(m.places, n.places))
}

// Match is how two names compare. Score makes a probability of Bits.
type Match struct {
	Bits    float64 // the sum over Reasons, or over what they would be
	Reasons []Reason
	Acronym bool // one name is an acronym of the other
	Common  bool // two persons agree on nothing but what very many are called
	silent  bool // no reasons are wanted
}

// Reason is one piece of evidence.
type Reason struct {
	Text string `json:"reason"`
	// Bits are positive for evidence that both are one, negative for evidence
	// against. Each doubles, or halves, the odds.
	Bits float64 `json:"bits"`
}

// Add adds a piece of evidence.
func (m *Match) Add(bits float64, text string) {
	m.Bits += bits
	m.Reasons = append(m.Reasons, Reason{text, bits})
}

// add is Add with a text that is made only if it is wanted.
func (m *Match) add(bits float64, text func() string) {
	if m.silent {
		m.Bits += bits
		return
	}
	m.Add(bits, text())
}

// bound scales the evidence in m so that it is at most that many bits.
func (m *Match) bound(most float64) {
	if m.Bits <= most {
		return
	}
	for i := range m.Reasons {
		m.Reasons[i].Bits *= most / m.Bits
	}
	m.Bits = most
}

// Count counts the words of one actor's name or names, each once, for what is
// rare to weigh more.
func (c *Comparer) Count(names ...Name) {
	seen := map[string]bool{}
	var persons, organisations int
	for _, n := range names {
		counts := c.organisations
		if n.person {
			counts, persons = c.persons, 1
		} else {
			organisations = 1
		}
		for _, w := range n.words {
			if !seen[w.key] {
				seen[w.key] = true
				counts[w.key]++
			}
		}
	}
	c.personCount += persons
	c.organisationCount += organisations
}

// Compare says how two names compare, both of which must have been made by c.
// A person's name and an organisation's have nothing in common.
func (c *Comparer) Compare(a, b Name) Match { return c.compare(a, b, false) }

// Bits returns the Bits of Compare, at less than half its cost.
func (c *Comparer) Bits(a, b Name) float64 { return c.compare(a, b, true).Bits }

func (c *Comparer) compare(a, b Name, silent bool) Match {
	m := Match{silent: silent}
	switch {
	case a.Empty() || b.Empty() || a.person != b.person:
		m.Add(differentWords, "nothing to compare")
	case a.person:
		c.comparePersons(&m, a, b)
	default:
		c.compareOrganisations(&m, a, b)
	}
	return m
}

// weight returns the bits that agreement on w is worth.
func (c *Comparer) weight(w word, person bool) float64 {
	if !person {
		return bounded(Rarity(max(c.organisations[w.key], 1), c.organisationCount+background), leastWord, mostWord)
	}
	f := Rarity(max(c.persons[w.key], 1), c.personCount+background)
	if listed := c.frequent[w.key]; listed > 0 {
		f = min(f, Rarity(listed, 10_000)) * commonFactor
	}
	return bounded(f, leastWord, mostWord)
}

// common reports whether a word is borne by so many that it says little.
func (c *Comparer) common(w word) bool { return c.frequent[w.key] > 0 }

func bounded(x, least, most float64) float64 { return max(least, min(x, most)) }

// country codes of states most of whose people write the family name first.
var familyFirst = []string{"CHN", "HKG", "JPN", "KHM", "KOR", "MAC", "PRK", "TWN", "VNM"}

// Of returns the name of an actor of that type and country, taken apart.
func (c *Comparer) Of(name string, t graph.ActorType, country string) Name {
	if t == graph.Person {
		return c.person(name, country)
	}
	return c.organisation(name)
}
