package graph

// Appearance says that an article names an actor.
type Appearance struct {
	Article string // Article.Key
	Actor   ActorID
}
