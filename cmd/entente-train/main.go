// Command entente-train rebuilds the models of the linguistic engines, the
// lemmas, the classifier of events, the detector of pairs and the model of openings.
//
//	entente-train -data DIR -out FILE [-from FILE] [-epochs N] [-seed N]
//	entente-train -data DIR -fast -out FILE [-epochs N] [-seed N]
//	entente-train -data DIR -measure FILE
//	entente-train -data DIR -lemmas FILE
//	entente-train -events FILE [-epochs N] [-seed N] [-rate X]
//	entente-train -measure-events FILE
//	entente-train -pairs FILE [-epochs N] [-seed N] [-rate X]
//	entente-train -measure-pairs FILE
//	entente-train -openings FILE
//
// docs/models.md says what DIR holds.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"entente/internal/train"
)

func main() {
	if err := run(os.Args[1:], os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "entente-train:", err)
		os.Exit(1)
	}
}

func run(args []string, log io.Writer) error {
	flags := flag.NewFlagSet("entente-train", flag.ContinueOnError)
	flags.SetOutput(log)
	data := flags.String("data", "", "directory of the treebanks: *-train.conllu[.gz], *-dev…, *-test…")
	out := flags.String("out", "", "model file to write")
	measure := flags.String("measure", "", "model file to measure instead")
	lemmas := flags.String("lemmas", "", "file of lemmas to write instead")
	events := flags.String("events", "", "model file of the classifier of events to write instead, from our own sentences alone")
	measureEvents := flags.String("measure-events", "", "model file of the classifier of events to measure instead; - is the one of the program")
	pairs := flags.String("pairs", "", "model file of the detector of pairs to write instead, from our own sentences and articles alone")
	measurePairs := flags.String("measure-pairs", "", "model file of the detector of pairs to measure instead; - is the one of the program")
	openings := flags.String("openings", "", "file of weights to write instead that says who fills acts with one party, from our own articles alone")
	verbose := flags.Bool("wrong", false, "with -measure-events, list what is named wrongly")
	from := flags.String("from", "", "model file to go on from; empty to begin anew")
	quick := flags.Bool("fast", false, "train the model of --fast instead of the network")
	var o train.Options
	flags.IntVar(&o.Epochs, "epochs", 0, "times all sentences are seen; 0 is 20, or 14 with -fast")
	flags.Uint64Var(&o.Seed, "seed", 1, "of all chance")
	flags.IntVar(&o.Batch, "batch", 0, "words in one of the two batches of a step, 0 is 200; with -fast in the one, 0 is 300")
	flags.IntVar(&o.Hidden, "hidden", 0, "units each way of the encoder; 0 is 256, or 112 with -fast")
	flags.IntVar(&o.Layers, "layers", 0, "layers of the encoder; 0 is 2")
	flags.Float64Var(&o.Rate, "rate", 0, "highest rate of learning; 0 is 0.002, or 0.003 with -fast")
	flags.BoolVar(&o.Foreign, "foreign", false, "the treebanks are not English: add nothing of our own")
	also := flags.String("also", "", "development sets to train on too, parted by commas: ewt-dev")
	without := flags.String("without", "", "files not to train on, parted by commas: ewt-train")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	o.Log = log
	o.Also, o.Without = list(*also), list(*without)
	own := given(*events) + given(*measureEvents) + given(*pairs) + given(*measurePairs) + given(*openings)
	if others := given(*data) + given(*out) + given(*measure) + given(*lemmas); flags.NArg() == 0 && own == 1 && others == 0 {
		options := train.EventOptions{Epochs: o.Epochs, Rate: o.Rate, Seed: o.Seed, Log: log}
		switch {
		case *events != "":
			return train.RunEvents(*events, options)
		case *pairs != "":
			return train.RunPairs(*pairs, options)
		case *openings != "":
			return train.RunOpenings(*openings, options)
		case *measurePairs != "":
			return train.MeasurePairFile(*measurePairs, log)
		}
		return train.MeasureEventFile(*measureEvents, *verbose, log)
	}
	if *data == "" || own > 0 || given(*out)+given(*measure)+given(*lemmas) != 1 || flags.NArg() > 0 {
		return errors.New("usage: entente-train -data DIR (-out FILE | -measure FILE | -lemmas FILE), or entente-train (-events | -measure-events | -pairs | -measure-pairs | -openings) FILE; -h lists the flags")
	}
	switch {
	case *measure != "":
		return train.MeasureFile(*data, *measure, o.Choice, log)
	case *lemmas != "":
		return train.WriteLemmas(*data, *lemmas, o.Foreign, log)
	}
	if *quick {
		if *from != "" {
			return errors.New("-from: the fast model is always trained anew")
		}
		return train.RunFast(*data, *out, train.FastOptions{Epochs: o.Epochs, Seed: o.Seed, Rate: o.Rate, Batch: o.Batch, Hidden: o.Hidden, Layers: o.Layers, Choice: o.Choice, Log: log})
	}
	return train.Run(*data, *out, *from, o)
}

// list takes names apart.
func list(names string) []string {
	if names == "" {
		return nil
	}
	return strings.Split(names, ",")
}

// given returns 1 for a flag that was set.
func given(flag string) int { return min(len(flag), 1) }
