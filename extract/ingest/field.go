package ingest

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// The names under which inputs keep what an article has, in lower case. The
// first that is present and not empty wins.
var (
	idNames    = []string{"id", "_id", "guid", "uuid", "article_id"}
	titleNames = []string{"title", "headline", "heading", "webtitle"}
	textNames  = []string{"text", "body", "content", "maintext", "articlebody", "article", "full_text", "article_text", "fulltext",
		"article_body", "bodytext", "body_text", "fields.bodytext", "fields.body"}
	dateNames = []string{"published", "date", "pubdate", "date_publish", "publish_date", "published_at", "datepublished",
		"publication_date", "published_date", "pub_date", "publisheddate", "publishdate", "publicationdate", "publishedat",
		"webpublicationdate", "created"}
	urlNames       = []string{"url", "link", "web_url", "weburl", "canonical_link"}
	publisherNames = []string{"publisher", "source", "domain", "outlet", "site_name", "publication", "newspaper", "source_domain"}
	languageNames  = []string{"language", "lang", "inlanguage"}
)

// FieldNames are the words by which Options.Map names what an article has.
var FieldNames = []string{"id", "title", "text", "published", "url", "publisher", "language"}

// names returns the names under which the field of FieldNames is looked for:
// that of Map in lower case, or else the usual ones.
func (o Options) names(field string) []string {
	if name := o.Map[field]; name != "" {
		return []string{strings.ToLower(name)}
	}
	switch field {
	case "id":
		return idNames
	case "title":
		return titleNames
	case "text":
		return textNames
	case "published":
		return dateNames
	case "url":
		return urlNames
	case "language":
		return languageNames
	}
	return publisherNames
}

// fields are the members of a JSON object under their names in lower case.
type fields map[string]json.RawMessage

// parseFields reads a JSON object. Of two names that differ in case only, the
// one that sorts first and is not empty counts.
func parseFields(raw []byte) (fields, error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(raw, &object); err != nil {
		return nil, err
	}
	f := make(fields, len(object))
	for _, name := range slices.Sorted(maps.Keys(object)) {
		lower := strings.ToLower(name)
		if _, ok := f[lower]; !ok && !blank(object[name]) {
			f[lower] = object[name]
		}
	}
	return f, nil
}

// blank reports whether a JSON value says nothing.
func blank(raw json.RawMessage) bool {
	switch string(raw) {
	case "null", `""`, "[]", "{}":
		return true
	}
	if len(raw) > 1 && raw[1] > ' ' && raw[1] != '\\' && raw[1] < utf8.RuneSelf {
		return false // spares decoding a long text twice
	}
	s, ok := stringOf(raw)
	return ok && strings.TrimSpace(s) == ""
}

func stringOf(raw json.RawMessage) (string, bool) {
	var s string
	if len(raw) == 0 || raw[0] != '"' || json.Unmarshal(raw, &s) != nil {
		return "", false
	}
	return s, true
}

// scalar returns a string or number as a string.
func scalar(raw json.RawMessage) (string, bool) {
	if s, ok := stringOf(raw); ok {
		return s, true
	}
	var n json.Number
	if len(raw) > 0 && raw[0] != '"' && json.Unmarshal(raw, &n) == nil && n != "" {
		return n.String(), true
	}
	return "", false
}

// get returns the member of a name, or, where there is none, what stands at
// the end of a path of names with dots between.
func (f fields) get(name string) (json.RawMessage, bool) {
	raw, ok := f[name]
	outer, inner, dotted := strings.Cut(name, ".")
	if ok || !dotted || len(f[outer]) == 0 || f[outer][0] != '{' {
		return raw, ok
	}
	object, err := parseFields(f[outer])
	if err != nil {
		return nil, false
	}
	return object.get(inner)
}

// first returns the first of names that is present, with its value.
func (f fields) first(names []string) (string, json.RawMessage) {
	for _, name := range names {
		if raw, ok := f.get(name); ok {
			return name, raw
		}
	}
	return "", nil
}

