package client

import (
	"context"
	"errors"
	"io/fs"
	"sync"
	"time"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/store"
)

// Client is the open data folder: accounts, mail, and a worker an account.
type Client struct {
	*Accounts
	store    *store.Store
	readOnly bool
	rescued  map[mail.PlacementID]mail.PlacementID // see Rescued; not changed once it is open

	confirmers confirmers
	book       addressBook

	mu       sync.Mutex
	seats    map[mail.AccountID]*seat // nil: closed
	reloaded chan struct{}            // closed at the next Reload; nil while nobody waits for it
}

// Open opens the data folder. It fails with kind busy when it is to write and
// another process does. No worker runs yet, and no server is asked.
func Open(ctx context.Context, opts Options) (*Client, error) {
	began := time.Now()
	a, err := OpenAccounts(opts)
	if err != nil {
		return nil, err
	}
	c := &Client{Accounts: a, seats: map[mail.AccountID]*seat{}}
	if err := c.open(ctx); err != nil {
		c.Close()
		return nil, err
	}
	a.trace.Span("client.open", "", began)
	return c, nil
}

func (c *Client) open(ctx context.Context) (err error) {
	list, err := c.All() // before the store is made: a broken file is mended first
	if err != nil {
		return err
	}
	c.readOnly = c.opts.ReadOnly
	c.store, err = store.Open(ctx, c.opts.Dir, store.Options{ReadOnly: c.readOnly, Now: c.opts.Now})
	if c.readOnly && errors.Is(err, fs.ErrNotExist) {
		c.readOnly = false
		c.store, err = store.Open(ctx, c.opts.Dir, store.Options{Now: c.opts.Now})
	}
	if err != nil || c.readOnly {
		return err
	}
	if err := c.admit(ctx, list); err != nil {
		return err
	}
	c.sweep()
	c.rescueWords(ctx)
	return nil
}

// admit makes room in the store for every account of the file.
func (c *Client) admit(ctx context.Context, list []accounts.Account) error {
	known := map[mail.AccountID]bool{}
	err := c.Read(ctx, func(sn *store.Snapshot) error {
		states, err := sn.Accounts()
		for _, s := range states {
			known[s.Account] = true
		}
		return err
	})
	for _, acc := range list {
		if err == nil && !known[acc.ID] {
			err = c.store.AddAccount(ctx, acc.ID, store.Protocol(acc.Protocol))
		}
	}
	return err
}

// Close ends the workers, the store and the logs.
func (c *Client) Close() error {
	c.mu.Lock()
	seats := c.seats
	c.seats = nil
	c.mu.Unlock()
	for _, s := range seats {
		s.halt()
	}
	var err error
	if c.store != nil {
		err = c.store.Close()
	}
	return errors.Join(err, c.Accounts.Close())
}

// ReadOnly reports whether another process has the store for writing.
func (c *Client) ReadOnly() bool { return c.readOnly }

// Now is the clock.
func (c *Client) Now() time.Time { return c.opts.now() }

// Read runs fn on what the store has at one moment.
func (c *Client) Read(ctx context.Context, fn func(*store.Snapshot) error) error {
	return c.store.Read(ctx, fn)
}

// Subscribe begins to follow changes; see store.Store.Subscribe.
func (c *Client) Subscribe() (*store.Subscription, uint64) { return c.store.Subscribe() }

// CheckReport is what a check found.
type CheckReport = store.Report

// Check reads the whole store against itself; see store.Store.Check.
func (c *Client) Check(ctx context.Context, repair bool, progress func(done, of int)) (CheckReport, error) {
	return c.store.Check(ctx, repair, progress)
}

// RemoveAccount forgets an account and its secrets, and its mail on this
// computer unless keepMail.
func (c *Client) RemoveAccount(ctx context.Context, id mail.AccountID, keepMail bool) error {
	c.unseat(id)
	if _, err := c.Find(string(id)); err == nil {
		if err := c.remove(ctx, id); err != nil {
			return err
		}
	}
	if keepMail {
		return nil
	}
	return c.store.RemoveAccount(ctx, id)
}
