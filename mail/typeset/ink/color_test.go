package ink

import (
	"os"
	"testing"

	"postrider/mail/typeset"
)

// TestColourFontsOfPaints draws emoji of a font with a COLR table. It needs
// POSTRIDER_COLR_FONTS, a folder with nothing but such a font.
func TestColourFontsOfPaints(t *testing.T) {
	dir := os.Getenv("POSTRIDER_COLR_FONTS")
	if dir == "" {
		t.Skip("POSTRIDER_COLR_FONTS is not set")
	}
	lib, err := typeset.FromDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	img := sheet(900, 180, white)
	c := New().Canvas(img, 1, 0, 0)
	l := lib.Line("😀❤️🌈🇩🇪👩‍👩‍👧‍👦🎉🔥🦊🍉🚀", typeset.Style{Size: 64}, typeset.LineOptions{})
	for i := range l.Runs {
		c.Text(&l.Runs[i], 10, 100, black)
	}
	colours := map[[3]uint8]bool{}
	for y := range 180 {
		for x := range 900 {
			p := at(img, x, y)
			colours[[3]uint8{p.R, p.G, p.B}] = true
		}
	}
	if len(colours) < 500 {
		t.Errorf("%d colours only", len(colours))
	}
	save(t, "colr.png", img)
}

func TestMatrices(t *testing.T) {
	m := rotate(0.5).around(10, 10).times(scale(2, 3))
	back, ok := m.inverse()
	if !ok {
		t.Fatal("no inverse")
	}
	x, y := back.apply(m.apply(7, -4))
	if x < 6.999 || x > 7.001 || y < -4.001 || y > -3.999 {
		t.Errorf("back at %v, %v", x, y)
	}
	if x, y := rotate(0.5).apply(1, 0); x > 1e-9 || y < 0.999 {
		t.Errorf("a quarter turn leads to %v, %v", x, y)
	}
	if _, ok := (matrix{1, 2, 2, 4, 0, 0}).inverse(); ok {
		t.Error("a flat map has an inverse")
	}
}
