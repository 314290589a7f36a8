package imap_test

import (
	"context"
	"runtime"
	"testing"
	"time"

	"postrider/mail"
	"postrider/mail/engine"
	"postrider/mail/engine/enginetest"
	"postrider/mail/mailtest"
	"postrider/mail/store"
)

// listener is a driver on its own, with the store it pulls into.
type listener struct {
	t testing.TB
	engine.Driver
	store *store.Store
}

func newListener(t testing.TB, addr string) *listener {
	t.Helper()
	s, err := store.Open(t.Context(), folder(t), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := s.AddAccount(t.Context(), enginetest.Account, store.IMAP); err != nil {
		t.Fatal(err)
	}
	d, err := connectTo(t, addr, s)(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return &listener{t, d, s}
}

// pull returns what the pull brought.
func (l *listener) pull() store.Counts {
	l.t.Helper()
	m := l.store.Mirror(enginetest.Account)
	scope := engine.Scope{Between: func(context.Context) error { return nil }, Progress: func(engine.Progress) {}}
	if err := l.Pull(l.t.Context(), scope, m); err != nil {
		l.t.Fatal(err)
	}
	return m.Counts()
}

// waits starts a Wait; the function fails the test if it does not end well
// soon.
func (l *listener) waits(ctx context.Context) (ends func(what string) error) {
	done := make(chan error, 1)
	go func() { done <- l.Wait(ctx) }()
	return func(what string) error {
		l.t.Helper()
		select {
		case err := <-done:
			return err
		case <-time.After(patience):
			l.t.Fatalf("nobody was told: %s", what)
			return nil
		}
	}
}

// TestNewsOfAnyFolderWakes: Dovecot has NOTIFY.
func TestNewsOfAnyFolderWakes(t *testing.T) {
	s := server(t)
	other := newRival(t, s)
	deliver(t, s, "one", "two")
	l := newListener(t, s.IMAP)
	l.pull()
	for _, c := range []struct {
		what string
		do   func() error
		want store.Counts
	}{
		{"a delivery to the inbox", func() error { return other.Deliver("INBOX", raw(3, "three")) }, store.Counts{Added: 1}},
		{"a delivery to a folder", func() error { return other.Deliver("Archive", raw(4, "four")) }, store.Counts{Added: 1}},
		{"flags in a folder", func() error { return other.SetFlags("Archive", "four", star) }, store.Counts{Changed: 1}},
		{"flags in the inbox", func() error { return other.SetFlags("INBOX", "one", star) }, store.Counts{Changed: 1}},
		{"a deletion in a folder", func() error { return other.Expunge("Archive", "four") }, store.Counts{Removed: 1}},
		{"a deletion in the inbox", func() error { return other.Expunge("INBOX", "one") }, store.Counts{Removed: 1}},
		{"a new folder", func() error { return other.Make("New") }, store.Counts{}},
	} {
		ends := l.waits(t.Context())
		if err := c.do(); err != nil {
			t.Fatal(c.what, err)
		}
		if err := ends(c.what); err != nil {
			t.Fatalf("%s: %v", c.what, err)
		}
		got := l.pull()
		for got == (store.Counts{}) && c.want != got { // it woke for less: it may, now and then
			if err := l.waits(t.Context())(c.what); err != nil {
				t.Fatalf("%s: %v", c.what, err)
			}
			got = l.pull()
		}
		if got != c.want {
			t.Errorf("%s: the pull found %+v, want %+v", c.what, got, c.want)
		}
	}
}

var star = mail.FlagPatch{Add: mail.Bits(mail.Flagged)}

// TestMailBetweenPullAndWaitIsNoticed: the SELECT that comes before IDLE answers
// for it, and the server does not say it again.
func TestMailBetweenPullAndWaitIsNoticed(t *testing.T) {
	for _, k := range kinds {
		if k.mute() || k.rare {
			continue
		}
		t.Run(k.name, func(t *testing.T) {
			s := server(t, k.option())
			deliver(t, s, "one")
			if err := s.DeliverTo("alice", "Archive", raw(2, "two")); err != nil {
				t.Fatal(err)
			}
			l := newListener(t, s.IMAP)
			l.pull() // leaves another folder open than the inbox
			deliver(t, s, "three")
			if err := l.waits(t.Context())("a delivery"); err != nil {
				t.Fatal(err)
			}
			if got := l.pull(); got.Added != 1 {
				t.Errorf("the pull found %+v, want one more", got)
			}
		})
	}
}

// TestWaitEndsGently: the person does something in the moment in which a wait
// begins. It must not cost the connection.
func TestWaitEndsGently(t *testing.T) {
	s := server(t)
	other := newRival(t, s)
	proxy := mailtest.Proxy(t, s.IMAP, mailtest.Rule{Latency: 10 * time.Millisecond})
	l := newListener(t, proxy.Addr)
	for steps := 1; steps <= 3; steps++ { // SELECT, NOTIFY, IDLE
		if err := other.Deliver("Archive", raw(steps, "old")); err != nil {
			t.Fatal(err)
		}
		l.pull() // leaves another folder open than the inbox
		ctx, cancel := context.WithCancel(t.Context())
		turns := proxy.Counters().Turns
		ends := l.waits(ctx)
		for proxy.Counters().Turns < turns+steps {
			runtime.Gosched() // until the command is on its way
		}
		cancel()
		if err := ends("the context's end"); err != nil && !mail.Is(err, mail.KindCanceled) {
			t.Errorf("after %d commands: %v", steps, err)
		}
		if err := other.Deliver("INBOX", raw(10+steps, "more")); err != nil {
			t.Fatal(err)
		}
		if got := l.pull(); got.Added != 1 {
			t.Errorf("after %d commands: the pull found %+v, want one more", steps, got)
		}
	}
}

// TestServerThatRefusesNotifyIsHeardByIdle: and is not asked twice.
func TestServerThatRefusesNotifyIsHeardByIdle(t *testing.T) {
	for _, no := range []string{"NO [BADEVENT (MessageNew)] not these", "BAD what?"} {
		addr := mailtest.Script(t, `
S: * OK [CAPABILITY IMAP4rev1 IDLE NOTIFY AUTH=PLAIN SASL-IR] hello
C: $tag AUTHENTICATE PLAIN *
S: $tag OK welcome
C: $tag CAPABILITY
S: * CAPABILITY IMAP4rev1 IDLE NOTIFY
S: $tag OK done
C: $tag SELECT INBOX
S: * 0 EXISTS
S: * OK [UIDVALIDITY 7] ok
S: * OK [UIDNEXT 1] ok
S: $tag OK [READ-WRITE] ok
C: $tag NOTIFY SET *
S: $tag `+no+`
C: $tag NOOP
S: $tag OK done
C: $tag IDLE
S: + idling
S: * 1 EXISTS
C: DONE
S: $tag OK done
C: $tag IDLE
S: + idling
S: * 2 EXISTS
C: DONE
S: $tag OK done
C: $tag LOGOUT
S: * BYE bye
S: $tag OK bye
`)
		l := newListener(t, addr)
		for range 2 {
			if err := l.waits(t.Context())("EXISTS"); err != nil {
				t.Fatal(err)
			}
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}
}
