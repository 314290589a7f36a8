package store

import "postrider/mail"

// fold is the definition of what is shown: base with the waiting operations
// applied in order. A failed one counts for nothing, but for the upload of what
// is nowhere else.
func fold(p *place, ops []opRow) shown {
	s := shown{p.bMailbox, p.bFlags}
	for _, o := range ops {
		if o.state == mail.StateFailed && o.keep == "" {
			continue
		}
		s = s.after(o)
	}
	return s
}

// after is what is shown when one more operation waits.
func (s shown) after(o opRow) shown {
	switch o.kind {
	case mail.OpFlags:
		s.flags = s.flags.Apply(o.patch)
	case mail.OpMove, mail.OpCopy, mail.OpAppend:
		s.mailbox = o.mailbox
	case mail.OpExpunge:
		s.mailbox = 0
	}
	return s
}

// refold recomputes what is shown of p after its base or its operations
// changed, and writes both.
func (t *Tx) refold(p *place) error {
	ops, err := t.opsOf(p.id)
	if err != nil {
		return err
	}
	return t.refoldWith(p, ops)
}

func (t *Tx) refoldWith(p *place, ops []opRow) error {
	was := p.shown()
	now := fold(p, ops)
	p.mailbox, p.flags = now.mailbox, now.flags
	return t.savePlace(p, was)
}

// remove lets go of a placement that both sides lost. The row, and the bytes,
// stay for a while: a message that another client moved turns up elsewhere,
// and is then the same placement again.
func (t *Tx) remove(p *place) error {
	if err := t.dropOps(p); err != nil {
		return err
	}
	was := p.shown()
	p.bMailbox, p.bUID, p.mailbox, p.flags, p.removed = 0, 0, 0, p.bFlags, t.s.now().Unix()
	return t.savePlace(p, was)
}
