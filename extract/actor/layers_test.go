package actor

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"entente/graph"
)

// files makes a file system of names and texts in turn.
func files(namesAndTexts ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(namesAndTexts); i += 2 {
		fsys[namesAndTexts[i]] = &fstest.MapFile{Data: []byte(namesAndTexts[i+1])}
	}
	return fsys
}

var builtIn = files(
	"a.txt", `state:FRA  France
  adj: French
  capital: Paris
  country: FRA
person:ann-bee  Ann Bee
  country: FRA
  role: president; state:FRA; 2020..
  role: mayor of Lyon; state:FRA; 2010..2015
company:jupiter  Jupiter Oil
  also: Sun River
`,
	titlesFile, "president ; head-of-state ; president\nmayor ; official ; mayor\nchief ; official ; chief\n",
	placesFile, "Gulf of Bees\n",
	bodiesFile, "army ; military ; Army\n",
)

func ids(entries []*Entry) string {
	var out []string
	for _, e := range entries {
		out = append(out, string(e.ID))
	}
	return strings.Join(out, " ")
}

func TestLayers(t *testing.T) {
	d, err := LoadFS(builtIn, files(
		"mine.txt", `person:ann-bee  Ann B. Bee
  also: Annie Bee
  country: DEU
  role: president; state:FRA; 2020..2024
  role: boss; company:jupiter; 2025..
ngo:gulf  Gulf of Bees
company:sun-river  Sun River
person:cy-bee  Cy Bee
igo:paris  Paris
  also: Target
`,
		titlesFile, "chief ; business ; chief executive\nboss ; business ; chief executive\n",
		exceptionsFile, "Target ; igo:paris ; a test\n",
		bodiesFile, "land-army ; military ; Army\n",
		placesFile, "Bee Hill\n",
	))
	if err != nil {
		t.Fatal(err)
	}
	ann := d.Entry("person:ann-bee")
	if ann.Name != "Ann B. Bee" || ann.Country != "DEU" || !slices.Contains(ann.Also, "Annie Bee") {
		t.Errorf("extended to %+v", ann)
	}
	var roles []string
	for _, r := range ann.Roles {
		roles = append(roles, r.Title+" "+string(r.From)+".."+string(r.Until))
	}
	if got, want := strings.Join(roles, ", "), "president 2020..2024, mayor of Lyon 2010..2015, chief executive 2025.."; got != want {
		t.Errorf("roles %s, want %s", got, want)
	}
	for name, want := range map[string]string{
		"Ann Bee":      "person:ann-bee", // the old name stays
		"Ann B. Bee":   "person:ann-bee",
		"Annie Bee":    "person:ann-bee",
		"Bee":          "person:ann-bee person:cy-bee", // short forms stand side by side
		"Sun River":    "company:sun-river",            // taken from company:jupiter
		"Jupiter Oil":  "company:jupiter",
		"Paris":        "igo:paris", // taken from the state
		"Target":       "igo:paris",
		"Gulf of Bees": "ngo:gulf",
		"French":       "state:FRA",
	} {
		if got := ids(d.Lookup(name)); got != want {
			t.Errorf("Lookup(%q) = %s, want %s", name, got, want)
		}
	}
	if v := d.places.exact([]string{"gulf", "of", "bees"}); len(v) > 0 {
		t.Error("the place still hides the user's name")
	}
	if v := d.places.exact([]string{"bee", "hill"}); len(v) != 1 {
		t.Error("the user's place is missing")
	}
	if b := d.bodies.exact([]string{"army"}); len(b) != 1 || b[0].Slug != "land-army" {
		t.Errorf("bodies %v", b)
	}
	if h := d.holders("president", "state:FRA", "2023-01-01"); len(h) != 1 {
		t.Errorf("%d presidents in 2023", len(h))
	}
	if h := d.holders("president", "state:FRA", "2025-01-01"); len(h) != 0 {
		t.Errorf("%d presidents in 2025, after the user's end", len(h))
	}
	if actors, names := d.Size(); actors != 7 || names != 13 {
		t.Errorf("%d actors, %d names", actors, names)
	}
}

// Of two dictionaries of the user the later one wins, and a fault of one keeps all from being
// loaded.
func TestLayersOfSeveralUsers(t *testing.T) {
	first, second := files("x.txt", "ngo:one  Blue Door\n"), files("x.txt", "ngo:two  Blue Door\n")
	d, err := LoadFS(builtIn, first, second)
	if err != nil {
		t.Fatal(err)
	}
	if got := ids(d.Lookup("Blue Door")); got != "ngo:two" {
		t.Errorf("Blue Door means %s", got)
	}
	twice := files("x.txt", "ngo:one  Blue Door\nngo:two  Blue Door\nperson:ann-bee  Ann Bee\nperson:ann-bee  Ann Bee\n  role: wizard; state:FRA; ..\n")
	d, err = LoadFS(builtIn, twice)
	want := `dictionary:
x.txt:2: ngo:two: the name "Blue Door" already means ngo:one (x.txt:1): take it out of one of them
x.txt:5: person:ann-bee: role: no titles.txt has "wizard": correct it, or add the line "wizard ; official ; wizard" to yours
x.txt:4: person:ann-bee: already defined at x.txt:3: join the two records`
	if d != nil || err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// A name given by the user means the actor always, where it was a mere short form or capital.
func TestLayersRaiseNames(t *testing.T) {
	d, err := LoadFS(builtIn, files("x.txt", "person:ann-bee  Ann Bee\n  also: Bee\nstate:FRA  France\n  also: Paris\n"))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]graph.ActorID{"bee": "person:ann-bee", "paris": "state:FRA"} {
		if got := d.Named(name); len(got) != 1 || got[0].ID != want {
			t.Errorf("%s means %s", name, ids(got))
		}
	}
	for _, s := range d.names.exact([]string{"paris"}) {
		if s.form == FormCapital {
			t.Error("Paris is still a capital, which may be a place")
		}
	}
}

