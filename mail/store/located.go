package store

import (
	"encoding/json"
	"slices"

	"postrider/mail"
)

// Located is where a message is, and with which flags: what an act on many
// messages has to know of each.
type Located struct {
	ID      mail.PlacementID
	Account mail.AccountID
	Mailbox mail.MailboxID
	Message mail.MessageID
	Flags   mail.Flags
}

// Locate returns those of the placements that are shown somewhere, in the order
// of ids.
func (sn *Snapshot) Locate(ids []mail.PlacementID) (list []Located, err error) {
	text, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	err = sn.each(func(scan row) error {
		var l Located
		err := scan(&l.ID, &l.Account, &l.Mailbox, &l.Message, &l.Flags.System, &l.Flags.Keywords)
		list = append(list, l)
		return err
	}, `SELECT p.id, a.key, p.mailbox, p.message, p.flags, p.keywords FROM json_each(?) c JOIN placement p ON p.id = c.value
		JOIN account a ON a.id = p.account WHERE p.mailbox IS NOT NULL ORDER BY c.key`, string(text))
	return list, err
}

// Everywhere returns every placement of the messages of a conversation, oldest
// message first; of a longer one the newest 1,000.
func (sn *Snapshot) Everywhere(thread int64) (list []Row, err error) {
	list, err = sn.rows(`SELECT `+rowColumns+rowTables+`WHERE g.thread = ? AND p.mailbox IS NOT NULL ORDER BY p.date DESC, p.id DESC LIMIT 1000`, thread)
	slices.Reverse(list)
	return list, err
}
