package main

import (
	"fmt"

	"github.com/urfave/cli/v2"
)

// The scripts ask the program itself, by a last word --generate-bash-completion.
// They call it as words, not through eval: what is typed is never run.

const bashCompletion = `# bash completion for entente
_entente() {
  local cur="${COMP_WORDS[COMP_CWORD]}"
  local words=("${COMP_WORDS[@]:0:COMP_CWORD}")
  [[ "$cur" == -* ]] && words+=("$cur")
  COMPREPLY=($(compgen -W "$(SHELL=bash "${words[@]}" --generate-bash-completion 2>/dev/null)" -- "$cur"))
}
complete -o bashdefault -o default -F _entente entente
`

const zshCompletion = `#compdef entente
_entente() {
  local -a opts typed
  typed=("${words[@]:0:$((CURRENT-1))}")
  [[ "${words[CURRENT]}" == -* ]] && typed+=("${words[CURRENT]}")
  opts=("${(@f)$(_CLI_ZSH_AUTOCOMPLETE_HACK=1 "${typed[@]}" --generate-bash-completion 2>/dev/null)}")
  if [[ -n "${opts[1]}" ]]; then
    _describe 'entente' opts
  else
    _files
  fi
}
compdef _entente entente
`

func completionCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "completion",
		Usage: "print the script that completes command lines in a shell",
		Description: `source <(entente completion bash)        # in ~/.bashrc
source <(entente completion zsh)         # in ~/.zshrc, after compinit
entente completion fish > ~/.config/fish/completions/entente.fish`,
		ArgsUsage: "bash|zsh|fish",
		Action: func(c *cli.Context) error {
			if err := arguments(c, 1, 1, "a shell: bash, zsh or fish"); err != nil {
				return err
			}
			return runCompletion(c.Args().First(), c.App, e)
		},
	}
}

func runCompletion(shell string, app *cli.App, e *env) error {
	var script string
	var err error
	switch shell {
	case "bash":
		script = bashCompletion
	case "zsh":
		script = zshCompletion
	case "fish":
		script, err = app.ToFishCompletion()
	default:
		return usagef("there is no completion for %q: bash, zsh or fish", shell)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(e.stdout, script)
	return err
}
