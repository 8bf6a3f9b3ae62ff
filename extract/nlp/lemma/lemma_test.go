package lemma

import (
	"bytes"
	"strings"
	"sync"
	"testing"
)

var shared = sync.OnceValues(Load)

func load(t testing.TB) *Lemmatiser {
	t.Helper()
	l, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLemma(t *testing.T) {
	l := load(t)
	for _, c := range []struct{ form, upos, xpos, want string }{
		{"was", "AUX", "VBD", "be"},
		{"Was", "AUX", "VBD", "be"},
		{"'s", "AUX", "VBZ", "be"},
		{"'s", "VERB", "VBZ", "be"},
		{"'s", "PART", "POS", "'s"},
		{"countries", "NOUN", "NNS", "country"},
		{"Countries", "NOUN", "NNS", "country"},
		{"COUNTRIES", "NOUN", "NNS", "country"},
		{"stopping", "VERB", "VBG", "stop"},
		{"hoping", "VERB", "VBG", "hope"},
		{"overthrown", "VERB", "VBN", "overthrow"},
		{"Withdrew", "VERB", "VBD", "withdraw"},
		{"left", "VERB", "VBD", "leave"},
		{"left", "ADJ", "JJ", "left"},
		{"deadliest", "ADJ", "JJS", "deadly"},
		{"n't", "PART", "RB", "not"},
		{"Macron", "PROPN", "NNP", "Macron"},
		{"Americans", "PROPN", "NNPS", "American"},
		{"NATO", "PROPN", "NNP", "NATO"},
		{"NGOs", "NOUN", "NNS", "NGO"},
		{"Icelandic", "ADJ", "JJ", "Icelandic"},
		{"Glad", "ADJ", "JJ", "glad"},
		{"“", "PUNCT", "``", `"`},
		{"12,500", "NUM", "CD", "12500"},
		{"1,250,000.75", "NUM", "CD", "1250000.75"},
		{"1,2", "NUM", "CD", "1,2"},
		{"Jo.Doe@example.org", "PROPN", "NNP", "Jo.Doe@example.org"},
		// Unknown words go by their ends.
		{"blorkified", "VERB", "VBD", "blorkify"},
		{"Grumples", "NOUN", "NNS", "grumple"},
		// One of the tags is enough.
		{"was", "", "VBD", "be"},
		{"went", "_", "VBD", "go"},
		{"countries", "NOUN", "", "country"},
		// What is not known stays.
		{"Grumples", "", "", "Grumples"},
		{"was", "WHAT", "EVER", "was"},
		{"", "NOUN", "NN", ""},
		{"s", "NOUN", "NNS", "s"},
	} {
		if got := l.Lemma(c.form, c.upos, c.xpos); got != c.want {
			t.Errorf("%s %s/%s: got %q, want %q", c.form, c.upos, c.xpos, got, c.want)
		}
	}
}

func TestLemmaIsSharedByGoroutines(t *testing.T) {
	l := load(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 1000 {
				if got := l.Lemma("Ministers", "NOUN", "NNS"); got != "minister" {
					t.Errorf("got %q", got)
				}
			}
		})
	}
	wg.Wait()
}

func TestKnownWordsCostNoMemory(t *testing.T) {
	l := load(t)
	for _, c := range [][3]string{
		{"was", "AUX", "VBD"}, {"Was", "AUX", "VBD"}, {"condemned", "VERB", "VBD"}, {"Macron", "PROPN", "NNP"}, {"the", "DET", "DT"},
		{"talks", "NOUN", "NNS"}, {"“", "PUNCT", "``"}, {"went", "", "VBD"},
	} {
		if n := testing.AllocsPerRun(10, func() { l.Lemma(c[0], c[1], c[2]) }); n > 0 {
			t.Errorf("%q: %.0f allocations", c, n)
		}
	}
}

const small = "# a remark\ntrained\tnothing\n" +
	"tag\tADJ\tNN\nrule\tl\ts\t^\n" +
	"tag\t_\tNN\nrule\tl\t\t-0+\nrule\tl\ties\t-3+y\nrule\tt\t\t~\nrule\tu\ts\tC-1+\nword\tmen\tman\n"

