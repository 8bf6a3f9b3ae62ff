package actor

import (
	"strings"
)

const gazetteerFile = "gazetteer.txt" // name ; kind ; country ; variant …

// place is an entry of the gazetteer: it says where something happens and is no
// actor.
type place struct {
	country string // of the state that it is filed under
	words   []string
}

var placeKinds = []string{"city", "region", "island", "camp", "base", "crossing", "water", "mountain"}

// siteAt records the place of the gazetteer that is named at i as one of its
// state, and returns the token after it, or i.
func (l *line) siteAt(i int) int {
	if !l.upper(i) {
		return i
	}
	state, n := l.stateOfPlace(i)
	if n == 0 {
		return i
	}
	last := i + n
	if l.upper(last) && last < len(l.tokens) && l.tokens[last].Tag != "CD" && !placeCues[l.folded[last]] {
		if _, tn := l.titleAt(last); tn == 0 {
			return i // "Sydney Schanberg"
		}
	}
	if n == 1 && i > 0 && l.upper(i-1) && strings.HasPrefix(l.tokens[i-1].Tag, "NNP") && !l.taken[i-1] {
		return i // "Jack London"
	}
	if state == nil {
		return i
	}
	l.mention(i, last, l.use(state), FormSite, true)
	return last
}

// stateOfPlace returns the state of the place of the gazetteer that is named at i, and
// the number of its tokens.
func (l *line) stateOfPlace(i int) (*Entry, int) {
	places, n := l.dict.gazetteer.longest(l.from(i), func(n int, v []place) []place {
		for k, w := range v[0].words {
			if !caseFits(w, l.tokens[i+k].Text) {
				return nil
			}
		}
		return v
	})
	if n == 0 {
		return nil, 0
	}
	return l.dict.state(places[0].country), n
}
