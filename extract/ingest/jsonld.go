package ingest

import (
	"encoding/json"
	"slices"
	"strings"
)

// linkedData is what the JSON-LD of a page (schema.org) says of its article.
type linkedData struct {
	Headline      string
	DatePublished string
	URL           string
	Publisher     string
	Language      string
	Body          string
	names         map[string]string // of organisations, by @id
	publisherID   string            // of a publisher who is named elsewhere
	article       bool              // it is said of what is an article, not of a mere page
}

// articleTypes are the types of schema.org that are articles. Other objects with
// a date of publication, such as WebPage, count where there is none of these.
var articleTypes = []string{"Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
	"BackgroundNewsArticle", "ReviewNewsArticle", "AskPublicNewsArticle", "LiveBlogPosting", "BlogPosting", "SocialMediaPosting", "Report"}

// merge adds what one JSON-LD script says: an object, a list, or a graph of
// objects. What is broken is passed over: a page is written for browsers, which
// do the same. Line ends within texts, a common fault, are mended.
func (ld *linkedData) merge(script string) {
	var value any
	if json.Unmarshal([]byte(normaliseLines(script)), &value) != nil {
		return
	}
	for queue := []any{value}; len(queue) > 0; queue = queue[1:] {
		switch v := queue[0].(type) {
		case []any:
			queue = append(queue, v...)
		case map[string]any:
			queue = append(queue, v["@graph"], v["mainEntity"])
			ld.add(v)
		}
	}
	if ld.Publisher == "" {
		ld.Publisher = ld.names[ld.publisherID]
	}
}

func normaliseLines(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s)
}

// add takes over what an object says that has a date of publication. The first
// article counts, else the first other one.
func (ld *linkedData) add(object map[string]any) {
	if id, name := nameOrText(object["@id"]), nameOrText(object["name"]); id != "" && name != "" {
		if ld.names == nil {
			ld.names = map[string]string{}
		}
		ld.names[id] = name
	}
	article := slices.ContainsFunc(stringsOf(object["@type"]), func(t string) bool {
		return slices.Contains(articleTypes, strings.TrimPrefix(strings.TrimPrefix(t, "https://schema.org/"), "http://schema.org/"))
	})
	date := nameOrText(object["datePublished"])
	if ld.article || date == "" || ld.DatePublished != "" && !article {
		return
	}
	publisher := firstItem(object["publisher"])
	*ld = linkedData{
		Headline: nameOrText(object["headline"]), DatePublished: date, Body: nameOrText(object["articleBody"]), article: article, names: ld.names,
		URL:         firstOf(nameOrText(object["url"]), idOf(object["mainEntityOfPage"]), nameOrText(object["mainEntityOfPage"])),
		Publisher:   nameOrText(publisher),
		publisherID: idOf(publisher),
		Language:    nameOrText(firstItem(object["inLanguage"])),
	}
}

// firstItem returns the first of a list, or a value that is none.
func firstItem(v any) any {
	if list, ok := v.([]any); ok && len(list) > 0 {
		return list[0]
	}
	return v
}

// nameOrText returns a value that is a string, or the name of one that is an object.
func nameOrText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		name, _ := v["name"].(string)
		return name
	}
	return ""
}

func idOf(v any) string {
	object, _ := v.(map[string]any)
	id, _ := object["@id"].(string)
	return id
}

// stringsOf returns the strings of a value that is one or a list of them.
func stringsOf(v any) (out []string) {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	for _, item := range list {
		if s, ok := item.(string); ok {
			out = append(out, s)
		}
	}
	return out
}
