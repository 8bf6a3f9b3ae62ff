package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"
)

// question is what an analyst asks, and the command line that answers it.
type question struct {
	ask    string
	answer string
}

// questions are grouped as people come to them: whom, what passed between whom,
// when and what changed, who says so, the network.
var questions = []question{
	{"Who is this, and what do we know of them?", "entente actor macron"},
	{"Which actors of one kind are there?", "entente actors --type armed-group --min-events 3"},
	{"Which of my actors are one and the same?", "entente actor candidates"},
	{"These two are one: how do I say so?", "entente actor merge KEEP OTHER"},

	{"What did two do to each other?", "entente between iran israel"},
	{"What did their countries do to each other, all told?", "entente between iran israel --states"},
	{"Which sentences tell of it?", `entente events --actor iran --with israel --text '"air strike"'`},
	{"What has an article to say, and who printed it too?", "entente article putin-china"},
	{"What is only planned, threatened or denied?", "entente events --actor iran --status planned,possible,negated"},
	{"Which ties do several publishers attest?", "entente between iran israel --min-publishers 2"},

	{"How did relations develop, month by month?", "entente timeline russia ukraine --by month"},
	{"What changed between two periods?", "entente compare --a 2023 --b 2024"},
	{"Whose ties changed lately?", `entente compare china --a "previous 90 days" --b "last 90 days"`},
	{"When did it flare up?", "entente bursts israel --quad conflict"},

	{"Who speaks about whom, and how?", "entente says --about russia"},
	{"Where do accounts contradict each other?", "entente disagree russia france"},

	{"Who is around an actor?", "entente neighbors wagner --hops 2"},
	{"How are two connected?", "entente path wagner france"},
	{"In what other ways, not over those who deal with everybody?", "entente path wagner france --best 3"},
	{"Which ways are there at all?", "entente path wagner france --all --max-hops 3"},
	{"Could it have passed from one to the other, in the order of time?", "entente path iran france --in-order"},
	{"Connected by cooperation alone, in one year?", "entente path wagner france --quad cooperation --since 2024 --until 2024"},
	{"Who matters most?", "entente rank --by pagerank"},
	{"Who connects the others?", "entente rank --by betweenness"},
	{"Who is close to two actors in the network?", "entente rank --by pagerank --from iran --from hezbollah"},
	{"Who is accused most?", "entente rank --by in-degree --weighted --category ACCUSE"},
	{"Which countries matter most, whoever acts for them?", "entente rank --by pagerank --states"},
	{"Which blocs are there?", "entente communities --quad cooperation"},
	{"Which camps are there, and where do friends of friends fall out?", "entente balance"},
	{"Who stands between two, or between two blocs?", "entente brokers russia ukraine"},
	{"Who is in the same position as an actor?", "entente similar hezbollah"},
	{"Is what they do answered?", "entente reciprocity iran israel"},
	{"What holds the network together?", "entente components"},
	{"What if an actor were gone?", "entente without russia"},
	{"What does it look like?", "entente export --format dot | dot -Tsvg > graph.svg"},
	{"How did relations develop, as a picture?", "entente timeline russia ukraine -o relations.svg"},
	{"Is there a page on all of this to hand on?", "entente report russia ukraine -o report.html"},
}

func questionsCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:               "questions",
		Usage:              "which command answers which question",
		CustomHelpTemplate: questionLines(), // entente help questions
		Action: func(c *cli.Context) error {
			if err := arguments(c, 0, 0, "no arguments"); err != nil {
				return err
			}
			_, err := fmt.Fprint(e.stdout, questionLines())
			return err
		},
	}
}

// questionLines has a question, and below it the command.
func questionLines() string {
	var b strings.Builder
	for _, q := range questions {
		fmt.Fprintf(&b, "%s\n    %s\n", q.ask, q.answer)
	}
	return b.String()
}
