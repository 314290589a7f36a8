package vm

import (
	"slices"

	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/store"
)

// ShowFound shows messages that were found, the newest first, instead of a view.
// Called again, as a search goes on, it keeps the selection and the place of
// what is still among them. What is moved afterwards stays, and says where it is
// now; what is in no mailbox any more goes.
func (l *List) ShowFound(rows []client.Row) {
	fresh := !l.found
	if fresh {
		l.reset()
		l.open, l.found, l.whole, l.shown = true, true, true, true
		l.order.dated, l.order.down = true, true
		l.watchMidnight()
	}
	was := l.stand()
	list := make([]client.Spot, len(rows))
	lines := make([]client.Gathered, len(rows))
	for i, r := range rows {
		list[i] = client.Spot{ID: r.ID, Date: store.StampOf(r.Date.Unix())}
		lines[i] = store.Alone(r)
	}
	l.order.spine = client.Spine{}
	l.order.edit(nil, list)
	l.trim()
	l.cache.put(l.lines(lines), l.cache.stale)
	if fresh {
		l.tell(Delta{Fresh: true, Moved: true, Picked: true})
		return
	}
	l.settle(was, l.forgetPicked())
}

// Found reports that the list shows what was found.
func (l *List) Found() bool { return l.found }

// leave takes out what changes say is in no mailbox any more.
func (l *List) leave(batches []mail.Batch) {
	gone := map[mail.PlacementID]bool{}
	for _, b := range batches {
		for _, c := range b.Changes {
			switch c := c.(type) {
			case mail.PlacementsRemoved:
				for _, id := range c.IDs {
					gone[id] = true
				}
			case mail.PlacementsAdded: // a batch tells of it after what was removed
				for _, id := range c.IDs {
					delete(gone, id)
				}
			}
		}
	}
	if len(gone) == 0 {
		return
	}
	var news client.News
	for i := range l.order.len() {
		if s := l.order.at(i); gone[s.ID] {
			news.Gone = append(news.Gone, s)
		}
	}
	slices.SortFunc(news.Gone, compareSpots)
	l.takeNews(news)
}
