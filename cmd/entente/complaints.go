package main

import (
	"fmt"
	"regexp"
)

const (
	// maxAlike is how many complaints of one reason are told one by one.
	maxAlike = 20
	// maxReasons is how many reasons are told apart; the others count as one, so
	// that an input with a fault of its own in each line neither fills the memory.
	maxReasons = 100
)

// complaints tells errors and warnings of the inputs, and only counts what has been
// told often enough: an archive may have ten thousand empty files.
type complaints struct {
	say   func(format string, args ...any)
	told  map[string]int // by reason
	order []string       // reasons as they came
}

// particulars are what differs between two complaints of one reason.
var particulars = regexp.MustCompile(`"[^"]*"|[0-9]+`)

// add tells err, or counts it.
func (c *complaints) add(kind string, err error) {
	reason := failureOf(kind, err).Reason
	alike := particulars.ReplaceAllString(reason, "…")
	if c.told == nil {
		c.told = map[string]int{}
	}
	if _, known := c.told[alike]; !known && len(c.told) >= maxReasons {
		alike = ""
	}
	if c.told[alike]++; c.told[alike] == 1 {
		c.order = append(c.order, alike)
	}
	if c.told[alike] > maxAlike {
		return
	}
	if kind == "warning" {
		c.say("warning: %v", err)
	} else {
		c.say("%v", err)
	}
}

// end tells how many were only counted; where says where all of them are, or is "".
func (c *complaints) end(where string) {
	for _, alike := range c.order {
		n := c.told[alike] - maxAlike
		if n <= 0 {
			continue
		}
		text := fmt.Sprintf("… and %d more: %s", n, alike)
		if alike == "" {
			text = fmt.Sprintf("… and %d more, of many kinds", n)
		}
		c.say("%s%s", text, where)
	}
}
