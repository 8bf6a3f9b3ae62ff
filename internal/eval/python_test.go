package eval

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// sharedGold finds the reference scorer and the development gold, which are
// not part of the repository: in the folder ENTENTE_SHARED names, or in
// "shared" beside the repository.
func sharedGold(t *testing.T) (python, script, dir string) {
	t.Helper()
	shared := os.Getenv("ENTENTE_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	script, dir = filepath.Join(shared, "gold", "score.py"), filepath.Join(shared, "gold", "dev")
	for _, path := range []string{script, dir} {
		if _, err := os.Stat(path); err != nil {
			t.Skipf("no reference scorer to compare with (set ENTENTE_SHARED): %v", err)
		}
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skipf("no python3 to run the reference scorer: %v", err)
	}
	return python, script, dir
}

// TestSameAsReferenceScorer scores random predictions, right, half right and
// wrong, over the testdata and the development gold with both scorers.
func TestSameAsReferenceScorer(t *testing.T) {
	python, script, shared := sharedGold(t)
	seeds := uint64(2)
	if testing.Short() {
		seeds = 1
	}
	hits := map[string]int{}
	for _, dir := range []string{"testdata/gold", shared} {
		golds, err := ReadGold(dir)
		if err != nil {
			t.Fatal(err)
		}
		for seed := range seeds {
			predictions := filepath.Join(t.TempDir(), "predictions.jsonl")
			if err := os.WriteFile(predictions, randomPredictions(golds, seed), 0o666); err != nil {
				t.Fatal(err)
			}
			for kind, n := range compare(t, python, script, dir, predictions) {
				hits[kind] += n
			}
		}
	}
	for _, kind := range []string{"level1", "level2", "level3", "actors", "affiliations", "status", "type", "unknown"} {
		if hits[kind] < 10 {
			t.Errorf("only %d right for %s: the comparison says little", hits[kind], kind)
		}
	}
}

// compare scores the predictions twice and returns what they hit.
func compare(t *testing.T, python, script, dir, predictions string) map[string]int {
	t.Helper()
	reference := func(option string) []byte {
		cmd := exec.Command(python, "-B", script, dir, predictions, option)
		cmd.Env = append(os.Environ(), "PYTHONIOENCODING=utf-8")
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v: %v", cmd, err)
		}
		return out
	}
	golds, err := ReadGold(dir)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(predictions)
	if err != nil {
		t.Fatal(err)
	}
	read, err := ReadPredictions(bytes.NewReader(data), predictions)
	if err != nil {
		t.Fatal(err)
	}
	result := Score(golds, read)
	var ours bytes.Buffer
	if err := result.WriteJSON(&ours); err != nil {
		t.Fatal(err)
	}
	var got, want map[string]any
	if err := json.Unmarshal(ours.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(reference("--json"), &want); err != nil {
		t.Fatal(err)
	}
	differences(t, "", got, want)

	ours.Reset()
	if err := result.WriteText(&ours, true); err != nil {
		t.Fatal(err)
	}
	theirs := strings.Split(string(reference("--verbose")), "\n")
	for i, line := range strings.Split(ours.String(), "\n") {
		if i >= len(theirs) || line != theirs[i] {
			t.Fatalf("line %d of the report is\n%s\nthe reference scorer's differs", i+1, line)
		}
	}
	return map[string]int{
		"level1": result.Level1.Right, "level2": result.Level2.Right, "level3": result.Level3.Right,
		"actors": result.Actors.Right, "affiliations": result.Affiliations.Right,
		"status": result.Status.Right, "type": result.ActorType.Right, "unknown": result.Unknown,
	}
}

// differences reports each number that two JSON objects do not share.
func differences(t *testing.T, path string, got, want map[string]any) {
	t.Helper()
	for k := range got {
		if _, ok := want[k]; !ok {
			t.Errorf("%s.%s: the reference scorer has no such number", path, k)
		}
	}
	for k, w := range want {
		at := path + "." + k
		g, isObject := got[k].(map[string]any)
		if inner, ok := w.(map[string]any); ok && isObject {
			differences(t, at, g, inner)
		} else if !reflect.DeepEqual(got[k], w) {
			t.Errorf("%s: %v, the reference scorer has %v", at, got[k], w)
		}
	}
}

// randomPredictions returns lines of the project's format: for each gold
// article some of what it has, with names, categories and words altered in
// ways that should, and should not, make a difference.
func randomPredictions(golds []*Gold, seed uint64) []byte {
	r := rand.New(rand.NewPCG(seed, 1))
	var out bytes.Buffer
	for _, g := range golds {
		d := disturber{r, g}
		for range 40 + 2*len(g.Relations) {
			var line map[string]any
			switch r.IntN(4) {
			case 0:
				line = map[string]any{"actor": d.actor(d.anyActor(), true)}
			case 1:
				line = map[string]any{"affiliation": d.affiliation()}
			default:
				line = d.relation()
			}
			line["article"] = pick(r, g.Article.ID, g.Article.ID, g.Article.ID, g.Article.ID, "none such")
			data, err := json.Marshal(line)
			if err != nil {
				panic(err) // maps of strings
			}
			fmt.Fprintf(&out, "%s\n", data)
			if r.IntN(20) == 0 {
				out.WriteString(" \u2003\n")
			}
		}
	}
	return out.Bytes()
}

func pick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

type disturber struct {
	*rand.Rand
	g *Gold
}

func (d disturber) anyActor() GoldActor { return pick(d.Rand, d.g.Actors...) }

func (d disturber) byID(id string) GoldActor {
	for _, a := range d.g.Actors {
		if a.ID == id && d.IntN(8) > 0 {
			return a
		}
	}
	return d.anyActor()
}

func (d disturber) name(a GoldActor) string {
	s := pick(d.Rand, append([]string{a.Name}, a.Names...)...)
	switch d.IntN(12) {
	case 0:
		return strings.ToUpper(s)
	case 1:
		return "The " + s + "’s"
	case 2:
		return " “" + s + "”,"
	case 3:
		return strings.ReplaceAll(s, " ", "\u00a0 ")
	case 4:
		return strings.ReplaceAll(s, "e", "e\u0301")
	case 5:
		return "some " + s
	case 6:
		return "?" + s
	case 7:
		return "' ''s"
	}
	return s
}

// actor returns a as a system might name it. A typed actor is an object, as an
// actor line needs; others are plain strings at times.
func (d disturber) actor(a GoldActor, typed bool) any {
	switch n := d.IntN(6); {
	case n == 0 && !typed:
		return d.name(a)
	case n == 1:
		return map[string]any{"name": "no one", "mention": d.name(a), "type": a.Type}
	case n == 2:
		return map[string]any{"mentions": []string{d.name(a), d.name(d.anyActor())}, "type": "state"}
	case n == 3:
		return map[string]any{"type": "person"}
	}
	return map[string]any{"name": d.name(a), "type": a.Type}
}

func (d disturber) affiliation() any {
	if len(d.g.Affiliations) == 0 {
		return map[string]any{"person": d.actor(d.anyActor(), false), "org": "", "role": "minister"}
	}
	f := pick(d.Rand, d.g.Affiliations...)
	words := strings.Fields(f.Role)
	role := pick(d.Rand, f.Role, strings.ToUpper(f.Role), "acting_"+f.Role, strings.Join(words[:len(words)/2], " "), "clown")
	return map[string]any{"person": d.actor(d.byID(f.Person), false), "role": role, "org": d.actor(d.byID(f.Org), false)}
}

func (d disturber) relation() map[string]any {
	if len(d.g.Relations) == 0 {
		return map[string]any{"source": d.actor(d.anyActor(), false), "predicate": "meet", "target": "someone"}
	}
	g := pick(d.Rand, d.g.Relations...)
	source, target := g.Source, g.Target
	if d.IntN(4) == 0 {
		source, target = target, source
	}
	predicate := pick(d.Rand, append([]string{"invent", pick(d.Rand, d.g.Relations...).Predicates[0]}, g.Predicates...)...)
	line := map[string]any{
		"source":    d.actor(d.byID(source), false),
		"target":    d.actor(d.byID(target), false),
		"predicate": pick(d.Rand, predicate, predicate, predicate+"_on", strings.ToUpper(predicate), predicate+"-off"),
		"plover":    pick(d.Rand, append([]string{"NONE", "", strings.ToLower(g.Categories[0])}, g.Categories...)...),
	}
	if d.IntN(3) > 0 {
		line["status"] = pick(d.Rand, string(g.Status), "asserted", "")
	}
	return line
}
