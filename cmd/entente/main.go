// Command entente reads news articles and builds a graph of who did what to
// whom, with the sentence that says so.
//
// The commands are a file each: their run functions take plain options and
// return an error, which errors.go maps to a message and an exit code.
package main

import "os"

func main() { os.Exit(run(os.Args, os.Stdin, os.Stdout, os.Stderr)) }
