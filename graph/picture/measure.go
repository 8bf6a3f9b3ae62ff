package picture

import (
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Font returns the font that names are measured and drawn in: Go Regular, which
// has the Latin, Greek and Cyrillic letters.
var Font = sync.OnceValue(func() *sfnt.Font {
	f, err := opentype.Parse(goregular.TTF)
	if err != nil {
		panic(err) // the font is compiled in
	}
	return f
})

// Width returns how wide s is in letters of that size. Letters that the font
// lacks are taken to be as wide as high.
func Width(s string, size float64) float64 {
	f := Font()
	var b sfnt.Buffer
	const em = 1000
	sum := fixed.Int26_6(0)
	for _, r := range s {
		advance := fixed.I(em)
		if g, err := f.GlyphIndex(&b, r); err == nil && g != 0 {
			if a, err := f.GlyphAdvance(&b, g, fixed.I(em), font.HintingNone); err == nil {
				advance = a
			}
		}
		sum += advance
	}
	return float64(sum) / 64 / em * size
}

// wrap breaks a long name in two lines at the space nearest to its middle.
func wrap(s string, size float64) []string {
	if Width(s, size) < 9*size {
		return []string{s}
	}
	best := -1
	for i, r := range s {
		if r == ' ' && (best < 0 || distance(i, len(s)/2) < distance(best, len(s)/2)) {
			best = i
		}
	}
	if best < 0 {
		return []string{s}
	}
	return []string{s[:best], strings.TrimSpace(s[best:])}
}

func distance(a, b int) int { return max(a-b, b-a) }

// extent returns the width and height of lines of text.
func extent(lines []string, size float64) (w, h float64) {
	for _, s := range lines {
		w = max(w, Width(s, size))
	}
	return w, float64(len(lines)) * size * Leading
}
