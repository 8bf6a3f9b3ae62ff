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

// twoCliques are A, B, C and D, E, F, friends within and tied by C and D alone,
// with G beyond F.
func twoCliques() *memory {
	m := &memory{}
	for _, id := range []graph.ActorID{"state:A", "state:B", "state:C", "state:D", "state:E", "state:F", "state:G", "state:Z"} {
		m.addActor(graph.Actor{ID: id, Name: strings.TrimPrefix(string(id), "state:"), Type: graph.State, Country: "XX" + string(id[6:])})
	}
	for _, tie := range []string{"AB", "BC", "AC", "DE", "EF", "DF"} {
		m.act(2, graph.ActorID("state:"+tie[:1]), "aid", graph.ActorID("state:"+tie[1:]))
	}
	m.act(3, "state:C", "attack", "state:D")
	m.act(1, "state:F", "aid", "state:G")
	return m
}

func names(members []queries.Member) string {
	var list []string
	for _, m := range members {
		list = append(list, m.Actor.Name)
	}
	return strings.Join(list, " ")
}

func TestCommunities(t *testing.T) {
	got, err := queries.FindCommunities(twoCliques(), queries.CommunityOptions{})
	check(t, err)
	if got.Total != 2 || got.Actors != 7 || got.Alone != 1 || got.Resolution != 1 {
		t.Fatalf("%+v", got)
	}
	first, second := got.Communities[0], got.Communities[1]
	if names(first.Members) != "F D E G" || names(second.Members) != "A B C" {
		t.Errorf("%s; %s", names(first.Members), names(second.Members))
	}
	if first.Inside != 7 || first.Outside != 3 || first.Members[0].Events != 5 || first.Strongest.Events != 2 || first.Strongest.Relation.Evidence == nil {
		t.Errorf("%+v", first)
	}
	cut, err := queries.FindCommunities(twoCliques(), queries.CommunityOptions{Limit: 1, Members: 2})
	check(t, err)
	if len(cut.Communities) != 1 || cut.Total != 2 || names(cut.Communities[0].Members) != "F D" || cut.Communities[0].Size != 4 {
		t.Errorf("%+v", cut)
	}
}

func TestComponents(t *testing.T) {
	m := twoCliques()
	m.act(1, "state:H", "aid", "state:I")
	m.act(1, "state:I", "aid", "state:H")
	got, err := queries.FindComponents(m, queries.ComponentOptions{})
	check(t, err)
	if got.Total != 2 || got.Single != 0 || got.Alone != 1 || names(got.Components[0].Members) != "C D F A B E G" || names(got.Components[1].Members) != "state:H state:I" {
		t.Errorf("%+v", got)
	}
	var bridges []string
	for _, b := range got.Bridges {
		bridges = append(bridges, b.From.Name+b.To.Name)
	}
	if !slices.Equal(bridges, []string{"CD", "FG", "state:Hstate:I"}) || got.BridgeTotal != 3 || got.Bridges[0].Side != 3 {
		t.Errorf("bridges %v", bridges)
	}
	points := ""
	for _, p := range got.Points {
		points += fmt.Sprintf("%s %d ", p.Actor.Name, p.CutOff)
	}
	if points != "D 3 C 2 F 1 " {
		t.Errorf("points %s", points)
	}
	strong, err := queries.FindComponents(m, queries.ComponentOptions{Strong: true})
	check(t, err)
	if strong.Total != 1 || strong.Single != 7 || strong.Components[0].Number != 1 || names(strong.Components[0].Members) != "state:H state:I" {
		t.Errorf("%+v", strong)
	}
}

func TestWithout(t *testing.T) {
	got, err := queries.Without(twoCliques(), []graph.ActorID{"state:D", "state:F"}, queries.Filter{}, 0)
	check(t, err)
	var cut []queries.Member
	for _, c := range got.CutOff {
		cut = append(cut, c.Member)
	}
	if got.Actors != 7 || got.Before != (queries.Extent{Components: 1, Largest: 7}) || got.After != (queries.Extent{Components: 3, Largest: 3}) || names(cut) != "E G" {
		t.Errorf("%+v, cut off %s", got, names(cut))
	}
	if tie := got.CutOff[0].Tie; tie == nil || tie.To.Name != "D" || tie.Events != 2 {
		t.Errorf("%+v", tie)
	}
}

func TestSimilarActors(t *testing.T) {
	m := twoCliques()
	m.act(4, "state:Z", "aid", "state:E")
	got, err := queries.FindSimilar(m, "state:D", queries.SimilarOptions{By: queries.ByJaccard})
	check(t, err)
	// D deals with C, E, F; F with D, E, G; of the two each with the other.
	for _, s := range got.Similar {
		if s.Actor.Name != "Z" {
			continue
		}
		if s.Common != 1 || s.Score != 0.333333333 || s.Partners[0].Name != "E" || s.Ties[0].Events != 2 || s.Ties[1].Events != 4 {
			t.Errorf("%+v", s)
		}
	}
	if got.Total != len(got.Similar) || got.Similar[0].Score < got.Similar[1].Score {
		t.Errorf("%+v", got)
	}
	source, err := queries.FindSimilar(m, "state:A", queries.SimilarOptions{By: queries.ByCosine, As: queries.AsSource})
	check(t, err)
	if source.Total != 1 || source.Similar[0].Actor.Name != "B" || source.Similar[0].Ties[1].From.Name != "B" {
		t.Errorf("%+v", source)
	}
	target, err := queries.FindSimilar(m, "state:C", queries.SimilarOptions{As: queries.AsTarget})
	check(t, err)
	if target.Total != 1 || target.Similar[0].Actor.Name != "B" || target.Similar[0].Ties[0].To.Name != "C" {
		t.Errorf("%+v", target)
	}
	if _, err := queries.FindSimilar(m, "state:D", queries.SimilarOptions{By: "looks"}); err == nil {
		t.Error("likeness by looks is taken")
	}
}

