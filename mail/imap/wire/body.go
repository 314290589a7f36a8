package wire

import (
	"strconv"
	"strings"
)

// bodyItem is the item as go-imap reads it if its value is a body, else "".
// The items of RFC 1730 mean sections (RFC 9051 6.4.5).
func bodyItem(name, section string) string {
	switch name {
	case "RFC822":
		return "BODY[]"
	case "RFC822.HEADER":
		return "BODY[HEADER]"
	case "RFC822.TEXT":
		return "BODY[TEXT]"
	case "BODY":
		if section != "" {
			return repairSection(name, section)
		}
	case "BINARY":
		if partSection(section) {
			return name + section
		}
	}
	return ""
}

// unknownBody marks a body whose section go-imap cannot read.
const unknownBody = "?"

// repairSection writes BODY[section]<origin>.
func repairSection(name, section string) string {
	spec, origin, _ := strings.Cut(strings.TrimPrefix(section, "["), "]")
	if origin != "" {
		digitsOnly, _, _ := strings.Cut(strings.Trim(origin, "<>"), ".")
		n, ok := digits(digitsOnly)
		if !ok {
			return unknownBody
		}
		origin = "<" + utoa(n) + ">"
	}
	part, word := splitSection(strings.ToUpper(spec))
	if !validPart(part) {
		return unknownBody
	}
	word, fields, hasFields := strings.Cut(word, " ")
	switch word {
	case "", "HEADER", "TEXT", "MIME":
		if hasFields {
			return unknownBody
		}
	case "HEADER.FIELDS", "HEADER.FIELDS.NOT":
		names := strings.Fields(strings.Trim(fields, " ()"))
		for i, n := range names {
			names[i] = quote(strings.Trim(n, `"`))
		}
		if len(names) == 0 {
			return unknownBody
		}
		word += " (" + strings.Join(names, " ") + ")"
	default:
		return unknownBody
	}
	if part != "" && word != "" {
		part += "."
	}
	return name + "[" + part + word + "]" + origin
}

// splitSection parts "1.2.HEADER" into "1.2" and "HEADER".
func splitSection(spec string) (part, word string) {
	i := strings.IndexFunc(spec, func(r rune) bool { return r != '.' && (r < '0' || r > '9') })
	if i < 0 {
		return spec, ""
	}
	return strings.TrimSuffix(spec[:i], "."), spec[i:]
}

// validPart reports whether part is "" or "n.n.n".
func validPart(part string) bool {
	if part == "" {
		return true
	}
	for n := range strings.SplitSeq(part, ".") {
		if v, ok := digits(n); !ok || v == 0 {
			return false
		}
	}
	return len(part) < 1000
}

// partSection reports whether section is [] or [1.2], as BINARY has it.
func partSection(section string) bool {
	part, ok := strings.CutPrefix(section, "[")
	part, closed := strings.CutSuffix(part, "]")
	return ok && closed && validPart(part)
}

// fetchBody hands over a body: a literal passes in a stream, a string becomes
// a literal, and anything else is NIL, which go-imap knows for "none".
func (c *Conn) fetchBody(f *fetch, item string) error {
	p := &c.parser
	p.peek()
	n, isLiteral, err := literalSize(p.text[p.pos:], p.max)
	if err != nil {
		return err
	}
	if isLiteral {
		return c.fetchLiteral(f, item, n)
	}
	joins := p.joins
	v, err := p.value()
	switch {
	case err != nil:
		return err
	case item == unknownBody:
		c.report("* FETCH BODY of an unknown section")
	case p.joins > joins: // it lost line ends: not what the server has
		c.report("* FETCH " + item + " in quotes, over several lines")
		f.add(item, []byte("NIL"))
	case v.form == isString:
		f.addBody(item, v.s)
	default:
		f.add(item, []byte("NIL"))
	}
	return nil
}

func (f *fetch) addBody(item string, body []byte) {
	f.items = append(f.items, item...)
	f.items = append(f.items, " {"...)
	f.items = strconv.AppendInt(f.items, int64(len(body)), 10)
	f.items = append(f.items, "}\r\n"...)
	f.items = append(append(f.items, body...), ' ')
}

// fetchLiteral lets a body of n octets pass. Where go-imap waits for a UID that
// comes only after it, a body of a few megabytes is held back; of a larger one
// only the fact is passed on that there is none here, and the next attempt,
// which asks for this message alone, streams it.
func (c *Conn) fetchLiteral(f *fetch, item string, n int64) error {
	p := &c.parser
	asked, waiting := c.fetchingUIDs()
	switch {
	case item == unknownBody:
		c.report("* FETCH BODY of an unknown section")
		return c.skipBody(n)
	case f.uid != 0 || f.begun || !waiting:
	case n <= holdLimit-int64(len(f.items)):
		return c.holdBody(f, item, n)
	case asked != 0:
		f.uid = asked
	default:
		c.report("* FETCH " + item + " before its UID")
		f.add(item, []byte("NIL"))
		return c.skipBody(n)
	}
	c.handItems(f)
	c.out = append(c.out, item...)
	c.out = append(c.out, " {"...)
	c.out = strconv.AppendInt(c.out, n, 10)
	c.out = append(c.out, "}\r\n"...)
	c.literal = n
	f.items = append(f.items, ' ')
	p.pos = len(p.text)
	return errStreaming
}

func (c *Conn) skipBody(n int64) error {
	if err := c.src.discard(n); err != nil {
		return err
	}
	return c.parser.more()
}

func (c *Conn) holdBody(f *fetch, item string, n int64) error {
	body, err := c.src.appendN(nil, n)
	if err != nil {
		return err
	}
	f.addBody(item, body)
	return c.parser.more()
}
