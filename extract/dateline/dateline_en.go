// Package dateline reads the words that open a wire story: where it was written,
// when, and whose it is, as in "PARIS, April 4 (AFP) —".
//
// It is the one home of that form: ingest takes dates and agencies from it, the
// engine keeps it out of the first sentence, the resolver knows that what it
// names does not act.
package dateline

import (
	_ "embed"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Dateline is what the opening of a text says. What it does not say is zero.
type Dateline struct {
	Place  string // as written: "PARIS", "ERBIL, Iraq"
	Agency string // as written: "AFP"
	Year   int
	Month  time.Month
	Day    int // set where Month is
	// End is where the dateline ends in the text, in bytes: after its dash, or
	// what stands for it.
	End int
}

// Limits of the words before the dash.
const (
	maxLen   = 120 // bytes
	maxWords = 12
)

// Parse reads the dateline that text begins with, after white space. ok is false
// where there is none; the cost is bounded.
//
// Forms are "PARIS, April 4 (AFP) —", "Paris (AFP) -", "PARIS —", "(Reuters) -",
// "4 April 2024 (Reuters) –", "MOSCOW. April 4 (Interfax) -", "(ANSA) - ROME, APR
// 4 -", "(Beirut, November 26, 2009) –" and "MOSCOW, April 4. /TASS/." A place without agency and date must be in
// capitals, and must not be a short name that is told about between two dashes
// ("NATO — the alliance — said").
func Parse(text string) (d Dateline, ok bool) {
	start := len(text) - len(strings.TrimLeft(text, " \n\t"))
	text = text[start:]
	if m := tass.FindStringSubmatchIndex(text[:min(len(text), maxLen)]); m != nil {
		if d, ok = parseHead(text[:m[2]-1] + "(" + text[m[2]:m[3]] + ")"); ok {
			d.End = start + m[1]
			return d, true
		}
	}
	head, end := cutDash(text)
	if head == "" {
		return Dateline{}, false
	}
	d, ok = parseHead(head)
	if ok && d.Place == "" && d.Month == 0 { // "(ANSA) - ROME, APR 4 -"
		if more, next := cutDash(text[end:]); more != "" {
			if inner, fits := parseHead(more); fits && inner.Agency == "" {
				inner.Agency = d.Agency
				d, end = inner, end+next
			}
		}
	}
	if ok && d.Agency == "" && d.Month == 0 && utf8.RuneCountInString(d.Place) <= 5 {
		if again, _ := cutDash(text[end:]); again != "" && !strings.ContainsAny(again, ".!?") {
			return Dateline{}, false
		}
	}
	if !ok {
		return Dateline{}, false
	}
	d.End = start + end
	return d, true
}

// tass is the form of Russian agencies, which closes without a dash.
var tass = regexp.MustCompile(`^[^/\n]{2,80}/([A-Z][A-Za-z ]{1,20})/\.`)

// cutDash returns what stands before the first dash of text, and where the dash
// ends; "" where there is none near enough. A hyphen counts between spaces.
func cutDash(text string) (head string, end int) {
	near := text[:min(len(text), maxLen)]
	if i := strings.IndexByte(near, '\n'); i >= 0 {
		near = near[:i]
	}
	best := -1
	for _, dash := range []string{"—", "–", " -- ", " - ", "--"} {
		if i := strings.Index(near, dash); i > 0 && (best < 0 || i < best) {
			best, end = i, i+len(strings.TrimRight(dash, " "))
		}
	}
	if best < 0 {
		return "", 0
	}
	return strings.TrimSpace(near[:best]), end
}

// date is a day with its month, in either order, and perhaps a year; months as
// agencies write them.
var date = regexp.MustCompile(`(?i)\b(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?\s+)?(?P<m>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|Jun(?:e|\.)?|Jul(?:y|\.)?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?:\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?)?(?:,?\s+(?P<y>(?:19|20)\d\d))?\b\.?`)

var bracket = regexp.MustCompile(`\(([^()]{2,40})\)`)

// parseHead reads the words before the dash.
func parseHead(head string) (d Dateline, ok bool) {
	if len(strings.Fields(head)) > maxWords {
		return Dateline{}, false
	}
	if inner, whole := enclosed(head); whole && !agencies[strings.ToLower(inner)] { // "(Beirut, November 26, 2009) –"
		d, _ = parseHead(inner)
		return d, d.Place != "" && isName(d.Place)
	}
	for _, m := range bracket.FindAllStringSubmatch(head, -1) {
		name := strings.TrimSpace(m[1])
		if inner := date.FindStringSubmatch(name); inner != nil && d.setDate(inner) { // "(April 4)", "(AFP, April 4)"
			name = strings.Trim(strings.Replace(name, inner[0], "", 1), " ,;")
		}
		if name != "" {
			d.Agency = name
		}
	}
	rest := bracket.ReplaceAllString(head, " ")
	if m := date.FindStringSubmatch(rest); m != nil && d.setDate(m) {
		rest = strings.Replace(rest, m[0], " ", 1)
	}
	rest = strings.Join(strings.Fields(rest), " ")
	if before, last, cut := cutLast(rest, ","); cut && d.Agency == "" && agencies[strings.ToLower(last)] { // "TOKYO, April 4, Kyodo"
		rest, d.Agency = before, last
	}
	if agencies[strings.ToLower(rest)] && d.Agency == "" { // "Reuters —"
		rest, d.Agency = "", rest
	}
	d.Place = strings.Trim(rest, " ,;:/")
	if strings.Count(d.Place, ".") == 1 { // and not "D.C."
		d.Place = strings.TrimSuffix(d.Place, ".")
	}
	return d, d.plausible()
}

// enclosed returns what stands between the brackets that begin and end s.
func enclosed(s string) (inner string, ok bool) {
	inner, first := strings.CutPrefix(s, "(")
	inner, last := strings.CutSuffix(inner, ")")
	return strings.TrimSpace(inner), first && last && !strings.ContainsAny(inner, "()")
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+len(sep):]), true
}

