package actor

import (
	"strings"

	"entente/graph"
)

// Names from other scripts come in many spellings: Gaddafi, Qaddafi, Kadhafi. A
// full name that the dictionary does not know is compared with the names of
// persons from states that write another script by a key in which such
// spellings agree, as Soundex (Russell 1918) does for English ones: all vowels but
// the colour of the first go, and so do the choices of transliteration between
// consonants.

// otherScript holds the states whose people's names are transliterated.
var otherScript = func() map[string]bool {
	m := map[string]bool{}
	for _, c := range strings.Fields(`AFG ARE ARM AZE BGD BGR BHR BLR BTN CYP DJI DZA EGY ERI ETH GEO GRC IND IRN IRQ ISR JOR
		KAZ KGZ KWT LBN LBY LKA MAR MDV MKD MMR MNG MRT NPL OMN PAK PSE QAT RUS SAU SDN SOM SRB SYR TJK TKM TUN UKR UZB
		YEM XKX MNE BIH TCD MLI NGA SUN YUG`) {
		m[c] = true
	}
	return m
}()

// spellings are replaced in this order, longest first.
var spellings = strings.NewReplacer(
	"shch", "S", "tsch", "C", "sch", "S", "tch", "C", "dzh", "J", "tz", "s", "ts", "s", "sh", "S", "ch", "C", "zh", "J", "dj", "J", "kh", "h",
	"gh", "k", "ph", "f", "th", "t", "dh", "d", "ck", "k", "q", "k", "g", "k", "x", "ks", "w", "v", "z", "s", "j", "J",
)

// joints are what some spellings put between the parts of a word.
var joints = strings.NewReplacer("'", "", "’", "", "-", "", ".", "")

// spellingKey returns what spellings of one word share, or "" for a word that
// says too little.
func spellingKey(word string) string {
	w := graph.FoldWord(word)
	for _, p := range []string{"al-", "el-", "as-", "ar-", "ad-", "an-", "ash-", "ul-", "ed-"} {
		w = strings.TrimPrefix(w, p)
	}
	w = joints.Replace(w)
	if len(w) < 2 {
		return ""
	}
	vowelFirst := strings.ContainsRune("aeiou", rune(w[0]))
	w = spellings.Replace(w)
	var b strings.Builder
	if vowelFirst {
		b.WriteByte('A')
	}
	if v := strings.IndexAny(w, "aeiouy"); v >= 0 && strings.ContainsRune("ou", rune(w[v])) {
		b.WriteByte('O') // Hussein is not Hassan
	}
	last := byte(0)
	for i := 0; i < len(w); i++ {
		c := w[i]
		if c != last && !strings.ContainsRune("aeiouy", rune(c)) && !(c == 'h' && i > 0 && i == len(w)-1) {
			b.WriteByte(c)
		}
		last = c
	}
	return b.String()
}

// nameKey returns the spelling key of a full name, or "" where it says too
// little to know somebody by.
func nameKey(words []string) string {
	var keys []string
	n := 0
	for _, w := range words {
		k := spellingKey(w)
		if k == "" {
			continue
		}
		keys = append(keys, k)
		n += len(k)
	}
	if len(keys) < 2 || n < 5 {
		return ""
	}
	return strings.Join(keys, " ")
}

// spelt returns the one person that the words name in another spelling, or nil.
func (d *Dictionary) spelt(words []string) *Entry {
	if es := d.bySpelling[nameKey(words)]; len(es) == 1 {
		return es[0]
	}
	return nil
}

// indexSpelling notes by which key a person's names are found.
func (d *Dictionary) indexSpelling(e *Entry) {
	if e.Type != graph.Person || !otherScript[e.Country] {
		return
	}
	for _, name := range append([]string{e.Name}, e.Also...) {
		key := nameKey(nameWords(name))
		if key == "" {
			continue
		}
		known := d.bySpelling[key]
		if len(known) == 0 || known[len(known)-1] != e {
			d.bySpelling[key] = append(known, e)
		}
	}
}
