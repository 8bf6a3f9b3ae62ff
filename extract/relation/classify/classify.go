// Package classify says what kind of act a sentence reports between two
// actors: a linear model over features of the words between them, of the tree
// and of the lexicon, trained on labelled sentences (docs/models.md).
//
// Which word names the act is seldom given. The model therefore scores pairs
// of a word, the candidate, and a category, and a category's probability is the
// sum over the candidates:
//
//	P(category) = Σ_i P(i, category),  P(i, c) ∝ exp((place(i) + s_c(i) + s_c) / T)
//
// place says how likely word i is to be the predicate, s_c(i) what it speaks
// for, s_c what the sentence as a whole speaks for; T calibrates. Weights are
// whole numbers of 8 bits and the arithmetic is the same on every machine. A
// query costs some 0.2 ms.
package classify

import (
	"bytes"
	_ "embed" // for the model file
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"entente/extract/ontology"
	"entente/extract/relation"
	"entente/graph"
)

//go:embed model.bin
var embedded []byte

//go:embed pairs.bin
var embeddedPairs []byte

// Load returns the classifier that is part of the program: of acts whose source
// and target are given.
func Load(l *relation.Lexicon, o *ontology.Ontology) (*Classifier, error) {
	m, r, err := decode("model.bin", embedded, l, o)
	if err != nil {
		return nil, err
	}
	return New(m, r), nil
}

// LoadPairs returns the classifier that is part of the program for any two actors
// of a sentence, of which most have nothing to do with one another. It tells a
// mode only where an act is likelier than none.
func LoadPairs(l *relation.Lexicon, o *ontology.Ontology) (*Classifier, error) {
	m, r, err := decode("pairs.bin", embeddedPairs, l, o)
	if err != nil {
		return nil, err
	}
	return NewPairs(m, r), nil
}

func decode(name string, data []byte, l *relation.Lexicon, o *ontology.Ontology) (*Model, *Reader, error) {
	m, err := Decode(bytes.NewReader(data))
	if err != nil {
		return nil, nil, fmt.Errorf("classify: %s of the program: %w", name, err)
	}
	r, err := NewReader(l, o)
	return m, r, err
}

// Classifier is a model with what reads sentences for it. It implements
// relation.Classifier and is safe for concurrent use.
type Classifier struct {
	model   *Model
	reader  *Reader
	acts    index
	modes   index
	gate    index
	sparing bool      // no mode where there is likely no act
	scratch sync.Pool // of *scratch
}

var _ relation.Classifier = (*Classifier)(nil)

// New returns a classifier. The model must not change afterwards.
func New(m *Model, r *Reader) *Classifier {
	c := &Classifier{model: m, reader: r, acts: newIndex(&m.Acts), modes: newIndex(&m.Modes), gate: newIndex(&m.Gate)}
	c.scratch.New = func() any { return new(scratch) }
	return c
}

// NewPairs returns a classifier as LoadPairs does. The model must not change afterwards.
func NewPairs(m *Model, r *Reader) *Classifier {
	c := New(m, r)
	c.sparing = true
	return c
}

// scratch is the memory of one query.
type scratch struct {
	sums  adder
	score []float64
	emit  Emit
	last  *Reading            // of the last query
	seen  map[*index][]uint32 // by row: the sum that counted it last
	stamp uint32              // of the present sum
}

// Classify implements relation.Classifier.
func (c *Classifier) Classify(q relation.Query) relation.Verdict {
	s := c.scratch.Get().(*scratch)
	defer c.scratch.Put(s)
	s.last = c.reader.again(s.last, q)
	if c.sparing && !c.passes(s.last, s) {
		return relation.Verdict{Categories: map[string]float64{graph.NoCategory: 1}, Statuses: map[graph.Status]float64{graph.Asserted: 1}, Predicate: relation.NoToken}
	}
	return c.verdict(s.last, c.scoreAll(s.last, s), s)
}

// passes reports whether the gate of the model lets a pair through.
func (c *Classifier) passes(r *Reading, s *scratch) bool {
	if len(c.model.Gate.Keys) == 0 {
		return true
	}
	return c.gateSum(r, s) >= c.model.GateAt
}

func (c *Classifier) gateSum(r *Reading, s *scratch) float64 {
	s.score = append(s.score[:0], 0)
	s.sum(&c.gate, r.Gate, s.score)
	return s.score[0]
}

