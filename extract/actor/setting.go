package actor

import (
	"sort"

	"entente/graph"
)

// The setting of a sentence is the state in which what it tells happens: "the
// police" are those of the setting. It is judged from all mentions of the
// article that belong to a state, the nearer the heavier.

// evidence is a mention's word for a country.
type evidence struct {
	sentence int
	country  string
	weight   float64
}

// weights of what may speak for a country: a place more than a state that acts,
// which may act abroad.
const (
	placeWeight = 2.0
	ledeWeight  = 1.5 // times that, in the first two sentences
	frontWeight = 3.0 // times that, where the sentence opens with it: "In Uganda, …"
	bodyWeight  = 1.5
	stateWeight = 1.0
	adjWeight   = 0.8
	groupWeight = 0.7
	otherWeight = 0.5
)

// gatherEvidence collects what the mentions found so far say of countries.
func (rd *reading) gatherEvidence(lines []*line) {
	rd.evidence = rd.evidence[:0]
	for _, l := range lines {
		for _, m := range l.mentions {
			a := rd.out.actors[m.Actor]
			if a.Country == "" || a.Type == graph.Media {
				continue // the BBC reports from everywhere
			}
			w := otherWeight
			switch {
			case m.Place:
				w = placeWeight
			case a.Type == graph.State && m.Form == FormAdj:
				w = adjWeight
			case a.Type == graph.State && m.First > 0 && inPrepositions[l.folded[m.First-1]]:
				w = placeWeight
			case a.Type == graph.State:
				w = stateWeight
			case a.Type == graph.Government || a.Type == graph.Military:
				w = bodyWeight
			case a.Type == graph.ArmedGroup || a.Type == graph.Party:
				w = groupWeight
			}
			if l.index < 2 {
				w *= ledeWeight
			}
			if m.First == 1 && l.folded[0] == "in" {
				w *= frontWeight
			}
			rd.evidence = append(rd.evidence, evidence{l.index, a.Country, w})
		}
	}
}

// setting returns the state where sentence i is set and its share of the
// evidence, or nil where no state stands out. What follows counts half. The cost
// is linear in the number of mentions.
func (rd *reading) setting(i int) (state *Entry, share float64) {
	score := map[string]float64{}
	total := 0.0
	for _, e := range rd.evidence {
		distance := float64(i - e.sentence)
		w := e.weight
		if distance < 0 {
			distance, w = -distance, w/2
		}
		w /= 1 + distance/2
		score[e.country] += w
		total += w
	}
	names := make([]string, 0, len(score))
	for c := range score {
		names = append(names, c)
	}
	sort.Strings(names)
	country, second := "", ""
	for _, c := range names {
		switch {
		case country == "" || score[c] > score[country]:
			country, second = c, country
		case second == "" || score[c] > score[second]:
			second = c
		}
	}
	if total == 0 || score[country] < settingShare*total || score[country] < settingLead*score[second] {
		return nil, 0
	}
	return rd.dict.state(country), score[country] / total
}

const (
	// settingShare is the share of the evidence that makes a state the setting …
	settingShare = 0.38
	// … if it has so many times that of the next.
	settingLead = 1.3
)

// share returns the part of the article's evidence that speaks for a country.
func (rd *reading) share(country string) float64 {
	sum, total := 0.0, 0.0
	for _, e := range rd.evidence {
		total += e.weight
		if e.country == country {
			sum += e.weight
		}
	}
	if total == 0 {
		return 0
	}
	return sum / total
}
