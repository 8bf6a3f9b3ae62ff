package ingest

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"regexp"

	"entente/graph"
)

// mboxReader reads a mailbox (mbox, in any of its forms): mails one after the
// other, each after a line "From sender date".
type mboxReader struct{}

func (mboxReader) Extensions() []string { return []string{".mbox"} }

func (mboxReader) Match(head []byte, _ string) bool {
	first, rest, _ := bytes.Cut(head, []byte("\n"))
	return postmark(first) && len(headerLines(bytes.TrimLeft(rest, ">"))) > 0
}

var postmarkLine = regexp.MustCompile(`^From \S+ .*\b\d{1,2}:\d{2}(:\d{2})?\b.*\b(19|20)\d{2}\b`)

// postmark reports whether a line parts two mails: "From", a sender, a date
// with its time and year.
func postmark(line []byte) bool { return postmarkLine.Match(line[:min(len(line), 200)]) }

func (mboxReader) Read(src Source, opts Options) iter.Seq2[graph.Article, error] {
	return func(yield func(graph.Article, error) bool) {
		blank := true
		pieces := pieces{in: buffered(src), max: opts.MaxLine, begins: func(line []byte) bool {
			begins := blank && postmark(line)
			blank = len(bytes.TrimSpace(line)) == 0
			return begins
		}}
		for n := 1; ; n++ {
			piece, err := pieces.next()
			if err == io.EOF {
				if n == 1 {
					yield(graph.Article{}, src.fail(0, "leave it out", errEmpty))
				}
				return
			}
			if err != nil {
				yield(graph.Article{}, readError(src, piece.line, err))
				return
			}
			if piece.long {
				err = src.fail(piece.line, "leave it out",
					fmt.Errorf("longer than %d bytes, too long for one mail", opts.MaxLine))
				if !yield(graph.Article{}, err) {
					return
				}
				continue
			}
			_, mail, _ := bytes.Cut(piece.text, []byte("\n"))
			if !readMail(unquoteFrom(mail), n, piece.line, src, opts, yield) {
				return
			}
		}
	}
}

// unquoteFrom takes back the mark before lines that would have looked like the
// beginning of a mail.
func unquoteFrom(mail []byte) []byte {
	return bytes.ReplaceAll(mail, []byte("\n>From "), []byte("\nFrom "))
}