// GateSum returns what the gate of the model makes of a query: below Model.GateAt it is
// stopped.
func (c *Classifier) GateSum(q relation.Query) float64 {
	s := c.scratch.Get().(*scratch)
	defer c.scratch.Put(s)
	return c.gateSum(c.reader.Read(q), s)
}

// scored is a candidate with its scores, a column of the model each.
type scored struct {
	token  int
	scores []float64
}

// scoreAll scores the candidates of a reading.
func (c *Classifier) scoreAll(r *Reading, s *scratch) []scored {
	columns := c.model.Acts.Columns
	common := make([]float64, columns)
	s.sum(&c.acts, r.Common, common)
	var all []scored
	for _, i := range r.Candidates() {
		scores := slices.Clone(common)
		s.sum(&c.acts, func(emit *Emit) { r.At(i, emit) }, scores)
		all = append(all, scored{i, scores})
	}
	return all
}

// marks returns a mark for each row of a table, none of which is the new stamp.
func (s *scratch) marks(x *index) []uint32 {
	if s.seen == nil {
		s.seen = map[*index][]uint32{}
	}
	if s.seen[x] == nil {
		s.seen[x] = make([]uint32, len(x.table.Keys))
	}
	if s.stamp++; s.stamp == 0 { // after four thousand million sums the marks are old
		s.seen = map[*index][]uint32{x: make([]uint32, len(x.table.Keys))}
		s.stamp = 1
	}
	return s.seen[x]
}

// sum adds to the scores those of the features that write emits. Each feature
// counts once; the sum is divided by the root of the number of those known, so
// that long sentences are not surer than short ones.
func (s *scratch) sum(x *index, write func(*Emit), scores []float64) {
	seen := s.marks(x)
	s.sums.reset(x.table.Columns, x.words)
	s.emit.keys = s.emit.keys[:0]
	write(&s.emit)
	for _, k := range s.emit.keys {
		row := x.row(k)
		if row < 0 || seen[row] == s.stamp {
			continue
		}
		seen[row] = s.stamp
		s.sums.add(x, row)
	}
	s.sums.empty()
	share := Share(s.sums.rows)
	for i, sum := range s.sums.sums {
		// The conversions keep compilers from fusing product and sum, which would
		// round otherwise on some machines.
		weight := float64(float64(sum) * float64(x.table.Scales[i]))
		scores[i] += float64(weight * share)
	}
}

// Share is what the sum of n weights is multiplied by.
func Share(n int) float64 { return 1 / math.Sqrt(float64(n+1)) }

// unsparing is the probability of NONE from which a sparing classifier tells no mode.
const unsparing = 0.6

// verdict sums the candidates up.
func (c *Classifier) verdict(r *Reading, all []scored, s *scratch) relation.Verdict {
	m := c.model
	v := relation.Verdict{Categories: map[string]float64{}, Statuses: map[graph.Status]float64{}, Predicate: relation.NoToken}
	joint := m.joint(all)
	best, categories, statuses := 0.0, make([]float64, len(m.Categories)), make([]float64, len(m.Statuses))
	for k, row := range joint {
		likely := 0.0
		for i, p := range row {
			categories[i] += p
			likely += p
		}
		if likely > best {
			best, v.Predicate = likely, all[k].token
		}
		for i, p := range m.status(all[k].scores) {
			statuses[i] += float64(likely * p)
		}
	}
	if len(all) == 0 {
		categories[slices.Index(m.Categories, graph.NoCategory)], statuses[0] = 1, 1
	}
	for i, name := range m.Categories {
		v.Categories[name] = categories[i]
	}
	for i, name := range m.Statuses {
		v.Statuses[graph.Status(name)] = statuses[i]
	}
	if category, _ := v.Best(false); !c.sparing || v.Categories[graph.NoCategory] < unsparing {
		v.Mode = c.mode(r, v.Predicate, category, s)
	}
	return v
}

// joint returns the probability of each candidate with each category.
func (m *Model) joint(all []scored) [][]float64 {
	flat := make([]float64, 0, len(all)*len(m.Categories))
	for _, a := range all {
		place := a.scores[m.placeColumn()]
		for i := range m.Categories {
			flat = append(flat, (a.scores[i]+place)/m.Temperature)
		}
	}
	softmax(flat)
	rows := make([][]float64, len(all))
	for k := range rows {
		rows[k] = flat[k*len(m.Categories):][:len(m.Categories)]
	}
	return rows
}

