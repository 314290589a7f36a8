package wire

import (
	"errors"

	"postrider/mail"
)

// holdLimit is how much of a body is held while its UID is still to come.
const holdLimit = 4 << 20

// fetch is a FETCH response on its way. go-imap must see the UID before the
// first literal, so repaired items wait until a body or the end comes.
type fetch struct {
	seq    uint32
	uid    mail.UID
	items  []byte // repaired, not handed over; each ends in a space
	begun  bool   // "* n FETCH (" was handed over
	extra  Extra
	extras bool
}

// errStreaming stops the reading of a response for a literal to pass.
var errStreaming = errors.New("literal under way")

// beginFetch repairs `* n FETCH (...)`.
func (c *Conn) beginFetch(seq uint32) error {
	if c.parser.peek() != '(' {
		return errSyntax
	}
	c.parser.pos++
	return c.fetchItems(&fetch{seq: seq, items: c.items[:0]})
}

// resumeFetch goes on with a response after its literal.
func (c *Conn) resumeFetch() error {
	l, err := c.src.line(func([]byte) int { return longLine })
	if err != nil {
		return err
	}
	if l.cut {
		return errLine
	}
	f := c.fetch
	c.fetch = nil
	c.parser.start(l.text)
	defer c.parser.release()
	return c.fetchItems(f)
}

// fetchItems repairs items until the end of the response or a literal.
func (c *Conn) fetchItems(f *fetch) error {
	for {
		if end := c.parser.peek(); end == 0 || end == ')' {
			return c.endFetch(f)
		}
		err := c.fetchItem(f)
		switch {
		case errors.Is(err, errStreaming):
			c.fetch = f
			return nil
		case errors.Is(err, errSyntax):
			return c.breakFetch(f)
		case err != nil:
			return err
		}
	}
}

// breakFetch ends a response of which the rest makes no sense: what was
// understood counts, if it is known of which message.
func (c *Conn) breakFetch(f *fetch) error {
	if f.uid == 0 && !f.begun {
		return errSyntax
	}
	c.report(string(c.parser.text))
	if err := c.parser.skipRest(); err != nil {
		return err
	}
	return c.endFetch(f)
}

func (c *Conn) endFetch(f *fetch) error {
	if f.extras && c.opts.OnExtra != nil {
		f.extra.Seq, f.extra.UID = f.seq, f.uid
		c.opts.OnExtra(f.extra)
	}
	c.handItems(f)
	if n := len(c.out); n > 0 && c.out[n-1] == ' ' {
		c.out = c.out[:n-1]
	}
	c.emit(")")
	return nil
}

// handItems hands over what is repaired so far, the UID first.
func (c *Conn) handItems(f *fetch) {
	if !f.begun {
		f.begun = true
		c.out = append(c.out, "* "...)
		c.out = appendUID(c.out, mail.UID(f.seq))
		c.out = append(c.out, " FETCH ("...)
		if f.uid != 0 {
			c.out = append(appendUID(append(c.out, "UID "...), f.uid), ' ')
		}
	}
	c.out = append(c.out, f.items...)
	if f.items = f.items[:0]; cap(f.items) > keepOut {
		f.items = nil
	}
	c.items = f.items
	if cap(c.scratch) > keepOut {
		c.scratch = nil
	}
}
