// Package ontology holds what events are coded in: PLOVER's categories and
// modes, CAMEO's codes and the Goldstein scale, as data.
//
// Sources: PLOVER manual (Open Event Data Alliance); CAMEO manual 1.1b3
// (Schrodt, 2012); Goldstein (1992) as GDELT's scale extends it.
package ontology

import (
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

//go:embed data/ontology.tsv
var table string

// Category is one of PLOVER's sixteen event categories.
type Category struct {
	Name  string
	Quad  int     // 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict
	Score float64 // PLOVER's scale, -10 to 10
	Modes []string
}

// Code is one CAMEO event code.
type Code struct {
	Code      string
	Category  string // PLOVER category, or "" for codes that PLOVER dropped
	Mode      string
	Goldstein float64 // -10 to 10
	// Scaled is false where the published scale has no value for the code;
	// Goldstein is then the category's PLOVER score.
	Scaled bool
}

// Ontology is the whole table. It is read-only and safe for concurrent use.
type Ontology struct {
	Categories map[string]Category
	Codes      map[string]Code
}

// Load reads the built-in table.
func Load() (*Ontology, error) { return read(strings.NewReader(table)) }

// read parses the tab-separated table; an error names the line.
func read(r io.Reader) (*Ontology, error) {
	cr := csv.NewReader(r)
	cr.Comma, cr.Comment, cr.LazyQuotes, cr.FieldsPerRecord = '\t', '#', true, -1
	header, err := cr.Read()
	if err != nil {
		return nil, fmt.Errorf("ontology.tsv: %w", err)
	}
	column := map[string]int{}
	for i, h := range header {
		column[h] = i
	}
	for _, want := range []string{"kind", "code", "parent", "plover", "mode_current", "quad", "plover_score", "goldstein_gdelt"} {
		if _, ok := column[want]; !ok {
			return nil, fmt.Errorf("ontology.tsv: column %q is missing", want)
		}
	}
	o := &Ontology{Categories: map[string]Category{}, Codes: map[string]Code{}}
	var faults []error
	for {
		row, err := cr.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("ontology.tsv: %w", err)
		}
		get := func(name string) string {
			if i := column[name]; i < len(row) {
				return strings.TrimSpace(row[i])
			}
			return ""
		}
		if err := o.add(get); err != nil {
			line, _ := cr.FieldPos(0)
			faults = append(faults, fmt.Errorf("ontology.tsv:%d: %w", line, err))
		}
	}
	return o, errors.Join(faults...)
}

func (o *Ontology) add(get func(string) string) error {
	number := func(name string) (float64, error) {
		if get(name) == "" {
			return 0, nil
		}
		f, err := strconv.ParseFloat(get(name), 64)
		if err != nil {
			return 0, fmt.Errorf("%s: %q is not a number", name, get(name))
		}
		return f, nil
	}
	switch get("kind") {
	case "category":
		quad, err := strconv.Atoi(get("quad"))
		if err != nil || quad < 1 || quad > 4 {
			return fmt.Errorf("quad: %q is not 1 to 4", get("quad"))
		}
		score, err := number("plover_score")
		o.Categories[get("code")] = Category{Name: get("code"), Quad: quad, Score: score}
		return err
	case "mode":
		c, ok := o.Categories[get("parent")]
		if !ok {
			return fmt.Errorf("mode %q: category %q does not stand above it", get("code"), get("parent"))
		}
		c.Modes = append(c.Modes, get("code"))
		o.Categories[c.Name] = c
	case "cameo", "cameo_root":
		category := get("plover")
		if strings.HasPrefix(category, "(") || strings.Contains(category, "|") {
			category = "" // dropped, or a root that PLOVER splits
		}
		if _, ok := o.Categories[category]; category != "" && !ok {
			return fmt.Errorf("code %s: unknown category %q", get("code"), category)
		}
		g, err := number("goldstein_gdelt")
		if err != nil {
			return err
		}
		code := Code{Code: get("code"), Category: category, Mode: get("mode_current"), Goldstein: g, Scaled: get("goldstein_gdelt") != ""}
		if !code.Scaled {
			code.Goldstein = o.Categories[category].Score
		}
		o.Codes[code.Code] = code
	}
	return nil
}

// Quad returns the quad class of a category, 1 to 4, or 0 for NONE.
func (o *Ontology) Quad(category string) int { return o.Categories[category].Quad }

// Goldstein returns the value of a CAMEO code, or the category's PLOVER score
// where there is no code.
func (o *Ontology) Goldstein(category, cameo string) float64 {
	if c, ok := o.Codes[cameo]; ok {
		return c.Goldstein
	}
	return o.Categories[category].Score
}

// HasMode reports whether mode is one of the category's.
func (o *Ontology) HasMode(category, mode string) bool {
	for _, m := range o.Categories[category].Modes {
		if m == mode {
			return true
		}
	}
	return false
}

// CodeFor returns the CAMEO code that stands for a category and mode where
// nothing more is known: the lowest that the table maps to both, else the
// lowest of the category; "" for a category outside PLOVER.
func (o *Ontology) CodeFor(category, mode string) string {
	best, bestMode := "", false
	for code, c := range o.Codes {
		if c.Category != category {
			continue
		}
		fits := mode != "" && c.Mode == mode
		if best == "" || fits && !bestMode || fits == bestMode && code < best {
			best, bestMode = code, fits
		}
	}
	return best
}
