package vm

import (
	"context"
	"slices"

	"postrider/mail"
	"postrider/mail/client"
)

// picks is the selection: some entries, or all but some.
type picks struct {
	all    bool
	ids    map[mail.PlacementID]bool // those that are, or with all that are not
	anchor mail.PlacementID          // where an extension begins
	cursor mail.PlacementID          // where the keys are
}

func (p *picks) has(id mail.PlacementID) bool { return p.ids[id] != p.all }

func (p *picks) set(id mail.PlacementID, on bool) {
	if on == p.all {
		delete(p.ids, id)
		return
	}
	if p.ids == nil {
		p.ids = map[mail.PlacementID]bool{}
	}
	p.ids[id] = true
}

func (p *picks) only(ids ...mail.PlacementID) {
	p.all, p.ids = false, make(map[mail.PlacementID]bool, len(ids))
	for _, id := range ids {
		p.ids[id] = true
	}
}

// rename lets the selection follow entries that took others' places.
func (p *picks) rename(to map[mail.PlacementID]client.Spot) {
	for old, now := range to {
		if p.ids[old] {
			delete(p.ids, old)
			p.ids[now.ID] = true
		}
		if p.anchor == old {
			p.anchor = now.ID
		}
		if p.cursor == old {
			p.cursor = now.ID
		}
	}
}

// spare leaves what came after all was selected out of it: nobody has seen it.
func (p *picks) spare(add []client.Spot, renamed map[mail.PlacementID]client.Spot) {
	if !p.all {
		return
	}
	instead := map[mail.PlacementID]bool{}
	for _, s := range renamed {
		instead[s.ID] = true
	}
	for _, s := range add {
		if !instead[s.ID] {
			p.set(s.ID, false)
		}
	}
}

// Picked reports whether row i is selected.
func (l *List) Picked(i int) bool {
	id := l.ID(i)
	return id != 0 && l.picks.has(id)
}

// PickedCount is how many rows are selected.
func (l *List) PickedCount() int {
	if l.picks.all {
		return max(0, l.Len()-len(l.picks.ids))
	}
	return len(l.picks.ids)
}

// Cursor is the row that the keys act from, -1 where there is none.
func (l *List) Cursor() int { return l.IndexOf(l.picks.cursor) }

// CursorID is the entry under the cursor; 0: none.
func (l *List) CursorID() mail.PlacementID { return l.picks.cursor }

// Pick selects row i alone: a click, or the cursor without Shift.
func (l *List) Pick(i int) {
	id := l.ID(i)
	if id == 0 {
		return
	}
	l.picks.only(id)
	l.picks.anchor, l.picks.cursor = id, id
	l.tell(Delta{Picked: true})
}

// PickAlso adds row i to the selection or takes it out: a click with Ctrl.
func (l *List) PickAlso(i int) {
	id := l.ID(i)
	if id == 0 {
		return
	}
	l.picks.set(id, !l.picks.has(id))
	l.picks.anchor, l.picks.cursor = id, id
	l.tell(Delta{Picked: true})
}

// PickTo selects from the anchor to row i: a click with Shift. With also, what
// is selected beyond stays so.
func (l *List) PickTo(i int, also bool) {
	id := l.ID(i)
	from := l.IndexOf(l.picks.anchor)
	if id == 0 {
		return
	}
	if from < 0 {
		from, l.picks.anchor = i, id
	}
	if !also {
		l.picks.only()
	}
	for k := min(from, i); k <= max(from, i); k++ {
		l.picks.set(l.order.at(k).ID, true)
	}
	l.picks.cursor = id
	l.tell(Delta{Picked: true})
}

// PickAll selects all of the view as it is now; what comes later is not among
// them.
func (l *List) PickAll() {
	if l.Len() == 0 {
		return
	}
	l.picks.all, l.picks.ids = true, nil
	if l.picks.cursor == 0 {
		l.picks.cursor = l.ID(0)
		l.picks.anchor = l.picks.cursor
	}
	l.tell(Delta{Picked: true})
}

// PickNone selects nothing. The cursor stays.
func (l *List) PickNone() {
	l.picks.only()
	l.tell(Delta{Picked: true})
}

// Step moves the cursor by so many rows, selects what it comes to, alone or with
// all up to there, and returns its row. From nowhere it comes to the first.
func (l *List) Step(by int, extend bool) int {
	to := l.Cursor()
	if to < 0 {
		to, by = 0, 0
	}
	to = max(0, min(to+by, l.order.len()-1))
	if extend {
		l.PickTo(to, false)
	} else {
		l.Pick(to)
	}
	return to
}

// PickID selects an entry alone, and returns its row; -1: it is not there.
func (l *List) PickID(id mail.PlacementID) int {
	i := l.IndexOf(id)
	if i >= 0 {
		l.Pick(i)
	}
	return i
}

// repick moves the cursor on from what is not there any more. When nothing of
// the selection is left, the row that took the cursor's place is selected.
func (l *List) repick(was stance) (changed bool) {
	if l.picks.anchor != 0 && was.cursor >= 0 && l.IndexOf(l.picks.anchor) < 0 {
		l.picks.anchor = 0
	}
	if was.cursor < 0 || l.IndexOf(l.picks.cursor) >= 0 {
		return false
	}
	l.picks.cursor = l.heir(was)
	if l.picks.anchor == 0 {
		l.picks.anchor = l.picks.cursor
	}
	if was.picked && len(l.picks.ids) == 0 && l.picks.cursor != 0 {
		l.picks.set(l.picks.cursor, true)
	}
	return true
}

// forgetPicked drops from the selection what is not in a new order.
func (l *List) forgetPicked() (lost bool) {
	if len(l.picks.ids) == 0 {
		return false
	}
	here := make(map[mail.PlacementID]bool, len(l.picks.ids))
	for _, id := range l.order.spine.IDs {
		if l.picks.ids[id] {
			here[id] = true
		}
	}
	lost = len(here) != len(l.picks.ids)
	l.picks.ids = here
	return lost
}

// heir is the entry that is next after the cursor's went.
func (l *List) heir(was stance) mail.PlacementID {
	for i, k := range l.order.locateAll(was.around) {
		if k >= 0 {
			return was.around[i].ID
		}
	}
	return l.ID(min(was.cursor, l.order.len()-1))
}

// Targets finds the messages that the selection stands for: by conversation,
// all of them in the view's mailboxes. For all of a list that is still being
// read it waits until that is done.
func (l *List) Targets(tell func([]mail.PlacementID, error)) {
	if l.picks.all && !l.whole {
		l.tasks = append(l.tasks, func() { l.Targets(tell) })
		return
	}
	l.TargetsOf(l.pickedIDs(), tell)
}

// TargetsOf is Targets for some entries.
func (l *List) TargetsOf(ids []mail.PlacementID, tell func([]mail.PlacementID, error)) {
	if !l.view.Conversations || len(ids) == 0 {
		tell(ids, nil)
		return
	}
	v := l.view
	var all []mail.PlacementID
	Run(l.desk, func(ctx context.Context) (err error) {
		all, err = l.mail.Members(ctx, v, ids)
		return err
	}, func(err error) { tell(all, err) })
}

// pickedIDs are the selected entries, in the order of the list where they are
// few.
func (l *List) pickedIDs() (ids []mail.PlacementID) {
	if l.picks.all {
		for i := range l.order.len() {
			if id := l.order.at(i).ID; l.picks.has(id) {
				ids = append(ids, id)
			}
		}
		return ids
	}
	for id := range l.picks.ids {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}
