package vm_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"postrider/accounts/settings"
	"postrider/gui/vm"
	"postrider/mail"
	"postrider/mail/transfer"
)

// arrive brings messages into a mailbox of the POP account, and returns the
// batches that tell of it.
func (w *world) arrive(path string, raws ...string) []mail.Batch {
	w.t.Helper()
	dir := w.t.TempDir()
	for i, raw := range raws {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%03d.eml", i)), []byte(strings.ReplaceAll(raw, "\n", "\r\n")), 0o600); err != nil {
			w.t.Fatal(err)
		}
	}
	src, err := transfer.Open(dir)
	if err != nil {
		w.t.Fatal(err)
	}
	failed := func(origin string, err error) { w.t.Error(origin, err) }
	if n, err := w.client.Import(w.t.Context(), src, w.roster.Accounts[1].ID, path, failed); err != nil || n != len(raws) {
		w.t.Fatal(n, err)
	}
	if err := w.client.Indexed(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	return w.catchUp()
}

// news is a message of now.
func (w *world) news(from, subject, text string) string {
	return fmt.Sprintf("From: %s\nTo: nora.falk@postbox.example\nSubject: %s\nDate: %s\nMessage-ID: <%d.%s@news>\n\n%s\n",
		from, subject, w.now.Format(time.RFC1123Z), w.now.UnixNano(), strings.ReplaceAll(subject, " ", "."), text)
}

func (w *world) notify() (n *vm.Notify, p *vm.Preferences, told *[]vm.Notification) {
	p = vm.NewPreferences(&w.Desk, w.t.TempDir())
	n = vm.NewNotify(&w.Desk, w.client, w.roster, p)
	told = &[]vm.Notification{}
	n.Tell = func(note vm.Notification) { *told = append(*told, note) }
	return n, p, told
}

func TestNotifyTellsOfNewMailInTheInbox(t *testing.T) {
	w := newWorld(t)
	n, _, told := w.notify()
	n.Apply(w.arrive("INBOX", w.news("Ada <ada@example.org>", "Bold <b>news</b>", "Line\u202e one of it."),
		w.news("Nora Falk <nora@fernlight.example>", "To myself", "x"),
		"From: Old <old@example.org>\nSubject: Old\nDate: Tue, 03 Mar 2020 10:00:00 +0000\nMessage-ID: <old@news>\n\nx\n"))
	n.Apply(w.arrive("Archive", w.news("Bo <bo@example.org>", "Elsewhere", "x")))
	if len(*told) != 0 {
		t.Error("told before it was gathered")
	}
	w.pass(3 * time.Second)
	if len(*told) != 1 {
		t.Fatalf("told %+v", *told)
	}
	if got := (*told)[0]; got.Title != "Ada" || got.Text != "Bold <b>news</b>\nLine one of it." || len(got.IDs) != 1 {
		t.Errorf("told %+v", got)
	}
}

func TestNotifyIsSilentAboutWhatWasReadElsewhere(t *testing.T) {
	w := newWorld(t)
	n, _, told := w.notify()
	batches := w.arrive("INBOX", w.news("Ada <ada@example.org>", "Read on the phone", "x"))
	n.Apply(batches)
	row := w.found(`subject:"Read on the phone"`)
	if err := w.client.DoInPassing(t.Context(), mail.SetFlags{Targets: ids(row), Patch: mail.FlagPatch{Add: mail.Bits(mail.Seen)}}); err != nil {
		t.Fatal(err)
	}
	n.Apply(w.catchUp())
	w.pass(3 * time.Second)
	if len(*told) != 0 {
		t.Errorf("told %+v", *told)
	}
}

func TestNotifyMakesOneDigestOfMany(t *testing.T) {
	w := newWorld(t)
	n, p, told := w.notify()
	var many []string
	for i := range 7 {
		many = append(many, w.news(fmt.Sprintf("Writer %d <w%d@example.org>", i%4, i%4), fmt.Sprintf("News %d", i), "x"))
	}
	n.Apply(w.arrive("INBOX", many...))
	w.pass(3 * time.Second)
	if len(*told) != 1 || (*told)[0].Title != "7 new messages" || !strings.HasPrefix((*told)[0].Text, "From Writer") || !strings.HasSuffix((*told)[0].Text, "and 1 other") {
		t.Fatalf("told %+v", *told)
	}
	for _, tt := range []struct {
		show        settings.Show
		title, text string
		none        bool
	}{{settings.ShowSender, "Ada", "", false}, {settings.ShowNumber, "1 new message", "", false}, {settings.ShowNone, "", "", true}} {
		p.Set(func(s *settings.Settings) { s.Notifications.Show = tt.show })
		*told = nil
		n.Apply(w.arrive("INBOX", w.news("Ada <ada@example.org>", "Secret "+string(tt.show), "x")))
		w.pass(3 * time.Second)
		switch {
		case tt.none:
			if len(*told) != 0 {
				t.Errorf("%s: told %+v", tt.show, *told)
			}
		case len(*told) != 1 || (*told)[0].Title != tt.title || (*told)[0].Text != tt.text:
			t.Errorf("%s: told %+v", tt.show, *told)
		}
	}
}

func TestNotifyKeepsQuietHours(t *testing.T) {
	w := newWorld(t)
	n, p, told := w.notify()
	hour := func(d time.Duration) string { return w.now.Add(d).Format("15:04") }
	p.Set(func(s *settings.Settings) {
		s.Notifications.Quiet, s.Notifications.From, s.Notifications.Until = true, hour(-time.Hour), hour(time.Hour)
	})
	n.Apply(w.arrive("INBOX", w.news("Ada <ada@example.org>", "At night", "x")))
	w.pass(3 * time.Second)
	if len(*told) != 0 {
		t.Errorf("told %+v", *told)
	}
}

func TestPreferencesAreKept(t *testing.T) {
	w := newWorld(t)
	dir := t.TempDir()
	p := vm.NewPreferences(&w.Desk, dir)
	told := 0
	p.OnChange(func() { told++ })
	p.AllowPictures("Letter@Kestrel.example", false)
	p.AllowPictures("a@shop.example", true)
	p.Set(func(s *settings.Settings) { s.General.SingleKeys = false })
	if told != 3 || !p.Privacy.Allows("letter@kestrel.example") || p.General.SingleKeys {
		t.Errorf("at once: told %d, %+v", told, p.Settings)
	}
	w.settle()
	again := vm.NewPreferences(&w.Desk, dir)
	if !again.Privacy.Allows("b@shop.example") || again.Privacy.Allows("b@kestrel.example") || again.General.SingleKeys || again.Err != nil {
		t.Errorf("after a restart: %+v, %v", again.Settings, again.Err)
	}
	again.ForgetPictures("@shop.example")
	w.settle()
	if again.Privacy.Allows("b@shop.example") {
		t.Error("still allowed")
	}
	state := vm.NewWindowState(&w.Desk, dir)
	for n := range 100 {
		state.Set(func(s *settings.Window) { s.Sidebar = 200 + n })
	}
	if got := vm.NewWindowState(&w.Desk, dir).Sidebar; got != 0 {
		t.Errorf("written during a drag: %d", got)
	}
	w.pass(3 * time.Second)
	if got := vm.NewWindowState(&w.Desk, dir).Sidebar; got != 299 {
		t.Errorf("after a drag: %d", got)
	}
	state.Set(func(s *settings.Window) { s.List = 400 })
	if err := state.Flush(); err != nil {
		t.Fatal(err)
	}
	if got := vm.NewWindowState(&w.Desk, dir).List; got != 400 {
		t.Errorf("after a flush: %d", got)
	}
}
