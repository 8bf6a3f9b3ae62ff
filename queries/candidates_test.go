package queries_test

import (
	"bufio"
	"fmt"
	"os"
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
		known = append(known, queries.KnownActor{ID: e.ID, Type: e.Type, Names: append([]string{e.Name}, e.Also...)})
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
	if q.pairs < 50 || q.precision < 0.90 || q.recall < 0.85 || q.inBand < 0.80 {
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
