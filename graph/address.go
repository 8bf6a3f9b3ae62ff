package graph

import (
	"net/url"
	"strings"
)

// Address returns the article's URL in the one form that its spellings share,
// or "" where the URL names no article: none, no host, or a host alone (some
// dumps name the paper's front page for all of its articles).
//
// Scheme, "www.", usual ports, fragment, a slash at the end, and parameters that
// count visitors (utm_…, fbclid, gclid) make no difference.
func (a *Article) Address() string {
	raw := strings.TrimSpace(a.URL)
	if !strings.Contains(raw, "://") {
		raw = "http://" + raw
	}
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || !strings.Contains(u.Hostname(), ".") {
		return ""
	}
	path, query := strings.TrimRight(u.EscapedPath(), "/"), withoutCounters(u.RawQuery)
	if path == "" && query == "" {
		return ""
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		host += ":" + port
	}
	if query != "" {
		path += "?" + query
	}
	return host + path
}

// withoutCounters drops the parameters that say where a reader came from.
func withoutCounters(query string) string {
	var kept []string
	for _, p := range strings.Split(query, "&") {
		name, _, _ := strings.Cut(p, "=")
		if p != "" && name != "fbclid" && name != "gclid" && !strings.HasPrefix(name, "utm_") {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, "&")
}
