package ftm

import (
	"strings"
	"sync"

	"entente/graph"
)

var countries = sync.OnceValue(func() map[string]string {
	table := map[string]string{}
	for alpha3, alpha2 := range graph.Countries() {
		table[alpha3] = strings.ToLower(alpha2)
	}
	return table
})

// alpha2 returns the code of FollowTheMoney for an alpha-3 code: alpha-2 in lower
// case. It is "" for a state that is no more: its alpha-2 code may be another's.
func alpha2(alpha3 string) string { return countries()[alpha3] }
