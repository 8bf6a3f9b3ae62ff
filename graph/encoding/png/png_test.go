package png

import (
	"bytes"
	"errors"
	"image/color"
	"image/png"
	"testing"

	"entente/graph/encoding/encodingtest"
	"entente/graph/picture"
)

func sample(t *testing.T) (*picture.Picture, *picture.Layout) {
	t.Helper()
	p, err := picture.Choose(encodingtest.Sample(), picture.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p, p.Layout()
}

func TestWhatIsDrawn(t *testing.T) {
	p, l := sample(t)
	for _, o := range []Options{{}, {Dark: true, Scale: 2}} {
		var b, again bytes.Buffer
		if err := errors.Join(Write(&b, p, l, o), Write(&again, p, l, o)); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(b.Bytes(), again.Bytes()) {
			t.Error("written twice, the bytes differ")
		}
		m, err := png.Decode(&b)
		if err != nil {
			t.Fatal(err)
		}
		scale := max(1, o.Scale)
		if got := m.Bounds().Size(); got.X != int(l.Width*scale) || got.Y != int(l.Height*scale) {
			t.Errorf("the image has %v pixels, want %g times %g×%g", got, scale, l.Width, l.Height)
		}
		at := func(x, y float64) color.NRGBA {
			return color.NRGBAModel.Convert(m.At(int(x*scale), int(y*scale))).(color.NRGBA)
		}
		ground := picture.Light.Back
		if o.Dark {
			ground = picture.Dark.Back
		}
		if got := at(1, 1); got != hex(ground) {
			t.Errorf("the ground is %v, want %s", got, ground)
		}
		for i, n := range l.Nodes {
			if got, want := at(n.X, n.Y), picture.Fill(p.Nodes[i].Type); got != hex(want) {
				t.Errorf("node %s is filled %v, want %s", p.Nodes[i].ID, got, want)
			}
		}
		for _, k := range l.Keys {
			want := picture.Colour(k.Quad)
			if o.Dark {
				want = picture.Dark.Colour(k.Quad)
			}
			if got := at(k.At.X+12, k.At.Y); k.Edge && got != hex(want) {
				t.Errorf("the key %q is %v, want %s", k.Text, got, want)
			}
		}
	}
}

func TestDrawable(t *testing.T) {
	for _, c := range []struct {
		s, want string
		ok      bool
	}{
		{"Emmanuel Macron", "Emmanuel Macron", true},
		{"Łódź Ünïted", "Łódź Ünïted", true},
		{"Νίκος Владимир", "Νίκος Владимир", true},
		{"Nguyễn Phú Trọng", "Nguyen Phú Trong", true},
		{"Peace 😀", "Peace", true},
		{"中文", "", false},
		{"", "", false},
	} {
		got, ok := drawable(c.s)
		if ok != c.ok || ok && got != c.want {
			t.Errorf("%q is drawn as %q (%v), want %q (%v)", c.s, got, ok, c.want, c.ok)
		}
	}
}

var errDisk = errors.New("no space left on device")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errDisk }

func TestFullDisk(t *testing.T) {
	p := &picture.Picture{}
	if err := Write(full{}, p, p.Layout(), Options{}); !errors.Is(err, errDisk) {
		t.Errorf("error %v, want %v", err, errDisk)
	}
}
