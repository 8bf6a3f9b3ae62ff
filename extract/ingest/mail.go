package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // decodes the parts' character sets
	"github.com/emersion/go-message/mail"

	"entente/graph"
)

// mailReader reads an e-mail (RFC 5322 and MIME), such as a newsletter, as one
// article: its plain text, or its HTML where that says much more, without what
// it quotes of the mail that it answers. The publisher is who it is from. What is
// attached is read as the files in an archive are, "news.eml!/story.txt". A page that
// a browser saved as mail (MHTML) is read as a page.
type mailReader struct{}

func (mailReader) Extensions() []string { return []string{".eml", ".mht", ".mhtml"} }

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
		readMail(data, 0, 0, src, opts, yield)
	}
}

// readMail yields the mail in data, which is the one of a number and begins in a
// line, or is the whole input, and what is attached to it. It returns false once
// the consumer wants no more.
func readMail(data []byte, number, line int, src Source, opts Options, yield func(graph.Article, error) bool) bool {
	d, attached, err := mailDraft(data, opts.MaxArticle)
	if err != nil {
		return yield(graph.Article{}, src.fail(line, "mend it or leave it out", fmt.Errorf("broken mail: %w", err)))
	}
	d.number, d.line = number, line
	article, err := d.finish(src, opts)
	bare := errors.Is(err, errNoText) && len(attached) > 0 // and a fault only if there is nothing in those either
	if !bare && !yield(article, err) {
		return false
	}
	found := 0
	for _, part := range attached {
		member := src.member(part.name)
		if number > 0 {
			member = src.member(fmt.Sprintf("%d/%s", number, part.name))
			member.file = part.name
		}
		member.R = bytes.NewReader(part.data)
		if member.depth > maxDepth {
			return yield(graph.Article{}, member.fail(0, "save it as a file of its own", errDeep))
		}
		for a, err := range Read(member, opts) {
			found++
			if !yield(a, err) {
				return false
			}
		}
	}
	return !bare || found > 0 || yield(article, err)
}

func mailDraft(data []byte, max int) (draft, []attachment, error) {
	entity, err := message.Read(bytes.NewReader(data))
	if err != nil && !message.IsUnknownCharset(err) && !message.IsUnknownEncoding(err) {
		return draft{}, nil, err
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
		return draft{}, nil, err
	}
	if address, saved := snapshot(header); saved && parts.html.Len() > 0 {
		page, err := parsePage([]byte(parts.html.String()))
		page.title, page.url = firstOf(page.title, d.title), firstOf(page.url, address)
		page.headline()
		return page, parts.attached, err
	}
	d.paragraphs = parts.paragraphs()
	return d, parts.attached, nil
}

// snapshot reports whether a mail is a page that a browser saved, and its
// address. Who it is from and its date are those of the saving.
func snapshot(header mail.Header) (address string, ok bool) {
	address = valid(header.Get("Snapshot-Content-Location"))
	ok = address != "" || strings.HasPrefix(strings.Trim(header.Get("From"), `"<> `), "Saved by ")
	return webAddress(address), ok
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
	attached    []attachment
}

// attachment is a file that a mail carries.
type attachment struct {
	name string
	data []byte
}

// unread are the beginnings of media types of what mails carry that holds no
// article: pictures, signatures, appointments.
var unread = []string{"image/", "audio/", "video/", "font/", "text/calendar", "text/vcard", "text/x-vcard", "text/css", "text/rfc822-headers",
	"message/delivery-status", "message/disposition-notification", "application/pgp-", "application/pkcs7-", "application/x-pkcs7-", "application/ms-tnef"}

// attach keeps an attached file.
func (p *mailParts) attach(entity *message.Entity, media, name string) error {
	if slices.ContainsFunc(unread, func(start string) bool { return strings.HasPrefix(media, start) }) {
		return nil
	}
	data, err := io.ReadAll(entity.Body) // shorter than the mail, in which it is encoded
	if len(data) == 0 {
		return err
	}
	if name = path.Base(strings.ReplaceAll(name, `\`, "/")); name == "." || name == "/" {
		name = "attachment"
		if media == "message/rfc822" {
			name += ".eml"
		}
	}
	p.attached = append(p.attached, attachment{name, data})
	return nil
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
	media, params, err := entity.Header.ContentType()
	disposition, place, _ := entity.Header.ContentDisposition()
	name := firstOf(place["filename"], params["name"])
	to := &p.plain
	switch {
	case disposition == "attachment" && depth > 0 || media == "message/rfc822":
		return p.attach(entity, media, name)
	case media == "text/html":
		to = &p.html
	case media != "text/plain" && media != "" && err == nil:
		if name != "" && depth > 0 {
			return p.attach(entity, media, name)
		}
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
	text := unsigned(strings.ReplaceAll(p.plain.String(), "\r\n", "\n"))
	plain := paragraphs(unquoted(text))
	if strings.TrimSpace(p.html.String()) == "" {
		return plain
	}
	if page, err := parsePage([]byte(p.html.String())); err == nil && size(page.paragraphs) > 2*size(paragraphs(text)) {
		return page.paragraphs
	}
	return plain
}

// attribution is the line, or the end of two, before what a mail quotes.
var attribution = regexp.MustCompile(`(?i)\b(?:wrote|writes):$`)

// unquoted leaves out the lines that a mail quotes, after ">", of the one that it
// answers, which has said them already, and "On Tuesday, X wrote:" before them.
// Of a mail that only quotes, the marks go.
func unquoted(text string) string {
	var out []string
	quoting := false
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, ">") {
			quoting = quoting && strings.TrimSpace(line) == ""
			out = append(out, line)
			continue
		}
		if !quoting {
			out = withoutAttribution(out)
		}
		quoting = true
	}
	if rest := strings.Join(out, ""); strings.ContainsFunc(rest, unicode.IsLetter) {
		return rest
	}
	return quoteMark.ReplaceAllString(text, "")
}

var quoteMark = regexp.MustCompile(`(?m)^(?:> ?)+`)

func withoutAttribution(lines []string) []string {
	line := func(n int) string { // from the end
		if n > len(lines) {
			return ""
		}
		return strings.TrimSpace(lines[len(lines)-n])
	}
	last := 1
	for last <= len(lines) && line(last) == "" {
		last++
	}
	if !attribution.MatchString(line(last)) {
		return lines
	}
	for n := last; n < last+3; n++ { // mail programs break it
		if strings.HasPrefix(line(n), "On ") {
			return lines[:len(lines)-n]
		}
	}
	return lines[:len(lines)-last]
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
