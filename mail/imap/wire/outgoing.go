package wire

import (
	"bytes"
	"strings"

	"postrider/mail"
)

// command is a command that the server has not answered yet.
type command struct {
	tag, verb string   // verb upper case: "UID FETCH"
	uid       mail.UID // the only one it names, if it names one
	waits     int      // "+" that the client still waits for; -1: any number
	idling    bool     // an IDLE that the server has confirmed
	literal   bool     // the client is about to send a literal
	swallowed bool     // answered before its literal: the rest stays here
	poisoned  bool     // part of its answer made no sense
}

// outgoing reads what the client writes, line by line and literal by literal.
// Only the goroutine that writes uses it.
type outgoing struct {
	conn    *Conn
	line    []byte   // the beginning of a line
	literal int64    // octets of a literal still to come
	cmd     *command // whose line or literal goes on
	send    []byte
}

// Write implements net.Conn for go-imap.
func (c *Conn) Write(p []byte) (int, error) {
	if err := c.Err(); err != nil {
		return 0, err
	}
	o := &c.outgoing
	for rest := p; len(rest) > 0; {
		rest = o.take(rest)
	}
	err := c.transmit(o.send)
	if o.send = o.send[:0]; cap(o.send) > keepOut {
		o.send = nil
	}
	if err != nil {
		return 0, c.broken(err)
	}
	return len(p), nil
}

// take reads a piece of b and returns the rest.
func (o *outgoing) take(b []byte) []byte {
	if o.literal > 0 {
		n := min(int64(len(b)), o.literal)
		o.literal -= n
		o.pass(b[:n])
		return b[n:]
	}
	i := bytes.IndexByte(b, '\n')
	if i < 0 {
		o.line = append(o.line, b...)
		return nil
	}
	o.line = append(o.line, b[:i]...)
	o.command(string(trimCR(o.line)))
	o.line = o.line[:0]
	return b[i+1:]
}

// pass sends octets of a literal, unless the server has refused them already.
func (o *outgoing) pass(b []byte) {
	if o.conn.refused(o.cmd) {
		return
	}
	o.send = append(o.send, b...)
	if o.cmd != nil && o.cmd.verb == "LOGIN" {
		o.conn.script.sent("[secret]")
	} else {
		o.conn.script.upload(b)
	}
}

// command sends one line: a command's first, one after a literal, or one that
// answers a "+".
func (o *outgoing) command(line string) {
	c := o.conn
	cmd := o.cmd
	if cmd == nil {
		cmd, line = c.begin(line)
	}
	n, isLiteral, _ := literalAtEnd([]byte(line), 1<<62)
	o.literal, o.cmd = n, nil
	if isLiteral {
		o.cmd = cmd
		c.awaitLiteral(cmd, !strings.HasSuffix(line, "+}"))
	}
	if c.refused(cmd) {
		return
	}
	c.script.sent(redact(cmd, line))
	o.send = append(append(o.send, line...), "\r\n"...)
}

// begin registers a command, and rewrites its line. It returns the command that
// a line without a tag belongs to: DONE, or an answer in a sign-in.
func (c *Conn) begin(line string) (*command, string) {
	if cmd := c.conversing(line); cmd != nil {
		return cmd, line
	}
	tag, rest, _ := strings.Cut(line, " ")
	verb, args, _ := strings.Cut(rest, " ")
	verb = strings.ToUpper(verb)
	if verb == "UID" {
		var second string
		second, args, _ = strings.Cut(args, " ")
		verb += " " + strings.ToUpper(second)
	}
	line = c.rewrite(verb, c.unalias(verb, line))
	cmd := &command{tag: tag, verb: verb}
	set, _, _ := strings.Cut(args, " ")
	if uid, ok := digits(set); ok && strings.HasPrefix(verb, "UID ") {
		cmd.uid = mail.UID(uid)
	}
	switch verb {
	case "IDLE":
		cmd.waits = 1
	case "AUTHENTICATE":
		cmd.waits = -1
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.commands = append(c.commands, cmd)
	return cmd, line
}

// redact is a line as the transcript shows it.
func redact(cmd *command, line string) string {
	switch {
	case cmd == nil:
		return line
	case cmd.verb == "LOGIN":
		return cmd.tag + " LOGIN [secret]"
	case cmd.verb == "AUTHENTICATE" && !strings.HasPrefix(line, cmd.tag+" "):
		return "[secret]"
	case cmd.verb == "AUTHENTICATE":
		if f := strings.Fields(line); len(f) > 3 {
			return strings.Join(f[:3], " ") + " [secret]"
		}
	}
	return line
}

// transmit writes to the server.
func (c *Conn) transmit(b []byte) error {
	if len(b) == 0 {
		return nil
	}
	c.armWrite(len(b))
	_, err := c.w.Write(b)
	return err
}
