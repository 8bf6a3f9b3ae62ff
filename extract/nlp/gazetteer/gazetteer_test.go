package gazetteer

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

func load(t *testing.T, files map[string]string) (*Gazetteer, error) {
	t.Helper()
	data := fstest.MapFS{}
	for name, text := range files {
		data[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return read(data, strings.Fields, appendLower)
}

func appendLower(to []byte, word string) []byte { return append(to, strings.ToLower(word)...) }

func TestMark(t *testing.T) {
	g, err := load(t, map[string]string{
		"given.txt":         "# first names\nVictoria\nJean Claude\n",
		"places.txt":        "Lake Victoria\nVictoria\nNew York\nNew York City\nUS\n",
		"organisations.txt": "New York Times\nWHO\nTimes\n",
		"cues.txt":          "place Lake\norg Times\ntitle Dr.\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ in, want string }{
		{"Dr. Victoria saw Lake Victoria", "1000000000 101 0 100000100 1001"},
		{"the New York Times of New York City", "0 10100 101000 10100000 0 100 1000 1000"},
		{"who told us WHO in the US", "0 0 0 10000 0 0 100"},
		{"Jean Claude", "1 1"},
		{"New", "0"},
	} {
		if got := strings.Trim(fmt.Sprintf("%b", g.Mark(strings.Fields(c.in))), "[]"); got != c.want {
			t.Errorf("%s: got %s, want %s", c.in, got, c.want)
		}
	}
}

func TestFaults(t *testing.T) {
	_, err := load(t, map[string]string{
		"given.txt": "Anna\nanna\n", "cues.txt": "org\nfirm Inc\n", "rivers.txt": "Nile\n",
	})
	for _, want := range []string{
		`given.txt:2: "anna" is on line 1 too`, `cues.txt:1: "org"`, `cues.txt:2: "firm Inc"`, "rivers.txt: no list",
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func TestBuiltInLists(t *testing.T) {
	g, err := Load(strings.Fields, appendLower)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(g.nodes); n < 15000 {
		t.Errorf("%d nodes: lists are missing", n)
	}
}
