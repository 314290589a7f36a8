package setup

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// EditorCalls are what an editor asks its owner for.
type EditorCalls struct {
	Try     func(Account) // the answer comes by [Editor.SetTest]; an empty password is the one that is kept
	StopTry func()
	Save    func(Account) // [Editor.SetSaving] tells how that went
}

// An Editor changes the servers and the sign-in of an account that there is.
// Nothing is kept before Save.
type Editor struct {
	widget.BaseWidget
	calls  EditorCalls
	form   *Form
	trial  *trial
	saving bool
	wanted bool // Save was pressed: it follows when the test went well
	try    *widgets.Button
	save   *widgets.Button
	said   *widgets.Text
	column *fyne.Container
}

// NewEditor shows an account's values.
func NewEditor(a Account, keeping string, calls EditorCalls) *Editor {
	e := &Editor{calls: calls, form: NewForm(a, "Empty keeps the one there is. "+keeping), trial: newTrial()}
	e.form.Changed = e.edited
	e.try = widgets.NewButton("Test", theme.IconRefresh, widgets.ButtonLook{}, func() { e.run(false) })
	e.save = widgets.NewButton("Save", "", widgets.ButtonLook{Primary: true}, func() { e.run(true) })
	e.save.Disable()
	e.said = widgets.NewText("", theme.TextCaption, theme.Ink3)
	e.column = widgets.AtMost(addressColumn, widgets.Column(0, e.form, widgets.Gap(0, theme.Space5),
		widgets.Row(theme.Space2, e.save, e.try, e.said, widgets.Spring()), e.trial.outcome))
	e.ExtendBaseWidget(e)
	return e
}

func (e *Editor) edited() {
	if e.trial.test.Running && e.calls.StopTry != nil {
		e.calls.StopTry()
	}
	e.wanted = false
	e.said.SetText("")
	if len(e.trial.test.Steps) > 0 || e.trial.test.Running {
		e.SetTest(Test{})
	}
	e.save.Enable()
}

func (e *Editor) run(save bool) {
	if e.saving || e.trial.test.Running || !e.form.Check() {
		return
	}
	e.wanted = save
	if save && e.trial.test.Passed() {
		e.keep()
		return
	}
	e.SetTest(Test{Running: true})
	e.calls.Try(e.form.Account())
}

func (e *Editor) keep() {
	e.wanted = false
	e.SetSaving(true, "")
	e.calls.Save(e.form.Account())
}

// SetTest shows how far a test has come. What was to be saved is saved when it
// went well.
func (e *Editor) SetTest(t Test) {
	e.trial.test = t
	e.form.offerPins(t)
	e.show("")
	if e.wanted && t.Passed() {
		e.keep()
	}
	if !t.Running && !t.Passed() {
		e.wanted = false
	}
}

// Edited says whether there is something that was not saved.
func (e *Editor) Edited() bool { return !e.save.Disabled() }

// SetSaving shows that it is being saved, or that it is (running and problem are
// empty), or in a sentence why that did not go.
func (e *Editor) SetSaving(running bool, problem string) {
	e.saving = running
	e.show(problem)
	if !running && problem == "" {
		e.said.SetText("Saved.")
		e.save.Disable()
	}
}

func (e *Editor) show(problem string) {
	enable(!e.trial.test.Running && !e.saving, e.try, e.save)
	asIs := e.keep
	if e.saving {
		asIs = nil
	}
	e.trial.show(problem, asIs, "Save as it is", "Nothing was saved yet.")
	e.Refresh()
}

// HeightFor is the height for a width.
func (e *Editor) HeightFor(width float32) float32 { return widgets.HeightOf(e.column, width) }

// CreateRenderer is for Fyne.
func (e *Editor) CreateRenderer() fyne.WidgetRenderer { return widgets.Wrapped(e.column) }
