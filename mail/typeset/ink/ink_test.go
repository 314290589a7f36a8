package ink

import (
	"image"
	"image/color"
	"math"
	"testing"

	"postrider/mail/typeset"
)

var red, blue = color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 0, 255, 255}

func at(img *image.RGBA, x, y int) color.NRGBA {
	return color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
}

func TestFillLandsOnWholePixels(t *testing.T) {
	for _, scale := range []float64{1, 1.25, 1.5, 2} {
		img := sheet(200, 200, white)
		c := New().Canvas(img, scale, 10, 20)
		c.Fill(Rect{20.3, 40.4, 30, 30}, Corners{}, red)
		for y := range 200 {
			for x := range 200 {
				if p := at(img, x, y); p != red && p != white {
					t.Fatalf("at scale %v the pixel %d,%d is %v", scale, x, y, p)
				}
			}
		}
		x, y := int(math.Round(10.3*scale)), int(math.Round(20.4*scale))
		if at(img, x, y) != red || at(img, x-1, y) != white || at(img, x, y-1) != white {
			t.Errorf("at scale %v the corner is not at %d,%d", scale, x, y)
		}
	}
}

func TestRoundCornersAreRound(t *testing.T) {
	img := sheet(100, 100, white)
	New().Canvas(img, 1, 0, 0).Fill(Rect{10, 10, 80, 80}, Round(20), red)
	if at(img, 11, 11) != white || at(img, 50, 10) != red || at(img, 88, 88) != white || at(img, 16, 16) != red {
		t.Error("the corners are not cut")
	}
	half := sheet(100, 100, white)
	New().Canvas(half, 1, 0, 0).Fill(Rect{0, 40, 100, 20}, Round(900), red)
	if at(half, 0, 40) != white || at(half, 50, 50) != red || at(half, 9, 50) != red {
		t.Error("radii that are too large do not make a pill")
	}
}

func TestTranslucentColoursMix(t *testing.T) {
	img := sheet(4, 4, white)
	c := New().Canvas(img, 1, 0, 0)
	c.Fill(Rect{0, 0, 4, 4}, Corners{}, color.NRGBA{0, 0, 0, 128})
	if p := at(img, 1, 1); p.R < 126 || p.R > 128 || p.A != 255 {
		t.Errorf("half black on white is %v", p)
	}
	c.Opacity(0)
	c.Fill(Rect{0, 0, 4, 4}, Corners{}, red)
	if p := at(img, 1, 1); p.R != p.G {
		t.Error("what is not opaque at all is seen")
	}
}

func TestClipKeepsAllWithin(t *testing.T) {
	lib := typeset.Embedded()
	grey := image.NewRGBA(image.Rect(0, 0, 8, 8))
	for i := range grey.Pix {
		grey.Pix[i] = 200
	}
	for _, corners := range []Corners{{}, Round(14)} {
		img := sheet(120, 120, white)
		c := New().Canvas(img, 1, 0, 0)
		c.Clip(Rect{30, 30, 60, 60}, corners)
		c.Fill(Rect{0, 0, 120, 120}, Corners{}, red)
		c.Fill(Rect{0, 0, 120, 120}, Round(60), blue)
		c.FillLinear(Rect{0, 0, 120, 120}, Corners{}, Linear{0, 0, 120, 0, []Stop{{0, red}, {1, blue}}, false})
		c.FillRadial(Rect{0, 0, 120, 120}, Round(9), Radial{60, 60, 40, 40, []Stop{{0, red}, {1, blue}}, true})
		c.Image(grey, Rect{0, 0, 120, 120})
		c.Tile(grey, Rect{3, 3, 9, 9}, Rect{0, 0, 120, 120}, true, true, Corners{})
		c.Border(Rect{0, 0, 120, 120}, [4]Edge{{40, Solid, red}, {40, Dashed, blue}, {40, Double, red}, {40, Groove, blue}}, Round(20))
		c.Shadow(Shadow{Box: Rect{40, 40, 20, 20}, Blur: 50, Color: red, Hole: Rect{40, 40, 20, 20}})
		c.Rule(0, 60, 120, 6, Wavy, red)
		write(c, lib, "Wide text that goes beyond both sides", typeset.Style{Families: "Arial", Size: 40}, -20, 80, blue)
		c.Unclip()
		for y := range 120 {
			for x := range 120 {
				if (x < 30 || y < 30 || x >= 90 || y >= 90) && at(img, x, y) != white {
					t.Fatalf("%d,%d outside of the clip is %v", x, y, at(img, x, y))
				}
			}
		}
		if !corners.zero() && at(img, 31, 31) != white {
			t.Error("a round corner of the clip lets through")
		}
		if at(img, 60, 60) == white {
			t.Error("nothing within the clip")
		}
	}
}

