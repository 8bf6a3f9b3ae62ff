package store

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"entente/graph"
)

// addRecord writes the rows of an article that is no copy.
func (p *put) addRecord(k articleKey, r *graph.Record, compared bool) {
	p.setJSON(ofArticle(rowArticle, k), articleRow{r.Article, r.Sentences, len(r.Actors), len(r.Events), len(r.Affiliations), compared})
	sums := totals{Articles: 1, Sentences: r.Sentences, Events: len(r.Events), Affiliations: len(r.Affiliations), Mentions: len(r.Actors)}
	for _, a := range r.Actors {
		p.setJSON(mentionKey(k, a.ID), a)
		if p.addToActor(a) {
			sums.Actors++
		}
	}
	for i, e := range r.Events {
		e.Copies = nil // they are looked up
		p.setJSON(placeOf(k, i).key(rowEvent), e)
	}
	for i, f := range r.Affiliations {
		p.setJSON(placeOf(k, i).key(rowAffiliation), f)
	}
	p.addToLists(listsOf(k, r.Events, r.Affiliations))
	p.addToTotals(sums, 1)
}

// removeRecord takes back what addRecord wrote, and leaves the store as if it
// had not.
func (p *put) removeRecord(k articleKey, row articleRow) {
	sums := totals{Articles: 1, Sentences: row.Sentences, Events: row.Events, Affiliations: row.Affiliations, Mentions: row.Actors}
	for _, a := range p.actorsOf(k, row.Actors) {
		p.delete(mentionKey(k, a.ID))
		if p.removeFromActor(a) {
			sums.Actors++
		}
	}
	events := ordered[graph.Event](p, k, rowEvent, row.Events)
	affiliations := ordered[graph.Affiliation](p, k, rowAffiliation, row.Affiliations)
	for i := range events {
		p.delete(placeOf(k, i).key(rowEvent))
	}
	for i := range affiliations {
		p.delete(placeOf(k, i).key(rowAffiliation))
	}
	p.removeFromLists(listsOf(k, events, affiliations))
	p.delete(ofArticle(rowArticle, k))
	p.addToTotals(sums, -1)
}

// actorsOf reads the n rows of type rowMention that belong to article k.
func (p *put) actorsOf(k articleKey, n int) []graph.Actor {
	if p.err != nil {
		return nil
	}
	c := p.batch.scan(ofArticle(rowMention, k))
	defer c.close()
	actors := make([]graph.Actor, 0, n)
	for c.next() {
		var a graph.Actor
		if p.err = p.store.value(c, decode(&a)); p.err != nil {
			return nil
		}
		actors = append(actors, a)
	}
	p.err = p.store.count(len(actors), n, fmt.Sprintf("actors of article %s", k))
	return actors
}

// ordered reads the n rows of type t that belong to article k.
func ordered[T any](p *put, k articleKey, t byte, n int) []T {
	rows := make([]T, n)
	for i := range rows {
		if p.err != nil {
			return nil
		}
		p.err = p.store.must(p.batch, placeOf(k, i).key(t), decode(&rows[i]))
	}
	return rows
}

// addToActor takes what the article says about an actor into the actor's row and
// into the index of names, and reports whether the actor is new.
func (p *put) addToActor(a graph.Actor) (isNew bool) {
	if p.err != nil {
		return false
	}
	row := actorRow{Actor: graph.Actor{ID: a.ID}}
	err := p.store.get(p.batch, actorKey(a.ID), decode(&row))
	isNew = errors.Is(err, errNoRow)
	if err != nil && !isNew {
		p.err = err
		return false
	}
	before := row.Actor
	before.Mentions = slices.Clone(row.Mentions) // add works in place
	row.add(a)
	p.setJSON(actorKey(a.ID), row)
	if row.Name != before.Name {
		p.setNames(nameRows(before), nameRows(row.Actor))
	} else {
		p.addNames(a.ID, without(row.Mentions, before.Mentions))
	}
	return isNew
}

// removeFromActor takes back what addToActor did, and reports whether nothing
// else named the actor.
func (p *put) removeFromActor(a graph.Actor) (isGone bool) {
	if p.err != nil {
		return false
	}
	var row actorRow
	if p.err = p.store.must(p.batch, actorKey(a.ID), decode(&row)); p.err != nil {
		return false
	}
	before := nameRows(row.Actor)
	if !row.remove(a) {
		p.err = p.store.folder.damaged("row %q does not count what article names %q", actorKey(a.ID), a.Mentions)
		return false
	}
	if row.Articles == 0 {
		p.setNames(before, nil)
		p.delete(actorKey(a.ID))
		return true
	}
	p.setNames(before, nameRows(row.Actor))
	p.setJSON(actorKey(a.ID), row)
	return false
}

