package train

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"entente/extract/nlp"
	"entente/extract/relation/classify"
	"entente/graph"
	"entente/internal/corpus"
)

// EventMeasure is how a classifier does on examples.
//
// Categories are measured as published figures are, on the pairs that have an
// event of PLOVER's, with one of the sixteen to be named. A pair with several
// events counts once; any of their categories is right.
type EventMeasure struct {
	// Confusion counts, by gold category and then by the one named, in the order
	// of corpus.Categories without NONE.
	Confusion [][]int
	// Frames is the same for the lexicon alone, with a last column for pairs that
	// it has nothing to say of.
	Frames [][]int
	// Given is the same as Confusion where the label's word is in the sentence,
	// with that given as the predicate.
	Given [][]int
	Status, Mode,
	Predicate, // where the label's word is among the candidates
	Event Share // events told from pairs without one, with NONE allowed
	// NoneFound and NoneNamed count the pairs without event that were named NONE,
	// and all that were named so.
	None, NoneFound, NoneNamed int
	Bins                       [10]Bin // by the probability of the category named
	Wrong                      []string
}

// Share is so many of so many.
type Share struct{ Right, All int }

func (s *Share) count(right bool) {
	s.All++
	if right {
		s.Right++
	}
}

// Rate returns the share; 0 of nothing.
func (s Share) Rate() float64 { return float64(s.Right) / float64(max(1, s.All)) }

// Bin counts the answers given with a probability in a tenth.
type Bin struct {
	Share
	Sum float64 // of the probabilities
}

// MeasureEvents asks the classifier about the examples.
func (r *EventReader) MeasureEvents(c *classify.Classifier, examples []Example) *EventMeasure {
	classes := len(corpus.Categories()) - 1
	m := &EventMeasure{}
	for range classes {
		m.Confusion = append(m.Confusion, make([]int, classes))
		m.Given = append(m.Given, make([]int, classes))
		m.Frames = append(m.Frames, make([]int, classes+1))
	}
	for i := range examples {
		r.measure(m, c, &examples[i])
	}
	return m
}

func (r *EventReader) measure(m *EventMeasure, c *classify.Classifier, e *Example) {
	v := c.Classify(e.Query)
	free, _ := v.Best(true)
	m.none(e, free == graph.NoCategory)
	if e.Event.Category == graph.NoCategory {
		return
	}
	named, p := v.Best(false)
	isNamed := func(event corpus.Event) bool { return event.Category == named }
	right := e.accepts(isNamed)
	tally(m.Confusion, e, named)
	tally(m.Frames, e, r.reader.Read(e.Query).ByFrames())
	bin := &m.Bins[min(int(p*10), 9)]
	bin.count(right)
	bin.Sum += p
	m.Status.count(e.accepts(func(event corpus.Event) bool { return event.Status == string(v.Status()) }))
	if right {
		m.Mode.count(e.accepts(func(event corpus.Event) bool { return event.Category == named && event.Mode == v.Mode }))
	} else {
		m.Wrong = append(m.Wrong, fmt.Sprintf("%s: %s (%s), named %s by %q: %s", e, e.Event.Category, e.Event.Lemma, named, e.Query.Tokens[v.Predicate].Text, e.Case.Text))
	}
	if at := slices.IndexFunc(e.Query.Tokens, func(t nlp.Token) bool { return names(&t, e.Event.Lemma) }); at >= 0 {
		q := e.Query
		q.Predicate = at
		v := c.Classify(q)
		named, _ := v.Best(false)
		tally(m.Given, &Example{Case: e.Case, Event: e.Event}, named)
	}
	if slices.ContainsFunc(r.reader.Read(e.Query).Candidates(), func(i int) bool { return names(&e.Query.Tokens[i], e.Event.Lemma) }) {
		m.Predicate.count(e.accepts(func(event corpus.Event) bool { return names(&e.Query.Tokens[v.Predicate], event.Lemma) }))
	}
}

