package neural

// The marks that come in pairs.
var closing = map[string]string{
	"(": ")", "[": "]", "{": "}", "“": "”", "‘": "’", "«": "»", "``": "''", "\"": "\"", "'": "'", "-LRB-": "-RRB-",
}

// AttachPunctuation gives the words labelled punct the heads that the
// guidelines of Universal Dependencies ask for; heads[i] is the number, from 1,
// of the head of word i, 0 for the root. No word hangs from a mark afterwards,
// save where the root is a mark, which leaves all as it is. What is a tree
// stays one.
//
// Marks are attached to the tree of the other words: what ends the sentence to the root; a pair to
// the highest word between; any other mark between a dependent unit and what it
// depends on to the head of the unit. (A parser has to learn this from
// examples, and then errs where long distances are.) Cost is linear but for
// deep trees.
func AttachPunctuation(words []string, punct []bool, heads []int) {
	n := len(words)
	root := -1
	for i, h := range heads {
		if h == 0 {
			root = i
		}
	}
	if root < 0 || punct[root] {
		return
	}
	for i := range heads {
		for h := heads[i]; h > 0 && punct[h-1]; h = heads[i] {
			heads[i] = heads[h-1]
		}
	}
	paired := make([]bool, n)
	attachPairs(words, punct, heads, paired)
	for i := range words {
		if punct[i] && !paired[i] {
			heads[i] = 1 + unit(i, root, punct, heads)
		}
	}
}

// attachPairs attaches marks that come in pairs and notes them.
func attachPairs(words []string, punct []bool, heads []int, paired []bool) {
	var open []int
	for i, w := range words {
		if !punct[i] {
			continue
		}
		at := len(open) - 1
		for at >= 0 && closing[words[open[at]]] != w {
			at--
		}
		if at < 0 {
			if closing[w] != "" {
				open = append(open, i)
			}
			continue
		}
		first := open[at]
		open = open[:at]
		if top := highest(first, i, punct, heads); top >= 0 {
			heads[first], heads[i] = top+1, top+1
			paired[first], paired[i] = true, true
		}
	}
}

// highest returns the first word between two marks whose head is not between
// them, the root if it is there, -1 if there is no word.
func highest(first, last int, punct []bool, heads []int) int {
	top := -1
	for i := first + 1; i < last; i++ {
		h := heads[i] - 1
		if punct[i] || h > first && h < last {
			continue
		}
		if h < 0 {
			return i
		}
		if top < 0 {
			top = i
		}
	}
	return top
}

// unit returns the word that a mark at i belongs to.
func unit(i, root int, punct []bool, heads []int) int {
	left, right := i-1, i+1
	for left >= 0 && punct[left] {
		left--
	}
	for right < len(heads) && punct[right] {
		right++
	}
	if right == len(heads) {
		return root
	}
	for heads[right] > 0 && heads[right]-1 > i {
		right = heads[right] - 1
	}
	if left < 0 {
		return right
	}
	for heads[left] > 0 && heads[left]-1 < i {
		left = heads[left] - 1
	}
	switch {
	case under(right, left, heads):
		return right
	case under(left, right, heads):
		return left
	case height(left, heads) >= height(right, heads):
		return left
	}
	return right
}

// under reports whether word i depends on word h, directly or not.
func under(i, h int, heads []int) bool {
	for heads[i] > 0 {
		if i = heads[i] - 1; i == h {
			return true
		}
	}
	return false
}

// height is the number of words between a word and the root.
func height(i int, heads []int) int {
	n := 0
	for ; heads[i] > 0; i = heads[i] - 1 {
		n++
	}
	return n
}
