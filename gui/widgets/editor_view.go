package widgets

import (
	"image"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"postrider/gui/theme"
	"postrider/mail/typeset"
	"postrider/mail/typeset/ink"
)

// editorView draws an Editor with a fixed pool of pictures, one a line. A line
// that stays as it is is not painted again, wherever it moves.
type editorView struct {
	e       *Editor
	paper   *canvas.Rectangle
	marks   []*canvas.Rectangle // of the selection, below the text
	wrongs  []*canvas.Rectangle // below misspelt words
	slots   []*lineSlot
	caret   *canvas.Rectangle
	hint    *Text
	objects []fyne.CanvasObject
	free    map[lineKey]*lineSlot // of the last arrangement
}

// lineSlot is a picture of a line.
type lineSlot struct {
	picture *canvas.Image
	pix     *image.RGBA
	key     lineKey
	used    bool
}

// lineKey is all that how a line looks depends on.
type lineKey struct {
	line  *typeset.Line
	kind  passageKind
	quote int
	width int // device pixels
	scale float32
	dark  bool
}

// CreateRenderer is for Fyne.
func (e *Editor) CreateRenderer() fyne.WidgetRenderer {
	v := &editorView{e: e, paper: canvas.NewRectangle(theme.Paper.Now()), caret: canvas.NewRectangle(theme.Accent.Now())}
	v.hint = NewText(e.hint, theme.TextMail, theme.Ink3)
	v.caret.Hide()
	v.free = map[lineKey]*lineSlot{}
	e.view = v
	v.gather()
	e.measure()
	v.arrange()
	return v
}

func (v *editorView) gather() {
	v.objects = append(v.objects[:0], v.paper)
	for _, m := range v.marks {
		v.objects = append(v.objects, m)
	}
	for _, s := range v.slots {
		v.objects = append(v.objects, s.picture)
	}
	for _, w := range v.wrongs {
		v.objects = append(v.objects, w)
	}
	v.objects = append(v.objects, v.hint, v.caret, v.e.scroll.thumb)
}

func (e *Editor) arrange() {
	if e.view != nil {
		e.view.arrange()
	}
}

// arrange puts every object where it belongs, and paints the lines that are new.
func (v *editorView) arrange() {
	e, size := v.e, v.e.Size()
	if size.Width < 1 || size.Height < 1 {
		return
	}
	put(v.paper, 0, 0, size.Width, size.Height)
	v.pool(int(size.Height/lineHeight) + 3)
	shown := v.shown()
	v.place(shown)
	v.placeMarks(shown)
	v.placeWrongs(shown)
	v.placeCaret()
	if e.prose.size == len(e.prose.pars)-1 { // nothing but line ends
		put(v.hint, editorSide, editorTop, size.Width-2*editorSide, lineHeight)
	} else {
		v.hint.Hide()
	}
	e.scroll.placeThumb(size.Width)
}

// pool has enough pictures for what can be seen.
func (v *editorView) pool(n int) {
	if len(v.slots) >= n {
		return
	}
	for len(v.slots) < n {
		v.slots = append(v.slots, &lineSlot{picture: newPicture()})
		mark := canvas.NewRectangle(theme.Sel.Now())
		mark.Hide()
		v.marks = append(v.marks, mark, canvasCopy(mark))
	}
	v.gather()
	canvas.Refresh(v.e)
}

func canvasCopy(r *canvas.Rectangle) *canvas.Rectangle {
	c := canvas.NewRectangle(r.FillColor)
	c.Hide()
	return c
}

// shownLine is a line that can be seen.
type shownLine struct {
	par, line int
	y         float32 // of its upper edge in the widget
	p         *passage
}

// shown sets what can be seen, and lists its lines.
func (v *editorView) shown() (list []shownLine) {
	e := v.e
	e.remeasure()
	first := max(0, e.scroll.off-int64(editorTop)) / int64(lineHeight)
	par, line := e.lines.at(int(first))
	for n := 0; par < len(e.prose.pars) && n <= len(v.slots); par++ {
		p := e.at(par)
		line = min(line, len(p.set.lines)-1)
		for ; line < len(p.set.lines); line++ {
			y := e.top(par, line) - e.scroll.off
			if y >= int64(e.Size().Height) || n >= len(v.slots) {
				return list
			}
			list = append(list, shownLine{par, line, float32(y), p})
			n++
		}
		line = 0
	}
	return list
}

