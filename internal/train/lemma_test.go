package train

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/extract/nlp/lemma"
)

// tinyLemmas is a treebank of words with lemmas, one to a sentence.
const tinyLemmas = `cities city NOUN NNS
parties party NOUN NNS
bodies body NOUN NNS
talks talk NOUN NNS
Attacks attack NOUN NNS
raids raid NOUN NNS
men man NOUN NNS
men man NOUN NNS
men men NOUN NNS
Peru Peru PROPN NNP
's be AUX VBZ
's be AUX VBZ
's have VERB VBZ
's 's PART POS
some _ X GW
a@b.org a@b.org X ADD
blub blib X YY
`

// lemmaData writes a directory with a training file and one that must not be
// learnt from.
func lemmaData(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"tiny-train.conllu": tinyLemmas, "tiny-test.conllu": "blub wrong X YY\n"} {
		var b strings.Builder
		for line := range strings.Lines(text) {
			f := strings.Fields(line)
			b.WriteString(strings.Join([]string{"1", f[0], f[1], f[2], f[3], "_", "0", "root", "_", "_"}, "\t") + "\n\n")
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestLearnLemmas(t *testing.T) {
	dir := lemmaData(t)
	l, err := LearnLemmas(dir, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ form, upos, xpos, want string }{
		{"cities", "NOUN", "NNS", "city"},
		{"Cities", "NOUN", "NNS", "city"},
		{"armies", "NOUN", "NNS", "army"}, // by rule
		{"attacks", "NOUN", "NNS", "attack"},
		{"men", "NOUN", "NNS", "man"}, // by the majority
		{"'s", "AUX", "VBZ", "be"},
		{"'s", "VERB", "VBZ", "have"},
		{"'s", "", "VBZ", "be"},
		{"'s", "PART", "POS", "'s"},
		{"fled", "VERB", "VBD", "flee"},  // by the list of irregular verbs
		{"talked", "NN", "NN", "talked"}, // nothing known
		{"blub", "X", "YY", "blib"},
	} {
		if got := l.Lemma(c.form, c.upos, c.xpos); got != c.want {
			t.Errorf("%s %s/%s: got %q, want %q", c.form, c.upos, c.xpos, got, c.want)
		}
	}
	if l.Trained != "tiny-train.conllu" {
		t.Errorf("trained on %q", l.Trained)
	}
}

func TestEqualDataGiveEqualLemmas(t *testing.T) {
	dir := lemmaData(t)
	var files [2][]byte
	for i := range files {
		path := filepath.Join(t.TempDir(), "lemmas.txt")
		var log bytes.Buffer
		if err := WriteLemmas(dir, path, false, &log); err != nil {
			t.Fatal(err)
		}
		var err error
		if files[i], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(log.String(), "lemmas.txt: ") {
			t.Errorf("log %q", log.String())
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Errorf("two runs differ:\n%s\n%s", files[0], files[1])
	}
	if bytes.Contains(files[0], []byte("@b.org")) {
		t.Errorf("an address was learnt:\n%s", files[0])
	}
	if _, err := lemma.Decode(bytes.NewReader(files[0]), "lemmas.txt"); err != nil {
		t.Error(err)
	}
}

func TestLemmasWithoutTreebanks(t *testing.T) {
	if _, err := LearnLemmas(t.TempDir(), false); err == nil || !strings.Contains(err.Error(), "no file *-train.conllu") {
		t.Errorf("got %v", err)
	}
}

// The file in the program is what the treebanks give.
func TestLemmasAreThoseOfTheTreebanks(t *testing.T) {
	if testing.Short() {
		t.Skip("learning from the treebanks takes some seconds")
	}
	if _, err := os.Stat(filepath.Join(treebanks, "ewt-train.conllu.gz")); err != nil {
		t.Skipf("no treebanks in %s to rebuild extract/nlp/lemma/lemmas.txt from", treebanks)
	}
	path := filepath.Join(t.TempDir(), "lemmas.txt")
	if err := WriteLemmas(treebanks, path, false, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("../../extract/nlp/lemma/lemmas.txt")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the treebanks give other bytes than extract/nlp/lemma/lemmas.txt; write it anew with\n" +
			"go run ./cmd/entente-train -data DIR -lemmas extract/nlp/lemma/lemmas.txt")
	}
}
