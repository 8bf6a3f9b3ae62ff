package queries_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"entente/graph"
	"entente/queries"
)

func TestSays(t *testing.T) {
	m := variedWorld(4, 5, 500)
	type pair struct{ speaker, about graph.ActorID }
	want := map[pair]map[graph.Identity]bool{}
	for _, e := range m.events {
		if e.AttributedTo == nil || e.Status != graph.Asserted {
			continue
		}
		for _, about := range []graph.ActorID{e.Source.ID, e.Target.ID} {
			k := pair{e.AttributedTo.ID, about}
			if want[k] == nil {
				want[k] = map[graph.Identity]bool{}
			}
			want[k][e.Identity()] = true
		}
	}
	ask := func(o queries.SaysOptions) map[pair]int {
		o.Limit = -1
		got, err := queries.Says(m, o)
		check(t, err)
		found := map[pair]int{}
		for _, p := range got.Pairs {
			found[pair{p.Speaker.ID, p.About.ID}] = p.Events
			if p.Evidence == nil || p.AsSource+p.AsTarget < p.Events || p.Evidence.AttributedTo.ID != p.Speaker.ID {
				t.Errorf("%+v", p)
			}
		}
		if got.Total != len(found) || got.Events == 0 {
			t.Errorf("%d pairs of %d, %d events", len(found), got.Total, got.Events)
		}
		return found
	}
	all := ask(queries.SaysOptions{})
	of := ask(queries.SaysOptions{Speaker: "state:002"})
	about := ask(queries.SaysOptions{About: "state:003"})
	often := ask(queries.SaysOptions{Filter: queries.Filter{MinEvents: 8}})
	for k, events := range want {
		for what, c := range map[string]struct {
			found map[pair]int
			in    bool
		}{"all": {all, true}, "a speaker": {of, k.speaker == "state:002"}, "about": {about, k.about == "state:003"}, "often": {often, len(events) >= 8}} {
			if n, ok := c.found[k]; ok != c.in || ok && n != len(events) {
				t.Errorf("%s: %v has %d events (%v), want %d (%v)", what, k, n, ok, len(events), c.in)
			}
		}
	}
	if len(all) != len(want) {
		t.Errorf("%d pairs, want %d", len(all), len(want))
	}
}

// Neighbors finds whom a walk over all ties finds, by the same number of hops.
func TestNeighbors(t *testing.T) {
	for seed := range int64(10) {
		m := randomWorld(seed, 25, 22)
		from := m.events[0].Source.ID
		hops := map[graph.ActorID]int{from: 0}
		for hop := 1; hop <= 3; hop++ {
			for _, e := range m.events {
				for _, s := range [][2]graph.ActorID{{e.Source.ID, e.Target.ID}, {e.Target.ID, e.Source.ID}} {
					if h, ok := hops[s[0]]; ok && h == hop-1 {
						if _, ok := hops[s[1]]; !ok {
							hops[s[1]] = hop
						}
					}
				}
			}
		}
		got, err := queries.Neighbors(m, from, queries.NeighborOptions{Hops: 3, Breadth: -1})
		check(t, err)
		if len(got.Neighbors) != len(hops)-1 || got.Passed != 0 {
			t.Errorf("seed %d: %d neighbours, want %d", seed, len(got.Neighbors), len(hops)-1)
		}
		for _, n := range got.Neighbors {
			if hops[n.Actor.ID] != n.Hop || hops[n.Via.ID] != n.Hop-1 {
				t.Errorf("seed %d: %s is at hop %d via %s, want %d", seed, n.Actor.ID, n.Hop, n.Via.ID, hops[n.Actor.ID])
			}
			for via, h := range hops { // no stronger tie
				if h != n.Hop-1 {
					continue
				}
				d, err := queries.Between(m, via, n.Actor.ID, queries.Options{})
				check(t, err)
				if d.Events > n.Events || d.Events == n.Events && d.Mentions > n.Mentions {
					t.Errorf("seed %d: %s has a stronger tie with %s than with %s", seed, n.Actor.ID, via, n.Via.ID)
				}
			}
		}
		narrow, err := queries.Neighbors(m, from, queries.NeighborOptions{Hops: 2, Breadth: 1})
		check(t, err)
		if narrow.Passed != narrow.ByHop[0]-1 {
			t.Errorf("seed %d: beyond %d of %d not looked", seed, narrow.Passed, narrow.ByHop[0])
		}
	}
}

func TestArticleCards(t *testing.T) {
	m := world()
	for i, text := range []string{"One text.", "Another text.", "One text again."} {
		m.articles = append(m.articles, graph.Article{ID: []string{"a0", "a0", "c"}[i], Publisher: []string{"Post", "Times", "Wire"}[i],
			Published: graph.Date([]string{"2024-04-02", "2024-04-01", "2024-04-03"}[i]), Title: "A title", Body: text})
	}
	original, second, again := m.articles[0].Key(), m.articles[1].Key(), m.articles[2].Key()
	m.originals = map[string]string{again: original}
	var got []string
	for _, typed := range []string{"a0", again, strings.ToUpper(again), "none"} {
		cards, err := queries.ArticleCards(m, typed, queries.ArticleOptions{})
		if errors.Is(err, graph.ErrNotFound) {
			got = append(got, typed)
			continue
		}
		check(t, err)
		for _, c := range cards {
			line := fmt.Sprint(c.Key, " ", len(c.Events) > 0, len(c.Copies))
			if c.Original != nil {
				line += " of " + c.Original.Key
			}
			for _, r := range c.Copies {
				line += " copy " + r.Key + " " + r.Publisher
			}
			got = append(got, line)
		}
	}
	want := []string{second + " true 0", original + " true 1 copy " + again + " Wire", again + " false 0 of " + original, strings.ToUpper(again), "none"}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	m.broken = errors.New("broken")
	if _, err := queries.ArticleCards(m, "a0", queries.ArticleOptions{}); !errors.Is(err, m.broken) {
		t.Errorf("got %v", err)
	}
}
