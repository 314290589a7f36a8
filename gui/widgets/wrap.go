package widgets

import "fyne.io/fyne/v2"

// wrapView draws a widget that is one object, usually a column.
type wrapView struct{ content fyne.CanvasObject }

func (v wrapView) Layout(size fyne.Size)        { v.content.Resize(size) }
func (v wrapView) MinSize() fyne.Size           { return v.content.MinSize() }
func (v wrapView) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{v.content} }
func (v wrapView) Refresh()                     { v.content.Refresh() }
func (v wrapView) Destroy()                     {}

// Wrapped is the renderer of a widget that is one object.
func Wrapped(content fyne.CanvasObject) fyne.WidgetRenderer { return wrapView{content} }
