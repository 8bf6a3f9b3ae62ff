package eval

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"entente/graph"
)

// Gold is one annotated article. docs/evaluation.md describes its file.
type Gold struct {
	// Article is what an extractor is given to read.
	Article      graph.Article
	Actors       []GoldActor
	Relations    []GoldRelation
	Affiliations []GoldAffiliation
}

// GoldActor is an actor that the article names.
type GoldActor struct {
	ID    string // within the article
	Name  string
	Type  graph.ActorType
	Names []string // every surface form
	Core  bool     // wrong to miss
}

// GoldRelation is a relation that the article states. Source and Target are
// ids of actors; the first predicate and category are the best, and the rest
// count as right too.
type GoldRelation struct {
	ID             string
	Source, Target string
	Predicates     []string
	Categories     []string
	Status         graph.Status
	Symmetric      bool
	Core           bool
	Evidence       string // the words that state it; may be missing
}

// GoldAffiliation is a role that the article says a person holds or held.
type GoldAffiliation struct {
	Person, Role, Org string // Person and Org are ids of actors
	Core              bool
}

// ReadGold reads every *.json file in dir, in the order of their names. A file
// that is not a gold article is an error with its name and line, and so is an
// article id that occurs twice. So is a folder without any.
func ReadGold(dir string) ([]*Gold, error) {
	if _, err := os.ReadDir(dir); err != nil {
		return nil, fmt.Errorf("gold: %w", err)
	}
	paths, err := filepath.Glob(filepath.Join(escapeGlob(dir), "*.json"))
	if err != nil {
		return nil, fmt.Errorf("gold: %w", err)
	}
	golds, err := readGold(paths, os.ReadFile)
	if err == nil && len(golds) == 0 {
		err = fmt.Errorf("no gold files (*.json) in %s", dir)
	}
	return golds, err
}

// ReadGoldFS is ReadGold at the root of fsys, where there may be no article.
func ReadGoldFS(fsys fs.FS) ([]*Gold, error) {
	paths, err := fs.Glob(fsys, "*.json")
	if err != nil {
		return nil, fmt.Errorf("gold: %w", err)
	}
	return readGold(paths, func(path string) ([]byte, error) { return fs.ReadFile(fsys, path) })
}

func readGold(paths []string, read func(path string) ([]byte, error)) ([]*Gold, error) {
	var golds []*Gold
	seen := map[string]string{}
	for _, path := range paths {
		if strings.HasPrefix(filepath.Base(path), ".") {
			continue // an editor's, or a file system's, own
		}
		data, err := read(path)
		if err != nil {
			return nil, fmt.Errorf("gold: %w", err)
		}
		g, err := parseGold(path, data)
		if err != nil {
			return nil, err
		}
		if first := seen[g.Article.ID]; first != "" {
			return nil, fmt.Errorf("%s:1: id %q is taken by %s", path, g.Article.ID, first)
		}
		seen[g.Article.ID] = path
		golds = append(golds, g)
	}
	return golds, nil
}

// escapeGlob makes a folder's name stand for itself in a pattern.
func escapeGlob(dir string) string {
	return strings.NewReplacer(`[`, `[[]`, `*`, `[*]`, `?`, `[?]`).Replace(dir)
}

func parseGold(file string, data []byte) (*Gold, error) {
	v, err := parse(file, 1, data)
	if err != nil {
		return nil, err
	}
	o := v.object()
	g := &Gold{Article: graph.Article{
		ID:        o.text("id"),
		Published: graph.Date(o.optionalText("published")),
		Title:     o.optionalText("title"),
		Body:      o.text("text"),
		Origin:    file,
	}}
	if g.Article.ID == "" {
		o.fail("id is empty")
	}
	if _, err := graph.ParseDate(string(g.Article.Published)); err != nil {
		o.members["published"].fail("%v", err)
	}
	ids := map[string]bool{}
	for _, e := range o.list("actors") {
		g.Actors = append(g.Actors, goldActor(e.object(), ids))
	}
	relations := map[string]bool{}
	for _, e := range o.list("relations") {
		g.Relations = append(g.Relations, goldRelation(e.object(), ids, relations))
	}
	if _, ok := o.members["affiliations"]; ok {
		for _, e := range o.list("affiliations") {
			g.Affiliations = append(g.Affiliations, goldAffiliation(e.object(), ids))
		}
	}
	return g, v.in.err
}

func goldActor(o object, ids map[string]bool) GoldActor {
	a := GoldActor{
		ID:    o.newID(ids),
		Name:  o.text("name"),
		Type:  graph.ActorType(o.text("type")),
		Names: o.texts("names"),
		Core:  o.flag("core"),
	}
	if !slices.Contains(graph.ActorTypes, a.Type) {
		o.fail("type %q is none of %q", a.Type, graph.ActorTypes)
	}
	return a
}

func goldRelation(o object, actors, ids map[string]bool) GoldRelation {
	r := GoldRelation{
		ID:         o.newID(ids),
		Source:     o.actorID("source", actors),
		Target:     o.actorID("target", actors),
		Predicates: o.texts("predicates"),
		Categories: o.texts("plover"),
		Status:     graph.Status(o.text("status")),
		Symmetric:  o.optionalFlag("symmetric"),
		Evidence:   o.optionalText("evidence"),
		Core:       o.flag("core"),
	}
	if _, ok := o.members["attributed_to"]; ok {
		o.actorID("attributed_to", actors)
	}
	if len(r.Predicates) == 0 || slices.Contains(r.Predicates, "") {
		o.fail("predicates: want at least one, and none empty")
	}
	if len(r.Categories) == 0 || slices.Contains(r.Categories, "") {
		o.fail("plover: want at least one category, and none empty")
	}
	for _, c := range r.Categories {
		if c != normalCategory(c) { // a prediction's is put in capitals, and would never equal it
			o.fail("plover: %q is not in capitals", c)
		}
	}
	if !slices.Contains(graph.Statuses, r.Status) {
		o.fail("status %q is none of %q", r.Status, graph.Statuses)
	}
	return r
}

func goldAffiliation(o object, actors map[string]bool) GoldAffiliation {
	return GoldAffiliation{
		Person: o.actorID("person", actors),
		Role:   o.text("role"),
		Org:    o.actorID("org", actors),
		Core:   o.flag("core"),
	}
}

// newID returns the object's id and enters it among those taken.
func (o object) newID(taken map[string]bool) string {
	id := o.text("id")
	if id == "" {
		o.fail("id is empty")
	}
	if taken[id] {
		o.fail("id %q is taken", id)
	}
	taken[id] = true
	return id
}

// actorID returns a member that must be the id of one of the article's actors.
func (o object) actorID(key string, actors map[string]bool) string {
	id := o.text(key)
	if !actors[id] {
		o.fail("%s: no actor has the id %q", key, id)
	}
	return id
}
