package imap

import (
	"context"
	"math"
	"slices"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"postrider/mail"
	"postrider/mail/store"
)

// batch is how many messages go to the store in one transaction.
const batch = 200

// survey finds out what a folder has when the mirror is not complete: every UID,
// and the flags of those that are known.
func (p *pulling) survey(ctx context.Context, box *pulled, st mail.MailboxState) (err error) {
	if box.sel.exists == 0 {
		box.present = []mail.UIDRange{}
		return nil
	}
	known, err := p.m.UIDs(ctx, box.ID)
	if err != nil {
		return err
	}
	if len(known) > 0 { // an earlier survey was cut off
		uids, err := p.flagScan(ctx, box)
		if err != nil {
			return err
		}
		box.present = rangesOf(uids)
	} else if box.present, err = p.census(ctx, box); err != nil {
		return err
	}
	box.todo = missing(box.present, known)
	return nil
}

// delta takes what changed since the last pull.
func (p *pulling) delta(ctx context.Context, box *pulled, st mail.MailboxState) error {
	var unknown []mail.UID
	var err error
	if box.sel.exists == 0 { // some servers refuse "1:*" of nothing
		box.present = []mail.UIDRange{}
		return nil
	}
	if box.sel.modseq < st.ModSeq {
		if err := p.m.Rewound(ctx, box.ID); err != nil {
			return err
		}
		st.ModSeq = 0
	}
	if st.ModSeq > 0 && box.sel.modseq > 0 && p.has("CONDSTORE") {
		if box.sel.modseq != st.ModSeq {
			unknown, _, err = p.scan(ctx, box, &imap.FetchOptions{UID: true, Flags: true, ModSeq: true, ChangedSince: uint64(st.ModSeq)}, all)
		}
	} else {
		var uids []mail.UID
		unknown, uids, err = p.scan(ctx, box, &imap.FetchOptions{UID: true, Flags: true}, all)
		box.present = rangesOf(uids)
	}
	if err != nil {
		return err
	}
	box.todo = newestFirst(unknown)
	silent := len(unknown) == 0 && box.sel.next != st.UIDNext // something came, and it did not say what
	if box.present != nil || st.Waiting == 0 && !silent && st.Messages+len(unknown) == box.sel.exists {
		return nil // nothing is missing: the numbers add up
	}
	box.present, err = p.census(ctx, box)
	if err != nil {
		return err
	}
	known, err := p.m.UIDs(ctx, box.ID)
	if err != nil {
		return err
	}
	box.todo = missing(box.present, known) // more than unknown, where a server forgot to bump a modseq
	return nil
}

var all = imap.UIDSet{{Start: 1, Stop: 0}}

// flagScan shows the mirror the flags of everything and returns every UID.
func (p *pulling) flagScan(ctx context.Context, box *pulled) ([]mail.UID, error) {
	_, uids, err := p.scan(ctx, box, &imap.FetchOptions{UID: true, Flags: true}, all)
	return uids, err
}

// scan fetches flags and shows them to the mirror; it returns the UIDs that the
// mirror does not know, and all of them.
func (p *pulling) scan(ctx context.Context, box *pulled, opts *imap.FetchOptions, set imap.UIDSet) (unknown, uids []mail.UID, err error) {
	var seen []store.Seen
	flush := func() error {
		more, err := p.m.Seen(ctx, box.ID, seen)
		unknown, seen = append(unknown, more...), seen[:0]
		return err
	}
	err = p.fetch(ctx, "look at the flags", set, opts, func(b *fetched) error {
		uids = append(uids, b.UID)
		seen = append(seen, b.Seen)
		if len(seen) < 5*batch {
			return nil
		}
		return flush()
	})
	if err != nil {
		return nil, nil, err
	}
	if err := flush(); err != nil {
		return nil, nil, err
	}
	slices.Sort(uids)
	return unknown, slices.Compact(uids), nil
}

// census finds every UID. A search that contradicts the number of messages which
// the server gave is not believed: the messages themselves are looked at.
func (p *pulling) census(ctx context.Context, box *pulled) ([]mail.UIDRange, error) {
	found, err := p.search(ctx)
	if err != nil {
		return nil, err
	}
	n := count(found)
	if n == uint64(box.sel.exists) {
		return found, nil
	}
	uids, err := p.flagScan(ctx, box)
	if err != nil || n > uint64(box.sel.exists) {
		return rangesOf(uids), err
	}
	return union(found, rangesOf(uids)), nil
}

func count(ranges []mail.UIDRange) (n uint64) {
	for _, r := range ranges {
		n += uint64(r.Last-r.First) + 1
	}
	return n
}

