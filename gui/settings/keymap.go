package settings

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// KeySection is a part of the map of keys.
type KeySection struct {
	Title string
	Lines []KeyLine
}

// KeyLine is what keys do.
type KeyLine struct {
	Title string
	Keys  []string // any of them does it: "e", "Ctrl+E"
}

const (
	keyLineHeight float32 = 28
	keyMapWidth   float32 = 980
	keyMapBeside  float32 = 640 // the least width for columns
	keyMapAir     float32 = 200 // what a window keeps free around the sheet
)

// newKeyMap shows the keys, in two columns of about the same height where there
// is room.
func newKeyMap(sections []KeySection) fyne.CanvasObject {
	total, height := 0, 0
	for _, s := range sections {
		total += len(s.Lines) + 2
	}
	var left, right []fyne.CanvasObject
	for _, s := range sections {
		block := keySection(s)
		if 2*height < total {
			left = append(left, block)
		} else {
			right = append(right, block)
		}
		height += len(s.Lines) + 2
	}
	return widgets.Beside(keyMapBeside, 48, widgets.Column(theme.Space4, left...), widgets.Column(theme.Space4, right...))
}

func keySection(s KeySection) fyne.CanvasObject {
	rows := []fyne.CanvasObject{widgets.Fixed(0, keyLineHeight, widgets.Row(0, widgets.NewText(s.Title, theme.TextSection, theme.Ink), widgets.Spring()))}
	for _, l := range s.Lines {
		parts := []fyne.CanvasObject{widgets.Grow(widgets.NewText(l.Title, theme.TextLine, theme.Ink2))}
		for _, key := range l.Keys {
			parts = append(parts, widgets.NewKeyHint(spelled(key), false))
		}
		rows = append(rows, widgets.NewDivider(), widgets.Fixed(0, keyLineHeight, widgets.Row(theme.Space1, parts...)))
	}
	return widgets.Column(0, rows...)
}

// spelled is a key as people read it: a sequence of letters has its keys apart.
func spelled(key string) string {
	if len(key) == 2 && key[0] >= 'a' && key[0] <= 'z' {
		return key[:1] + " " + key[1:]
	}
	return key
}

// ShowKeyMap opens the map of keys over a window.
func ShowKeyMap(c fyne.Canvas, sections []KeySection) *widgets.Dialog {
	var d *widgets.Dialog
	body := widgets.NewScroll(widgets.Pad(0, theme.Space4, 0, 0, newKeyMap(sections)))
	room := max(160, c.Size().Height-keyMapAir)
	need := widgets.HeightOf(newKeyMap(sections), min(keyMapWidth, c.Size().Width-2*theme.Space4)-2*theme.Space5-theme.Space4)
	d = widgets.NewDialog("Keys", widgets.Fixed(0, min(room, need), body), widgets.NewButton("Close", "", widgets.ButtonLook{Primary: true}, func() { d.Hide() }))
	d.SetWidth(keyMapWidth)
	d.OnOutside(d.Hide)
	d.Show(c)
	return d
}
