package imap

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"postrider/mail"
	"postrider/mail/store"
	"postrider/mail/store/intake"
)

// bodyIntake is the way of whole messages into a folder of the mirror.
type bodyIntake = intake.Intake[store.Seen]

func (p *pulling) intake(ctx context.Context, box *pulled) *bodyIntake {
	return intake.New(ctx, p.m.Store(), func(list []intake.Message[store.Seen]) error {
		seen := make([]store.Seen, len(list))
		for i, m := range list {
			seen[i] = m.Of
			seen[i].Staged = m.Staged
		}
		_, err := p.m.Seen(ctx, box.ID, seen)
		p.progress(box, len(seen))
		return err
	})
}

var wholeMessage = &imap.FetchItemBodySection{Peek: true} // BODY.PEEK[]: iCloud answers RFC822 with nothing

// rest takes the messages of a folder that are not among its newest. Where the
// bodies are wanted anyway and come quickly, they bring the light data with
// them; over a slow line all light data comes first, so that the whole list is
// there soon. So it does where an earlier try was cut off, perhaps by a message
// that the server hangs up over, and where a message is in several folders,
// whose bytes come only once then (Gmail).
func (p *pulling) rest(ctx context.Context, box *pulled) error {
	since, any := p.since()
	if !any || !since.IsZero() || box.resumed || p.extraItems() != nil {
		err := p.light(ctx, box, box.todo)
		box.todo = nil
		return err
	}
	slow, err := p.direct(ctx, box)
	if err == nil && len(p.bare) > 0 {
		err = p.light(ctx, box, p.bare)
	}
	p.bare = nil
	if err == nil && slow {
		err = p.light(ctx, box, box.todo)
		box.todo = nil
	}
	return err
}

// direct takes messages whole until none are left, or until it is clear that
// this will take long.
func (p *pulling) direct(ctx context.Context, box *pulled) (slow bool, err error) {
	if len(box.todo) == 0 {
		return false, nil
	}
	in := p.intake(ctx, box)
	for len(box.todo) > 0 && !slow && err == nil {
		if err = p.between(ctx, box); err != nil {
			break
		}
		n := min(len(box.todo), bodyWindow)
		began := time.Now()
		if err = p.bodyWindow(ctx, in, box.todo[:n]); p.partial(err) {
			slow, err = true, nil // of what did not come, the list at least
			break
		}
		if err != nil {
			break
		}
		box.todo = box.todo[n:]
		slow = time.Since(began)/time.Duration(n)*time.Duration(len(box.todo)) > patienceForBodies
	}
	return slow, cmp.Or(in.Close(), err)
}

// patienceForBodies is how long the list of a folder may take to fill.
const patienceForBodies = 20 * time.Second

// bodyWindow is how many messages one FETCH brings whole.
const bodyWindow = 500

// bodies fetches what the account wants here and is not, newest first. What
// the server did not give is not asked for again in this pull.
func (p *pulling) bodies(ctx context.Context, box *pulled) (err error) {
	uids, err := p.wanted(ctx, box, maxTodo)
	if err != nil || len(uids) == 0 {
		return err
	}
	p.flagged = true
	defer func() { p.flagged = false }()
	in := p.intake(ctx, box)
	for len(uids) > 0 && err == nil {
		if err = p.between(ctx, box); err != nil {
			break
		}
		n := min(len(uids), bodyWindow)
		if err = p.m.Asking(ctx, box.ID, uids[:n]); err != nil {
			break
		}
		if err = p.bodyWindow(ctx, in, uids[:n]); p.partial(err) {
			err = nil
		}
		uids = uids[n:]
	}
	return cmp.Or(in.Close(), err)
}

// partial reports that the server could not give some messages: the others
// came ("NO Some messages could not be FETCHed", Exchange).
func (p *pulling) partial(err error) bool {
	return mail.Is(err, mail.KindRefused) && p.wire.Err() == nil
}

// bodyWindow fetches messages whole and hands them to the intake.
func (p *pulling) bodyWindow(ctx context.Context, in *bodyIntake, uids []mail.UID) error {
	opts := &imap.FetchOptions{
		UID: true, Flags: true, InternalDate: true, RFC822Size: true, ModSeq: p.has("CONDSTORE"),
		BodySection: []*imap.FetchItemBodySection{wholeMessage},
	}
	p.askIDs()
	defer func() { p.remoteIDs = nil }()
	return p.bound(ctx, "fetch messages", func() error {
		cmd := p.client.Fetch(uidsOf(uids), opts)
		for m := cmd.Next(); m != nil; m = cmd.Next() {
			if cut, err := p.take(ctx, in, m); err != nil {
				return p.abandon(cmd, cut, err) // there is no other way to stop a FETCH
			}
		}
		return cmd.Close()
	})
}

