// Package names says how likely two names are to mean one person or one
// organisation, and why.
//
// The way of thinking is that of Fellegi and Sunter ("A Theory for Record
// Linkage", Journal of the American Statistical Association 64, 1969): what two
// names agree on counts for as many bits as it is rare among those who bear
// different names, what they differ in counts against, and the sum is set
// against the odds that two actors picked together by chance are one. The
// weights of agreement are counted (Comparer.Count) over what is known; those of
// difference are set by hand and stand in weight.go.
//
// A Comparer compares at two levels. Words are the same, spellings of one word,
// forms of one name in two languages, short for one another, an initial, nearly
// alike, or different (words.go, sound.go). Names are matched word by word,
// whatever order they stand in (person.go, organisation.go).
//
// What is known of names beforehand are commented text files in data; files
// named _en hold what is particular to English.
package names
