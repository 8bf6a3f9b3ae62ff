package eval

import (
	"strings"
	"testing"

	"entente/internal/conllu"
)

func parsed(t *testing.T, text string) []conllu.Sentence {
	t.Helper()
	var all []conllu.Sentence
	// Columns are given by blanks, and the last two left out.
	var b strings.Builder
	for _, line := range strings.Split(text, "\n") {
		f := strings.Fields(line)
		if len(f) > 0 {
			f = append(f, "_", "_")
		}
		b.WriteString(strings.Join(f, "\t") + "\n")
	}
	for s, err := range conllu.Read(strings.NewReader(b.String()), "test") {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}

// The system splits "U.S." in two and reads "didn't" as one word, takes the
// two sentences for one and hangs "forces" wrong.
const goldTrees = `
1 U.S. U.S. PROPN NNP Number=Sing 2 compound
2 forces force NOUN NNS Number=Plur 5 nsubj
3-4 didn't _ _ _ _ _ _
3 did do AUX VBD Tense=Past 5 aux
4 n't not PART RB _ 5 advmod
5 leave leave VERB VB VerbForm=Inf 0 root
6 . . PUNCT . _ 5 punct

1 Kabul Kabul PROPN NNP Number=Sing 3 nsubj:pass
2 was be AUX VBD _ 3 aux:pass
3 held hold VERB VBN _ 0 root
`

const systemTrees = `
1 U.S U.S PROPN NNP Number=Sing 3 compound
2 . . PUNCT . _ 1 punct
3 forces force NOUN NN Number=Plur 4 nsubj
4 didn't do AUX VBD Tense=Past 5 aux
5 leave leave VERB VB VerbForm=Inf 0 root
6 . . PUNCT . _ 5 punct
7 Kabul Kabul PROPN NNP Number=Sing 9 nsubj
8 was be AUX VBD _ 9 aux:pass
9 held held VERB VBN _ 5 parataxis
`

// Counted by hand. Gold has 9 words, 8 tokens and 2 sentences; the system 9
// words, 9 tokens and 1 sentence. Tokens in common: forces, didn't, leave,
// ".", Kabul, was, held. Aligned words: the same without didn't, which is no
// word of the gold. Of these, forces has the wrong XPOS; held the wrong lemma;
// "forces" and "held" the wrong head; leave, ".", Kabul and was are right.
func TestParseByHand(t *testing.T) {
	got, err := Parse(parsed(t, goldTrees), parsed(t, systemTrees))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name      string
		got, want PRF
	}{
		{"tokens", got.Tokens, prf(7, 9, 7, 8)},
		{"sentences", got.Sentences, prf(0, 1, 0, 2)},
		{"words", got.Words, prf(6, 9, 6, 9)},
		{"upos", got.UPOS, prf(6, 9, 6, 9)},
		{"xpos", got.XPOS, prf(5, 9, 5, 9)},
		{"feats", got.Feats, prf(6, 9, 6, 9)},
		{"lemmas", got.Lemmas, prf(5, 9, 5, 9)},
		{"uas", got.UAS, prf(4, 9, 4, 9)},
		{"las", got.LAS, prf(4, 9, 4, 9)},
		{"las with subtypes", got.LASFull, prf(3, 9, 3, 9)},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %+v, want %+v", c.name, c.got, c.want)
		}
	}
}

func TestParseOfGoldIsRight(t *testing.T) {
	got, err := Parse(parsed(t, goldTrees), parsed(t, goldTrees))
	if err != nil {
		t.Fatal(err)
	}
	all := prf(9, 9, 9, 9)
	if got.Words != all || got.LASFull != all || got.Tokens != prf(8, 8, 8, 8) || got.Sentences != prf(2, 2, 2, 2) {
		t.Errorf("gold against itself: %+v", got)
	}
}

// Both split the token, one of them into more words.
func TestParseAlignsSplitTokens(t *testing.T) {
	system := parsed(t, strings.Replace(goldTrees, `3-4 didn't _ _ _ _ _ _
3 did do AUX VBD Tense=Past 5 aux
4 n't not PART RB _ 5 advmod
5 leave leave VERB VB VerbForm=Inf 0 root
6 . . PUNCT . _ 5 punct`, `3-5 didn't _ _ _ _ _ _
3 did do AUX VBD Tense=Past 6 aux
4 n n PART RB _ 6 advmod
5 't not PART RB _ 6 advmod
6 leave leave VERB VB VerbForm=Inf 0 root
7 . . PUNCT . _ 6 punct`, 1))
	system[0].Words[1].Head = 6
	got, err := Parse(parsed(t, goldTrees), system)
	if err != nil {
		t.Fatal(err)
	}
	if want := prf(8, 10, 8, 9); got.Words != want || got.LAS != want {
		t.Errorf("words %+v, LAS %+v, want %+v", got.Words, got.LAS, want)
	}
}

func TestParseRefusesOtherText(t *testing.T) {
	other := parsed(t, strings.ReplaceAll(systemTrees, "Kabul", "Kobul"))
	_, err := Parse(parsed(t, goldTrees), other)
	if err == nil || !strings.Contains(err.Error(), `after 23 characters`) {
		t.Errorf("got %v", err)
	}
}
