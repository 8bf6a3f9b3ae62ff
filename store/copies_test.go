package store

import (
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/dgraph-io/badger/v4"

	"entente/graph"
	"entente/internal/neardup"
)

// code stands for an extractor: what it finds hangs on the words of the body.
func code(a graph.Article) (graph.Record, error) {
	h := fnv.New32()
	fmt.Fprint(h, a.Body[:min(len(a.Body), 40)])
	names := []string{"FRA", "RUS", "USA", "UKR", "CHN", "IND"}
	var dyads []string
	for i := range h.Sum32() % 4 {
		dyads = append(dyads, names[(h.Sum32()>>4+i)%6]+">"+names[(h.Sum32()>>8+2*i)%6])
	}
	r := record(a.ID, a.Body, dyads...)
	r.Article = a
	for i := range r.Events {
		r.Events[i].Published, r.Events[i].Publisher = a.Published, a.Publisher
	}
	for i := range r.Affiliations {
		r.Affiliations[i].Published = a.Published
	}
	return r, nil
}

var dedup = IngestOptions{Code: code, Dedup: true}

func ingest(t testing.TB, s *Store, want Outcome, a graph.Article) {
	t.Helper()
	if got, err := s.Ingest(a, dedup); err != nil || want != 0 && got != want {
		t.Fatalf("Ingest(%s) = %v, %v, want %v", a.ID, got, err, want)
	}
}

// words makes a text of n words that no other seed has.
func words(seed uint64, n int) []string {
	rng := rand.New(rand.NewPCG(seed, 7))
	var all []string
	for i := range n {
		w := fmt.Sprintf("word%c%c%c", 'a'+rng.IntN(26), 'a'+rng.IntN(26), 'a'+rng.IntN(26))
		if i%12 == 11 {
			w += "."
		}
		all = append(all, w)
	}
	return all
}

// changed puts other words in for a share of a text's.
func changed(text []string, rng *rand.Rand, share float64) []string {
	text = slices.Clone(text)
	for i := range text {
		if rng.Float64() < share {
			text[i] = fmt.Sprintf("other%c%c", 'a'+rng.IntN(26), 'a'+rng.IntN(26))
		}
	}
	return text
}

// family makes articles of a few stories, changed so much that being a copy does
// not carry over from one to the next.
func family(rng *rand.Rand, n int) []graph.Article {
	var all []graph.Article
	for i := range n {
		story := words(uint64(rng.IntN(4)), 150)
		day := graph.Date(fmt.Sprintf("2024-04-%02d", 1+rng.IntN(20)))
		if rng.IntN(6) == 0 {
			day = ""
		}
		body := changed(story, rng, []float64{0, 0.1, 0.3}[rng.IntN(3)])
		if rng.IntN(3) == 0 {
			body = body[:60+rng.IntN(80)]
		}
		all = append(all, graph.Article{ID: fmt.Sprint("n", i), Published: day, Publisher: fmt.Sprint("Paper ", i), Body: strings.Join(body, " ")})
	}
	return all
}

// originals is what copies.go says, computed without a store: the key of the
// article that each article repeats, or "".
func originals(articles []graph.Article) map[string]string {
	var nodes []*node
	for _, a := range articles {
		k, _ := parseArticleKey(a.Key())
		nodes = append(nodes, newNode(k, articleRow{Article: a}))
	}
	slices.SortFunc(nodes, func(a, b *node) int { return a.rank.compare(b.rank) })
	of := map[string]string{}
	for i, n := range nodes {
		of[n.key.String()] = ""
		for _, o := range nodes[:i] {
			if of[o.key.String()] == "" && near(o.rank.day(), n.rank.day()) && haveBand(o.words().Bands(), n.words().Bands()) && n.words().CopyOf(o.words()) {
				of[n.key.String()] = o.key.String()
				break
			}
		}
	}
	return of
}

func haveBand(a, b []neardup.Band) bool {
	return slices.ContainsFunc(a, func(band neardup.Band) bool { return slices.Contains(b, band) })
}

// In any order, the copies are those that the definition says, and the store has
// the same bytes.
func TestCopiesDoNotDependOnOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for round := range 6 {
		articles := family(rng, 40)
		want := originals(articles)
		copies := 0
		var first string
		for order := range 3 {
			s := create(t, t.TempDir())
			for _, a := range articles {
				ingest(t, s, 0, a)
			}
			copies = 0
			for _, r := range collect(t, s.Records()) {
				if r.Original != want[r.Article.Key()] {
					t.Fatalf("%s repeats %q, want %q", r.Article.ID, r.Original, want[r.Article.Key()])
				}
				if r.Original != "" {
					copies++
				}
			}
			got := dump(t, s)
			closeStore(t, s)
			if order == 0 {
				first = got
			} else if got != first {
				t.Fatal("another order gives other bytes")
			}
			rng.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
		}
		if copies < 5 || copies > 35 {
			t.Errorf("round %d: %d copies of 40 articles: the test tests little", round, copies)
		}
	}
}

