package classify

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"entente/extract/actor"
	"entente/extract/nlp"
	"entente/extract/ontology"
	"entente/extract/relation"
	"entente/graph"
)

var shipped = sync.OnceValues(func() (*Classifier, error) {
	o, err := ontology.Load()
	if err != nil {
		return nil, err
	}
	l, err := relation.Load(o)
	if err != nil {
		return nil, err
	}
	return Load(l, o)
})

func load(t testing.TB) *Classifier {
	t.Helper()
	c, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var engine = sync.OnceValues(nlp.NewNeural)

// ask reads "text | source | target".
func ask(t testing.TB, line string) relation.Query {
	t.Helper()
	e, err := engine()
	if err != nil {
		t.Fatal(err)
	}
	f := strings.Split(line, " | ")
	span := func(words string) graph.Span {
		i := strings.Index(f[0], words)
		if i < 0 || words == "" {
			return graph.Span{}
		}
		return graph.Span{Start: i, End: i + len(words)}
	}
	doc := e.Analyse(f[0])
	return load(t).Ask(doc, &actor.Resolution{Mentions: make([][]actor.Mention, len(doc.Sentences))}, span(f[1]), span(f[2]))
}

func TestClassify(t *testing.T) {
	c := load(t)
	for _, x := range []struct {
		line, category string
		status         graph.Status
		predicate      string
	}{
		{"Peru expelled two Bolivian diplomats on Friday. | Peru | Bolivian", "SANCTION", graph.Asserted, "expelled"},
		{"Rebels shelled the Sudanese garrison at dawn. | Rebels | Sudanese", "ASSAULT", graph.Asserted, "shelled"},
		{"The Sudanese garrison was shelled by rebels at dawn. | rebels | Sudanese", "ASSAULT", graph.Asserted, "shelled"},
		{"Norway pledged more aid for Malawi on Monday. | Norway | Malawi", "AGREE", graph.Planned, "pledged"},
		{"Chile refused to lift its embargo on Peru. | Chile | Peru", "REJECT", graph.Asserted, "refused"},
		{"Thousands marched through the capital against the Kenyan government. | Thousands | Kenyan government", "PROTEST", graph.Asserted, "marched"},
		{"Turkey sent tents and medicine to Morocco after the earthquake. | Turkey | Morocco", "AID", graph.Asserted, "sent"},
	} {
		q := ask(t, x.line)
		v := c.Classify(q)
		category, p := v.Best(false)
		if category != x.category || v.Status() != x.status || q.Tokens[v.Predicate].Text != x.predicate {
			t.Errorf("%s: got %s %.2f, %s, by %q; want %s, %s, by %q", x.line, category, p, v.Status(), q.Tokens[v.Predicate].Text, x.category, x.status, x.predicate)
		}
	}
}

func TestNone(t *testing.T) {
	v := load(t).Classify(ask(t, "Norway took the relay ahead of Sweden, its fourth title in a row. | Norway | Sweden"))
	if category, _ := v.Best(true); category != graph.NoCategory {
		t.Errorf("with NONE allowed: %s, want NONE", category)
	}
	if category, p := v.Best(false); category == graph.NoCategory || p <= 0 || p > 1 {
		t.Errorf("without NONE: %s, %g", category, p)
	}
}

// TestProbabilities: they sum to 1, and are the same from many goroutines.
func TestProbabilities(t *testing.T) {
	c := load(t)
	q := ask(t, "France urged Mali to release three Ivorian soldiers. | France | Mali")
	want := c.Classify(q)
	sum := 0.0
	for _, p := range want.Categories {
		sum += p
	}
	status := 0.0
	for _, p := range want.Statuses {
		status += p
	}
	if math.Abs(sum-1) > 1e-9 || math.Abs(status-1) > 1e-9 || len(want.Categories) != 17 || len(want.Statuses) != len(graph.Statuses) {
		t.Errorf("%d categories sum to %g, %d statuses to %g", len(want.Categories), sum, len(want.Statuses), status)
	}
	var all sync.WaitGroup
	got := make([]string, 8)
	for i := range got {
		all.Go(func() { got[i] = fmt.Sprint(c.Classify(q)) })
	}
	all.Wait()
	for _, g := range got {
		if g != fmt.Sprint(want) {
			t.Fatalf("got %s, want %v", g, want)
		}
	}
}

// TestGivenPredicate: where the word is given, no other is tried.
func TestGivenPredicate(t *testing.T) {
	c := load(t)
	q := ask(t, "Iran condemned the raid that Israel launched and recalled its envoy. | Iran | Israel")
	for i, tok := range q.Tokens {
		if tok.Text == "recalled" || tok.Text == "condemned" {
			q.Predicate = i
			v := c.Classify(q)
			if v.Predicate != i {
				t.Errorf("%s: by %q", tok.Text, q.Tokens[v.Predicate].Text)
			}
		}
	}
}

func TestExplain(t *testing.T) {
	reasons := load(t).Explain(ask(t, "Peru expelled two Bolivian diplomats. | Peru | Bolivian"), 5)
	if len(reasons) != 5 || !slices.IsSortedFunc(reasons, func(a, b Reason) int { return int(math.Copysign(1, b.Weight-a.Weight)) }) {
		t.Fatalf("got %v, want five, the strongest first", reasons)
	}
	if !slices.ContainsFunc(reasons, func(r Reason) bool {
		return strings.Contains(r.Feature, "diplomat") || strings.Contains(r.Feature, "expel")
	}) {
		t.Errorf("%v: none names a word of the act", reasons)
	}
}

// TestHostileTrees: whatever the tokens say of their heads, there is an answer.
func TestHostileTrees(t *testing.T) {
	c := load(t)
	base := ask(t, "Chile will not send troops to Peru, it said. | Chile | Peru")
	for name, change := range map[string]func(*relation.Query){
		"empty":               func(q *relation.Query) { *q = relation.Query{Predicate: relation.NoToken} },
		"cycle":               func(q *relation.Query) { q.Tokens[0].Head, q.Tokens[1].Head = 2, 1 },
		"own head":            func(q *relation.Query) { q.Tokens[3].Head = 4 },
		"head beyond the end": func(q *relation.Query) { q.Tokens[2].Head = 99 },
		"negative head":       func(q *relation.Query) { q.Tokens[2].Head = -7 },
		"no root": func(q *relation.Query) {
			for i := range q.Tokens {
				q.Tokens[i].Head = 1
			}
		},
		"no tags": func(q *relation.Query) {
			for i := range q.Tokens {
				q.Tokens[i] = nlp.Token{Text: q.Tokens[i].Text}
			}
		},
		"actors beyond the end": func(q *relation.Query) {
			q.Source, q.Target = relation.TokenRange{First: 90, Last: 95}, relation.TokenRange{First: -3, Last: 1}
		},
		"no actors":                func(q *relation.Query) { q.Source, q.Target = relation.TokenRange{}, relation.TokenRange{} },
		"predicate beyond the end": func(q *relation.Query) { q.Predicate = 99 },
		"all is the source":        func(q *relation.Query) { q.Source = relation.TokenRange{Last: len(q.Tokens)} },
	} {
		q := base
		q.Tokens = slices.Clone(base.Tokens)
		change(&q)
		v := c.Classify(q)
		if category, p := v.Best(false); category == "" || math.IsNaN(p) {
			t.Errorf("%s: %q, %g", name, category, p)
		}
		c.Explain(q, 3)
		c.Code(q, v.Predicate, "MOBILIZE", "")
	}
}

func TestAskJoinsSentences(t *testing.T) {
	q := ask(t, "Chile spoke first. Then came the reply. Peru rejected it. | Chile | Peru")
	roots := 0
	for _, tok := range q.Tokens {
		if tok.Head == 0 {
			roots++
		}
	}
	if roots != 1 || q.Tokens[q.Source.First].Text != "Chile" || q.Tokens[q.Target.First].Text != "Peru" {
		t.Errorf("%d roots, source %v, target %v of %d tokens", roots, q.Source, q.Target, len(q.Tokens))
	}
	if alone := ask(t, "Chile spoke first. Then came the reply. Peru rejected it. | Peru | "); len(alone.Tokens) != 4 {
		t.Errorf("%d tokens of the one sentence, want 4", len(alone.Tokens))
	}
}

// TestExp: it is the exponential, to as many digits as it says.
func TestExp(t *testing.T) {
	for x := 0.0; x > -720; x -= 0.37 {
		want := math.Exp(x)
		if x < -700 {
			want = 0
		}
		if got := exp(x); math.Abs(got-want) > 1e-12*want {
			t.Errorf("exp(%g) = %g, want %g", x, got, want)
		}
	}
}

func TestIndexFindsEveryRow(t *testing.T) {
	c := load(t)
	for _, x := range []*index{&c.acts, &c.modes} {
		for row, k := range x.table.Keys {
			if got := x.row(k); got != row {
				t.Fatalf("key %08x: row %d, want %d", k, got, row)
			}
		}
		if x.row(Key("no", "such", "feature")) >= 0 {
			t.Error("a row for an unknown feature")
		}
	}
}

func TestKeyPartsDoNotRunTogether(t *testing.T) {
	if Key("a", "bc") == Key("ab", "c") || Key("a") == Key("a", "") {
		t.Error("parts run together")
	}
}

func TestFormat(t *testing.T) {
	m := load(t).model
	var first, second bytes.Buffer
	if err := Encode(&first, m); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), embedded) {
		t.Error("encoding the model again gives other bytes")
	}
	if first.Len() > 2<<20 {
		t.Errorf("the model has %d bytes, more than 2 MB", first.Len())
	}
	again, err := Decode(bytes.NewReader(first.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if err := Encode(&second, again); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Errorf("what was read is written otherwise: %v", err)
	}
	for name, b := range map[string][]byte{
		"empty": nil, "other magic": []byte("ententc0 and more than enough"), "cut": embedded[:len(embedded)/2],
		"a bit": append(slices.Clone(embedded[:len(embedded)-9]), append([]byte{embedded[len(embedded)-9] ^ 1}, embedded[len(embedded)-8:]...)...),
	} {
		if _, err := Decode(bytes.NewReader(b)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestReadSenses(t *testing.T) {
	o, err := ontology.Load()
	if err != nil {
		t.Fatal(err)
	}
	_, err = readSenses("early\n@NOPE\n@AID\ngive, hand out, give", "s.txt", o)
	for _, want := range []string{`s.txt:1: "early" stands before`, `s.txt:2: unknown category "NOPE"`, `s.txt:4: "give" stands twice under AID`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	s, err := readSenses("@AID\nmobilize help, hand\n@RETREAT\nhand back", "s.txt", o)
	if err != nil {
		t.Fatal(err)
	}
	if got := s["mobilise"]; len(got) != 1 || got[0].rest[0] != "help" {
		t.Errorf("mobilize: %v", got)
	}
	if got := s["hand"]; len(got) != 2 || got[0].category != "RETREAT" {
		t.Errorf("hand: %v, want the longer turn first", got)
	}
}

func TestReadKinds(t *testing.T) {
	_, err := readKinds("early\n@a\nx y x", "k.txt")
	for _, want := range []string{`k.txt:1: "early" stands before`, `k.txt:3: "x" stands twice under @a`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func TestBritish(t *testing.T) {
	for in, want := range map[string]string{"mobilize": "mobilise", "mobilized": "mobilised", "mobilizing": "mobilising", "mobilization": "mobilisation", "size": "size", "seize": "seize", "prized": "prized"} {
		if got := british(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(magic))
	f.Add(embedded[:4000])
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Decode(bytes.NewReader(b))
		if err != nil {
			return
		}
		var out bytes.Buffer
		if err := Encode(&out, m); err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
	})
}

func BenchmarkClassify(b *testing.B) {
	c := load(b)
	q := ask(b, "France urged Mali on Tuesday to release three Ivorian soldiers whom the junta has held since July. | France | Mali")
	b.ReportAllocs()
	for b.Loop() {
		c.Classify(q)
	}
}