// setDate takes the date of a match, if it is one.
func (d *Dateline) setDate(m []string) bool {
	day, _ := strconv.Atoi(m[date.SubexpIndex("d1")] + m[date.SubexpIndex("d2")])
	month := slices.Index(months, strings.ToLower(m[date.SubexpIndex("m")])[:3])
	if day < 1 || day > 31 || m[date.SubexpIndex("d1")] != "" && m[date.SubexpIndex("d2")] != "" {
		return false
	}
	d.Day, d.Month = day, time.Month(month+1)
	d.Year, _ = strconv.Atoi(m[date.SubexpIndex("y")])
	return true
}

var months = strings.Fields("jan feb mar apr may jun jul aug sep oct nov dec")

// Date returns the day of d as "2024-04-04", or "" where it names none. A year
// that it does not name is the one that brings it nearest to another day; the
// zero time is no such day.
func (d *Dateline) Date(near time.Time) string {
	if d.Month == 0 || d.Year == 0 && near.IsZero() {
		return ""
	}
	year := d.Year
	if year == 0 {
		year = near.Year()
		const half = 183 * 24 * time.Hour
		switch apart := time.Date(year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Sub(near); {
		case apart > half:
			year--
		case apart < -half:
			year++
		}
	}
	day := time.Date(year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
	if day.Month() != d.Month { // February 30
		return ""
	}
	return day.Format(time.DateOnly)
}

// plausible reports whether what was read is a dateline and not the beginning of
// a sentence with a dash.
func (d *Dateline) plausible() bool {
	known := agencies[strings.ToLower(d.Agency)]
	if d.Place == "" {
		return known
	}
	first, _, _ := strings.Cut(d.Place, ",")
	capitals := isCapitals(first)
	switch {
	case !isName(d.Place):
		return false
	case capitals || known:
		return true
	}
	// An agency that is not known may be anything in brackets: "The European
	// Union (EU) —".
	return d.Month != 0
}

// isName reports whether every word may be part of the name of a place.
func isName(s string) bool {
	for _, word := range strings.Fields(s) {
		r, _ := utf8.DecodeRuneInString(word)
		if !unicode.IsUpper(r) && !slices.Contains(particles, strings.Trim(word, ",")) {
			return false
		}
	}
	return !strings.HasPrefix(s, "The ") && !strings.ContainsAny(s, `"“”?!:;`)
}

// particles are the words of places' names that have no capital.
var particles = strings.Fields("de da do del du la le les el al of the and on sur upon near in en bin an der am")

// isCapitals reports whether s, of at least three letters, has no small one.
func isCapitals(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters > 2
}

//go:embed agencies.txt
var agencyList string

// agencies are the names of news agencies, in lower case.
var agencies = func() map[string]bool {
	known := map[string]bool{}
	for line := range strings.Lines(agencyList) {
		line, _, _ = strings.Cut(line, "#")
		for name := range strings.SplitSeq(line, ";") {
			if name = strings.ToLower(strings.TrimSpace(name)); name != "" {
				known[name] = true
			}
		}
	}
	return known
}()
