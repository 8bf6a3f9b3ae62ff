package eval

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"entente/graph"
)

// Prediction is one thing that a system says of one article: exactly one of
// the three pointers is set.
type Prediction struct {
	Article     string // Gold.Article.ID
	Actor       *Actor
	Relation    *Relation
	Affiliation *Affiliation
}

// Actor is an actor as a system names it. Any of its names may match; its
// first stands for it where none does.
type Actor struct {
	Names []string
	Type  string // looked at in a Prediction's Actor only
}

// Relation is a predicted relation. An empty Status means asserted.
type Relation struct {
	Source, Target              Actor
	Predicate, Category, Status string
}

// Affiliation is a predicted role of a person in an organisation or state.
type Affiliation struct {
	Person, Org Actor
	Role        string
}

// FromRecord returns the predictions that rec makes: the same that
// ReadPredictions would find in its line format.
func FromRecord(rec graph.Record) []Prediction {
	var out []Prediction
	id := rec.Article.ID
	for _, e := range rec.Events {
		out = append(out, Prediction{Article: id, Relation: &Relation{
			Source:    Actor{Names: []string{e.Source.Name, e.Source.Mention}},
			Target:    Actor{Names: []string{e.Target.Name, e.Target.Mention}},
			Predicate: e.Predicate, Category: e.Category, Status: string(e.Status),
		}})
	}
	for _, a := range rec.Actors {
		names := append([]string{a.Name}, a.Mentions...)
		out = append(out, Prediction{Article: id, Actor: &Actor{Names: names, Type: string(a.Type)}})
	}
	for _, a := range rec.Affiliations {
		out = append(out, Prediction{Article: id, Affiliation: &Affiliation{
			Person: Actor{Names: []string{a.Person.Name, a.Person.Mention}},
			Org:    Actor{Names: []string{a.Org.Name, a.Org.Mention}},
			Role:   a.Role,
		}})
	}
	return out
}

// ReadPredictions reads the project's line format from r: an object a line,
// empty lines aside. name is what errors call the input ("pred.jsonl:12: ...").
// Fields it has no use for are passed over, and so are the lines of an export that are
// no facts.
func ReadPredictions(r io.Reader, name string) ([]Prediction, error) {
	var out []Prediction
	lines := bufio.NewReader(r)
	for n := 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		if len(bytes.TrimFunc(line, isSpace)) > 0 {
			p, ok, perr := parsePrediction(name, n, line)
			if perr != nil {
				return nil, perr
			}
			if ok {
				out = append(out, p)
			}
		}
		if err != nil {
			return out, nil
		}
	}
}

// parsePrediction reads one line, and reports whether it is a prediction.
func parsePrediction(file string, n int, line []byte) (p Prediction, ok bool, err error) {
	v, err := parse(file, n, bytes.TrimRight(line, "\r\n"))
	if err != nil {
		return p, false, err
	}
	o := v.object()
	if o.aboutStore() {
		return p, false, v.in.err
	}
	p = Prediction{Article: o.text("article")}
	actor, isActor := o.members["actor"]
	affiliation, isAffiliation := o.members["affiliation"]
	_, isRelation := o.members["predicate"]
	switch {
	case isActor:
		a := predictedActor(actor)
		p.Actor = &a
	case isAffiliation:
		p.Affiliation = predictedAffiliation(affiliation.object())
	case isRelation:
		p.Relation = predictedRelation(o)
	default:
		o.fail(`neither a relation ("source", "predicate", "target") nor an "actor" nor an "affiliation"`)
	}
	return p, true, v.in.err
}

// aboutStore reports whether a line is one that entente export --format jsonl has
// beside those of facts: it names no article.
func (o object) aboutStore() bool {
	if _, ok := o.members["article"]; ok {
		return false
	}
	for _, key := range []string{"export", "document", "row", "sha256"} {
		if _, ok := o.members[key]; ok {
			return true
		}
	}
	return false
}

func predictedRelation(o object) *Relation {
	return &Relation{
		Source:    o.actor("source"),
		Target:    o.actor("target"),
		Predicate: o.text("predicate"),
		Category:  o.optionalText("plover"),
		Status:    o.optionalText("status"),
	}
}

func predictedAffiliation(o object) *Affiliation {
	return &Affiliation{Person: o.actor("person"), Org: o.actor("org"), Role: o.text("role")}
}

func (o object) actor(key string) Actor {
	m, ok := o.need(key)
	if !ok {
		return Actor{}
	}
	return predictedActor(m)
}

// predictedActor reads {"name", "mention", "mentions", "type"} or a plain name.
func predictedActor(v value) Actor {
	if v.isString() {
		return Actor{Names: []string{v.text()}}
	}
	o := v.object()
	a := Actor{Names: []string{o.optionalText("name"), o.optionalText("mention")}, Type: o.optionalText("type")}
	if m, ok := o.members["mentions"]; ok {
		a.Names = append(a.Names, m.texts()...)
	}
	return a
}
