package ingest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"go.yaml.in/yaml/v3"
)

// maxFrontMatter bounds what is parsed as front matter, in bytes.
const maxFrontMatter = 64 << 10

// frontMatter reads what stands before a text between two lines of "---" (YAML)
// or of "+++" (TOML), and returns the text after it. YAML that is broken, as it
// often is by a colon in a title, is read as lines of "name: value".
func (d *draft) frontMatter(text string) string {
	for _, form := range []struct {
		mark string
		read func(*draft, string) bool
	}{{"---", (*draft).yaml}, {"+++", (*draft).toml}} {
		inner, ok := strings.CutPrefix(text, form.mark+"\n")
		if !ok {
			continue
		}
		head, rest, ok := strings.Cut(inner, "\n"+form.mark+"\n")
		if !ok || len(head) > maxFrontMatter {
			return text // a rule, not front matter: nothing closes it
		}
		if !form.read(d, head) {
			d.nameLines(head)
		}
		return rest
	}
	return text
}

// nameLines reads lines of "name: value".
func (d *draft) nameLines(head string) {
	for line := range strings.SplitSeq(head, "\n") {
		if name, value, ok := strings.Cut(line, ":"); ok {
			d.set(strings.ToLower(name), unquote(strings.TrimSpace(value)))
		}
	}
}

func unquote(s string) string {
	if len(s) >= 2 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0] {
		return s[1 : len(s)-1]
	}
	return s
}

// nameIn are the members of an object that say what it is called.
var nameIn = []string{"name", "title", "domain"}

// yaml reads YAML; false tells that it is none.
func (d *draft) yaml(head string) bool {
	var document yaml.Node
	if yaml.Unmarshal([]byte(head), &document) != nil || len(document.Content) != 1 || document.Content[0].Kind != yaml.MappingNode {
		return false
	}
	for name, value := range members(document.Content[0]) {
		if value.Kind == yaml.MappingNode {
			for inner, of := range members(value) {
				if slices.Contains(nameIn, inner) {
					value = of
				}
			}
		}
		if value.Kind == yaml.ScalarNode && value.Tag != "!!null" {
			d.set(name, value.Value) // as it is written, for a date is read by parseDate
		}
	}
	return true
}

// members yields names, in lower case, and values of a YAML mapping in its order.
func members(mapping *yaml.Node) func(yield func(string, *yaml.Node) bool) {
	return func(yield func(string, *yaml.Node) bool) {
		for i := 0; i+1 < len(mapping.Content); i += 2 {
			if !yield(strings.ToLower(mapping.Content[i].Value), mapping.Content[i+1]) {
				return
			}
		}
	}
}

// toml reads TOML; false tells that it is none.
func (d *draft) toml(head string) bool {
	var table map[string]any
	meta, err := toml.Decode(head, &table)
	if err != nil {
		return false
	}
	for _, key := range meta.Keys() { // in the order of the text
		if len(key) > 1 {
			continue
		}
		value := table[key[0]]
		if inner, ok := value.(map[string]any); ok {
			for _, name := range nameIn {
				if inner[name] != nil {
					value = inner[name]
					break
				}
			}
		}
		switch v := value.(type) {
		case string, int64:
			d.set(strings.ToLower(key[0]), fmt.Sprint(v))
		case time.Time:
			d.set(strings.ToLower(key[0]), v.Format(time.RFC3339))
		}
	}
	return true
}
