package actor

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"entente/extract/actor/dict"
	"entente/graph"
)

// Files that hold something else than records of actors.
const (
	placesFile     = "places.txt"     // names that hold an actor's name but name none
	titlesFile     = "titles.txt"     // title ; class ; canonical role
	bodiesFile     = "bodies.txt"     // slug ; type ; canonical ; variant …
	exceptionsFile = "exceptions.txt" // name ; id ; reason
)

// TitleClasses are the classes of titles.txt.
var TitleClasses = strings.Fields(`head-of-state head-of-government monarch minister legislator diplomat spokesperson
	military police judge prosecutor party-leader rebel-leader religious igo-official business academic analyst activist
	journalist lawyer official sport culture honorific`)

// Load reads the built-in dictionary, which takes about a fiftieth of a second.
func Load() (*Dictionary, error) { return LoadWith() }

// LoadWith reads the built-in dictionary and lays those of the user over it in
// their order. A path is a folder with .txt files or one file.
//
// Of two layers the later one wins. A record with the id of an earlier one
// extends it: it adds names, members and roles; it replaces the canonical
// name, and the country, type, from and until that it gives; and a role of
// the same title, organisation and beginning replaces that role. A name means
// only what the last layer says of it; but a person's short form stands beside other meanings,
// since the text decides. Lines of titles.txt, bodies.txt and places.txt replace those of the same words.
//
// Nothing is half-loaded: the error joins all faults, a line
// "file:line: what, and what to do" each, and there is no dictionary then.
func LoadWith(paths ...string) (*Dictionary, error) {
	layers, err := layersAt(paths)
	if err != nil {
		return nil, err
	}
	return loadLayers(layers).result()
}

// LoadFS is LoadWith of the .txt files at the root of each file system: the first
// stands in the place of the built-in dictionary.
func LoadFS(builtIn fs.FS, users ...fs.FS) (*Dictionary, error) {
	layers := []layer{{fsys: builtIn}}
	for _, u := range users {
		layers = append(layers, layer{fsys: u})
	}
	return loadLayers(layers).result()
}

// layer is where files of a dictionary are read from.
type layer struct {
	fsys  fs.FS
	dir   string   // put before the names of its files in messages
	files []string // nil is every .txt file
}

// layersAt returns the built-in layer and those at the paths.
func layersAt(paths []string) ([]layer, error) {
	layers := []layer{{fsys: dict.Files}}
	var faults []error
	for _, path := range paths {
		info, err := os.Stat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			faults = append(faults, fmt.Errorf("dictionary %s: there is no such folder or file: check the path", path))
		case err != nil:
			faults = append(faults, fmt.Errorf("dictionary: %w", err))
		case info.IsDir():
			layers = append(layers, layer{fsys: os.DirFS(path), dir: filepath.Clean(path) + string(filepath.Separator)})
		default:
			dir, file := filepath.Split(path)
			layers = append(layers, layer{fsys: os.DirFS(filepath.Clean(dir)), dir: dir, files: []string{file}})
		}
	}
	return layers, errors.Join(faults...)
}

// list returns the files of the layer; at least one.
func (l layer) list() ([]string, error) {
	if l.files != nil {
		return l.files, nil
	}
	files, err := fs.Glob(l.fsys, "*.txt")
	if err == nil && len(files) == 0 && l.dir != "" {
		err = fmt.Errorf("%s: the folder holds no .txt file: name another", l.dir)
	}
	return files, err
}

// loader builds a dictionary and takes down what is wrong on the way.
type loader struct {
	*Dictionary
	layer     int8
	findings  []Finding
	won       []Finding                // warnings: names taken from an earlier layer
	failed    []error                  // files that could not be read
	records   []*Entry                 // of the files, in their order
	defined   map[graph.ActorID]*Entry // the records of this layer
	originals map[*Entry]*Entry        // the records that were extended, as they were
	ordinary  map[string]bool          // English words, folded
	excepted  map[exception]*mark      // ordinary words that may be names
	roles     map[string]bool          // canonical roles
	rows      map[string]int32         // lines of the row file at hand, by their folded words
	current   map[string]bool          // this layer's names other than short forms, folded
	folds     map[string]string        // folded words, to make each once
	buffer    []byte                   // for reading
	arena     []string                 // words of names are parts of it
	folded    []string                 // the name at hand
	scratch   []string                 // what folded is a part of
}

