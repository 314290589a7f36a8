package settings

import (
	"slices"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// Account is what the head of an account's page says.
type Account struct {
	Swatch   theme.Token
	Name     string
	Protocol widgets.Protocol
	Address  string
	Checked  string // "Checked 09:41, next 09:51"
}

// AccountParts are the parts of an account's page, in the order of its tabs; a
// nil one has no tab.
type AccountParts struct {
	Custody  *CustodyView
	Servers  fyne.CanvasObject // a setup.Form with its buttons
	Identity fyne.CanvasObject
	Folders  fyne.CanvasObject
	Removal  fyne.CanvasObject
}

// AccountPage is all about one account.
type AccountPage struct {
	page
	swatch  *widgets.SwatchMark
	name    *widgets.Text
	tag     *widgets.Tag
	address *widgets.Text
	checked *widgets.Text
	names   []string // of the parts
}

// NewAccountPage is a page of an account. check has it look for mail now, closed
// is called when the person closes the page.
func NewAccountPage(a Account, parts AccountParts, check, closed func()) *AccountPage {
	p := &AccountPage{
		swatch: widgets.NewSwatchMark(a.Swatch), name: widgets.NewText(a.Name, theme.TextSubject, theme.Ink), tag: widgets.NewTag(a.Protocol),
		address: widgets.NewText(a.Address, theme.TextLine, theme.Ink3), checked: widgets.NewText(a.Checked, theme.TextCaption, theme.Ink3),
	}
	var names []string
	var shown []fyne.CanvasObject
	add := func(name string, part fyne.CanvasObject) {
		names, shown = append(names, name), append(shown, part)
	}
	if parts.Custody != nil {
		add("Custody", parts.Custody)
	}
	for _, part := range []struct {
		name   string
		object fyne.CanvasObject
	}{{"Servers", parts.Servers}, {"Identity", parts.Identity}, {"Folders", parts.Folders}, {"Removal", parts.Removal}} {
		if part.object != nil {
			add(part.name, part.object)
		}
	}
	p.names = names
	p.build(p, names, shown,
		widgets.Row(theme.Space2, p.swatch, p.name), p.tag, widgets.Grow(p.address), p.checked,
		widgets.NewButton("Check now", theme.IconRefresh, widgets.ButtonLook{}, check),
		widgets.NewIconButton(theme.IconX, "Close", closed))
	return p
}

// OpenPart shows the part with a name, if there is one: "Removal".
func (p *AccountPage) OpenPart(name string) {
	if i := slices.Index(p.names, name); i >= 0 {
		p.Open(i)
	}
}

// Set changes what the head says.
func (p *AccountPage) Set(a Account) {
	p.swatch.SetColor(a.Swatch)
	p.name.SetText(a.Name)
	p.tag.SetProtocol(a.Protocol)
	p.address.SetText(a.Address)
	p.checked.SetText(a.Checked)
}
