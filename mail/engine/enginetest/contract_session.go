package enginetest

import (
	"context"
	"io"

	"postrider/mail"
	"postrider/mail/engine"
	"postrider/mail/store"
)

// source is where the bytes of a message of the inbox are.
func (b *bed) source(subject string) (src store.Source) {
	b.t.Helper()
	id := b.row("INBOX", subject).ID
	b.read(func(sn *store.Snapshot) (err error) {
		src, err = sn.SourceOf(id)
		return err
	})
	return src
}

func fetchBrings(b *bed) {
	b.deliver("INBOX", "one", "two")
	b.sync()
	d := b.connect()
	for _, s := range []string{"two", "one", "two"} {
		var got []byte
		b.must(d.Fetch(b.t.Context(), b.source(s), func(r io.Reader) (err error) {
			got, err = io.ReadAll(r)
			return err
		}))
		if want := Raw(s, s); string(got) != string(want) {
			b.t.Errorf("fetched\n%q\nwant\n%q", got, want)
		}
	}
}

func fetchGone(b *bed) {
	b.deliver("INBOX", "one", "two")
	b.sync()
	src := b.source("one")
	b.must(b.Server.Expunge("INBOX", "one"))
	d := b.connect()
	err := d.Fetch(b.t.Context(), src, func(io.Reader) error { return nil })
	if !mail.Is(err, mail.KindGone) {
		b.t.Errorf("fetching what is gone: %v, want kind gone", err)
	}
	b.must(b.pull(d))
}

// ended reports an error that a context's end explains.
func ended(err error) bool { return mail.Is(err, mail.KindCanceled) }

func endsWithContext(b *bed) {
	b.deliver("INBOX", "one", "two")
	b.sync()
	b.deliver("INBOX", "three")
	ctx, cancel := context.WithCancel(b.t.Context())
	cancel()
	src := b.source("one")
	for name, fn := range map[string]func(engine.Driver) error{
		"Pull":  func(d engine.Driver) error { return d.Pull(ctx, quiet, b.store.Mirror(Account)) },
		"Fetch": func(d engine.Driver) error { return d.Fetch(ctx, src, func(io.Reader) error { return nil }) },
		"Wait":  func(d engine.Driver) error { return d.Wait(ctx) },
	} {
		d := b.connect()
		if err := b.prompt(name, func() error { return fn(d) }); !ended(err) {
			b.t.Errorf("%s with a context that has ended: %v", name, err)
		}
	}
	b.endsInPull()
	b.sync()
	b.agree(plain("INBOX", "one"), plain("INBOX", "two"), plain("INBOX", "three"))
}

// endsInPull ends the context of a Pull in the middle of it.
func (b *bed) endsInPull() {
	ctx, cancel := context.WithCancel(b.t.Context())
	scope := quiet
	scope.Between = func(context.Context) error { cancel(); return nil }
	scope.Progress = func(engine.Progress) { cancel() }
	d := b.connect()
	err := b.prompt("Pull", func() error { return d.Pull(ctx, scope, b.store.Mirror(Account)) })
	if err != nil && !ended(err) {
		b.t.Errorf("a pull whose context ends: %v", err)
	}
}

func waitEnds(b *bed) {
	b.deliver("INBOX", "one")
	b.sync()
	d := b.connect()
	for range 3 {
		b.must(b.pull(d))
		ctx, cancel := context.WithCancel(b.t.Context())
		done := make(chan error, 1)
		go func() { done <- d.Wait(ctx) }()
		cancel()
		err := b.prompt("Wait", func() error { return <-done })
		if err != nil && !ended(err) {
			b.t.Fatalf("a wait whose context ends: %v", err)
		}
	}
	b.deliver("INBOX", "two")
	b.must(b.pull(d))
	b.agree(plain("INBOX", "one"), plain("INBOX", "two"))
}

func waitHears(b *bed) {
	if b.Mute {
		b.t.Skip("this server does not tell of news")
	}
	d := b.connect()
	b.must(b.pull(d))
	done := make(chan error, 1)
	go func() { done <- d.Wait(b.t.Context()) }()
	b.deliver("INBOX", "one")
	b.must(b.prompt("Wait with news", func() error { return <-done }))
	b.must(b.pull(d))
	b.agree(plain("INBOX", "one"))
}

func closeTwice(b *bed) {
	d := b.connect()
	b.must(b.pull(d))
	for range 3 {
		if err := b.prompt("Close", d.Close); err != nil {
			b.t.Errorf("close: %v", err)
		}
	}
	if err := b.prompt("a pull after Close", func() error { return b.pull(d) }); err == nil {
		b.t.Error("a closed driver pulls")
	}
}
