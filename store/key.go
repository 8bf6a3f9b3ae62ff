package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"time"
	"unicode/utf8"

	"entente/graph"
	"entente/internal/neardup"
)

// The row types: the first byte of every key. docs/format.md describes them.
const (
	rowMeta        = '#'
	rowArticle     = 'a'
	rowMention     = 'm'
	rowEvent       = 'e'
	rowAffiliation = 'f'
	rowActor       = 'c'
	rowActorEvents = 'i'
	rowDyadEvents  = 'd'
	rowActorRoles  = 'r'
	rowName        = 'n'
	rowAddress     = 'u'
	rowReplaced    = 'o'
	rowBand        = 'b'
	rowCopies      = 'g'
	rowOriginal    = 's'
	rowLabel       = 'l'
	rowCategory    = 'k'
	rowDate        = 't'
	rowAct         = 'h'
	rowTie         = 'w'
	rowJudgement   = 'j'
)

const (
	articleKeyLen = graph.KeyLen / 2
	placeLen      = articleKeyLen + 4 // of a place

	// maxID bounds an actor id, so that a key with two of them stays far below
	// the 65,000 bytes that Badger takes.
	maxID = 4096
	// maxNameKey is how much of a folded name its key holds, in bytes.
	maxNameKey = 256
)

// Kinds of name rows.
const (
	wholeName byte = 0
	wordName  byte = 1
)

var (
	keyFormat   = []byte("#format")
	keyTotals   = []byte("#totals")
	keySequence = []byte("#sequence")
)

// articleKey is the binary form of graph.Article.Key.
type articleKey [articleKeyLen]byte

func (k articleKey) String() string { return hex.EncodeToString(k[:]) }

func (k articleKey) compare(o articleKey) int { return bytes.Compare(k[:], o[:]) }

// parseArticleKey reads the 32 hexadecimal digits of graph.Article.Key.
func parseArticleKey(s string) (articleKey, error) {
	var k articleKey
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != articleKeyLen {
		return k, fmt.Errorf("%q is not an article key (%d hexadecimal digits)", s, graph.KeyLen)
	}
	copy(k[:], b)
	return k, nil
}

// place is where an event or an affiliation stands: its article's key, and its
// ordinal there. As bytes it orders as the rows themselves do.
type place [placeLen]byte

func placeOf(k articleKey, ordinal int) place {
	var p place
	copy(p[:], k[:])
	binary.BigEndian.PutUint32(p[articleKeyLen:], uint32(ordinal))
	return p
}

func (p place) article() (k articleKey) {
	copy(k[:], p[:])
	return k
}

func (p place) compare(q place) int { return bytes.Compare(p[:], q[:]) }

func (p place) String() string {
	return fmt.Sprintf("%x/%d", p[:articleKeyLen], binary.BigEndian.Uint32(p[articleKeyLen:]))
}

// key returns the key of the row of type t at p: rowEvent or rowAffiliation.
func (p place) key(t byte) []byte { return append([]byte{t}, p[:]...) }

// ofArticle returns the prefix of all rows of type t that belong to article k.
// With rowArticle it is the whole key.
func ofArticle(t byte, k articleKey) []byte { return append([]byte{t}, k[:]...) }

// articleOf returns the article that a key of type rowArticle, rowMention,
// rowEvent or rowAffiliation belongs to, and false if the key is too short.
func articleOf(key []byte) (articleKey, bool) {
	var k articleKey
	if len(key) < 1+articleKeyLen {
		return k, false
	}
	copy(k[:], key[1:])
	return k, true
}

func mentionKey(k articleKey, id graph.ActorID) []byte {
	return append(ofArticle(rowMention, k), id...)
}

// actorOf returns the actor of a key that mentionKey made.
func actorOf(key []byte) graph.ActorID { return graph.ActorID(key[1+articleKeyLen:]) }

func actorKey(id graph.ActorID) []byte { return append([]byte{rowActor}, id...) }

// The heads of lists, which are the prefixes of their entries too. The lengths
// before the ids keep the list of "a" apart from that of "ab".

func actorEventsKey(id graph.ActorID) []byte { return appendID([]byte{rowActorEvents}, id) }

func actorRolesKey(id graph.ActorID) []byte { return appendID([]byte{rowActorRoles}, id) }

