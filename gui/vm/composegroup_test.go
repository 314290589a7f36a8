package vm_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"postrider/gui/vm"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/message"
)

const cards = "BEGIN:VCARD\nVERSION:4.0\nUID:a1\nFN:Quentin Quill\nEMAIL:quentin@quill.example\nEND:VCARD\n" +
	"BEGIN:VCARD\nVERSION:4.0\nFN:Ines from the club\nEMAIL:ines@ardenne-books.example\nEND:VCARD\n" +
	"BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:The quay choir\nMEMBER:urn:uuid:a1\nMEMBER:mailto:bo@example.org\nEND:VCARD\n"

// Who is in the address book is suggested, though nobody has written yet; so are
// groups, which come in as one and can be taken apart.
func TestContactsAreSuggested(t *testing.T) {
	w := newWorld(t)
	if _, err := w.client.ImportContacts(t.Context(), strings.NewReader(cards)); err != nil {
		t.Fatal(err)
	}
	a := vm.NewAcquaintances(&w.Desk, w.client, w.roster)
	a.Refresh()
	w.settle()
	if got := a.Find("quill", 6, nil); len(got) != 1 || got[0].Name != "Quentin Quill" {
		t.Errorf("found %+v", got)
	}
	got := a.Find("quay", 6, nil)
	if len(got) != 1 || got[0].Name != "The quay choir" || len(got[0].Members) != 2 {
		t.Fatalf("found %+v", got)
	}
	c, _ := w.composing(vm.Beginning{To: []message.Address{{Addr: "bo@example.org"}}}, vm.ComposeOptions{})
	c.AddGroup(vm.FieldTo, got[0].Name, got[0].Members)
	c.Add(vm.FieldTo, "cy@example.org")
	runs := vm.Runs(c.To)
	if len(runs) != 3 || runs[1].Group != "The quay choir" || len(runs[1].List) != 1 || runs[1].First != 1 {
		t.Errorf("chips for %+v", runs)
	}
}

func TestGroupsAreOneChip(t *testing.T) {
	w := newWorld(t)
	c, _ := w.composing(vm.Beginning{}, vm.ComposeOptions{})
	c.Add(vm.FieldTo, `Choir: ada@example.org, "Brandt, Bo" <bo@example.org>; cy@example.org`)
	runs := vm.Runs(c.To)
	if len(runs) != 2 || runs[0].Group != "Choir" || len(runs[0].List) != 2 {
		t.Fatalf("%+v", runs)
	}
	text := runs[0].Text()
	c.RemoveRun(vm.FieldTo, 0, 2)
	c.Add(vm.FieldCc, text)
	if runs := vm.Runs(c.Cc); len(c.To) != 1 || len(runs) != 1 || runs[0].Text() != text || runs[0].Group != "Choir" {
		t.Errorf("typed again, %q is %+v", text, runs)
	}
	c.MoveRun(vm.FieldCc, 0, 2, vm.FieldBcc)
	c.Ungroup(vm.FieldBcc, 0, 2)
	if runs := vm.Runs(c.Bcc); len(c.Cc) != 0 || len(runs) != 2 || runs[1].List[0].Name != "Brandt, Bo" {
		t.Errorf("taken apart: %+v", runs)
	}
	for _, d := range c.Doubts() {
		if d.Stops {
			t.Errorf("it cannot be sent: %+v", d)
		}
	}
}

// A group is one chip again after the draft was opened, and after a sending was
// taken back.
func TestGroupsOutliveTheWindow(t *testing.T) {
	w := newWorld(t)
	c, _ := w.composing(vm.Beginning{Subject: "Grouped"}, vm.ComposeOptions{UndoFor: time.Minute})
	c.Add(vm.FieldTo, "Choir: ada@example.org, bo@example.org; cy@example.org")
	c.Close(func(bool) {})
	w.settle()
	i := slices.IndexFunc(w.rows(mail.RoleDrafts), func(r client.Row) bool { return r.Subject == "Grouped" })
	c, _ = w.composing(vm.Beginning{Kind: vm.BeginDraft, Of: w.rows(mail.RoleDrafts)[i].ID}, vm.ComposeOptions{UndoFor: time.Minute})
	if runs := vm.Runs(c.To); len(runs) != 2 || runs[0].Group != "Choir" {
		t.Errorf("opened again: %+v", runs)
	}
	var d *vm.Dispatch
	c.Send(time.Time{}, func(got *vm.Dispatch) { d = got })
	w.settle()
	d.Undo(func(got *vm.Composition, err error) { c = got })
	w.settle()
	if runs := vm.Runs(c.To); len(runs) != 2 || runs[0].Group != "Choir" {
		t.Errorf("taken back: %+v", runs)
	}
}
