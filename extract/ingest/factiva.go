package ingest

import (
	"regexp"
	"slices"
	"strings"
)

// factivaField is a line that begins a field every Factiva document has, alone
// or with its value.
var factivaField = regexp.MustCompile(`^(?:HD|PD|SN|LP|TD|AN)$|^(?:PD \d{1,2} [A-Z][a-z]+ \d{4}|WC [\d,]+ words|AN Document )`)

// factivaCodes are the fields of a Factiva document.
var factivaCodes = strings.Fields("HD CR SE BY WC PD ET SN SC ED PG VOL LA CY LP TD CT RF ART CX CLM CO IN NS RE IPC IPD PUB AN NGC GC RST")

// factivaAfter are lines of fields that follow the text: codes of a few small
// letters or figures, each with its name or alone.
var factivaAfter = regexp.MustCompile(`^[a-z0-9]{1,12}(?: : .*|(?: ?[|,;] ?[a-z0-9]{1,12})*)$`)

// factivaCode returns the field that a line begins and the rest of the line.
// Once the text has begun, a word of two capitals may well begin a line, and
// only the fields that follow the text end it.
func factivaCode(line string, inText bool) (code, rest string) {
	code, rest, _ = strings.Cut(line, " ")
	if !slices.Contains(factivaCodes, code) {
		return "", ""
	}
	if inText && rest != "" && !strings.Contains(rest, " : ") && !factivaAfter.MatchString(rest) && code != "AN" && code != "PUB" && code != "CT" && code != "RF" {
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
