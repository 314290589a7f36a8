package setup

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// stepNames are the three steps of adding an account.
var stepNames = []string{"1 Address", "2 POP or IMAP", "3 Sign in"}

// steps shows where the person is on the way.
type steps struct {
	widget.BaseWidget
	row *fyne.Container
}

const (
	stepGap  float32 = 8
	stepLine float32 = 24
)

func newSteps(now int) *steps {
	s := &steps{}
	var parts []fyne.CanvasObject
	for i, name := range stepNames {
		if i > 0 {
			parts = append(parts, widgets.Fixed(stepLine, theme.Hairline, widgets.NewFill(theme.Control)))
		}
		style, color := theme.TextCaption, theme.Ink3
		if i == now {
			style, color = style.With(theme.SemiBold), theme.Ink
		}
		parts = append(parts, widgets.NewText(name, style, color))
	}
	s.row = widgets.Row(stepGap, parts...)
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is for Fyne.
func (s *steps) CreateRenderer() fyne.WidgetRenderer { return widgets.Wrapped(s.row) }
