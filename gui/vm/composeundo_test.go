package vm_test

import (
	"testing"
	"time"

	"postrider/accounts/secret"
	"postrider/gui/vm"
	"postrider/mail"
	"postrider/mail/message"
)

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

// What an account's server takes is known from the last time that something was
// sent, also after a start anew.
func TestTheServersLimitIsRemembered(t *testing.T) {
	w := newWorld(t)
	c, _ := w.composing(vm.Beginning{Account: "demowork"}, vm.ComposeOptions{})
	if c.Sender().Limit != 0 {
		t.Errorf("before anything is sent the limit is %d", c.Sender().Limit)
	}
	c, _ = w.composing(vm.Beginning{Account: "demowork", To: []message.Address{{Addr: "ada@example.org"}}}, vm.ComposeOptions{})
	c.Send(time.Time{}, func(*vm.Dispatch) {})
	w.settle()
	if _, err := w.client.SendNow(t.Context(), "demowork"); err != nil {
		t.Fatal(err)
	}
	dir := w.client.Dir()
	w.client.Close()
	w = openDir(t, dir, &secret.Memory{})
	w.roster.Load()
	w.settle()
	c, _ = w.composing(vm.Beginning{Account: "demowork"}, vm.ComposeOptions{})
	if c.Sender().Limit != demoTakes {
		t.Errorf("the limit is %d", c.Sender().Limit)
	}
}

// demoTakes is how large a message the demo's server takes.
const demoTakes = 35 << 20
