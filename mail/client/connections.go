package client

import (
	"sync"
	"sync/atomic"

	"postrider/mail"
	"postrider/mail/dial"
)

// connections counts the open connections of each account.
type connections struct {
	mu   sync.Mutex
	open map[mail.AccountID]*atomic.Int32
}

func (c *connections) of(id mail.AccountID) *atomic.Int32 {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.open == nil {
		c.open = map[mail.AccountID]*atomic.Int32{}
	}
	if c.open[id] == nil {
		c.open[id] = &atomic.Int32{}
	}
	return c.open[id]
}

// dialerOf connects for an account, and counts.
func (a *Accounts) dialerOf(id mail.AccountID) *dial.Dialer {
	d := *a.dialer
	d.Open = a.connections.of(id)
	return &d
}

// Connections is how many connections to an account's servers are open now.
func (a *Accounts) Connections(id mail.AccountID) int { return int(a.connections.of(id).Load()) }
