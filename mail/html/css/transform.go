package css

import (
	"math"
	"strconv"
	"strings"

	"github.com/tdewolff/parse/v2/css"
)

// step is a step of a transform as declared.
type step struct {
	x, y       value
	a, b, c, d float64
}

// transform reads the functions that act in the plane.
func (v *values) transform(property) bool {
	if v.skipWord("none") {
		return v.add(pTransform, value{kind: vWord})
	}
	var list []step
	for !v.done() {
		t := v.peek()
		if t.kind != css.FunctionToken || len(list) > 16 {
			return false
		}
		s := step{a: 1, d: 1, x: value{kind: vLength}, y: value{kind: vLength}}
		if !v.step(&s, strings.ToLower(t.text), v.arguments()) {
			return false
		}
		list = append(list, s)
	}
	return v.add(pTransform, value{kind: vRef, ref: &list})
}

func (v *values) step(s *step, name string, args []token) bool {
	parts := splitCommas(args)
	nums := make([]float64, 0, 6)
	for _, p := range parts {
		if len(p) != 1 {
			break
		}
		n := p[0].num
		switch p[0].kind {
		case css.DimensionToken:
			n = degrees(n, p[0].text) * math.Pi / 180
		case css.PercentageToken:
			n /= 100
		}
		nums = append(nums, n)
	}
	switch name {
	case "translate(", "translatex(", "translatey(", "translate3d(":
		return v.translate(s, name, parts)
	case "translatez(", "perspective(", "rotatex(", "rotatey(", "rotate3d(", "scalez(", "scale3d(", "matrix3d(":
		return true
	}
	if len(nums) == 0 || len(nums) != len(parts) {
		return false
	}
	last := nums[len(nums)-1]
	switch name {
	case "scale(":
		s.a, s.d = nums[0], last
	case "scalex(":
		s.a = nums[0]
	case "scaley(":
		s.d = nums[0]
	case "rotate(", "rotatez(":
		sin, cos := math.Sincos(nums[0])
		s.a, s.b, s.c, s.d = cos, sin, -sin, cos
	case "skew(", "skewx(":
		s.c = math.Tan(nums[0])
		if len(nums) > 1 {
			s.b = math.Tan(nums[1])
		}
	case "skewy(":
		s.b = math.Tan(nums[0])
	case "matrix(":
		if len(nums) != 6 {
			return false
		}
		s.a, s.b, s.c, s.d = nums[0], nums[1], nums[2], nums[3]
		s.x, s.y = value{kind: vLength, num: float32(nums[4])}, value{kind: vLength, num: float32(nums[5])}
		return true
	default:
		return false
	}
	return true
}

func (v *values) translate(s *step, name string, parts [][]token) bool {
	s.x, s.y = value{kind: vLength}, value{kind: vLength}
	axes := []*value{&s.x, &s.y}
	if name == "translatey(" {
		axes = axes[1:]
	}
	if name == "translate3d(" {
		parts = parts[:min(2, len(parts))]
	}
	if len(parts) > len(axes) {
		return false
	}
	for i, p := range parts {
		ok := v.within(p, func() (ok bool) {
			*axes[i], ok = v.length(percents | negative)
			return ok
		})
		if !ok {
			return false
		}
	}
	return true
}

func trimFloat(f float64) string { return strconv.FormatFloat(f, 'f', -1, 32) }
