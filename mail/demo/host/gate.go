package host

import (
	"crypto/tls"
	"net"
	"sync"
)

// gate is a listener that knows its connections: closing it cuts them, even
// one that was accepted a moment ago, and waits until their servers let go.
type gate struct {
	net.Listener
	tls net.Listener // the same, with TLS over it: what the servers accept from

	mu     sync.Mutex
	guests map[*guest]struct{}
	closed bool
	inside sync.WaitGroup
}

func listen(config *tls.Config) (*gate, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	g := &gate{Listener: l, guests: map[*guest]struct{}{}}
	g.tls = tls.NewListener(g, config)
	return g, nil
}

func (g *gate) addr() *net.TCPAddr { return g.Addr().(*net.TCPAddr) }

// Accept implements net.Listener.
func (g *gate) Accept() (net.Conn, error) {
	c, err := g.Listener.Accept()
	if err != nil {
		return nil, err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		c.Close()
		return nil, net.ErrClosed
	}
	in := &guest{Conn: c, gate: g}
	g.guests[in] = struct{}{}
	g.inside.Add(1)
	return in, nil
}

// Close implements net.Listener.
func (g *gate) Close() error {
	err := g.Listener.Close()
	g.mu.Lock()
	g.closed = true
	for in := range g.guests {
		in.Conn.Close()
	}
	g.mu.Unlock()
	g.inside.Wait()
	return err
}

// guest is a connection that a gate let in. A server closes it as the last
// thing that it does with it.
type guest struct {
	net.Conn
	gate *gate
	once sync.Once
}

// Close implements net.Conn.
func (in *guest) Close() error {
	in.once.Do(func() {
		in.gate.mu.Lock()
		delete(in.gate.guests, in)
		in.gate.mu.Unlock()
		in.gate.inside.Done()
	})
	return in.Conn.Close()
}
