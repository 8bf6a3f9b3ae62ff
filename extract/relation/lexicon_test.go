package relation

import (
	"strings"
	"testing"
	"testing/fstest"

	"entente/extract/ontology"
)

func loadOntology(t *testing.T) *ontology.Ontology {
	t.Helper()
	o, err := ontology.Load()
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestBuiltInLexicon(t *testing.T) {
	l, err := Load(loadOntology(t))
	if err != nil {
		t.Fatal(err)
	}
	if l.Size() < 2500 {
		t.Errorf("%d frames, want at least 2500", l.Size())
	}
	covered := map[string]bool{}
	for _, frames := range l.verbs {
		for _, f := range frames {
			covered[f.Category] = true
		}
	}
	for category := range loadOntology(t).Categories {
		if !covered[category] {
			t.Errorf("no verb for %s", category)
		}
	}
	for form, lemma := range map[string]string{"condemned": "condemn", "struck": "strike", "withdrew": "withdraw", "criticises": "criticise"} {
		if len(l.verbs[form]) == 0 || !strings.HasPrefix(l.verbs[form][len(l.verbs[form])-1].Lemma, lemma) {
			t.Errorf("%q does not lead to %q", form, lemma)
		}
	}
	if !l.reports("said") || l.reports("invaded") {
		t.Error("verbs of reporting are not told from others")
	}
}

func TestLexiconFaults(t *testing.T) {
	o := loadOntology(t)
	for name, c := range map[string]struct{ file, in, want string }{
		"few columns":      {"verbs.txt", "condemn ACCUSE\n", "verbs.txt:1: want at least 5 columns"},
		"unknown category": {"verbs.txt", "# c\ncondemn BLAME - - obj\n", "verbs.txt:2: condemn: unknown category \"BLAME\""},
		"unknown mode":     {"verbs.txt", "condemn ACCUSE phone - obj\n", "verbs.txt:1: condemn: \"phone\" is no mode of ACCUSE"},
		"unknown code":     {"nouns.txt", "talks CONSULT - 999 with\n", "nouns.txt:1: talks: unknown CAMEO code \"999\""},
		"unknown flag":     {"verbs.txt", "meet CONSULT - 040 with both\n", "verbs.txt:1: meet: unknown flag \"both\""},
		"twice":            {"verbs.txt", "meet CONSULT - 040 with\nmeet CONSULT - 040 with\n", "verbs.txt:2: meet CONSULT with slots with stands twice"},
		"light effect":     {"light.txt", "hold keep\n", "light.txt:1: hold: unknown effect \"keep\""},
		"control effect":   {"control.txt", "vow maybe to\n", "control.txt:1: vow: unknown effect \"maybe\""},
		"verdict":          {"verdict.txt", "scorn bad\n", "verdict.txt:1: unknown verdict \"scorn\""},
		"verdict twice":    {"verdict.txt", "blame bad\npraise bad\n", "verdict.txt:2: bad stands twice"},
		"guard form":       {"figurative.txt", "strike balance\n", "figurative.txt:1: want \"word ; context words\""},
	} {
		files := fstest.MapFS{}
		for _, f := range []string{"verbs.txt", "nouns.txt", "light.txt", "control.txt", "verdict.txt", "figurative.txt"} {
			files[f] = &fstest.MapFile{}
		}
		files[c.file] = &fstest.MapFile{Data: []byte(c.in)}
		if l, err := LoadFS(files, o); err == nil || !strings.Contains(err.Error(), c.want) || l != nil {
			t.Errorf("%s: got %v and error %v, want %q in it", name, l, err, c.want)
		}
	}
}
