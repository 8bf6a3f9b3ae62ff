package neural

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"testing"
)

// chance returns a small model whose weights mean nothing.
func chance(t testing.TB) *Model {
	t.Helper()
	w, err := NewWeights(&Spec{
		Widths: Widths{Word: 16, Suffix: 16, Prefix: 16, Shape: 16, Gram: 16, Buckets: 64},
		Layers: 2, Hidden: 16,
		Morph: 16, Name: 16, Arc: 16, Relation: 16,
		Forms: Forms{
			Words: []string{"", "the", "war"}, Suffixes: []string{"", "the"}, Prefixes: []string{"", "th"}, Shapes: []string{"", "xx"},
		},
		Labels: Labels{
			Tags: []string{"NOUN NN", "DET DT", "VERB VB"}, Feats: []string{"_", "Number=Sing"}, Relations: []string{"root", "nsubj", "obj"},
			Entities: []string{"O", "B-LOC", "I-LOC", "B-PER", "I-PER"}, Hints: []string{"place", "person"},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for _, tensor := range w.Tensors() {
		for i := range tensor.Data {
			tensor.Data[i] = float32(rng.NormFloat64())
		}
	}
	return NewModel(w)
}

// valid reports the first broken promise of Analyse.
func valid(t *testing.T, words []string, a Analysis) {
	t.Helper()
	if len(a) != len(words) {
		t.Fatalf("%d words, %d answers", len(words), len(a))
	}
	heads := make([]int, len(a))
	last := "O"
	for i, tok := range a {
		if tok.UPOS == "" || tok.XPOS == "" || tok.Feats == "" || tok.Deprel == "" {
			t.Fatalf("word %d: %+v", i+1, tok)
		}
		if (tok.Head == 0) != (tok.Deprel == "root") {
			t.Fatalf("word %d has head %d and relation %s", i+1, tok.Head, tok.Deprel)
		}
		if e := tok.Entity; strings.HasPrefix(e, "I-") && (last == "O" || last[2:] != e[2:]) {
			t.Fatalf("word %d: %s after %s", i+1, e, last)
		}
		last = tok.Entity
		heads[i] = tok.Head
	}
	if len(a) > 0 && !isTree(heads) {
		t.Fatalf("%v is no tree", heads)
	}
}

// one analyses a single sentence.
func one(m *Model, words []string) Analysis { return m.Analyse([]Sentence{{Words: words}})[0] }

func words(n int) []string {
	list := []string{"The", "war", "in", "Darfur", "", "\xff", "’s", "war", "x"}
	out := make([]string, n)
	for i := range out {
		out[i] = list[i*i%len(list)]
	}
	return out
}

func TestAnyWordsGiveATree(t *testing.T) {
	m := chance(t)
	// Falling lengths too: memory of a longer sentence is used again.
	for _, n := range []int{0, 1, 2, 3, 7, 30, 5, 90, 30, Window, Window + 1, 3*Window + 7, 1} {
		in := words(n)
		valid(t, in, one(m, in))
	}
}

// TestNeighboursDoNotMatter: a sentence is read alike alone and beside others.
// Names depend on what came before, so here nothing is capitalised.
func TestNeighboursDoNotMatter(t *testing.T) {
	m := chance(t)
	var document []Sentence
	for _, n := range []int{3, 40, 1, 0, 17, 300, 5, 5, 2, 80, 9, 23, 4, 4, 6} {
		in := words(n)
		for i := range in {
			in[i] = strings.ToLower(in[i])
		}
		for range 4 {
			document = append(document, Sentence{Words: in})
		}
	}
	for i, got := range m.Analyse(document) {
		if want := one(m, document[i].Words); !reflect.DeepEqual(got, want) {
			t.Fatalf("sentence %d of %d words: another answer in the document than alone", i, len(want))
		}
	}
}

func TestHintsAndEarlierNamesCount(t *testing.T) {
	m := chance(t)
	clear(m.weights.Hints.Data)
	clear(m.weights.Names.Matrix.Data)
	clear(m.weights.Names.Bias)
	// Hint "person" and having been a person both speak for B-PER, all else for O.
	person := m.weights.Hints.Row(int32(len(m.Spec().Hints) + 1)) // of the word itself
	earlier := m.weights.Hints.Row(int32(3*len(m.Spec().Hints) + 1))
	for _, row := range [][]float32{person, earlier} {
		row[0] = 1000
	}
	m.weights.Names.Matrix.Data[m.weights.Names.Matrix.At(0, 3)] = 1
	m.weights.Names.Bias[0] = 500
	in := []string{"The", "War", "war"}
	got := m.Analyse([]Sentence{{Words: in}, {Words: in, Hints: []uint32{0, 2, 0}}, {Words: in}, {Words: in[:1], Hints: []uint32{1}}})
	for i, want := range []string{"O O O", "O B-PER O", "O B-PER O", "O"} {
		var names []string
		for _, tok := range got[i] {
			names = append(names, tok.Entity)
		}
		if s := strings.Join(names, " "); s != want {
			t.Errorf("sentence %d: got %s, want %s", i+1, s, want)
		}
	}
	if again := one(m, in); again[1].Entity != "O" {
		t.Errorf("a new document: got %s, want O", again[1].Entity)
	}
}

func FuzzAnalyse(f *testing.F) {
	m := chance(f)
	f.Add("The war in Sudan 's Darfur")
	f.Fuzz(func(t *testing.T, text string) {
		in := strings.Split(text, " ")
		valid(t, in, one(m, in))
	})
}

func TestModelIsSharedByGoroutines(t *testing.T) {
	m := chance(t)
	var inputs [][]string
	var want []Analysis
	for n := 1; n < 40; n += 3 {
		inputs = append(inputs, words(n))
		want = append(want, one(m, words(n)))
	}
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range inputs {
				i = (i + g) % len(inputs)
				if got := one(m, inputs[i]); !reflect.DeepEqual(got, want[i]) {
					t.Errorf("%d words: another answer", len(inputs[i]))
				}
			}
		})
	}
	wg.Wait()
}

