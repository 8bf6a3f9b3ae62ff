package encoding_test

import (
	"testing"

	"entente/graph/encoding"
)

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                      "plain",
		"Sébastien \"L\" <b>":        "Sébastien \"L\" <b>",
		"a\x00b\x1b[31mc\x7f":        "ab[31mc",
		"line\r\nnext\rthird\u2028x": "line\nnext\nthird\nx",
		"\u202Eevil\u202C \u2066x":   "evil x",
		"bad\xff\xfe":                "bad\uFFFD",
		"no\uFFFEchar":               "no\uFFFDchar",
		"می\u200Cخواهم":              "می\u200Cخواهم",
	} {
		if got := encoding.Text(in); got != want {
			t.Errorf("Text(%q) = %q, want %q", in, got, want)
		}
	}
	if got := encoding.Line(" a\n\tb\r\n c "); got != "a b c" {
		t.Errorf("Line = %q", got)
	}
}
