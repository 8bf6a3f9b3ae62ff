package relation

import (
	"slices"
	"strings"

	"entente/extract/actor"
	"entente/extract/nlp"
	"entente/graph"
)

// party is an actor found in an argument, with what that says of its safety.
type party struct {
	ref   graph.ActorRef
	safe  float64 // factor of the confidence
	place bool
	// named is set where the phrase names the actor itself, not a thing of its.
	named bool
	// owner is the state of its envoys: what is done to "Cuban diplomats" is done to
	// Cuba, what is done to "Swiss businessmen" only to them.
	owner *graph.ActorRef
}

// maxNesting bounds how deep an actor may stand in a phrase ("the leader of the
// army of the state of …").
const maxNesting = 4

// parties returns the actors that the noun phrase headed by token i stands for:
// its head, else who it is said to be, else whose it is, else what it is of.
func (s *sentence) parties(i int) []party { return s.find(i, 0) }

func (s *sentence) all(heads []int) []party {
	var out []party
	for _, i := range heads {
		out = append(out, s.parties(i)...)
	}
	return out
}

// agents returns the actors that may act through the noun phrases. A civilian
// described by nationality alone ("a French singer") does not act for the
// state.
func (s *sentence) agents(heads []int) []party {
	var out []party
	for _, i := range heads {
		if !s.reader.named(i) && personNouns[s.reader.word(i)] && civilian(s.reader.word(i)) {
			continue
		}
		out = append(out, s.parties(i)...)
	}
	return out
}

// anybody are pronouns for nobody the text has named: "sanctions on anyone who helps Iran".
var anybody = wordSet("anyone anybody everyone everybody whoever someone somebody nobody none")

func (s *sentence) find(i, depth int) []party {
	if w := s.reader.word(i); depth > maxNesting || strings.HasSuffix(w, "self") || strings.HasSuffix(w, "selves") || anybody[w] {
		return nil
	}
	if m := s.reader.mention(i); m != nil {
		return s.andOthers(i, m)
	}
	if p := s.pronoun(i, depth); p != nil {
		return p
	}
	if p := s.posted(i, depth); len(p) > 0 {
		return p
	}
	if p := s.kindOf(i); p != nil {
		return p
	}
	for _, look := range []func(int, int) []party{s.apposed, s.owners} {
		if p := look(i, depth); len(p) > 0 {
			return p
		}
	}
	before := s.adjectives(i, depth)
	if len(before) > 0 && !before[0].place || calendarUnits[nlp.Singular(s.reader.word(i))] {
		return before
	}
	if p := s.nested(i, depth); len(p) > 0 {
		return p // "the Palermo villa of Senator Lo Verde"
	}
	if h := s.reader.heads[i]; len(before) == 0 && s.reader.rels[i] == "appos" && h >= 0 && s.reader.named(h) && !summing(s.reader.word(i)) {
		return s.find(h, depth+1) // "Sudan, a country that …"
	}
	return before
}

// andOthers adds to a pronoun all that it stands for, and to a described group those of the
// adjectives beside its own: "Chinese, Turkish and Indian banks".
func (s *sentence) andOthers(i int, m *actor.Mention) []party {
	out := []party{s.byName(i, m)}
	if m.Form == actor.FormPronoun || m.Form == actor.FormTitle {
		for k := range s.reader.mentions {
			if o := &s.reader.mentions[k]; o.First == m.First && o.Last == m.Last && o.Actor != m.Actor {
				out = append(out, s.byName(i, o)) // "they", "both sides"
			}
		}
	}
	if m.Form != actor.FormGroup {
		return out
	}
	own := map[graph.ActorID]bool{m.Actor: true}
	for _, other := range s.reader.mentions {
		if other.Form == actor.FormAdj && other.First >= m.Lead && other.Last <= m.Last {
			own[other.Actor] = true
		}
	}
	for _, p := range s.adjectives(i, 0) {
		if !own[p.ref.ID] {
			out = append(out, p)
		}
	}
	return out
}

// byName returns the party of a mention that covers the head of a phrase.
func (s *sentence) byName(i int, m *actor.Mention) party {
	p := party{ref: s.res.Ref(*m), safe: 1, place: m.Place, named: true}
	switch m.Form {
	case actor.FormPronoun:
		p.safe = 0.85
	case actor.FormGroup:
		if !envoys[s.reader.word(i)] {
			return p
		}
		for _, other := range s.reader.mentions {
			if other.Form == actor.FormAdj && other.First >= m.Lead && other.Last <= m.Last {
				ref := s.res.Ref(other)
				p.owner = &ref
			}
		}
	}
	return p
}

