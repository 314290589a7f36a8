package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"postrider/gui/theme"
)

// rowButtons are the buttons that the row under the pointer shows, over its
// date.
type rowButtons struct {
	box, lit *canvas.Rectangle
	picture  *canvas.Image
	key      rowKey
}

func newRowButtons() rowButtons {
	box := newRowFill(theme.Paper)
	box.StrokeWidth = theme.Hairline
	box.StrokeColor = theme.Control.Now()
	lit := newRowFill(theme.Hover)
	lit.CornerRadius = 0
	return rowButtons{box: box, lit: lit, picture: newPicture()}
}

func (b *rowButtons) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{b.box, b.lit, b.picture}
}

func (b *rowButtons) hide() {
	b.box.Hide()
	b.lit.Hide()
	b.picture.Hide()
}

// place shows the buttons in row i, whose upper edge is at y.
func (b *rowButtons) place(l *List, i int, y float32) {
	n := len(l.actions)
	if n == 0 {
		b.hide()
		return
	}
	width := l.Size().Width
	at, size := actionsBox(n, width, l.density)
	at.Y += y
	put(b.box, at.X, at.Y, size.Width, size.Height)
	b.draw(l, l.model.Row(i), size)
	scale := l.view.drawn.scale
	put(b.picture, at.X, at.Y, wholePixels(size.Width, scale), wholePixels(size.Height, scale))
	k := l.pointer.action
	if k < 0 {
		b.lit.Hide()
		return
	}
	paintFill(b.lit, b.light(l, k))
	x := at.X + theme.Hairline + float32(k)*rowActionWidth
	b.lit.TopLeftCornerRadius, b.lit.BottomLeftCornerRadius = ends(k == 0)
	b.lit.TopRightCornerRadius, b.lit.BottomRightCornerRadius = ends(k == n-1)
	put(b.lit, x, at.Y+theme.Hairline, rowActionWidth, size.Height-2*theme.Hairline)
}

// ends are the radii of a side that may be the box's own.
func ends(outer bool) (float32, float32) {
	if !outer {
		return 0, 0
	}
	return theme.RadiusControl - theme.Hairline, theme.RadiusControl - theme.Hairline
}

// light is how the button under the pointer looks.
func (b *rowButtons) light(l *List, k int) theme.Token {
	if l.pointer.down && l.pointer.press == k {
		return theme.Press
	}
	return theme.Hover
}

// draw draws the icons, if they differ from those drawn.
func (b *rowButtons) draw(l *List, row RowData, size fyne.Size) {
	h := newHasher()
	var pieces []piece
	for k, a := range l.actions {
		icon, color := a.icon(row), theme.Ink2
		if icon == theme.StarOn {
			color = theme.Star
		}
		h.text(string(icon), nil)
		pieces = append(pieces, piece{
			x: theme.Hairline + float32(k)*rowActionWidth + (rowActionWidth-theme.IconControl)/2, y: (size.Height - theme.IconControl) / 2,
			w: theme.IconControl, h: theme.IconControl, icon: icon, color: color,
		})
	}
	key := rowKey{words: h.Sum64() | 1, drawn: l.view.drawn}
	if key != b.key {
		b.key = key
		b.picture.Image = paintPieces(pieces, size.Width, size.Height, l.view.drawn.scale)
		b.picture.Refresh()
	}
}

func (b *rowButtons) refresh() {
	paintFill(b.box, theme.Paper)
	b.box.StrokeColor = theme.Control.Now()
	b.box.Refresh()
}
