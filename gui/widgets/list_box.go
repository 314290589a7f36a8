package widgets

import "fyne.io/fyne/v2"

// RowBox is where row i is in the list, whether it shows or not.
func (l *List) RowBox(i int) (fyne.Position, fyne.Size) {
	if i < 0 || i >= l.geo.rows {
		return fyne.Position{}, fyne.Size{}
	}
	return fyne.NewPos(0, float32(l.geo.top(i)-l.scroll.off)), fyne.NewSize(l.Size().Width, float32(l.geo.row))
}

// LineBox is where a line is in the tree, whether it shows or not.
func (t *Tree) LineBox(key any) (fyne.Position, fyne.Size) {
	i := t.indexOf(key)
	if i < 0 {
		return fyne.Position{}, fyne.Size{}
	}
	h := float32(t.items[i].height())
	return fyne.NewPos(0, float32(t.tops[i+1]-t.scroll.off)-treeRow), fyne.NewSize(t.Size().Width, min(h, treeRow))
}
