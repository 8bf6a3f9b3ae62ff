package eval

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadGoldErrors(t *testing.T) {
	north, err := os.ReadFile("testdata/gold/north.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, want string }{
		{`"id": "north",`, `"id": "north",,`, "x.json:2: not JSON: invalid character ','"},
		{`"id": "north",`, ``, `x.json:1: no "id"`},
		{`"id": "north"`, `"id": ""`, "x.json:1: id is empty"},
		{`"id": "north"`, `"id": 7`, "x.json:2: id: 7 is not a string"},
		{`"2031-05-02"`, `"2031-13-02"`, `x.json:4: published: "2031-13-02" is not a date`},
		{`"actors": [`, `"actors": 5, "was": [`, "x.json:7: actors: 5 is not a list"},
		{`"id": "a2"`, `"id": "a1"`, `x.json:9: actors[1]: id "a1" is taken`},
		{`"type": "person"`, `"type": "persn"`, `x.json:8: actors[0]: type "persn" is none of`},
		{`"Northaven"], "core": false`, `"Northaven"], "core": "no"`, `x.json:10: actors[2].core: "no" is neither true nor false`},
		{`["Norland", "Northaven"]`, `["Norland", null]`, `x.json:10: actors[2].names[1]: null is not a string`},
		{`"source": "a1"`, `"source": "a9"`, `x.json:13: relations[0]: source: no actor has the id "a9"`},
		{`"attributed_to": "a1"`, `"attributed_to": "a9"`, `x.json:15: relations[2]: attributed_to: no actor`},
		{`["share"]`, `[]`, "x.json:15: relations[2]: predicates: want at least one"},
		{`["AID"]`, `["Aid"]`, `x.json:15: relations[2]: plover: "Aid" is not in capitals`},
		{`["AID"]`, `[]`, "x.json:15: relations[2]: plover: want at least one"},
		{`"status": "asserted"`, `"status": "sure"`, `x.json:13: relations[0]: status "sure" is none of`},
		{`"role": "president", `, ``, `x.json:18: affiliations[0]: no "role"`},
		{`"org": "a3"`, `"org": "France"`, `x.json:18: affiliations[0]: org: no actor has the id "France"`},
		{"Monday", "Mon\xffday", "x.json:6: not UTF-8"},
	} {
		text := strings.Replace(string(north), c.old, c.new, 1)
		if text == string(north) {
			t.Fatalf("%q is not in the article", c.old)
		}
		_, err := parseGold("x.json", []byte(text))
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s -> %s: error %v, want %s...", c.old, c.new, err, c.want)
		}
	}
}

func TestReadGoldFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a[b]*")
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadGold(dir); err == nil || !strings.Contains(err.Error(), "no gold files") {
		t.Errorf("empty folder: error %v", err)
	}
	if _, err := ReadGold(filepath.Join(dir, "nowhere")); !os.IsNotExist(unwrapAll(err)) {
		t.Errorf("missing folder: error %v", err)
	}
	article := []byte(`{"id": "a", "text": "", "actors": [], "relations": []}`)
	write := func(name string) {
		if err := os.WriteFile(filepath.Join(dir, name), article, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("one.json")
	write(".hidden.json")
	write("notes.txt")
	if golds, err := ReadGold(dir); err != nil || len(golds) != 1 {
		t.Errorf("%d articles and error %v, want one article", len(golds), err)
	}
	write("two.json")
	if _, err := ReadGold(dir); err == nil || !strings.Contains(err.Error(), `two.json:1: id "a" is taken by `) {
		t.Errorf("id twice: error %v", err)
	}
}

func unwrapAll(err error) error {
	for {
		u, ok := err.(interface{ Unwrap() error })
		if !ok {
			return err
		}
		err = u.Unwrap()
	}
}

func TestReadPredictions(t *testing.T) {
	const bom = "\ufeff"
	for _, c := range []struct{ in, want string }{
		{`{"article":"a","actor":"France"}` + "\n\n" + `{"article":"a"}`, `p:3: neither a relation`},
		{`{"article":"a","actor":{"name":"France"}`, "p:1: not JSON: unexpected end"},
		{bom + `{}`, "p:1: not JSON: "},
		{`[]`, "p:1: [] is not an object"},
		{`{"actor":{"name":"France"}}`, `p:1: no "article"`},
		{`{"article":5,"actor":{"name":"France"}}`, `p:1: article: 5 is not a string`},
		{`{"article":"a","actor":[1]}`, `p:1: actor: [1] is not an object`},
		{`{"article":"a","actor":{"mentions":"France"}}`, `p:1: actor.mentions: "France" is not a list`},
		{`{"article":"a","source":"A","predicate":"meet"}`, `p:1: no "target"`},
		{`{"article":"a","source":{"name":1},"predicate":"meet","target":"B"}`, `p:1: source.name: 1 is not a string`},
		{`{"article":"a","affiliation":{"person":"A","org":"B"}}`, `p:1: affiliation: no "role"`},
		{`{"article":"a","actor":{"name":"` + "\xff" + `"}}`, "p:1: not UTF-8"},
		{`{"article":"a","actor":"A"} {}`, "p:1: not JSON: invalid character '{' after top-level value"},
	} {
		_, err := ReadPredictions(strings.NewReader(c.in), "p")
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %s...", c.in, err, c.want)
		}
	}

	in := `{"article":"a","actor":{"name":"A","mention":"B","mentions":["C"],"type":"state"}}` + "\r\n" +
		`{"export":1,"format":3,"totals":{}}` + "\n" + `{"document":{"id":"a"}}` + "\n" + `{"row":{"type":"j"}}` + "\n" + `{"lines":3,"sha256":"00"}` +
		"  \t\n" + `{"article":"a","document":"no matter","source":"A","predicate":"call_on","target":{"mention":"B"},"plover":null,"span":[0,9]}`
	got, err := ReadPredictions(strings.NewReader(in), "p")
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].Actor == nil || strings.Join(got[0].Actor.Names, "") != "ABC" || got[0].Actor.Type != "state" {
		t.Fatalf("read %+v", got)
	}
	r := got[1].Relation
	if r == nil || r.Source.Names[0] != "A" || strings.Join(r.Target.Names, "") != "B" || r.Predicate != "call_on" || r.Category != "" {
		t.Errorf("read %+v", r)
	}
}

func FuzzReadPredictions(f *testing.F) {
	data, err := os.ReadFile("testdata/predictions.jsonl")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(data))
	f.Add(`{"article":"a","actor":{"name":"A","name":null}}`)
	f.Fuzz(func(t *testing.T, in string) {
		got, err := ReadPredictions(strings.NewReader(in), "p")
		if err != nil && !strings.HasPrefix(err.Error(), "p:") {
			t.Errorf("error %q has no place", err)
		}
		for _, p := range got {
			kinds := 0
			for _, is := range []bool{p.Actor != nil, p.Relation != nil, p.Affiliation != nil} {
				if is {
					kinds++
				}
			}
			if err == nil && kinds != 1 {
				t.Errorf("%+v is of %d kinds", p, kinds)
			}
		}
	})
}

func FuzzParseGold(f *testing.F) {
	for _, name := range []string{"north", "south"} {
		data, err := os.ReadFile("testdata/gold/" + name + ".json")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		g, err := parseGold("g", in)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "g:") {
				t.Errorf("error %q has no place", err)
			}
			return
		}
		Score([]*Gold{g}, nil) // what is read can be scored
	})
}
