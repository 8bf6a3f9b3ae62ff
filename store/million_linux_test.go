package store

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

var millionArticles = flag.Int("million.articles", 50_000, "articles, of 20 events each, in the store of BenchmarkMillion")

const (
	millionDir    = "ENTENTE_TEST_MILLION_DIR"
	millionEvents = 20 // of each article
	millionActors = 5_000
)

// TestMillionStore is the other process of BenchmarkMillion: it makes the store.
func TestMillionStore(t *testing.T) {
	dir := os.Getenv(millionDir)
	if dir == "" {
		t.Skip("runs in BenchmarkMillion")
	}
	s := create(t, dir)
	rng := rand.New(rand.NewPCG(1, 1))
	dyads := make([]string, millionEvents)
	for i := range *millionArticles {
		for j := range dyads { // some 20 events of each of 50,000 dyads
			source := rng.IntN(millionActors)
			dyads[j] = fmt.Sprintf("P%d>P%d", source, (source+1+rng.IntN(10))%millionActors)
		}
		mustPut(t, s, Added, benchRecord(i, dyads))
	}
	closeStore(t, s)
}

// BenchmarkMillion asks the program what two actors did to each other, of a store
// of a million events, which it makes first: that takes minutes. An operation is a
// process from its start to its end; ms/ask is what we want below 30 and MB, the
// most memory that it takes, below 60.
//
// The system counts as memory of a process what its parent had when it started it.
// So another process makes the store, and this one stays small.
func BenchmarkMillion(b *testing.B) {
	program(b)
	dir := filepath.Join(b.TempDir(), "s")
	make := exec.Command(os.Args[0], "-test.run=^TestMillionStore$", "-test.timeout=0", fmt.Sprint("-million.articles=", *millionArticles))
	make.Env = append(os.Environ(), millionDir+"="+dir)
	begun := time.Now()
	if out, err := make.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	took := time.Since(begun)
	most, asked := int64(0), time.Duration(0)
	for b.Loop() {
		begun := time.Now()
		r := mustRun(b, "between", "state:P12", "state:P15", "--db", dir)
		asked += time.Since(begun)
		if !strings.Contains(r.stdout, "P12land and P15land: ") {
			b.Fatal(r.stdout)
		}
		most = max(most, r.state.SysUsage().(*syscall.Rusage).Maxrss<<10)
	}
	size, err := (&folder{dir: dir}).size()
	if err != nil {
		b.Fatal(err)
	}
	events := float64(*millionArticles * millionEvents)
	b.ReportMetric(float64(size)/events, "B/event")
	b.ReportMetric(events/took.Seconds(), "events/s")
	b.ReportMetric(asked.Seconds()*1e3/float64(b.N), "ms/ask")
	b.ReportMetric(float64(most)/1e6, "MB")
	b.ReportMetric(0, "ns/op") // the above says it
}
