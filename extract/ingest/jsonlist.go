package ingest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"entente/graph"
)

// each yields the article of a record or, where the record has no text itself
// but holds a list of articles, as the answers of APIs do, those. It returns what
// the consumer does.
func (r *record) each(raw []byte, long bool, src Source, opts Options, yield func(graph.Article, error) bool) bool {
	a, err := r.article(raw, long, src, opts)
	if !errors.Is(err, errNoText) {
		return yield(a, err)
	}
	raw, _ = toUTF8(raw, "") // article has warned of what that does
	left := maxListSearch
	l := listIn(raw, "", opts, maxListDepth, &left)
	var e *Error
	switch {
	case l == nil:
		return yield(a, err)
	case !l.articles && errors.As(err, &e):
		e.Cause = fmt.Errorf("%w, nor in its list %s (%s)", e.Cause, l.path, l.fields)
		return yield(a, e)
	}
	before := max(0, bytes.Index(raw, l.raw))
	s := scanner{in: bufio.NewReader(bytes.NewReader(l.raw)), line: r.line + bytes.Count(raw[:before], []byte("\n")), max: opts.MaxLine}
	item := record{within: r.number, doubted: true}
	for item.number = 1; ; item.number++ {
		long, err := s.next(&item)
		if err != nil { // the end: the list is sound JSON, or it would not have been found
			return true
		}
		if !yield(item.article(item.raw, long, src, l.opts)) {
			return false
		}
	}
}

// maxListDepth is how deep in an object a list of articles is looked for:
// Elasticsearch has it in hits.hits.
const maxListDepth = 3

// maxListSearch bounds how many members are looked at for it, since any record
// without a text may be an object of millions.
const maxListSearch = 10_000

// list is an array of objects within an object.
type list struct {
	raw      json.RawMessage
	path     string // "response.results"
	articles bool   // one of the first objects has a text
	fields   string // the names of the first object's members, for a message
	opts     Options
}

// listNamed are the names of lists that may stand beside a title, which are then
// the title and the day of the list; under another name a list belongs to the
// article.
var listNamed = []string{"articles", "results", "hits", "items", "docs", "documents", "data", "records", "entries", "news",
	"stories", "posts", "response", "value", "rows", "feed"}

// remarks are lists of texts that are not articles.
var remarks = []string{"comments", "replies", "tags", "authors"}

// listIn finds the list of articles in the object raw, which has no text and
// stands under path, or else the first list of other objects, or nil. left is
// how many members it may still look at.
func listIn(raw []byte, path string, opts Options, depth int, left *int) *list {
	f, err := parseFields(raw)
	if err != nil {
		return nil
	}
	titled := path == "" && (f.str(opts.names("title")) != "" || f.str(opts.names("published")) != "")
	var names []string
	for _, name := range slices.Sorted(maps.Keys(f)) {
		if !slices.Contains(remarks, name) && (!titled || slices.Contains(listNamed, name)) {
			names = append(names, name)
		}
	}
	var other *list
	for _, name := range names { // those that lie least deep first
		if f[name][0] != '[' {
			continue
		}
		if *left--; *left < 0 {
			return other
		}
		l := listOf(f[name], path+name, opts)
		if l != nil && l.articles {
			return l
		}
		other = firstList(other, l)
	}
	for _, name := range names {
		if f[name][0] != '{' || depth <= 1 {
			continue
		}
		if *left--; *left < 0 {
			return other
		}
		l := listIn(f[name], path+name+".", opts, depth-1, left)
		if l != nil && l.articles {
			return l
		}
		other = firstList(other, l)
	}
	return other
}

func firstList(a, b *list) *list {
	if a != nil {
		return a
	}
	return b
}

// listOf looks at the first objects of an array; an array of none is nil.
func listOf(raw json.RawMessage, path string, opts Options) *list {
	const most = 10
	l := &list{raw: raw, path: path, opts: opts.under(path)}
	s := scanner{in: bufio.NewReader(bytes.NewReader(raw)), max: opts.MaxLine}
	var item record
	for n := range most {
		long, err := s.next(&item)
		if err != nil || item.raw[0] != '{' {
			break
		}
		if long {
			continue
		}
		if n == 0 {
			f, err := parseFields(item.raw)
			if err != nil {
				return nil
			}
			l.fields = f.names()
		}
		if _, err := articleDraft(item.raw, l.opts); err == nil {
			l.articles = true
			return l
		}
	}
	if l.fields == "" {
		return nil
	}
	return l
}

// under returns o for the objects of the list under a path: a name that leads
// through the list ("articles.content", "articles[].content") is that within it.
func (o Options) under(path string) Options {
	inner := maps.Clone(o.Map)
	for field, name := range inner {
		name = strings.NewReplacer("[]", "", "[*]", "").Replace(name)
		if len(name) > len(path) && strings.EqualFold(name[:len(path)], path) && name[len(path)] == '.' {
			inner[field] = name[len(path)+1:]
		}
	}
	o.Map = inner
	return o
}
