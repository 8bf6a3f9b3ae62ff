package extract

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"entente/extract/ontology"
	"entente/graph"
)

// An event case has the form of golden; its first comment line is unique in
// the file and names it. A line
//
//	> SOURCE —lemma→ TARGET, CATEGORY status[, DATE][, says NAME]
//
// is an event that the text must yield, and it must yield no other. "/" sets apart
// names, lemmas, categories or statuses any of which is right. Affiliations are
// not looked at, nor is the order of the events.
type eventCase struct {
	golden
	name string // the first comment
	want [][]string
}

// Golden event cases that there must be, and those of them that yield nothing.
const (
	minEventCases   = 320
	minNothingCases = 60
)

var eventForm = regexp.MustCompile(`^(\S.*) —(\S+)→ (\S.*), ([A-Z/]+) ([a-z/]+)((?:, \d{4}(?:-\d\d){0,2})?(?:, says \S.*)?)$`)

// newEventCase checks a case and spells its alternatives out. categories holds
// what a category may be.
func newEventCase(g golden, categories []string) (eventCase, error) {
	c := eventCase{golden: g}
	if len(g.head) == 0 || !strings.HasPrefix(g.head[0], "# ") {
		return c, errors.New("the case has no comment: begin it with \"# what it shows\"")
	}
	c.name = strings.TrimPrefix(g.head[0], "# ")
	if len(g.text) == 0 {
		return c, fmt.Errorf("%s: the case has no text", c.name)
	}
	for _, line := range g.want {
		m := eventForm.FindStringSubmatch(line)
		if m == nil {
			return c, fmt.Errorf("%s: %q has not the form SOURCE —lemma→ TARGET, CATEGORY status[, DATE][, says NAME]", c.name, line)
		}
		for _, category := range strings.Split(m[4], "/") {
			if !slices.Contains(categories, category) {
				return c, fmt.Errorf("%s: category %q is none of %v", c.name, category, categories)
			}
		}
		for _, status := range strings.Split(m[5], "/") {
			if !slices.Contains(graph.Statuses, graph.Status(status)) {
				return c, fmt.Errorf("%s: status %q is none of %v", c.name, status, graph.Statuses)
			}
		}
		c.want = append(c.want, spellOut(m))
	}
	return c, nil
}

// spellOut returns every line that the alternatives of an event form allow.
func spellOut(m []string) []string {
	lines := []string{""}
	for i, before := range []string{"", " —", "→ ", ", ", " "} {
		var longer []string
		for _, line := range lines {
			for _, alternative := range strings.Split(m[i+1], "/") {
				longer = append(longer, line+before+alternative)
			}
		}
		lines = longer
	}
	for i := range lines {
		lines[i] += m[6]
	}
	return lines
}

// right reports whether the events got are those wanted, each once. An event
// got meets at most one that is wanted: no two wanted ones of a case share
// an alternative.
func (c *eventCase) right(got []string) bool {
	if len(got) != len(c.want) {
		return false
	}
	return !slices.ContainsFunc(c.want, func(alternatives []string) bool {
		return !slices.ContainsFunc(got, func(line string) bool { return slices.Contains(alternatives, line) })
	})
}

// events writes what the pipeline codes in the text of c, a line each.
func (c *eventCase) events(p *Pipeline) []string {
	r := p.Extract(graph.Article{ID: "case", Published: c.day, Body: strings.Join(c.text, "\n\n")})
	return summary(graph.Record{Events: r.Events})
}

// readEventCases reads testdata/events, by file; it fails the test at a
// malformed case.
func readEventCases(t *testing.T) map[string][]eventCase {
	t.Helper()
	onto, err := ontology.Load()
	if err != nil {
		t.Fatal(err)
	}
	categories := []string{"NONE"}
	for name := range onto.Categories {
		categories = append(categories, name)
	}
	slices.Sort(categories)
	files, err := filepath.Glob("testdata/events/*.txt")
	if err != nil || len(files) < 2 {
		t.Fatalf("no case files: %v", err)
	}
	cases := map[string][]eventCase{}
	for _, path := range files {
		file := filepath.Base(path)
		if file == actorMissesFile {
			continue
		}
		for _, g := range readCases(t, path) {
			c, err := newEventCase(g, categories)
			if err == nil && slices.ContainsFunc(cases[file], func(o eventCase) bool { return o.name == c.name }) {
				err = fmt.Errorf("the comment %q stands twice in the file", c.name)
			}
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			cases[file] = append(cases[file], c)
		}
	}
	return cases
}

