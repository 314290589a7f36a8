package widgets

import (
	"image"
	"testing"

	"postrider/gui/theme"
)

// Boxes and outlines are painted in pieces; each pixel must be as covered as its
// geometry says, and none twice, which translucent colours would show.
func TestBoxesAreWhatTheirGeometrySays(t *testing.T) {
	theme.Set(theme.AlwaysLight)
	defer theme.Set(theme.FollowSystem)
	for _, scale := range []float32{1, 1.25, 1.5, 2} {
		for _, c := range []struct{ x, y, w, h, radius, width float32 }{
			{2, 3, 40, 20, 6, 1}, {0, 0, 8, 8, 4, 2}, {1, 1, 16, 16, 8, 1.5}, {2, 2, 5, 9, 20, 1}, {3, 2, 30, 1, 6, 1}, {0.4, 0.7, 21.3, 11.1, 10, 2}, {4, 4, 7, 7, 3, 9}, {2, 2, 10, 10, 0, 1},
		} {
			got, want := NewSheet(120, 80, scale), NewSheet(120, 80, scale)
			got.Box(c.x, c.y, c.w, c.h, c.radius, theme.Press)
			r := want.rect(c.x, c.y, c.w, c.h)
			want.shade(r, theme.Press.Now(), func(x, y float32) float32 { return inside(r, c.radius*scale, x, y) })
			compareSheets(t, "box", got.Pix, want.Pix)
			got.Outline(c.x, c.y, c.w, c.h, c.radius, c.width, theme.Chip)
			line := want.thick(c.width)
			inner := r.Inset(line)
			want.shade(r, theme.Chip.Now(), func(x, y float32) float32 {
				return inside(r, c.radius*scale, x, y) - inside(inner, max(0, c.radius*scale-float32(line)), x, y)
			})
			compareSheets(t, "outline", got.Pix, want.Pix)
			if t.Failed() {
				t.Fatalf("scale %v, %+v", scale, c)
			}
		}
	}
}

func compareSheets(t *testing.T, what string, got, want *image.RGBA) {
	t.Helper()
	for i := range got.Pix {
		if d := absInt(int(got.Pix[i]) - int(want.Pix[i])); d > 2 { // rounding differs by a level
			at := i / 4
			t.Errorf("%s: at %d,%d level %d, want %d", what, at%got.Rect.Dx(), at/got.Rect.Dx(), got.Pix[i], want.Pix[i])
			return
		}
	}
}

func absInt(n int) int { return max(n, -n) }
