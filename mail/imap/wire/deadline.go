package wire

import (
	"slices"
	"time"
)

// armRead sets the deadline of the next read by what the server owes: nothing,
// the next notice of an IDLE, or an answer. It holds mu, so that a command
// written meanwhile has the last word.
func (c *Conn) armRead() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.arm()
}

func (c *Conn) arm() {
	deadline := time.Time{}
	switch {
	case c.owesAnswer():
		deadline = time.Now().Add(c.opts.Timeout)
	case len(c.commands) > 0:
		deadline = time.Now().Add(c.opts.Idle)
	}
	c.net.SetReadDeadline(deadline)
}

// owesAnswer reports whether the server has to say something now.
func (c *Conn) owesAnswer() bool {
	return c.owing || slices.ContainsFunc(c.commands, func(cmd *command) bool { return !cmd.idling })
}

// armWrite prepares a write of n octets: both deadlines, and the counts.
func (c *Conn) armWrite(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stats.Out += int64(n)
	if c.heard {
		c.stats.RoundTrips++
		c.heard = false
	}
	c.net.SetWriteDeadline(time.Now().Add(c.opts.Timeout))
	c.arm()
}

func (c *Conn) countIn(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stats.In += int64(n)
	c.heard = c.heard || n > 0
}

// Stats are what went over the connection, in octets of IMAP: within TLS and
// before compression.
type Stats struct {
	In, Out    int64
	RoundTrips int // times that we spoke after the server had
}

// Stats returns the counts so far.
func (c *Conn) Stats() Stats {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stats
}
