package store

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"entente/graph"
)

// lens shows what one snapshot holds as it is judged. The rows are what the
// articles said; nothing of a judgement is written into them. The nil lens shows
// them as they are.
type lens struct {
	store  *Store
	r      reader
	judged *graph.Judged
	faces  map[graph.ActorID]graph.Actor // of merged actors, without mentions
}

func (l *lens) of(id graph.ActorID) *graph.JudgedActor {
	if l == nil {
		return nil
	}
	return l.judged.Of(id)
}

func (l *lens) canonical(id graph.ActorID) graph.ActorID {
	if j := l.of(id); j != nil {
		return j.ID
	}
	return id
}

// members returns the actors that are one with id, id among them.
func (l *lens) members(id graph.ActorID) []graph.ActorID {
	if j := l.of(id); j != nil {
		return j.Members
	}
	return []graph.ActorID{id}
}

// actor returns the actor with that id, or errNoRow.
func (s *Store) actor(r reader, l *lens, id graph.ActorID) (graph.Actor, error) {
	if j := l.of(id); j != nil {
		return l.joined(j)
	}
	var row actorRow
	err := s.get(r, actorKey(id), decode(&row))
	return row.Actor, err
}

// whole returns an actor's row as it is judged.
func (l *lens) whole(a graph.Actor) (graph.Actor, error) {
	if j := l.of(a.ID); j != nil {
		return l.joined(j)
	}
	return a, nil
}

// joined returns the actor that j's members are together: with what the first of
// them that has a name, a type or a country says, and the mentions of all. It
// returns errNoRow where no article names any.
func (l *lens) joined(j *graph.JudgedActor) (graph.Actor, error) {
	a := graph.Actor{ID: j.ID, Type: j.Type, Country: j.Country}
	none := true
	for _, id := range j.Members {
		var row actorRow
		switch err := l.store.get(l.r, actorKey(id), decode(&row)); {
		case errors.Is(err, errNoRow):
			continue
		case err != nil:
			return a, err
		}
		none = false
		a.Name, a.Type, a.Country = cmp.Or(a.Name, row.Name), cmp.Or(a.Type, row.Type), cmp.Or(a.Country, row.Country)
		a.Mentions = union(a.Mentions, row.Mentions)
	}
	if none {
		return a, errNoRow
	}
	return a, nil
}

// face is joined without the mentions and, where no article names any member, without
// a name.
func (l *lens) face(j *graph.JudgedActor) (graph.Actor, error) {
	if a, ok := l.faces[j.ID]; ok {
		return a, nil
	}
	a, err := l.joined(j)
	if err != nil && !errors.Is(err, errNoRow) {
		return a, err
	}
	a.Mentions = nil
	l.faces[j.ID] = a
	return a, nil
}

// show makes an actor what it is judged to be, as an article speaks of it.
func (l *lens) show(id *graph.ActorID, name *string, t *graph.ActorType, country *string) error {
	j := l.of(*id)
	if j == nil {
		return nil
	}
	face := graph.Actor{ID: *id, Type: j.Type, Country: j.Country}
	if j.Merged() {
		var err error
		if face, err = l.face(j); err != nil {
			return err
		}
	}
	*id, *name, *t, *country = face.ID, cmp.Or(face.Name, *name), cmp.Or(face.Type, *t), cmp.Or(face.Country, *country)
	return nil
}

func (l *lens) event(e *graph.Event) error {
	if l == nil {
		return nil
	}
	refs := []*graph.ActorRef{&e.Source, &e.Target}
	if e.AttributedTo != nil {
		refs = append(refs, e.AttributedTo)
	}
	for _, a := range refs {
		if err := l.show(&a.ID, &a.Name, &a.Type, &a.Country); err != nil {
			return err
		}
	}
	return nil
}

func (l *lens) affiliation(f *graph.Affiliation) error {
	for _, a := range []*graph.NameRef{&f.Person, &f.Org} {
		var t graph.ActorType
		var country string
		if err := l.show(&a.ID, &a.Name, &t, &country); err != nil {
			return err
		}
	}
	return nil
}

// record shows all that one article yields.
func (l *lens) record(r *graph.Record) (err error) {
	if l == nil {
		return nil
	}
	if r.Actors, err = l.actors(r.Actors); err != nil {
		return err
	}
	for i := range r.Events {
		if err := l.event(&r.Events[i]); err != nil {
			return err
		}
	}
	for i := range r.Affiliations {
		if err := l.affiliation(&r.Affiliations[i]); err != nil {
			return err
		}
	}
	return nil
}

// actors shows the actors of one article, by id.
func (l *lens) actors(said []graph.Actor) ([]graph.Actor, error) {
	at := map[graph.ActorID]int{}
	var list []graph.Actor
	for _, a := range said {
		if err := l.show(&a.ID, &a.Name, &a.Type, &a.Country); err != nil {
			return nil, err
		}
		if i, ok := at[a.ID]; ok {
			list[i].Mentions = union(list[i].Mentions, a.Mentions)
			continue
		}
		at[a.ID] = len(list)
		list = append(list, a)
	}
	slices.SortFunc(list, func(a, b graph.Actor) int { return cmp.Compare(a.ID, b.ID) })
	return list, nil
}

