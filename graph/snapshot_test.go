package graph_test

import (
	"bytes"
	"reflect"
	"testing"

	"entente/graph"
	"entente/internal/netgen"
)

func TestEncodeNetwork(t *testing.T) {
	for seed := range uint64(200) {
		n := int(seed % 12)
		g := netgen.Build(n, netgen.Random(n, int(seed%40), seed))
		var b bytes.Buffer
		if err := graph.EncodeNetwork(&b, g); err != nil {
			t.Fatal(err)
		}
		back, err := graph.DecodeNetwork(b.String())
		if err != nil {
			t.Fatal(err)
		}
		if back.Len() != g.Len() || !sameRows(back.Out(), g.Out()) || !sameRows(back.Both(), g.Both()) || !sameRows(back.In(), g.In()) {
			t.Fatalf("seed %d: %v, want %v", seed, back.Out(), g.Out())
		}
		for node := range uint32(g.Len()) {
			want := g.Actor(node)
			want.Mentions = nil
			if got := back.Actor(node); !reflect.DeepEqual(got, want) {
				t.Fatalf("seed %d: actor %v, want %v", seed, got, want)
			}
		}
		for cut := range b.Len() {
			if _, err := graph.DecodeNetwork(b.String()[:cut]); err == nil {
				t.Fatalf("seed %d: cut to %d of %d bytes it is still read", seed, cut, b.Len())
			}
		}
	}
}

func sameRows(a, b *graph.Rows) bool {
	for _, p := range [][2][]uint32{{a.To, b.To}, {a.Weight, b.Weight}, {a.Cooperative, b.Cooperative}, {a.Conflictual, b.Conflictual}} {
		if len(p[0])+len(p[1]) > 0 && !reflect.DeepEqual(p[0], p[1]) {
			return false
		}
	}
	return reflect.DeepEqual(a.Off, b.Off)
}

func TestTied(t *testing.T) {
	for seed := range uint64(200) {
		n := int(seed%12) + 1
		g := netgen.Build(n, netgen.Random(n, int(seed%10), seed))
		tied := g.Tied()
		edges := 0
		if tied.Out().Signed() != g.Out().Signed() {
			t.Fatalf("seed %d: the signs are lost", seed)
		}
		for node := range uint32(tied.Len()) {
			if len(tied.Both().Row(node)) == 0 {
				t.Fatalf("seed %d: %s has no edge", seed, tied.ActorID(node))
			}
			was, _ := g.Lookup(tied.ActorID(node))
			for i, to := range tied.Out().Row(node) {
				then, _ := g.Lookup(tied.ActorID(to))
				at, ok := g.Out().Find(was, then)
				if !ok || g.Out().Weight[at] != tied.Out().Weights(node)[i] {
					t.Fatalf("seed %d: edge %s to %s", seed, tied.ActorID(node), tied.ActorID(to))
				}
				edges++
			}
			if got, want := len(tied.Both().Row(node)), len(g.Both().Row(was)); got != want {
				t.Fatalf("seed %d: %d neighbours, want %d", seed, got, want)
			}
		}
		if edges != g.Pairs() {
			t.Fatalf("seed %d: %d edges, want %d", seed, edges, g.Pairs())
		}
	}
}
