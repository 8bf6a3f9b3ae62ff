package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// WriteText prints the totals as a table, and where verbose is set, for each
// article its F1 and every tuple missed and every false alarm. Control
// characters from the input are shown as U+FFFD. It returns w's error.
func (r *Result) WriteText(w io.Writer, verbose bool) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%-31s %6s %6s %6s  right/predicted  found/core\n", fmt.Sprintf("%d articles", r.Articles), "P", "R", "F1")
	for _, m := range r.measures() {
		p := m.prf
		fmt.Fprintf(out, "%-31s %6.3f %6.3f %6.3f  %d/%d  %d/%d\n",
			m.label, p.Precision, p.Recall, p.F1, p.Right, p.Predicted, p.Found, p.Core)
	}
	writeAccuracy(out, "status accuracy (level 2)", r.Status)
	writeAccuracy(out, "actor type accuracy", r.ActorType)
	if r.Unknown > 0 {
		fmt.Fprintf(out, "left out, article unknown: %d predictions\n", r.Unknown)
	}
	if verbose {
		for _, row := range r.ByArticle {
			row.write(out)
		}
	}
	return out.Flush()
}

func writeAccuracy(w io.Writer, label string, a Accuracy) {
	fmt.Fprintf(w, "%-31s %6.3f %13s  %d/%d\n", label, a.Accuracy, "", a.Right, a.Of)
}

func (a *ArticleScore) write(w io.Writer) {
	var f1 []string
	for _, m := range a.measures() {
		f1 = append(f1, fmt.Sprintf("%s %.3f", m.key, m.prf.F1))
	}
	fmt.Fprintf(w, "\n%s  F1: %s\n", printable(a.ID), strings.Join(f1, "  "))
	for _, f := range a.Faults {
		word := "missed"
		if f.FalseAlarm {
			word = "false alarm"
		}
		fmt.Fprintf(w, "  %s %s: %s\n", f.Measure, word, printable(strings.Join(f.Parts, " | ")))
	}
}

// printable keeps a name from steering the terminal it is printed on.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// WriteJSON prints r as one indented JSON object with score.py's keys. It
// returns w's error.
func (r *Result) WriteJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(r)
}

// MarshalJSON writes b as an object with the articles' ids for keys, in order.
func (b Breakdown) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte('{')
	for i, row := range b {
		if i > 0 {
			out.WriteByte(',')
		}
		for j, part := range []any{row.ID, row.Scores} {
			if j > 0 {
				out.WriteByte(':')
			}
			data, err := json.Marshal(part)
			if err != nil {
				return nil, err
			}
			out.Write(data)
		}
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}
