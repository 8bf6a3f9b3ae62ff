package store

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/graph"
)

// The torture tests run the real program in processes of its own, since only so
// can it be killed, and crash without taking the test with it.

// programDir holds the program while the tests run.
var programDir string

func TestMain(m *testing.M) {
	code := m.Run()
	if programDir != "" {
		os.RemoveAll(programDir)
	}
	os.Exit(code)
}

// builtProgram builds the program once for all tests.
var builtProgram = sync.OnceValues(func() (path string, err error) {
	if programDir, err = os.MkdirTemp("", "entente-test-"); err != nil {
		return "", err
	}
	if err := os.Chmod(programDir, 0o755); err != nil { // other users run it too
		return "", err
	}
	path = filepath.Join(programDir, "entente.exe")
	if out, err := exec.Command("go", "build", "-o", path, "entente/cmd/entente").CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return path, nil
})

func program(t testing.TB) string {
	t.Helper()
	if testing.Short() {
		t.Skip("runs the real program")
	}
	path, err := builtProgram()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// runTime is how long the program may take for anything that the tests ask.
const runTime = 3 * time.Minute

// ran is what came of a run of the program.
type ran struct {
	args           []string
	exit           int // -1 if a signal ended it
	hung           bool
	stdout, stderr string
	state          *os.ProcessState
}

func (r ran) String() string {
	return fmt.Sprintf("entente %s: exit %d, stderr %q", strings.Join(r.args, " "), r.exit, clip(r.stderr))
}

func clip(text string) string {
	if len(text) > 300 {
		return text[:300] + "…"
	}
	return text
}

// runProgram runs the program to its end, or for runTime.
func runProgram(t testing.TB, args ...string) ran {
	t.Helper()
	return runCommand(t, exec.Command(program(t), args...), runTime)
}

// runCommand runs a command to its end, or for so long.
func runCommand(t testing.TB, cmd *exec.Cmd, most time.Duration) ran {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), most)
	defer stop()
	kill := context.AfterFunc(ctx, func() { cmd.Process.Kill() })
	cmd.Wait() // how it ended is in its state
	hung := !kill()
	return ran{cmd.Args[1:], cmd.ProcessState.ExitCode(), hung, stdout.String(), stderr.String(), cmd.ProcessState}
}

// mustRun is runProgram that must end with exit code 0.
func mustRun(t testing.TB, args ...string) ran {
	t.Helper()
	r := runProgram(t, args...)
	if r.exit != 0 {
		t.Fatal(r)
	}
	return r
}

// corpus is a file of generated articles for the program to read.
type corpus struct {
	path string
	ids  []string // in order
	text string   // its lines
}

// newCorpus generates n articles that name each other's actors. Each seventh is a
// near-duplicate of an earlier one, each eleventh has the address of an earlier
// one, and each bears blob bytes that say nothing: the sixth, if any do, so many that
// its row lies in the value log.
func newCorpus(t *testing.T, name string, n, blob int) corpus {
	t.Helper()
	rng := rand.New(rand.NewPCG(uint64(n), uint64(blob)))
	c := corpus{path: filepath.Join(t.TempDir(), name+".jsonl")}
	var lines bytes.Buffer
	enc := json.NewEncoder(&lines)
	var bodies []string
	for i := range n {
		body := report(rng)
		if i%7 == 3 {
			body = "By a reporter.\n\n" + bodies[i-2]
		}
		bodies = append(bodies, body)
		address := i
		if i%11 == 10 {
			address = i - 5
		}
		bytes := blob
		if blob > 0 && i == 5 {
			bytes = 1_200_000
		}
		id := fmt.Sprint("a", i)
		c.ids = append(c.ids, id)
		if err := enc.Encode(map[string]string{"id": id, "date": fmt.Sprintf("2024-%02d-%02d", 1+i/28%12, 1+i%28), "source": fmt.Sprint("Paper ", i%9),
			"url": fmt.Sprintf("https://%s.example/%d", name, address), "text": body + noise(rng, bytes)}); err != nil {
			t.Fatal(err)
		}
	}
	c.text = lines.String()
	write(t, c.path, c.text)
	return c
}

var reportStates = []string{"Peru", "Chile", "Mali", "Niger", "Chad", "Kenya", "Spain", "Italy", "Japan", "Nepal"}

