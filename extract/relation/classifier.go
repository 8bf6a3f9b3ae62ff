package relation

import (
	"entente/extract/nlp"
	"entente/graph"
)

// Classifier says of two actors in a sentence what kind of act stands between
// them, where frames leave that open. Package classify has the one in use; a
// Coder that is given none does without.
type Classifier interface {
	// Classify never fails. It is safe for concurrent use and says the same on
	// every machine.
	Classify(Query) Verdict
}

// Query asks what a source does to a target in a sentence.
type Query struct {
	Tokens []nlp.Token // of the sentence, with its tree
	// Source and Target are who acts and who is acted on; an act may lack one.
	Source, Target TokenRange
	// SourceType and TargetType are what the resolver holds them to be; "" where
	// it does not know them.
	SourceType, TargetType graph.ActorType
	// SourceRoles and TargetRoles say what each is to each token (Syntax.Roles); nil where
	// that is not known.
	SourceRoles, TargetRoles []string
	// Predicate is the token, from 0, of the verb or noun that names the act;
	// NoToken where that is for the classifier to find.
	Predicate int
	// Candidates bounds the words that are tried as the predicate; 0 leaves it to
	// the classifier.
	Candidates int
}

// TokenRange is a half-open range of token numbers from 0; an empty one is none.
type TokenRange struct{ First, Last int }

// Empty reports whether there are no tokens in the range.
func (t TokenRange) Empty() bool { return t.First >= t.Last }

// Has reports whether the token is in the range.
func (t TokenRange) Has(token int) bool { return token >= t.First && token < t.Last }

// NoToken stands for a token that is not given.
const NoToken = -1

// Verdict is a classifier's answer.
type Verdict struct {
	// Categories has the probability of each PLOVER category and of
	// graph.NoCategory, which are calibrated: of the acts given 0.8, about eight
	// in ten are right. They sum to 1.
	Categories map[string]float64
	Statuses   map[graph.Status]float64 // likewise
	Mode       string                   // a mode of the likeliest category but NONE, or ""
	Predicate  int                      // the token that most likely names the act; NoToken in an empty sentence
}

// Best returns the likeliest category and its probability. Without
// graph.NoCategory it is the likeliest of PLOVER's, and the probability that
// it has among them.
func (v *Verdict) Best(withNone bool) (category string, probability float64) {
	rest := 1.0
	if !withNone {
		rest -= v.Categories[graph.NoCategory]
	}
	best := 0.0
	for c, p := range v.Categories {
		if c == graph.NoCategory && !withNone {
			continue
		}
		if p > best || p == best && (category == "" || c < category) {
			category, best = c, p
		}
	}
	if rest <= 0 {
		return category, 0
	}
	return category, min(best/rest, 1)
}

// Status returns the likeliest status, the first of graph.Statuses of those
// that are equal.
func (v *Verdict) Status() graph.Status {
	best := graph.Asserted
	for _, s := range graph.Statuses {
		if v.Statuses[s] > v.Statuses[best] {
			best = s
		}
	}
	return best
}
