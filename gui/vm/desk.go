package vm

import (
	"context"
	"time"

	"postrider/mail/phrase"
)

// Desk is where models do their work. The window's runs Post on Fyne's
// goroutine; a test's runs everything in its own order.
type Desk struct {
	Go    func(func())                                // runs elsewhere: what may be slow
	Post  func(func())                                // runs on the UI goroutine, soon, in the order of the calls
	After func(time.Duration, func()) (cancel func()) // runs on the UI goroutine, later; cancel is for the UI goroutine, too
	Style phrase.Style                                // how dates are written
	Now   func() time.Time                            // the clock
}

// Turn numbers the questions of one kind that a model asks: only the answer to
// the latest counts. The zero value is ready.
type Turn struct {
	n    uint64
	stop context.CancelFunc
}

// Drop ends the question under way: its context is canceled, and its answer is
// not told.
func (t *Turn) Drop() {
	t.n++
	if t.stop != nil {
		t.stop()
		t.stop = nil
	}
}

// Busy reports whether an answer is being waited for.
func (t *Turn) Busy() bool { return t.stop != nil }

// Ask runs read elsewhere and tells its answer on the UI goroutine, unless the
// turn was dropped or taken by a later question meanwhile: then read's context
// is canceled, and nobody is told.
func Ask[T any](d *Desk, turn *Turn, read func(context.Context) (T, error), tell func(T, error)) {
	turn.Drop()
	n := turn.n
	ctx, stop := context.WithCancel(context.Background())
	turn.stop = stop
	d.Go(func() {
		answer, err := read(ctx)
		d.Post(func() {
			stop()
			if turn.n != n {
				return
			}
			turn.stop = nil
			tell(answer, err)
		})
	})
}

// Run does work elsewhere, whatever is asked meanwhile, and tells how it ended:
// for what a person does, which no later act may drop.
func Run(d *Desk, work func(context.Context) error, tell func(error)) {
	d.Go(func() {
		err := work(context.Background())
		d.Post(func() { tell(err) })
	})
}
