package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
)

const (
	bubbleHeight = 28
	bubblePad    = 12
	bubbleMax    = 320 // of a text; longer ones are cut
	ghostOffset  = 14  // from the pointer, so that it does not hide the target
)

// bubble is a few words on a dark pill, over whatever is there.
type bubble struct {
	pill    *canvas.Rectangle
	picture *canvas.Image
	text    string
	drawn   drawing
	size    fyne.Size
}

func newBubble() *bubble {
	t := &bubble{pill: newRowFill(theme.Toast), picture: newPicture()}
	return t
}

func (t *bubble) objects() []fyne.CanvasObject { return []fyne.CanvasObject{t.pill, t.picture} }

func (t *bubble) hide() {
	t.pill.Hide()
	t.picture.Hide()
}

// set says what the bubble shows, and how large it is.
func (t *bubble) set(text string, scale float32) {
	drawn := drawing{0, scale, theme.Current().Dark, library().Generation()}
	if t.text == text && t.drawn == drawn {
		return
	}
	t.text, t.drawn = text, drawn
	style := theme.TextButton
	w := min(bubbleMax, TextWidth(text, style))
	t.size = fyne.NewSize(w+2*bubblePad, bubbleHeight)
	t.picture.Image = paintPieces([]piece{{x: bubblePad, y: (bubbleHeight - style.Line) / 2, w: w + 1, h: style.Line, text: text, style: style, color: theme.OnToast}},
		t.size.Width, t.size.Height, scale)
	t.picture.Refresh()
}

func (t *bubble) place(x, y float32) {
	put(t.pill, x, y, t.size.Width, t.size.Height)
	put(t.picture, x, y, wholePixels(t.size.Width, t.drawn.scale), wholePixels(t.size.Height, t.drawn.scale))
}

// placeLeftOf puts the bubble's right edge at x and its middle at y, within the
// height.
func (t *bubble) placeLeftOf(text string, x, y, height, scale float32) {
	t.set(text, scale)
	y = min(max(y-t.size.Height/2, 0), height-t.size.Height)
	t.place(x-t.size.Width, y)
}

func (t *bubble) refresh() {
	paintFill(t.pill, theme.Toast)
	if t.text != "" {
		t.set(t.text, t.drawn.scale)
	}
}

// ghost is the label that follows the pointer during a drag. It lies over the
// window and takes the keys, so that Escape gives the drag up.
type ghost struct {
	widget.BaseWidget
	on     fyne.Canvas
	bubble *bubble
	label  string // what is dragged
	text   string // what the bubble says
	giveUp func()
	gone   bool
}

func newGhost(on fyne.Canvas, label string, giveUp func()) *ghost {
	g := &ghost{on: on, bubble: newBubble(), label: label, text: label, giveUp: giveUp}
	g.ExtendBaseWidget(g)
	on.Overlays().Add(g)
	on.Focus(g)
	return g
}

// CreateRenderer draws the bubble and nothing else.
func (g *ghost) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(&fyne.Container{Objects: g.bubble.objects()})
}

func (g *ghost) move(to fyne.Position) {
	g.bubble.set(g.text, deviceScale(g))
	g.bubble.place(to.X+ghostOffset, to.Y+ghostOffset)
}

// allow shows whether a drop here would be taken, and if not why.
func (g *ghost) allow(yes bool, why string) {
	g.text = g.label
	if !yes && why != "" {
		g.text += ": " + why
	}
}

func (g *ghost) remove() {
	if g.gone {
		return
	}
	g.gone = true
	g.on.Overlays().Remove(g)
}

// FocusGained has nothing to show.
func (g *ghost) FocusGained() {}

// FocusLost has nothing to show.
func (g *ghost) FocusLost() {}

// TypedRune ignores letters while something is dragged.
func (g *ghost) TypedRune(rune) {}

// TypedKey gives the drag up.
func (g *ghost) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeyEscape {
		g.giveUp()
	}
}
