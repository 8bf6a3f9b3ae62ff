package ingest

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
)

// ProQuest parts documents by lines of underscores, which newer exports put in
// the place of "Document 1 of 2".
var (
	proquestRule  = regexp.MustCompile(`^\s*_{20,}\s*$`)
	proquestMark  = regexp.MustCompile(`(?m)^\s*(?:ProQuest document (?:ID|link)|Publication info|Publication title|Report Information from ProQuest)\b`)
	proquestText  = regexp.MustCompile(`(?m)^\s*(?:Full text|Abstract):`)
	proquestLabel = regexp.MustCompile(`^(Author|Publication info|ProQuest document link|Abstract|Links|Full text|Subject|Location|People|` +
		`Company / organization|Classification|Identifier / keyword|Title|Alternate title|Publication title|Pages|First page|Number of pages|` +
		`Publication year|Publication date|Section|Publisher|Place of publication|Country of publication|Publication subject|ISSN|e-ISSN|` +
		`Source type|Language of publication|Document type|ProQuest document ID|Accession number|Document URL|Copyright|Last updated|Database|` +
		`Credit|Illustration|Volume|Issue):\s*(.*)$`)
)

// proquestDay is the day in "Harbour Times ; London (UK) 05 Mar 2024: 12."
var proquestDay = regexp.MustCompile(`\b\d{1,2} [A-Z][a-z]{2} (?:19|20)\d\d\b`)

// proquestFields reports whether lines are those of a document of ProQuest.
func proquestFields(lines []string) bool {
	return slices.ContainsFunc(lines, proquestText.MatchString) &&
		slices.ContainsFunc(lines, func(line string) bool {
			return strings.HasPrefix(line, "Publication ") && proquestLabel.MatchString(line)
		})
}

// isProQuest reports whether the beginning of an input is an export of ProQuest.
func isProQuest(head []byte) bool {
	return proquestMark.Match(head) && proquestText.Match(head) &&
		slices.ContainsFunc(bytes.Split(head, []byte("\n")), func(line []byte) bool { return proquestRule.Match(line) || documentBegins.Match(line) })
}

// proquest reads a document of ProQuest: the headline, then fields of a label and
// a text, of which "Full text" has many paragraphs; or "Abstract", if that is all.
func (d *draft) proquest(lines []string) {
	fields := map[string][]string{}
	label := ""
	for _, line := range lines {
		if proquestRule.MatchString(line) {
			continue
		}
		if m := proquestLabel.FindStringSubmatch(line); m != nil {
			label, line = m[1], m[2]
		}
		fields[label] = append(fields[label], line)
	}
	value := func(label string) string { return strings.Join(first(parts(fields[label])), " ") }
	d.title = firstOf(value("Title"), value(""))
	d.dateField, d.date = "Publication date", firstOf(value("Publication date"), proquestDay.FindString(value("Publication info")))
	d.publisher, _, _ = strings.Cut(firstOf(value("Publication title"), value("Publication info")), ";")
	d.id, d.url, d.language = value("ProQuest document ID"), webAddress(value("Document URL")), value("Language of publication")
	for _, label := range []string{"Full text", "Abstract"} {
		if len(d.paragraphs) == 0 {
			d.paragraphs = joinBlocks(parts(fields[label]))
		}
	}
}
