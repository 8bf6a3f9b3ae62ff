package eval

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"entente/internal/conllu"
)

// ParseScore holds the measures of the CoNLL 2018 shared task (Zeman et al.
// 2018, "Multilingual Parsing from Raw Text to Universal Dependencies"), and
// LAS with the subtypes of relations.
//
// Tokens, Sentences and Words compare spans of the text without white space.
// All others count a word of the system as right if it is aligned with a gold
// word of the same label, and give F1 over the words of both; with the gold
// words given, that is the accuracy.
type ParseScore struct {
	Tokens    PRF `json:"tokens"`
	Sentences PRF `json:"sentences"`
	Words     PRF `json:"words"`
	UPOS      PRF `json:"upos"`
	XPOS      PRF `json:"xpos"`
	Feats     PRF `json:"feats"` // the whole column, as a set
	Lemmas    PRF `json:"lemmas"`
	UAS       PRF `json:"uas"`
	LAS       PRF `json:"las"`      // without subtypes: nsubj:pass counts as nsubj
	LASFull   PRF `json:"las_full"` // with them
}

// Parse scores the sentences of a system against gold ones. It fails if the two
// do not hold the same text, white space aside.
func Parse(gold, system []conllu.Sentence) (ParseScore, error) {
	g, s := layOut(gold), layOut(system)
	if at, ok := sameText(g.text, s.text); !ok {
		return ParseScore{}, fmt.Errorf("the texts differ after %d characters without white space: gold %q, system %q",
			at, excerpt(g.text, at), excerpt(s.text, at))
	}
	if len(g.words) == 0 {
		return ParseScore{}, errors.New("there is no gold word to score by")
	}
	pairs := align(g.words, s.words)
	counterpart := map[*parsedWord]*parsedWord{}
	for _, p := range pairs {
		counterpart[p.gold] = p.system
	}
	score := func(right func(pair) bool) PRF {
		n := 0
		for _, p := range pairs {
			if right(p) {
				n++
			}
		}
		return prf(n, len(s.words), n, len(g.words))
	}
	headed := func(p pair) bool {
		if p.gold.head == nil || p.system.head == nil {
			return p.gold.head == p.system.head
		}
		return counterpart[p.gold.head] == p.system.head
	}
	return ParseScore{
		Tokens:    compareSpans(g.tokens, s.tokens),
		Sentences: compareSpans(g.sentences, s.sentences),
		Words:     score(func(pair) bool { return true }),
		UPOS:      score(func(p pair) bool { return p.gold.UPOS == p.system.UPOS }),
		XPOS:      score(func(p pair) bool { return p.gold.XPOS == p.system.XPOS }),
		Feats:     score(func(p pair) bool { return p.gold.Feats == p.system.Feats }),
		Lemmas:    score(func(p pair) bool { return p.gold.Lemma == "_" || p.gold.Lemma == p.system.Lemma }),
		UAS:       score(headed),
		LAS:       score(func(p pair) bool { return headed(p) && universal(p.gold.Deprel) == universal(p.system.Deprel) }),
		LASFull:   score(func(p pair) bool { return headed(p) && p.gold.Deprel == p.system.Deprel }),
	}, nil
}

// universal returns a relation without its subtype.
func universal(deprel string) string {
	main, _, _ := strings.Cut(deprel, ":")
	return main
}

// extent is a half-open range of characters, white space not counted.
type extent struct{ start, end int }

// parsedWord is a word in its place. Words of one token share its extent.
type parsedWord struct {
	conllu.Word
	extent
	split bool // the token has several words
	head  *parsedWord
}

// laidOut is a text with its sentences, tokens and words.
type laidOut struct {
	text              []rune // without white space
	sentences, tokens []extent
	words             []*parsedWord
}

