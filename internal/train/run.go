package train

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"entente/extract/nlp"
	"entente/extract/nlp/fast"
	"entente/extract/nlp/neural"
)

// Run trains on the files of a directory, writes the model file after each
// epoch, and measures the last on the directory's test sets. It goes on from the model file
// from, if one is named.
func Run(dir, out, from string, o Options) error {
	data, err := Load(dir, o.Choice)
	if err != nil {
		return err
	}
	if from != "" {
		old, err := os.ReadFile(from)
		if err != nil {
			return err
		}
		if o.From, err = neural.DecodeWeights(bytes.NewReader(old)); err != nil {
			return fmt.Errorf("%s: %w", from, err)
		}
	}
	var file bytes.Buffer
	save := func(w *neural.Weights) error {
		file.Reset()
		if err := neural.Encode(&file, w); err != nil {
			return err
		}
		return os.WriteFile(out, file.Bytes(), 0o644)
	}
	if _, err := Train(data, o, save); err != nil {
		return err
	}
	return measureAll(&file, data, o.withDefaults().Log)
}

// MeasureFile measures a model file on the directory's test sets.
func MeasureFile(dir, path string, c Choice, log io.Writer) error {
	data, err := Load(dir, c)
	if err != nil {
		return err
	}
	file, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := measureAll(bytes.NewReader(file), data, log); err != nil {
		return err
	}
	return measureSpeed(file, data.Test, log)
}

// measureSpeed says how fast the model in a file reads the test sets, on one
// core: fresh, when it meets their words for the first time, and again.
func measureSpeed(file []byte, sets []Set, log io.Writer) error {
	hinter, err := nlp.NewHinter()
	if err != nil {
		return err
	}
	for _, set := range sets {
		var document []neural.Sentence
		words := 0
		for _, s := range set.Sentences {
			var forms []string
			for _, w := range s.Words {
				forms = append(forms, w.Form)
			}
			document = append(document, neural.Sentence{Words: forms, Hints: hinter.Hints(forms)})
			words += len(forms)
		}
		model, err := decodeAny(bytes.NewReader(file))
		if err != nil {
			return err
		}
		var speeds [2]float64
		for i := range speeds {
			start := time.Now()
			model.Analyse(document)
			speeds[i] = float64(words) / time.Since(start).Seconds()
		}
		fmt.Fprintf(log, "speed %s: %.0f words/s, %.0f the second time\n", set.Name, speeds[0], speeds[1])
	}
	return nil
}

// measureAll measures a model file on the test sets.
func measureAll(file io.Reader, data *Data, log io.Writer) error {
	model, err := decodeAny(file)
	if err != nil {
		return err
	}
	sets := data.Test
	if news := newsOf(append(slices.Clone(data.Dev), data.Test...)); len(news.Sentences) > 0 {
		sets = append(slices.Clone(sets), news)
	}
	for _, set := range sets {
		m, err := Measure(model, set)
		if err != nil {
			return err
		}
		fmt.Fprintf(log, "test %v (%d words)\n", m, m.Words.Core)
	}
	for _, set := range data.Names {
		fmt.Fprintf(log, "names %v\n", MeasureNames(model, set))
	}
	return nil
}

// decodeAny reads a model of either kind.
func decodeAny(file io.Reader) (analyser, error) {
	b := bufio.NewReader(file)
	start, _ := b.Peek(8) // what is too short, decoding will say
	if fast.IsModel(start) {
		return fast.Decode(b)
	}
	return neural.Decode(b)
}

// news names the set that newsOf makes.
const news = "news documents of dev and test"

// newsOf returns the documents that say they are news, as those of GUM do.
func newsOf(sets []Set) Set {
	out := Set{Name: news}
	for _, set := range sets {
		inside := false
		for _, s := range set.Sentences {
			if _, ok := s.Comment("newdoc id"); ok {
				genre, _ := s.Comment("meta::genre")
				inside = genre == "news"
			}
			if inside {
				out.Sentences = append(out.Sentences, s)
			}
		}
	}
	return out
}
