package queries_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"entente/extract/actor"
	"entente/graph"
	"entente/queries"
)

// Bands of scores.
const (
	sameFrom      = 0.8
	unsureFrom    = 0.3
	bandSame      = "same"
	bandUnsure    = "unsure"
	bandDifferent = "different"
)

func band(score float64) string {
	switch {
	case score >= sameFrom:
		return bandSame
	case score >= unsureFrom:
		return bandUnsure
	}
	return bandDifferent
}

// judged is a line of pairs.txt, its actors being person:N-a and person:N-b of
// the line N.
type judged struct {
	line       int
	band, text string
	a, b       graph.Actor
}

func readJudged(t testing.TB, file string) []judged {
	t.Helper()
	f, err := os.Open("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var list []judged
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		if lines.Text() == "" || strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		fields := strings.Split(lines.Text(), ";")
		if len(fields) != 6 {
			t.Fatalf("%s:%d: %d fields, not 6", file, n, len(fields))
		}
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		make := func(which, name, country string) graph.Actor {
			return graph.Actor{ID: graph.ActorID(fmt.Sprintf("x:%03d-%s", n, which)), Name: name,
				Type: graph.ActorType(fields[1]), Country: country}
		}
		list = append(list, judged{n, fields[0], lines.Text(), make("a", fields[2], fields[3]), make("b", fields[4], fields[5])})
	}
	return list
}

// dictionary returns the built-in dictionary as cmd/entente gives it.
func dictionary(t testing.TB) queries.CandidateOptions {
	t.Helper()
	d, err := actor.Load()
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]string{}
	var known []queries.KnownActor
	for e := range d.Entries() {
		known = append(known, queries.KnownActor{ID: e.ID, Type: e.Type, Country: e.Country, Names: append([]string{e.Name}, e.Also...)})
		if e.Type == graph.State {
			for _, n := range append(append([]string{e.Name}, e.Also...), e.Adj...) {
				codes[graph.Fold(n)] = e.Country
			}
		}
	}
	return queries.CandidateOptions{Known: known, Limit: -1, Place: func(s string) string { return codes[s] }}
}

// TestJudgedPairs wants the bands of the pairs that the weights were set on.
func TestJudgedPairs(t *testing.T) {
	q := judge(t, "pairs.txt")
	if q.pairs < 80 || q.precision < 0.98 || q.recall < 0.98 || q.inBand < 0.95 || q.far > 0 {
		t.Errorf("%+v", q)
	}
}

// TestFreshPairs wants nearly as much of those written afterwards.
func TestFreshPairs(t *testing.T) {
	q := judge(t, "pairs-fresh.txt")
	if q.pairs < 50 || q.precision < 0.95 || q.recall < 0.90 || q.inBand < 0.90 {
		t.Errorf("%+v", q)
	}
}

// TestThirdPairs wants as much of a set that no weight was changed for.
func TestThirdPairs(t *testing.T) {
	q := judge(t, "pairs-third.txt")
	if q.pairs < 50 || q.precision < 0.95 || q.recall < 0.90 || q.inBand < 0.90 {
		t.Errorf("%+v", q)
	}
}

// quality is how well the bands of a file are met.
type quality struct {
	pairs     int
	precision float64 // of the pairs called same, those that are
	recall    float64 // of the pairs that are the same, those called so
	inBand    float64 // of all pairs
	far       int     // pairs that are the same and called different, or the reverse
}

// judge puts all pairs of a file into one store and looks for the band of each; a
// pair not proposed at all is different.
func judge(t *testing.T, file string) quality {
	t.Helper()
	list := readJudged(t, file)
	scored := scores(t, list)
	table := map[string]map[string]int{bandSame: {}, bandUnsure: {}, bandDifferent: {}}
	right := 0
	for _, j := range list {
		if table[j.band] == nil {
			t.Fatalf("%s:%d: no band %q", file, j.line, j.band)
		}
		c := scored[[2]graph.ActorID{j.a.ID, j.b.ID}]
		got := band(c.Score)
		table[j.band][got]++
		if got == j.band {
			right++
			continue
		}
		t.Logf("%s:%d: %.3f is %s: %s\n%v", file, j.line, c.Score, got, j.text, c.Reasons)
	}
	called := table[bandSame][bandSame] + table[bandUnsure][bandSame] + table[bandDifferent][bandSame]
	are := table[bandSame][bandSame] + table[bandSame][bandUnsure] + table[bandSame][bandDifferent]
	q := quality{len(list), share(table[bandSame][bandSame], called), share(table[bandSame][bandSame], are),
		share(right, len(list)), table[bandSame][bandDifferent] + table[bandDifferent][bandSame]}
	for _, b := range []string{bandSame, bandUnsure, bandDifferent} {
		t.Logf("%-9s called same %d, unsure %d, different %d", b, table[b][bandSame], table[b][bandUnsure], table[b][bandDifferent])
	}
	t.Logf("%s: %+v", file, q)
	return q
}

