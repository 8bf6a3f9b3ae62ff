package importer

import (
	"fmt"
	"strings"

	"entente/extract/actor"
	"entente/graph"
)

// cameo is an actor code of CAMEO: a country or the word for none, then roles, of
// three letters each ("FRAGOV", "IGOUNO", "AFGREBTAL").
type cameo struct {
	country string // alpha-3, or ""
	role    string // the first role that is known, or ""
	sector
}

// sector is what a role of CAMEO says.
type sector struct {
	person bool            // an undated name is mostly that of a person
	typ    graph.ActorType // of a body with the role
	title  string          // of a person with the role, or ""
}

var sectors = map[string]sector{
	"GOV": {true, graph.Government, "official"},
	"ELI": {true, graph.Government, "politician"},
	"LEG": {true, graph.Government, "lawmaker"},
	"JUD": {true, graph.Government, "judge"},
	"SPY": {true, graph.Government, "intelligence official"},
	"COP": {true, graph.Government, "police officer"},
	"MIL": {true, graph.Military, "military officer"},
	"OPP": {true, graph.Party, "opposition politician"},
	"PTY": {false, graph.Party, "politician"},
	"REB": {false, graph.ArmedGroup, "rebel leader"},
	"INS": {false, graph.ArmedGroup, "rebel leader"},
	"SEP": {false, graph.ArmedGroup, "rebel leader"},
	"UAF": {false, graph.ArmedGroup, "militia leader"},
	"IMG": {false, graph.ArmedGroup, "militant leader"},
	"CRM": {false, graph.ArmedGroup, ""},
	"IGO": {false, graph.IGO, "official"},
	"NGO": {false, graph.NGO, "activist"},
	"NGM": {false, graph.NGO, "activist"},
	"HRI": {false, graph.NGO, "activist"},
	"ENV": {false, graph.NGO, "activist"},
	"DEV": {false, graph.NGO, ""},
	"HLH": {false, graph.NGO, ""},
	"REL": {true, graph.NGO, "cleric"},
	"LAB": {false, graph.NGO, ""},
	"EDU": {false, graph.NGO, "academic"},
	"BUS": {false, graph.Company, "businessman"},
	"MNC": {false, graph.Company, "businessman"},
	"AGR": {false, graph.Company, ""},
	"MED": {false, graph.Media, "journalist"},
	"CVL": {false, graph.People, ""},
	"REF": {false, graph.People, ""},
}

// without are first parts that stand for no country.
var without = wordSet(`IGO NGO NGM MNC IMG INT UIS MUL REB INS SEP UAF GOV MIL MED BUS EDU CVL REL OPP CRM`)

// regions are first parts that stand for several countries.
var regions = wordSet(`AFR ASA BLK CRB CAU CFR CIS CAS EAF EAS EEU EIN EUR LAM MDT MEA NAF NAM PGS PKO SAF SAM SAS SCN SEA SHN WAF WAS WST WSB`)

// otherCountries are codes of CAMEO that differ from ISO 3166.
var otherCountries = map[string]string{"ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "KSV": "XKX", "KOS": "XKX", "PAL": "PSE", "SER": "SRB", "GME": "DEU"}

// readCAMEO reads a code.
func readCAMEO(code string) (cameo, error) {
	var c cameo
	if len(code) < 3 || len(code)%3 != 0 || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return c, fmt.Errorf("a code is made of parts of three letters")
	}
	first, rest := code[:3], code[3:]
	switch iso, ok := actor.CountryCode(first); {
	case otherCountries[first] != "":
		c.country = otherCountries[first]
	case ok:
		c.country = iso
	case without[first]:
		rest = code
	case !regions[first]:
		return c, fmt.Errorf("%q is neither a country nor a role that is known", first)
	}
	for ; rest != "" && c.role == ""; rest = rest[3:] {
		if s, ok := sectors[rest[:3]]; ok {
			c.role, c.sector = rest[:3], s
			if s.title != "" { // so that "a French official" does not mean the one that a dictionary has
				c.title = c.role + " " + s.title
			}
		}
	}
	if c.role == "" && (c.country == "" || len(code) > 3) {
		return c, fmt.Errorf("none of its roles is known")
	}
	return c, nil
}

// bodyWords are words of names that are no person's.
var bodyWords = wordSet(`academy administration agency alliance army assembly association authority bank board brigade bureau cabinet
	centre center chamber church club coalition college command commission committee company confederation congress
	corporation corps council court department directorate embassy federation fleet force forces foundation front fund
	government group guard guards institute institution intelligence junta league legislature ministry mission movement navy
	office organisation organization parliament party police regime secretariat senate service services society state
	supreme treasury tribunal troops union university workers air house knesset duma bundestag majlis of for and the`)

// typeOf returns the type of an actor of the name with the code.
func (c *cameo) typeOf(name string, dated bool) graph.ActorType {
	if c.role == "" {
		return graph.State
	}
	words := strings.Fields(strings.ToLower(name))
	for _, w := range words {
		if bodyWords[w] {
			return c.typ
		}
	}
	if len(words) > 1 && (dated || c.person) {
		return graph.Person
	}
	return c.typ
}
