package ink

import (
	"math"

	"github.com/go-text/typesetting/font/opentype/tables"
)

// moved takes apart a paint that only moves another one. The variations of
// variable fonts are at their default.
func moved(p tables.PaintTable) (inner tables.PaintTable, m matrix, ok bool) {
	switch p := p.(type) {
	case tables.PaintTransform:
		t := p.Transform
		return p.Paint, affine(t.Xx, t.Yx, t.Xy, t.Yy, t.Dx, t.Dy), true
	case tables.PaintVarTransform:
		t := p.Transform
		return p.Paint, affine(t.Xx, t.Yx, t.Xy, t.Yy, t.Dx, t.Dy), true
	case tables.PaintTranslate:
		return p.Paint, matrix{1, 0, 0, 1, float64(p.Dx), float64(p.Dy)}, true
	case tables.PaintVarTranslate:
		return p.Paint, matrix{1, 0, 0, 1, float64(p.Dx), float64(p.Dy)}, true
	}
	if inner, m, ok = resized(p); ok {
		return inner, m, ok
	}
	return turned(p)
}

func affine(xx, yx, xy, yy, dx, dy float32) matrix {
	return matrix{float64(xx), float64(yx), float64(xy), float64(yy), float64(dx), float64(dy)}
}

func scale(x, y float32) matrix { return matrix{float64(x), 0, 0, float64(y), 0, 0} }

func resized(p tables.PaintTable) (inner tables.PaintTable, m matrix, ok bool) {
	switch p := p.(type) {
	case tables.PaintScale:
		return p.Paint, scale(fraction(p.ScaleX), fraction(p.ScaleY)), true
	case tables.PaintVarScale:
		return p.Paint, scale(fraction(p.ScaleX), fraction(p.ScaleY)), true
	case tables.PaintScaleAroundCenter:
		return p.Paint, scale(fraction(p.ScaleX), fraction(p.ScaleY)).around(float64(p.CenterX), float64(p.CenterY)), true
	case tables.PaintVarScaleAroundCenter:
		return p.Paint, scale(fraction(p.ScaleX), fraction(p.ScaleY)).around(float64(p.CenterX), float64(p.CenterY)), true
	case tables.PaintScaleUniform:
		return p.Paint, scale(fraction(p.Scale), fraction(p.Scale)), true
	case tables.PaintVarScaleUniform:
		return p.Paint, scale(fraction(p.Scale), fraction(p.Scale)), true
	case tables.PaintScaleUniformAroundCenter:
		return p.Paint, scale(fraction(p.Scale), fraction(p.Scale)).around(float64(p.CenterX), float64(p.CenterY)), true
	case tables.PaintVarScaleUniformAroundCenter:
		return p.Paint, scale(fraction(p.Scale), fraction(p.Scale)).around(float64(p.CenterX), float64(p.CenterY)), true
	}
	return nil, m, false
}

// rotate turns counter-clockwise by half turns.
func rotate(half float32) matrix {
	sin, cos := math.Sincos(float64(half) * math.Pi)
	return matrix{cos, sin, -sin, cos, 0, 0}
}

func skew(x, y float32) matrix {
	return matrix{1, math.Tan(float64(y) * math.Pi), -math.Tan(float64(x) * math.Pi), 1, 0, 0}
}

func turned(p tables.PaintTable) (inner tables.PaintTable, m matrix, ok bool) {
	switch p := p.(type) {
	case tables.PaintRotate:
		return p.Paint, rotate(fraction(p.Angle)), true
	case tables.PaintVarRotate:
		return p.Paint, rotate(fraction(p.Angle)), true
	case tables.PaintRotateAroundCenter:
		return p.Paint, rotate(fraction(p.Angle)).around(float64(p.CenterX), float64(p.CenterY)), true
	case tables.PaintVarRotateAroundCenter:
		return p.Paint, rotate(fraction(p.Angle)).around(float64(p.CenterX), float64(p.CenterY)), true
	case tables.PaintSkew:
		return p.Paint, skew(fraction(p.XSkewAngle), fraction(p.YSkewAngle)), true
	case tables.PaintVarSkew:
		return p.Paint, skew(fraction(p.XSkewAngle), fraction(p.YSkewAngle)), true
	case tables.PaintSkewAroundCenter:
		return p.Paint, skew(fraction(p.XSkewAngle), fraction(p.YSkewAngle)).around(float64(p.CenterX), float64(p.CenterY)), true
	case tables.PaintVarSkewAroundCenter:
		return p.Paint, skew(fraction(p.XSkewAngle), fraction(p.YSkewAngle)).around(float64(p.CenterX), float64(p.CenterY)), true
	}
	return nil, m, false
}

// fraction is a number with 14 binary places.
func fraction(v tables.Fixed214) float32 { return float32(v) / (1 << 14) }
