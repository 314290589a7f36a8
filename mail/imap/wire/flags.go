package wire

import (
	"strings"
	"unicode/utf8"
)

// repairFlags repairs `* FLAGS (...)`.
func (c *Conn) repairFlags(p *parser) error {
	v, err := p.value()
	if err != nil {
		return err
	}
	list, ok := c.flagValues(v)
	if !ok {
		return errSyntax
	}
	c.emit("* FLAGS ", string(list))
	return nil
}

// flagList repairs a list of flags that is all of text.
func (c *Conn) flagList(text []byte) ([]byte, bool) {
	p := parser{text: text}
	v, err := p.value()
	if err != nil {
		return nil, false
	}
	return c.flagValues(v)
}

// flagValues writes flags as go-imap reads them. NIL is an empty list, a single
// flag a list of one; quotes around flags are taken off.
func (c *Conn) flagValues(v value) ([]byte, bool) {
	flags := v.list
	switch v.form {
	case isAtom:
		flags = []value{v}
	case isString:
		return nil, false
	}
	out := []byte{'('}
	for _, f := range flags {
		flag := c.flag(f)
		if flag == "" {
			continue
		}
		if len(out) > 1 {
			out = append(out, ' ')
		}
		out = append(out, flag...)
	}
	return append(out, ')'), true
}

// flag is one flag as go-imap reads it: `\Name`, `\*` or an atom. A keyword
// that is no atom is given the name that FlagAtom makes of it, and keeps its
// own on the way to the server.
func (c *Conn) flag(v value) string {
	if v.form != isAtom && v.form != isString {
		return ""
	}
	raw := string(v.s)
	name, system := strings.CutPrefix(raw, `\`)
	switch {
	case raw == `\*`, cleanAtom([]byte(name)):
		return raw
	case system, name == "", len(name) > 1000:
		return ""
	}
	atom := FlagAtom(text(v.s))
	c.mu.Lock()
	defer c.mu.Unlock()
	c.flags.learn(atom, raw)
	return atom
}

// FlagName is what people call the keyword: "Важно" for &BBIEMAQ2BD0EPg-. Mail
// programs write keywords in modified UTF-7, and this package those that
// go-imap cannot read. Any other keyword is its own name.
func FlagName(keyword string) string {
	if strings.IndexByte(keyword, '&') < 0 {
		return keyword
	}
	if name := decodeName(keyword); FlagAtom(name) == keyword {
		return name
	}
	return keyword
}

// FlagAtom is the keyword for what people call it: FlagName's inverse.
func FlagAtom(name string) string {
	if asciiAtom(name) {
		return name
	}
	return encodeWith(name, func(r rune) bool { return r < utf8.RuneSelf && atomChar(byte(r)) })
}

func asciiAtom(s string) bool {
	for _, r := range s {
		if r >= utf8.RuneSelf || !atomChar(byte(r)) {
			return false
		}
	}
	return s != ""
}

// text is what a server's octets say: UTF-8, or else Latin-1, which maps every
// octet to something.
func text(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	runes := make([]rune, len(b))
	for i, ch := range b {
		runes[i] = rune(ch)
	}
	return string(runes)
}
