package store

import (
	"bytes"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"entente/graph"
	"entente/internal/neardup"
)

// sampleKey is the article key of the examples in docs/format.md.
var sampleKey = articleKey{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}

const sampleHex = "000102030405060708090a0b0c0d0e0f"

func TestKeyBytes(t *testing.T) {
	dyad := graph.Dyad{Source: "x:A", Target: "y:BC"}
	for _, c := range []struct {
		name string
		key  []byte
		want string // hexadecimal, with spaces
	}{
		{"format", keyFormat, "23 666f726d6174"},
		{"totals", keyTotals, "23 746f74616c73"},
		{"article", ofArticle(rowArticle, sampleKey), "61" + sampleHex},
		{"mention", mentionKey(sampleKey, "state:FRA"), "6d" + sampleHex + "73746174653a465241"},
		{"event", placeOf(sampleKey, 258).key(rowEvent), "65" + sampleHex + "00000102"},
		{"affiliation", placeOf(sampleKey, 0).key(rowAffiliation), "66" + sampleHex + "00000000"},
		{"actor", actorKey("x:A"), "63 783a41"},
		{"events of actor", actorEventsKey("x:A"), "69 0003 783a41"},
		{"entry", entryKey(actorEventsKey("x:A"), placeOf(sampleKey, 258)), "69 0003 783a41" + sampleHex + "00000102"},
		{"dyad", dyadEventsKey(dyad), "64 0003 783a41 0004 793a4243"},
		{"roles", actorRolesKey("x:A"), "72 0003 783a41"},
		{"whole name", nameKey("mali", wholeName, "state:MLI"), "6e 6d616c69 0001 00 73746174653a4d4c49"},
		{"word", nameKey("a\x00b", wordName, "x:A"), "6e 61 00ff 62 0001 01 783a41"},
		{"name prefix", namePrefix("ma\x00"), "6e 6d61 00ff"},
		{"address", addressKey("example.org/a"), "75 94584207f807e901fa3f47eaaf3d3ff3"},
		{"replaced version", articleEntry(replacedHead("example.org/a"), sampleKey), "6f 94584207f807e901fa3f47eaaf3d3ff3" + sampleHex},
		{"label", articleEntry(labelHead("a1"), sampleKey), "6c f55ff16f66f43360266b95db6f8fec01" + sampleHex},
		{"events of a category", categoryHead("AID"), "6b 03 414944"},
		{"entry by category and date", datedEntry(categoryHead("AID"), "2024-04", placeOf(sampleKey, 258)), "6b 03 414944 323032342d3034000000" + sampleHex + "00000102"},
		{"entry by date", datedEntry([]byte{rowDate}, "", placeOf(sampleKey, 1)), "74 00000000000000000000" + sampleHex + "00000001"},
		{"distinct event", actKey(graph.Identity{Dyad: dyad, Category: "AID", Predicate: "send", Status: graph.Asserted, Date: "2024-04-04"}), "68 53880a34ce784ff2280747ddca872aea"},
		{"tie", tieKey(dyad), "77 0003 783a41 0004 793a4243"},
		{"sequence", keySequence, "23 73657175656e6365"},
		{"band of an original", bandKey(neardup.Band{Number: 5, Hash: 258}, isOriginal, rankOf(&graph.Article{Published: "0001-01-03", Body: "Peru"}, sampleKey)), "62 05 00000102 00 00000002 fffffffb" + sampleHex},
		{"band of a copy", bandKey(neardup.Band{Number: 32, Hash: 1}, isCopy, rankOf(&graph.Article{Published: "2024-04"}, sampleKey)), "62 20 00000001 01 ffffffff ffffffff" + sampleHex},
		{"copies", ofArticle(rowCopies, sampleKey), "67" + sampleHex},
		{"copy", copyKey(sampleKey, articleKey{}), "67" + sampleHex + strings.Repeat("00", 16)},
		{"original", ofArticle(rowOriginal, sampleKey), "73" + sampleHex},
		{"judgement", judgementKey(258), "6a 0000000000000102"},
	} {
		want, err := hex.DecodeString(strings.ReplaceAll(c.want, " ", ""))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(c.key, want) {
			t.Errorf("%s: key %x, want %x", c.name, c.key, want)
		}
	}
}

func TestParseArticleKey(t *testing.T) {
	if k, err := parseArticleKey(sampleHex); err != nil || k != sampleKey {
		t.Errorf("parseArticleKey(%q) = %s, %v", sampleHex, k, err)
	}
	for _, s := range []string{"", "00", sampleHex + "00", strings.Repeat("g", 32)} {
		if _, err := parseArticleKey(s); err == nil {
			t.Errorf("parseArticleKey(%q): no error", s)
		}
	}
}

// No list's entries may lie under another list's head, whatever the ids hold.
func TestListsAreApart(t *testing.T) {
	ids := []graph.ActorID{"a", "ab", "a\x00", "a\x00\x00", "\x00", "a/b", "a:b", graph.ActorID(strings.Repeat("a", 300))}
	at := placeOf(sampleKey, 1)
	var heads [][]byte
	for _, id := range ids {
		heads = append(heads, actorEventsKey(id), actorRolesKey(id))
		for _, other := range ids {
			heads = append(heads, dyadEventsKey(graph.Dyad{Source: id, Target: other}))
		}
	}
	for i, head := range heads {
		for j, other := range heads {
			if i != j && bytes.HasPrefix(entryKey(other, at), head) {
				t.Errorf("an entry of list %q lies under list %q", other, head)
			}
		}
		if got, ok := entryPlace(head, entryKey(head, at)); !ok || got != at {
			t.Errorf("entryPlace of list %q = %v, %v", head, got, ok)
		}
	}
}

func TestPlacesOrderAsNumbers(t *testing.T) {
	next := sampleKey
	next[articleKeyLen-1]++
	places := []place{placeOf(sampleKey, 0), placeOf(sampleKey, 9), placeOf(sampleKey, 10), placeOf(sampleKey, 255),
		placeOf(sampleKey, 256), placeOf(sampleKey, 70000), placeOf(next, 0)}
	if !slices.IsSortedFunc(places, place.compare) {
		t.Errorf("places are out of order: %v", places)
	}
}

func FuzzNameKey(f *testing.F) {
	f.Add("mali", "mali south", byte(0), "state:MLI")
	f.Add("", "\x00", byte(1), "")
	f.Add("a\x00\x01", "a\x00\xff", byte(255), "\x00\x01\x00")
	f.Add(strings.Repeat("é", 200), strings.Repeat("é", 201), byte(1), "x")
	f.Fuzz(func(t *testing.T, name, other string, kind byte, id string) {
		key := nameKey(name, kind, graph.ActorID(id))
		gotName, gotKind, gotID, ok := parseNameKey(key)
		if !ok || gotName != cutName(name) || gotKind != kind || string(gotID) != id {
			t.Errorf("nameKey(%q, %d, %q) reads as %q, %d, %q, %v", name, kind, id, gotName, gotKind, gotID, ok)
		}
		under := bytes.HasPrefix(key, namePrefix(other))
		if want := strings.HasPrefix(cutName(name), cutName(other)); under != want {
			t.Errorf("key of %q lies under prefix %q: %v, want %v", name, other, under, want)
		}
		parseNameKey([]byte(name)) // must not panic
	})
}
