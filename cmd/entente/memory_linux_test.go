package main

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// maxIngestRSS is what an ingest may take at most, in bytes, whatever it reads.
const maxIngestRSS = 300e6

// TestIngestMemory runs the program over a gigabyte of JSON Lines and asks the
// system how much memory it took. Most of each line is a field that nobody reads,
// as in dumps of crawlers, so that the test ends in minutes.
func TestIngestMemory(t *testing.T) {
	if testing.Short() || raceDetector {
		t.Skip("takes minutes")
	}
	in, out := io.Pipe()
	lines := 0
	go func() {
		w := bufio.NewWriterSize(out, 1<<20)
		junk := strings.Repeat("<div class=nav><a href=/more>More</a></div>", 550)
		for n := 0; n < 1<<30; lines++ {
			k, _ := fmt.Fprintf(w, `{"id":"n%d","date":"2024-%02d-%02d","source":"Paper %d","url":"https://paper%d.example/%d","raw":"%s",`+
				`"text":"%s\n\n%s."}`+"\n",
				lines, 1+lines/28%12, 1+lines%28, lines%97, lines%97, lines, junk, sentence(lines), invented(uint64(lines), 40))
			n += k
		}
		out.CloseWithError(w.Flush())
	}()
	cmd := exec.Command(os.Args[0], "ingest", "-", "--fast", "--db", filepath.Join(t.TempDir(), "db"))
	cmd.Args[0] = "entente" // TestMain tells by it what to run
	cmd.Stdin = in
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	begun := time.Now()
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	rss := cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss * 1024
	t.Logf("%.0f MB at most, %.0f seconds: %s", float64(rss)/1e6, time.Since(begun).Seconds(), strings.TrimSpace(stdout.String()))
	if want := fmt.Sprintf("%d articles: ", lines); !strings.HasPrefix(stdout.String(), want) || !strings.Contains(stdout.String(), " 0 skipped") {
		t.Errorf("want %s and none skipped: %s", want, stdout.String())
	}
	if rss > maxIngestRSS {
		t.Errorf("took %.0f MB, more than %.0f", float64(rss)/1e6, maxIngestRSS/1e6)
	}
}

// invented is text of words that do not exist, other ones for each seed: reports
// with the same words would be copies.
func invented(seed uint64, n int) string {
	rng := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	for range n {
		fmt.Fprintf(&b, " %c%c%c%c%c", 'a'+rng.IntN(26), 'a'+rng.IntN(26), 'a'+rng.IntN(26), 'a'+rng.IntN(26), 'a'+rng.IntN(26))
	}
	return "The" + b.String()
}

// sentence is one in which something happens in every tenth line.
func sentence(line int) string {
	if line%10 > 0 {
		return "Nothing else was reported from the coast on that day."
	}
	states := []string{"Peru", "Chile", "Mali", "Niger", "Chad", "Kenya", "Spain", "Italy", "Japan", "Nepal"}
	return states[line/10%10] + " condemned " + states[(line/100+1+line/10)%10] + " on Monday."
}
