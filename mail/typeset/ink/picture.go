package ink

import (
	"image"
	"reflect"

	"golang.org/x/image/draw"
)

// imageKey says which picture, at which size.
type imageKey struct {
	img  image.Image
	w, h int
}

// maxPicture bounds the side of a scaled picture in device pixels: a larger one
// is scaled where it is seen only.
const maxPicture = 4096

// Image draws a picture so that all of it takes a rectangle. Scaled pictures are
// kept, by the picture's identity, so its pixels must not change; a picture whose
// type cannot be compared is not drawn.
func (c *Canvas) Image(img image.Image, r Rect) {
	if img == nil || r.W <= 0 || r.H <= 0 || !reflect.TypeOf(img).Comparable() {
		return
	}
	b := c.box(r).snap()
	area := b.outer().Intersect(c.top().rect)
	src := img.Bounds()
	if area.Empty() || src.Empty() {
		return
	}
	w, h := int(b.x1-b.x0), int(b.y1-b.y0)
	if w > maxPicture || h > maxPicture {
		c.lay(part(img, b.outer(), area), area.Min.X, area.Min.Y)
		return
	}
	c.lay(c.ink.scaled(img, w, h), int(b.x0), int(b.y0))
}

// Tile draws a picture again and again: tile is where one of them stands, across
// and down say in which directions there are more, and only what is within r is
// drawn.
func (c *Canvas) Tile(img image.Image, tile, r Rect, across, down bool, corners Corners) {
	if img == nil || !(tile.W > 0) || !(tile.H > 0) {
		return
	}
	c.Clip(r, corners)
	defer c.Unclip()
	b, t := c.top().rect, c.box(tile)
	w, h := t.x1-t.x0, t.y1-t.y0
	if b.Empty() || w < 0.5 || h < 0.5 {
		return
	}
	i0, i1 := span(t.x0, w, float64(b.Min.X), float64(b.Max.X), across)
	j0, j1 := span(t.y0, h, float64(b.Min.Y), float64(b.Max.Y), down)
	for j := j0; j <= j1; j++ {
		for i := i0; i <= i1; i++ {
			c.Image(img, Rect{tile.X + float64(i)*tile.W, tile.Y + float64(j)*tile.H, tile.W, tile.H})
		}
	}
}

// span is from which tile to which there is something to be seen.
func span(at, size, from, to float64, repeat bool) (first, last int) {
	if !repeat {
		return 0, 0
	}
	return int((from-at)/size) - 1, int((to-at)/size) + 1
}

// scaled returns a picture in device pixels.
func (k *Ink) scaled(img image.Image, w, h int) *image.RGBA {
	if rgba, ok := img.(*image.RGBA); ok && rgba.Rect.Dx() == w && rgba.Rect.Dy() == h {
		return rgba
	}
	key := imageKey{img, w, h}
	if out, ok := k.images.get(key); ok {
		return out
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	scaler(img.Bounds(), w, h).Scale(out, out.Rect, img, img.Bounds(), draw.Src, nil)
	k.images.keep(key, out, len(out.Pix))
	return out
}

// scaler is soft for pictures that grow, and takes the mean of all pixels for
// those that shrink; those shown as they are are copied.
func scaler(src image.Rectangle, w, h int) draw.Scaler {
	switch {
	case src.Dx() == w && src.Dy() == h:
		return draw.NearestNeighbor
	case w >= src.Dx() && h >= src.Dy():
		return draw.BiLinear
	}
	return draw.CatmullRom
}

// part scales only what is seen of a picture that is drawn very large.
func part(img image.Image, whole, area image.Rectangle) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, area.Dx(), area.Dy()))
	draw.ApproxBiLinear.Scale(out, whole.Sub(area.Min), img, img.Bounds(), draw.Src, nil)
	return out
}
