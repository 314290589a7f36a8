package compose

import (
	"context"
	"errors"
	"os"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"postrider/accounts"
	"postrider/accounts/secret"
	"postrider/gui/fynetest"
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
	app    *fynetest.App
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

// template is a data folder with the mail of one account of a demo, whose servers
// run until the tests end.
var template = struct {
	once sync.Once
	dir  string
	demo *demo.World
	err  error
}{}

func TestMain(m *testing.M) {
	code := m.Run()
	if template.demo != nil {
		template.demo.Close()
	}
	if template.dir != "" {
		os.RemoveAll(template.dir)
	}
	os.Exit(code)
}

func makeTemplate() (err error) {
	ctx := context.Background()
	if template.demo, err = demo.Start(ctx, demo.Options{Every: -1}); err != nil {
		return err
	}
	if template.dir, err = os.MkdirTemp("", "postrider-compose-test-"); err != nil {
		return err
	}
	for _, acc := range template.demo.Accounts() {
		if acc.ID == "demowork" {
			acc.Identities = []accounts.Identity{
				{Name: acc.Name, Address: acc.Address, Signature: "Nora Falk\nFernlight, light for rooms with books"},
				{Name: "Fernlight orders", Address: "orders@fernlight.example", Signature: "The Fernlight team"},
			}
		}
		if _, err := accounts.In(template.dir).Add(ctx, acc.Account); err != nil {
			return err
		}
	}
	c, err := client.Open(ctx, client.Options{Dir: template.dir, Keyring: passwords(ctx)})
	if err != nil {
		return err
	}
	list, err := c.All()
	if err == nil {
		err = c.Sync(ctx, list[:1], func(client.Synced) {})
	}
	return errors.Join(err, c.Close())
}

func passwords(ctx context.Context) *secret.Memory {
	keys := &secret.Memory{}
	for _, acc := range template.demo.Accounts() {
		keys.Set(ctx, acc.ID, secret.Password, secret.New(acc.Password))
	}
	return keys
}

func newWorld(t *testing.T) *world {
	t.Helper()
	template.once.Do(func() { template.err = makeTemplate() })
	if template.err != nil {
		t.Fatal(template.err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(template.dir)); err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, now: time.Date(2026, 3, 3, 9, 41, 0, 0, time.Local)}
	c, err := client.Open(t.Context(), client.Options{Dir: dir, Keyring: passwords(t.Context()), Now: func() time.Time { return w.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	w.app = fynetest.New(t)
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
		App: w.app, Desk: desk, Client: c, Roster: roster, People: vm.NewAcquaintances(desk, c, roster), Library: typeset.Embedded(), Drafts: vm.NewOpenDrafts(desk, c),
		Options: func() vm.ComposeOptions { return vm.ComposeOptions{UndoFor: 10 * time.Second} },
		Sent:    func(d *vm.Dispatch) { w.sent = append(w.sent, d) },
	}
	roster.Load()
	w.settle()
	return w
}

// settle lets all happen that was asked for.
func (w *world) settle() {
	for w.app.Settle(); len(w.jobs) > 0; w.app.Settle() {
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

// resize gives a window a size at a scale. The widgets notice the scale, and are
// drawn anew by a goroutine that asks for it.
func (w *world) resize(window fyne.Window, size fyne.Size, scale float32) {
	window.Canvas().(interface{ SetScale(float32) }).SetScale(scale)
	window.Resize(size)
	window.Canvas().Capture()
	time.Sleep(300 * time.Millisecond)
	w.app.Settle()
}
