package widgets

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/mail/html/display"
	"postrider/mail/typeset"
)

// selection is the part of a page's text between a fixed end and one that moves.
type selection struct {
	anchor display.Range // what was pressed first: a place, a word or a paragraph
	head   display.Range // where it goes to
	unit   selectUnit
	on     bool
}

type selectUnit uint8

const (
	byCharacter selectUnit = iota
	byWord
	byParagraph
)

// span is what is selected.
func (s selection) span() display.Range {
	if !s.on {
		return display.Range{}
	}
	return display.Range{From: min(s.anchor.From, s.head.From), To: max(s.anchor.To, s.head.To)}
}

// Selected is the text that is selected.
func (p *Page) Selected() string {
	r := p.pick.span()
	if p.page == nil || r.From >= r.To || r.To > len(p.page.Text()) {
		return ""
	}
	return p.page.Text()[r.From:r.To]
}

// Copy puts the selected text on the clipboard. It says whether there was any.
func (p *Page) Copy() bool {
	text := p.Selected()
	if text == "" {
		return false
	}
	fyne.CurrentApp().Clipboard().SetContent(text)
	return true
}

// SelectAll selects all of the text.
func (p *Page) SelectAll() {
	if p.page == nil {
		return
	}
	p.choose(selection{head: display.Range{From: 0, To: len(p.page.Text())}, on: true})
}

// Deselect selects nothing.
func (p *Page) Deselect() { p.choose(selection{}) }

// choose takes over a selection.
func (p *Page) choose(s selection) {
	p.pick = s
	p.selected()
	if p.view != nil {
		p.view.placeMarks()
	}
}

// selected tells whether there is a selection, if that changed.
func (p *Page) selected() {
	some := p.Selected() != ""
	if some == p.mouse.told {
		return
	}
	p.mouse.told = some
	if p.OnSelect != nil {
		p.OnSelect(some)
	}
}

// begin starts a selection at an offset.
func (p *Page) begin(at int, unit selectUnit) {
	r := p.around(at, unit)
	p.choose(selection{anchor: r, head: r, unit: unit, on: true})
}

// extend moves the free end of the selection to an offset.
func (p *Page) extend(at int) {
	s := p.pick
	if !s.on {
		s.anchor, s.on = display.Range{From: at, To: at}, true
	}
	s.head = p.around(at, s.unit)
	p.choose(s)
}

// around is the unit of text that is at an offset.
func (p *Page) around(at int, unit selectUnit) display.Range {
	text := p.page.Text()
	at = min(max(at, 0), len(text))
	switch unit {
	case byWord:
		return p.page.WordAt(at)
	case byParagraph:
		from := strings.LastIndexByte(text[:at], '\n') + 1
		to := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			to = at + i
		}
		return display.Range{From: from, To: to}
	}
	return display.Range{From: at, To: at}
}

// marks are the rectangles of the selection that can be seen, in px of the page.
func (p *Page) marks() []display.Rect {
	r := p.pick.span()
	if p.page == nil || r.From >= r.To {
		return nil
	}
	seen := p.seen()
	top, bottom := seen.top/p.zoom, (seen.top+seen.height)/p.zoom
	// Of a long selection only the runs that can be seen are asked for.
	from, to := -1, 0
	for i := range p.page.Runs {
		run := &p.page.Runs[i]
		if run.To <= r.From || run.From >= r.To || run.Rect.Bottom() < top || run.Rect.Y > bottom {
			continue
		}
		if from < 0 {
			from = run.From
		}
		to = run.To
	}
	if from < 0 {
		return nil
	}
	var out []display.Rect
	for _, rect := range p.page.Rects(max(from, r.From), min(to, r.To)) {
		if rect.Bottom() >= top && rect.Y <= bottom {
			out = joinMark(out, rect)
		}
	}
	return out
}

// joinMark adds a rectangle to those of a selection, as a part of the one before
// if they stand side by side: they let text through, and would be seen twice
// where they overlap.
func joinMark(marks []display.Rect, r display.Rect) []display.Rect {
	if n := len(marks); n > 0 {
		last := &marks[n-1]
		both := min(last.Bottom(), r.Bottom()) - max(last.Y, r.Y)
		if both > 0.6*min(last.H, r.H) && r.X < last.Right()+2 && last.X < r.Right()+2 {
			*last = last.Union(r)
			return marks
		}
	}
	return append(marks, r)
}