// countOfReplaced is the number of those rows in the totals.
var countOfReplaced = regexp.MustCompile(`\\"o\\":\d+,`)

// withoutReplaced is a dump without the rows of replaced versions.
func withoutReplaced(t *testing.T, s *Store) string {
	lines := strings.SplitAfter(countOfReplaced.ReplaceAllString(dump(t, s), ""), "\n")
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, `"o`) }), "")
}

// A store in which articles were replaced has the bytes of one that never had
// them, whoever was whose copy.
func TestReplacedLeavesNothing(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 4 {
		old := family(rng, 25)
		now := family(rng, 25)
		s, never := create(t, t.TempDir()), create(t, t.TempDir())
		for i := range old {
			old[i].URL = fmt.Sprintf("https://example.org/%d", i)
			old[i].Published = "2024-04-10"
			ingest(t, s, 0, old[i])
		}
		for i := range now {
			now[i].ID = fmt.Sprint("z", i)
			if i%3 == 0 { // an unrelated article; the old one stays
				ingest(t, s, 0, now[i])
				ingest(t, never, 0, now[i])
				ingest(t, never, 0, old[i])
				continue
			}
			now[i].URL = fmt.Sprintf("http://www.example.org/%d#top", i)
			now[i].Published = "2024-04-10"
			now[i].Body += strings.Repeat(" more", 100) // never much shorter than the old one
			ingest(t, s, Replaced, now[i])
			ingest(t, never, 0, now[i])
		}
		audit(t, s)
		if got, want := withoutReplaced(t, s), dump(t, never); got != want {
			t.Fatalf("after replacing:\n%s\nnever there:\n%s", got, want)
		}
		before := dump(t, s)
		for _, a := range slices.Concat(old, now) { // again, old versions and all
			ingest(t, s, Duplicate, a)
		}
		if dump(t, s) != before {
			t.Fatal("the same articles again changed the store")
		}
	}
}

func TestVersions(t *testing.T) {
	at := func(id, published, body string) graph.Article {
		return graph.Article{ID: id, URL: "https://example.org/a", Published: graph.Date(published), Body: body}
	}
	long := strings.Join(words(1, 80), " ")
	for _, c := range []struct {
		name     string
		old, now graph.Article
		want     Outcome
	}{
		{"corrected on the day", at("a", "2024-04-04", "One died."), at("a", "2024-04-04", "Two died."), Replaced},
		{"corrected later", at("a", "2024-04-04", "One died."), at("a", "2024-04-05", "Two died."), Replaced},
		{"an earlier version comes late", at("a", "2024-04-05", "Two died."), at("a", "2024-04-04", "One died."), Duplicate},
		{"days unknown", at("a", "", "One died."), at("a", "2024-04-04", "Two died."), Replaced},
		{"the first lines in a feed", at("a", "", long), at("a", "", long[:200]), Duplicate},
		{"the whole after the first lines", at("a", "", long[:200]), at("a", "", long), Replaced},
		{"another title", graph.Article{ID: "a", URL: "https://example.org/a", Title: "T", Body: "b"}, graph.Article{ID: "a", URL: "https://example.org/a", Title: "U", Body: "b"}, Replaced},
		{"a front page is no address", graph.Article{ID: "a", URL: "https://example.org/", Body: "b"}, graph.Article{ID: "b", URL: "https://example.org/", Body: "c"}, Added},
		{"with and without its day", graph.Article{ID: "a", Body: "b"}, graph.Article{ID: "b", Published: "2024-04-04", Body: "b"}, Duplicate},
	} {
		s := create(t, t.TempDir())
		ingest(t, s, Added, c.old)
		ingest(t, s, c.want, c.now)
		n := len(collect(t, s.Articles()))
		if want := map[Outcome]int{Added: 2}[c.want]; n != max(1, want) {
			t.Errorf("%s: %d articles", c.name, n)
		}
		ingest(t, s, Duplicate, c.old)
		ingest(t, s, Duplicate, c.now)
	}
}

// The day, publisher and id that are kept do not hang on the order; events bear
// what is kept.
func TestJoined(t *testing.T) {
	body := strings.Join(words(2, 100), " ")
	versions := []graph.Article{
		{ID: "c", URL: "https://example.org/x", Body: body},
		{ID: "b", URL: "http://example.org/x", Publisher: "Wire", Published: "2024-04-05", Body: body},
		{ID: "d", URL: "http://example.org/x/", Publisher: "The Wire", Published: "2024-04-04", Body: body},
	}
	var first string
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 2, 0}, {1, 0, 2}} {
		s := create(t, t.TempDir())
		for _, i := range order {
			ingest(t, s, 0, versions[i])
		}
		for _, e := range collect(t, s.Events()) {
			if e.Article != "b" || e.Published != "2024-04-04" || e.Publisher != "The Wire" {
				t.Errorf("order %v: event of %s, %s, %s", order, e.Article, e.Published, e.Publisher)
			}
		}
		if got := dump(t, s); first == "" {
			first = got
		} else if got != first {
			t.Errorf("order %v gives other bytes", order)
		}
	}
}

