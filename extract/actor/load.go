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
	gendersFile    = "genders.txt"    // m or f ; given name …, or person ; m or f ; id …
)

// TitleClasses are the classes of titles.txt.
var TitleClasses = strings.Fields(`head-of-state head-of-government monarch minister legislator diplomat spokesperson
	military police judge prosecutor party-leader rebel-leader religious igo-official business academic analyst activist
	journalist lawyer official sport culture honorific`)

// Load reads the built-in dictionary, which takes about a twentieth of a second.
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
	layer     int16
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

// About how many nodes the names and the places of the built-in dictionary make, and
// how many actors it has, so that maps need not grow step by step.
const (
	expectedNodes  = 28_000
	expectedPlaces = 14_000
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
	layer int16
	used  bool
}

// loadLayers reads the layers.
func loadLayers(layers []layer) *loader {
	ld := &loader{
		Dictionary: &Dictionary{
			byID: make(map[graph.ActorID]*Entry, expectedActors), byCountry: map[string]*Entry{},
			officers: map[graph.ActorID][]*Entry{}, givenNames: map[string]bool{}, roleOrgs: map[string][]graph.ActorID{},
			bySpelling: map[string][]*Entry{}, nameGender: map[string]string{}, personGender: map[graph.ActorID]string{},
		},
		ordinary: ordinaryWords(), excepted: map[exception]*mark{}, roles: map[string]bool{},
		rows: map[string]int32{}, current: map[string]bool{}, folds: make(map[string]string, expectedNodes),
		defined: make(map[graph.ActorID]*Entry, expectedActors), originals: map[*Entry]*Entry{}, buffer: make([]byte, 1<<16),
	}
	ld.names.grow(expectedNodes)
	ld.gazetteer.grow(expectedPlaces)
	for n, l := range layers {
		ld.layer = int16(n)
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
