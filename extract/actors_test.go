package extract

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"entente/extract/actor"
	"entente/graph"
)

// An actor case file holds blocks separated by empty lines, each about one
// phenomenon of resolution:
//
//	# what it shows; one line, unique in the file
//	@ DATE                    publication; "published" where left out, "@" for none
//	the text, a paragraph a line
//	= SURFACE: ID             is an acting mention of the actor of the dictionary, or of the body of a state
//	= SURFACE: TYPE CCC NAME  … of an actor that the dictionary lacks; CCC is an ISO 3166-1 alpha-3 code, "-" for none, "?" for any
//	- SURFACE                 holds no acting mention: nothing, or a place
//	> NAME is ROLE of ORG     an affiliation that the text states; ", former" after it
//	> not NAME is ROLE of ORG one that it does not state
//
// SURFACE means its first occurrence as whole words, SURFACE#2 its second. " | " sets apart
// names, or affiliations, any of which is right.
// Only what is listed is checked.
type actorCase struct {
	name     string // the comment
	file     string
	line     int // of the comment, from 1
	day      graph.Date
	body     string
	mentions []actorCheck
	roles    []string // affiliations, as summary writes them, or "not " and one
}

// actorCheck is one line "=" or "-".
type actorCheck struct {
	surface string
	span    graph.Span  // of surface in the body, a leading article left out
	actor   graph.Actor // ID, or Type, Country and Name, which may be several
	nobody  bool        // a line "-"
}

const actorMissesFile = "known-misses.txt"

var (
	bodyID     = regexp.MustCompile(`^(government|military):[a-z]{3}-[a-z-]+$`)
	actorForm  = regexp.MustCompile(`^([a-z-]+) ([A-Z]{3}|-|\?) (\S.*)$`)
	roleForm   = regexp.MustCompile(`^\S.* is \S.* of \S.*$`)
	occurrence = regexp.MustCompile(`^(.*)#([1-9])$`)
	article    = regexp.MustCompile(`^(?i:the|an?) `)
)

// readActorCases reads the cases of a file. The error joins one line a fault, "file:line: what".
func readActorCases(file, text string, known func(graph.ActorID) bool) ([]actorCase, error) {
	var cases []actorCase
	var faults []error
	c := actorCase{}
	flush := func() {
		if c.name == "" && c.body == "" {
			return
		}
		if err := c.check(cases); err != nil {
			faults = append(faults, fmt.Errorf("%s:%d: %w", file, c.line, err))
		}
		cases = append(cases, c)
		c = actorCase{}
	}
	for i, line := range strings.Split(text+"\n", "\n") {
		if strings.TrimSpace(line) == "" {
			flush()
			continue
		}
		if c.name == "" && c.body == "" {
			c = actorCase{file: file, line: i + 1, day: published}
		}
		if err := c.read(line, known); err != nil {
			faults = append(faults, fmt.Errorf("%s:%d: %w", file, i+1, err))
		}
	}
	return cases, errors.Join(faults...)
}

// check reports what a whole case lacks.
func (c *actorCase) check(before []actorCase) error {
	switch {
	case c.name == "":
		return errors.New("the case has no comment: begin it with \"# what it shows\"")
	case c.body == "":
		return errors.New("the case has no text")
	case len(c.mentions)+len(c.roles) == 0:
		return errors.New("the case checks nothing: add a line =, - or >")
	case slices.ContainsFunc(before, func(o actorCase) bool { return o.name == c.name }):
		return fmt.Errorf("the comment %q stands twice in the file", c.name)
	}
	return nil
}

