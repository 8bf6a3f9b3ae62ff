// Package articles holds annotated news articles of our own writing, in the form
// of gold articles (docs/evaluation.md). They train the detector of pairs; their
// events are invented or retold loosely, and no line may be taken as a statement
// of fact.
package articles

import "embed"

// Files holds the articles, *.json.
//
//go:embed *.json
var Files embed.FS
