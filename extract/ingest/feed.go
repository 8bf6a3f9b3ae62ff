package ingest

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"

	"entente/graph"
)

// feedReader reads RSS, RDF and Atom, and JSON Feed: an article an item. The
// text is the item's content, or its description where it has none; the
// publisher is the feed's title. Of a broken feed, as one that was cut off, the
// items that are whole are read.
type feedReader struct{}

func (feedReader) Extensions() []string { return []string{".rss", ".atom", ".xml"} }

func (feedReader) Match(head []byte, _ string) bool {
	start := bytes.TrimSpace(head)
	switch {
	case bytes.HasPrefix(start, []byte("{")):
		return bytes.Contains(head[:min(len(head), 1024)], []byte("://jsonfeed.org/version/"))
	case !bytes.HasPrefix(start, []byte("<")):
		return false
	}
	const window = 4096 // in which gofeed looks for the root element
	start = withoutDeclaration(start)
	kind := gofeed.DetectFeedType(bytes.NewReader(start[:min(len(start), window)]))
	return kind == gofeed.FeedTypeRSS || kind == gofeed.FeedTypeAtom
}

// maxElements bounds the tree of a feed, as maxTags does that of a page.
const maxElements = 2_000_000

func (feedReader) Read(src Source, opts Options) iter.Seq2[graph.Article, error] {
	return func(yield func(graph.Article, error) bool) {
		data, err := readAll(src, opts.MaxArticle)
		if err != nil {
			yield(graph.Article{}, err)
			return
		}
		feed, err := parseFeed(data)
		var broken *Error
		if whole := wholeItems(data, feed); err != nil || whole != nil {
			err = cmp.Or(err, errItems)
			broken = src.fail(0, "mend it, fetch it again, or leave it out", fmt.Errorf("broken feed: %w", err))
			if whole == nil {
				yield(graph.Article{}, broken)
				return
			}
			feed = whole
			broken.Cause, broken.Hint = fmt.Errorf("broken feed, of which the whole items are read (%d): %w", len(feed.Items), err), "mend it or fetch it again"
		}
		if len(feed.Items) == 0 {
			src.leaveOut(opts, yield, src.fail(0, "leave it out", errors.New("a feed without an item")))
			return
		}
		for i, item := range feed.Items {
			within := src.member(fmt.Sprint(i + 1))
			within.file = src.fileName()
			if !yield(itemDraft(feed, item, i+1).finish(within, opts)) {
				return
			}
		}
		if broken != nil {
			yield(graph.Article{}, broken)
		}
	}
}

var errItems = errors.New("an element is closed where it is not open")

func parseFeed(data []byte) (*gofeed.Feed, error) {
	if n := bytes.Count(data, []byte("<")); n > maxElements {
		return nil, fmt.Errorf("%d tags, too many for a feed", n)
	}
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(withoutDeclaration(bytes.TrimSpace(data))))
	if err == nil && feed == nil {
		err = errEmpty
	}
	return feed, err
}

// withoutDeclaration takes the first line off XML that is UTF-8, which need not
// be what that line declares: what was UTF-16 has been decoded.
func withoutDeclaration(data []byte) []byte {
	declaration, rest, ok := bytes.Cut(data, []byte("?>"))
	if !ok || !bytes.HasPrefix(declaration, []byte("<?xml")) || !validHead(rest) {
		return data
	}
	return bytes.TrimSpace(rest)
}

// validHead reports whether data, which may be cut off within a character, is
// UTF-8.
func validHead(data []byte) bool {
	for i := range min(utf8.UTFMax, len(data)+1) {
		if utf8.Valid(data[:len(data)-i]) {
			return true
		}
	}
	return false
}

func itemDraft(feed *gofeed.Feed, item *gofeed.Item, number int) draft {
	d := draft{
		number:     number,
		id:         valid(item.GUID),
		title:      valid(item.Title),
		publisher:  valid(feed.Title),
		url:        webAddress(valid(item.Link)),
		paragraphs: markup(valid(firstOf(item.Content, item.Description))),
	}
	if strings.ContainsAny(d.title, "<&") {
		d.title = body(markup(d.title))
	}
	d.dateField = "published"
	if d.date = itemDate(item.Published, item.PublishedParsed); d.date == "" {
		d.dateField = "updated"
		d.date = itemDate(item.Updated, item.UpdatedParsed)
	}
	return d
}

// itemDate returns a date as it was written where we can read it, for its zone
// says which day it was; else as gofeed, which knows more of the broken forms,
// understood it.
func itemDate(written string, understood *time.Time) string {
	written = valid(written)
	if _, err := parseDate(written, ""); err != nil && understood != nil && !errors.Is(err, errTwoDays) {
		return understood.Format(time.DateOnly)
	}
	return written
}

// markup finds the paragraphs of a text that is HTML by convention, though often
// without a tag.
func markup(text string) []string {
	if !strings.ContainsAny(text, "<&") {
		return paragraphs(text)
	}
	page, err := parsePage([]byte("<html><body><article>" + text + "</article></body></html>"))
	if err != nil {
		return nil
	}
	return page.paragraphs
}

// valid replaces what is not UTF-8 in s.
func valid(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }
