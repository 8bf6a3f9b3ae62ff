package png

import (
	"image"
	"image/color"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"

	"entente/graph/encoding"
	"entente/graph/picture"
)

var (
	regular = picture.Font
	bold    = sync.OnceValue(func() *sfnt.Font {
		f, err := opentype.Parse(gobold.TTF)
		if err != nil {
			panic(err) // the font is compiled in
		}
		return f
	})
)

// label draws the lines of a name in the middle of where they stand, on a rim
// of the ground's colour if it has a halo. Where the font lacks letters, the
// other text is drawn, if the font has that.
func (c *canvas) label(t *picture.Label, other string, f func() *sfnt.Font, ink color.NRGBA, halo bool) {
	lines := make([]string, len(t.Lines))
	for i, line := range t.Lines {
		s, ok := drawable(line)
		if !ok {
			if id, ok := drawable(encoding.Line(other)); ok {
				lines = []string{id}
				break
			}
		}
		lines[i] = s
	}
	for i, line := range lines {
		at := picture.Point{X: t.At.X - picture.Width(line, t.Size)/2, Y: t.At.Y + float64(i)*t.Size*picture.Leading}
		if f() != regular() { // a bold line is wider than it was measured
			at.X = t.At.X - c.measure(line, t.Size, f)/2
		}
		if halo {
			for _, d := range []picture.Point{{X: -2}, {X: 2}, {Y: -2}, {Y: 2}, {X: -1.4, Y: -1.4}, {X: 1.4, Y: -1.4}, {X: -1.4, Y: 1.4}, {X: 1.4, Y: 1.4}} {
				c.text(line, picture.Point{X: at.X + d.X, Y: at.Y + d.Y}, t.Size, f, c.ground)
			}
		}
		c.text(line, at, t.Size, f, ink)
	}
}

// text draws s from its baseline's left end.
func (c *canvas) text(s string, at picture.Point, size float64, f func() *sfnt.Font, ink color.NRGBA) {
	face := c.face(size, f)
	d := font.Drawer{Dst: c.image, Src: image.NewUniform(ink), Face: face,
		Dot: fixed.Point26_6{X: fixed.Int26_6(at.X * c.scale * 64), Y: fixed.Int26_6(at.Y * c.scale * 64)}}
	d.DrawString(s)
}

func (c *canvas) measure(s string, size float64, f func() *sfnt.Font) float64 {
	return float64(font.MeasureString(c.face(size, f), s)) / 64 / c.scale
}

func (c *canvas) face(size float64, f func() *sfnt.Font) font.Face {
	face, err := opentype.NewFace(f(), &opentype.FaceOptions{Size: size * c.scale, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic(err) // opentype.NewFace returns none
	}
	return face
}

// drawable returns s with accents that the font lacks taken off, and whether
// the font has all letters of it. Emoji and other signs that it lacks are left
// out of names that have letters besides.
func drawable(s string) (string, bool) {
	var b strings.Builder
	var lacks, has int
	for _, r := range norm.NFC.String(s) {
		switch {
		case inFont(r):
			has++
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r), !unicode.IsLetter(r):
		default:
			base := []rune(norm.NFD.String(string(r)))[0]
			if !inFont(base) {
				lacks++
			}
			b.WriteRune(base)
		}
	}
	return strings.TrimSpace(b.String()), lacks == 0 && has > 0
}

func inFont(r rune) bool {
	var b sfnt.Buffer
	g, err := regular().GlyphIndex(&b, r)
	return err == nil && g != 0
}
