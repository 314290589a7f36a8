package imap_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"postrider/mail"
)

// running is a client whose worker runs, as in an open window.
type running struct {
	*client
	changed chan struct{} // a token when something was published
}

func run(t *testing.T, c *client) *running {
	t.Helper()
	r := &running{c, make(chan struct{}, 1)}
	ctx, stop := context.WithCancel(t.Context())
	sub, _ := c.store.Subscribe()
	var ends sync.WaitGroup
	ends.Go(func() { c.worker.Run(ctx) })
	ends.Go(func() {
		for {
			if _, err := sub.Next(ctx); err != nil {
				return
			}
			select {
			case r.changed <- struct{}{}:
			default:
			}
		}
	})
	t.Cleanup(func() {
		stop()
		ends.Wait()
	})
	return r
}

// until waits for a state of what is shown.
func (r *running) until(what string, is func() bool) {
	r.t.Helper()
	limit := time.After(patience)
	for !is() {
		select {
		case <-r.changed:
		case <-limit:
			r.t.Fatalf("%s does not show; it shows\n%s\nand says %+v", what, r.picture(), r.worker.Status())
		}
	}
}

// TestOneClientsActsShowInTheOther, which runs and is not asked to look.
func TestOneClientsActsShowInTheOther(t *testing.T) {
	for _, k := range kinds {
		if k.mute() || k.rare && !*all {
			continue
		}
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			s := server(t, k.option())
			deliver(t, s, "one", "two", "three")
			a, b := newClient(t, s.IMAP), run(t, newClient(t, s.IMAP))
			a.sync()
			b.until("the inbox", func() bool { return b.worker.Status().Phase == mail.PhaseIdle && len(b.shown()) == 3 })
			shows := func(what string, op mail.Op, path, subject string, is func(found bool, flags mail.Flags) bool) {
				t.Helper()
				a.do(op)
				a.sync()
				began := time.Now()
				b.until(what, func() bool {
					flags, found := b.shown()[path+" "+subject]
					return is(found, flags)
				})
				t.Logf("%s: %v after it was done", what, time.Since(began).Round(time.Millisecond))
			}
			one := func(path, subject string) []mail.PlacementID { return []mail.PlacementID{a.one(path, subject).ID} }
			starred := func(_ bool, f mail.Flags) bool { return f.Has(mail.Flagged) }
			gone := func(found bool, _ mail.Flags) bool { return !found }
			shows("a flag", mail.SetFlags{Targets: one("INBOX", "one"), Patch: star}, "INBOX", "one", starred)
			shows("a move", mail.Move{Targets: one("INBOX", "two"), To: a.mailbox("Archive").ID}, "INBOX", "two", gone)
			shows("a deletion", mail.Expunge{Targets: one("INBOX", "three")}, "INBOX", "three", gone)
			if !k.lacks("NOTIFY") {
				shows("a flag in another folder", mail.SetFlags{Targets: one("Archive", "two"), Patch: star}, "Archive", "two", starred)
				shows("a deletion in another folder", mail.Expunge{Targets: one("Archive", "two")}, "Archive", "two", gone)
			}
		})
	}
}

// shown are the flags of all messages that are shown, by mailbox and subject.
func (r *running) shown() map[string]mail.Flags {
	found := map[string]mail.Flags{}
	for _, row := range r.rows() {
		found[row.Path+" "+row.Subject] = row.Flags
	}
	return found
}
