package compose

import (
	"time"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
)

// send sends the message now.
func (w *Window) send() { w.sendAt(time.Time{}) }

// sendAt sends the message at a time, after asking about all that speaks against
// it.
func (w *Window) sendAt(at time.Time) {
	w.commit()
	w.settle(w.model.Doubts(), func() {
		w.model.Send(at, func(d *vm.Dispatch) {
			if d == nil {
				return
			}
			w.gone()
			if w.room.Sent != nil {
				w.room.Sent(d)
			}
		})
	})
}

// settle asks about one doubt after the other, and goes on when none is left.
func (w *Window) settle(doubts []vm.Doubt, then func()) {
	if len(doubts) == 0 {
		then()
		return
	}
	d := doubts[0]
	if d.Stops {
		widgets.Tell(w.window.Canvas(), d.Title, d.Text, "")
		return
	}
	widgets.Ask(w.window.Canvas(), widgets.Question{
		Title: d.Title, Sentence: d.Text, Yes: d.Yes, No: "Keep writing", Act: func() { w.settle(doubts[1:], then) },
	})
}

// sendLater offers times to send at.
func (w *Window) sendLater() {
	if w.model.Redirects() {
		return // it goes out at once
	}
	icons := map[string]theme.Icon{"Monday morning": theme.IconCalendar}
	var items []widgets.MenuItem
	for _, l := range w.model.LaterTimes() {
		icon, ok := icons[l.Label]
		if !ok {
			icon = theme.IconSunrise
		}
		items = append(items, widgets.MenuItem{Label: l.Label, Icon: icon, Note: l.Note, Act: func() { w.sendAt(l.At) }})
	}
	items = append(items, widgets.MenuItem{Label: "Choose a time…", Icon: theme.IconClock, Act: w.chooseTime})
	widgets.ShowMenuBelow(w.foot.send, true, items)
}

// chooseTime asks for a day and a time of day.
func (w *Window) chooseTime() {
	tomorrow := w.room.Desk.Now().AddDate(0, 0, 1)
	day, clock := widgets.NewField("2026-01-31"), widgets.NewField("08:00")
	day.SetText(tomorrow.Format("2006-01-02"))
	clock.SetText("08:00")
	row := widgets.NewFormRow("Day", day, "")
	var d *widgets.Dialog
	submit := func() {
		at, err := w.model.When(day.Text(), clock.Text())
		if err != nil {
			text, _ := vm.Explain(err)
			row.SetError(text)
			return
		}
		d.Hide()
		w.sendAt(at)
	}
	for _, f := range []*widgets.Field{day, clock} {
		f.Line.OnSubmit = func(string) { submit() }
	}
	body := widgets.TopRow(theme.Space4, widgets.Grow(row), widgets.Grow(widgets.NewFormRow("Time", clock, "")))
	d = widgets.NewDialog("Send later", body,
		widgets.NewButton("Cancel", "", widgets.ButtonLook{}, func() { d.Hide() }),
		widgets.NewButton("Send then", theme.IconClock, widgets.ButtonLook{Primary: true}, submit))
	d.Show(w.window.Canvas())
	clock.Focus()
	clock.Line.SelectAll()
}
