package engine_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"postrider/mail"
	"postrider/mail/engine"
	"postrider/mail/engine/enginetest"
	"postrider/mail/store"
)

// postman is an outgoing server whose answers the test writes, and the sender
// that speaks to it, on the clock of a bubble.
type postman struct {
	t      *testing.T
	store  *store.Store
	sender *engine.Sender
	staged map[string]*store.Staged
	began  time.Time
	mu     sync.Mutex
	log    []string // under mu: what was done, and when after the beginning
	answer func(n int) store.Handover
	door   func(n int) error // to connect
	n, met int
	limit  int          // messages that a connection takes; 0: any number
	over   int          // that this one was asked to take
	slept  atomic.Int64 // how long the computer slept, nanoseconds: the clock went on, and timers did not
}

func (p *postman) note(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.log = append(p.log, fmt.Sprintf("%v ", time.Since(p.began).Round(time.Second))+fmt.Sprintf(format, args...))
}

func (p *postman) connect(context.Context) (engine.Courier, error) {
	p.met++
	if p.door != nil {
		if err := p.door(p.met); err != nil {
			p.note("%v", mail.KindOf(err))
			return nil, err
		}
	}
	return p, nil
}

func (p *postman) Spent() bool { return p.limit > 0 && p.over > p.limit }

func (p *postman) Close() error {
	p.over = 0
	return nil
}

func (p *postman) Send(_ context.Context, out *store.Outgoing, last func() error) store.Handover {
	if p.limit > 0 {
		if p.over++; p.over > p.limit {
			p.note("421")
			return store.Handover{How: store.Later, Err: mail.Errorf(mail.KindBusy, "send", "no more over this connection")}
		}
	}
	p.n++
	p.note("%s", out.MessageID)
	if err := last(); err != nil {
		return store.Handover{How: store.Later, Err: err}
	}
	if p.answer != nil {
		return p.answer(p.n)
	}
	return store.Handover{Recipients: make([]error, len(out.Recipients))}
}

func (p *postman) letter(name string, at time.Time) {
	p.t.Helper()
	l := store.Letter{Account: account, Staged: p.staged[name], Sender: "ada@test.example", To: []string{"bob@test.example"}, At: at}
	if _, _, err := p.store.Queue(p.t.Context(), l); err != nil {
		p.t.Fatal(err)
	}
	p.sender.Wake()
}

func (p *postman) did(want string) {
	p.t.Helper()
	synctest.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	if got := fmt.Sprint(p.log); got != want {
		p.t.Errorf("it did\n%s, not\n%s", got, want)
	}
	p.log = nil
}

