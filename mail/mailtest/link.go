package mailtest

import (
	"io"
	"net"
	"sync"
	"time"
)

// link is one client's connection and its way to the server.
type link struct {
	proxy          *FaultProxy
	client, server *net.TCPConn
	clientSpoke    bool // last; under the proxy's lock

	// mute is closed when nothing is to pass any more though a side is open;
	// dead when both sides are closed.
	mute, dead         chan struct{}
	muteOnce, deadOnce sync.Once
}

func newLink(p *FaultProxy, client, server *net.TCPConn) *link {
	return &link{
		proxy: p, client: client, server: server,
		mute: make(chan struct{}), dead: make(chan struct{}),
	}
}

// relay passes both ways until both have ended.
func (l *link) relay(rules []Rule) {
	up := newLane(l, Up, l.client, l.server, rules)
	down := newLane(l, Down, l.server, l.client, rules)
	var lanes sync.WaitGroup
	lanes.Go(up.run)
	lanes.Go(down.run)
	lanes.Wait()
	l.close()
}

// abort ends both sides with RST.
func (l *link) abort() {
	l.client.SetLinger(0)
	l.server.SetLinger(0)
	l.close()
}

func (l *link) close() {
	l.deadOnce.Do(func() { close(l.dead) })
	l.client.Close()
	l.server.Close()
}

// cut ends both sides in an orderly way. What the client still sends is read
// and dropped: closing with unread bytes would make the kernel send RST.
func (l *link) cut() {
	l.client.CloseWrite()
	l.server.CloseWrite()
}

func (l *link) freeze() { l.muteOnce.Do(func() { close(l.mute) }) }

func (l *link) muted() bool {
	select {
	case <-l.mute:
		return true
	default:
		return false
	}
}

// sleep waits, but not longer than the link lives.
func (l *link) sleep(d time.Duration) {
	if d <= 0 {
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-l.dead:
	}
}

// lane is one direction of a link.
type lane struct {
	*link
	dir     Direction
	from    io.Reader
	to      *net.TCPConn
	faults  []Rule // still to come, the earliest first
	latency time.Duration
	rate    int64
	passed  int64
}

func newLane(l *link, d Direction, from, to *net.TCPConn, rules []Rule) *lane {
	ln := &lane{link: l, dir: d, from: from, to: to, faults: faultsOn(rules, d)}
	var denied []string
	for _, r := range rules {
		denied = append(denied, r.Deny...)
		if !r.holds(d) {
			continue
		}
		ln.latency += r.Latency
		if r.Rate > 0 {
			ln.rate = r.Rate
		}
	}
	if d == Up && len(denied) > 0 {
		ln.from = newDenier(from, denied)
	}
	return ln
}

// run passes everything and then the end of it.
func (ln *lane) run() {
	pass := ln.direct
	if ln.latency > 0 {
		pass = ln.delayed
	}
	if err := pass(); err != nil && !ln.muted() {
		ln.abort()
	}
	if !ln.muted() { // a frozen line hides even the end
		ln.to.CloseWrite()
	}
}

// chunkSize is how much to read at once: at a limited rate, a twentieth of a
// second's worth.
func (ln *lane) chunkSize() int {
	const most = 128 << 10
	if ln.rate == 0 {
		return most
	}
	return int(max(512, min(most, ln.rate/20)))
}

func (ln *lane) direct() error {
	b := make([]byte, ln.chunkSize())
	for {
		n, err := ln.from.Read(b)
		if err := ln.forward(b[:n]); err != nil {
			return err
		}
		if err != nil {
			return notEOF(err)
		}
	}
}

// delayed lets a reader run ahead by what is under way; the queue bounds that.
func (ln *lane) delayed() error {
	type chunk struct {
		bytes []byte
		due   time.Time
	}
	queue := make(chan chunk, 256)
	var readErr error
	go func() {
		defer close(queue)
		for {
			b := make([]byte, ln.chunkSize())
			n, err := ln.from.Read(b)
			if n > 0 {
				queue <- chunk{b[:n], time.Now().Add(ln.latency)}
			}
			if err != nil {
				readErr = notEOF(err)
				return
			}
		}
	}()
	var err error
	for c := range queue {
		ln.sleep(time.Until(c.due))
		if err == nil {
			if err = ln.forward(c.bytes); err != nil {
				ln.abort()
			}
		}
	}
	if err == nil {
		err = readErr
	}
	return err
}

func notEOF(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}

// forward passes b with the faults that fall into it.
func (ln *lane) forward(b []byte) error {
	for len(ln.faults) > 0 && !ln.muted() {
		f := ln.faults[0]
		at := max(0, f.After-ln.passed)
		if at > int64(len(b)) || at == int64(len(b)) && f.Do == Garble {
			break
		}
		ln.faults = ln.faults[1:]
		ln.proxy.hit()
		switch f.Do {
		case Garble:
			b[at] ^= 0x15
			continue
		case Stall:
			if err := ln.write(b[:at]); err != nil {
				return err
			}
			ln.sleep(f.Pause)
		default:
			ln.end(f.Do, b[:at])
		}
		b = b[at:]
	}
	return ln.write(b)
}

// end does an action after which nothing passes, with last as the last bytes.
// The line is mute before they are out: the answer to them must not slip by.
func (ln *lane) end(do Action, last []byte) {
	ln.freeze()
	err := ln.send(last)
	switch {
	case do == Cut:
		ln.cut()
	case do == Reset, err != nil:
		ln.abort()
	}
}

// write passes bytes on, or drops them if the line is mute.
func (ln *lane) write(b []byte) error {
	if ln.muted() {
		return nil
	}
	return ln.send(b)
}

func (ln *lane) send(b []byte) error {
	if len(b) == 0 {
		return nil
	}
	if ln.rate > 0 {
		ln.sleep(time.Duration(float64(len(b)) / float64(ln.rate) * float64(time.Second)))
	}
	n, err := ln.to.Write(b)
	ln.passed += int64(n)
	ln.proxy.count(ln.link, ln.dir, n)
	return err
}