func TestBordersMeetAndDiffer(t *testing.T) {
	img := sheet(60, 60, white)
	c := New().Canvas(img, 1, 0, 0)
	c.Border(Rect{10, 10, 40, 40}, [4]Edge{{10, Solid, red}, {10, Solid, blue}, {10, Solid, red}, {10, Solid, blue}}, Corners{})
	for _, k := range []struct {
		x, y int
		want color.NRGBA
	}{{30, 12, red}, {45, 30, blue}, {30, 48, red}, {12, 30, blue}, {14, 11, red}, {11, 14, blue}, {30, 30, white}, {5, 5, white}} {
		if got := at(img, k.x, k.y); got != k.want {
			t.Errorf("%d,%d is %v, want %v", k.x, k.y, got, k.want)
		}
	}
	thin := sheet(20, 20, white)
	New().Canvas(thin, 1, 0, 0).Border(Rect{2, 2, 16, 16}, [4]Edge{{0.4, Solid, red}, {}, {}, {}}, Corners{})
	if at(thin, 10, 2) != red || at(thin, 10, 3) != white || at(thin, 10, 17) != white {
		t.Error("a thin border has not one pixel, and the others none")
	}
}

func TestDashesAndDotsLeaveGaps(t *testing.T) {
	for _, s := range []Stroke{Dashed, Dotted} {
		img := sheet(100, 20, white)
		New().Canvas(img, 1, 0, 0).Rule(0, 8, 100, 3, s, red)
		on, off := 0, 0
		for x := range 100 {
			if at(img, x, 9) == white {
				off++
			} else {
				on++
			}
		}
		if on < 30 || off < 20 {
			t.Errorf("stroke %d: %d pixels on, %d off", s, on, off)
		}
	}
}

func TestGradientGoesFromColourToColour(t *testing.T) {
	img := sheet(100, 10, white)
	New().Canvas(img, 1, 0, 0).FillLinear(Rect{0, 0, 100, 10}, Corners{}, Linear{0, 0, 100, 0, []Stop{{0, red}, {1, blue}}, false})
	l, m, r := at(img, 0, 5), at(img, 50, 5), at(img, 99, 5)
	if l.R < 250 || r.B < 250 || m.R < 120 || m.R > 135 || m.B < 120 || m.B > 135 {
		t.Errorf("from %v over %v to %v", l, m, r)
	}
}

func TestShadowFadesAndSparesItsBox(t *testing.T) {
	for _, round := range []Corners{{}, Round(8)} {
		img := sheet(100, 100, white)
		box := Rect{30, 30, 40, 40}
		New().Canvas(img, 1, 0, 0).Shadow(Shadow{Box: box, Corners: round, Blur: 16, Color: color.NRGBA{0, 0, 0, 255}, Hole: box, Round: round})
		near, far := at(img, 50, 72).R, at(img, 50, 84).R
		if at(img, 50, 50) != white || near >= far || near > 220 || at(img, 50, 98).R < 250 {
			t.Errorf("below the box %d, further %d, in it %v", near, far, at(img, 50, 50))
		}
	}
}

func TestTextIsTheSameWhereverTheTileBegins(t *testing.T) {
	lib, k := typeset.Embedded(), New()
	whole := sheet(300, 60, white)
	write(k.Canvas(whole, 1.25, 0, 0), lib, "Tiles must not show their seams: fgjpq", ui14, 3, 30, black)
	for _, top := range []int{10, 25, 38} {
		part := sheet(300, 20, white)
		write(k.Canvas(part, 1.25, 0, float64(top)/1.25), lib, "Tiles must not show their seams: fgjpq", ui14, 3, 30, black)
		for y := range 20 {
			for x := range 300 {
				if top+y < 60 && at(part, x, y) != at(whole, x, top+y) {
					t.Fatalf("the tile from %d differs at %d,%d", top, x, y)
				}
			}
		}
	}
}

