package mailtest

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"time"
)

// Drained is what a drain saw.
type Drained struct {
	Messages int
	Content  int64 // bytes of the messages themselves
	Wire     int64 // bytes of the whole conversation, after TLS and decompression
	Duration time.Duration
}

// DrainOptions change how to drain; the zero value fetches whole messages
// over one clear connection.
type DrainOptions struct {
	TLS      *tls.Config // use TLS, from the start unless StartTLS is set
	StartTLS bool
	Compress bool   // IMAP: COMPRESS=DEFLATE (RFC 4978)
	Conns    int    // IMAP: connections side by side, a mailbox each at a time; default 1
	Items    string // IMAP: what to fetch; default FullItems
	Depth    int    // POP3: commands under way; default 200
}

// What to fetch from IMAP.
const (
	FullItems  = "UID FLAGS BODY.PEEK[]"
	LightItems = "UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE BODY.PEEK[HEADER.FIELDS (REFERENCES)]"
	FlagItems  = "UID FLAGS"
)

// drainConn is a connection that reads lines and counts them.
type drainConn struct {
	net.Conn
	r    *bufio.Reader
	w    io.Writer
	seen Drained
	tags int
}

// dialDrain connects; the connection ends with ctx.
func dialDrain(ctx context.Context, addr string, opts DrainOptions) (*drainConn, func(), error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, nil, err
	}
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	c := &drainConn{}
	c.use(conn)
	if opts.TLS != nil && !opts.StartTLS {
		c.use(tls.Client(conn, opts.TLS))
	}
	return c, func() { stop(); conn.Close() }, nil
}

func (c *drainConn) use(conn net.Conn) {
	c.Conn, c.r, c.w = conn, bufio.NewReaderSize(conn, 256<<10), conn
}

var errLongLine = errors.New("line of more than 256 kB")

// line reads one line, which holds until the next call.
func (c *drainConn) line() ([]byte, error) {
	b, err := c.r.ReadSlice('\n')
	c.seen.Wire += int64(len(b))
	if errors.Is(err, bufio.ErrBufferFull) {
		return nil, errLongLine
	}
	return bytes.TrimRight(b, "\r\n"), err
}

// skip reads n bytes of content.
func (c *drainConn) skip(n int) error {
	done, err := c.r.Discard(n)
	c.seen.Wire += int64(done)
	c.seen.Content += int64(done)
	return err
}
