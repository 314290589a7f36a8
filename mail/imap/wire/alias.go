package wire

import "strings"

// maxAliases is how much memory names may take, in octets.
const maxAliases = 16 << 20

// aliases remember what a server really calls what go-imap knows by a repaired
// name, so that a command reaches the thing its answer named. The zero value
// is ready; it is guarded by Conn.mu.
type aliases struct {
	raw     map[string]string // repaired name → the server's
	size    int
	changed bool // some repaired name is not the server's own
}

// learn notes that the server calls name raw.
func (a *aliases) learn(name, raw string) {
	if a.raw == nil {
		a.raw = map[string]string{}
	}
	if known, ok := a.raw[name]; ok && known == raw {
		return
	}
	if a.size += len(name) + len(raw); a.size > maxAliases {
		return
	}
	a.raw[name] = raw
	a.changed = a.changed || name != raw
}

// takenBy returns the server's name of the thing known as name.
func (a *aliases) takenBy(name string) (raw string, taken bool) {
	raw, taken = a.raw[name]
	return raw, taken
}

// mailbox is a server's mailbox name as go-imap reads it. Two names that would
// read the same ("R&D" beside "R&-D") stay two: the irregular one gets a mark.
func (c *Conn) mailbox(raw string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	name := c.regular(raw)
	for range 3 {
		if other, taken := c.names.takenBy(name); !taken || other == raw || name == raw {
			break
		}
		name += encodeName("\uFFFD")
	}
	c.names.learn(name, raw)
	return name
}

// regular is a name in the form that go-imap decodes without an error:
// modified UTF-7, or after ENABLE UTF8=ACCEPT UTF-8 in which go-imap still
// escapes ampersands, and the server does not.
func (c *Conn) regular(raw string) string {
	if !c.utf8() {
		return encodeName(decodeName(raw))
	}
	name := text([]byte(raw))
	if strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return encodeName(name)
	}
	return strings.ReplaceAll(name, "&", "&-")
}

func (c *Conn) utf8() bool { return Caps(c.enabled).Has("UTF8=ACCEPT") }
