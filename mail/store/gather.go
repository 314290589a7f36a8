package store

import (
	"database/sql"
	"encoding/json"

	"postrider/mail"
)

// longConversation is how many messages of a conversation are counted and looked
// at for a row of a list: some machines write their notices into one for years.
const longConversation = 500

// Gathered is an entry of a view as a list shows it.
type Gathered struct {
	Row           // the message that stands for it
	Messages int  // of its conversation, in any mailbox but trash and junk; 1 in a list of messages
	Unread   int  // of them, in the view's mailboxes
	Starred  bool // one of them is
	Attached bool // one of them has attachments
	Writers  []Writer
}

// Writer is who wrote in a conversation.
type Writer struct {
	Name, Addr string
	Unread     bool // something of theirs was not read
}

// Gather reads entries of a view in the order of ids; those that are in no
// mailbox any more are left out. Writers are in the order of what they wrote
// first.
func (sn *Snapshot) Gather(v View, ids []mail.PlacementID) ([]Gathered, error) {
	rows, err := sn.Rows(ids)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	list := make([]Gathered, len(rows))
	for i, r := range rows {
		list[i] = Alone(r)
	}
	if !v.Conversations {
		return list, nil
	}
	g, err := sn.gatherer(v)
	if err != nil {
		return nil, err
	}
	defer g.stmt.Close()
	for i := range list {
		if err := g.gather(&list[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Alone is a message that is no conversation, or the only one of it.
func Alone(r Row) Gathered {
	unread := !r.Flags.Has(mail.Seen)
	g := Gathered{Row: r, Messages: 1, Starred: r.Flags.Has(mail.Flagged), Attached: r.Attachments > 0,
		Writers: []Writer{{Name: r.FromName, Addr: r.FromAddr, Unread: unread}}}
	if unread {
		g.Unread = 1
	}
	return g
}

// gatherer reads conversations for one view.
type gatherer struct {
	inView map[mail.MailboxID]bool
	boxes  string // the same as JSON
	stmt   *sql.Stmt
}

func (sn *Snapshot) gatherer(v View) (*gatherer, error) {
	g := &gatherer{inView: map[mail.MailboxID]bool{}}
	for _, id := range v.Mailboxes {
		g.inView[id] = true
	}
	boxes, err := json.Marshal(v.Mailboxes)
	if err != nil {
		return nil, err
	}
	g.boxes = string(boxes)
	// Oldest first; of copies, those in the view's mailboxes first.
	g.stmt, err = sn.tx.Prepare(`SELECT g.id, p.mailbox, b.role, p.flags, g.attachments, g.from_name, g.from_addr
		FROM (SELECT id FROM message WHERE thread = ? ORDER BY id DESC LIMIT ?) t CROSS JOIN message g ON g.id = t.id
		CROSS JOIN placement p ON p.message = g.id CROSS JOIN mailbox b ON b.id = p.mailbox
		WHERE p.account = (SELECT account FROM placement WHERE id = ?)
		ORDER BY g.date, g.id, p.mailbox NOT IN (SELECT value FROM json_each(?))`)
	return g, err
}

// part is a message of a conversation in one of its mailboxes.
type part struct {
	message     mail.MessageID
	mailbox     mail.MailboxID
	role        mail.Role
	flags       mail.System
	attachments int
	writer      Writer
}

// gather counts the conversation of a row.
func (g *gatherer) gather(c *Gathered) error {
	parts, err := g.parts(c.Row)
	if err != nil {
		return err
	}
	*c = Gathered{Row: c.Row}
	messages, writers := map[mail.MessageID]bool{}, map[string]int{}
	for _, p := range parts {
		if !g.counts(p) {
			continue
		}
		unread := p.flags&mail.Seen == 0 && g.inView[p.mailbox]
		if unread && !messages[p.message] {
			c.Unread++
		}
		c.Starred = c.Starred || p.flags&mail.Flagged != 0
		c.Attached = c.Attached || p.attachments > 0
		at, known := writers[p.writer.Addr]
		if !known {
			at = len(c.Writers)
			writers[p.writer.Addr], c.Writers = at, append(c.Writers, p.writer)
		}
		c.Writers[at].Unread = c.Writers[at].Unread || unread
		messages[p.message] = true
	}
	c.Messages = len(messages)
	if c.Messages == 0 {
		*c = Alone(c.Row)
	}
	return nil
}

// counts reports that a part belongs to what the list shows: what was thrown
// away does not, unless that is what is looked at.
func (g *gatherer) counts(p part) bool {
	return g.inView[p.mailbox] || p.role != mail.RoleTrash && p.role != mail.RoleJunk
}

// parts reads a conversation's messages.
func (g *gatherer) parts(r Row) (list []part, err error) {
	rows, err := g.stmt.Query(r.Thread, longConversation, r.ID, g.boxes)
	if err != nil {
		return nil, err
	}
	err = eachRow(rows, func(scan row) error {
		var p part
		err := scan(&p.message, &p.mailbox, &p.role, &p.flags, &p.attachments, &p.writer.Name, &p.writer.Addr)
		list = append(list, p)
		return err
	})
	return list, err
}

// Members are the placements that entries of a view stand for: the entries
// themselves or, by conversation, all of their messages in the view's
// mailboxes.
func (sn *Snapshot) Members(v View, ids []mail.PlacementID) (all []mail.PlacementID, err error) {
	if !v.Conversations {
		return ids, nil
	}
	entries, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	boxes, err := json.Marshal(v.Mailboxes)
	if err != nil {
		return nil, err
	}
	err = sn.each(func(scan row) error {
		var id mail.PlacementID
		err := scan(&id)
		all = append(all, id)
		return err
	}, `SELECT p.id FROM json_each(?) j CROSS JOIN placement h ON h.id = j.value CROSS JOIN message g ON g.thread = h.thread
		CROSS JOIN placement p ON p.message = g.id AND p.account = h.account
		WHERE p.mailbox IN (SELECT value FROM json_each(?))`, string(entries), string(boxes))
	return all, err
}
