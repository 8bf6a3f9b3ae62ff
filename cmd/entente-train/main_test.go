package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestUsage(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		args []string
		want string
	}{
		{nil, "usage:"},
		{[]string{"-data", dir}, "usage:"},
		{[]string{"-data", dir, "-out", "a", "-measure", "b"}, "usage:"},
		{[]string{"-data", dir, "-measure", "a", "-lemmas", "b"}, "usage:"},
		{[]string{"-data", dir, "-out", dir + "/m.bin"}, "no file *-train.conllu"},
		{[]string{"-data", dir, "-lemmas", dir + "/l.txt"}, "no file *-train.conllu"},
		{[]string{"-data", dir, "-fast", "-out", dir + "/m.bin"}, "no file *-train.conllu"},
		{[]string{"-data", dir, "-fast", "-from", "a", "-out", dir + "/m.bin"}, "always trained anew"},
		{[]string{"-events", dir + "/m.bin", "-data", dir}, "usage:"},
		{[]string{"-events", dir + "/m.bin", "-measure-events", "-"}, "usage:"},
		{[]string{"-measure-events", dir + "/none.bin"}, "no such file"},
		{[]string{"-epochs", "x"}, "invalid value"},
	} {
		var log bytes.Buffer
		if err := run(c.args, &log); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: got %v, want %q", c.args, err, c.want)
		}
	}
	var log bytes.Buffer
	if err := run([]string{"-h"}, &log); err != nil || !strings.Contains(log.String(), "-epochs") {
		t.Errorf("-h: %v, %s", err, log.String())
	}
}
