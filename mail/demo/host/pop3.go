package host

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

const (
	popTimeout = 10 * time.Minute // RFC 1939 3
	popMaxLine = 512              // RFC 2449 4 wants 255
)

func (h *Host) servePOP3() {
	for {
		c, err := h.pop3.tls.Accept()
		if err != nil {
			return
		}
		h.serve(func() {
			defer c.Close()
			s := &popSession{host: h, conn: c, r: bufio.NewReaderSize(c, popMaxLine), w: bufio.NewWriter(c)}
			s.run()
		})
	}
}

// popSession is one POP3 connection (RFC 1939), owned by its goroutine.
type popSession struct {
	host  *Host
	conn  net.Conn
	r     *bufio.Reader
	w     *bufio.Writer
	login string
	user  *User // nil in the AUTHORIZATION state
	drop  []popMessage
	done  bool
}

// popMessage is a message of the maildrop as it was at sign-in.
type popMessage struct {
	*message
	uidl    string
	deleted bool
}

func (s *popSession) run() {
	defer s.unlock()
	s.ok("Postrider demo ready")
	for !s.done {
		if s.r.Buffered() == 0 { // answers to a pipeline leave together (RFC 2449 6.6)
			if s.w.Flush() != nil {
				return
			}
		}
		s.conn.SetDeadline(time.Now().Add(popTimeout))
		line, err := s.r.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			s.fail("", "line too long")
			break
		}
		if err != nil {
			return
		}
		s.command(strings.TrimRight(string(line), "\r\n"))
	}
	s.w.Flush()
}

func (s *popSession) command(line string) {
	verb, rest, _ := strings.Cut(line, " ")
	args := strings.Fields(rest)
	verb = strings.ToUpper(verb)
	switch {
	case verb == "CAPA":
		s.capabilities()
	case verb == "QUIT":
		s.quit()
	case s.user == nil && verb == "USER" && rest != "":
		s.login = rest
		s.ok("now the password")
	case s.user == nil && verb == "PASS" && s.login != "":
		s.signIn(rest) // a password may hold blanks (RFC 1939 7)
	case s.user == nil:
		s.fail("", "sign in first")
	default:
		s.transaction(verb, args)
	}
}

func (s *popSession) capabilities() {
	s.ok("capabilities")
	for _, capa := range []string{"USER", "UIDL", "TOP", "PIPELINING", "RESP-CODES", "AUTH-RESP-CODE", "EXPIRE NEVER", "IMPLEMENTATION Postrider-demo"} {
		fmt.Fprintf(s.w, "%s\r\n", capa)
	}
	s.w.WriteString(".\r\n")
}

func (s *popSession) signIn(password string) {
	u, ok := s.host.signIn(s.login, password)
	if !ok {
		s.login = ""
		s.fail("AUTH", "name or password is wrong")
		return
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.popLocked {
		s.fail("IN-USE", "another session has the maildrop")
		return
	}
	u.popLocked = true
	s.user = u
	box := u.boxes[inbox]
	for _, m := range box.messages {
		s.drop = append(s.drop, popMessage{message: m, uidl: fmt.Sprintf("%08x%08x", box.validity, m.uid)})
	}
	s.ok("%d messages", len(s.drop))
}

func (s *popSession) unlock() {
	if s.user != nil {
		s.user.mu.Lock()
		s.user.popLocked = false
		s.user.mu.Unlock()
	}
}

// quit is the UPDATE state: only here messages go (RFC 1939 6).
func (s *popSession) quit() {
	s.done = true
	if s.user != nil {
		var doomed []*message
		for _, m := range s.drop {
			if m.deleted {
				doomed = append(doomed, m.message)
			}
		}
		s.user.mu.Lock()
		s.user.boxes[inbox].remove(doomed)
		s.user.mu.Unlock()
	}
	s.ok("bye")
}

func (s *popSession) ok(format string, args ...any) {
	fmt.Fprintf(s.w, "+OK "+format+"\r\n", args...)
}

// fail answers with an error, and a response code of RFC 2449 8 or 3206.
func (s *popSession) fail(code, text string) {
	if code != "" {
		text = "[" + code + "] " + text
	}
	fmt.Fprintf(s.w, "-ERR %s\r\n", text)
}

// lines writes a multi-line answer: the header, and of the body at most limit
// lines, all of them where limit is negative (RFC 1939 3 for the dots).
func (s *popSession) lines(raw []byte, limit int) {
	body := false
	for len(raw) > 0 && (!body || limit != 0) {
		line, rest, _ := bytes.Cut(raw, []byte("\n"))
		raw = rest
		line = bytes.TrimSuffix(line, []byte("\r"))
		if bytes.HasPrefix(line, []byte(".")) {
			s.w.WriteByte('.')
		}
		s.w.Write(line)
		io.WriteString(s.w, "\r\n")
		if body {
			limit--
		}
		body = body || len(line) == 0
	}
	s.w.WriteString(".\r\n")
}
