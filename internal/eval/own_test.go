package eval

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// ownSets are the folders of our own annotated articles, and how many each
// holds: the half that may be read, and the half that nobody looks at.
var ownSets = map[string]int{"testdata/own": 40, "testdata/own/blind": 24}

func TestOwnArticlesAreRead(t *testing.T) {
	for dir, want := range ownSets {
		golds, err := ReadGold(dir)
		if err != nil {
			t.Fatal(err)
		}
		if len(golds) != want {
			t.Errorf("%s: %d articles, want %d", dir, len(golds), want)
		}
		for _, g := range golds {
			if name := filepath.Base(g.Article.Origin); name != g.Article.ID+".json" {
				t.Errorf("%s/%s: id %q is not the file's name", dir, name, g.Article.ID)
			}
			checkNames(t, g)
			checkPairs(t, g)
		}
	}
}

// checkNames reports a surface form that the text does not have: a prediction
// could never meet it, so it can only be a slip.
func checkNames(t *testing.T, g *Gold) {
	t.Helper()
	for _, a := range g.Actors {
		if len(a.Names) == 0 {
			t.Errorf("%s: %s has no surface form", g.Article.ID, a.Name)
		}
		for _, name := range a.Names {
			if !hasWords(g.Article.Body, name) {
				t.Errorf("%s: %s: the text does not have %q", g.Article.ID, a.Name, name)
			}
		}
	}
}

// checkPairs reports an act of an actor on itself.
func checkPairs(t *testing.T, g *Gold) {
	t.Helper()
	for _, r := range g.Relations {
		if r.Source == r.Target {
			t.Errorf("%s: %s: source and target are both %s", g.Article.ID, r.ID, r.Source)
		}
	}
}

// The reader passes the evidence over, since nothing is scored by it.
func TestOwnEvidenceIsInTheText(t *testing.T) {
	for dir := range ownSets {
		paths, err := filepath.Glob(filepath.Join(dir, "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			checkEvidence(t, path)
		}
	}
}

func checkEvidence(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var article struct {
		Text      string
		Relations []struct{ ID, Evidence string }
	}
	if err := json.Unmarshal(data, &article); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	for _, r := range article.Relations {
		if n := len(strings.Fields(r.Evidence)); n == 0 || n > 12 {
			t.Errorf("%s: %s: evidence of %d words, want 1 to 12", path, r.ID, n)
		}
		if !hasWords(article.Text, r.Evidence) {
			t.Errorf("%s: %s: the text does not have %q", path, r.ID, r.Evidence)
		}
	}
}

// hasWords says whether text has phrase, and not as a part of longer words. An
// empty phrase is in no text.
func hasWords(text, phrase string) bool {
	for from := 0; phrase != ""; {
		i := strings.Index(text[from:], phrase)
		if i < 0 {
			return false
		}
		start, end := from+i, from+i+len(phrase)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			return true
		}
		from = start + 1
	}
	return false
}

func TestHasWords(t *testing.T) {
	for _, c := range []struct {
		text, phrase string
		want         bool
	}{
		{"Nigerian troops", "Nigeria", false},
		{"Nigerian troops left Nigeria.", "Nigeria", true},
		{"Niger", "Niger", true},
		{"the police", "he police", false},
		{"", "UN", false},
		{"UN", "", false},
	} {
		if got := hasWords(c.text, c.phrase); got != c.want {
			t.Errorf("hasWords(%q, %q) = %v", c.text, c.phrase, got)
		}
	}
}
