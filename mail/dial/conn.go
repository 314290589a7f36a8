package dial

import (
	"context"
	"crypto/tls"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// Conn is a connection to a server: clear text or TLS, as its target said.
// Apart from what net.Conn allows, Counts and SetIdle may be called at any time.
type Conn struct {
	net.Conn // the TLS layer, or the meter
	meter    *meter
	server   *server
}

// Counts says what crossed the network, TLS and handshakes included.
type Counts struct {
	In, Out    int64 // bytes
	RoundTrips int64 // how often the server answered after we had spoken
}

// Counts returns what crossed the network so far, also after an upgrade.
func (c *Conn) Counts() Counts {
	return Counts{c.meter.in.Load(), c.meter.out.Load(), c.meter.trips.Load()}
}

// SetIdle bounds silence: a Read or Write, one that waits now included, fails
// with a time-out after d without progress. 0 takes the bound away. Deadlines
// set in the usual way hold besides, whichever ends first.
func (c *Conn) SetIdle(d time.Duration) error { return c.meter.setIdle(d) }

// TLS reports whether the connection was opened with implicit TLS.
func (c *Conn) TLS() bool { return c.Conn != net.Conn(c.meter) }

// TLSConfig is what a protocol package needs to do the upgrade itself. It
// checks certificates as Upgrade does; an error of the handshake that is a
// *mail.Error is for a person, and Explain makes one of any other. It is nil
// where the target has no TLS.
func (c *Conn) TLSConfig() *tls.Config {
	if c.server.trust == nil {
		return nil
	}
	return c.server.trust.config()
}

// Upgrade puts TLS over conn, which is this Conn or the protocol package's
// wrapping of it, after the server agreed to STARTTLS. The caller must have
// thrown away all that it read before (RFC 3501 6.2.1, RFC 3207 4.2). On an
// error the connection is closed: there is no way back to clear text.
func (c *Conn) Upgrade(ctx context.Context, conn net.Conn) (net.Conn, error) {
	if c.server.trust == nil {
		conn.Close()
		return nil, c.server.exposed()
	}
	secure, err := c.server.handshake(ctx, conn)
	if err != nil {
		conn.Close()
	}
	return secure, err
}

// Explain makes a *mail.Error of any error that using the connection gave. An
// error that is one already stays as it is.
func (c *Conn) Explain(op string, err error) error { return c.server.explain(op, err) }

// meter counts at the network's edge, and keeps the deadlines.
type meter struct {
	net.Conn
	in, out, trips atomic.Int64
	spoke          atomic.Bool // since the other side did

	mu          sync.Mutex
	idle        time.Duration
	read, write time.Time // deadlines that the user of the connection set

	closed func() // once
}

// newMeter counts a connection among the open ones, unless open is nil.
func newMeter(raw net.Conn, open *atomic.Int32) *meter {
	m := &meter{Conn: raw, closed: func() {}}
	if open != nil {
		open.Add(1)
		m.closed = sync.OnceFunc(func() { open.Add(-1) })
	}
	return m
}

// Close implements net.Conn.
func (m *meter) Close() error {
	m.closed()
	return m.Conn.Close()
}

// Read implements net.Conn.
func (m *meter) Read(p []byte) (int, error) {
	if err := m.progress(true, false); err != nil {
		return 0, err
	}
	n, err := m.Conn.Read(p)
	m.in.Add(int64(n))
	if n > 0 && m.spoke.Swap(false) {
		m.trips.Add(1)
	}
	return n, err
}

// Write implements net.Conn. A Read that waits for the answer gets its time
// from now on.
func (m *meter) Write(p []byte) (int, error) {
	if err := m.progress(true, true); err != nil {
		return 0, err
	}
	m.spoke.Store(true)
	n, err := m.Conn.Write(p)
	m.out.Add(int64(n))
	return n, err
}

// progress starts the idle time anew.
func (m *meter) progress(read, write bool) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.idle == 0 {
		return nil
	}
	return m.apply(read, write)
}

// apply sets what is due first: the end of the idle time, or the user's own
// deadline.
func (m *meter) apply(read, write bool) error {
	if read {
		if err := m.Conn.SetReadDeadline(m.due(m.read)); err != nil {
			return err
		}
	}
	if write {
		return m.Conn.SetWriteDeadline(m.due(m.write))
	}
	return nil
}

func (m *meter) due(own time.Time) time.Time {
	if m.idle == 0 {
		return own
	}
	end := time.Now().Add(m.idle)
	if !own.IsZero() && own.Before(end) {
		return own
	}
	return end
}

func (m *meter) setIdle(d time.Duration) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.idle = max(0, d)
	return m.apply(true, true)
}

// SetDeadline implements net.Conn.
func (m *meter) SetDeadline(t time.Time) error { return m.limit(t, true, true) }

// SetReadDeadline implements net.Conn.
func (m *meter) SetReadDeadline(t time.Time) error { return m.limit(t, true, false) }

// SetWriteDeadline implements net.Conn.
func (m *meter) SetWriteDeadline(t time.Time) error { return m.limit(t, false, true) }

func (m *meter) limit(t time.Time, read, write bool) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if read {
		m.read = t
	}
	if write {
		m.write = t
	}
	return m.apply(read, write)
}
