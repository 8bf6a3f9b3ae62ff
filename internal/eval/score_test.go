package eval

import (
	"slices"
	"testing"

	"entente/graph"
)

func northGold(t *testing.T) *Gold {
	t.Helper()
	golds, err := ReadGold("testdata/gold")
	if err != nil {
		t.Fatal(err)
	}
	if len(golds) != 2 || golds[0].Article.ID != "north" || golds[1].Article.ID != "south" {
		t.Fatalf("read %d articles, want north and south", len(golds))
	}
	return golds[0]
}

func actor(names ...string) Actor { return Actor{Names: names} }

func rel(source, predicate, target, category, status string) Prediction {
	return Prediction{Article: "north", Relation: &Relation{actor(source), actor("x", target), predicate, category, status}}
}

func who(actorType string, names ...string) Prediction {
	return Prediction{Article: "north", Actor: &Actor{Names: names, Type: actorType}}
}

func role(person, role, org string) Prediction {
	return Prediction{Article: "north", Affiliation: &Affiliation{actor(person), actor(org), role}}
}

// counts are the numbers a case looks at; the rest of the score follows.
type counts struct{ right, predicted, found, core int }

func (p PRF) counts() counts { return counts{p.Right, p.Predicted, p.Found, p.Core} }

func TestScore(t *testing.T) {
	gold := northGold(t)
	const asserted, planned = "asserted", "planned"
	none, noActors, noRole := counts{0, 0, 0, 2}, counts{0, 0, 0, 2}, counts{0, 0, 0, 1}
	for _, c := range []struct {
		name                   string
		predictions            []Prediction
		actors                 counts
		level1, level2, level3 counts
		affiliations           counts
		status, types          [2]int // right, of
	}{
		{"all of it, in other letters", []Prediction{
			rel("BRUCKNER", "Condemn", "The Citadel’s", "accuse", asserted),
			rel("NORTHAVEN", "call_for", "Sudonia's", "CONSULT", planned),
			who("person", "", "Ada Bru\u0308ckner"), who("state", "x", "the Citadel"),
			role("Brückner", "Norland president", "Norland"),
		}, counts{2, 2, 2, 2}, counts{2, 2, 2, 2}, counts{2, 2, 2, 2}, counts{2, 2, 2, 2}, counts{1, 1, 1, 1}, [2]int{2, 2}, [2]int{2, 2}},

		{"nothing", nil, noActors, none, none, none, noRole, [2]int{}, [2]int{}},

		{"wrong direction", []Prediction{rel("Sudonia", "condemn", "Brückner", "ACCUSE", asserted)},
			noActors, counts{0, 1, 0, 2}, counts{0, 1, 0, 2}, counts{0, 1, 0, 2}, noRole, [2]int{}, [2]int{}},

		{"symmetric in both directions is one, no status is asserted", []Prediction{
			rel("Sudonia", "talk", "Norland", "CONSULT", ""), rel("Norland", "talk", "Sudonia", "CONSULT", asserted),
		}, noActors, counts{1, 1, 1, 2}, counts{1, 1, 1, 2}, counts{1, 1, 1, 2}, noRole, [2]int{0, 1}, [2]int{}},

		{"one right status of two is enough", []Prediction{
			rel("Sudonia", "talk", "Norland", "CONSULT", asserted), rel("Norland", "talk", "Sudonia", "CONSULT", planned),
		}, noActors, counts{1, 1, 1, 2}, counts{1, 1, 1, 2}, counts{1, 1, 1, 2}, noRole, [2]int{1, 1}, [2]int{}},

		{"one-way turned round meets the symmetric one at level 1 only", []Prediction{rel("Sudonia", "share", "Norland", "AID", asserted)},
			noActors, counts{1, 1, 1, 2}, counts{0, 1, 0, 2}, counts{0, 1, 0, 2}, noRole, [2]int{}, [2]int{}},

		{"non-core is right, but finds nothing", []Prediction{rel("Norland", "share", "Sudonia", "AID", planned)},
			noActors, counts{1, 1, 1, 2}, counts{1, 1, 0, 2}, counts{1, 1, 0, 2}, noRole, [2]int{1, 1}, [2]int{}},

		{"one tuple twice, two lemmas", []Prediction{
			rel("Brückner", "praise", "Sudonia", "SUPPORT", asserted), rel("Brückner", "condemn", "Sudonia", "SUPPORT", asserted),
		}, noActors, counts{1, 1, 1, 2}, counts{0, 1, 0, 2}, counts{1, 2, 1, 2}, noRole, [2]int{}, [2]int{}},

		{"unknown actor", []Prediction{
			rel("Nobody", "condemn", "Sudonia", "ACCUSE", asserted), who("person", "Nobody"), who("state", "nobody's"),
		}, counts{0, 1, 0, 2}, counts{0, 1, 0, 2}, counts{0, 1, 0, 2}, counts{0, 1, 0, 2}, noRole, [2]int{}, [2]int{}},

		{"non-core actor, wrong and then right type", []Prediction{who("person", "Norland"), who("state", "Northaven"), who("igo", "Sudonia")},
			counts{2, 2, 1, 2}, none, none, none, noRole, [2]int{}, [2]int{1, 2}},

		{"names of two actors in one", []Prediction{who("state", "Norland", "Sudonia")},
			counts{2, 2, 1, 2}, none, none, none, noRole, [2]int{}, [2]int{2, 2}},

		{"category missing", []Prediction{rel("Brückner", "condemn", "Sudonia", "", asserted)},
			noActors, counts{1, 1, 1, 2}, counts{0, 1, 0, 2}, counts{1, 1, 1, 2}, noRole, [2]int{}, [2]int{}},

		{"roles", []Prediction{
			role("Brückner", "queen", "Norland"), role("Brückner", "", "Norland"),
			role("Brückner", "president", "Sudonia"), role("Ada Brückner", "acting_President", "Northaven"),
		}, noActors, none, none, none, counts{1, 4, 1, 1}, [2]int{}, [2]int{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := Score([]*Gold{gold}, c.predictions)
			for _, m := range []struct {
				name      string
				got, want counts
			}{
				{"actors", r.Actors.counts(), c.actors},
				{"level 1", r.Level1.counts(), c.level1},
				{"level 2", r.Level2.counts(), c.level2},
				{"level 3", r.Level3.counts(), c.level3},
				{"affiliations", r.Affiliations.counts(), c.affiliations},
			} {
				if m.got != m.want {
					t.Errorf("%s: right, predicted, found, core = %v, want %v", m.name, m.got, m.want)
				}
			}
			if got := [2]int{r.Status.Right, r.Status.Of}; got != c.status {
				t.Errorf("status %v, want %v", got, c.status)
			}
			if got := [2]int{r.ActorType.Right, r.ActorType.Of}; got != c.types {
				t.Errorf("actor type %v, want %v", got, c.types)
			}
			slices.Reverse(c.predictions)
			if again := Score([]*Gold{gold}, c.predictions); again.Scores != r.Scores || again.Status != r.Status || again.ActorType != r.ActorType {
				t.Errorf("the order of predictions changes the score:\n%+v\n%+v", r.Scores, again.Scores)
			}
		})
	}
}