func dyadEventsKey(d graph.Dyad) []byte {
	return appendID(appendID([]byte{rowDyadEvents}, d.Source), d.Target)
}

func appendID(key []byte, id graph.ActorID) []byte {
	key = binary.BigEndian.AppendUint16(key, uint16(len(id)))
	return append(key, id...)
}

// entryKey returns the key of the entry for p in the list with the given head.
func entryKey(head []byte, p place) []byte {
	return append(append(make([]byte, 0, len(head)+placeLen), head...), p[:]...)
}

// entryPlace returns the place of a list's entry, and false if key is no entry
// of the list with the given head.
func entryPlace(head, key []byte) (place, bool) {
	var p place
	if len(key) != len(head)+placeLen || !bytes.HasPrefix(key, head) {
		return p, false
	}
	copy(p[:], key[len(head):])
	return p, true
}

// In name keys a NUL is escaped as 00 FF, and 00 01 ends the name.
const (
	nulEscape = 0xFF
	nameEnd   = 0x01
)

func nameKey(folded string, kind byte, id graph.ActorID) []byte {
	key := append(namePrefix(folded), 0, nameEnd, kind)
	return append(key, id...)
}

// namePrefix returns what the keys of all names that begin with folded have in
// common.
func namePrefix(folded string) []byte {
	return append([]byte{rowName}, bytes.ReplaceAll([]byte(cutName(folded)), []byte{0}, []byte{0, nulEscape})...)
}

// cutName cuts a folded name to maxNameKey bytes, between two characters.
func cutName(folded string) string {
	if len(folded) <= maxNameKey {
		return folded
	}
	end := maxNameKey
	for end > 0 && !utf8.RuneStart(folded[end]) {
		end--
	}
	return folded[:end]
}

// parseNameKey takes apart what nameKey made. The name comes cut.
func parseNameKey(key []byte) (folded string, kind byte, id graph.ActorID, ok bool) {
	var name []byte
	for i := 1; i+1 < len(key); i++ {
		if key[i] != 0 {
			name = append(name, key[i])
			continue
		}
		i++
		switch {
		case key[i] == nulEscape:
			name = append(name, 0)
		case key[i] == nameEnd && i+1 < len(key):
			return string(name), key[i+1], graph.ActorID(key[i+2:]), true
		default:
			return "", 0, "", false
		}
	}
	return "", 0, "", false
}

// hashed returns the type t and 128 bits of the SHA-256 of a text, for what can be
// longer than keys.
func hashed(t byte, text string) []byte {
	h := sha256.Sum256([]byte(text))
	return append([]byte{t}, h[:articleKeyLen]...)
}

// nameGroup returns what the keys of one name, or word, have in common whoever bears
// it: key is that of actor id. They order as their keys do.
func nameGroup(key []byte, id graph.ActorID) string { return string(key[:len(key)-len(id)]) }

// addressKey returns the key of the row that names the article at an address
// (graph.Article.Address).
func addressKey(address string) []byte { return hashed(rowAddress, address) }

// replacedHead is the head of the list of the versions that an article at the
// address has replaced, or that are older than it.
func replacedHead(address string) []byte { return hashed(rowReplaced, address) }

// labelHead is the head of the list of the articles with an id (graph.Article.ID).
func labelHead(id string) []byte { return hashed(rowLabel, id) }

// articleEntry returns the key of an article's entry in a list of articles.
func articleEntry(head []byte, k articleKey) []byte {
	return append(append(make([]byte, 0, len(head)+articleKeyLen), head...), k[:]...)
}

// entryArticle takes apart what articleEntry made.
func entryArticle(head, key []byte) (k articleKey, ok bool) {
	if len(key) != len(head)+articleKeyLen || !bytes.HasPrefix(key, head) {
		return k, false
	}
	copy(k[:], key[len(head):])
	return k, true
}

// dateLen is what a date takes in a key: filled up with NUL, so that "2024" comes
// before "2024-01" and that before "2024-01-01".
const dateLen = len(time.DateOnly)

// categoryHead is the head of the list of the events of a category. Its entries
// are dated.
func categoryHead(category string) []byte {
	return append([]byte{rowCategory, byte(len(category))}, category...)
}

// datedEntry returns the key of the entry for the event at p in a dated list. The
// list of all events has the head []byte{rowDate}, which is no row.
func datedEntry(head []byte, d graph.Date, p place) []byte {
	key := append(make([]byte, 0, len(head)+dateLen+placeLen), head...)
	key = append(key, d...)
	key = append(key, make([]byte, dateLen-len(d))...)
	return append(key, p[:]...)
}

