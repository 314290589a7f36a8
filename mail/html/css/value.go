package css

// Color is a colour with straight (not premultiplied) alpha.
type Color struct{ R, G, B, A uint8 }

// Transparent paints nothing.
var Transparent = Color{}

// Unit says what a [Length] is.
type Unit uint8

const (
	Auto       Unit = iota // the zero Length
	Set                    // Px plus Pct of some base
	NoLimit                // "none" of max-width and max-height
	MinContent             // as narrow as the content can be
	MaxContent             // as wide as the content would be
	FitContent             // as wide as the content would be, if there is room
)

// Length is a computed length: Px CSS px plus Pct percent of a base that
// layout knows.
type Length struct {
	Unit Unit
	Px   float32
	Pct  float32
	// Bounds is for min(), max() and clamp() of percentages; usually nil.
	Bounds *Bounds
}

// Bounds keeps a length between others.
type Bounds struct{ Min, Max Length } // Auto and NoLimit: no bound

// Px is a length of v px.
func Px(v float64) Length { return Length{Unit: Set, Px: float32(v)} }

// Percent is a length of v percent.
func Percent(v float64) Length { return Length{Unit: Set, Pct: float32(v)} }

// Of is the length in px; base is what 100% stands for. It is 0 for keywords.
func (l Length) Of(base float64) float64 {
	if l.Unit != Set {
		return 0
	}
	v := float64(l.Px)
	if l.Pct != 0 {
		v += float64(l.Pct) * base / 100
	}
	if l.Bounds != nil {
		if l.Bounds.Max.Unit == Set {
			v = min(v, l.Bounds.Max.Of(base))
		}
		if l.Bounds.Min.Unit == Set {
			v = max(v, l.Bounds.Min.Of(base))
		}
	}
	return v
}

// IsSet reports whether it is a length or a percentage, and no keyword.
func (l Length) IsSet() bool { return l.Unit == Set }

// HasPercent reports whether it depends on a base.
func (l Length) HasPercent() bool {
	return l.Unit == Set && (l.Pct != 0 || l.Bounds != nil)
}

// Side is an index of what a box has four of.
type Side int

const (
	Top Side = iota
	Right
	Bottom
	Left
)

// Corners of a box, clockwise, as border-radius counts them.
const (
	TopLeft = iota
	TopRight
	BottomRight
	BottomLeft
)

// String is the colour as in HTML, with its alpha if it is not opaque.
func (c Color) String() string {
	const digits = "0123456789abcdef"
	b := []byte{'#'}
	for _, v := range [...]uint8{c.R, c.G, c.B, c.A} {
		b = append(b, digits[v>>4], digits[v&15])
	}
	if c.A == 255 {
		b = b[:7]
	}
	return string(b)
}
