package widgets

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
)

// A Dialog asks something that has to be answered first. Escape closes it,
// Return presses its first primary button.
type Dialog struct {
	*overlay
	frame *fyne.Container
	width float32
}

// dialogWidth is how wide a dialog is unless it says otherwise.
const dialogWidth float32 = 440

// NewDialog is a dialog with a title, anything below it, and buttons at its
// foot, the most important one last.
func NewDialog(title string, body fyne.CanvasObject, buttons ...*Button) *Dialog {
	d := &Dialog{width: dialogWidth}
	parts := []fyne.CanvasObject{NewBlock(Words{Text: title, Style: theme.TextHead, Color: theme.Ink}, 3)}
	if body != nil {
		parts = append(parts, Gap(0, theme.Space2), body)
	}
	if len(buttons) > 0 {
		foot := []fyne.CanvasObject{Spring()}
		for _, b := range buttons {
			foot = append(foot, b)
		}
		parts = append(parts, Gap(0, theme.Space5), Row(theme.Space2, foot...))
	}
	const air = theme.Space5
	d.frame = Stack(NewCardFill(theme.Paper, theme.Control, theme.RadiusCard), Pad(air, air, air, air, Column(0, parts...)))
	d.overlay = newOverlay(newHolder(d.frame), true)
	d.place = d.arrange
	d.enter = func() bool { return pressPrimary(buttons) }
	return d
}

func pressPrimary(buttons []*Button) bool {
	for _, b := range buttons {
		if (b.look.Primary || b.look.Danger) && !b.disabled {
			b.press()
			return true
		}
	}
	return false
}

// SetWidth changes how wide it is.
func (d *Dialog) SetWidth(width float32) { d.width = width }

// Show opens it over a window.
func (d *Dialog) Show(c fyne.Canvas) { d.show(c) }

// Hide closes it.
func (d *Dialog) Hide() { d.hide() }

// Fit lays it out anew, after what it holds has another height.
func (d *Dialog) Fit() {
	if d.shown {
		d.arrange(d.Size())
		d.Refresh()
	}
}

// OnClose is called when it is closed, however that came.
func (d *Dialog) OnClose(f func()) { d.closed = f }

// OnOutside is called for a click beside the dialog, which does nothing otherwise.
func (d *Dialog) OnOutside(f func()) {
	d.outside = f
	d.holds = func(at fyne.Position) bool { return covers(d.frame, at) }
}

func (d *Dialog) arrange(window fyne.Size) {
	w := min(d.width, window.Width-2*theme.Space4)
	h := min(heightOf(d.frame, w), window.Height-2*theme.Space4)
	d.frame.Resize(fyne.NewSize(w, h))
	d.frame.Move(fyne.NewPos(floorHalf((window.Width-w)/2), floorHalf(max(theme.Space4, (window.Height-h)*0.4))))
}

// A Question is asked before something is done.
type Question struct {
	Title    string
	Sentence string
	Yes      string // what is done, as a verb
	No       string // "Cancel", if empty
	Danger   bool   // it takes something away for good: Return does not say yes
	Act      func()
}

// Ask shows a question over a window.
func Ask(c fyne.Canvas, q Question) *Dialog {
	if q.No == "" {
		q.No = "Cancel"
	}
	var d *Dialog
	yes := NewButton(q.Yes, "", ButtonLook{Primary: !q.Danger, Danger: q.Danger}, func() {
		d.Hide()
		q.Act()
	})
	no := NewButton(q.No, "", ButtonLook{}, func() { d.Hide() })
	d = NewDialog(q.Title, NewBlock(Words{Text: q.Sentence, Style: theme.TextBody, Color: theme.Ink2}, 12), no, yes)
	if q.Danger {
		d.enter = nil
	}
	d.Show(c)
	return d
}

// Tell shows a sentence that has only to be read. detail, if there is one, is
// the server's words, below it and ready to be copied.
func Tell(c fyne.Canvas, title, sentence, detail string) *Dialog {
	var d *Dialog
	body := []fyne.CanvasObject{NewBlock(Words{Text: sentence, Style: theme.TextBody, Color: theme.Ink2}, 12)}
	if detail != "" {
		body = append(body, NewServerWords(detail, theme.Line))
	}
	d = NewDialog(title, Column(theme.Space3, body...), NewButton("Close", "", ButtonLook{Primary: true}, func() { d.Hide() }))
	d.Show(c)
	return d
}
