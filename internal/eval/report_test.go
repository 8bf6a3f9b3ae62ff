package eval

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func scored(t *testing.T) *Result {
	t.Helper()
	golds, err := ReadGold("testdata/gold")
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open("testdata/predictions.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	predictions, err := ReadPredictions(f, f.Name())
	if err != nil {
		t.Fatal(err)
	}
	return Score(golds, predictions)
}

func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs (run with -update and look at the diff):\n%s", path, got)
	}
}

func TestReports(t *testing.T) {
	r := scored(t)
	var text, json bytes.Buffer
	if err := r.WriteText(&text, true); err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/report.golden", text.Bytes())
	if err := r.WriteJSON(&json); err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/json.golden", json.Bytes())

	var short bytes.Buffer
	if err := r.WriteText(&short, false); err != nil {
		t.Fatal(err)
	}
	if short.Len() == 0 || !strings.HasPrefix(text.String(), short.String()+"\nnorth  F1: ") {
		t.Errorf("the short report does not begin the verbose one:\n%s", short.String())
	}
}

func TestReportShowsNoControlCharacters(t *testing.T) {
	r := Score([]*Gold{northGold(t)}, []Prediction{who("person", "No\x1b[2Jbody")})
	var text bytes.Buffer
	if err := r.WriteText(&text, true); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(text.String(), "actors false alarm: no\ufffd[2jbody\n") {
		t.Errorf("report:\n%s", text.String())
	}
}
