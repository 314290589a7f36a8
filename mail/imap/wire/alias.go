package wire

import (
	"strings"
)

const maxAliases = 100_000

// aliases remember what a server really calls what go-imap knows by a repaired
// name, so that a command reaches the thing its answer named. The zero value
// is ready; it is guarded by Conn.mu.
type aliases struct {
	raw     map[string]string // repaired name → the server's
	changed bool              // some repaired name is not the server's own
}

// learn notes that the server calls name raw.
func (a *aliases) learn(name, raw string) {
	if a.raw == nil {
		a.raw = map[string]string{}
	}
	if len(a.raw) == maxAliases {
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

// mailboxVerbs are the commands whose quoted arguments are mailbox names.
var mailboxVerbs = map[string]bool{
	"SELECT": true, "EXAMINE": true, "CREATE": true, "DELETE": true, "RENAME": true, "SUBSCRIBE": true,
	"UNSUBSCRIBE": true, "LIST": true, "LSUB": true, "STATUS": true, "APPEND": true, "COPY": true,
	"UID COPY": true, "MOVE": true, "UID MOVE": true, "GETQUOTAROOT": true,
}

// flagVerbs are the commands whose atoms may be keywords.
var flagVerbs = map[string]bool{
	"STORE": true, "UID STORE": true, "APPEND": true, "SEARCH": true, "UID SEARCH": true,
}

// unalias puts the server's own names into a command line.
func (c *Conn) unalias(verb, line string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if mailboxVerbs[verb] && (c.names.changed || c.utf8()) {
		line = mapQuoted(line, c.serverName)
	}
	if flagVerbs[verb] && c.flags.changed {
		line = mapAtoms(line, func(atom string) string {
			if raw, ok := c.flags.takenBy(atom); ok {
				return raw
			}
			return atom
		})
	}
	return line
}

// serverName is the quoted string a server expects for a quoted name of
// go-imap's. A name with line ends or NUL in it cannot be quoted.
func (c *Conn) serverName(name string) string {
	raw, ok := c.names.takenBy(name)
	switch {
	case ok && !strings.ContainsAny(raw, "\r\n\x00"):
		return raw
	case c.utf8():
		return strings.ReplaceAll(name, "&-", "&")
	}
	return name
}

// mapQuoted replaces the contents of the quoted strings of a command line.
func mapQuoted(line string, replace func(string) string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(line, `"`)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		p := parser{text: []byte(`"` + after)}
		s, err := p.shortQuoted(1)
		if err != nil {
			return b.String() + `"` + after
		}
		b.WriteByte('"')
		b.WriteString(escape(replace(string(s))))
		b.WriteByte('"')
		line = after[p.pos-1:]
	}
}

// mapAtoms replaces the atoms of a command line, outside quotes.
func mapAtoms(line string, replace func(string) string) string {
	var b strings.Builder
	for line != "" {
		end := strings.IndexAny(line, ` ()"`)
		if end < 0 {
			return b.String() + replace(line)
		}
		if end > 0 {
			b.WriteString(replace(line[:end]))
		}
		skip := 1
		if line[end] == '"' {
			p := parser{text: []byte(line[end:])}
			if _, err := p.shortQuoted(1); err != nil {
				return b.String() + line[end:]
			}
			skip = p.pos
		}
		b.WriteString(line[end : end+skip])
		line = line[end+skip:]
	}
	return b.String()
}

func escape(s string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s)
}
