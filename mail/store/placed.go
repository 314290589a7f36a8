package store

import (
	"encoding/json"

	"postrider/mail"
)

// Placed returns the placements that the server has in a mailbox under UIDs.
func (sn *Snapshot) Placed(box mail.MailboxID, uids []mail.UIDRange) (list []mail.PlacementID, err error) {
	text, err := json.Marshal(uids)
	if err != nil {
		return nil, err
	}
	err = sn.each(func(scan row) error {
		var id mail.PlacementID
		err := scan(&id)
		list = append(list, id)
		return err
	}, `SELECT p.id FROM json_each(?) r JOIN placement p ON p.b_mailbox = ?
		AND p.b_uid BETWEEN r.value ->> 'First' AND r.value ->> 'Last'`, string(text), box)
	return list, err
}
