package engine

import "context"

// Flush carries out what waits, without the delay for an undo: for a worker that
// does not run. It pulls only to show what the server turned out to have filed
// itself.
func (w *Worker) Flush(ctx context.Context) error {
	r := &run{w: w, mirror: w.store.Mirror(w.account), eager: true}
	_, err := w.guard(func() (_ bool, err error) {
		if r.d, err = w.open(ctx); err != nil {
			return false, err
		}
		defer r.d.Close()
		if err := r.serve(ctx); err != nil || !r.filed {
			return true, err
		}
		return true, r.pass(ctx)
	})
	return err
}
