package graph

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func merge(ids ...ActorID) Judgement { return Judgement{Kind: JudgeMerge, Actors: ids} }

func split(ids ...ActorID) Judgement { return Judgement{Kind: JudgeSplit, Actors: ids} }

func undo(seq int) Judgement { return Judgement{Kind: JudgeUndo, Undoes: seq} }

func alias(id ActorID, name string) Judgement {
	return Judgement{Kind: JudgeAlias, Actors: []ActorID{id}, Name: name}
}

func retype(id ActorID, t ActorType, country string) Judgement {
	return Judgement{Kind: JudgeRetype, Actors: []ActorID{id}, Type: t, Country: country}
}

// told writes what is judged of the actors, and which judgements have no effect.
func told(j *Judged, n int) string {
	var parts []string
	for _, a := range j.All() {
		text := string(a.ID)
		if a.Merged() {
			text = fmt.Sprint(a.Members)
		}
		if len(a.Aliases) > 0 {
			text += fmt.Sprintf(" also %q", a.Aliases)
		}
		if a.Type != "" || a.Country != "" {
			text += fmt.Sprintf(" is %s/%s", a.Type, a.Country)
		}
		if len(a.Splits) > 0 {
			text += fmt.Sprintf(" split%v", a.Splits)
		}
		parts = append(parts, text)
	}
	for seq := range n {
		switch s := j.Standing(seq + 1); {
		case s.UndoneBy > 0:
			parts = append(parts, fmt.Sprintf("%d undone by %d", seq+1, s.UndoneBy))
		case s.BlockedBy > 0:
			parts = append(parts, fmt.Sprintf("%d blocked by %d", seq+1, s.BlockedBy))
		}
	}
	return strings.Join(parts, "; ")
}

func TestJudged(t *testing.T) {
	for _, c := range []struct {
		name string
		log  []Judgement
		want string
	}{
		{"nothing", nil, ""},
		{"a merge", []Judgement{merge("b", "c", "a")}, "[b a c]"},
		{"the last merge names the one kept", []Judgement{merge("a", "b"), merge("c", "a")}, "[c a b]"},
		{"even if it joins nothing", []Judgement{merge("a", "b"), merge("b", "a")}, "[b a]"},
		{"a split blocks a later merge", []Judgement{split("a", "b"), merge("a", "b")}, "a split[1]; b split[1]; 2 blocked by 1"},
		{"over another actor too", []Judgement{split("a", "c"), merge("a", "b"), merge("b", "c")}, "[a b] split[1]; c split[1]; 3 blocked by 1"},
		{"a blocked merge has no effect at all", []Judgement{split("a", "c"), merge("a", "b", "c", "d")}, "a split[1]; c split[1]; 2 blocked by 1"},
		{"a split blocks the last merge before it", []Judgement{merge("a", "b"), merge("b", "c"), split("a", "c")}, "[a b] split[3]; c split[3]; 2 blocked by 3"},
		{"and all that connect the two", []Judgement{merge("a", "b"), merge("b", "c"), merge("c", "a"), split("a", "c")}, "[a b] split[4]; c split[4]; 2 blocked by 4; 3 blocked by 4"},
		{"a split of many", []Judgement{split("a", "b", "c"), merge("d", "b"), merge("d", "c")}, "a split[1]; c split[1]; [d b] split[1]; 3 blocked by 1"},
		{"the first of two splits is named", []Judgement{merge("a", "b"), split("b", "a"), split("a", "b")}, "a split[2 3]; b split[2 3]; 1 blocked by 2"},
		{"undo", []Judgement{merge("a", "b"), undo(1)}, "1 undone by 2"},
		{"redo", []Judgement{merge("a", "b"), undo(1), undo(2)}, "[a b]; 2 undone by 3"},
		{"undo of a split brings the merge back", []Judgement{merge("a", "b"), split("a", "b"), undo(2)}, "[a b]; 2 undone by 3"},
		{"undo of what is not there", []Judgement{undo(1), undo(3), merge("a", "b"), undo(0), undo(9)}, "[a b]"},
		{"aliases and types belong to all members", []Judgement{alias("b", "Bee"), retype("b", Company, "FRA"), merge("a", "b"), alias("a", "Ay"), retype("a", NGO, ""), alias("a", "Ay")},
			`[a b] also ["Ay" "Bee"] is ngo/FRA`},
	} {
		if got := told(NewJudged(c.log), len(c.log)); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
		}
	}
	j := NewJudged([]Judgement{merge("a", "b"), split("b", "c")})
	if j.Canonical("b") != "a" || j.Canonical("z") != "z" || j.Of("z") != nil || j.Of("b") != j.Of("a") {
		t.Errorf("b is %s, z is %s", j.Canonical("b"), j.Canonical("z"))
	}
	if j.Apart("a", "c") != 2 || j.Apart("c", "b") != 2 || j.Apart("a", "b") != 0 || j.Apart("a", "z") != 0 {
		t.Error("a and b are not apart from c alone")
	}
}

