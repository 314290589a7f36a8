package widgets

import (
	"sync"
	"sync/atomic"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/mail/typeset"
	"postrider/mail/typeset/ink"
)

// typecase is what all text of the window is set and drawn with. The library is
// its hasty view: nothing waits for a face to be read.
var typecase struct {
	once    sync.Once
	library *typeset.Library
	steps   *typeset.Library // for measures of the type ramp's own faces, which are at hand
	ink     *ink.Ink
	widths  widthCache
}

// UseLibrary makes text be set with the faces of a library. When it learns of
// more faces, all windows are drawn anew. Call it once, before anything is shown;
// without it there are the embedded faces alone.
func UseLibrary(l *typeset.Library) {
	typecase.once.Do(func() { typecase.ink = ink.New() })
	typecase.library, typecase.steps = l.Hasty(), l
	typecase.widths.clear()
	var asked atomic.Bool
	l.Watch(func() {
		if asked.Swap(true) {
			return
		}
		Do(func() {
			asked.Store(false)
			refreshWindows()
		})
	})
}

func refreshWindows() {
	app := fyne.CurrentApp()
	if app == nil {
		return
	}
	typecase.widths.clear()
	for _, w := range app.Driver().AllWindows() {
		if content := w.Content(); content != nil {
			content.Refresh()
		}
		for _, o := range w.Canvas().Overlays().List() {
			o.Refresh()
		}
	}
}

func library() *typeset.Library {
	typecase.once.Do(func() {
		typecase.ink = ink.New()
		typecase.steps = typeset.Embedded()
		typecase.library = typecase.steps.Hasty()
	})
	return typecase.library
}

// styleOf is a step of the type ramp for the typesetter.
func styleOf(s theme.TextStyle) typeset.Style {
	family := "Inter"
	switch {
	case s.Mono:
		family = `"Noto Sans Mono", monospace`
	case s.Display() && s.Weight == theme.SemiBold:
		family = `"Inter Display", Inter`
	}
	return typeset.Style{Families: family, Size: float64(s.Size), Weight: int(s.Weight), Italic: s.Italic}
}

// Ascent is how far below the top of its line box the baseline of a style is, in
// whole units, the odd one below it: as browsers put it.
func Ascent(s theme.TextStyle) float32 {
	library() // makes them
	m := typecase.steps.Metrics(styleOf(s))
	return float32(int((float64(s.Line)-m.Height())/2) + int(m.Ascent))
}

// TextWidth is how wide a text is in one line.
func TextWidth(text string, s theme.TextStyle) float32 {
	if text == "" {
		return 0
	}
	return typecase.widths.get(text, s)
}

// widthCache keeps widths, which Fyne asks for at every turn. Two generations
// bound it.
type widthCache struct {
	young, old map[widthKey]float32
	generation uint64
}

type widthKey struct {
	text  string
	style theme.TextStyle
}

const widthsKept = 4096

func (c *widthCache) clear() { c.young, c.old = nil, nil }

func (c *widthCache) get(text string, s theme.TextStyle) float32 {
	lib := library()
	if g := lib.Generation(); g != c.generation {
		c.clear()
		c.generation = g
	}
	key := widthKey{text, s}
	w, ok := c.young[key]
	if ok {
		return w
	}
	if w, ok = c.old[key]; !ok {
		w = float32(lib.Width(text, styleOf(s)))
	}
	if len(c.young) >= widthsKept || c.young == nil {
		c.young, c.old = make(map[widthKey]float32), c.young
	}
	c.young[key] = w
	return w
}
