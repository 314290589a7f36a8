package engine

import (
	"context"

	"postrider/mail"
)

// Bring is Fetch for a worker that does not run: it connects, brings the bytes
// of the placements' messages into the store and signs off. Nothing else is
// done on the way. One that is not to be had does not keep the others back; the
// first such error is returned.
func (w *Worker) Bring(ctx context.Context, ids ...mail.PlacementID) error {
	return w.brief(ctx, func(r *run) error { return r.bringAll(ctx, ids) })
}

// brief connects, has one thing done and signs off.
func (w *Worker) brief(ctx context.Context, do func(*run) error) error {
	r := &run{w: w, mirror: w.store.Mirror(w.account)}
	_, err := w.guard(func() (_ bool, err error) {
		if r.d, err = w.open(ctx); err != nil {
			return false, err
		}
		defer r.d.Close()
		return true, do(r)
	})
	return err
}

func (r *run) bringAll(ctx context.Context, ids []mail.PlacementID) (first error) {
	for _, id := range ids {
		err := r.bring(ctx, id)
		if first == nil {
			first = err
		}
		if spent(err) {
			return err
		}
	}
	return first
}
