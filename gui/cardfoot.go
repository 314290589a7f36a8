package gui

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
)

// cardFoot is below the text of a card: the files that came with it, in as many
// lines as they need, and under the newest message the ways to answer.
type cardFoot struct {
	reader  *reader
	chips   []*widgets.AttachmentChip
	answer  *widgets.Button
	forward *widgets.Button
	several bool // an answer is to all
	answers bool // the buttons show
	object  *fyne.Container
}

const (
	chipHeight float32 = 40
	chipGap    float32 = 8
)

func newCardFoot(r *reader) *cardFoot {
	f := &cardFoot{reader: r}
	f.answer = widgets.NewButton("Reply", theme.IconReply, widgets.ButtonLook{}, func() {
		if f.several {
			r.shell.do(actReplyAll)
		} else {
			r.shell.do(actReply)
		}
	})
	f.forward = widgets.NewButton("Forward", theme.IconForward, widgets.ButtonLook{}, func() { r.shell.do(actForward) })
	f.object = widgets.Placed(fyne.NewSize(100, 0), func(size fyne.Size) { f.height(size.Width) })
	return f
}

// height lays the foot out in a width and says how high it is. The buttons stand
// at the right of the last line, or below it where it has no room.
func (f *cardFoot) height(width float32) float32 {
	x, y := float32(0), float32(0)
	for _, chip := range f.chips {
		w := min(chip.MinSize().Width, width)
		if x > 0 && x+w > width {
			x, y = 0, y+chipHeight+chipGap
		}
		widgets.Put(chip, x, y, w, chipHeight)
		x += w + chipGap
	}
	if !f.answers {
		if len(f.chips) == 0 {
			return 0
		}
		return y + chipHeight
	}
	line := chipHeight
	need := f.answer.MinSize().Width + chipGap + f.forward.MinSize().Width
	switch {
	case len(f.chips) == 0:
		line = theme.ControlHeight
	case x+need > width:
		y += chipHeight + chipGap
		line = theme.ControlHeight
	}
	left := widgets.PutRight(f.forward, width, y, line)
	widgets.PutRight(f.answer, left-chipGap, y, line)
	return y + line
}

// update shows a card's files, and how it can be answered if it is the newest.
func (f *cardFoot) update(card *vm.Card, newest bool) {
	f.chips = nil
	f.object.RemoveAll()
	if card.Body != nil {
		for _, file := range card.Body.Files {
			f.chips = append(f.chips, f.reader.fileChip(file))
			f.object.Add(f.chips[len(f.chips)-1])
		}
	}
	if f.answers = newest && !card.Draft; !f.answers {
		return
	}
	f.several = card.Several()
	label, icon := "Reply", theme.IconReply
	if f.several {
		label, icon = "Reply all", theme.IconReplyAll
	}
	f.answer.SetLabel(label)
	f.answer.SetIcon(icon)
	f.object.Add(f.answer)
	f.object.Add(f.forward)
}
