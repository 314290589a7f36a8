package pop3

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxCaps is how many lines of CAPA are looked at.
const maxCaps = 256

// Caps is what the server says it can do (RFC 2449 6), in the state the session
// is in: servers answer differently before TLS, before and after signing in.
type Caps struct {
	// Known is false for a server without CAPA. It may still have any of the
	// optional commands of RFC 1939: UIDL, TOP and USER.
	Known bool

	STLS, User, TOP, UIDL, Pipelining, UTF8 bool

	// SASL are the mechanisms of AUTH, upper case.
	SASL []string

	// LoginDelay is the least time between two sessions (RFC 2449 6.5); 0 where
	// the server names none.
	LoginDelay time.Duration

	// Expire is when the server removes messages by itself.
	Expire Expire

	// Lines are all lines, as they came but without control characters.
	Lines []string
}

// Expire is a server's retention policy (RFC 2449 6.7); zero where it has not
// announced any.
type Expire struct {
	Announced bool
	Never     bool
	Days      int  // 0: messages may go with the session that has fetched them
	PerUser   bool // Days may be another after signing in
}

// Mechanism reports whether the server lists the SASL mechanism.
func (c Caps) Mechanism(name string) bool {
	return slices.Contains(c.SASL, strings.ToUpper(name))
}

// Caps asks the server what it can do. The answer is kept until TLS or signing
// in makes it void.
func (c *Client) Caps(ctx context.Context) (Caps, error) {
	if c.caps == nil {
		if err := c.do(ctx, "ask for capabilities", c.capa); err != nil {
			return Caps{}, err
		}
	}
	return *c.caps, nil
}

func (c *Client) capa() error {
	s, err := c.command("CAPA", "CAPA")
	if err != nil {
		return err
	}
	caps := Caps{Known: s.ok}
	if s.ok {
		err = c.eachLine(func(line []byte, _ error) error {
			c.log.server(line)
			caps.add(strings.Map(printable, strings.ToValidUTF8(string(line), "�")))
			return nil
		})
	}
	if err == nil {
		c.caps = &caps
	}
	return err
}

func (c *Caps) add(line string) {
	words := strings.Fields(strings.ToUpper(line))
	if len(words) == 0 || len(c.Lines) >= maxCaps {
		return
	}
	c.Lines = append(c.Lines, line)
	switch words[0] {
	case "STLS":
		c.STLS = true
	case "USER":
		c.User = true
	case "TOP":
		c.TOP = true
	case "UIDL":
		c.UIDL = true
	case "PIPELINING":
		c.Pipelining = true
	case "UTF8":
		c.UTF8 = true
	case "SASL":
		c.SASL = append(c.SASL, words[1:]...)
	case "LOGIN-DELAY":
		c.LoginDelay = loginDelay(words[1:])
	case "EXPIRE":
		c.Expire = expire(words[1:])
	}
}

func loginDelay(args []string) time.Duration {
	if len(args) == 0 {
		return 0
	}
	seconds, err := strconv.ParseUint(args[0], 10, 31)
	if err != nil {
		return 0
	}
	return time.Duration(seconds) * time.Second
}

func expire(args []string) Expire {
	if len(args) == 0 {
		return Expire{}
	}
	e := Expire{Announced: true, PerUser: len(args) > 1 && args[1] == "USER"}
	if args[0] == "NEVER" {
		e.Never = true
		return e
	}
	days, err := strconv.ParseUint(args[0], 10, 31)
	if err != nil {
		return Expire{}
	}
	e.Days = int(days)
	return e
}
