package neo4j

import (
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"entente/graph"
	"entente/graph/encoding"
	"entente/graph/encoding/encodingtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func parse(b []byte) (p encodingtest.Parsed, err error) {
	files, err := encodingtest.Unpack(b)
	if err != nil {
		return p, err
	}
	p.Names = map[graph.ActorID]string{}
	nodes, err := csv.NewReader(bytes.NewReader(files["nodes.csv"])).ReadAll()
	if err != nil || len(nodes) == 0 {
		return p, fmt.Errorf("nodes.csv: no header, or: %w", err)
	}
	for _, n := range nodes[1:] {
		p.Names[graph.ActorID(n[0])] = n[1]
	}
	facts, err := csv.NewReader(bytes.NewReader(files["relationships.csv"])).ReadAll()
	if err != nil || len(facts) == 0 {
		return p, fmt.Errorf("relationships.csv: no header, or: %w", err)
	}
	for _, f := range facts[1:] {
		p.Edges = append(p.Edges, encodingtest.Edge{Source: graph.ActorID(f[0]), Target: graph.ActorID(f[1]), Predicate: f[4], Events: 1})
	}
	return p, nil
}

func TestContract(t *testing.T) {
	encodingtest.Run(t, encodingtest.Format{Write: encodingtest.Pack(Write), Read: parse, Facts: true, Name: encoding.Line})
}

func TestGolden(t *testing.T) { encodingtest.Golden(t, *update, Write) }

var (
	text      = regexp.MustCompile(`'(?:[^'\\]|\\[\\']|\\u[0-9A-F]{4})*'`)
	statement = regexp.MustCompile(`^(CREATE CONSTRAINT actor_id IF NOT EXISTS FOR \(a:Actor\) REQUIRE a\.id IS UNIQUE|` +
		`UNWIND \[\s+\{[^;]*\}\s+\] AS row\s+(MERGE \(a:Actor \{id: row\.id\}\) SET a:[A-Za-z]+, a \+= row|` +
		`MATCH \(s:Actor \{id: row\.s\}\) MATCH \(t:Actor \{id: row\.t\}\)\s+MERGE \(s\)-\[f:[A-Z]+ \{id: row\.f\.id\}\]->\(t\) SET f \+= row\.f))$`)
)

// Without its strings the script has nothing but its own statements, whatever
// the names.
func TestScriptOfHostileNames(t *testing.T) {
	script := string(encodingtest.Files(t, encodingtest.Sample(), Write)["import.cypher"])
	bare := text.ReplaceAllString(script, "S")
	if strings.ContainsAny(bare, `'"\`) {
		t.Errorf("quotes or backslashes outside of strings:\n%s", bare)
	}
	for _, s := range strings.Split(strings.TrimSuffix(bare, ";\n"), ";\n") {
		if !statement.MatchString(s) {
			t.Errorf("not a statement of the script: %s", s)
		}
	}
	if got, want := strings.Count(bare, "{s: "), len(encodingtest.Hostile)+8; got != want {
		t.Errorf("%d facts in the script, want %d", got, want)
	}
}

func TestLiteral(t *testing.T) {
	for in, want := range map[string]string{
		`it's`:                            `'it\'s'`,
		`a\`:                              `'a\\'`,
		`\u0027}) DETACH DELETE n //`:     `'\\\u00750027}) DETACH DELETE n //'`,
		`\' OR 1=1`:                       `'\\\' OR 1=1'`,
		"中文 \"double\" `back` uu \\U0041": "'中文 \"double\" `back` uu \\\\U0041'",
	} {
		if got := literal(in); got != want {
			t.Errorf("literal(%q) = %s, want %s", in, got, want)
		}
	}
}

func TestBatches(t *testing.T) {
	var actors []graph.Actor
	for i := range 2*batchSize + 1 {
		actors = append(actors, graph.Actor{ID: graph.ActorID(fmt.Sprintf("person:%05d", i)), Type: graph.Person})
	}
	script := string(encodingtest.Files(t, encodingtest.Of(actors, nil), Write)["import.cypher"])
	if got := strings.Count(script, "UNWIND"); got != 3 {
		t.Errorf("%d rows are in %d statements, want 3", len(actors), got)
	}
}

func TestLabel(t *testing.T) {
	for in, want := range map[graph.ActorType]string{graph.ArmedGroup: "ArmedGroup", graph.IGO: "IGO", graph.Person: "Person", "": "Other", "x`) //": "X"} {
		if got := label(in); got != want {
			t.Errorf("label(%q) = %q, want %q", in, got, want)
		}
	}
}
