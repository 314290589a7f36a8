package settings

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// Identity is a name and an address that mail is sent from.
type Identity struct {
	Name      string
	Address   string
	ReplyTo   string
	Signature string // Markdown
}

// Identities is the part of an account's page with what mail is sent from. The
// first is the account's own, whose address stays.
type Identities struct {
	widget.BaseWidget
	list    []Identity
	told    []Identity
	changed func([]Identity)
	cards   *fyne.Container
	column  *fyne.Container
}

const signatureHeight float32 = 112

// NewIdentities shows identities. changed is told when the person leaves a field
// that is not what it was, and when one is added or removed.
func NewIdentities(list []Identity, changed func([]Identity)) *Identities {
	p := &Identities{list: slices.Clone(list), told: slices.Clone(list), changed: changed}
	p.cards = widgets.Column(theme.Space5)
	add := widgets.NewButton("Add an address", theme.IconPlus, widgets.ButtonLook{}, p.add)
	p.column = widgets.AtMost(settingsColumn, widgets.Column(theme.Space5, p.cards, widgets.Start(add)))
	p.build()
	p.ExtendBaseWidget(p)
	return p
}

func (p *Identities) build() {
	p.cards.Objects = nil
	for i := range p.list {
		p.cards.Add(p.card(i))
	}
}

func (p *Identities) add() {
	p.list = append(p.list, Identity{Name: p.list[0].Name})
	p.build()
	p.Refresh()
}

func (p *Identities) remove(i int) {
	p.list = slices.Delete(p.list, i, i+1)
	p.build()
	p.Refresh()
	p.tell()
}

// tell hands on what is complete: an identity without an address is not one yet.
func (p *Identities) tell() {
	complete := slices.DeleteFunc(slices.Clone(p.list), func(id Identity) bool { return !strings.Contains(id.Address, "@") })
	if slices.Equal(complete, p.told) {
		return
	}
	p.told = complete
	p.changed(slices.Clone(complete))
}

func (p *Identities) card(i int) fyne.CanvasObject {
	id := &p.list[i]
	address := p.field(&id.Address)
	title := "This account"
	if i == 0 {
		address.Disable()
	} else {
		title = "Another address"
	}
	rows := []fyne.CanvasObject{
		widgets.Beside(480, theme.Space4, widgets.NewFormRow("Name", p.field(&id.Name), ""), widgets.NewFormRow("Address", address, "")),
		widgets.NewFormRow("Answers go to", p.field(&id.ReplyTo), "Empty for the address itself."),
		widgets.NewFormRow("Signature", p.signature(&id.Signature), "Below what you write. Markdown."),
	}
	if i > 0 {
		rows = append(rows, widgets.Start(widgets.NewButton("Remove", theme.IconTrash, widgets.ButtonLook{}, func() { p.remove(i) })))
	}
	return card(title, widgets.Column(theme.Space3, rows...))
}

// field is a field for one of the values, which is trimmed.
func (p *Identities) field(at *string) *widgets.Field {
	f := widgets.NewField("")
	f.SetText(*at)
	f.Line.OnChanged = func(text string) { *at = strings.TrimSpace(text) }
	f.Line.OnFocus = func(on bool) {
		if !on {
			p.tell()
		}
	}
	return f
}

func (p *Identities) signature(at *string) fyne.CanvasObject {
	e := widgets.NewEditor("")
	e.SetText(*at)
	e.OnChanged = func() { *at = strings.TrimRight(e.Text(), "\n ") }
	e.OnFocus = func(on bool) {
		if !on {
			p.tell()
		}
	}
	return widgets.Fixed(0, signatureHeight, widgets.Stack(widgets.NewCardFill(theme.Paper, theme.Control, theme.RadiusControl), widgets.Pad(4, 2, 4, 2, e)))
}

// HeightFor is the height for a width.
func (p *Identities) HeightFor(width float32) float32 { return widgets.HeightOf(p.column, width) }

// CreateRenderer is for Fyne.
func (p *Identities) CreateRenderer() fyne.WidgetRenderer { return widgets.Wrapped(p.column) }
