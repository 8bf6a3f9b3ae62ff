package store

import (
	"bytes"
	"maps"
	"reflect"
	"slices"
	"testing"

	"entente/graph"
)

func TestValueBytes(t *testing.T) {
	for _, c := range []struct {
		value any
		want  string
	}{
		{totals{2, map[string]int{"e": 3, "a": 1}}, `{"sentences":2,"rows":{"a":1,"e":3}}`},
		{graph.Judgement{Seq: 258, Kind: graph.JudgeMerge, Actors: []graph.ActorID{"x:A", "x:B"}, Who: "ana", When: "2024-04-04T12:00:00Z", Why: "one <man>"},
			`{"seq":258,"kind":"merge","actors":["x:A","x:B"],"who":"ana","when":"2024-04-04T12:00:00Z","why":"one <man>"}`},
		{articleRow{graph.Article{ID: "a1", Published: "2024-04-04", Title: "<R&D>", Body: "x"}, 1, 2, 3, 4, true},
			`{"id":"a1","published":"2024-04-04","title":"<R&D>","text":"x","sentences":1,"actors":2,"events":3,"affiliations":4,"compared":true}`},
		{actorRow{graph.Actor{ID: "state:FRA", Name: "France", Type: graph.State, Country: "FRA", Mentions: []string{"France", "Paris"}}, 7,
			map[string]int{"France": 7}, map[graph.ActorType]int{"state": 6}, map[string]int{"FRA": 5}, []int{7, 2}},
			`{"id":"state:FRA","name":"France","type":"state","country":"FRA","mentions":["France","Paris"],"articles":7,"names":{"France":7},"types":{"state":6},"countries":{"FRA":5},"uses":[7,2]}`},
	} {
		got, err := encode(c.value)
		if err != nil || string(got) != c.want {
			t.Errorf("encode = %s, %v\nwant     %s", got, err, c.want)
		}
		back := reflect.New(reflect.TypeOf(c.value))
		if err := decode(back.Interface())(got); err != nil || !reflect.DeepEqual(back.Elem().Interface(), c.value) {
			t.Errorf("%s reads as %+v, %v", got, back.Elem(), err)
		}
	}
	if got := encodeCount(258); string(got) != "\x00\x00\x00\x00\x00\x00\x01\x02" {
		t.Errorf("encodeCount(258) = %x", got)
	}
	var n uint64
	if err := decodeCount(&n)([]byte{1}); err == nil {
		t.Error("a count of one byte reads without an error")
	}
}

func TestBinaryValues(t *testing.T) {
	a := act{{1, 300}, {symmetricKind | 3, 1}}
	if got := a.encode(); string(got) != "\x01\xac\x02\x83\x01" {
		t.Errorf("act: %x", got)
	}
	var back act
	if err := decodeAct(&back)(a.encode()); err != nil || !reflect.DeepEqual(back, a) || a.kind() != symmetricKind|3 {
		t.Errorf("act reads as %v, %v, kind %x", back, err, a.kind())
	}
	parts := []graph.TiePart{{Category: "AID", Status: graph.Asserted, Quad: 2, Events: 2, Records: 300},
		{Category: "MEET", Status: graph.Planned, Quad: 1, Symmetric: true, Events: 1, Records: 1}}
	if got := encodeParts(parts); string(got) != "\x03AID\x00\x02\x02\xac\x02\x04MEET\x02\x81\x01\x01" {
		t.Errorf("parts: %q", got)
	}
	var again []graph.TiePart
	if err := decodeParts(&again, map[string]string{})(encodeParts(parts)); err != nil || !reflect.DeepEqual(again, parts) {
		t.Errorf("parts read as %v, %v", again, err)
	}
	for n := range encodeParts(parts) {
		cut := encodeParts(parts)[:n]
		if err := decodeParts(&again, map[string]string{})(cut); err == nil && !bytes.Equal(encodeParts(again), cut) {
			t.Errorf("%q reads as %v", cut, again)
		}
	}
}

func TestActorRowDoesNotDependOnOrder(t *testing.T) {
	said := []graph.Actor{
		{ID: "x", Name: "Burma", Type: "", Country: "", Mentions: []string{"Burma"}},
		{ID: "x", Name: "", Type: graph.State, Country: "MMR", Mentions: []string{"Yangon", "Burma"}},
		{ID: "x", Name: "Myanmar", Type: graph.Government, Country: "MMX", Mentions: nil},
	}
	want := actorRow{graph.Actor{ID: "x", Name: "Burma", Type: graph.Government, Country: "MMR", Mentions: []string{"Burma", "Yangon"}}, 3,
		map[string]int{"Burma": 1, "Myanmar": 1}, map[graph.ActorType]int{graph.State: 1, graph.Government: 1}, map[string]int{"MMR": 1, "MMX": 1}, []int{2, 1}}
	for _, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		row := actorRow{Actor: graph.Actor{ID: "x"}}
		for _, i := range order {
			row.add(said[i])
		}
		if !reflect.DeepEqual(row, want) {
			t.Errorf("order %v: %+v, want %+v", order, row, want)
		}
		if !row.remove(said[2]) || !row.remove(said[0]) {
			t.Errorf("order %v: %+v does not know what was said", order, row)
		}
		left := actorRow{Actor: graph.Actor{ID: "x"}}
		left.add(said[1])
		if got, _ := encode(row); string(got) != string(must(encode(left))) {
			t.Errorf("order %v: %s is left, want %s", order, got, must(encode(left)))
		}
		if !row.remove(said[1]) || row.Articles != 0 || row.Mentions != nil || row.remove(said[1]) {
			t.Errorf("order %v: %+v is left of nothing", order, row)
		}
	}
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

func TestNameRows(t *testing.T) {
	a := graph.Actor{ID: "i", Name: "The Group (of) Seven", Mentions: []string{"G7", "g7", "'s"}}
	got := nameRows(a)
	want := map[string][]string{
		"ngroup (of) seven\x00\x01\x00i": {"The Group (of) Seven"},
		"ng7\x00\x01\x00i":               {"G7", "g7"},
		"ngroup\x00\x01\x01i":            {"The Group (of) Seven"},
		"nof\x00\x01\x01i":               {"The Group (of) Seven"},
		"nseven\x00\x01\x01i":            {"The Group (of) Seven"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("rows %q, want %q", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
	}
}
