package imap

import (
	"context"
	"slices"
	"sync"
	"time"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/engine"
	"postrider/mail/store"
)

// headCount is how many of the newest messages of each folder come before
// anything else.
const headCount = 200

// pulling is one Pull under way.
type pulling struct {
	*Driver
	scope engine.Scope
	bare  []mail.UID // shown without the bodies that were asked for
	m     *store.Mirror
	boxes []*pulled
	of    int

	wasOpen string // when the pull began: the list tells its state as old as our view of it (RFC 9051 6.3.11)

	flagged bool // flags are known by now, and those of a FETCH may be older than what was pushed since

	mu   sync.Mutex // progress is told by the intake too
	done int
}

// pulled is what one folder still needs.
type pulled struct {
	mail.Mailbox
	present []mail.UIDRange // all the server has, ascending; nil: not asked
	todo    []mail.UID      // unknown here, newest first
	sel     selection       // as of when present was asked for
	short   bool            // the server would not show some messages
	open    bool            // Begin was called, and Complete is due
	resumed bool            // an earlier pull of all of it was cut off
}

// Pull implements engine.Driver.
func (d *Driver) Pull(ctx context.Context, scope engine.Scope, m *store.Mirror) error {
	p := &pulling{Driver: d, scope: scope, m: m, wasOpen: d.selected}
	if err := p.welcome(ctx); err != nil {
		return err
	}
	list, err := d.folders(ctx)
	if err != nil {
		return err
	}
	boxes := make([]mail.Mailbox, len(list))
	for i, f := range list {
		boxes[i] = f.Mailbox
	}
	known, err := m.Listed(ctx, boxes)
	if err != nil {
		return err
	}
	for i, box := range known {
		if list[i].Mailbox = box; box.NoSelect || p.looked(box) {
			continue
		}
		if err := p.look(ctx, list[i]); err != nil {
			return err
		}
	}
	for _, step := range []func(context.Context, *pulled) error{p.rest, p.finish, p.bodies} {
		for _, box := range p.boxes {
			if err := p.on(ctx, box, step); err != nil {
				return err
			}
		}
	}
	return nil
}

// welcome shows the newest mail of an account that is new here before anything
// else is asked: the list of folders can wait, the person cannot.
func (p *pulling) welcome(ctx context.Context) error {
	here, err := p.m.Mailboxes(ctx)
	if err != nil || len(here) > 0 {
		return err
	}
	inbox := mail.Mailbox{Path: "INBOX", Remote: "INBOX", Role: mail.RoleInbox, Origin: mail.Remote}
	known, err := p.m.Listed(ctx, []mail.Mailbox{inbox})
	if err != nil {
		return err
	}
	return p.look(ctx, folder{Mailbox: known[0]})
}

// looked reports that a folder was looked at in this pull already.
func (p *pulling) looked(box mail.Mailbox) bool {
	return slices.ContainsFunc(p.boxes, func(b *pulled) bool { return b.ID == box.ID })
}

// on runs a step in a folder. One that the server will not open does not keep
// the others from being looked at.
func (p *pulling) on(ctx context.Context, box *pulled, step func(context.Context, *pulled) error) error {
	err := step(ctx, box)
	if err == nil || ctx.Err() != nil || p.wire.Err() != nil {
		return err
	}
	switch mail.KindOf(err) {
	case mail.KindRefused, mail.KindGone, mail.KindBusy, mail.KindSignIn, mail.KindGarbled:
		box.open = false // not all of it was seen: nothing follows from what is missing
		return nil
	}
	return err
}

// look brings a folder's flags up to date and takes its newest messages.
func (p *pulling) look(ctx context.Context, f folder) error {
	st, err := p.m.State(ctx, f.ID)
	if err != nil {
		return err
	}
	box := &pulled{Mailbox: f.Mailbox}
	if f.Remote != p.wasOpen && unchanged(f, st) {
		return p.keepBodiless(ctx, box)
	}
	if err := p.scope.Between(ctx); err != nil {
		return err
	}
	p.boxes = append(p.boxes, box)
	return p.on(ctx, box, func(ctx context.Context, box *pulled) error { return p.changed(ctx, box) })
}

// unchanged reports that the folder is as the mirror left it, by the list's
// word: only a modification sequence says so of flags too.
func unchanged(f folder, st mail.MailboxState) bool {
	s := f.status
	return s != nil && s.NumMessages != nil && s.HighestModSeq != 0 && st.Complete && st.Waiting == 0 &&
		mail.UIDValidity(s.UIDValidity) == st.Validity && mail.UID(s.UIDNext) == st.UIDNext &&
		mail.ModSeq(s.HighestModSeq) == st.ModSeq && int(*s.NumMessages) == st.Messages
}

