package store

import (
	"fmt"
	"iter"

	"entente/graph"
)

// Judge adds a person's judgement to the log, and returns it with its number. From
// then on every read shows the graph as it is judged, unless the store is opened
// Raw. What it wrote outlives the death of the process.
//
// The error wraps ErrInvalid if the judgement is refused: by Validate, because no
// article names one of its actors (the error wraps ErrNotFound too), because a merge
// goes against a split or joins nothing, or because what an undo takes back is undone
// already or not there (then it wraps ErrNotFound too). Else it wraps ErrReadOnly,
// ErrClosed, ErrNoSpace or ErrDamaged.
//
// It reads the whole log.
func (s *Store) Judge(j graph.Judgement) (graph.Judgement, error) {
	var log []graph.Judgement
	err := s.change(func(p *put) error {
		sums, err := s.readTotals(p.batch)
		if err != nil {
			return err
		}
		if log, err = s.admit(p.batch, sums, j); err != nil {
			return err
		}
		p.insertJSON(judgementKey(len(log)), log[len(log)-1])
		return p.err
	})
	if err != nil {
		return j, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.judged = graph.NewJudged(log)
	return log[len(log)-1], nil
}

// CheckJudgement returns what Judge would, and writes nothing. The store may be open
// for reading.
func (s *Store) CheckJudgement(j graph.Judgement) (graph.Judgement, error) {
	err := s.view(func(r reader) error {
		sums, err := s.readTotals(r)
		if err != nil {
			return err
		}
		log, err := s.admit(r, sums, j)
		if err == nil {
			j = log[len(log)-1]
		}
		return err
	})
	return j, err
}

// admit returns the log with j at its end, or an error that says why it is not
// taken.
func (s *Store) admit(r reader, sums totals, j graph.Judgement) ([]graph.Judgement, error) {
	if err := j.Validate(); err != nil {
		return nil, s.refused(err)
	}
	log, err := s.readJudgements(r, sums)
	if err != nil {
		return nil, err
	}
	j.Seq = len(log) + 1
	before := graph.NewJudged(log)
	for _, id := range j.Actors {
		if err := s.checkNamed(r, before, id); err != nil {
			return nil, err
		}
	}
	log = append(log, j)
	switch j.Kind {
	case graph.JudgeMerge:
		err = checkMerge(log, before)
	case graph.JudgeUndo:
		err = checkUndo(j, before)
	}
	if err != nil {
		return nil, s.refused(err)
	}
	return log, nil
}

// refusal says why a judgement is not taken. It is ErrInvalid.
type refusal struct {
	dir string
	err error
}

func (e *refusal) Error() string        { return fmt.Sprintf("store %s: not judged: %v", e.dir, e.err) }
func (e *refusal) Is(target error) bool { return target == ErrInvalid }
func (e *refusal) Unwrap() error        { return e.err }

func (s *Store) refused(err error) error { return &refusal{s.folder.dir, err} }

// checkNamed checks that an article names the actor, or one that is one with it.
func (s *Store) checkNamed(r reader, judged *graph.Judged, id graph.ActorID) error {
	members := []graph.ActorID{id}
	if a := judged.Of(id); a != nil {
		members = a.Members
	}
	for _, member := range members {
		if is, err := s.named(r, member); is || err != nil {
			return err
		}
	}
	return s.refused(fmt.Errorf("actor %q: %w; search for it by name", id, ErrNotFound))
}

// checkMerge checks that the merge at the end of the log has effect.
func checkMerge(log []graph.Judgement, before *graph.Judged) error {
	j := &log[len(log)-1]
	if by := graph.NewJudged(log).Standing(j.Seq).BlockedBy; by != 0 {
		return fmt.Errorf("judgement %d says that %q are not one, and this merge would make them one; undo %[1]d first", by, log[by-1].Actors)
	}
	if before.Canonical(j.Actors[0]) != j.Actors[0] {
		return nil // another is kept
	}
	for _, id := range j.Actors {
		if before.Canonical(id) != j.Actors[0] {
			return nil
		}
	}
	return fmt.Errorf("%q are one already", j.Actors)
}

// checkUndo checks that what an undo takes back is there and holds.
func checkUndo(j graph.Judgement, before *graph.Judged) error {
	if j.Undoes >= j.Seq {
		return fmt.Errorf("judgement %d: %w; there are %d", j.Undoes, ErrNotFound, j.Seq-1)
	}
	if by := before.Standing(j.Undoes).UndoneBy; by != 0 {
		return fmt.Errorf("judgement %d is undone already, by %d; undo %[2]d to bring it back", j.Undoes, by)
	}
	return nil
}

// Judgements returns the log of judgements, in order: those too that are undone or
// blocked. graph.NewJudged says what follows from it.
func (s *Store) Judgements() iter.Seq2[graph.Judgement, error] {
	return sequence(s, func(r reader, _ *lens, emit func(graph.Judgement) error) error {
		sums, err := s.readTotals(r)
		if err != nil {
			return err
		}
		log, err := s.readJudgements(r, sums)
		for _, j := range log {
			if err := emit(j); err != nil {
				return err
			}
		}
		return err
	})
}

// readJudgements reads the log.
func (s *Store) readJudgements(r reader, sums totals) ([]graph.Judgement, error) {
	var log []graph.Judgement
	c := r.scan([]byte{rowJudgement})
	defer c.close()
	for c.next() {
		var j graph.Judgement
		if err := s.value(c, decode(&j)); err != nil {
			return log, err
		}
		if want := len(log) + 1; j.Seq != want || string(c.key()) != string(judgementKey(want)) {
			return log, s.folder.damaged("row %q has judgement %d in the place of %d", c.key(), j.Seq, want)
		}
		log = append(log, j)
	}
	return log, s.count(len(log), sums.of(rowJudgement), fmt.Sprintf("rows of type %q", rowJudgement))
}
