package widgets

import (
	"fyne.io/fyne/v2"

	"postrider/gui/line"
	"postrider/gui/theme"
)

// A Sketch is a line drawing of the program's own, made of strokes of several
// colours.
type Sketch struct {
	width, height float32
	strokes       []sketchStroke
}

// sketchStroke is one line of a sketch, filled first if fill is a colour.
type sketchStroke struct {
	shape  line.Drawing
	fill   theme.Token
	stroke Stroke
}

func sketch(width, height float32, strokes ...sketchStroke) *Sketch {
	return &Sketch{width, height, strokes}
}

// pencil draws a path in a colour; ground fills it first.
func pencil(width float32, color, ground theme.Token, d string) sketchStroke {
	return sketchStroke{mustPath(d), ground, Stroke{Width: width, Color: color}}
}

// Mailbox is a mailbox by the road: nothing is waiting.
var Mailbox = sketch(280, 184,
	pencil(2, theme.Control, theme.None, "M8 156C60 132 104 150 140 156C190 164 226 140 272 150"),
	pencil(2, theme.Control, theme.None, "M34 156v-18M34 144l-6-6M34 148l6-6M236 150v-22M236 136l-6-6M236 140l6-6"),
	pencil(2, theme.Control, theme.None, "M198 44a16 16 0 1 0 32 0a16 16 0 1 0-32 0Z"),
	pencil(2, theme.Control, theme.None, "M46 58c6-6 10-2 12 2c2-4 6-8 12-2M78 36c5-5 8-2 10 1c2-3 5-6 10-1"),
	pencil(2, theme.Ink3, theme.Paper, "M134 158V112H146V158"),
	pencil(2, theme.Ink3, theme.Paper, "M96 112V84a18 18 0 0 1 36 0V112Z"),
	pencil(2, theme.Ink3, theme.Paper, "M114 66H172a18 18 0 0 1 18 18V112H132V84a18 18 0 0 0-18-18Z"),
	pencil(2, theme.Ink3, theme.None, "M104 92H124"),
	pencil(2, theme.Accent, theme.None, "M156 98H180V88H168V98"),
)

// Lens is a magnifying glass over a hill: nothing was found.
var Lens = sketch(280, 184,
	pencil(2, theme.Control, theme.None, "M8 156C60 132 104 150 140 156C190 164 226 140 272 150"),
	pencil(2, theme.Control, theme.None, "M34 156v-18M34 144l-6-6M34 148l6-6M236 150v-22M236 136l-6-6M236 140l6-6"),
	pencil(2, theme.Control, theme.None, "M56 50c6-6 10-2 12 2c2-4 6-8 12-2"),
	pencil(2, theme.Ink3, theme.Paper, "M102 84a34 34 0 1 0 68 0a34 34 0 1 0-68 0Z"),
	pencil(2, theme.Ink3, theme.None, "M161 109L186 134"),
	pencil(2, theme.Accent, theme.None, "M120 84a16 16 0 0 1 16-16"),
)

// Gate is a closed gate on the road: the way to the server is shut.
var Gate = sketch(280, 184,
	pencil(2, theme.Control, theme.None, "M8 156C60 132 104 150 140 156C190 164 226 140 272 150"),
	pencil(2, theme.Control, theme.None, "M34 156v-18M34 144l-6-6M34 148l6-6M46 58c6-6 10-2 12 2c2-4 6-8 12-2"),
	pencil(2, theme.Control, theme.None, "M198 44a16 16 0 1 0 32 0a16 16 0 1 0-32 0Z"),
	pencil(2, theme.Ink3, theme.Paper, "M92 156V88h10v68ZM178 156V88h10v68Z"),
	pencil(2, theme.Ink3, theme.None, "M102 100H178M102 140H178M102 140L178 100"),
	pencil(2, theme.Accent, theme.None, "M140 113v14"),
)

// Draw paints the sketch with its corner at x, y.
func (k *Sketch) paint(s *Sheet, x, y float32) {
	for _, stroke := range k.strokes {
		s.Draw(stroke.shape, x, y, 1, stroke.fill, stroke.stroke)
	}
}

// SketchView shows a sketch.
type SketchView struct {
	picture
	sketch *Sketch
}

// NewSketchView shows a sketch at its own size.
func NewSketchView(k *Sketch) *SketchView {
	v := &SketchView{sketch: k}
	v.become(v)
	return v
}

func (v *SketchView) measure() fyne.Size { return fyne.NewSize(v.sketch.width, v.sketch.height) }

func (v *SketchView) paint(s *Sheet) {
	size := v.Size()
	v.sketch.paint(s, (size.Width-v.sketch.width)/2, (size.Height-v.sketch.height)/2)
}
