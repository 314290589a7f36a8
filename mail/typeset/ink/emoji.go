package ink

import (
	"bytes"
	"image"
	_ "image/jpeg" // bitmaps of glyphs are PNG, some JPEG
	_ "image/png"
	"math"

	"postrider/mail/typeset"

	"golang.org/x/image/draw"
)

// emojiKey says which picture of a glyph, at which size.
type emojiKey struct {
	face *typeset.Face
	id   uint32
	size int // device pixels per em, in 1/64
}

// maxBitmap bounds the pictures of glyphs, in pixels of a side.
const maxBitmap = 1024

// picture draws a glyph that is a picture. It returns false if it is none.
func (c *Canvas) picture(f *typeset.Face, id uint32, x float64, y int, size float64) bool {
	left := int(math.Round(x))
	k := emojiKey{f, id, int(size*64 + 0.5)}
	img, ok := c.ink.emoji.get(k)
	if !ok {
		if img = bitmap(f, id, size); img == nil {
			img = colored(f, id, size)
		}
		n := 64
		if img != nil {
			n += len(img.Pix)
		}
		c.ink.emoji.keep(k, img, n)
	}
	if img == nil {
		return false
	}
	c.lay(img, left+img.Rect.Min.X, y+img.Rect.Min.Y)
	return true
}

// bitmap decodes the picture of a glyph and scales it; nil if there is none. It
// is placed relative to the pixel of its origin.
func bitmap(f *typeset.Face, id uint32, size float64) (out *image.RGBA) {
	defer func() {
		if recover() != nil { // a broken font
			out = nil
		}
	}()
	p, ok := f.Picture(id)
	if !ok {
		return nil
	}
	k := size / f.UnitsPerEm()
	w, h := int(math.Round(p.Width*k)), int(math.Round(p.Height*k))
	if w <= 0 || h <= 0 || w > 4*maxBitmap || h > 4*maxBitmap {
		return nil
	}
	cfg, _, err := image.DecodeConfig(bytes.NewReader(p.Data))
	if err != nil || cfg.Width > maxBitmap || cfg.Height > maxBitmap {
		return nil
	}
	img, _, err := image.Decode(bytes.NewReader(p.Data))
	if err != nil {
		return nil
	}
	left, top := int(math.Round(p.X*k)), -int(math.Round(p.Y*k))
	out = image.NewRGBA(image.Rect(left, top, left+w, top+h))
	draw.CatmullRom.Scale(out, out.Rect, img, img.Bounds(), draw.Src, nil)
	return out
}

// lay lays a picture of device pixels with its corner at a pixel.
func (c *Canvas) lay(img *image.RGBA, x, y int) {
	top := c.top()
	r := img.Rect.Add(image.Pt(x-img.Rect.Min.X, y-img.Rect.Min.Y))
	area := r.Intersect(top.rect)
	for yy := area.Min.Y; yy < area.Max.Y; yy++ {
		row := c.row(area, yy)
		src := img.Pix[img.PixOffset(img.Rect.Min.X+area.Min.X-r.Min.X, img.Rect.Min.Y+yy-r.Min.Y):]
		for i := 0; i < area.Dx(); i++ {
			m := c.alpha
			if top.mask != nil {
				m = div255(m * uint32(top.mask.row(area.Min.X+i, yy)[0]))
			}
			s := src[4*i : 4*i+4]
			if s[3] != 0 && m != 0 {
				put(row[4*i:], paint{uint32(s[0]), uint32(s[1]), uint32(s[2]), uint32(s[3])}, m)
			}
		}
	}
}
