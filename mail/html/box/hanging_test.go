package box_test

import (
	"strings"
	"testing"

	"postrider/mail/html"
	"postrider/mail/html/box"
	"postrider/mail/html/css"
	"postrider/mail/typeset"
)

// The spaces between the words of plain text hang out of lines that are full, and
// make the page no wider.
func TestHangingSpacesNeedNoScrolling(t *testing.T) {
	lib := typeset.New(t.TempDir())
	<-lib.Ready()
	d := html.FromText(strings.Repeat("Each pendant gets a canopy of 12 cm, the drawing shows where the cables come through. ", 8), false, false)
	for width := 400.0; width < 700; width++ {
		styles := css.Parse(d).Cascade(css.Media{Width: width, Height: 800, Metrics: box.Metrics(lib)})
		if p := box.Layout(d, styles, box.Options{Width: width, Library: lib}); p.ContentWidth > p.Width {
			t.Errorf("at %v px the page is %v wide", width, p.ContentWidth)
		}
	}
}
