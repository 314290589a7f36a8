package dial

import (
	"context"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/net/idna"

	"postrider/accounts"
	"postrider/mail"
)

// Target is a server to connect to.
type Target struct {
	Host   string // a name, in any script, or an IP address
	Port   int
	TLS    accounts.TLS // "" is implicit TLS
	CAFile string       // PEM authorities to trust besides the system's
	Pin    string       // SHA-256 of the one certificate to accept; see accounts.ParsePin

	// Stranger says that the name came with somebody's mail: it must not lead to
	// this computer or into the person's own network, where what answers may trust
	// whoever asks from inside.
	Stranger bool
}

// To is the target that an account's server is.
func To(s *accounts.Server) Target {
	return Target{Host: s.Host, Port: s.Port, TLS: s.TLS, CAFile: s.CAFile, Pin: s.Pin}
}

// Dialer opens connections. The zero value is ready; a Dialer may be used by
// many goroutines at once.
type Dialer struct {
	Now       func() time.Time // the clock that certificates are held against; nil: time.Now
	Connect   time.Duration    // for DNS, TCP and proxy together; 0: 20 s
	Handshake time.Duration    // for TLS; 0: 20 s

	// Proxy says which proxy leads to host:port, nil for none. If it is nil,
	// ALL_PROXY and NO_PROXY say it. Loopback is never asked about.
	Proxy func(addr string) (*url.URL, error)

	Open *atomic.Int32 // counts the connections that are open; nil: nobody wants to know
}

const patience = 20 * time.Second

// Dial connects. With implicit TLS the handshake is done and the certificate
// accepted; with STARTTLS the connection is in clear text, and the protocol is
// to ask for the upgrade before anything else, and to do it with Conn.Upgrade
// or Conn.TLSConfig.
func (d *Dialer) Dial(ctx context.Context, t Target) (*Conn, error) {
	s, err := d.server(t)
	if err != nil {
		return nil, err
	}
	raw, err := d.connect(ctx, s)
	if err != nil {
		return nil, err
	}
	m := newMeter(raw, d.Open)
	c := &Conn{Conn: m, meter: m, server: s}
	if t.TLS == accounts.StartTLS || t.TLS == accounts.NoTLS {
		return c, nil
	}
	if c.Conn, err = s.handshake(ctx, m); err != nil {
		m.Close()
		return nil, err
	}
	return c, nil
}

// server is a target made ready: its name as the wire wants it, and what to
// accept from it.
type server struct {
	Target
	name  string // ASCII, for DNS, SNI and the certificate
	trust *trust
	wait  time.Duration // for the handshake
}

func (s *server) addr() string { return net.JoinHostPort(s.name, strconv.Itoa(s.Port)) }

func (d *Dialer) server(t Target) (*server, error) {
	s := &server{Target: t, wait: orPatience(d.Handshake)}
	var err error
	if s.name, err = asciiName(t.Host); err != nil {
		return nil, err
	}
	switch t.TLS {
	case accounts.NoTLS:
		if !accounts.Loopback(s.name) {
			return nil, s.exposed()
		}
		return s, nil
	case "", accounts.ImplicitTLS, accounts.StartTLS:
		s.trust, err = newTrust(s, d.Now)
		return s, err
	}
	return nil, mail.Errorf(mail.KindInput, opConnect, "%q is no kind of protection: use tls or starttls", t.TLS)
}

func (s *server) exposed() error {
	return mail.Errorf(mail.KindUnsafe, opConnect, "without TLS the password and all mail would cross the network readable by anyone; Postrider does that only on this computer, and %s is another one", s.Host)
}

// asciiName is the form of a host name that DNS and certificates use (RFC 5891).
func asciiName(host string) (string, error) {
	host = strings.TrimSuffix(host, ".")
	if _, err := netip.ParseAddr(host); err == nil {
		return host, nil
	}
	for _, r := range host {
		if r < 0x80 {
			continue
		}
		ascii, err := idna.Lookup.ToASCII(host)
		if err != nil {
			return "", mail.Errorf(mail.KindInput, opConnect, "%q is not a host name: %w", host, err)
		}
		return ascii, nil
	}
	if host == "" {
		return "", mail.Errorf(mail.KindInput, opConnect, "the server's host name is missing")
	}
	return host, nil
}

// connect opens the TCP connection, through a proxy if one is set.
func (d *Dialer) connect(ctx context.Context, s *server) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, orPatience(d.Connect))
	defer cancel()
	if addr, err := netip.ParseAddr(s.name); err == nil && s.Stranger && !public(addr) { // a proxy may be near
		return nil, s.explain(opConnect, errNotPublic)
	}
	through, err := d.proxyFor(s)
	if err != nil {
		return nil, err
	}
	if through != nil {
		return throughProxy(ctx, through, s)
	}
	to := tcp()
	if s.Stranger {
		to.Control = publicOnly
	}
	conn, err := to.DialContext(ctx, "tcp", s.addr())
	if err != nil {
		return nil, s.explain(opConnect, err)
	}
	if s.TLS == accounts.NoTLS && !loopbackAddr(conn.RemoteAddr()) {
		conn.Close() // "localhost" led elsewhere
		return nil, s.exposed()
	}
	return conn, nil
}

// tcp tries IPv6 and IPv4 side by side (RFC 8305), and finds out within two
// minutes that a waiting connection's other end is gone: a laptop that slept,
// a router that forgot.
func tcp() *net.Dialer {
	return &net.Dialer{KeepAliveConfig: net.KeepAliveConfig{
		Enable: true, Idle: 60 * time.Second, Interval: 15 * time.Second, Count: 4,
	}}
}

func loopbackAddr(addr net.Addr) bool {
	tcp, ok := addr.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

func orPatience(d time.Duration) time.Duration {
	if d > 0 {
		return d
	}
	return patience
}
