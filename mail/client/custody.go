package client

import (
	"context"
	"slices"
	"time"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/pop"
	"postrider/mail/store"
)

// Custody is where a message of an account is kept.
type Custody struct {
	ID     mail.PlacementID // 0: it is in no mailbox here
	UIDL   mail.UIDL        // POP3
	Server bool             // as far as is known
	Here   bool
	Leaves time.Time // when it leaves the server; zero: it does not, or is not there
	Reason string    // a clause for a person
}

// Custody says where each message of an account is, of those with the ids, or
// of all if there are none: in the order of the mailboxes, then what is on the
// server only.
func (c *Client) Custody(ctx context.Context, acc accounts.Account, ids []mail.PlacementID) (list []Custody, err error) {
	err = c.Read(ctx, func(sn *store.Snapshot) error {
		rows, err := rowsOf(sn, acc.ID, ids)
		if err != nil {
			return err
		}
		if acc.Protocol != accounts.POP3 {
			list = imapCustody(rows)
			return nil
		}
		entries, err := entriesOf(sn, acc.ID, ids)
		list = popCustody(&acc, rows, entries, ids, c.Now())
		return err
	})
	return list, err
}

// entriesOf returns what the ledger says of the messages with the ids, or of all.
func entriesOf(sn *store.Snapshot, account mail.AccountID, ids []mail.PlacementID) (list []store.Entry, err error) {
	if len(ids) == 0 {
		return sn.Ledger(account)
	}
	for _, id := range ids {
		e, found, err := sn.EntryOf(account, id)
		if err != nil {
			return nil, err
		}
		if found {
			list = append(list, e)
		}
	}
	return list, nil
}

// rowsOf returns the messages of an account with the ids, or all.
func rowsOf(sn *store.Snapshot, account mail.AccountID, ids []mail.PlacementID) (rows []Row, err error) {
	for _, id := range ids {
		r, err := sn.Row(id)
		if err == nil && r.Account == account {
			rows = append(rows, r)
		} else if err != nil && !mail.Is(err, mail.KindGone) {
			return nil, err
		}
	}
	if len(ids) > 0 {
		return rows, nil
	}
	boxes, err := sn.Mailboxes(account)
	for _, m := range boxes {
		page := Page{Mailboxes: []mail.MailboxID{m.ID}, Limit: exportPage}
		for {
			more, err := sn.List(page)
			if err != nil {
				return nil, err
			}
			rows = append(rows, more...)
			if len(more) < exportPage {
				break
			}
			page.Before = more[len(more)-1].ID
		}
	}
	return rows, err
}

func imapCustody(rows []Row) (list []Custody) {
	for _, r := range rows {
		k := Custody{ID: r.ID, Server: r.UID != 0, Here: r.Here, Reason: "the server keeps it"}
		switch {
		case r.UID == 0 && r.Here:
			k.Reason = "it is on its way to the server"
		case r.UID == 0:
			k.Reason = "it is on its way between folders"
		case !r.Here:
			k.Reason = "its text is fetched when it is opened"
		}
		list = append(list, k)
	}
	return list
}

// popCustody puts what is shown together with what the ledger knows.
func popCustody(acc *accounts.Account, rows []Row, entries []store.Entry, ids []mail.PlacementID, now time.Time) (list []Custody) {
	byPlacement := map[mail.PlacementID]store.Entry{}
	for _, e := range entries {
		byPlacement[e.Placement] = e
	}
	for _, r := range rows {
		k := Custody{ID: r.ID, Here: r.Here, Reason: "it is kept on this computer only"}
		if e, ok := byPlacement[r.ID]; ok {
			k.UIDL, k.Server = e.UIDL, e.Served
			k.Leaves, k.Reason = pop.Leaves(acc, e, now)
			delete(byPlacement, r.ID)
		}
		list = append(list, k)
	}
	for _, e := range entries {
		if _, left := byPlacement[e.Placement]; !left || !e.Served || len(ids) > 0 && !slices.Contains(ids, e.Placement) {
			continue
		}
		k := Custody{ID: e.Placement, UIDL: e.UIDL, Server: true}
		k.Leaves, k.Reason = pop.Leaves(acc, e, now)
		list = append(list, k)
	}
	return list
}
