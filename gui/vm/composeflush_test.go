package vm_test

import (
	"strings"
	"testing"
	"time"

	"postrider/accounts/secret"
	"postrider/gui/vm"
	"postrider/mail"
	"postrider/mail/message"
)

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
