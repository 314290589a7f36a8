package pop3

import (
	"bytes"
	"context"

	"postrider/mail"
)

// maxUIDL is the longest unique id we take: RFC 1939 7 allows 70 octets, and
// some servers are more generous.
const maxUIDL = 512

// Ident is a line of UIDL. With Err set, the message has no id to rely on: the
// line made no sense or names a number for the second time, or the id is empty,
// too long, not printable, or another message's. What is zero is not known.
type Ident struct {
	Num int
	ID  mail.UIDL
	// Twin is the first message that has the same ID; 0 if this is the first.
	// Neither of the two can then be told from the other by ID.
	Twin int
	Err  error
}

// UIDL gives fn every message's number and unique id, in the server's order. An
// error of fn ends the calls, and is returned once the listing is read; the
// session goes on. ErrNoUIDL is returned only where the server refuses the
// command without listing it among its capabilities, and gives no sign that it
// is a passing trouble.
func (c *Client) UIDL(ctx context.Context, fn func(Ident) error) error {
	const op = "list unique ids"
	var refused *mail.Error
	err := c.do(ctx, op, func() error {
		s, err := c.command("UIDL", "UIDL")
		if err != nil {
			return err
		}
		if !s.ok {
			refused = c.refusal(op, mail.KindRefused, "the server refused", s)
			if s.code == "" {
				refused.Err = ErrNoUIDL
			}
			return nil
		}
		known := idents{c: c, op: op, nums: make(map[int]bool), ids: make(map[mail.UIDL]int)}
		return c.listing(func(line []byte, err error) error { return fn(known.parse(line, err)) })
	})
	if err != nil || refused == nil {
		return err
	}
	return c.noUIDL(ctx, refused)
}

// noUIDL is the error for a refusal: the capabilities, which are not asked for
// where they do not matter, say whether it may pass.
func (c *Client) noUIDL(ctx context.Context, refused *mail.Error) error {
	caps, err := c.Caps(ctx)
	if err != nil {
		return err
	}
	if caps.UIDL {
		refused.Err = nil
	}
	return refused
}

// idents remembers what a listing has said so far.
type idents struct {
	c    *Client
	op   string
	nums map[int]bool
	ids  map[mail.UIDL]int
}

func (k *idents) parse(line []byte, err error) Ident {
	num, rest := cutNumber(line)
	if num < 1 || num > maxNumber {
		return Ident{Err: badLine(k.op, line, k.c)}
	}
	entry := Ident{Num: int(num)}
	if k.nums[entry.Num] {
		entry.Err = badLine(k.op, line, k.c)
		return entry
	}
	k.nums[entry.Num] = true
	id := bytes.Trim(rest, " \t")
	if err != nil || !isUIDL(id) {
		entry.Err = &mail.Error{Op: k.op, Kind: mail.KindGarbled,
			Message: "the server gave a message an id that cannot be used", Detail: k.c.detail(line)}
		return entry
	}
	entry.ID = mail.UIDL(id)
	return k.pair(entry)
}

// pair finds the entry's twin.
func (k *idents) pair(entry Ident) Ident {
	first, ok := k.ids[entry.ID]
	if !ok {
		k.ids[entry.ID] = entry.Num
		return entry
	}
	entry.Twin = first
	entry.Err = &mail.Error{Op: k.op, Kind: mail.KindGarbled,
		Message: "the server gave two messages the same id", Detail: string(entry.ID)}
	return entry
}

// isUIDL reports whether id is made of the characters of RFC 1939 7.
func isUIDL(id []byte) bool {
	if len(id) == 0 || len(id) > maxUIDL {
		return false
	}
	for _, b := range id {
		if b < 0x21 || b > 0x7e {
			return false
		}
	}
	return true
}
