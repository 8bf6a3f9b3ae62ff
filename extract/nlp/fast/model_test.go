package fast

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"testing"

	"entente/extract/nlp/neural"
)

// chance returns a small model whose weights mean nothing.
func chance(t testing.TB) *Model {
	t.Helper()
	w, err := NewWeights(&Spec{
		Widths: neural.Widths{Word: 16, Suffix: 16, Prefix: 16, Shape: 16, Gram: 16, Buckets: 64},
		Layers: 3, Hidden: 16,
		Morph: 16, Syntax: 16, State: 32,
		Forms: neural.Forms{
			Words: []string{"", "the", "war"}, Suffixes: []string{"", "the"}, Prefixes: []string{"", "th"}, Shapes: []string{"", "xx"},
		},
		Labels: neural.Labels{
			Tags: []string{"NOUN NN", "DET DT", "VERB VB"}, Feats: []string{"_", "Number=Sing"}, Relations: []string{"root", "nsubj", "obj"},
			Entities: []string{"O", "B-LOC", "I-LOC", "B-PER", "I-PER"}, Hints: []string{"place", "person"},
		},
		Bundles: [][]int{{0, 1}, {0}, {1}},
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

// one analyses a single sentence.
func one(m *Model, words []string) neural.Analysis {
	return m.Analyse([]neural.Sentence{{Words: words}})[0]
}

// valid reports the first broken promise of Analyse.
func valid(t *testing.T, words []string, a neural.Analysis) {
	t.Helper()
	if len(a) != len(words) {
		t.Fatalf("%d words, %d answers", len(words), len(a))
	}
	last, roots := "O", 0
	for i, tok := range a {
		if tok.UPOS == "" || tok.XPOS == "" || tok.Feats == "" || tok.Deprel == "" || tok.Entity == "" {
			t.Fatalf("word %d: %+v", i+1, tok)
		}
		if (tok.Head == 0) != (tok.Deprel == "root") {
			t.Fatalf("word %d has head %d and relation %s", i+1, tok.Head, tok.Deprel)
		}
		if e := tok.Entity; strings.HasPrefix(e, "I-") && (last == "O" || last[2:] != e[2:]) {
			t.Fatalf("word %d: %s after %s", i+1, e, last)
		}
		last = tok.Entity
		if tok.Head == 0 {
			roots++
		}
		steps := 0
		for h := tok.Head; h > 0; h = a[h-1].Head {
			if steps++; h > len(a) || steps > len(a) {
				t.Fatalf("word %d hangs from no root", i+1)
			}
		}
	}
	if len(a) > 0 && roots != 1 {
		t.Fatalf("%d roots", roots)
	}
}

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
	for _, n := range []int{0, 1, 2, 3, 7, 30, 5, 90, 30, neural.Window, neural.Window + 1, 3*neural.Window + 7, 1} {
		in := words(n)
		valid(t, in, one(m, in))
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
	var want []neural.Analysis
	for n := 1; n < 40; n += 3 {
		inputs = append(inputs, words(n))
		want = append(want, one(chance(t), words(n)))
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

func TestAllocationsAreFew(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector, which runs with -short, empties pools at random")
	}
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range newsSentences() {
		document := []neural.Sentence{{Words: in}}
		m.Analyse(document)
		most := 2.0 // the answer
		for _, w := range in {
			if neural.NameKey(w) != "" {
				most += 2 // what it is known by later on
			}
		}
		if n := testing.AllocsPerRun(50, func() { m.Analyse(document) }); n > most {
			t.Errorf("%.0f allocations for %d words seen before, want at most %.0f", n, len(in), most)
		}
	}
}

// Same input, same answer: which words a model has met before, and in what
// company, must not change the last bit.
func TestProductsDoNotDependOnCompany(t *testing.T) {
	m, other := chance(t), chance(t)
	list := []string{"The", "war", "in", "Darfur", "goes", "on", "today"}
	one(m, list)
	for _, word := range list {
		one(other, []string{word})
	}
	if !reflect.DeepEqual(m.forms, other.forms) {
		t.Error("products of words met together and alone differ")
	}
}

func TestWordsThatAreKept(t *testing.T) {
	m := chance(t)
	for i := range maxForms + 10 {
		one(m, []string{fmt.Sprint("word", i)})
	}
	if len(m.forms) != maxForms {
		t.Errorf("%d words are kept, want %d", len(m.forms), maxForms)
	}
}

func TestModelFile(t *testing.T) {
	m := chance(t)
	var b bytes.Buffer
	if err := Encode(&b, m.weights); err != nil {
		t.Fatal(err)
	}
	if !IsModel(b.Bytes()) {
		t.Error("IsModel does not know the file")
	}
	back, err := Decode(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back.Spec(), m.Spec()) {
		t.Errorf("spec: got %+v, want %+v", back.Spec(), m.Spec())
	}
	for i, want := range m.weights.Tensors() {
		got := back.weights.Tensors()[i]
		var top float32
		for _, v := range want.Data {
			top = max(top, v, -v)
		}
		for j, v := range want.Data {
			d := max(got.Data[j]-v, v-got.Data[j])
			if d > top/127/2*1.001 || want.Kind == neural.KindBias && d != 0 {
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
	other := append([]byte("entente1"), file[8:]...)
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, `does not begin with "ententf1"`},
		{"the network's", other, `does not begin with "ententf1"`},
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
		{func(s *Spec) { s.State = 0 }, "a width of 0"},
		{func(s *Spec) { s.Layers = 0 }, "0 layers"},
		{func(s *Spec) { s.Buckets = 0 }, "0 buckets"},
		{func(s *Spec) { s.Words = nil }, "an empty list"},
		{func(s *Spec) { s.Relations = []string{"nsubj", "obj"} }, "want root"},
		{func(s *Spec) { s.Relations = []string{"root"} }, "at least one more"},
		{func(s *Spec) { s.Tags = []string{"NOUN"} }, `tag "NOUN"`},
		{func(s *Spec) { s.Entities = []string{"O", "I-PER", "B-PER"} }, "entity label 1"},
		{func(s *Spec) { s.Entities = make([]string, 256) }, "256 labels"},
		{func(s *Spec) { s.Bundles = s.Bundles[:1] }, "features for 1 tags of 3"},
		{func(s *Spec) { s.Bundles = [][]int{{0}, {2}, {0}} }, `features of tag "DET DT"`},
		{func(s *Spec) { s.Bundles = [][]int{{0}, {}, {0}} }, `features of tag "DET DT"`},
	} {
		spec := *chance(t).Spec()
		c.change(&spec)
		if _, err := NewWeights(&spec); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
}

// What any model worth shipping gets right.
func TestEmbeddedModel(t *testing.T) {
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ in, want string }{ // word/tag/head:relation/name
		{"The minister arrived in Paris .",
			"The/DT/2:det/O minister/NN/3:nsubj/O arrived/VBD/0:root/O in/IN/5:case/O Paris/NNP/3:obl/B-LOC ././3:punct/O"},
		{"She condemned the attack .",
			"She/PRP/2:nsubj/O condemned/VBD/0:root/O the/DT/4:det/O attack/NN/2:obj/O ././2:punct/O"},
		{"The soldiers were killed by rebels .",
			"The/DT/2:det/O soldiers/NNS/4:nsubj:pass/O were/VBD/4:aux:pass/O killed/VBN/0:root/O by/IN/6:case/O rebels/NNS/4:obl:agent/O ././4:punct/O"},
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

// The file is part of the program: docs/models.md promises at most 3.5 MB.
func TestSizeOfTheEmbeddedModel(t *testing.T) {
	if n := len(embedded); n > 3_500_000 {
		t.Errorf("the model file has %d bytes", n)
	}
}
