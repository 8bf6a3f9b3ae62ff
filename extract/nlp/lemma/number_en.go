package lemma

import "strings"

// plainNumber returns a number without the commas between its thousands, and
// whether form is one that has them.
func plainNumber(form string) (string, bool) {
	groups := 0
	digits := 0
	for i := range len(form) {
		switch c := form[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c == ',' && digits > 0 && (digits == 3 || groups == 0 && digits < 3):
			groups, digits = groups+1, 0
		case c == '.' && groups > 0 && digits == 3 && isDigits(form[i+1:]):
			return strings.ReplaceAll(form, ",", ""), true
		default:
			return "", false
		}
	}
	if groups == 0 || digits != 3 {
		return "", false
	}
	return strings.ReplaceAll(form, ",", ""), true
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