func TestAllocationsDoNotGrowWithTheSentence(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector, which runs with -short, empties pools at random")
	}
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	in := strings.Fields("The minister met the envoy in Paris on Friday and said that the talks had failed .")
	if n := testing.AllocsPerRun(50, func() { one(m, in) }); n > 8 {
		t.Errorf("%.0f allocations for %d words seen before", n, len(in))
	}
}

func TestModelFile(t *testing.T) {
	m := chance(t)
	var b bytes.Buffer
	if err := Encode(&b, m.weights); err != nil {
		t.Fatal(err)
	}
	file := b.Bytes()
	weights, err := DecodeWeights(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	back := NewModel(weights)
	if !reflect.DeepEqual(back.Spec(), m.Spec()) {
		t.Errorf("spec: got %+v, want %+v", back.Spec(), m.Spec())
	}
	for i, want := range m.weights.Tensors() {
		got := back.weights.Tensors()[i]
		var top float32
		for _, v := range want.Data {
			top = max(top, abs(v))
		}
		for j, v := range want.Data {
			if d := abs(got.Data[j] - v); d > top/127/2*1.001 || want.Kind == KindBias && d != 0 {
				t.Fatalf("%s, element %d: %g became %g", want.Name, j, v, got.Data[j])
			}
		}
	}
	// What was rounded once does not change again.
	b.Reset()
	if err := Encode(&b, back.weights); err != nil {
		t.Fatal(err)
	}
	again, err := Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	in := words(40)
	if !reflect.DeepEqual(one(back, in), one(again, in)) {
		t.Error("a model written again answers otherwise")
	}
}

func TestDamagedModelFiles(t *testing.T) {
	var b bytes.Buffer
	if err := Encode(&b, chance(t).weights); err != nil {
		t.Fatal(err)
	}
	file := b.Bytes()
	flipped := bytes.Clone(file)
	flipped[len(flipped)/2] ^= 1
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, `does not begin with "entente1"`},
		{"magic only", file[:8], "cut short"},
		{"cut", file[:len(file)-100], "checksum"},
		{"one bit", flipped, "checksum"},
	} {
		if _, err := Decode(bytes.NewReader(c.data)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}

func TestSpecsThatAreRefused(t *testing.T) {
	for _, c := range []struct {
		change func(*Spec)
		want   string
	}{
		{func(s *Spec) { s.Hidden = 17 }, "a width of 17"},
		{func(s *Spec) { s.Layers = 0 }, "0 layers"},
		{func(s *Spec) { s.Words = nil }, "an empty list"},
		{func(s *Spec) { s.Relations = []string{"nsubj", "obj"} }, `is "nsubj": want root`},
		{func(s *Spec) { s.Tags = []string{"NOUN"} }, `tag "NOUN"`},
		{func(s *Spec) { s.Entities = []string{"O", "I-PER", "B-PER"} }, "entity label 1"},
	} {
		spec := *chance(t).Spec()
		c.change(&spec)
		if _, err := NewWeights(&spec); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
}

func TestEmbeddedModel(t *testing.T) {
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ in, want string }{ // word/tag/head:relation/name
		{"President Emmanuel Macron condemned Russia 's aggressive tone .",
			"President/NNP/2:nmod:desc/O Emmanuel/NNP/4:nsubj/B-PER Macron/NNP/2:flat/I-PER condemned/VBD/0:root/O " +
				"Russia/NNP/8:nmod:poss/B-LOC 's/POS/5:case/O aggressive/JJ/8:amod/O tone/NN/4:obj/O ././4:punct/O"},
		{"The attack was claimed by Islamic State .",
			"The/DT/2:det/O attack/NN/4:nsubj:pass/O was/VBD/4:aux:pass/O claimed/VBN/0:root/O by/IN/7:case/O " +
				"Islamic/NNP/7:amod/B-ORG State/NNP/4:obl:agent/I-ORG ././4:punct/O"},
	} {
		in := strings.Fields(c.in)
		a := one(m, in)
		valid(t, in, a)
		for i, want := range strings.Fields(c.want) {
			if got := fmt.Sprintf("%s/%s/%d:%s/%s", in[i], a[i].XPOS, a[i].Head, a[i].Deprel, a[i].Entity); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		}
	}
}

func BenchmarkAnalyse(b *testing.B) {
	m, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	in := strings.Fields("On Thursday President Emmanuel Macron condemned Russia 's aggressive tone after talks between " +
		"French and Russian defence ministers , who had not spoken since October .")
	b.ReportAllocs()
	for b.Loop() {
		one(m, in)
	}
	b.ReportMetric(float64(len(in)*b.N)/b.Elapsed().Seconds(), "words/s")
}
