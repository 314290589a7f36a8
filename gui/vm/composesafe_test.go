package vm_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"postrider/gui/vm"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/html"
	"postrider/mail/message"
)

// rows are those of a folder of the work account.
func (w *world) rows(role mail.Role) []client.Row {
	w.t.Helper()
	w.catchUp()
	for _, m := range w.roster.Tree().Mailboxes {
		if m.Account != "demowork" || m.Role != role {
			continue
		}
		rows, err := w.client.List(w.t.Context(), client.Page{Mailboxes: []mail.MailboxID{m.ID}, Limit: 100})
		if err != nil {
			w.t.Fatal(err)
		}
		return rows
	}
	return nil
}

// kept are the drafts with a subject, as they would be written on.
func (w *world) kept(subject string) (list []*message.Draft) {
	w.t.Helper()
	for _, r := range w.rows(mail.RoleDrafts) {
		if r.Subject != subject {
			continue
		}
		d, err := w.client.Resume(w.t.Context(), r.ID)
		if err != nil {
			w.t.Fatal(err)
		}
		list = append(list, d)
	}
	return list
}

// step lets one thing of all that was asked for happen.
func (w *world) step() {
	if len(w.posts) > 0 {
		fn := w.posts[0]
		w.posts = w.posts[1:]
		fn()
	} else if len(w.jobs) > 0 {
		fn := w.jobs[0]
		w.jobs = w.jobs[1:]
		fn()
	}
}

// Whoever goes on typing while the window closes loses nothing of it.
func TestWordsTypedWhileClosingAreKept(t *testing.T) {
	for _, saving := range []bool{false, true} {
		w := newWorld(t)
		c, text := w.composing(vm.Beginning{Subject: "Late words"}, vm.ComposeOptions{})
		*text = "one"
		c.Write()
		if saving {
			c.SaveNow() // and is under way
		}
		closed := 0
		c.Close(func(ok bool) {
			if ok {
				closed++
			}
		})
		*text = "one two"
		c.Write()
		w.step()
		*text = "one two three"
		c.Write()
		w.settle()
		if list := w.kept("Late words"); closed != 1 || len(list) != 1 || strings.TrimSpace(list[0].Text) != "one two three" {
			t.Errorf("saving %v: closed %d times, kept %d: %q", saving, closed, len(list), list[0].Text)
		}
	}
}

// A file that is still being read when the window closes is kept, too.
func TestAFileThatIsBeingReadIsKeptByClosing(t *testing.T) {
	w := newWorld(t)
	c, text := w.composing(vm.Beginning{Subject: "With a file"}, vm.ComposeOptions{})
	*text = "see below"
	c.Write()
	w.pass(2 * time.Second)
	path := filepath.Join(t.TempDir(), "plan.txt")
	if err := os.WriteFile(path, []byte("the plan"), 0o600); err != nil {
		t.Fatal(err)
	}
	c.Attach(path)
	closed := false
	c.Close(func(ok bool) { closed = ok })
	w.settle()
	if list := w.kept("With a file"); !closed || len(list) != 1 || len(list[0].Files) != 1 {
		t.Errorf("closed %v, kept %+v", closed, list)
	}
}

// What was kept before does not go because somebody typed and thought better.
func TestADraftThatDidNotChangeInTheEndStays(t *testing.T) {
	w := newWorld(t)
	c, text := w.composing(vm.Beginning{}, vm.ComposeOptions{})
	*text = "A poem.\n"
	c.Write()
	c.Close(func(bool) {})
	w.settle()
	before := w.rows(mail.RoleDrafts)
	i := slices.IndexFunc(before, func(r client.Row) bool { return strings.HasPrefix(r.Snippet, "A poem") })
	if i < 0 {
		t.Fatal("it was not kept")
	}
	c, text = w.composing(vm.Beginning{Kind: vm.BeginDraft, Of: before[i].ID}, vm.ComposeOptions{})
	was := *text
	*text = was + "x"
	c.Write()
	w.pass(2 * time.Second)
	*text = was
	c.Write()
	c.Close(func(bool) {})
	w.settle()
	if after := w.rows(mail.RoleDrafts); len(after) != len(before) {
		t.Errorf("%d drafts, there were %d", len(after), len(before))
	}
}

