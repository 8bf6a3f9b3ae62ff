// Package cliargs puts command lines into the order that urfave/cli/v2 reads.
//
// That library stops looking for flags at the first argument: in
// `entente path Macron Russia --format json` it takes "--format" and "json" for
// two more arguments, without a word. The functions here move flags ahead of
// the arguments, so that they may stand anywhere.
//
// What they know of a flag is its names and whether it takes a value. Short
// options are not bundled: "-vj" is the flag named "vj".
package cliargs

import (
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"
)

// completionFlag ends a command line that a shell sends for completion.
// urfave/cli/v2 looks for it in the last place only.
const completionFlag = "--generate-bash-completion"

// Permute returns args, which holds neither a program's nor a command's name,
// with its flags moved ahead of the arguments; flags keep their order, and so
// do arguments.
//
//   - A flag that takes a value takes the next word with it, whatever that
//     looks like, unless it is written --flag=value.
//   - "--" ends the flags. "-" alone is an argument, and so is a negative
//     number that is no flag's name. Where an argument begins with "-", the
//     result has a "--" before the arguments.
//   - A flag not among flags is moved too and takes no value, so that cli
//     refuses it by name.
//   - A flag at the very end that lacks its value is returned without the
//     arguments, since it would swallow the first; cli then asks for the value.
//   - A request for help (-h, --help) is returned without the arguments, since
//     cli would look for a help topic of the first one's name.
//   - A request for shell completion is returned as it is.
func Permute(flags []cli.Flag, args []string) []string {
	return arrange([]level{newLevel("", flags)}, nil, args)
}

// PermuteApp does the same for a whole command line, args[0] being the
// program's name, of an app with commands. The command is the first word that
// is neither a flag nor a flag's value; its own commands are looked for in the
// same way. A flag after the command is the innermost command's that declares
// it, else an outer one's or the app's own, and moves to stand behind that name.
func PermuteApp(app *cli.App, args []string) []string {
	if len(args) == 0 {
		return args
	}
	return arrange([]level{newLevel(args[0], app.Flags)}, app.Commands, args[1:])
}

// level is the program or one of the commands named after it.
type level struct {
	name       string
	takesValue map[string]bool // by flag name
	flags      []string        // the words of its flags, in order
}

func newLevel(name string, flags []cli.Flag) level {
	takes := map[string]bool{}
	for _, f := range flags {
		if f == cli.HelpFlag { // as an app that has been set up holds it
			continue
		}
		documented, ok := f.(cli.DocGenerationFlag) // as every flag of cli is
		for _, n := range f.Names() {
			takes[n] = ok && documented.TakesValue()
		}
	}
	return level{name: name, takesValue: takes}
}

// arrange sorts words into the flags of each level and the arguments, and puts
// them together again.
func arrange(levels []level, commands []*cli.Command, words []string) []string {
	if n := len(words); n > 0 && words[n-1] == completionFlag {
		return join(levels, words)
	}
	var operands []string
	help := false
	for i := 0; i < len(words); i++ {
		word := words[i]
		if word == "--" {
			operands = append(operands, words[i+1:]...)
			break
		}
		name, hasValue, ok := flagName(levels, word)
		if !ok {
			if cmd := find(commands, word); cmd != nil && len(operands) == 0 {
				levels = append(levels, newLevel(word, cmd.Flags))
				commands = cmd.Subcommands
				continue
			}
			operands = append(operands, word)
			continue
		}
		at, takes, declared := owner(levels, name)
		help = help || !declared && asksForHelp(name)
		levels[at].flags = append(levels[at].flags, word)
		if !takes || hasValue {
			continue
		}
		if i++; i == len(words) {
			return join(levels[:at+1], nil)
		}
		levels[at].flags = append(levels[at].flags, words[i])
	}
	if help {
		return join(levels, nil)
	}
	return join(levels, guard(operands))
}

// flagName returns the name of the flag that word is, and whether word holds
// its value too; ok is false where word is an argument.
func flagName(levels []level, word string) (name string, hasValue, ok bool) {
	if len(word) < 2 || word[0] != '-' {
		return "", false, false
	}
	name, _, hasValue = strings.Cut(strings.TrimPrefix(word[1:], "-"), "=")
	if isNumber(word[1:]) {
		for _, l := range levels {
			if _, known := l.takesValue[name]; known {
				return name, hasValue, true
			}
		}
		return "", false, false
	}
	return name, hasValue, true
}

// isNumber reports whether s, what follows a "-", makes a negative number. It
// leaves "-inf" and its like to be flags.
func isNumber(s string) bool {
	digits := strings.TrimPrefix(s, ".")
	if digits == "" || digits[0] < '0' || digits[0] > '9' {
		return false
	}
	_, err := strconv.ParseFloat(s, 64)
	return err == nil
}

// owner returns the index of the innermost level that declares the flag, and
// whether the flag takes a value. A flag that none declares falls to the
// innermost.
func owner(levels []level, name string) (at int, takesValue, declared bool) {
	for i := len(levels) - 1; i >= 0; i-- {
		if takes, ok := levels[i].takesValue[name]; ok {
			return i, takes, true
		}
	}
	return len(levels) - 1, false, false
}

// asksForHelp reports whether name is that of the flag that cli adds to every
// app and command.
func asksForHelp(name string) bool {
	return cli.HelpFlag != nil && slices.Contains(cli.HelpFlag.Names(), name)
}

func find(commands []*cli.Command, name string) *cli.Command {
	for _, c := range commands {
		if c.HasName(name) {
			return c
		}
	}
	return nil
}

// guard puts "--" before operands where one of them could pass for a flag.
func guard(operands []string) []string {
	for _, o := range operands {
		if len(o) > 1 && o[0] == '-' {
			return append([]string{"--"}, operands...)
		}
	}
	return operands
}

func join(levels []level, rest []string) []string {
	out := []string{}
	for _, l := range levels {
		if l.name != "" {
			out = append(out, l.name)
		}
		out = append(out, l.flags...)
	}
	return append(out, rest...)
}
