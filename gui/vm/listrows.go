package vm

import (
	"context"

	"postrider/mail"
	"postrider/mail/client"
)

// rowCache keeps what rows near the window show.
type rowCache struct {
	rows  map[mail.PlacementID]cachedRow
	stale int // rises when rows may have changed
}

type cachedRow struct {
	ListRow
	stamp client.Stamp
	read  int // stale when it was read
}

func (c *rowCache) clear() { c.rows = map[mail.PlacementID]cachedRow{} }

// put keeps lines that were asked for when stale was what it says.
func (c *rowCache) put(lines []ListRow, stale int) {
	for _, line := range lines {
		c.rows[line.ID] = cachedRow{line, client.Stamp(max(0, line.Date.Unix())), stale}
	}
}

const (
	cacheRows  = 2000 // rows kept
	fetchAhead = 100  // rows read on each side of the window
)

// Want says which rows the window shows: [from, to). They and their neighbours
// are read if need be.
func (l *List) Want(from, to int) {
	l.from, l.to = max(0, from), max(0, to)
	l.fetch()
}

// Row is what row i shows now; Loading while that is being read.
func (l *List) Row(i int) ListRow {
	if i < 0 || i >= l.order.len() {
		return ListRow{Loading: true}
	}
	s := l.order.at(i)
	if c, known := l.cache.rows[s.ID]; known {
		return c.ListRow
	}
	return ListRow{ID: s.ID, Date: timeOf(s.Date, l.zone()), Loading: true}
}

// fetch reads what the window shows, then what is around it, one after the
// other: when an answer comes, what is looked at by then is asked for next.
func (l *List) fetch() {
	if l.rows.Busy() || !l.open {
		return
	}
	ids := l.missing(l.from, l.to, true)
	if len(ids) == 0 {
		ids = l.missing(l.to, l.to+fetchAhead, false)
	}
	if len(ids) == 0 {
		ids = l.missing(l.from-fetchAhead, l.from, false)
	}
	if len(ids) == 0 {
		return
	}
	v, stale := l.view, l.cache.stale
	Ask(l.desk, &l.rows, func(ctx context.Context) ([]client.Gathered, error) { return l.mail.Gather(ctx, v, ids) }, func(list []client.Gathered, err error) {
		if err != nil {
			l.fail(err)
			return
		}
		l.takeRows(ids, list, stale)
		l.fetch()
	})
}

// missing are the ids of rows that are not known or, with stale, not sure.
func (l *List) missing(from, to int, stale bool) (ids []mail.PlacementID) {
	for i := max(0, from); i < min(to, l.order.len()); i++ {
		id := l.order.at(i).ID
		if c, known := l.cache.rows[id]; !known || stale && c.read < l.cache.stale {
			ids = append(ids, id)
		}
	}
	return ids
}

// takeRows takes rows in, and tells which of the window's look different.
func (l *List) takeRows(ids []mail.PlacementID, list []client.Gathered, stale int) {
	l.trim()
	lines := l.lines(list)
	changed := map[mail.PlacementID]bool{}
	for _, line := range lines {
		old, known := l.cache.rows[line.ID]
		changed[line.ID] = !known || old.ListRow != line
		l.cache.rows[line.ID] = cachedRow{line, client.Stamp(max(0, line.Date.Unix())), stale}
	}
	for _, id := range ids { // what is in no mailbox any more leaves the list with the news of it
		if c, known := l.cache.rows[id]; known && c.read < stale {
			c.read = stale
			l.cache.rows[id] = c
		} else if !known {
			l.cache.rows[id] = cachedRow{ListRow: ListRow{ID: id, Loading: true}, read: stale}
		}
	}
	var d Delta
	for i := max(0, l.from); i < min(l.to, l.order.len()); i++ {
		if changed[l.order.at(i).ID] {
			d.Rows = append(d.Rows, i)
		}
	}
	if len(d.Rows) > 0 {
		l.tell(d)
	}
}

// trim forgets rows far from the window when there are too many.
func (l *List) trim() {
	if len(l.cache.rows) < cacheRows {
		return
	}
	near := map[mail.PlacementID]cachedRow{}
	for i := max(0, l.from-2*fetchAhead); i < min(l.to+2*fetchAhead, l.order.len()); i++ {
		id := l.order.at(i).ID
		if c, known := l.cache.rows[id]; known {
			near[id] = c
		}
	}
	l.cache.rows = near
}
