package train

import (
	"strings"
	"unicode/utf8"

	"entente/extract/nlp"
	"entente/extract/nlp/neural"
	"entente/graph"
	"entente/internal/corpus"
	corpusdata "entente/internal/train/corpus"
)

// linking are small words within names.
var linking = set("- – of for and the & ' 's ’s de del della di da do dos das du des der den von van bin ibn al el la le les et y e und pour para ap ab ibni bint binti abu ould ul ur uz zu zur ter ten af av dos lo ben bar")

// determiners may begin a description.
var determiners = set("the a an his her its their")

// titles are the last words of what stands before a person's name.
var titles = set(`president vice-president minister premier chancellor secretary general colonel major captain lieutenant commander admiral
	brigadier marshal governor mayor senator representative congressman congresswoman deputy ambassador envoy nuncio justice judge
	king queen prince princess emir sultan sheikh shaikh pope bishop archbishop cardinal patriarch catholicos rabbi imam ayatollah
	mr mrs ms miss dr prof professor sir lord lady dame mr. mrs. ms. dr. prof. gen. col. maj. capt. lt. sgt. sen. rep. gov. rev. st.
	reverend father sister brother chief chairman chairwoman chairperson director spokesman spokeswoman spokesperson commissioner
	speaker attorney prosecutor sergeant corporal private coach leader adviser advisor candidate consul inspector premier
	undersecretary chairman head officer mp dissident lawyer journalist`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// titleLength returns how many words at the start of a person's mention are
// titles: all up to the last of them, with "of State" and the like.
func titleLength(words []string) int {
	n := 0
	for i, w := range words {
		if titles[strings.ToLower(w)] {
			n = i + 1
		}
	}
	if n > 0 && n+1 < len(words) && (words[n] == "of" || words[n] == "for") {
		n += 2
		for n < len(words) && strings.ToLower(words[n]) == words[n] {
			n++
		}
	}
	return n
}

// ownSentences reads the sentences of our own writing; test are those set
// aside.
func ownSentences(u usage) (train, test []sentence, err error) {
	cases, err := corpus.ReadFS(corpusdata.Files)
	if err != nil {
		return nil, nil, err
	}
	for _, c := range cases {
		if s := fromMarks(c, u); corpus.HeldOut(c) {
			test = append(test, s)
		} else {
			train = append(train, s)
		}
	}
	return train, test, nil
}

// fromMarks turns a sentence with marked actors into words and names.
func fromMarks(c corpus.Case, u usage) sentence {
	s := sentence{opens: true}
	add := func(start, end int) []string {
		from := len(s.words)
		for _, span := range nlp.Tokenise(c.Text, graph.Span{Start: start, End: end}) {
			s.words = append(s.words, c.Text[span.Start:span.End])
		}
		return s.words[from:]
	}
	plain := func(start, end int) {
		for i, w := range add(start, end) {
			name := "O"
			if isCapital(w) && start+i > 0 && u[neural.Key(w)] == "ADJ" {
				name = "" // a nation's adjective need not be an actor
			}
			s.names = append(s.names, name)
		}
	}
	at := 0
	for _, m := range c.Marks {
		plain(at, m.Span.Start)
		first := len(s.words) == 0
		s.names = append(s.names, nameIn(m.Type, add(m.Span.Start, m.Span.End), first, u)...)
		at = m.Span.End
	}
	plain(at, len(c.Text))
	return s
}

// nameIn labels the words of one mark. Where the mark describes more than it
// names ("Mexico's foreign ministry"), its capitalised words are unknown.
func nameIn(kind string, words []string, first bool, u usage) []string {
	names := make([]string, len(words))
	for i, w := range words {
		if !isCapital(w) {
			names[i] = "O"
		}
	}
	start := 0
	if determiners[strings.ToLower(words[0])] {
		names[0] = "O"
		start, first = 1, false
	}
	for start < len(words) && !isCapital(words[start]) && kind != "person" {
		start, first = start+1, false
	}
	if start == len(words) {
		return names
	}
	rest := words[start:]
	key := neural.Key(rest[0])
	switch {
	case kind == "person":
		n := 0 // after titles and descriptions
		for i, w := range rest {
			if !isCapital(w) && !linking[w] {
				n = i + 1
			}
		}
		n += titleLength(rest[n:])
		if n < len(rest) && allCapital(rest[n:]) {
			for i := range start + n {
				if names[i] == "" && u[neural.Key(words[i])] != "ADJ" {
					names[i] = "O" // a title
				}
			}
			mark(names, start+n, len(words), person)
		}
	case first && len(rest) == 1 && (u[key] == "NOUN" || u[key] == "VERB"):
		names[start] = "O" // "Police", "Farmers"
	case kind == "state" || kind == "place":
		if !allCapital(rest) {
			break
		}
		switch answer := demonym(rest, u); {
		case answer == yes:
			mark(names, start, len(words), people)
		case answer == no || kind == "place":
			mark(names, start, len(words), location)
		}
	case kind == "people":
		if first && len(rest) > 1 && u[key] != "ADJ" && u[key] != "PROPN" {
			break
		}
		end := 1
		if allCapital(rest) {
			end = len(rest)
		}
		mark(names, start, start+end, people)
	case kind != "other" && allCapital(rest) && demonym(rest, u) != yes:
		mark(names, start, len(words), organisation)
	}
	return names
}

type answer int

const (
	unsure answer = iota
	yes
	no
)

// demonym says whether words are the adjective or noun of a nation.
func demonym(words []string, u usage) answer {
	if len(words) > 1 {
		return no
	}
	word := words[0]
	switch u[neural.Key(word)] {
	case "ADJ":
		return yes
	case "PROPN":
		return no
	}
	for _, end := range []string{"ian", "ese", "ish", "ean", "stani", "ians", "eans"} {
		if strings.HasSuffix(word, end) {
			return yes
		}
	}
	for _, end := range []string{"an", "i", "ic", "ans", "is"} {
		if strings.HasSuffix(word, end) {
			return unsure
		}
	}
	return no
}

// allCapital reports whether words could be one name: capitalised or numbers
// at both ends, and small words only between.
func allCapital(words []string) bool {
	for i, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		inner := i > 0 && i < len(words)-1
		if !isCapital(w) && (r < '0' || r > '9') && (!inner || !linking[w]) {
			return false
		}
	}
	return isCapital(words[0])
}
