package graph

import "testing"

func TestAddress(t *testing.T) {
	for url, want := range map[string]string{
		"https://www.example.org/2024/a.html":             "example.org/2024/a.html",
		" http://Example.org:80/2024/a.html/#comments ":   "example.org/2024/a.html",
		"example.org/a?id=7&utm_source=x&fbclid=y&page=2": "example.org/a?id=7&page=2",
		"https://example.org:8080/a":                      "example.org:8080/a",
		"https://example.org/?p=12":                       "example.org?p=12",
		"https://example.org/a%2Fb?x=%zz":                 "example.org/a%2Fb?x=%zz",
		"https://example.org":                             "",
		"https://www.example.org/?utm_source=x":           "",
		"":                                                "",
		"urn:isbn:0451450523":                             "",
		"ftp://example.org/a":                             "",
		"a.html":                                          "",
		"http://[::1":                                     "",
		"://":                                             "",
	} {
		if got := (&Article{URL: url}).Address(); got != want {
			t.Errorf("%q: address %q, want %q", url, got, want)
		}
	}
}

func TestKey(t *testing.T) {
	base := Article{ID: "a", Publisher: "Wire", Title: "T", Body: "b"}
	at := base
	at.URL = "https://example.org/a"
	for _, c := range []struct {
		name string
		a, b Article
		same bool
	}{
		{"id, day and origin", base, Article{ID: "z", Published: "2024-04-04", Publisher: "Wire", Title: "T", Body: "b", Origin: "x:1"}, true},
		{"a spelling of the address, and of the publisher there", at, Article{Publisher: "The Wire", URL: "http://www.example.org/a#top", Title: "T", Body: "b"}, true},
		{"a front page is no address", base, Article{Publisher: "Wire", URL: "https://example.org", Title: "T", Body: "b"}, true},
		{"body", base, Article{Publisher: "Wire", Title: "T", Body: "c"}, false},
		{"title", base, Article{Publisher: "Wire", Title: "U", Body: "b"}, false},
		{"publisher", base, Article{Publisher: "Post", Title: "T", Body: "b"}, false},
		{"address", at, base, false},
		{"where the title ends", Article{Title: "ab", Body: "c"}, Article{Title: "a", Body: "bc"}, false},
	} {
		if got := c.a.Key() == c.b.Key(); got != c.same {
			t.Errorf("%s: same key %v, want %v", c.name, got, c.same)
		}
	}
	if k := base.Key(); len(k) != KeyLen {
		t.Errorf("key %q", k)
	}
}
