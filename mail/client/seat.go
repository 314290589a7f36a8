package client

import (
	"context"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/engine"
)

// seat is an account at work. Its worker runs in one way at a time: on and on
// for those who watch, or once for a sync, which interrupts the former.
type seat struct {
	id     mail.AccountID
	worker *engine.Worker
	turn   chan struct{} // holds a token while somebody decides how the worker runs
	gone   chan struct{} // closed when the account is not worked on any more

	watchers int                // under turn
	cancel   context.CancelFunc // under turn; nil while the worker does not run on and on
	done     chan struct{}      // closed when that run has ended
}

// seat returns the seat of an account.
func (c *Client) seat(id mail.AccountID) *seat {
	c.mu.Lock()
	defer c.mu.Unlock()
	if s := c.seats[id]; s != nil {
		return s
	}
	s := &seat{id: id, turn: make(chan struct{}, 1), gone: make(chan struct{}), worker: engine.NewWorker(c.store, id, c.reach(id))}
	if c.seats == nil { // closed
		close(s.gone)
	} else {
		c.seats[id] = s
	}
	return s
}

// reach connects to an account's server as the accounts file has it at that
// moment.
func (c *Client) reach(id mail.AccountID) engine.Connect {
	return func(ctx context.Context) (engine.Driver, error) {
		list, err := c.All()
		if err != nil {
			return nil, err
		}
		acc, err := accounts.Find(list, string(id))
		if err != nil {
			return nil, err
		}
		return c.connect(acc, c.store, c.kept(acc))(ctx)
	}
}

// unseat ends an account's work for good.
func (c *Client) unseat(id mail.AccountID) {
	c.mu.Lock()
	s := c.seats[id]
	delete(c.seats, id)
	c.mu.Unlock()
	if s != nil {
		s.halt()
	}
}

// take waits for the turn; it fails when there is no seat any more.
func (s *seat) take(ctx context.Context) error {
	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-s.gone:
		s.give()
		return mail.Errorf(mail.KindCanceled, "work on the account", "the account was removed, or the store closed")
	default:
		return nil
	}
}

func (s *seat) give() { <-s.turn }

// start lets the worker run on and on; the caller has the turn.
func (s *seat) start() {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	s.cancel, s.done = cancel, done
	go func() {
		defer close(done)
		s.worker.Run(ctx)
	}()
}

// stop ends that; the caller has the turn.
func (s *seat) stop() {
	if s.cancel == nil {
		return
	}
	s.cancel()
	<-s.done
	s.cancel = nil
}

// halt ends whatever the worker does, for good.
func (s *seat) halt() {
	s.turn <- struct{}{}
	defer s.give()
	s.stop()
	close(s.gone)
}

// alone does work while the worker does not run, and lets it run again for
// those who watch: on a new connection, to the account as it is then.
func (s *seat) alone(ctx context.Context, work func() error) error {
	if err := s.take(ctx); err != nil {
		return err
	}
	defer s.give()
	s.stop()
	err := work()
	if s.watchers > 0 {
		s.start()
	}
	return err
}

// watch keeps the worker running until ctx ends.
func (s *seat) watch(ctx context.Context) {
	if s.take(ctx) != nil {
		return
	}
	if s.watchers++; s.watchers == 1 {
		s.start()
	}
	s.give()
	<-ctx.Done()
	if s.take(context.Background()) != nil {
		return
	}
	defer s.give()
	if s.watchers--; s.watchers == 0 {
		s.stop()
	}
}
