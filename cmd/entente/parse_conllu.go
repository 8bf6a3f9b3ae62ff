package main

import (
	"fmt"
	"io"
	"iter"
	"os"

	"entente/extract"
	"entente/extract/ingest"
	"entente/internal/conllu"
	"entente/internal/trees"
)

// maxDocument is the most sentences of a CoNLL-U file that are held and parsed
// as one document: names depend on the sentences before.
const maxDocument = 1000

// parseConllu yields the documents of CoNLL-U files one by one, with new trees.
// A file ends with its first error; what came before it is yielded.
func parseConllu(parser *extract.Parser, paths []string, stdin io.Reader) iter.Seq2[[]conllu.Sentence, error] {
	return func(yield func([]conllu.Sentence, error) bool) {
		for _, path := range paths {
			for document, err := range documents(openConllu(path, stdin)) {
				if len(document) > 0 && !yield(trees.Reparse(parser, document), nil) {
					return
				}
				if err != nil && !yield(nil, err) {
					return
				}
			}
		}
	}
}

// documents groups sentences: one marked "newdoc" begins a document. The error
// belongs after the sentences it comes with.
func documents(sentences iter.Seq2[conllu.Sentence, error]) iter.Seq2[[]conllu.Sentence, error] {
	return func(yield func([]conllu.Sentence, error) bool) {
		var document []conllu.Sentence
		for s, err := range sentences {
			if err != nil {
				yield(document, err)
				return
			}
			if len(document) == maxDocument || len(document) > 0 && trees.Opens(&s) {
				if !yield(document, nil) {
					return
				}
				document = nil
			}
			document = append(document, s)
		}
		yield(document, nil)
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
