package rdf

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"entente/graph"
	"entente/graph/encoding"
)

func actorIRI(id graph.ActorID) string {
	return "urn:entente:actor:" + escaped(string(id), unreserved+":")
}
func factIRI(id string) string { return "urn:entente:fact:" + escaped(id, unreserved+":") }
func relationIRI(predicate string) string {
	return "urn:entente:rel:" + escaped(predicate, unreserved+":")
}

// articleIRI returns the web address of the article of x. Where it has none, or
// one that names no article but the paper's front page, it is made of its key.
func articleIRI(x encoding.Fact) string {
	raw := strings.TrimSpace(x.Article.URL)
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || x.Article.Address() == "" {
		return "urn:entente:article:" + escaped(x.Key(), unreserved+":")
	}
	whole, fragment, found := strings.Cut(raw, "#")
	iri := escapedAddress(whole)
	if found {
		iri += "#" + escapedAddress(fragment)
	}
	return iri
}

// strayPercent is a percent sign that begins no escape.
var strayPercent = regexp.MustCompile(`%([^0-9A-Fa-f]|.[^0-9A-Fa-f]|.?$)`)

// escapedAddress escapes what may not stand in a web address, and keeps what is
// escaped already.
func escapedAddress(s string) string {
	for strayPercent.MatchString(s) {
		s = strayPercent.ReplaceAllString(s, "%25$1")
	}
	return escaped(s, unreserved+":/?@!$&'()*+,;=%")
}

// unreserved are the marks of RFC 3986 that stand for themselves everywhere,
// beside letters and digits.
const unreserved = "-._~"

// escaped returns s with every byte percent-encoded that is no ASCII letter or
// digit and not among the marks.
func escaped(s, marks string) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || strings.IndexByte(marks, c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