// About how many nodes the names of the built-in dictionary make, and how many
// actors it has, so that maps need not grow step by step.
const (
	expectedNodes  = 28_000
	expectedActors = 6_500
)

// exception is a name that an actor may have though it is an ordinary word.
type exception struct {
	word string
	id   graph.ActorID
}

// mark is a line of a file.
type mark struct {
	file  string
	line  int
	layer int8
	used  bool
}

// loadLayers reads the layers.
func loadLayers(layers []layer) *loader {
	ld := &loader{
		Dictionary: &Dictionary{
			byID: make(map[graph.ActorID]*Entry, expectedActors), byCountry: map[string]*Entry{},
			officers: map[graph.ActorID][]*Entry{}, givenNames: map[string]bool{},
		},
		ordinary: ordinaryWords(), excepted: map[exception]*mark{}, roles: map[string]bool{},
		rows: map[string]int32{}, current: map[string]bool{}, defined: make(map[graph.ActorID]*Entry, expectedActors), originals: map[*Entry]*Entry{}, buffer: make([]byte, 1<<16), folds: make(map[string]string, expectedNodes),
	}
	ld.names.grow(expectedNodes)
	for n, l := range layers {
		ld.layer = int8(n)
		clear(ld.current)
		clear(ld.defined)
		ld.read(l)
	}
	ld.names.pack()
	ld.places.pack()
	ld.titles.pack()
	ld.bodies.pack()
	ld.groups.pack()
	ld.gazetteer.pack()
	ld.findOwned()
	return ld
}

// result returns the dictionary, or the faults.
func (ld *loader) result() (*Dictionary, error) {
	faults := slices.Clone(ld.failed)
	for _, f := range ld.findings {
		faults = append(faults, errors.New(f.String()))
	}
	if err := errors.Join(faults...); err != nil {
		return nil, fmt.Errorf("dictionary:\n%w", err)
	}
	return ld.Dictionary, nil
}

// read takes a layer over: first the files that the records are checked by.
func (ld *loader) read(l layer) {
	files, err := l.list()
	if err != nil {
		ld.failed = append(ld.failed, err)
		return
	}
	var records []string
	for _, file := range files {
		if !ld.readRows(l, file) {
			records = append(records, file)
		}
	}
	for _, file := range records {
		shown := l.dir + file
		for _, e := range parseEntries(ld.text(l, file), ld.faultIn(shown)) {
			e.file, e.layer = shown, ld.layer
			ld.add(e)
		}
	}
}

// readRows reads a file of rows. It reports whether file is one.
func (ld *loader) readRows(l layer, file string) bool {
	min, take := 0, (func(mark, []string, faultFunc))(nil)
	switch file {
	case placesFile:
		min, take = 1, ld.addPlace
	case titlesFile:
		min, take = 3, ld.addTitle
	case bodiesFile:
		min, take = 3, ld.addBody
	case exceptionsFile:
		min, take = 3, ld.addException
	case groupsFile:
		min, take = 3, ld.addGroup
	case gazetteerFile:
		min, take = 3, ld.addGazetteer
	default:
		return false
	}
	shown := l.dir + file
	fault := ld.faultIn(shown)
	clear(ld.rows)
	parseRows(ld.text(l, file), min, fault, func(line int, fields []string) {
		take(mark{file: shown, line: line, layer: ld.layer}, fields, fault)
	})
	return true
}

// text returns a file's text, or "" where it cannot be read.
func (ld *loader) text(l layer, file string) string {
	text, err := ld.readText(l.fsys, file)
	if err != nil {
		ld.failed = append(ld.failed, fmt.Errorf("%s%s: %w", l.dir, file, err))
		return ""
	}
	text = strings.TrimPrefix(text, "\ufeff")
	if !utf8.ValidString(text) {
		valid := strings.ToValidUTF8(text, "\x00")
		line := 1 + strings.Count(valid[:strings.IndexByte(valid, 0)], "\n")
		ld.faultIn(l.dir+file)(line, "this is not UTF-8: save the file in that encoding")
		return ""
	}
	return text
}

