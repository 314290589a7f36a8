package imap_test

import (
	"context"
	"flag"
	"net"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"postrider/accounts"
	"postrider/mail/dial"
	"postrider/mail/engine"
	"postrider/mail/engine/enginetest"
	"postrider/mail/imap"
	"postrider/mail/imap/wire"
	"postrider/mail/mailtest"
	"postrider/mail/store"
)

var all = flag.Bool("all", false, "test against servers that lack one extension each, too")

// modern is what Dovecot 2.3 offers of what the driver makes use of.
var modern = strings.Fields("IMAP4rev1 LITERAL+ IDLE SPECIAL-USE LIST-EXTENDED LIST-STATUS ESEARCH UIDPLUS MOVE UNSELECT CONDSTORE QRESYNC ENABLE NOTIFY")

// kind is a Dovecot by what it does not offer.
type kind struct {
	name string
	less string
	rare bool // tested only with -all
}

var kinds = []kind{
	{"modern", "", false},
	{"no CONDSTORE", "CONDSTORE QRESYNC", false},
	{"no UIDPLUS and MOVE", "UIDPLUS MOVE", false},
	{"poor", "all", false},
	{"no UIDPLUS", "UIDPLUS", true},
	{"no MOVE", "MOVE", true},
	{"no LIST-STATUS", "LIST-STATUS", true},
	{"no IDLE", "IDLE NOTIFY", true},
	{"no NOTIFY", "NOTIFY", true},
	{"no ESEARCH", "ESEARCH", true},
	{"no SPECIAL-USE", "SPECIAL-USE", true},
	{"no LIST-EXTENDED", "LIST-EXTENDED LIST-STATUS SPECIAL-USE", true},
}

// option makes a Dovecot of the kind.
func (k kind) option() mailtest.Option {
	if k.less == "all" {
		return mailtest.Config(mailtest.OldIMAP)
	}
	less := strings.Fields(k.less)
	offers := slices.DeleteFunc(slices.Clone(modern), func(c string) bool { return slices.Contains(less, c) })
	return mailtest.Config("protocol imap {\n imap_capability = " + strings.Join(offers, " ") + "\n}")
}

// lacks reports that the server does not offer a capability.
func (k kind) lacks(name string) bool {
	return k.less == "all" || slices.Contains(strings.Fields(k.less), name)
}

// mute reports that the server does not tell of news.
func (k kind) mute() bool { return k.lacks("IDLE") }

func TestDriverKeepsContract(t *testing.T) {
	for _, k := range kinds {
		t.Run(k.name, func(t *testing.T) {
			if k.rare && !*all {
				t.Skip("only with -all")
			}
			t.Parallel()
			enginetest.Run(t, k.factory(t))
		})
	}
}

// factory serves one Dovecot to a whole contract.
func (k kind) factory(t *testing.T) enginetest.Factory {
	s := mailtest.Dovecot(t, k.option())
	other := newRival(t, s)
	proxy := mailtest.Proxy(t, s.IMAP)
	return func(t *testing.T) enginetest.Subject {
		if err := other.empty(); err != nil {
			t.Fatal(err)
		}
		return enginetest.Subject{
			Protocol: store.IMAP, Server: other,
			Mute:    k.mute(),
			Connect: func(st *store.Store) engine.Connect { return connectTo(t, proxy.Addr, st) },
			CutAt:   func(n int) { cutAt(proxy, n) },
			Cuts:    cuts,
		}
	}
}

// A small session brings some 4,000 octets: cuts many points are spread over it.
const (
	cuts        = 6
	sessionPart = 661
)

// cutAt cuts the next connection after so many parts of what a server says in
// a small session.
func cutAt(p *mailtest.FaultProxy, n int) {
	p.ResetCounters()
	if n == 0 {
		p.SetRules()
		return
	}
	p.SetRules(mailtest.Rule{Conn: 1, Dir: mailtest.Down, Do: mailtest.Cut, After: int64(n) * sessionPart})
}

// connectTo connects to alice's account at addr.
func connectTo(t testing.TB, addr string, st *store.Store) engine.Connect {
	return imap.Connect(imap.Config{
		Account: account(addr), Store: st, Dialer: &dial.Dialer{}, Lingering: time.Nanosecond,
		Credentials: func(context.Context) (wire.Credentials, error) {
			return wire.Credentials{User: "alice", Password: mailtest.Password("alice")}, nil
		},
	})
}

// account is alice's at addr.
func account(addr string) accounts.Account {
	host, port, _ := net.SplitHostPort(addr)
	n, _ := strconv.Atoi(port)
	a := accounts.Account{
		ID: enginetest.Account, Address: "alice@example.org", Protocol: accounts.IMAP,
		Incoming: accounts.Server{Host: host, Port: n, TLS: accounts.NoTLS, User: "alice"},
	}
	a.Complete()
	return a
}
