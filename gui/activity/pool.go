package activity

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// shower is a line that can show another value.
type shower[T any] interface {
	fyne.CanvasObject
	set(T)
}

// pool shows values below each other, and keeps their widgets for the next
// values: what did not change is not drawn anew, and the focus stays.
type pool[T any, W shower[T]] struct {
	column *fyne.Container
	make   func() W
	lines  []W
}

func newPool[T any, W shower[T]](build func() W) *pool[T, W] {
	return &pool[T, W]{column: widgets.Column(theme.Space3), make: build}
}

// set shows values.
func (p *pool[T, W]) set(values []T) {
	for len(p.lines) < len(values) {
		p.lines = append(p.lines, p.make())
	}
	p.column.Hidden = len(values) == 0
	objects := make([]fyne.CanvasObject, len(values))
	for i, v := range values {
		p.lines[i].set(v)
		objects[i] = p.lines[i]
	}
	if len(p.column.Objects) != len(values) {
		p.column.Objects = objects
	}
}

// section is a head and a card of lines.
type section[T any, W shower[T]] struct {
	column  *fyne.Container
	caption *widgets.Text
	pool    *pool[T, W]
	card    *fyne.Container
}

func newSection[T any, W shower[T]](title string, build func() W) *section[T, W] {
	s := &section[T, W]{caption: widgets.NewText("", theme.TextCaption, theme.Ink3)}
	s.pool = &pool[T, W]{column: widgets.Column(0), make: build}
	head := widgets.Pad(theme.Space4, 0, 0, 0, widgets.Fixed(0, theme.SmallHeight,
		widgets.Row(theme.Space2, widgets.NewText(title, theme.TextSection, theme.Ink), s.caption, widgets.Spring())))
	s.card = widgets.NewCard(s.pool.column)
	s.column = widgets.Column(0, head, s.card)
	return s
}

func (s *section[T, W]) set(values []T, caption string) {
	s.column.Hidden = len(values) == 0
	s.caption.SetText(caption)
	s.pool.set(values[:min(len(values), mostLines)])
	for i, l := range s.pool.lines {
		if d, ok := any(l).(interface{ last(bool) }); ok {
			d.last(i == len(values)-1 || i == mostLines-1)
		}
	}
}