// read takes one line over.
func (c *actorCase) read(line string, known func(graph.ActorID) bool) error {
	rest := strings.TrimSpace(line[1:])
	checks := len(c.mentions)+len(c.roles) > 0
	switch line[0] {
	case '#':
		if c.name != "" || c.body != "" {
			return errors.New("a case has one comment, on top; set cases apart by an empty line")
		}
		c.name = rest
		return nil
	case '@':
		if c.body != "" {
			return errors.New("the date stands before the text")
		}
		var err error
		c.day, err = graph.ParseDate(rest)
		return err
	case '=':
		return c.readMention(rest, known)
	case '-':
		surface, span, err := c.find(rest)
		c.mentions = append(c.mentions, actorCheck{surface: surface, span: span, nobody: true})
		return err
	case '>':
		if !roleForm.MatchString(rest) {
			return fmt.Errorf("want \"> NAME is ROLE of ORG\", not %q", line)
		}
		c.roles = append(c.roles, rest)
		return nil
	}
	if checks {
		return fmt.Errorf("text after a check: %q", line)
	}
	if c.body != "" {
		c.body += "\n\n"
	}
	c.body += line
	return nil
}

// readMention reads "SURFACE: ID" or "SURFACE: TYPE CCC NAME".
func (c *actorCase) readMention(rest string, known func(graph.ActorID) bool) error {
	surface, what, ok := strings.Cut(rest, ": ")
	if !ok {
		return fmt.Errorf("want \"= SURFACE: ID\" or \"= SURFACE: TYPE CCC NAME\", not %q", rest)
	}
	surface, span, err := c.find(surface)
	if err != nil {
		return err
	}
	check := actorCheck{surface: surface, span: span}
	if m := actorForm.FindStringSubmatch(what); m != nil {
		check.actor = graph.Actor{Type: graph.ActorType(m[1]), Country: strings.Trim(m[2], "-"), Name: m[3]}
		if !slices.Contains(graph.ActorTypes, check.actor.Type) {
			return fmt.Errorf("type %q is unknown (want one of %v)", m[1], graph.ActorTypes)
		}
	} else {
		check.actor.ID = graph.ActorID(what)
		if !known(check.actor.ID) && !bodyID.MatchString(what) {
			return fmt.Errorf("%q is no id of the dictionary, no body of a state, and not \"TYPE CCC NAME\"", what)
		}
	}
	c.mentions = append(c.mentions, check)
	return nil
}

// find returns the surface without its "#n" and where it stands.
func (c *actorCase) find(text string) (string, graph.Span, error) {
	surface, n := text, 1
	if m := occurrence.FindStringSubmatch(text); m != nil {
		surface, n = m[1], int(m[2][0]-'0')
	}
	if surface == "" {
		return "", graph.Span{}, errors.New("the surface is empty")
	}
	for at := 0; ; {
		i := strings.Index(c.body[at:], surface)
		if i < 0 {
			return "", graph.Span{}, fmt.Errorf("the text does not hold %q", text)
		}
		span := graph.Span{Start: at + i, End: at + i + len(surface)}
		if c.wholeWords(span) {
			if n--; n == 0 {
				span.Start += len(article.FindString(surface))
				return text, span, nil
			}
		}
		at += i + 1
	}
}

// wholeWords reports whether no letter or digit stands beside the span.
func (c *actorCase) wholeWords(s graph.Span) bool {
	before, _ := utf8.DecodeLastRuneInString(c.body[:s.Start])
	after, _ := utf8.DecodeRuneInString(c.body[s.End:])
	in := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return !in(before) && !in(after)
}

// run returns what the pipeline gets wrong, a line each.
func (c *actorCase) run(p *Pipeline) []string {
	doc := p.engine.Analyse(c.body)
	res := p.resolver.Resolve(doc, c.day)
	var acting []actor.Mention
	for _, s := range res.Mentions {
		for _, m := range s {
			if !m.Place {
				acting = append(acting, m)
			}
		}
	}
	var wrong []string
	for _, check := range c.mentions {
		if fault := check.fault(acting, &res); fault != "" {
			wrong = append(wrong, fault)
		}
	}
	return append(wrong, c.wrongRoles(res.Affiliations)...)
}

