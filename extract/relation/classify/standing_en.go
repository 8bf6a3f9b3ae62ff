package classify

import "strings"

// signsOver returns the signs of a word's standing: its own, and as long as it
// is a complement, what governs it and that word's own, "^" before them.
func (r *Reading) signsOver(i int) []string {
	const height = 3
	var out []string
	at, above := i, ""
	for range height {
		for _, s := range r.word(at).signs {
			out = append(out, above+s)
		}
		up, rel := r.parent[at], short(r.Tokens[at].Deprel)
		if up == none {
			break
		}
		switch rel {
		case "conj": // what stands over the first conjunct stands over it
			at = up
			continue
		case "xcomp", "ccomp", "advcl", "acl", "obj", "obl", "nmod", "csubj":
		default:
			return out
		}
		switch control := r.word(up).control; {
		case control != "":
			out = append(out, above+"<"+rel+":"+control)
		case rel != "nmod" && rel != "obl":
			out = append(out, above+"<"+rel)
		}
		at, above = up, above+"^"
	}
	return out
}

// signsOf returns auxiliaries, negation, subordinators and form of a word.
func (r *Reading) signsOf(i int) []string {
	var out []string
	for _, c := range r.children[i] {
		t, word := &r.Tokens[c], r.keys[c].text
		switch {
		case t.Deprel == "aux:pass":
			out = append(out, "passive")
		case t.Deprel == "aux" || t.Deprel == "cop":
			if aux := r.keys[c].lower; aux != "be" && aux != "have" && aux != "do" {
				out = append(out, aux)
			}
		case negates(word):
			out = append(out, "not")
		case t.Deprel == "mark":
			out = append(out, word)
		case strings.HasPrefix(t.Deprel, "nsubj"):
			for _, g := range r.children[c] {
				if negates(r.keys[g].text) {
					out = append(out, "not")
				}
			}
		case r.ahead(c):
			out = append(out, "ahead")
		}
	}
	if tag := r.Tokens[i].Tag; tag == "VBG" || tag == "VBN" {
		out = append(out, tag)
	}
	return out
}

// ahead reports whether a word, or one that hangs from it, puts what it belongs
// to into the future.
func (r *Reading) ahead(i int) bool {
	if isAhead(r.keys[i].text) {
		return true
	}
	for _, c := range r.children[i] {
		if isAhead(r.keys[c].text) {
			return true
		}
	}
	return false
}

func isAhead(word string) bool {
	switch word {
	case "next", "tomorrow", "soon", "upcoming", "planned", "forthcoming", "coming", "future", "proposed", "shortly", "scheduled":
		return true
	}
	return false
}

// negates reports whether a word denies what it belongs to.
func negates(word string) bool {
	switch word {
	case "not", "n't", "never", "no", "neither", "none", "without":
		return true
	}
	return false
}

// controlOf returns what a word makes of acts that it governs; "" for nothing.
func (r *Reading) controlOf(i int) string {
	form := r.keys[i].text
	for _, name := range []string{form + "_" + r.particle(i), form, "be_" + form} {
		if effects := r.lexicon.ControlEffects(name); len(effects) > 0 {
			return effects[0]
		}
	}
	if e := r.lexicon.LightEffect(form); e != "do" {
		return e
	}
	return ""
}

// outlook sums the signs up: what is ahead, possible or denied, and what a
// governing verb makes of it.
func outlook(signs []string) string {
	planned, possible, negated, would, reported, infinitive, effect := false, false, false, false, false, false, ""
	for _, s := range signs {
		s = strings.TrimLeft(s, "^")
		switch s {
		case "will", "shall", "'ll", "wo", "ahead":
			planned = true
		case "would":
			would = true
		case "to":
			infinitive = true
		case "<ccomp":
			reported = true
		case "may", "might", "could", "should", "can", "must", "if", "unless", "whether":
			possible = true
		case "not":
			negated = true
		}
		_, control, _ := strings.Cut(s, ":")
		switch control {
		case "", "asserted":
		case "planned", "plan":
			planned = true
		case "possible":
			possible = true
		case "negated", "deny", "prevent":
			negated = true
		default:
			effect += control
		}
	}
	switch {
	case would && reported: // the future of what was said
		planned = true
	case would:
		possible = true
	}
	for _, part := range []struct {
		is   bool
		name string
	}{{infinitive && !planned && effect == "", "+to"}, {planned, "+planned"}, {possible, "+possible"}, {negated, "+negated"}} {
		if part.is {
			effect += part.name
		}
	}
	return effect
}
