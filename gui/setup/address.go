package setup

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// State is how far something has come.
type State uint8

// The states.
const (
	Waiting State = iota
	Running
	Done
	Empty  // it went well, and had nothing
	Failed //
)

// Probe is a place where settings were looked for.
type Probe struct {
	State  State
	Place  string // "DNS service records"
	Result string // "agree with the above"
}

// Found is a setting that was found.
type Found struct {
	Kind     FoundKind
	Protocol widgets.Protocol // of a server to receive from
	Value    string           // "imap.fernlight.example"
	Detail   string           // "port 993, encrypted (TLS)"
}

// FoundKind says what a setting is for.
type FoundKind uint8

// The kinds.
const (
	Receiving FoundKind = iota
	Sending
	UserName
)

func (k FoundKind) name() string { return [...]string{"Receiving", "Sending", "User name"}[k] }
func (k FoundKind) icon() theme.Icon {
	return [...]theme.Icon{theme.IconInbox, theme.IconSend, theme.IconUser}[k]
}

const addressColumn float32 = 600

// addressPage asks for the address, and shows what was found for it.
type addressPage struct {
	widget.BaseWidget
	wizard *Wizard
	field  *widgets.Field
	row    *widgets.FormRow
	look   *widgets.Button
	next   *widgets.Button
	found  *fyne.Container // what was looked for and found
	frame  *frame
}

func newAddressPage(w *Wizard) *addressPage {
	p := &addressPage{wizard: w}
	p.look = widgets.NewButton("Look up", "", widgets.ButtonLook{}, func() { p.lookUp() })
	var end fyne.CanvasObject
	if w.calls.LookUp != nil {
		end = p.look
	}
	p.field = widgets.NewAddressField("you@example.org", end)
	p.field.Line.OnChanged = func(string) { p.row.SetError("") }
	p.field.Line.OnSubmit = func(string) { p.submit() }
	p.row = widgets.NewFormRow("", p.field, "")
	p.found = widgets.Column(0)
	p.next = widgets.NewButton("Continue", "", widgets.ButtonLook{Primary: true, Big: true}, p.forward)
	content := widgets.Column(0, p.head(), widgets.Gap(0, theme.Space5), p.row, p.found, widgets.Gap(0, theme.Space4), promise(w.texts.Promise))
	p.frame = newFrame(addressColumn, 56, content, newSteps(0), p.links()...)
	p.ExtendBaseWidget(p)
	return p
}

func (p *addressPage) head() fyne.CanvasObject {
	words := widgets.Column(0,
		widgets.NewText(p.wizard.texts.Title, theme.TextTitle, theme.Ink),
		widgets.NewBlock(widgets.Words{Text: p.wizard.texts.Sentence, Style: theme.TextBody, Color: theme.Ink2}, 3))
	return widgets.Row(theme.Space4, widgets.NewAppMark(48), widgets.Grow(words))
}

func promise(sentence string) fyne.CanvasObject {
	text := widgets.NewBlock(widgets.Words{Text: sentence, Style: theme.TextLine, Color: theme.Ink2}, 3)
	return widgets.TopRow(theme.Space2, widgets.Pad(1, 0, 0, 0, widgets.NewIconMark(theme.IconShieldCheck, theme.IconControl, theme.Good)), widgets.Grow(text))
}

func (p *addressPage) links() []fyne.CanvasObject {
	var parts []fyne.CanvasObject
	add := func(label string, act func()) {
		parts = append(parts, widgets.Pad(0, theme.Space3, 0, theme.Space3, widgets.NewLink(label, act)))
	}
	if p.wizard.calls.Demo != nil {
		add("Try the demo", p.wizard.calls.Demo)
	}
	if p.wizard.calls.Cancel != nil {
		add("Cancel", p.wizard.calls.Cancel)
	}
	if p.wizard.calls.LookUp != nil { // without it all is by hand
		add("Set up by hand", p.byHand)
	}
	return append(parts, p.next)
}

