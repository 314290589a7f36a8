package box

import (
	"strconv"

	"postrider/mail/html"
	"postrider/mail/html/display"
)

// controlLabel is what the button that stands for quoted history says.
func (l *layouter) controlLabel(first html.ID) string {
	for _, f := range l.doc.Folds {
		if f.First != first {
			continue
		}
		if n := l.doc.LinesOf(f); n != 1 {
			return strconv.Itoa(n) + " quoted lines"
		}
		return "1 quoted line"
	}
	return ""
}

// missingLabel is what the button below a page says that lacks the mail's end.
const missingLabel = "The end of this message is missing here: show its source"

// missing adds that button.
func (e *emitter) missing() {
	p := e.page
	left := 8.0
	w := display.ControlText + e.l.library.Width(missingLabel, display.ControlStyle()) + display.ControlEnd
	p.Controls = append(p.Controls, display.ControlItem{ID: display.MissingEnd, Label: missingLabel})
	e.clip, e.opacity = 0, 1
	e.add(display.Control, len(p.Controls)-1, rect(left, float64(p.Height)+left, w, display.ControlHeight), html.Root)
	p.Height += float32(2*left + display.ControlHeight)
}

// controlWidth is how wide that button is.
func (l *layouter) controlWidth(first html.ID) float64 {
	return display.ControlText + l.library.Width(l.controlLabel(first), display.ControlStyle()) + display.ControlEnd
}
