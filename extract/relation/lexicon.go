package relation

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"entente/extract/nlp"
	"entente/extract/ontology"
	"entente/graph"
)

//go:embed patterns/*.txt
var embedded embed.FS

// Frame is one sense of a verb or event noun: what kind of act it is and where
// its target stands.
type Frame struct {
	Lemma    string // words joined by "_" ("call_on")
	Category string // PLOVER category, or graph.NoCategory
	Mode     string
	CAMEO    string
	// Slots name where the target stands, in order of preference: "obj", or a
	// preposition.
	Slots []string
	flags map[string]bool
	// planned is set where a light verb makes the act a mere intent ("demanded
	// sanctions").
	planned bool
}

// Flags of frames; patterns/verbs.txt explains each.
const (
	flagSymmetric = "sym"    // holds both ways
	flagSay       = "say"    // no event where it addresses the press
	flagClause    = "clause" // reports what its clause says
	flagWeak      = "weak"   // trusted between acting bodies only
	flagHarm      = "harm"   // the victim may be people in a state
	flagReverse   = "rev"    // the subject is the recipient
	flagBond      = "bond"   // a standing relation: "ally of"
	flagPlan      = "plan"   // says what is still to come: a threat, a promise
)

var knownFlags = []string{flagSymmetric, flagSay, flagClause, flagWeak, flagHarm, flagReverse, flagBond, flagPlan}

// Is reports whether the frame bears the flag.
func (f *Frame) Is(flag string) bool { return f.flags[flag] }

// Event reports whether the frame codes an event of its own. Verbs of mere
// reporting do not, nor do weak words outside PLOVER ("faced", "leader of"):
// they say too little to be worth a wrong edge.
func (f *Frame) Event() bool {
	return f.Category != "-" && !(f.Category == graph.NoCategory && f.Is(flagWeak))
}

// control says what a verb does to the act in its complement.
type control struct {
	effect string // one of controlEffects
	marker string // where the act stands: "to", "gerund", "that", "obj-to", "obj-of-gerund", …
}

// object reports whether the verb's object does the governed act.
func (c control) object() bool { return strings.HasPrefix(c.marker, "obj") }

// guard keeps a word from being an act in certain company.
type guard map[string]bool

// Lexicon is what the coder knows of words. It is read-only after Load and
// safe for concurrent use.
type Lexicon struct {
	verbs      map[string][]*Frame  // form of the first word → frames, longest lemma first
	nouns      map[string][]*Frame  // form → frames
	light      map[string]string    // form of a light verb → effect
	controls   map[string][]control // form, words joined by "_" → what it does to its complement
	guards     map[string]guard     // form → words that make it no event
	suspicious map[string]bool      // words of sport and culture
	verdicts   map[string]string    // word → "blame" or "praise"
	frames     int
}

// Load reads the built-in lexicon and checks it against the ontology.
func Load(o *ontology.Ontology) (*Lexicon, error) {
	sub, err := fs.Sub(embedded, "patterns")
	if err != nil {
		return nil, err
	}
	return LoadFS(sub, o)
}

