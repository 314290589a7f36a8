package paint

import (
	"image"
	"testing"

	"postrider/mail/html/display"
)

// The place of a picture has a sign where there is room for one.
func TestPlacesOfPicturesHaveASign(t *testing.T) {
	for _, tt := range []struct {
		name, source string
		want         int
	}{
		{"room", `<img src="http://x/a" width="200" height="100">`, 1},
		{"room for words too", `<img src="http://x/a" width="200" height="100" alt="A lantern">`, 1},
		{"words alone", `<img src="http://x/a" width="200" height="40" alt="A lantern">`, 0},
		{"small", `<img src="http://x/a" width="20" height="20">`, 0},
	} {
		p := layout(tt.source, 300)
		for i := range p.Images {
			p.Images[i].Missing = true
		}
		signs := 0
		look := light
		look.Sign = func(pixels int) image.Image {
			signs++
			if pixels != 2*signSize {
				t.Errorf("%s: the sign has %d pixels", tt.name, pixels)
			}
			return image.NewRGBA(image.Rect(0, 0, pixels, pixels))
		}
		picture(p, display.Rect{W: 300, H: 200}, 2, &look)
		if signs != tt.want {
			t.Errorf("%s: %d signs, want %d", tt.name, signs, tt.want)
		}
	}
}
