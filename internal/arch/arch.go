// Package arch guards the direction of imports. Its test reads the module with
// go list and fails where a package imports what the table below does not
// permit it. Tests may import more: only what is compiled into the program is
// looked at.
package arch

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
)

const module = "entente"

// permitted says which packages of the module each of them may import. A "*"
// stands for one element of a path. The standard library is free to all.
//
//	cmd/<tool> -> extract/ingest, extract, extract/actor, store, queries, graph/encoding/*
//	extract    -> nlp, ontology, actor, relation
//	relation   -> ontology, nlp, actor         actor -> nlp         relation/classify -> relation
//	all of these, store, queries, graph/encoding/* -> graph
//
// extract, store and queries do not know each other; cmd joins them.
var permitted = map[string][]string{
	"entente/graph":               {},
	"entente/graph/encoding":      {"entente/graph"},
	"entente/graph/encoding/html": {"entente/graph", "entente/graph/encoding", "entente/graph/picture", "entente/graph/encoding/svg"},
	"entente/graph/encoding/*":    {"entente/graph", "entente/graph/encoding", "entente/graph/picture"},
	"entente/graph/picture":       {"entente/graph", "entente/graph/encoding"},
	"entente/graph/names":         {"entente/graph"},

	"entente/extract/dateline": {},
	"entente/extract/ingest":   {"entente/graph", "entente/extract/dateline"},
	"entente/extract/nlp": {"entente/graph", "entente/extract/dateline", "entente/extract/nlp/fast", "entente/extract/nlp/gazetteer",
		"entente/extract/nlp/lemma", "entente/extract/nlp/neural"},
	"entente/extract/nlp/gazetteer":  {"entente/extract/actor/dict"},
	"entente/extract/actor/dict":     {},
	"entente/extract/ontology":       {"entente/graph"},
	"entente/extract/nlp/lemma":      {},
	"entente/extract/nlp/neural":     {"entente/extract/nlp/neural/vec"},
	"entente/extract/nlp/neural/vec": {},
	"entente/extract/nlp/fast":       {"entente/extract/nlp/neural", "entente/extract/nlp/neural/vec"},
	"entente/extract/actor":          {"entente/graph", "entente/extract/nlp", "entente/extract/actor/dict"},
	"entente/extract/actor/importer": {"entente/graph", "entente/extract/actor"},
	"entente/extract/relation":       {"entente/graph", "entente/extract/nlp", "entente/extract/ontology", "entente/extract/actor"},
	"entente/extract/relation/classify": {"entente/graph", "entente/extract/nlp", "entente/extract/ontology", "entente/extract/actor",
		"entente/extract/relation"},
	"entente/extract": {"entente/graph", "entente/extract/nlp", "entente/extract/ontology", "entente/extract/actor",
		"entente/extract/relation", "entente/extract/relation/classify"},

	"entente/store":   {"entente/graph", "entente/internal/neardup"},
	"entente/queries": {"entente/graph", "entente/graph/names", "entente/queries/centrality", "entente/queries/community", "entente/queries/paths", "entente/queries/structure"},

	// The algorithms know the network alone.
	"entente/queries/centrality": {"entente/graph", "entente/internal/parallel", "entente/internal/pq"},
	"entente/queries/community":  {"entente/graph"},
	"entente/queries/paths":      {"entente/graph", "entente/internal/pq"},
	"entente/queries/structure":  {"entente/graph"},

	// Files for the programs to embed or read.
	"entente/examples":                {},
	"entente/internal/train/articles": {}, // data and a test of them
	"entente/internal/train/corpus":   {},
	"entente/internal/train/labels":   {},

	"entente/internal/arch":     {},
	"entente/internal/cliargs":  {},
	"entente/internal/conllu":   {},
	"entente/internal/bench":    {"entente/graph", "entente/internal/netgen", "entente/queries/centrality", "entente/queries/community", "entente/queries/paths"},
	"entente/internal/neardup":  {},
	"entente/internal/netgen":   {"entente/graph"},
	"entente/internal/parallel": {},
	"entente/internal/pq":       {},
	"entente/internal/trees":    {"entente/extract/nlp", "entente/internal/conllu"},
	"entente/internal/corpus":   {},
	"entente/internal/eval":     {"entente/graph", "entente/internal/conllu"},
	"entente/internal/train": {"entente/graph", "entente/extract/actor", "entente/extract/ontology", "entente/extract/relation",
		"entente/extract/relation/classify", "entente/extract/nlp", "entente/extract/nlp/fast", "entente/extract/nlp/gazetteer",
		"entente/extract/nlp/lemma", "entente/extract/nlp/neural", "entente/extract/nlp/neural/vec", "entente/internal/conllu",
		"entente/internal/corpus", "entente/internal/eval", "entente/internal/train/articles", "entente/internal/train/corpus", "entente/internal/train/labels"},

	"entente/cmd/entente": {"entente/graph", "entente/graph/encoding", "entente/graph/encoding/*", "entente/graph/picture", "entente/extract", "entente/extract/ingest",
		"entente/extract/actor", "entente/extract/actor/importer", "entente/store", "entente/queries", "entente/examples", "entente/internal/cliargs", "entente/internal/conllu",
		"entente/internal/trees"},
	"entente/cmd/entente-train": {"entente/internal/train"},
	"entente/cmd/entente-eval": {"entente/graph", "entente/extract", "entente/internal/cliargs", "entente/internal/conllu", "entente/internal/eval",
		"entente/internal/trees"},
}

