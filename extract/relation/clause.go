package relation

// A sentence reaches the coder as clauses. Who builds them (here clause_en.go,
// from the dependency tree) is hidden behind this file's types. Noun phrases
// are given by the token that heads them.

// oblique is a prepositional phrase; coordinated nominals share it.
type oblique struct {
	prep     string
	at       int // token of the preposition
	nominals []int
}

// mood of a clause, as its auxiliaries give it.
type mood int

const (
	indicative mood = iota
	future          // will, shall, is to
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

// clause is a verb, or a predicate with its copula, with its arguments.
type clause struct {
	node        int // token that heads the clause in the tree
	verb        int // token of the verb; of a copular clause the copula
	first       int // first token of the verb's group ("has not been")
	copular     bool
	passive     bool
	negated     bool
	mood        mood
	would       bool  // the modal is "would", the future of what somebody said
	must        bool  // the modal is one of duty
	subjects    []int // of a passive clause: who undergoes
	agents      []int // of a passive clause, where they stand elsewhere than after its "by"
	objects     []int
	indirect    []int // who is given something
	themes      []int // what the object is called or made
	obliques    []oblique
	particle    int // token of the verb's particle, or -1
	governor    *clause
	via         int // the noun between the clause and its governor ("decision to …"), or -1
	link        link
	marker      string // the subordinator or preposition that opens it ("if", "of")
	conditional bool
	done        bool
}
