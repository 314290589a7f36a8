package store

import "postrider/mail"

// actItem is how an act found a placement, and how it left it: shown nowhere
// before is one that it made.
type actItem struct {
	id     mail.PlacementID
	before shown
	after  shown
}

// noteItem remembers what an act did to p. Of more changes by the same act the
// first before and the last after count.
func (t *Tx) noteItem(act int64, p *place, before shown) error {
	_, err := t.exec(`INSERT INTO act_item (act, placement, mailbox, flags, keywords, to_mailbox, to_flags, to_keywords) VALUES (?,?,?,?,?,?,?,?)
		ON CONFLICT DO UPDATE SET to_mailbox = excluded.to_mailbox, to_flags = excluded.to_flags, to_keywords = excluded.to_keywords`,
		act, p.id, null(before.mailbox), before.flags.System, before.flags.Keywords, null(p.mailbox), p.flags.System, p.flags.Keywords)
	return err
}

func (t *Tx) actItems(act int64) (list []actItem, err error) {
	err = t.each(func(scan row) error {
		var a actItem
		err := scan(&a.id, &a.before.mailbox, &a.before.flags.System, &a.before.flags.Keywords,
			&a.after.mailbox, &a.after.flags.System, &a.after.flags.Keywords)
		list = append(list, a)
		return err
	}, `SELECT placement, coalesce(mailbox, 0), flags, keywords, coalesce(to_mailbox, 0), to_flags, to_keywords FROM act_item WHERE act = ?`, act)
	return list, err
}
