package store

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// writer is an ingest that goes on until its input ends.
type writer struct {
	cmd   *exec.Cmd
	in    io.WriteCloser
	lines *bufio.Reader
	n     int // articles given
}

func startWriter(t *testing.T, dir string) *writer {
	t.Helper()
	w := &writer{cmd: exec.Command(program(t), "ingest", "-", "--db", dir, "--fast", "--any-language", "--verbose")}
	out, err := w.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if w.in, err = w.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := w.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.cmd.Process.Kill() }) // which fails if it has ended
	w.lines = bufio.NewReader(out)
	return w
}

// give feeds the writer one more article and waits until it is stored.
func (w *writer) give(t *testing.T) {
	t.Helper()
	article := fmt.Sprintf(`{"id":"w%d","text":"Peru condemned Chile on Monday. %s"}`, w.n, strings.Join(words(uint64(w.n), 40), " "))
	if _, err := io.WriteString(w.in, article+"\n"+strings.Repeat(" ", 1<<18)+"\n"); err != nil { // readers take ahead
		t.Fatal(err)
	}
	if line, err := w.lines.ReadString('\n'); err != nil || line != fmt.Sprintf("added w%d\n", w.n) {
		t.Fatalf("%q, %v", line, err)
	}
	w.n++
}

// end lets the writer end, and checks that the store has all that it was given.
func (w *writer) end(t *testing.T, dir string) {
	t.Helper()
	if err := w.in.Close(); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(w.lines)
	if err := w.cmd.Wait(); err != nil {
		t.Fatalf("the writer: %v, %q", err, rest)
	}
	if err != nil || len(rest) > 0 {
		t.Errorf("the writer says %q (%v)", rest, err)
	}
	if n := articlesSaid(t, mustRun(t, "stats", "--db", dir).stdout); n != w.n {
		t.Errorf("%d articles, want %d", n, w.n)
	}
}

func articlesSaid(t *testing.T, stats string) (n int) {
	t.Helper()
	_, after, _ := strings.Cut(stats, "\n")
	if _, err := fmt.Sscanf(after, "%d  articles", &n); err != nil {
		t.Fatalf("%v in %q", err, stats)
	}
	return n
}

// TestTwoPrograms has programs at one store at the same time: queries beside an
// ingest are answered within seconds, a second ingest is told who writes, and the
// first comes to its end as if it were alone.
func TestTwoPrograms(t *testing.T) {
	program(t)
	dir := filepath.Join(t.TempDir(), "s")
	w := startWriter(t, dir)
	w.give(t)
	more := filepath.Join(t.TempDir(), "more.jsonl")
	write(t, more, `{"id":"more","text":"Mali condemned Niger on Monday."}`)
	for range 3 {
		r := runProgram(t, "stats", "--db", dir)
		if r.exit != 0 {
			t.Errorf("beside a writer: %v", r)
		} else if n := articlesSaid(t, r.stdout); n != w.n {
			t.Errorf("beside a writer that was given %d articles: %d", w.n, n)
		}
		w.give(t)
		r = runCommand(t, exec.Command(program(t), "ingest", more, "--db", dir, "--fast"), time.Minute) // it may wait for the other
		if want := fmt.Sprintf("entente: store %s: in use by another process (process %d writes to it); ", dir, w.cmd.Process.Pid); r.exit != 1 ||
			!strings.HasPrefix(r.stderr, want) || strings.Count(r.stderr, "\n") != 1 || !strings.Contains(r.stderr, "try again") {
			t.Errorf("a second writer: %v, want %q", r, want)
		}
		w.give(t)
	}
	w.end(t, dir)
}

// nobody makes a command one of a user without rights. Only the superuser can.
func nobody(cmd *exec.Cmd) *exec.Cmd {
	if os.Geteuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	return cmd
}

// chmodAll gives a folder and all in it these permissions, and lets everybody into
// the folders above.
func chmodAll(t *testing.T, dir string, folder, file os.FileMode) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		mode := file
		if d.IsDir() {
			mode = folder
		}
		return os.Chmod(path, mode)
	})
	for up := filepath.Dir(dir); err == nil && strings.HasPrefix(up, os.TempDir()+"/"); up = filepath.Dir(up) {
		err = os.Chmod(up, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestReadOnlyFolder asks, as a user who may write nothing, for what is in a store
// that was closed, and in one whose writer was killed.
func TestReadOnlyFolder(t *testing.T) {
	program(t)
	c := newCorpus(t, "small", 30, 0)
	closed, killed := filepath.Join(t.TempDir(), "closed"), filepath.Join(t.TempDir(), "killed")
	mustRun(t, c.ingestArgs(closed)...)
	want := mustRun(t, "export", "--format", "jsonl", "--db", closed).stdout
	c.kill(t, killed, 20, 0)
	for _, c := range []struct {
		dir  string
		args []string
		file os.FileMode
		says string // "" is the right answer
	}{
		{closed, []string{"export", "--format", "jsonl"}, 0o444, ""},
		{closed, []string{"ingest", c.path, "--fast"}, 0o444, "it cannot be written to"},
		{killed, []string{"export", "--format", "jsonl"}, 0o444, "opened for writing once"},
		{closed, []string{"export", "--format", "jsonl"}, 0o400, "ask its owner"},
	} {
		if c.says == "ask its owner" && os.Geteuid() != 0 {
			continue // the user who runs the test is the owner
		}
		chmodAll(t, c.dir, 0o555, c.file)
		before := contents(t, c.dir)
		r := runCommand(t, nobody(exec.Command(program(t), append(c.args, "--db", c.dir)...)), runTime)
		right := c.says == "" && r.exit == 0 && r.stdout == want
		refused := c.says != "" && r.exit == 1 && strings.Contains(r.stderr, "store "+c.dir+": ") && strings.Contains(r.stderr, c.says) && strings.Count(r.stderr, "\n") == 1
		if !right && !refused {
			t.Errorf("%v; want %q", r, c.says)
		}
		if changed := changedFiles(before, contents(t, c.dir)); changed != "" {
			t.Errorf("%v changed %s", r, changed)
		}
		chmodAll(t, c.dir, 0o755, 0o644)
	}
}
