package store

import "entente/graph"

// cache is what a writer remembers of rows that nearly every article changes: the
// totals, the actors that are always in the news, the heads of their lists, the
// dyads. It holds what the database does, and is dropped when a transaction fails.
type cache struct {
	totals *totals
	actors map[graph.ActorID]*actorRow
	heads  map[string]uint64
	ties   map[string][]graph.TiePart
	// held is about how many bytes it takes.
	held int
}

// cacheLimit bounds a cache, in bytes: it is begun anew where it is reached.
const cacheLimit = 8 << 20

// drop forgets everything.
func (c *cache) drop() {
	*c = cache{actors: map[graph.ActorID]*actorRow{}, heads: map[string]uint64{}, ties: map[string][]graph.TiePart{}}
}

// trim begins the cache anew if it has grown too big. Only between transactions.
func (c *cache) trim() {
	if c.held > cacheLimit || c.actors == nil {
		c.drop()
	}
}

// forget removes what the cache has of a row.
func (c *cache) forget(key []byte) {
	switch key[0] {
	case rowActor:
		delete(c.actors, graph.ActorID(key[1:]))
	case rowTie:
		delete(c.ties, string(key))
	default:
		delete(c.heads, string(key))
	}
}

// rowOverhead is about what an entry of a map takes beside its bytes.
const rowOverhead = 80
