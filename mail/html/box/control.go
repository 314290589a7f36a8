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

// controlWidth is how wide that button is.
func (l *layouter) controlWidth(first html.ID) float64 {
	return display.ControlText + l.library.Width(l.controlLabel(first), display.ControlStyle()) + display.ControlEnd
}
