package stage

import "image"

// Ink is how much is written in a part of the screen: how many of its pixels
// are much darker than paper, and how many are as light as that. A dark window
// has no ink.
func (s *Screen) Ink(r image.Rectangle) (dark, light int, err error) {
	img, err := s.frame()
	if err != nil {
		return 0, 0, err
	}
	r = r.Intersect(img.Bounds())
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			switch c := img.RGBAAt(x, y); {
			case c.G < 110:
				dark++
			case c.G > 200:
				light++
			}
		}
	}
	return dark, light, nil
}
