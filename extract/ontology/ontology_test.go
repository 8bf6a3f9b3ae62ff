package ontology

import (
	"strings"
	"testing"
)

func TestLoad(t *testing.T) {
	o, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Categories) != 16 {
		t.Errorf("got %d categories, want 16", len(o.Categories))
	}
	for name, quad := range map[string]int{"AGREE": 1, "AID": 2, "ACCUSE": 3, "SANCTION": 4, "NONE": 0} {
		if got := o.Quad(name); got != quad {
			t.Errorf("Quad(%s) = %d, want %d", name, got, quad)
		}
	}
	if c := o.Codes["111"]; c.Category != "ACCUSE" || c.Mode != "disapprove" || c.Goldstein != -2 {
		t.Errorf("code 111 is %+v", c)
	}
	if c := o.Codes["010"]; c.Category != "" {
		t.Errorf("code 010 was dropped by PLOVER but has category %q", c.Category)
	}
	if !o.HasMode("CONSULT", "phone") || o.HasMode("CONSULT", "arrest") {
		t.Error("modes are not those of their category")
	}
	if got := o.Goldstein("ACCUSE", "111"); got != -2 {
		t.Errorf("Goldstein of 111 = %g, want -2", got)
	}
	if got := o.Goldstein("AID", ""); got != 10 {
		t.Errorf("Goldstein of AID without a code = %g, want the PLOVER score 10", got)
	}
}

func TestBadTables(t *testing.T) {
	head := "kind\tcode\tparent\tplover\tmode_current\tquad\tplover_score\tgoldstein_gdelt\n"
	for name, c := range map[string]struct{ in, want string }{
		"no column":        {"kind\tcode\n", "column \"parent\" is missing"},
		"bad quad":         {head + "category\tAID\t\tAID\t\t9\t10\t\n", "ontology.tsv:2: quad"},
		"orphan mode":      {head + "mode\tphone\tCONSULT\t\t\t\t\t\n", "ontology.tsv:2: mode"},
		"unknown category": {head + "cameo\t111\t11\tBLAME\t\t\t\t\n", "unknown category"},
		"bad number":       {head + "category\tAID\t\tAID\t\t2\tten\t\n", "not a number"},
	} {
		if _, err := read(strings.NewReader(c.in)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got error %v, want %q", name, err, c.want)
		}
	}
}

func TestCodeFor(t *testing.T) {
	o, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ category, mode, want string }{
		{"CONSULT", "", "04"}, {"CONSULT", "visit", "042"}, {"ACCUSE", "no such mode", "09"}, {"NONE", "", ""},
	} {
		if got := o.CodeFor(c.category, c.mode); got != c.want {
			t.Errorf("%s %s: got %q, want %q", c.category, c.mode, got, c.want)
		}
	}
	for name, category := range o.Categories {
		for _, mode := range append(category.Modes, "") {
			if code := o.CodeFor(name, mode); o.Codes[code].Category != name {
				t.Errorf("%s %s: code %q is of %q", name, mode, code, o.Codes[code].Category)
			}
		}
	}
}