// randomLog makes a log about few actors, so that its judgements meet.
func randomLog(rng *rand.Rand) []Judgement {
	who := func() ActorID { return ActorID(rune('a' + rng.IntN(7))) }
	var log []Judgement
	for range rng.IntN(16) {
		switch rng.IntN(8) {
		case 0, 1, 2:
			log = append(log, merge(who(), who()))
		case 3:
			log = append(log, merge(who(), who(), who()))
		case 4:
			log = append(log, split(who(), who()))
		case 5:
			log = append(log, split(who(), who(), who()))
		case 6:
			log = append(log, alias(who(), fmt.Sprint("n", rng.IntN(4))), retype(who(), ActorTypes[rng.IntN(3)], ""))
		default:
			log = append(log, undo(1+rng.IntN(len(log)+1)))
		}
	}
	return log
}

// holds is the rule for undoing, word for word.
func holds(log []Judgement, i int) bool {
	for k := i + 1; k < len(log); k++ {
		if log[k].Kind == JudgeUndo && log[k].Undoes == i+1 && holds(log, k) {
			return false
		}
	}
	return true
}

// oracle returns, of the actors a to g, who is one with whom, and which judgements
// are blocked by which: by the rule, with a closure in place of components.
func oracle(log []Judgement) (same map[Dyad]bool, blocked map[int]int) {
	const all = "abcdefg"
	closure := func(merges []Judgement) map[Dyad]bool {
		same := map[Dyad]bool{}
		for _, m := range merges {
			for _, x := range m.Actors {
				for _, y := range m.Actors {
					same[Dyad{x, y}] = true
				}
			}
		}
		for _, via := range all { // Warshall
			for _, x := range all {
				for _, y := range all {
					if same[Dyad{ActorID(x), ActorID(via)}] && same[Dyad{ActorID(via), ActorID(y)}] {
						same[Dyad{ActorID(x), ActorID(y)}] = true
					}
				}
			}
		}
		return same
	}
	against := func(same map[Dyad]bool) int {
		for i, s := range log {
			if s.Kind != JudgeSplit || !holds(log, i) {
				continue
			}
			for _, x := range s.Actors {
				for _, y := range s.Actors {
					if x != y && same[Dyad{x, y}] {
						return i + 1
					}
				}
			}
		}
		return 0
	}
	var merges []Judgement
	blocked = map[int]int{}
	for i, m := range log {
		if m.Kind != JudgeMerge || !holds(log, i) {
			continue
		}
		with := append(slices.Clone(merges), m)
		if by := against(closure(with)); by != 0 {
			blocked[i+1] = by
		} else {
			merges = with
		}
	}
	return closure(merges), blocked
}

func TestJudgedIsTheRule(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		log := randomLog(rng)
		j := NewJudged(log)
		same, blocked := oracle(log)
		for i := range log {
			s := j.Standing(i + 1)
			if (s.UndoneBy == 0) != holds(log, i) || s.BlockedBy != blocked[i+1] {
				t.Fatalf("%+v: judgement %d stands as %+v", log, i+1, s)
			}
		}
		for _, x := range "abcdefg" {
			for _, y := range "abcdefg" {
				a, b := ActorID(x), ActorID(y)
				if one := j.Canonical(a) == j.Canonical(b); one != (a == b || same[Dyad{a, b}]) {
					t.Fatalf("%+v: %s and %s are one: %v", log, a, b, one)
				}
			}
			checkMembers(t, log, j, ActorID(x))
		}
	}
}