// report is a body with one event in it, and words enough that no other is alike.
func report(rng *rand.Rand) string {
	a := rng.IntN(len(reportStates))
	b := (a + 1 + rng.IntN(len(reportStates)-1)) % len(reportStates)
	return fmt.Sprintf("%s condemned %s on Monday. The %s", reportStates[a], reportStates[b], strings.Join(words(rng.Uint64(), 40), " "))
}

// noise is a paragraph of one word of n letters, or nothing.
func noise(rng *rand.Rand, n int) string {
	if n == 0 {
		return ""
	}
	b := make([]byte, n)
	for i := range b {
		b[i] = "0123456789abcdef"[rng.IntN(16)]
	}
	return "\n\n" + string(b)
}

// ingestArgs is the command that takes the corpus into the store in dir.
func (c corpus) ingestArgs(dir string) []string {
	return []string{"ingest", c.path, "--db", dir, "--fast", "--any-language", "--verbose"}
}

// acknowledged returns the articles that a verbose ingest has named as stored, and
// what else it said. A line that was cut off says nothing.
func acknowledged(stderr string) (ids []string, rest string) {
	for line := range strings.Lines(stderr) {
		outcome, id, _ := strings.Cut(line, " ")
		switch outcome {
		case "added", "copied", "replaced", "duplicate":
			if id, whole := strings.CutSuffix(id, "\n"); whole {
				ids = append(ids, id)
			}
		default:
			rest += line
		}
	}
	return ids, rest
}

// kill ingests until so many articles are acknowledged, and a while longer, kills
// the program and returns all acknowledgements.
func (c corpus) kill(t *testing.T, dir string, after int, delay time.Duration) []string {
	cmd := exec.Command(program(t), c.ingestArgs(dir)...)
	out, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	var stderr strings.Builder
	for range after {
		line, err := lines.ReadString('\n')
		stderr.WriteString(line)
		if err != nil {
			break
		}
	}
	time.Sleep(delay)
	cmd.Process.Kill() // which fails if it has ended
	unread, err := io.ReadAll(lines)
	if err != nil {
		t.Fatal(err)
	}
	cmd.Wait() // it was killed: the error says no more than that
	stderr.Write(unread)
	acks, rest := acknowledged(stderr.String())
	if strings.Contains(rest, "\n") {
		t.Fatalf("before it was killed: %s", clip(rest))
	}
	return acks
}

// records are the records that the program makes of the corpus, by article key.
// It takes the articles in without a look for near-duplicates, and a file for each
// version of an address, so that none displaces another.
func (c corpus) records(t *testing.T) map[string]graph.Record {
	t.Helper()
	all := map[string]graph.Record{}
	var parts [2]bytes.Buffer
	for i, line := range strings.SplitAfter(strings.TrimSuffix(c.text, "\n"), "\n") {
		part := 0
		if i%11 == 10 {
			part = 1
		}
		fmt.Fprintln(&parts[part], strings.TrimSuffix(line, "\n"))
	}
	for i := range parts {
		path, db := filepath.Join(t.TempDir(), "part.jsonl"), filepath.Join(t.TempDir(), "db")
		write(t, path, parts[i].String())
		mustRun(t, "ingest", path, "--db", db, "--fast", "--any-language", "--dedup", "off")
		s, err := Open(db, Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range collect(t, s.Records()) {
			all[r.Article.Key()] = r
		}
		closeStore(t, s)
	}
	if len(all) != len(c.ids) {
		t.Fatalf("%d records of %d articles", len(all), len(c.ids))
	}
	return all
}

// checkStore goes through all of a store and returns what any scan complains of.
func checkStore(s *Store) error {
	_, errStats := s.Stats()
	_, errArticles := gather(s.Articles())
	_, errEvents := gather(s.Events())
	_, errRecords := gather(s.Records())
	_, errNames := gather(s.NamesWithPrefix(""))
	_, errAppearances := gather(s.Appearances())
	actors, errActors := gather(s.Actors())
	err := errors.Join(errStats, errArticles, errEvents, errRecords, errNames, errAppearances, errActors)
	for _, a := range actors {
		_, errEvents := gather(s.EventsOf(a.ID))
		_, errRoles := gather(s.AffiliationsOf(a.ID))
		err = errors.Join(err, errEvents, errRoles)
	}
	return err
}

// copyStore copies a closed or a dead store.
func copyStore(t *testing.T, from string) (to string) {
	t.Helper()
	to = t.TempDir()
	entries, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		if err := copyHoles(filepath.Join(from, e.Name()), filepath.Join(to, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return to
}
