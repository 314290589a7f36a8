package smtp

import (
	"context"
	"io"
	"strconv"
	"strings"
	"time"

	"postrider/mail"
)

// Envelope says from whom and to whom a message goes, and what it needs.
type Envelope struct {
	From     string
	To       []string
	Size     int64  // octets; 0: not known
	EightBit bool   // the message has 8-bit bytes (RFC 6152)
	UTF8     bool   // its header or an address has (RFC 6531)
	Notify   bool   // ask for a notice of the delivery (RFC 3461)
	ID       string // with Notify: what the notice calls the message
}

// Result is how a message was taken.
type Result struct {
	Refused []error // one a recipient, in order; nil: accepted at RCPT. nil if it did not come so far
	Unknown bool    // the end of the message may have left, and no answer came
	Err     error   // why nobody got it, or nobody knows; nil: the accepted recipients' is the server's matter now
	Reply   Reply   // the server's answer to the message
}

// Accepted reports whether the server has taken the message for somebody.
func (r *Result) Accepted() bool { return r.Err == nil && !r.Unknown }

const opSend = "send the message"

// Send sends one message. write writes it, with CRLF line ends; last is asked
// right before its end goes out, and an error of last, or of write, ends the
// connection without that end: the server then has no message.
//
// An error of the connection before that point, and any refusal, is in
// Result.Err, and the message was not taken.
func (c *Client) Send(ctx context.Context, env Envelope, write func(io.Writer) error, last func() error) (res Result) {
	t := &transaction{c: c, env: env, write: write, last: last, res: &res}
	err := c.do(ctx, opSend, t.run)
	if err != nil {
		res.Err = err
	}
	return res
}

// transaction is one message on its way.
type transaction struct {
	c     *Client
	env   Envelope
	write func(io.Writer) error
	last  func() error
	res   *Result

	begun bool // MAIL was answered well
}

func (t *transaction) run() error {
	if err := t.may(); err != nil {
		return err
	}
	if err := t.open(); err != nil {
		t.reset()
		return err
	}
	accepted := 0
	var why error
	for _, err := range t.res.Refused {
		if err == nil {
			accepted++
		} else if why == nil {
			why = err
		}
	}
	if accepted == 0 {
		t.reset()
		return why
	}
	err := t.body()
	if err != nil && !t.res.Unknown {
		t.reset()
	}
	return err
}

// may says before anything is uploaded what the server cannot take.
func (t *transaction) may() error {
	c := t.c
	switch {
	case c.caps.Size > 0 && t.env.Size > c.caps.Size:
		return &mail.Error{Kind: mail.KindRefused, Message: "The message has " + megabytes(t.env.Size) + ", and the outgoing server takes at most " + megabytes(c.caps.Size) + "."}
	case t.env.UTF8 && !c.has("SMTPUTF8"):
		return &mail.Error{Kind: mail.KindRefused, Message: "The outgoing server does not take addresses with letters that are not ASCII before the @."}
	case t.env.EightBit && !c.has("8BITMIME"):
		return &mail.Error{Kind: mail.KindRefused, Message: "The outgoing server takes no 8-bit text, and the message has some in a part that cannot be changed."}
	}
	return nil
}

func megabytes(n int64) string {
	if n < 1e6 {
		return strconv.FormatInt((n+999)/1000, 10) + " kB"
	}
	return strconv.FormatFloat(float64(n)/1e6, 'f', 1, 64) + " MB"
}

// window is how many commands go out before their answers are read: few enough
// that neither side blocks with its buffers full (RFC 2920 3.1).
const window = 50

// open says MAIL and RCPT.
func (t *transaction) open() error {
	c := t.c
	lines := []string{t.mailLine()}
	for _, to := range t.env.To {
		lines = append(lines, t.rcptLine(to))
	}
	step := 1
	if c.has("PIPELINING") {
		step = window
	}
	for len(lines) > 0 {
		batch := lines[:min(step, len(lines))]
		for _, line := range batch {
			if err := c.queue(line, line); err != nil {
				return err
			}
		}
		if err := c.flush(); err != nil {
			return t.lastWords(err)
		}
		if err := t.answers(len(batch)); err != nil {
			return err
		}
		lines = lines[len(batch):]
	}
	return nil
}

// answers reads n of them. Where MAIL was refused, those to RCPT count for
// nothing.
func (t *transaction) answers(n int) error {
	var refused error
	for range n {
		r, err := t.c.reply()
		switch {
		case err != nil:
			return err
		case r.Code == 421: // it hangs up; for what else it says, nobody waits
			return t.c.refusal(opSend, r)
		case refused != nil:
		case !t.begun && r.Positive():
			t.begun = true
		case !t.begun:
			refused = t.c.refusal(opSend, r)
		default:
			t.res.Refused = append(t.res.Refused, t.recipient(r))
		}
	}
	return refused
}

// recipient is nil for one that was accepted.
func (t *transaction) recipient(r Reply) error {
	if r.Positive() {
		return nil
	}
	e := t.c.refusal(opSend, r)
	if r.Code == 552 { // RFC 5321 4.5.3.1.10: too many at a time, not too large
		e.Kind = mail.KindBusy
	}
	return e
}

func (t *transaction) mailLine() string {
	var b strings.Builder
	b.WriteString("MAIL FROM:<" + t.env.From + ">")
	if t.env.EightBit {
		b.WriteString(" BODY=8BITMIME")
	}
	if t.env.UTF8 {
		b.WriteString(" SMTPUTF8")
	}
	if t.c.has("SIZE") && t.env.Size > 0 {
		b.WriteString(" SIZE=" + strconv.FormatInt(t.env.Size, 10))
	}
	if t.env.Notify && t.c.has("DSN") {
		b.WriteString(" RET=HDRS")
		if t.env.ID != "" {
			b.WriteString(" ENVID=" + xtext(t.env.ID))
		}
	}
	return b.String()
}

func (t *transaction) rcptLine(to string) string {
	line := "RCPT TO:<" + to + ">"
	if t.env.Notify && t.c.has("DSN") {
		line += " NOTIFY=SUCCESS,FAILURE,DELAY"
	}
	return line
}

// xtext is RFC 3461 4's encoding.
func xtext(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c > ' ' && c < 0x7f && c != '+' && c != '=' {
			b.WriteByte(c)
		} else {
			b.WriteString("+" + strings.ToUpper(strconv.FormatUint(uint64(c)+0x100, 16)[1:]))
		}
	}
	return b.String()
}

// reset lets the server forget what was begun, if it still listens.
func (t *transaction) reset() {
	if t.c.over != nil {
		return
	}
	if r, err := t.c.command("RSET"); err != nil || r.Code != 250 {
		t.c.Close()
	}
}

// lastWords is why the server hung up, if it said so while we spoke.
func (t *transaction) lastWords(err error) error {
	t.c.over = err
	t.c.conn.SetReadDeadline(time.Now().Add(2 * time.Second))
	if r, rerr := readReply(t.c.in, t.c.log.server); rerr == nil && !r.Positive() && r.Code/100 != 3 {
		return t.c.refusal(opSend, r)
	}
	return err
}
