package css

import (
	"strings"

	"github.com/tdewolff/parse/v2/css"
)

// unit is a unit of length.
type unit uint8

const (
	px unit = iota
	em
	rem
	ex
	ch
	lh
	vw
	vh
	vmin
	vmax
	pt
	pc
	inch
	cm
	mm
	quarter // q, a quarter of a millimetre
)

var units = map[string]unit{
	"px": px, "em": em, "rem": rem, "ex": ex, "ch": ch, "lh": lh, "rlh": rem, "cap": ex, "ic": em,
	"vw": vw, "svw": vw, "lvw": vw, "dvw": vw, "cqw": vw, "vi": vw, "vh": vh, "svh": vh, "lvh": vh, "dvh": vh, "cqh": vh, "vb": vh,
	"vmin": vmin, "vmax": vmax, "pt": pt, "pc": pc, "in": inch, "cm": cm, "mm": mm, "q": quarter,
}

// absolute are the sizes in px of the units that always have one.
var absolute = [...]float64{px: 1, pt: 96.0 / 72, pc: 16, inch: 96, cm: 96 / 2.54, mm: 9.6 / 2.54, quarter: 2.4 / 2.54}

// allow says which values a property takes besides lengths.
type allow uint8

const (
	percents allow = 1 << iota
	negative
	autos    // the word auto
	nones    // the word none
	sizes    // min-content and its likes
	numbers  // any number
	noLength // no lengths at all
)

// length reads a length, a percentage, or one of the words that may stand for
// one.
func (v *values) length(a allow) (value, bool) {
	t := v.peek()
	switch t.kind {
	case css.NumberToken:
		if a&numbers != 0 && (t.num >= 0 || a&negative != 0) {
			v.at++
			return value{kind: vNumber, num: float32(t.num)}, true
		}
		if t.num == 0 && a&noLength == 0 {
			v.at++
			return value{kind: vLength}, true
		}
	case css.PercentageToken:
		if a&percents != 0 && (t.num >= 0 || a&negative != 0) {
			v.at++
			return value{kind: vPercent, num: float32(t.num)}, true
		}
	case css.DimensionToken:
		u, ok := units[t.text]
		if ok && a&noLength == 0 && (t.num >= 0 || a&negative != 0) {
			v.at++
			return value{kind: vLength, unit: u, num: float32(t.num)}, true
		}
	case css.FunctionToken:
		return v.calculation(a)
	case css.IdentToken:
		return v.lengthWord(a)
	}
	return value{}, false
}

// Words that stand for lengths: value.word is the Unit.
func (v *values) lengthWord(a allow) (value, bool) {
	u := Auto
	switch w := v.lower(); {
	case w == "auto" && a&autos != 0:
	case w == "none" && a&nones != 0:
		u = NoLimit
	case a&sizes == 0:
		return value{}, false
	case w == "min-content" || w == "-webkit-min-content" || w == "-moz-min-content":
		u = MinContent
	case w == "max-content" || w == "-webkit-max-content" || w == "-moz-max-content" || w == "intrinsic":
		u = MaxContent
	case w == "fit-content" || w == "-webkit-fit-content" || w == "-moz-fit-content":
		u = FitContent
	case w == "-webkit-fill-available" || w == "stretch":
	default:
		return value{}, false
	}
	v.at++
	return wordValue(u), true
}

// lengthOf makes a parser for a property that is one length.
func lengthOf(a allow) func(*values, property) bool {
	return func(v *values, p property) bool {
		val, ok := v.length(a)
		return ok && v.add(p.longs[0], val)
	}
}

// quad reads one to four values for the four sides.
func quad(read func(*values) (value, bool)) func(*values, property) bool {
	return func(v *values, p property) bool {
		var vals [4]value
		n := 0
		for ; n < 4 && !v.done(); n++ {
			var ok bool
			if vals[n], ok = read(v); !ok {
				return false
			}
		}
		for i, from := range [4][4]int{{0, 0, 0, 0}, {0, 1, 0, 1}, {0, 1, 2, 1}, {0, 1, 2, 3}}[max(n, 1)-1] {
			v.add(p.longs[i], vals[from])
		}
		return n > 0
	}
}

// pair reads one or two values for two properties.
func pair(read func(*values) (value, bool)) func(*values, property) bool {
	return func(v *values, p property) bool {
		first, ok := read(v)
		if !ok {
			return false
		}
		second := first
		if !v.done() {
			if second, ok = read(v); !ok {
				return false
			}
		}
		v.add(p.longs[0], first)
		return v.add(p.longs[1], second)
	}
}

func readLength(a allow) func(*values) (value, bool) {
	return func(v *values) (value, bool) { return v.length(a) }
}

// number reads a number, or a percentage as its hundredth.
func (v *values) number(percent bool) (float64, bool) {
	t := v.peek()
	switch {
	case t.kind == css.NumberToken:
		v.at++
		return t.num, true
	case t.kind == css.PercentageToken && percent:
		v.at++
		return t.num / 100, true
	case t.kind == css.FunctionToken:
		if val, ok := v.calculation(numbers | noLength | negative); ok {
			return float64(val.num), true
		}
	}
	return 0, false
}

// numberOf makes a parser for a property that is a number between two others.
func numberOf(least, most float64) func(*values, property) bool {
	return func(v *values, p property) bool {
		n, ok := v.number(false)
		return ok && n >= least && v.add(p.longs[0], value{kind: vNumber, num: float32(min(n, most))})
	}
}

// calcNames are the functions that compute lengths.
func isCalc(name string) bool {
	switch strings.ToLower(name) {
	case "calc(", "-webkit-calc(", "-moz-calc(", "min(", "max(", "clamp(":
		return true
	}
	return false
}
