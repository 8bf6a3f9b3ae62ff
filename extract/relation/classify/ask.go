package classify

import (
	"entente/extract/actor"
	"entente/extract/nlp"
	"entente/extract/relation"
	"entente/graph"
)

// Ask makes a query of two spans of a document's text, either of which may be
// empty. Where they stand in several sentences, these and all between are read
// as one, the later hung from the root of the first. Types come from what the
// resolver found at the spans, roles from the clauses of a single sentence.
func (x *Reader) Ask(doc nlp.Document, res *actor.Resolution, source, target graph.Span) relation.Query {
	first, last := sentencesOf(doc, source, target)
	q := relation.Query{Predicate: relation.NoToken}
	for i := first; i <= last && i < len(doc.Sentences); i++ {
		q.Tokens = appendSentence(q.Tokens, doc.Sentences[i].Tokens)
	}
	q.Source, q.Target = tokensOf(q.Tokens, source), tokensOf(q.Tokens, target)
	q.SourceType, q.TargetType = typeOf(res, source), typeOf(res, target)
	if first == last {
		relation.NewSyntax(x.lexicon, doc.Sentences[first], res.Mentions[first]).Complete(&q)
	}
	return q
}

// Ask makes a query as Reader.Ask does.
func (c *Classifier) Ask(doc nlp.Document, res *actor.Resolution, source, target graph.Span) relation.Query {
	return c.reader.Ask(doc, res, source, target)
}

// sentencesOf returns the first and the last sentence that a span touches.
func sentencesOf(doc nlp.Document, spans ...graph.Span) (first, last int) {
	first, last = len(doc.Sentences), -1
	for i, s := range doc.Sentences {
		for _, span := range spans {
			if touch(s.Span, span) {
				first, last = min(first, i), i
			}
		}
	}
	return first, last
}

// touch reports whether two spans have a byte in common.
func touch(a, b graph.Span) bool { return a.Start < b.End && b.Start < a.End }

// appendSentence hangs a sentence from the root of what comes before it.
func appendSentence(tokens, more []nlp.Token) []nlp.Token {
	root := 0
	for i, t := range tokens {
		if t.Head == 0 {
			root = i + 1
			break
		}
	}
	base := len(tokens)
	for _, t := range more {
		switch {
		case t.Head > 0:
			t.Head += base
		case base > 0:
			t.Head, t.Deprel = root, "parataxis"
		}
		tokens = append(tokens, t)
	}
	return tokens
}

// tokensOf returns the tokens that a span touches.
func tokensOf(tokens []nlp.Token, span graph.Span) relation.TokenRange {
	var r relation.TokenRange
	for i, t := range tokens {
		if touch(t.Span, span) {
			if r.Empty() {
				r.First = i
			}
			r.Last = i + 1
		}
	}
	return r
}

// typeOf returns the type of the actor whose mention has the most bytes in
// common with a span; "" where none has any.
func typeOf(res *actor.Resolution, span graph.Span) graph.ActorType {
	var best graph.ActorType
	most := 0
	for _, sentence := range res.Mentions {
		for _, m := range sentence {
			if common := min(m.Span.End, span.End) - max(m.Span.Start, span.Start); common > most {
				best, most = res.Actor(m.Actor).Type, common
			}
		}
	}
	return best
}
