package smtp

import (
	"context"
	"net"
	"strconv"
	"strings"

	"postrider/mail"
)

// Caps is what a server offers (RFC 5321 4.1.1.1).
type Caps struct {
	ext   map[string]string // by name in upper case
	mechs []string          // of AUTH, upper case
	Size  int64             // the largest message, octets; 0: it does not say
}

// Has reports whether the server offers an extension.
func (c Caps) Has(name string) bool {
	_, ok := c.ext[name]
	return ok
}

// Mechanism reports whether the server offers a way to sign in.
func (c Caps) Mechanism(name string) bool {
	for _, m := range c.mechs {
		if m == name {
			return true
		}
	}
	return false
}

// parseCaps reads what EHLO was answered. Some servers write "AUTH=PLAIN".
func parseCaps(text string) Caps {
	c := Caps{ext: map[string]string{}}
	_, lines, _ := strings.Cut(text, "\n")
	for line := range strings.SplitSeq(lines, "\n") {
		name, params, _ := strings.Cut(strings.TrimSpace(line), " ")
		name = strings.ToUpper(name)
		if mechs, ok := strings.CutPrefix(name, "AUTH="); ok {
			name, params = "AUTH", mechs+" "+params
		}
		if name == "" {
			continue
		}
		c.ext[name] = params
		switch name {
		case "AUTH":
			c.mechs = append(c.mechs, strings.Fields(strings.ToUpper(params))...)
		case "SIZE":
			if n, err := strconv.ParseInt(strings.TrimSpace(params), 10, 64); err == nil && n > 0 {
				c.Size = n
			}
		}
	}
	return c
}

// Caps returns what the server offers.
func (c *Client) Caps() Caps { return c.caps }

// has reports whether an extension is offered and may be used.
func (c *Client) has(name string) bool {
	return c.caps.Has(name) && (c.opts.Uses == nil || c.opts.Uses(name))
}

// hello says EHLO, or HELO to a server that knows no better.
func (c *Client) hello() error {
	c.caps = Caps{}
	r, err := c.command("EHLO " + helloName)
	if err != nil {
		return err
	}
	switch r.Code {
	case 250:
		c.caps = parseCaps(r.Text)
		return nil
	case 500, 501, 502, 504:
		if r, err = c.command("HELO " + helloName); err != nil {
			return err
		}
		if r.Code == 250 {
			return nil
		}
	}
	return c.refusal("say hello", r)
}

// StartTLS encrypts the connection, or fails: there is no way to go on without.
// upgrade puts TLS over the connection (dial.Conn.Upgrade).
func (c *Client) StartTLS(ctx context.Context, upgrade func(context.Context, net.Conn) (net.Conn, error)) error {
	const op = "encrypt the connection"
	return c.do(ctx, op, func() error {
		if !c.caps.Has("STARTTLS") {
			return c.unsafe("The outgoing server offers no encryption. Nothing was sent.", Reply{})
		}
		r, err := c.command("STARTTLS")
		if err != nil {
			return err
		}
		if r.Code != 220 {
			return c.unsafe("The outgoing server refuses to encrypt the connection. Nothing was sent.", r)
		}
		if c.in.Buffered() > 0 { // RFC 3207 4.2: somebody speaks for the server
			return c.unsafe("Somebody put words into the connection before it was encrypted. Nothing was sent.", Reply{})
		}
		secure, err := upgrade(ctx, c.conn)
		if err != nil {
			c.over = err
			return err
		}
		c.attach(secure)
		c.opts.Secure = true
		return c.hello()
	})
}

// unsafe ends the connection. What the server said without encryption is shown
// as no more than that.
func (c *Client) unsafe(message string, r Reply) error {
	e := &mail.Error{Kind: mail.KindUnsafe, Message: message}
	if r.Code != 0 {
		e.Detail = "unprotected, from the network: " + printable(r.String())
	}
	c.over = e
	c.conn.Close()
	return e
}
