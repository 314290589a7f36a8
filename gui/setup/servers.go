package setup

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// Test is how far the test of an account has come.
type Test struct {
	Running bool
	Steps   []TestStep
}

// TestStep is a step of a test: connect, encrypt, sign in, look around.
type TestStep struct {
	State   State
	Name    string // "Connect"
	Detail  string // "imap.fernlight.example:993, 212 ms"
	Problem string // our sentence, if it failed
	Words   string // the server's own, if there are any

	// Distrust says that it failed for the server's certificate; Sending, that the
	// server is the outgoing one.
	Distrust, Sending bool
}

// Passed says whether a test ended, and well.
func (t Test) Passed() bool {
	if t.Running || len(t.Steps) == 0 {
		return false
	}
	for _, s := range t.Steps {
		if s.State != Done && s.State != Empty {
			return false
		}
	}
	return true
}

// serversPage asks for the password and shows the servers, all of which can be
// changed and tried.
type serversPage struct {
	widget.BaseWidget
	wizard   *Wizard
	address  string
	protocol widgets.Protocol
	form     *Form
	adding   bool
	wanted   bool // the person pressed Add: it follows when the test went well

	trial *trial
	try   *widgets.Button
	add   *widgets.Button
	frame *frame
}

func newServersPage(w *Wizard, a Account, found bool) *serversPage {
	p := &serversPage{wizard: w, address: a.Address, protocol: a.Protocol, form: NewForm(a, w.texts.Keeping)}
	p.form.Changed = p.edited
	sentence := "These are the usual names; your provider may use others. Each step is tried before anything is kept."
	if found {
		sentence = "These were found. Each step is tried before anything is kept."
	}
	p.trial = newTrial()
	p.try = widgets.NewButton("Test", theme.IconRefresh, widgets.ButtonLook{Big: true}, func() { p.run(false) })
	p.add = widgets.NewButton("Add account", "", widgets.ButtonLook{Primary: true, Big: true}, func() { p.run(true) })
	back := widgets.NewButton("Back", "", widgets.ButtonLook{Big: true}, w.toChoice)
	p.form.password.Line.OnSubmit = func(string) { p.run(true) }
	content := widgets.Column(0,
		widgets.NewText("Sign in to "+domain(a.Address), theme.TextTitle, theme.Ink),
		widgets.Gap(0, theme.Space1), widgets.NewBlock(widgets.Words{Text: sentence, Style: theme.TextBody, Color: theme.Ink2}, 3),
		widgets.Gap(0, theme.Space5),
		widgets.NewCard(widgets.Pad(20, theme.Space5, theme.Space5, theme.Space5, p.form)),
		p.trial.outcome)
	p.frame = newFrame(addressColumn, 52, content, newSteps(2), back, p.try, p.add)
	p.ExtendBaseWidget(p)
	return p
}

// edited is told of each change: a test of other values says nothing any more.
func (p *serversPage) edited() {
	if p.trial.test.Running {
		p.wizard.stopTry()
	}
	if len(p.trial.test.Steps) > 0 || p.wanted {
		p.wanted = false
		p.setTest(Test{})
	}
}

// run tries the account, and adds it afterwards if add is set.
func (p *serversPage) run(add bool) {
	if p.adding || p.trial.test.Running || !p.form.Check() {
		return
	}
	p.wanted = add
	if add && p.trial.test.Passed() {
		p.keep()
		return
	}
	p.setTest(Test{Running: true})
	p.wizard.calls.Try(p.form.Account())
}

func (p *serversPage) keep() {
	p.wanted = false
	p.setAdding(true, "")
	p.wizard.calls.Add(p.form.Account())
}

func (p *serversPage) setTest(t Test) {
	p.trial.test = t
	p.form.offerPins(t)
	p.show("")
	if p.wanted && t.Passed() {
		p.keep()
	}
	if !t.Running && !t.Passed() {
		p.wanted = false
	}
}

func (p *serversPage) setAdding(running bool, problem string) {
	p.adding = running
	p.show(problem)
}

// show draws the test, and what went wrong.
func (p *serversPage) show(problem string) {
	enable(!p.trial.test.Running && !p.adding, p.try, p.add)
	asIs := p.keep
	if p.adding {
		asIs = nil
	}
	p.trial.show(problem, asIs, "Add as it is", "Nothing was kept yet. Change what is wrong, or add the account as it is and sign in later.")
	p.frame.Refresh()
	if len(p.trial.outcome.Objects) > 0 {
		p.frame.scroll.RevealObject(p.trial.outcome)
	}
}

// enable lets buttons be pressed, or not.
func enable(on bool, buttons ...*widgets.Button) {
	for _, b := range buttons {
		if on {
			b.Enable()
		} else {
			b.Disable()
		}
	}
}

// CreateRenderer is for Fyne.
func (p *serversPage) CreateRenderer() fyne.WidgetRenderer { return widgets.Wrapped(p.frame) }
