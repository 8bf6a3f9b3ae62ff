package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // decodes the parts' character sets
	"github.com/emersion/go-message/mail"

	"entente/graph"
)

// mailReader reads an e-mail (RFC 5322 and MIME), such as a newsletter, as one
// article: its plain text, or its HTML where that says much more; attachments
// are left out. The publisher is who it is from.
type mailReader struct{}

func (mailReader) Extensions() []string { return []string{".eml"} }

// Match takes what begins with the header lines that mail has. A text may begin
// with some of them ("From:", "Date:", "Subject:"), but hardly with those that
// mail programs add.
func (r mailReader) Match(head []byte, ext string) bool {
	names := headerLines(head)
	if slices.Contains(r.Extensions(), ext) {
		return len(names) > 1
	}
	return slices.Contains(names, "from") && slices.ContainsFunc(names, func(name string) bool {
		return slices.Contains([]string{"received", "message-id", "mime-version", "return-path", "delivered-to"}, name)
	})
}

// headerLines returns the names, in lower case, of the header lines that head
// begins with.
func headerLines(head []byte) []string {
	var names []string
	for line := range bytes.Lines(head) {
		if len(names) > 0 && (line[0] == ' ' || line[0] == '\t') {
			continue // the line before goes on
		}
		name, _, ok := bytes.Cut(line, []byte(":"))
		if !ok || len(name) == 0 || bytes.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r > '~' }) {
			break
		}
		names = append(names, strings.ToLower(string(name)))
	}
	return names
}

func (mailReader) Read(src Source, opts Options) iter.Seq2[graph.Article, error] {
	return func(yield func(graph.Article, error) bool) {
		data, err := readAll(src, opts.MaxLine)
		if err != nil {
			yield(graph.Article{}, err)
			return
		}
		yield(readMail(data, 0, 0, src, opts))
	}
}

// readMail makes an article of the mail in data, which is the one of a number
// and begins in a line, or is the whole input.
func readMail(data []byte, number, line int, src Source, opts Options) (graph.Article, error) {
	d, err := mailDraft(data, opts.MaxArticle)
	if err != nil {
		return graph.Article{}, src.fail(line, "mend it or leave it out", fmt.Errorf("broken mail: %w", err))
	}
	d.number, d.line = number, line
	return d.finish(src, opts)
}

func mailDraft(data []byte, max int) (draft, error) {
	entity, err := message.Read(bytes.NewReader(data))
	if err != nil && !message.IsUnknownCharset(err) && !message.IsUnknownEncoding(err) {
		return draft{}, err
	}
	header := mail.Header{Header: entity.Header}
	d := draft{dateField: "Date", date: header.Get("Date"), url: webAddress(strings.Trim(header.Get("Archived-At"), "<> "))}
	if d.title, err = header.Subject(); err != nil {
		d.title = header.Get("Subject")
	}
	d.id, _ = header.MessageID()
	if t, err := header.Date(); err == nil && !t.IsZero() {
		d.date = t.Format(time.RFC3339) // in its own zone
	}
	d.publisher = sender(header)
	d.id, d.title, d.publisher, d.date, d.url = valid(d.id), valid(d.title), valid(d.publisher), valid(d.date), valid(d.url)
	parts := mailParts{max: max}
	if err := parts.add(entity, 0); err != nil {
		return draft{}, err
	}
	d.paragraphs = parts.paragraphs()
	return d, nil
}

// sender is the name of who a mail is from, or the domain of the address.
func sender(header mail.Header) string {
	from, err := header.AddressList("From")
	if err != nil || len(from) == 0 {
		return strings.Trim(header.Get("From"), `"<> `)
	}
	_, domain, _ := strings.Cut(from[0].Address, "@")
	return firstOf(from[0].Name, domain)
}

// mailParts are the texts of a mail.
type mailParts struct {
	max         int // bytes to keep of both together
	plain, html strings.Builder
	parts       int
}

// Bounds of what a mail is made of. Newsletters have three parts or four.
const (
	maxPartDepth = 10
	maxParts     = 1000
)

var errParts = errors.New("too many parts in one another or altogether")

// add takes the texts of an entity at a depth.
func (p *mailParts) add(entity *message.Entity, depth int) error {
	if p.parts++; depth > maxPartDepth || p.parts > maxParts {
		return errParts
	}
	if parts := entity.MultipartReader(); parts != nil {
		for {
			part, err := parts.NextPart()
			switch {
			case err == io.EOF, err != nil && part == nil && p.plain.Len()+p.html.Len() > 0: // cut off after a text
				return nil
			case part == nil:
				return err
			}
			if err := p.add(part, depth+1); err != nil {
				return err
			}
		}
	}
	media, _, err := entity.Header.ContentType()
	disposition, _, _ := entity.Header.ContentDisposition()
	if disposition == "attachment" {
		return nil
	}
	to := &p.plain
	switch {
	case media == "text/html":
		to = &p.html
	case media != "text/plain" && media != "" && err == nil:
		return nil
	}
	left := p.max - p.plain.Len() - p.html.Len() + 1
	text, err := io.ReadAll(io.LimitReader(entity.Body, int64(max(left, 0))))
	if err != nil && len(text) == 0 {
		return err
	}
	to.WriteString(valid(string(text)))
	to.WriteString("\n\n")
	return nil
}

// paragraphs returns those of the plain text, or of the HTML where it has more
// than twice as much: then the plain text only says that there is a page.
func (p *mailParts) paragraphs() []string {
	plain := paragraphs(unsigned(strings.ReplaceAll(p.plain.String(), "\r\n", "\n")))
	if strings.TrimSpace(p.html.String()) == "" {
		return plain
	}
	if page, err := parsePage([]byte(p.html.String())); err == nil && size(page.paragraphs) > 2*size(plain) {
		return page.paragraphs
	}
	return plain
}

// unsigned cuts a signature off: a few lines after one that is "-- " (RFC 3676),
// without the space where an encoding has lost it.
func unsigned(text string) string {
	const most = 10
	i := max(strings.LastIndex(text, "\n-- \n"), strings.LastIndex(text, "\n--\n"))
	if i < 0 || strings.Count(strings.TrimSpace(text[i:]), "\n") > most {
		return text
	}
	return text[:i]
}
