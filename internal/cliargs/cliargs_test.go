package cliargs

import (
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"
)

func flags() []cli.Flag {
	return []cli.Flag{
		&cli.BoolFlag{Name: "json", Aliases: []string{"j"}},
		&cli.StringFlag{Name: "format", Aliases: []string{"f"}},
		&cli.IntFlag{Name: "depth"},
		&cli.StringSliceFlag{Name: "only"},
		&cli.DurationFlag{Name: "wait"},
	}
}

func TestPermute(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"arguments only", "a b", "a b"},
		{"flags already first", "--json --format dot a b", "--json --format dot a b"},
		{"bool flag last", "a b --json", "--json a b"},
		{"bool flag takes no word", "--json a", "--json a"},
		{"bool flag with =", "a --json=false b", "--json=false a b"},
		{"value flag last", "a b --format dot", "--format dot a b"},
		{"value flag with =", "a --format=dot b", "--format=dot a b"},
		{"empty value with =", "a --format= b", "--format= a b"},
		{"value with = inside", "a --format x=y b", "--format x=y a b"},
		{"single dash, long name", "a -format dot", "-format dot a"},
		{"aliases", "a -j b -f dot", "-j -f dot a b"},
		{"flags keep their order", "a --only x b --only y", "--only x --only y a b"},
		{"duration", "a --wait 3s", "--wait 3s a"},
		{"negative value", "a --depth -3", "--depth -3 a"},
		{"value that looks like a flag", "a --format --json", "--format --json a"},
		{"value --", "a --format -- b", "--format -- a b"},
		{"-- ends flags", "a -- --json b", "-- a --json b"},
		{"-- before plain arguments goes", "--json -- a b", "--json a b"},
		{"-- twice", "-- a -- b", "-- a -- b"},
		{"-- at the end", "a --", "a"},
		{"flags before --", "a --json -- -x", "--json -- a -x"},
		{"- is an argument", "- --json", "--json -"},
		{"- between", "a - b -j", "-j a - b"},
		{"negative numbers are arguments", "-5 -1.5 -.5 -1e3 --json", "--json -- -5 -1.5 -.5 -1e3"},
		{"not a number", "-5x a", "-5x a"},
		{"-inf is a flag", "a -inf", "-inf a"},
		{"unknown flag", "a --fromat dot", "--fromat a dot"},
		{"unknown flag with =", "a --fromat=dot", "--fromat=dot a"},
		{"bundled short options are unknown", "a -jf dot", "-jf a dot"},
		{"three dashes", "a ---json", "---json a"},
		{"help", "a --json --help b", "--json --help"},
		{"help, short", "a -h", "-h"},
		{"help is an argument after --", "-- -h", "-- -h"},
		{"value missing", "a b --json --format", "--json --format"},
		{"completion", "a --format --generate-bash-completion", "a --format --generate-bash-completion"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := strings.Fields(c.in)
			kept := slices.Clone(in)
			if got := strings.Join(Permute(flags(), in), " "); got != c.want {
				t.Errorf("Permute(%q) = %q, want %q", c.in, got, c.want)
			}
			if !slices.Equal(in, kept) {
				t.Errorf("Permute changed its input to %q", in)
			}
		})
	}
}

func TestPermuteNumberThatNamesAFlag(t *testing.T) {
	five := []cli.Flag{&cli.BoolFlag{Name: "5"}}
	if got := Permute(five, []string{"a", "-5"}); !slices.Equal(got, []string{"-5", "a"}) {
		t.Errorf("got %q", got)
	}
}

func TestPermuteOwnMeaningOfH(t *testing.T) {
	host := []cli.Flag{&cli.StringFlag{Name: "host", Aliases: []string{"h"}}, cli.HelpFlag}
	if got := Permute(host, []string{"a", "-h", "b"}); !slices.Equal(got, []string{"-h", "b", "a"}) {
		t.Errorf("got %q", got)
	}
	if got := Permute(host, []string{"a", "--help"}); !slices.Equal(got, []string{"--help"}) {
		t.Errorf("got %q", got)
	}
}

