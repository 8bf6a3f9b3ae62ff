package corpus

import (
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

const sample = `# two lines that contrast
REJECT:-:asserted:dismiss:3>1 + ACCUSE:allege:negated:break off:1,2>3:2 ;; {state|Côte d'Ivoire} and {igo|ECOWAS} … {person|Ould Sidi}.
NONE ;; It rained in {place|Oslo}.

# a heading of nothing

MOBILIZE:troops:planned:deploy:1> ;; {state|Chad} will deploy troops.
`

func TestRead(t *testing.T) {
	got, err := Read(strings.NewReader(sample), "a.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := []Case{
		{
			Text:  "Côte d'Ivoire and ECOWAS … Ould Sidi.",
			Marks: []Mark{{"state", Span{0, 14}}, {"igo", Span{19, 25}}, {"person", Span{30, 39}}},
			Events: []Event{
				{"REJECT", "", "asserted", "dismiss", []int{3}, []int{1}, 0},
				{"ACCUSE", "allege", "negated", "break off", []int{1, 2}, []int{3}, 2},
			},
			File: "a.txt", Line: 2, Block: 0,
		},
		{Text: "It rained in Oslo.", Marks: []Mark{{"place", Span{13, 17}}}, File: "a.txt", Line: 3, Block: 0},
		{
			Text: "Chad will deploy troops.", Marks: []Mark{{"state", Span{0, 4}}},
			Events: []Event{{"MOBILIZE", "troops", "planned", "deploy", []int{1}, nil, 0}},
			File:   "a.txt", Line: 7, Block: 1,
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestReadFaults(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{"NONE; no parting", `no " ;; "`},
		{"NONE ;; {land|Peru} is dry.", `mark type "land"`},
		{"NONE ;; {state| } is dry.", "mark 1, {state|}, is empty"},
		{"NONE ;; {state|Peru} is } dry.", `stray "}"`},
		{"NONE ;; {state|Pe|ru} is dry.", `stray "|"`},
		{"NONE ;; {Peru} is dry.", `stray "{"`},
		{"NONE ;; {state|{state|Peru}} is dry.", `stray "{"`},
		{"AGREE:sign:1>2 ;; {state|Peru} {state|Chile}", `event "AGREE:sign:1>2"`},
		{"AGREE:-:asserted:sign:>2 ;; {state|Peru} {state|Chile}", "event"},
		{"AGREE:-:asserted:sign:,>2 ;; {state|Peru} {state|Chile}", "event"},
		{"HUG:-:asserted:sign:1>2 ;; {state|Peru} {state|Chile}", `category "HUG"`},
		{"AGREE:-:maybe:sign:1>2 ;; {state|Peru} {state|Chile}", `status "maybe"`},
		{"AGREE:-:asserted: :1>2 ;; {state|Peru} {state|Chile}", "no lemma"},
		{"AGREE:-:asserted:sign:1>3 ;; {state|Peru} {state|Chile}", "no mark 3; the text has 2"},
		{"AGREE:-:asserted:sign:0>2 ;; {state|Peru} {state|Chile}", "no mark 0"},
		{"AGREE:-:asserted:sign:1>2:7 ;; {state|Peru} {state|Chile}", "no mark 7"},
		{"AGREE:-:asserted:sign:1,2>2 ;; {state|Peru} {state|Chile}", "mark 2 is both source and target"},
		{"AGREE:-:asserted:sign:1>2 + ;; {state|Peru} {state|Chile}", "event"},
		{"NONE ;; \xff", "not UTF-8"},
		{"NONE ;; Ein Fall.\nNONE ;; Ein Fall.", "a.txt:2: same text as a.txt:1"},
	} {
		_, err := Read(strings.NewReader(test.line), "a.txt")
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), "a.txt:") {
			t.Errorf("%q: %v, want a fault with its place and %q", test.line, err, test.want)
		}
	}
}

// TestReadGoesOn: a faulty line hides neither the others nor their faults.
func TestReadGoesOn(t *testing.T) {
	cases, err := Read(strings.NewReader("bad\nNONE ;; Good.\nworse\n"), "a.txt")
	if len(cases) != 1 || cases[0].Line != 2 {
		t.Errorf("cases %+v, want the one of line 2", cases)
	}
	if err == nil || !strings.Contains(err.Error(), "a.txt:1: ") || !strings.Contains(err.Error(), "a.txt:3: ") {
		t.Errorf("%v, want both faults", err)
	}
}

func TestReadFS(t *testing.T) {
	fsys := fstest.MapFS{
		"b.txt":     {Data: []byte("NONE ;; One.\nNONE ;; Two.\n")},
		"a.txt":     {Data: []byte("NONE ;; Two.\n")},
		"README.md": {Data: []byte("not a case\n")},
	}
	cases, err := ReadFS(fsys)
	if len(cases) != 2 || cases[0].File != "a.txt" || cases[1].Text != "One." {
		t.Errorf("cases %+v", cases)
	}
	if err == nil || err.Error() != "b.txt:2: same text as a.txt:1; remove one of them" {
		t.Errorf("fault: %v", err)
	}
}

func TestHeldOut(t *testing.T) {
	var aside []int
	for block := range 12 {
		if HeldOut(Case{Block: block}) {
			aside = append(aside, block)
		}
	}
	if !reflect.DeepEqual(aside, []int{4, 9}) {
		t.Errorf("blocks %v, want 4 and 9", aside)
	}
}
