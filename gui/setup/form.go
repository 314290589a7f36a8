package setup

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// A Form has the fields of an account's servers: for adding one by hand, and
// for changing one.
type Form struct {
	widget.BaseWidget
	// Changed is called after each change by the person; may be nil.
	Changed func()

	account  Account
	name     *widgets.Field
	label    *widgets.Field
	incoming *serverFields
	outgoing *serverFields
	sends    *widgets.Check
	password *widgets.Field
	signIn   *widgets.FormRow
	column   *fyne.Container
	sending  *fyne.Container
}

// NewForm is a form that has an account's values. keeping says in a few words
// where passwords are kept.
func NewForm(a Account, keeping string) *Form {
	f := &Form{account: a}
	f.name = f.field("Nora Falk", a.Name)
	f.label = f.field(domain(a.Address), a.Label)
	f.password = widgets.NewPasswordField("")
	f.password.SetText(a.Password)
	f.password.Line.OnChanged = func(string) { f.changed() }
	f.signIn = widgets.NewFormRow("Password", f.password, keeping)
	f.incoming = newServerFields(f, incoming(a.Protocol), a.Incoming)
	f.outgoing = newServerFields(f, serviceSMTP, a.Outgoing)
	f.sends = widgets.NewCheck("This account can send mail", a.Sends, func(bool) { f.arrange(); f.changed() })
	f.outgoing.own = widgets.NewCheck("Sending has a sign-in of its own", a.OwnOutgoing, func(bool) { f.arrange(); f.changed() })
	f.outgoing.password.SetText(a.OutgoingPassword)
	f.sending = widgets.Column(theme.Space3, f.outgoing.column, f.outgoing.own, f.outgoing.signIn)
	f.column = widgets.Column(theme.Space3,
		widgets.Beside(480, theme.Space4,
			widgets.NewFormRow("Your name", f.name, "As people see it when you write."),
			widgets.NewFormRow("Name of the account", f.label, "As you see it here.")),
		f.signIn,
		sectionHead("Receiving", a.Protocol), f.incoming.column,
		sectionHead("Sending", widgets.NoProtocol), f.sends, f.sending)
	f.arrange()
	f.ExtendBaseWidget(f)
	return f
}

func sectionHead(title string, p widgets.Protocol) fyne.CanvasObject {
	parts := []fyne.CanvasObject{widgets.NewText(title, theme.TextHead, theme.Ink)}
	if p != widgets.NoProtocol {
		parts = append(parts, widgets.NewTag(p))
	}
	return widgets.Pad(theme.Space3, 0, 0, 0, widgets.Row(theme.Space2, append(parts, widgets.Spring())...))
}

func (f *Form) field(hint, text string) *widgets.Field {
	field := widgets.NewField(hint)
	field.SetText(text)
	field.Line.OnChanged = func(string) { f.changed() }
	return field
}

func (f *Form) changed() {
	if f.Changed != nil {
		f.Changed()
	}
}

// arrange shows the fields that there is something to say in.
func (f *Form) arrange() {
	f.sending.Hidden = !f.sends.On()
	f.outgoing.user.Hidden = !f.outgoing.own.On()
	f.outgoing.signIn.Hidden = !f.outgoing.own.On()
	f.column.Refresh()
}

func (f *Form) focus() { f.password.Focus() }

// Account is what the form says now.
func (f *Form) Account() Account {
	a := f.account
	a.Name, a.Label = strings.TrimSpace(f.name.Text()), strings.TrimSpace(f.label.Text())
	a.Password = f.password.Text()
	a.Incoming = f.incoming.server()
	a.Sends = f.sends.On()
	a.Outgoing = f.outgoing.server()
	a.OwnOutgoing = f.outgoing.own.On()
	if !a.OwnOutgoing {
		a.Outgoing.User = a.Incoming.User
	}
	a.OutgoingPassword = f.outgoing.password.Text()
	return a
}

// Check says at each field what is wrong with it; ok means that nothing is.
func (f *Form) Check() (ok bool) {
	ok = f.incoming.check()
	if f.sends.On() {
		ok = f.outgoing.check() && ok
	}
	f.column.Refresh()
	return ok
}

