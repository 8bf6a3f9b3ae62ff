package actor

import "strings"

// actsAt decides by syntax whether a capital, or another place that may stand
// for its state or people, does so at tokens [first,last): as subject of an act
// ("Moscow denied it"), against a mere place ("an attack in Moscow").
func (l *line) actsAt(first, last int) bool {
	if !l.hasTree() || l.at(last) == "," && l.upper(last+1) {
		return false // "Paris, Texas"
	}
	if l.index == 0 && first == 0 && strings.ContainsAny(l.at(last), "(—–:") {
		return false // the place where the article was written
	}
	if inPrepositions[l.at(first-1)] {
		return false
	}
	for k := first - 1; k >= 0 && k > first-7; k-- {
		if routeNouns[l.tokens[k].Lemma] && (l.at(first-1) == "between" || l.at(first-1) == "and") {
			return false // "flights a day between Ankara and Athens"
		}
	}
	i := l.conjunctHead(l.headOf(first, last))
	governor := l.head(i)
	if governor < 0 {
		return false
	}
	verb, lemma := l.folded[governor], l.tokens[governor].Lemma
	switch l.tokens[i].Deprel {
	case "nsubj":
		if l.child(governor, "cop") >= 0 {
			return l.tokens[governor].UPOS == "ADJ" && !placeAdjectives[lemma]
		}
		return !sceneVerbs[lemma] || lemma == "stand" && siding[l.at(governor+1)]
	case "nsubj:pass", "obj", "iobj":
		return !motionVerbs[verb] && !sceneVerbs[lemma]
	case "nmod:poss":
		return !localNouns[lemma]
	case "compound", "amod":
		if g := l.head(governor); g >= 0 && g == first-1 && l.relation(governor) == "obj" && givingVerbs[l.tokens[g].Lemma] {
			return true // "lent Caracas billions"
		}
		return governments[verb]
	case "obl:agent":
		return true
	}
	switch p := l.preposition(i); l.relation(i) {
	case "obl":
		return p == "with" || p == "against" || p == "between" || p == "by" || p == "towards" || p == "toward" ||
			p == "to" && addressVerbs[lemma] || p == "from" && obtainVerbs[lemma] || p == "on" && imposeVerbs[lemma]
	case "nmod":
		switch p {
		case "with", "against", "between", "by", "towards", "toward", "from":
			return !routeNouns[lemma]
		case "on":
			return pressureNouns[lemma]
		case "to":
			return messageNouns[lemma]
		case "of":
			return judgementNouns[lemma]
		}
	}
	return false
}

// siding after "stand" make it an act.
var siding = set("by with behind firm up")

// givingVerbs take whom something is given before what is given.
var givingVerbs = set("give lend offer grant deny promise sell owe hand pay send award cost")

var (
	// sceneVerbs have a place as subject where something happens, or as object.
	sceneVerbs = set(`host lie sit fall burn wake see witness stand house boast grow bustle empty link connect visit
		leave reach enter tour hold`)
	placeAdjectives = set("empty quiet calm crowded north south east west home close far ablaze full")
	// localNouns are what a city has and not its state.
	localNouns = set(`mayor airport street suburb outskirts university hospital stadium square harbour harbor port
		resident metro skyline centre center district neighbourhood neighborhood population climate mosque cathedral
		church market hotel museum traffic ferry bridge railway station cemetery park river ice`)
	governments  = set("government governments regime regimes authorities leadership leaders junta administration officials")
	addressVerbs = set(`complain apologise apologize appeal hand sell give supply promise pledge say talk speak listen answer
		respond reply concede object offer lend write protest report bow yield submit pass send sign belong matter`)
	obtainVerbs   = set("demand seek receive win expect borrow request obtain buy want secure distance")
	imposeVerbs   = set("impose call press rely depend slap urge blame")
	routeNouns    = set("flight train road cable route border highway link bus railway distance journey line ferry pipeline motorway trip")
	pressureNouns = set("sanction pressure tariff embargo demand war ban restriction duty blockade condition influence policy")
	messageNouns  = set(`message letter warning threat aid support challenge concession response answer ultimatum debt loyalty
		protest appeal apology offer proposal reply request ally`)
	judgementNouns = set("ally criticism condemnation critic supporter accusation rejection recognition appeasement enemy foe friend rival mistrust suspicion denunciation critical")
)

// motionVerbs make a capital after them a place: "left Moscow".
var motionVerbs = set(`left leave leaves leaving reached reach visited visit visits visiting entered
	enter toured tour bombed bomb shelled hit struck rocked shook captured seized took surrounded
	encircled approached fled quit crossed`)
