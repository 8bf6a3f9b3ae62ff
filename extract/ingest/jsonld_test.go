package ingest

import (
	"strings"
	"testing"
)

func TestLinkedData(t *testing.T) {
	for name, test := range map[string]struct {
		scripts []string
		want    string // headline, date, publisher, address, language
	}{
		"object": {[]string{`{"@type":"NewsArticle","headline":"H","datePublished":"2024-04-04","publisher":{"name":"P"},"url":"https://e.org/1","inLanguage":"fr"}`},
			"H|2024-04-04|P|https://e.org/1|fr"},
		"graph": {[]string{`{"@graph":[{"@type":"Organization","@id":"#p","name":"P"},{"@type":["Article"],"headline":"H","datePublished":"2024-04-04","publisher":{"@id":"#p"}}]}`},
			"H|2024-04-04|P||"},
		"graph, publisher last": {[]string{`{"@graph":[{"@type":"Article","headline":"H","datePublished":"2024-04-04","publisher":{"@id":"#p"}},{"@id":"#p","name":"P"}]}`},
			"H|2024-04-04|P||"},
		"two scripts": {[]string{`{"@type":"NewsArticle","headline":"H","datePublished":"2024-04-04","publisher":{"@id":"#p"}}`, `[{"@id":"#p","name":"P"}]`},
			"H|2024-04-04|P||"},
		"list": {[]string{`[{"@type":"BreadcrumbList"},{"@type":"ReportageNewsArticle","headline":"H","datePublished":"2024-04-04","publisher":["P","Q"]}]`},
			"H|2024-04-04|P||"},
		"the article before the page": {[]string{`[{"@type":"WebPage","name":"W","datePublished":"2020-01-01"},{"@type":"http://schema.org/NewsArticle","headline":"H","datePublished":"2024-04-04"}]`},
			"H|2024-04-04|||"},
		"the first article": {[]string{`[{"@type":"NewsArticle","headline":"H","datePublished":"2024-04-04"},{"@type":"NewsArticle","headline":"I","datePublished":"2024-04-05"}]`},
			"H|2024-04-04|||"},
		"a page": {[]string{`{"@type":"WebPage","headline":"W","datePublished":"2024-04-04","mainEntityOfPage":{"@id":"https://e.org/2"}}`},
			"W|2024-04-04||https://e.org/2|"},
		"main entity": {[]string{`{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","headline":"H","datePublished":"2024-04-04"}}`},
			"H|2024-04-04|||"},
		"line ends in texts": {[]string{"{\"@type\":\"NewsArticle\",\"headline\":\"H\",\"description\":\"two\nlines\",\"datePublished\":\"2024-04-04\"}"},
			"H|2024-04-04|||"},
		"broken, then sound": {[]string{`{"@type":`, `{"@type":"NewsArticle","headline":"H","datePublished":"2024-04-04"}`},
			"H|2024-04-04|||"},
		"odd types": {[]string{`[null, 1, "x", {"@type":5,"datePublished":7,"publisher":[]}]`}, "||||"},
	} {
		var ld linkedData
		for _, s := range test.scripts {
			ld.merge(s)
		}
		if got := strings.Join([]string{ld.Headline, ld.DatePublished, ld.Publisher, ld.URL, ld.Language}, "|"); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

// Where a page shows the beginning only, what it tells search engines is the
// text.
func TestArticleBody(t *testing.T) {
	whole := strings.Repeat(sentence+" ", 5)
	page := `<html><body><article><p>` + sentence + `</p></article><script type="application/ld+json">` +
		`{"@type":"NewsArticle","datePublished":"2024-04-04","articleBody":"` + strings.TrimSpace(whole) + `"}</script></body></html>`
	d, err := parsePage([]byte(page))
	if err != nil || body(d.paragraphs) != strings.TrimSpace(whole) {
		t.Errorf("%q, %v", d.paragraphs, err)
	}
	d, err = parsePage([]byte(strings.Replace(page, "<p>"+sentence, "<p>"+whole, 1)))
	if err != nil || len(d.paragraphs) != 1 {
		t.Errorf("%q, %v", d.paragraphs, err)
	}
}