func TestLoadWith(t *testing.T) {
	dir := t.TempDir()
	empty := filepath.Join(dir, "empty")
	if err := os.Mkdir(empty, 0o777); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "own.list")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("\ufeffngo:blue-door  Blue Door Society\r\n  country: FRA\r\n")
	d, err := LoadWith(file)
	if err != nil {
		t.Fatal(err)
	}
	if e := d.Entry("ngo:blue-door"); e == nil || e.Name != "Blue Door Society" || e.Country != "FRA" {
		t.Errorf("one file, with a mark and carriage returns: %+v", e)
	}
	if d.state("FRA") == nil {
		t.Error("the built-in dictionary is gone")
	}
	write("ngo:blue-door\n")
	for path, want := range map[string]string{
		file:                          file + ":1: want \"kind:slug  Canonical Name\"",
		empty:                         "holds no .txt file: name another",
		filepath.Join(dir, "nowhere"): "there is no such folder or file: check the path",
	} {
		if d, err := LoadWith(path); d != nil || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", path, err, want)
		}
	}
}

func TestLint(t *testing.T) {
	mine := layer{dir: "mine/", fsys: files(
		"a.txt", `person:cy-dee  Cy Dee
  short: Target; Dee
  role: president; state:FRA; 2022..2023
  role: chief; company:saturn; 2001..
company:oil  Sun River
  short: Target
  member: igo:nothing
`,
		exceptionsFile, "Green ; company:oil ; nobody needs it\n",
	)}
	r, err := lint([]layer{{fsys: builtIn}, mine}, 1)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range r.Findings {
		got = append(got, f.String())
	}
	want := `mine/a.txt:1: warning: person:cy-dee: the short form "Target" is an ordinary word: leave it out unless news uses it alone
mine/a.txt:3: warning: person:cy-dee: president of state:FRA from 2022 overlaps the term of person:ann-bee (a.txt:7), from 2020: end one of them
mine/a.txt:4: warning: person:cy-dee: role: company:saturn has no record: write one, or correct the id
mine/a.txt:5: warning: company:oil: member: igo:nothing has no record: write one, or correct the id
mine/a.txt:5: warning: company:oil: the name "Sun River" meant company:jupiter (a.txt:9): now it means only this actor
mine/exceptions.txt:1: warning: no record needs this exception: company:oil does not have the name "green" alone`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
	if r.Actors != 2 || r.Errors != 0 {
		t.Errorf("%d actors, %d errors", r.Actors, r.Errors)
	}
	bad := layer{dir: "bad/", fsys: files("a.txt", "planet:mars  Mars\n")}
	if r, err = lint([]layer{{fsys: builtIn}, bad}, 1); err != nil || r.Errors != 1 || r.Findings[0].Warning {
		t.Errorf("an error is %+v, %v", r, err)
	}
}

// The built-in dictionary has no doubtful line but those that history made so.
func TestLintBuiltIn(t *testing.T) {
	r, err := Lint()
	if err != nil {
		t.Fatal(err)
	}
	disputed := []string{"person:alassane-ouattara: president", "person:norodom-ranariddh: prime minister", "person:rosario-murillo: president"}
	for _, f := range r.Findings {
		if !slices.ContainsFunc(disputed, func(d string) bool { return f.Warning && strings.HasPrefix(f.Text, d) }) {
			t.Error(f)
		}
	}
	if len(r.Findings) != len(disputed) {
		t.Errorf("%d findings, want %d", len(r.Findings), len(disputed))
	}
}

// Terms that are given by month or year overlap only where they must.
func TestTermsOverlap(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"2001..2004", "2004..2006", false},
		{"2001..2004-05", "2004-05..2006", false},
		{"2001..2004-05-10", "2004-05-10..2006", false},
		{"2001..2004-05-12", "2004-05-10..2006", true},
		{"2001..", "2004..", true},
		{"..2004", "2003-01..2003-02", true},
		{"..2004", "2002..2003-02-01", true},
		{"2001..2003", "2002..2002", false},
	} {
		role := func(s string) Role {
			from, until, _ := strings.Cut(s, "..")
			return Role{From: graph.Date(from), Until: graph.Date(until)}
		}
		if got := days(role(c.a), role(c.b)) >= 2; got != c.want {
			t.Errorf("%s and %s: %v", c.a, c.b, got)
		}
	}
}

func TestRoleOf(t *testing.T) {
	d := load(t)
	for title, want := range map[string]string{
		"defense minister": "defence minister", "mayor of London": "mayor of London", "acting president": "acting president", "wizard": "",
	} {
		if got, ok := d.RoleOf(title); ok != (want != "") || ok && got != want {
			t.Errorf("RoleOf(%q) = %q, %v", title, got, ok)
		}
	}
}

func TestGuard(t *testing.T) {
	g := NewGuard()
	for name, ok := range map[string]bool{
		"Shell": false, "the West": false, "green": false, "": false, "a; b": false, "NATO": true, "SHELL": true, "Royal Dutch Shell": true, "Gazprom": true,
	} {
		if err := g.Check(name); (err == nil) != ok {
			t.Errorf("Check(%q) = %v", name, err)
		}
	}
}

func TestCountryCode(t *testing.T) {
	for code, want := range map[string]string{"fr": "FRA", "FRA": "FRA", "XK": "XKX", "SUN": "SUN", "SU": "", "QQQ": "", "": ""} {
		if got, ok := CountryCode(code); got != want || ok != (want != "") {
			t.Errorf("CountryCode(%q) = %q, %v", code, got, ok)
		}
	}
}
