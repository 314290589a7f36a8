package compose

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"postrider/gui/vm"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/message"
)

// message reads what a message of a folder says.
func (w *world) message(id mail.MessageID) *message.Message {
	w.t.Helper()
	m, err := w.Client.Message(context.Background(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

func write(c *Window, text string) {
	for _, r := range text {
		if r == '\n' {
			c.editor.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			continue
		}
		c.editor.TypedRune(r)
	}
}

func typeTo(r *peopleRow, text string) {
	r.field.Focus()
	for _, letter := range text {
		r.field.Line.TypedRune(letter)
	}
}

func press(c *Window, key fyne.KeyName, with fyne.KeyModifier) {
	c.shortcut(&desktop.CustomShortcut{KeyName: key, Modifier: with})
}

// answer presses the button of a dialog that lies over the window.
func answer(t *testing.T, c *Window, label string) {
	t.Helper()
	top := c.window.Canvas().Overlays().Top()
	if top == nil {
		t.Fatalf("nothing asks; wanted %q", label)
	}
	if b := buttonIn(top, label); b != nil {
		b.Tapped(&fyne.PointEvent{})
		return
	}
	t.Fatalf("there is no button %q", label)
}

func TestANewMessageIsSentFromTheKeyboard(t *testing.T) {
	w := newWorld(t)
	c := w.Open(vm.Beginning{})
	w.settle() // the people are read
	typeTo(c.to, "ines")
	c.to.field.Line.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := c.model.To; len(got) != 1 || !strings.HasPrefix(got[0].Addr, "ines") {
		t.Fatalf("to %v; wanted the suggested Ines", got)
	}
	typeTo(c.to, "carla@example.org")
	c.to.field.Line.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	c.to.field.Line.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // the line is empty: on to the subject
	if !c.subject.Focused() {
		t.Error("Return in an empty line does not go on to the subject")
	}
	for _, r := range "Hello" {
		c.subject.TypedRune(r)
	}
	c.subject.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	write(c, "It is **done**.\n")
	press(c, fyne.KeyReturn, fyne.KeyModifierShortcutDefault)
	if c.closed {
		t.Fatal("the window closed before the message was in the Outbox")
	}
	w.settle()
	if !c.closed || len(w.sent) != 1 {
		t.Fatalf("closed %v, sent %d", c.closed, len(w.sent))
	}
	if got := w.sent[0]; got.Wait != 10*time.Second || !strings.HasPrefix(got.Text, "Sending to Ines") {
		t.Errorf("dispatch %+v", got)
	}
	out := w.rows(mail.RoleOutbox)
	if len(out) != 1 || out[0].Subject != "Hello" {
		t.Fatalf("outbox %v", out)
	}
	m := w.message(out[0].Message)
	if !strings.Contains(m.HTML(), "<strong>done</strong>") || !strings.Contains(m.Text(), "It is **done**.") || len(m.To) != 2 {
		t.Errorf("to %v, text %q", m.To, m.Text())
	}
	if drafts := w.rows(mail.RoleDrafts); containsSubject(drafts, "Hello") {
		t.Errorf("the draft was left behind")
	}
}

func TestUndoBringsTheMessageBackAndItIsStillAnAnswer(t *testing.T) {
	w := newWorld(t)
	row := w.find(answered)
	c := w.Open(vm.Beginning{Kind: vm.BeginReply, Of: row.ID})
	w.settle()
	write(c, "Gladly.")
	c.send()
	w.settle()
	if len(w.sent) != 1 {
		t.Fatal("not sent")
	}
	var back *Window
	w.sent[0].Undo(func(m *vm.Composition, err error) {
		if err != nil {
			t.Fatal(err)
		}
		back = w.Reopen(m)
	})
	w.settle()
	if len(w.rows(mail.RoleOutbox)) != 0 {
		t.Fatal("it is still in the Outbox")
	}
	if !strings.HasPrefix(back.editor.Text(), "Gladly.") || back.subject.Text() != "Re: "+row.Subject {
		t.Errorf("text %q, subject %q", back.editor.Text(), back.subject.Text())
	}
	back.send()
	w.settle()
	if len(w.sent) != 2 || len(w.rows(mail.RoleOutbox)) != 1 {
		t.Fatalf("sent %d, in the Outbox %d", len(w.sent), len(w.rows(mail.RoleOutbox)))
	}
	w.now = w.now.Add(time.Minute)
	if _, err := w.Client.SendNow(t.Context(), "demowork"); err != nil {
		t.Fatal(err)
	}
	if got, err := w.Client.Row(t.Context(), row.ID); err != nil || !got.Flags.Has(mail.Answered) {
		t.Errorf("flags %v, %v; wanted answered", got.Flags, err)
	}
	if len(w.rows(mail.RoleOutbox)) != 0 || !containsSubject(w.rows(mail.RoleSent), "Re: "+row.Subject) {
		t.Error("it did not arrive in Sent")
	}
}

func TestWordsAreKeptWithinTwoSecondsAndComeBackAfterACrash(t *testing.T) {
	w := newWorld(t)
	c := w.Open(vm.Beginning{Subject: "Notes"})
	write(c, "First words")
	w.pass(1900 * time.Millisecond)
	drafts := w.rows(mail.RoleDrafts)
	if !containsSubject(drafts, "Notes") {
		t.Fatal("nothing is kept after 1.9 seconds")
	}
	write(c, " and more")
	w.pass(2 * time.Second)
	again := w.rows(mail.RoleDrafts)
	if len(again) != len(drafts) {
		t.Errorf("%d drafts after the second save, %d after the first", len(again), len(drafts))
	}
	// The program is gone without a word; a new one opens the draft.
	back := w.Open(vm.Beginning{Kind: vm.BeginDraft, Of: c.model.Draft()})
	if back != c {
		t.Fatal("a draft that is open was opened twice")
	}
	w.open, w.Drafts = nil, vm.NewOpenDrafts(w.Desk, w.Client)
	w.Restore()
	w.settle()
	if len(w.open) != 1 {
		t.Fatalf("%d windows came back", len(w.open))
	}
	back = w.open[0]
	if got := back.editor.Text(); !strings.Contains(got, "First words and more") {
		t.Errorf("text %q", got)
	}
	back.Close()
	w.settle()
	w.Drafts = vm.NewOpenDrafts(w.Desk, w.Client)
	w.Restore()
	w.settle()
	if len(w.open) != 0 {
		t.Error("what was closed came back")
	}
}

func TestClosingKeepsWhatWasWrittenAndNothingElse(t *testing.T) {
	w := newWorld(t)
	before := len(w.rows(mail.RoleDrafts))
	c := w.Open(vm.Beginning{})
	c.Close()
	w.settle()
	if !c.closed || len(w.rows(mail.RoleDrafts)) != before {
		t.Errorf("closed %v; %d drafts, there were %d", c.closed, len(w.rows(mail.RoleDrafts)), before)
	}
	c = w.Open(vm.Beginning{Kind: vm.BeginReply, Of: w.find(answered).ID})
	w.settle()
	c.Close()
	w.settle()
	if len(w.rows(mail.RoleDrafts)) != before {
		t.Error("an answer without a word of one's own was kept")
	}
	var kept []mail.PlacementID
	w.Kept = func(id mail.PlacementID) { kept = append(kept, id) }
	c = w.Open(vm.Beginning{})
	write(c, "A thought")
	c.Close()
	w.settle()
	if len(kept) != 1 || kept[0] == 0 {
		t.Errorf("told of the drafts %v", kept)
	}
	if !c.closed || len(w.rows(mail.RoleDrafts)) != before+1 {
		t.Errorf("closed %v; %d drafts, there were %d", c.closed, len(w.rows(mail.RoleDrafts)), before)
	}
}

func TestThrownAwayIsGone(t *testing.T) {
	w := newWorld(t)
	before := len(w.rows(mail.RoleDrafts))
	c := w.Open(vm.Beginning{})
	write(c, "Never mind")
	w.pass(2 * time.Second)
	c.discard()
	answer(t, c, "Throw away")
	w.settle()
	if !c.closed || len(w.rows(mail.RoleDrafts)) != before {
		t.Errorf("closed %v; %d drafts, there were %d", c.closed, len(w.rows(mail.RoleDrafts)), before)
	}
}

func TestWhatSpeaksAgainstSendingIsAskedAbout(t *testing.T) {
	w := newWorld(t)
	c := w.Open(vm.Beginning{})
	write(c, "See what is attached.")
	c.send()
	answer(t, c, "Close") // nobody to send it to
	typeTo(c.to, "no address")
	c.send()
	answer(t, c, "Close")
	c.model.RemoveRun(vm.FieldTo, 0, 1)
	typeTo(c.to, "carla@example.org")
	c.send()
	answer(t, c, "Keep writing") // no file
	w.settle()
	if len(w.sent) != 0 {
		t.Fatal("sent though the person said no")
	}
	c.send()
	answer(t, c, "Send anyway")
	answer(t, c, "Send anyway") // no subject
	w.settle()
	if len(w.sent) != 1 {
		t.Fatal("not sent")
	}
}

func TestBytesAreTakenWhenAFileIsAttached(t *testing.T) {
	w := newWorld(t)
	path := filepath.Join(t.TempDir(), "plan.txt")
	if err := os.WriteFile(path, []byte("as it was"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := w.Open(vm.Beginning{To: []message.Address{{Addr: "carla@example.org"}}, Subject: "Plan"})
	c.model.Attach(path)
	w.settle()
	os.Remove(path)
	if !c.dock.object.Visible() || c.dock.chips[0].AccessibilityLabel() == "" {
		t.Error("the file does not show")
	}
	c.send()
	w.settle()
	m := w.message(w.rows(mail.RoleOutbox)[0].Message)
	if a := m.Attachments(); len(a) != 1 || a[0].Filename != "plan.txt" {
		t.Errorf("attachments %v", a)
	}
}

func TestSendLaterWaitsForItsTime(t *testing.T) {
	w := newWorld(t)
	c := w.Open(vm.Beginning{To: []message.Address{{Addr: "carla@example.org"}}, Subject: "Later"})
	times := c.model.LaterTimes()
	if len(times) != 2 || times[0].Note != "Wed 08:00" || times[1].Note != "9 March" {
		t.Fatalf("times %v", times)
	}
	c.sendAt(times[0].At)
	w.settle()
	pending, err := w.Client.Pending(t.Context(), "demowork")
	if err != nil || len(pending) != 1 || !pending[0].Scheduled.Equal(times[0].At) {
		t.Fatalf("pending %v, %v", pending, err)
	}
	if got := w.sent[0].Text; got != "Goes out tomorrow at 08:00, to carla@example.org" {
		t.Errorf("text %q", got)
	}
}

func TestAnotherSenderBringsItsSignature(t *testing.T) {
	w := newWorld(t)
	c := w.Open(vm.Beginning{Account: "demowork"})
	write(c, "Hello")
	other := -1
	for i, s := range c.model.Senders {
		if s.Addr == "orders@fernlight.example" {
			other = i
		}
	}
	c.model.SetFrom(other)
	if got := c.editor.Text(); !strings.Contains(got, "-- \nThe Fernlight team") || strings.Contains(got, "Nora Falk") {
		t.Errorf("text %q", got)
	}
	c.editor.Undo()
	if got := c.editor.Text(); !strings.Contains(got, "Nora Falk") {
		t.Errorf("after undo %q", got)
	}
}

func TestPastedListsBecomePeople(t *testing.T) {
	w := newWorld(t)
	c := w.Open(vm.Beginning{})
	c.to.paste("Ada <ada@example.org>, bob@example.org;\n\"Carla, the third\" <carla@example.org>\nTeam: dan@example.org, eve@example.org;")
	var got []string
	for _, r := range c.model.To {
		got = append(got, r.Addr)
	}
	if strings.Join(got, " ") != "ada@example.org bob@example.org carla@example.org dan@example.org eve@example.org" {
		t.Errorf("got %q", got)
	}
}

// A group that was typed or suggested is one chip, to be opened, edited and taken
// out as one.
func TestAGroupIsOneChip(t *testing.T) {
	w := newWorld(t)
	if _, err := w.Client.ImportContacts(t.Context(), strings.NewReader("BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Quay choir\nMEMBER:mailto:dan@example.org\nMEMBER:mailto:eve@example.org\nEND:VCARD\n")); err != nil {
		t.Fatal(err)
	}
	c := w.Open(vm.Beginning{})
	w.settle()
	typeTo(c.to, "Team: ada@example.org, bo@example.org;")
	typeTo(c.to, "cy@example.org,")
	if got := vm.Runs(c.to.shown); len(got) != 2 || c.to.chip(got[0]).AccessibilityLabel() != "Team · 2" {
		t.Fatalf("chips for %+v", got)
	}
	typeTo(c.cc, "quay")
	if !c.suggesting.key(c.cc, &fyne.KeyEvent{Name: fyne.KeyReturn}) {
		t.Fatal("the group of the address book is not suggested")
	}
	if got := vm.Runs(c.cc.shown); len(got) != 1 || c.cc.chip(got[0]).AccessibilityLabel() != "Quay choir · 2" || len(c.model.Cc) != 2 {
		t.Errorf("chips for %+v", got)
	}
	c.to.edit(vm.Runs(c.model.To)[0])
	if got := c.to.field.Text(); got != "Team: ada@example.org, bo@example.org;" || len(c.model.To) != 1 {
		t.Errorf("to be edited is %q", got)
	}
	c.to.commit()
	if runs := vm.Runs(c.model.To); len(runs) != 2 || runs[1].Group != "Team" {
		t.Errorf("then there are %+v", runs)
	}
	w.pass(2 * time.Second)
	if !slices.ContainsFunc(w.rows(mail.RoleDrafts), func(d client.Row) bool {
		return strings.Contains(d.To, "ada@example.org") && strings.Contains(d.To, "cy@example.org") && strings.Contains(d.Cc, "eve@example.org")
	}) {
		t.Error("the members are not in the draft")
	}
}

func TestRedirectingPassesTheMessageOnAsItIs(t *testing.T) {
	w := newWorld(t)
	row := w.find(answered)
	c := w.Open(vm.Beginning{Kind: vm.BeginRedirect, Of: row.ID})
	w.settle()
	if c.editor.Visible() || !c.as.Visible() {
		t.Error("there is something to write in")
	}
	typeTo(c.to, "carla@example.org")
	c.send()
	w.settle()
	if len(w.sent) != 1 || w.sent[0].Wait == 0 {
		t.Fatalf("sent %v", w.sent)
	}
	m := w.message(w.rows(mail.RoleOutbox)[0].Message)
	if m.Subject != row.Subject || m.From[0].Addr != row.FromAddr || m.Get("Resent-To") != "carla@example.org" {
		t.Errorf("subject %q, from %v, resent to %q", m.Subject, m.From, m.Get("Resent-To"))
	}
	if len(w.rows(mail.RoleDrafts)) != 2 {
		t.Errorf("%d drafts", len(w.rows(mail.RoleDrafts)))
	}
}

// A draft that is being opened is not opened once more: two windows would each
// write over what the other keeps.
func TestADraftHasOneWindowEvenWhileItIsRead(t *testing.T) {
	w := newWorld(t)
	draft := w.rows(mail.RoleDrafts)[0]
	first := w.Open(vm.Beginning{Kind: vm.BeginDraft, Of: draft.ID})
	if again := w.Open(vm.Beginning{Kind: vm.BeginDraft, Of: draft.ID}); again != first {
		t.Error("there are two windows")
	}
	w.settle()
}

func TestManyRecipientsLeaveRoomForTheText(t *testing.T) {
	w := newWorld(t)
	c := w.Open(vm.Beginning{})
	var list strings.Builder
	for i := range 1000 {
		list.WriteString("person" + strings.Repeat("x", i%5) + "." + string(rune('a'+i%26)) + time.Duration(i).String() + "@example.org, ")
	}
	c.to.paste(list.String())
	if got := len(c.model.To); got != 1000 {
		t.Fatalf("%d recipients", got)
	}
	if h := c.editor.Size().Height; h < 150 {
		t.Errorf("the text is %.0f high", h)
	}
	c.model.MoveAll(vm.FieldTo, vm.FieldBcc)
	if len(c.model.To) != 0 || len(c.model.Bcc) != 1000 || !c.bcc.object.Visible() {
		t.Error("they did not go to Bcc")
	}
}

func TestPicturesStandInTheText(t *testing.T) {
	w := newWorld(t)
	path := filepath.Join(t.TempDir(), "door [1].png")
	png := "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
	if err := os.WriteFile(path, []byte(png), 0o600); err != nil {
		t.Fatal(err)
	}
	c := w.Open(vm.Beginning{To: []message.Address{{Addr: "carla@example.org"}}, Subject: "Door"})
	c.insertPicture(path)
	c.insertPicture(filepath.Join(t.TempDir(), "missing.png"))
	w.settle()
	if !strings.HasPrefix(c.editor.Text(), "![door (1).png](cid:") {
		t.Fatalf("text %q", c.editor.Text())
	}
	if c.notice.bar == nil {
		t.Error("nobody says that a picture is missing")
	}
	c.send()
	w.settle()
	m := w.message(w.rows(mail.RoleOutbox)[0].Message)
	if len(m.Inline()) != 1 || m.Inline()[0].MediaType() != "image/png" || len(m.Attachments()) != 0 {
		t.Errorf("inline %v, attached %v", m.Inline(), m.Attachments())
	}
}

// An address of a file on the clipboard may come from anywhere.
func TestPastedFilesAreAskedAbout(t *testing.T) {
	w := newWorld(t)
	path := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(path, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := w.Open(vm.Beginning{})
	if !c.pasted("file://" + path) {
		t.Fatal("it is pasted as text")
	}
	w.settle()
	if len(c.model.Files) != 0 {
		t.Fatal("attached without a word")
	}
	answer(t, c, "Attach")
	w.settle()
	if len(c.model.Files) != 1 {
		t.Error("not attached")
	}
	if c.pasted("see file:///etc/passwd there") || c.pasted("plain words") {
		t.Error("text is taken for files")
	}
}
