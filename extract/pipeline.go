// Package extract turns an article into a record of actors, events and
// affiliations: it joins the linguistic engine, the resolver and the coder.
package extract

import (
	"fmt"
	"sort"

	"entente/extract/actor"
	"entente/extract/nlp"
	"entente/extract/ontology"
	"entente/extract/relation"
	"entente/extract/relation/classify"
	"entente/graph"
)

// Options choose the parts of a Pipeline. The zero value is the default.
type Options struct {
	// Engine names the linguistic engine, one of Engines; "" is the first.
	Engine string
	// MinConfidence drops events below it, 0 to 1.
	MinConfidence float64
	// Dictionaries are folders or files of actors laid over the built-in
	// dictionary, in this order; actor.LoadWith says how.
	Dictionaries []string
}

// Names of the linguistic engines.
const (
	EngineNeural = "neural" // our tokens, tags and names from the built-in network
	EngineProse  = "prose"  // tokens, tags and names of prose v2; trees from the network
	EngineFast   = "fast"   // as neural, from a model that is faster and a little less accurate
)

// Engines lists the engines, the default first.
var Engines = []string{EngineNeural, EngineFast, EngineProse}

// engine loads the engine that is named.
func (o Options) engine() (nlp.Engine, error) {
	switch o.Engine {
	case EngineNeural, "":
		return nlp.NewNeural()
	case EngineFast:
		return nlp.NewFast()
	case EngineProse:
		parser, err := nlp.NewNeural()
		if err != nil {
			return nil, err
		}
		return nlp.NewProse(parser), nil
	}
	return nil, fmt.Errorf("engine %q is not one of %v", o.Engine, Engines)
}

// Parser gives dependency trees: Parse of a text, ParseWords of a document
// whose words are given.
type Parser = nlp.Neural

// Token is a word with what the Parser says of it.
type Token = nlp.Token

// Sentence is a run of tokens.
type Sentence = nlp.Sentence

// NewParser loads the network, or the fast model.
func NewParser(fast bool) (*Parser, error) {
	if fast {
		return nlp.NewFast()
	}
	return nlp.NewNeural()
}

// Pipeline extracts. It holds the dictionary, the lexicon and the language
// model, and is safe for concurrent use.
type Pipeline struct {
	opts     Options
	engine   nlp.Engine
	resolver *actor.Resolver
	coder    *relation.Coder
}

// New loads what extraction needs, which takes about a third of a second. The
// error lists every fault of the built-in data, a line each.
func New(opts Options) (*Pipeline, error) {
	o, err := ontology.Load()
	if err != nil {
		return nil, err
	}
	dict, err := actor.LoadWith(opts.Dictionaries...)
	if err != nil {
		return nil, err
	}
	lex, err := relation.Load(o)
	if err != nil {
		return nil, err
	}
	engine, err := opts.engine()
	if err != nil {
		return nil, err
	}
	pairs, err := classify.LoadPairs(lex, o)
	if err != nil {
		return nil, err
	}
	openings, err := classify.LoadOpenings()
	if err != nil {
		return nil, err
	}
	return &Pipeline{
		opts: opts, engine: engine,
		resolver: actor.NewResolver(dict), coder: relation.NewCoder(lex, o, pairs, openings),
	}, nil
}

// Dictionary is the actors known beforehand.
type Dictionary = actor.Dictionary

// LoadDictionary loads what names mean without the rest of a Pipeline, in
// about a twentieth of a second, with the dictionaries at the paths laid over it.
func LoadDictionary(paths ...string) (*Dictionary, error) { return actor.LoadWith(paths...) }

// Extract is a pure function of the article and the pipeline's data: the same
// article gives the same record.
func (p *Pipeline) Extract(a graph.Article) graph.Record {
	r, _ := p.Explain(a)
	return r
}

// Mention is a run of words that names an actor, with what that rests on.
type Mention = actor.Mention

// Reading is how an article was read.
type Reading struct {
	Sentences []Sentence
	Mentions  [][]Mention // by sentence, in the order of the text
}

// Explain is Extract with the reading that the record was made from.
func (p *Pipeline) Explain(a graph.Article) (graph.Record, Reading) {
	doc := p.engine.Analyse(a.Body)
	res := p.resolver.Resolve(doc, a.Published)
	r := graph.Record{Article: a, Sentences: len(doc.Sentences)}
	for _, e := range p.coder.Code(&a, doc, &res) {
		if e.Confidence < p.opts.MinConfidence {
			continue
		}
		r.Events = append(r.Events, e)
		res.Note(e.Source.ID, e.Source.Mention)
		res.Note(e.Target.ID, e.Target.Mention)
	}
	r.Actors = res.Actors()
	for _, f := range res.Affiliations {
		span := doc.Sentences[f.Sentence].Span
		f.Article, f.Published, f.Span, f.Quote = a.ID, a.Published, span, a.Body[span.Start:span.End]
		r.Affiliations = append(r.Affiliations, f)
	}
	sort.SliceStable(r.Affiliations, func(i, j int) bool { return r.Affiliations[i].Sentence < r.Affiliations[j].Sentence })
	return r, Reading{doc.Sentences, res.Mentions}
}