// HeightFor is the height for a width.
func (f *Form) HeightFor(width float32) float32 { return widgets.HeightOf(f.column, width) }

// CreateRenderer is for Fyne.
func (f *Form) CreateRenderer() fyne.WidgetRenderer { return widgets.Wrapped(f.column) }

// serverFields are the fields of one server.
type serverFields struct {
	form     *Form
	service  service
	host     *widgets.Field
	port     *widgets.Field
	security *widgets.Select
	userName *widgets.Field

	hostRow, portRow *widgets.FormRow
	user             *widgets.FormRow
	pin              *widgets.Field
	pinRow           *widgets.FormRow // hidden until there is a reason for it
	column           *fyne.Container

	// of the outgoing server alone
	own      *widgets.Check
	password *widgets.Field
	signIn   *widgets.FormRow
}

const (
	portWidth     float32 = 96
	securityWidth float32 = 180
)

func newServerFields(f *Form, sv service, s Server) *serverFields {
	g := &serverFields{form: f, service: sv}
	g.host = f.field("", s.Host)
	g.port = f.field("", "")
	if s.Port > 0 {
		g.port.SetText(strconv.Itoa(s.Port))
	}
	g.security = widgets.NewSelect(securityNames, int(s.Security), false, func(int) { g.securityChanged(); f.changed() })
	g.userName = f.field("", s.User)
	g.password = widgets.NewPasswordField("")
	g.password.Line.OnChanged = func(string) { f.changed() }
	g.hostRow = widgets.NewFormRow("Server", g.host, "")
	g.portRow = widgets.NewFormRow("Port", g.port, "")
	g.user = widgets.NewFormRow("User name", g.userName, "")
	g.pin = f.field("", s.Pin)
	g.pinRow = widgets.NewFormRow("Fingerprint of its certificate", g.pin, pinHint)
	g.pinRow.Hidden = s.Pin == ""
	g.signIn = widgets.NewFormRow("Password for sending", g.password, "")
	g.column = widgets.Column(theme.Space3,
		widgets.TopRow(theme.Space4, widgets.Grow(g.hostRow), widgets.Fixed(portWidth, 0, g.portRow), widgets.Fixed(securityWidth, 0, widgets.NewFormRow("Encryption", g.security, ""))),
		g.user, g.pinRow)
	return g
}

// securityChanged puts the usual port in, unless the person wrote one that is
// not usual.
func (g *serverFields) securityChanged() {
	typed := g.port.Text()
	for _, usual := range ports[g.service] {
		if typed == "" || typed == strconv.Itoa(usual) {
			g.port.SetText(strconv.Itoa(port(g.service, Security(g.security.Chosen()))))
			return
		}
	}
}

func (g *serverFields) server() Server {
	number, _ := strconv.Atoi(strings.TrimSpace(g.port.Text()))
	return Server{
		Host: strings.TrimSpace(g.host.Text()), Port: number,
		Security: Security(g.security.Chosen()), User: strings.TrimSpace(g.userName.Text()), Pin: strings.TrimSpace(g.pin.Text()),
	}
}

func (g *serverFields) check() bool {
	host := hostProblem(g.host.Text())
	port := ""
	if n, err := strconv.Atoi(strings.TrimSpace(g.port.Text())); err != nil || n < 1 || n > 65535 {
		port = "1 to 65535"
	}
	pin := pinProblem(g.pin.Text())
	g.hostRow.SetError(host)
	g.portRow.SetError(port)
	g.pinRow.SetError(pin)
	return host == "" && port == "" && pin == ""
}

// offerPins shows where a certificate of the person's own choice can be named,
// after one was refused that no authority vouches for. It has to be typed: what
// one click can wave through protects nobody.
func (f *Form) offerPins(t Test) {
	for _, s := range t.Steps {
		if s.State != Failed || !s.Distrust {
			continue
		}
		g := f.incoming
		if s.Sending {
			g = f.outgoing
		}
		g.pinRow.Hidden = false
		f.column.Refresh()
	}
}
