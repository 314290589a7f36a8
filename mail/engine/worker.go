package engine

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"sync"
	"time"

	"postrider/mail"
	"postrider/mail/store"
)

// Worker brings one account's store and server together. One goroutine runs it,
// by Run or Once; the other methods may be called from anywhere.
type Worker struct {
	account mail.AccountID
	store   *store.Store
	connect Connect

	wake  chan struct{} // there is something to do: an op, a fetch
	look  chan struct{} // the person asks to look now
	fetch chan *request

	mu     sync.Mutex
	status mail.Status
	total  Report
}

// NewWorker makes a worker; it does nothing before Run or Once.
func NewWorker(s *store.Store, account mail.AccountID, connect Connect) *Worker {
	return &Worker{
		account: account, store: s, connect: connect,
		wake: make(chan struct{}, 1), look: make(chan struct{}, 1), fetch: make(chan *request, 64),
	}
}

// Wake tells the worker that an operation was committed.
func (w *Worker) Wake() { poke(w.wake) }

// Look asks for a pull now, also from a worker that stopped for the person's
// sake: they may have mended what stopped it.
func (w *Worker) Look() { poke(w.look) }

func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Status is what the worker does right now.
func (w *Worker) Status() mail.Status {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.status
}

// say changes the status and publishes it.
func (w *Worker) say(change func(*mail.Status)) {
	w.mu.Lock()
	was := w.status.Phase
	change(&w.status)
	if w.status.Phase != was {
		w.status.Since = w.store.Now()
	}
	now := w.status
	w.mu.Unlock()
	w.store.Publish(mail.AccountStatus{Account: w.account, Status: now})
}

// Run works until ctx ends: one session after another, with a pause between
// them that fits how the last one ended.
func (w *Worker) Run(ctx context.Context) {
	failures := 0
	for ctx.Err() == nil {
		began := time.Now()
		good, err := w.guard(func() (bool, error) { return w.session(ctx) })
		if ctx.Err() != nil {
			return
		}
		if good && time.Since(began) >= steady {
			failures = 0
		}
		failures++
		w.pause(ctx, err, failures)
	}
}

// steady is how long a session must have lasted to make up for those that failed
// before it: a server that ends each after its first pull is not to be hammered.
const steady = 30 * time.Second

// guard turns a panic of a session into an error: one account's bad luck must
// not end the others' work.
func (w *Worker) guard(session func() (bool, error)) (good bool, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &mail.Error{Op: "work on the account", Account: w.account, Kind: mail.KindBug,
				Message: "something went wrong inside Postrider", Detail: fmt.Sprintf("%v\n%s", p, debug.Stack())}
		}
	}()
	return session()
}

// session is one connection's life; good says that it came as far as a
// complete pull.
func (w *Worker) session(ctx context.Context) (good bool, err error) {
	w.say(func(s *mail.Status) { s.Phase, s.Doing, s.Retry = mail.PhaseSyncing, "", time.Time{} })
	d, err := w.open(ctx)
	if err != nil {
		return false, err
	}
	defer func() {
		d.Close()
		w.tally(traffic(d))
	}()
	w.drain(w.look)
	for pull := true; ; {
		r := &run{w: w, d: d, mirror: w.store.Mirror(w.account)}
		if pull {
			err = r.pass(ctx)
		} else {
			err = r.serve(ctx)
		}
		r.report.Counts = r.mirror.Counts()
		w.tally(r.report)
		if err != nil {
			return good, err
		}
		good = true
		if r.behind && !pull {
			pull = true
			continue
		}
		if pull, err = w.idle(ctx, d, pull); err != nil {
			return good, err
		}
	}
}

func (w *Worker) open(ctx context.Context) (Driver, error) {
	if err := w.store.Requeue(ctx, w.account); err != nil {
		return nil, err
	}
	d, err := w.connect(ctx)
	return d, w.wrap("connect", err)
}

func (w *Worker) drain(c chan struct{}) {
	select {
	case <-c:
	default:
	}
}

