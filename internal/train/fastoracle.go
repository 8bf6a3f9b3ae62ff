package train

import "entente/extract/nlp/fast"

// oracle knows the best moves towards a tree from any state (the dynamic
// oracle of Goldberg and Nivre 2013 for the arc-hybrid system).
type oracle struct {
	heads    []int32   // of each word; the root is len(heads)
	children [][]int32 // of words and root
}

// reset takes the heads of a sentence, counted from 1 with 0 for the root.
func (o *oracle) reset(heads []int) {
	n := len(heads)
	o.heads = o.heads[:0]
	for len(o.children) <= n {
		o.children = append(o.children, nil)
	}
	for i := range n + 1 {
		o.children[i] = o.children[i][:0]
	}
	for d, h := range heads {
		head := int32(h - 1)
		if h == 0 {
			head = int32(n)
		}
		o.heads = append(o.heads, head)
		o.children[head] = append(o.children[head], int32(d))
	}
}

// cost returns how many arcs of the tree can be made before a possible move
// and not after it. Of trees with crossing arcs that is a lower bound.
func (o *oracle) cost(s *fast.State, m fast.Move) int {
	if m == fast.Shift {
		return o.shiftCost(s)
	}
	// The top of the stack goes: it gets no more children, and no other head.
	top := s.Stack[len(s.Stack)-1]
	lost := o.waiting(s, top)
	made, _ := s.Arc(m)
	head := o.heads[top]
	if head == made {
		return lost
	}
	switch {
	case int(head) == s.N:
		// The root takes the last word of a stack only.
		if len(s.Stack) == 1 {
			lost++
		}
	case int(head) >= s.Next:
		lost++
	case m == fast.Left && len(s.Stack) > 1 && head == s.Stack[len(s.Stack)-2]:
		lost++
	}
	return lost
}

// waiting counts the children of a word that are still to be shifted.
func (o *oracle) waiting(s *fast.State, word int32) int {
	n := 0
	for _, d := range o.children[word] {
		if int(d) >= s.Next {
			n++
		}
	}
	return n
}

// shiftCost: the next word loses its children on the stack, and its head there
// unless that is the top, or if that is the root and the stack is not empty.
func (o *oracle) shiftCost(s *fast.State) int {
	next, lost := int32(s.Next), 0
	head := o.heads[next]
	if int(head) == s.N && len(s.Stack) > 0 {
		lost++
	}
	for i, word := range s.Stack {
		if o.heads[word] == next || word == head && i < len(s.Stack)-1 {
			lost++
		}
	}
	return lost
}

// best sets good to the possible moves of the least cost.
func (o *oracle) best(s *fast.State) (good [fast.Moves]bool) {
	least := -1
	for m := fast.Shift; m < fast.Moves; m++ {
		if !s.Can(m) {
			continue
		}
		c := o.cost(s, m)
		if least < 0 || c < least {
			least, good = c, [fast.Moves]bool{}
		}
		good[m] = c == least
	}
	return good
}
