package paths

import (
	"cmp"
	"slices"

	"entente/internal/pq"
)

// Contact is an event from one node to another on a day, in any count of days.
// One that holds both ways is two.
type Contact struct {
	From, To uint32
	Day      int32
}

func compareContacts(a, b Contact) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
}

// TimeOptions say which contacts may follow each other.
type TimeOptions struct {
	Since, Until int32 // days; both count
	// SameDay lets two contacts of one day follow each other: a day's events have
	// no order among themselves. Without it each is of a later day than the one
	// before.
	SameDay bool
}

// EarliestArrival returns a path from one of n nodes to another along contacts
// in the order of time that arrives on the earliest day possible, and whether
// there is one. It has no contacts from a node to itself.
//
// Where several ways lead to a node on its earliest day, it takes the one of
// fewer hops, then that of the lesser node before; the whole path need not have
// the fewest hops of all that arrive that day, as one that reaches a node between
// later may have fewer.
//
// It is one pass over the contacts by day (the foremost paths of Wu et al. 2014),
// linear in n and, but for the sorting of those that do not come sorted by day,
// source and target, about linear in them. They are not changed.
func EarliestArrival(n int, contacts []Contact, from, to uint32, opts TimeOptions) ([]Contact, bool) {
	if from == to {
		return []Contact{}, true
	}
	if !slices.IsSortedFunc(contacts, compareContacts) {
		contacts = slices.SortedFunc(slices.Values(contacts), compareContacts)
	}
	begin, _ := slices.BinarySearchFunc(contacts, opts.Since, func(c Contact, day int32) int { return cmp.Compare(c.Day, day) })
	a := arrivals{opts.SameDay, make([]arrival, n), pq.Queue{}}
	a.of[from] = arrival{reached: true}
	for rest := contacts[begin:]; len(rest) > 0 && rest[0].Day <= opts.Until; {
		end, _ := slices.BinarySearchFunc(rest, int64(rest[0].Day)+1, func(c Contact, day int64) int { return cmp.Compare(int64(c.Day), day) })
		a.pass(rest[:end])
		if a.of[to].reached {
			return a.pathTo(from, to), true
		}
		rest = rest[end:]
	}
	return nil, false
}

// arrival is how a node is reached on its earliest day.
type arrival struct {
	reached bool
	day     int32
	hops    uint32
	by      Contact
}

type arrivals struct {
	sameDay bool
	of      []arrival
	queue   pq.Queue // by hops
}

// pass takes the contacts of one day, sorted by source.
func (a *arrivals) pass(day []Contact) {
	for i, c := range day {
		if a.of[c.From].reached && (i == 0 || day[i-1].From != c.From) {
			a.queue.Push(uint64(a.of[c.From].hops), c.From)
		}
	}
	for a.queue.Len() > 0 {
		item := a.queue.Pop()
		u, hops := item.Node, uint32(item.Key)
		if a.of[u].hops < hops {
			continue // a shorter way has been followed
		}
		first, _ := slices.BinarySearchFunc(day, u, func(c Contact, u uint32) int { return cmp.Compare(c.From, u) })
		for _, c := range day[first:] {
			if c.From != u {
				break
			}
			to := &a.of[c.To]
			if to.reached && (to.day < c.Day || to.hops <= hops+1) {
				continue
			}
			*to = arrival{true, c.Day, hops + 1, c}
			if a.sameDay {
				a.queue.Push(uint64(hops+1), c.To)
			}
		}
	}
}

func (a *arrivals) pathTo(from, to uint32) []Contact {
	var path []Contact
	for at := to; at != from; at = a.of[at].by.From {
		path = append(path, a.of[at].by)
	}
	slices.Reverse(path)
	return path
}
