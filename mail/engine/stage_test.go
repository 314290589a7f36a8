package engine_test

import (
	"context"
	"io"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"postrider/mail"
	"postrider/mail/engine"
	"postrider/mail/message"
	"postrider/mail/store"
)

// stage is a worker with a store, on the clock of a synctest bubble, and the
// drivers that it gets.
type stage struct {
	t      *testing.T
	store  *store.Store
	worker *engine.Worker
	feed   *store.Subscription
	stop   context.CancelFunc
	ended  chan struct{}

	mu       sync.Mutex
	connects []time.Time // when it connected
	play     func(n int) (*actor, error)
}

// actor is a driver whose parts are written by the test; what is not written
// goes well and says nothing.
type actor struct {
	pull   func(context.Context, engine.Scope, *store.Mirror) error
	push   func(context.Context, *store.Task) ([]store.Result, error)
	fetch  func(context.Context, store.Source, func(io.Reader) error) error
	wait   func(context.Context) error
	closed atomic.Bool
}

func (a *actor) Pull(ctx context.Context, scope engine.Scope, m *store.Mirror) error {
	if a.pull == nil {
		return ctx.Err()
	}
	return a.pull(ctx, scope, m)
}

func (a *actor) Push(ctx context.Context, task *store.Task) (results []store.Result, err error) {
	if a.push != nil {
		return a.push(ctx, task)
	}
	for _, item := range task.Items {
		results = append(results, store.Result{Item: item})
	}
	return results, nil
}

func (a *actor) Fetch(ctx context.Context, src store.Source, take func(io.Reader) error) error {
	return a.fetch(ctx, src, take)
}

func (a *actor) Wait(ctx context.Context) error {
	if a.wait == nil {
		<-ctx.Done()
		return ctx.Err()
	}
	return a.wait(ctx)
}

func (a *actor) Close() error {
	a.closed.Store(true)
	return nil
}

// perform runs a worker in a bubble: play gives the n-th connection, from 1.
func perform(t *testing.T, play func(n int) (*actor, error), script func(*stage)) {
	t.Helper()
	dir := fastDir(t)
	synctest.Test(t, func(t *testing.T) {
		s, err := store.Open(t.Context(), dir, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		st := &stage{t: t, store: s, play: play, ended: make(chan struct{})}
		st.must(s.AddAccount(t.Context(), account, store.IMAP))
		st.must(st.furnish())
		st.feed, _ = s.Subscribe()
		st.worker = engine.NewWorker(s, account, st.connect)
		ctx, stop := context.WithCancel(t.Context())
		st.stop = stop
		go func() {
			defer close(st.ended)
			st.worker.Run(ctx)
		}()
		synctest.Wait()
		script(st)
		stop()
		<-st.ended
		st.must(s.Close())
	})
}

// furnish gives the account two mailboxes, and the inbox three messages whose
// bodies are on the server.
func (st *stage) furnish() error {
	ctx := st.t.Context()
	m := st.store.Mirror(account)
	boxes, err := m.Listed(ctx, []mail.Mailbox{{Path: "INBOX", Remote: "INBOX", Role: mail.RoleInbox}, {Path: "A", Remote: "A"}})
	if err != nil {
		return err
	}
	for _, box := range boxes {
		if err := m.Begin(ctx, box.ID, 1); err != nil {
			return err
		}
	}
	var list []store.Seen
	for i, name := range []string{"one", "two", "three"} {
		raw := letter(name)
		list = append(list, store.Seen{UID: mail.UID(i + 1), Received: time.Now(), Size: int64(len(raw)), Header: message.ParseHeader(raw)})
	}
	_, err = m.Seen(ctx, boxes[0].ID, list)
	return err
}

func letter(name string) []byte {
	return []byte("Message-ID: <" + name + "@test.example>\r\nSubject: " + name + "\r\nDate: Mon, 02 Mar 2026 10:00:00 +0000\r\n\r\nThis is " + name + ".\r\n")
}

func (st *stage) connect(context.Context) (engine.Driver, error) {
	st.mu.Lock()
	st.connects = append(st.connects, time.Now())
	n := len(st.connects)
	st.mu.Unlock()
	a, err := st.play(n)
	if err != nil {
		return nil, err
	}
	return a, nil
}

func (st *stage) must(err error) {
	st.t.Helper()
	if err != nil {
		st.t.Fatal(err)
	}
}

// gaps are the pauses between connections so far.
func (st *stage) gaps() (gaps []time.Duration) {
	st.mu.Lock()
	defer st.mu.Unlock()
	for i := 1; i < len(st.connects); i++ {
		gaps = append(gaps, st.connects[i].Sub(st.connects[i-1]))
	}
	return gaps
}

func (st *stage) connections() int {
	st.mu.Lock()
	defer st.mu.Unlock()
	return len(st.connects)
}

// pass lets time pass.
func (st *stage) pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// said are the statuses that were published since the last call.
func (st *stage) said() (list []mail.Status) {
	st.t.Helper()
	st.store.Publish(mail.OpsChanged{}) // so that there is something to wait for
	batches, err := st.feed.Next(st.t.Context())
	st.must(err)
	for _, b := range batches {
		for _, c := range b.Changes {
			if s, ok := c.(mail.AccountStatus); ok {
				list = append(list, s.Status)
			}
		}
	}
	return list
}

// phases are the phases in turn, each once.
func phases(list []mail.Status) (turns []mail.Phase) {
	for _, s := range list {
		if len(turns) == 0 || turns[len(turns)-1] != s.Phase {
			turns = append(turns, s.Phase)
		}
	}
	return turns
}

// row is the message of that subject in the inbox.
func (st *stage) row(subject string) (found store.Row) {
	st.t.Helper()
	st.must(st.store.Read(st.t.Context(), func(sn *store.Snapshot) error {
		boxes, err := sn.Mailboxes(account)
		if err != nil {
			return err
		}
		var ids []mail.MailboxID
		for _, b := range boxes {
			ids = append(ids, b.ID)
		}
		rows, err := sn.List(store.Page{Mailboxes: ids, Limit: 100})
		for _, r := range rows {
			if r.Subject == subject {
				found = r
			}
		}
		return err
	}))
	return found
}

func (st *stage) box(path string) (id mail.MailboxID) {
	st.t.Helper()
	st.must(st.store.Read(st.t.Context(), func(sn *store.Snapshot) error {
		boxes, err := sn.Mailboxes(account)
		for _, b := range boxes {
			if b.Path == path {
				id = b.ID
			}
		}
		return err
	}))
	return id
}

func (st *stage) do(ops ...mail.Op) {
	st.t.Helper()
	for _, op := range ops {
		_, err := st.store.Do(st.t.Context(), op)
		st.must(err)
	}
	st.worker.Wake()
}