// TestEvents holds coding to the cases of testdata/events. A case that is
// listed in known-misses.txt must fail, any other must pass: the list only shrinks, and -update
// takes out of it what passes.
func TestEvents(t *testing.T) {
	p := newPipeline(t)
	list := filepath.Join("testdata", "events", actorMissesFile)
	misses, passed := readMisses(t, list), map[string]bool{}
	cases, failed, listed, nothing := 0, 0, 0, 0
	inFiles := readEventCases(t)
	for _, file := range slices.Sorted(maps.Keys(inFiles)) {
		for _, c := range inFiles[file] {
			key, got := file+": "+c.name, c.events(p)
			right, miss := c.right(got), misses[key]
			cases++
			if miss {
				listed++
			}
			if len(c.want) == 0 {
				nothing++
			}
			switch {
			case !right && !miss:
				t.Errorf("%s: %s\n%s\n got %s\nwant %s", file, c.name, strings.Join(c.text, "\n"), strings.Join(got, "\n     "), strings.Join(c.golden.want, "\n     "))
			case right && miss && *update:
				passed[key] = true
			case right && miss:
				t.Errorf("%s: %s: passes now: take it out of %s (-update does)", file, c.name, list)
			}
			if !right {
				failed++
			}
		}
	}
	if listed != len(misses) {
		t.Errorf("%s names %d cases that are not there", list, len(misses)-listed)
	}
	if cases < minEventCases || nothing < minNothingCases {
		t.Errorf("%d cases, %d of which yield nothing; want at least %d and %d", cases, nothing, minEventCases, minNothingCases)
	}
	if len(passed) > 0 {
		dropMisses(t, list, passed)
	}
	t.Logf("%d of %d cases pass", cases-failed, cases)
}

// TestEventCaseReader: a malformed case is refused, and alternatives are
// spelled out.
func TestEventCaseReader(t *testing.T) {
	categories := []string{"ACCUSE", "ASSAULT"}
	read := func(name, want string) (eventCase, error) {
		return newEventCase(golden{head: []string{name}, text: []string{"Peru struck Chile."}, want: []string{want}}, categories)
	}
	for want, fault := range map[string]string{
		"Peru —strike→ Chile, HUG asserted":                 `category "HUG"`,
		"Peru —strike→ Chile, ASSAULT maybe":                `status "maybe"`,
		"Peru —strike→ Chile, ASSAULT":                      "has not the form",
		"Peru strike Chile, ASSAULT asserted":               "has not the form",
		"Peru —strike→ Chile, ASSAULT asserted, on 1 March": "has not the form",
	} {
		if _, err := read("# a", want); err == nil || !strings.Contains(err.Error(), fault) {
			t.Errorf("%q: %v, want %q", want, err, fault)
		}
	}
	if _, err := read("@ 2024", "Peru —strike→ Chile, ASSAULT asserted"); err == nil {
		t.Error("a case without a comment is taken")
	}
	c, err := read("# a", "Peru —hit/strike→ Chile/Chileans, ACCUSE/ASSAULT asserted, 2024-04, says Peru")
	if err != nil {
		t.Fatal(err)
	}
	for got, right := range map[string]bool{
		"Peru —strike→ Chile, ASSAULT asserted, 2024-04, says Peru": true,
		"Peru —hit→ Chileans, ACCUSE asserted, 2024-04, says Peru":  true,
		"Peru —hit→ Chile, ACCUSE asserted, 2024-04":                false,
		"Chile —hit→ Peru, ACCUSE asserted, 2024-04, says Peru":     false,
	} {
		if c.right([]string{got}) != right {
			t.Errorf("%q is right: %v, want %v", got, !right, right)
		}
	}
	if c.right(nil) {
		t.Error("no event is right where one is wanted")
	}
}
