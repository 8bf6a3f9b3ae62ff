package train

import (
	"os"
	"strings"
	"testing"

	"entente/internal/conllu"
	"entente/internal/corpus"
)

func show(words, names []string) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w)
		if names[i] != "O" {
			b.WriteString("/" + names[i])
		}
	}
	return b.String()
}

func TestNamesOfMarks(t *testing.T) {
	u := usage{"french": "ADJ", "syrian": "ADJ", "nicaraguan": "ADJ", "police": "NOUN", "peru": "PROPN"}
	for _, c := range []struct{ in, want string }{
		{"{state|Peru} met {person|Foreign Minister Salem Idris}.", "Peru/B-LOC met Foreign Minister Salem/B-PER Idris/I-PER ."},
		{"{person|Secretary of State Dean Halvorsen} met {person|the Nicaraguan novelist Ernesto Zelaya}.",
			"Secretary of State Dean/B-PER Halvorsen/I-PER met the Nicaraguan/ novelist Ernesto/B-PER Zelaya/I-PER ."},
		{"{government|Police} freed {state|French} envoys.", "Police freed French/B-NORP envoys ."},
		{"In {place|Rabat}, {people|Syrian refugees} sued {armed-group|the Karen Peace Council}.",
			"In Rabat/B-LOC , Syrian/B-NORP refugees sued the Karen/B-ORG Peace/I-ORG Council/I-ORG ."},
		{"{military|Peruvian marines} left.", "Peruvian/ marines left ."},
	} {
		cases, err := corpus.Read(strings.NewReader("NONE ;; "+c.in), "test")
		if err != nil {
			t.Fatal(err)
		}
		s := fromMarks(cases[0], u)
		if got := show(s.words, s.names); got != c.want {
			t.Errorf("\n got %s\nwant %s", got, c.want)
		}
	}
}

func TestNamesOfMentions(t *testing.T) {
	const tree = `1	University	_	PROPN	NNP	_	7	nsubj	_	Entity=(8-organization-new-nnnnn-cf3-3,5,6-sgl-University_of_Portsmouth
2	of	_	ADP	IN	_	3	case	_	_
3	Portsmouth	_	PROPN	NNP	_	1	nmod	_	Entity=(9-place-new)8)
4	and	_	CCONJ	CC	_	6	cc	_	_
5	President	_	PROPN	NNP	_	6	nmod:desc	_	Entity=(10-person-new
6	Ann	_	PROPN	NNP	_	1	conj	_	Entity=10)
7	saw	_	VERB	VBD	_	0	root	_	_
8	French	_	ADJ	JJ	_	9	amod	_	Entity=(11-object-new
9	ships	_	NOUN	NNS	_	7	obj	_	Entity=11)
`
	for s, err := range conllu.Read(strings.NewReader(tree), "test") {
		if err != nil {
			t.Fatal(err)
		}
		got := fromTree(&s)
		if got, want := show(got.words, got.names), "University/B-ORG of/I-ORG Portsmouth/I-ORG and President Ann/B-PER saw French/ ships"; got != want {
			t.Errorf("\n got %s\nwant %s", got, want)
		}
	}
}

// TestTreebankNames looks at the real data where they are given.
func TestTreebankNames(t *testing.T) {
	if testing.Short() {
		t.Skip("reads the treebanks")
	}
	if _, err := os.Stat(treebanks); err != nil {
		t.Skipf("no treebanks to read names from: %v", err)
	}
	d, err := Load(treebanks, Choice{})
	if err != nil {
		t.Fatal(err)
	}
	counts, unknown := map[string]int{}, 0
	for _, s := range d.Train {
		for _, n := range spans(s.names) {
			counts[n.kind]++
		}
		for _, name := range s.names {
			if name == "" {
				unknown++
			}
		}
	}
	t.Logf("%v, %d words unknown", counts, unknown)
	for kind, least := range map[string]int{person: 4000, organisation: 4000, location: 8000, people: 500} {
		if counts[kind] < least {
			t.Errorf("%d names of type %s, want %d or more", counts[kind], kind, least)
		}
	}
}
