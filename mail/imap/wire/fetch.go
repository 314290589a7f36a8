package wire

import (
	"errors"
	"strconv"
	"strings"
	"time"

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

// fetchItem repairs one item.
func (c *Conn) fetchItem(f *fetch) error {
	name, section, err := c.itemName()
	if err != nil {
		return err
	}
	if body := bodyItem(name, section); body != "" {
		return c.fetchBody(f, body)
	}
	p := &c.parser
	p.mode, p.tooMuch = modeOf(name), false
	v, err := p.value()
	p.mode = loose
	if err != nil {
		return err
	}
	if p.tooMuch {
		c.report("too much in " + name)
		return nil
	}
	return c.fetchValue(f, name, section, v)
}

func modeOf(name string) mode {
	switch name {
	case "ENVELOPE":
		return envelope
	case "BODY", "BODYSTRUCTURE":
		return structure
	}
	return loose
}

// itemName reads NAME or NAME[section]<origin>.
func (c *Conn) itemName() (name, section string, err error) {
	p := &c.parser
	p.skipSpace()
	start := p.pos
	for p.pos < len(p.text) && p.text[p.pos] != '[' && !endsAtom[p.text[p.pos]] {
		p.pos++
	}
	name = strings.ToUpper(string(p.text[start:p.pos]))
	if name == "" {
		return "", "", errSyntax
	}
	if p.pos == len(p.text) || p.text[p.pos] != '[' {
		return name, "", nil
	}
	start = p.pos
	for p.pos < len(p.text) && p.text[p.pos] != ']' {
		p.pos++
	}
	if p.pos == len(p.text) {
		return "", "", errSyntax
	}
	for p.pos < len(p.text) && p.text[p.pos] != ' ' {
		p.pos++
	}
	return name, string(p.text[start:p.pos]), nil
}

// fetchValue repairs an item that is no body, or leaves it out.
func (c *Conn) fetchValue(f *fetch, name, section string, v value) error {
	switch name {
	case "UID":
		return c.fetchUID(f, v)
	case "FLAGS":
		if list, ok := c.flagValues(v); ok {
			f.add("FLAGS", list)
		}
	case "INTERNALDATE":
		if date := internalDate(string(v.s)); date != "" {
			f.add(name, []byte(quote(date)))
		}
	case "RFC822.SIZE":
		if n, ok := number64(v); ok {
			f.addNumber(name, uint64(n))
		}
	case "MODSEQ":
		if len(v.list) == 1 {
			v = v.list[0]
		}
		if n, ok := number64(v); ok {
			f.add(name, append(strconv.AppendInt([]byte{'('}, n, 10), ')'))
		}
	case "BINARY.SIZE":
		if n, ok := number32(v); ok && partSection(section) {
			f.addNumber(name+section, uint64(n))
		}
	case "ENVELOPE":
		if v.form == isList {
			c.scratch = appendEnvelope(c.scratch[:0], v)
			f.add(name, c.scratch)
		}
	case "BODY", "BODYSTRUCTURE":
		var ok bool
		if c.scratch, ok = appendStructure(c.scratch[:0], v, 0); ok {
			f.add(name, c.scratch)
		}
	default:
		if f.extra.take(name, v) {
			f.extras = true
		} else {
			c.report("* FETCH " + name + section)
		}
	}
	return nil
}

func (f *fetch) add(name string, val []byte) {
	f.items = append(append(append(append(f.items, name...), ' '), val...), ' ')
}

func (f *fetch) addNumber(name string, n uint64) {
	f.add(name, strconv.AppendUint(nil, n, 10))
}

func (c *Conn) fetchUID(f *fetch, v value) error {
	n, ok := number32(v)
	switch {
	case !ok || n == 0:
		return nil
	case f.uid != 0 && f.uid != mail.UID(n):
		return errUID
	}
	f.uid = mail.UID(n)
	return nil
}

// dateLayouts are RFC 9051's date-time, and what some servers write instead.
var dateLayouts = []string{
	"_2-Jan-2006 15:04:05 -0700", "_2-Jan-2006 15:04:05 MST", "_2-Jan-2006 15:04:05",
	"Mon, _2 Jan 2006 15:04:05 -0700", "_2 Jan 2006 15:04:05 -0700",
}

// internalDate is a date as go-imap reads it, "" if there is none.
func internalDate(s string) string {
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, strings.TrimLeft(s, " ")); err == nil && !t.IsZero() && t.Year() > 0 {
			return t.Format(dateLayouts[0])
		}
	}
	return ""
}
