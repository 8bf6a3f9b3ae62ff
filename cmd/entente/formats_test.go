package main

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"entente/graph"
	"entente/queries"
)

var update = flag.Bool("update", false, "write the golden files anew")

// nasty are cells that formats must keep from breaking out.
var nasty = []string{"", "plain", "=1+1", "+1", "-1", "@x", "\tx", "a,b", `"q"`, "two\nlines", "a\tb", `back\slash`, "a|b", "<b>", "*x*_y_", "\x1b[31mred", "\u202eback", "bad\xff", "北京 Beijing", "e\u0301"}

func nastyTable() *table {
	t := &table{columns: []column{{"name", words}, {"n", numbers}, {"when", dates}}}
	for i, s := range nasty {
		t.rows = append(t.rows, []string{s, fmt.Sprint(-i), "2024-04-04"})
	}
	t.more(len(nasty), 99)
	return t
}

func TestCSV(t *testing.T) {
	var b bytes.Buffer
	if err := writeCSV(&b, nastyTable()); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(b.String(), "name,n,when\r\n,0,2024-04-04\r\n") {
		t.Errorf("%q", b.String())
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) != 1+len(nasty) {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, row := range rows[1:] {
		cell := strings.TrimPrefix(row[0], "'")
		if want := strings.ToValidUTF8(nasty[i], "\uFFFD"); cell != want {
			t.Errorf("%q becomes %q", want, row[0])
		}
		if row[0] != "" && strings.ContainsAny(row[0][:1], "=+-@\t") || row[1] != fmt.Sprint(-i) {
			t.Errorf("a formula, or a number that is none: %q", row)
		}
	}
}

func TestTSV(t *testing.T) {
	var b bytes.Buffer
	if err := writeTSV(&b, nastyTable()); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	if len(lines) != 1+len(nasty) {
		t.Fatalf("%d lines", len(lines))
	}
	back := strings.NewReplacer(`\\`, "\\", `\t`, "\t", `\n`, "\n", `\r`, "\r")
	for i, line := range lines[1:] {
		row := strings.Split(line, "\t")
		if want := strings.ToValidUTF8(nasty[i], "\uFFFD"); len(row) != 3 || back.Replace(row[0]) != want {
			t.Errorf("%q becomes %q", want, row)
		}
	}
}

func TestMarkdown(t *testing.T) {
	var b bytes.Buffer
	if err := writeMarkdown(&b, nastyTable()); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(b.String(), "\n")
	if lines[1] != "| --- | ---: | --- |" || !strings.HasSuffix(b.String(), "\n… 79 more: --limit 99\n") {
		t.Errorf("%q", b.String())
	}
	for _, line := range lines[:2+len(nasty)] {
		bare := strings.ReplaceAll(strings.ReplaceAll(line, `\\`, ""), `\|`, "")
		if strings.Count(bare, "|") != 4 || strings.ContainsAny(line, "\x1b\u202e") {
			t.Errorf("not three cells: %q", line)
		}
	}
}

func TestFormats(t *testing.T) {
	a := answer{doc: map[string]int{"n": 2}, lines: asLines([]int{1, 2}), table: nastyTable()}
	for format, want := range map[string]string{"json": "{\n  \"n\": 2\n}\n", "jsonl": "1\n2\n", "csv": "name,n,when\r\n", "tsv": "name\tn\twhen\n",
		"md": "| name | n | when |\n", "table": "name"} {
		var b bytes.Buffer
		if err := newEnv(nil, &b, nil).answer(output{Format: format}, a); err != nil || !strings.HasPrefix(b.String(), want) {
			t.Errorf("%s: %v, %q", format, err, b.String())
		}
	}
	a.table = nil
	if err := newEnv(nil, &bytes.Buffer{}, nil).answer(output{Format: "csv"}, a); judge(err).exit != exitUsage {
		t.Errorf("no table: %v", err)
	}
}

func TestCells(t *testing.T) {
	for text, want := range map[string]int{"": 0, "abc": 3, "北京": 4, "e\u0301a": 2, "한국": 4, "ﾊﾝ": 2, "Ａ": 2, "می\u200cخ": 3, "🙂": 2, "“—→": 3} {
		if got := cells(text); got != want {
			t.Errorf("%q takes %d columns, want %d", text, got, want)
		}
	}
	rng := rand.New(rand.NewSource(1))
	for range 2000 {
		text := ""
		for range rng.Intn(12) {
			text += []string{"a", "é", "北", "e\u0301", " ", "🙂"}[rng.Intn(6)]
		}
		room := 1 + rng.Intn(14)
		got := shortened(text, room)
		if cells(got) > room || !utf8.ValidString(got) || cells(text) <= room && got != text || !strings.HasPrefix(text, strings.TrimSuffix(got, "…")) {
			t.Fatalf("%q in %d columns is %q", text, room, got)
		}
	}
}

// On a terminal the columns of all rows begin at the same places and no line is
// longer than it; elsewhere nothing is cut.
func TestTable(t *testing.T) {
	rows := func() [][]string {
		return [][]string{{"name", "n"}, {"北京市人民政府北京市人民政府", "7"}, {"e\u0301lan and a long name that goes on and on", "1234"}}
	}
	for _, width := range []int{0, 30} {
		var b bytes.Buffer
		s := &screen{w: bufio.NewWriter(&b), width: width}
		s.table(rows(), 1)
		s.w.Flush()
		lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
		for _, l := range lines {
			if cells(l) != cells(lines[0]) || width > 0 && cells(l) > width {
				t.Errorf("width %d: %q takes %d columns", width, l, cells(l))
			}
		}
		if whole := strings.Contains(b.String(), "on and on"); whole != (width == 0) {
			t.Errorf("width %d: %s", width, b.String())
		}
	}
}

// Where a screen is too narrow, spare columns go before any cell is cut.
func TestSpareColumns(t *testing.T) {
	for width, want := range map[int]string{0: "name  seen  last", 16: "name  seen  last", 15: "name  last"} {
		var b bytes.Buffer
		s := &screen{w: bufio.NewWriter(&b), width: width}
		s.show(&table{columns: []column{{"name", words}, {"seen", words}, {"last", words}}, rows: [][]string{{"a", "b", "c"}}, spare: []string{"seen"}})
		s.w.Flush()
		if got, _, _ := strings.Cut(b.String(), "\n"); got != want {
			t.Errorf("width %d: %q, want %q", width, got, want)
		}
	}
}

func TestWantsJSON(t *testing.T) {
	for line, want := range map[string]bool{
		"events --json": true, "events -json": true, "events --json=false": false, "events --format json": true, "events --format=jsonl": true,
		"events --format csv": false, "actor json": false, "actor -- --json": false, "events --format": false, "actor format json": false,
	} {
		if got := wantsJSON(strings.Fields("entente " + line)); got != want {
			t.Errorf("%s: %v", line, got)
		}
	}
}

// answers are the JSON documents of the commands that answer.
var answers = map[string]any{
	"events": queries.Listing{}, "actors": actorsAnswer{}, "actor": cardAnswer{}, "between": queries.Dyadic{}, "path": queries.Path{}, "path --best": queries.Routes{}, "path --in-order": queries.Passage{},
	"rank": queries.Ranking{}, "stats": statsAnswer{}, "version": versions{}, "neighbors": queries.Neighborhood{}, "timeline": queries.Timeline{},
	"compare": queries.Comparison{}, "bursts": queries.BurstList{}, "says": queries.Sayings{}, "disagree": queries.Disagreements{},
	"article": articleAnswer{}, "actor candidates": candidatesAnswer{}, "forget": forgetAnswer{}, "error": map[string]errorJSON{},
	"communities": queries.Communities{}, "components": queries.Components{}, "balance": queries.Balance{}, "brokers": queries.Brokers{},
	"similar": queries.Similarity{}, "reciprocity": queries.Reciprocities{}, "without": queries.Removal{},
}

// shared are types that several answers hold.
var shared = map[reflect.Type]string{
	reflect.TypeFor[graph.Event](): "EVENT", reflect.TypeFor[graph.Relation](): "RELATION", reflect.TypeFor[graph.Actor](): "ACTOR",
	reflect.TypeFor[graph.Affiliation](): "AFFILIATION", reflect.TypeFor[graph.NameRef](): "NAME", reflect.TypeFor[queries.Member](): "MEMBER", reflect.TypeFor[queries.Hop](): "HOP",
}

// The keys of the answers are a contract (docs/json.md). To take one away or to
// change what it holds is a new jsonVersion.
func TestJSONKeys(t *testing.T) {
	var lines []string
	for command, doc := range answers {
		lines = append(lines, keyPaths(command, reflect.TypeOf(doc))...)
	}
	for t, name := range shared {
		lines = append(lines, fieldPaths(name, t)...)
	}
	slices.Sort(lines)
	got := fmt.Sprintf("version %d\n%s\n", jsonVersion, strings.Join(lines, "\n"))
	const file = "testdata/json-keys.txt"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs: tell docs/json.md, then go test -run JSONKeys -update\n%s", file, got)
	}
}

