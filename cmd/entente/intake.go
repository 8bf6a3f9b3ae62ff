package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"entente/extract"
	"entente/extract/ingest"
	"entente/graph"
	"entente/store"
)

const (
	// putsPerSync is after how many articles what was stored outlives a power cut.
	putsPerSync = 1000
	// standardMemory is what an ingest takes at most, in bytes, unless --memory says
	// another number, of which leastMemory is the smallest that leaves a heap to work in.
	standardMemory = 300 << 20
	leastMemory    = 256 << 20
	// besideHeap is what the program takes beside the heap, which the collector of
	// garbage keeps below the rest: code, models, and the store's files in memory.
	besideHeap = 180 << 20
)

// intake is an ingest under way.
type intake struct {
	ingestOptions
	*env
	pipeline *extract.Pipeline
	store    atomic.Pointer[store.Store] // nil until the first article, if there was none
	seen     map[string]bool             // keys of a dry run
	progress *progress
	failures *failureFile
	complaints
	begun time.Time

	added, copies, replaced int
	duplicates              int
	undated                 int // of these, without a date of publication
	skips                   int
	left, leftUndated       int // out of the period, or without a date to tell
	foreign                 int // left out as they are not English
	otherKinds              int // files that are no kind of article
	events                  int // of the articles coded, for the progress bar
	// before and after are what the store holds; its copies may become originals
	// and its originals copies, so that only they tell what came of an ingest.
	before, after store.Stats
}

// articles is how many were taken in, or were there.
func (in *intake) articles() int { return in.added + in.copies + in.replaced + in.duplicates }

func runIngest(ctx context.Context, o ingestOptions, e *env) (err error) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(o.Memory - besideHeap))
	in := &intake{ingestOptions: o, env: e, begun: time.Now(), seen: map[string]bool{}}
	in.complaints.say = in.say
	if in.pipeline, err = e.extractor(extract.Options{Engine: o.Engine, Dictionaries: o.Dicts}); err != nil {
		return err
	}
	if in.failures, err = newFailureFile(o.Errors, o.Paths); err != nil {
		return err
	}
	in.progress = newProgress(e.stderr, func() int64 {
		if n, known := o.bytesOf(o.Paths, in.own); known {
			return n
		}
		return -1
	})
	if _, err := os.Stat(o.DB); err == nil {
		if err := in.open(); err != nil {
			return errors.Join(err, in.failures.close())
		}
	}
	err = in.takeAll(ctx, in.batch())
	in.complaints.end(in.listed())
	in.progress.clear()
	if st := in.store.Load(); st != nil {
		var unread error
		in.after, unread = st.Stats()
		err = errors.Join(err, unread, st.Close())
	}
	if err = errors.Join(err, in.failures.close()); err != nil {
		return err
	}
	if _, err := fmt.Fprintln(e.stdout, in.summary()); err != nil {
		return err
	}
	switch {
	case ctx.Err() != nil && !o.DryRun:
		return &interrupted{fmt.Sprintf("interrupted: %s stored in %s; run the same command again to go on",
			plural(in.articles(), "article"), o.DB)}
	case ctx.Err() != nil:
		return &interrupted{"interrupted; nothing was written"}
	case in.skips > 0:
		return skipped(in.skips)
	}
	return nil
}

func (in *intake) batch() batch {
	b := batch{
		paths: in.Paths,
		options: ingest.Options{Published: in.Published, Stdin: in.stdin, Map: in.Map, DateOrder: in.DateOrder, AnyLanguage: in.AnyLanguage,
			Skip: in.own, Consumed: in.progress.consumed},
		extract: in.pipeline.Extract,
		known:   in.known,
		choice:  in.choice,
		workers: in.Workers,
	}
	in.choose(&b.options)
	if in.DryRun {
		b.extract = func(a graph.Article) graph.Record { return graph.Record{Article: a} }
	}
	return b
}

func (in *intake) open() error {
	st, err := in.openStore(in.DB, store.Options{Create: true, ReadOnly: in.DryRun})
	if err != nil {
		return err
	}
	if in.before, err = st.Stats(); err != nil {
		return errors.Join(err, st.Close())
	}
	in.store.Store(st)
	return nil
}

// own reports whether what is at path was written by this program: a store, or
// the file of --errors. The store of this run is one
// before it has its marker, since it may be made meanwhile.
func (in *intake) own(path string, info fs.FileInfo) bool {
	if !info.IsDir() {
		return in.failures.is(info)
	}
	if db, err := os.Stat(in.DB); err == nil && os.SameFile(db, info) {
		return true
	}
	return store.IsStore(path)
}

func (in *intake) dedup() bool { return in.Dedup != "off" }

// known reports whether an article need not be extracted from again. The store
// decides when it comes to it; this saves the work.
func (in *intake) known(a *graph.Article) bool {
	st := in.store.Load()
	return st != nil && st.Foresees(*a, in.dedup())
}

