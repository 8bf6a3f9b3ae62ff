package store

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"entente/graph"
)

// rowType says of one row type what can be checked without another row, and how a
// person would call its rows.
type rowType struct {
	t    byte
	what string // what the rows are, in the plural
	// words names the row with a key: what it is or, if it is an entry of a
	// list, the list, and then the entry. A key that cannot be is not ok.
	words func(key []byte) (what, entry string, ok bool)
	// value checks a row's value.
	value func(key, value []byte) error
	// head is the length of the head that a key begins with, of a list's head or entry.
	head func(key []byte) int
	// alone rows say something that no other row does, and do not belong to an
	// article: a copy of a store takes them over as they are.
	alone bool
}

// rowTypes are all row types, in the order of their bytes. docs/format.md
// describes them.
var rowTypes = []rowType{
	{t: rowMeta, what: "rows about the store", words: metaWords, value: metaValue},
	{t: rowArticle, what: "articles", words: ofArticleWords("article %s"), value: isJSON[articleRow]},
	{t: rowBand, what: "bands", words: bandWords, value: isEmpty},
	{t: rowActor, what: "actors", words: actorWords, value: isJSON[actorRow]},
	{t: rowDyadEvents, what: "lists of events of dyads", words: listWords("list of events of", 2), value: listValue(headOfIDs(2), isEmpty), head: headOfIDs(2)},
	{t: rowEvent, what: "events", words: placeWords("event"), value: isJSON[graph.Event]},
	{t: rowAffiliation, what: "affiliations", words: placeWords("affiliation"), value: isJSON[graph.Affiliation]},
	{t: rowCopies, what: "lists of copies", words: copyWords, value: listValue(headOfKey, isJSON[copyRow]), head: headOfKey},
	{t: rowAct, what: "distinct events", words: ofArticleWords("distinct event %s"), value: isAct},
	{t: rowActorEvents, what: "lists of events of actors", words: listWords("list of events of", 1), value: listValue(headOfIDs(1), isEmpty), head: headOfIDs(1)},
	{t: rowJudgement, what: "judgements", words: judgementWords, value: isJSON[graph.Judgement], alone: true},
	{t: rowCategory, what: "lists of events of categories", words: categoryWords, value: listValue(headOfCategory, isEmpty), head: headOfCategory},
	{t: rowLabel, what: "lists of articles by id", words: articleListWords("list of articles with the id %s"), value: listValue(headOfKey, isEmpty), head: headOfKey},
	{t: rowMention, what: "actors in articles", words: mentionWords, value: isJSON[graph.Actor]},
	{t: rowName, what: "names", words: nameKeyWords, value: isJSON[[]string]},
	{t: rowReplaced, what: "lists of replaced versions", words: articleListWords("list of versions replaced at the address %s"), value: listValue(headOfKey, isEmpty), head: headOfKey, alone: true},
	{t: rowActorRoles, what: "lists of affiliations of actors", words: listWords("list of affiliations of", 1), value: listValue(headOfIDs(1), isEmpty), head: headOfIDs(1)},
	{t: rowOriginal, what: "originals of copies", words: ofArticleWords("original of the copy %s"), value: isKey},
	{t: rowDate, what: "events by date", words: dateWords, value: isEmpty},
	{t: rowAddress, what: "addresses", words: ofArticleWords("address %s"), value: isKey},
	{t: rowTie, what: "ties", words: tieWords, value: isParts},
}

// rowTypeOf returns the type of the row with a key, or nil.
func rowTypeOf(key []byte) *rowType {
	for i := range rowTypes {
		if len(key) > 0 && rowTypes[i].t == key[0] {
			return &rowTypes[i]
		}
	}
	return nil
}

// keyWords names the row with a key in one text.
func keyWords(key []byte) string {
	if rt := rowTypeOf(key); rt != nil {
		if what, entry, ok := rt.words(key); ok && entry != "" {
			return what + ", entry " + entry
		} else if ok {
			return what
		}
	}
	return fmt.Sprintf("row %q", key)
}

func metaWords(key []byte) (string, string, bool) {
	return "row " + string(key), "", bytes.Equal(key, keyFormat) || bytes.Equal(key, keyTotals) || bytes.Equal(key, keySequence)
}

func metaValue(key, value []byte) error {
	switch {
	case bytes.Equal(key, keyTotals):
		return isJSON[totals](key, value)
	case bytes.Equal(key, keySequence):
		return decodeCount(new(uint64))(value)
	}
	return nil // Open compares it
}

// ofArticleWords are those of keys that hold an article's key and nothing else.
func ofArticleWords(format string) func([]byte) (string, string, bool) {
	return func(key []byte) (string, string, bool) {
		k, ok := articleOf(key)
		return fmt.Sprintf(format, k), "", ok && len(key) == 1+articleKeyLen
	}
}

func placeWords(what string) func([]byte) (string, string, bool) {
	return func(key []byte) (string, string, bool) {
		if len(key) != 1+placeLen {
			return "", "", false
		}
		return what + " " + place(key[1:]).String(), "", true
	}
}