// LoadFS reads verbs.txt, nouns.txt, light.txt, control.txt, verdict.txt and
// figurative.txt from fsys. The error joins all faults, a line "file:line: what" each.
func LoadFS(fsys fs.FS, o *ontology.Ontology) (*Lexicon, error) {
	l := &Lexicon{
		verbs: map[string][]*Frame{}, nouns: map[string][]*Frame{}, light: map[string]string{},
		verdicts: map[string]string{}, controls: map[string][]control{}, guards: map[string]guard{}, suspicious: map[string]bool{},
	}
	seen := map[string]bool{}
	frame := func(add func(*Frame)) func([]string) error {
		return func(f []string) error {
			fr, err := parseFrame(f, o)
			if err != nil {
				return err
			}
			key := strings.Join(f[:2], " ") + " " + strings.Join(f[4:5], "")
			if seen[key] {
				return fmt.Errorf("%s %s with slots %s stands twice", f[0], f[1], f[4])
			}
			seen[key] = true
			add(fr)
			l.frames++
			return nil
		}
	}
	err := errors.Join(
		parseLines(fsys, "verbs.txt", 5, frame(l.addVerb)),
		func() error { clear(seen); return nil }(),
		parseLines(fsys, "nouns.txt", 5, frame(l.addNoun)),
		parseLines(fsys, "light.txt", 2, l.addLight),
		parseLines(fsys, "control.txt", 3, l.addControl),
		parseLines(fsys, "verdict.txt", 2, l.addVerdict),
		l.loadFigurative(fsys),
	)
	if err != nil {
		return nil, fmt.Errorf("lexicon:\n%w", err)
	}
	for _, frames := range l.nouns {
		for _, f := range frames {
			f.Lemma = verbOf(f.Lemma, func(verb string) bool { return l.codes(verb, f.Category) })
		}
	}
	for _, frames := range l.verbs {
		slices.SortStableFunc(frames, func(a, b *Frame) int {
			return strings.Count(b.Lemma, "_") - strings.Count(a.Lemma, "_")
		})
	}
	return l, nil
}

// codes reports whether the verb has a frame of the category.
func (l *Lexicon) codes(verb, category string) bool {
	return slices.ContainsFunc(l.verbs[verb], func(f *Frame) bool { return f.Lemma == verb && f.Category == category })
}

// Size returns the number of frames.
func (l *Lexicon) Size() int { return l.frames }

// parseLines gives the white-space separated fields of each line to row.
func parseLines(fsys fs.FS, file string, min int, row func([]string) error) error {
	b, err := fs.ReadFile(fsys, file)
	if err != nil {
		return err
	}
	var faults []error
	for n, line := range strings.Split(string(b), "\n") {
		line, _, _ = strings.Cut(line, "#")
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		if len(f) < min {
			faults = append(faults, fmt.Errorf("%s:%d: want at least %d columns, not %q", file, n+1, min, line))
			continue
		}
		if err := row(f); err != nil {
			faults = append(faults, fmt.Errorf("%s:%d: %w", file, n+1, err))
		}
	}
	return errors.Join(faults...)
}

func dash(s string) string {
	if s == "-" {
		return ""
	}
	return s
}

// parseFrame reads "lemma CATEGORY mode cameo slots [flags]".
func parseFrame(f []string, o *ontology.Ontology) (*Frame, error) {
	fr := &Frame{Lemma: f[0], Category: f[1], Mode: dash(f[2]), CAMEO: dash(f[3]), flags: map[string]bool{}}
	if _, ok := o.Categories[fr.Category]; !ok && fr.Category != graph.NoCategory && fr.Category != "-" {
		return nil, fmt.Errorf("%s: unknown category %q", fr.Lemma, fr.Category)
	}
	if fr.Mode != "" && !o.HasMode(fr.Category, fr.Mode) {
		return nil, fmt.Errorf("%s: %q is no mode of %s", fr.Lemma, fr.Mode, fr.Category)
	}
	if _, ok := o.Codes[fr.CAMEO]; !ok && fr.CAMEO != "" {
		return nil, fmt.Errorf("%s: unknown CAMEO code %q", fr.Lemma, fr.CAMEO)
	}
	for _, s := range strings.Split(f[4], ",") {
		if s != "-" {
			fr.Slots = append(fr.Slots, s)
		}
	}
	if len(f) > 5 {
		for _, flag := range strings.Split(f[5], ",") {
			if !slices.Contains(knownFlags, flag) {
				return nil, fmt.Errorf("%s: unknown flag %q (want some of %v)", fr.Lemma, flag, knownFlags)
			}
			fr.flags[flag] = true
		}
	}
	return fr, nil
}

