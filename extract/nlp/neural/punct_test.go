package neural

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestAttachPunctuation(t *testing.T) {
	for _, c := range []struct{ in, want string }{ // word/head; marks have any head before
		// Final marks hang from the root, a comma from the unit that it sets apart.
		{"On/2 Friday/5 ,/1 he/5 left/0 ./1", "2 5 2 5 0 5"},
		// Before a conjunct, to the conjunct.
		{"Paris/0 ,/1 Rome/1 and/5 Bonn/1 met/1", "0 3 1 5 1 1"},
		// Pairs to the highest word between them.
		{"She/2 said/0 “/2 they/5 will/2 go/5 ”/2 ./2", "2 0 5 5 2 5 5 2"},
		{"Iran/5 (/1 Tehran/1 )/5 won/0", "5 3 1 3 0"},
		// What hung from a mark hangs from its head.
		{"no/2 ,/3 stop/0 ./3", "3 1 0 3"},
		// A mark as root is left.
		{"?/0 !/1", "0 1"},
	} {
		var words []string
		var punct []bool
		var heads []int
		for _, f := range strings.Fields(c.in) {
			var h int
			w, number, _ := strings.Cut(f, "/")
			fmt.Sscan(number, &h)
			words, heads = append(words, w), append(heads, h)
			punct = append(punct, strings.ContainsAny(w, ",.()“”?!"))
		}
		AttachPunctuation(words, punct, heads)
		if got := strings.Trim(fmt.Sprint(heads), "[]"); got != c.want {
			t.Errorf("%s: got %s, want %s", c.in, got, c.want)
		}
	}
}

func TestAttachPunctuationKeepsTrees(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	marks := []string{"(", ")", ",", ".", "“", "”", "\"", "a", "b", "c", "d"}
	for range 20000 {
		n := 1 + rng.IntN(12)
		words, punct, scores, heads := make([]string, n), make([]bool, n), make([]float32, n*(n+1)), make([]int, n)
		for i := range words {
			words[i] = marks[rng.IntN(len(marks))]
			punct[i] = words[i] < "a" || words[i] > "d"
		}
		for i := range scores {
			scores[i] = rng.Float32()
		}
		Tree(n, scores, heads)
		before := slices.Clone(heads)
		AttachPunctuation(words, punct, heads)
		if !isTree(heads) {
			t.Fatalf("%v: %v became %v, which is no tree", words, before, heads)
		}
		for i, h := range heads {
			if h > 0 && punct[h-1] && !punct[slices.Index(heads, 0)] {
				t.Fatalf("%v: %v became %v: word %d hangs from a mark", words, before, heads, i+1)
			}
		}
	}
}
