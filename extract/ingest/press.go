package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"regexp"
	"slices"
	"strings"

	"entente/graph"
)

// pressReader reads what press databases export as plain text, many articles in
// one file:
//
//   - LexisNexis: "3 of 250 DOCUMENTS" before each; outlet, date, headline, then
//     lines such as "BYLINE: …" before the text and "LOAD-DATE: …" after it.
//   - Nexis Uni and Lexis+: headline, outlet, date, then "Section: …" and "Body";
//     "End of Document" after each.
//   - Factiva: "Document EXWR000020240404ek4400001" after each; before the text
//     either fields of two letters ("HD", "PD", "SN", "LP", "TD") or headline, "512
//     words", date and outlet on a line each.
type pressReader struct{}

func (pressReader) Extensions() []string { return nil }

var (
	documentBegins = regexp.MustCompile(`^\s*(?:\d+ of \d+ DOCUMENTS?|Document \d+ of \d+)\s*$`)
	documentEnds   = regexp.MustCompile(`^\s*(?:End of Document|(?:AN )?Document ([A-Z][A-Z0-9]{3,}[0-9]{8}[a-z0-9]+))\s*$`)
	clock          = regexp.MustCompile(`^\d{1,2}:\d{2}( (GMT|UTC|AM|PM))?$`)
	wordCount      = regexp.MustCompile(`^(?:(?i:length):\s*|WC )?\d[\d,.]* words$`)
)

// Match looks for a line that begins or ends a document, and for one of those
// that stand in every document.
func (pressReader) Match(head []byte, _ string) bool {
	mark, label := false, false
	for line := range bytes.Lines(head) {
		line = bytes.TrimSpace(line)
		mark = mark || documentBegins.Match(line) || documentEnds.Match(line)
		label = label || wordCount.Match(line) || factivaField.Match(line) || bytes.HasPrefix(bytes.ToUpper(line), []byte("LOAD-DATE:"))
		if mark && label {
			return true
		}
	}
	return false
}

var errNoDocument = errors.New("no article is recognised in this export of a press database")

func (pressReader) Read(src Source, opts Options) iter.Seq2[graph.Article, error] {
	return func(yield func(graph.Article, error) bool) {
		cut := pieces{in: buffered(src), max: opts.MaxArticle, begins: documentBegins.Match, ends: documentEnds.Match}
		for n := 1; ; {
			p, err := cut.next()
			if err == io.EOF {
				if n == 1 {
					yield(graph.Article{}, src.fail(0, "leave it out, or save its articles as text", errNoDocument))
				}
				return
			}
			if err != nil {
				yield(graph.Article{}, readError(src, p.line, err))
				return
			}
			marked := p.ended || documentBegins.Match(firstLine(p.text))
			if !p.long && !marked && !article(p.text) {
				continue // a cover page, or the list of search terms
			}
			if !yield(pressArticle(p, n, src, opts)) {
				return
			}
			n++
		}
	}
}

// article reports whether a piece without a mark, as at the end of a file that
// was cut off, looks like a document.
func article(text []byte) bool {
	for line := range bytes.Lines(text) {
		if line = bytes.TrimSpace(line); wordCount.Match(line) {
			return true
		}
	}
	return false
}

func pressArticle(p piece, n int, src Source, opts Options) (graph.Article, error) {
	if p.long {
		return graph.Article{}, src.fail(p.line, "split it or raise the limit",
			fmt.Errorf("longer than %d bytes, too long for one article", opts.MaxArticle))
	}
	d := pressDraft(string(opts.toUTF8(p.text, src, p.line)))
	if len(d.paragraphs) == 0 {
		return graph.Article{}, src.fail(p.line, "leave it out, or save it alone as text", errNoDocument)
	}
	d.number, d.line = n, p.line
	return d.finish(src, opts)
}

// pressDraft reads one document, with or without the lines that part it from
// others.
func pressDraft(text string) draft {
	d := draft{dateField: "date"}
	var lines []string
	for line := range strings.SplitSeq(normalise(text), "\n") {
		line = collapse(line)
		if m := documentEnds.FindStringSubmatch(line); m != nil {
			d.id = firstOf(d.id, m[1])
		} else if !documentBegins.MatchString(line) {
			lines = append(lines, line)
		}
	}
	switch {
	case slices.ContainsFunc(lines, factivaField.MatchString):
		d.factivaFields(lines)
	case slices.ContainsFunc(lines, func(line string) bool { return lexisLabel(line) != "" }):
		d.lexis(lines)
	default:
		d.factiva(lines)
	}
	return d
}

// parts splits lines at the empty ones.
func parts(lines []string) [][]string { return blocks(strings.Join(lines, "\n")) }

// Labels of LexisNexis before and after the text, in lower case.
var (
	lexisBefore = []string{"byline", "section", "length", "dateline", "highlight", "body", "series", "correction-date"}
	lexisAfter  = []string{"url", "load-date", "language", "graphic", "publication-type", "document-type", "subject", "notes",
		"journal-code", "classification", "copyright", "type", "company", "organization", "country", "city", "geographic", "person", "persons", "industry", "correction"}
)

// lexisMixed are those that Nexis Uni writes, which takes small letters. The
// others might begin a line of the text if they were not in capitals.
var lexisMixed = []string{"byline", "section", "length", "dateline", "highlight", "load-date", "language", "graphic", "publication-type",
	"subject", "journal-code"}

