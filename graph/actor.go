package graph

import "strings"

// ActorType is the kind of an actor. The values are those of the gold
// annotation guidelines (docs/evaluation.md).
type ActorType string

const (
	Person     ActorType = "person"
	State      ActorType = "state"
	Government ActorType = "government" // ministry, court, parliament, agency
	Military   ActorType = "military"
	IGO        ActorType = "igo" // intergovernmental organisation
	Party      ActorType = "party"
	ArmedGroup ActorType = "armed-group"
	NGO        ActorType = "ngo"
	Company    ActorType = "company"
	Media      ActorType = "media"
	People     ActorType = "people" // "the Palestinians"
	Bloc       ActorType = "bloc"   // "the West"
	Other      ActorType = "other"
)

// ActorTypes lists every ActorType in a fixed order.
var ActorTypes = []ActorType{Person, State, Government, Military, IGO, Party,
	ArmedGroup, NGO, Company, Media, People, Bloc, Other}

// ActorID is the stable id of an actor: its kind, a colon and a name within
// the kind ("state:FRA", "person:emmanuel-macron", "igo:NATO"). The kind is
// part of the id, not the authority on the actor's type: that is Actor.Type.
type ActorID string

// Kind returns the part of id before the colon, or "" where there is none.
func (id ActorID) Kind() string {
	kind, _, ok := strings.Cut(string(id), ":")
	if !ok {
		return ""
	}
	return kind
}

// Actor is whoever can act, or be acted on, in politics between or within
// states.
type Actor struct {
	ID   ActorID   `json:"id"`
	Name string    `json:"name"` // canonical English name, in full
	Type ActorType `json:"type"`
	// Country is the ISO 3166-1 alpha-3 code of the state it belongs to, or "".
	Country string `json:"country"`
	// Mentions are the distinct surface forms that stood for the actor, sorted:
	// in one article, or in all of a store.
	Mentions []string `json:"mentions"`
}

// ActorRef is an actor as one event or one mention names it.
type ActorRef struct {
	ID      ActorID   `json:"id"`
	Name    string    `json:"name"`
	Mention string    `json:"mention"` // the words of the text
	Type    ActorType `json:"type"`
	Country string    `json:"country"`
}

// Affiliation says that a person holds, or held, a role in an organisation or
// state, as far as one article states it.
type Affiliation struct {
	Article   string  `json:"article"`   // Article.ID
	Published Date    `json:"published"` // Article.Published
	Person    NameRef `json:"person"`
	Role      string  `json:"role"`
	Org       NameRef `json:"org"`
	Former    bool    `json:"former"`
	Sentence  int     `json:"sentence"` // index of the stating sentence in the article, from 0
	Span      Span    `json:"span"`     // of Quote in Article.Body
	Quote     string  `json:"quote"`    // that sentence
}

// NameRef is an actor by id and canonical name.
type NameRef struct {
	ID   ActorID `json:"id"`
	Name string  `json:"name"`
	// Mention is the words of the text, where one text speaks of the actor.
	Mention string `json:"mention,omitempty"`
}
