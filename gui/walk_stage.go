//go:build stage

package gui

import (
	"fmt"
	"strings"
	_ "unsafe" // for the link below

	"fyne.io/fyne/v2"

	"postrider/gui/widgets"
)

// rendererOf is Fyne's own; outside of its tests it has no other way to what a
// widget consists of.
//
//go:linkname rendererOf fyne.io/fyne/v2/internal/cache.Renderer
func rendererOf(fyne.Widget) fyne.WidgetRenderer

// labelled is what says of itself what it is, for people who do not see it.
type labelled interface{ AccessibilityLabel() string }

// menu is a menu that is open.
type menu interface {
	Lines() []widgets.MenuItem
	Box(label string) (fyne.Position, fyne.Size, bool)
}

// walkShown goes through what shows in the window, from the ground up.
func (a *App) walkShown(visit func(fyne.CanvasObject)) {
	c := a.window.Canvas()
	walkShown(c.Content(), visit)
	for _, o := range c.Overlays().List() {
		walkShown(o, visit)
	}
}

func walkShown(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if o == nil || !o.Visible() {
		return
	}
	visit(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			walkShown(child, visit)
		}
	case fyne.Widget:
		for _, child := range rendererOf(o).Objects() {
			walkShown(child, visit)
		}
	}
}

// says is what shows in the topmost overlay, or in the window.
func (a *App) says() string {
	var lines []string
	add := func(o fyne.CanvasObject) {
		if m, ok := o.(menu); ok {
			for _, item := range m.Lines() {
				lines = append(lines, strings.TrimSpace(item.Label+" "+item.Note))
			}
		}
		if l, ok := o.(labelled); ok && l.AccessibilityLabel() != "" && l.AccessibilityLabel() != "Container" {
			lines = append(lines, l.AccessibilityLabel())
		}
	}
	if top := a.window.Canvas().Overlays().Top(); top != nil {
		walkShown(top, add)
	} else {
		walkShown(a.window.Canvas().Content(), add)
	}
	return strings.Join(lines, "\n")
}

// control finds a control by what it is called, as in control "Add account", a
// tab, an item of a menu or a row of a table. Of several controls it is the
// topmost, or the one that a number names: control "Server" 0.
func (a *App) control(name string) (found fyne.CanvasObject, at fyne.Position, size fyne.Size) {
	var label string
	if n, _ := fmt.Sscanf(name, "tab %q", &label); n == 1 {
		a.walkShown(func(o fyne.CanvasObject) {
			if tabs, ok := o.(*widgets.Tabs); ok {
				if p, s, is := tabs.Box(label); is {
					found, at, size = o, p, s
				}
			}
		})
		return found, at, size
	}
	if n, _ := fmt.Sscanf(name, "item %q", &label); n == 1 {
		a.walkShown(func(o fyne.CanvasObject) {
			if m, ok := o.(menu); ok {
				if p, s, is := m.Box(label); is {
					found, at, size = o, p, s
				}
			}
		})
		return found, at, size
	}
	nth := -1
	if n, _ := fmt.Sscanf(name, "table row %d", &nth); n == 1 {
		a.walkShown(func(o fyne.CanvasObject) {
			if table, ok := o.(*widgets.Table); ok {
				found = o
				at, size = table.RowBox(nth)
			}
		})
		return found, at, size
	}
	if n, _ := fmt.Sscanf(name, "control %q %d", &label, &nth); n < 1 {
		return nil, at, size
	}
	var all []fyne.CanvasObject
	a.walkShown(func(o fyne.CanvasObject) {
		if l, ok := o.(labelled); ok && (l.AccessibilityLabel() == label || strings.HasPrefix(l.AccessibilityLabel(), label+", ")) {
			all = append(all, o)
		}
	})
	switch {
	case nth >= 0 && nth < len(all):
		found = all[nth]
	case nth < 0 && len(all) > 0:
		found = all[len(all)-1]
	}
	return found, at, size
}