// takeAll puts all of a batch into the store. It ends at the first error of the
// store itself; a record that the store does not take is skipped.
func (in *intake) takeAll(ctx context.Context, b batch) error {
	for r := range b.run(ctx) {
		switch {
		case r.warning != nil:
			in.failures.write("warning", r.warning)
			in.add("warning", r.warning)
			if ingest.OtherKind(r.warning) {
				in.otherKinds++
			}
		case errors.Is(r.err, ingest.ErrLanguage):
			in.failures.write("not English", r.err)
			in.foreign++
		case r.err != nil:
			in.skip(r.err)
		case r.left && r.record.Article.Published == "":
			in.leftUndated++
		case r.left:
			in.left++
		case in.DryRun:
			in.pretend(&r)
		default:
			if err := in.take(&r); err != nil {
				return err
			}
		}
		in.progress.show(in.articles(), in.events)
	}
	if st := in.store.Load(); st != nil && !in.DryRun {
		return st.Sync()
	}
	return nil
}

// pretend counts an article of a dry run.
func (in *intake) pretend(r *result) {
	key := r.record.Article.Key()
	in.noteDate(r)
	if r.known || in.seen[key] {
		in.duplicates++
		return
	}
	in.seen[key] = true
	in.added++
}

// noteDate counts an article of the store that has no date.
func (in *intake) noteDate(r *result) {
	if r.record.Article.Published == "" {
		in.undated++
	}
}

func (in *intake) take(r *result) error {
	if in.store.Load() == nil {
		if err := in.open(); err != nil {
			return err
		}
	}
	st := in.store.Load()
	events := 0
	outcome, err := st.Ingest(r.record.Article, store.IngestOptions{Dedup: in.dedup(), Code: func(a graph.Article) (graph.Record, error) {
		record, err := in.code(a, r)
		events += len(record.Events)
		return record, err
	}})
	switch {
	case errors.Is(err, store.ErrInvalid), errors.Is(err, store.ErrTooBig), errors.Is(err, errExtractor):
		in.skip(fmt.Errorf("%s: %w", r.record.Article.Origin, err))
		return nil
	case err != nil:
		return fmt.Errorf("after %s: %w", plural(in.articles(), "article"), err)
	}
	if in.Verbose { // at once: what is said is stored, even if the program is killed now
		in.progress.clear()
		fmt.Fprintf(in.stderr, "%s %s\n", outcome, oneLine(r.record.Article.ID))
	}
	in.noteDate(r)
	in.events += events
	switch outcome {
	case store.Duplicate:
		in.duplicates++
	case store.Copied:
		in.copies++
	case store.Replaced:
		in.replaced++
	default:
		in.added++
	}
	if in.articles()%putsPerSync == 0 {
		return st.Sync()
	}
	return nil
}

// code makes the record that the store asks for: that of the article at hand,
// which a worker has made already unless it took it for known, or of one that is
// no copy any more.
func (in *intake) code(a graph.Article, r *result) (graph.Record, error) {
	at := r.record.Article
	at.Origin = ""
	if !r.known && a == at {
		return r.record, nil
	}
	a.Origin = a.ID
	return safely(a, in.pipeline.Extract)
}

func (in *intake) skip(err error) {
	in.skips++
	in.failures.write("skipped", err)
	in.add("skipped", err)
}

// listed says where all that was skipped is listed.
func (in *intake) listed() string {
	if in.Errors == "" {
		return "; --errors FILE lists all"
	}
	return "; " + in.Errors + " lists all"
}

func (in *intake) say(format string, args ...any) {
	in.progress.clear()
	in.warnf(format, args...)
}

// summary is the line that ends an ingest. Its near-duplicates, sentences and
// events are those that the store has more than before. What there is none of,
// apart from the usual, is left out.
func (in *intake) summary() string {
	entered := in.added + in.copies
	copies := min(max(0, in.after.Copies-in.before.Copies), entered)
	parts := []string{fmt.Sprintf("%d new", entered-copies)}
	if copies > 0 {
		parts = append(parts, plural(copies, "near-duplicate"))
	}
	if in.replaced > 0 {
		parts = append(parts, fmt.Sprintf("%d in place of an older text", in.replaced))
	}
	parts = append(parts, plural(in.duplicates, "duplicate"), fmt.Sprintf("%d skipped", in.skips))
	if in.left > 0 {
		parts = append(parts, fmt.Sprintf("%d out of the period", in.left))
	}
	if in.leftUndated > 0 {
		parts = append(parts, fmt.Sprintf("%d left out without a date", in.leftUndated))
	}
	if in.foreign > 0 {
		parts = append(parts, fmt.Sprintf("%d not English", in.foreign))
	}
	text := plural(in.articles()+in.skips+in.left+in.leftUndated+in.foreign, "article")
	clauses := []string{text + ": " + strings.Join(parts, ", ")}
	if !in.DryRun {
		clauses = append(clauses, more(in.after.Sentences-in.before.Sentences, "sentence")+", "+more(in.after.Events-in.before.Events, "event"))
	}
	if in.undated > 0 {
		clauses = append(clauses, fmt.Sprintf("%d without a date", in.undated))
	}
	if in.otherKinds > 0 {
		clauses = append(clauses, plural(in.otherKinds, "file")+" of other kinds left out")
	}
	if in.DryRun {
		clauses = append(clauses, "nothing was written")
	} else {
		clauses = append(clauses, fmt.Sprintf("%.1f seconds", time.Since(in.begun).Seconds()))
	}
	return strings.Join(clauses, "; ")
}

// more says how many more there are of what than before.
func more(n int, what string) string {
	if n < 0 {
		return strings.Replace(plural(-n, what), " ", " fewer ", 1)
	}
	return plural(n, what)
}
