package articles

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/internal/eval"
)

// maxEvidence is the greatest length of evidence, in words.
const maxEvidence = 12

func TestArticlesAreRead(t *testing.T) {
	golds, err := eval.ReadGold(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range golds {
		if name := filepath.Base(g.Article.Origin); name != g.Article.ID+".json" {
			t.Errorf("%s: id %q is not the file's name", name, g.Article.ID)
		}
		checkNames(t, g)
		for _, r := range g.Relations {
			if r.Source == r.Target {
				t.Errorf("%s: %s: source and target are both %s", g.Article.ID, r.ID, r.Source)
			}
		}
	}
}

// checkNames reports a surface form that the text does not have: no sentence
// could teach anything about it, so it can only be a slip.
func checkNames(t *testing.T, g *eval.Gold) {
	t.Helper()
	for _, a := range g.Actors {
		if len(a.Names) == 0 {
			t.Errorf("%s: %s has no surface form", g.Article.ID, a.Name)
		}
		for _, name := range a.Names {
			if name == "" || !strings.Contains(g.Article.Body, name) {
				t.Errorf("%s: %s: the text does not have %q", g.Article.ID, a.Name, name)
			}
		}
	}
}

// The evidence says which sentence teaches a relation, so it has to be found
// in one paragraph. The reader of gold articles passes it over.
func TestEvidenceIsInTheText(t *testing.T) {
	paths, err := filepath.Glob("*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		checkEvidence(t, path)
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
		if n := len(strings.Fields(r.Evidence)); n == 0 || n > maxEvidence {
			t.Errorf("%s: %s: evidence of %d words, want 1 to %d", path, r.ID, n, maxEvidence)
		}
		if strings.Contains(r.Evidence, "\n") || !strings.Contains(article.Text, r.Evidence) {
			t.Errorf("%s: %s: no paragraph has %q", path, r.ID, r.Evidence)
		}
	}
}
