package main

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"entente/extract"
	"entente/internal/eval"
)

// engineOf returns the engine that --engine or --fast names.
func engineOf(c *cli.Context) (string, error) {
	name := c.String("engine")
	if !c.Bool("fast") {
		return name, nil
	}
	if name != "" && name != extract.EngineFast {
		return "", fmt.Errorf("%w: --fast is --engine fast; leave out --engine %s, or --fast", errUsage, name)
	}
	return extract.EngineFast, nil
}

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