func TestWhatIsReadIsWritten(t *testing.T) {
	for name, text := range map[string]string{"small": small, "lemmas.txt": string(embedded)} {
		l, err := Decode(strings.NewReader(text), name)
		if err != nil {
			t.Fatal(err)
		}
		remark := ""
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "# ") {
				remark += line[2:]
			}
		}
		var b bytes.Buffer
		if err := Encode(&b, l, remark); err != nil {
			t.Fatal(err)
		}
		if b.String() != text {
			t.Errorf("%s: %d bytes written are not the %d read", name, b.Len(), len(text))
		}
	}
	l, _ := Decode(strings.NewReader(small), "small")
	for form, want := range map[string]string{"Parties": "party", "Men": "man", "PERUVIANS": "Peruvian", "iPhones": "iPhones"} {
		if got := l.Lemma(form, "ADJ", "NN"); got != want {
			t.Errorf("%s: got %q, want %q", form, got, want)
		}
	}
}

func TestFaultsNameTheLine(t *testing.T) {
	const tag = "tag\t_\tNN\n"
	for _, c := range []struct{ in, want string }{
		{"", "there is no tag"},
		{"rule\tl\ts\t-1+\n", `f:1: "rule\tl\ts\t-1+" before any tag`},
		{tag + "word\tx\n", "f:2:"},
		{tag + tag, "f:2: tag _ NN stands here twice"},
		{"tag\t_\t_\n", "f:1: tag"},
		{tag + "rule\tz\ts\t-1+\n", `class "z"`},
		{tag + "rule\tl\ts\t-2+\n", `takes more than the suffix "s"`},
		{tag + "rule\tl\ts\t1+\n", `edit "1+"`},
		{tag + "rule\tl\ts\t--1+\n", `edit "--1+"`},
		{tag + "rule\tl\ts\t-1+\nrule\tl\ts\t~\n", `f:3: suffix "s" of class l has two rules`},
		{tag + "word\ta\tb\nword\ta\tc\n", `f:3: form "a" has two lemmas`},
		{tag + "word\ta\t\nword\t\tb\n", `f:3: form ""`}, // all faults at once
	} {
		_, err := Decode(strings.NewReader(c.in), "f")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: got %v, want %q", c.in, err, c.want)
		}
	}
}

func TestFileIsSmall(t *testing.T) {
	if len(embedded) > 400_000 {
		t.Errorf("lemmas.txt has %d bytes", len(embedded))
	}
}

func TestEdits(t *testing.T) {
	for _, c := range []struct{ form, lemma, want string }{
		{"parties", "party", "-3+y"},
		{"Macron", "Macron", "-0+"},
		{"IRAQ", "Iraq", "C-0+"},
		{"PARTIES", "PARTY", "-3+y"},
		{"went", "go", "-4+go"},
		{"İstanbul", "İstanbul", "-0+"},
	} {
		e, ok := Between(c.form, c.lemma)
		if !ok || e.String() != c.want || e.apply(c.form, ClassOf(c.form)) != c.lemma {
			t.Errorf("%s, %s: got %v, %v, want %s", c.form, c.lemma, e, ok, c.want)
		}
	}
	if e, ok := Between("iphone", "iPhone"); ok {
		t.Errorf("iphone: got %v, though no edit makes iPhone of it", e)
	}
	if got := strings.Join(Suffixes("In1990s"), " "); got != "n0000s 0000s 000s 00s 0s s " {
		t.Errorf("suffixes %q", got)
	}
}

func FuzzLemma(f *testing.F) {
	for _, s := range []string{"was", "Countries", "\xff", "İ's", "ȺȺȺȺȺȺ", "1,000", "www.", strings.Repeat("Ⱥ", 40), "s", "ß", "NGOs"} {
		f.Add(s, "NOUN", "NNS")
		f.Add(s, "", "VBD")
	}
	l := load(f)
	f.Fuzz(func(t *testing.T, form, upos, xpos string) {
		got := l.Lemma(form, upos, xpos)
		if (got == "") != (form == "") {
			t.Fatalf("lemma of %q as %q %q: %q", form, upos, xpos, got)
		}
		for tag := range l.groups {
			if l.Lemma(form, tag.UPOS, tag.XPOS) == "" && form != "" {
				t.Fatalf("%q as %v has no lemma", form, tag)
			}
		}
	})
}

func FuzzDecode(f *testing.F) {
	f.Add(small)
	f.Fuzz(func(t *testing.T, text string) {
		l, err := Decode(strings.NewReader(text), "fuzz")
		if err != nil {
			return
		}
		if l.Lemma("Parties", "", "NN") == "" {
			t.Fatal("no lemma")
		}
	})
}

func BenchmarkLemma(b *testing.B) {
	l := load(b)
	b.ReportAllocs()
	for b.Loop() {
		l.Lemma("President", "PROPN", "NNP")
		l.Lemma("condemned", "VERB", "VBD")
		l.Lemma("cities", "NOUN", "NNS")
		l.Lemma("The", "DET", "DT")
	}
}
