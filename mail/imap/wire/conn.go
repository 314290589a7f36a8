package wire

import (
	"context"
	"io"
	"net"
	"sync"
	"time"

	"postrider/mail"
)

// Options say how a Conn behaves. The functions are called on the goroutine
// that reads (go-imap's own), before the client sees the end of the response
// they are about; they must not call the client.
type Options struct {
	// Secure says that the conn needs no STARTTLS: it is TLS already, or the
	// person accepted clear text for this server. Otherwise Login refuses until
	// StartTLS has succeeded.
	Secure bool

	// Timeout is how long the server may stay silent while it owes an answer;
	// 0 is 60 seconds. Idle is the same for IDLE; 0 is 29 minutes, the longest
	// that RFC 2177 allows.
	Timeout, Idle time.Duration

	// MaxLiteral is the longest literal accepted, in octets; 0 is 1 GiB.
	MaxLiteral int64

	// Transcript gets both sides of the conversation, a line each, without
	// secrets; message bodies only if TranscriptBodies is set.
	Transcript       io.Writer
	TranscriptBodies bool

	OnVanished func(earlier bool, uids []mail.UIDRange) // RFC 7162 3.2.10
	OnExtra    func(Extra)                              // FETCH items that go-imap lacks
	OnCode     func(Code)                               // every response code, known or not
	OnNotify   func(Notice)                             // what nobody asked about
	OnUnknown  func(line string)                        // what was left out, cleaned and cut short
}

const (
	defaultTimeout    = 60 * time.Second
	defaultIdle       = 29 * time.Minute
	defaultMaxLiteral = 1 << 30
)

func (o *Options) fill() {
	if o.Timeout == 0 {
		o.Timeout = defaultTimeout
	}
	if o.Idle == 0 {
		o.Idle = defaultIdle
	}
	if o.MaxLiteral == 0 {
		o.MaxLiteral = defaultMaxLiteral
	}
}

// Conn is a server's connection, made fit for go-imap. See the package doc.
type Conn struct {
	opts   Options
	script *transcript

	net    net.Conn  // the transport: clear, then TLS
	w      io.Writer // net, or the deflater above it
	src    *source
	parser parser

	greeted  bool // the greeting was read
	handed   bool // go-imap has got one of ours
	preauth  bool
	signedIn bool
	secure   bool
	tags     int // of our own commands

	// What the reader still has to hand over: out, then literal octets from src.
	out     []byte
	outPos  int
	literal int64
	fetch   *fetch // a FETCH response that goes on after the literal
	junk    int    // lines without meaning in a row

	items, scratch []byte // buffers for FETCH items

	outgoing outgoing

	mu       sync.Mutex // guards what follows, and the read deadline
	caps     Caps
	enabled  []string
	owing    bool // the server owes a greeting, or an answer to a command of ours
	commands []*command
	rewrites map[string]func(string) string
	names    aliases
	flags    aliases
	stats    Stats
	heard    bool // the server spoke since we did
	bye      string
	err      *mail.Error
}

// New makes a Conn of a connection that nothing was read from yet. It does no
// I/O and starts no goroutine.
func New(conn net.Conn, opts Options) *Conn {
	opts.fill()
	c := &Conn{opts: opts, net: conn, w: conn, secure: opts.Secure, owing: true}
	c.script = newTranscript(opts.Transcript, opts.TranscriptBodies)
	c.outgoing.conn = c
	c.attach(conn)
	return c
}

// attach makes r what the server says from now on. Everything that was read
// ahead from before is gone.
func (c *Conn) attach(r io.Reader) {
	c.src = &source{r: r, before: c.armRead, after: c.countIn, script: c.script}
	c.parser = parser{src: c.src, max: c.opts.MaxLiteral}
}

// Read implements net.Conn for go-imap. After the end of the connection it does
// nothing but return the reason.
func (c *Conn) Read(p []byte) (int, error) {
	for {
		if err := c.Err(); err != nil {
			return 0, err
		}
		if c.outPos < len(c.out) {
			return c.readOut(p), nil
		}
		if c.literal > 0 {
			return c.readLiteral(p)
		}
		if err := c.next(); err != nil {
			return 0, c.broken(err)
		}
	}
}

// keepOut is the largest buffer kept for the next response.
const keepOut = 64 << 10

func (c *Conn) readOut(p []byte) int {
	n := copy(p, c.out[c.outPos:])
	c.outPos += n
	if c.outPos == len(c.out) {
		c.outPos = 0
		if c.out = c.out[:0]; cap(c.out) > keepOut {
			c.out = nil
		}
	}
	return n
}

// readLiteral passes octets of a literal on as they are. An end of the stream
// is an error here, never io.EOF: go-imap would take that for the end of the
// literal, and half a message for a whole one.
func (c *Conn) readLiteral(p []byte) (int, error) {
	if int64(len(p)) > c.literal {
		p = p[:c.literal]
	}
	n, err := c.src.Read(p)
	c.literal -= int64(n)
	c.script.body(p[:n])
	if err != nil {
		return n, c.broken(err)
	}
	return n, nil
}

// next turns the server's next response, or a part of it, into output.
func (c *Conn) next() error {
	switch {
	case c.fetch != nil:
		return c.resumeFetch()
	case !c.greeted:
		_, err := c.Greet(context.Background())
		return err
	case !c.handed:
		c.handed = true
		c.handOver()
		return nil
	}
	return c.response()
}

// Close closes the connection. Reads and writes that wait end at once.
func (c *Conn) Close() error {
	c.fail(&mail.Error{Kind: mail.KindCanceled, Message: "The connection was closed.", Err: net.ErrClosed})
	return nil
}

// Bind ends the connection when ctx ends, until release is called.
func (c *Conn) Bind(ctx context.Context) (release func()) {
	stop := context.AfterFunc(ctx, func() { c.fail(endOf(ctx)) })
	return func() { stop() }
}

// LocalAddr and RemoteAddr are those of the transport.
func (c *Conn) LocalAddr() net.Addr  { return c.net.LocalAddr() }
func (c *Conn) RemoteAddr() net.Addr { return c.net.RemoteAddr() }

// SetDeadline, SetReadDeadline and SetWriteDeadline do nothing: how long to
// wait is decided by what the server owes (see Options.Timeout), not by the
// client's fixed times.
func (c *Conn) SetDeadline(time.Time) error      { return nil }
func (c *Conn) SetReadDeadline(time.Time) error  { return nil }
func (c *Conn) SetWriteDeadline(time.Time) error { return nil }