// place shows the lines, each with the picture that it has already if there is
// one.
func (v *editorView) place(shown []shownLine) {
	clear(v.free)
	for _, s := range v.slots {
		s.used = false
		if s.key.line != nil {
			v.free[s.key] = s
		}
	}
	scale := deviceScale(v.e)
	var missing []int
	slots := make([]*lineSlot, len(shown))
	for i, l := range shown {
		if s := v.free[v.key(l, scale)]; s != nil && !s.used {
			s.used, slots[i] = true, s
			continue
		}
		missing = append(missing, i)
	}
	next := 0
	for _, i := range missing {
		for v.slots[next].used {
			next++
		}
		s := v.slots[next]
		s.used, slots[i] = true, s
		v.paint(s, shown[i], v.key(shown[i], scale))
	}
	for i, s := range slots {
		b := s.pix.Bounds()
		y := float32(math.Round(float64(shown[i].y*scale))) / scale
		put(s.picture, 0, y, float32(b.Dx())/scale, float32(b.Dy())/scale)
	}
	for _, s := range v.slots {
		if !s.used && s.picture.Visible() {
			s.picture.Hide()
		}
	}
}

func (v *editorView) key(l shownLine, scale float32) lineKey {
	width := int(math.Ceil(float64(v.e.Size().Width*scale) - 0.01))
	return lineKey{l.p.set.lines[l.line].Line, l.p.look.kind, l.p.look.quote, width, scale, theme.Current().Dark}
}

// paint paints a line into a picture.
func (v *editorView) paint(s *lineSlot, l shownLine, key lineKey) {
	height := int(math.Ceil(float64(lineHeight*key.scale) - 0.01))
	if s.pix == nil || s.pix.Rect.Dx() != key.width || s.pix.Rect.Dy() != height {
		s.pix = image.NewRGBA(image.Rect(0, 0, key.width, height))
	} else {
		clear(s.pix.Pix)
	}
	s.key = key
	sheet := &Sheet{Pix: s.pix, Scale: key.scale}
	paintLine(sheet, l, v.e.Size().Width)
	s.picture.Image = s.pix
	s.picture.Refresh()
}

// quoteColors are those of bars and marks by depth.
var quoteColors = []theme.Token{theme.Blue, theme.Violet, theme.Teal, theme.Rust, theme.Green, theme.Rose}

// paintLine paints one line onto a sheet of its own.
func paintLine(s *Sheet, l shownLine, width float32) {
	look, line := &l.p.look, l.p.set.lines[l.line]
	mark := theme.Ink3
	if look.quote > 0 {
		mark = quoteColors[(look.quote-1)%len(quoteColors)]
		x := editorSide - quoteBar
		if l.p.set.rtl {
			x = width - editorSide + quoteBar - theme.FocusWidth
		}
		s.Box(x, 0, theme.FocusWidth, lineHeight, 0, mark)
	}
	pen := s.canvas()
	base := float64(float32(s.px(Ascent(theme.TextMail))) / s.Scale)
	for i := range line.Runs {
		run := &line.Runs[i]
		t := look.traitAt(line.base + run.Start)
		color := look.color(t, mark).Now()
		if t&(codeTrait|markTrait) == codeTrait && !look.literal {
			pen.Fill(ink.Rect{X: float64(editorSide) + run.X, Y: 2, W: run.Width, H: float64(lineHeight) - 4}, ink.Round(float64(theme.RadiusSwatch)), theme.Chip.Now())
		}
		pen.Text(run, float64(editorSide), base, color)
	}
}

// quoteBar is how far before the text the bar of a quotation is.
const quoteBar float32 = 12

