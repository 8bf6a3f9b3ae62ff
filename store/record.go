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
	p.insertJSON(ofArticle(rowArticle, k), articleRow{r.Article, r.Sentences, len(r.Actors), len(r.Events), len(r.Affiliations), compared})
	p.sentences += r.Sentences
	for _, a := range r.Actors {
		p.insertJSON(mentionKey(k, a.ID), a)
		p.addToActor(a)
	}
	for i, e := range r.Events {
		e.Copies = nil // they are looked up
		p.insertJSON(placeOf(k, i).key(rowEvent), e)
	}
	for i, f := range r.Affiliations {
		p.insertJSON(placeOf(k, i).key(rowAffiliation), f)
	}
	p.addToLists(listsOf(k, r.Events, r.Affiliations))
	p.addToTies(r.Events, 1)
}

// removeRecord takes back what addRecord wrote, and leaves the store as if it
// had not.
func (p *put) removeRecord(k articleKey, row articleRow) {
	for _, a := range p.actorsOf(k, row.Actors) {
		p.delete(mentionKey(k, a.ID))
		p.removeFromActor(a)
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
	p.addToTies(events, -1)
	p.delete(ofArticle(rowArticle, k))
	p.sentences -= row.Sentences
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
// into the index of names.
func (p *put) addToActor(a graph.Actor) {
	row, there := p.actorRow(a.ID)
	if p.err != nil {
		return
	}
	name := row.Name
	added := row.add(a)
	p.writeJSON(actorKey(a.ID), row, there)
	if row.Name == name {
		p.addNames(a.ID, added)
		return
	}
	before := row.Actor
	before.Name, before.Mentions = name, without(row.Mentions, added)
	p.setNames(nameRows(before), nameRows(row.Actor))
}

// actorRow returns the row of an actor, which whoever asks changes, and whether
// there is one.
func (p *put) actorRow(id graph.ActorID) (row *actorRow, there bool) {
	cache := &p.store.cache
	if row := cache.actors[id]; row != nil {
		return row, true
	}
	row = &actorRow{Actor: graph.Actor{ID: id}}
	there = p.read(actorKey(id), func(value []byte) error {
		cache.held += 2 * len(value)
		return decode(row)(value)
	})
	cache.actors[id] = row
	cache.held += len(id) + rowOverhead
	return row, there
}

// removeFromActor takes back what addToActor did.
func (p *put) removeFromActor(a graph.Actor) {
	if p.err != nil {
		return
	}
	row, there := p.actorRow(a.ID)
	before := nameRows(row.Actor)
	if p.err == nil && (!there || !row.remove(a)) {
		p.fail("row %q does not count what article names %q", actorKey(a.ID), a.Mentions)
		return
	}
	if row.Articles == 0 {
		p.setNames(before, nil)
		p.delete(actorKey(a.ID))
		p.store.cache.forget(actorKey(a.ID))
		return
	}
	p.setNames(before, nameRows(row.Actor))
	p.setJSON(actorKey(a.ID), row)
}

// addNames enters mentions of an actor, which it had not before, into the index
// of names. An actor can have thousands: those it had are not touched.
func (p *put) addNames(id graph.ActorID, mentions []string) {
	for key, names := range nameRows(graph.Actor{ID: id, Mentions: mentions}) {
		var have []string
		there := p.read([]byte(key), decode(&have))
		p.writeJSON([]byte(key), union(have, names), there)
	}
}

// setNames makes the name rows of an actor what they should be now that its
// canonical name is another.
func (p *put) setNames(old, now map[string][]string) {
	for _, key := range slices.Sorted(maps.Keys(now)) {
		if have, there := old[key]; !slices.Equal(have, now[key]) {
			p.writeJSON([]byte(key), now[key], there)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(old)) {
		if _, keep := now[key]; !keep {
			p.delete([]byte(key))
		}
	}
}

// lists are entries of an article: head of the list to the keys of its entries, in
// order.
type lists map[string][][]byte

func listsOf(k articleKey, events []graph.Event, affiliations []graph.Affiliation) lists {
	l := lists{}
	for i, e := range events {
		p := placeOf(k, i)
		l.enter(p, actorEventsKey(e.Source.ID))
		if e.Target.ID != e.Source.ID {
			l.enter(p, actorEventsKey(e.Target.ID))
		}
		l.enter(p, dyadEventsKey(graph.Dyad{Source: e.Source.ID, Target: e.Target.ID}))
		l.enterDated(e.Date, p, categoryHead(e.Category))
		l.enterDated(e.Date, p, []byte{rowDate})
	}
	for i, f := range affiliations {
		l.enter(placeOf(k, i), actorRolesKey(f.Person.ID))
		if f.Org.ID != f.Person.ID {
			l.enter(placeOf(k, i), actorRolesKey(f.Org.ID))
		}
	}
	return l
}

func (l lists) enter(p place, head []byte) {
	l[string(head)] = append(l[string(head)], entryKey(head, p))
}

func (l lists) enterDated(d graph.Date, p place, head []byte) {
	l[string(head)] = append(l[string(head)], datedEntry(head, d, p))
}

func (p *put) addToLists(l lists) {
	for _, head := range slices.Sorted(maps.Keys(l)) {
		p.count([]byte(head), len(l[head]))
		for _, entry := range l[head] {
			p.insert(entry, nil)
		}
	}
}

func (p *put) removeFromLists(l lists) {
	for _, head := range slices.Sorted(maps.Keys(l)) {
		p.count([]byte(head), -len(l[head]))
		for _, entry := range l[head] {
			p.delete(entry)
		}
	}
}

// enterArticle adds an article to a list of articles.
func (p *put) enterArticle(head []byte, k articleKey) {
	p.count(head, 1)
	p.insert(articleEntry(head, k), nil)
}

// leaveArticle takes back what enterArticle did.
func (p *put) leaveArticle(head []byte, k articleKey) {
	p.count(head, -1)
	p.delete(articleEntry(head, k))
}

// count adds n to the head of a list, and deletes the head of a list that is
// left empty. The list of all events by date has no head: the totals count it.
func (p *put) count(head []byte, n int) {
	if len(head) == 1 {
		return
	}
	cache := &p.store.cache
	have, there := cache.heads[string(head)]
	if !there {
		there = p.read(head, decodeCount(&have))
		cache.held += len(head) + rowOverhead
	}
	switch now := int64(have) + int64(n); {
	case now < 0:
		p.fail("list %q counts %d entries, of which %d go", head, have, -n)
	case now == 0:
		p.delete(head)
		cache.forget(head)
	default:
		p.write(head, encodeCount(uint64(now)), there)
		cache.heads[string(head)] = uint64(now)
	}
}

// addToTies adds events of an article, sign times, to what their dyads add up to.
func (p *put) addToTies(events []graph.Event, sign int) {
	ties := map[graph.Dyad][]graph.TiePart{} // what they have more
	for i := range events {
		e := &events[i]
		id, kind := e.Identity(), kindOf(e.Quad, e.Symmetric)
		before, after := p.addToAct(id, kind, sign)
		add := func(kind byte, events, records int) {
			ties[id.Dyad], _ = addPart(ties[id.Dyad], graph.TiePart{Category: id.Category, Status: id.Status,
				Quad: int(kind &^ symmetricKind), Symmetric: kind&symmetricKind != 0, Events: events, Records: records})
		}
		add(kind, 0, sign)
		if len(before) > 0 {
			add(before.kind(), -1, 0)
		}
		if len(after) > 0 {
			add(after.kind(), 1, 0)
		}
	}
	for _, d := range slices.SortedFunc(maps.Keys(ties), graph.Dyad.Compare) {
		if len(ties[d]) > 0 {
			p.addToTie(d, ties[d])
		}
	}
}

// addToAct adds a record, or with sign -1 takes one, to a distinct event.
func (p *put) addToAct(id graph.Identity, kind byte, sign int) (before, after act) {
	key := actKey(id)
	there := p.read(key, decodeAct(&before))
	after, ok := slices.Clone(before).with(kind, sign)
	switch {
	case !ok:
		p.fail("row %q does not count a record that goes", key)
	case len(after) == 0:
		p.delete(key)
	default:
		p.write(key, after.encode(), there)
	}
	return before, after
}

func (p *put) addToTie(d graph.Dyad, more []graph.TiePart) {
	cache := &p.store.cache
	key := tieKey(d)
	parts, there := cache.ties[string(key)]
	if !there {
		there = p.read(key, decodeParts(&parts, map[string]string{}))
		cache.held += len(key) + rowOverhead
	}
	ok := true
	for _, part := range more {
		var enough bool
		parts, enough = addPart(parts, part)
		ok = ok && enough
	}
	switch {
	case !ok:
		p.fail("row %q counts fewer events than go", key)
	case len(parts) == 0:
		p.delete(key)
		cache.forget(key)
	default:
		p.write(key, encodeParts(parts), there)
		cache.ties[string(key)] = parts
		cache.held += len(parts) * rowOverhead
	}
}

// end writes what the batch changes of the totals, and its number.
func (p *put) end() {
	if p.err != nil || p.bytes == 0 {
		return
	}
	t := p.store.cache.totals
	if t == nil {
		read, err := p.store.readTotals(p.batch)
		if err != nil {
			p.err = err
			return
		}
		t = &read
		p.store.cache.totals = t
	}
	t.Sentences += p.sentences
	for rowType, n := range p.rows {
		if n == 0 || rowType == rowMeta {
			continue
		}
		name := string(rune(rowType))
		if t.Rows[name] += n; t.Rows[name] == 0 {
			delete(t.Rows, name)
		} else if t.Rows[name] < 0 {
			p.fail("the totals count fewer rows of type %q than go", name)
		}
	}
	p.setJSON(keyTotals, t)
	p.set(keySequence, encodeCount(p.store.sequence+1))
}

// read reads a row that may be missing, and reports whether it is there.
func (p *put) read(key []byte, decode func([]byte) error) bool {
	if p.err != nil {
		return false
	}
	err := p.store.get(p.batch, key, decode)
	if err != nil && !errors.Is(err, errNoRow) {
		p.err = err
	}
	return err == nil
}

// write sets a row that is there already, or inserts it.
func (p *put) write(key, value []byte, there bool) {
	if there {
		p.set(key, value)
		return
	}
	p.insert(key, value)
}

func (p *put) writeJSON(key []byte, v any, there bool) {
	if !there && p.err == nil {
		p.rows[key[0]]++
	}
	p.setJSON(key, v)
}

func (p *put) insertJSON(key []byte, v any) { p.writeJSON(key, v, false) }

func (p *put) setJSON(key []byte, v any) {
	if p.err != nil {
		return
	}
	b, err := p.encode(v)
	if err != nil {
		p.err = fmt.Errorf("store %s: %w: row %q: %w", p.store.folder.dir, ErrInvalid, key, err)
		return
	}
	p.set(key, b)
}

// insert writes a row that is not there.
func (p *put) insert(key, value []byte) {
	if p.err == nil {
		p.rows[key[0]]++
	}
	p.set(key, value)
}

// set writes a row that is there.
func (p *put) set(key, value []byte) {
	if p.err == nil {
		p.bytes += len(key) + len(value)
		p.err = p.batch.set(key, value)
		p.failed = p.err != nil
	}
}

// delete deletes a row that is there.
func (p *put) delete(key []byte) {
	if p.err == nil {
		p.rows[key[0]]--
		p.bytes += len(key)
		p.err = p.batch.delete(key)
		p.failed = p.err != nil
	}
}
