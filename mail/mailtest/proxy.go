package mailtest

import (
	"net"
	"slices"
	"sync"
	"testing"
)

// FaultProxy relays TCP to a server, counts what passes, and breaks it by
// rule. Its methods may be called from any goroutine; rules count from the
// next connection on.
type FaultProxy struct {
	Addr string // host:port to connect to

	target   string
	listener net.Listener
	running  sync.WaitGroup

	mu       sync.Mutex
	counters Counters
	rules    []Rule
	chaos    Chaos
	refuse   bool
	closed   bool
	links    map[*link]struct{}
}

// Counters are what has passed a proxy.
type Counters struct {
	Conns int   // accepted; also the number of the newest
	Open  int   // open now
	Peak  int   // most open at once
	Up    int64 // bytes from clients
	Down  int64 // bytes from the server
	Hits  int   // actions done
	// Turns is how often a client spoke after the server had: about the
	// number of round trips, which is what latency multiplies.
	Turns int
}

// Proxy starts a proxy for the test.
func Proxy(t testing.TB, target string, rules ...Rule) *FaultProxy {
	t.Helper()
	p, err := StartProxy(target, rules...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Stop)
	return p
}

// StartProxy starts a proxy outside of a test; the caller must Stop it.
func StartProxy(target string, rules ...Rule) (*FaultProxy, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &FaultProxy{
		Addr: l.Addr().String(), target: target, listener: l,
		rules: rules, links: map[*link]struct{}{},
	}
	p.running.Go(p.accept)
	return p, nil
}

// Stop aborts all connections and waits for their end.
func (p *FaultProxy) Stop() {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	p.listener.Close()
	p.Kill()
	p.running.Wait()
}

// SetRules replaces all rules.
func (p *FaultProxy) SetRules(rules ...Rule) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rules = rules
}

// SetChaos adds rules by chance; the zero Chaos ends that.
func (p *FaultProxy) SetChaos(c Chaos) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.chaos = c
}

// Refuse aborts new connections at once, until Accept.
func (p *FaultProxy) Refuse() { p.setRefuse(true) }

// Accept takes new connections again.
func (p *FaultProxy) Accept() { p.setRefuse(false) }

func (p *FaultProxy) setRefuse(refuse bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refuse = refuse
}

// Kill aborts all open connections (RST).
func (p *FaultProxy) Kill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for l := range p.links {
		l.abort()
	}
}

// Counters returns the counts so far.
func (p *FaultProxy) Counters() Counters {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.counters
}

// ResetCounters sets all counts to zero and numbers connections from 1 again.
func (p *FaultProxy) ResetCounters() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.counters = Counters{Open: p.counters.Open, Peak: p.counters.Open}
}

// accept takes connections until Stop.
func (p *FaultProxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		p.running.Go(func() { p.serve(client.(*net.TCPConn)) })
	}
}

// serve relays one connection to its end.
func (p *FaultProxy) serve(client *net.TCPConn) {
	rules, ok := p.enter()
	if !ok {
		client.SetLinger(0)
		client.Close()
		return
	}
	server, err := net.Dial("tcp", p.target)
	if err != nil {
		client.Close()
		return
	}
	l := newLink(p, client, server.(*net.TCPConn))
	if !p.open(l) {
		l.abort()
		return
	}
	l.relay(rules)
	p.leave(l)
}

// enter numbers a connection and chooses its rules.
func (p *FaultProxy) enter() (rules []Rule, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.refuse {
		return nil, false
	}
	p.counters.Conns++
	n := p.counters.Conns
	rules = slices.DeleteFunc(slices.Clone(p.rules), func(r Rule) bool { return r.Conn != 0 && r.Conn != n })
	if r, hit := p.chaos.Rule(n); hit {
		rules = append(rules, r)
	}
	return rules, true
}

func (p *FaultProxy) open(l *link) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return false
	}
	p.links[l] = struct{}{}
	p.counters.Open++
	p.counters.Peak = max(p.counters.Peak, p.counters.Open)
	return true
}

func (p *FaultProxy) leave(l *link) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.links, l)
	p.counters.Open--
}

func (p *FaultProxy) hit() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.counters.Hits++
}

// count adds n bytes that passed on a link.
func (p *FaultProxy) count(l *link, d Direction, n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if d == Down {
		p.counters.Down += int64(n)
		l.clientSpoke = false
		return
	}
	p.counters.Up += int64(n)
	if !l.clientSpoke {
		p.counters.Turns++
	}
	l.clientSpoke = true
}
