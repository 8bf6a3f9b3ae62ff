package extract

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/extract/actor"
	"entente/extract/nlp"
	"entente/extract/ontology"
	"entente/extract/relation"
	"entente/extract/relation/classify"
	"entente/graph"
)

// Labeller names the act between two actors that are given with the text. It is
// safe for concurrent use.
type Labeller struct {
	engine     nlp.Engine
	resolver   *actor.Resolver
	ontology   *ontology.Ontology
	classifier *classify.Classifier
}

// NewLabeller loads what labelling needs, with the engine that is named, one of
// Engines; "" is the first.
func NewLabeller(engine string) (*Labeller, error) {
	o, err := ontology.Load()
	if err != nil {
		return nil, err
	}
	dict, err := actor.Load()
	if err != nil {
		return nil, err
	}
	lex, err := relation.Load(o)
	if err != nil {
		return nil, err
	}
	c, err := classify.Load(lex, o)
	if err != nil {
		return nil, err
	}
	e, err := Options{Engine: engine}.engine()
	if err != nil {
		return nil, err
	}
	return &Labeller{e, actor.NewResolver(dict), o, c}, nil
}

// Label is an act as it is coded.
type Label struct {
	Category   string // PLOVER category, or graph.NoCategory where that is allowed
	Mode       string // PLOVER mode or ""
	CAMEO      string // "" for graph.NoCategory
	Quad       int    // 1 to 4; 0 for graph.NoCategory
	Status     graph.Status
	Confidence float64       // the probability of Category, to three digits
	Predicate  string        // the word that most likely names the act
	Reasons    []LabelReason // what spoke for Category, if asked for
}

// LabelReason is a feature with what it adds to the score of the likeliest
// category over that of the second.
type LabelReason = classify.Reason

// LabelOptions say how to label.
type LabelOptions struct {
	AllowNone bool // graph.NoCategory may be the answer; else the best category is
	Reasons   int  // how many to give
}

// Label names what source does to target, which are strings that occur in
// text; target may be empty. Of several places the ones nearest to each other count,
// those in one sentence first. The error says which string is not there.
func (l *Labeller) Label(text, source, target string, o LabelOptions) (Label, error) {
	doc := l.engine.Analyse(text)
	from, to, err := nearest(doc, source, target)
	if err != nil {
		return Label{}, err
	}
	res := l.resolver.Resolve(doc, "")
	q := l.classifier.Ask(doc, &res, from, to)
	v := l.classifier.Classify(q)
	category, confidence := v.Best(o.AllowNone)
	label := Label{Category: category, Status: v.Status(), Confidence: math.Round(confidence*1000) / 1000, Quad: l.ontology.Quad(category)}
	if v.Predicate != relation.NoToken {
		label.Predicate = q.Tokens[v.Predicate].Text
	}
	if category != graph.NoCategory {
		label.Mode = v.Mode
		if label.CAMEO = l.classifier.Code(q, v.Predicate, category, v.Mode); label.CAMEO == "" {
			label.CAMEO = l.ontology.CodeFor(category, v.Mode)
		}
	}
	if o.Reasons > 0 {
		label.Reasons = l.classifier.Explain(q, o.Reasons)
	}
	return label, nil
}

// nearest returns the places of source and target in the text.
func nearest(doc nlp.Document, source, target string) (from, to graph.Span, err error) {
	sources := placesOf(doc.Text, source)
	if len(sources) == 0 {
		return from, to, fmt.Errorf("the source %q does not occur in the text", source)
	}
	if target == "" {
		return sources[0], to, nil
	}
	targets := placesOf(doc.Text, target)
	if len(targets) == 0 {
		return from, to, fmt.Errorf("the target %q does not occur in the text", target)
	}
	best := math.MaxInt
	for _, s := range sources {
		for _, t := range targets {
			if d := distance(doc, s, t); d < best {
				best, from, to = d, s, t
			}
		}
	}
	return from, to, nil
}

// distance returns the bytes between two spans; more than any text has for each
// sentence that parts them, and for spans that overlap.
func distance(doc nlp.Document, a, b graph.Span) int {
	far := len(doc.Text) + 1
	if a.Start < b.End && b.Start < a.End {
		return far * (len(doc.Sentences) + 1)
	}
	if a.Start > b.Start {
		a, b = b, a
	}
	d := b.Start - a.End
	for _, s := range doc.Sentences {
		if s.Span.Start > a.Start && s.Span.Start <= b.Start {
			d += far
		}
	}
	return d
}

// placesOf returns where words stand in a text: as whole words, or if they
// never do, anywhere.
func placesOf(text, words string) []graph.Span {
	var whole, any []graph.Span
	for from := 0; words != ""; {
		i := strings.Index(text[from:], words)
		if i < 0 {
			break
		}
		s := graph.Span{Start: from + i, End: from + i + len(words)}
		any = append(any, s)
		before, _ := utf8.DecodeLastRuneInString(text[:s.Start])
		after, _ := utf8.DecodeRuneInString(text[s.End:])
		if !joins(before) && !joins(after) {
			whole = append(whole, s)
		}
		from = s.End
	}
	if whole != nil {
		return whole
	}
	return any
}

// joins reports whether a character makes one word with its neighbour.
func joins(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
