package pop_test

import (
	"context"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"testing"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/dial"
	"postrider/mail/engine"
	"postrider/mail/engine/enginetest"
	"postrider/mail/mailtest"
	"postrider/mail/message"
	"postrider/mail/pop"
	"postrider/mail/store"
)

// TestDriverKeepsContract holds the driver against the contract of all drivers,
// before Dovecot and before servers that have little to go by.
func TestDriverKeepsContract(t *testing.T) {
	t.Run("Dovecot", func(t *testing.T) {
		s := mailtest.Dovecot(t)
		enginetest.Run(t, factory(func(*testing.T) (string, enginetest.Backdoor) {
			back := dovecotDoor{s: s}
			for line := range strings.Lines(back.picture(t)) {
				if err := back.Expunge("INBOX", strings.Split(line, " | ")[1]); err != nil {
					t.Fatal(err)
				}
			}
			return s.POP3, back
		}))
	})
	for without, caps := range map[string]string{"": "TOP\nUIDL\nPIPELINING", " UIDL ": "TOP\nPIPELINING", " UIDL TOP ": "PIPELINING", " UIDL TOP CAPA ": ""} {
		t.Run("without"+without, func(t *testing.T) {
			enginetest.Run(t, factory(func(t *testing.T) (string, enginetest.Backdoor) {
				s := newOdd(t)
				s.caps, s.without = caps, without
				return s.addr, oddDoor{s: s}
			}))
		})
	}
}

// factory makes the subjects of contracts, of a server each.
func factory(server func(*testing.T) (string, enginetest.Backdoor)) enginetest.Factory {
	return func(t *testing.T) enginetest.Subject {
		addr, back := server(t)
		proxy := mailtest.Proxy(t, addr)
		return enginetest.Subject{
			Protocol: store.POP3, Server: back, Mute: true, Cuts: 20,
			Connect: func(st *store.Store) engine.Connect { return connectTo(t, proxy.Addr, st) },
			CutAt: func(n int) {
				proxy.ResetCounters()
				proxy.SetRules()
				if n > 0 {
					proxy.SetRules(mailtest.Rule{Conn: 1, Dir: mailtest.Down, Do: mailtest.Cut, After: int64(n) * 197})
				}
			},
		}
	}
}

// connectTo connects to alice's account at addr.
func connectTo(t testing.TB, addr string, st *store.Store) engine.Connect {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		t.Fatal(err)
	}
	n, _ := strconv.Atoi(port)
	a := accounts.Account{
		ID: enginetest.Account, Address: "alice@example.org", Protocol: accounts.POP3,
		Incoming: accounts.Server{Host: host, Port: n, TLS: accounts.NoTLS, User: "alice"},
	}
	a.Complete()
	return pop.Connect(pop.Config{
		Account: a, Store: st, Dialer: &dial.Dialer{},
		Credentials: func(context.Context) (pop.Credentials, error) {
			return pop.Credentials{User: "alice", Password: mailtest.Password("alice")}, nil
		},
	})
}

// noMailboxes is the part of a back door that a POP3 server does not have.
type noMailboxes struct{ enginetest.Backdoor }

func (noMailboxes) Mailboxes() ([]string, error) { return []string{"INBOX"}, nil }

// oddDoor is the back door of an odd server.
type oddDoor struct {
	noMailboxes
	s *odd
}

func (d oddDoor) Deliver(_ string, raw []byte) error {
	d.s.change(func() { d.s.count["delivered"]++ })
	d.s.add(fmt.Sprint("u", d.s.count["delivered"]), raw)
	return nil
}

func (d oddDoor) Expunge(_, subject string) error {
	d.s.change(func() {
		d.s.letters = slices.DeleteFunc(d.s.letters, func(m *letter) bool { return subjectOf(m.raw) == subject })
	})
	return nil
}

func (d oddDoor) Picture() (string, error) {
	var raws [][]byte
	d.s.change(func() {
		for _, m := range d.s.letters {
			raws = append(raws, m.raw)
		}
	})
	return pictureOf(raws), nil
}

func subjectOf(raw []byte) string { return message.ParseHeader(raw).Subject }

func pictureOf(raws [][]byte) string {
	var lines []string
	for _, raw := range raws {
		lines = append(lines, enginetest.Line("INBOX", subjectOf(raw), mail.Flags{}))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// dovecotDoor is the back door of alice's mailbox.
type dovecotDoor struct {
	noMailboxes
	s *mailtest.Server
}

func (d dovecotDoor) Deliver(_ string, raw []byte) error { return d.s.Deliver("alice", raw) }

func (d dovecotDoor) Expunge(_, subject string) error {
	stored, err := d.s.Messages("alice", "INBOX")
	for _, m := range stored {
		if err == nil && subjectOf(m.Raw) == subject {
			_, err = d.s.Doveadm("expunge", "-u", "alice", "mailbox", "INBOX", "uid", fmt.Sprint(m.UID))
		}
	}
	return err
}

func (d dovecotDoor) Picture() (string, error) {
	stored, err := d.s.Messages("alice", "INBOX")
	var raws [][]byte
	for _, m := range stored {
		raws = append(raws, m.Raw)
	}
	return pictureOf(raws), err
}

func (d dovecotDoor) picture(t *testing.T) string {
	t.Helper()
	p, err := d.Picture()
	if err != nil {
		t.Fatal(err)
	}
	return p
}
