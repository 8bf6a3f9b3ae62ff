package actor

import (
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"

	"entente/graph"
)

// A name that several actors bear is linked by weighing what the article says
// for each of them. The weights are log-odds, set by hand and checked on the
// golden cases; the candidates compete with "somebody whom the dictionary does
// not know" in a softmax, so that scores are comparable between mentions.

const (
	weightNamed     = 5.0  // named in full in the article
	weightRole      = 3.0  // has the role that stands with the name
	weightInRole    = 1.5  // and on the article's day
	weightOtherRole = -2.0 // a role stands with the name that it never had
	weightOffice    = 2.5  // in any office on the article's day
	weightPast      = 0.5  // held one before
	weightTop       = 1.0  // head of state, of government or of an organisation at some time
	weightCountry   = 3.0  // times the country's share of the article
	weightTopNow    = 2.2  // and on the article's day
	weightHome      = 5.0  // as weightCountry, of a party or the like, which acts at home
	weightAbroad    = -1.0 // the article is of other countries alone
	weightNotHome   = -3.0 // the same, of a party or the like
	weightOnly      = 1.0  // nobody else in the dictionary is called so
	weightEarly     = -3.0 // years before its first office
	weightOrg       = 1.5  // the organisation of a role is named in the article

	oddsNobody    = 3.5 // of somebody unknown who bears the name
	oddsCommon    = 1.5 // more for a surname of millions
	oddsNoOrg     = 2.0 // of an organisation so called that the dictionary lacks
	oddsShared    = 1.2 // the same, of a name that many parties bear
	oddsNoAcronym = 1.5 // of something unknown that the letters stand for
	linkScore     = 0.7 // from which a link is made
)

// context is what stands with a name.
type context struct {
	title Title         // of Class "" where none
	org   graph.ActorID // whose role it is, or ""
}

// weigh scores the actors that a short name may mean, the likeliest first.
// Their scores add up to less than 1; the rest is nobody known.
func (l *line) weigh(senses []sense, c context) []Candidate {
	type weighed struct {
		Candidate
		odds float64
	}
	var all []weighed
	for _, s := range senses {
		odds, why := l.oddsOf(s.entry, c)
		if len(senses) == 1 {
			odds += weightOnly
			why = append(why, "nobody else is called so")
		}
		all = append(all, weighed{Candidate{Actor: s.entry.ID, Why: strings.Join(why, ", ")}, odds})
	}
	sort.SliceStable(all, func(i, j int) bool {
		return all[i].odds > all[j].odds || all[i].odds == all[j].odds && all[i].Actor < all[j].Actor
	})
	nobody := l.oddsOfNobody(senses)
	total := math.Exp(nobody)
	for _, w := range all {
		total += math.Exp(w.odds)
	}
	out := make([]Candidate, len(all))
	for i, w := range all {
		w.Score = math.Round(math.Exp(w.odds)/total*100) / 100
		out[i] = w.Candidate
	}
	return out
}

// oddsOfNobody returns the odds that the name means something unknown.
func (l *line) oddsOfNobody(senses []sense) float64 {
	switch {
	case len(senses) == 0:
		return oddsNobody
	case isAcronym(senses[0].words[0]):
		return oddsNoAcronym
	case senses[0].entry.Type != graph.Person && len(senses) > 2:
		return oddsShared
	case senses[0].entry.Type != graph.Person:
		return oddsNoOrg
	}
	odds := oddsNobody
	if n := len(senses); n > 2 {
		odds += math.Log(float64(n)) // a name that many bear
	}
	if commonSurnames[graph.FoldWord(senses[0].words[0])] {
		odds += oddsCommon
	}
	return odds
}

// oddsOf sums what speaks for and against the entry.
func (l *line) oddsOf(e *Entry, c context) (odds float64, why []string) {
	say := func(w float64, format string, args ...any) {
		odds += w
		why = append(why, fmt.Sprintf(format, args...))
	}
	if a := l.out.actors[e.ID]; a != nil && len(a.Mentions) > 0 && !l.kin[e.ID] {
		say(weightNamed, "named in full")
	}
	if c.title.Class != "" && c.title.Class != classHonorific {
		switch r := e.roleOn(c.title.Role, l.day); {
		case r == nil || c.org != "" && !e.hasRole(c.title.Role, c.org):
			say(weightOtherRole, "never %s", c.title.Role)
		case r.Holds(l.day):
			say(weightRole+weightInRole, "%s then", c.title.Role)
		default:
			say(weightRole, "%s at another time", c.title.Role)
		}
	}
	l.oddsOfOffices(e, say)
	if e.Country == "" {
		return odds, why
	}
	weight, away := weightCountry, weightAbroad
	if e.Type != graph.Person {
		weight, away = weightHome, weightNotHome
	}
	if share := l.share(e.Country); share > 0 {
		say(weight*share, "%s has %.0f %% of the article", e.Country, 100*share)
	} else if c.org == "" && len(l.evidence) > 0 {
		say(away, "nothing else of %s", e.Country)
	}
	return odds, why
}

// oddsOfOffices says what the entry's offices and the date make likely.
func (l *line) oddsOfOffices(e *Entry, say func(float64, string, ...any)) {
	var first graph.Date
	past, top, topNow, org := false, false, false, false
	for _, r := range e.Roles {
		if first == "" || r.From != "" && r.From < first {
			first = r.From
		}
		past = past || l.day != "" && r.From != "" && r.From <= l.day
		top = top || topRoles[r.Title]
		topNow = topNow || topRoles[r.Title] && r.Holds(l.day) && l.day != ""
		if a := l.out.actors[r.Org]; a != nil && len(a.Mentions) > 0 && a.Type != graph.State {
			org = true
		}
	}
	switch {
	case l.day != "" && e.inOffice(l.day):
		say(weightOffice, "in office")
	case past:
		say(weightPast, "held office before")
	case first != "" && l.day != "" && yearsBetween(l.day, first) > 3:
		say(weightEarly, "in no office before %s", first)
	}
	if topNow {
		say(weightTop+weightTopNow, "leads then")
	} else if top {
		say(weightTop, "well known")
	}
	if org {
		say(weightOrg, "with the body of a role")
	}
}

// topRoles are offices whose holders go by their surname.
var topRoles = map[string]bool{
	"president": true, "prime minister": true, "chancellor": true, "king": true, "leader": true, "supreme leader": true,
	"secretary-general": true, "secretary of state": true, "emir": true, "pope": true, "crown prince": true,
}

// yearsBetween returns the calendar years from a to b.
func yearsBetween(a, b graph.Date) int { return year(b) - year(a) }

// year returns the year of a date in the form of ISO 8601, or 0.
func year(d graph.Date) int {
	y, _ := strconv.Atoi(string(d[:min(len(d), 4)]))
	return y
}

// best returns the candidate that is safe enough to be linked.
func best(cs []Candidate) (Candidate, bool) {
	if len(cs) == 0 || cs[0].Score < linkScore {
		return Candidate{}, false
	}
	return cs[0], true
}
