package actor

import (
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"entente/graph"
)

var dictionary = sync.OnceValues(Load)

func load(t testing.TB) *Dictionary {
	t.Helper()
	d, err := dictionary()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestBuiltInDictionary(t *testing.T) {
	d := load(t)
	actors, names := d.Size()
	if actors < 6000 || names < 15000 {
		t.Errorf("%d actors under %d names, want at least 6000 and 15000", actors, names)
	}
	for name, want := range map[string]graph.ActorID{
		"France": "state:FRA", "the Kremlin": "state:RUS", "Élysée": "state:FRA", "elysee": "state:FRA",
		"US": "state:USA", "U.S.": "state:USA", "Kyiv": "state:UKR", "Emmanuel Macron": "person:emmanuel-macron",
		"Volodymyr Zelenskiy": "person:volodymyr-zelensky", "NATO": "igo:NATO", "Hezbollah": "armed-group:hezbollah",
		"Islamic State group": "armed-group:islamic-state", "Côte d'Ivoire": "state:CIV", "People's Republic of China": "state:CHN",
	} {
		var got []graph.ActorID
		for _, e := range d.Lookup(name) {
			got = append(got, e.ID)
		}
		if len(got) != 1 || got[0] != want {
			t.Errorf("Lookup(%q) = %v, want %s", name, got, want)
		}
	}
	if got := d.Lookup("Nowhereland"); got != nil {
		t.Errorf("Lookup of an unknown name gave %v", got)
	}
}

func TestEveryStateHasItsCode(t *testing.T) {
	d := load(t)
	for _, code := range strings.Fields("AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA BRA BRN BGR BFA BDI CPV KHM CMR CAN CAF TCD CHL CHN COL COM COG COD CRI CIV HRV CUB CYP CZE DNK DJI DMA DOM ECU EGY SLV GNQ ERI EST SWZ ETH FJI FIN FRA GAB GMB GEO DEU GHA GRC GRD GTM GIN GNB GUY HTI HND HUN ISL IND IDN IRN IRQ IRL ISR ITA JAM JPN JOR KAZ KEN KIR PRK KOR KWT KGZ LAO LVA LBN LSO LBR LBY LIE LTU LUX MDG MWI MYS MDV MLI MLT MHL MRT MUS MEX FSM MDA MCO MNG MNE MAR MOZ MMR NAM NRU NPL NLD NZL NIC NER NGA MKD NOR OMN PAK PLW PAN PNG PRY PER PHL POL PRT QAT ROU RUS RWA KNA LCA VCT WSM SMR STP SAU SEN SRB SYC SLE SGP SVK SVN SLB SOM ZAF SSD ESP LKA SDN SUR SWE CHE SYR TJK TZA THA TLS TGO TON TTO TUN TUR TKM TUV UGA UKR ARE GBR USA URY UZB VUT VEN VNM YEM ZMB ZWE VAT PSE XKX TWN") {
		e := d.state(code)
		if e == nil {
			t.Errorf("no state with code %s", code)
		} else if len(e.Adj) == 0 && code != "TTO" {
			t.Logf("%s (%s) has no adjective", e.Name, code)
		}
	}
}

// Nothing is half-loaded, and each fault is one line with its place.
func TestFaults(t *testing.T) {
	good := "state:FRA  France\n  country: FRA\n"
	for name, c := range map[string]struct{ file, in, want string }{
		"key before a record":  {"a.txt", "  adj: French\n", "a.txt:1: \"adj\" stands before the first record"},
		"no record line":       {"a.txt", good + "France\n", "a.txt:3: want \"kind:slug"},
		"unknown kind":         {"a.txt", "planet:mars  Mars\n", "a.txt:1: unknown kind \"planet\""},
		"unknown key":          {"a.txt", good + "  colour: blue\n", "a.txt:3: unknown key \"colour\""},
		"empty key":            {"a.txt", good + "  adj:\n", "a.txt:3: adj: no value"},
		"bad country":          {"a.txt", "state:FRA  France\n  country: FR\n", "a.txt:2: country: \"FR\""},
		"bad type":             {"a.txt", good + "  type: kingdom\n", "a.txt:3: type: \"kingdom\""},
		"bad member":           {"a.txt", good + "  member: EU\n", "a.txt:3: member: \"EU\" is not an id"},
		"bad from":             {"a.txt", good + "  from: 1789-14-07\n", "a.txt:3: from: \"1789-14-07\" is not a date"},
		"short role":           {"a.txt", "person:x  Ann Bee\n  role: president; state:FRA\n", "a.txt:2: role: want"},
		"role of nobody":       {"a.txt", "person:x  Ann Bee\n  role: president; France; 2001..\n", "a.txt:2: role: \"France\" is not an id"},
		"no term":              {"a.txt", "person:x  Ann Bee\n  role: president; state:FRA; 2001\n", "a.txt:2: role: \"2001\" is not a term"},
		"impossible date":      {"a.txt", "person:x  Ann Bee\n  role: president; state:FRA; 2001-02-30..\n", "a.txt:2: role: \"2001-02-30\""},
		"term turned round":    {"a.txt", "person:x  Ann Bee\n  role: president; state:FRA; 2005..2001\n", "a.txt:2: role: the term ends (2001) before it begins (2005)"},
		"id twice":             {"a.txt", good + good, "a.txt:3: state:FRA: already defined at a.txt:1"},
		"name twice":           {"a.txt", good + "igo:F  France\n", "a.txt:3: igo:F: the name \"France\" already means state:FRA (a.txt:1)"},
		"ordinary word":        {"a.txt", "party:g  Greens\n  also: green\n", "a.txt:1: party:g: \"green\" is no name"},
		"unknown country":      {"a.txt", "state:FRA  France\n  country: QQQ\n", "a.txt:2: country: \"QQQ\""},
		"far future":           {"a.txt", good + "  until: 20040\n", "a.txt:3: until: \"20040\" is not a date"},
		"next millennium":      {"a.txt", good + "  until: 3004\n", "a.txt:3: until: \"3004\" is a date of the far future"},
		"ends before":          {"a.txt", good + "  from: 1900\n  until: 1800\n", "a.txt:4: until: it ends (1800) before it begins (1900)"},
		"ordinary name":        {"a.txt", "company:t  Target\n", "a.txt:1: company:t: the name \"Target\" is an ordinary word: add a second word, leave it out, or put the line \"Target ; company:t ; REASON\" into exceptions.txt"},
		"ordinary adjective":   {"a.txt", good + "  adj: French; Green\n", "a.txt:1: state:FRA: the name \"Green\" is an ordinary word"},
		"not UTF-8":            {"a.txt", good + "# \xe9\n", "a.txt:3: this is not UTF-8"},
		"unknown class":        {titlesFile, "president ; boss ; president\n", "titles.txt:1: class \"boss\" is unknown"},
		"title twice":          {titlesFile, "envoy ; diplomat ; envoy\nEnvoy ; diplomat ; envoy\n", "titles.txt:2: \"envoy\" stands at titles.txt:1 too"},
		"place twice":          {placesFile, "Black Sea\nblack sea\n", "places.txt:2: \"black sea\" stands at places.txt:1 too"},
		"variant twice":        {bodiesFile, "a ; military ; Army ; army\nb ; military ; Land Army ; Army\n", "bodies.txt:2: \"army\" stands at bodies.txt:1 too"},
		"exception unreasoned": {exceptionsFile, "Target ; company:t\n", "exceptions.txt:1: want at least 3 fields"},
		"exception of nobody":  {exceptionsFile, "Target ; Target Corp ; well known\n", "exceptions.txt:1: \"Target Corp\" is not an id"},
		"group of no class":    {groupsFile, "men ; people ; gang\n", "groups.txt:1: class \"gang\" is unknown"},
		"kind of place":        {gazetteerFile, "Lyon ; town ; FRA\n", "gazetteer.txt:1: kind \"town\" is unknown"},
		"place of no country":  {gazetteerFile, "Lyon ; city ; FR\n", "gazetteer.txt:1: country: \"FR\""},
		"title without role":   {titlesFile, "president ; head-of-state\n", "titles.txt:1: want at least 3 fields"},
		"body of no type":      {bodiesFile, "army ; force ; Army\n", "bodies.txt:1: type \"force\" is unknown"},
	} {
		d, err := LoadFS(fstest.MapFS{c.file: {Data: []byte(c.in)}})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got error %v, want %q in it", name, err, c.want)
		}
		if d != nil {
			t.Errorf("%s: a dictionary in spite of the fault", name)
		}
	}
	two := "planet:mars  Mars\n  colour: red\n"
	if _, err := LoadFS(fstest.MapFS{"a.txt": {Data: []byte(two)}}); err == nil || strings.Count(err.Error(), "a.txt:") != 2 {
		t.Errorf("two faults are not two lines: %v", err)
	}
}

func TestRoleHolds(t *testing.T) {
	r := Role{From: "2017-05-14", Until: "2022-05"}
	for day, want := range map[graph.Date]bool{
		"2017-05-13": false, "2017-05-14": true, "2020-01-01": true, "2022-05-31": true, "2022-06-01": false, "": false,
	} {
		if got := r.Holds(day); got != want {
			t.Errorf("Holds(%q) = %v, want %v", day, got, want)
		}
	}
	if open := (Role{From: "2017"}); !open.Holds("") || !open.Holds("2024-04-04") || open.Holds("2016-12-31") {
		t.Error("an open term covers what it should not, or the reverse")
	}
}

func TestEntriesAreAllByID(t *testing.T) {
	d, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	n, last := 0, graph.ActorID("")
	for e := range d.Entries() {
		if e.ID <= last || d.Entry(e.ID) != e {
			t.Fatalf("%s after %s", e.ID, last)
		}
		n, last = n+1, e.ID
	}
	if actors, _ := d.Size(); n != actors {
		t.Errorf("%d of %d actors", n, actors)
	}
	for range d.Entries() {
		break // must not go on
	}
}
