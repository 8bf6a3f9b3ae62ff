package dot

import "entente/graph"

// style returns the shape and the colour that an actor of type t is drawn in.
// The colours are pale, for black letters to be read on them.
func style(t graph.ActorType) (shape, fill string) {
	switch t {
	case graph.Person:
		return "ellipse", "#fff3c4"
	case graph.State:
		return "box", "#cfe2f3"
	case graph.Government:
		return "box", "#e3eefa"
	case graph.Military:
		return "box", "#d5dbc8"
	case graph.IGO:
		return "hexagon", "#d9d2e9"
	case graph.Bloc:
		return "hexagon", "#eae6f5"
	case graph.Party:
		return "octagon", "#fce5cd"
	case graph.ArmedGroup:
		return "octagon", "#f4cccc"
	case graph.NGO, graph.Company, graph.Media:
		return "component", "#d0e9e4"
	case graph.People:
		return "ellipse", "#f3e6f0"
	}
	return "box", "#eeeeee"
}

// colour returns the colour of an edge by the quad class of its strongest
// relation: cooperation in words blue and in deeds green, conflict in words
// orange and in deeds red, all else grey.
func colour(relations []graph.Relation) string {
	switch relations[0].Quad {
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
