package relation

// What other packages may ask the lexicon of single words. Forms are in lower
// case; the slices must not be changed.

// VerbFrames returns the frames whose first word has the inflected form, those
// of the longest lemma first.
func (l *Lexicon) VerbFrames(form string) []*Frame { return l.verbs[form] }

// NounFrames returns the frames of an event noun by its form, singular or
// plural, words joined by "_".
func (l *Lexicon) NounFrames(form string) []*Frame { return l.nouns[form] }

// LightEffect returns what a light verb, by its form with particles joined by
// "_", makes of the event noun that is its object; "" for any other verb.
func (l *Lexicon) LightEffect(form string) string { return l.light[form] }

// ControlEffects returns what a verb, by its form with particles joined by "_",
// may make of an act in its complement ("refuse", "request", "planned"), in
// the order of control.txt.
func (l *Lexicon) ControlEffects(form string) []string {
	var effects []string
	for _, c := range l.controls[form] {
		effects = append(effects, c.effect)
	}
	return effects
}
