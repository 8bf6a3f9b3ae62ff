package nlp

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/extract/nlp/lemma"
	"entente/graph"

	prose "github.com/jdkato/prose/v2"
)

// Prose is the Engine that takes tokens, tags and names from prose v2, with our
// own sentences, lemmas and trees. One Prose holds one loaded model (about 20
// MB) and serves any number of goroutines.
//
// It works round these faults of prose v2.0.0: the model is decoded again at
// every call (shared here); its sentence splitter is rebuilt at every call and
// breaks at titles (ours is used); tokens have no offsets (recovered through
// normalised text); curly quotes, dashes and single quotes are not split off
// (normalised before); splitting is quadratic in a run without white space
// (runs are cut); all repetitions of a word in a text share one tag (see
// tag); a name at the very end is lost (a full stop is added); and a name takes
// in the numbers after it (they are cut off).
type Prose struct {
	model  *prose.Model
	lemmas *lemma.Lemmatiser
	parser *Neural // nil for no trees
}

// NewProse loads prose's models, which takes about 0.2 s. Trees, and universal
// parts of speech and features, come from parser; there are none if it is nil.
func NewProse(parser *Neural) *Prose {
	doc, err := prose.NewDocument("", prose.WithSegmentation(false))
	if err != nil {
		panic("prose: its built-in model does not load: " + err.Error()) // the model is part of the binary
	}
	lemmas, err := LoadLemmas()
	if err != nil {
		panic("lemmas: the built-in file does not load: " + err.Error()) // so is it
	}
	return &Prose{model: doc.Model, lemmas: lemmas, parser: parser}
}

// Analyse implements Engine.
func (p *Prose) Analyse(text string) Document {
	doc := Document{Text: text}
	for n, para := range paragraphs(text) {
		for _, span := range sentences(text, para) {
			doc.Sentences = append(doc.Sentences, Sentence{
				Span: span, Paragraph: n, Tokens: p.tokens(text, span),
			})
		}
	}
	if p.parser != nil {
		p.parser.addTrees(&doc)
	}
	return doc
}

// tokens returns the tokens of one sentence.
func (p *Prose) tokens(text string, span graph.Span) []Token {
	plain := normalise(text[span.Start:span.End])
	found, names := p.read(plain.text)
	var tokens []Token
	push := func(s, e int, tag, name string) {
		if n := len(tokens); n > 0 && s < tokens[n-1].Span.End {
			s = tokens[n-1].Span.End // both halves of one split rune
		}
		if s < e {
			tokens = append(tokens, Token{Span: graph.Span{Start: s, End: e}, Text: text[s:e], Tag: tag, Entity: name})
		}
	}
	quotes := plain.quotes
	quotesUpTo := func(at int) {
		for len(quotes) > 0 && quotes[0] < at {
			_, size := utf8.DecodeRuneInString(text[span.Start+quotes[0]:])
			push(span.Start+quotes[0], span.Start+quotes[0]+size, TagQuote, "O")
			quotes = quotes[1:]
		}
	}
	at := 0
	add := func(start, end int, tag, name string) {
		quotesUpTo(plain.origin[start])
		last := end - 1
		push(span.Start+plain.origin[start], span.Start+plain.origin[last]+plain.size[last], tag, name)
	}
	for k, tok := range found {
		i := strings.Index(plain.text[at:], tok.Text)
		if i < 0 || tok.Text == "" {
			continue // prose rewrote it; the gap below picks the bytes up
		}
		gaps(plain.text, at, at+i, add)
		add(at+i, at+i+len(tok.Text), tok.Tag, names[k])
		at += i + len(tok.Text)
	}
	gaps(plain.text, at, len(plain.text), add)
	quotesUpTo(span.Len())
	tokens = joinInitials(tokens)
	for i, t := range tokens {
		tokens[i].Lemma = p.lemmas.Lemma(t.Text, t.UPOS, t.Tag)
	}
	return tokens
}

