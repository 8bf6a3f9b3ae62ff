package arch

import (
	"os/exec"
	"strings"
	"testing"
)

// TestImports checks the whole module. go list sees the files of the system it
// runs on.
func TestImports(t *testing.T) {
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Imports", "./...")
	cmd.Dir = "../.."
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", cmd, err, stderr.String())
	}
	packages, err := readPackages(strings.NewReader(string(out)))
	if err != nil {
		t.Fatal(err)
	}
	seen := false
	for _, p := range packages {
		seen = seen || p.ImportPath == "entente/internal/arch"
	}
	if !seen {
		t.Fatalf("go list names %d packages, and not this one", len(packages))
	}
	for _, fault := range check(packages, permitted, homes) {
		t.Error(fault)
	}
}

func TestCheck(t *testing.T) {
	rules := map[string][]string{
		"entente/graph":            {},
		"entente/graph/encoding/*": {"entente/graph"},
		"entente/queries":          {"entente/graph"},
		"entente/store":            {"entente/graph"},
		"entente/cmd/*":            {"entente/store", "entente/queries", "entente/graph/encoding/*"},
	}
	outside := map[string][]string{
		"example.org/kv":  {"entente/store"},
		"example.org/cli": {"entente/cmd/*"},
	}
	for _, c := range []struct {
		name, path, imports, want string
	}{
		{"nothing", "entente/graph", "", ""},
		{"standard library", "entente/graph", "fmt encoding/json internal/race", ""},
		{"permitted", "entente/store", "entente/graph", ""},
		{"permitted by a pattern", "entente/cmd/tool", "entente/graph/encoding/dot entente/store", ""},
		{"sideways", "entente/store", "fmt entente/queries",
			"store must not import entente/queries (permitted: [entente/graph])"},
		{"upward", "entente/graph", "entente/store",
			"graph must not import entente/store (permitted: [])"},
		{"between those of one pattern", "entente/graph/encoding/dot", "entente/graph/encoding/csv",
			"graph/encoding/dot must not import entente/graph/encoding/csv (permitted: [entente/graph])"},
		{"two faults", "entente/queries", "entente/store entente/cmd/tool",
			"queries must not import entente/cmd/tool (permitted: [entente/graph])\n" +
				"queries must not import entente/store (permitted: [entente/graph])"},
		{"a * is one element", "entente/cmd/tool/deep", "", "cmd/tool/deep is not in the table of permitted imports: add it to the table in internal/arch"},
		{"unknown package", "entente/util", "fmt", "util is not in the table of permitted imports: add it to the table in internal/arch"},
		{"the module's root", "entente", "", "entente is not in the table of permitted imports: add it to the table in internal/arch"},
		{"outside module at home", "entente/store", "example.org/kv/table", ""},
		{"outside module abroad", "entente/queries", "example.org/kv",
			"queries must not import example.org/kv (its home: [entente/store])"},
		{"outside module with a like name", "entente/store", "example.org/kvs",
			"store must not import example.org/kvs: no home is set for that module; add it to the table in internal/arch"},
		{"package with a like name", "entente/store", "entente/graphics",
			"store must not import entente/graphics (permitted: [entente/graph])"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := goPackage{ImportPath: c.path, Imports: strings.Fields(c.imports)}
			if got := strings.Join(check([]goPackage{p}, rules, outside), "\n"); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestReadPackages(t *testing.T) {
	got, err := readPackages(strings.NewReader(`{"ImportPath":"entente/a","Imports":["fmt"]} {"ImportPath":"entente/b"}`))
	if err != nil || len(got) != 2 || got[0].ImportPath != "entente/a" || got[0].Imports[0] != "fmt" || got[1].ImportPath != "entente/b" {
		t.Errorf("read %+v, error %v", got, err)
	}
	if _, err := readPackages(strings.NewReader(`{"ImportPath":`)); err == nil {
		t.Error("half an object is no error")
	}
}

// A pattern that fits no package is a rule that nobody obeys.
func TestTableHasNoUnknownNames(t *testing.T) {
	known := func(pattern string) bool {
		for _, name := range sortedKeys(permitted) {
			if name == pattern || fits(name, pattern) || fits(pattern, name) {
				return true
			}
		}
		return false
	}
	for _, table := range []map[string][]string{permitted, homes} {
		for name, list := range table {
			for _, pattern := range list {
				if !known(pattern) {
					t.Errorf("%s: %s is no package of the table", name, pattern)
				}
			}
		}
	}
}
