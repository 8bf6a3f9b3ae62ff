package graph

import (
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for name, want := range map[string]string{
		"":                         "",
		"France":                   "france",
		"  The   United\tStates ":  "united states",
		"The The":                  "the", // only an article before a name is dropped
		"the":                      "the",
		"Theresa May":              "theresa may",
		"Macron's":                 "macron",
		"Macron’s":                 "macron",
		"The Côte d’Ivoire's":      "cote d'ivoire",
		"Recep Tayyip Erdoğan":     "recep tayyip erdogan",
		"Binali Yıldırım":          "binali yildirim",
		"İstanbul":                 "istanbul",
		"Łukasz Ørsted Đukanović":  "lukasz orsted dukanovic",
		"Großbritannien":           "grossbritannien",
		"ﬁnland":                   "finland",
		"ＮＡＴＯ":                     "nato",
		"Hay'at Tahrir al-Sham":    "hay'at tahrir al-sham",
		"Mali\x00\u200b":           "mali",
		"bad \xff byte":            "bad \uFFFD byte",
		"São\u00a0Tomé":            "sao tome",
		"'s":                       "",
		"Владимир Путин":           "владимир путин",
		"Николай":                  "николаи", // й is и with a mark
		"U.S.":                     "u.s.",
		"the United Nations 's":    "united nations",
		"the Houthis’s\u00adguard": "houthis'sguard",
	} {
		if got := Fold(name); got != want {
			t.Errorf("Fold(%q) = %q, want %q", name, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"The The The", "x's's", "İ", "ẞ", "\u1e9e\u0307", "ﬀ the ", "\xf0\x28", "ℋ'S", "´s", "a \u0301 b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if !utf8.ValidString(once) {
			t.Errorf("Fold(%q) = %q is not UTF-8", s, once)
		}
		if twice := Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, but folding that gives %q", s, once, twice)
		}
	})
}

func BenchmarkFold(b *testing.B) {
	for b.Loop() {
		Fold("Recep Tayyip Erdoğan")
	}
}