// readText reads a file into one string, of which records keep parts.
func (ld *loader) readText(fsys fs.FS, file string) (string, error) {
	f, err := fsys.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	var b strings.Builder
	if info, err := f.Stat(); err == nil {
		b.Grow(int(info.Size()))
	}
	_, err = io.CopyBuffer(&b, f, ld.buffer)
	return b.String(), err
}

// faultIn returns a function that takes down the faults of a file.
func (ld *loader) faultIn(file string) faultFunc {
	return func(line int, format string, args ...any) {
		ld.findings = append(ld.findings, Finding{File: file, Line: line, Text: fmt.Sprintf(format, args...)})
	}
}

// fault takes down what is wrong with a record.
func (ld *loader) fault(e *Entry, line int32, format string, args ...any) {
	ld.faultIn(e.file)(int(line), "%s: %s", e.ID, fmt.Sprintf(format, args...))
}

// once reports whether the words of a row are new in this file.
func (ld *loader) once(words []string, at mark, fault faultFunc) bool {
	key := strings.Join(words, " ")
	old, again := ld.rows[key]
	if again && old != int32(at.line) { // a body may list one variant twice in a line
		fault(at.line, "%q stands at %s:%d too: take one of them out", key, at.file, old)
	}
	ld.rows[key] = int32(at.line)
	return !again
}

func (ld *loader) addPlace(at mark, f []string, fault faultFunc) {
	if words := ld.foldedWords(f[0]); ld.once(words, at, fault) {
		ld.places.set(words, true)
	}
}

func (ld *loader) addTitle(at mark, f []string, fault faultFunc) {
	if !slices.Contains(TitleClasses, f[1]) {
		fault(at.line, "class %q is unknown (want one of %v)", f[1], TitleClasses)
	}
	ld.roles[f[2]] = true
	if words := ld.foldedWords(f[0]); ld.once(words, at, fault) {
		ld.titles.set(words, Title{Class: f[1], Role: f[2]})
	}
}

func (ld *loader) addBody(at mark, f []string, fault faultFunc) {
	b := Body{Slug: f[0], Type: graph.ActorType(f[1]), Name: f[2]}
	if !slices.Contains(graph.ActorTypes, b.Type) {
		fault(at.line, "type %q is unknown (want one of %v)", f[1], graph.ActorTypes)
	}
	for _, v := range f[2:] {
		if words := ld.foldedWords(v); ld.once(words, at, fault) {
			ld.bodies.set(words, b)
		}
	}
}

func (ld *loader) addGroup(at mark, f []string, fault faultFunc) {
	g := groupNoun{graph.ActorType(f[1]), groupClass(f[2])}
	if !slices.Contains(graph.ActorTypes, g.Type) {
		fault(at.line, "type %q is unknown (want one of %v)", f[1], graph.ActorTypes)
	}
	if !slices.Contains(groupClasses, g.Class) {
		fault(at.line, "class %q is unknown (want one of %v)", f[2], groupClasses)
	}
	if words := ld.foldedWords(f[0]); ld.once(words, at, fault) {
		ld.groups.set(words, g)
	}
}

func (ld *loader) addGazetteer(at mark, f []string, fault faultFunc) {
	if !slices.Contains(placeKinds, f[1]) {
		fault(at.line, "kind %q is unknown (want one of %v)", f[1], placeKinds)
	}
	if code, ok := CountryCode(f[2]); !ok || code != f[2] {
		fault(at.line, "country: %q is not one ISO 3166-1 alpha-3 code, such as FRA", f[2])
	}
	for _, name := range slices.Concat(f[:1], f[3:]) {
		if words := ld.words(name); ld.once(ld.folded, at, fault) {
			ld.gazetteer.set(ld.folded, place{f[2], words})
		}
	}
}

