package widgets

import "math"

func ceil(v float32) float32 { return float32(math.Ceil(float64(v) - 0.01)) }

func clamp01(v float32) float32 { return min(max(v, 0), 1) }

func hypot(x, y float32) float32 { return float32(math.Hypot(float64(x), float64(y))) }
