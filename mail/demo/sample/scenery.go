package sample

import "math"

// sceneries are the pictures that manuscripts may name; p varies them.
var sceneries = map[string]func(p float64) scene{
	"hills":   hills,
	"sea":     sea,
	"dusk":    dusk,
	"snow":    snow,
	"room":    room,
	"garden":  garden,
	"plan":    plan,
	"chart":   chart,
	"harbour": harbour,
	"paper":   paper,
}

func hills(p float64) scene {
	return scene{0xF7E7B5, 0xFBF6EA, []layer{
		disc(0xF2B84B, 0.75, 0.36, 0.13),
		ridge(0xB9CDA3, 0.55, 0.06, 0.42, p), ridge(0x86AA7C, 0.68, 0.06, 0.34, p+0.3),
		ridge(0x4F7F58, 0.82, 0.05, 0.5, p+0.6), ridge(0x2F5D3E, 0.95, 0.04, 0.7, p+0.9),
	}}
}

func sea(p float64) scene {
	return scene{0xCFE6F5, 0xF6FAFB, []layer{
		disc(0xFFFFFF, 2.0, 0.22, 0.09),
		ridge(0x9FC3D8, 0.56, 0.012, 0.6, p), box(0x4E8FB3, -1, 0.6, 9, 2),
		ridge(0x3C7A9E, 0.74, 0.008, 0.09, p), ridge(0x2D6384, 0.88, 0.01, 0.12, p+0.4),
		sail(0xFFFFFF, 0.82, 0.28, 0.62, 0.17), sail(0xE8654A, 0.81, 0.34, 0.62, -0.11), box(0x6B3F2A, 0.68, 0.625, 1.02, 0.655),
		sail(0xFFFFFF, 1.5, 0.46, 0.61, 0.07), box(0x34495E, 1.46, 0.612, 1.6, 0.624),
	}}
}

func dusk(p float64) scene {
	return scene{0x3B2A5A, 0xF59B6C, []layer{
		disc(0xFFE2B0, 0.9, 0.62, 0.1),
		ridge(0x7A4B7E, 0.68, 0.07, 0.4, p), ridge(0x54346A, 0.8, 0.05, 0.3, p+0.5), ridge(0x2B1D3F, 0.93, 0.04, 0.5, p+0.8),
	}}
}

func snow(p float64) scene {
	s := scene{0xA9C7E6, 0xEFF5FA, []layer{
		ridge(0xDCE8F2, 0.5, 0.14, 0.25, p), ridge(0xF3F8FC, 0.66, 0.09, 0.2, p+0.5), ridge(0xFFFFFF, 0.86, 0.04, 0.5, p),
	}}
	for i := range 14 { // pines
		x, tall := 0.06+0.13*float64(i), 0.1+0.05*math.Abs(math.Sin(float64(i)*2.1+p))
		foot := 0.9 + 0.03*math.Sin(float64(i)*1.7)
		s.layers = append(s.layers, sail(0x3F6359, x, foot-tall, foot, 0.035), sail(0x4E776B, x, foot-tall, foot, -0.035))
	}
	return s
}

// room is a reading room at night: shelves, and pendants over the tables.
func room(float64) scene {
	s := scene{0x2A2320, 0x3A2E27, nil}
	for row := range 3 {
		y := 0.34 + 0.2*float64(row)
		for i := range 60 {
			x := 0.02 + 0.042*float64(i)
			tall := 0.09 + 0.05*math.Abs(math.Sin(float64(i*7+row*5)))
			shade := []uint32{0x6E4B3A, 0x8A6A4B, 0x4C5A52, 0x7B3F35, 0x54607A}[(i*3+row)%5]
			s.layers = append(s.layers, box(shade, x, y+0.16-tall, x+0.034, y+0.16))
		}
		s.layers = append(s.layers, box(0x1D1815, 0, y+0.16, 9, y+0.175))
	}
	for i := range 5 {
		x := 0.25 + 0.42*float64(i)
		s.layers = append(s.layers, box(0x111111, x-0.003, 0, x+0.003, 0.2))
		s.layers = append(s.layers, glow(0xFFD98A, x, 0.24, 0.34))
		s.layers = append(s.layers, disc(0xFFF1C9, x, 0.235, 0.045), box(0x8C6A3B, x-0.05, 0.19, x+0.05, 0.215))
	}
	return s
}