// Send while the window closes with a save under way: one message, no draft.
func TestSendingWhileClosingLeavesNoDraft(t *testing.T) {
	w := newWorld(t)
	drafts := len(w.rows(mail.RoleDrafts))
	c, text := w.composing(vm.Beginning{Subject: "Both", To: []message.Address{{Addr: "ada@example.org"}}}, vm.ComposeOptions{})
	*text = "hello"
	c.Write()
	c.SaveNow()
	c.Close(func(bool) {})
	c.Send(time.Time{}, func(*vm.Dispatch) {})
	w.settle()
	if out := w.rows(mail.RoleOutbox); len(out) != 1 || len(w.rows(mail.RoleDrafts)) != drafts {
		t.Errorf("%d in the Outbox, %d drafts, there were %d", len(out), len(w.rows(mail.RoleDrafts)), drafts)
	}
}

// What is on its way into the Outbox is not thrown away any more: Undo is for that.
func TestNothingIsThrownAwayWhileItIsSent(t *testing.T) {
	w := newWorld(t)
	c, text := w.composing(vm.Beginning{Subject: "Going", To: []message.Address{{Addr: "ada@example.org"}}}, vm.ComposeOptions{})
	*text = "hello"
	c.Write()
	w.pass(2 * time.Second)
	sent := false
	c.Send(time.Time{}, func(d *vm.Dispatch) { sent = d != nil })
	thrown := false
	c.Discard(func(ok bool) { thrown = ok })
	w.settle()
	if thrown || !sent || len(w.rows(mail.RoleOutbox)) != 1 {
		t.Errorf("thrown away %v, sent %v", thrown, sent)
	}
}

// A save that failed while the window was to close is tried again.
func TestASaveThatFailedIsTriedAgain(t *testing.T) {
	w := newWorld(t)
	c, text := w.composing(vm.Beginning{Subject: "Stubborn"}, vm.ComposeOptions{})
	*text = "hello"
	c.Write()
	lost := c.Senders[c.From].Account
	c.Senders[c.From].Account = "nobody"
	closed := true
	c.Close(func(ok bool) { closed = ok })
	w.settle()
	if closed || !c.Saved.Err {
		t.Fatalf("closed %v, saved %+v", closed, c.Saved)
	}
	c.Senders[c.From].Account = lost
	w.pass(5 * time.Second)
	if c.Saved.Err || len(w.kept("Stubborn")) != 1 {
		t.Errorf("saved %+v", c.Saved)
	}
}

// An answer never goes out as somebody else because its account cannot send.
func TestAnAccountThatCannotSendIsNotReplacedByAnother(t *testing.T) {
	w := newWorld(t)
	row := w.inboxRow("Keys for the sample room")
	for i, a := range w.roster.Accounts {
		if a.ID == "demowork" {
			w.roster.Accounts[i].Settings.Outgoing = nil
		}
	}
	c, _ := w.composing(vm.Beginning{Kind: vm.BeginReply, Of: row.ID}, vm.ComposeOptions{})
	if c.Sender().Account != "demowork" || len(c.Doubts()) == 0 || !c.Doubts()[0].Stops {
		t.Errorf("the answer is from %s, doubts %v", c.Sender().Addr, c.Doubts())
	}
	if c, _ = w.composing(vm.Beginning{Account: "demowork"}, vm.ComposeOptions{}); !c.Sender().Able {
		t.Errorf("a new message is from %s, who cannot send", c.Sender().Addr)
	}
}

// Only what is a draft is written on: what was sent meanwhile is not replaced.
func TestWhatIsNoDraftIsNotWrittenOn(t *testing.T) {
	w := newWorld(t)
	row := w.inboxRow("Keys for the sample room")
	c, text := w.composing(vm.Beginning{Kind: vm.BeginDraft, Of: row.ID}, vm.ComposeOptions{})
	*text += "more"
	c.Write()
	w.pass(2 * time.Second)
	if c.Draft() == row.ID {
		t.Error("it takes the place of a message")
	}
	c.Discard(func(bool) {})
	w.settle()
	w.inboxRow("Keys for the sample room")
}