// scores returns the candidates among the actors of the list, by ids.
func scores(t *testing.T, list []judged) map[[2]graph.ActorID]queries.Candidate {
	t.Helper()
	m := &memory{}
	for _, j := range list {
		m.addActor(j.a)
		m.addActor(j.b)
	}
	found, err := queries.Candidates(m, dictionary(t))
	if err != nil {
		t.Fatal(err)
	}
	scored := map[[2]graph.ActorID]queries.Candidate{}
	for _, c := range found {
		scored[[2]graph.ActorID{min(c.A.ID, c.B.ID), max(c.A.ID, c.B.ID)}] = c
	}
	return scored
}

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// suspects is a store with two actors whose names are alike, and states.
func suspects(of graph.ActorType, a, b string) *memory {
	m := &memory{}
	m.addActor(graph.Actor{ID: "x:a", Name: a, Type: of})
	m.addActor(graph.Actor{ID: "x:b", Name: b, Type: of})
	for _, code := range []string{"MNG", "CHL"} {
		m.addActor(graph.Actor{ID: graph.ActorID("state:" + code), Name: code + "land", Type: graph.State, Country: code})
	}
	return m
}

func (m *memory) role(person graph.ActorID, role string, org graph.ActorID, former bool, published graph.Date) {
	m.affiliations = append(m.affiliations, graph.Affiliation{Article: "r", Published: published,
		Person: graph.NameRef{ID: person}, Role: role, Org: graph.NameRef{ID: org}, Former: former})
}

func (m *memory) country(id graph.ActorID, code string) {
	for i := range m.actors {
		if m.actors[i].ID == id {
			m.actors[i].Country = code
		}
	}
}

// TestSurroundings wants, for each thing that articles may say, its reason and
// the direction in which the score goes.
func TestSurroundings(t *testing.T) {
	both := func(m *memory, role string, a, b graph.ActorID, first, second graph.Date) {
		m.role("x:a", role, a, false, first)
		m.role("x:b", role, b, false, second)
	}
	for name, tc := range map[string]struct {
		of     graph.ActorType
		change func(*memory)
		want   string // "" is no reason at all
		up     bool
	}{
		"country":     {graph.Person, func(m *memory) { m.country("x:a", "MNG"); m.country("x:b", "MNG") }, "both of MNG", true},
		"countries":   {graph.Person, func(m *memory) { m.country("x:a", "MNG"); m.country("x:b", "CHL") }, "one of MNG, the other of CHL", false},
		"one country": {graph.Person, func(m *memory) { m.country("x:a", "MNG") }, "", false},
		"type":        {graph.NGO, func(m *memory) { m.actors[len(m.actors)-1].Type = graph.Company }, "ngo and company", false},
		"role":        {graph.Person, func(m *memory) { both(m, "foreign minister", "state:MNG", "state:MNG", "2024", "2025") }, "both foreign minister of MNGland", true},
		"role reworded": {graph.Person, func(m *memory) {
			m.role("x:a", "foreign minister", "state:MNG", false, "2024")
			m.role("x:b", "Minister of Foreign Affairs", "state:MNG", true, "2024")
		}, "both foreign minister of MNGland", true},
		"role later": {graph.Person, func(m *memory) { both(m, "foreign minister", "state:MNG", "state:MNG", "2014", "2024") }, "both foreign minister of MNGland, years apart", true},
		"two bodies": {graph.Person, func(m *memory) { both(m, "president", "state:MNG", "state:CHL", "2024", "2024") }, "one president of MNGland, the other president of CHLland at one time", false},
		"two times":  {graph.Person, func(m *memory) { both(m, "president", "state:MNG", "state:CHL", "2014", "2024") }, "", false},
		"no lead":    {graph.Person, func(m *memory) { both(m, "adviser", "state:MNG", "state:CHL", "2024", "2024") }, "", false},
		"leader of both": {graph.NGO, func(m *memory) {
			m.role("person:c", "director", "x:a", false, "2024")
			m.role("person:c", "director", "x:b", false, "2024")
		}, "person:c is director of both", true},
		"one article":    {graph.Person, func(m *memory) { m.act(1, "x:a", "meet", "state:MNG"); m.act(1, "x:b", "meet", "state:MNG") }, "one article names both", false},
		"three articles": {graph.Person, func(m *memory) { m.act(3, "x:a", "meet", "state:MNG"); m.act(3, "x:b", "meet", "state:MNG") }, "3 articles name both", false},
		"act":            {graph.Person, func(m *memory) { m.act(1, "x:a", "meet", "x:b") }, "one acts on the other", false},
	} {
		t.Run(name, func(t *testing.T) {
			score := func(change func(*memory)) queries.Candidate {
				m := suspects(tc.of, "Batkhuyag Sukhbor", "Batkhuiag Sukhbor")
				change(m)
				list, err := queries.Candidates(m, queries.CandidateOptions{})
				if err != nil || len(list) != 1 {
					t.Fatalf("%v, %v", list, err)
				}
				return list[0]
			}
			before, after := score(func(*memory) {}), score(tc.change)
			if tc.want == "" {
				if after.Score != before.Score {
					t.Errorf("%v became %v: %v", before.Score, after.Score, after.Reasons)
				}
				return
			}
			for _, r := range after.Reasons {
				if r.Text == tc.want && r.Bits > 0 == tc.up && after.Score > before.Score == tc.up {
					return
				}
			}
			t.Errorf("%v became %v, no %q: %v", before.Score, after.Score, tc.want, after.Reasons)
		})
	}
}

