package neural

import (
	"fmt"
	"strings"
)

// Labels are what a model answers, by number.
type Labels struct {
	// Tags are "UPOS XPOS"; Relations[0] is "root". Entities are "O", then "B-T"
	// and "I-T" for each type T; none if the model does not know names.
	Tags, Feats, Relations, Entities []string
	// Hints name what the caller may tell of a word to help with names, such
	// as that it is in a list of places: bit i of a word's hints is Hints[i].
	Hints []string
}

// Check returns what is wrong with l.
func (l *Labels) Check() error {
	if err := noneEmpty(l.Tags, l.Feats, l.Relations); err != nil {
		return err
	}
	if l.Relations[0] != "root" || len(l.Relations) < 2 {
		return fmt.Errorf("relation 0 of %d is %q: want root and at least one more", len(l.Relations), l.Relations[0])
	}
	for _, tag := range l.Tags {
		if strings.Count(tag, " ") != 1 {
			return fmt.Errorf("tag %q: want UPOS and XPOS", tag)
		}
	}
	if len(l.Entities) > 255 || len(l.Hints) > 32 {
		return fmt.Errorf("%d labels of names and %d hints: want at most 255 and 32", len(l.Entities), len(l.Hints))
	}
	for i, e := range l.Entities {
		wrong := i == 0 && e != "O" || i%2 == 1 && !strings.HasPrefix(e, "B-") || i > 0 && i%2 == 0 && e != "I-"+l.Entities[i-1][2:]
		if wrong {
			return fmt.Errorf("entity label %d is %q: want O, B-T, I-T, …", i, e)
		}
	}
	return nil
}

// TagPairs returns the parts of speech of each tag.
func (l *Labels) TagPairs() (upos, xpos []string) {
	for _, tag := range l.Tags {
		u, x, _ := strings.Cut(tag, " ")
		upos, xpos = append(upos, u), append(xpos, x)
	}
	return upos, xpos
}
