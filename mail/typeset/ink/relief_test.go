package ink

import (
	"image/color"
	"testing"
)

// The sides that Chromium 156 gives inset borders.
func TestReliefHasALightAndADarkSide(t *testing.T) {
	hex := func(v uint32) color.NRGBA { return color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255} }
	near := func(a, b color.NRGBA) bool {
		d := func(x, y uint8) bool { return max(x, y)-min(x, y) <= 1 }
		return d(a.R, b.R) && d(a.G, b.G) && d(a.B, b.B)
	}
	for _, tt := range [][3]uint32{
		{0x000000, 0xa8a8a8, 0x545454}, {0x111111, 0xb9b9b9, 0x656565}, {0x222222, 0x767676, 0x000000},
		{0x808080, 0xd4d4d4, 0x2c2c2c}, {0xdddddd, 0xffffff, 0x898989}, {0xeeeeee, 0xeeeeee, 0x9a9a9a}, {0xffffff, 0xffffff, 0xababab},
		{0xff0000, 0xff0000, 0xab0000}, {0x336699, 0x4f9eee, 0x172e45}, {0x000040, 0x0000e9, 0x000094},
	} {
		light, dark := relief(hex(tt[0]))
		if !near(light, hex(tt[1])) || !near(dark, hex(tt[2])) {
			t.Errorf("%06x: %v and %v, want %06x and %06x", tt[0], light, dark, tt[1], tt[2])
		}
	}
}
