package fast

import "slices"

// Moves is the number of kinds of moves.
const Moves = 3

// Move is a step of the parser.
type Move int

// The moves of the arc-hybrid system (Kuhlmann and others 2011).
const (
	Shift Move = iota // the next word goes on to the stack
	Left              // the next word becomes the head of the top of the stack, which goes
	Right             // the second of the stack becomes the head of the top, which goes
)

// State is how far the parser has come. Words are numbered from 0; the root,
// n, waits behind the last. 2n moves make a tree, whichever they are: the root
// takes the last word of the stack only, so that one word hangs from it.
type State struct {
	N           int
	Stack       []int32
	Next        int     // the word to be shifted next, N for the root
	Heads       []int32 // -1 for none yet
	First, Last []int32 // the outermost children of words and root so far, or -1
}

// Reset begins a sentence of n words.
func (s *State) Reset(n int) {
	s.N, s.Next, s.Stack = n, 0, s.Stack[:0]
	s.Heads = filled(s.Heads, n)
	s.First, s.Last = filled(s.First, n+1), filled(s.Last, n+1)
}

func filled(x []int32, n int) []int32 {
	x = slices.Grow(x[:0], n)[:n]
	for i := range x {
		x[i] = -1
	}
	return x
}

// Done reports whether the tree is complete.
func (s *State) Done() bool { return s.Next == s.N && len(s.Stack) == 0 }

// Can reports whether a move is possible.
func (s *State) Can(m Move) bool {
	switch m {
	case Shift:
		return s.Next < s.N
	case Left:
		return len(s.Stack) == 1 || len(s.Stack) > 1 && s.Next < s.N
	default:
		return len(s.Stack) > 1
	}
}

// Arc returns the arc a move would make; Shift makes none.
func (s *State) Arc(m Move) (head, dependent int32) {
	top := len(s.Stack) - 1
	switch m {
	case Left:
		return int32(s.Next), s.Stack[top]
	case Right:
		return s.Stack[top-1], s.Stack[top]
	}
	return -1, -1
}

// Do makes a move that is possible.
func (s *State) Do(m Move) {
	if m == Shift {
		s.Stack = append(s.Stack, int32(s.Next))
		s.Next++
		return
	}
	head, dependent := s.Arc(m)
	s.Stack = s.Stack[:len(s.Stack)-1]
	s.Heads[dependent] = head
	if dependent < head {
		s.First[head] = dependent // later ones lie further out
		if s.Last[head] < dependent {
			s.Last[head] = dependent
		}
		return
	}
	s.Last[head] = dependent
	if s.First[head] < 0 {
		s.First[head] = dependent
	}
}

// Look returns the words that decide what to do: the three on top of the
// stack, the next, and outermost children of theirs. N is the root, N+1 stands
// for no word.
func (s *State) Look() (at [Positions]int32) {
	none := int32(s.N + 1)
	for i := range at {
		at[i] = none
	}
	child := func(c int32) int32 {
		if c < 0 {
			return none
		}
		return c
	}
	top := len(s.Stack) - 1
	next := int32(s.Next)
	at[3] = next
	at[7] = child(s.First[next])
	if top >= 0 {
		at[0] = s.Stack[top]
		at[4], at[5] = child(s.First[at[0]]), child(s.Last[at[0]])
	}
	if top >= 1 {
		at[1] = s.Stack[top-1]
		at[6] = child(s.Last[at[1]])
	}
	if top >= 2 {
		at[2] = s.Stack[top-2]
	}
	return at
}