// fault says what is wrong with the mention, or "".
func (k *actorCheck) fault(acting []actor.Mention, res *actor.Resolution) string {
	var found []string
	for _, m := range acting {
		if !k.meets(m) {
			continue
		}
		a := res.Actor(m.Actor)
		if !k.nobody && k.is(a) {
			return ""
		}
		found = append(found, fmt.Sprintf("%s (%s %s %s)", a.ID, a.Type, a.Country, a.Name))
	}
	if k.nobody && len(found) == 0 {
		return ""
	}
	return fmt.Sprintf("%s: got %v, want %s", k.surface, found, k.want())
}

// meets reports whether m is about the words of the check. What must be nobody
// may not hold a mention. How much stands before an actor's head is left open
// ("the French president", "president"), and what follows it too ("president
// of France").
func (k *actorCheck) meets(m actor.Mention) bool {
	start := m.Span.Start + len(article.FindString(m.Text))
	if k.nobody {
		return k.span.Start <= start && m.Span.End <= k.span.End
	}
	return start == k.span.Start && m.Span.End >= k.span.End || m.Span.End == k.span.End
}

func (k *actorCheck) is(a graph.Actor) bool {
	if k.actor.ID != "" {
		return a.ID == k.actor.ID
	}
	called := slices.ContainsFunc(strings.Split(k.actor.Name, " | "), func(name string) bool { return plainName(name) == plainName(a.Name) })
	return called && a.Type == k.actor.Type && (k.actor.Country == "?" || a.Country == k.actor.Country)
}

func (k *actorCheck) want() string {
	switch {
	case k.nobody:
		return "nobody"
	case k.actor.ID != "":
		return string(k.actor.ID)
	}
	return fmt.Sprintf("%s %s %s", k.actor.Type, k.actor.Country, k.actor.Name)
}

// plainName drops what scoring overlooks: letter case, accents, a leading article.
func plainName(name string) string {
	return graph.FoldWord(strings.TrimPrefix(name, article.FindString(name)))
}

// wrongRoles lists the affiliations that are wanted and not there, or there and
// not wanted.
func (c *actorCase) wrongRoles(got []graph.Affiliation) []string {
	have := summary(graph.Record{Affiliations: got})
	var wrong []string
	for _, want := range c.roles {
		alternatives, unwanted := strings.CutPrefix(want, "not ")
		found := slices.ContainsFunc(strings.Split(alternatives, " | "), func(a string) bool { return slices.Contains(have, a) })
		if found == unwanted {
			wrong = append(wrong, fmt.Sprintf("affiliations: got %q, want %q", have, want))
		}
	}
	return wrong
}

// readMisses reads the lines "file: comment" of the cases that may fail.
func readMisses(t *testing.T, file string) map[string]bool {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	misses := map[string]bool{}
	for i, line := range strings.Split(string(b), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		if misses[line] {
			t.Errorf("%s:%d: %q stands twice", file, i+1, line)
		}
		misses[line] = true
	}
	return misses
}