func garden(float64) scene {
	s := scene{0xFBF6EA, 0xF1ECDD, nil}
	for i := range 40 {
		x, y := 0.12+0.22*float64(i%10), 0.2+0.22*float64(i/10)
		petal := []uint32{0xC95D84, 0x8E6BB0, 0xE59A3C, 0xD9738F}[(i+i/10)%4]
		s.layers = append(s.layers, box(0x4F7F58, x-0.004, y, x+0.004, y+0.1))
		for k := range 5 {
			a := 2 * math.Pi * float64(k) / 5
			s.layers = append(s.layers, disc(petal, x+0.032*math.Cos(a), y+0.032*math.Sin(a), 0.026))
		}
		s.layers = append(s.layers, disc(0xF7E7B5, x, y, 0.018))
	}
	return s
}

// plan is a floor plan: walls, shelves, and where the lamps hang.
func plan(float64) scene {
	s := scene{0xFFFFFF, 0xFFFFFF, nil}
	line := func(x0, y0, x1, y1 float64) { s.layers = append(s.layers, box(0x33404D, x0, y0, x1, y1)) }
	for _, f := range [][4]float64{{0.1, 0.1, 1.4, 0.115}, {0.1, 0.885, 1.4, 0.9}, {0.1, 0.1, 0.115, 0.9}, {1.385, 0.1, 1.4, 0.6}, {1.385, 0.72, 1.4, 0.9}, {0.9, 0.1, 0.91, 0.5}} {
		line(f[0], f[1], f[2], f[3])
	}
	for i := range 5 {
		y := 0.2 + 0.14*float64(i)
		s.layers = append(s.layers, box(0xD5DCE3, 0.16, y, 0.34, y+0.05))
		s.layers = append(s.layers, disc(0xF2B84B, 0.52, y+0.025, 0.022), disc(0xF2B84B, 0.72, y+0.025, 0.022))
	}
	s.layers = append(s.layers, disc(0xE8EDF2, 1.15, 0.62, 0.13), disc(0x2563C9, 1.15, 0.62, 0.022))
	return s
}

func chart(p float64) scene {
	s := scene{0xFFFFFF, 0xFFFFFF, nil}
	for i := range 5 {
		y := 0.15 + 0.16*float64(i)
		s.layers = append(s.layers, box(0xE5E7EB, 0.1, y, 1.5, y+0.004))
	}
	for i := range 12 {
		x := 0.14 + 0.112*float64(i)
		tall := 0.35 + 0.25*math.Sin(float64(i)*0.6+p*6)
		s.layers = append(s.layers, box(0x2563C9, x, 0.79-tall, x+0.07, 0.79), box(0x9CC0F5, x, 0.79-tall*0.45, x+0.07, 0.79))
	}
	return s
}

func harbour(p float64) scene {
	s := sea(p)
	s.top, s.bottom = 0xF9D7B0, 0xFDF3E4
	for i := range 7 {
		x := 0.1 + 0.3*float64(i)
		s.layers = append(s.layers, box(0x5B4636, x, 0.36, x+0.008, 0.7), sail(0xF4EFE6, x+0.012, 0.38, 0.66, 0.09), box(0x8C3B2E, x-0.06, 0.68, x+0.12, 0.72))
	}
	return s
}

// paper is a scanned page: lines of writing, and a signature.
func paper(p float64) scene {
	s := scene{0xFCFBF7, 0xF6F3EA, nil}
	for i := range 16 {
		y := 0.12 + 0.045*float64(i)
		s.layers = append(s.layers, box(0x9AA1A8, 0.12, y, 0.62-0.12*math.Abs(math.Sin(float64(i)+p*9)), y+0.01))
	}
	s.layers = append(s.layers, box(0x33404D, 0.12, 0.06, 0.4, 0.08), signature(0x1F3A7A, 0.9, p))
	return s
}

// signature is a thin wave, as writing is seen from afar.
func signature(colour uint32, y, p float64) layer {
	return layer{colour: colour, x0: 0.12, y0: y - 0.04, x1: 0.4, y1: y + 0.04, along: func(x float64) func(float64) float64 {
		line := y + 0.02*math.Sin(x*70+p) + 0.01*math.Sin(x*31)
		return func(y float64) float64 { return 0.004 - math.Abs(y-line) }
	}}
}
