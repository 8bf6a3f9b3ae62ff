package main

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"entente/extract"
	"entente/graph"
	"entente/queries"
)

// filtering says which events count, as far as the command line tells it
// without a store.
type filtering struct {
	queries.Filter
	since *queries.Stretch // of a --since that is told from the newest event
}

// filterFlags are the flags of every command that asks about events. They mean
// the same everywhere; queries.Filter tells what.
func filterFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "since", Usage: "first `DATE` of the events (2024, 2024-04, 2024-04-04), or \"last 30 days\", told from the newest event"},
		&cli.StringFlag{Name: "until", Usage: "last `DATE` of the events; undated ones pass neither"},
		&cli.StringSliceFlag{Name: "category", Usage: "PLOVER `CATEGORY` (CONSULT, ACCUSE, ASSAULT …; NONE for bonds), several with commas"},
		&cli.StringSliceFlag{Name: "quad", Usage: "`CLASS`: 1 to 4, verbal-cooperation, material-cooperation, verbal-conflict, material-conflict, cooperation, conflict"},
		&cli.StringFlag{Name: "predicate", Usage: "the `VERB` in its base form (condemn)"},
		&cli.StringSliceFlag{Name: "status", Usage: "`STATUS`: asserted (the default), negated, planned, possible, or all"},
		&cli.StringFlag{Name: "type", Usage: "one of the two actors is of that `TYPE`: " + join(graph.ActorTypes)},
		&cli.StringFlag{Name: "country", Usage: "the same one belongs to the state with that ISO alpha-3 `CODE` (FRA)"},
		&cli.StringFlag{Name: "publisher", Usage: "`WORDS` of the name of who printed it, or a copy"},
		&cli.StringFlag{Name: "place", Usage: "`WORDS` of where it happened, or that place's country code"},
		&cli.StringFlag{Name: "text", Usage: "`WORDS` that stand in the sentence, in any order; '\"a phrase\"' in double quotes"},
		&cli.IntFlag{Name: "min-events", Usage: "leave out ties (actors, relations, where they are listed) of fewer than `N` distinct events"},
		&cli.IntFlag{Name: "min-publishers", Usage: "leave out those with fewer than `N` publishers"},
	}
}

// filterOf reads the flags of filterFlags.
func filterOf(c *cli.Context) (f filtering, err error) {
	f.Predicate, f.Publisher, f.Place, f.Text = c.String("predicate"), c.String("publisher"), c.String("place"), c.String("text")
	f.Type, f.Country = graph.ActorType(c.String("type")), strings.ToUpper(c.String("country"))
	if err = oneOf("type", f.Type, graph.ActorTypes...); err != nil {
		return f, err
	}
	if notLetter := func(r rune) bool { return r < 'A' || r > 'Z' }; f.Country != "" && (len(f.Country) != 3 || strings.ContainsFunc(f.Country, notLetter)) {
		return f, usagef("--country %q is not an ISO alpha-3 code such as FRA", c.String("country"))
	}
	if f.Categories, err = categoriesOf(c); err != nil {
		return f, err
	}
	if f.Quads, err = quadsOf(c); err != nil {
		return f, err
	}
	if f.Statuses, err = statusesOf(c); err != nil {
		return f, err
	}
	if f.MinEvents, err = countOf(c, "min-events"); err != nil {
		return f, err
	}
	if f.MinPublishers, err = countOf(c, "min-publishers"); err != nil {
		return f, err
	}
	return f, f.readDates(c)
}

func (f *filtering) readDates(c *cli.Context) (err error) {
	if s, parseErr := queries.ParseStretch(c.String("since")); parseErr == nil && s.Relative() {
		f.since = &s
	} else if f.Since, err = dateOf(c, "since"); err != nil {
		return usagef("%v, or \"last 30 days\"", err)
	}
	f.Until, err = dateOf(c, "until")
	if err == nil && f.Since != "" && f.Until != "" && !f.Since.Within("", f.Until) {
		err = usagef("--since %s is after --until %s", f.Since, f.Until)
	}
	return err
}

