package relation

import (
	"slices"
	"strings"

	"entente/extract/actor"
	"entente/graph"
)

const (
	// pairLikely is the probability from which the model's word for a pair counts.
	// On the annotated articles, 0.5 loses recall and 0.35 as much precision as it gains.
	pairLikely = 0.4
	// sure is the probability from which no grammar may speak against it.
	sure = 0.95
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
	syntax := &Syntax{sentence: s}
	for _, p := range Pairs(s.text, s.res.Mentions[s.index]) {
		if s.told(p) || s.belong(p) {
			continue
		}
		near, named := s.actBetween(p)
		if !near {
			continue
		}
		v := s.detector.Classify(p.Query(syntax, s.res))
		likely := 1 - v.Categories[graph.NoCategory]
		if likely < pairLikely || v.Predicate == NoToken || !named && likely < unnamed {
			continue
		}
		c := s.owner[v.Predicate]
		category, _ := v.Best(false)
		if c == nil || s.never(p, category) || s.violates(v.Predicate, category) || s.figurative(v.Predicate, c) || s.sent(p, v.Predicate) || s.reader.isNoun(v.Predicate) && s.broken(v.Predicate) || likely < bold && s.behind(p.Target, v.Predicate) || s.inReport(p.Source, v.Predicate) || v.Predicate == c.verb && (s.othersAct(p, c) || s.press(c, nil) || s.saidByOthers(p, c)) ||
			likely < sure && s.unlikely(p, v.Predicate, c, category, likely) {
			continue
		}
		status := v.Status()
		if v.Predicate == c.verb {
			status = s.status(c).status
		}
		s.addDetected(p, v.Predicate, c, category, v.Mode, status, likely)
	}
}

// violating are verbs of what is done against a rule or somebody's right.
var violating = wordSet("break breaks broke broken breaking breach breaches breached breaching violate violates violated violating " +
	"flout flouts flouted flouting infringe infringes infringed infringing defy defies defied defying")

// violates reports whether what is called a violation would be cooperation:
// "breaking the United Nations charter" supports nobody.
func (s *sentence) violates(predicate int, category string) bool {
	return violating[s.reader.word(predicate)] && s.ontology.Quad(category) < 3
}

// never reports whether no act of the category can stand between the two: an
// interview is no meeting, and who deals with a thing of the own state does not deal
// with the state.
func (s *sentence) never(p Pair, category string) bool {
	src, tgt := s.res.Actor(p.Source.Actor), s.res.Actor(p.Target.Actor)
	if category == "CONSULT" && (src.Type == graph.Media || tgt.Type == graph.Media || tgt.Type == graph.Company && s.reader.word(p.Target.First-1) == "on") {
		return true // "wrote on Twitter"
	}
	if s.reader.word(p.Source.First-1) == "to" && s.reader.word(p.Source.First-2) == "according" {
		return true
	}
	if s.reader.word(p.Target.First-1) == "against" && s.ontology.Quad(category) < 3 {
		return true // "asked Turkey for help against the rebels"
	}
	if category == "THREATEN" && s.acts(p.Target) {
		return true // "warned that Russia might attack Finland" warns of Russia
	}
	if p.Target.Form == actor.FormGroup && tgt.Country != "" && slices.ContainsFunc(s.events, func(e graph.Event) bool {
		return e.Source.ID == p.Source.Actor && e.Target.Country == tgt.Country
	}) {
		return true // what is done to its diplomat is told as done to the state
	}
	if s.ofPeople(p.Source) || s.ofPeople(p.Target) {
		return true // "European observers" are not Europe
	}
	if src.Type == graph.Person && s.reader.word(p.Source.First) == "our" || tgt.Type == graph.Person && s.reader.word(p.Target.First) == "our" {
		return true // "our people" are not the speaker
	}
	if h := s.text.Tokens[p.Target.Last-1].Head - 1; h >= 0 && s.text.Tokens[p.Target.Last-1].Deprel == "nmod:poss" &&
		(tgt.Type == graph.Person && (personNouns[s.reader.word(h)] || s.reader.mention(h) != nil) || s.reader.word(p.Target.First-1) == "about") {
		return true // his brother is not he, nor Orbán's Hungary Orbán
	}
	owned := p.Target.Form == actor.FormAdj || s.reader.word(p.Target.Last) == "'s"
	return owned && tgt.Type == graph.State && src.Country == tgt.Country && !againstOwn[src.Type]
}

