package imap

import (
	"context"
	"sync"

	"postrider/mail"
	"postrider/mail/imap/wire"
)

// others is what the server tells, unasked, of folders that are not open (RFC
// 5465). The reading goroutine of go-imap writes it, too.
type others struct {
	deaf bool // the server refused NOTIFY; the driver's goroutine only

	mu    sync.Mutex
	known map[string]wire.Notice // by the last list
	told  map[string]wire.Notice // by the server itself, since then or before
	first bool                   // it tells how all folders are, as it does once when NOTIFY begins
}

// listed takes in how the folders were when a pull began.
func (o *others) listed(list []folder) {
	known := map[string]wire.Notice{}
	for _, f := range list {
		if s := f.status; s != nil && s.NumMessages != nil {
			known[f.Remote] = wire.Notice{Messages: int(*s.NumMessages), UIDNext: mail.UID(s.UIDNext), ModSeq: mail.ModSeq(s.HighestModSeq)}
		}
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.known = known
}

// news reports that a notice says what neither the list nor an earlier notice
// did. A server whose notices contradict its lists is believed once.
func (o *others) news(n wire.Notice) bool {
	if n.Tree {
		return true
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	name := n.Mailbox
	n.Mailbox = ""
	known, listed := o.known[name]
	told, heard := o.told[name]
	if !heard {
		told = wire.Notice{Messages: -1}
	}
	now := merged(told, n)
	if o.told == nil {
		o.told = map[string]wire.Notice{}
	}
	o.told[name] = now
	switch {
	case !o.first && n == (wire.Notice{Messages: -1}): // only what we do not read, such as UNSEEN
		return true
	case heard && now == told, o.first && len(o.known) == 0: // nothing to compare with
		return false
	case !listed:
		return true
	}
	return merged(known, n) != known
}

// merged is a notice with what a later one says.
func merged(n, later wire.Notice) wire.Notice {
	if later.Messages >= 0 {
		n.Messages = later.Messages
	}
	if later.UIDNext != 0 {
		n.UIDNext = later.UIDNext
	}
	if later.ModSeq != 0 {
		n.ModSeq = later.ModSeq
	}
	return n
}

func (d *Driver) onNotify(n wire.Notice) {
	if d.others.news(n) {
		d.hear()
	}
}

// beginning says whether the server is about to tell how all folders are.
func (o *others) beginning(first bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.first = first
}

// notify asks for news of all folders. Where the server will not tell, the
// driver listens to the inbox alone.
func (d *Driver) notify(ctx context.Context) (bool, error) {
	if d.others.deaf || !d.has("NOTIFY") {
		return false, nil
	}
	d.others.beginning(true)
	defer d.others.beginning(false)
	err := d.bound(ctx, "ask for news", func() error {
		d.wire.RewriteNext("NOOP", wire.WithNotify)
		asked := d.client.Noop()
		sync := d.client.Noop() // Dovecot tells of the open folder only what comes later, and says the rest when it can
		return firstOf(asked.Wait(), sync.Wait())
	})
	if err != nil && d.wire.Err() == nil {
		d.others.deaf = true
		return false, nil
	}
	return err == nil, err
}

// hush ends what notify began. Nobody need wait for the answer.
func (d *Driver) hush() {
	d.wire.RewriteNext("NOOP", wire.WithoutNotify)
	d.client.Noop()
}
