package examples

import (
	"io/fs"
	"strings"
	"testing"

	"entente/extract/ingest"
)

// TestNews: each sample is read without a warning and has all that an article
// has, and the files show every form.
func TestNews(t *testing.T) {
	ids := map[string]bool{}
	files := map[string]int{}
	err := fs.WalkDir(News, "news", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		f, err := News.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		files[path[strings.LastIndex(path, "."):]]++
		opts := ingest.Options{Strict: true, Warn: func(err error) { t.Error(err) }}
		for a, err := range ingest.Read(ingest.Source{Path: path, R: f}, opts) {
			if err != nil {
				t.Error(err)
				continue
			}
			if ids[a.ID] {
				t.Errorf("%s: the id %q stands twice", a.Origin, a.ID)
			}
			ids[a.ID] = true
			if a.Title == "" || len(a.Published) != len("2024-04-04") {
				t.Errorf("%s: title %q, published %q", a.Origin, a.Title, a.Published)
			}
			if n := len(strings.Fields(a.Body)); n < 150 || n > 350 {
				t.Errorf("%s: %d words", a.Origin, n)
			}
			if n := strings.Count(a.Body, "\n\n") + 1; n < 5 {
				t.Errorf("%s: %d paragraphs", a.Origin, n)
			}
			for _, noise := range []string{"invented", "Subscribe", "Read also", "Date:", "Source:", "---", "#", "<"} {
				if strings.Contains(a.Body, noise) {
					t.Errorf("%s: the body holds %q", a.Origin, noise)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(ids) != 17 {
		t.Errorf("%d articles, README.md says 17", len(ids))
	}
	for ext, want := range map[string]int{".txt": 6, ".md": 1, ".json": 3, ".jsonl": 1, ".html": 2} {
		if files[ext] != want {
			t.Errorf("%d files %s, README.md lists %d", files[ext], ext, want)
		}
	}
}
