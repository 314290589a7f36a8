package css

import "math"

// resolver makes computed lengths of declared ones.
type resolver struct {
	size  float64 // of the font, px: 1em
	root  float64 // of the root's font: 1rem
	line  float64 // line height, px: 1lh
	font  *Font   // that of ex and ch, or nil
	media Media
}

// length computes a length. Words stay what they are.
func (r *resolver) length(v value) Length {
	switch v.kind {
	case vWord:
		return Length{Unit: Unit(v.word)}
	case vPercent:
		return Length{Unit: Set, Pct: v.num}
	case vCalc:
		l := r.calc(v.ref.(*calc))
		if v.word&uint8(negative) == 0 && l.Pct == 0 && l.Bounds == nil {
			l.Px = max(l.Px, 0)
		}
		return l
	case vLength:
		return Length{Unit: Set, Px: float32(r.px(v))}
	}
	return zero
}

// px computes a length without percentages.
func (r *resolver) px(v value) float64 {
	n := float64(v.num)
	height := r.media.Height
	if height == 0 {
		height = 100
	}
	switch v.unit {
	case px:
		return n
	case em:
		return n * r.size
	case rem:
		return n * r.root
	case ex, ch:
		return n * r.letter(v.unit)
	case lh:
		if r.line > 0 {
			return n * r.line
		}
		return n * r.size * 1.15
	case vw:
		return n * r.media.Width / 100
	case vh:
		return n * height / 100
	case vmin:
		return n * min(r.media.Width, height) / 100
	case vmax:
		return n * max(r.media.Width, height) / 100
	}
	return n * absolute[v.unit]
}

// letter is the height of x or the width of 0.
func (r *resolver) letter(u unit) float64 {
	if r.font == nil || r.media.Metrics == nil {
		return r.size / 2
	}
	x, zero := r.media.Metrics(r.font)
	if u == ex {
		return x
	}
	return zero
}

// calc computes an expression. Products were checked when it was read.
func (r *resolver) calc(e *calc) Length {
	switch e.op {
	case 'v':
		return r.length(e.val)
	case '*':
		l := r.calc(e.a)
		l.Px = float32(float64(l.Px) * e.num)
		l.Pct = float32(float64(l.Pct) * e.num)
		if l.Bounds != nil {
			l.Bounds = l.Bounds.scaled(float32(e.num))
		}
		return finite(l)
	case '+':
		a, b := r.calc(e.a), r.calc(e.b)
		a.Px += b.Px
		a.Pct += b.Pct
		if a.Bounds == nil {
			a.Bounds = b.Bounds
		}
		return finite(a)
	}
	return bounded(e.op == 'm', r.calc(e.a), r.calc(e.b))
}

// finite keeps sums and products where layout can count.
func finite(l Length) Length {
	const most = 1e9
	l.Px = max(-most, min(most, l.Px))
	l.Pct = max(-most, min(most, l.Pct))
	return l
}

// bounded is the smaller or the larger of two lengths.
func bounded(smaller bool, a, b Length) Length {
	if !a.HasPercent() && !b.HasPercent() {
		if (a.Px < b.Px) == smaller {
			return a
		}
		return b
	}
	bounds := &Bounds{}
	if a.Bounds != nil {
		*bounds = *a.Bounds
	}
	// A bound that is there already gives way: two of a kind are rare, and
	// the inner one of clamp() is of the other kind.
	if smaller {
		bounds.Max = b
	} else {
		bounds.Min = b
	}
	a.Bounds = bounds
	return a
}

func (b *Bounds) scaled(n float32) *Bounds {
	c := &Bounds{b.Min, b.Max}
	if n < 0 {
		c.Min, c.Max = c.Max, c.Min
	}
	for _, l := range []*Length{&c.Min, &c.Max} {
		l.Px *= n
		l.Pct *= n
	}
	return c
}

// edge is a border's width: whole px, but never nothing for something.
func edge(w float64) float32 {
	if w > 0 && w < 1 {
		return 1
	}
	return float32(math.Floor(min(w, 1e6)))
}

// Sizes of font-size's words from xx-small to xxx-large, for a usual size of
// 16 px and for the 13 px of monospace, as in Chromium.
var (
	keywordSizes = [9]float64{0, 9, 10, 13, 16, 18, 24, 32, 48}
	monoSizes    = [9]float64{0, 9, 10, 12, 13, 16, 20, 26, 39}
)

const (
	monoScale = 13.0 / 16
	leastSize = 6 // px, of sizes that somebody did not ask for in figures
)
