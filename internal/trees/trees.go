// Package trees carries dependency trees between documents and CoNLL-U.
package trees

import (
	"fmt"
	"slices"
	"strings"

	"entente/extract/nlp"
	"entente/internal/conllu"
)

// OfDocument returns the sentences of a document with the id, of one line.
func OfDocument(doc nlp.Document, id string) []conllu.Sentence {
	out := make([]conllu.Sentence, 0, len(doc.Sentences))
	paragraph := -1
	for i, s := range doc.Sentences {
		var c conllu.Sentence
		if i == 0 {
			c.Comments = append(c.Comments, "newdoc id = "+id)
		}
		if s.Paragraph != paragraph {
			c.Comments = append(c.Comments, "newpar")
			paragraph = s.Paragraph
		}
		c.Comments = append(c.Comments, fmt.Sprintf("sent_id = %s-%d", id, i+1), "text = "+doc.Text[s.Span.Start:s.Span.End])
		for k, t := range s.Tokens {
			misc := "_"
			if k+1 < len(s.Tokens) && s.Tokens[k+1].Span.Start == t.Span.End {
				misc = "SpaceAfter=No"
			}
			c.Words = append(c.Words, word(&t, misc))
		}
		c.Ranges = ranges(c.Words)
		out = append(out, c)
	}
	return out
}

// word returns a token as a line. misc is what MISC has beside its name.
func word(t *nlp.Token, misc string) conllu.Word {
	if t.Entity != "" && t.Entity != "O" {
		misc = strings.TrimSuffix("Entity="+t.Entity+"|"+misc, "|_")
	}
	return conllu.Word{Form: t.Text, Lemma: orNone(t.Lemma), UPOS: orNone(t.UPOS), XPOS: orNone(t.Tag),
		Feats: orNone(t.Feats), Head: t.Head, Deprel: orNone(t.Deprel), Deps: "_", Misc: misc}
}

func orNone(s string) string {
	if s == "" {
		return "_"
	}
	return s
}

// Reparse gives the sentences of a document a new analysis of their words. What
// belongs to the old one, as DEPS does, is left out.
func Reparse(parser *nlp.Neural, document []conllu.Sentence) []conllu.Sentence {
	forms := make([][]string, len(document))
	for i, s := range document {
		for _, w := range s.Words {
			forms[i] = append(forms[i], w.Form)
		}
	}
	out := make([]conllu.Sentence, len(document))
	for i, tokens := range parser.ParseWords(forms) {
		out[i] = document[i]
		out[i].Words = make([]conllu.Word, len(tokens))
		for j, t := range tokens {
			out[i].Words[j] = word(&t, withoutName(document[i].Words[j].Misc))
		}
	}
	return out
}

// withoutName returns MISC without the mark of a name.
func withoutName(misc string) string {
	items := slices.DeleteFunc(strings.Split(misc, "|"), func(item string) bool { return strings.HasPrefix(item, "Entity=") })
	return orNone(strings.Join(items, "|"))
}

// Opens reports whether a sentence is the first of a document.
func Opens(s *conllu.Sentence) bool { return hasComment(s, "newdoc") }

func hasComment(s *conllu.Sentence, name string) bool {
	return slices.ContainsFunc(s.Comments, func(c string) bool { return strings.HasPrefix(c, name) })
}

// Text returns the raw text of the sentences of a document: those of a paragraph
// joined by a space where MISC does not say SpaceAfter=No, paragraphs by an
// empty line.
func Text(document []conllu.Sentence) string {
	var b strings.Builder
	space := ""
	for i, s := range document {
		if i > 0 && hasComment(&s, "newpar") {
			space = "\n\n"
		}
		ranges := s.Ranges
		for k := 0; k < len(s.Words); k++ {
			form, misc := s.Words[k].Form, s.Words[k].Misc
			if len(ranges) > 0 && ranges[0].First == k+1 {
				form, misc, k = ranges[0].Form, ranges[0].Misc, ranges[0].Last-1
				ranges = ranges[1:]
			}
			b.WriteString(space)
			b.WriteString(form)
			space = " "
			if conllu.Attribute(misc, "SpaceAfter") == "No" {
				space = ""
			}
		}
	}
	return b.String()
}
