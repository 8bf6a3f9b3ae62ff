package nlp

import (
	"slices"
	"testing"
)

func TestVerbForms(t *testing.T) {
	for base, want := range map[string][]string{
		"condemn":   {"condemns", "condemned", "condemning"},
		"criticise": {"criticises", "criticised", "criticising"},
		"deny":      {"denies", "denied", "denying"},
		"deploy":    {"deploys", "deployed", "deploying"},
		"flee":      {"flees", "fled", "fleeing"},
		"agree":     {"agrees", "agreed", "agreeing"},
		"stop":      {"stops", "stopped", "stopping"},
		"permit":    {"permitted", "permitting"},
		"visit":     {"visited", "visiting"},
		"signal":    {"signaled", "signalled", "signaling", "signalling"},
		"withdraw":  {"withdraws", "withdrew", "withdrawn", "withdrawing"},
		"hit":       {"hits", "hit", "hitting"},
		"veto":      {"vetoes", "vetoed", "vetoing"},
		"die":       {"died", "dying"},
		"panic":     {"panicked", "panicking"},
		"offer":     {"offered", "offering"},
	} {
		got := VerbForms(base)
		for _, w := range append(want, base) {
			if !slices.Contains(got, w) {
				t.Errorf("%s: %q is missing from %q", base, w, got)
			}
		}
		for _, wrong := range []string{base + base[len(base)-1:] + "edd", base + "eed"} {
			if slices.Contains(got, wrong) {
				t.Errorf("%s: %q in %q", base, wrong, got)
			}
		}
	}
	if slices.Contains(VerbForms("visit"), "visitting") || slices.Contains(VerbForms("withdraw"), "withdrawed") {
		t.Error("irregular verbs keep regular forms")
	}
}

func TestNounForms(t *testing.T) {
	for base, want := range map[string]string{
		"attack": "attacks", "embassy": "embassies", "clash": "clashes", "crisis": "crises", "talks": "talks", "coup": "coups",
	} {
		if got := NounForms(base); !slices.Contains(got, want) || got[0] != base {
			t.Errorf("%s: got %q, want %q among them", base, got, want)
		}
	}
	if got := NounForms("talks"); len(got) != 1 {
		t.Errorf("talks: got %q, a plural noun has one form", got)
	}
}