// listOf returns the values of a flag that may be repeated or take several with
// commas.
func listOf(c *cli.Context, flag string) []string {
	var list []string
	for _, value := range c.StringSlice(flag) {
		for _, v := range strings.Split(value, ",") {
			if v = strings.TrimSpace(v); v != "" {
				list = append(list, v)
			}
		}
	}
	return list
}

func categoriesOf(c *cli.Context) ([]string, error) {
	typed := listOf(c, "category")
	if len(typed) == 0 {
		return nil, nil
	}
	known, err := extract.Categories()
	if err != nil {
		return nil, err
	}
	for i, name := range typed {
		typed[i] = strings.ToUpper(name)
		if !slices.Contains(known, typed[i]) {
			return nil, usagef("--category %q is not one of PLOVER's. %s They are %s", name, suggestion(known, typed[i]), join(known))
		}
	}
	return typed, nil
}

// suggestion asks for the one of the names that comes nearest to what was typed.
func suggestion(names []string, typed string) string {
	commands := make([]*cli.Command, len(names))
	for i, n := range names {
		commands[i] = &cli.Command{Name: n}
	}
	return cli.SuggestCommand(commands, typed)
}

// quadNames are PLOVER's quad classes as --quad takes them.
var quadNames = map[string][]int{
	"verbal-cooperation": {1}, "material-cooperation": {2}, "verbal-conflict": {3}, "material-conflict": {4},
	"cooperation": {1, 2}, "conflict": {3, 4},
}

func quadsOf(c *cli.Context) ([]int, error) {
	var quads []int
	for _, typed := range listOf(c, "quad") {
		if n, err := strconv.Atoi(typed); err == nil && n >= 1 && n <= 4 {
			quads = append(quads, n)
			continue
		}
		classes, ok := quadNames[strings.ToLower(typed)]
		if !ok {
			return nil, usagef("--quad %q is not one of: 1, 2, 3, 4, verbal-cooperation, material-cooperation, verbal-conflict, material-conflict, cooperation, conflict", typed)
		}
		quads = append(quads, classes...)
	}
	return quads, nil
}

func statusesOf(c *cli.Context) ([]graph.Status, error) {
	var list []graph.Status
	for _, typed := range listOf(c, "status") {
		if typed == "all" {
			return graph.Statuses, nil
		}
		status := graph.Status(typed)
		if err := oneOf("status", status, append(slices.Clone(graph.Statuses), "all")...); err != nil {
			return nil, err
		}
		list = append(list, status)
	}
	return list, nil
}

// on returns the filter for a store: it tells a relative --since from its newest
// event.
func (f filtering) on(r queries.Reader) (queries.Filter, error) {
	if f.since == nil {
		return f.Filter, nil
	}
	newest, err := queries.NewestDay(r)
	if err != nil {
		return f.Filter, err
	}
	p, err := f.since.At(newest)
	if err != nil {
		return f.Filter, err
	}
	filter := f.Filter
	filter.Since = p.Since
	if filter.Until == "" {
		filter.Until = p.Until
	}
	return filter, nil
}

// nothing says on stderr that no event counts, and which flag to loosen.
func (e *env) nothing(r queries.Reader, f queries.Filter) error {
	stops, err := f.Loosen(r)
	if err != nil {
		return err
	}
	var ways []string
	for _, s := range stops {
		switch s.Filter {
		case "actor", "with":
		case "status":
			ways = append(ways, fmt.Sprintf("%s with --status all", plural(s.Events, "record")))
		default:
			ways = append(ways, fmt.Sprintf("%s without --%s", plural(s.Events, "record"), s.Filter))
		}
	}
	if len(ways) == 0 {
		e.warnf("no event matches")
		return nil
	}
	e.warnf("no event matches; there would be %s", strings.Join(ways, ", "))
	return nil
}