func TestCopiesOfEvents(t *testing.T) {
	dir := t.TempDir()
	s := create(t, dir)
	rng := rand.New(rand.NewPCG(8, 9))
	var story []string
	for seed := uint64(0); ; seed++ { // one in which something happens
		story = words(seed, 120)
		if r, _ := code(graph.Article{Body: strings.Join(story, " ")}); len(r.Events) == 3 {
			break
		}
	}
	article := func(id, paper, day string, body []string) graph.Article {
		return graph.Article{ID: id, Publisher: paper, Published: graph.Date(day), Body: strings.Join(body, " ")}
	}
	wire := article("wire", "Wire", "2024-04-04", story)
	ingest(t, s, Added, wire)
	ingest(t, s, Copied, article("p2", "Post", "2024-04-06", changed(story, rng, 0.05)))
	ingest(t, s, Copied, article("p1", "Herald", "2024-04-05", story[:70]))
	ingest(t, s, Copied, article("p3", "Post", "", story))
	ingest(t, s, Added, article("late", "Weekly", "2024-05-04", story)) // a month later it is news again
	if outcome, err := s.Ingest(article("off", "Post", "2024-04-05", story[:90]), IngestOptions{Code: code}); err != nil || outcome != Added {
		t.Errorf("without a look for copies: %v, %v", outcome, err)
	}
	want := []graph.Copy{{Article: "p1", Publisher: "Herald", Published: "2024-04-05"}, {Article: "p2", Publisher: "Post", Published: "2024-04-06"}, {Article: "p3", Publisher: "Post"}}
	check := func(name string, events []graph.Event) {
		t.Helper()
		n := 0
		for _, e := range events {
			if e.Article == "wire" {
				n++
				if !reflect.DeepEqual(e.Copies, want) {
					t.Errorf("%s: copies %v, want %v", name, e.Copies, want)
				}
			} else if e.Copies != nil {
				t.Errorf("%s: %s has copies %v", name, e.Article, e.Copies)
			}
		}
		if n == 0 {
			t.Errorf("%s: no event", name)
		}
	}
	all := collect(t, s.Events())
	check("Events", all)
	first := all[slices.IndexFunc(all, func(e graph.Event) bool { return e.Article == "wire" })]
	check("EventsOf", collect(t, s.EventsOf(first.Source.ID)))
	check("EventsBetween", collect(t, s.EventsBetween(first.Source.ID, first.Target.ID)))
	for _, r := range collect(t, s.Records()) {
		if r.Article.ID == "wire" {
			check("Records", r.Events)
		} else if r.Original != "" && (r.Original != wire.Key() || len(r.Actors)+len(r.Events)+r.Sentences > 0) {
			t.Errorf("copy %+v", r)
		}
	}
	stats, err := s.Stats()
	if err != nil || stats.Copies != 3 || stats.Articles != 6 {
		t.Errorf("%+v, %v", stats, err)
	}
	var tally graph.Tally
	for _, e := range all {
		if e.Article == "wire" && e.Identity() == first.Identity() {
			tally.Add(&e)
		}
	}
	if c := tally.Counts(); c.Events != 1 || c.Mentions != 4 || c.Publishers != 3 {
		t.Errorf("%+v: want 1 event, 4 mentions, 3 publishers", c)
	}

	for _, a := range []graph.Article{wire, article("x", "Mail", "2024-04-07", story)} {
		if !s.Foresees(a, true) {
			t.Errorf("%s is not foreseen", a.ID)
		}
	}
	for _, a := range []graph.Article{article("x", "Mail", "2024-04-01", story), article("x", "Mail", "2024-04-04", words(999, 120))} {
		if s.Foresees(a, true) {
			t.Errorf("%s is foreseen", a.ID)
		}
	}
	if s.Foresees(article("x", "Mail", "2024-04-07", story), false) {
		t.Error("a copy is foreseen where none is looked for")
	}
	ingest(t, s, Copied, article("p3", "Post", "", story[:110]))
	closeStore(t, s)

	wireKey, _ := parseArticleKey(wire.Key())
	head := ofArticle(rowCopies, wireKey)
	for name, f := range map[string]func(*badger.Txn) error{
		"head": func(txn *badger.Txn) error { return txn.Set(head, encodeCount(2)) },
		"entry": func(txn *badger.Txn) error {
			return txn.Set(append(slices.Clone(head), make([]byte, articleKeyLen)...), []byte("{}"))
		},
		"original": func(txn *badger.Txn) error {
			return txn.Set(ofArticle(rowOriginal, wireKey), []byte("short"))
		},
	} {
		spoilt := copyOpen(t, dir)
		tamper(t, spoilt, f)
		s, err := Open(spoilt, Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := gather(s.Records()); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s spoilt: Records: %v", name, err)
		}
		closeStore(t, s)
	}
}

