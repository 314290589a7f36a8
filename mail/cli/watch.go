package cli

import (
	"context"
	"time"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/client"
)

// eventJSON is a change while somebody watches.
type eventJSON struct {
	Event   string             `json:"event"` // added, changed, removed, status
	Account string             `json:"account"`
	Mailbox string             `json:"mailbox"`
	IDs     []mail.PlacementID `json:"ids"`
	At      string             `json:"at"`
	State   mail.Phase         `json:"state,omitempty"` // of status
	Error   *errorJSON         `json:"error,omitempty"` // of status
}

// watching is one run of sync --watch.
type watching struct {
	a      *app
	c      *client.Client
	phases map[mail.AccountID]mail.Phase
}

// watch stays until ctx ends, or for a length of time, and says what changes.
func (a *app) watch(ctx context.Context, c *client.Client, names []string, length time.Duration) error {
	work, cancel := context.WithCancel(ctx)
	if length > 0 {
		work, cancel = context.WithTimeout(ctx, length)
	}
	defer cancel()
	began := time.Now()
	choose := func() ([]accounts.Account, error) { return c.Select(names) }
	list, err := choose()
	if err != nil {
		return err
	}
	before := totals(c, list)
	sub, _ := c.Subscribe()
	defer sub.Close()
	ended := make(chan error, 1)
	go func() { ended <- c.Watch(work, choose) }()
	w := &watching{a: a, c: c, phases: map[mail.AccountID]mail.Phase{}}
	for {
		batches, err := sub.Next(work)
		if err != nil {
			break
		}
		for _, b := range batches {
			for _, change := range b.Changes {
				w.tell(ctx, change)
			}
		}
		a.flush()
	}
	if err := <-ended; err != nil {
		return err
	}
	if now, err := choose(); err == nil { // some may have been added
		list = now
	}
	return a.summary(c, list, before, time.Since(began))
}

func totals(c *client.Client, list []accounts.Account) map[mail.AccountID]client.Report {
	all := map[mail.AccountID]client.Report{}
	for _, acc := range list {
		all[acc.ID] = c.Total(acc.ID)
	}
	return all
}

// summary is one report an account at the end, with what was done since before.
func (a *app) summary(c *client.Client, list []accounts.Account, before map[mail.AccountID]client.Report, took time.Duration) error {
	var failures []error
	for _, acc := range list {
		s := client.Synced{Account: acc, Report: c.Total(acc.ID).Since(before[acc.ID])}
		s.Report.Took = took
		if e := c.Status(acc.ID).Err; e != nil {
			s.Err = e
			failures = append(failures, e)
		}
		a.synced(s)
	}
	return several(failures, len(list))
}

// tell prints one change.
func (w *watching) tell(ctx context.Context, change mail.Change) {
	switch c := change.(type) {
	case mail.PlacementsAdded:
		w.messages(ctx, "added", c.Mailbox, c.IDs)
	case mail.PlacementsChanged:
		w.messages(ctx, "changed", c.Mailbox, c.IDs)
	case mail.PlacementsRemoved:
		w.messages(ctx, "removed", c.Mailbox, c.IDs)
	case mail.MailboxesChanged:
		w.a.know(ctx, w.c)
	case mail.AccountStatus:
		w.status(c)
	case mail.OpFailed:
		w.a.fail(c.Err)
	case mail.Gap:
		w.a.say("Too much changed at once to tell it all; the lists are complete.")
	}
}

func (w *watching) messages(ctx context.Context, event string, box mail.MailboxID, ids []mail.PlacementID) {
	m, ok := w.a.tree.Box(box)
	if !ok {
		if w.a.know(ctx, w.c) == nil {
			m, _ = w.a.tree.Box(box)
		}
	}
	if w.a.json {
		w.event(eventJSON{Event: event, Account: w.a.nameOf(m.Account), Mailbox: m.Path, IDs: ids})
		return
	}
	w.a.print("%s  %s: %s %s\n", w.clock(), plain(w.a.tree.FullName(m)), count(len(ids), "message"), event)
}

// status tells when a worker begins something else; not each step of it.
func (w *watching) status(c mail.AccountStatus) {
	if w.phases[c.Account] == c.Status.Phase {
		return
	}
	w.phases[c.Account] = c.Status.Phase
	if w.a.json {
		e := eventJSON{Event: "status", Account: w.a.nameOf(c.Account), IDs: []mail.PlacementID{}, State: c.Status.Phase}
		if c.Status.Err != nil {
			e.Error = w.a.errorJSON(c.Status.Err)
		}
		w.event(e)
		return
	}
	w.a.print("%s  %s: %s\n", w.clock(), plain(w.a.nameOf(c.Account)), c.Status.Phase)
	if c.Status.Err != nil {
		w.a.flush()
		w.a.say("%s", w.a.sentence(c.Status.Err))
	}
}

func (w *watching) event(e eventJSON) {
	e.At = stamp(w.c.Now())
	w.a.line(e)
}

func (w *watching) clock() string { return w.a.styled(faint, w.c.Now().Local().Format("15:04:05")) }
