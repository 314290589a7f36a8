package mailtest

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

const (
	scriptLimit = 30 * time.Second // for a conversation in which both sides wait
	lastWords   = time.Second      // for what the client sent before its test ended
)

// player plays one conversation; tag is the last one that was caught.
type player struct {
	ctx  context.Context // of the test
	conn net.Conn
	r    *bufio.Reader
	tag  string
	skip bool // the last step was "C: ..."
}

func play(ctx context.Context, conn net.Conn, steps []step) error {
	if err := conn.SetDeadline(time.Now().Add(scriptLimit)); err != nil {
		return err
	}
	defer context.AfterFunc(ctx, func() { conn.SetReadDeadline(time.Now().Add(lastWords)) })()
	p := &player{ctx: ctx, conn: conn, r: bufio.NewReader(conn)}
	for _, st := range steps {
		if err := p.step(st); err != nil {
			return fmt.Errorf("line %d: %w", st.number, err)
		}
	}
	return p.end()
}

func (p *player) step(st step) error {
	switch st.verb {
	case sends:
		_, err := io.WriteString(p.conn, strings.ReplaceAll(st.text, tagMark, p.tag))
		return err
	case expects:
		return p.expect(st.text)
	case skips:
		p.skip = true
	case closes:
		return p.end()
	case resets:
		return p.reset()
	case startsTLS:
		return p.startTLS()
	case hangs:
		p.drain()
	}
	return nil
}

// expect reads a line, or several where the script skips some.
func (p *player) expect(pattern string) error {
	skip := p.skip
	p.skip = false
	for {
		line, err := p.r.ReadString('\n')
		if err != nil {
			return fmt.Errorf("got %q and %w, want %q", line, err, pattern)
		}
		text, ok := strings.CutSuffix(line, "\r\n")
		if !ok {
			return fmt.Errorf("got %q, a line without CR", line)
		}
		if tag, ok := fits(pattern, text); ok {
			if tag != "" {
				p.tag = tag
			}
			return nil
		}
		if !skip {
			return fmt.Errorf("got %q, want %q", text, pattern)
		}
	}
}

// end sends FIN and waits for the client's: closing with unread bytes would
// make the kernel send RST, and the client lose the last answers.
func (p *player) end() error {
	if half, ok := p.conn.(interface{ CloseWrite() error }); ok && half.CloseWrite() == nil {
		p.drain()
	}
	return nil
}

// drain reads until the client hangs up or its test ends.
func (p *player) drain() {
	defer context.AfterFunc(p.ctx, func() { p.conn.Close() })()
	io.Copy(io.Discard, p.r)
}

func (p *player) reset() error {
	conn := p.conn
	if secure, ok := conn.(*tls.Conn); ok {
		conn = secure.NetConn()
	}
	if err := conn.(*net.TCPConn).SetLinger(0); err != nil {
		return err
	}
	return conn.Close()
}

func (p *player) startTLS() error {
	ca, err := CA()
	if err != nil {
		return err
	}
	leaf, err := ca.Leaf(Trusted)
	if err != nil {
		return err
	}
	if n := p.r.Buffered(); n > 0 {
		return fmt.Errorf("the client sent %d bytes before TLS", n)
	}
	conn := tls.Server(p.conn, &tls.Config{Certificates: []tls.Certificate{leaf}})
	p.conn, p.r = conn, bufio.NewReader(conn)
	return conn.Handshake()
}
