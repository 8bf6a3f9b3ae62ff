package main

import (
	"runtime"
	"runtime/debug"

	"github.com/urfave/cli/v2"

	"entente/extract"
	"entente/store"
)

// versions is the JSON document of entente version.
type versions struct {
	Version     string `json:"version"`  // of the module, or "(devel)"
	Commit      string `json:"commit"`   // that was built, or ""
	Modified    bool   `json:"modified"` // whether there were changes beside it
	Go          string `json:"go"`
	Coder       string `json:"coder"`        // what events carry as their coder
	StoreFormat int    `json:"store_format"` // that is written
	JSON        int    `json:"json"`         // jsonVersion
}

// jsonVersion is that of the keys of JSON answers (docs/json.md). New keys leave
// it as it is.
const jsonVersion = 1

func thisVersion() versions {
	v := versions{Version: "(devel)", Go: runtime.Version(), Coder: extract.CoderVersion(), StoreFormat: store.Format, JSON: jsonVersion}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	if info.Main.Version != "" {
		v.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			v.Commit = s.Value
		case "vcs.modified":
			v.Modified = s.Value == "true"
		}
	}
	return v
}

func versionCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "version",
		Usage: "print the versions of the program, the coder and the store format",
		Description: `entente version
entente version --json`,
		ArgsUsage: "[--json]",
		Flags:     []cli.Flag{&cli.BoolFlag{Name: "json", Usage: "print one JSON document"}},
		Action: func(c *cli.Context) error {
			if err := arguments(c, 0, 0, "no arguments"); err != nil {
				return err
			}
			return runVersion(output{JSON: c.Bool("json")}, e)
		},
	}
}

func runVersion(o output, e *env) error {
	v := thisVersion()
	return e.print(o, v, func(s *screen) {
		s.linef("entente %s", v.Version)
		if v.Commit != "" {
			state := ""
			if v.Modified {
				state = " and changes"
			}
			s.linef("commit %s%s", v.Commit, state)
		}
		s.linef("%s, coder %s, JSON version %d, store format %d", v.Go, v.Coder, v.JSON, v.StoreFormat)
	})
}
