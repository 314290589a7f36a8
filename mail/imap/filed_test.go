package imap_test

import (
	"bytes"
	"testing"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/mailtest"
	"postrider/mail/store"
)

// sent brings a letter through the Outbox, as if an outgoing server had taken
// it, up to where it is to be filed.
func (c *client) sent(letter []byte) {
	c.t.Helper()
	st, err := c.store.StageBytes(c.t.Context(), letter)
	if err != nil {
		c.t.Fatal(err)
	}
	if _, _, err := c.store.Queue(c.t.Context(), store.Letter{Account: id, Staged: st, Sender: "alice@example.org", To: []string{"bob@example.org"}}); err != nil {
		c.t.Fatal(err)
	}
	out, err := c.store.NextOutgoing(c.t.Context(), id, true, 0)
	if err != nil {
		c.t.Fatal(err)
	}
	if err := c.store.LastCall(c.t.Context(), out); err != nil {
		c.t.Fatal(err)
	}
	if _, err := c.store.SettleOutgoing(c.t.Context(), out, store.Handover{Recipients: []error{nil}}); err != nil {
		c.t.Fatal(err)
	}
}

// inSent counts what the server has in Sent, and what is shown.
func (c *client) inSent(s *mailtest.Server) (there, here int) {
	c.t.Helper()
	list, err := s.Messages("alice", "Sent")
	if err != nil {
		c.t.Fatal(err)
	}
	return len(list), len(c.list("Sent"))
}

// A server that files what it sends gets no second copy, and its own is shown.
func TestSentIsFiledOnce(t *testing.T) {
	theirs := append([]byte("Received: by the provider\r\n"), raw(1, "letter")...)
	for name, filed := range map[string]bool{"by us": false, "by the server": true} {
		t.Run(name, func(t *testing.T) {
			s := server(t)
			c := newClient(t, s.IMAP)
			c.sync()
			c.sent(raw(1, "letter"))
			if filed {
				if err := s.DeliverTo("alice", "Sent", theirs); err != nil {
					t.Fatal(err)
				}
			}
			c.sync()
			if there, here := c.inSent(s); there != 1 || here != 1 {
				t.Errorf("%d in Sent on the server, %d here", there, here)
			}
			list := c.list("Sent")
			shown, err := c.store.Raw(t.Context(), list[0].Message)
			if want := map[bool][]byte{false: raw(1, "letter"), true: theirs}[filed]; err != nil || !bytes.Equal(shown, want) {
				t.Errorf("shown is\n%s\n%v", shown, err)
			}
			c.check()
		})
	}
}

// A provider that is known to file what it sends is given the time for it; until
// then the letter is shown all the same.
func TestKnownProvidersFileThemselves(t *testing.T) {
	s := server(t)
	c := newClient(t, s.IMAP, func(a *accounts.Account) {
		a.Outgoing = &accounts.Server{Host: "smtp.gmail.com", Port: 465, User: "alice"}
	})
	c.sync()
	c.sent(raw(1, "letter"))
	c.sync()
	if there, here := c.inSent(s); there != 0 || here != 1 {
		t.Errorf("%d in Sent on the server, %d here", there, here)
	}
	var waits []mail.Pending
	c.read(func(sn *store.Snapshot) (err error) {
		waits, err = sn.Pending(id)
		return err
	})
	if len(waits) != 1 || waits[0].Kind != mail.OpAppend || waits[0].State != mail.StatePending {
		t.Errorf("waiting is %+v", waits)
	}
}
