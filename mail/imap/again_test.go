package imap_test

import (
	"testing"

	"postrider/mail"
)

// TestHalfDoneMoveIsEnded: the server's part of a move ended between the copy and
// the deletion, which RFC 6851 3.3 allows for. To move again would leave two.
func TestHalfDoneMoveIsEnded(t *testing.T) {
	s := server(t)
	if err := s.Deliver("alice", raw(1, "one"), raw(2, "two")); err != nil {
		t.Fatal(err)
	}
	if err := s.DeliverTo("alice", "A", raw(3, "other")); err != nil {
		t.Fatal(err)
	}
	c := newClient(t, s.IMAP)
	c.sync()
	c.do(mail.Move{Targets: []mail.PlacementID{c.one("INBOX", "one").ID, c.one("INBOX", "two").ID}, To: c.mailbox("A").ID})
	if task, err := c.store.NextTask(t.Context(), id, true); err != nil || task == nil { // and then we are killed
		t.Fatal(task, err)
	}
	if out, err := s.Doveadm("copy", "-u", "alice", "A", "mailbox", "INBOX", "subject", "one"); err != nil {
		t.Fatal(err, out)
	}
	c.sync()
	c.sync()
	want := "A | one | []\nA | other | []\nA | two | []"
	other := newClient(t, s.IMAP)
	other.sync()
	for _, got := range []string{c.picture(), other.picture()} {
		if got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
	c.check()
}