// apposed returns who a description in the phrase is said to be: "his
// counterpart, Sergei Shoigu", "opposition leader Morgan Tsvangirai".
func (s *sentence) apposed(i, _ int) []party {
	for _, k := range s.reader.kids[i] {
		m := s.reader.mention(k)
		if m == nil || m.Form == actor.FormAdj || m.Place {
			continue
		}
		switch rel := s.reader.rels[k]; {
		case rel == "appos", rel == "flat", s.reader.is(k, "nmod:desc"), rel == "compound" && k > i:
			return []party{s.byName(k, m)}
		}
	}
	return nil
}

// kindOf returns the body that a noun of its kind follows: "Mugabe's ZANU-PF party".
func (s *sentence) kindOf(i int) []party {
	if m := s.reader.mention(i - 1); m != nil && bodies[s.reader.word(i)] && s.reader.heads[i-1] == i && m.Last == i &&
		(m.Form == actor.FormName || m.Form == actor.FormShort || m.Form == actor.FormCue) && s.res.Ref(*m).Type != graph.State {
		return []party{s.byName(i-1, m)}
	}
	return nil
}

// owners returns whose the thing is: "Russia's tone". His brother is not he.
func (s *sentence) owners(i, depth int) []party {
	k := s.reader.ownerOf(i)
	if k < 0 {
		return nil
	}
	kin := personNouns[nlp.Singular(s.reader.word(i))]
	var out []party
	for _, h := range s.reader.coordinated(k) {
		for _, p := range s.find(h, depth+1) {
			if kin && (p.ref.Type == graph.Person || bound[s.reader.word(i)]) {
				continue
			}
			if p.ref.Type == graph.Person && s.reader.word(h) == "our" {
				continue // "our people" are not the speaker
			}
			p.safe, p.named, p.place = 0.9*p.safe, false, false
			out = append(out, p)
		}
	}
	return out
}

// ownerOf returns the possessor of the noun, or -1.
func (t *tree) ownerOf(i int) int {
	for _, k := range t.kids[i] {
		if t.is(k, "nmod:poss") {
			return k
		}
	}
	return -1
}

// adjectives returns the actors named as adjectives or nouns before the head
// ("the French and Russian defence ministers").
func (s *sentence) adjectives(i, depth int) []party {
	var out []party
	if s.known(i) {
		return nil
	}
	for _, k := range s.reader.kids[i] {
		if k > i || strings.HasPrefix(s.reader.word(k), "anti-") || !premodifying[s.reader.rels[k]] || s.reader.rels[k] == "det" || s.reader.is(k, "nmod:poss") {
			continue
		}
		for _, h := range s.reader.coordinated(k) {
			if m := s.reader.mention(h); m != nil {
				if kind := m.Actor.Kind(); (kind == string(graph.Bloc) || kind == string(graph.People)) && workers(s.reader.word(i)) {
					continue // "European observers" are not Europe
				}
				out = append(out, s.adjective(h)...)
			} else if s.reader.rels[h] == "compound" && depth < maxNesting {
				out = append(out, s.adjectives(h, depth+1)...)
			}
		}
	}
	return out
}

// workers reports whether a noun is for people by what they do, who do not stand for the
// people or continent they are of. Those who speak for it do.
func workers(noun string) bool {
	if speakers[noun] || noun == "" {
		return false
	}
	for _, end := range []string{"ers", "ors", "ists", "men", "women", "ees", "youths", "citizens", "people"} {
		if strings.HasSuffix(noun, end) {
			return true
		}
	}
	return false
}

var speakers = wordSet("leaders ministers negotiators mediators lawmakers rulers powers elders commanders premiers fighters rebels quarters borders orders matters numbers papers customers sectors factors ambassadors governors")

// known reports whether a phrase takes up a person named before ("the French-born
// politician"), who is not the state.
func (s *sentence) known(i int) bool {
	w := s.reader.word(i)
	if s.reader.tag(i) != "NN" || !personNouns[w] || !civilian(w) {
		return false
	}
	for _, k := range s.reader.kids[i] {
		if s.reader.word(k) == "the" {
			return true
		}
	}
	return false
}