func TestLargeFilesAreToldApart(t *testing.T) {
	w := newWorld(t)
	c, _ := w.composing(vm.Beginning{Subject: "Films"}, vm.ComposeOptions{})
	for n, size := range []int{5 << 20, 6 << 20} {
		path := filepath.Join(t.TempDir(), "film.mp4")
		if err := os.WriteFile(path, slices.Repeat([]byte{byte(n)}, size), 0o600); err != nil {
			t.Fatal(err)
		}
		c.Detach(0)
		c.Attach(path)
		w.pass(time.Minute)
	}
	list := w.kept("Films")
	if len(list) != 1 || len(list[0].Files) != 1 || list[0].Files[0].Size < 6<<20 {
		t.Errorf("kept %+v", list)
	}
}

// Whoever removes an account is told what will not be sent.
func TestRemovingAnAccountTellsOfWhatIsUnsent(t *testing.T) {
	w := newWorld(t)
	c, _ := w.composing(vm.Beginning{Account: "demowork", Subject: "Unsent", To: []message.Address{{Addr: "ada@example.org"}}}, vm.ComposeOptions{UndoFor: time.Hour})
	c.Send(time.Time{}, func(*vm.Dispatch) {})
	w.settle()
	var r vm.Removal
	vm.NewSetup(&w.Desk, w.client, w.roster).Weigh("demowork", func(got vm.Removal, err error) { r = got })
	w.settle()
	for _, keep := range []bool{true, false} {
		if got := r.Sentence(keep); !strings.Contains(got, "1 message in the Outbox will not be sent") {
			t.Errorf("keeping the mail %v: %q", keep, got)
		}
	}
}

// Pictures of a draft are taken when it is opened: what becomes of the draft that
// they were in does not matter.
func TestPicturesOfADraftAreTaken(t *testing.T) {
	w := newWorld(t)
	path := filepath.Join(t.TempDir(), "seed.png")
	if err := os.WriteFile(path, []byte("\x89PNG\r\n\x1a\n and the rest"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, text := w.composing(vm.Beginning{Subject: "Picture"}, vm.ComposeOptions{})
	ref := ""
	c.AddPicture(path, func(mark string) {
		*text = "Look:\n\n" + mark + "\n"
		ref = mark[strings.Index(mark, "cid:") : len(mark)-1]
		c.Write()
	})
	w.settle()
	c.Close(func(bool) {})
	w.settle()
	i := slices.IndexFunc(w.rows(mail.RoleDrafts), func(r client.Row) bool { return r.Subject == "Picture" })
	c, text = w.composing(vm.Beginning{Kind: vm.BeginDraft, Of: w.rows(mail.RoleDrafts)[i].ID}, vm.ComposeOptions{})
	w.client.Close()
	if _, state := c.Pictures().Resolve(ref); state != html.Ready || !strings.Contains(*text, ref) {
		t.Errorf("state %v, text %q", state, *text)
	}
}

// Recipients that are no addresses yet are there again when the draft is opened.
func TestHalfRecipientsAreKept(t *testing.T) {
	w := newWorld(t)
	c, _ := w.composing(vm.Beginning{Subject: "Half", To: []message.Address{{Addr: "ada@example.org"}}}, vm.ComposeOptions{})
	c.Add(vm.FieldTo, "the printer")
	c.Add(vm.FieldCc, "bo@")
	c.Close(func(bool) {})
	w.settle()
	i := slices.IndexFunc(w.rows(mail.RoleDrafts), func(r client.Row) bool { return r.Subject == "Half" })
	c, _ = w.composing(vm.Beginning{Kind: vm.BeginDraft, Of: w.rows(mail.RoleDrafts)[i].ID}, vm.ComposeOptions{})
	if len(c.To) != 2 || c.To[1].String() != "the printer" || c.To[1].Why == "" || len(c.Cc) != 1 || c.Cc[0].String() != "bo@" || c.Cc[0].Why == "" {
		t.Errorf("to %+v, cc %+v", c.To, c.Cc)
	}
	if d := c.Doubts(); len(d) == 0 || !d[0].Stops {
		t.Errorf("it could be sent: %v", d)
	}
}