func (l *Lexicon) addVerb(fr *Frame) {
	first, _, _ := strings.Cut(fr.Lemma, "_")
	for _, form := range unique(formsOf(first)) {
		l.verbs[form] = append(l.verbs[form], fr)
	}
}

func (l *Lexicon) addNoun(fr *Frame) {
	words := strings.Split(fr.Lemma, "_")
	fr.Lemma = nlp.Singular(fr.Lemma) // "talks" are coded as "talk"
	for _, form := range unique(nlp.NounForms(words[len(words)-1])) {
		key := strings.Join(append(slices.Clone(words[:len(words)-1]), form), "_")
		l.nouns[key] = append(l.nouns[key], fr)
	}
}

var lightEffects = []string{"do", "undo", "cancel", "plan", "deny", "end"}

func (l *Lexicon) addLight(f []string) error {
	if !slices.Contains(lightEffects, f[1]) {
		return fmt.Errorf("%s: unknown effect %q (want one of %v)", f[0], f[1], lightEffects)
	}
	l.eachForm(f[0], func(form string) { l.light[form] = f[1] })
	return nil
}

// controlEffects are what control.txt may say of a governed act, with the
// status it gets.
var controlEffects = map[string]graph.Status{
	"asserted": graph.Asserted, "negated": graph.Negated, "planned": graph.Planned, "possible": graph.Possible,
	"refuse": graph.Asserted, "threaten": graph.Planned, "request": graph.Possible, "force": graph.Asserted,
	"help": graph.Asserted, "let": graph.Possible, "prevent": graph.Negated, "accuse": graph.Asserted,
	"clear": graph.Negated, "credit": graph.Asserted,
}

func (l *Lexicon) addControl(f []string) error {
	if _, ok := controlEffects[f[1]]; !ok {
		return fmt.Errorf("%s: unknown effect %q", f[0], f[1])
	}
	c := control{effect: f[1], marker: f[2]}
	l.eachForm(f[0], func(form string) { l.controls[form] = append(l.controls[form], c) })
	return nil
}

func (l *Lexicon) addVerdict(f []string) error {
	if f[0] != "blame" && f[0] != "praise" {
		return fmt.Errorf("unknown verdict %q (want blame or praise)", f[0])
	}
	for _, w := range f[1:] {
		if l.verdicts[w] != "" {
			return fmt.Errorf("%s stands twice", w)
		}
		l.verdicts[w] = f[0]
	}
	return nil
}

// eachForm gives every inflected form of a lemma ("call_off": "called_off").
func (l *Lexicon) eachForm(lemma string, add func(string)) {
	first, rest, _ := strings.Cut(lemma, "_")
	for _, form := range unique(formsOf(first)) {
		if rest != "" {
			form += "_" + rest
		}
		add(form)
	}
}

// formsOf returns the forms of a verb, those of the copula included.
func formsOf(verb string) []string {
	if verb == "be" {
		return []string{"be", "is", "are", "am", "was", "were", "been", "being", "'s", "'re"}
	}
	return nlp.VerbForms(verb)
}

// loadFigurative reads "word ; context words" and the lists under @headings.
func (l *Lexicon) loadFigurative(fsys fs.FS) error {
	list := false
	return parseLines(fsys, "figurative.txt", 1, func(f []string) error {
		if strings.HasPrefix(f[0], "@") {
			list = true
			return nil
		}
		if list {
			for _, w := range f {
				l.suspicious[w] = true
			}
			return nil
		}
		if len(f) < 3 || f[1] != ";" {
			return fmt.Errorf("want \"word ; context words\", not %q", strings.Join(f, " "))
		}
		for _, form := range unique(append(nlp.VerbForms(f[0]), nlp.NounForms(f[0])...)) {
			if l.guards[form] == nil {
				l.guards[form] = guard{}
			}
			for _, w := range f[2:] {
				l.guards[form][w] = true
			}
		}
		return nil
	})
}

func unique(forms []string) []string {
	slices.Sort(forms)
	return slices.Compact(forms)
}