// TestCandidateOptions wants what is asked for, in order, and nothing of two
// actors that the dictionary tells apart.
func TestCandidateOptions(t *testing.T) {
	m := &memory{}
	for i, name := range []string{"Ivan Dubrovets", "Ivan Dubrovetz", "Gela Tsereteli", "Gela Tseretely", "Arid Lands Front", "The Arid Lands Front"} {
		of, country := graph.Person, "UKR"
		if i >= 2 {
			country = "GEO"
		}
		if i >= 4 {
			of = graph.NGO
		}
		m.addActor(graph.Actor{ID: graph.ActorID(fmt.Sprintf("x:%d", i)), Name: name, Type: of, Country: country, Mentions: []string{name}})
	}
	m.act(1, "x:3", "meet", "state:MNG")
	ids := func(o queries.CandidateOptions) (list []string) {
		t.Helper()
		found, err := queries.Candidates(m, o)
		if err != nil {
			t.Fatal(err)
		}
		last := 1.0
		for _, c := range found {
			if c.Score > last || c.Score < o.Min {
				t.Errorf("%v after %v, min %v", c.Score, last, o.Min)
			}
			last = c.Score
			list = append(list, string(c.A.ID)+" "+string(c.B.ID))
		}
		return list
	}
	known := []queries.KnownActor{{ID: "x:1", Type: graph.Person, Names: []string{"Ivan Dubrovetz"}}}
	for _, tc := range []struct {
		o    queries.CandidateOptions
		want int
		one  string // among them
	}{
		{queries.CandidateOptions{Min: 0.5}, 3, "x:0 x:1"},
		{queries.CandidateOptions{Min: 0.5}, 3, "x:3 x:2"}, // x:3 is named by an article
		{queries.CandidateOptions{Min: 0.5, Known: known}, 3, "x:1 x:0"},
		{queries.CandidateOptions{Min: 0.5, Type: graph.NGO}, 1, "x:4 x:5"},
		{queries.CandidateOptions{Min: 0.5, Country: "UKR"}, 1, "x:0 x:1"},
		{queries.CandidateOptions{Min: 0.5, Limit: 2}, 2, ""},
		{queries.CandidateOptions{Min: 1}, 0, ""},
		{queries.CandidateOptions{Min: 0.5, Known: append(known, queries.KnownActor{ID: "x:0", Type: graph.Person, Names: []string{"Ivan Dubrovets"}})}, 2, ""},
	} {
		got := ids(tc.o)
		if len(got) != tc.want || tc.one != "" && !slices.Contains(got, tc.one) {
			t.Errorf("%+v: %v, want %d with %q", tc.o, got, tc.want, tc.one)
		}
	}
}

// TestKnownRolesAndNames wants the dictionary's names and offices as evidence.
func TestKnownRolesAndNames(t *testing.T) {
	m := suspects(graph.Person, "Batkhuyag", "Sukhbor Oyun")
	m.role("x:b", "foreign minister", "state:MNG", false, "2024-04-04")
	list, err := queries.Candidates(m, queries.CandidateOptions{Min: 0.9, Known: []queries.KnownActor{{ID: "x:a", Type: graph.Person,
		Names: []string{"Batkhuyag", "Sukhbor Oyun-Erdene"},
		Roles: []queries.KnownRole{{Role: "foreign minister", Org: "state:MNG", From: "2023", Until: "2025"}}}}})
	if err != nil || len(list) != 1 || !list[0].A.Known || list[0].B.Known {
		t.Fatalf("%+v, %v", list, err)
	}
}

func TestCandidatesPassOnErrors(t *testing.T) {
	m := suspects(graph.Person, "Batkhuyag Sukhbor", "Batkhuiag Sukhbor")
	m.broken = errors.New("disk on fire")
	if list, err := queries.Candidates(m, queries.CandidateOptions{}); !errors.Is(err, m.broken) {
		t.Errorf("%v, %v", list, err)
	}
}