// dropMisses takes the cases that pass out of the list.
func dropMisses(t *testing.T, file string, passed map[string]bool) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	kept := slices.DeleteFunc(strings.Split(string(b), "\n"), func(line string) bool { return passed[line] })
	if err := os.WriteFile(file, []byte(strings.Join(kept, "\n")), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestActors holds resolution to the cases of testdata/actors. A case that is
// listed in known-misses.txt must fail, any other must pass: the list only shrinks, and -update
// takes out of it what passes.
func TestActors(t *testing.T) {
	p := newPipeline(t)
	dict, err := LoadDictionary()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("testdata/actors/*.txt")
	if err != nil || len(files) < 2 {
		t.Fatalf("no case files: %v", err)
	}
	list := filepath.Join("testdata", "actors", actorMissesFile)
	misses, passed := readMisses(t, list), map[string]bool{}
	cases, failed, listed := 0, 0, 0
	for _, file := range files {
		if filepath.Base(file) == actorMissesFile {
			continue
		}
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		read, err := readActorCases(filepath.Base(file), string(b), func(id graph.ActorID) bool { return dict.Entry(id) != nil })
		if err != nil {
			t.Error(err)
			continue
		}
		for _, c := range read {
			key, wrong := c.file+": "+c.name, c.run(p)
			cases++
			miss := misses[key]
			if miss {
				listed++
			}
			switch {
			case len(wrong) > 0:
				failed++
				report := t.Logf
				if !miss {
					report = t.Errorf
				}
				report("%s:%d: %s\n%s\n  %s", c.file, c.line, c.name, c.body, strings.Join(wrong, "\n  "))
			case miss && *update:
				passed[key] = true
			case miss:
				t.Errorf("%s:%d: %s: passes now: take it out of %s (-update does)", c.file, c.line, c.name, list)
			}
		}
	}
	if listed != len(misses) {
		t.Errorf("%s names %d cases that are not there", list, len(misses)-listed)
	}
	if len(passed) > 0 {
		dropMisses(t, list, passed)
	}
	t.Logf("%d of %d cases pass", cases-failed, cases)
}

// TestActorCaseReader: a malformed case is named by file and line.
func TestActorCaseReader(t *testing.T) {
	known := func(id graph.ActorID) bool { return id == "state:FRA" }
	for text, want := range map[string]string{
		"# a\nParis spoke.\n= Rome: state:FRA":                     `x.txt:3: the text does not hold "Rome"`,
		"# a\nThe man spoke.\n- he":                                `x.txt:3: the text does not hold "he"`,
		"# a\nParis spoke.\n- Paris#2":                             `x.txt:3: the text does not hold "Paris#2"`,
		"# a\nParis spoke.\n= Paris state:FRA":                     `x.txt:3: want "= SURFACE: ID"`,
		"# a\nParis spoke.\n= Paris: state:FRX":                    `x.txt:3: "state:FRX" is no id`,
		"# a\nParis spoke.\n= Paris: town FRA Paris":               `x.txt:3: type "town" is unknown`,
		"# a\n@ 2024-13-01\nParis spoke.\n- Paris":                 `x.txt:2: `,
		"# a\nParis spoke.\n> Macron, president":                   `x.txt:3: want "> NAME is ROLE of ORG"`,
		"# a\nParis spoke.\n- Paris\nIt rained.":                   `x.txt:4: text after a check`,
		"# a\nParis spoke.\n- ":                                    `x.txt:3: the surface is empty`,
		"# a\nParis spoke.":                                        `x.txt:1: the case checks nothing`,
		"# a\n= x: state:FRA":                                      `x.txt:2: the text does not hold "x"`,
		"Paris spoke.\n- Paris":                                    `x.txt:1: the case has no comment`,
		"# a\nParis spoke.\n- Paris\n# b\nRome spoke.":             `x.txt:4: a case has one comment`,
		"# a\nParis spoke.\n- Paris\n\n# a\nParis spoke.\n- Paris": `x.txt:5: the comment "a" stands twice`,
		"# a\nParis spoke.\n@ 2024-01-01\n= Paris: state:FRA":      `x.txt:3: the date stands before the text`,
	} {
		if _, err := readActorCases("x.txt", text, known); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got error %v, want %s", text, err, want)
		}
	}
	good := "# a\n@ 2010-05-01\nThe French met Paris. The French left.\n= The French#2: state:FRA\n= Paris: person ? Paris\n"
	cases, err := readActorCases("x.txt", good, known)
	if err != nil || len(cases) != 1 {
		t.Fatalf("%d cases, error %v", len(cases), err)
	}
	if s := cases[0].mentions[0].span; cases[0].body[s.Start:s.End] != "French" || s.Start != 26 {
		t.Errorf("the second occurrence is at %v", s)
	}
}
