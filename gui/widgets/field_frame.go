package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"postrider/gui/theme"
)

// fieldFrame is the box around a line: its edge shows the focus and what is
// wrong. A click on it goes to the line.
type fieldFrame struct {
	picture
	edit     *LineEdit
	line     theme.Token // the edge's colour at rest
	focused  bool
	bad      bool
	disabled bool
}

var (
	_ fyne.Tappable      = (*fieldFrame)(nil)
	_ desktop.Cursorable = (*fieldFrame)(nil)
)

func newFieldFrame(edit *LineEdit) *fieldFrame {
	f := &fieldFrame{edit: edit, line: theme.Control}
	f.become(f)
	return f
}

func (f *fieldFrame) setFocused(on bool) {
	f.focused = on
	f.repaint()
}

func (f *fieldFrame) setBad(bad bool) {
	if f.bad != bad {
		f.bad = bad
		f.repaint()
	}
}

func (f *fieldFrame) setDisabled(on bool) {
	if f.disabled == on {
		return
	}
	f.disabled = on
	if on {
		f.edit.Disable()
	} else {
		f.edit.Enable()
	}
	f.repaint()
}

// Tapped is for Fyne.
func (f *fieldFrame) Tapped(*fyne.PointEvent) {
	if !f.disabled {
		f.edit.Focus()
	}
}

// Cursor is for Fyne.
func (f *fieldFrame) Cursor() desktop.Cursor { return desktop.TextCursor }

func (f *fieldFrame) measure() fyne.Size { return fyne.NewSquareSize(theme.ControlHeight) }

func (f *fieldFrame) paint(s *Sheet) {
	size := f.Size()
	const r = theme.RadiusControl
	if f.disabled {
		s.Outline(0, 0, size.Width, size.Height, r, theme.Hairline, theme.Line)
		return
	}
	s.Box(0, 0, size.Width, size.Height, r, theme.Paper)
	switch {
	case f.bad:
		s.Outline(0, 0, size.Width, size.Height, r, f.edge(), theme.Danger)
	case f.focused:
		s.Outline(0, 0, size.Width, size.Height, r, theme.FocusWidth, theme.Accent)
	default:
		s.Outline(0, 0, size.Width, size.Height, r, theme.Hairline, f.line)
	}
}

func (f *fieldFrame) edge() float32 {
	if f.focused {
		return theme.FocusWidth
	}
	return theme.Hairline
}
