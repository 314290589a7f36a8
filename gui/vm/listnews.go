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
	renamed map[mail.PlacementID]mail.PlacementID // by conversation: another message stands for it
	gone    map[mail.PlacementID]bool
}

// takeNews brings the order to how the store says that entries stand.
func (l *List) takeNews(n client.News) {
	if n.Unsure {
		l.reread()
	}
	e := &edits{l: l, renamed: map[mail.PlacementID]mail.PlacementID{}, gone: map[mail.PlacementID]bool{}}
	for _, g := range n.Groups {
		e.group(g)
	}
	for _, s := range n.Gone {
		e.drop(s)
	}
	if len(e.take)+len(e.add) == 0 {
		return
	}
	if !l.order.dated && len(e.add) > 0 { // only the store knows where they belong
		l.reread()
		e.add = nil
	}
	was := l.stand()
	before := l.order.len()
	l.order.edit(e.take, e.add)
	l.count += l.order.len() - before
	l.picks.rename(e.renamed)
	l.picks.spare(e.add, e.renamed)
	for id := range e.gone {
		delete(l.sticky, id)
	}
	l.settle(was.renamed(e.renamed), false)
}

// group puts an entry where its newest message is that passes the filter. One
// that has none any more stays where it is.
func (e *edits) group(g client.Group) {
	var here []int
	var ids []client.Spot
	for _, m := range g.Members {
		if k := e.l.order.exactly(m); k >= 0 {
			here, ids = append(here, k), append(ids, m)
		}
	}
	if g.Head.ID == 0 {
		if len(here) > 0 {
			e.l.sticky[ids[0].ID] = ids[0].Date
			e.takeAll(here[1:], ids[1:], ids[0].ID)
		}
		return
	}
	stays := false
	for i := range here {
		if ids[i].ID == g.Head.ID {
			stays = true
			continue
		}
		e.takeAll(here[i:i+1], ids[i:i+1], g.Head.ID)
	}
	delete(e.l.sticky, g.Head.ID)
	if !stays && e.l.holds(g.Head) {
		e.add = append(e.add, g.Head)
	}
}

func (e *edits) takeAll(places []int, ids []client.Spot, instead mail.PlacementID) {
	e.take = append(e.take, places...)
	for _, s := range ids {
		e.renamed[s.ID] = instead
		delete(e.l.sticky, s.ID)
	}
}

func (e *edits) drop(s client.Spot) {
	if k := e.l.order.locate(s); k >= 0 {
		e.take = append(e.take, k)
		e.gone[s.ID] = true
	}
}

// holds reports that an entry belongs to the part of the order that is known.
func (l *List) holds(s client.Spot) bool {
	return l.whole || l.order.len() == 0 || compareSpots(s, client.Spot{ID: l.order.spine.IDs[0], Date: l.order.spine.Dates[0]}) > 0
}

// exactly is locate for an entry whose date is certain.
func (o *order) exactly(s client.Spot) int {
	if !o.dated {
		return o.locate(s)
	}
	k, found := o.search(s)
	if !found {
		return -1
	}
	return k
}

// stance is what must not move: what the window shows, and the cursor.
type stance struct {
	from   int
	window []client.Spot // of the window's rows, those that are known
	around []client.Spot // from the cursor on, then before it
	cursor int           // the row of the cursor, -1: there is none
}

// lookAround is how many rows beyond the cursor's own are remembered, to find
// the one that is next when many go.
const lookAround = 200

func (l *List) stand() stance {
	s := stance{from: l.from, cursor: l.IndexOf(l.picks.cursor)}
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
func (s stance) renamed(to map[mail.PlacementID]mail.PlacementID) stance {
	for i, spot := range s.around {
		if id, moved := to[spot.ID]; moved {
			s.around[i] = client.Spot{ID: id}
		}
	}
	return s
}

// settle tells what an edit did to what must not move. A swapped order may lack
// any entry that was picked.
func (l *List) settle(was stance, swapped bool) {
	l.days.clear()
	d := Delta{Moved: true, Above: l.above(was)}
	d.Picked = l.repick(was, swapped)
	l.from, l.to = l.from+d.Above, l.to+d.Above
	l.tell(d)
	l.fetch()
}

// above is by how much the first row of the window that is still there moved.
// Those that went from the window itself leave their place to what is below.
func (l *List) above(was stance) int {
	for _, s := range was.window {
		if at := l.order.find(s); at >= 0 {
			return at - was.from
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
