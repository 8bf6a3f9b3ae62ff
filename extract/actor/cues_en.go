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
		graph.IGO:        `organization organisation nations`,
		graph.NGO: `institute institution center centre foundation association watch society
			university college charity initiative fund federation union unions coalition alliance
			movement network campaign forum trust league church school academy observatory`,
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

// commonSurnames are family names of millions, by which alone nobody is known.
var commonSurnames = set(`wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo kim lee park choi
	jung jeong kang cho yoon jang lim han shin nguyen tran le pham hoang smith jones brown johnson williams davis miller
	wilson martin taylor thomas moore anderson jackson white harris clark lewis walker hall young king wright scott green
	baker adams nelson hill campbell mitchell roberts carter phillips evans turner parker collins edwards stewart morris
	murphy cook rogers morgan cooper peterson reed bailey kelly howard ward cox richardson wood watson khan ahmed ali hassan
	hussein mohamed mohammed ahmad singh kumar sharma gupta patel das shah garcia rodriguez martinez hernandez lopez gonzalez
	perez sanchez ramirez torres flores rivera gomez diaz silva santos souza oliveira pereira costa ferreira rossi russo
	ferrari muller schmidt schneider fischer weber meyer wagner becker ivanov smirnov kuznetsov petrov sato suzuki takahashi
	tanaka watanabe ito yamamoto nakamura kobayashi traore diallo keita toure coulibaly mensah okafor mwangi moyo`)

// eastAsian are family names that stand before the given name.
var eastAsian = set(`kim lee park choi jung jeong kang cho yoon jang lim han shin ahn moon roh wang li zhang liu chen yang zhao
	huang zhou wu xu sun hu zhu gao lin he guo ma luo xi jiang deng wen zeng tang cao peng xie nguyen tran le pham hoang vo
	bui do ngo duong ly thein aung`)

// acronymWords are acronyms that, written small, are words or names.
var acronymWords = set(`care swift start hope fast aids camp save star mend past pace seal iran arab army bank link unity time
	sign anna dawn peace forum force india china rand race apra aden core cord cure east west feed fire flag gold iris
	lamb life line lord mali mars mint mora nora omar oman open pact pane part rain rice rome safe sage sara sari saws
	seed sinn soma tara tide trust union vote ways wing zero amal cosmos plan mission prime`)

// lowerCues are common nouns that complete the name of an organisation ("the Sadr
// movement").
var lowerCues = map[string]graph.ActorType{
	"movement": graph.Party, "party": graph.Party, "militia": graph.ArmedGroup, "cartel": graph.ArmedGroup, "gang": graph.ArmedGroup,
	"clan": graph.People, "tribe": graph.People, "newspaper": graph.Media, "daily": graph.Media, "magazine": graph.Media,
	"foundation": graph.NGO, "charity": graph.NGO, "brigade": graph.ArmedGroup, "faction": graph.Party, "conglomerate": graph.Company,
}

// prefixes stand for states in compounds ("Sino-Indian").
var prefixes = map[string]string{
	"franco": "FRA", "sino": "CHN", "russo": "RUS", "anglo": "GBR", "indo": "IND", "greco": "GRC", "italo": "ITA", "austro": "AUT",
	"turco": "TUR", "luso": "PRT", "nippo": "JPN", "serbo": "SRB", "polono": "POL", "belgo": "BEL", "afro": "",
}

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
var functionWords = set(`neighbouring neighboring nearby fellow rival the a an this that these those in on at of for from with by to as and but or
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
	ul y e zu ag ould uld wa`)

// roleModifiers may stand before a title without changing the office.
var roleModifiers = set(`own former ex then late deputy vice acting interim outgoing incoming then-prime
	shadow asia africa europe eurasia americas regional country deputy programme program policy research advocacy
	communications media east middle latin south north west asian african european international
	senior top chief first longtime veteran new newly-elected newly elected ousted deposed exiled
	presidential provincial parliamentary jailed self-declared self-proclaimed current re-elected designate hardline lead main`)

var formerWords = set(`former ex ousted deposed onetime one-time late ex-`)

// sayVerbs are forms of verbs whose subject is a speaker.
var sayVerbs = set(`said says told added adds tells stated wrote writes explained insisted noted
	argued announced declared commented claimed stressed warned tweeted replied recalled`)

