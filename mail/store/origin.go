package store

import (
	"encoding/json"

	"postrider/mail"
	"postrider/mail/store/pack"
)

// origin is what a pack record says of itself beyond its bytes: enough to make
// its row again when the database is lost. It is on disk: names keep their
// meaning.
type origin struct {
	Account  mail.AccountID `json:"a,omitempty"`
	Protocol Protocol       `json:"p,omitempty"` // of the account; empty: by whether there is a UIDL
	Mailbox  string         `json:"m,omitempty"` // its path then
	Received int64          `json:"r,omitempty"`
	UIDL     mail.UIDL      `json:"u,omitempty"`
	Own      bool           `json:"o,omitempty"` // the person made it or brought it in: no server may have it
}

func (st *Staged) comesFrom(o origin) {
	if b, err := json.Marshal(o); err == nil && len(b) <= pack.MaxMeta {
		st.blob.Meta = b
	}
}

// originOf is what a record's metadata says; without any, as much as can be.
func originOf(meta []byte) (o origin) {
	if json.Unmarshal(meta, &o) != nil || o.Account == "" {
		o.Own = true
	}
	if o.Protocol == "" && o.UIDL != "" {
		o.Protocol = POP3
	}
	return o
}

// originIn is the origin of what comes to a mailbox.
func (sn *Snapshot) originIn(box mail.MailboxID) (o origin, err error) {
	found, err := sn.get([]any{&o.Account, &o.Protocol, &o.Mailbox},
		`SELECT a.key, a.protocol, m.path FROM mailbox m JOIN account a ON a.id = m.account WHERE m.id = ?`, box)
	if err == nil && !found {
		err = mail.Errorf(mail.KindGone, "find the mailbox", "this mailbox is not there any more")
	}
	return o, err
}

// originFor is the origin of bytes that are fetched for a placement.
func (sn *Snapshot) originFor(id mail.PlacementID) (o origin, err error) {
	_, err = sn.get([]any{&o.Account, &o.Protocol, &o.Mailbox, &o.Received, &o.UIDL},
		`SELECT a.key, a.protocol, coalesce(m.path, ''), g.received, coalesce((SELECT uidl FROM ledger WHERE placement = p.id), '')
			FROM placement p JOIN message g ON g.id = p.message JOIN account a ON a.id = p.account
			LEFT JOIN mailbox m ON m.id = p.b_mailbox WHERE p.id = ?`, id)
	return o, err
}