// homes says where each outside module may be imported. Modules that only
// tests use are not listed.
var homes = map[string][]string{
	"github.com/jdkato/prose/v2":             {"entente/extract/nlp"},
	"github.com/dgraph-io/badger/v4":         {"entente/store"},
	"github.com/urfave/cli/v2":               {"entente/cmd/*", "entente/internal/cliargs"},
	"github.com/mattn/go-isatty":             {"entente/cmd/*"},
	"github.com/BurntSushi/toml":             {"entente/cmd/entente", "entente/extract/ingest"},
	"go.yaml.in/yaml/v3":                     {"entente/extract/ingest"},
	"gonum.org/v1/gonum":                     {"entente/graph", "entente/queries", "entente/queries/*", "entente/graph/encoding/*", "entente/graph/picture"},
	"gonum.org/v1/plot":                      {"entente/graph/encoding/chart"},
	"golang.org/x/image":                     {"entente/graph/encoding/*", "entente/graph/picture"},
	"github.com/klauspost/compress":          {"entente/extract/ingest", "entente/store"},
	"github.com/andybalholm/brotli":          {"entente/extract/ingest"},
	"github.com/emersion/go-message":         {"entente/extract/ingest"},
	"github.com/mmcdole/gofeed":              {"entente/extract/ingest"},
	"golang.org/x/net":                       {"entente/extract/ingest"},
	"golang.org/x/sys":                       {"entente/extract/nlp/neural/vec"},
	"golang.org/x/text":                      {"entente/graph", "entente/graph/encoding/png", "entente/extract/ingest", "entente/internal/eval"},
	"codeberg.org/readeck/go-readability/v2": {"entente/extract/ingest"},
	"github.com/abadojack/whatlanggo":        {"entente/extract/ingest"},
	"github.com/gogs/chardet":                {"entente/extract/ingest"},
	"github.com/bmatcuk/doublestar/v4":       {"entente/cmd/entente"},
	"github.com/schollz/progressbar/v3":      {"entente/cmd/entente"},
	"github.com/dgryski/go-minhash":          {"entente/internal/neardup"},
	"github.com/cespare/xxhash/v2":           {"entente/internal/neardup"},
	"github.com/parquet-go/parquet-go":       {"entente/graph/encoding/parquet"},
}

// goPackage is what is used of go list's report on a package.
type goPackage struct {
	ImportPath string
	Imports    []string // without those of tests
}

// readPackages reads the output of go list -json: one object after another.
func readPackages(r io.Reader) ([]goPackage, error) {
	dec := json.NewDecoder(r)
	for packages := []goPackage(nil); ; {
		var p goPackage
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			return packages, nil
		}
		if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		packages = append(packages, p)
	}
}

// check returns a message for each import that the tables do not permit and
// each package of the module that they do not know, sorted.
func check(packages []goPackage, permitted, homes map[string][]string) []string {
	var faults []string
	for _, p := range packages {
		name := strings.TrimPrefix(p.ImportPath, module+"/")
		allowed, ok := rule(permitted, p.ImportPath)
		if !ok {
			faults = append(faults, name+" is not in the table of permitted imports: add it to the table in internal/arch")
			continue
		}
		for _, imported := range p.Imports {
			if fault := judge(imported, p.ImportPath, allowed, homes); fault != "" {
				faults = append(faults, name+" must not import "+imported+fault)
			}
		}
	}
	slices.Sort(faults)
	return faults
}

// judge returns what is wrong with an import, or "".
func judge(imported, importer string, allowed []string, homes map[string][]string) string {
	first, _, _ := strings.Cut(imported, "/")
	switch {
	case first == module:
		if !anyFits(allowed, imported) {
			return fmt.Sprintf(" (permitted: %v)", allowed)
		}
	case strings.Contains(first, "."): // not the standard library
		for _, outside := range sortedKeys(homes) {
			if imported != outside && !strings.HasPrefix(imported, outside+"/") {
				continue
			}
			if !anyFits(homes[outside], importer) {
				return fmt.Sprintf(" (its home: %v)", homes[outside])
			}
			return ""
		}
		return ": no home is set for that module; add it to the table in internal/arch"
	}
	return ""
}

// rule returns what the package may import: the table's own entry for it, else
// that of the pattern which fits.
func rule(permitted map[string][]string, importPath string) ([]string, bool) {
	if allowed, ok := permitted[importPath]; ok {
		return allowed, true
	}
	for _, pattern := range sortedKeys(permitted) {
		if fits(pattern, importPath) {
			return permitted[pattern], true
		}
	}
	return nil, false
}

func anyFits(patterns []string, importPath string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return fits(p, importPath) })
}

func fits(pattern, importPath string) bool {
	ok, err := path.Match(pattern, importPath)
	return ok && err == nil
}

func sortedKeys(m map[string][]string) []string { return slices.Sorted(maps.Keys(m)) }