// A copy that loses its original is coded, or nothing changes.
func TestCoderFails(t *testing.T) {
	s := create(t, t.TempDir())
	story := strings.Join(words(1, 100), " ")
	ingest(t, s, Added, graph.Article{ID: "a", Publisher: "Wire", Published: "2024-04-04", URL: "https://example.org/a", Body: story})
	ingest(t, s, Copied, graph.Article{ID: "b", Publisher: "Post", Published: "2024-04-05", Body: story})
	before := dump(t, s)
	fault := errors.New("fault")
	now := graph.Article{ID: "a", Publisher: "Wire", Published: "2024-04-04", URL: "https://example.org/a", Body: strings.Join(words(2, 100), " ")}
	_, err := s.Ingest(now, IngestOptions{Dedup: true, Code: func(a graph.Article) (graph.Record, error) {
		if a.ID == "b" {
			return graph.Record{}, fault
		}
		return code(a)
	}})
	if !errors.Is(err, fault) || dump(t, s) != before {
		t.Errorf("got %v, or the store has changed", err)
	}
	if r, _ := code(now); true {
		if _, err := s.Put(r); !errors.Is(err, errNoCoder) || dump(t, s) != before {
			t.Errorf("Put: %v, or the store has changed", err)
		}
	}
	ingest(t, s, Replaced, now)
	if stats, err := s.Stats(); err != nil || stats.Copies != 0 || stats.Articles != 2 {
		t.Errorf("%+v, %v", stats, err)
	}
}

// A copy is a mention of the events that it tells, and of no others; reports by
// the same template, or with another sentence, are none.
func TestCopiesTellWhatTheyAreMentionsOf(t *testing.T) {
	const (
		lead  = "Peru expelled two Bolivian diplomats on Tuesday after months of argument over the quotas of anchovy in the southern Pacific. "
		reply = "Bolivia condemned the decision and recalled its ambassador from Lima for consultations that are expected to last a week. "
		end   = "Brazil praised Chile for its patience with both neighbours."
	)
	code := func(a graph.Article) (graph.Record, error) {
		r := record(a.ID, a.Body, "PER>BOL", "BOL>PER", "BRA>CHL")
		r.Article, r.Affiliations = a, nil
		for i, sentence := range []string{lead, reply, end} {
			start := strings.Index(a.Body, sentence[:10])
			if start < 0 {
				r.Events = r.Events[:i]
				break
			}
			r.Events[i].Published, r.Events[i].Publisher = a.Published, a.Publisher
			r.Events[i].Span = graph.Span{Start: start, End: start + 10}
		}
		return r, nil
	}
	s := create(t, t.TempDir())
	for i, c := range []struct {
		paper, body string
		want        Outcome
	}{
		{"Whole", lead + reply + end, Added},
		{"Cut", lead + reply, Copied},
		{"Shorter", strings.Replace(lead, "after months of", "after", 1) + reply, Copied},
		{"Other", strings.NewReplacer("Peru", "Ecuador", "Lima", "Quito").Replace(lead + reply), Added},
		{"Turned", strings.NewReplacer("Peru", "Bolivia", "Bolivian", "Peruvian", "Bolivia", "Peru").Replace(lead + reply), Added},
		{"Not", strings.Replace(lead, "expelled", "has not expelled", 1) + reply, Added},
		{"Figures", strings.Replace(lead, "two", "seven", 1) + reply, Added},
		{"More", lead + reply + "Iran attacked Israel on Monday.", Added},
	} {
		a := graph.Article{ID: fmt.Sprint("t", i), Publisher: c.paper, Published: "2024-03-05", Body: c.body}
		if outcome, err := s.Ingest(a, IngestOptions{Code: code, Dedup: true}); err != nil || outcome != c.want {
			t.Errorf("%s: %v, %v, want %v", c.paper, outcome, err, c.want)
		}
	}
	for _, e := range collect(t, s.Events()) {
		if e.Publisher != "Whole" {
			continue
		}
		var papers []string
		for _, c := range e.Copies {
			papers = append(papers, c.Publisher)
		}
		want := []string{"Cut", "Shorter"}
		if e.Source.ID == stateID("BRA") {
			want = nil
		}
		if !slices.Equal(papers, want) {
			t.Errorf("%s to %s is in %v too, want %v", e.Source.ID, e.Target.ID, papers, want)
		}
	}
}