// markColor lies over the text that is selected, so it lets it through.
func (p *Page) markColor() color.NRGBA {
	c := theme.Accent.Now()
	if p.original {
		c = theme.Light.Accent
	}
	c.A = 72
	if !p.focus {
		c.A = 44
	}
	return c
}

// step moves the free end of the selection by characters, words or lines.
func (p *Page) step(how stepKind, back bool) {
	if p.page == nil || p.page.Text() == "" {
		return
	}
	at := p.caret()
	text := p.page.Text()
	switch how {
	case stepCharacter:
		if back {
			at = typeset.PrevCluster(text, at)
		} else {
			at = typeset.NextCluster(text, at)
		}
	case stepWord:
		at = stepWordFrom(text, at, back)
	case stepLine:
		at = p.stepLineFrom(at, back)
	case stepEnd:
		at = 0
		if !back {
			at = len(text)
		}
	}
	p.pick.unit = byCharacter
	p.extend(at)
	p.revealText(at)
}

type stepKind uint8

const (
	stepCharacter stepKind = iota
	stepWord
	stepLine
	stepEnd
)

// caret is the free end of the selection; without one, the first text that can
// be seen.
func (p *Page) caret() int {
	if !p.pick.on {
		at, _ := p.page.TextAt(0, p.seen().top/p.zoom)
		return at
	}
	if p.pick.head.From < p.pick.anchor.From {
		return p.pick.head.From
	}
	return p.pick.head.To
}

func stepWordFrom(text string, at int, back bool) int {
	if back {
		for at > 0 {
			at = typeset.PrevCluster(text, at)
			if from, _ := typeset.WordAt(text, at); from == at && !isSpaceAt(text, at) {
				return at
			}
		}
		return 0
	}
	for at < len(text) && isSpaceAt(text, at) {
		at++
	}
	_, to := typeset.WordAt(text, at)
	return max(to, typeset.NextCluster(text, at))
}

func isSpaceAt(text string, at int) bool {
	return at < len(text) && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t')
}

// stepLineFrom is the place a line above or below an offset.
func (p *Page) stepLineFrom(at int, back bool) int {
	r, ok := p.rectOf(at)
	if !ok {
		return at
	}
	for way := r.H * 0.75; way < 40*r.H+200; way += r.H * 0.75 {
		y := r.Bottom() + way
		if back {
			y = r.Y - way
		}
		next, _ := p.page.TextAt(r.X, y)
		if back && next < at || !back && next > at {
			return next
		}
	}
	return at
}

// rectOf is where the character at an offset is, or the one before it.
func (p *Page) rectOf(at int) (display.Rect, bool) {
	text := p.page.Text()
	for _, from := range []int{at, typeset.PrevCluster(text, at)} {
		if rects := p.page.Rects(from, typeset.NextCluster(text, from)); len(rects) > 0 {
			return rects[0], true
		}
	}
	return display.Rect{}, false
}

// revealText scrolls as little as needed to show the text at an offset.
func (p *Page) revealText(at int) {
	if r, ok := p.rectOf(at); ok {
		p.revealRect(r)
	}
}

// revealRect scrolls so that a rectangle of the page can be seen, with some room
// around it.
func (p *Page) revealRect(r display.Rect) {
	top, bottom := (r.Y-8)*p.zoom, (r.Bottom()+8)*p.zoom
	if left := (r.X - 8) * p.zoom; left < p.side || (r.Right()+8)*p.zoom > p.side+p.Size().Width {
		p.side = min(max(0, left), p.sideEnd())
		p.arrange()
	}
	if !p.tall {
		p.scroll.reveal(int64(max(0, top)), int64(bottom))
		return
	}
	if p.OnReveal != nil && (top < p.window.top || bottom > p.window.top+p.window.height) {
		p.OnReveal(top, bottom-top)
	}
}
