package vm

import (
	"postrider/mail"
	"postrider/mail/client"
)

// edits gathers what an answer of the store changes of the order.
type edits struct {
	l       *List
	take    []int // places
	add     []client.Spot
	renamed map[mail.PlacementID]client.Spot // by conversation: another message stands for it
}

// takeNews brings the order to how the store says that entries stand.
func (l *List) takeNews(n client.News) {
	if n.Unsure {
		l.reread()
	}
	e := &edits{l: l, renamed: map[mail.PlacementID]client.Spot{}}
	e.read(n)
	if len(e.take)+len(e.add) == 0 {
		return
	}
	if !l.order.dated && len(e.add) > 0 { // only the store knows where they belong
		l.reread()
		e.add = nil
	}
	was := l.stand()
	before := l.order.len()
	l.picks.rename(e.renamed)
	forgot := e.forget()
	l.order.edit(e.take, e.add)
	l.count += l.order.len() - before
	l.picks.spare(e.add, e.renamed)
	l.settle(was.renamed(e.renamed), forgot)
}

// forget drops from the selection what goes, and reports whether anything of it
// does.
func (e *edits) forget() (lost bool) {
	for _, k := range e.take {
		id := e.l.order.spine.IDs[k]
		lost = lost || e.l.picks.ids[id]
		delete(e.l.picks.ids, id)
	}
	return lost
}

// read finds where all that the news tell of is, and what becomes of it.
func (e *edits) read(n client.News) {
	var told []client.Spot
	for _, g := range n.Groups {
		told = append(told, g.Members...)
	}
	told = append(told, n.Gone...)
	places := e.l.order.locateAll(told)
	for _, g := range n.Groups {
		e.group(g, places[:len(g.Members)])
		places = places[len(g.Members):]
	}
	for i, s := range n.Gone {
		if places[i] >= 0 {
			e.take = append(e.take, places[i])
			delete(e.l.sticky, s.ID)
		}
	}
}

// group puts an entry where its newest message is that passes the filter. One
// that has none any more stays where it is. places are those of its members, -1
// for most.
func (e *edits) group(g client.Group, places []int) {
	stays := g.Head
	here := false // stays is in the order already
	for i, m := range g.Members {
		switch {
		case places[i] < 0:
		case stays.ID == 0: // and is the newest of those that are shown
			stays, here = m, true
			e.l.sticky[m.ID] = m.Date
		case m.ID == stays.ID:
			here = true
			delete(e.l.sticky, m.ID)
		default:
			e.take = append(e.take, places[i])
			e.renamed[m.ID] = stays
			delete(e.l.sticky, m.ID)
		}
	}
	if stays.ID != 0 && !here && e.l.holds(stays) {
		e.add = append(e.add, stays)
	}
}

// holds reports that an entry belongs to the part of the order that is known.
func (l *List) holds(s client.Spot) bool {
	return l.whole || l.order.len() == 0 || compareSpots(s, client.Spot{ID: l.order.spine.IDs[0], Date: l.order.spine.Dates[0]}) > 0
}

// stance is what must not move: what the window shows, and the cursor.
type stance struct {
	from   int
	window []client.Spot // of the window's rows, those that are known
	around []client.Spot // from the cursor on, then before it
	cursor int           // the row of the cursor, -1: there is none
	picked bool          // some entries are selected
}

// lookAround is how many rows beyond the cursor's own are remembered, to find
// the one that is next when many go.
const lookAround = 200

func (l *List) stand() stance {
	s := stance{from: l.from, cursor: l.IndexOf(l.picks.cursor), picked: !l.picks.all && len(l.picks.ids) > 0}
	for i := max(l.from, 0); i < min(l.to, l.order.len()); i++ {
		s.window = append(s.window, l.order.at(i))
	}
	if s.cursor < 0 {
		return s
	}
	for i := s.cursor; i < min(s.cursor+lookAround, l.order.len()); i++ {
		s.around = append(s.around, l.order.at(i))
	}
	for i := s.cursor - 1; i >= max(s.cursor-lookAround, 0); i-- {
		s.around = append(s.around, l.order.at(i))
	}
	return s
}

// renamed has the cursor follow entries that took others' places. The window
// does not: a conversation that comes up does not take it along.
func (s stance) renamed(to map[mail.PlacementID]client.Spot) stance {
	for i, spot := range s.around {
		if now, moved := to[spot.ID]; moved {
			s.around[i] = now
		}
	}
	return s
}

// settle tells what an edit did to what must not move; forgot says that some of
// the selection went.
func (l *List) settle(was stance, forgot bool) {
	l.days.clear()
	d := Delta{Moved: true, Above: l.above(was)}
	d.Picked = l.repick(was) || forgot
	l.from, l.to = l.from+d.Above, l.to+d.Above
	l.tell(d)
	l.fetch()
}

// above is by how much the first row of the window that is still there moved.
// Those that went from the window itself leave their place to what is below.
func (l *List) above(was stance) int {
	for _, k := range l.order.locateAll(was.window) {
		if k >= 0 {
			return l.order.place(k) - was.from
		}
	}
	if len(was.window) == 0 {
		return 0
	}
	if !l.order.dated {
		return min(0, l.Len()-was.from)
	}
	at, _ := l.order.search(was.window[0]) // where the first would be
	if l.order.down {
		at = l.order.len() - at
	}
	return at - was.from
}
