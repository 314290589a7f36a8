package engine

import "context"

// Flush carries out what waits, without the delay for an undo, and pulls
// nothing: for a worker that does not run.
func (w *Worker) Flush(ctx context.Context) error {
	r := &run{w: w, mirror: w.store.Mirror(w.account), eager: true}
	_, err := w.guard(func() (_ bool, err error) {
		if r.d, err = w.open(ctx); err != nil {
			return false, err
		}
		defer r.d.Close()
		return true, r.serve(ctx)
	})
	return err
}
