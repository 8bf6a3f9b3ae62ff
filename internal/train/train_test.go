package train

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/extract/nlp/neural"
)

// A treebank in small: sentences of three to four words.
func tinyTreebank() string {
	var b strings.Builder
	verbs := []string{"met", "condemned", "praised"}
	names := []string{"Peru", "Macron", "Chad", "Xi"}
	for i := range 12 {
		subject, verb, object := names[i%4], verbs[i%3], names[(i+1+i%2)%4]
		b.WriteString("1\t" + subject + "\t_\tPROPN\tNNP\tNumber=Sing\t2\tnsubj\t_\tEntity=(1-place-new)\n")
		b.WriteString("2\t" + verb + "\t_\tVERB\tVBD\tTense=Past\t0\troot\t_\t_\n")
		b.WriteString("3\t" + object + "\t_\tPROPN\tNNP\tNumber=Sing\t2\tobj\t_\t_\n")
		if i%2 == 0 {
			b.WriteString("4\t.\t_\tPUNCT\t.\t_\t2\tpunct\t_\t_\n")
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// tinyData holds the tiny treebank alone, without the sentences of our own.
func tinyData(t *testing.T) *Data {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"tiny-train.conllu", "tiny-dev.conllu"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(tinyTreebank()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d, err := loadTrees(dir, Choice{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func trainTiny(t *testing.T, seed uint64) ([]byte, string) {
	t.Helper()
	var file, log bytes.Buffer
	o := Options{Epochs: 60, Seed: seed, Batch: 12, Hidden: 16, Layers: 2, Rate: 0.02, Log: &log}
	saves := 0
	w, err := Train(tinyData(t), o, func(*neural.Weights) error { saves++; return nil })
	if err != nil {
		t.Fatal(err)
	}
	if saves != o.Epochs {
		t.Errorf("%d saves in %d epochs", saves, o.Epochs)
	}
	if err := neural.Encode(&file, w); err != nil {
		t.Fatal(err)
	}
	return file.Bytes(), log.String()
}

func TestEqualSeedsGiveEqualBytes(t *testing.T) {
	first, log := trainTiny(t, 7)
	second, _ := trainTiny(t, 7)
	if !bytes.Equal(first, second) {
		t.Error("two runs with one seed differ")
	}
	if !strings.Contains(log, "tiny-dev: UPOS 100.00") || !strings.Contains(log, "LAS 100.00") ||
		!strings.Contains(log, "Lemmas 100.00 (100.00 with the tags given)") { // there are none in it
		t.Errorf("the tiny treebank was not learnt:\n%s", log)
	}
	if third, _ := trainTiny(t, 8); bytes.Equal(first, third) {
		t.Error("another seed gives the same weights")
	}
	model, err := neural.Decode(bytes.NewReader(first))
	if err != nil {
		t.Fatal(err)
	}
	got := model.Analyse([]neural.Sentence{{Words: []string{"Macron", "praised", "Chad"}}})[0]
	if got[0].Deprel != "nsubj" || got[1].Head != 0 || got[2].Head != 2 || got[0].Entity != "B-LOC" || got[1].Feats != "Tense=Past" {
		t.Errorf("got %+v", got)
	}
}

func TestGoingOnFromAModel(t *testing.T) {
	first, _ := trainTiny(t, 7)
	old, err := neural.DecodeWeights(bytes.NewReader(first))
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	o := Options{Epochs: 1, Batch: 12, Rate: 1e-4, From: old, Log: &log}
	w, err := Train(tinyData(t), o, func(*neural.Weights) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(log.String(), "LAS 100.00") || !strings.Contains(w.Spec.Trained, "; then tiny-train.conllu; 1 epochs") {
		t.Errorf("%q:\n%s", w.Spec.Trained, &log)
	}
}

func TestChoiceOfData(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"tiny-train.conllu", "tiny-dev.conllu"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(tinyTreebank()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	foreign, err := Load(dir, Choice{Foreign: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := foreign.Sources(); got != "tiny-train.conllu" || len(foreign.Names) != 0 || len(foreign.Dev) != 1 {
		t.Errorf("foreign: sources %q, %d sets of names, %d dev sets", got, len(foreign.Names), len(foreign.Dev))
	}
	both, err := Load(dir, Choice{Foreign: true, Also: []string{"tiny-dev"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(both.Train) != 2*len(foreign.Train) || len(both.Dev) != 0 {
		t.Errorf("with tiny-dev too: %d sentences, want twice %d; %d dev sets", len(both.Train), len(foreign.Train), len(both.Dev))
	}
	if _, err := Load(dir, Choice{Foreign: true, Without: []string{"tiny-train"}}); err == nil || !strings.Contains(err.Error(), "to train on") {
		t.Errorf("without tiny-train: got %v, want nothing to train on", err)
	}
	if _, err := Load(dir, Choice{Foreign: true, Also: []string{"tiny-dve"}}); err == nil || !strings.Contains(err.Error(), "no file tiny-dve.conllu") {
		t.Errorf("a file that is not there: got %v", err)
	}
	own, err := Load(dir, Choice{})
	if err != nil {
		t.Fatal(err)
	}
	if len(own.Train) < 5000 || len(own.Names) != 1 {
		t.Errorf("%d sentences and %d sets of names: our own are missing", len(own.Train), len(own.Names))
	}
}

func TestLoadWithoutTreebanks(t *testing.T) {
	_, err := Load(t.TempDir(), Choice{})
	if err == nil || !strings.Contains(err.Error(), "no file *-train.conllu") {
		t.Errorf("got %v", err)
	}
}
