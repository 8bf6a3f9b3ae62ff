package dot

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/graph"
)

// entity is what Graphviz takes for an HTML entity, even in a plain label.
var entity = regexp.MustCompile(`&(#?[0-9A-Za-z]+;)`)

// escapes are the characters that mean something in a quoted string. A lone
// backslash would begin an escape such as \N, the name of the node.
var escapes = strings.NewReplacer(`"`, `\"`, `\`, `\\`, "\n", `\n`)

// quote returns s as a quoted string of DOT that shows as s. Strings in quotes
// are never HTML labels. Line breaks stay; a tab becomes a space, what is not
// UTF-8 a question mark (gonum's reader refuses U+FFFD), and all other control
// and format characters, which could steer a terminal or turn the text round,
// are dropped.
func quote(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\u2028' || r == '\u2029':
			return '\n'
		case r == '\t':
			return ' '
		case r == utf8.RuneError:
			return '?'
		case unprintable(r):
			return -1
		}
		return r
	}, s)
	return `"` + escapes.Replace(entity.ReplaceAllString(s, "&amp;$1")) + `"`
}

// quoteID returns id as a quoted string of DOT. What readers of DOT unquote in
// different ways or cannot hold is written in percent code, byte by byte, so
// that different ids stay different.
func quoteID(id graph.ActorID) string {
	var b strings.Builder
	b.WriteByte('"')
	for s := string(id); s != ""; {
		r, n := utf8.DecodeRuneInString(s)
		plain := r != '"' && r != '\\' && r != '%' && r != '<' && r != '>' && r != '&' &&
			r != utf8.RuneError && !unprintable(r)
		if plain {
			b.WriteString(s[:n])
		} else {
			for _, c := range []byte(s[:n]) {
				fmt.Fprintf(&b, "%%%02X", c)
			}
		}
		s = s[n:]
	}
	b.WriteByte('"')
	return b.String()
}

// unprintable reports whether r shows nothing of its own: control characters,
// bidirectional marks and other formats, line separators.
func unprintable(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp)
}
