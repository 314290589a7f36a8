package vm

import (
	"context"
	"time"

	"postrider/mail"
	"postrider/mail/client"
)

// ListMail is what a [List] reads: a client.Client.
type ListMail interface {
	Top(context.Context, client.View, int) (client.Top, error)
	Spine(context.Context, client.View) (client.Spine, error)
	Gather(context.Context, client.View, []mail.PlacementID) ([]client.Gathered, error)
	News(context.Context, client.View, []mail.PlacementID) (client.News, error)
	Members(context.Context, client.View, []mail.PlacementID) ([]mail.PlacementID, error)
}

var _ ListMail = (*client.Client)(nil)

// List is the message list: of a view of any length. Its first rows are there a
// few milliseconds after [List.Open]; the order of all of it follows, in 12
// octets an entry, and from then on its length and every jump are exact. What a
// row shows is read when it comes near the window.
//
// What a person looks at does not move: rows that come above the window shift
// what is below them, and the delta says by how much. A row that stops to match
// the view's filter stays until the view is opened again.
//
// An entry has an id: that of its message or, by conversation, of the newest in
// it that passes the filter.
type List struct {
	// Changed tells what happened, at most once for each answer of the store.
	Changed func(Delta)

	desk *Desk
	mail ListMail
	mine func(address string) bool // whose address is the person's own
	zone func() *time.Location

	view  client.View
	open  bool
	found bool // instead of a view, what was found
	order order
	err   error

	count    int  // about how long it is, until whole
	whole    bool // order has every entry
	shown    bool // the first rows are there
	from, to int  // the rows that the window shows

	top, spine, news, rows Turn

	dirty  []mail.PlacementID                // to be asked about
	since  []mail.PlacementID                // changed since the spine under way was asked for
	sticky map[mail.PlacementID]client.Stamp // kept though the filter has nothing of them any more
	again  bool                              // the spine is to be read once more
	pause  func()                            // ends the wait before that
	took   time.Duration                     // to read the spine, the last time

	cache rowCache
	picks picks
	days  days
	tasks []func() // wait until the order is whole
}

// ListOptions are what a list needs to know of the person.
type ListOptions struct {
	Mine func(address string) bool // nil: nobody
	Zone func() *time.Location     // nil: time.Local
}

// NewList makes an empty list.
func NewList(d *Desk, m ListMail, opts ListOptions) *List {
	l := &List{desk: d, mail: m, mine: opts.Mine, zone: opts.Zone}
	if l.mine == nil {
		l.mine = func(string) bool { return false }
	}
	if l.zone == nil {
		l.zone = func() *time.Location { return time.Local }
	}
	l.reset()
	return l
}

// Delta is what happened to a list.
type Delta struct {
	Fresh  bool  // another view, or order: nothing of what was drawn is there any more
	Moved  bool  // rows came, went or moved: the length, the days and all rows are to be asked for anew
	Above  int   // with Moved: how many rows more (less) there are above the window
	Rows   []int // without Moved: the rows of the window that look different
	Picked bool  // the selection or the cursor changed by itself
}

// firstRows is how many rows are read at once when a view is opened: as many as
// a tall window shows.
const firstRows = 60

// Open shows a view. What was shown is gone at once.
func (l *List) Open(v client.View) {
	l.reset()
	l.view, l.open = v, true
	l.order.down = v.Sort.By == client.ByDate != v.Sort.Reverse
	l.order.dated = v.Sort.By == client.ByDate
	l.readTop()
	l.watchMidnight()
	l.tell(Delta{Fresh: true, Moved: true, Picked: true})
}

// Close shows nothing.
func (l *List) Close() {
	l.reset()
	l.tell(Delta{Fresh: true, Moved: true, Picked: true})
}

func (l *List) reset() {
	for _, t := range []*Turn{&l.top, &l.spine, &l.news, &l.rows} {
		t.Drop()
	}
	if l.pause != nil {
		l.pause()
	}
	l.view, l.open, l.found, l.order, l.err = client.View{}, false, false, order{}, nil
	l.count, l.whole, l.shown, l.from, l.to = 0, false, false, 0, 0
	l.dirty, l.since, l.again, l.pause, l.took = nil, nil, false, nil, 0
	l.sticky = map[mail.PlacementID]client.Stamp{}
	l.cache.clear()
	l.picks = picks{}
	l.days.clear()
	l.tasks = nil
}

// View is what is shown.
func (l *List) View() client.View { return l.view }

// Len is the number of rows: about, until Whole.
func (l *List) Len() int {
	if l.whole {
		return l.order.len()
	}
	return max(l.count, l.order.len())
}

// Whole reports that the list is as long as it says, and every row known.
func (l *List) Whole() bool { return l.whole }

// Loading reports that it is not known yet what to show first.
func (l *List) Loading() bool { return l.open && !l.shown && l.err == nil }

// Empty reports that there is nothing to show, and that this is certain.
func (l *List) Empty() bool { return l.whole && l.order.len() == 0 }

// Err is why the list could not be read; nil: it could.
func (l *List) Err() error { return l.err }

// ID is the id of row i; 0 while it is not known.
func (l *List) ID(i int) mail.PlacementID {
	if i < 0 || i >= l.order.len() {
		return 0
	}
	return l.order.at(i).ID
}

// IndexOf is the row of an entry, or -1.
func (l *List) IndexOf(id mail.PlacementID) int {
	if id == 0 {
		return -1
	}
	if line, known := l.cache.rows[id]; known && l.order.dated {
		return l.order.find(client.Spot{ID: id, Date: line.stamp})
	}
	return l.order.find(client.Spot{ID: id})
}

func (l *List) tell(d Delta) {
	if l.Changed != nil {
		l.Changed(d)
	}
}
