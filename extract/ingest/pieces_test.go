package ingest

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
)

func TestPieces(t *testing.T) {
	long := strings.Repeat("x", 40)
	for _, test := range []struct{ in, want string }{
		{"", ""},
		{"a\nb\n", "1:0 a|b| "},
		{"a\nBEGIN\nb\nBEGIN\nBEGIN\n", "1:0 a| 2:2 BEGIN|b| 4:10 BEGIN| 5:16 BEGIN| "},
		{"BEGIN\na\nEND\nb\nEND", "1:0 BEGIN|a|END|. 4:12 b|END. "},
		{"\n\nEND\n\n", "1:0 ||END|. 4:6 | "},
		{long + "\nBEGIN\n" + long + long + "\nEND\nlast", "1:0 " + long + "| 2:41 long. 5:132 last "},
		{"BEGIN " + long + "BEGIN\nBEGIN" + long + "\n", "1:0 BEGIN " + long + "BEGIN| 2:52 BEGIN" + long + "| "},
	} {
		// The buffer is shorter than the long lines.
		p := pieces{in: bufio.NewReaderSize(strings.NewReader(test.in), 16), max: 60,
			begins: func(line []byte) bool { return bytes.HasPrefix(line, []byte("BEGIN")) },
			ends:   func(line []byte) bool { return bytes.HasPrefix(line, []byte("END")) }}
		var got strings.Builder
		for {
			piece, err := p.next()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			text := strings.ReplaceAll(string(piece.text), "\n", "|")
			if piece.long {
				text = "long"
			}
			if piece.ended {
				text += "."
			}
			fmt.Fprintf(&got, "%d:%d %s ", piece.line, piece.offset, text)
		}
		if got.String() != test.want {
			t.Errorf("%q:\n got %q\nwant %q", test.in, got.String(), test.want)
		}
	}
}

func TestPiecesReadFails(t *testing.T) {
	p := pieces{in: bufio.NewReader(failing{strings.NewReader("a\nb")}), max: 100}
	piece, err := p.next()
	if err != nil || string(piece.text) != "a\nb" {
		t.Errorf("got %q, %v", piece.text, err)
	}
	if _, err := p.next(); err != errDisk {
		t.Errorf("got %v", err)
	}
}

func TestOutside(t *testing.T) {
	for name, want := range map[string]bool{
		"a.txt": false, "a/b.txt": false, "./a.txt": false, "a..b/c": false, "...": false, "a/./b": false, `a\b.txt`: false,
		"": true, "..": true, "../a": true, "a/../b": true, "a/..": true, "/a": true, `\a`: true, `..\a`: true, "C:/a": true, "c:a": true, "a\x00b": true, "//host/a": true,
	} {
		if got := outside(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}

func TestPostmark(t *testing.T) {
	for line, want := range map[string]bool{
		"From a@b.example Thu Apr  4 12:00:00 2024\n":       true,
		"From a@b.example Thu Apr 04 12:00 UTC 2024":        true,
		"From - Thu Apr  4 12:00:00 2024":                   true,
		"From MAILER-DAEMON Thu Apr  4 12:00:00 +0200 2024": true,
		"From the coast came no word, since 2024 began.":    false,
		"From 12:00 on they met":                            false,
		">From a@b.example Thu Apr  4 12:00:00 2024":        false,
		"From: a@b.example":                                 false,
	} {
		if got := postmark([]byte(line)); got != want {
			t.Errorf("%q: %v", line, got)
		}
	}
}

func TestMap(t *testing.T) {
	opts := Options{Map: map[string]string{"text": "Story.Lead", "published": "when", "title": "a.b"}}
	for in, want := range map[string]string{
		`{"story":{"lead":"One."},"when":"2024-04-04","date":"2023-01-01","a.b":"T","url":"u"}`: "T|2024-04-04|u|One.",
		`{"story":{"lead":"One."},"date":"2023-01-01","a":{"b":"T"},"title":"other"}`:           "T|||One.",
		`{"text":"One.","story":"x"}`: "no text (fields found: story, text)",
		`{"story":{"lead":{"x":1}}}`:  `field "story.lead" is neither a string nor a list of strings`,
	} {
		d, err := articleDraft([]byte(in), opts)
		got := fmt.Sprintf("%s|%s|%s|%s", d.title, d.date, d.url, body(d.paragraphs))
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
}

// TestTableMatch: what is prose is not taken for a table, whatever marks it has.
func TestTableMatch(t *testing.T) {
	for _, test := range []struct {
		head, ext string
		want      bool
	}{
		{"title,text\n", "", true},
		{"Title;Full Text;x\n", ".txt", true},
		{"text,x\n", "", false},
		{"text,date", ".dat", true},
		{"x,y\n", ".csv", true},
		{"Sweden thanked Finland.\n", ".csv", false},
		{"The text, the title, the date\n", "", false},
		{"Title: a, b\n\ntext", ".txt", false},
		{"12\t20240404\t202404" + strings.Repeat("\tx", 58) + "\n", "", true},
		{"12\t20240404\t202404\tx\n", "", false},
	} {
		if got := (tableReader{}).Match([]byte(test.head), test.ext); got != test.want {
			t.Errorf("%q %s: %v", test.head, test.ext, got)
		}
	}
	if !(tableReader{map[string]string{"text": "lead"}}).Match([]byte("lead,x\n"), "") {
		t.Error("a mapped column is not known")
	}
}
