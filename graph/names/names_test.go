package names

import (
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"entente/graph"
)

func comparer(t testing.TB) *Comparer {
	t.Helper()
	places := map[string]string{"mongolia": "MNG", "mongolian": "MNG", "north korean": "PRK", "korean": "KOR", "chile": "CHL"}
	c, err := NewComparer(Options{Place: func(s string) string { return places[s] }})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestFilesRefuseFaults has a fault of each kind, and wants file and line.
func TestFilesRefuseFaults(t *testing.T) {
	for file, faults := range map[string]map[string]string{
		"spellings.txt":        {"ali aly\nomar ali\n": `2: "ali" stands in line 1 too`, "alone\n": "1: want at least 2 words", "Ali aly\n": `1: "Ali" must be written "ali"`},
		"forms.txt":            {"ivan ivan\n": `1: "ivan" stands here twice`},
		"frequent.txt":         {"kim many\n": `1: "many" is not a number`, "kim 1\nkim 2\n": "2: ", "kim\n": "1: want a name and a number", "kim 0\n": "1: "},
		"particles.txt":        {"al\nal\n": `2: "al" stands here twice`},
		"suffixes_en.txt":      {"jr junior\njunior\n": "2: "},
		"organisations_en.txt": {"silly the\n": `1: "silly" is not one of`},
	} {
		for text, want := range faults {
			fsys := fstest.MapFS{}
			for _, name := range []string{"spellings", "forms", "nicknames_en", "frequent", "particles", "honorifics_en", "suffixes_en", "organisations_en"} {
				fsys["data/"+name+".txt"] = &fstest.MapFile{Data: []byte("# nothing\n")}
			}
			fsys["data/"+file] = &fstest.MapFile{Data: []byte(text)}
			_, err := load(fsys)
			if err == nil || !strings.Contains(err.Error(), "data/"+file+":"+want) {
				t.Errorf("%s %q: got %v, want %s", file, text, err, want)
			}
		}
	}
	if _, err := load(fstest.MapFS{}); err == nil {
		t.Error("no files at all: no error")
	}
}

func TestLike(t *testing.T) {
	c := comparer(t)
	for _, tc := range []struct {
		a, b string
		want likeness
	}{
		{"Zelensky", "ZELENSKY", same}, {"Erdoğan", "Erdogan", same}, {"Ja'afari", "Jaafari", same},
		{"Zelenskyy", "Zelensky", spelling}, {"Mohammed", "Muhamad", spelling}, {"Hussein", "Husayn", spelling},
		{"Gaddafi", "Kadhafi", spelling}, {"Qaddafi", "Gaddafi", spelling}, {"Kozhevskiy", "Kozhevsky", spelling},
		{"Milosevich", "Milosevic", spelling}, {"Mueller", "Müller", spelling}, {"Rasheed", "Rashid", spelling},
		{"Elsisi", "Sisi", spelling}, {"Bensalah", "Salah", spelling}, {"Tsakhiagiin", "Tsakhia", spelling},
		{"Habibullin", "Khabibullin", spelling}, {"Salih", "Saleh", spelling}, {"Gomez", "Gomes", spelling},
		{"Mykola", "Nikolai", form}, {"Pavlo", "Pablo", form},
		{"Bill", "William", short}, {"Bill", "Billy", short}, {"Kate", "Katherine", short},
		{"J", "John", initial}, {"J", "J", same}, {"Lukashenka", "Lukashenko", form},
		{"Kostandinov", "Konstandinov", near}, {"Wickremasinghe", "Wickramesinghe", near},
		{"Hassan", "Hussein", differ}, {"Mahmoud", "Mohammed", differ}, {"Yang", "Ying", differ},
		{"Karim", "Karam", differ}, {"Ivanov", "Ivanova", differ}, {"Dolinsky", "Dolinskaya", differ},
		{"J", "Peter", differ}, {"Sanna", "Anna", differ}, {"Catherine", "Cathleen", differ},
	} {
		for range 2 {
			a, b := c.word(tc.a), c.word(tc.b)
			if got := like(&a, &b); got != tc.want {
				t.Errorf("%s, %s: %d, want %d (%s, %s)", tc.a, tc.b, got, tc.want, a.sound, b.sound)
			}
			tc.a, tc.b = tc.b, tc.a
		}
	}
}

// TestParts looks at what a name is taken apart into.
func TestParts(t *testing.T) {
	c := comparer(t)
	for _, tc := range []struct {
		name, country string
		of            graph.ActorType
		want          string
	}{
		{"President Emmanuel Macron", "FRA", graph.Person, "Emmanuel|Macron"},
		{"King", "", graph.Person, "King"},
		{"Mohammed bin Salman al-Saud", "SAU", graph.Person, "Mohammed|Salman|Saud"},
		{"Abdel Fattah el-Sisi", "EGY", graph.Person, "Abdel Fattah|Sisi"},
		{"Abd al-Rahman Ghanim", "", graph.Person, "Abd Rahman|Ghanim"},
		{"Ed Miliband", "GBR", graph.Person, "Ed|Miliband"},
		{"Ludwig van Beethoven", "DEU", graph.Person, "Ludwig|Beethoven"},
		{"Nguyen Van Thang", "VNM", graph.Person, "Nguyen|Van|Thang"},
		{"E. Y. Harburg", "", graph.Person, "E|Y|Harburg"},
		{"Donald Trump Jr.", "USA", graph.Person, "Donald|Trump jr"},
		{"J.R. Smith", "", graph.Person, "J|R|Smith"},
		{"The Ministry of Defence of Mongolia", "", graph.Government, "Ministry|Defence MNG"},
		{"North Korean Army", "", graph.Military, "Army PRK"},
		{"Halberd Mining Ltd.", "", graph.Company, "Halberd|Mining"},
		{"SA Group", "", graph.Company, "SA|Group"},
		{"U.N.", "", graph.IGO, "UN (un)"},
		{"the MoD", "", graph.Government, "MOD (mod)"},
		{"", "", graph.Person, ""},
		{"?!", "", graph.NGO, ""},
	} {
		n := c.Of(tc.name, tc.of, tc.country)
		var words []string
		for _, w := range n.words {
			words = append(words, w.text)
		}
		got := strings.Join(words, "|")
		for _, more := range append([]string{n.suffix}, n.places...) {
			if more != "" {
				got += " " + more
			}
		}
		if n.acronym != "" {
			got += " (" + n.acronym + ")"
		}
		if got != tc.want {
			t.Errorf("%q: %q, want %q", tc.name, got, tc.want)
		}
		if n.Empty() != (tc.want == "") || n.Text() != tc.name {
			t.Errorf("%q: empty %v, text %q", tc.name, n.Empty(), n.Text())
		}
	}
}

// TestReasons wants the words in which evidence is told.
func TestReasons(t *testing.T) {
	c := comparer(t)
	for _, tc := range []struct {
		a, b string
		of   graph.ActorType
		want string // one of the reasons
		for_ bool   // it counts for
	}{
		{"Sergei Vorobin", "Sergey Vorobin", graph.Person, "Sergei and Sergey are spellings of one name", true},
		{"Bill Vorobin", "William Vorobin", graph.Person, "Bill is short for William", true},
		{"Mykola Vorobin", "Nikolai Vorobin", graph.Person, "Mykola and Nikolai are forms of one name", true},
		{"Min Kim", "Min Kim", graph.Person, "both are called Kim, as many are", true},
		{"S. Vorobin", "Sergei Vorobin", graph.Person, "S may stand for Sergei", true},
		{"Anna Vorobin", "Ivan Vorobin", graph.Person, "Anna and Ivan are different names", false},
		{"Ryu Seongmin", "Ryu Seong-min", graph.Person, "Seong min and Seongmin are one name, written apart or together", true},
		{"Jin Woo Hwang", "Hwang Jin-woo", graph.Person, "the family name stands first in one and last in the other", false},
		{"Alba Besto Corin", "Corin Besto Alba", graph.Person, "the names stand in another order", false},
		{"Ivan Vorobin Jr", "Ivan Vorobin Sr", graph.Person, "one is jr, the other sr", false},
		{"Ivan Vorobin Jr", "Ivan Vorobin", graph.Person, "only one is jr", false},
		{"Ivan", "Ivan Vorobin", graph.Person, "Ivan is no surname of Ivan Vorobin", false},
		{"Ivan P. Vorobin", "Ivan P. Q. Vorobin", graph.Person, "the middle names differ", false},
		{"Arid Lands Front", "ALF", graph.NGO, "ALF is an acronym of Arid Lands Front", true},
		{"Mongolian Navy", "Navy of Mongolia", graph.Military, "both name MNG", true},
		{"Mongolian Navy", "Navy of Chile", graph.Military, "one names MNG, the other CHL", false},
		{"Mongolian Navy", "Navy", graph.Military, "only one names MNG", false},
		{"Defence Ministry", "Ministry of Defense", graph.Government, "Defence and Defense say the same", true},
		{"4th Brigade", "5th Brigade", graph.Military, "4th and 5th are different words", false},
		{"", "Navy", graph.Military, "nothing to compare", false},
	} {
		for range 2 { // one evidence, whichever comes first
			a, b := c.Of(tc.a, tc.of, ""), c.Of(tc.b, tc.of, "")
			m := c.Compare(a, b)
			found, sum := false, 0.0
			for _, r := range m.Reasons {
				sum += r.Bits
				found = found || r.Text == tc.want && (r.Bits > 0) == tc.for_
			}
			back := c.Compare(b, a)
			if !found || math.Abs(sum-m.Bits) > 1e-9 || math.Abs(back.Bits-m.Bits) > 1e-9 || math.Abs(c.Bits(a, b)-m.Bits) > 1e-9 {
				t.Errorf("%q, %q: want %q in %v; sum %v, turned round %v", tc.a, tc.b, tc.want, m, sum, back.Bits)
			}
			if len(m.Reasons) == 0 || !m.silent && len(m.Reasons) != len(back.Reasons) {
				t.Errorf("%q, %q: %v against %v", tc.a, tc.b, m.Reasons, back.Reasons)
			}
		}
	}
}

// TestRareCountsMore counts one surname often.
func TestRareCountsMore(t *testing.T) {
	c := comparer(t)
	for range 10 {
		c.Count(c.Of("Anna Besto", graph.Person, ""))
	}
	c.Count(c.Of("Ivan Vorobin", graph.Person, ""), c.Of("Ivan I. Vorobin", graph.Person, ""))
	rare, often := c.word("Vorobin"), c.word("Besto")
	if c.persons[rare.key] != 1 || c.personCount != 11 {
		t.Errorf("two names of one actor count %d times, of %d", c.persons[rare.key], c.personCount)
	}
	kim := c.word("Kim")
	if !(c.weight(rare, true) > c.weight(often, true) && c.weight(often, true) > c.weight(kim, true)) {
		t.Errorf("rare %.1f, often %.1f, Kim %.1f bits", c.weight(rare, true), c.weight(often, true), c.weight(kim, true))
	}
}

// TestKeysMeet wants that names which are alike meet by a key, and that bearers
// of a frequent surname do not.
func TestKeysMeet(t *testing.T) {
	c := comparer(t)
	meet := func(a, b Name) bool {
		ka, kb := c.Keys(a), c.Keys(b)
		for _, x := range [][2][]string{{ka.Seeks, kb.Offers}, {kb.Seeks, ka.Offers}} {
			for _, s := range x[0] {
				for _, o := range x[1] {
					if s == o {
						return true
					}
				}
			}
		}
		return false
	}
	for _, tc := range []struct {
		a, b string
		of   graph.ActorType
		want bool
	}{
		{"Sergei Shoygu", "Sergey Shoigu", graph.Person, true},
		{"Bill Hargreave", "William Hargreave", graph.Person, true},
		{"Mykola Horbenko", "Nikolai Horbenko", graph.Person, true},
		{"Battsetseg", "Batmunkh Battsetseg", graph.Person, true},
		{"J. Hargreave", "John Hargreave", graph.Person, true},
		{"Hwang Jin-woo", "Jin-woo Hwang", graph.Person, true},
		{"Ryu Seongmin", "Ryu Seong-min", graph.Person, true},
		{"Zine Bensalah", "Zine Ben Salah", graph.Person, true},
		{"Anna Smith", "Peter Smith", graph.Person, false},
		{"Anna Smith", "Anna Brown", graph.Person, false},
		{"Arid Lands Front", "ALF", graph.NGO, true},
		{"Mongolian Navy", "Navy of Mongolia", graph.Military, true},
		{"Mongolian Navy", "Chilean Navy Museum", graph.Military, false},
	} {
		if got := meet(c.Of(tc.a, tc.of, ""), c.Of(tc.b, tc.of, "")); got != tc.want {
			t.Errorf("%q, %q: meet %v", tc.a, tc.b, got)
		}
	}
}

func TestCovers(t *testing.T) {
	c := comparer(t)
	for _, tc := range []struct {
		name, mention string
		of            graph.ActorType
		want          bool
	}{
		{"Emmanuel Macron", "President Emmanuel Macron", graph.Person, true},
		{"Emmanuel Macron", "French President", graph.Person, false},
		{"Emmanuel Macron", "Macron", graph.Person, false},
		{"Mongolian Ministry of Defence", "Ministry of Defence", graph.Government, false},
		{"Arid Lands Front", "ALF", graph.NGO, true},
		{"Arid Lands Front", "the Front", graph.NGO, false},
		{"African Union", "AU", graph.IGO, false},
	} {
		if got := c.Of(tc.name, tc.of, "").Covers(c.Of(tc.mention, tc.of, "")); got != tc.want {
			t.Errorf("%q by %q: %v", tc.name, tc.mention, got)
		}
	}
}

func TestScore(t *testing.T) {
	for _, score := range []float64{0.01, 0.3, 0.5, 0.8, 0.999} {
		if got := Score(BitsFor(score)); math.Abs(got-score) > 1e-12 {
			t.Errorf("%v became %v", score, got)
		}
	}
	if Rarity(0, 10) != 0 || Rarity(1, 8) != 3 {
		t.Error("rarity", Rarity(0, 10), Rarity(1, 8))
	}
}

func TestRole(t *testing.T) {
	for role, want := range map[string]string{
		"Minister of Foreign Affairs": "foreign minister", "foreign affairs minister": "foreign minister",
		"former Minister for External Affairs": "foreign minister", "Defense Minister": "defence minister",
		"minister": "minister", "prime minister": "prime minister", "Premier": "prime minister",
		"acting head of the": "leader", "spokeswoman": "spokesman", "vice president": "vice president",
	} {
		if got := Role(role); got != want {
			t.Errorf("%q: %q, want %q", role, got, want)
		}
	}
	for role, want := range map[string]bool{"president": true, "foreign minister": true, "vice president": false, "deputy foreign minister": false, "spokesman": false, "": false} {
		if Leads(role) != want {
			t.Errorf("%q leads: %v", role, !want)
		}
	}
}

// FuzzCompare wants that no two names break the comparison, and that it is the
// same either way round.
func FuzzCompare(f *testing.F) {
	c := comparer(f)
	f.Add("Abd al-Rahman", "Jr. Ü")
	f.Add("U.N.", "\xff’s 本")
	f.Add("al-", "E. y bin")
	f.Add("00", "00000")
	f.Add("\u0301", "a \u0301")
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, of := range []graph.ActorType{graph.Person, graph.NGO} {
			x, y := c.Of(a, of, "KOR"), c.Of(b, of, "")
			c.Keys(x)
			xy, yx := c.Bits(x, y), c.Bits(y, x)
			if math.Abs(xy-yx) > 1e-9 || math.IsNaN(xy) {
				t.Errorf("%q, %q: %v, turned round %v", a, b, xy, yx)
			}
		}
	})
}
