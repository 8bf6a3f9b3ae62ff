package fast

import (
	"strings"
	"testing"

	"entente/internal/conllu"
)

// treebank is where the treebanks lie beside a working copy, if they do.
const treebank = "../../../../shared/treebank/"

// newsSentences are words as the engine sees them in news.
func newsSentences() [][]string {
	var all [][]string
	for _, s := range []string{
		"On Thursday President Emmanuel Macron condemned Russia 's aggressive tone after talks between French and Russian defence ministers , who had not spoken since October .",
		"The attack was claimed by Islamic State .",
		"Two soldiers were killed and five others wounded when a roadside bomb exploded near a checkpoint north of the capital , the ministry said on Monday .",
		"He told reporters in Brussels that the alliance would not be drawn into the war , but that it would \" continue to support Ukraine for as long as it takes \" .",
		"Talks failed .",
		"The European Union imposed sanctions on 14 officials whom it accuses of having ordered the crackdown on protesters in the weeks after the disputed election .",
	} {
		all = append(all, strings.Fields(s))
	}
	return all
}

func BenchmarkNews(b *testing.B) { benchmark(b, newsSentences()) }

func BenchmarkTreebank(b *testing.B) {
	for _, name := range []string{"ewt-test", "pud-test"} {
		b.Run(name, func(b *testing.B) {
			sentences, err := conllu.ReadFile(treebank + name + ".conllu.gz")
			if err != nil {
				b.Skipf("no treebank beside the working copy: %v", err)
			}
			var all [][]string
			for _, s := range sentences {
				var words []string
				for _, w := range s.Words {
					words = append(words, w.Form)
				}
				all = append(all, words)
			}
			benchmark(b, all)
		})
	}
}

// benchmark reads the sentences over and over, with a model that has met their
// words once.
func benchmark(b *testing.B, sentences [][]string) {
	m, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	words := 0
	for _, s := range sentences {
		one(m, s)
		words += len(s)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range sentences {
			one(m, s)
		}
	}
	b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
}

func BenchmarkFirstPass(b *testing.B) {
	sentences, err := conllu.ReadFile(treebank + "ewt-test.conllu.gz")
	if err != nil {
		b.Skipf("no treebank beside the working copy: %v", err)
	}
	words := 0
	for b.Loop() {
		b.StopTimer()
		m, err := Load()
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		for _, s := range sentences {
			var in []string
			for _, w := range s.Words {
				in = append(in, w.Form)
			}
			one(m, in)
			words += len(in)
		}
	}
	b.ReportMetric(float64(words)/b.Elapsed().Seconds(), "words/s")
}