// search asks for every UID.
func (p *pulling) search(ctx context.Context) ([]mail.UIDRange, error) {
	return p.uidSearch(ctx, "list the messages", &imap.SearchCriteria{UID: []imap.UIDSet{all}})
}

// fetched is one message of a FETCH response.
type fetched struct {
	store.Seen
	header    []byte
	structure imap.BodyStructure
}

// fetch runs a FETCH without bodies and calls fn for each message that has a
// UID, as they come.
func (d *Driver) fetch(ctx context.Context, op string, set imap.UIDSet, opts *imap.FetchOptions, fn func(*fetched) error) error {
	var failed error
	err := d.bound(ctx, op, func() error {
		cmd := d.client.Fetch(set, opts)
		for m := cmd.Next(); m != nil; m = cmd.Next() {
			f, err := d.read(m)
			if err != nil {
				return d.abandon(cmd, true, err)
			}
			if f.UID != 0 && failed == nil {
				failed = fn(f)
			}
		}
		return cmd.Close()
	})
	if failed != nil {
		return failed
	}
	return err
}

// abandon gives the connection up in the middle of a FETCH, and waits until
// go-imap's reader has ended. After a literal that was cut off it ends by itself,
// and we would read at the same time. Otherwise it may wait until the next literal
// is read, and would wait for ever.
func (d *Driver) abandon(cmd *imapclient.FetchCommand, cut bool, err error) error {
	d.wire.Close()
	if !cut {
		cmd.Close()
	}
	<-d.client.Closed()
	return err
}

// read fails where a literal breaks off: half a header is no header.
func (d *Driver) read(m *imapclient.FetchMessageData) (f *fetched, err error) {
	f = &fetched{Seen: store.Seen{NoFlags: true}}
	for item := m.Next(); item != nil; item = m.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataBodyStructure:
			f.structure = item.BodyStructure
		case imapclient.FetchItemDataBodySection:
			if f.header, err = readCapped(item.Literal, 1<<20); err != nil {
				return nil, err
			}
		default:
			note(&f.Seen, item)
		}
	}
	return f, nil
}

// note takes an item that is about a message and not of it.
func note(s *store.Seen, item imapclient.FetchItemData) {
	switch item := item.(type) {
	case imapclient.FetchItemDataUID:
		s.UID = mail.UID(item.UID)
	case imapclient.FetchItemDataFlags:
		s.Flags, s.NoFlags = flagsOf(item.Flags), false
	case imapclient.FetchItemDataModSeq:
		s.ModSeq = mail.ModSeq(item.ModSeq)
	case imapclient.FetchItemDataInternalDate:
		s.Received = item.Time
	case imapclient.FetchItemDataRFC822Size:
		s.Size = item.Size
	}
}

// rangesOf writes ascending UIDs as ranges.
func rangesOf(uids []mail.UID) []mail.UIDRange {
	ranges := []mail.UIDRange{}
	for _, u := range uids {
		if n := len(ranges); n > 0 && ranges[n-1].Last+1 == u {
			ranges[n-1].Last = u
			continue
		}
		ranges = append(ranges, mail.UIDRange{First: u, Last: u})
	}
	return ranges
}

// normal sorts ranges and joins those that touch.
func normal(ranges []mail.UIDRange) []mail.UIDRange {
	slices.SortFunc(ranges, func(a, b mail.UIDRange) int { return int(int64(a.First) - int64(b.First)) })
	out := ranges[:0]
	for _, r := range ranges {
		if n := len(out); n > 0 && uint64(r.First) <= uint64(out[n-1].Last)+1 {
			out[n-1].Last = max(out[n-1].Last, r.Last)
			continue
		}
		out = append(out, r)
	}
	return out
}

func union(a, b []mail.UIDRange) []mail.UIDRange { return normal(slices.Concat(a, b)) }

// maxTodo bounds what a server can make us believe in one answer: "1:4294967295"
// is twelve octets.
const maxTodo = 20_000_000

// missing returns what is in ranges and not in known (ascending), newest first.
func missing(ranges []mail.UIDRange, known []mail.UID) (uids []mail.UID) {
	i := 0
	for _, r := range ranges {
		for u := uint64(r.First); u <= uint64(r.Last) && u <= math.MaxUint32; u++ {
			for i < len(known) && uint64(known[i]) < u {
				i++
			}
			if i < len(known) && uint64(known[i]) == u {
				continue
			}
			if uids = append(uids, mail.UID(u)); len(uids) >= maxTodo {
				return newestFirst(uids)
			}
		}
	}
	return newestFirst(uids)
}

func newestFirst(uids []mail.UID) []mail.UID {
	slices.SortFunc(uids, func(a, b mail.UID) int { return int(int64(b) - int64(a)) })
	return slices.Compact(uids)
}
