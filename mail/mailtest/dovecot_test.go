package mailtest

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"postrider/mail"
)

// session is a bare client: what a test needs to see that servers answer.
type session struct {
	t testing.TB
	net.Conn
	r *bufio.Reader
}

func dial(t testing.TB, addr string, config *tls.Config) *session {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err == nil && config != nil {
		conn = tls.Client(conn, config)
		err = conn.(*tls.Conn).Handshake()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return &session{t, conn, bufio.NewReader(conn)}
}

func (s *session) line() string {
	s.t.Helper()
	line, err := s.r.ReadString('\n')
	if err != nil {
		s.t.Fatalf("after %q: %v", line, err)
	}
	return strings.TrimSuffix(line, "\r\n")
}

// imap sends a command and returns everything up to and with its answer.
func (s *session) imap(command string) string {
	s.t.Helper()
	fmt.Fprintf(s, "x %s\r\n", command)
	var all strings.Builder
	for {
		line := s.line()
		all.WriteString(line + "\n")
		if strings.HasPrefix(line, "x ") {
			return all.String()
		}
	}
}

// pop sends a command and returns the first line of the answer.
func (s *session) pop(command string) string {
	s.t.Helper()
	fmt.Fprintf(s, "%s\r\n", command)
	return s.line()
}

func clientTLS(s *Server) *tls.Config {
	return &tls.Config{RootCAs: s.CA.Pool(), ServerName: "localhost"}
}

func TestUsersSignInByEveryDoor(t *testing.T) {
	s := Dovecot(t)
	for _, tc := range []struct {
		name, addr string
		config     *tls.Config
	}{
		{"imap", s.IMAP, nil}, {"imaps", s.IMAPS, clientTLS(s)},
		{"pop3", s.POP3, nil}, {"pop3s", s.POP3S, clientTLS(s)},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := dial(t, tc.addr, tc.config)
			c.line()
			if strings.HasPrefix(tc.name, "imap") {
				if got := c.imap("LOGIN bob bob-secret"); !strings.Contains(got, "x OK") {
					t.Errorf("login: got %s", got)
				}
				return
			}
			c.pop("USER bob")
			if got := c.pop("PASS bob-secret"); !strings.HasPrefix(got, "+OK") {
				t.Errorf("login: got %s", got)
			}
		})
	}
	c := dial(t, s.IMAP, nil)
	c.line()
	if got := c.imap("LOGIN bob wrong"); !strings.Contains(got, "x NO") {
		t.Errorf("wrong password: got %s", got)
	}
}

func TestDeliveryReachesAWaitingClient(t *testing.T) {
	s := Dovecot(t)
	c := dial(t, s.IMAP, nil)
	c.line()
	c.imap("LOGIN alice alice-secret")
	c.imap("SELECT INBOX")
	fmt.Fprintf(c, "x IDLE\r\n")
	c.line()
	if err := s.Deliver("alice", []byte("Subject: hi\n\nhello\n")); err != nil {
		t.Fatal(err)
	}
	if got, want := c.line(), "* 1 EXISTS"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestMessagesAreWhatClientsMade(t *testing.T) {
	s := Dovecot(t)
	for _, box := range []string{"INBOX", "Projekte/Übersicht"} {
		if err := s.DeliverTo("carol", box, []byte("Subject: a\n\na\n"), []byte("Subject: b\r\n\r\nb\r\n")); err != nil {
			t.Fatal(err)
		}
	}
	c := dial(t, s.IMAP, nil)
	c.line()
	c.imap("LOGIN carol carol-secret")
	c.imap(`SELECT "Projekte/&ANw-bersicht"`)
	if got := c.imap(`UID STORE 2 FLAGS (\Seen \Flagged $Forwarded blue)`); !strings.Contains(got, "x OK") {
		t.Fatalf("store: got %s", got)
	}
	got, err := s.Messages("carol", "Projekte/Übersicht")
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].UID != 1 || got[1].UID != 2 {
		t.Fatalf("got %+v, want UIDs 1 and 2", got)
	}
	want := mail.FlagsOf(`\Seen`, `\Flagged`, "$Forwarded", "blue")
	if got[1].Flags != want || !got[0].Flags.Empty() {
		t.Errorf("flags: got %v and %v, want none and %v", got[0].Flags, got[1].Flags, want)
	}
	if got, want := string(got[0].Raw), "Subject: a\r\n\r\na\r\n"; got != want {
		t.Errorf("raw: got %q, want %q", got, want)
	}
}

