package relation

import (
	"slices"
	"strings"

	"entente/graph"
)

const (
	// pairLikely is the probability from which the model's word for a pair counts.
	// On the annotated articles, 0.4 and 0.6 give the same F1 and other shares of
	// precision and recall.
	pairLikely = 0.5
	// sure is the probability from which no grammar may speak against it.
	sure = 0.9
	// maxWay is the length of the way through the tree beyond which two actors are
	// not asked about.
	maxWay = 6
)

// detect codes the pairs of actors between which the frames found nothing and the
// model does.
func (s *sentence) detect() {
	if s.detector == nil {
		return
	}
	for _, p := range Pairs(s.text, s.res.Mentions[s.index]) {
		if s.told(p) || s.belong(p) || !s.actBetween(p) {
			continue
		}
		v := s.detector.Classify(p.Query(s.text, s.res))
		likely := 1 - v.Categories[graph.NoCategory]
		if likely < pairLikely || v.Predicate == NoToken {
			continue
		}
		c := s.owner[v.Predicate]
		if c == nil || likely < sure && s.unlikely(p, v.Predicate, c) {
			continue
		}
		category, _ := v.Best(false)
		s.addDetected(p, v.Predicate, c, category, v.Mode, v.Status(), likely)
	}
}

// told reports whether the frames coded something between the two, in this order
// or where order does not matter.
func (s *sentence) told(p Pair) bool {
	a, b := p.Source.Actor, p.Target.Actor
	return slices.ContainsFunc(s.events, func(e graph.Event) bool {
		return e.Source.ID == a && e.Target.ID == b || e.Symmetric && e.Source.ID == b && e.Target.ID == a
	})
}

// addDetected records the event of a pair.
func (s *sentence) addDetected(p Pair, predicate int, c *clause, category, mode string, status graph.Status, likely float64) {
	lemma, cameo := s.nameOf(predicate, category)
	span := s.text.Span
	ev := graph.Event{
		Article: s.article.ID, Source: s.res.Ref(p.Source), Target: s.res.Ref(p.Target), Predicate: lemma,
		Symmetric: category == "CONSULT" && mode != "visit", Category: category, Mode: mode, CAMEO: cameo, Status: status,
		Quad: s.ontology.Quad(category), Published: s.article.Published, Publisher: s.article.Publisher,
	}
	ev.Goldstein = s.ontology.Goldstein(category, cameo)
	ev.AttributedTo = s.attribution(c, ev.Source.ID)
	ev.Date, ev.DateBasis = s.date(c, ev.Status)
	ev.Place = s.place(c)
	ev.Provenance = graph.Provenance{
		Sentence: s.index, Span: span, Quote: s.article.Body[span.Start:span.End],
		Rule: "pair", Confidence: float64(int(likely*100+0.5)) / 100, Coder: Version,
	}
	s.events = append(s.events, ev)
}

// nameOf returns the predicate that token i names and its CAMEO code: of a frame of
// the category, else its lemma and the code of the category.
func (s *sentence) nameOf(i int, category string) (lemma, cameo string) {
	form := s.reader.word(i)
	for _, f := range slices.Concat(s.lexicon.verbs[form], s.nounFrames(i)) {
		if f.Category == category && !strings.Contains(f.Lemma, "_") {
			return f.Lemma, f.CAMEO
		}
	}
	return strings.ToLower(s.text.Tokens[i].Lemma), s.ontology.CodeFor(category, "")
}

// unlikely reports whether the grammar speaks against a pair that the model found.
func (s *sentence) unlikely(p Pair, predicate int, c *clause) bool {
	if len(s.lexicon.verbs[s.reader.word(predicate)]) == 0 && len(s.nounFrames(predicate)) == 0 {
		return true
	}
	return predicate == c.verb && s.othersAct(p, c)
}

// belong reports whether one of the two has an office in the other.
func (s *sentence) belong(p Pair) bool {
	return slices.ContainsFunc(s.res.Affiliations, func(a graph.Affiliation) bool {
		return a.Person.ID == p.Source.Actor && a.Org.ID == p.Target.Actor || a.Person.ID == p.Target.Actor && a.Org.ID == p.Source.Actor
	})
}

// othersAct reports whether the verb has a subject that names other actors than the
// pair's.
func (s *sentence) othersAct(p Pair, c *clause) bool {
	want := p.Source.Actor
	if c.passive {
		want = p.Target.Actor
	}
	subjects := s.all(c.subjects)
	return len(subjects) > 0 && !slices.ContainsFunc(subjects, func(x party) bool { return x.ref.ID == want || x.owner != nil && x.owner.ID == want })
}

// actBetween reports whether the way between the two is short and goes through a
// verb or an event noun, and whether the verb that joins them has not the target as
// its subject. Where there is no act, they are coordinated, or one describes the
// other.
func (s *sentence) actBetween(p Pair) bool {
	a, b := chain(s.text.Tokens, p.Source.Last-1), chain(s.text.Tokens, p.Target.Last-1)
	if distance(a, b) > maxWay {
		return false
	}
	for up, t := range a {
		down := slices.Index(b, t)
		if down < 0 {
			continue
		}
		if up > 0 && down > 0 && s.text.Tokens[t].UPOS == "VERB" &&
			(s.text.Tokens[b[down-1]].Deprel == "nsubj" || s.text.Tokens[a[up-1]].Deprel == "nsubj:pass") {
			return false
		}
		return slices.ContainsFunc(slices.Concat(a[:up+1], b[:down]), func(k int) bool {
			return s.text.Tokens[k].UPOS == "VERB" || len(s.nounFrames(k)) > 0
		})
	}
	return false
}
