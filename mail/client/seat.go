package client

import (
	"context"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/engine"
)

// seat is an account at work. Its worker and its sender run in one way at a
// time: on and on for those who watch, or once for a sync, which interrupts the
// former.
type seat struct {
	id     mail.AccountID
	worker *engine.Worker
	sender *engine.Sender
	turn   chan struct{} // holds a token while somebody decides how the worker runs
	gone   chan struct{} // closed when the account is not worked on any more

	watchers int     // under turn
	working  running // under turn; so is the next
	sending  running
}

// running is something that runs on and on, or does not.
type running struct {
	cancel context.CancelFunc // nil: it does not
	done   chan struct{}      // closed when it has ended
}

// start lets something run on and on.
func (r *running) start(run func(context.Context)) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	r.cancel, r.done = cancel, done
	go func() {
		defer close(done)
		run(ctx)
	}()
}

// stop ends it, if it runs, and waits.
func (r *running) stop() {
	if r.cancel == nil {
		return
	}
	r.cancel()
	<-r.done
	r.cancel = nil
}

// seat returns the seat of an account.
func (c *Client) seat(id mail.AccountID) *seat {
	c.mu.Lock()
	defer c.mu.Unlock()
	if s := c.seats[id]; s != nil {
		return s
	}
	s := &seat{id: id, turn: make(chan struct{}, 1), gone: make(chan struct{}), worker: engine.NewWorker(c.store, id, c.reach(id)),
		sender: engine.NewSender(c.store, id, c.reachOut(id))}
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

// start lets both run on and on; the caller has the turn.
func (s *seat) start() {
	s.working.start(s.worker.Run)
	s.sending.start(s.sender.Run)
}

// stop ends that; the caller has the turn.
func (s *seat) stop() {
	s.working.stop()
	s.sending.stop()
}

// halt ends whatever the worker does, for good.
func (s *seat) halt() {
	s.turn <- struct{}{}
	defer s.give()
	s.stop()
	close(s.gone)
}

// alone does work while neither runs, and lets them run again for those who
// watch: on new connections, to the account as it is then.
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

// send has the sender try all that waits, once, while the worker goes on.
func (s *seat) send(ctx context.Context) (rep engine.SendReport, err error) {
	if err := s.take(ctx); err != nil {
		return rep, err
	}
	defer s.give()
	s.sending.stop()
	rep, err = s.sender.Once(ctx)
	if s.watchers > 0 {
		s.sending.start(s.sender.Run)
	}
	return rep, err
}

// flush carries out what waits for the server, unless the worker runs, which
// does so anyway.
func (s *seat) flush(ctx context.Context) error {
	if err := s.take(ctx); err != nil {
		return err
	}
	defer s.give()
	if s.working.cancel != nil {
		return nil
	}
	return s.worker.Flush(ctx)
}

// watch keeps both running until ctx ends.
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
