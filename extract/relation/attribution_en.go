package relation

import "entente/graph"

// disputes are verbs of saying whose subject does not say so.
var disputes = wordSet("deny denies denied denying reject rejects rejected dispute disputes disputed refute refutes refuted doubt doubts doubted")

// attribution returns who says so: the subject of the reporting verb above the
// clause, or of one that is put in ("…, X said"), or of "according to".
func (s *sentence) attribution(c *clause, source graph.ActorID) *graph.ActorRef {
	below := root // how the clause below hangs on up
	for up, n := c, 0; up != nil && n < 8; up, n = up.governor, n+1 {
		if up.node != c.node && below != adverbial && below != relative && (s.reporting(up) || s.blames(up)) {
			return s.speaker(up.subjects, source)
		}
		if up.via >= 0 { // "X's claim that …" is of X, whatever the verb above
			if up.link == complement {
				return s.speaker([]int{up.via}, source)
			}
			below = relative
			continue
		}
		below = up.link
		if by := s.putIn(up, source); by != nil {
			return by
		}
	}
	return nil
}

// reporting reports whether the clause's verb says what its complement holds.
func (s *sentence) reporting(c *clause) bool {
	return s.lexicon.reports(s.reader.word(c.verb)) && !c.copular
}

// putIn returns the speaker of a report set beside the clause ("X, Y said, …") or of
// "according to Y" in it.
func (s *sentence) putIn(c *clause, source graph.ActorID) *graph.ActorRef {
	for _, k := range s.reader.kids[c.node] {
		if d := s.reader.at[k]; d != nil && s.reader.rels[k] == "parataxis" && s.reporting(d) && !disputes[s.reader.word(d.verb)] {
			if by := s.speaker(d.subjects, source); by != nil {
				return by
			}
		}
	}
	for _, o := range c.obliques {
		if o.prep == "according_to" {
			return s.speaker(o.nominals, source)
		}
	}
	return nil
}

// blames reports whether the verb lays an act at somebody's door ("accused X
// of", "thanked X for").
func (s *sentence) blames(c *clause) bool {
	for _, ctl := range s.reader.controlsOf(c) {
		switch ctl.effect {
		case "accuse", "clear", "credit":
			return true
		}
	}
	return false
}

func (s *sentence) speaker(heads []int, source graph.ActorID) *graph.ActorRef {
	all := s.all(heads)
	for _, p := range all {
		if p.ref.ID == source {
			return nil
		}
	}
	if len(all) == 0 {
		return nil
	}
	return &all[0].ref
}