// narrows reports whether f lets less through than all asserted events.
func narrows(f queries.Filter) bool { return !reflect.DeepEqual(f, queries.Filter{}) }

// otherStatuses says how many events only their status keeps out, or "".
func otherStatuses(f queries.Filter, counts []queries.StatusCount) string {
	counted := f.Statuses
	if len(counted) == 0 {
		counted = []graph.Status{graph.Asserted}
	}
	n, names := 0, []string{}
	for _, c := range counts {
		if !slices.Contains(counted, c.Status) {
			n += c.Events
			names = append(names, string(c.Status))
		}
	}
	if n == 0 {
		return ""
	}
	last := len(names) - 1
	list := names[last]
	if last > 0 {
		list = strings.Join(names[:last], ", ") + " or " + list
	}
	verb := "are"
	if n == 1 {
		verb = "is"
	}
	return fmt.Sprintf("(%d more %s %s: --status all)", n, verb, list)
}

// readingFilter are the options of a command that asks a store about events.
type readingFilter struct {
	reading
	filtering
	Limit int // of the list; 0 is all
}

// readingFilterOf reads the flags of readFlags, filterFlags and limitFlag.
func readingFilterOf(c *cli.Context, standard int) (o readingFilter, err error) {
	if o.reading, err = readingOf(c); err != nil {
		return o, err
	}
	if o.filtering, err = filterOf(c); err != nil {
		return o, err
	}
	o.Limit, err = limitOf(c, o.output, standard)
	return o, err
}

// eventFlags are the flags of a command that readingFilterOf reads, after its
// own.
func eventFlags(standard int, what string, own ...cli.Flag) []cli.Flag {
	flags := append(own, filterFlags()...)
	return readFlags(append(flags, limitFlag(standard, what))...)
}

// aboutOptions are those of a command about the events of up to two actors.
type aboutOptions struct {
	readingFilter
	Actors []string // as people type them, or ids
}

// aboutOf reads the flags and arguments of such a command, which wants at least
// so many actors.
func aboutOf(c *cli.Context, least, standard int) (o aboutOptions, err error) {
	want := "two actors at most"
	if least > 0 {
		want = "an actor, or two"
	}
	if err = arguments(c, least, 2, want+", names of several words in quotes"); err != nil {
		return o, err
	}
	o.Actors = c.Args().Slice()
	o.readingFilter, err = readingFilterOf(c, standard)
	return o, err
}

// asked is what a command about actors asks the store with.
type asked struct {
	ids    []graph.ActorID
	filter queries.Filter
}

// ask finds the actors of o and its filter.
func (e *env) ask(r queries.Reader, o *aboutOptions) (a asked, err error) {
	if a.ids, err = e.actorsNamed(r, o.Dicts, o.Actors); err != nil {
		return a, err
	}
	a.filter, err = o.on(r)
	return a, err
}

// named is the filter that is narrowed to the actors, as the queries narrow it.
func (a asked) named() queries.Filter {
	f := a.filter
	if len(a.ids) > 0 {
		f.Actor = a.ids[0]
	}
	if len(a.ids) > 1 {
		f.Other = a.ids[1]
	}
	return f
}

// idsOf returns the ids of actors, as people type them.
func (e *env) idsOf(r queries.Reader, dicts []string, typed []string) ([]graph.ActorID, error) {
	actors, err := e.findActors(r, dicts, typed...)
	ids := make([]graph.ActorID, len(actors))
	for i, a := range actors {
		ids[i] = a.ID
	}
	return ids, err
}

// actorsNamed returns the ids of up to two actors, as people type them.
func (e *env) actorsNamed(r queries.Reader, dicts []string, typed []string) ([]graph.ActorID, error) {
	ids, err := e.idsOf(r, dicts, typed)
	if err != nil {
		return nil, err
	}
	if len(ids) == 2 && ids[0] == ids[1] {
		return nil, usagef("%q and %q are the same actor, %s", typed[0], typed[1], ids[0])
	}
	return ids, nil
}
