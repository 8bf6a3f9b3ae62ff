package store

import (
	"bytes"
	"flag"
	"fmt"
	"hash/maphash"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/dgraph-io/badger/v4"
)

var corruptTrials = flag.Int("corrupt.trials", 40, "how many stores TestCorrupt spoilings")

// questions are the commands that read a store, in the order in which a trial asks
// them.
var questions = [][]string{
	{"stats"},
	{"between", "Peru", "Chile"},
	{"actor", "Mali"},
	{"events"},
	{"export", "--format", "jsonl"},
}

// answered is what the program answers: the same for stores with the same content,
// whatever their folder and their size on disk.
func answered(r ran, dir string) string {
	text := strings.ReplaceAll(r.stdout, dir, "DIR")
	return onDisk.ReplaceAllString(text, "")
}

var onDisk = regexp.MustCompile(`, [0-9.]+ [kMG]?B on disk`)

func ask(t *testing.T, dir string, question []string) ran {
	return runProgram(t, append(slices.Clone(question), "--db", dir)...)
}

// specimen is a store to be damaged, and what it answers while it is whole.
type specimen struct {
	dir     string
	answers []string // to the questions
	more    string   // a file with one more article
	then    string   // the export with that one
}

func newSpecimen(t *testing.T, dir, more string) *specimen {
	s := &specimen{dir: dir, more: more}
	whole := copyStore(t, dir)
	for _, q := range questions {
		r := ask(t, whole, q)
		if r.exit != 0 || r.stdout == "" {
			t.Fatal(r)
		}
		s.answers = append(s.answers, answered(r, whole))
	}
	checkArchive(t, whole, s.answers)
	if r := s.addTo(t, whole); r.exit != 0 {
		t.Fatal(r)
	}
	r := mustRun(t, "export", "--format", "jsonl", "--db", whole)
	s.then = answered(r, whole)
	if s.then == s.answers[len(s.answers)-1] {
		t.Fatal("the article that was added adds nothing")
	}
	return s
}

// checkArchive makes the store in dir again from its archive, and checks that the
// copy answers as the original does.
func checkArchive(t *testing.T, dir string, answers []string) {
	archive, again := filepath.Join(t.TempDir(), "archive.jsonl"), filepath.Join(t.TempDir(), "again")
	mustRun(t, "db", "export", "-o", archive, "--db", dir)
	mustRun(t, "db", "import", archive, "--db", again)
	for i, q := range questions {
		if r := ask(t, again, q); r.exit != 0 || answered(r, again) != answers[i] {
			t.Errorf("made again from the archive: %v", r)
		}
	}
}

func (s *specimen) addTo(t *testing.T, dir string) ran {
	return runProgram(t, "ingest", s.more, "--db", dir, "--fast", "--any-language")
}

// specimens makes a store that was closed and one whose writer was killed.
func specimens(t *testing.T) map[string]*specimen {
	c := newCorpus(t, "large", 160, 90_000)
	more := filepath.Join(t.TempDir(), "more.jsonl")
	write(t, more, `{"id":"more","date":"2025-01-01","source":"Wire","text":"Peru condemned Chile on Monday. `+strings.Join(words(99, 40), " ")+`"}`)
	closed, killed := filepath.Join(t.TempDir(), "closed"), filepath.Join(t.TempDir(), "killed")
	mustRun(t, c.ingestArgs(closed)...)
	mustRun(t, "db", "compact", "--db", closed) // on the lowest level; what comes next lies above it
	c.kill(t, killed, 110, 0)                   // before the store opens its engine anew: there are rows in tables and in the log
	for i := 0; ; i++ {
		what, ok := isVaried(t, closed)
		if ok {
			break
		}
		if i == 8 {
			t.Fatalf("the store has %s: not what is to be tested", what)
		}
		mustRun(t, newCorpus(t, fmt.Sprint("small", i), 12+i, 0).ingestArgs(closed)...)
	}
	if memtables, err := filepath.Glob(filepath.Join(killed, "*.mem")); err != nil || len(memtables) == 0 {
		t.Fatalf("the writer that was to be killed closed the store (%v)", err)
	}
	return map[string]*specimen{"closed": newSpecimen(t, closed, more), "killed": newSpecimen(t, killed, more)}
}

// isVaried reports whether a store has several tables on two levels, and a value in
// the value log, and what it has.
func isVaried(t *testing.T, dir string) (what string, ok bool) {
	f := folder{dir: dir}
	m, err := f.manifest()
	if err != nil {
		t.Fatal(err)
	}
	levels := 0
	for _, l := range m.Levels {
		if len(l.Tables) > 0 {
			levels++
		}
	}
	logs, err := filepath.Glob(filepath.Join(dir, "*.vlog"))
	if err != nil {
		t.Fatal(err)
	}
	var logged int64
	for _, l := range logs {
		if info, err := os.Stat(l); err == nil {
			logged = max(logged, info.Size())
		}
	}
	return fmt.Sprintf("%d tables on %d levels, a value log of %d bytes", len(m.Tables), levels, logged),
		levels >= 2 && len(m.Tables) >= 4 && logged >= 1<<20
}

