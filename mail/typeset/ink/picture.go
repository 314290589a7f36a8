package ink

import (
	"image"
	"math"
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
	if img == nil || !(tile.W > 0) || !(tile.H > 0) || !reflect.TypeOf(img).Comparable() || img.Bounds().Empty() {
		return
	}
	c.Clip(r, corners)
	defer c.Unclip()
	t, area := c.box(tile), c.top().rect
	w, h := int(math.Round(t.x1-t.x0)), int(math.Round(t.y1-t.y0))
	if area.Empty() || t.empty() || w > maxPicture || h > maxPicture {
		return
	}
	one := c.ink.scaled(img, max(1, w), max(1, h))
	cols := places(area.Min.X, area.Max.X, t.x0, t.x1, one.Rect.Dx(), across)
	rows := places(area.Min.Y, area.Max.Y, t.y0, t.y1, one.Rect.Dy(), down)
	for y, from := range rows {
		if from >= 0 {
			c.tileRow(area, area.Min.Y+y, one.Pix[from*one.Stride:], cols)
		}
	}
}

// tileRow draws one row of pixels, each from the column of the tile that cols
// says.
func (c *Canvas) tileRow(area image.Rectangle, y int, src []uint8, cols []int) {
	row, mask := c.row(area, y), c.top().mask
	for i, from := range cols {
		if from < 0 {
			continue
		}
		m := c.alpha
		if mask != nil {
			m = div255(m * uint32(mask.row(area.Min.X+i, y)[0]))
		}
		s := src[4*from : 4*from+4]
		if s[3] != 0 && m != 0 {
			put(row[4*i:], paint{uint32(s[0]), uint32(s[1]), uint32(s[2]), uint32(s[3])}, m)
		}
	}
}

// places tells for each pixel from one to another which pixel of a tile of n lies
// there, -1 for none.
func places(from, to int, t0, t1 float64, n int, repeat bool) []int {
	out := make([]int, to-from)
	for i := range out {
		u := (float64(from+i) + 0.5 - t0) / (t1 - t0)
		if !repeat && (u < 0 || u >= 1) {
			out[i] = -1
			continue
		}
		out[i] = min(n-1, max(0, int((u-math.Floor(u))*float64(n))))
	}
	return out
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
