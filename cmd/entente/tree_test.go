package main

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"entente/extract"
)

// tokensOf reads "word head relation tag lemma name" lines.
func tokensOf(t *testing.T, lines string) []extract.Token {
	t.Helper()
	var tokens []extract.Token
	for line := range strings.Lines(strings.TrimSpace(lines)) {
		f := strings.Fields(line)
		head, err := strconv.Atoi(f[1])
		if err != nil {
			t.Fatal(err)
		}
		tokens = append(tokens, extract.Token{Text: f[0], Head: head, Deprel: f[2], Tag: f[3], Lemma: f[4], Entity: f[5]})
	}
	return tokens
}

// drawn returns what is printed of a tree.
func drawn(tokens []extract.Token) string {
	var b strings.Builder
	s := &screen{w: bufio.NewWriter(&b)}
	s.tree(tokens)
	s.w.Flush()
	return b.String()
}

func TestTree(t *testing.T) {
	tokens := tokensOf(t, `
President 2 nmod:desc NNP President O
Emmanuel 4 nsubj NNP Emmanuel B-PER
Macron 2 flat NNP Macron I-PER
condemned 0 root VBD condemn O
Russia 7 nmod:poss NNP Russia B-LOC
's 5 case POS 's O
tone 4 obj NN tone O
. 4 punct . . O`)
	want := `
       ┌─President  nmod:desc  NNP  President
     ┌─┼─Emmanuel   nsubj      NNP  Emmanuel   B-PER
     │ └─Macron     flat       NNP  Macron     I-PER
     ╞═condemned    root       VBD  condemn
     │ ┌─┬─Russia   nmod:poss  NNP  Russia     B-LOC
     │ │ └─'s       case       POS  's
     ├─┴─tone       obj        NN   tone
     └─.            punct      .    .
`
	if got := "\n" + drawn(tokens); got != want {
		t.Errorf("got%s\nwant%s", got, want)
	}
}

// Lines that cross have columns of their own.
func TestTreeWithCrossingLines(t *testing.T) {
	tokens := tokensOf(t, `
A 2 det DT a O
hearing 4 nsubj:pass NN hearing O
is 4 aux:pass VBZ be O
scheduled 0 root VBN schedule O
on 7 case IN on O
the 7 det DT the O
issue 2 nmod NN issue O
today 4 obl NN today O`)
	want := `
       ┌─A          det         DT   a
     ┌─┼─hearing    nsubj:pass  NN   hearing
     ├─│─is         aux:pass    VBZ  be
     ╞═│═scheduled  root        VBN  schedule
     │ │ ┌─on       case        IN   on
     │ │ ├─the      det         DT   the
     │ └─┴─issue    nmod        NN   issue
     └─today        obl         NN   today
`
	if got := "\n" + drawn(tokens); got != want {
		t.Errorf("got%s\nwant%s", got, want)
	}
}

// Even a chain of thirty words fits, as its lines move together.
func TestDeepTreeFits(t *testing.T) {
	var tokens []extract.Token
	for i := range 30 {
		tokens = append(tokens, extract.Token{Text: "minister", Head: i, Deprel: "acl:relcl", Tag: "VBN", Lemma: "minister", Entity: "B-PER"})
	}
	lines := strings.Split(strings.TrimSuffix(drawn(tokens), "\n"), "\n")
	if len(lines) != 30 {
		t.Errorf("%d lines", len(lines))
	}
	for _, line := range lines {
		if n := utf8.RuneCountInString(line); n > treeWidth {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}

func TestLongWordsAreCut(t *testing.T) {
	long := strings.Repeat("a", 80)
	got := drawn([]extract.Token{{Text: long, Deprel: "root", Tag: "NN", Lemma: long, Entity: "O"}})
	cut := long[:maxCell-1] + "…"
	if want := "     ══" + cut + "  root  NN  " + cut + "\n"; got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestWhatIsNoTreeIsNotDrawn(t *testing.T) {
	for name, heads := range map[string][]int{
		"empty": {}, "no root": {2, 1}, "two roots": {0, 0}, "a cycle": {0, 3, 2}, "beyond": {0, 7}, "below": {0, -1},
	} {
		var tokens []extract.Token
		for _, h := range heads {
			tokens = append(tokens, extract.Token{Text: "w", Head: h, Deprel: "dep"})
		}
		if got := drawn(tokens); got != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := drawn([]extract.Token{{Text: "w"}}); got != "" {
		t.Errorf("without relation: %q", got)
	}
	long := make([]extract.Token, maxTree+1)
	for i := range long {
		long[i] = extract.Token{Text: "w", Head: i, Deprel: "dep"}
	}
	if got := drawn(long); got != "     the tree of 257 words is not drawn\n" {
		t.Errorf("long: %q", got)
	}
}

// Whoever follows the lines of a drawing comes to the heads.
func TestTreesCanBeReadBack(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		tokens := randomTree(rng, 1+rng.IntN(14))
		tree, ok := newTree(tokens)
		if !ok {
			t.Fatalf("no tree: %v", tokens)
		}
		for step := 1; step <= 2; step++ {
			lines := tree.draw(step)
			for i, token := range tokens {
				if got := headIn(lines, i); got != token.Head-1 {
					t.Fatalf("word %d hangs from %d, drawn from %d in\n%s", i, token.Head-1, got, strings.Join(lines, "\n"))
				}
			}
		}
	}
}

// randomTree returns a tree whose lines may cross.
func randomTree(rng *rand.Rand, n int) []extract.Token {
	order := rng.Perm(n)
	tokens := make([]extract.Token, n)
	for k, i := range order {
		tokens[i] = extract.Token{Text: fmt.Sprint(i), Deprel: "dep"}
		if k > 0 {
			tokens[i].Head = order[rng.IntN(k)] + 1
		}
	}
	return tokens
}

// headIn returns the head of word i by the lines of a drawing, -1 for the root.
func headIn(lines []string, i int) int {
	at := func(row, column int) rune {
		if r := []rune(lines[row]); column < len(r) {
			return r[column]
		}
		return ' '
	}
	for column := range []rune(lines[i]) {
		switch at(i, column) {
		case '═', '╒', '╘', '╞':
			return -1
		case '┌':
			return follow(at, i, column, 1, len(lines))
		case '└':
			return follow(at, i, column, -1, len(lines))
		case '├':
			return max(follow(at, i, column, 1, len(lines)), follow(at, i, column, -1, len(lines)))
		}
	}
	return -1
}

// follow goes along a line to the head it belongs to, or returns -2 where the
// line ends.
func follow(at func(row, column int) rune, row, column, way, rows int) int {
	for row += way; row >= 0 && row < rows; row += way {
		switch at(row, column) {
		case '┬', '┴', '┼', '╒', '╘', '╞':
			return row
		case '│', '├':
		default:
			return -2
		}
	}
	return -2
}