func TestRestartKeepsMailAndResetDropsIt(t *testing.T) {
	s := Dovecot(t)
	if err := s.Deliver("alice", []byte("Subject: hi\n\nhello\n")); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		name string
		do   func() error
		want string
	}{
		{"restart", s.Restart, "messages=1"},
		{"reset", s.Reset, "messages=0"},
	} {
		if err := step.do(); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		got, err := s.Doveadm("-f", "flow", "mailbox", "status", "-u", "alice", "messages", "INBOX")
		if err != nil || !strings.Contains(got, step.want) {
			t.Errorf("after %s: got %q, %v, want %s", step.name, got, err, step.want)
		}
	}
}

func TestCertificatesAreRefusedForTheirReason(t *testing.T) {
	for name, tc := range map[string]struct {
		leaf Leaf
		as   func(error) bool
	}{
		"expired":       {Expired, invalid(x509.Expired)},
		"not yet valid": {NotYetValid, invalid(x509.Expired)},
		"wrong name":    {WrongName, func(err error) bool { var e x509.HostnameError; return errors.As(err, &e) }},
		"self-signed":   {SelfSigned, func(err error) bool { var e x509.UnknownAuthorityError; return errors.As(err, &e) }},
	} {
		t.Run(name, func(t *testing.T) {
			s := Dovecot(t, Certificate(tc.leaf))
			conn, err := tls.Dial("tcp", s.IMAPS, clientTLS(s))
			if err == nil {
				conn.Close()
			}
			if !tc.as(err) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func invalid(reason x509.InvalidReason) func(error) bool {
	return func(err error) bool {
		var e x509.CertificateInvalidError
		return errors.As(err, &e) && e.Reason == reason
	}
}

func TestConfigWins(t *testing.T) {
	s := Dovecot(t, Config(OldIMAP))
	c := dial(t, s.IMAP, nil)
	c.line()
	c.imap("LOGIN alice alice-secret")
	if got := c.imap("CAPABILITY"); !strings.HasPrefix(got, "* CAPABILITY IMAP4rev1\n") {
		t.Errorf("got %s", got)
	}
}

func TestBrokenConfigIsExplained(t *testing.T) {
	if err := Available(); err != nil {
		t.Skip(err)
	}
	s, err := Start(Config("no_such_setting = 1"))
	if err == nil {
		s.Stop()
	}
	if err == nil || !strings.Contains(err.Error(), "no_such_setting") {
		t.Errorf("got %v, want Dovecot's words", err)
	}
}

func TestStopLeavesNothing(t *testing.T) {
	if err := Available(); err != nil {
		t.Skip(err)
	}
	s, err := Start()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(s.Dir); !os.IsNotExist(err) {
		t.Errorf("the directory: got %v, want none", err)
	}
	if conn, err := net.Dial("tcp", s.IMAP); err == nil {
		conn.Close()
		t.Error("still listens")
	}
}

func BenchmarkStart(b *testing.B) {
	for range b.N {
		s, err := Start()
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Stop(); err != nil {
			b.Fatal(err)
		}
	}
}

func TestServerEndsWithItsProcess(t *testing.T) {
	if err := Available(); err != nil {
		t.Skip(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var addr, dir string
	if _, err := fmt.Fscan(out, &addr, &dir); err != nil {
		t.Fatal(err)
	}
	dial(t, addr, nil).line()
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	deadline := time.Now().Add(stopLimit)
	for {
		_, err := os.Stat(dir)
		if os.IsNotExist(err) && !listens(addr) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the directory: %v, listens: %v", err, listens(addr))
		}
		time.Sleep(time.Millisecond)
	}
}

func TestServersSideBySideAreApart(t *testing.T) {
	for i := range 6 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			s := Dovecot(t)
			for range i {
				if err := s.Deliver("alice", []byte("Subject: x\n\nx\n")); err != nil {
					t.Fatal(err)
				}
			}
			c := dial(t, s.IMAP, nil)
			c.line()
			c.imap("LOGIN alice alice-secret")
			if got, want := c.imap("SELECT INBOX"), fmt.Sprintf("* %d EXISTS\n", i); !strings.Contains(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}
