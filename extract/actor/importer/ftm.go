package importer

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"entente/extract/actor"
	"entente/graph"
)

// FollowTheMoney is the form in which OpenSanctions publishes: one entity a line,
// {"id": …, "schema": "Person", "properties": {"name": […], "country": ["fr"], …}}. Links
// between entities are entities too and may stand anywhere, so that the input is read
// three times: for the links, for the organisations that they name, and for
// the actors.

// entity is a line.
type entity struct {
	place
	ID         string            `json:"id"`
	Schema     string            `json:"schema"`
	Caption    string            `json:"caption"`
	Properties map[string]values `json:"properties"`
}

// values are those of a property. Of an entity that is nested in another one only
// the id is kept.
type values []string

// UnmarshalJSON reads strings and nested entities.
func (v *values) UnmarshalJSON(b []byte) error {
	var raw []json.RawMessage
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	for _, r := range raw {
		var text string
		if json.Unmarshal(r, &text) != nil {
			var nested struct{ ID string }
			if err := json.Unmarshal(r, &nested); err != nil {
				return err
			}
			text = nested.ID
		}
		*v = append(*v, text)
	}
	return nil
}

// get returns the first value of a property, or "".
func (e *entity) get(property string) string {
	if v := e.Properties[property]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// link is an entity that gives a person a role.
type link struct {
	place
	title, org string // org is the id of an entity, or ""
	post       string // the id of a Position, or ""
	from       string
	until      string
}

// linkKinds says which properties of a link hold the person, the organisation, the
// post and the title.
var linkKinds = map[string][4]string{
	"Occupancy":    {"holder", "", "post", ""},
	"Membership":   {"member", "organization", "", "role"},
	"Directorship": {"director", "organization", "", "role"},
	"Employment":   {"employee", "employer", "", "role"},
}

// post is a Position.
type post struct{ name, country string }

// ftmReader reads entities.
type ftmReader struct {
	*sink
	links map[string][]link        // by the person's id
	posts map[string]post          // by id
	orgs  map[string]graph.ActorID // what the organisations of links are called by us
}

// read reads the inputs three times.
func (f *ftmReader) read(inputs []Input) error {
	f.links, f.posts, f.orgs = map[string][]link{}, map[string]post{}, map[string]graph.ActorID{}
	for pass, take := range []func(*entity){f.takeLink, f.takeOrg, f.takeActor} {
		err := eachInput(func(name string, r io.Reader) error { return f.entities(name, r, pass == 0, take) })(inputs)
		if err != nil {
			return err
		}
	}
	return nil
}

// entities gives the entities of an input to take. Lines that cannot be read are told in
// the first pass.
func (f *ftmReader) entities(file string, r io.Reader, tell bool, take func(*entity)) error {
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 1<<20), maxLine)
	at := place{file: file}
	for sc.Scan() {
		at.line++
		line := bytes.TrimSpace(bytes.TrimPrefix(sc.Bytes(), []byte("\ufeff")))
		if len(line) == 0 {
			continue
		}
		e := entity{place: at}
		err := json.Unmarshal(line, &e)
		if err == nil && (e.ID == "" || e.Schema == "") {
			err = errors.New("it has no id or no schema")
		}
		if err == nil {
			take(&e)
		} else if tell {
			f.problem(at, Record, "not an entity of FollowTheMoney: %v: the line is left out", err)
		}
	}
	if errors.Is(sc.Err(), bufio.ErrTooLong) {
		return fmt.Errorf("line %d is longer than %d MB: want one entity a line", at.line+1, maxLine>>20)
	}
	return sc.Err()
}

// takeLink keeps a link or a post.
func (f *ftmReader) takeLink(e *entity) {
	if e.Schema == "Position" {
		f.posts[e.ID] = post{cmpOr(e.get("name"), e.Caption), f.country(e)}
		return
	}
	kind, ok := linkKinds[e.Schema]
	if !ok {
		return
	}
	l := link{place: e.place, title: e.get(kind[3]), org: e.get(kind[1]), post: e.get(kind[2]),
		from: e.get("startDate"), until: e.get("endDate")}
	person := e.get(kind[0])
	if person == "" {
		f.problem(e.place, Role, "%s %s names no %s: it is left out", e.Schema, e.ID, kind[0])
		return
	}
	f.links[person] = append(f.links[person], l)
	if l.org != "" {
		f.orgs[l.org] = ""
	}
}

// takeOrg finds what an organisation of a link is called by us.
func (f *ftmReader) takeOrg(e *entity) {
	if _, wanted := f.orgs[e.ID]; !wanted {
		return
	}
	typ, ok := schemas[e.Schema]
	if !ok || typ == graph.Person {
		return
	}
	r := f.record(e, typ)
	if known := f.known(r.typ, r.country, r.names); known != nil {
		f.orgs[e.ID] = known.ID
		return
	}
	f.orgs[e.ID] = graph.ActorID(string(r.typ) + ":" + actor.Slug(r.names[0]))
}

// schemas are those of actors and the type of an actor of which nothing else is known.
var schemas = map[string]graph.ActorType{
	"Person": graph.Person, "Organization": graph.Other, "PublicBody": graph.Government, "Company": graph.Company,
	"LegalEntity": graph.Other,
}

// notActors are schemas that are passed over without a word.
var notActors = wordSet(`Address Airplane Article Assessment Asset Associate Audio BankAccount Call CallForTenders Contract ContractAward
	CourtCase CourtCaseParty CryptoWallet Debt Document Documentation EconomicActivity Email Event Family Folder HyperText
	Identification Image Interest License Mention Message Note Occupancy Membership Directorship Employment Ownership Package Pages
	Passport Payment PlainText Position Post Project ProjectParticipant Proprietorship RealEstate Representation Risk Sanction Security
	Similar Succession Table TaxRoll Thing Trip UnknownLink UserAccount Value Vehicle Vessel Video Workbook`)

