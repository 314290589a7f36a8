package store

import (
	"cmp"
	"strconv"
	"strings"

	"postrider/mail"
)

// run is a piece of a list, newest first.
type run struct {
	ids     []mail.PlacementID
	dates   []int64 // Unix seconds
	threads []int64
}

func (r *run) len() int { return len(r.ids) }

// mark is a place in a list; the zero value is above the newest.
type mark struct {
	date int64
	id   mail.PlacementID
}

// newer orders marks newest first.
func (m mark) newer(o mark) int { return cmp.Or(cmp.Compare(o.date, m.date), cmp.Compare(o.id, m.id)) }

// newest is above all messages.
var newest = mark{date: 1 << 62}

// walkChunk is how many entries come out of SQLite at a time. One row with a
// thousand numbers as text costs a fiftieth of a thousand rows.
const walkChunk = 10000

// walk goes along a mailbox from below a mark, newest first, and hands over what
// is there in runs until fn says that it has enough. The slices are fn's only
// until it returns.
func (sn *Snapshot) walk(box mail.MailboxID, filter Filter, below mark, chunk int, fn func(run) (more bool)) error {
	st, err := sn.tx.Prepare(`SELECT count(*), coalesce(group_concat(id, ' '), ''), coalesce(group_concat(date, ' '), ''), coalesce(group_concat(thread, ' '), '')
		FROM (SELECT p.id AS id, p.date AS date, p.thread AS thread FROM placement p
			WHERE p.mailbox = ? AND (p.date, p.id) < (?, ?)` + filterSQL[filter] + ` ORDER BY p.date DESC, p.id DESC LIMIT ?)`)
	if err != nil {
		return err
	}
	defer st.Close()
	var r run
	for {
		if err := sn.ctx.Err(); err != nil {
			return err
		}
		var n int
		var ids, dates, threads string
		if err := st.QueryRow(box, below.date, below.id, chunk).Scan(&n, &ids, &dates, &threads); err != nil {
			return err
		}
		r.ids = numbers(r.ids[:0], ids)
		r.dates = numbers(r.dates[:0], dates)
		r.threads = numbers(r.threads[:0], threads)
		if n == 0 || !fn(r) || n < chunk {
			return nil
		}
		below = mark{r.dates[n-1], r.ids[n-1]}
		chunk = max(chunk, min(4*chunk, walkChunk))
	}
}

// eachUID goes along the UIDs of a mailbox's base, ascending, in the same manner.
// The slices are fn's only until it returns.
func eachUID(get func([]any, string, ...any) (bool, error), box mail.MailboxID, fn func(ids []mail.PlacementID, uids []int64)) error {
	var ids []mail.PlacementID
	var uids []int64
	for n, last := walkChunk, int64(0); n == walkChunk; {
		var idText, uidText string
		if _, err := get([]any{&n, &idText, &uidText}, `SELECT count(*), coalesce(group_concat(id, ' '), ''), coalesce(group_concat(b_uid, ' '), '')
			FROM (SELECT id, b_uid FROM placement WHERE b_mailbox = ? AND b_uid > ? ORDER BY b_uid LIMIT ?)`, box, last, walkChunk); err != nil {
			return err
		}
		if n > 0 {
			ids, uids = numbers(ids[:0], idText), numbers(uids[:0], uidText)
			last = uids[n-1]
			fn(ids, uids)
		}
	}
	return nil
}

// numbers reads numbers parted by spaces.
func numbers[N ~int64](to []N, text string) []N {
	for text != "" {
		word, rest, _ := strings.Cut(text, " ")
		n, _ := strconv.ParseInt(word, 10, 64) // SQLite wrote them
		to, text = append(to, N(n)), rest
	}
	return to
}
