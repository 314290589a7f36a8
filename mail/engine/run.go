package engine

import (
	"context"
	"io"
	"time"

	"postrider/mail"
	"postrider/mail/store"
)

// Report is what one sync did.
type Report struct {
	store.Counts
	Pushed, Failed      int // operations
	In, Out, RoundTrips int64
	Took                time.Duration
}

// Once brings the store and the server together one time: it carries out what
// waits, without the delay for an undo, and pulls. The report tells what was
// done, also beside an error.
func (w *Worker) Once(ctx context.Context) (rep Report, err error) {
	began := time.Now()
	r := &run{w: w, mirror: w.store.Mirror(w.account), eager: true}
	_, err = w.guard(func() (bool, error) { return true, w.once(ctx, r) })
	rep = r.report
	rep.Counts = r.mirror.Counts()
	rep.Took = time.Since(began)
	w.tally(rep)
	if ctx.Err() != nil {
		return rep, ctx.Err()
	}
	if err != nil {
		e := w.asError(err)
		w.store.SetSynced(context.WithoutCancel(ctx), w.account, w.store.Now(), e)
		w.say(func(s *mail.Status) { s.Phase, s.Err = mail.PhaseOffline, e })
		return rep, e
	}
	w.say(func(s *mail.Status) { s.Phase, s.Doing, s.Err, s.LastSync = mail.PhaseIdle, "", nil, w.store.Now() })
	return rep, nil
}

func (w *Worker) once(ctx context.Context, r *run) (err error) {
	w.say(func(s *mail.Status) { s.Phase, s.Doing = mail.PhaseSyncing, "" })
	if r.d, err = w.open(ctx); err != nil {
		return err
	}
	err = r.pass(ctx)
	if c := r.d.Close(); err == nil {
		err = w.wrap("sign off", c)
	}
	if t, ok := r.d.(Traffic); ok {
		r.report.In, r.report.Out, r.report.RoundTrips = t.Traffic()
	}
	return err
}

// run is work on one connection.
type run struct {
	w      *Worker
	d      Driver
	mirror *store.Mirror
	eager  bool // do not wait for the undo delay
	report Report
	said   time.Time
	behind bool // the server has numbered a mailbox anew, or filed what was sent: only a pull helps
	filed  bool // the latter
}

// pass carries out what waits, pulls, and carries out what came meanwhile.
func (r *run) pass(ctx context.Context) error {
	if err := r.serve(ctx); err != nil {
		return err
	}
	r.w.say(func(s *mail.Status) { s.Phase, s.Done, s.Of = mail.PhaseSyncing, 0, 0 })
	scope := Scope{Between: r.serve, Progress: r.progress}
	r.filed = false
	if err := r.d.Pull(ctx, scope, r.mirror); err != nil {
		return r.w.wrap("sync", err)
	}
	// What may have been sent may have turned up.
	if _, err := r.w.store.FindSent(ctx, r.w.account); err != nil {
		return err
	}
	if err := r.serve(ctx); err != nil {
		return err
	}
	if r.filed { // by the server, since we looked
		r.filed = false
		if err := r.d.Pull(ctx, scope, r.mirror); err != nil {
			return r.w.wrap("sync", err)
		}
	}
	if err := r.w.store.Tidy(ctx); err != nil {
		return err
	}
	return r.w.store.SetSynced(ctx, r.w.account, r.w.store.Now(), nil)
}

// progressEvery keeps the feed quiet while thousands of messages arrive.
const progressEvery = 100 * time.Millisecond

func (r *run) progress(p Progress) {
	if now := time.Now(); now.Sub(r.said) >= progressEvery {
		r.said = now
		in := traffic(r.d).In
		r.w.say(func(s *mail.Status) {
			s.Phase, s.Doing, s.Done, s.Of, s.Bytes = mail.PhaseSyncing, p.Doing, p.Done, p.Of, in
		})
	}
}

