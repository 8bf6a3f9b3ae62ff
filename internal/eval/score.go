package eval

import (
	"maps"
	"slices"
	"strings"

	"entente/graph"
)

// Scores are the five measures, of one article or of all.
type Scores struct {
	Actors       PRF `json:"actors"`
	Level1       PRF `json:"level1"` // source and target
	Level2       PRF `json:"level2"` // and PLOVER category
	Level3       PRF `json:"level3"` // source, target and lemma
	Affiliations PRF `json:"affiliations"`
}

// measure is one of Scores with its names.
type measure struct {
	key, label string
	prf        *PRF
}

func (s *Scores) measures() []measure {
	return []measure{
		{"actors", "actors", &s.Actors},
		{"level1", "relations, level 1 (pair)", &s.Level1},
		{"level2", "relations, level 2 (category)", &s.Level2},
		{"level3", "relations, level 3 (lemma)", &s.Level3},
		{"affiliations", "affiliations", &s.Affiliations},
	}
}

// Result is the score of a set of predictions. Its JSON form is score.py's.
type Result struct {
	Scores
	Status    Accuracy `json:"status"`     // over the right level 2 tuples
	ActorType Accuracy `json:"actor_type"` // over the gold actors found
	Articles  int      `json:"articles"`
	// Unknown counts the predictions for articles that the gold lacks. They
	// enter no score.
	Unknown   int       `json:"predictions_for_unknown_articles"`
	ByArticle Breakdown `json:"by_article"`
}

// Breakdown is the score article by article, in the order of the gold.
type Breakdown []ArticleScore

// ArticleScore is the score of one article.
type ArticleScore struct {
	Scores
	ID string `json:"-"`
	// Faults are ordered by measure, misses before false alarms.
	Faults []Fault `json:"-"`
}

// Fault is a core gold tuple missed or a wrong one predicted.
type Fault struct {
	Measure    string   // "actors", "level1", ...
	FalseAlarm bool     // predicted and wrong; else missed
	Parts      []string // the tuple in words
}

// Score compares predictions with the gold. A tuple predicted twice counts
// once, and the order of predictions makes no difference.
func Score(golds []*Gold, predictions []Prediction) *Result {
	byArticle := map[string][]Prediction{}
	for _, p := range predictions {
		byArticle[p.Article] = append(byArticle[p.Article], p)
	}
	out := &Result{Articles: len(golds), Unknown: len(predictions), ByArticle: Breakdown{}}
	var status, types tally
	for _, g := range golds {
		own := byArticle[g.Article.ID]
		out.Unknown -= len(own)
		a := newArticle(g, own)
		out.ByArticle = append(out.ByArticle, a.score(&status, &types))
	}
	for _, row := range out.ByArticle {
		for i, m := range row.measures() {
			total := out.measures()[i].prf
			*total = total.plus(*m.prf)
		}
	}
	out.Status = accuracy(status.right, status.of)
	out.ActorType = accuracy(types.right, types.of)
	return out
}

// tally sums verdicts over articles.
type tally struct{ right, of int }

func (t *tally) add(v verdicts) {
	t.right += v.right()
	t.of += len(v)
}

// article is a gold article with the predictions for it.
type article struct {
	*Gold
	actors       []predicted
	relations    []relation
	affiliations []affiliation
	actor        map[string]GoldActor       // by id
	index        map[string]map[string]bool // ids by normalised name
}

// predicted is a predicted actor looked up among the gold ones.
type predicted struct {
	ids []string // of the gold actors it may mean, sorted
	// key tells it apart: the first of ids, or "?" and its first name.
	key       string
	actorType string
}

type relation struct {
	source, target  predicted
	category, lemma string // normalised
	status          graph.Status
}

type affiliation struct {
	person, org predicted
	role        string // normalised
}

func newArticle(g *Gold, predictions []Prediction) *article {
	a := &article{Gold: g, actor: map[string]GoldActor{}, index: map[string]map[string]bool{}}
	for _, actor := range g.Actors {
		a.actor[actor.ID] = actor
		for _, n := range append([]string{actor.Name}, actor.Names...) {
			n = normalName(n)
			if a.index[n] == nil {
				a.index[n] = map[string]bool{}
			}
			a.index[n][actor.ID] = true
		}
	}
	for _, p := range predictions {
		switch {
		case p.Actor != nil:
			a.actors = append(a.actors, a.find(*p.Actor))
		case p.Affiliation != nil:
			f := p.Affiliation
			a.affiliations = append(a.affiliations, affiliation{a.find(f.Person), a.find(f.Org), normalLemma(f.Role)})
		case p.Relation != nil:
			a.relations = append(a.relations, a.relation(*p.Relation))
		}
	}
	return a
}

func (a *article) relation(r Relation) relation {
	status := graph.Status(r.Status)
	if status == "" {
		status = graph.Asserted
	}
	return relation{a.find(r.Source), a.find(r.Target), normalCategory(r.Category), normalLemma(r.Predicate), status}
}

func (a *article) find(p Actor) predicted {
	ids := map[string]bool{}
	key := "?"
	for _, n := range p.Names {
		n = normalName(n)
		if n == "" {
			continue
		}
		if key == "?" {
			key += n
		}
		maps.Copy(ids, a.index[n])
	}
	out := predicted{ids: slices.Sorted(maps.Keys(ids)), key: key, actorType: p.Type}
	if len(out.ids) > 0 {
		out.key = out.ids[0]
	}
	return out
}

func (p predicted) means(id string) bool { return slices.Contains(p.ids, id) }

