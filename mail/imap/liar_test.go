package imap_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// liar stands before a server and changes what it says, line by line: octets of
// literals pass as they are.
type liar struct {
	addr   string
	target string

	mu  sync.Mutex
	lie func(said string) []string // nil: tell the truth
}

func newLiar(t testing.TB, target string) *liar {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &liar{addr: l.Addr().String(), target: target}
	var conns sync.WaitGroup
	conns.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			conns.Go(func() { p.serve(c) })
		}
	})
	t.Cleanup(func() {
		l.Close()
		conns.Wait()
	})
	return p
}

// says sets the lie; it is asked for every line of the server.
func (p *liar) says(lie func(said string) []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lie = lie
}

func (p *liar) answer(said string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.lie == nil {
		return []string{said}
	}
	return p.lie(said)
}

func (p *liar) serve(client net.Conn) {
	server, err := net.Dial("tcp", p.target)
	if err != nil {
		client.Close()
		return
	}
	var up sync.WaitGroup
	up.Go(func() {
		io.Copy(server, client)
		server.(*net.TCPConn).CloseWrite()
	})
	p.relay(client, bufio.NewReader(server))
	client.Close()
	server.Close()
	up.Wait()
}

var literal = regexp.MustCompile(`\{(\d+)\}$`)

// relay passes what the server says. A line that announces a literal is changed
// only in front of it.
func (p *liar) relay(client io.Writer, server *bufio.Reader) {
	inside := false
	for {
		line, err := server.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		lines := []string{line}
		if !inside {
			lines = p.answer(line)
		}
		for _, l := range lines {
			if l == hangUp {
				return
			}
			fmt.Fprintf(client, "%s\r\n", l)
		}
		m := literal.FindStringSubmatch(line)
		if inside = m != nil; inside {
			n, _ := strconv.ParseInt(m[1], 10, 64)
			if _, err := io.CopyN(client, server, n); err != nil {
				return
			}
		}
	}
}

// hangUp in place of a line ends the connection: the client never hears it.
const hangUp = "\x00hang up"

// instead replaces what a pattern fits; "" leaves the line out.
func instead(pattern, replacement string) func(string) []string {
	re := regexp.MustCompile(pattern)
	return func(said string) []string {
		if !re.MatchString(said) {
			return []string{said}
		}
		if replacement == "" {
			return nil
		}
		return []string{re.ReplaceAllString(said, replacement)}
	}
}

// both is one lie and another.
func both(lies ...func(string) []string) func(string) []string {
	return func(said string) (out []string) {
		out = []string{said}
		for _, lie := range lies {
			var next []string
			for _, s := range out {
				next = append(next, lie(s)...)
			}
			out = next
		}
		return out
	}
}

// once tells a lie the first time it would change something.
func once(lie func(string) []string) func(string) []string {
	told := false
	return func(said string) []string {
		if told {
			return []string{said}
		}
		out := lie(said)
		told = len(out) != 1 || out[0] != said
		return out
	}
}
