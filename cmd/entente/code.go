package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"runtime"
	"sync"

	"github.com/urfave/cli/v2"

	"entente/extract"
)

// codeOptions say what to code.
type codeOptions struct {
	Paths     []string // "-" is standard input
	Engine    string   // one of extract.Engines, or "" for the first
	AllowNone bool
	Explain   bool
	Workers   int // 0 is one a processor core
}

func codeCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "code",
		Usage: "name the act between two given actors, a JSON object a line",
		Description: `echo '{"text":"Peru expelled two Bolivian diplomats.","source":"Peru","target":"Bolivian"}' | entente code -
entente code pairs.jsonl > coded.jsonl

Each line is an object with the fields text, source and target; source and
target are strings that occur in the text, and target may be "" or missing.
The same object is printed with plover, mode, cameo, quad, status and
confidence added, its other fields as they were. Every line gets its best
category; with --allow-none it may be NONE. The confidence is the probability
that the category is right.`,
		ArgsUsage: "FILE…|- [OPTIONS]",
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "allow-none", Usage: "answer NONE where there is most likely no event between the two"},
			&cli.BoolFlag{Name: "explain", Usage: "add predicate, the word that names the act, and reasons, what spoke for the likeliest category against the second"},
			engineFlag(),
			fastFlag(),
			&cli.IntFlag{Name: "workers", Usage: "lines to work on at the same time; 0 is one a processor core, `N`"},
		},
		Action: func(c *cli.Context) error {
			if err := arguments(c, 1, -1, `files, or "-"`); err != nil {
				return err
			}
			o := codeOptions{Paths: c.Args().Slice(), AllowNone: c.Bool("allow-none"), Explain: c.Bool("explain")}
			var err error
			if o.Workers, err = countOf(c, "workers"); err != nil {
				return err
			}
			if o.Engine, err = engineOf(c); err != nil {
				return err
			}
			ctx, stop := untilInterrupted(c.Context)
			defer stop()
			return runCode(ctx, o, e)
		},
	}
}

func runCode(ctx context.Context, o codeOptions, e *env) error {
	labeller, err := extract.NewLabeller(o.Engine)
	if err != nil {
		return err
	}
	options := extract.LabelOptions{AllowNone: o.AllowNone}
	if o.Explain {
		options.Reasons = 8
	}
	code := func(l codeLine) codeLine {
		if l.err == nil {
			l.data, l.err = codeObject(labeller, l.data, options)
			if l.err != nil {
				l.err = fmt.Errorf("%s: %w", l.place, l.err)
			}
		}
		return l
	}
	skips := 0
	for l := range inOrder(ctx, o.Workers, codeLines(o.Paths, e.stdin), code) {
		if l.err != nil {
			e.warnf("%v", l.err)
			skips++
			continue
		}
		if _, err := e.stdout.Write(append(l.data, '\n')); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return &interrupted{"interrupted: what was printed is complete up to here"}
	}
	if skips > 0 {
		return skipped(skips)
	}
	return nil
}

// codeLine is a line of input, or what became of it.
type codeLine struct {
	place string // file:line
	data  []byte
	err   error
}

// maxCodeLine is the most bytes of a line.
const maxCodeLine = 8 << 20

// codeLines yields the lines of files that are not blank.
func codeLines(paths []string, stdin io.Reader) iter.Seq[codeLine] {
	return func(yield func(codeLine) bool) {
		for _, path := range paths {
			if !linesOf(path, stdin, yield) {
				return
			}
		}
	}
}

// linesOf yields the lines of one file and reports whether to go on.
func linesOf(path string, stdin io.Reader, yield func(codeLine) bool) bool {
	name, in := "stdin", stdin
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			var fault *os.PathError
			if errors.As(err, &fault) {
				err = fault.Err
			}
			return yield(codeLine{err: fmt.Errorf("%s: %w; check the path", path, err)})
		}
		defer f.Close()
		name, in = path, f
	}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxCodeLine)
	n := 0
	for lines.Scan() {
		n++
		if data := bytes.TrimSpace(bytes.TrimPrefix(lines.Bytes(), []byte("\ufeff"))); len(data) > 0 {
			if !yield(codeLine{place: fmt.Sprintf("%s:%d", name, n), data: bytes.Clone(data)}) {
				return false
			}
		}
	}
	err := lines.Err()
	switch {
	case err == nil:
		return true
	case errors.Is(err, bufio.ErrTooLong):
		err = fmt.Errorf("longer than %d bytes; put one object on a line, and shorten its text", maxCodeLine)
	}
	return yield(codeLine{err: fmt.Errorf("%s:%d: %w", name, n+1, err)})
}

