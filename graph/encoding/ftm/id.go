package ftm

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"

	"entente/graph"
	"entente/graph/encoding"
)

// plainID is an id that stays unlike all others with "-" for its colon.
var plainID = regexp.MustCompile(`^[a-z]+:([A-Za-z0-9-]*[A-Za-z0-9])$`)

// actorID returns an id of letters, digits and "-" alone.
func actorID(id graph.ActorID) string {
	if plainID.MatchString(string(id)) {
		return strings.Replace(string(id), ":", "-", 1)
	}
	h := sha256.Sum256([]byte(id))
	return "actor-" + hex.EncodeToString(h[:16])
}

func articleID(x encoding.Fact) string { return "article-" + articleKey(x.ID) }

// articleKey returns the key of the article that the fact with the id is of.
func articleKey(id string) string {
	if i := strings.LastIndexByte(id, '-'); i >= 0 {
		return id[:i]
	}
	return id
}
