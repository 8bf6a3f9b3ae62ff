package graph

// Tie is what the event records of one ordered dyad add up to, as their
// Identity orders it: the lesser id comes first where they are symmetric.
type Tie struct {
	Dyad
	// Parts are sorted by category, status, quad and symmetry. There is at least one.
	Parts []TiePart
}

// TiePart counts the events of a tie that have the same kind.
type TiePart struct {
	Category  string
	Status    Status
	Quad      int  // 0 to 4
	Symmetric bool // it holds in both directions, and is counted once
	Events    int  // distinct by Identity; those whose records disagree in quad count in the highest
	Records   int  // without copies
}