// score counts a's predictions and adds the verdicts on status and actor type.
func (a *article) score(status, types *tally) ArticleScore {
	row := ArticleScore{ID: a.Article.ID}
	actors, byType := a.scoreActors()
	level1, _ := a.scoreRelations(1)
	level2, byStatus := a.scoreRelations(2)
	level3, _ := a.scoreRelations(3)
	status.add(byStatus)
	types.add(byType)
	counts := []*count{actors, level1, level2, level3, a.scoreAffiliations()}
	for i, m := range row.measures() {
		*m.prf = counts[i].prf()
		for _, t := range counts[i].missed.sorted() {
			parts := a.words(t)
			if m.key == "affiliations" {
				parts = a.affiliationWords(a.Affiliations[t.index])
			}
			row.Faults = append(row.Faults, Fault{Measure: m.key, Parts: parts})
		}
		for _, t := range counts[i].wrong.sorted() {
			row.Faults = append(row.Faults, Fault{m.key, true, a.words(t)})
		}
	}
	return row
}

// words returns the parts of t for people to read.
func (a *article) words(t tuple) []string {
	var out []string
	for _, part := range t.parts {
		if part == "" {
			continue
		}
		if actor, ok := a.actor[part]; ok {
			out = append(out, actor.Name)
		} else {
			out = append(out, strings.TrimLeft(part, "?"))
		}
	}
	return out
}

func (a *article) affiliationWords(g GoldAffiliation) []string {
	return []string{a.actor[g.Person].Name + ", " + g.Role + ", " + a.actor[g.Org].Name}
}

func (a *article) scoreActors() (*count, verdicts) {
	c, types := newCount(), verdicts{}
	for _, p := range a.actors {
		if len(p.ids) == 0 {
			c.wrong[tuple{parts: [3]string{p.key}}] = true
		}
		for _, id := range p.ids {
			t := tuple{parts: [3]string{id}}
			c.right[t] = true
			types.add(t, p.actorType == string(a.actor[id].Type))
		}
	}
	for _, g := range a.Actors {
		if t := (tuple{parts: [3]string{g.ID}}); g.Core {
			c.gold(t, c.right[t])
		}
	}
	return c, types
}

// scoreRelations counts at level 1 (pair), 2 (category) or 3 (lemma), and says
// whether the status is right for each right tuple.
func (a *article) scoreRelations(level int) (*count, verdicts) {
	c, status, met := newCount(), verdicts{}, set{}
	for _, p := range a.relations {
		extra := [...]string{"", p.category, p.lemma}[level-1]
		var best *GoldRelation
		said := false
		for i := range a.Relations {
			g := &a.Relations[i]
			if !g.joins(p.source, p.target) || !g.accepts(level, extra) {
				continue
			}
			met[g.tuple(level)] = true
			said = said || g.Status == p.status
			if best == nil || g.before(best) {
				best = g
			}
		}
		if best == nil {
			c.wrong[tuple{parts: [3]string{p.source.key, p.target.key, extra}}] = true
			continue
		}
		t := best.tuple(1)
		t.parts[2] = extra
		c.right[t] = true
		status.add(t, said)
	}
	for _, g := range a.Relations {
		if t := g.tuple(level); g.Core {
			c.gold(t, met[t])
		}
	}
	return c, status
}

// joins reports whether g holds between the two predicted actors.
func (g *GoldRelation) joins(source, target predicted) bool {
	if g.Symmetric && source.means(g.Target) && target.means(g.Source) {
		return true
	}
	return source.means(g.Source) && target.means(g.Target)
}

// accepts reports whether g allows the category (level 2) or lemma (level 3).
// A lemma of several words may do with its first.
func (g *GoldRelation) accepts(level int, extra string) bool {
	switch level {
	case 1:
		return true
	case 2:
		return slices.Contains(g.Categories, extra)
	}
	first, _, _ := strings.Cut(extra, " ")
	for _, p := range g.Predicates {
		if p = normalLemma(p); p == extra || p == first {
			return true
		}
	}
	return false
}

// before orders the relations that accept one prediction: core ones first,
// then by id.
func (g *GoldRelation) before(h *GoldRelation) bool {
	if g.Core != h.Core {
		return g.Core
	}
	return g.ID < h.ID
}

// tuple returns what g stands for at a level. A symmetric one has its actors
// in the order of their ids.
func (g *GoldRelation) tuple(level int) tuple {
	t := tuple{parts: [3]string{g.Source, g.Target}}
	if g.Symmetric && g.Target < g.Source {
		t.parts[0], t.parts[1] = g.Target, g.Source
	}
	switch level {
	case 2:
		t.parts[2] = g.Categories[0]
	case 3:
		t.parts[2] = normalLemma(g.Predicates[0])
	}
	return t
}

// scoreAffiliations counts roles: person and organisation match, and the words
// of one role contain those of the other.
func (a *article) scoreAffiliations() *count {
	c := newCount()
	met := make([]bool, len(a.Affiliations))
	for _, p := range a.affiliations {
		first := -1
		for i, g := range a.Affiliations {
			if p.person.means(g.Person) && p.org.means(g.Org) && rolesAgree(p.role, normalLemma(g.Role)) {
				met[i] = true
				if first < 0 {
					first = i
				}
			}
		}
		if first < 0 {
			c.wrong[tuple{parts: [3]string{p.person.key, p.role, p.org.key}}] = true
		} else {
			c.right[tuple{index: first}] = true
		}
	}
	for i, g := range a.Affiliations {
		if g.Core {
			c.gold(tuple{index: i}, met[i])
		}
	}
	return c
}

func rolesAgree(predicted, gold string) bool {
	p, g := wordSet(predicted), wordSet(gold)
	return len(p) > 0 && (within(p, g) || within(g, p))
}
