package vm

// How is what becomes of the rest when rows are selected.
type How uint8

// The ways to select.
const (
	Only   How = iota // these and nothing else
	Also              // these, too
	Except            // what is selected, without these
)

// PickRange selects the rows from first to last, both included, in any order;
// the cursor goes to last. It is for a list on the screen that keeps its own
// anchor.
func (l *List) PickRange(first, last int, how How) {
	cursor := l.ID(last)
	first, last = max(0, min(first, last)), min(max(first, last), l.Len()-1)
	if how == Only && first == 0 && last == l.Len()-1 && last > 0 {
		l.picks.all, l.picks.ids = true, nil
	} else {
		if how == Only {
			l.picks.only()
		}
		for i := first; i <= last; i++ {
			if id := l.ID(i); id != 0 {
				l.picks.set(id, how != Except)
			}
		}
	}
	if cursor != 0 {
		l.picks.anchor, l.picks.cursor = cursor, cursor
	}
	l.tell(Delta{Picked: true})
}
