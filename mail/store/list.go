package store

import (
	"encoding/json"
	"slices"
	"time"

	"postrider/mail"
)

// Row is a message in a mailbox as lists show it.
type Row struct {
	ID          mail.PlacementID
	Account     mail.AccountID
	Mailbox     mail.MailboxID
	Path        string // of the mailbox
	Message     mail.MessageID
	MessageID   string
	FromName    string
	FromAddr    string
	To, Cc      string
	Subject     string
	Snippet     string
	Date        time.Time // what lists sort by
	Received    time.Time
	Size        int64
	Flags       mail.Flags
	Attachments int
	Thread      int64
	UID         mail.UID  // 0: none, or not known
	UIDL        mail.UIDL // POP3
	Here        bool      // the bytes are on this computer
	Server      bool      // the server has it, as far as is known
	Role        mail.Role // of the mailbox
}

const rowColumns = `p.id, a.key, p.mailbox, b.path, g.id, g.message_id, g.from_name, g.from_addr, g.recipients, g.cc, g.subject,
	g.snippet, p.date, g.received, g.size, p.flags, p.keywords, g.attachments, g.thread, coalesce(p.b_uid, 0),
	coalesce((SELECT uidl FROM ledger WHERE placement = p.id), ''), g.length > 0,
	p.b_uid IS NOT NULL OR coalesce((SELECT served FROM ledger WHERE placement = p.id), 0), b.role`

const rowTables = ` FROM placement p JOIN message g ON g.id = p.message JOIN mailbox b ON b.id = p.mailbox JOIN account a ON a.id = p.account `

func scanRow(scan row) (r Row, err error) {
	var date, received int64
	err = scan(&r.ID, &r.Account, &r.Mailbox, &r.Path, &r.Message, &r.MessageID, &r.FromName, &r.FromAddr, &r.To, &r.Cc, &r.Subject,
		&r.Snippet, &date, &received, &r.Size, &r.Flags.System, &r.Flags.Keywords, &r.Attachments, &r.Thread, &r.UID, &r.UIDL, &r.Here, &r.Server, &r.Role)
	r.Date, r.Received = moment(date), moment(received)
	return r, err
}

// Filter narrows a list.
type Filter string

const (
	All      Filter = ""
	Unread   Filter = "unread"
	Starred  Filter = "starred"
	Attached Filter = "attached" // with attachments
)

// Page asks for rows of mailboxes together, newest first.
type Page struct {
	Mailboxes []mail.MailboxID
	Filter    Filter
	Before    mail.PlacementID // start after this row; 0: at the newest
	Limit     int
}

// List returns a page: one walk along the index for each mailbox, whatever
// their size.
func (sn *Snapshot) List(page Page) ([]Row, error) {
	below := newest
	if page.Before != 0 {
		found, err := sn.get([]any{&below.date}, `SELECT date FROM placement WHERE id = ?`, page.Before)
		if err != nil || !found {
			if err == nil {
				err = goneMessage(page.Before)
			}
			return nil, err
		}
		below.id = page.Before
	}
	var top []mark
	for _, box := range page.Mailboxes {
		if err := sn.walk(box, page.Filter, below, page.Limit, func(r run) bool {
			for i, id := range r.ids {
				top = append(top, mark{r.dates[i], id})
			}
			return false
		}); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(top, mark.newer)
	ids := []mail.PlacementID{}
	for _, m := range top[:min(len(top), page.Limit)] {
		ids = append(ids, m.id)
	}
	return sn.Rows(ids)
}

// Rows returns messages in the order of ids; those that are in no mailbox are
// left out.
func (sn *Snapshot) Rows(ids []mail.PlacementID) ([]Row, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	text, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	return sn.rows(`SELECT `+rowColumns+` FROM json_each(?) j CROSS JOIN placement p ON p.id = j.value JOIN message g ON g.id = p.message
		JOIN mailbox b ON b.id = p.mailbox JOIN account a ON a.id = p.account ORDER BY j.key`, string(text))
}

func (sn *Snapshot) rows(query string, args ...any) (list []Row, err error) {
	err = sn.each(func(scan row) error {
		r, err := scanRow(scan)
		list = append(list, r)
		return err
	}, query, args...)
	return list, err
}

// Row returns one message in its mailbox; kind gone where it is in none.
func (sn *Snapshot) Row(id mail.PlacementID) (Row, error) {
	list, err := sn.rows(`SELECT `+rowColumns+rowTables+`WHERE p.id = ?`, id)
	if err != nil {
		return Row{}, err
	}
	if len(list) == 0 {
		return Row{}, goneMessage(id)
	}
	return list[0], nil
}

// Thread returns the messages of a conversation, oldest first, each once.
func (sn *Snapshot) Thread(thread int64) ([]Row, error) {
	return sn.rows(`SELECT `+rowColumns+rowTables+`WHERE g.thread = ? GROUP BY g.id ORDER BY p.date, p.id LIMIT 1000`, thread)
}

// Source says where a message's bytes can be had from a server.
type Source struct {
	Account mail.AccountID
	Mailbox mail.Mailbox
	UID     mail.UID
	UIDL    mail.UIDL // POP3
	Message mail.MessageID
	Here    bool

	Validity mail.UIDValidity // of Mailbox, for which UID holds
}

// SourceOf returns where the bytes of a placement's message are.
func (sn *Snapshot) SourceOf(id mail.PlacementID) (src Source, err error) {
	var box mail.MailboxID
	found, err := sn.get([]any{&src.Account, &box, &src.UID, &src.UIDL, &src.Message, &src.Here},
		`SELECT a.key, coalesce(p.b_mailbox, 0), coalesce(p.b_uid, 0), coalesce((SELECT uidl FROM ledger WHERE placement = p.id), ''), g.id, g.length > 0
			FROM placement p JOIN message g ON g.id = p.message JOIN account a ON a.id = p.account WHERE p.id = ?`, id)
	if err != nil || !found {
		if err == nil {
			err = goneMessage(id)
		}
		return src, err
	}
	if box != 0 {
		if src.Mailbox, err = sn.Mailbox(box); err == nil {
			_, err = sn.get([]any{&src.Validity}, `SELECT validity FROM mailbox WHERE id = ?`, box)
		}
	}
	return src, err
}
