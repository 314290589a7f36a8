package engine

// Total is what the worker has done since it was made. What is under way counts
// when a pull has ended, its traffic when the connection has.
func (w *Worker) Total() Report {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.total
}

// tally adds work that has ended to the total.
func (w *Worker) tally(rep Report) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t := &w.total
	t.Added += rep.Added
	t.Changed += rep.Changed
	t.Removed += rep.Removed
	t.Pushed += rep.Pushed
	t.Failed += rep.Failed
	t.In += rep.In
	t.Out += rep.Out
	t.RoundTrips += rep.RoundTrips
	t.Took += rep.Took
}

// traffic is what passed over a connection.
func traffic(d Driver) (rep Report) {
	if t, ok := d.(Traffic); ok {
		rep.In, rep.Out, rep.RoundTrips = t.Traffic()
	}
	return rep
}

// Since is what was done after an earlier total.
func (r Report) Since(before Report) Report {
	r.Added -= before.Added
	r.Changed -= before.Changed
	r.Removed -= before.Removed
	r.Pushed -= before.Pushed
	r.Failed -= before.Failed
	r.In -= before.In
	r.Out -= before.Out
	r.RoundTrips -= before.RoundTrips
	r.Took -= before.Took
	return r
}
