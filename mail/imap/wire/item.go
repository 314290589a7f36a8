package wire

import (
	"strconv"
	"strings"
	"time"

	"postrider/mail"
)

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
