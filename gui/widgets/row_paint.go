package widgets

import (
	"encoding/binary"
	"hash/maphash"
	"image"
	"math"

	"postrider/gui/theme"
)

// rowKey is all that a row's picture depends on; the words by their hash.
type rowKey struct {
	words   uint64
	drawn   drawing
	density Density
	chosen  bool
}

// rowSeed makes hashes differ from run to run, so that nobody can write mail
// that looks like other mail to the cache.
var rowSeed = maphash.MakeSeed()

// hasher hashes what a picture shows, each part with its length.
type hasher struct{ maphash.Hash }

func newHasher() *hasher {
	h := &hasher{}
	h.SetSeed(rowSeed)
	return h
}

func (h *hasher) number(n int) {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], uint64(n))
	h.Write(b[:])
}

func (h *hasher) text(s string, hits []Hit) {
	h.number(len(s))
	h.WriteString(s)
	h.number(len(hits))
	for _, hit := range hits {
		h.number(hit.From)
		h.number(hit.To)
	}
}

func (h *hasher) flags(flags ...bool) {
	var bits byte
	for _, f := range flags {
		bits <<= 1
		if f {
			bits |= 1
		}
	}
	h.WriteByte(bits)
}

func keyOf(r RowData, drawn drawing, d Density, chosen bool) rowKey {
	h := newHasher()
	h.flags(r.Loading, r.Unread, r.Starred, r.Attached, r.Answered, r.Forwarded)
	for _, tag := range r.Tags {
		h.text(tag, nil)
	}
	h.number(len(r.Tags))
	h.text(r.Sender, r.SenderHits)
	h.text(r.Subject, r.SubjectHits)
	h.text(r.Snippet, r.SnippetHits)
	h.text(r.Date, nil)
	h.number(r.Count)
	h.number(int(r.Where)<<8 | int(r.Swatch))
	return rowKey{words: h.Sum64() | 1, drawn: drawn, density: d, chosen: chosen}
}

// headKey is the key of a group head's picture. Heads are never chosen, and no
// row has this density.
func headKey(text string, drawn drawing) rowKey {
	h := newHasher()
	h.text(text, nil)
	return rowKey{words: h.Sum64() | 1, drawn: drawn, density: math.MaxUint8}
}

// rowPictures keeps the pictures that were drawn last, of all lists.
var rowPictures = &pictures{budget: 6 << 20}

// pictures keeps what was drawn last in two generations: what is asked for moves
// to the young one; when that is full it becomes the old one, and what was in
// the old one is forgotten. So it holds up to twice its budget, in bytes.
type pictures struct {
	budget     int
	size       int // of the young
	young, old map[rowKey]*image.RGBA
}

func (p *pictures) get(key rowKey, draw func() *image.RGBA) *image.RGBA {
	if found := p.young[key]; found != nil {
		return found
	}
	picture := p.old[key]
	if picture == nil {
		picture = draw()
	}
	if p.young == nil || p.size+len(picture.Pix) > p.budget {
		p.young, p.old, p.size = map[rowKey]*image.RGBA{}, p.young, 0
	}
	p.young[key] = picture
	p.size += len(picture.Pix)
	return picture
}

// row is the picture of a row of height h.
func (p *pictures) row(key rowKey, r RowData, h float32) *image.RGBA {
	return p.get(key, func() *image.RGBA {
		pieces := layoutRow(r, key.drawn.width, key.density, key.chosen, TextWidth)
		return paintPieces(pieces, key.drawn.width, h, key.drawn.scale)
	})
}

// head is the picture of a group head.
func (p *pictures) head(key rowKey, text string) *image.RGBA {
	return p.get(key, func() *image.RGBA {
		style := theme.TextCaption.With(theme.SemiBold)
		pieces := []piece{{x: rowTextLeft, y: 8, w: key.drawn.width - rowTextLeft - rowTextRight, h: style.Line, text: text, style: style, color: theme.Ink3}}
		return paintPieces(pieces, key.drawn.width, headHeight, key.drawn.scale)
	})
}

// paintPieces draws pieces on nothing, for a picture of this size.
func paintPieces(pieces []piece, w, h, scale float32) *image.RGBA {
	pixels := func(v float32) int { return max(1, int(wholePixels(v, scale)*scale+0.5)) }
	s := NewSheet(pixels(w), pixels(h), scale)
	for _, p := range pieces {
		p.paint(s)
	}
	return s.Pix
}

func (p piece) paint(s *Sheet) {
	switch {
	case p.icon != "":
		s.Icon(p.icon, p.x, p.y, p.w, p.color)
	case p.text != "":
		p.paintText(s)
	default:
		s.Box(p.x, p.y, p.w, p.h, p.radius, p.color)
	}
}
