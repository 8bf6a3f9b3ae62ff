package main

import (
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"entente/graph"
	"entente/queries"
)

// membersShown is how many members of a group tables show unless asked for more.
const membersShown = 8

func membersFlag() cli.Flag {
	return &cli.IntFlag{Name: "members", Usage: "at most `N` members of each group, those with the most events; 0 is all (tables show " +
		strconv.Itoa(membersShown) + ", other formats all)"}
}

func membersOf(c *cli.Context, o output) (int, error) {
	return listedOf(c, o, "members", membersShown)
}

// memberColumns are those of memberCells.
var memberColumns = []column{{"id", words}, {"name", words}, {"type", words}, {"country", words}, {"events", numbers}}

func memberCells(m *queries.Member) []string {
	return []string{string(m.Actor.ID), m.Actor.Name, string(m.Type), m.Country, strconv.Itoa(m.Events)}
}

// groupTable has a row for each member of groups that have a number and a size.
func groupTable(what string) *table {
	return &table{columns: append([]column{{what, numbers}, {"size", numbers}}, memberColumns...)}
}

func (t *table) group(number, size int, members []queries.Member) {
	for i := range members {
		t.rows = append(t.rows, append([]string{strconv.Itoa(number), strconv.Itoa(size)}, memberCells(&members[i])...))
	}
}

// membersLine names the members of a group of that size, and how many more there are.
func membersLine(members []queries.Member, size int) string {
	var names []string
	for _, m := range members {
		names = append(names, m.Actor.Name)
	}
	line := strings.Join(names, ", ")
	if more := size - len(members); more > 0 {
		line += " +" + strconv.Itoa(more)
	}
	return line
}

// hiddenMembers is the note for people that groups have more members than are
// shown.
func hiddenMembers(hidden bool) string {
	if hidden {
		return "+N counts members that are not shown: --members 0"
	}
	return ""
}

// quoteOf is the sentence of the best evidence of a tie, or "".
func quoteOf(ev *graph.Event) string {
	if ev == nil {
		return ""
	}
	return ev.Quote
}

// namesLine names actors.
func namesLine(actors []graph.NameRef) string {
	var names []string
	for _, a := range actors {
		names = append(names, a.Name)
	}
	return strings.Join(names, ", ")
}
