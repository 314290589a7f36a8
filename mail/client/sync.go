package client

import (
	"context"
	"errors"
	"sync"
	"time"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/engine"
	"postrider/mail/store"
)

// Synced is how the sync of one account ended.
type Synced struct {
	Account accounts.Account
	Report  engine.Report // what was done, also beside an error
	Sent    SendReport    // what of the Outbox was sent before
	Err     error
}

// Sync brings store and servers together once, all accounts at the same time.
// It tells each, one at a time, how an account ended, and returns when all have
// and what came can be searched for.
func (c *Client) Sync(ctx context.Context, list []accounts.Account, each func(Synced)) error {
	if err := c.admit(ctx, list); err != nil {
		return err
	}
	ended := make(chan Synced)
	for _, acc := range list {
		go func() { ended <- c.syncOne(ctx, acc) }()
	}
	disk := false
	for range list {
		s := <-ended
		disk = disk || mail.Is(s.Err, mail.KindDisk)
		each(s)
	}
	if disk {
		return nil // the index is on the same disk: that is said once
	}
	return c.Indexed(ctx)
}

func (c *Client) syncOne(ctx context.Context, acc accounts.Account) (res Synced) {
	began := time.Now()
	s := c.seat(acc.ID)
	res.Account = acc
	res.Err = s.alone(ctx, func() (err error) {
		var notSent error
		if res.Sent, notSent = s.sender.Once(ctx); ctx.Err() != nil {
			return ctx.Err()
		}
		res.Report, err = s.worker.Once(ctx) // files what was sent
		if err == nil {
			err = notSent
		}
		return err
	})
	c.trace.Span("sync", acc.ID, began)
	return res
}

// Indexed waits until all that is here can be searched for.
func (c *Client) Indexed(ctx context.Context) error { return c.store.Indexed(ctx) }

// Watch keeps accounts in step with their servers until ctx ends: those that
// choose returns, which is asked again whenever the accounts were reloaded.
func (c *Client) Watch(ctx context.Context, choose func() ([]accounts.Account, error)) error {
	var all sync.WaitGroup
	defer all.Wait()
	watched := map[mail.AccountID]bool{}
	for {
		again := c.reload()
		list, err := choose()
		if err == nil {
			err = c.admit(ctx, list)
		}
		if err != nil && len(watched) == 0 {
			return err
		}
		for _, acc := range list {
			if s := c.seat(acc.ID); !watched[acc.ID] {
				watched[acc.ID] = true
				all.Go(func() { s.watch(ctx) })
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-again:
		}
	}
}

// reload returns a channel that is closed at the next Reload.
func (c *Client) reload() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.reloaded == nil {
		c.reloaded = make(chan struct{})
	}
	return c.reloaded
}

// Reload lets running workers connect anew, to the accounts as they are now in
// the file.
func (c *Client) Reload(ctx context.Context) error {
	list, err := c.All()
	if err != nil {
		return err
	}
	if err := c.admit(ctx, list); err != nil {
		return err
	}
	c.mu.Lock()
	if c.reloaded != nil {
		close(c.reloaded)
		c.reloaded = nil
	}
	c.mu.Unlock()
	for _, s := range c.seated() {
		if err := s.alone(ctx, func() error { return nil }); err != nil && !mail.Is(err, mail.KindCanceled) {
			return err
		}
	}
	return nil
}

// Look asks the running worker of an account to look for mail now, also one
// that stopped for the person's sake: they may have mended what stopped it.
func (c *Client) Look(id mail.AccountID) {
	s := c.seat(id)
	s.worker.Look()
	s.sender.Look()
}

func (c *Client) seated() (list []*seat) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range c.seats {
		list = append(list, s)
	}
	return list
}

// Status is what an account's worker does right now.
func (c *Client) Status(id mail.AccountID) mail.Status { return c.seat(id).worker.Status() }

// Total is what an account's worker has done since it was made.
func (c *Client) Total(id mail.AccountID) engine.Report { return c.seat(id).worker.Total() }

// wake tells the workers that there are operations.
func (c *Client) wake() {
	for _, s := range c.seated() {
		s.worker.Wake()
		s.sender.Wake()
	}
}

// Fetch brings the bytes of messages that are not here, from their servers:
// over the connection of a worker that runs, or one for the purpose.
func (c *Client) Fetch(ctx context.Context, ids ...mail.PlacementID) error {
	missing := map[mail.AccountID][]mail.PlacementID{}
	err := c.Read(ctx, func(sn *store.Snapshot) error {
		for _, id := range ids {
			src, err := sn.SourceOf(id)
			if err != nil {
				return err
			}
			if !src.Here {
				missing[src.Account] = append(missing[src.Account], id)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	var errs []error
	for account, ids := range missing {
		errs = append(errs, c.fetch(ctx, c.seat(account), ids))
	}
	return errors.Join(errs...)
}

func (c *Client) fetch(ctx context.Context, s *seat, ids []mail.PlacementID) error {
	if err := s.take(ctx); err != nil {
		return err
	}
	running := s.working.cancel != nil
	if !running {
		defer s.give()
		return s.worker.Bring(ctx, ids...)
	}
	s.give()
	for _, id := range ids {
		if err := s.worker.Fetch(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// Report is what work with a server did.
type Report = engine.Report

// SendReport is what a round of sending did.
type SendReport = engine.SendReport
