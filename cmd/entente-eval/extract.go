package main

import (
	"entente/extract"
	"entente/internal/eval"
)

// extracted returns what the extractor, with its default options, predicts for
// the gold articles.
func extracted(golds []*eval.Gold) ([]eval.Prediction, error) {
	pipeline, err := extract.New(extract.Options{})
	if err != nil {
		return nil, err
	}
	var out []eval.Prediction
	for _, g := range golds {
		out = append(out, eval.FromRecord(pipeline.Extract(g.Article))...)
	}
	return out, nil
}
