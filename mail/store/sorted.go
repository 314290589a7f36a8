package store

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"postrider/mail"
	"postrider/mail/thread"
)

// sortPrefix is how much of a name or a subject decides an order, octets.
const sortPrefix = 40

// sortEntry is an entry and what it is ordered by.
type sortEntry struct {
	key  []byte
	size int64
	date Stamp
	id   mail.PlacementID
}

// sorted puts entries in the order of another key than the date.
func (sn *Snapshot) sorted(s Spine, by SortKey) (Spine, error) {
	list := make([]sortEntry, 0, s.Len())
	for at := 0; at < s.Len(); at += walkChunk {
		var err error
		until := min(at+walkChunk, s.Len())
		if list, err = sn.sortKeys(list, Spine{s.IDs[at:until], s.Dates[at:until]}, by); err != nil {
			return Spine{}, err
		}
	}
	slices.SortFunc(list, func(a, b sortEntry) int {
		return cmp.Or(cmp.Compare(b.size, a.size), bytes.Compare(a.key, b.key), cmp.Compare(b.date, a.date), cmp.Compare(b.id, a.id))
	})
	for i, e := range list {
		s.IDs[i], s.Dates[i] = e.id, e.date
	}
	return s, nil
}

// sortColumn is what a key is made of; recipients where one looks for those.
var sortColumn = map[SortKey]string{
	BySize:    `g.size`,
	BySubject: `g.subject`,
	BySender: `CASE WHEN b.role IN ('sent', 'drafts', 'outbox') THEN g.recipients
		WHEN g.from_name <> '' THEN g.from_name ELSE g.from_addr END`,
}

// sortKeys reads the keys of some entries, in one row.
func (sn *Snapshot) sortKeys(list []sortEntry, s Spine, by SortKey) ([]sortEntry, error) {
	ids, err := json.Marshal(s.IDs)
	if err != nil {
		return nil, err
	}
	var keys string
	if _, err := sn.get([]any{&keys}, `SELECT coalesce(group_concat(replace(key, char(31), ' '), char(31)), '') FROM (
		SELECT substr(coalesce(`+sortColumn[by]+`, ''), 1, 80) AS key FROM json_each(?) j LEFT JOIN placement p ON p.id = j.value
		LEFT JOIN message g ON g.id = p.message LEFT JOIN mailbox b ON b.id = p.mailbox ORDER BY j.key)`, string(ids)); err != nil {
		return nil, err
	}
	var arena []byte // one for all keys of a chunk
	for i, id := range s.IDs {
		var key string
		key, keys, _ = strings.Cut(keys, "\x1f")
		e := sortEntry{date: s.Dates[i], id: id}
		if by == BySize {
			e.size, _ = strconv.ParseInt(key, 10, 64)
		} else {
			from := len(arena)
			arena = append(arena, sortName(key, by)...)
			e.key = arena[from:len(arena):len(arena)]
		}
		list = append(list, e)
	}
	return list, nil
}

// sortName is the part of a name or subject that decides its place.
func sortName(text string, by SortKey) string {
	if by == BySubject {
		text, _ = thread.BaseSubject(text)
	}
	return clip(strings.ToLower(strings.TrimLeft(text, ` "'`)), sortPrefix)
}