func mentionWords(key []byte) (string, string, bool) {
	k, ok := articleOf(key)
	if !ok || len(key) == 1+articleKeyLen {
		return "", "", false
	}
	id := actorOf(key)
	return fmt.Sprintf("actor %s in article %s", id, k), "", isID(id)
}

func actorWords(key []byte) (string, string, bool) {
	id := graph.ActorID(key[1:])
	return "actor " + string(id), "", isID(id)
}

func isID(id graph.ActorID) bool {
	return len(id) > 0 && len(id) <= maxID && utf8.ValidString(string(id))
}

func nameKeyWords(key []byte) (string, string, bool) {
	folded, kind, id, ok := parseNameKey(key)
	what := "name"
	if kind == wordName {
		what = "word"
	}
	return fmt.Sprintf("%s %q of %s", what, folded, id), "", ok && kind <= wordName && isID(id)
}

func bandWords(key []byte) (string, string, bool) {
	what, r, ok := bandEntry(key)
	if !ok {
		return "", "", false
	}
	as := "original"
	if what == isCopy {
		as = "copy"
	}
	return fmt.Sprintf("list of band %d/%08x", key[1], binary.BigEndian.Uint32(key[2:])), fmt.Sprintf("%s %s", as, r.key()), true
}

// headOfIDs returns the function for the head of a list of n ids.
func headOfIDs(n int) func(key []byte) int {
	return func(key []byte) int {
		at := 1
		for range n {
			if len(key) < at+2 {
				return 0
			}
			at += 2 + int(binary.BigEndian.Uint16(key[at:]))
		}
		if len(key) < at {
			return 0
		}
		return at
	}
}

func headOfKey(key []byte) int {
	if len(key) < 1+articleKeyLen {
		return 0
	}
	return 1 + articleKeyLen
}

func listWords(what string, ids int) func([]byte) (string, string, bool) {
	headOf := headOfIDs(ids)
	return func(key []byte) (string, string, bool) {
		head := headOf(key)
		if head == 0 {
			return "", "", false
		}
		var names []string
		for at := 1; at < head; {
			n := int(binary.BigEndian.Uint16(key[at:]))
			names = append(names, string(key[at+2:at+2+n]))
			at += 2 + n
		}
		list := what + " " + strings.Join(names, " → ")
		if len(key) == head {
			return list, "", true
		}
		p, ok := entryPlace(key[:head], key)
		return list, p.String(), ok
	}
}

// articleListWords are those of lists of articles. Their heads are hashes of what
// they are lists of.
func articleListWords(format string) func([]byte) (string, string, bool) {
	return func(key []byte) (string, string, bool) {
		head := headOfKey(key)
		if head == 0 {
			return "", "", false
		}
		list := fmt.Sprintf(format, articleKey(key[1:head]))
		if len(key) == head {
			return list, "", true
		}
		k, ok := entryArticle(key[:head], key)
		return list, k.String(), ok
	}
}

func headOfCategory(key []byte) int {
	if len(key) < 2 || len(key) < 2+int(key[1]) {
		return 0
	}
	return 2 + int(key[1])
}

func categoryWords(key []byte) (string, string, bool) {
	head := headOfCategory(key)
	if head == 0 {
		return "", "", false
	}
	list := "list of events of " + string(key[2:head])
	if len(key) == head {
		return list, "", true
	}
	_, p, ok := entryDated(key[:head], key)
	return list, p.String(), ok
}

func dateWords(key []byte) (string, string, bool) {
	d, p, ok := entryDated(key[:1], key)
	return "list of events by date", fmt.Sprintf("%s of %q", p, d), ok
}

func tieWords(key []byte) (string, string, bool) {
	d, ok := parseTieKey(key, "")
	return fmt.Sprintf("tie %s → %s", d.Source, d.Target), "", ok && isID(d.Source) && isID(d.Target)
}

func judgementWords(key []byte) (string, string, bool) {
	if len(key) != 9 {
		return "", "", false
	}
	return fmt.Sprintf("judgement %d", binary.BigEndian.Uint64(key[1:])), "", true
}

func isAct(_, value []byte) error { return decodeAct(new(act))(value) }

func isParts(_, value []byte) error {
	return decodeParts(new([]graph.TiePart), map[string]string{})(value)
}

func copyWords(key []byte) (string, string, bool) {
	k, ok := articleOf(key)
	list := fmt.Sprintf("list of copies of %s", k)
	switch len(key) {
	case 1 + articleKeyLen:
		return list, "", ok
	case 1 + 2*articleKeyLen:
		return list, fmt.Sprintf("%x", key[1+articleKeyLen:]), true
	}
	return "", "", false
}

// listValue checks a list's head, and with entry its entries.
func listValue(headOf func([]byte) int, entry func(key, value []byte) error) func(key, value []byte) error {
	return func(key, value []byte) error {
		if len(key) == headOf(key) {
			return decodeCount(new(uint64))(value)
		}
		return entry(key, value)
	}
}

func isJSON[T any](_, value []byte) error { return json.Unmarshal(value, new(T)) }

func isKey(_, value []byte) error { return decodeKey(new(articleKey))(value) }

func isEmpty(_, value []byte) error {
	if len(value) > 0 {
		return fmt.Errorf("%d bytes where none should be", len(value))
	}
	return nil
}
