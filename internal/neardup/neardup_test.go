package neardup

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"entente/internal/train/articles"
)

// bases are the bodies of the articles in internal/train/articles.
func bases(t testing.TB) []string {
	t.Helper()
	names, err := fs.Glob(articles.Files, "*.json")
	if err != nil || len(names) < 800 {
		t.Fatalf("%d articles, %v", len(names), err)
	}
	var all []string
	for _, name := range names {
		data, err := fs.ReadFile(articles.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		var a struct{ Text string }
		if err := json.Unmarshal(data, &a); err != nil {
			t.Fatal(err)
		}
		all = append(all, a.Text)
	}
	return all
}

// editor changes words as somebody would who does not care for sense, but keeps
// what an article tells: names, figures and negations, and the ends of sentences.
type editor struct {
	rng   *rand.Rand
	words []string // to put in
}

func newEditor(bases []string) *editor {
	words := strings.Fields(strings.Join(bases[:100], " "))
	return &editor{rand.New(rand.NewPCG(1, 2)), slices.DeleteFunc(words, tells)}
}

func tells(word string) bool {
	return strings.ContainsFunc(word, unicode.IsPunct) || kindOf(word, strings.ToLower(word)) != plain
}

// edit changes a share of the words of a body that it may change: half of them
// are replaced, a quarter left out, and before a quarter another word is put in.
func (e *editor) edit(body string, share float64) string {
	var out []string
	for _, p := range strings.Split(body, "\n\n") {
		var words []string
		for _, w := range strings.Fields(p) {
			other := e.words[e.rng.IntN(len(e.words))]
			switch chance := e.rng.Float64(); {
			case chance >= share || tells(w):
				words = append(words, w)
			case chance < share/2:
				words = append(words, other)
			case chance < share*3/4:
				words = append(words, other, w)
			}
		}
		out = append(out, strings.Join(words, " "))
	}
	return strings.Join(out, "\n\n")
}

// cut keeps the beginning of a body, in whole paragraphs.
func cut(body string, keep float64) string {
	paragraphs := strings.Split(body, "\n\n")
	n := 0
	for i, p := range paragraphs {
		if n += len(p); float64(n) >= keep*float64(len(body)) {
			return strings.Join(paragraphs[:i+1], "\n\n")
		}
	}
	return body
}

// update puts n paragraphs of another article into a body, before paragraph at.
func update(body, other string, at, n int) string {
	return strings.Join(slices.Insert(strings.Split(body, "\n\n"), at, strings.Split(other, "\n\n")[:n]...), "\n\n")
}

// byline is what papers put over a report of an agency.
const byline = "By Our Foreign Staff and Agencies\n\n"

// meet reports whether two texts have a band in common.
func meet(a, b []Band) bool {
	for i := range min(len(a), len(b)) {
		if a[i] == b[i] { // both are in the order of their numbers
			return true
		}
	}
	return false
}

// different reads testdata/different.txt: the kind of each pair, and its texts.
func different(t testing.TB) (kinds []string, pairs [][2]string) {
	t.Helper()
	f, err := os.Open("testdata/different.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	side := 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		switch kind, begins := strings.CutPrefix(line, "== "); {
		case begins:
			kinds, pairs, side = append(kinds, kind), append(pairs, [2]string{}), 0
		case line == "--":
			side = 1
		case len(pairs) > 0:
			pairs[len(pairs)-1][side] += line + "\n"
		}
	}
	if len(pairs) < 10 {
		t.Fatalf("%d pairs", len(pairs))
	}
	return kinds, pairs
}

