package store

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// mountDisk makes a real file system of so many megabytes, in memory.
func mountDisk(t *testing.T, megabytes int64) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%dm", megabytes)); err != nil {
		t.Skipf("cannot mount a small disk, which only the superuser may: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func resizeDisk(t *testing.T, dir string, megabytes int64) {
	t.Helper()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, fmt.Sprintf("size=%dm", megabytes)); err != nil {
		t.Fatal(err)
	}
}

// checkFull checks what an ingest said that ran out of space, and that all it had
// acknowledged is there, before and after there is room. It returns how much that
// was.
func (v *victim) checkFull(t *testing.T, disk, dir string, r ran) int {
	t.Helper()
	acks, rest := acknowledged(r.stderr)
	if r.exit != 1 || strings.Count(rest, "\n") != 1 || !strings.Contains(rest, "store "+dir+": not enough free space on the disk: ") {
		t.Errorf("after %d acknowledgements: exit %d, %q", len(acks), r.exit, clip(rest))
	}
	if !slices.Equal(acks, v.ids[:len(acks)]) || len(acks) == len(v.ids) {
		t.Fatalf("acknowledged %q", acks)
	}
	if len(acks) > 0 && r.exit == 1 {
		v.check(t, dir, Options{ReadOnly: true}, len(acks), len(acks))
	}
	resizeDisk(t, disk, 2000)
	if len(acks) > 0 {
		v.check(t, dir, Options{}, len(acks), len(acks)+1)
	}
	mustRun(t, v.ingestArgs(dir)...)
	v.check(t, dir, Options{ReadOnly: true}, len(v.ids), len(v.ids))
	if mustRun(t, "export", "--format", "jsonl", "--db", dir).stdout != v.export {
		t.Error("the export differs from that of an ingest that had room")
	}
	return len(acks)
}

// TestFullDiskReal is TestFullDisk with the program and real file systems, which
// its own articles fill, or others while it runs: a megabyte every other
// millisecond, and all at once.
func TestFullDiskReal(t *testing.T) {
	program(t)
	mountDisk(t, 1)
	v := newVictim(t, "large", 160, 90_000)
	empty := held(t) >> 20
	for _, c := range []struct {
		name  string
		room  int64 // megabytes beyond what must be free, and what an empty store takes
		after int   // acknowledgements, before others fill the disk
		fill  func(t *testing.T, disk string)
	}{
		{"opening", -empty - 10, 0, nil},
		{"first table", 1, 0, nil},
		{"compaction", 9, 0, nil},
		{"others, by and by", 60, 60, writeUntilFull},
		{"others, at once", 60, 30, takeAll},
		{"others, at once, later", 60, 130, takeAll},
	} {
		t.Run(c.name, func(t *testing.T) {
			disk := mountDisk(t, minFree>>20+empty+c.room)
			dir := filepath.Join(disk, "s")
			r := v.ingestBeside(t, dir, c.after, func() {
				if c.fill != nil {
					c.fill(t, disk)
				}
			})
			n := v.checkFull(t, disk, dir, r)
			t.Logf("full after %d articles", n)
			if (n == 0) != (c.room < 0) {
				t.Errorf("full after %d articles", n)
			}
		})
	}
}

// takeAll leaves no more than 64 kB free on a disk, in an instant.
func takeAll(t *testing.T, disk string) {
	var st syscall.Statfs_t
	err := syscall.Statfs(disk, &st)
	if err == nil {
		err = syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT, fmt.Sprintf("size=%dk", int64(st.Blocks-st.Bfree)*st.Bsize/1024+64))
	}
	if err != nil {
		t.Error(err)
	}
}

// ingestBeside runs an ingest, and f in the moment when it has acknowledged so many
// articles.
func (v *victim) ingestBeside(t *testing.T, dir string, after int, f func()) ran {
	t.Helper()
	cmd := exec.Command(program(t), v.ingestArgs(dir)...)
	var seen strings.Builder
	out, in := io.Pipe()
	cmd.Stderr = io.MultiWriter(in, &seen)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	filled := make(chan bool)
	go func() {
		defer close(filled)
		lines := bufio.NewReader(out)
		for range after {
			if _, err := lines.ReadString('\n'); err != nil {
				break
			}
		}
		go io.Copy(io.Discard, lines)
		f()
	}()
	cmd.Wait() // how it ended is in its state
	in.Close()
	<-filled
	return ran{args: cmd.Args[1:], exit: cmd.ProcessState.ExitCode(), stderr: seen.String(), state: cmd.ProcessState}
}

// writeUntilFull writes to a disk until nothing more goes in.
func writeUntilFull(t *testing.T, disk string) {
	f, err := os.Create(filepath.Join(disk, "other"))
	if err != nil {
		t.Error(err)
		return
	}
	defer f.Close()
	for megabyte := make([]byte, 1<<20); ; time.Sleep(2 * time.Millisecond) {
		if _, err := f.Write(megabyte); err != nil {
			return // it is full
		}
	}
}
