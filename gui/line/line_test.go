package line

import (
	"image"
	"testing"

	"postrider/assets/icons"
)

func stroked(t *testing.T, d string, size int, width float64, dash ...float64) *image.Alpha {
	t.Helper()
	path, err := Path(d)
	if err != nil {
		t.Fatal(err)
	}
	mask := image.NewAlpha(image.Rect(0, 0, size, size))
	path.Stroke(mask, Placing{Scale: 1}, width, dash...)
	return mask
}

func TestStrokeCoversWhatItsGeometryCovers(t *testing.T) {
	for _, c := range []struct {
		name, path string
		width      float64
		x, y       int
		want       uint8
	}{
		{"a line along the middle of pixels", "M2 4.5H8", 1, 5, 4, 255},
		{"beside it", "M2 4.5H8", 1, 5, 5, 0},
		{"a line between pixels covers half of each", "M2 4H8", 1, 5, 4, 128},
		{"and half of the other", "M2 4H8", 1, 5, 3, 128},
		{"a line of 1.75 covers three eighths beside its middle", "M2 4.5H8", 1.75, 5, 5, 96},
		{"a dot", "M4.5 4.5h.001", 3, 4, 4, 255},
		{"a closed shape has its last side", "M2.5 2.5H7.5V7.5H2.5Z", 1, 2, 5, 255},
		{"relative steps", "m2.5 2.5h5v5h-5z", 1, 7, 5, 255},
		{"an arc reaches its top", "M2 6a4 4 0 0 1 8 0", 2, 6, 2, 255},
		{"flags need no spaces", "M2 6a4 4 0 018 0", 2, 6, 2, 255},
		{"a cubic curve", "M1 8C1 2 9 2 9 8", 2, 5, 3, 255},
		{"numbers run together", "M2 4.5l.5.0 5.5-.0", 1, 5, 4, 255},
	} {
		if got := stroked(t, c.path, 12, c.width).AlphaAt(c.x, c.y).A; absDiff(got, c.want) > 2 {
			t.Errorf("%s: coverage at %d,%d is %d, want %d", c.name, c.x, c.y, got, c.want)
		}
	}
}

func absDiff(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }

func TestDashesLeaveGaps(t *testing.T) {
	mask := stroked(t, "M0.5 2.5H19.5", 20, 1, 2, 6)
	if mask.AlphaAt(1, 2).A != 255 || mask.AlphaAt(5, 2).A != 0 || mask.AlphaAt(9, 2).A != 255 {
		t.Errorf("row of dashes: %v", mask.Pix[2*mask.Stride:3*mask.Stride])
	}
}

func TestFillAndStrokeAgreeOnWhereThingsAre(t *testing.T) {
	square, err := SVG([]byte(`<svg><rect x="2" y="3" width="4" height="4"/></svg>`))
	if err != nil {
		t.Fatal(err)
	}
	mask := image.NewAlpha(image.Rect(0, 0, 20, 20))
	square.Fill(mask, Placing{X: 1, Y: 1, Scale: 2})
	for _, c := range []struct {
		x, y int
		want uint8
	}{{5, 7, 255}, {12, 14, 255}, {4, 7, 0}, {13, 14, 0}} {
		if got := mask.AlphaAt(c.x, c.y).A; got != c.want {
			t.Errorf("at %d,%d: %d, want %d", c.x, c.y, got, c.want)
		}
	}
}

func TestEmbeddedIconsDrawWithinTheirGrid(t *testing.T) {
	for _, name := range []string{"archive", "calendar-clock", "inbox", "star", "settings", "monitor", "database", "key-round"} {
		svg, err := icons.Lucide(name)
		if err != nil {
			t.Fatal(err)
		}
		d, err := SVG(svg)
		if err != nil {
			t.Fatal(err)
		}
		mask := image.NewAlpha(image.Rect(0, 0, 24, 24))
		d.Stroke(mask, Placing{Scale: 1}, 1.75)
		ink, edge := 0, 0
		for i, a := range mask.Pix {
			ink += int(a)
			if x, y := i%24, i/24; x == 0 || y == 0 || x == 23 || y == 23 {
				edge += int(a)
			}
		}
		if ink < 30*255 || edge > 20*255 {
			t.Errorf("%s: %d of ink, %d of it at the edge", name, ink/255, edge/255)
		}
	}
}

func TestDamagedDrawingsFail(t *testing.T) {
	for _, d := range []string{"5 5", "L5 5", "M5", "M1 1 A1 1 0 2 1 5 5", "M1 1x", "M1e999 1", "M1 1C1 1 2 2"} {
		if _, err := Path(d); err == nil {
			t.Errorf("%q was read", d)
		}
	}
	if _, err := SVG([]byte(`<svg><circle r="wide"/></svg>`)); err == nil {
		t.Error("a circle with a word for its radius was read")
	}
}

func FuzzPath(f *testing.F) {
	f.Add("M20 18v-2a4 4 0 0 0-4-4H4")
	f.Add("M3 9h5.859C1 2 3 4 5 6s1 1 2 2Q1 2 3 4t5 6z m1 1")
	f.Add("M1 1A1e-9 5 7 01 2 2")
	f.Fuzz(func(t *testing.T, d string) {
		path, err := Path(d)
		if err != nil || len(d) > 500 {
			return
		}
		mask := image.NewAlpha(image.Rect(0, 0, 16, 16))
		path.Stroke(mask, Placing{Scale: 1}, 2)
		path.Fill(mask, Placing{Scale: 1})
	})
}

func BenchmarkIcon18(b *testing.B) {
	svg, err := icons.Lucide("settings")
	if err != nil {
		b.Fatal(err)
	}
	d, err := SVG(svg)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		d.Stroke(image.NewAlpha(image.Rect(0, 0, 18, 18)), Placing{Scale: 0.75}, 1.75)
	}
}
