package ftm_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"entente/graph"
	"entente/graph/encoding"
	"entente/graph/encoding/encodingtest"
	"entente/graph/encoding/ftm"
)

var update = flag.Bool("update", false, "write the golden file anew")

type entity struct {
	ID, Schema string
	Properties map[string][]string
}

// one returns the first value of a property, or "".
func (e entity) one(property string) string {
	if values := e.Properties[property]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// readable is the form that FollowTheMoney demands of an id.
var readable = regexp.MustCompile(`^[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?$`)

// entities reads a file, and refuses ids that are used twice or lead nowhere.
func entities(b []byte) (list []entity, err error) {
	ids := map[string]bool{}
	for line := range strings.Lines(string(b)) {
		var e entity
		dec := json.NewDecoder(strings.NewReader(line))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&e); err != nil {
			return nil, err
		}
		if !readable.MatchString(e.ID) || ids[e.ID] {
			return nil, fmt.Errorf("id %q is ill-formed or not the only one", e.ID)
		}
		ids[e.ID] = true
		list = append(list, e)
	}
	for _, e := range list {
		for _, property := range []string{"subject", "object", "proof"} {
			if id := e.one(property); id == "" && e.Schema == "UnknownLink" || id != "" && !ids[id] {
				return nil, fmt.Errorf("%s of %s: no entity %q", property, e.ID, id)
			}
		}
	}
	return list, nil
}

func read(b []byte) (encodingtest.Parsed, error) {
	p := encodingtest.Parsed{Names: map[graph.ActorID]string{}}
	list, err := entities(b)
	own := map[string]graph.ActorID{}
	for _, e := range list {
		switch e.Schema {
		case "Article":
		case "UnknownLink":
			role, _, _ := strings.Cut(e.one("role"), " (")
			p.Edges = append(p.Edges, encodingtest.Edge{Source: own[e.one("subject")], Target: own[e.one("object")], Predicate: role, Events: 1})
		default:
			id := graph.ActorID(e.one("notes"))
			own[e.ID], p.Names[id] = id, e.one("name")
			if e.one("name") == string(id) { // it has none
				p.Names[id] = ""
			}
		}
	}
	return p, err
}

func TestContract(t *testing.T) {
	encodingtest.Run(t, encodingtest.Format{Write: ftm.Write, Read: read, Facts: true, Name: encoding.Line})
}

func TestGolden(t *testing.T) {
	encodingtest.GoldenFile(t, *update, "sample.ftm.json", written(t, encodingtest.Sample()))
}

func TestFactsThatAreNotAssertedSaySo(t *testing.T) {
	roles := map[string]string{}
	for _, e := range sample(t, encodingtest.Sample()) {
		if e.Schema == "UnknownLink" {
			roles[e.one("role")] = e.one("status")
		}
	}
	for role, want := range map[string]string{"condemn": "asserted", "attack (negated)": "negated", "send_arms (planned)": "planned", "protest_against (possible)": "possible"} {
		if roles[role] != want {
			t.Errorf("role %q has status %q, want %q; roles: %v", role, roles[role], want, roles)
		}
	}
}

func TestSchemasAndCountries(t *testing.T) {
	want := map[graph.ActorType]string{graph.Person: "Person", graph.State: "PublicBody", graph.IGO: "Organization", graph.Company: "Company", graph.Bloc: "LegalEntity", "new": "LegalEntity"}
	for kind, schema := range want {
		g := encodingtest.Of([]graph.Actor{{ID: "x:y", Name: "Y", Type: kind, Country: "DEU"}}, nil)
		if e := sample(t, g)[0]; e.Schema != schema || e.one("country") != "de" {
			t.Errorf("a %s is a %s of %q, want a %s of \"de\"", kind, e.Schema, e.one("country"), schema)
		}
	}
	for code, want := range map[string]string{"AFG": "af", "AND": "ad", "PRK": "kp", "XKX": "xk", "ZWE": "zw", "SUN": "", "": ""} {
		g := encodingtest.Of([]graph.Actor{{ID: "x:y", Name: "Y", Country: code}}, nil)
		if got := sample(t, g)[0].one("country"); got != want {
			t.Errorf("country %q is %q, want %q", code, got, want)
		}
	}
}

func TestIDs(t *testing.T) {
	ids := []graph.ActorID{"person:a-b", "person:a:b", "person:a b", "person-a:b", "armed-group:b", "armed:group-b", "person:é", "person:a-", "person", ""}
	seen := map[string]graph.ActorID{}
	for _, id := range ids {
		e := sample(t, encodingtest.Of([]graph.Actor{{ID: id, Name: "n"}}, nil))[0]
		if other, ok := seen[e.ID]; ok {
			t.Errorf("%q and %q are both %s", id, other, e.ID)
		}
		seen[e.ID] = id
	}
	if seen["person-a-b"] != "person:a-b" || seen["armed-group-b"] != "armed-group:b" {
		t.Errorf("a plain id is not kept: %v", seen)
	}
}

func TestFactHasItsArticle(t *testing.T) {
	list := sample(t, encodingtest.Sample())
	i := slices.IndexFunc(list, func(e entity) bool { return e.one("role") == "condemn" })
	e := list[i]
	for property, want := range map[string]string{"date": "2024-04-04", "sourceUrl": "https://example.org/a1?x=1&y=%222%22", "summary": "Macron condemned Russia.",
		"publisher": "Example Post", "subject": "person-emmanuel-macron", "object": "state-RUS"} {
		if e.one(property) != want {
			t.Errorf("%s is %q, want %q", property, e.one(property), want)
		}
	}
	if "fact-"+e.one("recordId") != e.ID {
		t.Errorf("recordId %q of %s", e.one("recordId"), e.ID)
	}
	a := list[slices.IndexFunc(list, func(a entity) bool { return a.ID == e.one("proof") })]
	if a.Schema != "Article" || a.one("title") != "Macron & <Russia>" || a.one("publishedAt") != "2024-04-04" {
		t.Errorf("proof is %v", a)
	}
}

func sample(t *testing.T, g *encoding.Graph) []entity {
	t.Helper()
	list, err := entities(written(t, g))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func written(t *testing.T, g *encoding.Graph) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := ftm.Write(&b, g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