// addNames enters mentions of an actor, which it had not before, into the index
// of names. An actor can have thousands: those it had are not touched.
func (p *put) addNames(id graph.ActorID, mentions []string) {
	for key, names := range nameRows(graph.Actor{ID: id, Mentions: mentions}) {
		if p.err != nil {
			return
		}
		var have []string
		if err := p.store.get(p.batch, []byte(key), decode(&have)); err != nil && !errors.Is(err, errNoRow) {
			p.err = err
			return
		}
		p.setJSON([]byte(key), union(have, names))
	}
}

// setNames makes the name rows of an actor what they should be now that its
// canonical name is another.
func (p *put) setNames(old, now map[string][]string) {
	for _, key := range slices.Sorted(maps.Keys(now)) {
		if !slices.Equal(old[key], now[key]) {
			p.setJSON([]byte(key), now[key])
		}
	}
	for _, key := range slices.Sorted(maps.Keys(old)) {
		if _, keep := now[key]; !keep {
			p.delete([]byte(key))
		}
	}
}

// lists are entries of an article: head of the list to places, in order.
type lists map[string][]place

func listsOf(k articleKey, events []graph.Event, affiliations []graph.Affiliation) lists {
	l := lists{}
	for i, e := range events {
		l.enter(placeOf(k, i), actorEventsKey(e.Source.ID), actorEventsKey(e.Target.ID), dyadEventsKey(graph.Dyad{Source: e.Source.ID, Target: e.Target.ID}))
	}
	for i, f := range affiliations {
		l.enter(placeOf(k, i), actorRolesKey(f.Person.ID), actorRolesKey(f.Org.ID))
	}
	return l
}

// enter notes p in the lists with the given heads, once in each.
func (l lists) enter(p place, heads ...[]byte) {
	for _, head := range heads {
		have := l[string(head)]
		if n := len(have); n == 0 || have[n-1] != p {
			l[string(head)] = append(have, p)
		}
	}
}

func (p *put) addToLists(l lists) {
	for _, head := range slices.Sorted(maps.Keys(l)) {
		p.count([]byte(head), len(l[head]))
		for _, at := range l[head] {
			p.set(entryKey([]byte(head), at), nil)
		}
	}
}

func (p *put) removeFromLists(l lists) {
	for _, head := range slices.Sorted(maps.Keys(l)) {
		p.count([]byte(head), -len(l[head]))
		for _, at := range l[head] {
			p.delete(entryKey([]byte(head), at))
		}
	}
}

// count adds n to the head of a list, and deletes the head of a list that is
// left empty.
func (p *put) count(head []byte, n int) {
	if p.err != nil {
		return
	}
	var have uint64
	if err := p.store.get(p.batch, head, decodeCount(&have)); err != nil && !errors.Is(err, errNoRow) {
		p.err = err
		return
	}
	switch now := int64(have) + int64(n); {
	case now < 0:
		p.err = p.store.folder.damaged("list %q counts %d entries, of which %d go", head, have, -n)
	case now == 0:
		p.delete(head)
	default:
		p.set(head, encodeCount(uint64(now)))
	}
}

// addToTotals adds more to the totals n times.
func (p *put) addToTotals(more totals, n int) {
	if p.err != nil {
		return
	}
	t, err := p.store.readTotals(p.batch)
	if err != nil {
		p.err = err
		return
	}
	t.Articles += n * more.Articles
	t.Sentences += n * more.Sentences
	t.Events += n * more.Events
	t.Actors += n * more.Actors
	t.Affiliations += n * more.Affiliations
	t.Mentions += n * more.Mentions
	t.Copies += n * more.Copies
	p.setJSON(keyTotals, t)
}

func (p *put) setJSON(key []byte, v any) {
	if p.err != nil {
		return
	}
	b, err := encode(v)
	if err != nil {
		p.err = fmt.Errorf("store %s: %w: row %q: %w", p.store.folder.dir, ErrInvalid, key, err)
		return
	}
	p.set(key, b)
}

func (p *put) set(key, value []byte) {
	if p.err == nil {
		p.bytes += len(key) + len(value)
		p.err = p.batch.set(key, value)
	}
}

func (p *put) delete(key []byte) {
	if p.err == nil {
		p.bytes += len(key)
		p.err = p.batch.delete(key)
	}
}
