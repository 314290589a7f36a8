package wire

import (
	"fmt"
	"strings"

	"postrider/mail"
)

// RewriteNext has f change the line of the next command with this verb
// ("SELECT", "UID FETCH"), tag and arguments and all but the line end. Call it
// right before the go-imap call that sends the command; a later call for the
// same verb takes its place. Of a command with literals f sees what stands
// before the first; go-imap writes those only for strings of more than 4,096
// octets or with octets that quoting does not carry.
func (c *Conn) RewriteNext(verb string, f func(line string) string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.rewrites == nil {
		c.rewrites = map[string]func(string) string{}
	}
	c.rewrites[strings.ToUpper(verb)] = f
}

func (c *Conn) rewrite(verb, line string) string {
	c.mu.Lock()
	f := c.rewrites[verb]
	delete(c.rewrites, verb)
	c.mu.Unlock()
	if f == nil {
		return line
	}
	return oneLine(f(line), line)
}

// oneLine is changed, unless that would be more than one command.
func oneLine(changed, line string) string {
	if strings.ContainsAny(changed, "\r\n") {
		return line
	}
	return changed
}

// WithQResync asks SELECT for what changed since then (RFC 7162 3.2.5). QRESYNC
// must be enabled.
func WithQResync(validity mail.UIDValidity, since mail.ModSeq) func(string) string {
	return func(line string) string { return fmt.Sprintf("%s (QRESYNC (%d %d))", line, validity, since) }
}

// WithCondstore asks SELECT to report modification sequences (RFC 7162 3.1.8).
func WithCondstore(line string) string { return line + " (CONDSTORE)" }

// WithVanished asks FETCH for what changed since then and for what is gone
// (RFC 7162 3.2.6). QRESYNC must be enabled.
func WithVanished(since mail.ModSeq) func(string) string {
	return func(line string) string { return fmt.Sprintf("%s (CHANGEDSINCE %d VANISHED)", line, since) }
}

// WithItems asks FETCH for more items: X-GM-MSGID, X-GM-LABELS, EMAILID.
func WithItems(names ...string) func(string) string {
	return func(line string) string {
		before, after, found := strings.Cut(line, " (")
		if !found || len(names) == 0 {
			return line
		}
		return before + " (" + strings.Join(names, " ") + " " + after
	}
}
