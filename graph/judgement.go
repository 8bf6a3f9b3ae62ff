package graph

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// JudgementKind says what a Judgement decides.
type JudgementKind string

const (
	JudgeMerge  JudgementKind = "merge"  // all of Actors are one, and Actors[0] is kept
	JudgeSplit  JudgementKind = "split"  // no two of Actors are one
	JudgeAlias  JudgementKind = "alias"  // Actors[0] also goes by Name
	JudgeRetype JudgementKind = "retype" // Actors[0] is of Type, of Country, or both
	JudgeUndo   JudgementKind = "undo"   // judgement number Undoes does not hold
)

// JudgementKinds lists every JudgementKind in a fixed order.
var JudgementKinds = []JudgementKind{JudgeMerge, JudgeSplit, JudgeAlias, JudgeRetype, JudgeUndo}

// Judgement is what a person decided about actors. It changes nothing that an
// article said: what a graph looks like with it follows from both (NewJudged), so
// that a judgement can be undone. A log of judgements is only ever added to.
type Judgement struct {
	// Seq is the judgement's number: its place in the log, from 1.
	Seq  int           `json:"seq"`
	Kind JudgementKind `json:"kind"`
	// Actors are two or more for a merge and a split, one for an alias and a
	// retype, none for an undo.
	Actors  []ActorID `json:"actors,omitempty"`
	Name    string    `json:"name,omitempty"`    // of an alias
	Type    ActorType `json:"type,omitempty"`    // of a retype; "" leaves it as it is
	Country string    `json:"country,omitempty"` // of a retype, ISO 3166-1 alpha-3; "" leaves it as it is
	Who     string    `json:"who"`               // who judged
	When    string    `json:"when"`              // JudgementTime
	Why     string    `json:"why,omitempty"`
	// Undoes is the Seq of the judgement that an undo takes back. Undoing an undo
	// brings back what it took back.
	Undoes int `json:"undoes,omitempty"`
}

// JudgementTime is the form of Judgement.When for package time: RFC 3339, UTC, to
// the second.
const JudgementTime = "2006-01-02T15:04:05Z"

// maxJudgementText bounds each text of a judgement, in bytes.
const maxJudgementText = 4096

// Validate returns what is wrong with j by itself: whatever a log or a graph may
// say, and whatever its Seq.
func (j *Judgement) Validate() error {
	for _, text := range []struct{ what, text string }{
		{"name", j.Name}, {"who", j.Who}, {"time", j.When}, {"reason", j.Why},
	} {
		if err := checkText(text.what, text.text); err != nil {
			return err
		}
	}
	if _, err := time.Parse(JudgementTime, j.When); err != nil {
		return fmt.Errorf("time: %q is not of the form %s", j.When, JudgementTime)
	}
	if err := j.checkActors(); err != nil {
		return err
	}
	return j.checkFields()
}

func (j *Judgement) checkActors() error {
	least, most := 1, 1
	switch j.Kind {
	case JudgeMerge, JudgeSplit:
		least, most = 2, len(j.Actors)
	case JudgeUndo:
		least, most = 0, 0
	case JudgeAlias, JudgeRetype:
	default:
		return fmt.Errorf("kind: %q is not one of %q", j.Kind, JudgementKinds)
	}
	if n := len(j.Actors); n < least || n > most {
		return fmt.Errorf("%s: %d actors, not %s", j.Kind, n, []string{"none", "one", "two or more"}[least])
	}
	seen := map[ActorID]bool{}
	for i, id := range j.Actors {
		if id == "" {
			return fmt.Errorf("%s: actor %d has no id", j.Kind, i)
		}
		if seen[id] {
			return fmt.Errorf("%s: %q is there twice", j.Kind, id)
		}
		seen[id] = true
	}
	return nil
}

// checkFields checks that j has what its kind needs, and nothing that it does not.
func (j *Judgement) checkFields() error {
	switch {
	case j.Name != "" && j.Kind != JudgeAlias, (j.Type != "" || j.Country != "") && j.Kind != JudgeRetype,
		j.Undoes != 0 && j.Kind != JudgeUndo:
		return fmt.Errorf("%s: has what belongs to a judgement of another kind", j.Kind)
	case j.Kind == JudgeAlias && Fold(j.Name) == "":
		return errors.New("alias: no name, or one without a letter or digit to find it by")
	case j.Kind == JudgeUndo && j.Undoes < 1:
		return fmt.Errorf("undo: there is no judgement %d", j.Undoes)
	case j.Kind != JudgeRetype:
		return nil
	case j.Type == "" && j.Country == "":
		return errors.New("retype: neither a type nor a country")
	case j.Type != "" && !slices.Contains(ActorTypes, j.Type):
		return fmt.Errorf("retype: %q is not a type of actor: %q", j.Type, ActorTypes)
	case j.Country != "" && !isAlpha3(j.Country):
		return fmt.Errorf("retype: %q is not an ISO alpha-3 code such as FRA", j.Country)
	}
	return nil
}

func isAlpha3(code string) bool {
	return len(code) == 3 && !strings.ContainsFunc(code, func(r rune) bool { return r < 'A' || r > 'Z' })
}

// checkText checks that a text is one line, and harmless for a terminal.
func checkText(what, text string) error {
	switch {
	case len(text) > maxJudgementText:
		return fmt.Errorf("%s: %d bytes, not at most %d", what, len(text), maxJudgementText)
	case !utf8.ValidString(text):
		return fmt.Errorf("%s: %.60q is not UTF-8", what, text)
	case strings.ContainsFunc(text, isControl):
		return fmt.Errorf("%s: %.60q has control characters", what, text)
	}
	return nil
}

// isControl reports whether r steers how text is shown. The joiners U+200C and
// U+200D are letters' own.
func isControl(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp) ||
		unicode.Is(unicode.Cf, r) && r != '\u200C' && r != '\u200D'
}
