package actor

import (
	"slices"

	"entente/graph"
)

// add takes a record over.
func (ld *loader) add(e *Entry) {
	ld.records = append(ld.records, e)
	ld.checkRoles(e)
	old := ld.byID[e.ID]
	switch {
	case old == nil:
		ld.take(e)
	case ld.defined[e.ID] != nil:
		first := ld.defined[e.ID]
		ld.fault(e, e.line, "already defined at %s:%d: join the two records", first.file, first.line)
	default:
		ld.extend(old, e)
	}
	ld.defined[e.ID] = e
}

// checkRoles puts the canonical title into each role. A dictionary without
// titles has nothing to check by.
func (ld *loader) checkRoles(e *Entry) {
	for i := range e.Roles {
		r := &e.Roles[i]
		if len(ld.roles) == 0 || ld.roles[r.Title] {
			continue
		}
		role, ok := ld.RoleOf(r.Title)
		if !ok {
			ld.fault(e, r.line, "role: no titles.txt has %q: correct it, or add the line \"%[1]s ; official ; %[1]s\" to yours", r.Title)
			continue
		}
		r.Title = role
	}
}

// take enters a new actor.
func (ld *loader) take(e *Entry) {
	ld.byID[e.ID] = e
	if e.Type == graph.State && e.Country != "" && string(e.ID) == "state:"+e.Country {
		ld.byCountry[e.Country] = e
	}
	if words := nameWords(e.Name); e.Type == graph.Person && len(words) > 1 {
		if !e.shortSet && marked(words[len(words)-1]) {
			e.Short = words[len(words)-1:]
		}
		if !slices.Contains(e.Short, words[0]) {
			ld.givenNames[ld.fold(words[0])] = true
		}
	}
	ld.indexSpelling(e)
	ld.addNames(e, e)
	ld.addOffices(e, e.Roles)
}

// extend adds to an actor of an earlier layer what a record of this one says.
func (ld *loader) extend(old, e *Entry) {
	if ld.originals[old] == nil {
		original := *old
		ld.originals[old], old.Roles = &original, slices.Clone(old.Roles)
	}
	old.Also, old.Seat = join(old.Also, e.Also), join(old.Seat, e.Seat)
	old.Adj, old.Demonym, old.Capital = join(old.Adj, e.Adj), join(old.Demonym, e.Demonym), join(old.Capital, e.Capital)
	old.Short, old.Member = join(old.Short, e.Short), append(old.Member, e.Member...)
	old.Name = e.Name
	if e.Country != "" {
		old.Country = e.Country
	}
	if e.typeSet {
		old.Type = e.Type
	}
	if e.From != "" {
		old.From = e.From
	}
	if e.Until != "" {
		old.Until = e.Until
	}
	ld.indexSpelling(old)
	ld.addNames(old, e)
	ld.addOffices(old, e.Roles)
	for _, r := range e.Roles {
		same := func(o Role) bool { return o.Title == r.Title && o.Org == r.Org && o.From == r.From }
		if i := slices.IndexFunc(old.Roles, same); i >= 0 {
			old.Roles[i] = r
			continue
		}
		old.Roles = append(old.Roles, r)
	}
}

func (ld *loader) addOffices(e *Entry, roles []Role) {
	for _, r := range roles {
		if !slices.Contains(ld.roleOrgs[r.Title], r.Org) {
			ld.roleOrgs[r.Title] = append(ld.roleOrgs[r.Title], r.Org)
		}
		if list := ld.officers[r.Org]; len(list) == 0 || list[len(list)-1] != e {
			ld.officers[r.Org] = append(list, e)
		}
	}
}
