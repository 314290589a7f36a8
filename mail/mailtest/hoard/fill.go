package hoard

import (
	"context"
	"runtime"
	"sync"
	"time"

	"postrider/mail"
	"postrider/mail/store"
)

// filler puts messages into a store.
type filler struct {
	ctx     context.Context
	store   *store.Store
	opts    Options
	tellers *tellers
	done    int
}

// atOnce is how many messages go into the store in one step.
const atOnce = 1000

func (f *filler) fill() error {
	list := shares()
	if f.opts.Flat {
		list = []share{{"hoardone", "INBOX", mail.RoleInbox, 1}}
	}
	total := 0
	for _, s := range list {
		total += s.weight
	}
	boxes, err := f.mailboxes(list)
	if err != nil {
		return err
	}
	from := 0
	for i, s := range list {
		n := f.opts.Messages * s.weight / total
		if i == len(list)-1 {
			n = f.opts.Messages - from
		}
		if err := f.mailbox(s, boxes[i], from, n); err != nil {
			return err
		}
		from += n
	}
	return nil
}

// mailboxes makes the mailboxes.
func (f *filler) mailboxes(list []share) (boxes []mail.MailboxID, err error) {
	byPath := map[string]mail.MailboxID{}
	for _, acc := range people {
		var remote []mail.Mailbox
		for _, s := range list {
			if s.account == acc.ID {
				remote = append(remote, mail.Mailbox{Path: s.path, Remote: s.path, Delim: "/", Role: s.role})
			}
		}
		if store.Protocol(acc.Protocol) == store.IMAP && len(remote) > 0 {
			if _, err := f.store.Mirror(acc.ID).Listed(f.ctx, remote); err != nil {
				return nil, err
			}
		}
		known, err := f.store.Mirror(acc.ID).Mailboxes(f.ctx)
		if err != nil {
			return nil, err
		}
		for _, m := range known {
			byPath[string(acc.ID)+"/"+m.Path] = m.ID
		}
	}
	for _, s := range list {
		boxes = append(boxes, byPath[string(s.account)+"/"+s.path])
	}
	return boxes, nil
}

// mailbox fills one with n messages, the newest first as a first sync does.
func (f *filler) mailbox(s share, box mail.MailboxID, from, n int) error {
	m := f.store.Mirror(s.account)
	popped := s.account == "hoardpop"
	if !popped {
		if err := m.Begin(f.ctx, box, 1); err != nil {
			return err
		}
	}
	for next := range f.ahead(s, from, n) {
		if next.err != nil {
			return next.err
		}
		var err error
		if popped {
			err = f.deliver(m, box, next.list)
		} else {
			_, err = m.Seen(f.ctx, box, next.list)
		}
		if err != nil {
			return err
		}
		f.done += len(next.list)
		if f.opts.Progress != nil {
			f.opts.Progress(f.done, f.opts.Messages)
		}
	}
	if popped {
		return nil
	}
	return f.complete(m, box, n)
}

// batch is messages that go into the store in one step.
type batch struct {
	list []store.Seen
	err  error
}

// ahead makes the messages of a mailbox, a batch ahead of the store. Who stops
// at an error leaves it waiting: the filler is not used again.
func (f *filler) ahead(s share, from, n int) <-chan batch {
	c := make(chan batch, 1)
	go func() {
		defer close(c)
		for until := n; until > 0; until -= atOnce {
			begin := max(0, until-atOnce)
			list, err := f.tell(s, from+begin, until-begin, begin)
			c <- batch{list, err}
		}
	}()
	return c
}

// tell makes n messages from a number on, whose UIDs begin after first, on all
// processors; the newest comes first.
func (f *filler) tell(s share, from, n, first int) ([]store.Seen, error) {
	list := make([]store.Seen, n)
	errs := make([]error, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for w := range errs {
		wg.Go(func() {
			for i := w; i < n && errs[w] == nil; i += len(errs) {
				t := f.tellers.tell(from+i, s)
				staged, err := f.store.StageBytes(f.ctx, t.raw)
				errs[w] = err
				list[n-1-i] = store.Seen{UID: mail.UID(first + i + 1), Flags: t.flags, Received: t.date, Size: int64(len(t.raw)), Staged: staged}
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

func (f *filler) deliver(m *store.Mirror, box mail.MailboxID, list []store.Seen) error {
	var all []store.Delivery
	for _, o := range list {
		all = append(all, store.Delivery{UIDL: uidl(o.UID), Size: o.Size, Received: o.Received, Staged: o.Staged})
	}
	_, err := m.Deliver(f.ctx, box, all, func(mail.UIDL) bool { return true })
	return err
}

func (f *filler) complete(m *store.Mirror, box mail.MailboxID, n int) error {
	if _, err := m.Complete(f.ctx, box, []mail.UIDRange{{First: 1, Last: mail.UID(max(1, n))}}, mail.UID(n+1), true); err != nil {
		return err
	}
	return m.Checkpoint(f.ctx, box, mail.UID(n+1), 1)
}

// span is the years that the dates of a hoard fill, up to the day it is made:
// lists then have a today.
const span = 10 * 365 * 24 * time.Hour
