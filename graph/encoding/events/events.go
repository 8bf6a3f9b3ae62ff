// Package events writes the event tables of political science: GDELT 2.0,
// Phoenix and POLECAT, tab-separated.
//
// None of the three has a column for an event's status: only asserted facts are
// in them, whatever else the graph holds. A fact without a CAMEO code (GDELT,
// Phoenix) or without a PLOVER category, NONE being none (POLECAT), cannot be said
// in them and is left out too. The rows of a table are exactly the rest, one for each fact in the
// order of the graph: a meeting, which GDELT often has in both directions, is
// one row. What entente does not know (tone, coordinates, religion) is empty.
// Text is in one line, without tabs or quoting.
package events

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/graph"
	"entente/graph/encoding"
)

// write writes the header, if there is one, and a line for each asserted fact
// that can be coded.
func write(w io.Writer, g *encoding.Graph, header []string, coded func(*graph.Event) bool, cells func(encoding.Fact) []string) error {
	b := bufio.NewWriter(w)
	if header != nil {
		line(b, header)
	}
	for x, err := range g.Facts {
		if err != nil {
			return err
		}
		if x.Event.Status != graph.Asserted || !coded(&x.Event) {
			continue
		}
		if err := line(b, cells(x)); err != nil {
			return err
		}
	}
	return b.Flush()
}

func line(b *bufio.Writer, cells []string) error {
	for i, c := range cells {
		if i > 0 {
			b.WriteByte('\t')
		}
		b.WriteString(encoding.Line(c))
	}
	return b.WriteByte('\n') // a bufio.Writer keeps its first error
}

// hasCAMEO reports whether e has a code under one of CAMEO's twenty roots.
func hasCAMEO(e *graph.Event) bool { return quad(e.CAMEO) > 0 }

func hasCategory(e *graph.Event) bool { return e.Category != "" && e.Category != graph.NoCategory }

// quad returns the quad class of a CAMEO code by its root, 1 verbal
// cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict,
// or 0 where it is no code. The event's own Quad is that of its PLOVER category,
// which differs for some codes.
func quad(code string) int {
	if len(code) < 2 {
		return 0
	}
	root, err := strconv.Atoi(code[:2])
	switch {
	case err != nil || root < 1 || root > 20:
		return 0
	case root <= 5:
		return 1
	case root <= 8:
		return 2
	case root <= 13:
		return 3
	}
	return 4
}

// cameoCountries are the countries whose CAMEO code is not that of ISO 3166.
var cameoCountries = map[string]string{"ROU": "ROM", "TLS": "TMP", "IMN": "IMY"}

// country returns the CAMEO code of an ISO 3166-1 alpha-3 country, or "" for
// codes that ISO leaves to its users (X..): CAMEO has others for those.
func country(iso string) string {
	if c, ok := cameoCountries[iso]; ok {
		return c
	}
	if len(iso) != 3 || iso[0] == 'X' {
		return ""
	}
	return iso
}

// types are the CAMEO types of actors. A state is its country alone; persons
// and blocs have none that could be told from their type.
var types = map[graph.ActorType]string{
	graph.Government: "GOV", graph.Military: "MIL", graph.IGO: "IGO", graph.Party: "PTY", graph.ArmedGroup: "UAF", graph.NGO: "NGO",
	graph.Company: "BUS", graph.Media: "MED", graph.People: "CVL",
}

// code returns the CAMEO code of an actor: its country and its type.
func code(a graph.ActorRef) string { return country(a.Country) + types[a.Type] }

// number returns a number for the fact that is the same in every export: 53
// bits of SHA-256, which programs that hold integers as doubles keep exact.
// Among a million facts two share one with a probability of 1 in 18,000.
func number(id string) string {
	sum := sha256.Sum256([]byte(id))
	return strconv.FormatUint(binary.BigEndian.Uint64(sum[:])>>11, 10)
}

// parts returns the year, month and day of d, as far as it has them: "2024",
// "04", "04".
func parts(d graph.Date) (year, month, day string) {
	p := append(strings.Split(string(d), "-"), "", "")
	return p[0], p[1], p[2]
}

// compact returns d as YYYYMMDD, or "" where it is no whole day.
func compact(d graph.Date) string {
	if _, err := time.Parse(time.DateOnly, string(d)); err != nil {
		return ""
	}
	return strings.ReplaceAll(string(d), "-", "")
}

// sources returns the distinct publishers of a fact and its copies, sorted; one
// without a name is none.
func sources(e *graph.Event) []string {
	var names []string
	for _, c := range append([]graph.Copy{{Publisher: e.Publisher}}, e.Copies...) {
		if name := encoding.Line(c.Publisher); name != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func float(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
