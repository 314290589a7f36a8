package wire

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxName is the longest mailbox name that is passed on, in octets.
const maxName = 8 << 10

// repairList repairs `* LIST (attributes) delimiter name [extended data]`.
func (c *Conn) repairList(p *parser) error {
	attrs, err := p.value()
	if err != nil {
		return err
	}
	delim, err := c.delimiter(p)
	if err != nil {
		return err
	}
	name, err := c.listName(p, beforeExtended)
	if err != nil {
		return err
	}
	if len(name) > maxName {
		return c.unknown(p)
	}
	extended, err := c.childInfo(p)
	if err != nil {
		return err
	}
	if c.unasked() {
		c.notify(Notice{Mailbox: decodeName(c.mailbox(name)), Tree: true})
		return nil
	}
	c.emit("* LIST ", mailboxAttrs(attrs), " ", delim, " ", quote(c.mailbox(name)), extended)
	return nil
}

// mailboxAttrs writes attributes; those that are no flags are left out.
func mailboxAttrs(v value) string {
	var attrs []string
	for _, a := range v.list {
		name := strings.TrimPrefix(string(a.s), `\`)
		if (a.form == isAtom || a.form == isString) && cleanAtom([]byte(name)) {
			attrs = append(attrs, `\`+name)
		}
	}
	return "(" + strings.Join(attrs, " ") + ")"
}

// delimiter reads the hierarchy delimiter: NIL or one quoted character. Some
// servers send it bare, an empty string for NIL, or the backslash unescaped.
func (c *Conn) delimiter(p *parser) (string, error) {
	p.skipSpace()
	if bytes.HasPrefix(p.text[p.pos:], []byte(`"\" `)) {
		p.pos += len(`"\"`)
		return `"\\"`, nil
	}
	v, err := p.value()
	if err != nil {
		return "", err
	}
	return delimiterOf(v), nil
}

func delimiterOf(v value) string {
	if r, n := utf8.DecodeRune(v.s); n == 0 || n != len(v.s) || r < ' ' || r == utf8.RuneError {
		return "NIL"
	}
	return quote(string(v.s))
}

// listName reads the name of a mailbox. One that is neither quoted nor a
// literal goes on, spaces and all, to where a list begins, if end finds one.
func (c *Conn) listName(p *parser, end func(rest []byte) int) (string, error) {
	if first := p.peek(); first == '"' || first == '{' {
		v, err := p.value()
		if v.form == isString || err != nil {
			return string(v.s), err
		}
		p.pos -= len(v.s)
	}
	rest := p.text[p.pos:]
	if i := end(rest); i >= 0 {
		rest = rest[:i]
	}
	p.pos += len(rest)
	return string(bytes.TrimSpace(rest)), nil
}

// beforeExtended finds the extended data of a LIST response.
func beforeExtended(rest []byte) int {
	upper := bytes.ToUpper(rest)
	for _, list := range []string{` ("`, " (CHILDINFO ", " (OLDNAME "} {
		if i := bytes.Index(upper, []byte(list)); i >= 0 {
			return i
		}
	}
	return -1
}

// childInfo keeps the one item of LIST's extended data that is of use to us
// (RFC 5258 3.5).
func (c *Conn) childInfo(p *parser) (string, error) {
	if p.peek() != '(' {
		return "", p.skipRest()
	}
	v, err := p.value()
	if err != nil {
		return "", err
	}
	for i := 0; i+1 < len(v.list); i += 2 {
		if !bytes.EqualFold(v.list[i].s, []byte("CHILDINFO")) {
			continue
		}
		options := v.list[i+1].list
		if slices.ContainsFunc(options, func(o value) bool { return bytes.EqualFold(o.s, []byte("SUBSCRIBED")) }) {
			return ` ("CHILDINFO" ("SUBSCRIBED"))`, nil
		}
	}
	return "", nil
}

// quote writes a quoted string.
func quote(s string) string { return string(appendString(nil, []byte(s))) }
