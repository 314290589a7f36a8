package css

import "math"

// interned are the styles of a document by a hash of what differs most.
type interned map[uint64][]*Style

// maxTwins is how many different styles with one hash are looked at.
const maxTwins = 32

// intern is the one place of a style. The compiler's own hash of a struct goes
// field by field, which took longer than all the rest.
func (c *cascade) intern(s *Style) *Style {
	h := s.hash()
	twins := c.interned[h]
	for _, t := range twins {
		if *t == *s {
			return t
		}
	}
	t := new(Style)
	*t = *s
	if len(twins) < maxTwins {
		c.interned[h] = append(twins, t)
	}
	return t
}

// hash mixes some of a style.
func (s *Style) hash() uint64 {
	h := uint64(14695981039346656037)
	mix := func(v uint64) { h = (h ^ v) * 1099511628211 }
	length := func(l Length) {
		mix(uint64(math.Float32bits(l.Px))<<32 | uint64(math.Float32bits(l.Pct)) ^ uint64(l.Unit)<<60)
	}
	mix(uint64(s.Color.bits())<<32 | uint64(s.Background.bits()))
	mix(uint64(math.Float32bits(s.Size))<<32 | uint64(math.Float32bits(s.LineHeight)))
	mix(uint64(len(s.Family.Names)<<8 + len(s.Family.Names[0].Name)))
	mix(uint64(s.Display) | uint64(s.Align)<<8 | uint64(s.VAlign)<<16 | uint64(s.Float)<<24 | uint64(s.Deco.Under.Style)<<32 | uint64(s.Weight)<<40)
	for i := range s.Margin {
		length(s.Margin[i])
		length(s.Padding[i])
	}
	length(s.Width)
	length(s.Height)
	length(s.MaxWidth)
	length(s.Radius[0].X)
	mix(uint64(s.Border[0].Color.bits()) | uint64(math.Float32bits(s.Border[0].Width))<<32)
	mix(uint64(s.Border[2].Color.bits()) | uint64(math.Float32bits(s.Border[2].Width))<<32)
	mix(uint64(math.Float32bits(s.LetterSpacing))<<32 | uint64(s.Position)<<8 | uint64(s.Z))
	return h
}

func (c Color) bits() uint32 {
	return uint32(c.R) | uint32(c.G)<<8 | uint32(c.B)<<16 | uint32(c.A)<<24
}
