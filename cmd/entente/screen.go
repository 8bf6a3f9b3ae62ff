package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"github.com/mattn/go-isatty"
)

// terminal says what an output is connected to. The zero terminal is none.
type terminal struct {
	is    bool
	width int // in columns
}

// standardWidth is taken where a terminal does not tell its width.
const standardWidth = 100

func terminalOf(w io.Writer) terminal {
	f, ok := w.(*os.File)
	if !ok || !isatty.IsTerminal(f.Fd()) && !isatty.IsCygwinTerminal(f.Fd()) {
		return terminal{}
	}
	width := columns(f)
	if width <= 0 {
		width = standardWidth
	}
	return terminal{true, width}
}

// screen prints answers as text. Everything that may come from an article goes
// through linef or table, which make it harmless for a terminal.
type screen struct {
	w     *bufio.Writer
	color bool
	width int // lines are cut to it; 0 cuts none
}

func (e *env) newScreen(color string) *screen {
	s := &screen{w: bufio.NewWriter(e.stdout), color: color == "always"}
	if e.terminal.is {
		s.width = e.terminal.width
	}
	if color == "auto" || color == "" {
		forced := os.Getenv("CLICOLOR_FORCE") // bixense.com/clicolors: also where there is no terminal
		s.color = os.Getenv("NO_COLOR") == "" && (e.terminal.is && os.Getenv("TERM") != "dumb" || forced != "" && forced != "0")
	}
	return s
}

// style is the number of a way to print (ISO 6429, "select graphic rendition").
type style int

const (
	plain  style = 0
	bold   style = 1
	faint  style = 2
	red    style = 31
	green  style = 32
	yellow style = 33
	blue   style = 34
)

// painted is text that is clean and bears its colours.
type painted string

func (s *screen) paint(st style, text string) painted {
	text = clean(text)
	if !s.color || st == plain || text == "" {
		return painted(text)
	}
	return painted(fmt.Sprintf("\x1b[%dm%s\x1b[0m", st, text))
}

// linef writes a line. Arguments of any string type but painted are cleaned.
func (s *screen) linef(format string, args ...any) {
	for i, a := range args {
		if _, ok := a.(painted); ok || a == nil {
			continue
		}
		if v := reflect.ValueOf(a); v.Kind() == reflect.String {
			args[i] = clean(v.String())
		}
	}
	fmt.Fprintf(s.w, format+"\n", args...)
}

// cut makes one line of text, no longer than the columns that are left on the
// screen after indent.
func (s *screen) cut(indent int, text string) string {
	return s.shorten(indent, oneLine(text))
}

func (s *screen) shorten(indent int, text string) string {
	if s.width == 0 {
		return text
	}
	return shortened(text, max(s.width-indent, 20))
}

// columnGap is the space between the columns of a table.
const columnGap = 2

// leastColumn is the width that no column of a table is cut below.
const leastColumn = dateWidth

// table writes rows in columns; those named in right are flush right and never
// cut. On a screen that is too narrow, cells of the widest columns are.
func (s *screen) table(rows [][]string, right ...int) {
	var widths []int
	for _, row := range rows {
		for i := range row {
			row[i] = oneLine(row[i])
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], cells(row[i]))
		}
	}
	s.fit(widths, right)
	for _, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			b.WriteString(padded(shortened(cell, widths[i]), widths[i], slices.Contains(right, i)))
			b.WriteString(strings.Repeat(" ", columnGap))
		}
		s.linef("%s", s.shorten(0, strings.TrimRight(b.String(), " ")))
	}
}

// fit narrows the widest columns that may be cut until a line fits.
func (s *screen) fit(widths []int, right []int) {
	total := -columnGap
	for _, w := range widths {
		total += w + columnGap
	}
	for ; s.width > 0 && total > s.width; total-- {
		widest := -1
		for i, w := range widths {
			if !slices.Contains(right, i) && w > leastColumn && (widest < 0 || w > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			return
		}
		widths[widest]--
	}
}

// clean drops what could steer a terminal or turn the text round: control
// characters, and format characters but those that join letters.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u200C' || r == '\u200D': // Persian, Hindi and emoji need them
			return r
		case r == '\u2028' || r == '\u2029' || unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}

// oneLine is clean without runs of white space.
func oneLine(text string) string { return strings.Join(strings.Fields(clean(text)), " ") }
