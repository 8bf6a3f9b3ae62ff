package main

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"slices"
	"time"

	"entente/graph"
	"entente/queries"
	"entente/store"
)

// storeWait is how long a command waits for another one that has the store. An
// ingest lets queries in within a second or two.
const storeWait = 30 * time.Second

// openStore opens the store in dir, and tells what a power cut took from it.
func (e *env) openStore(dir string, o store.Options) (*store.Store, error) {
	o.Wait = storeWait
	st, err := store.Open(dir, o)
	if err != nil && !o.Create {
		err = explainMissing(dir, err)
	}
	if err != nil {
		return nil, err
	}
	if n := st.Lost(); n > 0 {
		e.warnf("store %s: the machine went down while it was written, and the last %s were lost; run that ingest again", dir, plural(n, "change"))
	}
	return st, nil
}

// withStore opens a store for reading while use runs.
func (e *env) withStore(o reading, use func(*store.Store) error) error {
	return e.withStoreAs(o.DB, store.Options{ReadOnly: true, Raw: o.Raw}, use)
}

// withGraph is withStore for questions about the graph, in which states may stand for
// others.
func (e *env) withGraph(o reading, use func(graphReader) error) error {
	return e.withStore(o, func(st *store.Store) error {
		if !o.States {
			return use(st)
		}
		states, err := queries.ByState(st)
		if err != nil {
			return err
		}
		return use(statesOf{states, st})
	})
}

// graphReader is what can be asked of a store's graph, and what it is written from.
type graphReader interface {
	queries.Reader
	Records() iter.Seq2[graph.Record, error]
	RecordsNamed(idOrKey string) iter.Seq2[graph.Record, error]
}

// statesOf is a store in which states stand for others in all events.
type statesOf struct {
	*queries.States
	store *store.Store
}

func (s statesOf) Records() iter.Seq2[graph.Record, error] { return s.raised(s.store.Records()) }

func (s statesOf) RecordsNamed(idOrKey string) iter.Seq2[graph.Record, error] {
	return s.raised(s.store.RecordsNamed(idOrKey))
}

func (s statesOf) raised(records iter.Seq2[graph.Record, error]) iter.Seq2[graph.Record, error] {
	return func(yield func(graph.Record, error) bool) {
		for r, err := range records {
			r.Events = slices.Clone(r.Events)
			for i := range r.Events {
				s.Raise(&r.Events[i])
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// withStoreAs is withStore with options.
func (e *env) withStoreAs(dir string, o store.Options, use func(*store.Store) error) (err error) {
	st, err := e.openStore(dir, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	return use(st)
}

// explainMissing says how to make a store where there is none.
func explainMissing(dir string, err error) error {
	if _, statErr := os.Stat(dir); errors.Is(statErr, fs.ErrNotExist) {
		return noStore(dir)
	}
	return err
}

// noStore is a folder that is missing.
type noStore string

func (dir noStore) Error() string {
	return fmt.Sprintf("there is no store %s: make it with entente ingest PATH… --db %[1]s, or name another with --db", string(dir))
}

func (dir noStore) Is(target error) bool { return target == store.ErrNotStore }

// unheardOf says that the dictionary knows an actor that the store does not.
type unheardOf struct {
	typed string
	actor graph.NameRef
}

func (e *unheardOf) Error() string {
	return fmt.Sprintf("%q means %s (%s), whom no article of this store names", e.typed, e.actor.Name, e.actor.ID)
}

func (e *unheardOf) Is(target error) bool { return target == graph.ErrNotFound }

// findActor returns the actor of the store that goes by what was typed: by its
// names in the articles, else by those of the dictionary ("Kremlin").
func (e *env) findActor(r queries.Reader, dicts []string, typed string) (graph.Actor, error) {
	actor, err := queries.FindActor(r, typed)
	var unknown *queries.UnknownError
	if !errors.As(err, &unknown) {
		return actor, err
	}
	dictionary, loadErr := e.dictionary(dicts)
	if loadErr != nil {
		return actor, loadErr
	}
	var known []graph.Actor
	entries := dictionary.Lookup(typed)
	for _, entry := range entries {
		a, getErr := r.Actor(entry.ID)
		switch {
		case getErr == nil:
			known = append(known, a)
		case !errors.Is(getErr, graph.ErrNotFound):
			return actor, getErr
		}
	}
	switch {
	case len(known) == 1:
		return known[0], nil
	case len(known) > 1:
		return actor, &queries.AmbiguousError{Typed: typed, Candidates: known}
	case len(entries) == 1:
		return actor, &unheardOf{typed, graph.NameRef{ID: entries[0].ID, Name: entries[0].Name}}
	}
	return actor, err
}

// findActors is findActor for several names.
func (e *env) findActors(r queries.Reader, dicts []string, typed ...string) ([]graph.Actor, error) {
	var actors []graph.Actor
	for _, t := range typed {
		a, err := e.findActor(r, dicts, t)
		if err != nil {
			return nil, err
		}
		actors = append(actors, a)
	}
	return actors, nil
}

// kind tells the type and country of an actor.
func kind(a graph.Actor) string {
	if a.Country == "" || a.ID == graph.ActorID("state:"+a.Country) {
		return string(a.Type)
	}
	return string(a.Type) + ", " + a.Country
}
