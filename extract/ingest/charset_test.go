package ingest

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
)

const (
	russian = "Президент заявил в четверг, что не примет угроз. Встреча министров в Женеве отменена."
	french  = "Le président français a déclaré jeudi qu’il n’accepterait pas les menaces. La réunion à Genève a été annulée."
	polish  = "Prezydent oświadczył w czwartek, że nie przyjmie gróźb. Spotkanie ministrów w Genewie zostało odwołane."
	english = "“It’s over,” said Zoë Kröger – and left for São Paulo."
)

// Text that declares nothing is read in the character set that it looks like,
// with a word of doubt.
func TestDetectCharset(t *testing.T) {
	for _, test := range []struct {
		enc  encoding.Encoding
		text string
	}{
		{charmap.Windows1252, english},
		{charmap.Windows1252, "It’s Zoë."},
		{charmap.Windows1252, "The CAFÉ’S owner thanked Zoë."}, // É’ would be a letter in UTF-8
		{charmap.ISO8859_1, "José left São Paulo."},
		{charmap.Windows1252, strings.Repeat("Sweden thanked Finland on Tuesday. ", 5000) + english},
		{charmap.Windows1252, french},
		{charmap.Windows1251, russian},
		{charmap.KOI8R, russian},
		{charmap.Windows1250, polish},
		{japanese.ShiftJIS, "大統領は木曜日、脅しには応じないと述べた。"},
		{simplifiedchinese.GBK, "总统周四表示不会接受威胁。部长们在日内瓦的会晤已被取消。"},
		{charmap.Windows1253, "Ο πρόεδρος δήλωσε την Πέμπτη ότι δεν θα δεχτεί απειλές."},
	} {
		data, err := test.enc.NewEncoder().Bytes([]byte(test.text))
		if err != nil {
			t.Fatal(err)
		}
		for range 5 { // the detector's order of equals changes
			if got, doubt := toUTF8(data, ""); string(got) != test.text || doubt == "" {
				t.Errorf("%v: %.80q, doubt %q; want %.80q", test.enc, got, doubt, test.text)
			}
		}
	}
}

// What is declared counts where the text is not UTF-8, the header before the
// page.
func TestDeclaredCharset(t *testing.T) {
	bytesIn := func(enc encoding.Encoding, s string) string {
		out, err := enc.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	meta := `<meta charset='koi8-r'>`
	for _, test := range []struct{ declared, in, want string }{
		{"", meta + bytesIn(charmap.KOI8R, russian), meta + russian},
		{"text/html; charset=windows-1251", meta + bytesIn(charmap.Windows1251, russian), meta + russian},
		{"windows-1251", bytesIn(charmap.Windows1251, russian), russian},
		{"no-such-set", meta + bytesIn(charmap.KOI8R, russian), meta + russian},
		{"text/html; charset=iso-8859-1", french, french}, // a false one
		{"", bytesIn(charmap.Windows1250, `<?xml version="1.0" encoding="windows-1250"?>`+polish), `<?xml version="1.0" encoding="windows-1250"?>` + polish},
	} {
		if got, doubt := toUTF8([]byte(test.in), test.declared); string(got) != test.want || doubt != "" {
			t.Errorf("%q declared as %q: %q, doubt %q", test.want, test.declared, got, doubt)
		}
	}
	if got, doubt := toUTF8([]byte(french+" \xff"), "windows-1252"); string(got) != french+" \uFFFD" || doubt == "" {
		t.Errorf("damaged UTF-8: %q, doubt %q", got, doubt)
	}
}

// An archive of one making is not warned of file by file.
func TestDoubtsAreFew(t *testing.T) {
	files := map[string]string{}
	for _, name := range strings.Split("abcdefgh", "") {
		files["old/"+name+".txt"] = "Zo\xeb thanked Jos\xe9."
	}
	makeFiles(t, files)
	got, warnings := openAll([]string{"old"}, Options{})
	if len(got) != len(files) || len(warnings) != mostDoubts || !strings.HasSuffix(warnings[mostDoubts-1], "nothing is said") {
		t.Errorf("%d articles, %q", len(got), warnings)
	}
}

func TestWithoutNULs(t *testing.T) {
	for in, want := range map[string]string{
		"Mon\x00day":            "Monday",
		"Z\x00\xc3\xbcrich":     "Zürich",
		"Peru\x00\x00\x00Chile": "Peru\x00\x00\x00Chile", // the end of a field
		"\x00Peru. \x00":        "\x00Peru. \x00",
	} {
		if got := string(withoutNULs([]byte(in))); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func FuzzCharset(f *testing.F) {
	f.Add([]byte(french), "")
	f.Add([]byte("Zo\xeb"), "text/html; charset=koi8-r")
	f.Add([]byte("<meta charset=big5>\xa4\xa4"), "")
	f.Add([]byte("\x1b$B\xff"), "iso-2022-jp")
	f.Fuzz(func(t *testing.T, data []byte, declared string) {
		got, doubt := toUTF8(data, declared)
		if !utf8.Valid(got) || (len(got) == 0) != (len(data) == 0) {
			t.Errorf("%q becomes %q", data, got)
		}
		if again, other := toUTF8(data, declared); string(again) != string(got) || other != doubt {
			t.Errorf("%q, %q and %q, %q", got, doubt, again, other)
		}
	})
}