// status returns the probability of each status by a candidate's scores.
func (m *Model) status(scores []float64) []float64 {
	p := slices.Clone(scores[m.placeColumn()+1:])
	for i := range p {
		p[i] /= m.StatusTemperature
	}
	softmax(p)
	return p
}

// mode returns the likeliest mode of a category for the predicate.
func (c *Classifier) mode(r *Reading, predicate int, category string, s *scratch) string {
	modes := c.model.ModesOf[category]
	if len(modes) == 0 || predicate == relation.NoToken {
		return ""
	}
	s.score = append(s.score[:0], make([]float64, c.model.Modes.Columns)...)
	s.sum(&c.modes, func(emit *Emit) { r.Mode(predicate, category, emit) }, s.score)
	best := 0 // no mode
	for i := range modes {
		if s.score[i+1] > s.score[best] {
			best = i + 1
		}
	}
	if best == 0 {
		return ""
	}
	return modes[best-1]
}

// Mode emits the features by which the mode of an act is told, for token i as
// its predicate.
func (r *Reading) Mode(i int, category string, emit *Emit) {
	emit.add(category)
	write := Each(func(parts []string) {
		switch parts[0] {
		case "lemma", "lemma,prt", "lemma,kid", "kid", "grandkid", "mode", "lemma,t", "word", "kid-class", "lemma,ttype":
			emit.add(category, parts[0], parts[1], parts[len(parts)-1])
		}
	})
	r.At(i, write)
	r.Common(write)
}

// Reason is a feature with the weight that it adds to the likeliest category,
// over what it adds to the second.
type Reason struct {
	Feature string
	Weight  float64
}

// Explain returns what spoke for the likeliest category of a query against the
// second, the strongest first, at most n.
func (c *Classifier) Explain(q relation.Query, n int) []Reason {
	v := c.Classify(q)
	if v.Predicate == relation.NoToken {
		return nil
	}
	first, second := c.twoBest(&v)
	r := c.reader.Read(q)
	var reasons []Reason
	for _, write := range []func(*Emit){r.Common, func(emit *Emit) { r.At(v.Predicate, emit) }} {
		reasons = append(reasons, c.reasons(write, first, second)...)
	}
	slices.SortStableFunc(reasons, func(a, b Reason) int {
		switch {
		case a.Weight > b.Weight:
			return -1
		case a.Weight < b.Weight:
			return 1
		}
		return strings.Compare(a.Feature, b.Feature)
	})
	for n > 0 && len(reasons) > 0 && reasons[len(reasons)-1].Weight <= 0 {
		reasons = reasons[:len(reasons)-1]
	}
	return reasons[:min(n, len(reasons))]
}

// twoBest returns the columns of the two likeliest categories.
func (c *Classifier) twoBest(v *relation.Verdict) (first, second int) {
	order := make([]int, len(c.model.Categories))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		pa, pb := v.Categories[c.model.Categories[a]], v.Categories[c.model.Categories[b]]
		switch {
		case pa > pb:
			return -1
		case pa < pb:
			return 1
		}
		return 0
	})
	return order[0], order[1]
}

// reasons returns the features that write emits, each once, with what they add.
func (c *Classifier) reasons(write func(*Emit), first, second int) []Reason {
	var out []Reason
	seen := map[uint32]bool{}
	write(Each(func(parts []string) {
		k := Key(parts...)
		at := c.acts.row(k)
		if at < 0 || seen[k] {
			return
		}
		seen[k] = true
		t := &c.model.Acts
		row := t.weights(at)
		weight := float64(row[first])*float64(t.Scales[first]) - float64(row[second])*float64(t.Scales[second])
		out = append(out, Reason{strings.Join(parts, " "), weight})
	}))
	for i := range out {
		out[i].Weight *= Share(len(out))
	}
	return out
}

// Code returns the CAMEO code of a category and mode by the frame of the
// predicate; "" where no frame of it has that category.
func (c *Classifier) Code(q relation.Query, predicate int, category, mode string) string {
	if predicate < 0 || predicate >= len(q.Tokens) {
		return ""
	}
	code := ""
	for _, f := range c.reader.Read(q).word(predicate).frames {
		switch {
		case f.Category != category || f.CAMEO == "":
		case f.Mode == mode:
			return f.CAMEO
		case code == "" && (f.Mode == "" || mode == ""):
			code = f.CAMEO
		}
	}
	return code
}
