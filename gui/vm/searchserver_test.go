package vm_test

import (
	"context"
	"strings"
	"testing"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/demo"
)

func TestSearchAsksServersThatKnowMore(t *testing.T) {
	d, err := demo.Start(context.WithoutCancel(t.Context()), demo.Options{Every: -1, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	w := openWorld(t, d)
	acc, err := accounts.In(w.client.Dir()).Edit(t.Context(), imapOf(t, d), func(a *accounts.Account) error {
		a.Offline = accounts.Offline{Mode: accounts.OfflineHeaders}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.client.Sync(t.Context(), []accounts.Account{acc}, func(client.Synced) {}); err != nil {
		t.Fatal(err)
	}
	if err := w.client.Indexed(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.roster.Load()
	w.settle()

	s := w.search()
	s.Type("body:lighting")
	w.settle()
	if len(s.Rows) != 0 || s.Offer != "Search that server too" || !strings.Contains(s.Covered, "are on its server") {
		t.Fatalf("%d rows, %q, %q", len(s.Rows), s.Offer, s.Covered)
	}
	s.AskServers()
	if !s.Asking || s.Offer != "" {
		t.Error("nothing says that servers are asked")
	}
	w.settle()
	found := len(s.Rows)
	if found == 0 || s.Asking || s.Offer != "" || !strings.Contains(s.Covered, "servers' answers") {
		t.Fatalf("%d rows, %q, %q", found, s.Offer, s.Covered)
	}
	s.Again() // mail has come
	w.settle()
	if len(s.Rows) != found {
		t.Errorf("%d rows, had %d", len(s.Rows), found)
	}
	s.Type("body:lightin")
	w.settle()
	if len(s.Rows) != 0 || s.Offer == "" {
		t.Errorf("of another search: %d rows, %q", len(s.Rows), s.Offer)
	}
	s.AskServers()
	s.Close()
	w.settle()
	if s.Active || len(s.Rows) != 0 {
		t.Error("an answer came to a search that was ended")
	}

	d.Close()
	s.Type("body:lighting")
	w.settle()
	s.AskServers()
	w.settle()
	if !strings.Contains(s.Covered, "did not answer") {
		t.Errorf("of a server that is not there: %q", s.Covered)
	}
	s.Type("is:unread")
	w.settle()
	if s.Offer != "" {
		t.Errorf("a server knows no more of what is unread: %q", s.Offer)
	}
}

// imapOf is an IMAP account of the demo that can sign in.
func imapOf(t *testing.T, d *demo.World) mail.AccountID {
	for _, acc := range d.Accounts() {
		if acc.Protocol == accounts.IMAP {
			return acc.ID
		}
	}
	t.Fatal("the demo has none")
	return ""
}
