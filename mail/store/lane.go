package store

import (
	"database/sql"

	"postrider/mail"
)

// lane goes along the placements of one mailbox, or of all, newest first, for a
// search that asks of each whether it is wanted.
type lane struct {
	st    *sql.Stmt
	box   mail.MailboxID // 0: all
	below mark
	chunk int

	ids      []mail.PlacementID
	dates    []int64
	messages []mail.MessageID
	at       int
	last     bool // nothing is behind what was read
}

// firstChunk is how many placements a lane reads first: a page of a search is
// mostly among them.
const firstChunk = 256

func (r *searching) lane(box mail.MailboxID, cond string) (*lane, error) {
	from := `placement p INDEXED BY placement_date WHERE p.mailbox IS NOT NULL AND ?1 = 0`
	if box != 0 {
		from = `placement p WHERE p.mailbox = ?1`
	}
	st, err := r.sn.tx.PrepareContext(r.ctx, `SELECT coalesce(group_concat(id, ' '), ''), coalesce(group_concat(date, ' '), ''), coalesce(group_concat(message, ' '), '')
		FROM (SELECT p.id AS id, p.date AS date, p.message AS message FROM `+from+` AND (p.date, p.id) < (?2, ?3)`+cond+
		` ORDER BY p.date DESC, p.id DESC LIMIT ?4)`)
	return &lane{st: st, box: box, below: newest, chunk: firstChunk}, err
}

// head reports whether there is another placement, and reads more if need be.
func (l *lane) head() (bool, error) {
	if l.at < len(l.ids) {
		return true, nil
	}
	if l.last {
		return false, nil
	}
	var ids, dates, messages string
	if err := l.st.QueryRow(l.box, l.below.date, l.below.id, l.chunk).Scan(&ids, &dates, &messages); err != nil {
		return false, err
	}
	l.ids, l.dates, l.messages, l.at = numbers(l.ids[:0], ids), numbers(l.dates[:0], dates), numbers(l.messages[:0], messages), 0
	n := len(l.ids)
	l.last = n < l.chunk
	l.chunk = min(4*l.chunk, walkChunk)
	if n > 0 {
		l.below = mark{l.dates[n-1], l.ids[n-1]}
	}
	return n > 0, nil
}

func (l *lane) mark() mark { return mark{l.dates[l.at], l.ids[l.at]} }

// along goes along lanes together, newest first, until fn has enough.
func along(lanes []*lane, fn func(id mail.MessageID, date int64) (more bool)) error {
	for {
		var first *lane
		for _, l := range lanes {
			ok, err := l.head()
			if err != nil {
				return err
			}
			if ok && (first == nil || l.mark().newer(first.mark()) < 0) {
				first = l
			}
		}
		if first == nil {
			return nil
		}
		at := first.at
		first.at++
		if !fn(first.messages[at], first.dates[at]) {
			return nil
		}
	}
}