// adjective returns the actors of all mentions on token k, of which "French-Russian"
// bears two.
func (s *sentence) adjective(k int) []party {
	var out []party
	for _, m := range s.reader.mentions {
		if m.Lead <= k && k < m.Last && !slices.ContainsFunc(out, func(p party) bool { return p.ref.ID == m.Actor }) {
			out = append(out, party{ref: s.res.Ref(m), safe: 0.9, place: m.Place})
		}
	}
	return out
}

// nested returns the actors a phrase is of: "the leaders of Mali", "a statement by
// France". Of an act it is who does it, not who
// suffers it ("deplored the killing of X by Y").
func (s *sentence) nested(i, depth int) []party {
	victim := s.hasVictim(i)
	phrases := s.reader.phrases(i)
	if borders[s.reader.word(i)] {
		phrases = s.adjoining(i)
	}
	for _, o := range phrases {
		if o.prep == "by" || o.prep == "from" || o.prep == "of" && !victim || o.prep == "with" && borders[s.reader.word(i)] {
			if out := s.within(o.nominals, depth); len(out) > 0 {
				return s.ofThing(out)
			}
		}
	}
	if out := s.holding(i, depth); len(out) > 0 {
		return out
	}
	return s.issued(i)
}

// issued returns who puts out the document that a participle speaks for: "issued a
// statement condemning Israel".
func (s *sentence) issued(i int) []party {
	c := s.reader.above(s.reader.heads[i])
	if c == nil || s.reader.rels[i] != "obj" || !documents[nlp.Singular(s.reader.word(i))] {
		return nil
	}
	return s.ofThing(s.agents(agents(c)))
}

// adjoining returns the prepositional phrases of a noun and the one right after it
// that the parser hung on the verb.
func (s *sentence) adjoining(i int) []oblique {
	out := s.reader.phrases(i)
	if c := s.owner[i]; c != nil {
		for _, o := range c.obliques {
			if o.at == s.reader.last(i) {
				out = append(out, o)
			}
		}
	}
	return out
}

// posted returns where a mission is: "its embassy in Abu Dhabi".
func (s *sentence) posted(i, depth int) []party {
	if !missions[s.reader.word(i)] {
		return nil
	}
	for _, o := range s.adjoining(i) {
		if o.prep == "in" || o.prep == "to" {
			out := s.within(o.nominals, depth)
			for k := range out {
				out[k].place, out[k].named = false, false
			}
			return out
		}
	}
	return nil
}

// holding returns whose a thing is by a participle after it: "a ship belonging to
// X", "the list headed by X", "a bomb planted by X".
func (s *sentence) holding(i, depth int) []party {
	for _, k := range s.reader.kids[i] {
		c := s.reader.at[k]
		if c == nil || s.reader.rels[k] != "acl" || c.marker != "" || s.reporting(c) && s.reader.word(k) != "claimed" {
			continue
		}
		for _, o := range c.obliques {
			if o.prep == "by" && c.passive || o.prep == "to" && belonging[s.reader.word(k)] && !(siding[s.reader.word(k)] && s.reader.tag(i) == "NNS") {
				if out := s.within(o.nominals, depth); len(out) > 0 {
					return s.ofThing(out)
				}
			}
		}
	}
	return nil
}

func (s *sentence) within(heads []int, depth int) []party {
	var out []party
	for _, h := range heads {
		for _, p := range s.find(h, depth+1) {
			if !p.named && s.reader.tag(h) != "NNS" && s.reader.tag(h) != "NNPS" {
				continue // "the suggestion of French involvement"
			}
			out = append(out, p)
		}
	}
	return out
}

func (s *sentence) ofThing(out []party) []party {
	for i := range out {
		out[i].safe, out[i].named = 0.85*out[i].safe, false
	}
	return out
}

// hasVictim reports whether the phrase is an act whose "of" brings who suffers
// it and not whose it is.
func (s *sentence) hasVictim(i int) bool {
	return slices.ContainsFunc(s.nounFrames(i), func(f *Frame) bool {
		return !f.Is(flagBond) && slices.Contains(f.Slots, "of") && (s.ontology.Quad(f.Category) >= 3 || f.Category == "RETREAT" || f.Category == "SUPPORT")
	})
}
