package nlp

import (
	"strings"
	"testing"
	"unicode"

	"entente/graph"
)

// FuzzSegment checks what Tokenise and Segment promise for any bytes: spans in
// order and apart, the text of each, no white space in a token, and every byte
// that is none in exactly one token.
func FuzzSegment(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	for _, s := range patterns {
		f.Add(s + s + s)
	}
	f.Add("“We cannot wait,” Gen. Lee (b. 1960) said.[1] :) He'd paid US$3.5bn—or 10%—by 9/11/2001.\n\n“Why?” www.un.org a@b.org")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4096 {
			t.Skip("long texts only cost time")
		}
		doc := Document{Text: text, Sentences: Segment(text)}
		valid(t, doc)
		var all []graph.Span
		paragraph := 0
		for _, s := range doc.Sentences {
			if s.Paragraph != paragraph && s.Paragraph != paragraph+1 {
				t.Fatalf("paragraph %d follows %d", s.Paragraph, paragraph)
			}
			paragraph = s.Paragraph
			if body := text[s.Span.Start:s.Span.End]; body == "" || body != strings.TrimSpace(body) {
				t.Fatalf("sentence %q is not trimmed", body)
			}
			for _, tok := range s.Tokens {
				all = append(all, tok.Span)
			}
		}
		covers(t, text, all)
		covers(t, text, Tokenise(text, graph.Span{End: len(text)}))
	})
}

// covers checks that the tokens hold all of text but its white space.
func covers(t *testing.T, text string, tokens []graph.Span) {
	t.Helper()
	at := 0
	for _, tok := range tokens {
		if tok.Start < at || tok.Len() <= 0 {
			t.Fatalf("token %v after %d", tok, at)
		}
		if gap := text[at:tok.Start]; strings.TrimSpace(gap) != "" {
			t.Fatalf("%q is in no token", gap)
		}
		if word := text[tok.Start:tok.End]; strings.IndexFunc(word, unicode.IsSpace) >= 0 {
			t.Fatalf("white space in token %q", word)
		}
		at = tok.End
	}
	if rest := text[at:]; strings.TrimSpace(rest) != "" {
		t.Fatalf("%q is in no token", rest)
	}
}
