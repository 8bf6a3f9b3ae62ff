package queries_test

import (
	"errors"
	"strings"
	"testing"

	"entente/graph"
	"entente/queries"
)

func TestFindActor(t *testing.T) {
	m := world()
	for typed, want := range map[string]graph.ActorID{
		"person:emmanuel-macron": "person:emmanuel-macron",
		"STATE:rus":              "state:RUS",
		" state:RUS ":            "state:RUS",
		"macron":                 "person:emmanuel-macron", // though the Macron government has an event too
		"Macron’s":               "person:emmanuel-macron",
		"emmanuel mac":           "person:emmanuel-macron",
		"Macron Emmanuel":        "person:emmanuel-macron",
		"macron gov":             "government:macron-government",
		"french president":       "person:emmanuel-macron",
		"french pres":            "person:emmanuel-macron",
		"french pres ":           "person:emmanuel-macron",
		"french presi":           "person:emmanuel-macron",
		"fr president":           "",          // only the last word may be cut short
		"russia":                 "state:RUS", // not the Russian Ministry of Defence
		"ministry of def":        "government:rus-mod",
		"sebastien lecornu":      "person:sebastien-lecornu",
		"LECORNU":                "person:sebastien-lecornu",
		"guinea":                 "state:GIN", // its name in full
		"equatorial":             "state:GNQ",
		"kyiv":                   "state:UKR",
		"the alliance":           "igo:NATO",
		"alliance":               "igo:NATO",
		"Russian":                "state:RUS",
		"North   Korea":          "state:PRK",
	} {
		got, err := queries.FindActor(m, typed)
		if (err == nil) != (want != "") || got.ID != want {
			t.Errorf("%q: got %q, %v; want %s", typed, got.ID, err, want)
		}
		if err == nil && got.Mentions == nil {
			t.Errorf("%q: mentions are null", typed)
		}
	}
}

func TestFindActorAmbiguous(t *testing.T) {
	m := world()
	for typed, want := range map[string]string{
		"korea":  `"korea" may mean South Korea (state:KOR), North Korea (state:PRK): type more of the name, or the id`,
		"Moscow": `"Moscow" may mean Russia (state:RUS), Russian Ministry of Defence (government:rus-mod): type more of the name, or the id`,
	} {
		if typed == "korea" {
			m.act(1, "state:KOR", "meet", "state:UKR") // one event more than the North
		}
		_, err := queries.FindActor(m, typed)
		var ambiguous *queries.AmbiguousError
		if !errors.As(err, &ambiguous) || len(ambiguous.Candidates) != 2 || ambiguous.Typed != typed {
			t.Errorf("%q: got %v, want an AmbiguousError of two", typed, err)
			continue
		}
		if err.Error() != want {
			t.Errorf("got  %s\nwant %s", err, want)
		}
	}
	// Five times the events are a clear lead, less is none.
	m.act(7, "state:KOR", "aid", "state:UKR")
	m.act(1, "state:PRK", "attack", "state:UKR")
	if _, err := queries.FindActor(m, "korea"); err == nil {
		t.Error("9 events against 2 decide")
	}
	m.act(1, "state:KOR", "attack", "state:UKR")
	if a, err := queries.FindActor(m, "korea"); err != nil || a.ID != "state:KOR" {
		t.Errorf("10 events against 2: got %q, %v", a.ID, err)
	}
}

func TestAmbiguousErrorIsOneLine(t *testing.T) {
	err := &queries.AmbiguousError{Typed: "a\nb"}
	for range 7 {
		err.Candidates = append(err.Candidates, graph.Actor{ID: "person:x", Name: "X\n\x1b[31m\u202eY"})
	}
	got := err.Error()
	if strings.ContainsAny(got, "\n\x1b\u202e") || !strings.Contains(got, "X [31mY (person:x)") || !strings.Contains(got, "or 2 more") {
		t.Errorf("got %q", got)
	}
}

func TestFindActorUnknown(t *testing.T) {
	m := world()
	for typed, want := range map[string]string{
		"Ukriane":      `no actor goes by "Ukriane": did you mean Ukraine (state:UKR)?`,
		"Mr Macron":    `no actor goes by "Mr Macron": did you mean Emmanuel Macron (person:emmanuel-macron), Macron government (government:macron-government)?`,
		"Zzyzx":        `no actor goes by "Zzyzx", nor by a similar name`,
		"":             `no actor goes by "", nor by a similar name`,
		"?!":           `no actor goes by "?!", nor by a similar name`,
		"state:XXX":    `no actor goes by "state:XXX", nor by a similar name`,
		"Luxembourg's": `no actor goes by "Luxembourg's", nor by a similar name`,
	} {
		_, err := queries.FindActor(m, typed)
		var unknown *queries.UnknownError
		if !errors.As(err, &unknown) || !errors.Is(err, graph.ErrNotFound) {
			t.Errorf("%q: got %v, want an UnknownError", typed, err)
			continue
		}
		if err.Error() != want {
			t.Errorf("got  %s\nwant %s", err, want)
		}
	}
	_, err := queries.FindActor(m, "Macrn")
	var unknown *queries.UnknownError
	if !errors.As(err, &unknown) || len(unknown.Suggestions) == 0 || !strings.Contains(err.Error(), "Emmanuel Macron") {
		t.Errorf("Macrn: got %v, want Emmanuel Macron among the suggestions", err)
	}
}
