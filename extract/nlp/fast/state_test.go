package fast

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func TestMovesMakeATree(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var s State
	for i := range 2000 {
		n := 1 + i%17
		s.Reset(n)
		moves := 0
		for ; !s.Done(); moves++ {
			m := Move(rng.IntN(Moves))
			for !s.Can(m) {
				m = (m + 1) % Moves
			}
			s.Do(m)
		}
		if moves != 2*n {
			t.Fatalf("%d words took %d moves", n, moves)
		}
		roots := 0
		for d := range s.Heads {
			steps, h := 0, s.Heads[d]
			if int(h) == n {
				roots++
			}
			for ; int(h) < n; h = s.Heads[h] {
				if steps++; h < 0 || steps > n {
					t.Fatalf("%v is no tree", s.Heads)
				}
			}
		}
		if roots != 1 {
			t.Fatalf("%v has %d roots", s.Heads, roots)
		}
	}
}

func TestWhatIsSeenOfAState(t *testing.T) {
	// "The minister met envoys" up to the object; 4 is the root, 5 no word.
	var s State
	s.Reset(4)
	var got []string
	for _, m := range []Move{Shift, Left, Shift, Left, Shift, Shift, Right, Left} {
		if !s.Can(m) {
			t.Fatalf("move %d is not possible with stack %v", m, s.Stack)
		}
		got = append(got, fmt.Sprint(s.Look()))
		s.Do(m)
	}
	want := []string{
		"[5 5 5 0 5 5 5 5]",
		"[0 5 5 1 5 5 5 5]",
		"[5 5 5 1 5 5 5 0]",
		"[1 5 5 2 0 0 5 5]",
		"[5 5 5 2 5 5 5 1]",
		"[2 5 5 3 1 1 5 5]",
		"[3 2 5 4 5 5 1 5]",
		"[2 5 5 4 1 3 5 5]",
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("before move %d: got %s, want %s", i+1, got[i], want[i])
		}
	}
	if heads := fmt.Sprint(s.Heads); heads != "[1 2 4 2]" || !s.Done() {
		t.Errorf("heads %s", heads)
	}
}
