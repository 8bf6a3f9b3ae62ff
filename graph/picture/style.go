package picture

import "entente/graph"

// Fill returns the colour that an actor of type t is drawn in. The colours are
// pale, for black letters to be read on them.
func Fill(t graph.ActorType) string {
	switch t {
	case graph.Person:
		return "#fff3c4"
	case graph.State:
		return "#cfe2f3"
	case graph.Government:
		return "#e3eefa"
	case graph.Military:
		return "#d5dbc8"
	case graph.IGO:
		return "#d9d2e9"
	case graph.Bloc:
		return "#eae6f5"
	case graph.Party:
		return "#fce5cd"
	case graph.ArmedGroup:
		return "#f4cccc"
	case graph.NGO, graph.Company, graph.Media:
		return "#d0e9e4"
	case graph.People:
		return "#f3e6f0"
	}
	return "#eeeeee"
}

// Colour returns the colour of an edge by its quad class: cooperation in words
// blue and in deeds green, conflict in words orange and in deeds red, all else
// grey.
func Colour(quad int) string {
	switch quad {
	case 1:
		return "#2166ac"
	case 2:
		return "#1b7837"
	case 3:
		return "#d9730d"
	case 4:
		return "#b2182b"
	}
	return "#888888"
}