func TestReciprocity(t *testing.T) {
	m := &memory{}
	m.act(5, "state:A", "aid", "state:B")
	m.act(2, "state:B", "condemn", "state:A")
	m.act(3, "state:A", "meet", "state:C")
	m.act(1, "state:D", "condemn", "state:C")
	got, err := queries.Reciprocity(m, nil, queries.Filter{}, 0)
	check(t, err)
	// Ordered pairs: AB, BA, AC, CA answered, DC not. Events 5+2+3+3+1, answered 2+2+3+3.
	if got.Pairs != 0.8 || got.Events != 0.714286 || got.Total != 3 {
		t.Errorf("%+v", got)
	}
	ab, dc, ac := got.Ties[0], got.Ties[1], got.Ties[2]
	if ab.There != 5 || ab.Back != 2 || ab.Evidence.Predicate != "aid" || dc.A.ID != "state:D" || ac.Symmetric != 3 || ac.There != 3 {
		t.Errorf("%+v", got.Ties)
	}
	pair, err := queries.Reciprocity(m, []graph.ActorID{"state:B", "state:A"}, queries.Filter{}, 0)
	check(t, err)
	if pair.Total != 1 || pair.Ties[0].A.ID != "state:A" || pair.Pairs != 1 || pair.Actors[0].ID != "state:B" {
		t.Errorf("%+v", pair)
	}
}

func TestBrokers(t *testing.T) {
	m := twoCliques()
	m.act(1, "state:A", "meet", "state:E") // direct: needs no broker
	a, e := queries.Bloc{Actors: []graph.ActorID{"state:A", "state:B"}}, queries.Bloc{Countries: []string{"xxe"}}
	got, err := queries.FindBrokers(m, a, e, queries.Filter{}, 0)
	check(t, err)
	if got.Direct != 1 || got.Pairs != 2 || got.Total != 2 || len(got.A) != 2 || got.B[0].Name != "E" {
		t.Fatalf("%+v", got)
	}
	c, d := got.Brokers[0], got.Brokers[1]
	if c.Actor.Name != "C" || c.Score != 2 || c.Share != 1 || c.WithA.To.Name != "A" || c.WithB != nil || d.Actor.Name != "D" || d.WithB.To.Name != "E" || d.WithA != nil {
		t.Errorf("%+v", got.Brokers)
	}
	if _, err := queries.FindBrokers(m, a, a, queries.Filter{}, 0); !errors.Is(err, queries.ErrSameSide) {
		t.Errorf("%v", err)
	}
}

func TestBalance(t *testing.T) {
	m := twoCliques() // two camps, nothing strained
	got, err := queries.FindBalance(m, queries.BalanceOptions{})
	check(t, err)
	if got.Positive != 7 || got.Negative != 1 || got.Balanced != 1 || got.Frustrated != 0 || got.Signed != 8 || got.PartTotal != 1 || got.StrainedTotal != 0 {
		t.Fatalf("%+v", got)
	}
	camps := got.Parts[0].Camps
	if got.Parts[0].Size != 7 || names(camps[0].Members) != "C A B" || names(camps[1].Members) != "D F E G" {
		t.Errorf("%+v", camps)
	}
	m.act(4, "state:A", "condemn", "state:B") // AB becomes negative
	got, err = queries.FindBalance(m, queries.BalanceOptions{})
	check(t, err)
	if got.Frustrated != 1 || got.Total != 1 || !slices.Equal(got.Triads, []int{1, 1, 0, 0}) || got.Balanced != 0.5 {
		t.Fatalf("%+v", got)
	}
	triad := got.Unbalanced[0]
	if triad.Negative != 1 || triad.Strength != 2 || triad.Actors[2].Name != "C" || triad.Ties[0].Conflict != 4 || triad.Ties[0].Cooperation != 2 ||
		triad.Ties[0].Relation.Predicate != "condemn" || triad.Ties[1].Relation.Predicate != "aid" || triad.Ties[0].Relation.Evidence == nil {
		t.Errorf("%+v", triad)
	}
	if s := got.Strained; len(s) != 1 || s[0].A.Name > "C" || s[0].B.Name > "C" {
		t.Errorf("%+v", s)
	}
}

// With filters, least numbers too, every tie that is shown has its evidence.
func TestNetworkFilters(t *testing.T) {
	m := variedWorld(2, 12, 1200)
	f := queries.Filter{MinEvents: 2, Quads: []int{1, 2, 3}, Since: "2023"}
	balance, err := queries.FindBalance(m, queries.BalanceOptions{Filter: f})
	check(t, err)
	communities, err := queries.FindCommunities(m, queries.CommunityOptions{Filter: f, Weighted: true})
	check(t, err)
	if balance.Total == 0 || communities.Total < 2 {
		t.Fatalf("%+v %+v", balance, communities)
	}
	for _, triad := range balance.Unbalanced {
		for _, tie := range triad.Ties {
			if tie.Relation.Evidence == nil || tie.Cooperation+tie.Conflict < 2 || (tie.Relation.Quad <= 2) != (tie.Cooperation > tie.Conflict) {
				t.Errorf("%+v", tie)
			}
		}
	}
	if _, err := queries.FindComponents(m, queries.ComponentOptions{Filter: f}); err != nil {
		t.Error(err)
	}
}
