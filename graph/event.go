package graph

import "cmp"

// Status says how far the text holds an event to be real.
type Status string

const (
	Asserted Status = "asserted" // happened, is happening
	Negated  Status = "negated"  // did not happen, will not
	Planned  Status = "planned"  // will, intends, threatens, offers
	Possible Status = "possible" // may, hypothetical, conditional
)

// Statuses lists every Status in a fixed order.
var Statuses = []Status{Asserted, Negated, Planned, Possible}

// DateBasis says where an event's date comes from.
type DateBasis string

const (
	DateFromText        DateBasis = "text"        // the sentence names it
	DateFromPublication DateBasis = "publication" // the article's own date stands in
	DateUnknown         DateBasis = ""
)

// NoCategory is the Category of a relation outside PLOVER's sixteen, such as
// the bond "ally of".
const NoCategory = "NONE"

// Event is one coded claim of one article: the source did the predicate to the
// target. Its JSON form is the project's line format.
type Event struct {
	Article   string   `json:"article"` // Article.ID
	Source    ActorRef `json:"source"`
	Predicate string   `json:"predicate"` // lemma, words joined by "_"
	Target    ActorRef `json:"target"`
	// Symmetric events (meetings, talks) hold in both directions.
	Symmetric bool    `json:"symmetric,omitempty"`
	Category  string  `json:"plover"` // PLOVER category or NoCategory
	Mode      string  `json:"mode"`   // PLOVER mode or ""
	CAMEO     string  `json:"cameo"`  // CAMEO code or ""
	Quad      int     `json:"quad"`   // 1..4 as PLOVER numbers them; 0 for NoCategory
	Goldstein float64 `json:"goldstein"`
	Status    Status  `json:"status"`
	// AttributedTo is who says so where the text only reports it, or nil.
	AttributedTo *ActorRef `json:"attributed_to"`
	Date         Date      `json:"date"` // when it happened, or "" if unknown
	DateBasis    DateBasis `json:"date_basis"`
	Published    Date      `json:"published"`           // Article.Published
	Publisher    string    `json:"publisher,omitempty"` // Article.Publisher
	Place        *Place    `json:"place"`
	Provenance
	// Copies are the articles that print the event's article again, nearly word
	// for word. A store that has looked for them fills them in; each is one more
	// mention of the event, and none is an event of its own.
	Copies []Copy `json:"copies,omitempty"`
}

// Copy is an article that repeats another one: what is known of it beside its
// text.
type Copy struct {
	Article   string `json:"article"` // Article.ID
	Publisher string `json:"publisher,omitempty"`
	Published Date   `json:"published,omitempty"`
}

// Provenance is the evidence an event stands on.
type Provenance struct {
	Sentence   int     `json:"sentence"` // index in the article, from 0
	Span       Span    `json:"span"`     // of Quote in Article.Body
	Quote      string  `json:"quote"`    // the sentence, as the article has it
	Rule       string  `json:"rule"`     // the pattern that fired
	Confidence float64 `json:"confidence"`
	Coder      string  `json:"coder"` // version of the event coder
}

// CompareCopies orders copies by day, unknown ones last, then by publisher and id.
func CompareCopies(a, b Copy) int {
	if (a.Published == "") != (b.Published == "") {
		return cmp.Compare(b.Published, a.Published)
	}
	return cmp.Or(
		cmp.Compare(a.Published, b.Published),
		cmp.Compare(a.Publisher, b.Publisher),
		cmp.Compare(a.Article, b.Article),
	)
}

// Place is where an event happened.
type Place struct {
	Name    string `json:"name"`
	Country string `json:"country"` // ISO 3166-1 alpha-3 or ""
}

// Dyad is an ordered pair of actors.
type Dyad struct {
	Source, Target ActorID
}

// Compare orders dyads by source and then by target.
func (d Dyad) Compare(o Dyad) int {
	return cmp.Or(cmp.Compare(d.Source, o.Source), cmp.Compare(d.Target, o.Target))
}

// Identity tells distinct events from repeated mentions of one: two events
// with equal identities are the same act reported twice.
type Identity struct {
	Dyad
	Category  string
	Predicate string
	Status    Status
	Date      Date
}

// Identity returns the identity of e. A symmetric event has the same identity
// whichever actor stands first, and the predicate is in OneSpelling.
func (e *Event) Identity() Identity {
	d := Dyad{e.Source.ID, e.Target.ID}
	if e.Symmetric && d.Target < d.Source {
		d.Source, d.Target = d.Target, d.Source
	}
	return Identity{d, e.Category, OneSpelling(e.Predicate), e.Status, e.Date}
}

// Record is all that one article yields: what extraction makes and the store
// keeps, in one piece.
type Record struct {
	Article      Article
	Sentences    int           // number of sentences read
	Actors       []Actor       // sorted by ID; Mentions are those of this article
	Events       []Event       // in the order of the text
	Affiliations []Affiliation // in the order of the text
	// Original is the Article.Key of the article that this one repeats, or "". A
	// copy has no actors, events and affiliations of its own.
	Original string
}
