package setup

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"postrider/gui/fynetest"
	"postrider/gui/widgets"
)

func TestEditorSavesWhatWasTried(t *testing.T) {
	fynetest.New(t)
	var tried, saved []Account
	e := NewEditor(Guess(nora, widgets.IMAP), "", EditorCalls{Try: func(a Account) { tried = append(tried, a) }, Save: func(a Account) { saved = append(saved, a) }})
	w := test.NewWindow(e)
	defer w.Close()
	w.Resize(fyne.NewSize(800, 900))
	if !e.save.Disabled() {
		t.Error("there is something to save before anything changed")
	}
	e.form.incoming.host.Line.TypedRune('x')
	e.save.Tapped(nil)
	e.SetTest(failed())
	if len(tried) != 1 || len(saved) != 0 {
		t.Fatalf("tried %d, saved %d after a failed test", len(tried), len(saved))
	}
	e.keep() // "Save as it is"
	e.SetSaving(false, "")
	if len(saved) != 1 || saved[0].Incoming.Host != "imap.fernlight.examplex" || !e.save.Disabled() || e.said.Text() != "Saved." {
		t.Errorf("saved %+v, and says %q", saved, e.said.Text())
	}
}

// TestFingerprintIsAskedForOnlyWhereACertificateIsRefused, and has to be typed.
func TestFingerprintIsAskedForOnlyWhereACertificateIsRefused(t *testing.T) {
	fynetest.New(t)
	e := NewEditor(Guess(nora, widgets.IMAP), "", EditorCalls{Try: func(Account) {}, Save: func(Account) {}})
	if !e.form.incoming.pinRow.Hidden {
		t.Error("there is a field for a fingerprint before anything was refused")
	}
	e.SetTest(failed())
	if !e.form.incoming.pinRow.Hidden {
		t.Error("a wrong password asks for a fingerprint")
	}
	refused := Test{Steps: []TestStep{{State: Failed, Name: "Connect for sending", Problem: "Self-signed.", Distrust: true, Sending: true}}}
	e.SetTest(refused)
	if !e.form.incoming.pinRow.Hidden || e.form.outgoing.pinRow.Hidden {
		t.Error("the field is not at the server whose certificate was refused")
	}
	e.form.outgoing.pin.SetText("12:34")
	if e.form.Check() {
		t.Error("12:34 was taken for a fingerprint")
	}
	pin := "AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99"
	e.form.outgoing.pin.SetText("sha256 Fingerprint=" + pin)
	if !e.form.Check() || e.form.Account().Outgoing.Pin == "" {
		t.Error("a fingerprint as openssl prints it was not taken")
	}
}

// TestUnfinishedTestIsNoSuccess: steps that never ran prove nothing.
func TestUnfinishedTestIsNoSuccess(t *testing.T) {
	if (Test{Steps: []TestStep{{State: Done}, {State: Waiting}}}).Passed() {
		t.Error("a test that ended before its last step counts as passed")
	}
}