// none counts an answer with NONE allowed.
func (m *EventMeasure) none(e *Example, named bool) {
	isNone := e.Event.Category == graph.NoCategory
	m.Event.count(isNone == named)
	if isNone {
		m.None++
	}
	if named {
		m.NoneNamed++
	}
	if isNone && named {
		m.NoneFound++
	}
}

// tally counts an answer in a table: under the category named if it is right,
// else under that of the example's first event.
func tally(table [][]int, e *Example, named string) {
	gold := e.Event.Category
	if e.accepts(func(event corpus.Event) bool { return event.Category == named }) {
		gold = named
	}
	row, column := slices.Index(corpus.Categories(), gold), slices.Index(corpus.Categories(), named)
	if row >= len(table) {
		return // another event of the pair is none of PLOVER's
	}
	if column < 0 || column >= len(table) {
		column = len(table[row]) - 1 // what no column is for
	}
	table[row][column]++
}

// Class is how a category was found.
type Class struct {
	Name                  string
	Gold, Named           int
	Precision, Recall, F1 float64
}

// ByCategory returns the figures of each category of a table of confusion.
func ByCategory(table [][]int) []Class {
	var out []Class
	for k, row := range table {
		c := Class{Name: corpus.Categories()[k]}
		for _, n := range row {
			c.Gold += n
		}
		for _, other := range table {
			c.Named += other[k]
		}
		c.Precision, c.Recall = Share{row[k], c.Named}.Rate(), Share{row[k], c.Gold}.Rate()
		c.F1 = Share{2 * row[k], c.Gold + c.Named}.Rate()
		out = append(out, c)
	}
	return out
}

// MacroF1 returns the mean of the categories' F1.
func MacroF1(table [][]int) float64 {
	sum := 0.0
	for _, c := range ByCategory(table) {
		sum += c.F1
	}
	return sum / float64(max(1, len(table)))
}

// Accuracy returns the share of the answers that are right.
func Accuracy(table [][]int) float64 {
	var s Share
	for k, row := range table {
		s.Right += row[k]
		for _, n := range row {
			s.All += n
		}
	}
	return s.Rate()
}

// Write prints the measure: figures, categories, confusion, reliability.
func (m *EventMeasure) Write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "macro F1 %.3f, accuracy %.3f; the lexicon alone: macro F1 %.3f, accuracy %.3f\n",
		MacroF1(m.Confusion), Accuracy(m.Confusion), MacroF1(m.Frames), Accuracy(m.Frames))
	fmt.Fprintf(&b, "with the word that names the act given too, where it can be found: macro F1 %.3f, accuracy %.3f\n", MacroF1(m.Given), Accuracy(m.Given))
	fmt.Fprintf(&b, "status %.3f of %d, mode %.3f of %d, predicate %.3f of %d\n",
		m.Status.Rate(), m.Status.All, m.Mode.Rate(), m.Mode.All, m.Predicate.Rate(), m.Predicate.All)
	fmt.Fprintf(&b, "with NONE allowed: event or none right %.3f of %d; NONE precision %.3f, recall %.3f of %d\n",
		m.Event.Rate(), m.Event.All, Share{m.NoneFound, m.NoneNamed}.Rate(), Share{m.NoneFound, m.None}.Rate(), m.None)
	fmt.Fprintf(&b, "\n%-10s %5s %6s %6s %6s  named as\n", "", "gold", "P", "R", "F1")
	for k, c := range ByCategory(m.Confusion) {
		fmt.Fprintf(&b, "%-10s %5d %6.3f %6.3f %6.3f ", c.Name, c.Gold, c.Precision, c.Recall, c.F1)
		for j, n := range m.Confusion[k] {
			if n > 0 && j != k {
				fmt.Fprintf(&b, " %s %d", strings.ToLower(corpus.Categories()[j]), n)
			}
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "\n%-12s %8s %8s %8s\n", "probability", "answers", "mean", "right")
	for k, bin := range m.Bins {
		if bin.All > 0 {
			fmt.Fprintf(&b, "%.1f to %.1f %11d %8.3f %8.3f\n", float64(k)/10, float64(k+1)/10, bin.All, bin.Sum/float64(bin.All), bin.Rate())
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
