package importer

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/extract/actor"
	"entente/graph"
)

// Columns are those that a CSV file may have, in any order; id and name have to be
// there. also and short hold several values separated by ";". With a role, from and
// until are its term, else when the actor existed. Rows of one id stand together and are
// joined; name, type and country need stand in the first only.
var Columns = []string{"id", "name", "type", "country", "also", "short", "role", "org", "from", "until"}

// csvRow is a row by column.
type csvRow struct {
	place
	field map[string]string
}

// readCSV reads one file.
func (s *sink) readCSV(file string, r io.Reader) error {
	cr := csv.NewReader(r)
	cr.TrimLeadingSpace = true
	cr.ReuseRecord = true
	header, err := cr.Read()
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("the file is empty: want a header of %s", strings.Join(Columns, ","))
	}
	if err != nil {
		return err
	}
	if header, err = checkHeader(header); err != nil {
		return err
	}
	var rec record
	finish := func() {
		if rec.id != "" {
			s.put(rec)
		}
	}
	for {
		fields, err := cr.Read()
		var parse *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			finish()
			return nil
		case errors.As(err, &parse):
			s.problem(place{file, parse.Line}, Record, "%v: the row is left out", parse.Err)
			if !errors.Is(err, csv.ErrFieldCount) {
				return fmt.Errorf("line %d: %w: what follows cannot be read", parse.Line, parse.Err)
			}
			continue
		case err != nil:
			return err
		}
		line, _ := cr.FieldPos(0)
		row := csvRow{place{file, line}, map[string]string{}}
		for i, name := range header {
			row.field[name] = strings.Join(strings.Fields(fields[i]), " ")
		}
		if !utf8.ValidString(strings.Join(fields, "")) {
			s.problem(row.place, Record, "the row is not UTF-8: it is left out; save the file in that encoding")
			continue
		}
		id, ok := s.idOf(row)
		if !ok {
			continue
		}
		if id != rec.id {
			finish()
			rec = record{place: row.place, id: id, insists: true}
		}
		s.addRow(&rec, row)
	}
}

// checkHeader returns the header in small letters.
func checkHeader(header []string) ([]string, error) {
	var out []string
	for _, h := range header {
		h = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(h, "\ufeff")))
		if !slices.Contains(Columns, h) {
			return nil, fmt.Errorf("line 1: column %q is unknown (want some of %s, separated by commas)", h, strings.Join(Columns, ","))
		}
		if slices.Contains(out, h) {
			return nil, fmt.Errorf("line 1: column %q stands twice", h)
		}
		out = append(out, h)
	}
	for _, h := range []string{"id", "name"} {
		if !slices.Contains(out, h) {
			return nil, fmt.Errorf("line 1: there is no column %q", h)
		}
	}
	return out, nil
}

// idOf returns the id of a row: as it is, or made of the type and a slug.
func (s *sink) idOf(row csvRow) (graph.ActorID, bool) {
	id := row.field["id"]
	if !strings.Contains(id, ":") && id != "" && row.field["type"] != "" {
		id = row.field["type"] + ":" + id
	}
	if !isID(graph.ActorID(id)) {
		s.problem(row.place, Record, "%q is no id: want kind:slug, or a slug and a type, of %v: the row is left out", row.field["id"], graph.ActorTypes)
		return "", false
	}
	return graph.ActorID(id), true
}

// isID reports whether id is a type of actor, ":" and a word.
func isID(id graph.ActorID) bool {
	_, slug, _ := strings.Cut(string(id), ":")
	return slug != "" && !strings.ContainsAny(slug, ":;") && !strings.ContainsFunc(slug, unicode.IsSpace) &&
		slices.Contains(graph.ActorTypes, graph.ActorType(id.Kind()))
}

// addRow joins a row to the record.
func (s *sink) addRow(r *record, row csvRow) {
	if name := row.field["name"]; name != "" {
		r.names = append(r.names, name)
	}
	r.names = append(r.names, list(row.field["also"])...)
	r.short = append(r.short, list(row.field["short"])...)
	if r.typ == "" {
		r.typ = graph.ActorType(r.id.Kind())
	}
	if typ := graph.ActorType(row.field["type"]); slices.Contains(graph.ActorTypes, typ) {
		r.typ = typ
	} else if typ != "" {
		s.problem(row.place, Name, "the type %q is unknown (want one of %v): it is left out", typ, graph.ActorTypes)
	}
	if code := row.field["country"]; code != "" {
		iso, ok := actor.CountryCode(code)
		if !ok {
			s.problem(row.place, Name, "the country %q is no ISO 3166-1 code: it is left out", code)
		}
		r.country = iso
	}
	from, err1 := graph.ParseDate(row.field["from"])
	until, err2 := graph.ParseDate(row.field["until"])
	if err := errors.Join(err1, err2); err != nil {
		s.problem(row.place, Role, "%v: the dates and the role are left out", cmpErr(err1, err2))
		return
	}
	if row.field["role"] == "" {
		r.from, r.until = graph.Date(cmpOr(string(r.from), string(from))), graph.Date(cmpOr(string(r.until), string(until)))
		return
	}
	s.addCSVRole(r, row, from, until)
}

// addCSVRole adds the role of a row.
func (s *sink) addCSVRole(r *record, row csvRow, from, until graph.Date) {
	title, ok := s.Dictionary.RoleOf(row.field["role"])
	if !ok || strings.Contains(title, ";") {
		s.problem(row.place, Role, "no titles.txt has %q: the role is left out", row.field["role"])
		return
	}
	org := graph.ActorID(row.field["org"])
	if !strings.Contains(string(org), ":") {
		named := s.Dictionary.Named(string(org))
		if len(named) != 1 {
			s.problem(row.place, Role, "%q is neither an id nor the name of one organisation that is known: the role is left out", org)
			return
		}
		org = named[0].ID
	}
	if !isID(org) {
		s.problem(row.place, Role, "%q is no id, such as state:FRA: the role is left out", org)
		return
	}
	s.addRole(r, row.place, actor.Role{Title: title, Org: org, From: from, Until: until})
}

// list splits at ";".
func list(s string) []string {
	var out []string
	for v := range strings.SplitSeq(s, ";") {
		if v = strings.TrimSpace(v); v != "" {
			out = append(out, v)
		}
	}
	return out
}

func cmpErr(a, b error) error {
	if a != nil {
		return a
	}
	return b
}
