// Package corpusdata holds the labelled sentences that train and test the
// naming of actors and the coding of events. README.md says what they are;
// package internal/corpus reads them.
package corpusdata

import "embed"

// Files holds the sentence files, *.txt.
//
//go:embed *.txt
var Files embed.FS