// idle waits until there is something to do; pull says that the server may have
// news. pulled says that the work before it was a pull.
func (w *Worker) idle(ctx context.Context, d Driver, pulled bool) (pull bool, err error) {
	due, stuck := w.untilDue(ctx)
	if stuck && !pulled {
		return true, nil
	}
	w.say(func(s *mail.Status) {
		s.Phase, s.Doing, s.Done, s.Of, s.Err, s.LastSync = mail.PhaseIdle, "", 0, 0, nil, w.store.Now()
	})
	wait, stop := context.WithCancel(ctx)
	defer stop()
	woken := make(chan bool, 1)
	go func() {
		woken <- w.listen(wait, due, stuck)
		stop()
	}()
	err = d.Wait(wait)
	stop()
	asked := <-woken
	switch {
	case ctx.Err() != nil:
		return false, ctx.Err()
	case err == nil:
		return true, nil
	case errors.Is(err, context.Canceled) || mail.Is(err, mail.KindCanceled):
		return asked, nil
	}
	return false, w.wrap("wait for news", err)
}

// listen returns when an operation is due or somebody asks; asked says that it
// is for a pull, as it is for an operation that is stuck.
func (w *Worker) listen(ctx context.Context, due time.Duration, stuck bool) (asked bool) {
	timer := time.NewTimer(due)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-w.wake:
	case <-timer.C:
		return stuck
	case <-w.look:
		return true
	}
	return false
}

// stuckAgain is how long to wait, after a pull, for an operation that is due and
// cannot be carried out: it may wait for another account's.
const stuckAgain = 5 * time.Minute

// untilDue is how long until the next waiting operation may go out. stuck says
// that one was left over though it is due: what it waits for, such as the UID of
// a message that was moved, is for a pull to find out.
func (w *Worker) untilDue(ctx context.Context) (delay time.Duration, stuck bool) {
	at, any, err := w.store.Due(ctx, w.account)
	if err != nil || !any {
		return time.Hour, false
	}
	if delay = time.Unix(at, 0).Sub(w.store.Now()); delay <= 0 {
		return stuckAgain, true
	}
	return delay, false
}

// pause waits after a session that ended with err, and says so.
func (w *Worker) pause(ctx context.Context, err error, failures int) {
	e := w.asError(err)
	w.store.SetSynced(ctx, w.account, w.store.Now(), e)
	delay, stopped := patience(e, failures)
	w.say(func(s *mail.Status) {
		s.Phase, s.Err, s.Retry = mail.PhaseOffline, e, w.store.Now().Add(delay)
		if stopped {
			s.Phase, s.Retry = mail.PhaseStopped, time.Time{}
		}
	})
	timer := time.NewTimer(delay)
	defer timer.Stop()
	if stopped {
		timer.Stop()
	}
	for {
		select {
		case <-ctx.Done():
		case <-timer.C:
		case <-w.look:
		case q := <-w.fetch:
			q.done <- e
			continue
		}
		return
	}
}

// patience is how long to wait after an error, the n-th in a row; stopped means
// until the person does something.
func patience(e *mail.Error, n int) (delay time.Duration, stopped bool) {
	switch e.Kind {
	case mail.KindSignIn, mail.KindUnsafe, mail.KindInput, mail.KindDisk:
		return 0, true
	case mail.KindGarbled:
		if n == 1 {
			return time.Second, false
		}
	case mail.KindBusy:
		return jitter(time.Minute << min(n, 4)), false
	case mail.KindBug:
		return jitter(time.Minute << min(n, 6)), false
	}
	return jitter(5 * time.Second << min(n-1, 7)), false
}

// jitter spreads retries, so that a server that comes back is not met by all
// its clients at once.
func jitter(d time.Duration) time.Duration { return d*3/4 + rand.N(d/2) }

func (w *Worker) asError(err error) *mail.Error {
	var e *mail.Error
	if errors.As(w.wrap("sync", err), &e) {
		return e
	}
	return &mail.Error{Op: "sync", Account: w.account, Kind: mail.KindBug, Message: "the session ended without a reason"}
}

// wrap gives an error its account, once.
func (w *Worker) wrap(op string, err error) error {
	if err == nil {
		return nil
	}
	err = mail.Wrap(mail.KindOf(err), op, err)
	var e *mail.Error
	if errors.As(err, &e) && e.Account == "" {
		e.Account = w.account
	}
	return err
}