// fileKind tells what a file of a store is: its extension, or its name.
func fileKind(name string) string {
	if ext := filepath.Ext(name); ext != "" {
		return "*" + ext
	}
	return name
}

// spoilings are what may befall a file. They work on the part of it that holds
// anything: Badger's open files end in zeros.
var spoilings = []struct {
	name string
	do   func(rng *rand.Rand, path string, b []byte) error
}{
	{"bit flipped", func(rng *rand.Rand, path string, b []byte) error {
		b[rng.IntN(used(b))] ^= 1 << rng.IntN(8)
		return overwrite(path, b)
	}},
	{"cut short", func(rng *rand.Rand, path string, b []byte) error {
		return os.Truncate(path, rng.Int64N(int64(used(b))))
	}},
	{"deleted", func(_ *rand.Rand, path string, _ []byte) error { return os.Remove(path) }},
	{"page of zeros", func(rng *rand.Rand, path string, b []byte) error {
		at := rng.IntN(used(b)) &^ 4095
		clear(b[at:min(at+4096, len(b))])
		return overwrite(path, b)
	}},
	{"all zeros", func(_ *rand.Rand, path string, b []byte) error { clear(b[:used(b)]); return overwrite(path, b) }},
}

// used is how much of a file there is before the zeros that end it; 1 at least.
func used(b []byte) int { return max(1, len(bytes.TrimRight(b, "\x00"))) }

// overwrite writes b into a file of the same size, but for zeros where there are
// zeros already.
func overwrite(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	old, now := make([]byte, 64<<10), b
	for at := 0; at < len(b); at += len(old) {
		now = b[at:min(at+len(old), len(b))]
		if n, err := f.ReadAt(old[:len(now)], int64(at)); n < len(now) {
			return err
		}
		if bytes.Equal(old[:len(now)], now) {
			continue
		}
		if _, err := f.WriteAt(now, int64(at)); err != nil {
			return err
		}
	}
	return nil
}

var hashSeed = maphash.MakeSeed()

// contents are the hashes of the files that hold a store's data, without the zeros
// that end them: not those that say who has the store open, keep space, or count
// what is wasted.
func contents(t *testing.T, dir string) map[string]uint64 {
	all := map[string]uint64{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() || filepath.Ext(e.Name()) == ".lock" || slices.Contains([]string{"LOCK", "DISCARD", reserveName}, e.Name()) {
			continue
		}
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all[e.Name()] = maphash.Bytes(hashSeed, bytes.TrimRight(b, "\x00"))
	}
	return all
}

// What may come of a command on a damaged store. The first two are as it should
// be.
const (
	right   = "right answer"
	refused = "refused"
)

// judge tells what came of a command, right if it is what was wanted of it, and in
// words what is wrong with any other but refused.
func judge(r ran, dir string, isRight bool) (outcome string) {
	switch lines := strings.Count(r.stderr, "\n"); {
	case r.hung:
		return "hangs"
	case r.exit < 0, r.exit == 2, strings.Contains(r.stderr, "panic: "), strings.Contains(r.stderr, "fatal error: "), strings.Contains(r.stderr, "goroutine "):
		return "crash"
	case r.exit == 0 && isRight:
		return right
	case r.exit == 0:
		return "wrong answer"
	case r.exit != 1:
		return fmt.Sprintf("exit code %d", r.exit)
	case lines != 1:
		return fmt.Sprintf("%d lines", lines)
	case !strings.Contains(r.stderr, "store "+dir+": "):
		return "says not which store"
	}
	return refused
}

// trial is one store damaged in one way.
type trial struct {
	specimen, kind string
	damage         int
}

func (tr trial) String() string {
	return tr.specimen + ", " + tr.kind + ", " + spoilings[tr.damage].name
}