// take reads one message. Its UID may come before or after its body. cut says that
// the body was cut off.
func (p *pulling) take(ctx context.Context, in *bodyIntake, m *imapclient.FetchMessageData) (cut bool, err error) {
	f := &arrival{Seen: store.Seen{NoFlags: true}}
	for item := m.Next(); item != nil; item = m.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataBodySection:
			if cut, err := f.read(ctx, p, item.Literal); err != nil {
				return cut, err
			}
		default:
			note(&f.Seen, item)
		}
	}
	if f.UID == 0 || f.raw == nil && f.Staged == nil {
		f.Staged.Release()
		if f.UID != 0 {
			p.bare = append(p.bare, f.UID)
		}
		return false, nil
	}
	f.NoFlags = f.NoFlags || p.flagged
	f.RemoteID = p.remoteIDs[f.UID]
	f.Received = sane(f.Received, p.m.Store().Now())
	if f.Staged != nil {
		return false, in.AddStaged(f.Seen, f.Staged)
	}
	return false, in.Add(f.Seen, f.raw)
}

// arrival is a message that is being read.
type arrival struct {
	store.Seen
	raw []byte
}

// inMemory is up to where a message is read into memory. Octets.
const inMemory = 1 << 20

// read reads a body; cut says that it was cut off.
func (f *arrival) read(ctx context.Context, p *pulling, lit imap.LiteralReader) (cut bool, err error) {
	if lit == nil { // NIL: the server has no body for it
		return false, nil
	}
	body := &watched{Reader: lit, left: lit.Size()}
	if lit.Size() > inMemory {
		f.Staged, err = p.m.Store().Stage(ctx, body)
		return body.cut, err
	}
	f.raw = intake.Buffer(int(lit.Size()))
	_, err = io.ReadFull(body, f.raw)
	return body.cut, err
}

// watched notices when what is read is cut off.
type watched struct {
	io.Reader
	left int64 // octets to come
	cut  bool
}

func (w *watched) Read(b []byte) (int, error) {
	n, err := w.Reader.Read(b)
	w.left -= int64(n)
	w.cut = w.cut || err != nil && w.left > 0
	return n, err
}

// Fetch implements engine.Driver.
func (d *Driver) Fetch(ctx context.Context, src store.Source, take func(io.Reader) error) error {
	if err := d.sel(ctx, src.Mailbox.Remote); err != nil {
		return err
	}
	if d.open.validity != src.Validity { // the UID names another message now
		return mail.Errorf(mail.KindBusy, "fetch the message", "the server has numbered this folder anew; sync first")
	}
	found := false
	var failed error
	err := d.bound(ctx, "fetch the message", func() error {
		cmd := d.client.Fetch(uidsOf([]mail.UID{src.UID}), &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{wholeMessage}})
		for m := cmd.Next(); m != nil; m = cmd.Next() {
			for item := m.Next(); item != nil; item = m.Next() {
				if b, ok := item.(imapclient.FetchItemDataBodySection); ok && b.Literal != nil && !found {
					found = true
					if failed = d.stream(b.Literal, take); failed != nil && d.wire.Err() != nil {
						return d.abandon(cmd, true, failed)
					}
				}
			}
		}
		return cmd.Close()
	})
	switch {
	case failed != nil:
		return failed
	case err != nil:
		return err
	case !found:
		return mail.Errorf(mail.KindGone, "fetch the message", "the server does not have this message any more")
	}
	return nil
}

// stream hands a literal on, and reads what was left of it.
func (d *Driver) stream(lit imap.LiteralReader, take func(io.Reader) error) error {
	if lit.Size() <= inMemory {
		raw := make([]byte, lit.Size())
		if _, err := io.ReadFull(lit, raw); err != nil {
			return d.wire.Explain("fetch the message", err)
		}
		return take(bytes.NewReader(raw))
	}
	err := take(lit)
	if _, broke := io.Copy(io.Discard, lit); err == nil && broke != nil {
		return d.wire.Explain("fetch the message", broke)
	}
	return err
}
