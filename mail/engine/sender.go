package engine

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"postrider/mail"
	"postrider/mail/store"
)

// Sender sends what waits in the Outbox of one account, in its order, beside the
// account's Worker and without waiting for it. One goroutine runs it, by Run or
// Once; Wake may be called from anywhere.
type Sender struct {
	account mail.AccountID
	store   *store.Store
	connect ConnectOut
	wake    chan struct{}
	look    chan struct{}
}

// NewSender makes a sender; it does nothing before Run or Once.
func NewSender(s *store.Store, account mail.AccountID, connect ConnectOut) *Sender {
	return &Sender{account: account, store: s, connect: connect, wake: make(chan struct{}, 1), look: make(chan struct{}, 1)}
}

// Wake tells the sender that there is something to send.
func (s *Sender) Wake() { poke(s.wake) }

// Look asks to try now what waits for a server, also of a sender that stopped
// for the person's sake.
func (s *Sender) Look() { poke(s.look) }

// Run sends until ctx ends: at first all that waits for a server, then what is
// due, and after an error with patience that fits it, for ever.
func (s *Sender) Run(ctx context.Context) {
	failures := 0
	for eager := true; ctx.Err() == nil; {
		_, err := s.guard(func() (SendReport, error) { return s.round(ctx, eager) })
		delay, stopped := s.untilDue(ctx), false
		if err != nil {
			failures++
			delay, stopped = patience(s.asError(err), failures)
		} else {
			failures = 0
		}
		eager = s.rest(ctx, delay, stopped)
	}
}

// rest waits for a time, or where it is stopped for the person alone; asked says
// that they want all to be tried.
func (s *Sender) rest(ctx context.Context, delay time.Duration, stopped bool) (asked bool) {
	timer := time.NewTimer(delay)
	defer timer.Stop()
	due := timer.C
	if stopped {
		due = nil
	}
	select {
	case <-ctx.Done():
	case <-due:
	case <-s.wake:
	case <-s.look:
		return true
	}
	return false
}

// untilDue is how long until the next message is to be sent, or until that is to
// be asked again: timers stand still while the computer sleeps, and the clock may
// be set.
func (s *Sender) untilDue(ctx context.Context) time.Duration {
	at, waits, err := s.store.DueOutgoing(ctx, s.account)
	if err != nil || !waits {
		return time.Hour
	}
	return min(max(time.Unix(at, 0).Sub(s.store.Now()), time.Second), lookAtClock)
}

// lookAtClock is how often the clock is looked at while a message waits for its
// time.
const lookAtClock = 30 * time.Second

// Once tries all that waits and is not to be sent later, one time each. The
// error is the server's that could not be reached or does not let us in; what
// became of single messages is in the report, and with the messages.
func (s *Sender) Once(ctx context.Context) (SendReport, error) {
	rep, err := s.guard(func() (SendReport, error) { return s.round(ctx, true) })
	if err != nil && ctx.Err() == nil {
		return rep, s.asError(err)
	}
	return rep, err
}

// guard turns a panic into an error. What was going out is asked about by the
// next round.
func (s *Sender) guard(round func() (SendReport, error)) (rep SendReport, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &mail.Error{Op: "send", Account: s.account, Kind: mail.KindBug,
				Message: "something went wrong inside Postrider", Detail: fmt.Sprintf("%v\n%s", p, debug.Stack())}
		}
	}()
	return round()
}

func (s *Sender) round(ctx context.Context, eager bool) (SendReport, error) {
	r := &sending{s: s, eager: eager}
	if err := s.store.RequeueOutgoing(ctx, s.account); err != nil {
		return r.report, err
	}
	defer r.hangUp()
	return r.report, r.all(ctx)
}

func (s *Sender) asError(err error) *mail.Error {
	var e *mail.Error
	if !errors.As(err, &e) {
		e = &mail.Error{Kind: mail.KindOf(err), Message: err.Error(), Err: err}
	}
	if e.Op == "" {
		e.Op = "send"
	}
	if e.Account == "" {
		e.Account = s.account
	}
	return e
}

// sending is one round.
type sending struct {
	s       *Sender
	eager   bool
	courier Courier
	served  int // messages over this connection
	report  SendReport
}

func (r *sending) hangUp() {
	if r.courier != nil {
		r.courier.Close()
		r.courier = nil
	}
}

// all sends one message after another. It ends with an error when the server is
// not to be had: the rest would fare no better.
func (r *sending) all(ctx context.Context) error {
	for after := mail.OpID(0); ; {
		out, err := r.s.store.NextOutgoing(ctx, r.s.account, r.eager, after)
		if err != nil || out == nil {
			return err
		}
		again, err := r.one(ctx, out)
		if err != nil {
			return err
		}
		after = out.Op
		if again {
			after-- // the same, to those who do not have it yet
		}
	}
}

// one sends a message; again says that the rest of its recipients can be tried
// at once.
func (r *sending) one(ctx context.Context, out *store.Outgoing) (again bool, err error) {
	if r.courier == nil {
		r.served = 0
		if r.courier, err = r.s.connect(ctx); err != nil {
			if ctx.Err() != nil {
				return false, ctx.Err()
			}
			r.report.Waiting++
			_, serr := r.s.store.SettleOutgoing(ctx, out, store.Handover{How: store.Later, Err: r.s.asError(err)})
			return false, errors.Join(err, serr)
		}
	}
	ended := false
	h := r.courier.Send(ctx, out, func() error {
		err := r.s.store.LastCall(ctx, out)
		ended = err == nil
		return err
	})
	if ctx.Err() != nil && h.How == store.Later && !ended {
		return false, ctx.Err() // it was not sent, and nobody is to blame
	}
	if h.How == store.Later && r.served > 0 && r.courier.Spent() {
		r.hangUp() // servers take so many messages over a connection, and no more
		return r.one(ctx, out)
	}
	r.served++
	res, err := r.s.store.SettleOutgoing(ctx, out, h)
	if err != nil {
		return false, err
	}
	r.count(res, h)
	if r.courier.Spent() {
		r.hangUp()
		if h.How != store.Done && spent(h.Err) {
			return false, h.Err
		}
	}
	if mail.Is(h.Err, mail.KindSignIn) {
		return false, h.Err
	}
	return res.Again, ctx.Err()
}

func (r *sending) count(res store.Settled, h store.Handover) {
	switch res.State {
	case mail.StateFailed:
		r.report.Failed++
	case mail.StateUnknown:
		r.report.Unknown++
	case mail.StatePending:
		if !res.Again {
			r.report.Waiting++
		}
	default:
		if h.How == store.Done {
			r.report.Sent++
		}
	}
}
