package pop3

import (
	"bytes"
	"strings"
)

// status is the first line of a response (RFC 1939 3, RFC 2449 8).
type status struct {
	ok   bool
	code string // response code, upper case: "SYS/TEMP"; "" without one
	text []byte // the rest, valid until the next read
}

// status reads the first line of a response.
func (c *Client) status() (status, error) {
	line, err := c.buf.line()
	if err != nil {
		return status{}, err
	}
	c.log.server(line)
	return parseStatus(line)
}

func parseStatus(line []byte) (status, error) {
	switch {
	case hasPrefixFold(line, "+OK"):
		return status{ok: true, text: bytes.TrimSpace(line[len("+OK"):])}, nil
	case hasPrefixFold(line, "-ERR"):
		text := bytes.TrimSpace(line[len("-ERR"):])
		return status{code: responseCode(text), text: text}, nil
	}
	return status{}, garbled("the server's answer is neither +OK nor -ERR")
}

// responseCode returns the code of an error text such as "[IN-USE] try later".
// Servers send codes without listing RESP-CODES, so that is not asked for.
func responseCode(text []byte) string {
	if len(text) == 0 || text[0] != '[' {
		return ""
	}
	end := bytes.IndexByte(text, ']')
	if end < 0 {
		return ""
	}
	return strings.ToUpper(string(text[1:end]))
}

func hasPrefixFold(line []byte, prefix string) bool {
	return len(line) >= len(prefix) && bytes.EqualFold(line[:len(prefix)], []byte(prefix))
}

// command sends one command and reads the first line of its response. shown is
// the form for the transcript.
func (c *Client) command(line, shown string) (status, error) {
	if err := c.send(line, shown); err != nil {
		return status{}, err
	}
	return c.status()
}

// send sends one line. What is already there then was not asked for, and all
// later answers would be taken for those of other commands.
func (c *Client) send(line, shown string) error {
	if len(c.buf.unread()) > 0 {
		return garbled("the server sent what it was not asked for")
	}
	c.log.client([]byte(shown))
	_, err := c.link.Write([]byte(line + "\r\n"))
	return err
}

// plain runs a command without secrets whose response is one line.
func (c *Client) plain(op, line string) (status, error) {
	s, err := c.command(line, line)
	if err == nil && !s.ok {
		err = c.refusal(op, "", "the server refused", s)
	}
	return s, err
}