// entryDated takes apart what datedEntry made.
func entryDated(head, key []byte) (d graph.Date, p place, ok bool) {
	if len(key) != len(head)+dateLen+placeLen || !bytes.HasPrefix(key, head) {
		return "", p, false
	}
	key = key[len(head):]
	copy(p[:], key[dateLen:])
	return graph.Date(bytes.TrimRight(key[:dateLen], "\x00")), p, true
}

// actKey returns the key of the row that counts the records of one distinct event.
func actKey(id graph.Identity) []byte {
	var text []byte
	for _, part := range []string{string(id.Source), string(id.Target), id.Category, id.Predicate, string(id.Status), string(id.Date)} {
		text = binary.AppendUvarint(text, uint64(len(part)))
		text = append(text, part...)
	}
	return hashed(rowAct, string(text))
}

// tieKey returns the key of what the events of a dyad add up to.
func tieKey(d graph.Dyad) []byte {
	return appendID(appendID([]byte{rowTie}, d.Source), d.Target)
}

// parseTieKey takes apart what tieKey made. An id that is known is not made anew.
func parseTieKey(key []byte, known graph.ActorID) (d graph.Dyad, ok bool) {
	rest := key[1:]
	for _, id := range [...]*graph.ActorID{&d.Source, &d.Target} {
		if len(rest) < 2 {
			return d, false
		}
		n := int(binary.BigEndian.Uint16(rest))
		if rest = rest[2:]; len(rest) < n {
			return d, false
		}
		if *id = known; string(rest[:n]) != string(known) {
			*id = graph.ActorID(rest[:n])
		}
		rest = rest[n:]
	}
	return d, len(rest) == 0
}

// rank orders articles by who may be the original of whom: by day, unknown ones
// last, of one day the longest body first, and then by key.
type rank [rankLen]byte

const (
	dayLen     = 4
	lengthLen  = 4
	rankLen    = dayLen + lengthLen + articleKeyLen
	unknownDay = math.MaxUint32
	// year1 is the first day of the year 1, in seconds before 1970.
	year1 = 62135596800
)

func rankOf(a *graph.Article, k articleKey) rank {
	day := uint32(unknownDay)
	if t, err := time.Parse(time.DateOnly, string(a.Published)); err == nil {
		day = uint32((t.Unix() + year1) / (24 * 60 * 60))
	}
	var r rank
	binary.BigEndian.PutUint32(r[:], day)
	binary.BigEndian.PutUint32(r[dayLen:], math.MaxUint32-uint32(min(len(a.Body), math.MaxUint32)))
	copy(r[dayLen+lengthLen:], k[:])
	return r
}

func (r rank) key() (k articleKey) {
	copy(k[:], r[dayLen+lengthLen:])
	return k
}

// day is the number of days since the first of January of the year 1.
func (r rank) day() uint32 { return binary.BigEndian.Uint32(r[:]) }

func (r rank) compare(o rank) int { return bytes.Compare(r[:], o[:]) }

// What an article is in the index of bands.
const (
	isOriginal byte = 0
	isCopy     byte = 1
)

// bandPrefix returns what the keys of all articles with this band have in common:
// originals come before copies.
func bandPrefix(b neardup.Band) []byte {
	return binary.BigEndian.AppendUint32([]byte{rowBand, b.Number}, b.Hash)
}

func bandKey(b neardup.Band, what byte, r rank) []byte {
	return append(append(bandPrefix(b), what), r[:]...)
}

// bandEntry takes apart what bandKey made, but for the band.
func bandEntry(key []byte) (what byte, r rank, ok bool) {
	n := len(bandPrefix(neardup.Band{}))
	if len(key) != n+1+rankLen || key[n] > isCopy {
		return 0, r, false
	}
	copy(r[:], key[n+1:])
	return key[n], r, true
}

// copyKey returns the key of an entry in the list of an article's copies, the
// head of which is ofArticle(rowCopies, original).
func copyKey(original, copy articleKey) []byte {
	return append(ofArticle(rowCopies, original), copy[:]...)
}

func judgementKey(seq int) []byte {
	return binary.BigEndian.AppendUint64([]byte{rowJudgement}, uint64(seq))
}
