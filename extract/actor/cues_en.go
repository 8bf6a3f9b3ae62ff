package actor

import (
	"strings"

	"entente/graph"
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// orgCues are words that end, or open with "of", the name of an organisation,
// with the type they speak for. The most telling kinds come first where a name
// holds several.
var orgCues = func() map[string]graph.ActorType {
	m := map[string]graph.ActorType{}
	for t, words := range map[graph.ActorType]string{
		graph.Government: `ministry department agency commission court parliament assembly bureau
			authority directorate inspectorate secretariat tribunal senate congress cabinet police
			council committee office service administration treasury`,
		graph.Military:   `command navy regiment battalion division fleet corps forces force`,
		graph.Party:      `party congress`,
		graph.ArmedGroup: `front brigade brigades militia militias liberation army jihad`,
		graph.IGO:        `organization organisation`,
		graph.NGO: `institute institution center centre foundation association watch society
			university college charity initiative fund federation union unions coalition alliance
			movement network forum trust league church school academy observatory`,
		graph.Company: `inc corp corporation ltd plc llc company bank airlines airways motors
			group energy holdings industries partners capital securities oil petroleum gas pharma`,
		graph.Media: `news times post journal herald tribune tv television radio newspaper daily
			guardian gazette broadcasting magazine`,
	} {
		for w := range set(words) {
			if m[w] == "" || t == graph.Government {
				m[w] = t
			}
		}
	}
	return m
}()

// placeCues end names of places, buildings, events and works, which do not act.
var placeCues = set(`hall street avenue road square airport river sea ocean bay gulf strait
	island islands peninsula mountain mountains valley desert lake city town village district
	county region state province oblast park stadium arena hotel bridge tower palace castle
	cathedral mosque temple station port harbour harbor prison camp base hospital museum
	theater theatre games cup championship olympics festival award prize war wars revolution
	day week month year act treaty agreement accord accords convention summit conference crisis
	protocol plan project program programme operation order bill law code strip bank heights
	canal airbase north south east west northern southern eastern western central street
	university`)

// neverNames are capitalised words that begin no name of an actor.
var neverNames = set(`monday tuesday wednesday thursday friday saturday sunday january february
	march april may june july august september october november december
	jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. i god internet islam
	christianity judaism english christmas easter ramadan covid-19 covid`)

// functionWords are capitalised at the head of a sentence only.
var functionWords = set(`the a an this that these those in on at of for from with by to as and but or
	nor so yet if when while after before since because although though however meanwhile he she
	it they we you who which what where why how his her its their our my your there here some many
	most several each every all both no not one two three four five six seven eight nine ten
	according earlier later last next now then today yesterday during under over about against
	between among despite instead also only even still just more less another other such first
	second third following speaking asked around nearly almost up down out off once until
	whether than too very well yes let do did does is are was were be been has have had
	will would can could may might must should shall`)

// nameParticles join the words of a personal name.
var nameParticles = set(`de da del della di du dos das la le van von der den ter bin ibn bint abu al el
	ul y e zu`)

// roleModifiers may stand before a title without changing the office.
var roleModifiers = set(`former ex then late deputy vice acting interim outgoing incoming then-prime
	senior top chief first longtime veteran new newly-elected newly elected ousted deposed exiled
	jailed self-declared self-proclaimed current re-elected designate hardline lead main`)

var formerWords = set(`former ex ousted deposed onetime one-time late ex-`)

// sayVerbs are forms of verbs whose subject is a speaker.
var sayVerbs = set(`said says told added adds tells stated wrote writes explained insisted noted
	argued announced declared commented claimed stressed warned tweeted replied recalled`)

// describedOrgs are nouns that before a name say what kind of organisation it
// is ("political analysis firm R. Politik").
var describedOrgs = map[string]graph.ActorType{
	"firm": graph.Company, "company": graph.Company, "giant": graph.Company, "conglomerate": graph.Company,
	"carrier": graph.Company, "bank": graph.Company, "contractor": graph.Company, "producer": graph.Company,
	"newspaper": graph.Media, "daily": graph.Media, "weekly": graph.Media, "magazine": graph.Media,
	"broadcaster": graph.Media, "station": graph.Media, "channel": graph.Media, "website": graph.Media,
	"charity": graph.NGO, "foundation": graph.NGO, "watchdog": graph.NGO, "nonprofit": graph.NGO,
	"militia": graph.ArmedGroup, "cartel": graph.ArmedGroup, "party": graph.Party,
}

// inPrepositions make a capital after them a place.
var inPrepositions = set(`in near at from outside around across inside through throughout via
	into toward towards central downtown northern southern eastern western within over`)

// patronage are second parts of compounds that tie somebody to a state or body
// which does not act through them ("Pakistan-based", "Iran-backed").
var patronage = set(`based born backed linked funded controlled occupied administered held trained
	supported aligned friendly allied made style inspired owned flagged bound ruled`)

// abroad are bodies that stand in another state than their own.
var abroad = set("embassy consulate")

// motionVerbs make a capital after them a place: "left Moscow".
var motionVerbs = set(`left leave leaves leaving reached reach visited visit visits visiting entered
	enter toured tour bombed bomb shelled hit struck rocked shook captured seized took surrounded
	encircled approached fled quit crossed`)

// Classes of titles that go with another one: an honorific gives no office,
// and a rank less of one than the role before it.
const (
	classHonorific = "honorific"
	classMilitary  = "military"
)
