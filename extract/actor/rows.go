package actor

import (
	"slices"
	"strings"

	"entente/graph"
)

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
	case gendersFile:
		min, take = 2, ld.addGenders
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

// addGenders takes over "f ; Name ; …" and "person ; f ; id ; …".
func (ld *loader) addGenders(at mark, f []string, fault faultFunc) {
	person := f[0] == "person"
	if person {
		f = f[1:]
	}
	if f[0] != "m" && f[0] != "f" {
		fault(at.line, "gender %q is neither m nor f", f[0])
	}
	for _, name := range f[1:] {
		if person {
			ld.personGender[graph.ActorID(name)] = f[0]
			continue
		}
		key := ld.fold(name)
		if old := ld.nameGender[key]; old != "" && old != f[0] && ld.layer == 0 {
			fault(at.line, "%q is both m and f: leave it out", name)
		}
		ld.nameGender[key] = f[0]
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
