package store

import (
	"time"

	"postrider/mail"
)

// opRow is a row of op: one operation on one placement (or on a folder).
type opRow struct {
	id        mail.OpID
	account   int64
	kind      mail.OpKind
	placement mail.PlacementID // 0: about a folder
	source    mail.PlacementID
	mailbox   mail.MailboxID
	path      string
	patch     mail.FlagPatch
	state     mail.OpState
	attempts  int
	mark      int64
	created   int64
	notBefore int64
	errKind   mail.Kind
	errText   string
	errDetail string
	keep      keep
	act       int64
	after     mail.OpID
}

// keep says of an append that what it uploads is nowhere else: it stays in
// sight, whatever the server says.
type keep string

const (
	keepDraft keep = "draft"
	keepSent  keep = "sent" // the server may have filed it by itself
)

const opColumns = `id, account, kind, coalesce(placement,0), coalesce(source,0), coalesce(mailbox,0), path,
	add_flags, add_keywords, remove_flags, remove_keywords, state, attempts, mark, created, not_before,
	error_kind, error_message, error_detail, keep, act, after`

func (o *opRow) dest() []any {
	return []any{&o.id, &o.account, &o.kind, &o.placement, &o.source, &o.mailbox, &o.path,
		&o.patch.Add.System, &o.patch.Add.Keywords, &o.patch.Remove.System, &o.patch.Remove.Keywords,
		&o.state, &o.attempts, &o.mark, &o.created, &o.notBefore, &o.errKind, &o.errText, &o.errDetail, &o.keep, &o.act, &o.after}
}

func (o *opRow) err() *mail.Error {
	if o.errKind == "" {
		return nil
	}
	return &mail.Error{Op: string(o.kind), Kind: o.errKind, Message: o.errText, Detail: o.errDetail}
}

func (t *Tx) addOp(o *opRow) error {
	id, err := t.insert(`INSERT INTO op (account, kind, placement, source, mailbox, path, add_flags, add_keywords, remove_flags,
		remove_keywords, created, not_before, keep, act, after) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		o.account, o.kind, null(o.placement), null(o.source), null(o.mailbox), o.path, o.patch.Add.System, o.patch.Add.Keywords,
		o.patch.Remove.System, o.patch.Remove.Keywords, t.s.now().Unix(), o.notBefore, o.keep, o.act, o.after)
	o.id, o.state = mail.OpID(id), mail.StatePending
	return err
}

func (t *Tx) ops(where string, args ...any) (list []opRow, err error) {
	err = t.each(func(scan row) error {
		var o opRow
		err := scan(o.dest()...)
		list = append(list, o)
		return err
	}, `SELECT `+opColumns+` FROM op WHERE `+where+` ORDER BY id`, args...)
	return list, err
}

func (t *Tx) opsOf(id mail.PlacementID) ([]opRow, error) { return t.ops(`placement = ?`, id) }

// dependents are the operations that wait for another to be done.
func (t *Tx) dependents(id mail.OpID) ([]opRow, error) { return t.ops(`after = ? AND after <> 0`, id) }

func (t *Tx) dropOp(o opRow) error {
	_, err := t.exec(`DELETE FROM op WHERE id = ?`, o.id)
	return err
}

// dropOps lets go of what waits for a placement that is not there any more.
func (t *Tx) dropOps(p *place) error {
	n, err := t.count(`DELETE FROM op WHERE placement = ?`, p.id)
	if n > 0 {
		t.waiting(t.accountKey(p.account))
	}
	return err
}

func moment(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(n, 0).UTC()
}
