package chart

import (
	"bytes"
	"html"
	"io"
	"regexp"
	"strings"

	"gonum.org/v1/plot/vg/vgsvg"
)

// styled is the style of an element. Texts have no angle bracket of their own:
// they are escaped.
var styled = regexp.MustCompile(`(<[^<>]*\s)style="([^"]*)"`)

// writeSVG writes the canvas as one <svg> element with a title for those who
// hear it. What is in style attributes becomes attributes of their own, which a
// page may embed whatever its policy on styles, and whose style sheet wins over them.
func writeSVG(w io.Writer, canvas *vgsvg.Canvas, title string) error {
	var b bytes.Buffer
	if _, err := canvas.WriteTo(&b); err != nil {
		return err
	}
	_, text, _ := strings.Cut(b.String(), "<svg ")
	text = styled.ReplaceAllStringFunc(text, func(tag string) string {
		m := styled.FindStringSubmatch(tag)
		return m[1] + attributes(m[2])
	})
	text = strings.Replace(text, ">", ">\n<title>"+html.EscapeString(title)+"</title>", 1)
	_, err := io.WriteString(w, `<svg role="img" `+text)
	return err
}

// attributes makes presentation attributes of declarations of CSS.
func attributes(declarations string) string {
	var list []string
	for d := range strings.SplitSeq(declarations, ";") {
		name, value, ok := strings.Cut(strings.TrimSpace(d), ":")
		if !ok {
			continue
		}
		if value = strings.TrimSpace(value); name == "font-family" {
			value += ", Arial, Helvetica, sans-serif" // of the same widths, where Liberation is missing
		}
		list = append(list, name+`="`+value+`"`)
	}
	return strings.Join(list, " ")
}
