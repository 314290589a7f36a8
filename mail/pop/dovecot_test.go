package pop_test

import (
	"crypto/sha256"
	"testing"

	"postrider/mail/mailtest"
	"postrider/mail/mailtest/gen"
)

// TestDovecot brings a maildrop here, byte for byte, and then finds that
// nothing is new in a moment.
func TestDovecot(t *testing.T) {
	s := mailtest.Dovecot(t)
	m, err := s.Load("alice", gen.Options{N: 300, Flat: true})
	if err != nil {
		t.Fatal(err)
	}
	c := newClient(t, s.POP3, "alice", "forever")
	if rep := c.sync(); rep.Added != m.Messages {
		t.Errorf("%d messages came, want %d", rep.Added, m.Messages)
	}
	var sum gen.Sum
	for hash, n := range c.hashes() {
		if n != 1 {
			t.Errorf("a message is here %d times", n)
		}
		for i := range sum {
			sum[i] ^= hash[i]
		}
	}
	if sum.String() != m.Sum {
		t.Error("some bytes are not the server's")
	}
	rep := c.sync()
	if rep.Added != 0 || rep.RoundTrips > 7 || rep.In > 20_000 {
		t.Errorf("a second sync brought %d messages, %d octets, in %d round trips", rep.Added, rep.In, rep.RoundTrips)
	}
	stored, err := s.Messages("alice", "INBOX")
	if err != nil || len(stored) != m.Messages {
		t.Errorf("the server has %d messages then (%v)", len(stored), err)
	}
}

// TestDovecotNone empties a maildrop and keeps everything.
func TestDovecotNone(t *testing.T) {
	s := mailtest.Dovecot(t)
	var raws [][]byte
	for _, n := range []string{"a", "b", "c"} {
		raws = append(raws, letterOf(n, 3<<20))
	}
	if err := s.Deliver("bob", raws...); err != nil {
		t.Fatal(err)
	}
	c := newClient(t, s.POP3, "bob", "none")
	c.sync()
	c.want("a b c")
	count := c.hashes()
	for _, raw := range raws {
		if count[sha256.Sum256(raw)] != 1 {
			t.Error("a large message is not what was delivered")
		}
	}
	if stored, err := s.Messages("bob", "INBOX"); err != nil || len(stored) != 0 {
		t.Errorf("the server has %d messages then (%v)", len(stored), err)
	}
}
