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
	idNames        = []string{"id", "_id", "guid", "uuid", "article_id"}
	titleNames     = []string{"title", "headline"}
	textNames      = []string{"text", "body", "content", "maintext", "articlebody", "article", "full_text"}
	dateNames      = []string{"published", "date", "pubdate", "date_publish", "publish_date", "published_at", "datepublished", "created"}
	urlNames       = []string{"url", "link"}
	languageNames  = []string{"language", "lang", "inlanguage"}
	publisherNames = []string{"publisher", "source", "domain", "outlet", "site_name"}
)

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

// first returns the first of names that is present, with its value.
func (f fields) first(names []string) (string, json.RawMessage) {
	for _, name := range names {
		if raw, ok := f[name]; ok {
			return name, raw
		}
	}
	return "", nil
}

// str returns the first of names that holds a string or number; or an object
// with one under one of the inner names.
func (f fields) str(names []string, inner ...string) string {
	for _, name := range names {
		raw, ok := f[name]
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

// paragraphs returns the article's text: a string, or strings that are a
// paragraph each.
func (f fields) paragraphs() ([]string, error) {
	name, raw := f.first(textNames)
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
func (f fields) names() string {
	const most = 12
	var out []string
	for _, name := range slices.Sorted(maps.Keys(f)) {
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

var errNotObject = errors.New("not a JSON object")

// articleDraft reads the article a JSON object holds.
func articleDraft(raw []byte) (draft, error) {
	if raw[0] != '{' {
		return draft{}, fmt.Errorf("%w: %s", errNotObject, cut(oneLine(strings.ToValidUTF8(string(raw), "?")), 40))
	}
	f, err := parseFields(raw)
	if err != nil {
		return draft{}, err
	}
	d := draft{
		id:        f.str(idNames, "$oid"),
		title:     f.str(titleNames),
		url:       f.str(urlNames),
		publisher: f.str(publisherNames, "name", "title", "domain"),
		language:  f.str(languageNames, "name", "code"),
	}
	if name, value := f.first(dateNames); name != "" {
		d.dateField = name
		var ok bool
		if d.date, ok = scalar(value); !ok {
			d.date = string(value)
		}
	}
	d.paragraphs, err = f.paragraphs()
	return d, err
}
