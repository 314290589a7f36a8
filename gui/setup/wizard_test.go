package setup

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"postrider/gui/fynetest"
	"postrider/gui/widgets"
)

// person drives a wizard as somebody in front of it would, and keeps what it
// asked for.
type person struct {
	*Wizard
	looked []string
	tried  []Account
	added  []Account
}

func newPerson(t *testing.T, lookUp bool) *person {
	t.Helper()
	fynetest.New(t)
	p := &person{}
	calls := Calls{
		Try: func(a Account) { p.tried = append(p.tried, a) },
		Add: func(a Account) { p.added = append(p.added, a) },
	}
	if lookUp {
		calls.LookUp = func(address string) { p.looked = append(p.looked, address) }
	}
	p.Wizard = NewWizard(texts, calls)
	w := test.NewWindow(p.Wizard)
	w.Resize(fyne.NewSize(1000, 700))
	t.Cleanup(w.Close)
	return p
}

func (p *person) typeAddress(address string) {
	p.address.field.SetText(address)
	p.address.submit()
}

func passed() Test {
	return Test{Steps: []TestStep{{State: Done, Name: "Connect"}, {State: Done, Name: "Sign in"}}}
}

func failed() Test {
	return Test{Steps: []TestStep{{State: Done, Name: "Connect"}, {State: Failed, Name: "Sign in", Problem: "No."}}}
}

func TestFromAddressToAccount(t *testing.T) {
	p := newPerson(t, false)
	p.typeAddress(" nora@fernlight.example ")
	if p.now != fyne.CanvasObject(p.choice) {
		t.Fatal("Return on an address did not go on to the choice")
	}
	p.choice.pop.Tapped(nil)
	p.choice.next.Tapped(nil)
	p.signIn.form.password.SetText("secret")
	p.signIn.add.Tapped(nil)
	if len(p.tried) != 1 || len(p.added) != 0 {
		t.Fatalf("tried %d times and added %d before the test ended", len(p.tried), len(p.added))
	}
	want := Account{
		Address: nora, Protocol: widgets.POP, Sends: true, Password: "secret",
		Incoming: Server{Host: "pop.fernlight.example", Port: 995, User: nora}, Outgoing: Server{Host: "smtp.fernlight.example", Port: 465, User: nora},
	}
	if p.tried[0] != want {
		t.Errorf("tried %+v,\nwant  %+v", p.tried[0], want)
	}
	p.SetTest(passed())
	if len(p.added) != 1 || p.added[0] != want {
		t.Errorf("after the test went well, added %+v", p.added)
	}
}

func TestFailedTestAddsNothingByItself(t *testing.T) {
	p := newPerson(t, false)
	p.typeAddress(nora)
	p.choice.next.Tapped(nil)
	p.signIn.add.Tapped(nil)
	p.SetTest(failed())
	if len(p.added) != 0 {
		t.Fatal("an account was added although its test failed")
	}
	p.SetTest(passed()) // late news of a test that nobody waits for
	if len(p.added) != 0 {
		t.Error("an account was added that nobody asked for any more")
	}
}

func TestChangedValuesAreTriedAnew(t *testing.T) {
	p := newPerson(t, false)
	p.typeAddress(nora)
	p.choice.next.Tapped(nil)
	p.signIn.try.Tapped(nil)
	p.SetTest(passed())
	p.signIn.form.incoming.host.Line.TypedRune('x')
	p.signIn.add.Tapped(nil)
	if len(p.added) != 0 || len(p.tried) != 2 {
		t.Errorf("added %d, tried %d times: what was tried is not what would be added", len(p.added), len(p.tried))
	}
}

func TestWhatWasTypedStays(t *testing.T) {
	p := newPerson(t, false)
	p.typeAddress(nora)
	p.choice.next.Tapped(nil)
	p.signIn.form.password.SetText("secret")
	p.toChoice()
	p.choice.next.Tapped(nil)
	if got := p.signIn.form.Account().Password; got != "secret" {
		t.Errorf("after going back and on, the password is %q", got)
	}
}

func TestAddressesThatCannotBeAreExplained(t *testing.T) {
	for _, address := range []string{"", "nora", "@fernlight.example", "nora@", "no ra@fernlight.example", "a@b@c", "nora@.example"} {
		p := newPerson(t, true)
		p.typeAddress(address)
		if p.now != fyne.CanvasObject(p.address) || len(p.looked) != 0 {
			t.Errorf("%q was taken for an address", address)
		}
	}
}

func TestLookUpComesFirstAndStaleAnswersAreDropped(t *testing.T) {
	p := newPerson(t, true)
	p.typeAddress(nora)
	if len(p.looked) != 1 || p.now != fyne.CanvasObject(p.address) {
		t.Fatalf("looked up %v", p.looked)
	}
	p.typeAddress("nora@other.example")
	p.SetLookUp(nora, foundForNora())
	if len(p.address.found.Objects) != 0 {
		t.Error("what was found for the address before is shown for this one")
	}
	found := foundForNora()
	found.Suggested = widgets.POP
	found.Accounts = map[widgets.Protocol]Account{widgets.POP: {Address: "nora@other.example", Protocol: widgets.POP, Incoming: Server{Host: "found.example", Port: 995}}}
	p.SetLookUp("nora@other.example", found)
	p.typeAddress("nora@other.example")
	if p.choice == nil || !p.choice.pop.On() {
		t.Fatal("the suggested protocol is not chosen")
	}
	p.choice.next.Tapped(nil)
	if got := p.signIn.form.Account().Incoming.Host; got != "found.example" {
		t.Errorf("the server is %q, not the one that was found", got)
	}
}

func TestPortFollowsEncryptionUnlessItIsUnusual(t *testing.T) {
	f := NewForm(Guess(nora, widgets.IMAP), "")
	fynetest.New(t)
	f.incoming.security.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if got := f.Account().Incoming; got.Port != 143 || got.Security != StartTLS {
		t.Errorf("with STARTTLS: %+v", got)
	}
	f.incoming.port.SetText("1143")
	f.incoming.security.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	if got := f.Account().Incoming.Port; got != 1143 {
		t.Errorf("a port of one's own became %d", got)
	}
}

func TestFormSaysWhatIsWrong(t *testing.T) {
	fynetest.New(t)
	for _, c := range []struct {
		host, port string
		ok         bool
	}{{"imap.example.org", "993", true}, {"", "993", false}, {"https://x", "993", false}, {"imap.example.org", "0", false}, {"imap.example.org", "many", false}} {
		f := NewForm(Guess(nora, widgets.IMAP), "")
		f.incoming.host.SetText(c.host)
		f.incoming.port.SetText(c.port)
		if got := f.Check(); got != c.ok {
			t.Errorf("%q, port %q: right is %v, want %v", c.host, c.port, got, c.ok)
		}
	}
}