// trials are all combinations, tables several times over, in an order drawn by lot.
func trials(rng *rand.Rand, all map[string]*specimen) []trial {
	var list []trial
	for _, name := range []string{"closed", "killed"} {
		kinds := map[string]bool{}
		for file := range contentsAndLocks(all[name].dir) {
			kinds[fileKind(file)] = true
		}
		for kind := range kinds {
			for damage := range spoilings {
				for range map[string]int{"*.sst": 3, "*.mem": 2, badger.ManifestFilename: 2}[kind] {
					list = append(list, trial{name, kind, damage})
				}
				list = append(list, trial{name, kind, damage})
			}
		}
	}
	slices.SortFunc(list, func(a, b trial) int { return strings.Compare(a.String(), b.String()) })
	rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// contentsAndLocks are the names of all files in a folder.
func contentsAndLocks(dir string) map[string]bool {
	names := map[string]bool{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	for _, e := range entries {
		names[e.Name()] = !e.IsDir()
	}
	return names
}

// spoil spoilings one file of the trial's kind in dir, and says which.
func (tr trial) spoil(t *testing.T, rng *rand.Rand, dir string) (name string) {
	var names []string
	for n := range contentsAndLocks(dir) {
		if fileKind(n) == tr.kind {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	name = names[rng.IntN(len(names))]
	path := filepath.Join(dir, name)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(b) == 0 {
		b = []byte{0}
	}
	if err := spoilings[tr.damage].do(rng, path, b); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestCorrupt spoilings stores, a file at a time, and asks the program for what is in
// them. It may give the right answer, or refuse to and say in one line why; then no
// data file may have changed. It must not crash, hang, or give another answer.
func TestCorrupt(t *testing.T) {
	if !badgerReadOnly {
		t.Skip("needs the locks of Unix")
	}
	program(t)
	all := specimens(t)
	results := outcomes{}
	rng := rand.New(rand.NewPCG(*tortureSeed, 0))
	list := trials(rng, all)
	for i := range *corruptTrials {
		if i > 0 && i%len(list) == 0 {
			list = trials(rng, all)
		}
		tr := list[i%len(list)]
		t.Run(fmt.Sprintf("%d", i), func(t *testing.T) {
			tr.run(t, rand.New(rand.NewPCG(*tortureSeed, uint64(i+1))), all[tr.specimen], results)
		})
	}
	t.Log("\n" + results.table())
}

func (tr trial) run(t *testing.T, rng *rand.Rand, s *specimen, results outcomes) {
	seed := rng.Uint64()
	dir := copyStore(t, s.dir)
	name := tr.spoil(t, rand.New(rand.NewPCG(seed, 0)), dir)
	worst := right
	note := func(r ran, isRight bool, before map[string]uint64) {
		outcome, which := judge(r, dir, isRight), ""
		if outcome == refused {
			if which = changedFiles(before, contents(t, dir)); which != "" {
				outcome = "files changed"
			}
		}
		if outcome != right && outcome != refused && outcome != worst { // once a trial
			t.Errorf("%v (%s): %s %s: %v", tr, name, outcome, which, r)
		}
		if worst == right || worst == refused && outcome != right {
			worst = outcome
		}
	}
	for i, q := range questions {
		before := contents(t, dir)
		r := ask(t, dir, q)
		note(r, answered(r, dir) == s.answers[i], before)
	}

	anew := func() {
		dir = copyStore(t, s.dir)
		tr.spoil(t, rand.New(rand.NewPCG(seed, 0)), dir)
	}
	anew()
	before := contents(t, dir)
	r := s.addTo(t, dir)
	note(r, true, before)
	if r.exit == 0 {
		before = contents(t, dir)
		r = ask(t, dir, questions[len(questions)-1])
		note(r, answered(r, dir) == s.then, before)
	}
	if worst != right {
		anew()
		r := ask(t, dir, []string{"db", "check"})
		if said := r.stdout + r.stderr; r.exit != 1 || judge(r, dir, false) == "crash" || !strings.Contains(said, name) && !strings.Contains(said, "lost") {
			t.Errorf("%v (%s): %v\n%s", tr, name, r, clip(r.stdout))
			worst += ", not found by check"
		}
	}
	results.add(tr, worst)
}

// changedFiles names the files of before that are gone or have other content.
func changedFiles(before, after map[string]uint64) string {
	var names []string
	for name, hash := range before {
		if now, there := after[name]; !there {
			names = append(names, name+" (gone)")
		} else if now != hash {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// outcomes counts outcomes by file kind and damage.
type outcomes map[[2]string]map[string]int

func (c outcomes) add(tr trial, outcome string) {
	at := [2]string{tr.kind + ", " + tr.specimen, spoilings[tr.damage].name}
	if c[at] == nil {
		c[at] = map[string]int{}
	}
	c[at][outcome]++
}

// table is the outcomes in Markdown, for docs/reliability.md.
func (c outcomes) table() string {
	var b strings.Builder
	b.WriteString("| file |")
	for _, d := range spoilings {
		fmt.Fprintf(&b, " %s |", d.name)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(spoilings)) + "\n")
	kinds := map[string]bool{}
	for at := range c {
		kinds[at[0]] = true
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		fmt.Fprintf(&b, "| `%s`%s |", kind[:strings.LastIndex(kind, ",")], kind[strings.LastIndex(kind, ","):])
		for _, d := range spoilings {
			var cells []string
			counts := c[[2]string{kind, d.name}]
			for _, outcome := range slices.Sorted(maps.Keys(counts)) {
				cells = append(cells, fmt.Sprintf("%d %s", counts[outcome], outcome))
			}
			fmt.Fprintf(&b, " %s |", strings.Join(cells, ", "))
		}
		b.WriteString("\n")
	}
	return b.String()
}
