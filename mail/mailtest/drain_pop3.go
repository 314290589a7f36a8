package mailtest

import (
	"bufio"
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// DrainPOP3 retrieves all mail of a user, with many commands under way at
// once, and throws it away: what no client can do faster.
func DrainPOP3(ctx context.Context, addr, user, password string, opts DrainOptions) (Drained, error) {
	start := time.Now()
	c, closeConn, err := dialDrain(ctx, addr, opts)
	if err != nil {
		return Drained{}, err
	}
	defer closeConn()
	n, err := c.openMaildrop(user, password, opts)
	if err == nil {
		err = c.retrieve(n, cmp.Or(opts.Depth, 200))
	}
	if err == nil {
		_, err = c.pop("QUIT")
	}
	c.seen.Duration = time.Since(start)
	return c.seen, err
}

// openMaildrop signs in and returns the number of messages.
func (c *drainConn) openMaildrop(user, password string, opts DrainOptions) (int, error) {
	if err := c.popAnswer(); err != nil {
		return 0, err
	}
	if opts.StartTLS {
		if _, err := c.pop("STLS"); err != nil {
			return 0, err
		}
		c.use(tls.Client(c.Conn, opts.TLS))
	}
	if _, err := c.pop("USER " + user); err != nil {
		return 0, err
	}
	if _, err := c.pop("PASS " + password); err != nil {
		return 0, err
	}
	stat, err := c.pop("STAT")
	if err != nil {
		return 0, err
	}
	count, _, _ := strings.Cut(strings.TrimPrefix(stat, "+OK "), " ")
	return strconv.Atoi(count)
}

// retrieve reads n messages; a writer runs ahead by at most depth commands.
func (c *drainConn) retrieve(n, depth int) error {
	slots := make(chan struct{}, depth)
	done := make(chan struct{})
	defer close(done)
	go writeRetrievals(c.w, n, slots, done)
	for range n {
		if err := c.popAnswer(); err != nil {
			return err
		}
		if err := c.skipMultiline(); err != nil {
			return err
		}
		c.seen.Messages++
		<-slots
	}
	return nil
}

func writeRetrievals(w io.Writer, n int, slots chan<- struct{}, done <-chan struct{}) {
	b := bufio.NewWriter(w)
	defer b.Flush()
	for i := 1; i <= n; i++ {
		select {
		case slots <- struct{}{}:
		default:
			b.Flush() // nothing more for now: let the server have them
			select {
			case slots <- struct{}{}:
			case <-done:
				return
			}
		}
		fmt.Fprintf(b, "RETR %d\r\n", i)
	}
}

// skipMultiline reads to the line with a dot alone (RFC 1939 3).
func (c *drainConn) skipMultiline() error {
	begins := true
	for {
		b, err := c.r.ReadSlice('\n')
		c.seen.Wire += int64(len(b))
		part := errors.Is(err, bufio.ErrBufferFull)
		if err != nil && !part {
			return err
		}
		if begins && string(b) == ".\r\n" {
			return nil
		}
		c.seen.Content += int64(len(b))
		if begins && b[0] == '.' {
			c.seen.Content-- // stuffed
		}
		begins = !part
	}
}

// pop sends a command and returns the first line of its answer.
func (c *drainConn) pop(command string) (string, error) {
	if _, err := fmt.Fprintf(c.w, "%s\r\n", command); err != nil {
		return "", err
	}
	line, err := c.line()
	if err == nil {
		err = notOK(line, "+OK")
	}
	return string(line), err
}

func (c *drainConn) popAnswer() error {
	line, err := c.line()
	if err != nil {
		return err
	}
	return notOK(line, "+OK")
}
