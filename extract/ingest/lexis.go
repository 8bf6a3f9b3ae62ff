package ingest

import (
	"slices"
	"strings"
)

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

func copyright(line string) bool {
	return strings.HasPrefix(line, "Copyright ") || strings.HasPrefix(line, "©") || strings.HasPrefix(line, "(c) ") ||
		strings.EqualFold(line, "All Rights Reserved")
}
