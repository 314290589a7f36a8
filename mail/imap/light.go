package imap

import (
	"context"
	"io"
	"time"

	"github.com/emersion/go-imap/v2"

	"postrider/mail"
	"postrider/mail/imap/wire"
	"postrider/mail/message"
	"postrider/mail/store"
)

// lightFields is what a list, a thread and the content identity need of a
// header. The header itself, and not ENVELOPE: it has References, and servers
// get ENVELOPE wrong in more ways (qq.com, 163.com).
var lightFields = []string{
	"Date", "Subject", "From", "Sender", "Reply-To", "To", "Cc", "Message-ID", "In-Reply-To", "References", "List-Id", "Content-Type",
}

func (d *Driver) lightOptions() *imap.FetchOptions {
	return &imap.FetchOptions{
		UID: true, Flags: true, InternalDate: true, RFC822Size: true, ModSeq: d.has("CONDSTORE"),
		BodyStructure: &imap.FetchItemBodyStructure{Extended: true},
		BodySection:   []*imap.FetchItemBodySection{{Specifier: imap.PartSpecifierHeader, HeaderFields: lightFields, Peek: true}},
	}
}

// light takes what lists show of messages, newest first.
func (p *pulling) light(ctx context.Context, box *pulled, uids []mail.UID) error {
	for len(uids) > 0 {
		n := min(len(uids), p.window())
		if err := p.lightWindow(ctx, box, uids[:n]); err != nil {
			return err
		}
		uids = uids[n:]
		if err := p.between(ctx, box); err != nil {
			return err
		}
	}
	return nil
}

// window is how many UIDs one command names: 1,000 is the least that a server
// with a limit allows (RFC 9738; Yahoo).
func (p *pulling) window() int { return 1000 }

// between lets the person's acts in, and comes back to the folder.
func (p *pulling) between(ctx context.Context, box *pulled) error {
	if err := p.scope.Between(ctx); err != nil {
		return err
	}
	return p.sel(ctx, box.Remote)
}

func (p *pulling) lightWindow(ctx context.Context, box *pulled, uids []mail.UID) error {
	var seen []store.Seen
	flush := func() error {
		_, err := p.m.Seen(ctx, box.ID, seen)
		p.progress(box, len(seen))
		seen = seen[:0]
		return err
	}
	p.askIDs()
	err := p.fetch(ctx, "look at the messages", uidsOf(uids), p.lightOptions(), func(f *fetched) error {
		o := f.Seen
		o.Header = message.ParseHeader(f.header)
		o.Attached = attachments(f.structure)
		o.RemoteID = p.remoteIDs[f.UID]
		o.Received = sane(o.Received, p.m.Store().Now())
		if seen = append(seen, o); len(seen) < batch {
			return nil
		}
		return flush()
	})
	p.remoteIDs = nil
	if p.partial(err) {
		box.short, err = true, nil // the others came
	}
	if err != nil {
		return err
	}
	return flush()
}

// askIDs adds to the next FETCH the items that identify messages for good.
func (d *Driver) askIDs() {
	if items := d.extraItems(); items != nil {
		d.remoteIDs = map[mail.UID]string{}
		d.wire.RewriteNext("UID FETCH", wire.WithItems(items...))
	}
}

// sane replaces a date that the server did not say, or that makes no sense.
func sane(t, now time.Time) time.Time {
	if t.Year() < 1971 || t.After(now.AddDate(0, 0, 2)) {
		return now
	}
	return t
}

// attachments counts what a person would call an attachment: parts that say
// so, and parts with a name that are not a picture in the text.
func attachments(s imap.BodyStructure) (n int) {
	if s == nil {
		return 0
	}
	s.Walk(func(_ []int, part imap.BodyStructure) bool {
		single, ok := part.(*imap.BodyStructureSinglePart)
		if !ok {
			return true
		}
		disposition := single.Disposition()
		switch {
		case disposition != nil && disposition.Value == "attachment":
			n++
		case single.Filename() != "" && single.ID == "":
			n++
		case single.MediaType() == "message/rfc822":
			n++
		}
		return false
	})
	return n
}

// readCapped reads a literal to its end and returns what limit allows of it.
func readCapped(lit imap.LiteralReader, limit int64) ([]byte, error) {
	if lit == nil {
		return nil, nil
	}
	b := make([]byte, min(lit.Size(), limit))
	if _, err := io.ReadFull(lit, b); err != nil {
		return nil, err
	}
	_, err := io.Copy(io.Discard, lit)
	return b, err
}
