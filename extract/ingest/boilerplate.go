package ingest

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed boilerplate_en.txt
var boilerplateText string

// boilerplate holds the rules of boilerplate_en.txt.
var boilerplate = sync.OnceValue(func() *boilerplateRules {
	rules, err := parseBoilerplate(boilerplateText)
	if err != nil {
		panic(err) // a test reads the file
	}
	return rules
})

// boilerplateRule is one line of the file.
type boilerplateRule struct {
	pattern *regexp.Regexp
	edge    bool // only near the beginning and the end of the article
	tail    bool // cuts the last group off the end of a paragraph
	holds   string
}

type boilerplateRules struct {
	byWord map[string][]boilerplateRule // by the word that a paragraph begins with
	others []boilerplateRule            // by what it contains
}

// Bounds of the rules: the longest paragraph that is looked at, in bytes, and how
// many paragraphs the edges are.
const (
	longestBoilerplate = 400
	firstEdge          = 3
	lastEdge           = 4
)

var columns = regexp.MustCompile(`\s{2,}`)

// parseBoilerplate reads the rules. The error names the line.
func parseBoilerplate(text string) (*boilerplateRules, error) {
	rules := &boilerplateRules{byWord: map[string][]boilerplateRule{}}
	var names []string // pairs for a Replacer
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		expand := strings.NewReplacer(names...).Replace
		if name, value, ok := strings.Cut(line, ":="); ok && !strings.Contains(strings.TrimSpace(name), " ") {
			names = append(names, "{"+strings.TrimSpace(name)+"}", expand(strings.TrimSpace(value)))
			continue
		}
		parts := columns.Split(line, 3)
		if len(parts) < 3 {
			return nil, fmt.Errorf("boilerplate_en.txt:%d: want three columns", n)
		}
		rule := boilerplateRule{edge: parts[0] == "edge", tail: parts[0] == "tail"}
		if !rule.edge && !rule.tail && parts[0] != "line" {
			return nil, fmt.Errorf("boilerplate_en.txt:%d: %q is not line, edge or tail", n, parts[0])
		}
		form := `^(?:%s)$`
		if rule.tail {
			form = `(?:%s)$`
		}
		var err error
		if rule.pattern, err = regexp.Compile(fmt.Sprintf(form, expand(parts[2]))); err != nil {
			return nil, fmt.Errorf("boilerplate_en.txt:%d: %w", n, err)
		}
		if holds, ok := strings.CutPrefix(parts[1], "~"); ok {
			rule.holds = holds
			rules.others = append(rules.others, rule)
			continue
		}
		for word := range strings.SplitSeq(parts[1], "/") {
			rules.byWord[word] = append(rules.byWord[word], rule)
		}
	}
	return rules, nil
}

// withoutBoilerplate returns the paragraphs that are news, as they are or without
// their tails. Where it would leave nothing, all stay.
func withoutBoilerplate(paragraphs []string) []string {
	rules := boilerplate()
	out := make([]string, 0, len(paragraphs))
	for i, p := range paragraphs {
		if p = rules.cut(p); p != "" && !rules.drop(p, i < firstEdge || i >= len(paragraphs)-lastEdge) {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return paragraphs
	}
	return out
}

// drop reports whether all of a paragraph is boilerplate.
func (r *boilerplateRules) drop(p string, edge bool) bool {
	if len(p) > longestBoilerplate {
		return false
	}
	fits := func(rule boilerplateRule) bool {
		return !rule.tail && (edge || !rule.edge) && strings.Contains(p, rule.holds) && rule.pattern.MatchString(p)
	}
	for _, rule := range r.byWord[openingWord(p)] {
		if fits(rule) {
			return true
		}
	}
	for _, rule := range r.others {
		if fits(rule) {
			return true
		}
	}
	return false
}

// cut returns a paragraph without the boilerplate at its end. Only the end of a
// long one is looked at.
func (r *boilerplateRules) cut(p string) string {
	start := max(0, len(p)-longestBoilerplate)
	for start > 0 && !utf8.RuneStart(p[start]) {
		start--
	}
	for _, rule := range r.others {
		if !rule.tail || !strings.Contains(p[start:], rule.holds) {
			continue
		}
		if m := rule.pattern.FindStringSubmatchIndex(p[start:]); m != nil {
			p = strings.TrimRight(p[:start+m[len(m)-2]], " ")
			start = min(start, len(p))
		}
	}
	return p
}

// openingWord returns the first word of a paragraph in lower case, marks before it
// aside; "0" for a figure. Quotation marks are no such marks: what is quoted is
// news.
func openingWord(p string) string {
	p = strings.TrimLeft(p, "([*•·-–—>»| ")
	end := strings.IndexFunc(p, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' })
	if end < 0 {
		end = len(p)
	}
	if end == 0 && p != "" && '0' <= p[0] && p[0] <= '9' {
		return "0"
	}
	return strings.ToLower(p[:end])
}
