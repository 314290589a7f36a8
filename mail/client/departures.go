package client

import (
	"cmp"
	"context"
	"slices"
	"time"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/pop"
	"postrider/mail/store"
)

// Departure is a message whose copy on the server is to go.
type Departure struct {
	ID     mail.PlacementID // 0: it is in no mailbox here any more
	Size   int64            // octets
	Taken  time.Time        // when it was safe on this computer
	Leaves time.Time        // a time that has passed: with the next check
	Reason string           // a clause for a person
}

// Departures is where the mail of a POP3 account is, and what leaves the server.
type Departures struct {
	OnlyHere   int // messages in its mailboxes that the server does not have
	Both       int
	ServerOnly int                // on the server, and deleted here
	Left       int                // confirmed to be gone from the server not long ago
	Kept       []mail.PlacementID // the person wants the server to keep these
	Next       []Departure
}

// Departures says where the mail of a POP3 account is and what will leave its
// server when, by the policy in acc: that of the account, or another that the
// person thinks about.
func (c *Client) Departures(ctx context.Context, acc accounts.Account) (d Departures, err error) {
	var entries []store.Entry
	shown := 0
	err = c.Read(ctx, func(sn *store.Snapshot) error {
		boxes, err := sn.Mailboxes(acc.ID)
		for _, m := range boxes {
			shown += m.Total
		}
		if err == nil {
			entries, err = sn.Ledger(acc.ID)
		}
		return err
	})
	now := c.Now()
	for _, e := range entries {
		d.add(&acc, e, now)
	}
	d.OnlyHere = max(0, shown-d.Both)
	slices.SortStableFunc(d.Next, func(a, b Departure) int { return cmp.Or(a.Leaves.Compare(b.Leaves), a.Taken.Compare(b.Taken)) })
	return d, err
}

func (d *Departures) add(acc *accounts.Account, e store.Entry, now time.Time) {
	switch {
	case !e.Served:
		d.Left++
		return
	case e.Here:
		d.Both++
	default:
		d.ServerOnly++
	}
	if e.Kept && e.Here {
		d.Kept = append(d.Kept, e.Placement)
	}
	at, reason := pop.Leaves(acc, e, now)
	if at.IsZero() {
		return
	}
	next := Departure{Size: e.Size, Taken: e.Taken, Leaves: at, Reason: reason}
	if e.Here {
		next.ID = e.Placement
	}
	d.Next = append(d.Next, next)
}

// KeepOnServer has the server of a POP3 account keep its copies of messages,
// whatever the account's policy says, or no longer. It keeps them until the
// person deletes the messages here.
func (c *Client) KeepOnServer(ctx context.Context, account mail.AccountID, ids []mail.PlacementID, keep bool) error {
	err := c.store.KeepServed(ctx, account, ids, keep)
	if err == nil && !keep {
		c.wake()
	}
	return err
}

// Reorder puts the accounts into an order; those not named follow.
func (a *Accounts) Reorder(ctx context.Context, ids ...mail.AccountID) error {
	return a.file.Reorder(ctx, ids...)
}
