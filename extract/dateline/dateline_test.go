package dateline

import (
	"strings"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	for _, test := range []struct {
		in   string
		want Dateline // End is that of the text before "|"
	}{
		{"PARIS, April 4 (AFP) —| France fell.", Dateline{Place: "PARIS", Agency: "AFP", Month: 4, Day: 4}},
		{"PARIS, 4 April 2024 (AFP) –| France fell.", Dateline{Place: "PARIS", Agency: "AFP", Year: 2024, Month: 4, Day: 4}},
		{"Lagos (Reuters) -| Nigeria won.", Dateline{Place: "Lagos", Agency: "Reuters"}},
		{"OSLO --| Norway sang.", Dateline{Place: "OSLO"}},
		{"ROME —| Italy slept — and dreamt.", Dateline{}},
		{"DILI, East Timor —| The party won.", Dateline{Place: "DILI, East Timor"}},
		{"ERBIL, Iraq (Reuters) -| Troops left.", Dateline{Place: "ERBIL, Iraq", Agency: "Reuters"}},
		{"WASHINGTON, D.C., Nov. 30 (UPI) --| The House voted.", Dateline{Place: "WASHINGTON, D.C.", Agency: "UPI", Month: 11, Day: 30}},
		{"BEIJING, April 4, 2024 (Xinhua) --| China said.", Dateline{Place: "BEIJING", Agency: "Xinhua", Year: 2024, Month: 4, Day: 4}},
		{"PORT-AU-PRINCE, Haiti (AP) —| Haiti's council met.", Dateline{Place: "PORT-AU-PRINCE, Haiti", Agency: "AP"}},
		{"BRUSSELS/PARIS, May 2 (Reuters) -| The EU met.", Dateline{Place: "BRUSSELS/PARIS", Agency: "Reuters", Month: 5, Day: 2}},
		{"April 4 (Reuters) -| Zentra signed.", Dateline{Agency: "Reuters", Month: 4, Day: 4}},
		{"(Reuters) -| Zentra signed.", Dateline{Agency: "Reuters"}},
		{"Reuters —| Zentra signed.", Dateline{Agency: "Reuters"}},
		{"(ANSA) - ROME, APR 4 -| Italy signed.", Dateline{Place: "ROME", Agency: "ANSA", Month: 4, Day: 4}},
		{"MOSCOW, April 4. /TASS/.| Russia signed.", Dateline{Place: "MOSCOW", Agency: "TASS", Month: 4, Day: 4}},
		{"MOSCOW. April 4 (Interfax) -| Russia signed.", Dateline{Place: "MOSCOW", Agency: "Interfax", Month: 4, Day: 4}},
		{"TOKYO, April 4, Kyodo —| Japan signed.", Dateline{Place: "TOKYO", Agency: "Kyodo", Month: 4, Day: 4}},
		{"Geneva, April 9 (Northwire) -| The ministers met.", Dateline{Place: "Geneva", Agency: "Northwire", Month: 4, Day: 9}},
		{"GENEVA (Northwire) -| The ministers met.", Dateline{Place: "GENEVA", Agency: "Northwire"}},
		{"(Beirut, November 26, 2009) –| Lebanon should act.", Dateline{Place: "Beirut", Year: 2009, Month: 11, Day: 26}},
		{"(Quito/The Hague) –| Ecuador won.", Dateline{Place: "Quito/The Hague"}},
		{"(LA PAZ, 3 May) -| Bolivia won.", Dateline{Place: "LA PAZ", Month: 5, Day: 3}},
		{"(she laughed) - and left.", Dateline{}},
		{"  KYIV —| Ukraine signed.", Dateline{Place: "KYIV"}},
		{"ZANU-PF lost.", Dateline{}},
		{"France - and Spain - fell.", Dateline{}},
		{"It rained.\n\nROME — Italy slept.", Dateline{}},
		{"NATO — the alliance of 32 — met.", Dateline{}},
		{"NATO Secretary General Jens Stoltenberg — in Kyiv — spoke.", Dateline{}},
		{"The European Union (EU) — a bloc of 27 — spoke.", Dateline{}},
		{"Amnesty International (AI) - the human rights group - spoke.", Dateline{}},
		{"FRANCE’S president — ill since May — spoke.", Dateline{}},
		{"In May - the worst month - troops left.", Dateline{}},
		{"President Macron met (for May 4) - and left.", Dateline{}},
		{"", Dateline{}},
		{"—", Dateline{}},
	} {
		text := strings.Replace(test.in, "|", "", 1)
		if test.want != (Dateline{}) {
			test.want.End = strings.Index(test.in, "|")
		}
		if got, ok := Parse(text); got != test.want && ok || ok != (test.want != Dateline{}) {
			t.Errorf("%q: %+v, %v; want %+v", text, got, ok, test.want)
		}
	}
}

func TestYear(t *testing.T) {
	at := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	for _, test := range []struct {
		in   Dateline
		near time.Time
		want string
	}{
		{Dateline{Month: 4, Day: 4}, at(2024, 4, 5), "2024-04-04"},
		{Dateline{Month: 12, Day: 31}, at(2024, 1, 1), "2023-12-31"},
		{Dateline{Month: 1, Day: 1}, at(2023, 12, 31), "2024-01-01"},
		{Dateline{Month: 4, Day: 4, Year: 2020}, at(2024, 4, 5), "2020-04-04"},
		{Dateline{Month: 2, Day: 30}, at(2024, 4, 5), ""},
		{Dateline{}, at(2024, 4, 5), ""},
		{Dateline{Month: 4, Day: 4}, time.Time{}, ""},
	} {
		if got := test.in.Date(test.near); got != test.want {
			t.Errorf("%+v near %v: %q, want %q", test.in, test.near, got, test.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("PARIS, April 4 (AFP) — France fell.")
	f.Add("MOSCOW, April 4. /TASS/. Russia")
	f.Add("(ANSA) - ROME, APR 4 - Italy")
	f.Fuzz(func(t *testing.T, text string) {
		d, ok := Parse(text)
		if ok && (d.End <= 0 || d.End > len(text)) {
			t.Errorf("%q ends at %d", text, d.End)
		}
		if !ok && d.End > len(text) {
			t.Errorf("%q: %+v", text, d)
		}
	})
}
