package main

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestProjectAt(t *testing.T) {
	root := t.TempDir()
	below := filepath.Join(root, "a", "b")
	if err := os.MkdirAll(below, 0o777); err != nil {
		t.Fatal(err)
	}
	write := func(text string) {
		if err := os.WriteFile(filepath.Join(root, "a", projectFile), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("db = 'x.db'\ndict = ['mine', '/abs']\n")
	got, err := projectAt(below)
	if want := (project{DB: "../x.db", Dict: []string{"../mine", "/abs"}}); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
	if got, err := projectAt(root); err != nil || !reflect.DeepEqual(got, project{}) {
		t.Errorf("above the file: got %+v, %v", got, err)
	}
	for text, want := range map[string]string{
		"db = 1":                         "../entente.toml: ",
		"\n\n[engine]\nname = 1":         "../entente.toml: ",
		"db = \"a\"\n\n[tools]\nx = 1\n": "../entente.toml:3: unknown key \"tools\" (want db, dict or engine)",
		"db = \"a":                       "../entente.toml:1: ",
	} {
		write(text)
		if got, err := projectAt(below); err == nil || !strings.HasPrefix(err.Error(), want) || !reflect.DeepEqual(got, project{}) {
			t.Errorf("%q: got %+v, %v; want %q", text, got, err, want)
		}
	}
}
