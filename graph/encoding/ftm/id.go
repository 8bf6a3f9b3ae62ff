package ftm

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"

	"entente/graph"
	"entente/graph/encoding"
)

// plain is what may follow the kind in an id that is kept.
var plain = regexp.MustCompile(`^[A-Za-z0-9-]*[A-Za-z0-9]$`)

// actorID returns an id of letters, digits and "-" alone. Ids of the kinds that
// are types are kept, with "-" for the colon: as none of these begins another, no
// two become one.
func actorID(id graph.ActorID) string {
	kind, name, _ := strings.Cut(string(id), ":")
	if slices.Contains(graph.ActorTypes, graph.ActorType(kind)) && plain.MatchString(name) {
		return kind + "-" + name
	}
	h := sha256.Sum256([]byte(id))
	return "actor-" + hex.EncodeToString(h[:16])
}

func articleID(x encoding.Fact) string { return "article-" + x.Key() }