// is reports that a mailbox that was opened is as the mirror left it.
func (s selection) is(st mail.MailboxState) bool {
	return s.modseq != 0 && st.Complete && st.Waiting == 0 &&
		s.validity == st.Validity && s.next == st.UIDNext && s.modseq == st.ModSeq && s.exists == st.Messages
}

// keepBodiless remembers an unchanged folder whose bodies are not all here.
func (p *pulling) keepBodiless(ctx context.Context, box *pulled) error {
	uids, err := p.wanted(ctx, box, 1)
	if err == nil && len(uids) > 0 {
		p.boxes = append(p.boxes, box)
	}
	return err
}

func (p *pulling) changed(ctx context.Context, box *pulled) error {
	if err := p.reselect(ctx, box.Remote); err != nil {
		return err
	}
	box.sel = p.Driver.open
	if box.Role == mail.RoleInbox {
		p.inbox = box.sel
	}
	st, err := p.m.State(ctx, box.ID)
	if err != nil || box.sel.is(st) {
		return err
	}
	if err := p.m.Begin(ctx, box.ID, box.sel.validity); err != nil {
		return err
	}
	box.open = true
	if st, err = p.m.State(ctx, box.ID); err != nil { // a new UIDVALIDITY makes it void
		return err
	}
	box.resumed = !st.Complete && st.Messages > 0
	if box.sel.next == 0 { // not said (RFC 3501 7.1 allows it): no short cuts
		st.UIDNext, st.ModSeq = 0, 0
	}
	if st.Complete && st.UIDNext > 0 {
		err = p.delta(ctx, box, st)
	} else {
		err = p.survey(ctx, box, st)
	}
	if err != nil {
		return err
	}
	p.of += len(box.todo)
	head := min(headCount, len(box.todo))
	err = p.light(ctx, box, box.todo[:head])
	box.todo = box.todo[head:]
	return err
}

// since is from when on the account wants bodies here; false: none at all.
func (p *pulling) since() (time.Time, bool) {
	switch o := p.cfg.Account.Offline; o.Mode {
	case accounts.OfflineHeaders:
		return time.Time{}, false
	case accounts.OfflineDays:
		return p.m.Store().Now().AddDate(0, 0, -o.Days), true
	}
	return time.Time{}, true
}

// wanted returns messages whose bodies should be here, newest first.
func (p *pulling) wanted(ctx context.Context, box *pulled, limit int) ([]mail.UID, error) {
	since, any := p.since()
	if !any {
		return nil, nil
	}
	return p.m.Bodiless(ctx, box.ID, since, limit)
}

// finish tells the mirror that all of a folder was seen.
func (p *pulling) finish(ctx context.Context, box *pulled) error {
	if !box.open {
		return nil
	}
	if box.short { // what waits may be among what was not shown
		st, err := p.m.State(ctx, box.ID)
		if err != nil || st.Waiting > 0 {
			return err
		}
	}
	if box.present != nil {
		if err := p.complete(ctx, box); err != nil {
			return err
		}
	}
	return p.m.Checkpoint(ctx, box.ID, box.sel.next, box.sel.modseq)
}

// complete has what is gone removed. If that is more than can be believed, the
// server is asked once more, in another way, and what it confirms is.
func (p *pulling) complete(ctx context.Context, box *pulled) error {
	loss, err := p.m.Complete(ctx, box.ID, box.present, box.sel.next, false)
	if err != nil || !loss.Braked {
		return err
	}
	if err := p.reselect(ctx, box.Remote); err != nil {
		return err
	}
	if p.Driver.open.validity != box.sel.validity {
		return nil // the next pull sorts it out
	}
	uids, err := p.flagScan(ctx, box)
	if err != nil {
		return err
	}
	if len(uids) != p.Driver.open.exists {
		return mail.Errorf(mail.KindGarbled, "sync", "the server says that %d messages of %s are gone, and contradicts itself; nothing was removed here", loss.Removed, box.Path)
	}
	_, err = p.m.Complete(ctx, box.ID, union(box.present, rangesOf(uids)), box.sel.next, true)
	return err
}

func (p *pulling) progress(box *pulled, n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done += n
	p.scope.Progress(engine.Progress{Doing: box.Path, Done: p.done, Of: max(p.of, p.done)})
}
