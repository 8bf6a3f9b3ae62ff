// Package labels holds names marked by us in the sentences of treebanks, one
// file for each part of a treebank, without the text.
package labels

import "embed"

// Files are the marks, by the name of the treebank's file: "ewt-train.txt" for
// ewt-train.conllu.gz.
//
//go:embed *.txt
var Files embed.FS