// sends runs a sender in a bubble, with letters of these names to be written.
// They are compressed outside of it, by another store: what does so is kept for
// all tests.
func sends(t *testing.T, names []string, script func(*postman)) {
	t.Helper()
	p := &postman{staged: staged(t, names)}
	dir := fastDir(t)
	synctest.Test(t, func(t *testing.T) {
		s, err := store.Open(t.Context(), dir, store.Options{Now: func() time.Time { return time.Now().Add(time.Duration(p.slept.Load())) }})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.AddAccount(t.Context(), account, store.POP3); err != nil {
			t.Fatal(err)
		}
		p.t, p.store, p.began = t, s, time.Now()
		p.sender = engine.NewSender(s, account, p.connect)
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { defer close(ended); p.sender.Run(ctx) }()
		synctest.Wait()
		script(p)
		stop()
		<-ended
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}

func staged(t *testing.T, names []string) map[string]*store.Staged {
	t.Helper()
	s, err := store.Open(t.Context(), fastDir(t), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	letters := map[string]*store.Staged{}
	for _, name := range names {
		if letters[name], err = s.StageBytes(t.Context(), enginetest.Raw(name, name)); err != nil {
			t.Fatal(err)
		}
	}
	return letters
}

func TestLettersGoInOrderAndAtTheirTime(t *testing.T) {
	sends(t, []string{"later", "undoable", "one", "two"}, func(p *postman) {
		p.letter("later", p.began.Add(time.Hour))
		p.letter("undoable", p.began.Add(10*time.Second))
		p.letter("one", time.Time{})
		p.letter("two", time.Time{})
		p.did("[0s one@test.example 0s two@test.example]")
		time.Sleep(11 * time.Second)
		p.did("[10s undoable@test.example]")
		time.Sleep(2 * time.Hour)
		p.did("[1h0m0s later@test.example]")
	})
}

// A server that takes two messages over a connection is connected to anew for
// the third.
func TestServerThatHangsUpAfterSomeMessages(t *testing.T) {
	sends(t, []string{"one", "two", "three", "four", "five"}, func(p *postman) {
		p.limit = 2
		for _, name := range []string{"one", "two", "three", "four", "five"} {
			p.letter(name, time.Time{})
		}
		synctest.Wait()
		if p.n != 5 || time.Since(p.began) > time.Second {
			t.Errorf("it did %v", p.log)
		}
	})
}

// A sign-in that is refused is not tried again and again; the person's asking
// is.
func TestSenderStopsForASignIn(t *testing.T) {
	sends(t, []string{"one"}, func(p *postman) {
		p.door = func(n int) error {
			if n < 3 {
				return mail.Errorf(mail.KindSignIn, "sign in", "no")
			}
			return nil
		}
		p.letter("one", time.Time{})
		p.did("[0s sign-in]")
		time.Sleep(24 * time.Hour)
		p.did("[]")
		p.sender.Look()
		p.did("[24h0m0s sign-in]")
		p.sender.Look()
		p.did("[24h0m0s one@test.example]")
	})
}

// A server that is not there is tried for ever, and a letter that comes
// meanwhile waits with the others.
func TestSenderTriesForEver(t *testing.T) {
	sends(t, []string{"one", "two"}, func(p *postman) {
		there := false
		p.door = func(int) error {
			if there {
				return nil
			}
			return mail.Errorf(mail.KindOffline, "connect", "nobody is there")
		}
		p.letter("one", time.Time{})
		time.Sleep(30 * 24 * time.Hour)
		synctest.Wait()
		if n := len(p.log); n < 24*20 || n > 24*30*3 {
			t.Errorf("it tried %d times in a month", n)
		}
		p.log, there = nil, true
		p.letter("two", time.Time{})
		time.Sleep(2 * time.Hour)
		synctest.Wait()
		if len(p.log) != 2 {
			t.Errorf("it sent %v", p.log)
		}
	})
}

// What makes our own program fail leaves the letter unknown, and the next is
// sent.
func TestSenderOutlivesAPanic(t *testing.T) {
	sends(t, []string{"one", "two"}, func(p *postman) {
		p.answer = func(n int) store.Handover {
			if n == 1 {
				panic("a bug")
			}
			return store.Handover{Recipients: []error{nil}}
		}
		p.letter("one", time.Time{})
		p.letter("two", time.Time{})
		time.Sleep(time.Hour)
		synctest.Wait()
		if len(p.log) != 2 {
			t.Errorf("it sent %v", p.log)
		}
		if err := p.store.Read(t.Context(), func(sn *store.Snapshot) error {
			list, err := sn.Pending(account)
			if len(list) != 1 || list[0].State != mail.StateUnknown {
				t.Errorf("waiting is %+v", list)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	})
}

// A computer that slept sends what was due meanwhile soon after it wakes.
func TestMailForLaterGoesOutAfterASleep(t *testing.T) {
	sends(t, []string{"morning"}, func(p *postman) {
		p.letter("morning", p.store.Now().Add(14*time.Hour))
		time.Sleep(time.Hour)
		p.did("[]")
		p.slept.Add(int64(13 * time.Hour))
		time.Sleep(time.Minute)
		p.did("[1h0m30s morning@test.example]")
	})
}

// What the server put off is put off, also for a sender that was stopped while it
// answered: nobody is asked whether it was sent.
func TestAnswerToAStoppedSenderCounts(t *testing.T) {
	sends(t, []string{"hello"}, func(p *postman) {
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		p.answer = func(int) store.Handover {
			stop()
			return store.Handover{How: store.Later, Err: mail.Errorf(mail.KindBusy, "send", "later")}
		}
		p.letter("hello", p.store.Now().Add(time.Hour))
		if _, err := engine.NewSender(p.store, account, p.connect).Once(ctx); err != nil {
			t.Fatal(err) // it is not due yet
		}
		p.slept.Add(int64(time.Hour))
		engine.NewSender(p.store, account, p.connect).Once(ctx)
		list, err := pendingOf(t, p.store)
		if err != nil || len(list) != 1 || list[0].State != mail.StatePending {
			t.Errorf("%+v, %v", list, err)
		}
	})
}

func pendingOf(t *testing.T, s *store.Store) (list []mail.Pending, err error) {
	err = s.Read(t.Context(), func(sn *store.Snapshot) error {
		list, err = sn.Pending(account)
		return err
	})
	return list, err
}