func (ld *loader) addException(at mark, f []string, fault faultFunc) {
	if !validID(f[1]) {
		fault(at.line, "%q is not an id such as company:apple", f[1])
	}
	words := ld.foldedWords(f[0])
	if ld.once(append(words, f[1]), at, fault) {
		ld.excepted[exception{strings.Join(words, " "), graph.ActorID(f[1])}] = &at
	}
}

// add takes a record over.
func (ld *loader) add(e *Entry) {
	ld.records = append(ld.records, e)
	ld.checkRoles(e)
	old := ld.byID[e.ID]
	switch {
	case old == nil:
		ld.take(e)
	case ld.defined[e.ID] != nil:
		first := ld.defined[e.ID]
		ld.fault(e, e.line, "already defined at %s:%d: join the two records", first.file, first.line)
	default:
		ld.extend(old, e)
	}
	ld.defined[e.ID] = e
}

// checkRoles puts the canonical title into each role. A dictionary without
// titles has nothing to check by.
func (ld *loader) checkRoles(e *Entry) {
	for i := range e.Roles {
		r := &e.Roles[i]
		if len(ld.roles) == 0 || ld.roles[r.Title] {
			continue
		}
		role, ok := ld.RoleOf(r.Title)
		if !ok {
			ld.fault(e, r.line, "role: no titles.txt has %q: correct it, or add the line \"%[1]s ; official ; %[1]s\" to yours", r.Title)
			continue
		}
		r.Title = role
	}
}

// take enters a new actor.
func (ld *loader) take(e *Entry) {
	ld.byID[e.ID] = e
	if e.Type == graph.State && e.Country != "" && string(e.ID) == "state:"+e.Country {
		ld.byCountry[e.Country] = e
	}
	if words := nameWords(e.Name); e.Type == graph.Person && len(words) > 1 {
		if !e.shortSet && marked(words[len(words)-1]) {
			e.Short = words[len(words)-1:]
		}
		if !slices.Contains(e.Short, words[0]) {
			ld.givenNames[ld.fold(words[0])] = true
		}
	}
	ld.addNames(e, e)
	ld.addOffices(e, e.Roles)
}

// extend adds to an actor of an earlier layer what a record of this one says.
func (ld *loader) extend(old, e *Entry) {
	if ld.originals[old] == nil {
		original := *old
		ld.originals[old], old.Roles = &original, slices.Clone(old.Roles)
	}
	old.Also, old.Seat = join(old.Also, e.Also), join(old.Seat, e.Seat)
	old.Adj, old.Demonym, old.Capital = join(old.Adj, e.Adj), join(old.Demonym, e.Demonym), join(old.Capital, e.Capital)
	old.Short, old.Member = join(old.Short, e.Short), append(old.Member, e.Member...)
	old.Name = e.Name
	if e.Country != "" {
		old.Country = e.Country
	}
	if e.typeSet {
		old.Type = e.Type
	}
	if e.From != "" {
		old.From = e.From
	}
	if e.Until != "" {
		old.Until = e.Until
	}
	ld.addNames(old, e)
	ld.addOffices(old, e.Roles)
	for _, r := range e.Roles {
		same := func(o Role) bool { return o.Title == r.Title && o.Org == r.Org && o.From == r.From }
		if i := slices.IndexFunc(old.Roles, same); i >= 0 {
			old.Roles[i] = r
			continue
		}
		old.Roles = append(old.Roles, r)
	}
}

func (ld *loader) addOffices(e *Entry, roles []Role) {
	for _, r := range roles {
		if list := ld.officers[r.Org]; len(list) == 0 || list[len(list)-1] != e {
			ld.officers[r.Org] = append(list, e)
		}
	}
}

// addNames gives e the names of a record, which is e itself or extends it.
func (ld *loader) addNames(e, record *Entry) {
	ld.addName(e, record, FormName, record.Name)
	for _, names := range []struct {
		form Form
		list []string
	}{
		{FormName, record.Also}, {FormName, record.Seat}, {FormAdj, record.Adj},
		{FormDemonym, record.Demonym}, {FormCapital, record.Capital}, {FormShort, record.Short},
	} {
		if names.form == FormShort && e.Type != graph.Person {
			continue
		}
		for _, name := range names.list {
			ld.addName(e, record, names.form, name)
		}
	}
}