// lexisLabel returns the label that a line begins with, in lower case, or "".
func lexisLabel(line string) string {
	switch line {
	case "Body", "BODY", "Classification":
		return strings.ToLower(line)
	}
	label, _, ok := strings.Cut(line, ":")
	lower := strings.ToLower(label)
	switch {
	case !ok || label == "":
		return ""
	case label == strings.ToUpper(label):
		if slices.Contains(lexisBefore, lower) || slices.Contains(lexisAfter, lower) {
			return lower
		}
	case strings.HasPrefix(label, strings.ToUpper(label[:1])) && slices.Contains(lexisMixed, lower):
		return lower
	}
	return ""
}

// lexis reads a document of LexisNexis or Nexis Uni.
func (d *draft) lexis(lines []string) {
	head := len(lines) // lines before the first label
	text, end := 0, len(lines)
	body := false // its label has come
	for i, line := range lines {
		label := lexisLabel(line)
		switch {
		case label == "":
		case slices.Contains(lexisBefore, label):
			if body {
				continue
			}
			head, text, body = min(head, i), i+1, label == "body"
			if label == "byline" || label == "highlight" || label == "section" { // they may go on
				for text < len(lines) && lines[text] != "" && lexisLabel(lines[text]) == "" {
					text++
				}
			}
		case text > 0:
			end = min(end, i)
		}
		if i >= end {
			break
		}
	}
	d.lexisHead(lines[:head])
	d.paragraphs = joinBlocks(slices.DeleteFunc(parts(lines[min(text, end):end]), func(b []string) bool { return copyright(b[0]) }))
}

// lexisHead reads headline, outlet and date. The outlet stands before the date;
// the headline before both, or, where nothing is there, after them.
func (d *draft) lexisHead(lines []string) {
	lines = slices.DeleteFunc(slices.Clone(lines), copyright)
	at := slices.IndexFunc(lines, func(line string) bool { return leadingDate(line) != "" })
	if at < 0 {
		d.title = strings.Join(first(parts(lines)), " ")
		return
	}
	d.date = leadingDate(lines[at])
	before := slices.DeleteFunc(slices.Clone(lines[:at]), func(line string) bool { return line == "" })
	if n := len(before); n > 0 {
		d.publisher = before[n-1]
		d.title = strings.Join(before[:n-1], " ")
	}
	after := lines[at+1:]
	for len(after) > 0 && after[0] != "" { // the edition
		after = after[1:]
	}
	if d.title == "" {
		d.title = strings.Join(first(parts(after)), " ")
	}
}

func first(blocks [][]string) []string {
	if len(blocks) == 0 {
		return nil
	}
	return blocks[0]
}

func copyright(line string) bool {
	return strings.HasPrefix(line, "Copyright ") || strings.HasPrefix(line, "©") || strings.HasPrefix(line, "(c) ") ||
		strings.EqualFold(line, "All Rights Reserved")
}

var datePattern = regexp.MustCompile(`^(?:[A-Z][a-z]+day,? )?((?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}|` +
	`\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4})\b`)

// leadingDate returns the date that a line begins with, or "".
func leadingDate(line string) string {
	if m := datePattern.FindStringSubmatch(line); m != nil {
		return m[1]
	}
	return ""
}

// factivaField is a line that begins a field every Factiva document has, alone
// or with its value.
var factivaField = regexp.MustCompile(`^(?:HD|PD|SN|LP|TD|AN)$|^(?:PD \d{1,2} [A-Z][a-z]+ \d{4}|WC [\d,]+ words|AN Document )`)

// factivaCodes are the fields of a Factiva document.
var factivaCodes = strings.Fields("HD CR SE BY WC PD ET SN SC ED PG VOL LA CY LP TD CT RF ART CX CLM CO IN NS RE IPC IPD PUB AN")

// factivaCode returns the field that a line begins and the rest of the line.
// Once the text has begun, a word of two capitals may well begin a line, and
// only the fields that follow the text end it.
func factivaCode(line string, inText bool) (code, rest string) {
	code, rest, _ = strings.Cut(line, " ")
	if !slices.Contains(factivaCodes, code) {
		return "", ""
	}
	if inText && rest != "" && !strings.Contains(rest, " : ") && code != "AN" && code != "PUB" && code != "CT" && code != "RF" {
		return "", ""
	}
	return code, rest
}

// factivaFields reads a document with its fields named.
func (d *draft) factivaFields(lines []string) {
	fields := map[string][]string{}
	code := ""
	for _, line := range lines {
		if next, rest := factivaCode(line, code == "LP" || code == "TD"); next != "" {
			code, line = next, rest
		}
		if code == "" {
			continue
		}
		fields[code] = append(fields[code], line)
	}
	value := func(code string) string { return collapse(strings.Join(fields[code], " ")) }
	d.title, d.date, d.publisher = value("HD"), value("PD"), value("SN")
	d.paragraphs = slices.Concat(joinBlocks(parts(fields["LP"])), joinBlocks(parts(fields["TD"])))
}

// factiva reads a document without the names of fields: headline and byline,
// "512 words", date, perhaps a time, outlet, its code, edition, page, language,
// copyright, and after an empty line the text.
func (d *draft) factiva(lines []string) {
	words := slices.IndexFunc(lines, wordCount.MatchString)
	if words < 0 {
		return
	}
	head := slices.DeleteFunc(slices.Clone(lines[:words]), func(line string) bool { return line == "" || strings.HasPrefix(line, "By ") })
	d.title = strings.Join(head, " ")
	rest := lines[words+1:]
	for len(rest) > 0 && rest[0] != "" {
		switch line := rest[0]; {
		case d.date == "" && leadingDate(line) != "":
			d.date = leadingDate(line)
		case d.date != "" && d.publisher == "" && !clock.MatchString(line):
			d.publisher = line
		}
		rest = rest[1:]
	}
	d.paragraphs = joinBlocks(slices.DeleteFunc(parts(rest), func(b []string) bool { return copyright(b[0]) }))
}