// ofPeople reports whether a mention is the adjective of a people or continent before a noun
// for persons.
func (s *sentence) ofPeople(m actor.Mention) bool {
	t := s.res.Actor(m.Actor).Type
	if m.Form != actor.FormAdj || t != graph.Bloc && t != graph.People {
		return false
	}
	h := s.reader.heads[headOf(s.text.Tokens, m)]
	return h >= 0 && workers(s.reader.word(h))
}

// expert reports whether all that a person is said to belong to are institutes, media and
// the like: what such a one says of others is comment.
func (s *sentence) expert(id graph.ActorID) bool {
	found := false
	for _, a := range s.res.Affiliations {
		if a.Person.ID != id {
			continue
		}
		switch s.res.Actor(a.Org.ID).Type {
		case graph.NGO, graph.Media, graph.Company, graph.Other:
			found = true
		default:
			return false
		}
	}
	return found
}

// acts reports whether the frames found the mention to do or report something in the
// sentence.
func (s *sentence) acts(m actor.Mention) bool {
	return slices.ContainsFunc(s.events, func(e graph.Event) bool {
		return e.Rule != pairRule && (e.Source.ID == m.Actor || e.AttributedTo != nil && e.AttributedTo.ID == m.Actor)
	})
}

// againstOwn are types of actors that deal with a state they belong to as with another.
var againstOwn = map[graph.ActorType]bool{graph.ArmedGroup: true, graph.Party: true, graph.People: true, graph.NGO: true}

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
		Rule: pairRule, Confidence: pairScale.of(likely), Coder: Version,
	}
	s.coded[c.node] = true
	if predicate == c.verb {
		s.note(&ev, c)
	}
	s.events, s.nodes = append(s.events, ev), append(s.nodes, c.node)
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
	lemma = strings.ToLower(s.text.Tokens[i].Lemma)
	for _, k := range s.reader.kids[i] {
		if s.reader.is(k, "compound:prt") {
			lemma += "_" + s.reader.word(k) // "turn_away"
		}
	}
	return lemma, s.ontology.CodeFor(category, "")
}

// unlikely reports whether the grammar speaks against a pair that the model found.
func (s *sentence) unlikely(p Pair, predicate int, c *clause, category string, likely float64) bool {
	form := s.reader.word(predicate)
	frames := slices.Concat(s.lexicon.verbs[form], s.nounFrames(predicate))
	known := slices.ContainsFunc(frames, func(f *Frame) bool { return f.Category == category })
	if len(frames) == 0 && likely < unnamed || !known && (likely < unframed || s.lexicon.reports(form) && (category != "ACCUSE" || likely < told || s.acts(p.Target) || s.expert(p.Source.Actor))) {
		return true
	}
	return s.scene(p.Target, category) || s.scene(p.Source, category) || s.spared(p.Target) || s.spent(p, predicate) ||
		s.elsewhere(p, predicate) || category == "REQUEST" && s.suffers(p.Target, predicate)
}

// sent reports whether the target is who the predicate sends, to whom nothing is done:
// "sent its envoy, Y, to Z".
func (s *sentence) sent(p Pair, predicate int) bool {
	lemma := s.text.Tokens[predicate].Lemma
	if lemma != "send" && lemma != "dispatch" && lemma != "fly" {
		return false
	}
	i := headOf(s.text.Tokens, p.Target)
	return s.reader.rels[i] == "obj" && s.reader.heads[i] == predicate
}

// figurative reports whether the lexicon knows the predicate for an idiom here, or for a
// feeling.
func (s *sentence) figurative(predicate int, c *clause) bool {
	if feelings[s.text.Tokens[predicate].Lemma] {
		return true
	}
	if predicate == c.verb {
		return s.guarded(s.reader.word(predicate), c)
	}
	return s.guardedNoun(predicate)
}

