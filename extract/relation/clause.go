package relation

import "entente/extract/actor"

// A sentence reaches the coder as clauses. Who builds them (here clause_en.go,
// from part-of-speech tags) is hidden behind this file's types.

// nominal is a noun phrase.
type nominal struct {
	first, last int // tokens [first, last)
	head        int
	mentions    []actor.Mention
	// of holds the phrases joined to it by prepositions ("talks between A and
	// B"), in order.
	of []oblique
}

// oblique is a prepositional phrase; coordinated nominals share it.
type oblique struct {
	prep     string
	at       int // token of the preposition
	nominals []*nominal
}

// mood of a clause, as its auxiliaries give it.
type mood int

const (
	indicative mood = iota
	future          // will, shall, is going to, is to
	modal           // may, might, could, would, should, must, can
)

// link is how a clause hangs on its governor.
type link int

const (
	root       link = iota
	complement      // "said that …"
	infinitive      // "vowed to …"
	gerund          // "accused of …ing", "after …ing"
	conjunct        // "… and …"
	relative        // "who …", "killing …"
	adverbial       // "after …", "if …"
)

// clause is a verb with its arguments.
type clause struct {
	first, last int // tokens of the verb group [first, last)
	verb        int // token of the main verb
	passive     bool
	negated     bool
	mood        mood
	would       bool       // the modal is "would", the future of what somebody said
	subjects    []*nominal // of a passive clause: who undergoes
	objects     []*nominal
	themes      []*nominal // the thing given, where the object is who gets it
	obliques    []oblique
	governor    *clause
	link        link
	marker      string // the subordinator or preposition that opens it ("if", "of")
	conditional bool
	fronted     bool // a report after or within what it reports: "…, X said"
	// windowFirst and windowLast bound the tokens that can date or place it.
	windowFirst, windowLast int
}
