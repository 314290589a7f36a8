package imap_test

import (
	"context"
	"net"
	"strconv"
	"testing"

	"postrider/accounts"
	"postrider/mail/dial"
	"postrider/mail/engine"
	"postrider/mail/engine/enginetest"
	"postrider/mail/imap"
	"postrider/mail/imap/wire"
	"postrider/mail/mailtest"
	"postrider/mail/store"
)

// modern is what Dovecot 2.3 offers, without what nobody here asks for.
const modern = "IMAP4rev1 SASL-IR LITERAL+ ENABLE IDLE ID SPECIAL-USE LIST-EXTENDED LIST-STATUS ESEARCH SEARCHRES UIDPLUS MOVE UNSELECT CONDSTORE QRESYNC NOTIFY NAMESPACE CHILDREN"

// servers are Dovecots that differ in what they offer: all of it, all but one,
// and next to nothing.
var servers = map[string]string{
	"modern":         modern,
	"no CONDSTORE":   "IMAP4rev1 IDLE SPECIAL-USE LIST-EXTENDED LIST-STATUS ESEARCH UIDPLUS MOVE UNSELECT",
	"no UIDPLUS":     "IMAP4rev1 IDLE SPECIAL-USE LIST-EXTENDED LIST-STATUS ESEARCH MOVE UNSELECT CONDSTORE",
	"no MOVE":        "IMAP4rev1 IDLE SPECIAL-USE LIST-EXTENDED LIST-STATUS ESEARCH UIDPLUS UNSELECT CONDSTORE",
	"no LIST-STATUS": "IMAP4rev1 IDLE SPECIAL-USE LIST-EXTENDED ESEARCH UIDPLUS MOVE UNSELECT CONDSTORE",
	"no IDLE":        "IMAP4rev1 SPECIAL-USE LIST-EXTENDED LIST-STATUS ESEARCH UIDPLUS MOVE UNSELECT CONDSTORE",
	"no ESEARCH":     "IMAP4rev1 IDLE SPECIAL-USE LIST-EXTENDED LIST-STATUS UIDPLUS MOVE UNSELECT CONDSTORE",
	"no SPECIAL-USE": "IMAP4rev1 IDLE LIST-EXTENDED LIST-STATUS ESEARCH UIDPLUS MOVE UNSELECT CONDSTORE",
	"poor":           "IMAP4rev1",
}

func offering(capabilities string) mailtest.Option {
	return mailtest.Config("protocol imap {\n imap_capability = " + capabilities + "\n}")
}

func TestDriverKeepsContract(t *testing.T) {
	for name, capabilities := range servers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			enginetest.Run(t, dovecotFactory(t, name, capabilities))
		})
	}
}

// dovecotFactory serves one Dovecot to a whole contract.
func dovecotFactory(t *testing.T, name, capabilities string) enginetest.Factory {
	s := mailtest.Dovecot(t, offering(capabilities))
	other := newRival(t, s)
	proxy := mailtest.Proxy(t, s.IMAP)
	return func(t *testing.T) enginetest.Subject {
		if err := other.empty(); err != nil {
			t.Fatal(err)
		}
		return enginetest.Subject{
			Protocol: store.IMAP, Server: other,
			Mute:    name == "no IDLE" || name == "poor",
			Connect: func(st *store.Store) engine.Connect { return connectTo(t, proxy.Addr, st) },
			CutAt:   func(n int) { cutAt(proxy, n) },
			Cuts:    10,
		}
	}
}

// cutAt cuts the next connection after so many parts of what a server says in
// a small session.
func cutAt(p *mailtest.FaultProxy, n int) {
	p.ResetCounters()
	if n == 0 {
		p.SetRules()
		return
	}
	p.SetRules(mailtest.Rule{Conn: 1, Dir: mailtest.Down, Do: mailtest.Cut, After: int64(n) * 397})
}

// connectTo connects to alice's account at addr.
func connectTo(t testing.TB, addr string, st *store.Store) engine.Connect {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		t.Fatal(err)
	}
	n, _ := strconv.Atoi(port)
	a := accounts.Account{
		ID: enginetest.Account, Address: "alice@example.org", Protocol: accounts.IMAP,
		Incoming: accounts.Server{Host: host, Port: n, TLS: accounts.NoTLS, User: "alice"},
	}
	a.Complete()
	return imap.Connect(imap.Config{
		Account: a, Store: st, Dialer: &dial.Dialer{},
		Credentials: func(context.Context) (wire.Credentials, error) {
			return wire.Credentials{User: "alice", Password: mailtest.Password("alice")}, nil
		},
	})
}
