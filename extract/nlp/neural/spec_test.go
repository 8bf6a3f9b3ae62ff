package neural

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWhatIsSeenOfAWord(t *testing.T) {
	for _, c := range []struct{ word, want string }{
		{"Macron", "macron ma ron Xxx"},
		{"NATO", "nato na ato XX"},
		{"U.S.", "u.s. u. .s. X.X."},
		{"2024", "0000 00 000 dd"},
		{"n’t", "n't n' n't x'x"},
		{"al", "al al al xx"},
		{"É", "é é é X"},
		{"—", "- - - *"},
		{"", "   "},
		{"McDonald's", "mcdonald's mc d's XxXxx'x"},
	} {
		key := Key(c.word)
		prefix, suffix := Affixes(key)
		shape := Shape(c.word)
		if got := fmt.Sprintf("%s %s %s %s", key, prefix, suffix, shape); got != c.want {
			t.Errorf("%q: got %q, want %q", c.word, got, c.want)
		}
	}
}

func TestGrams(t *testing.T) {
	const buckets = 1 << 20
	of := func(key string) []int32 { return appendGrams(nil, key, buckets) }
	// "<ab>": <ab, <ab>, ab>.
	if got := of("ab"); len(got) != 3 {
		t.Errorf("ab has %d sequences, want 3", len(got))
	}
	common := 0
	for _, g := range of("minister") {
		if slices.Contains(of("ministry"), g) {
			common++
		}
	}
	// Of "<minist": five of three letters, four of four, three of five.
	if common != 12 {
		t.Errorf("minister and ministry have %d sequences in common, want 12", common)
	}
	if n := len(of(strings.Repeat("x", 100_000))); n > 6*maxRunes+6 {
		t.Errorf("a very long word has %d sequences", n)
	}
}

func FuzzCell(f *testing.F) {
	f.Add("Russia’s")
	f.Add("\xff\x00")
	x := NewIndex(&Forms{}, 64)
	f.Fuzz(func(t *testing.T, word string) {
		c := x.Cell(word, nil)
		for _, g := range c.Grams {
			if g < 0 || g >= 64 {
				t.Fatalf("bucket %d", g)
			}
		}
		if s := Shape(word); len(s) > 8 || !utf8.ValidString(s) {
			t.Fatalf("shape %q", s)
		}
	})
}