var (
	ui14  = typeset.Style{Families: "Inter", Size: 14}
	black = color.NRGBA{0, 0, 0, 255}
)

func TestFourPositionsBetweenTwoPixels(t *testing.T) {
	lib, k := typeset.Embedded(), New()
	var seen []string
	for _, dx := range []float64{0, 0.25, 0.5, 0.75, 1} {
		img := sheet(20, 20, white)
		write(k.Canvas(img, 1, 0, 0), lib, "l", ui14, 5+dx, 15, black)
		seen = append(seen, string(img.Pix))
	}
	for i := range seen {
		for j := range seen[:i] {
			if seen[i] == seen[j] {
				t.Errorf("positions %d and %d look alike", i, j)
			}
		}
	}
}

func TestEmboldenedTextIsBolder(t *testing.T) {
	lib := typeset.Embedded()
	sum := func(weight int, family string) (n int) {
		img := sheet(300, 40, white)
		write(New().Canvas(img, 1, 0, 0), lib, "Handgloves & more", typeset.Style{Families: family, Size: 22, Weight: weight, Italic: true}, 5, 28, black)
		for i := 0; i < len(img.Pix); i += 4 {
			n += 255 - int(img.Pix[i])
		}
		return n
	}
	for _, family := range []string{"Inter", "Calibri"} { // PostScript and TrueType turn the other way round
		plain, bold := sum(400, family), sum(700, family)
		if bold < plain*110/100 || bold > plain*170/100 {
			t.Errorf("%s: ink %d, emboldened %d", family, plain, bold)
		}
	}
}

func TestPicturesAreScaledWell(t *testing.T) {
	fine := image.NewRGBA(image.Rect(0, 0, 400, 400)) // one-pixel stripes: their mean is grey
	for y := range 400 {
		for x := range 400 {
			v := uint8(255 * (x & 1))
			fine.SetRGBA(x, y, color.RGBA{v, v, v, 255})
		}
	}
	img := sheet(50, 50, white)
	New().Canvas(img, 1, 0, 0).Image(fine, Rect{0, 0, 50, 50})
	for x := 5; x < 45; x++ {
		if p := at(img, x, 25); p.R < 110 || p.R > 145 {
			t.Fatalf("at %d it is %v, not grey", x, p)
		}
	}
}

func FuzzShapes(f *testing.F) {
	f.Add(10.0, 20.0, 300.0, 5.0, 3.0, 1.5, uint8(2))
	f.Add(math.NaN(), math.Inf(1), math.Inf(-1), 1e300, -1e300, 0.0, uint8(9))
	f.Add(-1e6, 0.0, 2e6, 40.0, 1e-9, 64.0, uint8(5))
	k := New()
	grey := sheet(3, 3, color.NRGBA{9, 9, 9, 200})
	f.Fuzz(func(t *testing.T, x, y, w, h, r, scale float64, s uint8) {
		img := image.NewRGBA(image.Rect(0, 0, 40, 30))
		c := k.Canvas(img, scale, y, x)
		c.Clip(Rect{x, y, w, h}, Round(r))
		c.Unclip()
		e := Edge{r, Stroke(s % 11), red}
		col := color.NRGBA{s, 200, 10, s}
		for range 2 {
			c.Fill(Rect{x, y, w, h}, Round(r), col)
			c.Border(Rect{x, y, w, h}, [4]Edge{e, {w, Stroke(s % 7), blue}, e, {h, Stroke(s % 5), col}}, Round(h))
			c.Shadow(Shadow{Box: Rect{x, y, w, h}, Corners: Round(r), Blur: h, Color: col, Inner: s&1 == 0, Hole: Rect{y, x, h, w}, Round: Round(w)})
			c.FillLinear(Rect{x, y, w, h}, Round(r), Linear{x, y, w, h, []Stop{{r, red}, {h, col}, {w, blue}}, s&2 == 0})
			c.FillRadial(Rect{x, y, w, h}, Round(r), Radial{x, y, w, h, []Stop{{0, red}, {r, col}}, s&2 == 0})
			c.Rule(x, y, w, h, Stroke(s%11), col)
			c.Image(grey, Rect{x, y, w, h})
			c.Tile(grey, Rect{x, y, w, h}, Rect{y, x, h, w}, s&1 == 0, s&2 == 0, Round(r))
			c.Clip(Rect{y, x, 30, 30}, Round(h))
		}
	})
}