// address is what was typed, if it can be an address; if not, that is said.
func (p *addressPage) address() (string, bool) {
	typed := strings.TrimSpace(p.field.Text())
	if problem := AddressProblem(typed); problem != "" {
		p.row.SetError(problem)
		p.field.Focus()
		return "", false
	}
	return typed, true
}

// submit is Return: it looks up first, where that is possible.
func (p *addressPage) submit() {
	if p.wizard.calls.LookUp != nil && !p.wizard.looked(p.field.Text()) {
		p.lookUp()
		return
	}
	p.forward()
}

func (p *addressPage) lookUp() {
	if address, ok := p.address(); ok {
		p.wizard.lookUp(address)
	}
}

func (p *addressPage) forward() {
	if address, ok := p.address(); ok {
		p.wizard.choose(address)
	}
}

func (p *addressPage) byHand() {
	if address, ok := p.address(); ok {
		p.wizard.byHand(address)
	}
}

// show draws what was looked for and found.
func (p *addressPage) show(caption string, probes []Probe, found []Found) {
	parts := []fyne.CanvasObject{}
	if len(probes) > 0 {
		parts = append(parts, widgets.Gap(0, 16), widgets.NewSection("Where we looked", caption, nil))
		for _, probe := range probes {
			parts = append(parts, probeLine(probe))
		}
		p.look.SetLabel("Look up again")
	}
	if len(found) > 0 {
		parts = append(parts, widgets.Gap(0, theme.Space3), widgets.NewSection("Found", "", nil), widgets.Gap(0, 4), p.foundCard(found))
	}
	p.found.Objects = parts
	p.frame.Refresh()
}

const (
	probeHeight float32 = 28
	foundHeight float32 = 52
	foundName   float32 = 156
)

func probeLine(p Probe) fyne.CanvasObject {
	icon, color := stateIcon(p.State)
	return widgets.Fixed(0, probeHeight, widgets.Row(theme.Space2,
		widgets.NewIconMark(icon, theme.IconRow, color),
		widgets.Grow(widgets.NewText(p.Place, theme.TextLine, theme.Ink)),
		widgets.NewText(p.Result, theme.TextCaption, theme.Ink3)))
}

func stateIcon(s State) (theme.Icon, theme.Token) {
	switch s {
	case Running:
		return theme.IconRefresh, theme.Accent
	case Done:
		return theme.IconCheck, theme.Good
	case Failed:
		return theme.IconX, theme.Danger
	case Empty:
		return theme.IconMinus, theme.Ink3
	default:
		return theme.IconCircle, theme.Ink3
	}
}

func (p *addressPage) foundCard(found []Found) fyne.CanvasObject {
	lines := make([]fyne.CanvasObject, len(found))
	for i, f := range found {
		edit := widgets.NewIconButton(theme.IconPencil, "Change", p.byHand)
		edit.SetIconSize(theme.IconControl)
		name := []fyne.CanvasObject{widgets.NewText(f.Kind.name(), theme.TextBody.With(theme.Medium), theme.Ink)}
		if f.Kind == Receiving {
			name = append(name, widgets.NewTag(f.Protocol))
		}
		lines[i] = widgets.Pad(0, theme.Space2, 0, theme.Space4, widgets.Row(theme.Space3,
			widgets.NewIconMark(f.Kind.icon(), theme.IconCard, theme.Ink2),
			widgets.Fixed(foundName, 0, widgets.Row(theme.Space2, name...)),
			widgets.Grow(widgets.Column(0, widgets.NewText(f.Value, theme.TextLine, theme.Ink), widgets.NewText(f.Detail, theme.TextCaption, theme.Ink3))),
			edit))
	}
	return widgets.NewLinesCard(foundHeight, lines...)
}

// CreateRenderer is for Fyne.
func (p *addressPage) CreateRenderer() fyne.WidgetRenderer { return widgets.Wrapped(p.frame) }
