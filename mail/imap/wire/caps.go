package wire

import (
	"slices"
	"strings"
)

// Caps are a server's capabilities, upper case, in its order.
type Caps []string

// Has reports whether the server announced name.
func (c Caps) Has(name string) bool { return slices.Contains(c, strings.ToUpper(name)) }

// Caps are the capabilities the server announced last; none before Greet. Those
// from before TLS and before the sign-in do not count after it.
func (c *Conn) Caps() Caps {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.caps)
}

func (c *Conn) setCaps(caps Caps) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.caps = caps
}

// parseCaps reads capabilities with whatever spaces between them; words that
// are no atoms are left out.
func parseCaps(s string) Caps {
	caps := Caps{}
	for _, word := range strings.Fields(s) {
		if word = strings.ToUpper(word); cleanAtom([]byte(word)) && len(caps) < 500 {
			caps = append(caps, word)
		}
	}
	return caps
}

// visible are the capabilities that go-imap is told of. It takes IMAP4rev2 for
// switched on as soon as it is announced, and would send names in UTF-8 to
// servers that still expect IMAP4rev1's (RFC 9051 6.3.1 wants ENABLE first).
func visible(caps Caps) []string {
	if !caps.Has("IMAP4REV1") {
		return caps
	}
	return slices.DeleteFunc(slices.Clone(caps), func(name string) bool { return name == "IMAP4REV2" })
}

func (c *Conn) repairCapability(p *parser) error {
	caps := parseCaps(string(p.rest()))
	c.setCaps(caps)
	c.emit(strings.Join(append([]string{"* CAPABILITY"}, visible(caps)...), " "))
	return nil
}

func (c *Conn) repairEnabled(p *parser) error {
	names := parseCaps(string(p.rest()))
	c.addEnabled(names)
	c.emit(strings.Join(append([]string{"* ENABLED"}, names...), " "))
	return nil
}
