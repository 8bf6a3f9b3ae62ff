package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// formatNames are what --format takes.
var formatNames = []string{"table", "json", "jsonl", "csv", "tsv", "md"}

// answer is what a command found, for every format.
type answer struct {
	doc   any    // the JSON document; docs/json.md lists its keys
	lines []any  // of --format jsonl: an object a line; nil is doc itself
	table *table // of csv, tsv and md, and of table where text is nil
	// text prints the answer for people; nil prints the table.
	text func(*screen)
}

// table is an answer in rows and columns.
type table struct {
	columns []column
	rows    [][]string
	// spare names the columns to leave out, the first one first, where a screen is
	// too narrow for all.
	spare []string
	// notes are lines for people below the table: what is left out, and how to get
	// it.
	notes []string
}

type column struct {
	name string
	of   cellKind
}

// cellKind says how the cells of a column are printed.
type cellKind int

const (
	words   cellKind = iota // from articles, perhaps: made harmless
	numbers                 // flush right and never cut
	dates
)

// asLines makes the lines of an answer of a list.
func asLines[T any](list []T) []any {
	all := make([]any, len(list))
	for i := range list {
		all[i] = list[i]
	}
	return all
}

// answer prints a in the format that o names.
func (e *env) answer(o output, a answer) error {
	switch o.format() {
	case "json":
		enc := json.NewEncoder(e.stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(a.doc)
	case "jsonl":
		return e.jsonLines(a)
	case "csv", "tsv", "md":
		if a.table == nil {
			return usagef("this command has no --format %s: choose table, json or jsonl", o.Format)
		}
		w := bufio.NewWriter(e.stdout)
		write := map[string]func(io.Writer, *table) error{"csv": writeCSV, "tsv": writeTSV, "md": writeMarkdown}[o.Format]
		if err := write(w, a.table); err != nil {
			return err
		}
		return w.Flush()
	}
	s := e.newScreen(o.Color)
	if a.text != nil {
		a.text(s)
	} else {
		s.show(a.table)
	}
	return s.w.Flush() // a bufio.Writer keeps its first error
}

func (e *env) jsonLines(a answer) error {
	list := a.lines
	if list == nil {
		list = []any{a.doc}
	}
	w := bufio.NewWriter(e.stdout)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, v := range list {
		if err := enc.Encode(v); err != nil {
			return err
		}
	}
	return w.Flush()
}

// print is answer where there is no table.
func (e *env) print(o output, doc any, text func(*screen)) error {
	return e.answer(o, answer{doc: doc, text: text})
}

// show prints a table for people.
func (s *screen) show(t *table) {
	if len(t.rows) > 0 {
		for _, name := range t.spare {
			if s.width > 0 && t.width() > s.width {
				t = t.without(name)
			}
		}
		var right []int
		for i, c := range t.columns {
			if c.of == numbers {
				right = append(right, i)
			}
		}
		s.table(append([][]string{t.header()}, t.rows...), right...)
	}
	s.notes(t)
}

// header is the names of the columns as people read them.
func (t *table) header() []string {
	header := t.names()
	for i := range header {
		header[i] = strings.ReplaceAll(header[i], "_", " ")
	}
	return header
}

// width is the number of columns of a screen that t takes.
func (t *table) width() int {
	total := -columnGap
	for i, name := range t.header() {
		widest := cells(name)
		for _, row := range t.rows {
			widest = max(widest, cells(oneLine(row[i])))
		}
		total += widest + columnGap
	}
	return total
}

// without returns t without the column of that name.
func (t *table) without(name string) *table {
	at := slices.IndexFunc(t.columns, func(c column) bool { return c.name == name })
	u := &table{columns: slices.Delete(slices.Clone(t.columns), at, at+1), notes: t.notes}
	for _, row := range t.rows {
		u.rows = append(u.rows, slices.Delete(slices.Clone(row), at, at+1))
	}
	return u
}

// notes prints the notes of a table.
func (s *screen) notes(t *table) {
	for _, n := range t.notes {
		s.note(n)
	}
}

// caution says on stderr what an answer must not be read without, in the formats
// that have no room for it.
func (e *env) caution(o output, text string) {
	if f := o.format(); text != "" && (f == "csv" || f == "tsv" || f == "jsonl") {
		e.warnf("%s", text)
	}
}

// note prints a note, unless it is empty.
func (s *screen) note(text string) {
	if text != "" {
		s.linef("%s", s.paint(faint, text))
	}
}

// writeCSV writes t as RFC 4180 has it, with a line of names first. A text that
// a spreadsheet would take for a formula has an apostrophe before it.
func writeCSV(w io.Writer, t *table) error {
	c := csv.NewWriter(w)
	c.UseCRLF = true
	if err := c.Write(t.names()); err != nil {
		return err
	}
	for _, row := range t.rows {
		record := make([]string, len(row))
		for i, cell := range row {
			record[i] = strings.ToValidUTF8(cell, "\uFFFD")
			if t.columns[i].of == words && cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
				record[i] = "'" + record[i]
			}
		}
		if err := c.Write(record); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// tsvEscapes are those of the tabular formats of databases: a cell stays in its
// line.
var tsvEscapes = strings.NewReplacer("\\", `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`)

// writeTSV writes t with tabs, one line a row and a line of names first.
func writeTSV(w io.Writer, t *table) error {
	write := func(row []string) error {
		escaped := make([]string, len(row))
		for i, cell := range row {
			escaped[i] = tsvEscapes.Replace(strings.ToValidUTF8(cell, "\uFFFD"))
		}
		_, err := fmt.Fprintln(w, strings.Join(escaped, "\t"))
		return err
	}
	if err := write(t.names()); err != nil {
		return err
	}
	for _, row := range t.rows {
		if err := write(row); err != nil {
			return err
		}
	}
	return nil
}

// mdEscapes keep a text from ending its cell or from being markup.
var mdEscapes = strings.NewReplacer("\\", `\\`, "|", `\|`, "<", "&lt;", "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`)

// writeMarkdown writes t as a table of GitHub Flavored Markdown, and its notes
// below.
func writeMarkdown(w io.Writer, t *table) error {
	write := func(cells []string, escape func(string) string) error {
		line := "|"
		for _, c := range cells {
			line += " " + escape(c) + " |"
		}
		_, err := fmt.Fprintln(w, line)
		return err
	}
	rule := make([]string, len(t.columns))
	for i, c := range t.columns {
		rule[i] = "---"
		if c.of == numbers {
			rule[i] = "---:"
		}
	}
	escaped := func(s string) string { return mdEscapes.Replace(oneLine(s)) }
	if err := write(t.header(), escaped); err != nil {
		return err
	}
	if err := write(rule, func(s string) string { return s }); err != nil {
		return err
	}
	for _, row := range t.rows {
		if err := write(row, escaped); err != nil {
			return err
		}
	}
	for _, n := range t.notes {
		if _, err := fmt.Fprintf(w, "\n%s\n", escaped(n)); err != nil {
			return err
		}
	}
	return nil
}

func (t *table) names() []string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.name
	}
	return names
}

// more adds the note that a list was cut to shown of all.
func (t *table) more(shown, all int) { t.note(moreNote(shown, all)) }

// note adds a note, unless it is empty.
func (t *table) note(text string) {
	if text != "" {
		t.notes = append(t.notes, text)
	}
}

// moreNote says how many are not shown and how to see them, or "".
func moreNote(shown, all int) string {
	if shown >= all {
		return ""
	}
	return fmt.Sprintf("… %d more: --limit %d", all-shown, all)
}

func limitFlag(standard int, what string) cli.Flag {
	return &cli.IntFlag{Name: "limit", Usage: fmt.Sprintf("at most `N` %s; 0 is all (tables show %d, other formats all)", what, standard)}
}

// limitOf returns what --limit says: 0 is all. Without it tables for people have
// a screenful.
func limitOf(c *cli.Context, o output, standard int) (int, error) {
	return listedOf(c, o, "limit", standard)
}

// listedOf is limitOf of the flag of that name.
func listedOf(c *cli.Context, o output, flag string, standard int) (int, error) {
	if f := o.format(); !c.IsSet(flag) && (f == "table" || f == "md") {
		return standard, nil
	}
	return countOf(c, flag)
}

// orAll is a limit for queries that take 0 for their own standard.
func orAll(limit int) int {
	if limit == 0 {
		return -1
	}
	return limit
}
