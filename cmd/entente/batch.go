package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"os/signal"
	"runtime"
	"sync"
	"syscall"

	"entente/extract"
	"entente/extract/ingest"
	"entente/graph"
)

// batch extracts from articles at the same time and gives the records in the
// order of the input.
type batch struct {
	paths   []string
	options ingest.Options
	extract func(graph.Article) graph.Record
	// explain, if it is set, is called instead of extract.
	explain func(graph.Article) (graph.Record, extract.Reading)
	// known reports whether an article need not be extracted again; nil is
	// never. Its record is the article alone.
	known func(*graph.Article) bool
	choice
	workers int // 0 is one a processor core
}

// result is what became of one input: record, err or warning is set. Of an article
// that is left, the record has the article alone.
type result struct {
	record  graph.Record
	known   bool            // batch.known says so, and record has the article alone
	reading extract.Reading // where batch.explain is set
	left    bool            // out of the batch's period
	err     error           // the input, or a part of it, is left out
	warning error           // read with reservations
}

// task is an article under work.
type task struct {
	article graph.Article
	result  chan result // holds one
}

// run yields the results in the order of the input, until ctx is done. It keeps
// a few articles a worker in memory.
func (b batch) run(ctx context.Context) iter.Seq[result] {
	workers := b.workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	return func(yield func(result) bool) {
		ctx, cancel := context.WithCancel(ctx)
		queue := make(chan *task, 4*workers) // in order, to be yielded
		work := make(chan *task)
		go func() {
			defer close(queue)
			defer close(work)
			b.read(ctx, queue, work)
		}()
		var idle sync.WaitGroup
		defer idle.Wait()
		for range workers {
			idle.Go(func() { b.work(ctx, work) })
		}
		defer cancel() // which comes before idle.Wait
		for {
			select {
			case <-ctx.Done():
				return
			case t, ok := <-queue:
				if !ok {
					return
				}
				// What is under work is finished; the interruption is seen above.
				if !yield(<-t.result) || ctx.Err() != nil {
					return
				}
			}
		}
	}
}

// read puts every input into the queue, and hands the articles to the workers.
func (b batch) read(ctx context.Context, queue, work chan<- *task) {
	send := func(c chan<- *task, t *task) bool {
		select {
		case c <- t:
			return true
		case <-ctx.Done():
			return false
		}
	}
	done := func(r result) bool {
		t := &task{result: make(chan result, 1)}
		t.result <- r
		return send(queue, t)
	}
	options := b.options
	options.Warn = func(err error) { done(result{warning: err}) }
	taken := 0
	for article, err := range ingest.Open(b.paths, options) {
		switch {
		case err != nil:
			if !done(result{err: err}) {
				return
			}
			continue
		case !article.Published.Within(b.Since, b.Until):
			if !done(result{left: true, record: graph.Record{Article: article}}) {
				return
			}
			continue
		case b.Limit > 0 && taken == b.Limit:
			return
		}
		taken++
		t := &task{article, make(chan result, 1)}
		// A task in the queue is one that a worker has: it will have its result.
		if !send(work, t) || !send(queue, t) {
			return
		}
	}
}

func (b batch) work(ctx context.Context, work <-chan *task) {
	for {
		select {
		case <-ctx.Done():
			return
		case t, ok := <-work:
			if !ok {
				return
			}
			t.result <- b.one(&t.article)
		}
	}
}

// one extracts from one article. A fault of the extractor costs that article
// only.
func (b batch) one(a *graph.Article) (r result) {
	if b.known != nil && b.known(a) {
		return result{record: graph.Record{Article: *a}, known: true}
	}
	record, err := safely(*a, func(a graph.Article) (record graph.Record) {
		if b.explain == nil {
			return b.extract(a)
		}
		record, r.reading = b.explain(a)
		return record
	})
	if err != nil {
		return result{err: err}
	}
	r.record = record
	return r
}

// errExtractor is a fault in the extractor, not in the article.
var errExtractor = errors.New("the extractor failed on this article")

// safely calls extract and makes an error of its panic.
func safely(a graph.Article, extract func(graph.Article) graph.Record) (r graph.Record, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%s: %w (%v); please report it with the text", a.Origin, errExtractor, fault)
		}
	}()
	return extract(a), nil
}

// untilInterrupted returns a context that ends with Ctrl-C. A second Ctrl-C
// ends the program at once.
func untilInterrupted(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}
