package trees

import (
	"slices"
	"strings"
	"testing"

	"entente/extract/nlp"
	"entente/graph"
	"entente/internal/conllu"
)

const treebank = `# newdoc id = a
# newpar
# sent_id = 1
1-2	Don't	_	_	_	_	_	_	_	_
1	Do	do	AUX	VB	_	3	aux	_	_
2	n't	not	PART	RB	_	3	advmod	_	_
3	go	go	VERB	VB	_	0	root	_	SpaceAfter=No
4	!	!	PUNCT	.	_	3	punct	_	_

# sent_id = 2
1	No	no	INTJ	UH	_	0	root	_	SpaceAfter=No
2	.	.	PUNCT	.	_	1	punct	_	_

# newpar
# sent_id = 3
1	Yes	yes	INTJ	UH	_	0	root	_	Entity=(1)|Note=x

`

func read(t *testing.T) []conllu.Sentence {
	t.Helper()
	var all []conllu.Sentence
	for s, err := range conllu.Read(strings.NewReader(treebank), "treebank") {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}

func TestText(t *testing.T) {
	if got, want := Text(read(t)), "Don't go! No.\n\nYes"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestReparseKeepsWhatIsGiven(t *testing.T) {
	parser, err := nlp.NewFast()
	if err != nil {
		t.Fatal(err)
	}
	given := read(t)
	got := Reparse(parser, given)
	for i, s := range got {
		if !slices.Equal(s.Comments, given[i].Comments) || !slices.Equal(s.Ranges, given[i].Ranges) || len(s.Words) != len(given[i].Words) {
			t.Errorf("sentence %d: got %+v, want the words of %+v", i+1, s, given[i])
		}
	}
	if misc := got[2].Words[0].Misc; !strings.HasSuffix(misc, "Note=x") || strings.Contains(misc, "(1)") {
		t.Errorf("MISC: got %q, want the note and not the old name", misc)
	}
	if given[0].Words[0].Lemma != "do" || given[2].Words[0].Misc != "Entity=(1)|Note=x" {
		t.Error("what was given has changed")
	}
}

func TestOfDocument(t *testing.T) {
	text := "Don't go."
	doc := nlp.Document{Text: text, Sentences: []nlp.Sentence{{Span: graph.Span{End: len(text)}, Tokens: []nlp.Token{
		{Span: graph.Span{Start: 0, End: 2}, Text: "Do", Tag: "VB", Head: 3, Deprel: "aux"},
		{Span: graph.Span{Start: 2, End: 5}, Text: "n't", Tag: "RB", Head: 3, Deprel: "advmod"},
		{Span: graph.Span{Start: 6, End: 8}, Text: "go", Tag: "VB", Deprel: "root", Entity: "B-PER"},
		{Span: graph.Span{Start: 8, End: 9}, Text: ".", Tag: ".", Head: 3, Deprel: "punct"},
	}}}}
	var b strings.Builder
	if err := conllu.Write(&b, OfDocument(doc, "a")); err != nil {
		t.Fatal(err)
	}
	want := `# newdoc id = a
# newpar
# sent_id = a-1
# text = Don't go.
1-2	Don't	_	_	_	_	_	_	_	_
1	Do	_	_	VB	_	3	aux	_	_
2	n't	_	_	RB	_	3	advmod	_	_
3	go	_	_	VB	_	0	root	_	Entity=B-PER|SpaceAfter=No
4	.	_	_	.	_	3	punct	_	_

`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}
