package widgets

import "fyne.io/fyne/v2"

// A LineQuestion asks for a line of text, such as a name.
type LineQuestion struct {
	Title string
	Text  string // to change
	Name  string // of the field, while it is empty
	Hint  string // below it
	Yes   string // what is done, as a verb
	// Act does it and tells then why it cannot be done; with "" the dialog
	// closes, else it stays open with what was typed.
	Act func(text string, then func(why string))
}

// lineDialog is a line question over a window.
type lineDialog struct {
	LineQuestion
	field  *Field
	row    *FormRow
	yes    *Button
	dialog *Dialog
}

// AskLine shows a question over a window.
func AskLine(c fyne.Canvas, q LineQuestion) *Dialog {
	d := &lineDialog{LineQuestion: q, field: NewField(q.Name)}
	d.field.SetText(q.Text)
	d.row = NewFormRow("", d.field, q.Hint)
	d.field.Line.OnChanged = func(string) { d.say("") }
	d.field.Line.OnSubmit = func(string) { d.take() }
	d.yes = NewButton(q.Yes, "", ButtonLook{Primary: true}, d.take)
	d.dialog = NewDialog(q.Title, d.row, NewButton("Cancel", "", ButtonLook{}, func() { d.dialog.Hide() }), d.yes)
	d.dialog.Show(c)
	d.field.Focus()
	d.field.Line.SelectAll()
	return d.dialog
}

// say puts what is wrong below the field.
func (d *lineDialog) say(why string) {
	d.row.SetError(why)
	d.dialog.Fit()
}

func (d *lineDialog) take() {
	if d.yes.Disabled() {
		return
	}
	d.yes.Disable()
	d.Act(d.field.Text(), func(why string) {
		d.yes.Enable()
		if why != "" {
			d.say(why)
			return
		}
		d.dialog.Hide()
	})
}
