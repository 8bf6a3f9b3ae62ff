package eval

import (
	"cmp"
	"slices"
	"strconv"
)

// PRF is precision, recall and their harmonic mean, and what they are made of.
// The rates are rounded to four digits; a rate over nothing is 0.
type PRF struct {
	Precision Rate `json:"p"`
	Recall    Rate `json:"r"`
	F1        Rate `json:"f1"`
	Right     int  `json:"right"` // distinct right predictions
	Predicted int  `json:"predicted"`
	Found     int  `json:"found"` // distinct core gold tuples found
	Core      int  `json:"core"`
}

// Accuracy is the share of right ones, rounded to four digits.
type Accuracy struct {
	Accuracy Rate `json:"accuracy"`
	Right    int  `json:"right"`
	Of       int  `json:"of"`
}

// Rate is a number from 0 to 1. Its JSON form always has a decimal point, as
// score.py's has.
type Rate float64

// MarshalJSON writes r in the fewest digits that tell it apart: 1.0, 0.9077.
func (r Rate) MarshalJSON() ([]byte, error) {
	s := strconv.FormatFloat(float64(r), 'f', -1, 64)
	if r == Rate(int(r)) {
		s += ".0"
	}
	return []byte(s), nil
}

// rounded returns x to four digits, halves to the even one. It works on x's
// exact decimal value, as Python's round does; scaling x first would not.
func rounded(x float64) Rate {
	r, err := strconv.ParseFloat(strconv.FormatFloat(x, 'f', 4, 64), 64)
	if err != nil {
		panic(err) // FormatFloat's own output
	}
	return Rate(r)
}

func accuracy(right, of int) Accuracy {
	return Accuracy{rounded(float64(right) / float64(max(1, of))), right, of}
}

// prf returns the rates of the given counts.
func prf(right, predicted, found, core int) PRF {
	p := float64(right) / float64(max(1, predicted))
	r := float64(found) / float64(max(1, core))
	f1 := 0.0
	if p+r != 0 {
		f1 = 2 * p * r / (p + r)
	}
	return PRF{rounded(p), rounded(r), rounded(f1), right, predicted, found, core}
}

// plus returns the rates of a and b counted together.
func (a PRF) plus(b PRF) PRF {
	return prf(a.Right+b.Right, a.Predicted+b.Predicted, a.Found+b.Found, a.Core+b.Core)
}

// tuple is what is counted once: up to three parts of a prediction or a gold
// relation, each a gold actor's id, "?" and a name, a category or a lemma; or,
// for a gold affiliation, its index.
type tuple struct {
	index int
	parts [3]string
}

func (t tuple) compare(u tuple) int {
	return cmp.Or(cmp.Compare(t.index, u.index), slices.Compare(t.parts[:], u.parts[:]))
}

// set is a set of tuples.
type set map[tuple]bool

func (s set) sorted() []tuple {
	out := make([]tuple, 0, len(s))
	for t := range s {
		out = append(out, t)
	}
	slices.SortFunc(out, tuple.compare)
	return out
}

// count holds the distinct right and wrong predictions of one article, and its
// core gold tuples found and missed.
type count struct {
	right, wrong, found, missed set
}

func newCount() *count { return &count{set{}, set{}, set{}, set{}} }

// gold enters a core gold tuple.
func (c *count) gold(t tuple, hit bool) {
	if hit {
		c.found[t] = true
	} else {
		c.missed[t] = true
	}
}

func (c *count) prf() PRF {
	return prf(len(c.right), len(c.right)+len(c.wrong), len(c.found), len(c.found)+len(c.missed))
}

// verdicts say of each right tuple whether one prediction of it was right in
// one more respect as well.
type verdicts map[tuple]bool

func (v verdicts) add(t tuple, ok bool) { v[t] = v[t] || ok }

func (v verdicts) right() int {
	n := 0
	for _, ok := range v {
		if ok {
			n++
		}
	}
	return n
}