func layOut(sentences []conllu.Sentence) laidOut {
	var l laidOut
	token := func(form string) extent {
		start := len(l.text)
		for _, r := range form {
			if !unicode.IsSpace(r) {
				l.text = append(l.text, r)
			}
		}
		e := extent{start, len(l.text)}
		l.tokens = append(l.tokens, e)
		return e
	}
	for _, s := range sentences {
		start, first := len(l.text), len(l.words)
		ranges := s.Ranges
		for i := 0; i < len(s.Words); {
			last, form := i+1, s.Words[i].Form
			split := len(ranges) > 0 && ranges[0].First == i+1
			if split {
				last, form = ranges[0].Last, ranges[0].Form
				ranges = ranges[1:]
			}
			for e := token(form); i < last; i++ {
				l.words = append(l.words, &parsedWord{Word: s.Words[i], extent: e, split: split})
			}
		}
		for _, w := range l.words[first:] {
			if w.Head > 0 {
				w.head = l.words[first+w.Head-1]
			}
		}
		l.sentences = append(l.sentences, extent{start, len(l.text)})
	}
	return l
}

// sameText returns where a and b begin to differ.
func sameText(a, b []rune) (int, bool) {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i, false
		}
	}
	return min(len(a), len(b)), len(a) == len(b)
}

func excerpt(text []rune, at int) string { return string(text[at:min(len(text), at+20)]) }

// compareSpans counts the extents that both lists have. Both are in order.
func compareSpans(gold, system []extent) PRF {
	n := 0
	for i, j := 0, 0; i < len(gold) && j < len(system); {
		switch g, s := gold[i], system[j]; {
		case g == s:
			n++
			i++
			j++
		case s.start < g.start || s.start == g.start && s.end < g.end:
			j++
		default:
			i++
		}
	}
	return prf(n, len(system), n, len(gold))
}

// pair is a gold word and the system's word for it.
type pair struct{ gold, system *parsedWord }

// align pairs words. Outside split tokens, words of the same extent belong
// together; around split tokens, the longest common subsequence of forms does.
func align(gold, system []*parsedWord) []pair {
	var pairs []pair
	for i, j := 0, 0; i < len(gold) && j < len(system); {
		g, s := gold[i], system[j]
		switch {
		case g.split && g.start < s.end || s.split && s.start < g.end:
			endG, endS := splitRegion(gold[i:], system[j:])
			pairs = append(pairs, commonWords(gold[i:i+endG], system[j:j+endS])...)
			i, j = i+endG, j+endS
		case g.extent == s.extent:
			pairs = append(pairs, pair{g, s})
			i++
			j++
		case g.start <= s.start:
			i++
		default:
			j++
		}
	}
	return pairs
}

// splitRegion returns how many words of either list lie in the smallest range
// of text that begins with the first words, holds a split token and ends
// between tokens on both sides.
func splitRegion(gold, system []*parsedWord) (endG, endS int) {
	end := system[0].end
	if gold[0].split && (!system[0].split || gold[0].start <= system[0].start) {
		end = gold[0].end
	}
	for {
		switch {
		case endG < len(gold) && gold[endG].start < end:
			end = extended(gold[endG], end)
			endG++
		case endS < len(system) && system[endS].start < end:
			end = extended(system[endS], end)
			endS++
		default:
			return endG, endS
		}
	}
}

// extended returns the end of a region after w: split tokens lie in it whole.
func extended(w *parsedWord, end int) int {
	if w.split {
		return max(end, w.end)
	}
	return end
}

// commonWords pairs words by the longest common subsequence of their forms,
// upper and lower case taken as equal.
func commonWords(gold, system []*parsedWord) []pair {
	same := func(i, j int) bool { return strings.EqualFold(gold[i].Form, system[j].Form) }
	length := make([][]int, len(gold)+1) // of what follows i, j
	for i := range length {
		length[i] = make([]int, len(system)+1)
	}
	for i := len(gold) - 1; i >= 0; i-- {
		for j := len(system) - 1; j >= 0; j-- {
			length[i][j] = max(length[i+1][j], length[i][j+1])
			if same(i, j) {
				length[i][j] = max(length[i][j], 1+length[i+1][j+1])
			}
		}
	}
	var pairs []pair
	for i, j := 0, 0; i < len(gold) && j < len(system); {
		switch {
		case same(i, j):
			pairs = append(pairs, pair{gold[i], system[j]})
			i++
			j++
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	return pairs
}
