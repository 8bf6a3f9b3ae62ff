// Package dict holds the text files of the actor dictionary. Package actor
// reads them; docs/architecture.md describes their form.
package dict

import "embed"

// Files are the dictionary's files.
//
//go:embed *.txt
var Files embed.FS
