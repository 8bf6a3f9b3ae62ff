package main

import (
	"entente/extract"
	"entente/internal/eval"
)

// extracted returns what the extractor with the named engine predicts for the
// gold articles.
func extracted(golds []*eval.Gold, engine string) ([]eval.Prediction, error) {
	pipeline, err := extract.New(extract.Options{Engine: engine})
	if err != nil {
		return nil, err
	}
	var out []eval.Prediction
	for _, g := range golds {
		out = append(out, eval.FromRecord(pipeline.Extract(g.Article))...)
	}
	return out, nil
}
