package classify

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"entente/extract/relation"
)

func TestOpeningsAreReadAsWritten(t *testing.T) {
	o := NewOpenings(map[string]float32{"near": 1.25, "0": -0.5})
	var file bytes.Buffer
	if err := o.Write(&file, "# two\n"); err != nil {
		t.Fatal(err)
	}
	if want := "# two\n-0.500 0\n1.250 near\n"; file.String() != want {
		t.Errorf("wrote %q, want %q", file.String(), want)
	}
	again, err := ReadOpenings(&file)
	if err != nil {
		t.Fatal(err)
	}
	op := &relation.Opening{Candidates: []relation.Candidate{{Features: []string{"near"}}, {Features: []string{"far"}}}, Nobody: []string{"0"}}
	p := again.Probabilities(op)
	// The sums are divided by the root of two: one feature each, and one more.
	a, b, c := math.Exp(1.25/math.Sqrt2), 1.0, math.Exp(-0.5/math.Sqrt2)
	for i, want := range []float64{a, b, c} {
		if want /= a + b + c; math.Abs(p[i]-want) > 1e-9 {
			t.Errorf("probability %d is %g, want %g", i, p[i], want)
		}
	}
	if k, likely := again.Choose(op); k != 0 || likely != p[0] {
		t.Errorf("chose %d with %g", k, likely)
	}
	op.Nobody = []string{"near", "near"}
	if k, _ := again.Choose(op); k != -1 {
		t.Errorf("chose %d where nobody is likelier", k)
	}
}

func TestReadOpeningsRefuses(t *testing.T) {
	for file, want := range map[string]string{
		"# a\n1.0 a\nx b\n": "3: want a weight",
		"1.0\n":             "1: want a weight",
		"NaN a\n":           "1: want a weight",
		"1.0 a\n\n-1.0 a\n": "3: a stands twice",
	} {
		if _, err := ReadOpenings(strings.NewReader(file)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", file, err, want)
		}
	}
}