// feelings are what somebody has for another without doing anything.
var feelings = wordSet("love like hate anger enrage infuriate annoy upset please delight admire envy fear dread resemble know remember miss want explode erupt burst react shrug")

// behind reports whether another verb stands between the target and the predicate:
// "received tanks that Poland had sold to X". What is said or asked of the subject of
// what is said or asked is not behind: "demanded that X withdraw".
func (s *sentence) behind(m actor.Mention, predicate int) bool {
	tokens := s.text.Tokens
	below := tokens[m.Last-1].Deprel
	for _, k := range chain(tokens, m.Last-1)[1:] {
		if k == predicate {
			break
		}
		if below == "nsubj" && tokens[k].Deprel == "ccomp" && tokens[k].Head-1 == predicate {
			return false
		}
		below = tokens[k].Deprel
		if tokens[k].UPOS == "VERB" && !slices.Contains(chain(tokens, predicate), k) {
			return true
		}
	}
	return false
}

// elsewhere reports whether the source is the subject of another verb that does not
// govern the predicate, or of one of which the predicate is but the object: "deplored the
// killing of X".
func (s *sentence) elsewhere(p Pair, predicate int) bool {
	tokens := s.text.Tokens
	for i := p.Source.Last - 1; i >= 0; i = tokens[i].Head - 1 {
		verb := tokens[i].Head - 1
		if tokens[i].Deprel != "nsubj" {
			if verb >= p.Source.First && verb < p.Source.Last {
				continue
			}
			return false
		}
		if verb < 0 || verb == predicate || tokens[verb].UPOS != "VERB" {
			return false
		}
		if !slices.Contains(chain(tokens, predicate), verb) || s.saidOrAsked(verb, predicate) {
			return true
		}
		return s.reader.isNoun(predicate) && tokens[predicate].Head-1 == verb && s.lexicon.light[s.reader.word(verb)] == ""
	}
	return false
}

// saidOrAsked reports whether the predicate is what the subject of the verb says that
// others do, or has an object of the verb do: "said the families were shelled", "asked
// him to apologise to X".
func (s *sentence) saidOrAsked(verb, predicate int) bool {
	r := s.reader
	for i := predicate; i != verb && i >= 0; i = r.heads[i] {
		if r.heads[i] != verb {
			continue
		}
		c, g := r.at[i], r.at[verb]
		switch {
		case r.rels[i] == "ccomp":
			return c == nil || len(s.all(c.subjects)) > 0
		case r.rels[i] == "xcomp" && c != nil && g != nil && !g.passive && len(g.objects)+len(g.indirect) > 0:
			ctl, ok := r.control(g, c)
			return ok && ctl.object()
		}
	}
	return false
}

// inReport reports whether a party stands inside what the predicate says: "to say that
// France is behind it".
func (s *sentence) inReport(m actor.Mention, predicate int) bool {
	tokens := s.text.Tokens
	return slices.ContainsFunc(chain(tokens, m.Last-1), func(i int) bool {
		return tokens[i].Deprel == "ccomp" && tokens[i].Head-1 == predicate
	})
}

// suffers reports whether the target is who suffers the act that is the object of the
// predicate: who "demands the release of X" demands nothing of X.
func (s *sentence) suffers(m actor.Mention, predicate int) bool {
	tokens := s.text.Tokens
	return slices.ContainsFunc(chain(tokens, m.Last-1), func(i int) bool {
		return tokens[i].Deprel == "obj" && tokens[i].Head-1 == predicate && i < m.First && s.hasVictim(i)
	})
}

// unnamed is the probability from which a word that the lexicon lacks may name an act.
const unnamed = 0.8

// bold is the probability from which grammar that the parser may have got wrong does not
// speak against a pair.
const bold = 0.8

// told is the probability from which who reports what another does accuses it.
const told = 0.9

// unframed is the probability from which an act may be of a category that no frame of
// its word has.
const unframed = 0.75

// scene reports whether a state is only where something happens, or whose thing
// somebody of its own deals with.
func (s *sentence) scene(m actor.Mention, category string) bool {
	prep := s.reader.word(m.First - 1)
	if prep == "the" {
		prep = s.reader.word(m.First - 2)
	}
	return s.res.Actor(m.Actor).Type == graph.State && (locative[prep] || prep == "about" || prep == "from" && category == "ASSAULT")
}

