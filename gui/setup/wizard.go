package setup

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/widgets"
)

// Calls are what the wizard asks its owner for. A nil one is not offered, except
// Try and Add, which there must be.
type Calls struct {
	// LookUp looks for the settings of an address; the answer comes by
	// [Wizard.SetLookUp], bit by bit if that takes a while.
	LookUp func(address string)
	// Try tests an account; the answer comes by [Wizard.SetTest].
	Try func(Account)
	// StopTry ends a test that the person does not wait for any more.
	StopTry func()
	// Add keeps the account; [Wizard.SetAdding] tells when it went wrong.
	Add    func(Account)
	Demo   func() // shows the demo instead
	Cancel func() // closes the wizard
}

// Texts are what the wizard says about where it stands.
type Texts struct {
	Title    string // "Welcome to Postrider"
	Sentence string
	Promise  string // what happens to passwords: they go into the keyring, or the vault
	Keeping  string // the same, beside the password, in a few words
}

// LookUp is what was looked for and found.
type LookUp struct {
	Caption   string // "1.3 s, encrypted connections only"
	Probes    []Probe
	Found     []Found
	Both      bool                         // POP and IMAP are offered
	Suggested widgets.Protocol             // NoProtocol: none
	Accounts  map[widgets.Protocol]Account // what was found, by protocol
	Running   bool
}

// A Wizard leads from an address to an account.
type Wizard struct {
	widget.BaseWidget
	calls Calls
	texts Texts

	address *addressPage
	choice  *choicePage
	signIn  *serversPage
	now     fyne.CanvasObject

	typed  string // the address that the pages after the first are about
	asked  string // the address that was looked up last
	answer LookUp
}

// NewWizard begins with the address.
func NewWizard(texts Texts, calls Calls) *Wizard {
	w := &Wizard{calls: calls, texts: texts}
	w.address = newAddressPage(w)
	w.now = w.address
	w.ExtendBaseWidget(w)
	return w
}

// Focus puts the keyboard where something is to be typed.
func (w *Wizard) Focus() {
	switch w.now {
	case w.address:
		w.address.field.Focus()
	case w.signIn:
		w.signIn.form.focus()
	}
}

func (w *Wizard) show(page fyne.CanvasObject) {
	w.now = page
	w.Refresh()
	page.Resize(w.Size())
	w.Focus()
}

// looked says whether an address was looked up already.
func (w *Wizard) looked(address string) bool { return w.asked == address }

func (w *Wizard) lookUp(address string) {
	w.asked, w.answer = address, LookUp{}
	w.calls.LookUp(address)
}

// SetLookUp shows what was found for an address so far. What comes for another
// one than was asked last is dropped.
func (w *Wizard) SetLookUp(address string, found LookUp) {
	if address != w.asked {
		return
	}
	w.answer = found
	w.address.show(found.Caption, found.Probes, found.Found)
}

func (w *Wizard) toAddress() { w.show(w.address) }

// choose goes to the choice between POP and IMAP.
func (w *Wizard) choose(address string) {
	w.typed = address
	if w.choice == nil {
		w.choice = newChoicePage(w)
	}
	w.choice.show(address, w.answer.Both && w.looked(address))
	if p := w.answer.Suggested; p != widgets.NoProtocol && w.looked(address) {
		w.choice.choose(p)
	}
	w.show(w.choice)
}

// Begin begins with an address and a protocol that are known.
func (w *Wizard) Begin(address string, p widgets.Protocol) {
	w.address.field.SetText(address)
	w.choose(address)
	w.choice.choose(p)
}

func (w *Wizard) byHand(address string) { w.choose(address) }

// servers goes to the servers and the password. What was typed there before
// stays, unless it was for something else.
func (w *Wizard) servers(p widgets.Protocol) {
	acc, found := w.answer.Accounts[p]
	if !found || !w.looked(w.typed) {
		acc = Guess(w.typed, p)
	}
	if w.signIn == nil || w.signIn.address != w.typed || w.signIn.protocol != p {
		w.signIn = newServersPage(w, acc, found)
	}
	w.show(w.signIn)
}

func (w *Wizard) toChoice() {
	w.stopTry()
	w.show(w.choice)
}

func (w *Wizard) stopTry() {
	if w.calls.StopTry != nil {
		w.calls.StopTry()
	}
}

// SetTest shows how far a test has come.
func (w *Wizard) SetTest(t Test) {
	if w.signIn != nil {
		w.signIn.setTest(t)
	}
}

// SetAdding shows that the account is being added, or in a sentence why that did
// not go.
func (w *Wizard) SetAdding(running bool, problem string) {
	if w.signIn != nil {
		w.signIn.setAdding(running, problem)
	}
}

// CreateRenderer is for Fyne.
func (w *Wizard) CreateRenderer() fyne.WidgetRenderer { return wizardView{w} }

type wizardView struct{ wizard *Wizard }

func (v wizardView) Layout(size fyne.Size)        { v.wizard.now.Resize(size) }
func (v wizardView) MinSize() fyne.Size           { return fyne.NewSize(480, 400) }
func (v wizardView) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{v.wizard.now} }
func (v wizardView) Refresh()                     { v.wizard.now.Refresh() }
func (v wizardView) Destroy()                     {}
