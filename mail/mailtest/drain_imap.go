package mailtest

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/flate"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"
)

// DrainIMAP asks for all mail of a user with the fewest commands and throws
// the answers away unparsed: what no client can do faster.
func DrainIMAP(ctx context.Context, addr, user, password string, opts DrainOptions) (Drained, error) {
	start := time.Now()
	d := &imapDrain{addr: addr, user: user, password: password, opts: opts}
	c, closeConn, err := d.connect(ctx)
	if err != nil {
		return Drained{}, err
	}
	defer closeConn()
	mailboxes, err := c.mailboxes()
	if err != nil {
		return Drained{}, err
	}
	d.queue = make(chan string, len(mailboxes))
	for _, m := range mailboxes {
		d.queue <- m
	}
	close(d.queue)

	var others sync.WaitGroup
	for range max(1, opts.Conns) - 1 {
		others.Go(func() { d.join(ctx) })
	}
	d.finish(c, c.drain(d.queue, cmp.Or(opts.Items, FullItems)))
	others.Wait()
	d.total.Duration = time.Since(start)
	return d.total, d.err
}

// imapDrain is what several connections share.
type imapDrain struct {
	addr, user, password string
	opts                 DrainOptions
	queue                chan string // mailboxes to drain

	mu    sync.Mutex
	total Drained
	err   error
}

// join drains mailboxes by a connection of its own.
func (d *imapDrain) join(ctx context.Context) {
	c, closeConn, err := d.connect(ctx)
	if err != nil {
		d.finish(&drainConn{}, err)
		return
	}
	defer closeConn()
	d.finish(c, c.drain(d.queue, cmp.Or(d.opts.Items, FullItems)))
}

// finish adds what a connection saw.
func (d *imapDrain) finish(c *drainConn, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.total.Messages += c.seen.Messages
	d.total.Content += c.seen.Content
	d.total.Wire += c.seen.Wire
	d.err = errors.Join(d.err, err)
}

// connect signs in.
func (d *imapDrain) connect(ctx context.Context) (*drainConn, func(), error) {
	c, closeConn, err := dialDrain(ctx, d.addr, d.opts)
	if err != nil {
		return nil, nil, err
	}
	if err := d.signIn(c); err != nil {
		closeConn()
		return nil, nil, err
	}
	return c, closeConn, nil
}

func (d *imapDrain) signIn(c *drainConn) error {
	if _, err := c.line(); err != nil {
		return err
	}
	if d.opts.StartTLS {
		if err := c.imap(nil, "STARTTLS"); err != nil {
			return err
		}
		c.use(tls.Client(c.Conn, d.opts.TLS))
	}
	if err := c.imap(nil, "LOGIN %q %q", d.user, d.password); err != nil {
		return err
	}
	if !d.opts.Compress {
		return nil
	}
	if err := c.imap(nil, "COMPRESS DEFLATE"); err != nil {
		return err
	}
	return c.deflate()
}

func (c *drainConn) deflate() error {
	w, err := flate.NewWriter(c.Conn, flate.BestSpeed)
	if err != nil {
		return err
	}
	c.w = w
	c.r = bufio.NewReaderSize(flate.NewReader(bufio.NewReaderSize(c.Conn, 64<<10)), 256<<10)
	return nil
}

// mailboxes lists the names of all that hold messages, as the server writes
// them.
func (c *drainConn) mailboxes() (names []string, err error) {
	err = c.imap(func(line []byte) {
		// * LIST (\HasNoChildren) "/" NAME
		head, name, ok := strings.Cut(string(line), `) "`)
		_, name, found := strings.Cut(name, `" `)
		if ok && found && strings.HasPrefix(head, "* LIST") && !strings.Contains(head, `\Noselect`) {
			names = append(names, name)
		}
	}, `LIST "" *`)
	return names, err
}

func (c *drainConn) drain(mailboxes <-chan string, items string) error {
	for m := range mailboxes {
		if err := c.drainMailbox(m, items); err != nil {
			return fmt.Errorf("%s: %w", m, err)
		}
	}
	return nil
}

func (c *drainConn) drainMailbox(name, items string) error {
	exists := 0
	err := c.imap(func(line []byte) {
		if n, ok := bytes.CutSuffix(line, []byte(" EXISTS")); ok {
			exists, _ = strconv.Atoi(string(bytes.TrimPrefix(n, []byte("* "))))
		}
	}, "EXAMINE %s", name)
	if err != nil || exists == 0 {
		return err
	}
	return c.imap(func(line []byte) {
		if bytes.Contains(line[:min(len(line), 30)], []byte(" FETCH ")) {
			c.seen.Messages++
		}
	}, "UID FETCH 1:* (%s)", items)
}

// imap sends a command and reads up to its answer, skipping literals; each is
// called with the beginning of every response.
func (c *drainConn) imap(each func(line []byte), format string, args ...any) error {
	c.tags++
	tag := fmt.Sprintf("a%d ", c.tags)
	if _, err := fmt.Fprintf(c.w, tag+format+"\r\n", args...); err != nil {
		return err
	}
	if w, ok := c.w.(*flate.Writer); ok {
		if err := w.Flush(); err != nil {
			return err
		}
	}
	for {
		line, err := c.line()
		if err != nil {
			return err
		}
		if answer, ok := bytes.CutPrefix(line, []byte(tag)); ok {
			return notOK(answer, "OK")
		}
		if each != nil {
			each(line)
		}
		if err := c.skipLiterals(line); err != nil {
			return err
		}
	}
}

// skipLiterals skips the literal that a line ends with (RFC 9051 4.3), and
// those of the lines that go on after one.
func (c *drainConn) skipLiterals(line []byte) error {
	for {
		i := bytes.LastIndexByte(line, '{')
		if i < 0 || !bytes.HasSuffix(line, []byte("}")) {
			return nil
		}
		n, err := strconv.Atoi(string(line[i+1 : len(line)-1]))
		if err != nil {
			return nil // a brace in a text
		}
		if err := c.skip(n); err != nil {
			return err
		}
		if line, err = c.line(); err != nil {
			return err
		}
	}
}

// notOK makes an error of an answer that does not begin as it should.
func notOK(answer []byte, ok string) error {
	if bytes.HasPrefix(answer, []byte(ok)) {
		return nil
	}
	return fmt.Errorf("the server says %q", answer)
}