// serve does what the person waits for: the message they opened, then what they
// did.
func (r *run) serve(ctx context.Context) error {
	for {
		select {
		case q := <-r.w.fetch:
			if err := r.answer(ctx, q); err != nil {
				return err
			}
			continue
		default:
		}
		more, err := r.push(ctx)
		if err != nil || !more {
			return err
		}
	}
}

// push carries out the next task; more says that another may be carried out
// before the next pull.
func (r *run) push(ctx context.Context) (more bool, err error) {
	task, err := r.w.store.NextTask(ctx, r.w.account, r.eager)
	if err != nil || task == nil {
		return false, err
	}
	results, failed := r.d.Push(ctx, task)
	results = complete(task, results, failed)
	more = true
	for _, res := range results {
		switch res.How {
		case store.Stale, store.Renumbered:
			more, r.behind = false, true
		case store.Done, store.Gone:
			r.report.Pushed += len(res.Item.Ops)
		case store.Filed:
			r.report.Pushed += len(res.Item.Ops)
			r.behind, r.filed = true, true
		case store.Refused:
			r.report.Failed += len(res.Item.Ops)
		}
	}
	if err := r.w.store.Settle(ctx, task, results); err != nil {
		return false, err
	}
	return more, r.w.wrap(string(task.Kind), failed)
}

// complete gives every item of a task a result: one that the driver did not
// get to waits for the next time.
func complete(task *store.Task, results []store.Result, failed error) []store.Result {
	known := map[mail.OpID]bool{}
	for _, r := range results {
		known[r.Item.Ops[0]] = true
	}
	for _, item := range task.Items {
		if !known[item.Ops[0]] {
			how := store.Later
			if failed != nil {
				how = store.Unknown
			}
			results = append(results, store.Result{Item: item, How: how})
		}
	}
	return results
}

// request is something that a person waits for.
type request struct {
	do   func(ctx context.Context, r *run) error
	done chan error // holds one
}

// fail answers a request that was not answered.
func (q *request) fail() {
	select {
	case q.done <- mail.Errorf(mail.KindBug, "ask the server", "something went wrong inside Postrider"):
	default:
	}
}

// Fetch brings the bytes of a placement's message into the store, ahead of
// other work. It returns when they are there, or why they are not.
func (w *Worker) Fetch(ctx context.Context, id mail.PlacementID) error {
	return w.ask(ctx, func(ctx context.Context, r *run) error { return r.bring(ctx, id) })
}

// ask has something done over the connection of a worker that runs, ahead of
// other work. do may still be at it when ctx has ended.
func (w *Worker) ask(ctx context.Context, do func(context.Context, *run) error) error {
	q := &request{do, make(chan error, 1)}
	select {
	case w.fetch <- q:
	case <-ctx.Done():
		return ctx.Err()
	}
	poke(w.wake)
	select {
	case err := <-q.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// answer serves one request; its error is the connection's, not the request's.
func (r *run) answer(ctx context.Context, q *request) error {
	defer q.fail() // if it panics
	err := q.do(ctx, r)
	q.done <- err
	if spent(err) {
		return err
	}
	return nil
}

// spent reports that the connection is of no more use.
func spent(err error) bool {
	switch mail.KindOf(err) {
	case mail.KindOffline, mail.KindGarbled, mail.KindUnsafe, mail.KindSignIn, mail.KindDisk, mail.KindCanceled, mail.KindBug:
		return true
	}
	return false
}

func (r *run) bring(ctx context.Context, id mail.PlacementID) error {
	var src store.Source
	err := r.w.store.Read(ctx, func(sn *store.Snapshot) (err error) {
		src, err = sn.SourceOf(id)
		return err
	})
	if err != nil || src.Here {
		return err
	}
	if src.UID == 0 && src.UIDL == "" {
		return mail.Errorf(mail.KindBusy, "fetch the message", "this message is on its way between folders; sync first")
	}
	return r.w.wrap("fetch the message", r.d.Fetch(ctx, src, func(body io.Reader) error {
		st, err := r.w.store.Stage(ctx, body)
		if err != nil {
			return err
		}
		return r.mirror.Attach(ctx, id, st)
	}))
}
