package main

import (
	"strings"
	"unicode/utf8"

	"entente/extract"
)

// A dependency tree is drawn with a word a line, in their order. A head has a
// column of its own, to the right of its own head's, in which a line runs past
// all its dependents:
//
//	┌─Macron        nsubj      NNP  Macron
//	╞═condemned     root       VBD  condemn
//	│ ┌─┬─Russia    nmod:poss  NNP  Russia
//	│ │ └─'s        case       POS  's
//	├─┴─tone        obj        NN   tone
//	└─.             punct      .    .

const (
	// treeWidth is the width that a drawing should not exceed.
	treeWidth = 80
	// maxCell is the length of the longest word that is printed whole.
	maxCell = 24
	// maxTree is the number of words up to which a tree is drawn.
	maxTree = 256
)

// tree prints the tree of a sentence, if it has one.
func (s *screen) tree(tokens []extract.Token) {
	const margin = "     "
	t, ok := newTree(tokens)
	if !ok {
		return
	}
	if len(tokens) > maxTree {
		s.linef("%s%s", margin, s.paint(faint, "the tree of "+plural(len(tokens), "word")+" is not drawn"))
		return
	}
	rows, widths := rowsOf(tokens)
	lines := t.draw(2)
	if len(margin)+width(lines, rows, widths) > treeWidth {
		lines = t.draw(1)
	}
	first := widthOfWords(lines, rows)
	for i, row := range rows {
		text := row[0] + pad(first-utf8.RuneCountInString(lines[i]+row[0]))
		for c, cell := range row[1:] {
			text += "  " + cell + pad(widths[c+1]-utf8.RuneCountInString(cell))
		}
		s.linef("%s%s%s", margin, s.paint(faint, lines[i]), strings.TrimRight(text, " "))
	}
}

// rowsOf returns what is said of each word, and the width of each column.
func rowsOf(tokens []extract.Token) (rows [][5]string, widths [5]int) {
	for _, t := range tokens {
		row := [5]string{oneLine(t.Text), oneLine(t.Deprel), oneLine(t.Tag), oneLine(t.Lemma)}
		if t.Entity != "O" {
			row[4] = oneLine(t.Entity)
		}
		for i, cell := range row {
			if r := []rune(cell); len(r) > maxCell {
				cell = string(r[:maxCell-1]) + "…"
			}
			row[i] = cell
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
		rows = append(rows, row)
	}
	return rows, widths
}

// width returns the width of the drawing without its margin.
func width(lines []string, rows [][5]string, widths [5]int) int {
	sum := widthOfWords(lines, rows)
	for _, w := range widths[1:] {
		if w > 0 {
			sum += 2 + w
		}
	}
	return sum
}

// widthOfWords returns the width of the first column, the tree with the words.
func widthOfWords(lines []string, rows [][5]string) int {
	widest := 0
	for i, row := range rows {
		widest = max(widest, utf8.RuneCountInString(lines[i]+row[0]))
	}
	return widest
}

func pad(n int) string { return strings.Repeat(" ", max(0, n)) }

// hasTree reports whether the engine gave a sentence a tree.
func hasTree(tokens []extract.Token) bool { return len(tokens) > 0 && tokens[0].Deprel != "" }

// tree is a tree ready to be drawn. Words are numbered from 0.
type tree struct {
	heads       []int // -1 for the root
	first, last []int // rows that the line of a head runs over; its own if it has no dependents
	column      []int // of the line of a head; -1 without dependents
}

// newTree returns false unless the tokens are one tree.
func newTree(tokens []extract.Token) (*tree, bool) {
	n := len(tokens)
	t := &tree{heads: make([]int, n), first: make([]int, n), last: make([]int, n), column: make([]int, n)}
	dependents := make([][]int, n)
	root := -1
	for i, token := range tokens {
		h := token.Head - 1
		t.heads[i], t.first[i], t.last[i], t.column[i] = h, i, i, -1
		switch {
		case h >= n || h < -1 || token.Deprel == "" || h == -1 && root >= 0:
			return nil, false
		case h == -1:
			root = i
		default:
			dependents[h] = append(dependents[h], i)
		}
	}
	if root < 0 {
		return nil, false
	}
	// From the root down: what is not reached hangs in a cycle.
	order := []int{root}
	for k := 0; k < len(order); k++ {
		order = append(order, dependents[order[k]]...)
	}
	if len(order) < n {
		return nil, false
	}
	for i, all := range dependents {
		if len(all) > 0 {
			t.first[i], t.last[i] = min(i, all[0]), max(i, all[len(all)-1])
		}
	}
	if n <= maxTree { // others are not drawn, and it takes the square of their length
		t.place(order, dependents)
	}
	return t, true
}

// place gives every head the first column to the right of its own head's in
// which no other line is in the way. In a tree whose lines do not cross, that
// is its depth.
func (t *tree) place(order []int, dependents [][]int) {
	lines := [][]int{} // heads by column
	for _, i := range order {
		if len(dependents[i]) == 0 {
			continue
		}
		c := 0
		if t.heads[i] >= 0 {
			c = t.column[t.heads[i]] + 1
		}
		for c < len(lines) && t.blocked(lines[c], i) {
			c++
		}
		for c >= len(lines) {
			lines = append(lines, nil)
		}
		lines[c] = append(lines[c], i)
		t.column[i] = c
	}
}

func (t *tree) blocked(others []int, i int) bool {
	for _, o := range others {
		if t.first[o] <= t.last[i] && t.first[i] <= t.last[o] {
			return true
		}
	}
	return false
}

// draw returns what stands before each word. A column takes step characters.
func (t *tree) draw(step int) []string {
	lines := make([]string, len(t.heads))
	for i := range t.heads {
		lines[i] = t.row(i, step)
	}
	return lines
}

func (t *tree) row(i, step int) string {
	marks := map[int]rune{} // by column
	from, to := 0, 0        // columns that the word's own branch runs over
	for h, c := range t.column {
		if c < 0 || i < t.first[h] || i > t.last[h] {
			continue
		}
		marks[c] = t.mark(h, i)
		to = max(to, c)
		if h == t.heads[i] || h == i && t.heads[i] < 0 {
			from = c
		}
	}
	branch := '─'
	if t.heads[i] < 0 {
		branch = '═'
	}
	var b strings.Builder
	for c := 0; c <= to; c++ {
		line := ' '
		if c >= from {
			line = branch
		}
		mark, ok := marks[c]
		if !ok {
			mark = line
		}
		b.WriteRune(mark)
		b.WriteString(strings.Repeat(string(line), step-1))
	}
	return b.String()
}

// mark returns what the line of head h looks like in row i.
func (t *tree) mark(h, i int) rune {
	above, below := i > t.first[h], i < t.last[h]
	kinds := [...]rune{'│', '│', '│'} // only below, only above, both
	switch {
	case h == i && t.heads[h] < 0:
		kinds = [...]rune{'╒', '╘', '╞'}
	case h == i:
		kinds = [...]rune{'┬', '┴', '┼'}
	case t.heads[i] == h:
		kinds = [...]rune{'┌', '└', '├'}
	}
	switch {
	case above && below:
		return kinds[2]
	case above:
		return kinds[1]
	}
	return kinds[0]
}
