package actor

import "entente/graph"

// findKin makes persons of relatives who are called by their given name alone:
// "Rafsanjani's daughter, Faezeh", "his brother Mohammed". Blood relatives and wives
// go by the family's name.
func (l *line) findKin() {
	for i := 2; i < len(l.tokens); i++ {
		at := i
		if l.folded[i-1] == "," {
			at--
		}
		if l.taken[i] || !l.upper(i) || isAcronym(l.tokens[i].Text) || l.tokens[i].UPOS != "PROPN" || l.nameRun(i) != 1 || l.upper(i+1) || !familyNouns[l.at(at-1)] {
			continue
		}
		if l.tokens[i].Entity != "B-PER" && !l.dict.givenNames[l.folded[i]] && l.relation(i) != "appos" {
			continue
		}
		owner := l.ownerOfKin(at - 2)
		if owner == nil {
			continue
		}
		name := l.tokens[i].Text
		words := nameWords(owner.Name)
		if e := l.dict.Entry(owner.ID); len(words) > 1 && (e == nil || !eastAsian[graph.FoldWord(words[0])]) {
			name += " " + words[len(words)-1]
		}
		id := graph.ActorID("person:" + slug(name))
		if e := l.dict.spelt(nameWords(name)); e != nil && e.Country == owner.Country {
			id = l.use(e)
		} else {
			l.define(graph.Actor{ID: id, Name: name, Type: graph.Person, Country: owner.Country})
		}
		l.kin[id] = true
		addTo(l.surnames, l.folded[i], id)
		l.mention(i, i+1, id, FormShort, false)
		l.because(0.8, "a relative of "+owner.Name)
	}
}

// ownerOfKin returns the person whose relative the words up to token i introduce: the
// one named in the genitive there, or, for "his" and "her", the one person named before in
// the sentence; else nil.
func (l *line) ownerOfKin(i int) *graph.Actor {
	for k := i; k >= 0 && k > i-5; k-- {
		switch {
		case l.possessiveAt(k):
			if m := l.mentionEnding(k); m != nil && l.out.actors[m.Actor].Type == graph.Person {
				return l.out.actors[m.Actor]
			}
			return nil
		case l.folded[k] == "his", l.folded[k] == "her":
			var found *graph.Actor
			for _, m := range l.mentions {
				if a := l.out.actors[m.Actor]; m.Last <= k && a.Type == graph.Person {
					if found != nil && found != a {
						return nil
					}
					found = a
				}
			}
			return found
		case l.tokens[k].UPOS != "ADJ" && l.tokens[k].UPOS != "NUM" && l.tokens[k].UPOS != "NOUN":
			return nil
		}
	}
	return nil
}