// locative are prepositions of place.
var locative = wordSet("in at near inside outside across through via within around off")

// spared reports whether an actor is what an act leaves out: "but not Serbia".
func (s *sentence) spared(m actor.Mention) bool {
	return s.reader.word(m.First-1) == "not" || s.reader.word(m.First-2) == "not" && s.reader.word(m.First-1) == "the"
}

// spent reports whether the frames have found another target of the same act by the
// source, or another source of it towards the target: one clause is one act.
func (s *sentence) spent(p Pair, predicate int) bool {
	word := s.reader.word(predicate)
	lemmas := map[string]bool{}
	for _, f := range slices.Concat(s.lexicon.verbs[word], s.nounFrames(predicate)) {
		lemmas[f.Lemma] = true
	}
	return slices.ContainsFunc(s.events, func(e graph.Event) bool {
		return e.Rule != pairRule && lemmas[e.Predicate] && (e.Source.ID == p.Source.Actor && !s.coordinate(p.Target, e.Target.ID) || e.Target.ID == p.Target.Actor)
	})
}

// coordinate reports whether a mention is coordinated with one of the other actor: "received
// Gbagbo and the exiled leader Ouattara".
func (s *sentence) coordinate(m actor.Mention, id graph.ActorID) bool {
	tokens := s.text.Tokens
	head := headOf(tokens, m)
	if tokens[head].Deprel != "conj" {
		return false
	}
	return slices.ContainsFunc(s.res.Mentions[s.index], func(o actor.Mention) bool {
		return o.Actor == id && slices.Contains(chain(tokens, head), headOf(tokens, o))
	})
}

// pairRule names events that the model found.
const pairRule = "pair"

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
		if g := c.governor; len(c.subjects) == 0 && g != nil && slices.ContainsFunc(s.all(g.subjects), func(x party) bool { return x.ref.ID == p.Source.Actor }) {
			return true // "Asked about Cuba, Biden shrugged"
		}
	}
	subjects := s.all(c.subjects)
	return len(subjects) > 0 && !slices.ContainsFunc(subjects, func(x party) bool { return x.ref.ID == want || x.owner != nil && x.owner.ID == want })
}

// saidByOthers reports whether the verb only reports and the source is not who speaks.
func (s *sentence) saidByOthers(p Pair, c *clause) bool {
	form := s.reader.word(c.verb)
	return s.lexicon.reports(form) && !slices.ContainsFunc(s.lexicon.verbs[form], func(f *Frame) bool { return f.Event() && !strings.Contains(f.Lemma, "_") }) &&
		!slices.ContainsFunc(s.all(c.subjects), func(x party) bool { return x.ref.ID == p.Source.Actor })
}

// actBetween reports whether the way between the two is short and goes through a
// verb or an event noun, and whether the verb that joins them has not the target as
// its subject. Where there is no act, they are coordinated, or one describes the
// other.
func (s *sentence) actBetween(p Pair) (near, named bool) {
	a, b := chain(s.text.Tokens, p.Source.Last-1), chain(s.text.Tokens, p.Target.Last-1)
	if distance(a, b) > maxWay {
		return false, false
	}
	for up, t := range a {
		down := slices.Index(b, t)
		if down < 0 {
			continue
		}
		if up > 0 && down > 0 && s.text.Tokens[t].UPOS == "VERB" &&
			(s.text.Tokens[b[down-1]].Deprel == "nsubj" || s.text.Tokens[a[up-1]].Deprel == "nsubj:pass") {
			return false, false
		}
		named := slices.ContainsFunc(slices.Concat(a[:up+1], b[:down]), s.mayAct)
		return named || up+down <= 3, named
	}
	return false, false
}

// mayAct reports whether the lexicon knows the word as an act.
func (s *sentence) mayAct(i int) bool {
	frames := s.nounFrames(i)
	if s.text.Tokens[i].UPOS == "VERB" {
		frames = s.lexicon.verbs[s.reader.word(i)]
	}
	return slices.ContainsFunc(frames, (*Frame).Event)
}