func checkMembers(t *testing.T, log []Judgement, j *Judged, id ActorID) {
	t.Helper()
	canonical := j.Canonical(id)
	if j.Canonical(canonical) != canonical {
		t.Fatalf("%+v: %s is known by %s, which is known by another", log, id, canonical)
	}
	if a := j.Of(id); a != nil && (a.Members[0] != canonical || !slices.Contains(a.Members, id) || !slices.IsSorted(a.Members[1:])) {
		t.Fatalf("%+v: %s is of %+v", log, id, a)
	}
}

// An undone judgement is as good as one never made, the same log gives the same,
// and with all undone nothing is judged.
func TestJudgedUndo(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 1000 {
		log := randomLog(rng)
		n := len(log)
		before := told(NewJudged(log), n)
		if again := NewJudged(slices.Clone(log)); !reflect.DeepEqual(again, NewJudged(log)) {
			t.Fatalf("%+v reads in two ways", log)
		}
		more := append(slices.Clone(log), randomLog(rng)...)
		for i := range more[n:] { // what the later ones undo is among themselves
			if more[n+i].Kind == JudgeUndo {
				more[n+i].Undoes += n
			}
		}
		for i := len(more); i > n; i-- { // the later an undo, the later what it undoes
			if NewJudged(more).Standing(i).UndoneBy == 0 {
				more = append(more, undo(i))
			}
		}
		if after := told(NewJudged(more), n); after != before {
			t.Fatalf("%+v: with %+v undone %s\nbefore %s", log, more[n:], after, before)
		}
		for i := range more {
			if more[i].Kind != JudgeUndo && NewJudged(more).Standing(i+1).UndoneBy == 0 {
				more = append(more, undo(i+1))
			}
		}
		if left := NewJudged(more).All(); len(left) != 0 {
			t.Fatalf("%+v: all is undone, but %+v", more, left[0])
		}
	}
}

func TestJudgementValidate(t *testing.T) {
	with := func(j Judgement, change func(*Judgement)) Judgement {
		j.Who, j.When = "ana", "2024-04-04T12:00:00Z"
		change(&j)
		return j
	}
	same := func(*Judgement) {}
	for _, j := range []Judgement{
		with(merge("a", "b", "c"), same), with(split("a", "b"), same), with(undo(3), same),
		with(alias("a", "می\u200cخواهم"), same), with(retype("a", Company, ""), same), with(retype("a", "", "FRA"), same),
	} {
		if err := j.Validate(); err != nil {
			t.Errorf("%+v: %v", j, err)
		}
	}
	for _, c := range []struct {
		want string
		j    Judgement
	}{
		{`kind: "" is not`, with(Judgement{}, same)},
		{"two or more", with(merge("a"), same)},
		{"two or more", with(split(), same)},
		{"none", with(undo(1), func(j *Judgement) { j.Actors = []ActorID{"a"} })},
		{"not one", with(alias("a", "x"), func(j *Judgement) { j.Actors = nil })},
		{"has no id", with(merge("a", ""), same)},
		{`"a" is there twice`, with(merge("a", "b", "a"), same)},
		{"another kind", with(merge("a", "b"), func(j *Judgement) { j.Name = "x" })},
		{"another kind", with(alias("a", "x"), func(j *Judgement) { j.Country = "FRA" })},
		{"another kind", with(alias("a", "x"), func(j *Judgement) { j.Undoes = 1 })},
		{"alias: no name", with(alias("a", " 's"), same)},
		{"no judgement 0", with(undo(0), same)},
		{"neither", with(retype("a", "", ""), same)},
		{"not a type", with(retype("a", "planet", ""), same)},
		{"alpha-3", with(retype("a", "", "fra"), same)},
		{"control characters", with(alias("a", "a\x1b[1m"), same)},
		{"control characters", with(alias("a", "a\u202eb"), same)},
		{"control characters", with(merge("a", "b"), func(j *Judgement) { j.Why = "two\nlines" })},
		{"not UTF-8", with(merge("a", "b"), func(j *Judgement) { j.Who = "\xff" })},
		{"4097 bytes", with(merge("a", "b"), func(j *Judgement) { j.Why = strings.Repeat("x", 4097) })},
		{"time: ", with(merge("a", "b"), func(j *Judgement) { j.When = "2024-04-04T12:00:00+02:00" })},
	} {
		if err := c.j.Validate(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v, want …%s…", c.j, err, c.want)
		}
	}
}
