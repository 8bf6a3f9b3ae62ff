package dot

import "entente/graph"

// shape returns the shape that an actor of type t is drawn in.
func shape(t graph.ActorType) string {
	switch t {
	case graph.Person, graph.People:
		return "ellipse"
	case graph.IGO, graph.Bloc:
		return "hexagon"
	case graph.Party, graph.ArmedGroup:
		return "octagon"
	case graph.NGO, graph.Company, graph.Media:
		return "component"
	}
	return "box"
}
