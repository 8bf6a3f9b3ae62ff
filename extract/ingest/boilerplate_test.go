package ingest

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestBoilerplate tries each line of testdata/boilerplate.txt as the end of an
// article.
func TestBoilerplate(t *testing.T) {
	data, err := os.ReadFile("testdata/boilerplate.txt")
	if err != nil {
		t.Fatal(err)
	}
	article := []string{sentence, sentence, sentence, sentence, sentence}
	for line := range strings.Lines(string(data)) {
		kind, text, ok := strings.Cut(strings.TrimRight(line, "\n"), " ")
		if !ok || kind == "#" {
			continue
		}
		want := []string{text}
		switch kind {
		case "-":
			want = nil
		case "~":
			kept, tail, _ := strings.Cut(text, "|")
			text, want = kept+tail, []string{kept}
		}
		got := withoutBoilerplate(append(slices.Clone(article), text))
		if !slices.Equal(got, append(slices.Clone(article), want...)) {
			t.Errorf("%s\nbecomes %q", line, got[min(len(article), len(got)):])
		}
	}
}

// A byline stands at the beginning or the end; an article is never emptied.
func TestBoilerplateEdges(t *testing.T) {
	middle := []string{"1", "2", "3", "4", "By Omar Haddad", "5", "6", "7", "8"}
	if got := withoutBoilerplate(middle); !slices.Equal(got, middle) {
		t.Errorf("%q", got)
	}
	if got := withoutBoilerplate([]string{"By Omar Haddad", "Sweden thanked Finland."}); len(got) != 1 {
		t.Errorf("%q", got)
	}
	if got := withoutBoilerplate([]string{"Read more", "By Omar Haddad"}); len(got) != 2 {
		t.Errorf("nothing is left of the article: %q", got)
	}
}

func TestBoilerplateFile(t *testing.T) {
	for in, want := range map[string]string{
		"line  read":         "boilerplate_en.txt:1: want three columns",
		"\n#\ndrop  read  x": `boilerplate_en.txt:3: "drop" is not line, edge or tail`,
		"line  read  (":      "boilerplate_en.txt:1: error parsing regexp: missing closing ): `^(?:()$`",
	} {
		if _, err := parseBoilerplate(in); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", in, err, want)
		}
	}
}

func BenchmarkBoilerplate(b *testing.B) {
	paragraphs := slices.Repeat([]string{
		"By Monday, Zentra’s army had taken the town, and the government of Polis asked the Security Council for a meeting.",
		"Reporting by the BBC found that Zentra had bombed the camp. Zentra’s ministry of defence denied it on Tuesday.",
		strings.Repeat(sentence+" ", 4),
	}, 10)
	b.SetBytes(int64(len(body(paragraphs))))
	for b.Loop() {
		if len(withoutBoilerplate(paragraphs)) != len(paragraphs) {
			b.Fatal("news is dropped")
		}
	}
}
