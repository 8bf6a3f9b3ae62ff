package actor

// trie maps sequences of folded words to values. The zero trie is empty.
type trie[V any] struct {
	values []V
	next   map[string]*trie[V]
}

func (t *trie[V]) add(words []string, v V) {
	for _, w := range words {
		if t.next == nil {
			t.next = map[string]*trie[V]{}
		}
		n := t.next[w]
		if n == nil {
			n = &trie[V]{}
			t.next[w] = n
		}
		t = n
	}
	t.values = append(t.values, v)
}

// exact returns the values of the whole sequence.
func (t *trie[V]) exact(words []string) []V {
	for _, w := range words {
		if t = t.next[w]; t == nil {
			return nil
		}
	}
	return t.values
}

// longest returns the values of the longest prefix of words that keep accepts
// (given the number of its words and its values), and that number of words.
func (t *trie[V]) longest(words []string, keep func(n int, values []V) []V) ([]V, int) {
	var best []V
	bestN := 0
	for n, w := range words {
		if t = t.next[w]; t == nil {
			break
		}
		if len(t.values) > 0 {
			if kept := keep(n+1, t.values); len(kept) > 0 {
				best, bestN = kept, n+1
			}
		}
	}
	return best, bestN
}
