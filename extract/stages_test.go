package extract

import (
	"io/fs"
	"testing"
	"time"

	"entente/examples"
	"entente/graph"
)

// BenchmarkStages says what share of an extraction the linker and the coder take,
// in one run over the sample articles, and how many sentences a second the whole
// reads.
func BenchmarkStages(b *testing.B) {
	for _, engine := range []string{EngineNeural, EngineFast} {
		b.Run(engine, func(b *testing.B) {
			p, err := New(Options{Engine: engine})
			if err != nil {
				b.Fatal(err)
			}
			stages(b, p)
		})
	}
}

func stages(b *testing.B, p *Pipeline) {
	var articles []graph.Article
	files, err := fs.Glob(examples.News, "news/*.txt")
	if err != nil || len(files) == 0 {
		b.Fatal("no samples: ", err)
	}
	for _, file := range files {
		text, err := fs.ReadFile(examples.News, file)
		if err != nil {
			b.Fatal(err)
		}
		articles = append(articles, graph.Article{ID: file, Published: published, Body: string(text)})
	}
	var parse, link, code time.Duration
	sentences := 0
	for b.Loop() {
		for i := range articles {
			a := &articles[i]
			start := time.Now()
			doc := p.engine.Analyse(a.Body)
			parsed := time.Now()
			res := p.resolver.Resolve(doc, a.Published)
			linked := time.Now()
			p.coder.Code(a, doc, &res)
			parse += parsed.Sub(start)
			link += linked.Sub(parsed)
			code += time.Since(linked)
			sentences += len(doc.Sentences)
		}
	}
	all := float64(parse + link + code)
	b.ReportMetric(100*float64(link)/all, "link-%")
	b.ReportMetric(100*float64(code)/all, "code-%")
	b.ReportMetric(float64(sentences)/(all/1e9), "sentences/s")
}