// topics are those that tell the type of a body, the most telling first.
var topics = []struct {
	topic string
	typ   graph.ActorType
}{
	{"gov.igo", graph.IGO}, {"pol.party", graph.Party}, {"crime.terror", graph.ArmedGroup}, {"mil", graph.Military},
	{"gov", graph.Government}, {"gov.national", graph.Government}, {"gov.security", graph.Government}, {"media", graph.Media},
	{"rel", graph.NGO}, {"asset.frozen", ""}, {"corp.public", graph.Company}, {"corp.private", graph.Company}, {"fin.bank", graph.Company},
	{"pol.union", graph.NGO}, {"ngo", graph.NGO},
}

// takeActor writes an entity that is an actor.
func (f *ftmReader) takeActor(e *entity) {
	typ, ok := schemas[e.Schema]
	if !ok {
		if notActors[e.Schema] {
			f.pass(e.Schema)
		} else {
			f.problem(e.place, Record, "the schema %q is not known: the entity %s is left out", e.Schema, e.ID)
		}
		return
	}
	r := f.record(e, typ)
	if r.names[0] == "" {
		f.problem(e.place, Record, "%s %s has no name: it is left out", e.Schema, e.ID)
		return
	}
	if typ == graph.Person {
		for _, l := range f.links[e.ID] {
			f.addLink(&r, l)
		}
		for range e.Properties["position"] {
			f.pass("positions without dates")
		}
	}
	f.put(r)
}

// record makes a record of an entity, without roles. Its first name is "" where it
// has none.
func (f *ftmReader) record(e *entity, typ graph.ActorType) record {
	r := record{place: e.place, typ: typ, country: f.country(e)}
	r.names = append(r.names, cmpOr(e.Caption, e.get("name")))
	r.names = append(r.names, e.Properties["name"]...)
	r.names = append(r.names, e.Properties["alias"]...)
	r.names = append(r.names, e.Properties["abbreviation"]...)
	for _, weak := range e.Properties["weakAlias"] {
		if strings.Contains(strings.TrimSpace(weak), " ") {
			r.names = append(r.names, weak)
		} else {
			f.pass("weak aliases of one word")
		}
	}
	if !isLatin(r.names[0]) { // the first that news in English may write
		if i := slices.IndexFunc(r.names, isLatin); i > 0 {
			r.names[0], r.names[i] = r.names[i], r.names[0]
		}
	}
	if typ == graph.Person {
		return r
	}
	for _, t := range topics {
		if t.typ != "" && slices.Contains(e.Properties["topics"], t.topic) {
			r.typ = t.typ
			break
		}
	}
	return r
}

// formerCountries are codes of FollowTheMoney for states that are no more, and its own.
var formerCountries = map[string]string{"suhh": "SUN", "yucs": "YUG", "csxx": "SCG", "cshh": "CSK", "ddde": "DDR", "zrcd": "ZAR"}

// country returns the alpha-3 code of an entity's country: the first of its own that is one.
func (f *ftmReader) country(e *entity) string {
	for _, property := range []string{"country", "jurisdiction", "nationality", "citizenship", "mainCountry"} {
		for _, code := range e.Properties[property] {
			if former := formerCountries[code]; former != "" {
				return former
			}
			if iso, ok := actor.CountryCode(code); ok {
				return iso
			}
			f.pass("countries that are no ISO codes")
		}
	}
	return ""
}

// addLink adds the role that a link gives, if it is dated and its title is known.
func (f *ftmReader) addLink(r *record, l link) {
	title, org := l.title, f.orgs[l.org]
	if l.post != "" {
		p, ok := f.posts[l.post]
		if !ok {
			f.problem(l.place, Role, "no Position has the id %q: the role is left out", l.post)
			return
		}
		title, org = p.name, graph.ActorID("state:"+cmpOr(p.country, r.country))
	}
	if l.from == "" && l.until == "" {
		f.pass("roles without dates")
		return
	}
	role := actor.Role{Org: org, From: f.date(l.place, l.from), Until: f.date(l.place, l.until)}
	if role.From == "" && role.Until == "" {
		return
	}
	if role.Org == "" || role.Org.Kind() == "state" && f.Dictionary.Entry(role.Org) == nil {
		f.problem(l.place, Role, "the organisation of %q is not known: the role is left out", title)
		return
	}
	if role.Title = f.title(title, role.Org); role.Title == "" {
		f.problem(l.place, Role, "no title of the dictionary begins %q, or it belongs to another body: the role is left out", title)
		return
	}
	f.addRole(r, l.place, role)
}

// title returns the canonical title of text such as "Minister of Foreign Affairs of
// Russia", or "" where it is none or says more than whose office it is.
func (f *ftmReader) title(text string, org graph.ActorID) string {
	role, rest := f.Dictionary.CutTitle(text)
	if rest == "" || role == "" {
		return role
	}
	for _, word := range []string{"of the ", "of ", ", ", "in ", "for ", "("} {
		if after, ok := strings.CutPrefix(rest, word); ok {
			rest = strings.TrimRight(after, ")")
			break
		}
	}
	for _, e := range f.Dictionary.Lookup(rest) {
		if e.ID == org {
			return role
		}
	}
	return ""
}

// date reads a date, of which the hours are cut off. A wrong one is told and unknown.
func (f *ftmReader) date(at place, s string) graph.Date {
	if len(s) > len("2006-01-02") && s[10] == 'T' {
		s = s[:10]
	}
	d, err := graph.ParseDate(s)
	if err != nil {
		f.problem(at, Role, "%v: it is left out", err)
	}
	return d
}

// cmpOr returns the first of the two that is not empty.
func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