func (ld *loader) addName(e, record *Entry, form Form, name string) {
	words := ld.split(name)
	folded := ld.folded
	if len(folded) == 0 || len(folded) == 1 && !marked(name) {
		ld.fault(record, record.line, "%q is no name: one word needs a capital letter", name)
		return
	}
	if form != FormShort && len(words) == 1 && !ld.guarded(e, words[0], folded[0]) {
		ld.fault(record, record.line, "the name %q is an ordinary word: add a second word, leave it out, or put the line \"%s ; %s ; REASON\" into exceptions.txt", name, words[0], e.ID)
	}
	senses := ld.names.exact(folded)
	if ld.layer > 0 && form != FormShort {
		senses = ld.win(e, record, name, senses)
	}
	own := false
	for _, s := range senses {
		own = own || s.entry == e
		if s.entry != e && form != FormShort && s.form != FormShort && form != FormCapital && s.form != FormCapital {
			ld.fault(record, record.line, "the name %q already means %s (%s:%d): take it out of one of them", name, s.entry.ID, s.entry.file, s.entry.line)
		}
	}
	if !own {
		ld.names.add(folded, sense{entry: e, form: form, words: words})
		ld.namesN++
		return
	}
	ld.drop(words)
}

// win takes the name at hand from the actors and places of earlier layers, all
// but persons of whom it is the short form. It returns the meanings left.
func (ld *loader) win(e, record *Entry, name string, senses []sense) []sense {
	key := strings.Join(ld.folded, " ")
	if ld.current[key] {
		return senses
	}
	ld.current[key] = true
	if len(ld.places.exact(ld.folded)) > 0 {
		ld.places.set(ld.folded)
	}
	left := slices.DeleteFunc(slices.Clone(senses), func(s sense) bool { return s.entry != e && s.form != FormShort })
	if len(left) == len(senses) {
		return senses
	}
	for _, s := range senses {
		if !slices.ContainsFunc(left, func(l sense) bool { return l.entry == s.entry }) {
			ld.won = append(ld.won, Finding{File: record.file, Line: int(record.line), Warning: true,
				Text: fmt.Sprintf("%s: the name %q meant %s (%s:%d): now it means only this actor", e.ID, name, s.entry.ID, s.entry.file, s.entry.line)})
		}
	}
	ld.names.set(ld.folded, left...)
	ld.namesN -= len(senses) - len(left)
	return left
}

// split returns the words of a name without a leading "the", and leaves them
// folded in ld.folded.
func (ld *loader) split(name string) []string {
	words := ld.words(name)
	if len(words) > 0 && ld.folded[0] == "the" {
		ld.folded = ld.folded[1:]
		return words[1:]
	}
	return words
}

// words returns the words of a name, which last, and leaves them folded in
// ld.folded until the next call.
func (ld *loader) words(name string) []string {
	if cap(ld.arena)-len(ld.arena) < 64 {
		ld.arena = make([]string, 0, 4096)
	}
	from := len(ld.arena)
	ld.arena = appendWords(ld.arena, name)
	words := ld.arena[from:len(ld.arena):len(ld.arena)]
	ld.folded = ld.scratch[:0]
	for _, w := range words {
		ld.folded = append(ld.folded, ld.fold(w))
	}
	ld.scratch = ld.folded
	return words
}

// drop gives back the words that were made last.
func (ld *loader) drop(words []string) { ld.arena = ld.arena[:len(ld.arena)-len(words)] }

// foldedWords returns the folded words of a row's field, until the next call.
func (ld *loader) foldedWords(name string) []string {
	ld.drop(ld.words(name))
	return ld.folded
}

func (ld *loader) fold(word string) string {
	folded, ok := ld.folds[word]
	if !ok {
		folded = graph.FoldWord(word)
		ld.folds[word] = folded
	}
	return folded
}
