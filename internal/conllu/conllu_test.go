package conllu

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const sample = "# sent_id = a-1\n# text = Don't go\n" +
	"1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n" +
	"1\tDo\tdo\tAUX\tVB\tMood=Imp|VerbForm=Fin\t3\taux\t_\t_\n" +
	"2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_\n" +
	"3\tgo\tgo\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tA=b|SpaceAfter=No\n\n" +
	"# sent_id = a-2\n1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_\n\n"

func read(t *testing.T, text string) []Sentence {
	t.Helper()
	var all []Sentence
	for s, err := range Read(strings.NewReader(text), "test") {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}

func TestWhatIsReadIsWritten(t *testing.T) {
	sentences := read(t, sample)
	var b bytes.Buffer
	if err := Write(&b, sentences); err != nil {
		t.Fatal(err)
	}
	if b.String() != sample {
		t.Errorf("got\n%s\nwant\n%s", b.String(), sample)
	}
	if id, ok := sentences[0].Comment("sent_id"); !ok || id != "a-1" {
		t.Errorf("sent_id %q, %v", id, ok)
	}
	last := sentences[0].Words[2]
	if last.Head != 0 || last.Deprel != "root" || Attribute(last.Misc, "SpaceAfter") != "No" || Attribute(last.Misc, "Space") != "" {
		t.Errorf("third word: %+v", last)
	}
}

func TestLeniency(t *testing.T) {
	text := strings.ReplaceAll(strings.TrimSuffix(sample, "\n"), "\n", "\r\n")
	text = strings.Replace(text, "2\tn't", "1.1\tdo\t_\t_\t_\t_\t_\t_\t_\t_\r\n2\tn't", 1)
	if got := read(t, "\uFEFF"+text); len(got) != 2 || len(got[0].Words) != 3 || got[0].Words[2].Misc != "A=b|SpaceAfter=No" {
		t.Errorf("got %+v", got)
	}
}

// A treebank with all that the format allows.
func TestAllOfTheFormat(t *testing.T) {
	row := func(id, form string) string { return id + "\t" + form + "\t_\t_\t_\t_\t_\t_\t_\t_\n" }
	text := "# newdoc\n" + row("0.1", "null") + row("1-2", "ab") + row("1", "a") + row("2", "b") + row("2.1", "null") + row("2.2", "null") +
		"\n\n# only a remark\n\n# last\n" + row("1", "10 000")
	got := read(t, strings.TrimSuffix(text, "\n"))
	if len(got) != 2 || len(got[0].Words) != 2 || len(got[0].Ranges) != 1 || got[1].Words[0].Form != "10 000" ||
		len(got[1].Comments) != 1 || got[1].Comments[0] != "last" {
		t.Errorf("got %+v", got)
	}
}

func TestFaultsNameTheLine(t *testing.T) {
	row := func(id, head string) string { return id + "\tx\tx\tX\tX\t_\t" + head + "\tdep\t_\t_\n" }
	for _, c := range []struct{ in, want string }{
		{"1\tx\n", "test:1: 2 columns"},
		{row("2", "0"), `test:1: word number "2", want 1`},
		{"# c\n" + row("1", "x"), `test:2: head "x"`},
		{row("1", "2") + "\n", "test:2: the sentence that ends here: word 1 has head 2 of 1 words"},
		{row("1-3", "_") + row("1", "0") + "\n", "range 1-3 goes beyond 1 words"},
		{row("1-2", "_") + row("1-2", "_"), "overlaps"},
		{row("2-1", "_"), "no range"},
	} {
		var got error
		for _, err := range Read(strings.NewReader(c.in), "test") {
			got = err
		}
		if got == nil || !strings.Contains(got.Error(), c.want) {
			t.Errorf("%q: got %v, want %q", c.in, got, c.want)
		}
	}
}

func TestReadFileUnpacks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.conllu.gz")
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(sample)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := ReadFile(path)
	if err != nil || len(got) != 2 {
		t.Errorf("%d sentences, %v", len(got), err)
	}
	if err := os.WriteFile(path, b.Bytes()[:b.Len()/2], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadFile(path); err == nil || !strings.HasPrefix(err.Error(), path+":") {
		t.Errorf("half a file gave %v", err)
	}
	if _, err := ReadFile(filepath.Join(t.TempDir(), "none.conllu")); err == nil {
		t.Error("a missing file gave no error")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(sample)
	f.Add("1\tx\n\n\n#\n1-1\t\t\t\t\t\t\t\t\t\n")
	f.Fuzz(func(t *testing.T, text string) {
		var all []Sentence
		for s, err := range Read(strings.NewReader(text), "fuzz") {
			if err != nil {
				return
			}
			all = append(all, s)
		}
		var b bytes.Buffer
		if err := Write(&b, all); err != nil {
			t.Fatal(err)
		}
		n := 0
		for s, err := range Read(&b, "written") {
			if err != nil {
				t.Fatalf("what was written cannot be read: %v", err)
			}
			if len(s.Words) != len(all[n].Words) {
				t.Fatalf("sentence %d: %d words, were %d", n, len(s.Words), len(all[n].Words))
			}
			n++
		}
		if n != len(all) {
			t.Fatalf("%d sentences, were %d", n, len(all))
		}
	})
}