// traitAt is how the text at an offset differs from plain text.
func (l *passageLook) traitAt(at int) trait {
	lo, hi := 0, len(l.traits)
	for lo < hi {
		mid := (lo + hi) / 2
		if l.traits[mid].to <= at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(l.traits) && at >= l.traits[lo].from {
		return l.traits[lo].trait
	}
	return plainTrait
}

// color is the colour of text with traits.
func (l *passageLook) color(t trait, mark theme.Token) theme.Token {
	switch {
	case t&markTrait != 0:
		return mark
	case l.kind == signatureWords:
		return theme.Ink3
	case t&linkTrait != 0:
		return theme.Accent
	case l.kind != ownWords:
		return theme.Ink2
	}
	return theme.Ink
}

// placeMarks shows what is selected.
func (v *editorView) placeMarks(shown []shownLine) {
	e := v.e
	from, to := e.prose.span()
	color := theme.Sel.Now()
	if !e.focused {
		color = theme.SelQuiet.Now()
	}
	n := 0
	mark := func(x, y, w float32) {
		if n == len(v.marks) {
			v.marks = append(v.marks, canvas.NewRectangle(color))
			v.gather()
		}
		m := v.marks[n]
		n++
		if m.FillColor != color {
			m.FillColor = color
			m.Refresh()
		}
		put(m, editorSide+x, y, w, lineHeight)
	}
	for _, l := range shown {
		if from == to || l.par < from.par || l.par > to.par {
			continue
		}
		markLine(l, from, to, mark)
	}
	for _, m := range v.marks[n:] {
		if m.Visible() {
			m.Hide()
		}
	}
}

// lineEndMark is how much of an end of a line is shown as selected.
const lineEndMark float32 = 6

// markLine marks what of a line is between two places.
func markLine(l shownLine, from, to textPlace, mark func(x, y, w float32)) {
	line := l.p.set.lines[l.line]
	start, end := line.start(), line.end()
	if l.par == from.par {
		start = max(start, from.at)
	}
	if l.par == to.par {
		end = min(end, to.at)
	}
	if start < end {
		for _, s := range line.spans(start, end) {
			left, right := floorHalf(float32(s.Left)), floorHalf(float32(s.Right))
			mark(left, l.y, right-left)
		}
	}
	last := l.line == len(l.p.set.lines)-1
	if last && l.par < to.par && (l.par > from.par || start >= from.at) {
		x := line.caretX(len(l.p.text))
		if l.p.set.rtl {
			x -= lineEndMark
		}
		mark(floorHalf(x), l.y, lineEndMark)
	}
}

const editorCaret float32 = 18 // how tall it is

func (v *editorView) placeCaret() {
	e := v.e
	y := float32(e.top(e.prose.caret.par, e.caretLine()) - e.scroll.off)
	x := editorSide + e.caretX() - caretWidth/2
	v.caret.Resize(fyne.NewSize(caretWidth, editorCaret))
	v.caret.Move(fyne.NewPos(floorHalf(x), floorHalf(y+(lineHeight-editorCaret)/2)))
	hidden := !e.focused || !e.blink.lit || y < -lineHeight || y > e.Size().Height
	if v.caret.Hidden != hidden {
		v.caret.Hidden = hidden
		v.caret.Refresh()
	}
}

// showCaret is the blinking.
func (e *Editor) showCaret(on bool) {
	e.blink.lit = on
	if e.view != nil {
		e.view.placeCaret()
	}
}

// Layout is for Fyne.
func (v *editorView) Layout(fyne.Size) { v.arrange() }

// MinSize is for Fyne.
func (v *editorView) MinSize() fyne.Size { return v.e.MinSize() }

// Objects is for Fyne.
func (v *editorView) Objects() []fyne.CanvasObject { return v.objects }

// Destroy is for Fyne.
func (v *editorView) Destroy() { v.e.blink.stop() }

// Refresh is for Fyne: the colours may be others, or the faces.
func (v *editorView) Refresh() {
	v.paper.FillColor = theme.Paper.Now()
	v.paper.Refresh()
	v.caret.FillColor = theme.Accent.Now()
	v.caret.Refresh()
	v.hint.Refresh()
	v.e.scroll.thumb.FillColor = theme.Thumb.Now()
	v.e.scroll.thumb.Refresh()
	v.e.measure()
	v.arrange()
}
