package ingest

import (
	"net/url"
	"path"
	"regexp"
	"strings"
	"time"

	"entente/graph"
)

// slashed is a date in the path of an address, as content systems make them:
// /2024/04/04/, /2024/apr/04/, /2024-04-04/, /20240404/.
var slashed = regexp.MustCompile(`/((?:19|20)\d\d)[/-](\d\d?|[a-z]{3})[/-](\d\d?)(?:[/_-]|$)|/((?:19|20)\d\d)(\d\d)(\d\d)/`)

// inName is a date in the name of a page or a file, set apart from other
// figures: summit-2024-04-04, 2024_04_04.
var inName = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)\d\d)[-_.](\d\d)[-_.](\d\d)(?:[^0-9]|$)`)

// unmarked is the same without marks, which only the names of files have:
// 20240404.
var unmarked = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)\d\d)(\d\d)(\d\d)(?:[^0-9]|$)`)

// dateInURL returns the day that an address names, or "". An address that names
// two days names none.
func dateInURL(address string) graph.Date {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	where := strings.ToLower(u.Path)
	if date := onlyDate(slashed, where); date != "" {
		return date
	}
	return onlyDate(inName, where)
}

// dateInPath returns the day that the name of a file names, or the folders that
// it lies in (2024-04-04/, 2024/04/04/), or "".
func dateInPath(file string) graph.Date {
	file = strings.ReplaceAll(file, "\\", "/")
	name := path.Base(file)
	for _, form := range []*regexp.Regexp{inName, unmarked} {
		if date := onlyDate(form, name); date != "" {
			return date
		}
	}
	return onlyDate(folders, path.Dir("/"+file)+"/")
}

// folders are folders by date.
var folders = regexp.MustCompile(`/((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)/|/((?:19|20)\d\d)(\d\d)(\d\d)/`)

// onlyDate returns the one day that form finds in s, or "".
func onlyDate(form *regexp.Regexp, s string) (only graph.Date) {
	for _, m := range form.FindAllStringSubmatch(s, -1) {
		date := dateOf(m)
		if date == "" || only != "" && date != only {
			return ""
		}
		only = date
	}
	return only
}

// dateOf makes a day of a match: year, month (figures or three letters) and day.
func dateOf(m []string) graph.Date {
	if m[1] == "" {
		m = m[3:]
	}
	for _, layout := range []string{"2006-1-2", "2006-Jan-2"} {
		if t, err := time.Parse(layout, m[1]+"-"+m[2]+"-"+m[3]); err == nil {
			return graph.DateOf(t)
		}
	}
	return ""
}
