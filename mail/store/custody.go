package store

import "postrider/mail"

// custody notes in the ledger that the person put a message into the trash, or
// elsewhere: its copy on the POP3 server may go, or must not.
func (t *Tx) custody(p *place, to mail.Mailbox) error {
	if to.Role == mail.RoleTrash {
		return t.custodyGone(p)
	}
	return t.markDeleted(p, 0)
}

// custodyGone is custody for a message that was removed for good.
func (t *Tx) custodyGone(p *place) error { return t.markDeleted(p, t.s.now().Unix()) }

// markDeleted notes when the person deleted a message, whichever of its
// placements it was: what is kept of it elsewhere is looked at when the ledger
// is read. The first time counts; 0 takes it back.
func (t *Tx) markDeleted(p *place, at int64) error {
	_, err := t.exec(`UPDATE ledger SET deleted = CASE WHEN ?1 = 0 OR deleted = 0 THEN ?1 ELSE deleted END
		WHERE placement = ?2 OR account = ?3 AND hash = (SELECT hash FROM message WHERE id = ?4)`, at, p.id, p.account, p.message)
	return err
}
