package ingest

import (
	"bytes"
	"encoding/xml"
	"regexp"

	"github.com/mmcdole/gofeed"
)

// itemMark is where an item of a feed begins or ends.
var itemMark = regexp.MustCompile(`<(/?)(?:[A-Za-z][\w.-]*:)?(?:item|entry)(?:\s[^<>]*)?>`)

// itemPieces returns where the items of a feed begin and end, in bytes of data.
func itemPieces(data []byte) (items [][2]int) {
	start := -1
	for at := 0; ; {
		m := itemMark.FindSubmatchIndex(data[at:])
		if m == nil {
			return items
		}
		switch opens := m[2] == m[3]; {
		case opens:
			start = at + m[0]
		case start >= 0:
			items = append(items, [2]int{start, at + m[1]})
			start = -1
		}
		at += m[1]
	}
}

// wholeItems reads the items of a broken feed that are whole: all before the last
// end of an item or, where the damage lies before it too, each by itself. It
// returns nil where that gives no more than feed, which is what the parser read,
// or nil. The parser passes over some damage with all that follows, and says
// nothing.
func wholeItems(data []byte, feed *gofeed.Feed) *gofeed.Feed {
	read := 0
	if feed != nil {
		read = len(feed.Items)
		if bytes.Count(data, []byte("<item"))+bytes.Count(data, []byte("<entry")) <= read {
			return nil
		}
	}
	data = withoutDeclaration(bytes.TrimSpace(data))
	if bytes.Count(data, []byte("<")) > maxElements {
		return nil
	}
	items := itemPieces(data)
	if len(items) <= read {
		return nil
	}
	head := data[:items[0][0]]
	tail := closing(head)
	if feed, err := parseFeed(bytes.Join([][]byte{data[:items[len(items)-1][1]], tail}, nil)); err == nil && len(feed.Items) >= len(items) {
		return feed
	}
	// Each item is parsed with all that precedes the first one, which must not
	// make the work grow with the square of the input.
	const most = 64 << 20
	var all *gofeed.Feed
	left := most
	for _, item := range items {
		if left -= len(head) + item[1] - item[0]; left < 0 {
			break
		}
		feed, err := parseFeed(bytes.Join([][]byte{head, data[item[0]:item[1]], tail}, nil))
		if err != nil {
			continue
		}
		if all == nil {
			all = feed
		} else {
			all.Items = append(all.Items, feed.Items...)
		}
	}
	if all == nil || len(all.Items) <= read {
		return nil
	}
	return all
}

// closing returns the tags that close what is open at the end of head.
func closing(head []byte) []byte {
	in := xml.NewDecoder(bytes.NewReader(head))
	in.Strict = false
	var open []string
	for {
		token, err := in.RawToken()
		if err != nil {
			break
		}
		switch t := token.(type) {
		case xml.StartElement:
			name := t.Name.Local
			if t.Name.Space != "" {
				name = t.Name.Space + ":" + name
			}
			open = append(open, name)
		case xml.EndElement:
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		}
	}
	var out []byte
	for i := range open {
		out = append(out, "</"+open[len(open)-1-i]+">"...)
	}
	return out
}
