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
}

// Passed says whether a test ended, and well.
func (t Test) Passed() bool {
	if t.Running || len(t.Steps) == 0 {
		return false
	}
	for _, s := range t.Steps {
		if s.State == Failed {
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
	test     Test
	adding   bool
	wanted   bool // the person pressed Add: it follows when the test went well

	outcome *fyne.Container
	try     *widgets.Button
	add     *widgets.Button
	frame   *frame
}

func newServersPage(w *Wizard, a Account, found bool) *serversPage {
	p := &serversPage{wizard: w, address: a.Address, protocol: a.Protocol, form: NewForm(a, w.texts.Keeping)}
	p.form.Changed = p.edited
	sentence := "These are the usual names; your provider may use others. Each step is tried before anything is kept."
	if found {
		sentence = "These were found. Each step is tried before anything is kept."
	}
	p.outcome = widgets.Column(0)
	p.try = widgets.NewButton("Test", theme.IconRefresh, widgets.ButtonLook{Big: true}, func() { p.run(false) })
	p.add = widgets.NewButton("Add account", "", widgets.ButtonLook{Primary: true, Big: true}, func() { p.run(true) })
	back := widgets.NewButton("Back", "", widgets.ButtonLook{Big: true}, w.toChoice)
	p.form.password.Line.OnSubmit = func(string) { p.run(true) }
	content := widgets.Column(0,
		widgets.NewText("Sign in to "+domain(a.Address), theme.TextTitle, theme.Ink),
		widgets.Gap(0, theme.Space1), widgets.NewBlock(widgets.Words{Text: sentence, Style: theme.TextBody, Color: theme.Ink2}, 3),
		widgets.Gap(0, theme.Space5),
		widgets.NewCard(widgets.Pad(20, theme.Space5, theme.Space5, theme.Space5, p.form)),
		p.outcome)
	p.frame = newFrame(addressColumn, 52, content, newSteps(2), back, p.try, p.add)
	p.ExtendBaseWidget(p)
	return p
}

// edited is told of each change: a test of other values says nothing any more.
func (p *serversPage) edited() {
	if p.test.Running {
		p.wizard.stopTry()
	}
	if len(p.test.Steps) > 0 || p.wanted {
		p.wanted = false
		p.setTest(Test{})
	}
}

// run tries the account, and adds it afterwards if add is set.
func (p *serversPage) run(add bool) {
	if p.adding || p.test.Running || !p.form.Check() {
		return
	}
	p.wanted = add
	if add && p.test.Passed() {
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
	p.test = t
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
	busy := p.test.Running || p.adding
	for _, b := range []*widgets.Button{p.try, p.add} {
		if busy {
			b.Disable()
		} else {
			b.Enable()
		}
	}
	var parts []fyne.CanvasObject
	if len(p.test.Steps) > 0 {
		parts = append(parts, widgets.Gap(0, theme.Space4), widgets.NewSection("Test", p.verdict(), nil))
		for _, s := range p.test.Steps {
			parts = append(parts, stepLines(s)...)
		}
	}
	if problem != "" {
		parts = append(parts, widgets.Gap(0, theme.Space3), widgets.NewNoticeBar(widgets.Notice{Severity: widgets.Danger, Icon: theme.IconAlert, Text: problem}))
	}
	if p.failed() {
		parts = append(parts, widgets.Gap(0, theme.Space3), widgets.NewNoticeBar(widgets.Notice{
			Severity: widgets.Warning, Icon: theme.IconTriangleAlert,
			Text:    "Nothing was kept yet. Change what is wrong, or add the account as it is and sign in later.",
			Actions: []widgets.NoticeAction{{Label: "Add as it is", Act: p.keep}},
		}))
	}
	p.outcome.Objects = parts
	p.frame.Refresh()
	if len(parts) > 0 {
		p.frame.scroll.RevealObject(p.outcome)
	}
}

func (p *serversPage) failed() bool {
	return !p.test.Running && !p.adding && len(p.test.Steps) > 0 && !p.test.Passed()
}

func (p *serversPage) verdict() string {
	switch {
	case p.test.Running:
		return "running"
	case p.test.Passed():
		return "all went well"
	default:
		return "did not go through"
	}
}

func stepLines(s TestStep) []fyne.CanvasObject {
	icon, color := stateIcon(s.State)
	ink := theme.Ink
	if s.State == Failed {
		ink = theme.Danger
	}
	lines := []fyne.CanvasObject{widgets.Fixed(0, probeHeight, widgets.Row(theme.Space2,
		widgets.NewIconMark(icon, theme.IconRow, color),
		widgets.NewText(s.Name, theme.TextLine, ink), widgets.Spring(),
		widgets.NewText(s.Detail, theme.TextCaption, theme.Ink3)))}
	const under = theme.IconRow + theme.Space2
	if s.Problem != "" {
		text := widgets.NewBlock(widgets.Words{Text: s.Problem, Style: theme.TextLine, Color: theme.Ink2}, 6)
		lines = append(lines, widgets.Pad(0, 0, theme.Space2, under, text))
	}
	if s.Words != "" {
		lines = append(lines, widgets.Pad(0, 0, theme.Space2, under, widgets.NewServerWords(s.Words, theme.DangerLine)))
	}
	return lines
}

// CreateRenderer is for Fyne.
func (p *serversPage) CreateRenderer() fyne.WidgetRenderer { return widgets.Wrapped(p.frame) }
