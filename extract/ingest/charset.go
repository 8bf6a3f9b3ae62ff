package ingest

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
)

// western is the character set of texts that name none and show none: nearly
// all English ones that are not UTF-8. It contains ISO-8859-1.
const western = "windows-1252"

// toUTF8 converts data to UTF-8, which it always returns, and says how sure the
// conversion is: doubt is "" where data was UTF-8 or follows what it declares,
// else a clause for a warning. Declared is a character set that is known from
// elsewhere (a header of HTTP or of mail), or a content type that names one, or
// "".
//
// A declaration counts only where data is not UTF-8: pages that declare
// ISO-8859-1 and are UTF-8 are many, text that is UTF-8 by chance is not. Data
// that is UTF-8 but for a few bytes stays that, with U+FFFD for them.
func toUTF8(data []byte, declared string) (text []byte, doubt string) {
	if utf8.Valid(data) {
		return data, ""
	}
	if name, offset := damagedUTF8(data); name != "" {
		return bytes.ToValidUTF8(data, []byte("\uFFFD")), fmt.Sprintf("UTF-8 but for some bytes, the first of them byte %d; read with \uFFFD in their place", offset)
	}
	for _, name := range []string{charsetIn(declared), declaredCharset(data)} {
		if out, ok := decode(data, name); ok {
			return out, ""
		}
	}
	name := detectCharset(data)
	text, ok := decode(data, name)
	if !ok {
		name = western
		text, _ = decode(data, name)
	}
	return text, fmt.Sprintf("neither UTF-8 nor marked; read as %s", name)
}

// mostDoubts is how many inputs are warned of that are in doubt. An old archive has
// thousands, all of one making.
const mostDoubts = 5

// toUTF8 is the function of that name, with a Warning where it is in doubt.
func (o Options) toUTF8(data []byte, src Source, line int) []byte {
	text, doubt := toUTF8(data, "")
	hint := "if letters are wrong, convert it (iconv -t UTF-8)"
	if bytes.IndexByte(text, 0) >= 0 {
		if doubt == "" {
			hint = "if words are missing, fetch it again"
		} else {
			doubt += "; "
		}
		doubt += fmt.Sprintf("NUL bytes (%d), the first of them byte %d; left out", bytes.Count(text, []byte{0}), bytes.IndexByte(text, 0))
		text = withoutNULs(text)
	}
	o = o.withDefaults()
	if doubt == "" || *o.doubts >= mostDoubts {
		return text
	}
	if *o.doubts++; *o.doubts == mostDoubts {
		hint += "; of more like it nothing is said"
	}
	o.warn(&Warning{Path: src.Path, Line: line, Cause: errors.New(doubt), Hint: hint})
	return text
}

// withoutNULs joins the halves of words that a single NUL has split. Others, such
// as fill the fields of old databases, normalise makes spaces of.
func withoutNULs(text []byte) []byte {
	letter := func(i int) bool {
		return i >= 0 && i < len(text) && (text[i] >= utf8.RuneSelf || 'a' <= text[i]|0x20 && text[i]|0x20 <= 'z')
	}
	out := make([]byte, 0, len(text))
	for i, b := range text {
		if b != 0 || !letter(i-1) || !letter(i+1) {
			out = append(out, b)
		}
	}
	return out
}

// decode converts data from the character set of a name that standards or pages
// give it. ok is false where nobody knows the name, or nothing is left: a set with
// shifts may swallow all.
func decode(data []byte, name string) (out []byte, ok bool) {
	enc, canonical := charset.Lookup(name)
	if name == "" || enc == nil || canonical == "utf-8" || canonical == "replacement" {
		return nil, false
	}
	out, err := enc.NewDecoder().Bytes(data)
	return bytes.ToValidUTF8(out, []byte("\uFFFD")), err == nil && len(out) > 0
}

// damagedUTF8 tells UTF-8 with some damage from another character set: more of
// its characters beyond ASCII are sound than not, or as many, if all that are
// sound are letters and marks that European languages have. It returns the name
// of the set, or "", and where the first bad byte stands.
func damagedUTF8(data []byte) (name string, first int) {
	sound, bad, european := 0, 0, true
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			if bad == 0 {
				first = i
			}
			bad++
		} else {
			sound++
			european = european && (0xC0 <= r && r < 0x180 || 0x2010 <= r && r <= 0x203A || r == '€')
		}
		i += size
	}
	if sound > bad || sound > 0 && sound == bad && european {
		return "utf-8", first
	}
	return "", first
}

// declarations are where a page or an XML document says what it is written in.
// Browsers look into the first 1,024 bytes; pages do not always heed that.
var declarations = regexp.MustCompile(`(?i)<\?xml[^>]{0,100}\sencoding\s*=\s*["']([\w.:-]+)|<meta\s[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]+)`)

const declarationLen = 8 << 10

func declaredCharset(data []byte) string {
	m := declarations.FindSubmatch(data[:min(len(data), declarationLen)])
	if m == nil {
		return ""
	}
	return string(slices.Concat(m[1], m[2]))
}

var charsetParameter = regexp.MustCompile(`(?i)charset\s*=\s*["']?\s*([\w.:-]+)`)

// charsetIn returns the character set that a content type names
// ("text/html; charset=koi8-r"), or the text itself.
func charsetIn(contentType string) string {
	if m := charsetParameter.FindStringSubmatch(contentType); m != nil {
		return m[1]
	}
	return contentType
}

// detectLen is how much of a text the detection looks at.
const detectLen = 32 << 10

// detectCharset names the character set that the bytes look most like. Of text
// that is nearly all ASCII, as English is, any set of Europe makes sense, and
// the detector's answer none; of text with some other letters only a clear
// answer counts.
func detectCharset(data []byte) string {
	high := func(b byte) bool { return b >= utf8.RuneSelf }
	start := max(0, slices.IndexFunc(data, high)-detectLen/2)
	sample := data[start:min(len(data), start+detectLen)]
	found, err := chardet.NewTextDetector().DetectAll(sample)
	if err != nil {
		return western
	}
	found = slices.DeleteFunc(found, func(r chardet.Result) bool {
		enc, _ := charset.Lookup(r.Charset)
		return enc == nil // as those of mainframes
	})
	if len(found) == 0 {
		return western
	}
	// The detector's own order of equals changes from run to run.
	best := slices.MinFunc(found, func(a, b chardet.Result) int {
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(a.Charset, b.Charset))
	})
	count := 0
	for _, b := range sample {
		if high(b) {
			count++
		}
	}
	share := float64(count) / float64(len(sample))
	const english, mixed, clear = 0.03, 0.3, 50
	if share < english || share < mixed && best.Confidence < clear {
		return western
	}
	_, name := charset.Lookup(best.Charset)
	return name
}

// bareUTF16 recognises text of a Latin script in UTF-16 without a byte order
// mark: every second byte is zero.
func bareUTF16(head []byte) (order unicode.Endianness, ok bool) {
	if len(head) < 4 {
		return order, false
	}
	var zero [2]int
	for i, b := range head {
		if b == 0 {
			zero[i%2]++
		}
	}
	many, few := len(head)*2/5, len(head)/20
	switch {
	case zero[1] >= many && zero[0] <= few:
		return unicode.LittleEndian, true
	case zero[0] >= many && zero[1] <= few:
		return unicode.BigEndian, true
	}
	return order, false
}