// thingCues are words in names of things, works and events that the engine may
// take for organisations.
var thingCues = set(`space shuttle operation mission project flight voyager apollo soyuz group-a super bowl series league
	album film novel festival mk airbus boeing conference summit open grand prix tournament rights affairs
	relations studies phone android windows playstation version model`)

// agentVerbs are what organisations do, or what is done to them.
var agentVerbs = set(`say tell report announce declare claim deny confirm state warn accuse blame criticise criticize condemn
	denounce reject refuse accept agree sign demand urge ask call request propose offer promise pledge vow threaten
	launch order ban sue fine charge arrest investigate approve support back endorse oppose protest praise welcome thank
	apologise apologize admit concede withdraw suspend resume halt stop end cancel cut buy acquire sell pay fund finance donate
	hire fire dismiss expel join leave quit form merge meet negotiate talk hold organise organize stage attack kill kidnap
	capture seize release free detain hold attack fight recruit train arm supply deliver provide send publish write reveal
	quote cite note insist argue add explain comment reply respond appeal file lodge petition lobby campaign boycott strike
	elect nominate appoint represent lead found chair win lose vote rule convict acquit sentence block blacklist sanction
	penalise penalize raid close shut nationalise nationalize privatise privatize regulate license licence permit allow invite
	host visit consult brief advise help assist rescue evacuate treat monitor observe inspect verify assess estimate
	predict forecast expect plan intend consider decide choose prepare refrain broker mediate invest build operate run own
	export import supply ship produce cooperate collaborate partner compete contest challenge defy defend protect shelter
	harbour harbor smuggle bribe extort hack target sabotage bomb ambush raid storm occupy control`)

// groupAdjectives say before "group" what kind it is.
var groupAdjectives = map[string]graph.ActorType{
	"rights": graph.NGO, "advocacy": graph.NGO, "aid": graph.NGO, "campaign": graph.NGO, "environmental": graph.NGO, "protest": graph.NGO,
	"activist": graph.NGO, "charity": graph.NGO, "monitoring": graph.NGO, "watchdog": graph.NGO, "humanitarian": graph.NGO, "opposition": graph.Party,
	"rebel": graph.ArmedGroup, "militant": graph.ArmedGroup, "terrorist": graph.ArmedGroup, "armed": graph.ArmedGroup, "jihadist": graph.ArmedGroup,
	"islamist": graph.ArmedGroup, "insurgent": graph.ArmedGroup, "guerrilla": graph.ArmedGroup, "separatist": graph.ArmedGroup, "extremist": graph.ArmedGroup,
	"paramilitary": graph.ArmedGroup, "energy": graph.Company, "media": graph.Media, "hacker": graph.Other, "hacking": graph.Other,
}

// civicWords make an organisation with an official cue one of citizens ("Council
// of Bishops").
var civicWords = set(`bishops churches mosques clerics scholars ulema rabbis doctors lawyers journalists women mothers workers students
	teachers farmers veterans friends solidarity peace monitoring boycott campaign voices catholic islamic jewish christian muslim muslims jews christians`)

// describedOrgs are nouns that before a name say what kind of organisation it
// is ("political analysis firm R. Politik").
var describedOrgs = map[string]graph.ActorType{
	"firm": graph.Company, "company": graph.Company, "giant": graph.Company, "conglomerate": graph.Company,
	"carrier": graph.Company, "bank": graph.Company, "contractor": graph.Company, "producer": graph.Company,
	"newspaper": graph.Media, "daily": graph.Media, "weekly": graph.Media, "magazine": graph.Media,
	"broadcaster": graph.Media, "station": graph.Media, "channel": graph.Media, "website": graph.Media,
	"movement": graph.Party, "rebels": graph.ArmedGroup, "agency": graph.Government, "union": graph.NGO, "think-tank": graph.NGO, "tank": graph.NGO,
	"insurer": graph.Company, "airline": graph.Company, "manufacturer": graph.Company, "maker": graph.Company, "retailer": graph.Company,
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

// Classes of titles that go with another one: an honorific gives no office,
// and a rank less of one than the role before it.
const (
	classHonorific = "honorific"
	classMilitary  = "military"
)