// joinInitials puts the full stop back to an initial ("R. Politik"), which
// prose splits off.
func joinInitials(tokens []Token) []Token {
	out := tokens[:0]
	for i, t := range tokens {
		if n := len(out); t.Text == "." && i+1 < len(tokens) && n > 0 &&
			isInitial(out[n-1].Text) && out[n-1].Span.End == t.Span.Start {
			out[n-1].Span.End = t.Span.End
			out[n-1].Text += "."
			continue
		}
		out = append(out, t)
	}
	return out
}

// gaps gives every white-space separated piece of text[start:end], which prose
// lost, to add.
func gaps(text string, start, end int, add func(start, end int, tag, name string)) {
	for start < end {
		r, size := utf8.DecodeRuneInString(text[start:end])
		if unicode.IsSpace(r) {
			start += size
			continue
		}
		stop := start
		for stop < end {
			r, size := utf8.DecodeRuneInString(text[stop:end])
			if unicode.IsSpace(r) {
				break
			}
			stop += size
		}
		add(start, stop, "SYM", "O")
		start = stop
	}
}

// read returns prose's tokens of one sentence, and for each what name it is part
// of.
func (p *Prose) read(text string) ([]prose.Token, []string) {
	tokens := p.tag(text, maxRetags)
	doc, err := prose.NewDocument(text+" .", prose.UsingModel(p.model), prose.WithSegmentation(false))
	if err != nil {
		return tokens, outside(len(tokens)) // NewDocument of v2.0.0 never returns one
	}
	return tokens, namesOf(tokens, doc.Entities())
}

// proseTypes says what we call the types of prose's names.
var proseTypes = map[string]string{"PERSON": "PER", "ORGANIZATION": "ORG", "GPE": "LOC", "LOCATION": "LOC", "FACILITY": "LOC"}

// namesOf finds the names, which come without a place, among the tokens.
func namesOf(tokens []prose.Token, entities []prose.Entity) []string {
	names := outside(len(tokens))
	at := 0
	for _, e := range entities {
		words := strings.Fields(e.Text)
		kind := proseTypes[e.Label]
		for i := at; kind != "" && i+len(words) <= len(tokens); i++ {
			if !startsWith(tokens[i:], words) {
				continue
			}
			at = i + len(words)
			mark := "B-"
			for k := i; k < at && strings.HasPrefix(tokens[k].Tag, "NNP"); k++ {
				names[k] = mark + kind
				mark = "I-"
			}
			break
		}
	}
	return names
}

func startsWith(tokens []prose.Token, words []string) bool {
	for i, w := range words {
		if tokens[i].Text != w {
			return false
		}
	}
	return len(words) > 0
}

func outside(n int) []string { return slices.Repeat([]string{"O"}, n) }

// maxRetags bounds the further calls that one sentence may cost.
const maxRetags = 4

// tag calls prose. Since prose gives all repetitions of a word the tag of the
// last one ("the attack … they attack"), what stands before the last repeated
// verb or noun is tagged once more without it.
func (p *Prose) tag(text string, retags int) []prose.Token {
	doc, err := prose.NewDocument(text, prose.UsingModel(p.model),
		prose.WithSegmentation(false), prose.WithExtraction(false))
	if err != nil {
		return nil // NewDocument of v2.0.0 never returns one
	}
	tokens := doc.Tokens()
	if retags == 0 {
		return tokens
	}
	last := lastRepeated(tokens)
	if last < 0 {
		return tokens
	}
	at := 0
	for _, tok := range tokens[:last] {
		i := strings.Index(text[at:], tok.Text)
		if i < 0 {
			return tokens
		}
		at += i + len(tok.Text)
	}
	before := p.tag(text[:at], retags-1)
	if len(before) != last {
		return tokens // cut where prose splits otherwise: keep the first reading
	}
	copy(tokens, before)
	return tokens
}