// unnamed returns the merged actors whose own id no article names, by id.
func (l *lens) unnamed() (list []graph.Actor, err error) {
	err = l.merged(func(j *graph.JudgedActor, named []graph.ActorID) error {
		if len(named) == 0 || named[0] == j.ID {
			return nil
		}
		a, err := l.joined(j)
		list = append(list, a)
		return err
	})
	return list, err
}

// folded returns how many actors fewer there are as others are merged into them.
func (l *lens) folded() (n int, err error) {
	err = l.merged(func(_ *graph.JudgedActor, named []graph.ActorID) error {
		n += max(0, len(named)-1)
		return nil
	})
	return n, err
}

// merged visits the merged actors, by id, with those members that articles name.
func (l *lens) merged(visit func(j *graph.JudgedActor, named []graph.ActorID) error) error {
	if l == nil {
		return nil
	}
	for _, j := range l.judged.All() {
		if !j.Merged() {
			continue
		}
		var named []graph.ActorID
		for _, id := range j.Members {
			is, err := l.store.named(l.r, id)
			if err != nil {
				return err
			}
			if is {
				named = append(named, id)
			}
		}
		if err := visit(j, named); err != nil {
			return err
		}
	}
	return nil
}

// named reports whether an article names the actor.
func (s *Store) named(r reader, id graph.ActorID) (bool, error) {
	err := s.get(r, actorKey(id), func([]byte) error { return nil })
	if errors.Is(err, errNoRow) {
		return false, nil
	}
	return err == nil, err
}

// appearances returns an emit for the pairs as the articles have them, by article,
// and a flush for after the last.
func (l *lens) appearances(emit func(graph.Appearance) error) (add func(graph.Appearance) error, flush func() error) {
	if l == nil {
		return emit, func() error { return nil }
	}
	var of []graph.Appearance // one article
	flush = func() error {
		slices.SortFunc(of, func(a, b graph.Appearance) int { return cmp.Compare(a.Actor, b.Actor) })
		for _, a := range slices.Compact(of) {
			if err := emit(a); err != nil {
				return err
			}
		}
		of = of[:0]
		return nil
	}
	return func(a graph.Appearance) error {
		if len(of) > 0 && of[0].Article != a.Article {
			if err := flush(); err != nil {
				return err
			}
		}
		a.Actor = l.canonical(a.Actor)
		of = append(of, a)
		return nil
	}, flush
}

// nameIndex shows the index of names, with the aliases in their places.
type nameIndex struct {
	lens    *lens
	emit    func(graph.NameEntry) error
	aliases []aliasEntry // still to come, by group
	group   string       // nameGroup of entries
	entries []graph.NameEntry
}

type aliasEntry struct {
	group string
	graph.NameEntry
}

// names returns the index of the names that begin with folded.
func (l *lens) names(folded string, emit func(graph.NameEntry) error) *nameIndex {
	x := &nameIndex{lens: l, emit: emit}
	if l == nil {
		return x
	}
	for _, j := range l.judged.All() {
		for _, name := range j.Aliases {
			for key := range nameRows(graph.Actor{ID: j.ID, Name: name}) {
				_, kind, id, _ := parseNameKey([]byte(key))
				e := graph.NameEntry{Name: name, ID: id, Word: kind == wordName}
				if strings.HasPrefix(key, string(namePrefix(folded))) && begins(e, folded) {
					x.aliases = append(x.aliases, aliasEntry{nameGroup([]byte(key), id), e})
				}
			}
		}
	}
	slices.SortFunc(x.aliases, func(a, b aliasEntry) int { return cmp.Compare(a.group, b.group) }) // of one group, end sorts them
	return x
}

// add takes an entry of the row at key.
func (x *nameIndex) add(key []byte, e graph.NameEntry) error {
	if x.lens == nil {
		return x.emit(e)
	}
	if group := nameGroup(key, e.ID); group != x.group {
		if err := x.begin(group); err != nil {
			return err
		}
	}
	e.ID = x.lens.canonical(e.ID)
	x.entries = append(x.entries, e)
	return nil
}

// begin emits what comes before a group, and takes the group's aliases.
func (x *nameIndex) begin(group string) error {
	for ; len(x.aliases) > 0 && x.aliases[0].group < group; x.aliases = x.aliases[1:] {
		a := x.aliases[0]
		if a.group > x.group {
			if err := x.end(a.group); err != nil {
				return err
			}
		}
		x.entries = append(x.entries, a.NameEntry)
	}
	if err := x.end(group); err != nil {
		return err
	}
	for ; len(x.aliases) > 0 && x.aliases[0].group == group; x.aliases = x.aliases[1:] {
		x.entries = append(x.entries, x.aliases[0].NameEntry)
	}
	return nil
}

// end emits the entries of a group, and makes next the group.
func (x *nameIndex) end(next string) error {
	slices.SortFunc(x.entries, func(a, b graph.NameEntry) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Name, b.Name))
	})
	for _, e := range slices.Compact(x.entries) {
		if err := x.emit(e); err != nil {
			return err
		}
	}
	x.group, x.entries = next, x.entries[:0]
	return nil
}

// flush emits what is left after the last row.
func (x *nameIndex) flush() error {
	if x.lens == nil {
		return nil
	}
	return x.begin("\xff") // after every key of a name
}