// TestMeasure makes the table of docs/architecture.md (go test -v) and holds it
// to what it must be at least. A pair counts as found if it has a band in common
// and is alike, which is how the store finds it.
func TestMeasure(t *testing.T) {
	all := bases(t)
	texts, bands := make([]*Text, len(all)), make([][]Band, len(all))
	for i, b := range all {
		texts[i] = Of(b)
		bands[i] = texts[i].Bands()
	}
	e := newEditor(all)
	var right, wrong, copies int
	for _, c := range []struct {
		edits, keep float64
		least       float64 // share found
	}{
		{0, 1, 1}, {0.05, 1, 0.99}, {0.10, 1, 0.96}, {0.20, 1, 0.92}, {0.30, 1, 0.84}, {0.40, 1, 0.67},
		{0, 0.5, 0.99}, {0.05, 0.5, 0.99}, {0.10, 0.5, 0.98}, {0.20, 0.5, 0.95}, {0, 0.3, 0.98},
	} {
		found, met := 0, 0
		for i, b := range all {
			u := Of(byline + e.edit(cut(b, c.keep), c.edits))
			if meet(bands[i], u.Bands()) {
				met++
				if u.CopyOf(texts[i]) {
					found++
				}
			}
		}
		recall := float64(found) / float64(len(all))
		t.Logf("%2.0f %% of the words changed, %3.0f %% of the text kept: %.3f found, %.3f meet in a band", 100*c.edits, 100*c.keep, recall, float64(met)/float64(len(all)))
		if recall < c.least {
			t.Errorf("found %.3f, want at least %.2f", recall, c.least)
		}
		right, copies = right+found, copies+len(all)
	}

	for _, c := range []struct{ at, n int }{{0, 2}, {0, 1}, {3, 1}} {
		took := 0
		for i, b := range all {
			if Of(update(b, all[(i+1)%len(all)], c.at, c.n)).CopyOf(texts[i]) {
				took++
			}
		}
		t.Logf("%d of %d bodies with %d new paragraphs after %d taken for copies", took, len(all), c.n, c.at)
		wrong += took
	}
	var met, took, n int
	for i := range texts {
		for j := range i {
			n++
			if meet(bands[i], bands[j]) {
				met++
				if texts[i].CopyOf(texts[j]) || texts[j].CopyOf(texts[i]) {
					took++
					t.Errorf("two articles are taken for one:\n%.200s\n\n%.200s", all[i], all[j])
				}
			}
		}
	}
	t.Logf("%d of %d pairs of different articles meet in a band, %d are taken for copies", met, n, took)
	wrong += took
	kinds, pairs := different(t)
	for i, p := range pairs {
		// What an update replaces may be a copy of it: it is all there.
		back := Of(p[0]).CopyOf(Of(p[1])) && !strings.HasPrefix(kinds[i], "update")
		if back || Of(p[1]).CopyOf(Of(p[0])) {
			wrong++
			t.Errorf("%s: taken for a copy:\n%.200s", kinds[i], p[1])
		}
		if share := 0.1; !Of(e.edit(p[1], share)).CopyOf(Of(p[1])) {
			t.Errorf("%s: no copy of itself with a tenth of the words changed:\n%.200s", kinds[i], p[1])
		}
	}
	precision := float64(right) / float64(right+wrong)
	t.Logf("precision %.4f, recall %.4f", precision, float64(right)/float64(copies))
	if precision < 0.995 {
		t.Errorf("precision %.4f", precision)
	}
}

// Any text is a copy of itself and lacks nothing of it, and has the same bands
// each time; what it lacks of another lies in it.
func FuzzCopyOf(f *testing.F) {
	f.Add("Peru expelled two diplomats.", "Peru expelled 1,200 men; it's well-known.")
	f.Add(strings.Repeat("word ", 100), "\xff’. -é1.,2")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := Of(a), Of(b)
		if !x.CopyOf(Of(a)) || len(x.Lacks(Of(a))) > 0 {
			t.Errorf("copy of itself %v, lacks %v", x.CopyOf(Of(a)), x.Lacks(Of(a)))
		}
		end := 0
		for _, s := range x.Lacks(y) {
			if s[0] < end || s[1] <= s[0] || s[1] > len(a) {
				t.Fatalf("lacks %v of %d bytes", x.Lacks(y), len(a))
			}
			end = s[1]
		}
		if !slices.Equal(x.Bands(), Of(a).Bands()) || len(x.words) > maxWords {
			t.Errorf("bands %v and %v of %d words", x.Bands(), Of(a).Bands(), len(x.words))
		}
	})
}

func BenchmarkBands(b *testing.B) {
	body := bases(b)[0]
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		Of(body).Bands()
	}
}

func ExampleText_CopyOf() {
	wire := Of("Peru expelled two Bolivian diplomats on Monday and recalled its own envoy from La Paz.")
	fmt.Println(Of("Peru expelled two Bolivian diplomats on Monday, and recalled its own envoy from La Paz").CopyOf(wire))
	fmt.Println(Of("Peru expelled two Chilean diplomats on Monday and recalled its own envoy from Santiago.").CopyOf(wire))
	// Output:
	// true
	// false
}