// lastRepeated returns the index of the last token that is a verb or common
// noun and stands earlier too, or -1.
func lastRepeated(tokens []prose.Token) int {
	first := make(map[string]int, len(tokens))
	last := -1
	for i, tok := range tokens {
		if tok.Tag == "" || (tok.Tag[0] != 'V' && tok.Tag != "NN" && tok.Tag != "NNS") {
			continue
		}
		if _, ok := first[tok.Text]; ok {
			last = i
		} else {
			first[tok.Text] = i
		}
	}
	return last
}

// normalised is a sentence rewritten for prose, with the way back.
type normalised struct {
	text string
	// origin[i] is the offset in the sentence of the rune that byte i of text
	// came from; size[i] is that rune's length, or 0 for an inserted space.
	origin []int
	size   []int
	// quotes are the offsets in the sentence of the double quotes, which text
	// leaves out.
	quotes []int
}

// maxRun is the longest run of bytes without white space that prose is given:
// its splitter is quadratic in them.
const maxRun = 80

// normalise rewrites a sentence so that prose splits it as the treebanks do.
// It costs time linear in the length of the sentence.
func normalise(sentence string) normalised {
	n := normalised{origin: make([]int, 0, len(sentence)+16), size: make([]int, 0, len(sentence)+16)}
	var b strings.Builder
	run := 0
	put := func(s string, at, size int) {
		b.WriteString(s)
		for range len(s) {
			n.origin = append(n.origin, at)
			n.size = append(n.size, size)
		}
		if s == " " {
			run = 0
		} else {
			run += len(s)
		}
	}
	space := func(at int) {
		if run > 0 {
			put(" ", at, 0)
		}
	}
	prev := ' '
	closing := len(strings.TrimRight(sentence, `."'”’»)] `)) // from here on closing marks only
	for i := 0; i < len(sentence); {
		r, size := utf8.DecodeRuneInString(sentence[i:])
		next, _ := utf8.DecodeRuneInString(sentence[i+size:])
		rest := sentence[i:]
		switch {
		case unicode.IsSpace(r):
			put(" ", i, size)
		case r == utf8.RuneError && size == 1, unicode.IsControl(r):
			put("?", i, size)
		case r == '—' || r == '–' && (!unicode.IsDigit(prev) || !unicode.IsDigit(next)):
			space(i)
			put("-", i, size)
			put(" ", i+size, 0)
		case r == '-' && (prev == '-' || next == '-'):
			if prev != '-' {
				space(i)
			}
			put("-", i, size)
			if next != '-' {
				put(" ", i+size, 0)
			}
		case isQuote(r):
			n.quotes = append(n.quotes, i)
			put(" ", i, size)
		case isApostrophe(r) && cliticLen(rest[size:], prev) > 0:
			space(i)
			put("'", i, size)
		case isApostrophe(r) && !unicode.IsLetter(prev) && !unicode.IsDigit(prev),
			isApostrophe(r) && !unicode.IsLetter(next) && !unicode.IsDigit(next):
			space(i)
			put("'", i, size)
			put(" ", i+size, 0)
		case isApostrophe(r):
			put("'", i, size)
		case r == '.' && (i >= closing || next == '.' || prev == '.' && next == ' '):
			if !dotted(sentence[:i]) {
				space(i)
			}
			put(".", i, size)
		case (r == 'n' || r == 'N') && unicode.IsLetter(prev) && isNegation(rest):
			space(i)
			put(string(r), i, size)
		default:
			put(sentence[i:i+size], i, size)
		}
		if run >= maxRun {
			put(" ", i+size, 0)
		}
		prev = r
		i += size
	}
	n.text = b.String()
	return n
}

func isQuote(r rune) bool {
	return r == '"' || r == '“' || r == '”' || r == '„' || r == '«' || r == '»'
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' }

// dotted reports whether s ends in a letter of an abbreviation with inner
// full stops, whose last one stays with it ("U.S.").
func dotted(s string) bool {
	word := lastWord(s[max(0, len(s)-16):])
	return strings.Contains(word, ".") && word[len(word)-1] != '.'
}
