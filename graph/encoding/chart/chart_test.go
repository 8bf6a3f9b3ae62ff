package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/graph"
	"entente/graph/encoding"
	"entente/graph/encoding/encodingtest"
)

// months are so many steps from January 2024.
func months(n int) (list []Step) {
	for i := range n {
		begin := time.Date(2024, time.Month(1+i), 1, 0, 0, 0, 0, time.UTC)
		list = append(list, Step{Name: begin.Format("2006-01"), Since: graph.DateOf(begin), Until: graph.DateOf(begin.AddDate(0, 1, -1)),
			VerbalCooperation: i, MaterialCooperation: 1, VerbalConflict: 2 * i, MaterialConflict: i % 3})
	}
	return list
}

func days(n int) (list []Step) {
	for i := range n {
		day := graph.DateOf(time.Date(2024, 1, 15+i, 0, 0, 0, 0, time.UTC))
		list = append(list, Step{Name: string(day), Since: day, Until: day, VerbalConflict: i % 2})
	}
	return list
}

// samples have every kind of chart, with hostile texts in all places.
func samples() map[string]Chart {
	heading := Heading{Title: strings.Join(encodingtest.Hostile, " "), Note: encodingtest.Hostile[2]}
	rank, compare := Rank{Heading: heading, Measure: "<b>&"}, Compare{Heading: heading, Before: "<2023>", After: `"2024"`}
	for i, name := range encodingtest.Hostile {
		rank.Bars = append(rank.Bars, Bar{name, float64(i) / 7})
		compare.Ties = append(compare.Ties, Tie{name, i, 20 - i})
	}
	steps := months(6)
	steps[0].Name = `<script>"&`
	return map[string]Chart{"timeline": Timeline{heading, steps}, "rank": rank, "compare": compare}
}

// texts returns the texts of an SVG by the name of their element, and fails
// where it is not XML, or has what a page must not embed.
func texts(t *testing.T, svg []byte) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	var open []string
	dec := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return found
		}
		if err != nil {
			t.Fatalf("not XML: %v", err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			if !slices.Contains([]string{"svg", "title", "g", "path", "text"}, x.Name.Local) {
				t.Errorf("element %s", x.Name.Local)
			}
			for _, a := range x.Attr {
				if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") {
					t.Errorf("attribute %s of %s", a.Name.Local, x.Name.Local)
				}
			}
			open = append(open, x.Name.Local)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if n := len(open); n > 0 && strings.TrimSpace(string(x)) != "" {
				found[open[n-1]] = append(found[open[n-1]], string(x))
			}
		}
	}
}

func TestSVG(t *testing.T) {
	for name, c := range samples() {
		t.Run(name, func(t *testing.T) {
			var b, again bytes.Buffer
			if err := errors.Join(Write(&b, SVG, c), Write(&again, SVG, c)); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(b.Bytes(), again.Bytes()) {
				t.Error("written twice, the bytes differ")
			}
			found := texts(t, b.Bytes())
			if title := found["title"]; len(title) != 1 || !strings.HasPrefix(title[0], `"double" and 'single' quotes line feed and tab ]]> -->`) {
				t.Errorf("title %q", title)
			}
			if name == "timeline" {
				return
			}
			for _, hostile := range encodingtest.Hostile {
				if want := label(hostile, 60); !slices.Contains(found["text"], want) {
					t.Errorf("label %q is missing", want)
				}
			}
		})
	}
}

func TestPNG(t *testing.T) {
	for name, c := range samples() {
		t.Run(name, func(t *testing.T) {
			var b, again bytes.Buffer
			if err := errors.Join(Write(&b, PNG, c), Write(&again, PNG, c)); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(b.Bytes(), again.Bytes()) {
				t.Error("written twice, the bytes differ")
			}
			img, err := png.Decode(&b)
			if err != nil {
				t.Fatal(err)
			}
			if w := img.Bounds().Dx(); w != 1440 {
				t.Errorf("%d pixels wide, want 1440", w)
			}
		})
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct {
		name  string
		steps []Step
		want  string
	}{
		{"few", months(3), "2024-01 2024-02 2024-03"},
		{"quarters", months(30), "2024-01 2024-04 2024-07 2024-10 2025-01 2025-04 2025-07 2025-10 2026-01 2026-04"},
		{"years", months(100), "2024 2025 2026 2027 2028 2029 2030 2031 2032"},
		{"months of days", days(60), "2024-02 2024-03"},
		{"no month begins twice", days(20), "2024-01-15 2024-01-17 2024-01-19 2024-01-21 2024-01-23 2024-01-25 2024-01-27 2024-01-29 2024-01-31 2024-02-02"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, tick := range dates(c.steps) {
				got = append(got, tick.Label)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %s\nwant %s", strings.Join(got, " "), c.want)
			}
		})
	}
}

func TestAmounts(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		whole     bool
		want      string
	}{
		{-9.4, 3.1, true, "8 6 4 2 0 2"},
		{-1, 1, true, "1 0 1"},
		{0, 1, false, "0 0.2 0.4 0.6 0.8 1"},
		{0, 123456, true, "0 20000 40000 60000 80000 100000 120000"},
	} {
		var got []string
		for _, tick := range (amounts{c.whole}).Ticks(c.low, c.high) {
			got = append(got, tick.Label)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%v to %v: %s, want %s", c.low, c.high, strings.Join(got, " "), c.want)
		}
	}
}

func TestNothing(t *testing.T) {
	var b bytes.Buffer
	for _, c := range []Chart{Timeline{}, Rank{}, Compare{}} {
		if err := Write(&b, SVG, c); !errors.Is(err, ErrEmpty) || b.Len() > 0 {
			t.Errorf("%T: error %v and %d bytes, want ErrEmpty and none", c, err, b.Len())
		}
	}
	if err := Write(&b, SVG, Rank{Bars: make([]Bar, MaxBars+1)}); err == nil || errors.Is(err, ErrEmpty) || b.Len() > 0 {
		t.Errorf("too many bars: error %v", err)
	}
	if err := Write(&b, SVG, Rank{Bars: make([]Bar, MaxBars)}); err != nil {
		t.Errorf("zeros: %v", err)
	}
}

func TestFormatOf(t *testing.T) {
	for file, want := range map[string]Format{"a.svg": SVG, "dir.png/A.PNG": PNG, "a": "", "a.gif": "", "svg": "", "": ""} {
		if got, err := FormatOf(file); got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", file, got, err)
		}
	}
}

func TestFullDisk(t *testing.T) {
	full := errors.New("no space left on device")
	for name, c := range samples() {
		for _, f := range Formats {
			if err := Write(failing{full}, f, c); !errors.Is(err, full) {
				t.Errorf("%s as %s: error %v, want %v", name, f, err, full)
			}
		}
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestLabel(t *testing.T) {
	long := label(strings.Repeat("ab ", 100), 10)
	if long != "ab ab ab…" {
		t.Errorf("cut to %q", long)
	}
	if got := label("\x00 \n", 10); got != "(no name)" {
		t.Errorf("nothing to see is %q", got)
	}
	if got, want := fmt.Sprint(label("Ünïcödé 中文", 20)), encoding.Line("Ünïcödé 中文"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
