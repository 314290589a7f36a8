package compose

import (
	"context"
	"os"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"postrider/accounts"
	"postrider/accounts/secret"
	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/demo"
	"postrider/mail/phrase"
	"postrider/mail/typeset"
)

// world is a client with the demo's mail, and composers on Fyne's test driver.
// What is asked for happens when settle is called, on the test's goroutine.
type world struct {
	*Room
	t      *testing.T
	demo   *demo.World
	now    time.Time
	jobs   []func()
	timers []*timer
	sent   []*vm.Dispatch
}

type timer struct {
	at   time.Time
	fn   func()
	gone bool
}

func newWorld(t *testing.T) *world {
	t.Helper()
	ctx := t.Context()
	d, err := demo.Start(ctx, demo.Options{Every: -1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	dir, keys := t.TempDir(), &secret.Memory{}
	for _, acc := range d.Accounts() {
		if acc.ID == "demowork" {
			acc.Identities = []accounts.Identity{
				{Name: acc.Name, Address: acc.Address, Signature: "Nora Falk\nFernlight, light for rooms with books"},
				{Name: "Fernlight orders", Address: "orders@fernlight.example", Signature: "The Fernlight team"},
			}
		}
		if _, err := accounts.In(dir).Add(ctx, acc.Account); err != nil {
			t.Fatal(err)
		}
		if err := keys.Set(ctx, acc.ID, secret.Password, secret.New(acc.Password)); err != nil {
			t.Fatal(err)
		}
	}
	w := &world{t: t, demo: d, now: time.Date(2026, 3, 3, 9, 41, 0, 0, time.Local)}
	c, err := client.Open(ctx, client.Options{Dir: dir, Keyring: keys, Now: func() time.Time { return w.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	list, err := c.All()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Sync(ctx, list[:1], func(client.Synced) {}); err != nil {
		t.Fatal(err)
	}
	app := test.NewTempApp(t)
	desk := &vm.Desk{
		Go: func(f func()) { w.jobs = append(w.jobs, f) }, Post: func(f func()) { w.jobs = append(w.jobs, f) },
		Now: func() time.Time { return w.now }, Style: phrase.StyleOf("en_GB"),
		After: func(d time.Duration, fn func()) func() {
			tm := &timer{at: w.now.Add(d), fn: fn}
			w.timers = append(w.timers, tm)
			return func() { tm.gone = true }
		},
	}
	roster := vm.NewRoster(desk, c)
	w.Room = &Room{
		App: app, Desk: desk, Client: c, Roster: roster, People: vm.NewAcquaintances(desk, c, roster), Library: typeset.Embedded(),
		Options: func() vm.ComposeOptions { return vm.ComposeOptions{UndoFor: 10 * time.Second} },
		Sent:    func(d *vm.Dispatch) { w.sent = append(w.sent, d) },
	}
	roster.Load()
	w.settle()
	return w
}

// settle lets all happen that was asked for.
func (w *world) settle() {
	for len(w.jobs) > 0 {
		f := w.jobs[0]
		w.jobs = w.jobs[1:]
		f()
	}
}

// pass lets time go by.
func (w *world) pass(d time.Duration) {
	w.settle()
	w.now = w.now.Add(d)
	for again := true; again; {
		again = false
		for _, tm := range w.timers {
			if !tm.gone && !tm.at.After(w.now) {
				tm.gone, again = true, true
				tm.fn()
				w.settle()
			}
		}
	}
}

// box is an account's folder for a role.
func (w *world) box(role mail.Role) mail.MailboxID {
	w.t.Helper()
	for _, m := range w.tree().Mailboxes {
		if m.Account == "demowork" && m.Role == role {
			return m.ID
		}
	}
	w.t.Fatalf("there is no folder for %s", role)
	return 0
}

func (w *world) tree() *client.Tree {
	w.t.Helper()
	tree, err := w.Client.Tree(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	return tree
}

// rows are the messages in a folder, newest first.
func (w *world) rows(role mail.Role) []client.Row {
	w.t.Helper()
	for _, m := range w.tree().Mailboxes {
		if m.Account == "demowork" && m.Role == role {
			rows, err := w.Client.List(context.Background(), client.Page{Mailboxes: []mail.MailboxID{m.ID}, Limit: 100})
			if err != nil {
				w.t.Fatal(err)
			}
			return rows
		}
	}
	return nil
}

// find is the message with a subject in the inbox.
func (w *world) find(subject string) client.Row {
	w.t.Helper()
	for _, r := range w.rows(mail.RoleInbox) {
		if r.Subject == subject {
			return r
		}
	}
	for _, r := range w.rows(mail.RoleInbox) {
		w.t.Log(r.Subject)
	}
	w.t.Fatalf("there is no message %q", subject)
	return client.Row{}
}

// pictureDir is where pictures go, "" for nowhere.
func pictureDir() string { return os.Getenv("POSTRIDER_PICTURES") }

var looks = []struct {
	mode  theme.Mode
	scale float32
	name  string
}{{theme.AlwaysLight, 1, "light"}, {theme.AlwaysDark, 1, "dark"}, {theme.AlwaysLight, 2, "light@2"}, {theme.AlwaysDark, 2, "dark@2"}}

func resize(w fyne.Window, size fyne.Size, scale float32) {
	w.Canvas().(interface{ SetScale(float32) }).SetScale(scale)
	w.Resize(size)
}
