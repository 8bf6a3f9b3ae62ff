package nlp

import "entente/extract/nlp/fast"

// NewFast loads the fast model, which reads more than twice as many words a second
// as the network and makes more mistakes (docs/models.md).
func NewFast() (*Neural, error) {
	m, err := fast.Load()
	if err != nil {
		return nil, err
	}
	return newNeural(m)
}
