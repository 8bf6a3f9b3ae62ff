package ingest

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"entente/graph"
)

// Names, as ids and classes of elements, of what stands in a page beside its
// article. They count as whole names only: "share" is a box of buttons,
// "share-prices" is news. An underscore is a hyphen here.
var (
	// readersNames are those of what readers write, which is often longer than the
	// article.
	readersNames = nameSet(`comments comment-list comments-list commentlist comments-area comments-section comment-section comments-container
		comments-wrapper comments-wrap post-comments article-comments reader-comments user-comments fb-comments disqus disqus-thread
		livefyre-comments coral-talk-stream gmail-quote yahoo-quoted moz-cite-prefix`)
	// furnitureNames are those of boxes. One that has most of the page's text is
	// none, whatever its name.
	furnitureNames = nameSet(`comment comment-body comment-content respond comment-respond
		most-read mostread most-popular most-viewed most-commented most-shared trending trending-stories trending-now
		related related-articles related-article related-posts related-stories related-content related-news related-links related-coverage
		relatedposts jp-relatedposts yarpp-related inline-related read-next up-next recommended recommended-stories recommendations
		also-read see-also you-may-also-like more-stories
		author-bio author-box author-card author-info about-author about-the-author author-description bottom-of-article
		newsletter newsletter-signup newsletter-sign-up newsletter-form newsletter-box newsletter-promo signup-box email-signup
		share share-bar share-buttons share-tools share-links share-box sharedaddy sd-sharing sharing social-share social-sharing
		social-links social-buttons social-bar jp-post-flair addtoany-share-save-container
		cookie-banner cookie-notice cookie-consent`)
)

func nameSet(names string) map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(names) {
		set[name] = true
	}
	return set
}

// named reports whether the id or a class of n is one of the names.
func named(n *html.Node, names map[string]bool) bool {
	for _, name := range append(strings.Fields(attr(n, "class")), attr(n, "id")) {
		if names[strings.ReplaceAll(strings.ToLower(name), "_", "-")] {
			return true
		}
	}
	return false
}

// detached is a node that was taken out of the tree, and where it was.
type detached struct{ node, parent, next *html.Node }

func detach(nodes []*html.Node) []detached {
	out := make([]detached, 0, len(nodes))
	for _, n := range nodes {
		out = append(out, detached{n, n.Parent, n.NextSibling})
		n.Parent.RemoveChild(n)
	}
	return out
}

// attach puts nodes back.
func attach(nodes []detached) {
	for _, d := range slices.Backward(nodes) {
		d.parent.InsertBefore(d.node, d.next)
	}
}

// clearFurniture takes out of the tree what is named as comments, share buttons,
// lists of other articles and the like: where an article is short, readability
// takes them for it. Nothing is taken out that holds the page's title, its <main>
// or its marked text, nor where no sentence would be left.
func (p *page) clearFurniture(root *html.Node) {
	all := 0 // text of the page; made when it is first needed
	most := func(n *html.Node) bool {
		if all == 0 {
			all = len(textOf(p.body))
		}
		return len(textOf(n))*2 > all
	}
	var out []*html.Node
	walk(root, func(n *html.Node) bool {
		switch {
		case n.Type != html.ElementNode || n == root || n.DataAtom == atom.Html || n.DataAtom == atom.Body:
			return true
		case n.DataAtom == atom.Head:
			return false
		}
		readers := named(n, readersNames) || n.DataAtom == atom.Blockquote && attr(n, "type") == "cite" // by a mail
		if readers && strings.Contains(cut(textOf(n), 80), "Forwarded message") {
			return true
		}
		if !readers && !named(n, furnitureNames) || holdsArticle(n) || !readers && p.body != nil && most(n) {
			return true
		}
		out = append(out, n)
		return false
	}, func(*html.Node) {})
	if len(out) == 0 || p.body == nil {
		return
	}
	taken := detach(out)
	news := func(s string) bool { return endsSentence(s) && !boilerplate().drop(s, true) }
	if !slices.ContainsFunc(articleText(p.body), news) {
		attach(taken)
		return
	}
	p.articles = slices.DeleteFunc(p.articles, func(n *html.Node) bool { return !within(n, root) })
}

func within(n, root *html.Node) bool {
	for n != nil && n != root {
		n = n.Parent
	}
	return n == root
}

// holdsArticle reports whether the page itself says that its article is in n.
func holdsArticle(n *html.Node) bool {
	found := false
	walk(n, func(n *html.Node) bool {
		found = found || n.DataAtom == atom.H1 || n.DataAtom == atom.Main || strings.EqualFold(attr(n, "itemprop"), "articleBody")
		return !found
	}, func(*html.Node) {})
	return found
}

// Bounds of what is taken for a page of links to articles.
const (
	fewestTeasers = 8
	longestTeaser = 350 // bytes beside its headline
	shortestProse = 80  // bytes of a paragraph
)

// isIndex reports whether the page is a home page or a list of articles: many
// headlines that lead elsewhere, each alone or over a line or two, and beside
// them no paragraph of prose. A page that calls itself an article is none.
func (p *page) isIndex(d *draft) bool {
	if p.body == nil || p.ld.article || strings.EqualFold(p.meta["og:type"], "article") ||
		d.dateFrom == graph.FromOpenGraph || d.dateFrom == graph.FromMeta {
		return false
	}
	links := map[*html.Node]int{} // linked headlines in a node
	var headlines []*html.Node
	walk(p.body, func(n *html.Node) bool {
		if isHeading(n.DataAtom) && leadsElsewhere(n) {
			headlines = append(headlines, n)
			for m := n; m != p.body.Parent; m = m.Parent {
				links[m]++
			}
		}
		return true
	}, func(*html.Node) {})
	if len(headlines) < fewestTeasers {
		return false
	}
	var cards []*html.Node
	for _, h := range headlines {
		card := h
		for card.Parent != p.body && links[card.Parent] == 1 {
			card = card.Parent
		}
		if len(textOf(card))-len(textOf(h)) > longestTeaser {
			return false
		}
		cards = append(cards, card)
	}
	taken := detach(cards)
	rest := collect(p.body, true, false)
	attach(taken)
	return !slices.ContainsFunc(withoutBoilerplate(rest), func(s string) bool { return len(s) >= shortestProse && endsSentence(s) })
}

func isHeading(a atom.Atom) bool {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// leadsElsewhere reports whether all of a heading is a link to another page.
func leadsElsewhere(h *html.Node) bool {
	elsewhere := func(n *html.Node) bool {
		to := attr(n, "href")
		return n.DataAtom == atom.A && to != "" && !strings.HasPrefix(to, "#")
	}
	for n := h.Parent; n != nil; n = n.Parent {
		if elsewhere(n) {
			return true
		}
	}
	linked, bare := false, false
	walk(h, func(n *html.Node) bool {
		switch {
		case elsewhere(n):
			linked = linked || textOf(n) != ""
			return false
		case n.Type == html.TextNode:
			bare = bare || strings.TrimSpace(n.Data) != ""
		}
		return true
	}, func(*html.Node) {})
	return linked && !bare
}