func TestPermuteKeepsEmptyArgument(t *testing.T) {
	if got := Permute(flags(), []string{"", "--json", "a b"}); !slices.Equal(got, []string{"--json", "", "a b"}) {
		t.Errorf("got %q", got)
	}
}

// app returns an app with a global flag, a command and a command with commands
// of its own; each action writes down what reached it.
func app(saw *[]string) *cli.App {
	note := func(c *cli.Context) error {
		*saw = append([]string{c.Command.Name, "db=" + c.String("db"), "format=" + c.String("format")}, c.Args().Slice()...)
		return nil
	}
	return &cli.App{
		Name:      "entente",
		Flags:     []cli.Flag{&cli.StringFlag{Name: "db"}, &cli.BoolFlag{Name: "quiet"}},
		Writer:    io.Discard,
		ErrWriter: io.Discard,
		Commands: []*cli.Command{
			{Name: "path", Aliases: []string{"p"}, Flags: flags(), Action: note},
			{Name: "actor", Flags: []cli.Flag{&cli.StringFlag{Name: "note"}}, Subcommands: []*cli.Command{
				{Name: "merge", Flags: []cli.Flag{&cli.BoolFlag{Name: "yes"}, &cli.StringFlag{Name: "db"}}, Action: note},
			}},
		},
	}
}

func TestPermuteApp(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"program alone", "entente", "entente"},
		{"command's flag", "entente path A B --format dot", "entente path --format dot A B"},
		{"alias", "entente p A -f dot", "entente p -f dot A"},
		{"global flag after the command", "entente path A B --db x", "entente --db x path A B"},
		{"both", "entente path A --db x --json B", "entente --db x path --json A B"},
		{"global flag first", "entente --db x path A --json", "entente --db x path --json A"},
		{"value equal to a command", "entente --db path path A", "entente --db path path A"},
		{"command's name as an argument", "entente path path --json", "entente path --json path"},
		{"nested", "entente actor merge A B --yes --note n", "entente actor --note n merge --yes A B"},
		{"inner flag hides the global one", "entente actor merge A --db x", "entente actor merge --db x A"},
		{"unknown flag stays with the command", "entente path A --nope", "entente path --nope A"},
		{"unknown command", "entente pth A --quiet path", "entente --quiet pth A path"},
		{"negative number", "entente path -5 --json", "entente path --json -- -5"},
		{"-- before the arguments", "entente path -- --json", "entente path -- --json"},
		{"value missing", "entente path A B --format", "entente path --format"},
		{"global value missing", "entente path A B --db", "entente --db"},
		{"help with a command", "entente path A B --help", "entente path --help"},
		{"help after --db", "entente path A --db x -h", "entente --db x path -h"},
		{"completion", "entente path A --db --generate-bash-completion", "entente path A --db --generate-bash-completion"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(PermuteApp(app(nil), strings.Fields(c.in)), " "); got != c.want {
				t.Errorf("PermuteApp(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
	if got := PermuteApp(app(nil), nil); len(got) != 0 {
		t.Errorf("PermuteApp(nil) = %q", got)
	}
}

// What counts is what cli makes of the result.
func TestPermutedLineReachesTheAction(t *testing.T) {
	for _, c := range []struct{ in, want, err string }{
		{in: "entente path A B --format dot --db x", want: "path db=x format=dot A B"},
		{in: "entente path -5 - --format=dot", want: "path db= format=dot -5 -"},
		{in: "entente path A -- --format", want: "path db= format= A --format"},
		{in: "entente actor merge A --yes B --db x", want: "merge db=x format= A B"},
		{in: "entente path A B --format", err: "flag needs an argument: -format"},
		{in: "entente path A B --fromat dot", err: "flag provided but not defined: -fromat"},
	} {
		var saw []string
		a := app(&saw)
		err := a.Run(PermuteApp(a, strings.Fields(c.in)))
		switch {
		case c.err != "" && (err == nil || err.Error() != c.err):
			t.Errorf("%q: error %v, want %q", c.in, err, c.err)
		case c.err == "" && err != nil:
			t.Errorf("%q: %v", c.in, err)
		case strings.Join(saw, " ") != c.want:
			t.Errorf("%q: the action saw %q, want %q", c.in, saw, c.want)
		}
	}
}
