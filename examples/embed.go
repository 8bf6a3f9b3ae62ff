// Package examples holds sample news articles, so that the program can be
// tried without any input of one's own. README.md says what they are.
package examples

import "embed"

// News is the folder "news": articles as text, Markdown, JSON, JSON Lines and
// HTML, in the forms that extract/ingest reads.
//
//go:embed news
var News embed.FS