// codeField is a field of an object as it was written.
type codeField struct {
	name  string
	value json.RawMessage
}

// codeObject returns the object with its act added.
func codeObject(l *extract.Labeller, data []byte, o extract.LabelOptions) (out []byte, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("the classifier failed on this line (%v); please report it with the text", fault)
		}
	}()
	fields, err := codeFields(data)
	if err != nil {
		return nil, err
	}
	var text, source, target string
	for _, f := range []struct {
		name string
		to   *string
		may  bool // be missing
	}{{"text", &text, false}, {"source", &source, false}, {"target", &target, true}} {
		if err := stringField(fields, f.name, f.to, f.may); err != nil {
			return nil, err
		}
	}
	label, err := l.Label(text, source, target, o)
	if err != nil {
		return nil, err
	}
	return appendLabel(fields, label, o)
}

// codeFields reads an object's fields in their order.
func codeFields(data []byte) ([]codeField, error) {
	if !json.Valid(data) || data[0] != '{' {
		return nil, errors.New(`not a JSON object; want {"text": …, "source": …, "target": …} on one line`)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	var fields []codeField
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, err
		}
		f := codeField{name: name.(string)}
		if err := d.Decode(&f.value); err != nil {
			return nil, err
		}
		fields = append(fields, f)
	}
	return fields, nil
}

// stringField reads the field into to; the last one, if there are several.
func stringField(fields []codeField, name string, to *string, may bool) error {
	found := false
	for _, f := range fields {
		if f.name != name {
			continue
		}
		found = string(f.value) != "null"
		if err := json.Unmarshal(f.value, to); err != nil {
			return fmt.Errorf("%s: want a string, not %s", name, oneLine(string(f.value)))
		}
	}
	if may {
		return nil
	}
	if !found || *to == "" {
		return fmt.Errorf("%s is missing or empty", name)
	}
	return nil
}

// appendLabel writes the fields, and the act in place of fields of the same
// names.
func appendLabel(fields []codeField, l extract.Label, o extract.LabelOptions) ([]byte, error) {
	added := []struct {
		name  string
		value any
	}{
		{"plover", l.Category}, {"mode", l.Mode}, {"cameo", l.CAMEO}, {"quad", l.Quad}, {"status", l.Status}, {"confidence", l.Confidence},
	}
	if o.Reasons > 0 {
		reasons := []string{}
		for _, r := range l.Reasons {
			reasons = append(reasons, fmt.Sprintf("%s %+.2f", r.Feature, r.Weight))
		}
		added = append(added, struct {
			name  string
			value any
		}{"predicate", l.Predicate}, struct {
			name  string
			value any
		}{"reasons", reasons})
	}
	ours := map[string]bool{}
	for _, a := range added {
		ours[a.name] = true
	}
	out := []byte{'{'}
	put := func(name string, value any) error {
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(name); err != nil {
			return err
		}
		key := bytes.TrimSpace(b.Bytes())
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(append(out, key...), ':')
		if raw, ok := value.(json.RawMessage); ok {
			out = append(out, raw...)
			return nil
		}
		b.Reset()
		if err := enc.Encode(value); err != nil {
			return err
		}
		out = append(out, bytes.TrimSpace(b.Bytes())...)
		return nil
	}
	for _, f := range fields {
		if !ours[f.name] {
			if err := put(f.name, f.value); err != nil {
				return nil, err
			}
		}
	}
	for _, a := range added {
		if err := put(a.name, a.value); err != nil {
			return nil, err
		}
	}
	return append(out, '}'), nil
}

// inOrder yields what work makes of the items of a sequence, in their order,
// from so many goroutines (0 is one a processor core), until ctx is done. It
// keeps a few items a worker in memory.
func inOrder[T any](ctx context.Context, workers int, items iter.Seq[T], work func(T) T) iter.Seq[T] {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	type job struct {
		item T
		done chan T // holds one
	}
	return func(yield func(T) bool) {
		ctx, cancel := context.WithCancel(ctx)
		queue, jobs := make(chan job, 4*workers), make(chan job)
		go func() {
			defer close(queue)
			defer close(jobs)
			for item := range items {
				j := job{item, make(chan T, 1)}
				for _, c := range []chan<- job{jobs, queue} { // what is queued has a worker
					select {
					case c <- j:
					case <-ctx.Done():
						return
					}
				}
			}
		}()
		var idle sync.WaitGroup
		defer idle.Wait()
		for range workers {
			idle.Go(func() {
				for j := range jobs {
					j.done <- work(j.item)
				}
			})
		}
		defer cancel() // which comes before idle.Wait
		for j := range queue {
			if !yield(<-j.done) || ctx.Err() != nil {
				return
			}
		}
	}
}
