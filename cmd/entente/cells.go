package main

import (
	"strings"
	"unicode"
)

// wide are the characters that a terminal gives two columns: those of East Asian
// width W and F (Unicode Standard Annex 11), with the emoji.
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x1100, 0x115F, 1}, {0x231A, 0x231B, 1}, {0x2329, 0x232A, 1}, {0x23E9, 0x23EC, 1}, {0x23F0, 0x23F3, 3},
		{0x25FD, 0x25FE, 1}, {0x2614, 0x2615, 1}, {0x2648, 0x2653, 1}, {0x267F, 0x2693, 0x14}, {0x26A1, 0x26A1, 1},
		{0x26AA, 0x26AB, 1}, {0x26BD, 0x26BE, 1}, {0x26C4, 0x26C5, 1}, {0x26CE, 0x26D4, 6}, {0x26EA, 0x26EA, 1},
		{0x26F2, 0x26F3, 1}, {0x26F5, 0x26FA, 5}, {0x26FD, 0x2705, 8}, {0x270A, 0x270B, 1}, {0x2728, 0x274C, 0x24},
		{0x274E, 0x274E, 1}, {0x2753, 0x2755, 1}, {0x2757, 0x2757, 1}, {0x2795, 0x2797, 1}, {0x27B0, 0x27BF, 0xF},
		{0x2B1B, 0x2B1C, 1}, {0x2B50, 0x2B55, 5}, {0x2E80, 0x303E, 1}, {0x3041, 0x33FF, 1}, {0x3400, 0x4DBF, 1},
		{0x4E00, 0xA4CF, 1}, {0xA960, 0xA97F, 1}, {0xAC00, 0xD7A3, 1}, {0xF900, 0xFAFF, 1}, {0xFE10, 0xFE19, 1},
		{0xFE30, 0xFE6F, 1}, {0xFF01, 0xFF60, 1}, {0xFFE0, 0xFFE6, 1},
	},
	R32: []unicode.Range32{
		{0x16FE0, 0x18CFF, 1}, {0x1B000, 0x1B2FF, 1}, {0x1F004, 0x1F0CF, 0xCB}, {0x1F18E, 0x1F18E, 1}, {0x1F191, 0x1F19A, 1},
		{0x1F1E6, 0x1F202, 1}, {0x1F210, 0x1F23B, 1}, {0x1F240, 0x1F248, 1}, {0x1F250, 0x1F251, 1}, {0x1F260, 0x1F265, 1},
		{0x1F300, 0x1F64F, 1}, {0x1F680, 0x1F6FF, 1}, {0x1F7E0, 0x1F7EB, 1}, {0x1F90C, 0x1F9FF, 1}, {0x1FA70, 0x1FAFF, 1},
		{0x20000, 0x3FFFD, 1},
	},
}

// cells returns how many columns of a terminal text takes. Characters of
// ambiguous width take one.
func cells(text string) int {
	n := 0
	for _, r := range text {
		n += runeCells(r)
	}
	return n
}

func runeCells(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r >= 0x1160 && r <= 0x11FF: // vowels and finals that join a Hangul syllable
		return 0
	case unicode.Is(wide, r):
		return 2
	}
	return 1
}

// shortened is text in at most room columns, its end as "…" if it was longer.
func shortened(text string, room int) string {
	if cells(text) <= room {
		return text
	}
	n := 1 // for the dots
	for i, r := range text {
		if n += runeCells(r); n > room {
			return strings.TrimRight(text[:i], " ") + "…"
		}
	}
	return text
}

// padded is text with spaces up to width columns, in front of it if right.
func padded(text string, width int, right bool) string {
	pad := strings.Repeat(" ", max(0, width-cells(text)))
	if right {
		return pad + text
	}
	return text + pad
}