// str returns the first of names that holds a string or number; or an object
// with one under one of the inner names.
func (f fields) str(names []string, inner ...string) string {
	for _, name := range names {
		raw, ok := f.get(name)
		if !ok {
			continue
		}
		if s, ok := scalar(raw); ok {
			return s
		}
		if object, err := parseFields(raw); err == nil && len(inner) > 0 {
			if s := object.str(inner); s != "" {
				return s
			}
		}
	}
	return ""
}

// paragraphs returns the article's text, which stands under one of names: a
// string, or strings that are a paragraph each.
func (f fields) paragraphs(names []string) ([]string, error) {
	name, raw := f.first(names)
	if name == "" {
		return nil, fmt.Errorf("%w (fields found: %s)", errNoText, f.names())
	}
	if text, ok := stringOf(raw); ok {
		return textOrMarkup(text), nil
	}
	var list []string
	if json.Unmarshal(raw, &list) != nil {
		return nil, fmt.Errorf("field %q is neither a string nor a list of strings", name)
	}
	return cleanAll(list), nil
}

// textOrMarkup finds the paragraphs of a text that may be a piece of HTML, as
// content systems export it.
func textOrMarkup(text string) []string {
	if start := strings.TrimSpace(text); strings.HasPrefix(start, "<") && strings.Contains(start, "</") {
		if p, err := parsePage([]byte(text)); err == nil && len(p.paragraphs) > 0 {
			return p.paragraphs
		}
	}
	return paragraphs(text)
}

// cleanAll cleans each text and drops those that are empty.
func cleanAll(texts []string) []string {
	var out []string
	for _, t := range texts {
		if t = oneLine(t); t != "" {
			out = append(out, t)
		}
	}
	return out
}

// names lists the names of f for a message.
func (f fields) names() string { return listNames(slices.Sorted(maps.Keys(f))) }

func listNames(names []string) string {
	const most = 12
	var out []string
	for _, name := range names {
		if len(out) == most {
			out = append(out, "…")
			break
		}
		out = append(out, cut(oneLine(name), 30))
	}
	if out == nil {
		return "none"
	}
	return strings.Join(out, ", ")
}

// dateValue returns a date that is a string or number, or is written as MongoDB
// exports it: {"$date": "2024-04-04T12:00:00Z"}, {"$date": {"$numberLong": "1712232000000"}}.
func dateValue(raw json.RawMessage) (string, bool) {
	if s, ok := scalar(raw); ok {
		return s, true
	}
	f, err := parseFields(raw)
	if err != nil {
		return "", false
	}
	s := f.str([]string{"$date"}, "$numberlong")
	return s, s != ""
}

var errNotObject = errors.New("not a JSON object")

// source returns the fields of the document that an answer or export of
// Elasticsearch wraps, or f.
func (f fields) source(opts Options) (fields, error) {
	inner, ok := f["_source"]
	if name, _ := f.first(opts.names("text")); !ok || name != "" || inner[0] != '{' {
		return f, nil
	}
	document, err := parseFields(inner)
	if err != nil {
		return nil, err
	}
	if _, ok := f["_id"]; ok && document.str(opts.names("id"), "$oid") == "" {
		document["_id"] = f["_id"]
	}
	return document, nil
}

// articleDraft reads the article a JSON object holds.
func articleDraft(raw []byte, opts Options) (draft, error) {
	if raw[0] != '{' {
		return draft{}, fmt.Errorf("%w: %s", errNotObject, cut(oneLine(strings.ToValidUTF8(string(raw), "?")), 40))
	}
	f, err := parseFields(raw)
	if err != nil {
		return draft{}, err
	}
	if f, err = f.source(opts); err != nil {
		return draft{}, err
	}
	d := draft{
		id:        f.str(opts.names("id"), "$oid"),
		title:     f.str(opts.names("title"), "main"),
		url:       f.str(opts.names("url")),
		publisher: f.str(opts.names("publisher"), "name", "title", "domain"),
		language:  f.str(opts.names("language"), "name", "code"),
	}
	if name, value := f.first(opts.names("published")); name != "" {
		d.dateField = name
		var ok bool
		if d.date, ok = dateValue(value); !ok {
			d.date = string(value)
		}
	}
	d.paragraphs, err = f.paragraphs(opts.names("text"))
	return d, err
}
