package actor

// trie maps sequences of folded words to values. Words are numbered, and one
// map holds the steps of all nodes, so that a node needs no allocation of its
// own. The zero trie is empty.
type trie[V any] struct {
	words  map[string]int32 // number of each word
	next   map[step]int32   // node after a node and a word; the start is node 0
	lists  []int32          // by node: 1 + the number of its list of values, or 0
	values [][]V            // the lists, until pack
	packed []V              // the lists one after the other, after pack
	ends   []int32          // where each of them ends
}

// step goes on from a node by a word.
type step struct{ node, word int32 }

// add appends v to the values of the sequence.
func (t *trie[V]) add(words []string, v V) {
	list := t.list(words)
	*list = append(*list, v)
}

// set puts values in the place of those that the sequence had.
func (t *trie[V]) set(words []string, values ...V) { *t.list(words) = values }

// grow makes room for about n more nodes.
func (t *trie[V]) grow(n int) {
	t.words, t.next = make(map[string]int32, n/2), make(map[step]int32, n)
	t.lists = append(make([]int32, 0, n), 0)
}

// list returns where the values of the sequence are, made if it is new. It
// holds until the next call.
func (t *trie[V]) list(words []string) *[]V {
	if t.next == nil {
		t.grow(8)
	}
	node := int32(0)
	for _, w := range words {
		node = t.after(node, w)
	}
	if t.lists[node] == 0 {
		t.values = append(t.values, nil)
		t.lists[node] = int32(len(t.values))
	}
	return &t.values[t.lists[node]-1]
}

// after returns the node after node and the word w, made if there is none.
func (t *trie[V]) after(node int32, w string) int32 {
	number, ok := t.words[w]
	if !ok {
		number = int32(len(t.words))
		t.words[w] = number
	}
	s := step{node, number}
	next, ok := t.next[s]
	if !ok {
		next = int32(len(t.lists))
		t.lists = append(t.lists, 0)
		t.next[s] = next
	}
	return next
}

// pack moves the values into one piece of memory. Nothing can be added then.
func (t *trie[V]) pack() {
	n := 0
	for _, list := range t.values {
		n += len(list)
	}
	t.packed, t.ends = make([]V, 0, n), make([]int32, len(t.values))
	for i, list := range t.values {
		t.packed = append(t.packed, list...)
		t.ends[i] = int32(len(t.packed))
	}
	t.values = nil
}

// exact returns the values of the whole sequence.
func (t *trie[V]) exact(words []string) []V {
	node := int32(0)
	for _, w := range words {
		var ok bool
		if node, ok = t.follow(node, w); !ok {
			return nil
		}
	}
	return t.at(node)
}

// longest returns the values of the longest prefix of words that keep accepts
// (given the number of its words and its values), and that number of words.
func (t *trie[V]) longest(words []string, keep func(n int, values []V) []V) ([]V, int) {
	var best []V
	bestN := 0
	node := int32(0)
	for n, w := range words {
		var ok bool
		if node, ok = t.follow(node, w); !ok {
			break
		}
		if values := t.at(node); len(values) > 0 {
			if kept := keep(n+1, values); len(kept) > 0 {
				best, bestN = kept, n+1
			}
		}
	}
	return best, bestN
}

// follow returns the node after node and the word w, if there is one.
func (t *trie[V]) follow(node int32, w string) (int32, bool) {
	number, ok := t.words[w]
	if !ok {
		return 0, false
	}
	next, ok := t.next[step{node, number}]
	return next, ok
}

// at returns the values of a node.
func (t *trie[V]) at(node int32) []V {
	if int(node) >= len(t.lists) || t.lists[node] == 0 {
		return nil
	}
	n := t.lists[node] - 1
	if t.packed == nil {
		return t.values[n]
	}
	from := int32(0)
	if n > 0 {
		from = t.ends[n-1]
	}
	return t.packed[from:t.ends[n]:t.ends[n]]
}
