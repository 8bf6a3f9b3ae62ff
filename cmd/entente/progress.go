package main

import (
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress tells how far an ingest is: by a bar on a terminal, with the rate and
// the time that is left, elsewhere by a line a minute.
type progress struct {
	w    io.Writer
	bar  *progressbar.ProgressBar // nil where no terminal is
	read atomic.Int64             // bytes, counted by the goroutine that reads
	begun,
	last time.Time
}

const (
	barEvery  = 200 * time.Millisecond
	lineEvery = time.Minute
)

// newProgress makes a progress over so many bytes; -1 is unknown. size is asked
// only where somebody watches.
func newProgress(w io.Writer, size func() int64) *progress {
	p := &progress{w: w, begun: time.Now(), last: time.Now()}
	if terminalOf(w).is {
		p.bar = progressbar.NewOptions64(size(), progressbar.OptionSetWriter(w), progressbar.OptionShowBytes(true),
			progressbar.OptionSetWidth(15), progressbar.OptionSetPredictTime(true), progressbar.OptionThrottle(barEvery))
	}
	return p
}

// consumed counts bytes that were read.
func (p *progress) consumed(n int64) { p.read.Add(n) }

// show tells how many articles and events there are by now, if it is time to.
func (p *progress) show(articles, events int) {
	now := time.Now()
	every := lineEvery
	if p.bar != nil {
		every = barEvery
	}
	if now.Sub(p.last) < every {
		return
	}
	p.last = now
	text := fmt.Sprintf("%s, %s, %.0f articles/s", plural(articles, "article"), plural(events, "event"),
		float64(articles)/now.Sub(p.begun).Seconds())
	if p.bar == nil {
		fmt.Fprintf(p.w, "entente: %s\n", text)
		return
	}
	p.bar.Describe(text)
	_ = p.bar.Set64(p.read.Load()) // says only that the bar is full
}

// clear makes room for another line.
func (p *progress) clear() {
	if p.bar != nil {
		_ = p.bar.Clear() // as above
	}
}
