package pop_test

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// odd is a POP3 server whose every oddity can be chosen. It serves one maildrop
// to whoever asks.
type odd struct {
	t    testing.TB
	addr string

	mu      sync.Mutex
	letters []*letter
	caps    string // what CAPA says, lines parted by "\n"; "": it does not know CAPA
	without string // commands that it does not know, " UIDL TOP "
	quit    string // what happens at QUIT: "", "before", "after" (the connection is cut), "-ERR"
	count   map[string]int
}

// letter is a message on an odd server.
type letter struct {
	uidl string
	raw  []byte
	size int    // what LIST says; 0: the truth
	err  string // what RETR says instead
	sent []byte // what RETR gives instead
	gone bool   // deleted by the session under way
}

func newOdd(t testing.TB) *odd {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &odd{t: t, addr: l.Addr().String(), caps: "TOP\nUIDL\nPIPELINING\nUSER", count: map[string]int{}}
	var sessions sync.WaitGroup
	sessions.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			sessions.Go(func() { s.serve(conn) })
		}
	})
	t.Cleanup(func() { l.Close(); sessions.Wait() })
	return s
}

// add appends a message and returns it, to be made odd.
func (s *odd) add(uidl string, raw []byte) *letter {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := &letter{uidl: uidl, raw: raw}
	s.letters = append(s.letters, m)
	return m
}

// change changes the server between two sessions.
func (s *odd) change(fn func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fn()
}

// left are the UIDLs on the server.
func (s *odd) left() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []string
	for _, m := range s.letters {
		list = append(list, m.uidl)
	}
	return strings.Join(list, " ")
}

// asked returns how often a command came since the last call, and forgets it.
func (s *odd) asked(verb string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.count[verb]
	s.count[verb] = 0
	return n
}

func (s *odd) serve(conn net.Conn) {
	defer conn.Close()
	w := bufio.NewWriter(conn)
	fmt.Fprint(w, "+OK hello\r\n")
	in := bufio.NewScanner(conn)
	for w.Flush() == nil && in.Scan() {
		verb, arg, _ := strings.Cut(in.Text(), " ")
		if !s.answer(w, strings.ToUpper(verb), arg) {
			w.Flush()
			break
		}
	}
	s.change(s.keep)
}

// keep takes back the marks of a session that was not ended by QUIT (RFC 1939 6).
func (s *odd) keep() {
	for _, m := range s.letters {
		m.gone = false
	}
}

// answer carries a command out; false ends the session.
func (s *odd) answer(w *bufio.Writer, verb, arg string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count[verb]++
	if strings.Contains(s.without, " "+verb+" ") {
		fmt.Fprint(w, "-ERR what is "+verb+"?\r\n")
		return true
	}
	number, _, _ := strings.Cut(arg, " ")
	num, _ := strconv.Atoi(number)
	var m *letter
	if num > 0 && num <= len(s.letters) && !s.letters[num-1].gone {
		m = s.letters[num-1]
	}
	switch verb {
	case "CAPA":
		if s.caps == "" {
			fmt.Fprint(w, "-ERR what?\r\n")
			return true
		}
		fmt.Fprint(w, "+OK\r\n"+strings.ReplaceAll(s.caps, "\n", "\r\n")+"\r\n.\r\n")
	case "USER", "PASS", "NOOP":
		fmt.Fprint(w, "+OK\r\n")
	case "STAT":
		total := 0
		for _, m := range s.letters {
			total += m.announced()
		}
		fmt.Fprintf(w, "+OK %d %d\r\n", len(s.letters), total)
	case "UIDL", "LIST":
		fmt.Fprint(w, "+OK\r\n")
		for i, m := range s.letters {
			if verb == "UIDL" {
				fmt.Fprintf(w, "%d %s\r\n", i+1, m.uidl)
			} else {
				fmt.Fprintf(w, "%d %d\r\n", i+1, m.announced())
			}
		}
		fmt.Fprint(w, ".\r\n")
	case "QUIT":
		return s.bye(w)
	default:
		s.message(w, verb, m)
	}
	return true
}

func (m *letter) announced() int {
	if m.size != 0 {
		return m.size
	}
	return len(m.raw)
}

// message answers a command about one message.
func (s *odd) message(w *bufio.Writer, verb string, m *letter) {
	switch {
	case m == nil:
		fmt.Fprint(w, "-ERR no such message\r\n")
	case verb == "DELE":
		m.gone = true
		fmt.Fprint(w, "+OK\r\n")
	case verb == "TOP":
		head, _, _ := bytes.Cut(m.raw, []byte("\r\n\r\n"))
		stuff(w, append(bytes.Clone(head), "\r\n\r\n"...))
	case verb == "RETR" && m.err != "":
		fmt.Fprint(w, "-ERR "+m.err+"\r\n")
	case verb == "RETR" && m.sent != nil:
		stuff(w, m.sent)
	case verb == "RETR":
		stuff(w, m.raw)
	default:
		fmt.Fprint(w, "-ERR what?\r\n")
	}
}

// stuff writes a message with its dots stuffed (RFC 1939 3).
func stuff(w *bufio.Writer, raw []byte) {
	fmt.Fprint(w, "+OK\r\n")
	for line := range bytes.Lines(raw) {
		if line[0] == '.' {
			w.WriteByte('.')
		}
		w.Write(line)
	}
	fmt.Fprint(w, ".\r\n")
}

func (s *odd) bye(w *bufio.Writer) bool {
	defer s.keep()
	switch s.quit {
	case "before":
		return false
	case "-ERR": // nothing was deleted
		fmt.Fprint(w, "-ERR some messages could not be deleted\r\n")
		return false
	}
	s.letters = slices.DeleteFunc(s.letters, func(m *letter) bool { return m.gone })
	if s.quit != "after" {
		fmt.Fprint(w, "+OK bye\r\n")
	}
	return false
}
