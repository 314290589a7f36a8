package vm

import (
	"context"
	"slices"
	"time"

	"postrider/mail"
	"postrider/mail/client"
)

// readTop reads the first rows of the view, to show them at once; then all of
// its order, which must not take the processor from them.
func (l *List) readTop() {
	v, stale := l.view, l.cache.stale
	Ask(l.desk, &l.top, func(ctx context.Context) (client.Top, error) { return l.mail.Top(ctx, v, firstRows) }, func(t client.Top, err error) {
		if err != nil {
			l.fail(err)
			return
		}
		l.takeTop(t, stale)
	})
}

// takeTop shows the first rows. What changed since they were asked for is read
// once more.
func (l *List) takeTop(t client.Top, stale int) {
	l.count = t.Count
	if !t.All && l.view.Sort != (client.Sort{}) { // nothing is known of this order before all is
		l.tell(Delta{Moved: true})
		l.readSpine()
		return
	}
	slices.Reverse(t.Spine.IDs)
	slices.Reverse(t.Spine.Dates)
	l.order.spine, l.shown, l.whole = t.Spine, true, t.All
	l.cache.put(l.lines(t.Rows), stale)
	l.days.clear()
	l.tell(Delta{Moved: true})
	l.fetch()
	if !l.whole {
		l.readSpine()
	}
	l.catchUp()
}

// catchUp does what waited until the order is known.
func (l *List) catchUp() {
	if l.whole {
		tasks := l.tasks
		l.tasks = nil
		for _, fn := range tasks {
			fn()
		}
	}
	l.ask()
}

// readSpine reads the order of all of the view.
func (l *List) readSpine() {
	v := l.view
	l.since, l.again = nil, false
	began := l.desk.Now()
	Ask(l.desk, &l.spine, func(ctx context.Context) (client.Spine, error) { return l.mail.Spine(ctx, v) }, func(s client.Spine, err error) {
		l.took = l.desk.Now().Sub(began)
		l.takeSpine(s, err)
	})
}

func (l *List) takeSpine(s client.Spine, err error) {
	if err != nil {
		l.fail(err)
		return
	}
	was := l.stand()
	l.order.spine, l.whole, l.shown, l.err = s, true, true, nil
	l.dirty, l.since = append(l.dirty, l.since...), nil
	for id, date := range l.sticky { // what it does not match any more is still looked at
		if l.order.dated && l.order.locate(client.Spot{ID: id, Date: date}) < 0 {
			l.order.edit(nil, []client.Spot{{ID: id, Date: date}})
			l.dirty = append(l.dirty, id)
		}
	}
	l.settle(was, l.forgetPicked())
	l.catchUp()
}

func (l *List) fail(err error) {
	l.err = err
	l.tell(Delta{Moved: true})
}

// Retry reads a list anew that could not be read.
func (l *List) Retry() {
	if l.open && !l.found && l.err != nil {
		l.err = nil
		l.readTop()
		l.tell(Delta{Moved: true})
	}
}

// reread has the order read anew soon: at once if it has not been for a while,
// and otherwise after a pause that leaves time for something else.
func (l *List) reread() {
	if l.again || !l.open || l.found {
		return
	}
	l.again = true
	if l.spine.Busy() {
		return // takes it up when it ends: see ask
	}
	l.rest()
}

// restAtLeast is how long a list rests between two readings of its order.
const restAtLeast = 500 * time.Millisecond

func (l *List) rest() {
	l.pause = l.desk.After(max(restAtLeast, 4*l.took), func() {
		l.pause = nil
		l.readSpine()
	})
}

// Apply takes in what commits changed. It only notes what to ask about: the
// answer comes later, and all that changed until then comes with the next.
func (l *List) Apply(batches []mail.Batch) {
	if !l.open {
		return
	}
	stale := false
	for _, b := range batches {
		for _, c := range b.Changes {
			stale = l.note(c) || stale
		}
	}
	if stale {
		l.cache.stale++
		l.fetch()
	}
	if l.found {
		l.leave(batches)
	}
	l.ask()
}

// note takes in one change and reports whether rows may look different by it.
func (l *List) note(c mail.Change) (stale bool) {
	switch c := c.(type) {
	case mail.PlacementsAdded:
		if l.shows(c.Mailbox) {
			l.doubt(c.IDs)
			if !l.order.dated {
				l.reread()
			}
		}
		return true
	case mail.PlacementsRemoved:
		if l.shows(c.Mailbox) {
			l.doubt(c.IDs)
		}
		return true
	case mail.PlacementsChanged:
		if l.shows(c.Mailbox) && (l.view.Filter != client.All || l.view.Conversations && c.Mask&mail.ChangedMessage != 0) {
			l.doubt(c.IDs)
		}
		return true
	case mail.BodyArrived:
		return true
	case mail.Gap:
		if !l.found {
			l.reread()
		}
		return true
	}
	return false
}

func (l *List) shows(box mail.MailboxID) bool { return slices.Contains(l.view.Mailboxes, box) }

// tooMany is from how many changed entries on reading all is less work.
const tooMany = 30000

func (l *List) doubt(ids []mail.PlacementID) {
	l.dirty = append(l.dirty, ids...)
	if l.spine.Busy() {
		l.since = append(l.since, ids...)
	}
	if len(l.dirty) > tooMany {
		l.dirty = nil
		l.reread()
	}
}

// ask asks how the entries stand that changed, unless that was just asked.
func (l *List) ask() {
	if l.again && !l.spine.Busy() && l.pause == nil {
		l.rest()
	}
	if len(l.dirty) == 0 || l.news.Busy() || !l.shown {
		return
	}
	v, ids := l.view, l.dirty
	l.dirty = nil
	slices.Sort(ids)
	ids = slices.Compact(ids)
	Ask(l.desk, &l.news, func(ctx context.Context) (client.News, error) { return l.mail.News(ctx, v, ids) }, func(n client.News, err error) {
		if err != nil {
			l.reread()
			return
		}
		l.takeNews(n)
		l.ask()
	})
}
