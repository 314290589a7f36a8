package widgets

import (
	"postrider/gui/line"
	"postrider/gui/theme"
)

// sketchWidth is the width of lines in the sketches of the protocols.
const sketchWidth = 1.75

// devices are a computer, a server and a phone, without any mail.
var devices = []sketchStroke{
	pencil(sketchWidth, theme.Ink3, theme.Paper, "M28 12H76a4 4 0 0 1 4 4V48a4 4 0 0 1-4 4H28a4 4 0 0 1-4-4V16a4 4 0 0 1 4-4Z"),
	pencil(sketchWidth, theme.Ink3, theme.None, "M40 62H64M52 52V62"),
	pencil(sketchWidth, theme.Ink3, theme.Paper, "M170 10H222a4 4 0 0 1 4 4V52a4 4 0 0 1-4 4H170a4 4 0 0 1-4-4V14a4 4 0 0 1 4-4Z"),
	pencil(sketchWidth, theme.Ink3, theme.None, "M166 40H226M200 48H216"),
	pencil(3, theme.Ink3, theme.None, "M176 48h.01M184 48h.01"),
	pencil(sketchWidth, theme.Ink3, theme.Paper, "M331 9H349a5 5 0 0 1 5 5V52a5 5 0 0 1-5 5H331a5 5 0 0 1-5-5V14a5 5 0 0 1 5-5Z"),
	pencil(sketchWidth, theme.Ink3, theme.None, "M337 51h6"),
}

// ProtocolCaptions name the three.
var ProtocolCaptions = []Caption{{52, 72, "This computer"}, {196, 72, "Server"}, {340, 72, "Phone"}}

// Synchronized shows mail that is the same everywhere.
var Synchronized = sketch(392, 100, append(devices[:len(devices):len(devices)],
	pencil(sketchWidth, theme.Accent, theme.None, "M94 32H152M94 32l6-5M94 32l6 5M152 32l-6-5M152 32l-6 5M240 32H312M240 32l6-5M240 32l6 5M312 32l-6-5M312 32l-6 5"),
	envelope(40, 24, 1, false), envelope(184, 17, 1, false), envelope(331, 24, 0.75, false))...)

// Collected shows mail that is fetched from the server to this computer.
var Collected = sketch(392, 100, append(devices[:len(devices):len(devices)],
	pencil(sketchWidth, theme.Accent, theme.None, "M94 32H152M94 32l6-5M94 32l6 5"),
	dashed(sketchStroke{mustPath("M240 32H312"), theme.None, Stroke{Width: sketchWidth, Color: theme.Control}}, 2, 6),
	envelope(40, 24, 1, false), envelope(184, 17, 1, true))...)

func dashed(s sketchStroke, dash ...float64) sketchStroke {
	s.stroke.Dash = dash
	return s
}

// envelope is a letter with its corner at x, y; a faint one is only a trace.
func envelope(x, y, zoom float64, faint bool) sketchStroke {
	shape := mustPath("M2.5 0H21.5a2.5 2.5 0 0 1 2.5 2.5V13.5a2.5 2.5 0 0 1-2.5 2.5H2.5A2.5 2.5 0 0 1 0 13.5V2.5A2.5 2.5 0 0 1 2.5 0ZM1 2l11 7.5l11-7.5")
	shape = shape.At(line.Placing{X: x, Y: y, Scale: zoom})
	if faint {
		return dashed(sketchStroke{shape, theme.None, Stroke{Width: sketchWidth, Color: theme.Ink3}}, 2.5, 2.5)
	}
	return sketchStroke{shape, theme.AccentTint, Stroke{Width: float32(sketchWidth * zoom), Color: theme.Accent}}
}
