package vm_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"postrider/accounts/secret"
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

// The draft goes with the sending, also where another account has it by now.
func TestSendingAsSomebodyElseLeavesNoDraft(t *testing.T) {
	w := newWorld(t)
	drafts := len(w.rows(mail.RoleDrafts))
	c, text := w.composing(vm.Beginning{Account: "demowork", Subject: "Moved", To: []message.Address{{Addr: "ada@example.org"}}}, vm.ComposeOptions{})
	*text = "hello"
	c.Write()
	w.pass(2 * time.Second)
	for i, s := range c.Senders {
		if s.Account == "demohome" {
			c.SetFrom(i)
		}
	}
	sent := false
	c.Send(time.Time{}, func(d *vm.Dispatch) { sent = d != nil })
	w.settle()
	if now := len(w.rows(mail.RoleDrafts)); !sent || now != drafts {
		t.Errorf("sent %v, %d drafts, there were %d", sent, now, drafts)
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

// Before the program ends it is known what was sent a moment ago.
func TestWhatGoesOutWithinMoments(t *testing.T) {
	w := newWorld(t)
	count := func() (n int) {
		vm.GoingOut(&w.Desk, w.client, func(got int) { n = got })
		w.settle()
		return n
	}
	for i, c := range []struct {
		undo time.Duration
		at   time.Time
		want int
	}{{10 * time.Second, time.Time{}, 1}, {0, w.client.Now().Add(time.Hour), 1}, {0, time.Time{}, 2}} {
		m, _ := w.composing(vm.Beginning{To: []message.Address{{Addr: "ada@example.org"}}}, vm.ComposeOptions{UndoFor: c.undo})
		m.Send(c.at, func(*vm.Dispatch) {})
		w.settle()
		if got := count(); got != c.want {
			t.Errorf("after message %d: %d go out, want %d", i, got, c.want)
		}
	}
}

// What was being written with a file is open again after a crash, with its last
// words.
func TestADraftWithAFileIsOpenAgainAfterACrash(t *testing.T) {
	w := newWorld(t)
	c, text := w.composing(vm.Beginning{Subject: "Crash"}, vm.ComposeOptions{})
	c.Open = vm.NewOpenDrafts(&w.Desk, w.client)
	c.AttachBytes("plan.txt", "text/plain", []byte("the plan"))
	*text = "one"
	c.Write()
	w.pass(3 * time.Second)
	*text = "one two"
	c.Write()
	w.pass(3 * time.Second)
	w.client.Close() // as if it had been killed
	w = openDir(t, w.client.Dir(), &secret.Memory{})
	w.roster.Load()
	w.settle()
	var left []mail.PlacementID
	vm.NewOpenDrafts(&w.Desk, w.client).Left(func(ids []mail.PlacementID) { left = ids })
	w.settle()
	if len(left) != 1 {
		t.Fatalf("open again: %v", left)
	}
	c, text = w.composing(vm.Beginning{Kind: vm.BeginDraft, Of: left[0]}, vm.ComposeOptions{})
	if strings.TrimSpace(*text) != "one two" || len(c.Files) != 1 {
		t.Errorf("text %q, files %v", *text, c.Files)
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

// The system ends the program: what was typed in the last moment is a draft at the
// next start, and open, whatever was under way.
func TestWordsOfTheLastMomentAreKept(t *testing.T) {
	for _, c := range []struct {
		name  string
		until func(w *world, m *vm.Composition) // what happens before the last words
	}{
		{"never saved", func(*world, *vm.Composition) {}},
		{"saved before", func(w *world, _ *vm.Composition) { w.pass(3 * time.Second) }},
		{"a save is asked for", func(_ *world, m *vm.Composition) { m.SaveNow() }},
		{"with a file", func(w *world, m *vm.Composition) {
			m.AttachBytes("plan.txt", "text/plain", []byte("the plan"))
			w.pass(3 * time.Second)
		}},
		{"the sending has not begun", func(_ *world, m *vm.Composition) { m.Send(time.Time{}, func(*vm.Dispatch) {}) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			m, text := w.composing(vm.Beginning{Subject: "Sign out", To: []message.Address{{Addr: "ada@example.org"}}}, vm.ComposeOptions{})
			m.Open = vm.NewOpenDrafts(&w.Desk, w.client)
			*text = "one"
			m.Write()
			c.until(w, m)
			*text = "one two"
			m.Write()
			if err := m.Flush(t.Context()); err != nil {
				t.Fatal(err)
			}
			m.Open.Flush()
			w.settle() // what was asked for and comes too late
			w.client.Close()
			w = openDir(t, w.client.Dir(), &secret.Memory{})
			w.roster.Load()
			w.settle()
			var open []mail.PlacementID
			vm.NewOpenDrafts(&w.Desk, w.client).Left(func(ids []mail.PlacementID) { open = ids })
			w.settle()
			list := w.kept("Sign out")
			if len(list) != 1 || strings.TrimSpace(list[0].Text) != "one two" || len(w.rows(mail.RoleOutbox)) != 0 || len(open) != 1 {
				t.Errorf("kept %+v, %d in the Outbox, open %v", list, len(w.rows(mail.RoleOutbox)), open)
			}
		})
	}
}

// What was sent is no draft again because the program ends.
func TestWhatWasSentIsNotKeptAgain(t *testing.T) {
	w := newWorld(t)
	m, text := w.composing(vm.Beginning{Subject: "Gone", To: []message.Address{{Addr: "ada@example.org"}}}, vm.ComposeOptions{})
	*text = "hello"
	m.Write()
	m.Send(time.Time{}, func(*vm.Dispatch) {})
	w.settle()
	if err := m.Flush(t.Context()); err != nil || len(w.kept("Gone")) != 0 || len(w.rows(mail.RoleOutbox)) != 1 {
		t.Errorf("%v, %d drafts, %d in the Outbox", err, len(w.kept("Gone")), len(w.rows(mail.RoleOutbox)))
	}
}

// What was redirected by mistake is taken back: nothing of it is left, and the
// window is open again with the same people.
func TestARedirectIsTakenBack(t *testing.T) {
	w := newWorld(t)
	row := w.inboxRow("Keys for the sample room")
	drafts := len(w.rows(mail.RoleDrafts))
	c, _ := w.composing(vm.Beginning{Kind: vm.BeginRedirect, Of: row.ID}, vm.ComposeOptions{UndoFor: 10 * time.Second})
	c.Add(vm.FieldTo, "ada@example.org")
	c.Add(vm.FieldBcc, "bo@example.org")
	var d *vm.Dispatch
	c.Send(time.Time{}, func(got *vm.Dispatch) { d = got })
	w.settle()
	if d == nil || d.Wait != 10*time.Second || len(w.rows(mail.RoleOutbox)) != 1 {
		t.Fatalf("%+v, %d in the Outbox", d, len(w.rows(mail.RoleOutbox)))
	}
	var again *vm.Composition
	d.Undo(func(got *vm.Composition, err error) {
		if again = got; err != nil {
			t.Error(err)
		}
	})
	w.settle()
	if again == nil || !again.Redirects() || len(again.To) != 1 || again.To[0].Addr != "ada@example.org" || len(again.Bcc) != 1 || again.Sender().Addr != c.Sender().Addr {
		t.Fatalf("open again is %+v", again)
	}
	if out, now := len(w.rows(mail.RoleOutbox)), len(w.rows(mail.RoleDrafts)); out != 0 || now != drafts {
		t.Errorf("%d in the Outbox, %d drafts, there were %d", out, now, drafts)
	}
	w.inboxRow("Keys for the sample room")
	again.Send(time.Time{}, func(got *vm.Dispatch) { d = got })
	w.settle()
	if len(w.rows(mail.RoleOutbox)) != 1 {
		t.Error("it is not sent the second time")
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

// However long it takes to keep large files, the words that are typed meanwhile are
// kept right after that, and later ones within two seconds.
func TestWordsDoNotWaitForLargeFiles(t *testing.T) {
	w := newWorld(t)
	c, text := w.composing(vm.Beginning{Subject: "Film"}, vm.ComposeOptions{})
	c.AttachBytes("film.mp4", "video/mp4", make([]byte, 5<<20))
	w.settle()
	c.SaveNow()
	*text = "one"
	c.Write()
	w.now = w.now.Add(30 * time.Second) // what a disk may take
	w.settle()
	w.pass(0)
	if list := w.kept("Film"); len(list) != 1 || strings.TrimSpace(list[0].Text) != "one" {
		t.Errorf("after the film: %+v", list)
	}
	*text = "one two"
	c.Write()
	w.pass(2 * time.Second)
	if list := w.kept("Film"); len(list) != 1 || strings.TrimSpace(list[0].Text) != "one two" {
		t.Errorf("two seconds later: %+v", list)
	}
}
