package store

import (
	"encoding/json"

	"postrider/mail"
)

// Conversation is a conversation in a list: its newest message that passes the
// list's filter stands for it.
type Conversation struct {
	Row
	Messages int // of the conversation, in the list's mailboxes
	Unread   int
}

// Conversations is List by conversation. One whose newest message is not after
// Page.Before was on an earlier page.
func (sn *Snapshot) Conversations(page Page) (list []Conversation, err error) {
	step, met := page, map[int64]bool{}
	for step.Limit = 2 * page.Limit; ; {
		rows, err := sn.List(step)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if met[r.Thread] {
				continue
			}
			met[r.Thread] = true
			c, head, err := sn.conversation(r, page)
			if err != nil {
				return nil, err
			}
			if head == r.ID {
				list = append(list, c)
			}
			if len(list) == page.Limit {
				return list, nil
			}
		}
		if len(rows) < step.Limit {
			return list, nil
		}
		step.Before = rows[len(rows)-1].ID
	}
}

// conversation counts r's conversation in the mailboxes of a page; head is the
// message that stands for it there.
func (sn *Snapshot) conversation(r Row, page Page) (c Conversation, head mail.PlacementID, err error) {
	boxes, err := json.Marshal(page.Mailboxes)
	if err != nil {
		return c, 0, err
	}
	c.Row = r
	err = sn.each(func(scan row) error {
		var id mail.PlacementID
		var flags mail.System
		var attached int
		if err := scan(&id, &flags, &attached); err != nil {
			return err
		}
		c.Messages++
		if flags&mail.Seen == 0 {
			c.Unread++
		}
		if head == 0 && page.Filter.passes(flags, attached) {
			head = id
		}
		return nil
	}, `SELECT p.id, p.flags, g.attachments FROM message g JOIN placement p ON p.message = g.id
		WHERE g.thread = ? AND p.mailbox IN (SELECT value FROM json_each(?)) ORDER BY p.date DESC, p.id DESC`, r.Thread, string(boxes))
	return c, head, err
}
