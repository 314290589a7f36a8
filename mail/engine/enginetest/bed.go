package enginetest

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"postrider/mail"
	"postrider/mail/engine"
	"postrider/mail/store"
)

// Account is the account of a bed's store.
const Account = mail.AccountID("contract")

// deadline is how long something may take that has to be prompt, on a machine
// that does ten other things.
const deadline = 30 * time.Second

// bed is a Subject at work: a store, its worker, and a clock.
type bed struct {
	t *testing.T
	Subject
	store  *store.Store
	worker *engine.Worker
	ahead  time.Duration // of the real clock; changed between calls of the store only
}

func newBed(t *testing.T, factory Factory) *bed {
	t.Helper()
	b := &bed{t: t, Subject: factory(t)}
	s, err := store.Open(t.Context(), folder(t), store.Options{Now: func() time.Time { return time.Now().Add(b.ahead) }})
	b.must(err)
	t.Cleanup(func() { s.Close() })
	b.must(s.AddAccount(t.Context(), Account, b.Protocol))
	b.store, b.worker = s, engine.NewWorker(s, Account, b.Connect(s))
	return b
}

// folder is a temporary folder, in memory where there is one: these tests are
// about order, not about fsync.
func folder(t *testing.T) string {
	dir, err := os.MkdirTemp("/dev/shm", "postrider-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func (b *bed) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// deliver puts messages into a mailbox of the server.
func (b *bed) deliver(mailbox string, subjects ...string) {
	b.t.Helper()
	for _, s := range subjects {
		b.must(b.Server.Deliver(mailbox, Raw(s, s)))
	}
}

// connect returns a driver of its own connection.
func (b *bed) connect() engine.Driver {
	b.t.Helper()
	d, err := b.Connect(b.store)(b.t.Context())
	b.must(err)
	b.t.Cleanup(func() { d.Close() })
	return d
}

// sync is a sync some time after the last one.
func (b *bed) sync() engine.Report {
	b.t.Helper()
	b.ahead += 5 * time.Minute
	rep, err := b.worker.Once(b.t.Context())
	b.must(err)
	return rep
}

// pull is a Pull over a driver.
func (b *bed) pull(d engine.Driver) error {
	return d.Pull(b.t.Context(), quiet, b.store.Mirror(Account))
}

// quiet is a scope that lets nothing in between.
var quiet = engine.Scope{Between: func(context.Context) error { return nil }, Progress: func(engine.Progress) {}}

func (b *bed) do(op mail.Op) {
	b.t.Helper()
	_, err := b.store.Do(b.t.Context(), op)
	b.must(err)
}

// task takes the next task, which must be there.
func (b *bed) task() *store.Task {
	b.t.Helper()
	task, err := b.store.NextTask(b.t.Context(), Account, true)
	b.must(err)
	if task == nil {
		b.t.Fatal("nothing is there to be carried out")
	}
	return task
}

func (b *bed) read(fn func(*store.Snapshot) error) {
	b.t.Helper()
	b.must(b.store.Read(context.WithoutCancel(b.t.Context()), fn))
}

func (b *bed) mailboxes() (list []mail.Mailbox) {
	b.t.Helper()
	b.read(func(sn *store.Snapshot) (err error) {
		list, err = sn.Mailboxes(Account)
		return err
	})
	return list
}

// mailbox returns the id of a mailbox that must be there.
func (b *bed) mailbox(path string) mail.MailboxID {
	b.t.Helper()
	list := b.mailboxes()
	i := slices.IndexFunc(list, func(m mail.Mailbox) bool { return m.Path == path })
	if i < 0 {
		b.t.Fatalf("there is no mailbox %s", path)
	}
	return list[i].ID
}

// rows are the messages shown in a mailbox.
func (b *bed) rows(id mail.MailboxID) (rows []store.Row) {
	b.t.Helper()
	b.read(func(sn *store.Snapshot) (err error) {
		rows, err = sn.List(store.Page{Mailboxes: []mail.MailboxID{id}, Limit: 1000})
		return err
	})
	return rows
}

// row returns the message of that subject in a mailbox, which must be there.
func (b *bed) row(path, subject string) store.Row {
	b.t.Helper()
	rows := b.rows(b.mailbox(path))
	i := slices.IndexFunc(rows, func(r store.Row) bool { return r.Subject == subject })
	if i < 0 {
		b.t.Fatalf("%s shows no %q", path, subject)
	}
	return rows[i]
}

// target names messages of a mailbox for an operation.
func (b *bed) target(path string, subjects ...string) (ids []mail.PlacementID) {
	b.t.Helper()
	for _, s := range subjects {
		ids = append(ids, b.row(path, s).ID)
	}
	return ids
}

// picture is what the store shows, as Server.Picture writes it.
func (b *bed) picture() string {
	b.t.Helper()
	var lines []string
	for _, m := range b.mailboxes() {
		for _, r := range b.rows(m.ID) {
			lines = append(lines, Line(m.Path, r.Subject, r.Flags))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// served is what the server has.
func (b *bed) served() string {
	b.t.Helper()
	p, err := b.Server.Picture()
	b.must(err)
	return p
}

// agree fails the test unless the store is sound and it and the server both
// show these lines.
func (b *bed) agree(lines ...string) {
	b.t.Helper()
	slices.Sort(lines)
	want := strings.Join(lines, "\n")
	if got := b.picture(); got != want {
		b.t.Errorf("the client shows\n%s\nwant\n%s", got, want)
	}
	if got := b.served(); got != want {
		b.t.Errorf("the server has\n%s\nwant\n%s", got, want)
	}
	b.sound()
}

// sound fails the test unless the store agrees with itself and nothing waits.
func (b *bed) sound() {
	b.t.Helper()
	rep, err := b.store.Check(context.WithoutCancel(b.t.Context()), false, nil)
	b.must(err)
	if !rep.OK() {
		b.t.Errorf("the store contradicts itself: %v", rep.Problems)
	}
}

// prompt fails the test if fn takes long.
func (b *bed) prompt(what string, fn func() error) error {
	b.t.Helper()
	done := make(chan error, 1)
	go func() { done <- fn() }()
	select {
	case err := <-done:
		return err
	case <-time.After(deadline):
		b.t.Fatalf("%s does not return", what)
		return nil
	}
}
