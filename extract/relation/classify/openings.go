package classify

import (
	"bufio"
	_ "embed" // for the weights
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"entente/extract/relation"
)

//go:embed openings.txt
var embeddedOpenings string

// Openings says who fills acts of which a sentence names one party alone: a linear
// model whose softmax runs over the candidates and nobody. It implements
// relation.Chooser and is safe for concurrent use; a question costs some 20 µs.
type Openings struct {
	weights map[string]float32
}

var _ relation.Chooser = (*Openings)(nil)

// LoadOpenings returns the model that is part of the program.
func LoadOpenings() (*Openings, error) {
	o, err := ReadOpenings(strings.NewReader(embeddedOpenings))
	if err != nil {
		return nil, fmt.Errorf("classify: openings.txt of the program:%w", err)
	}
	return o, nil
}

// NewOpenings returns a model of these weights by feature.
func NewOpenings(weights map[string]float32) *Openings { return &Openings{weights} }

// ReadOpenings reads a model: a line for each feature, its weight before it. The error
// names the line.
func ReadOpenings(r io.Reader) (*Openings, error) {
	o := &Openings{map[string]float32{}}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		if strings.HasPrefix(lines.Text(), "#") || lines.Text() == "" {
			continue
		}
		number, feature, ok := strings.Cut(lines.Text(), " ")
		w, err := strconv.ParseFloat(number, 32)
		_, twice := o.weights[feature]
		switch {
		case !ok || err != nil || math.IsNaN(w) || math.IsInf(w, 0):
			return nil, fmt.Errorf("%d: want a weight, a blank and a feature, have %q", n, lines.Text())
		case twice:
			return nil, fmt.Errorf("%d: %s stands twice", n, feature)
		}
		o.weights[feature] = float32(w)
	}
	return o, lines.Err()
}

// Write writes the model after a comment of lines that begin with "#".
func (o *Openings) Write(w io.Writer, comment string) error {
	features := make([]string, 0, len(o.weights))
	for f := range o.weights {
		features = append(features, f)
	}
	slices.Sort(features)
	out := bufio.NewWriter(w)
	out.WriteString(comment)
	for _, f := range features {
		fmt.Fprintf(out, "%.3f %s\n", o.weights[f], f)
	}
	return out.Flush()
}

// Probabilities returns how likely each candidate is to fill the opening, and last how
// likely nobody is. They sum to 1.
func (o *Openings) Probabilities(op *relation.Opening) []float64 {
	p := make([]float64, len(op.Candidates)+1)
	for i, c := range op.Candidates {
		p[i] = o.score(c.Features)
	}
	p[len(p)-1] = o.score(op.Nobody)
	softmax(p)
	return p
}

func (o *Openings) score(features []string) float64 {
	sum := 0.0
	for _, f := range features {
		sum += float64(o.weights[f])
	}
	return sum * Share(len(features))
}

// Choose implements relation.Chooser.
func (o *Openings) Choose(op *relation.Opening) (int, float64) {
	p := o.Probabilities(op)
	best := len(p) - 1
	for i := range p {
		if p[i] > p[best] {
			best = i
		}
	}
	if best == len(op.Candidates) {
		return -1, p[best]
	}
	return best, p[best]
}