// keyPaths lists the keys that a type has in JSON, with the kind of what they
// hold.
func keyPaths(at string, t reflect.Type) []string {
	nullable := ""
	if t.Kind() == reflect.Pointer {
		t, nullable = t.Elem(), " or null"
	}
	if t.Implements(reflect.TypeFor[json.Marshaler]()) {
		return []string{at + ": " + t.Name() + nullable}
	}
	if name := shared[t]; name != "" {
		return []string{at + ": " + name + nullable}
	}
	switch t.Kind() {
	case reflect.Slice:
		return keyPaths(at+"[]", t.Elem())
	case reflect.Map:
		return keyPaths(at+".*", t.Elem())
	case reflect.Struct:
		list := fieldPaths(at, t)
		if nullable != "" {
			list = append(list, at+": object"+nullable)
		}
		return list
	}
	kind := map[bool]string{true: "number", false: t.Kind().String()}[t.Kind() == reflect.Int || t.Kind() == reflect.Int64 || t.Kind() == reflect.Uint64 || t.Kind() == reflect.Float64]
	return []string{at + ": " + kind + nullable}
}

func fieldPaths(at string, t reflect.Type) []string {
	var list []string
	for _, f := range reflect.VisibleFields(t) {
		tag := f.Tag.Get("json")
		name, option, _ := strings.Cut(tag, ",")
		if f.Anonymous && tag == "" || tag == "-" || !f.IsExported() {
			continue
		}
		if strings.HasPrefix(option, "omit") {
			name += "?"
		}
		list = append(list, keyPaths(at+"."+name, f.Type)...)
	}
	return list
}

// Each question names a command that there is.
func TestQuestions(t *testing.T) {
	known := map[string]bool{}
	for _, c := range newApp(newEnv(nil, &bytes.Buffer{}, &bytes.Buffer{})).Commands {
		known[c.Name] = true
	}
	for _, q := range questions {
		words := strings.Fields(q.answer)
		if words[0] != "entente" || !known[words[1]] || !strings.HasSuffix(q.ask, "?") {
			t.Errorf("%+v", q)
		}
	}
}
