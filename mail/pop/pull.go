package pop

import (
	"context"
	"fmt"
	"time"

	"postrider/mail"
	"postrider/mail/engine"
	"postrider/mail/pop/pop3"
	"postrider/mail/store"
)

const opSync = "sync"

// pulling is one Pull under way.
type pulling struct {
	*Driver
	maildrop
	scope engine.Scope
	m     *store.Mirror
	inbox mail.Mailbox
	now   time.Time

	ledger   map[mail.UIDL]*store.Entry
	matched  map[int64]bool     // entries that an item is, or is by its name
	taken    map[mail.UIDL]bool // delivered by this pull; the intake's goroutine has it
	done, of int
	refused  []*mail.Error // messages that the server would not give or delete
}

// Pull implements engine.Driver. It ends the session: with QUIT if all that was
// given out is durable, and without otherwise.
func (d *Driver) Pull(ctx context.Context, scope engine.Scope, m *store.Mirror) error {
	defer func() { d.looked = time.Now() }()
	p := &pulling{Driver: d, scope: scope, m: m, now: m.Store().Now(), taken: map[mail.UIDL]bool{}}
	if err := p.prepare(ctx); err != nil {
		return err
	}
	if err := d.open(ctx); err != nil {
		return err
	}
	marked, err := p.work(ctx)
	if err != nil {
		d.drop()
		return err
	}
	if err := p.finish(ctx, marked); err != nil {
		return err
	}
	return p.partial()
}

// prepare reads what the store knows.
func (p *pulling) prepare(ctx context.Context) error {
	if err := p.readLedger(ctx); err != nil {
		return err
	}
	return p.m.Store().Read(ctx, func(sn *store.Snapshot) error {
		boxes, err := sn.Mailboxes(p.m.Account())
		for _, box := range boxes {
			if box.Role == mail.RoleInbox {
				p.inbox = box
				return err
			}
		}
		if err == nil {
			err = mail.Errorf(mail.KindBug, opSync, "the account has no inbox")
		}
		return err
	})
}

func (p *pulling) readLedger(ctx context.Context) error {
	entries, err := p.m.Ledger(ctx)
	p.ledger = make(map[mail.UIDL]*store.Entry, len(entries))
	for id, e := range entries {
		p.ledger[id] = &e
	}
	return err
}

// work takes in what is new and marks for deletion what may go.
func (p *pulling) work(ctx context.Context) (marked []store.Entry, err error) {
	if err := p.list(ctx); err != nil {
		return nil, err
	}
	if err := p.recognise(ctx); err != nil {
		return nil, err
	}
	if err := p.noteLeft(ctx); err != nil {
		return nil, err
	}
	if err := p.receive(ctx); err != nil {
		return nil, err
	}
	return p.mark(ctx)
}

// list asks what is in the maildrop, in as few octets as will do.
func (p *pulling) list(ctx context.Context) error {
	if err := p.names(ctx, p.client); err != nil {
		return err
	}
	same, err := p.unchanged(ctx, p.client, p.ledger)
	if err != nil || same {
		return err
	}
	return p.sizes(ctx, p.client)
}

// noteLeft notes what the server does not list any more.
func (p *pulling) noteLeft(ctx context.Context) error {
	listed := make(map[mail.UIDL]bool, len(p.items))
	for _, it := range p.items {
		listed[it.id] = true
	}
	var left []store.Entry
	for id, e := range p.ledger {
		if e.Served && !listed[id] && !p.matched[e.ID] {
			left = append(left, *e)
		}
	}
	if len(left) == 0 {
		return nil
	}
	return p.m.Left(ctx, left)
}

// finish ends the session, which is what deletes the marked messages (RFC 1939
// 6). Unless the server says that it has, the next list tells.
func (p *pulling) finish(ctx context.Context, marked []store.Entry) error {
	deletion, err := p.quit(ctx)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case len(marked) == 0:
		return nil // all is said and done, however the server says goodbye
	case deletion == pop3.Committed:
		return p.m.Left(ctx, marked)
	}
	return err
}

// partial is the error of a pull that did all but some messages.
func (p *pulling) partial() error {
	if len(p.refused) == 0 {
		return nil
	}
	first := p.refused[0]
	message := first.Message
	if n := len(p.refused); n > 1 {
		message = fmt.Sprintf("%s, and %d more", message, n-1)
	}
	return &mail.Error{Op: opSync, Account: p.m.Account(), Mailbox: p.inbox.Path, Kind: mail.KindRefused,
		Message: message + "; the rest is done, and this is tried again with the next sync", Detail: first.Detail, Err: first}
}
