package main

import (
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strings"

	"entente/extract"
	"entente/extract/ingest"
	"entente/internal/conllu"
)

// parseConllu yields the sentences of CoNLL-U files one by one, with new trees.
// A file ends with its first error.
func parseConllu(parser *extract.Parser, paths []string, stdin io.Reader) iter.Seq2[[]conllu.Sentence, error] {
	return func(yield func([]conllu.Sentence, error) bool) {
		for _, path := range paths {
			for s, err := range openConllu(path, stdin) {
				var sentences []conllu.Sentence
				if err == nil {
					sentences = []conllu.Sentence{reparsed(parser, s)}
				}
				if !yield(sentences, err) {
					return
				}
			}
		}
	}
}

// openConllu yields the sentences of a file, or of stdin for "-".
func openConllu(path string, stdin io.Reader) iter.Seq2[conllu.Sentence, error] {
	return func(yield func(conllu.Sentence, error) bool) {
		r, name := stdin, "stdin"
		if path != "-" {
			f, err := os.Open(path)
			if err != nil {
				yield(conllu.Sentence{}, &ingest.Error{Path: path, Cause: err, Hint: "check the path"})
				return
			}
			defer f.Close()
			r, name = f, path
		}
		unpacked, err := conllu.Unpack(r)
		if err != nil {
			yield(conllu.Sentence{}, &ingest.Error{Path: name, Cause: err, Hint: "fetch the file again, or unpack it"})
			return
		}
		for s, err := range conllu.Read(unpacked, name) {
			if err != nil {
				err = fmt.Errorf("%w; with --input conllu a file has to be CoNLL-U", err)
			}
			if !yield(s, err) {
				return
			}
		}
	}
}

// reparsed returns a sentence with a new analysis of its words. What belongs to
// the old one, as DEPS does, is left out.
func reparsed(parser *extract.Parser, s conllu.Sentence) conllu.Sentence {
	forms := make([]string, len(s.Words))
	for i, w := range s.Words {
		forms[i] = w.Form
	}
	words := make([]conllu.Word, len(s.Words))
	for i, t := range parser.ParseWords(forms) {
		words[i] = wordOf(&t, withoutName(s.Words[i].Misc))
	}
	s.Words = words
	return s
}

// withoutName returns MISC without the mark of a name.
func withoutName(misc string) string {
	items := slices.DeleteFunc(strings.Split(misc, "|"), func(item string) bool { return strings.HasPrefix(item, "Entity=") })
	return orNone(strings.Join(items, "|"))
}
