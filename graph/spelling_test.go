package graph

import "testing"

func TestOneSpelling(t *testing.T) {
	for _, c := range [][2]string{
		{"criticise", "criticize"}, {"criticize", "criticize"}, {"demilitarisation", "demilitarization"}, {"come_out_in_favour_of", "come_out_in_favor_of"},
		{"defence", "defense"}, {"de-recognise", "de-recognize"}, {"advise", "advise"}, {"raise", "raise"}, {"promise", "promise"}, {"compromise", "compromise"},
		{"joint_exercise", "joint_exercise"}, {"chastise", "chastise"}, {"praise", "praise"}, {"despise", "despise"}, {"tour", "tour"}, {"conference", "conference"}, {"", ""},
	} {
		if got := OneSpelling(c[0]); got != c[1] {
			t.Errorf("OneSpelling(%q) = %q, want %q", c[0], got, c[1])
		}
	}
	british, american := Event{Predicate: "criticise"}, Event{Predicate: "criticize"}
	if british.Identity() != american.Identity() {
		t.Error("two spellings are two events")
	}
}