func TestScoreLeavesOutUnknownArticles(t *testing.T) {
	p := who("state", "Sudonia")
	p.Article = "elsewhere"
	r := Score([]*Gold{northGold(t)}, []Prediction{p, who("state", "Sudonia")})
	if r.Unknown != 1 || r.Actors.Predicted != 1 {
		t.Errorf("%d unknown and %d predicted actors, want 1 and 1", r.Unknown, r.Actors.Predicted)
	}
}

func TestRates(t *testing.T) {
	for _, c := range []struct {
		right, predicted, found, core int
		p, r, f1                      Rate
	}{
		{0, 0, 0, 0, 0, 0, 0},
		{1, 1, 1, 1, 1, 1, 1},
		{2, 3, 1, 3, 0.6667, 0.3333, 0.4444},
		{1, 32, 3, 32, 0.0312, 0.0938, 0.0469}, // 0.03125 and 0.09375 are halves: to the even digit
	} {
		got := prf(c.right, c.predicted, c.found, c.core)
		if got.Precision != c.p || got.Recall != c.r || got.F1 != c.f1 {
			t.Errorf("prf%v = %v %v %v, want %v %v %v", []int{c.right, c.predicted, c.found, c.core},
				got.Precision, got.Recall, got.F1, c.p, c.r, c.f1)
		}
	}
}

func TestNormalName(t *testing.T) {
	for in, want := range map[string]string{
		"The  European\u00a0Union": "european union",
		"Côte d’Ivoire’s":          "cote d'ivoire",
		"“the Kremlin,”":           "kremlin",
		"the":                      "the",
		"The Hague's":              "hague",
		"STRAẞE":                   "strasse",
		"\x1cSøren\x1fE.":          "søren e.",
		"'s":                       "s",
		"ﬁnland":                   "finland",
		"":                         "",
	} {
		if got := normalName(in); got != want {
			t.Errorf("normalName(%q) = %q, want %q", in, got, want)
		}
	}
	if got := normalLemma(" Call-for\u2003_It "); got != "call for it" {
		t.Errorf("normalLemma: %q", got)
	}
}

// What a record says has to score as its line format does.
func TestFromRecord(t *testing.T) {
	rec := graph.Record{
		Article: graph.Article{ID: "north"},
		Actors:  []graph.Actor{{Name: "Sudonia", Type: graph.State, Mentions: []string{"the Citadel"}}},
		Events: []graph.Event{{
			Source:    graph.ActorRef{Name: "A. Brückner", Mention: "Brückner"},
			Predicate: "condemn", Category: "ACCUSE", Status: graph.Asserted,
			Target: graph.ActorRef{Name: "Sudonia", Mention: "it"},
		}},
		Affiliations: []graph.Affiliation{{
			Person: graph.NameRef{Name: "Ada Brückner"}, Role: "president", Org: graph.NameRef{Name: "Norland"},
		}},
	}
	r := Score([]*Gold{northGold(t)}, FromRecord(rec))
	if r.Actors.Right != 1 || r.ActorType.Right != 1 || r.Level2.Right != 1 || r.Level3.Right != 1 || r.Status.Right != 1 || r.Affiliations.Right != 1 || r.Unknown != 0 {
		t.Errorf("score of a right record: %+v", r)
	}
}
