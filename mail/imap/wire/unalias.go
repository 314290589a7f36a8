package wire

import "strings"

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
