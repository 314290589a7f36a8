package mailtest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Users are the accounts of every server here; see [Password].
var Users = []string{"alice", "bob", "carol", "dave"}

// Password returns the password of one of Users.
func Password(user string) string { return user + "-secret" }

// RequireEnv names the variable that turns a missing Dovecot from a skipped
// test into a failed one when it is "1": for machines that must run them all.
const RequireEnv = "POSTRIDER_REQUIRE_DOVECOT"

// Server is a running Dovecot with the mailboxes of Users, all empty at the
// start. The addresses are host:port on 127.0.0.1; the certificate is also
// good for "localhost". Methods may be called from any goroutine except for
// Restart, Reset and Stop, which have the server to themselves.
type Server struct {
	IMAP, IMAPS, POP3, POP3S string
	CA                       *Authority
	CAFile                   string // CA's certificate as PEM
	Dir                      string // everything the server writes is below

	settings settings
	install  install
	owner    *owner
	keeper   *keeper
}

// Option changes how a server is set up.
type Option func(*settings)

type settings struct {
	config strings.Builder
	leaf   Leaf
}

// Lines for Config.
const (
	// OldIMAP is a poor old server.
	OldIMAP = "protocol imap {\n imap_capability = IMAP4rev1\n}"
	// ChosenUIDLs lets messages choose theirs by a header X-UIDL.
	ChosenUIDLs = "protocol pop3 {\n pop3_reuse_xuidl = yes\n}"
)

// Config adds lines to the end of Dovecot's configuration, where they win.
func Config(lines string) Option {
	return func(s *settings) { s.config.WriteString(lines + "\n") }
}

// Certificate makes the server show a certificate of that kind.
func Certificate(kind Leaf) Option { return func(s *settings) { s.leaf = kind } }

// Dovecot starts a server for the test and stops it at its end; the server's
// log goes to the test's if that failed. Where Dovecot 2.3 is not installed
// the test is skipped (see RequireEnv).
func Dovecot(t testing.TB, opts ...Option) *Server {
	t.Helper()
	if err := Available(); err != nil {
		if os.Getenv(RequireEnv) == "1" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	s, err := Start(opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the end of dovecot's log:\n%s", tail(s.Log(), 4000))
		}
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// Start starts a server outside of a test; the caller must Stop it. It ends
// with this process in any case.
func Start(opts ...Option) (*Server, error) {
	s := &Server{}
	for _, o := range opts {
		o(&s.settings)
	}
	if err := s.prepare(); err != nil {
		s.clear()
		return nil, fmt.Errorf("prepare dovecot: %w", err)
	}
	// Another process may take a port between our choice and Dovecot's bind.
	var err error
	for range 5 {
		if err = s.configure(); err != nil {
			break
		}
		if err = s.launch(); err == nil {
			return s, nil
		}
		if !strings.Contains(err.Error(), "already in use") {
			break
		}
	}
	s.clear()
	return nil, fmt.Errorf("start dovecot: %w", err)
}

// prepare makes the directory and what does not change with the ports.
func (s *Server) prepare() (err error) {
	if s.install, err = findInstall(); err != nil {
		return err
	}
	if s.owner, err = findOwner(); err != nil {
		return err
	}
	if s.CA, err = CA(); err != nil {
		return err
	}
	// Not t.TempDir: its path is too long for a Unix socket, and closed to
	// the user that Dovecot runs as when the test is root's.
	if s.Dir, err = os.MkdirTemp("", "dovecot"); err != nil {
		return err
	}
	if err := s.makeDirs(); err != nil {
		return err
	}
	s.CAFile = filepath.Join(s.Dir, "ca.crt")
	if err := os.WriteFile(s.CAFile, s.CA.PEM, 0o644); err != nil {
		return err
	}
	if err := s.writeLeaf(); err != nil {
		return err
	}
	return s.write("passwd", passwdFile())
}

func (s *Server) makeDirs() error {
	for _, name := range []string{"", "run", "state", "home", "log"} {
		dir := filepath.Join(s.Dir, name)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		if err := s.owner.own(dir); err != nil {
			return err
		}
	}
	return nil
}

func (s *Server) writeLeaf() error {
	cert, key, err := s.CA.LeafPEM(s.settings.leaf)
	if err != nil {
		return err
	}
	if err := s.write("server.crt", cert); err != nil {
		return err
	}
	return s.write("server.key", key)
}

// write makes a file that Dovecot can read and nobody else.
func (s *Server) write(name string, data []byte) error {
	path := filepath.Join(s.Dir, name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return err
	}
	return s.owner.own(path)
}

func passwdFile() []byte {
	var b strings.Builder
	for _, u := range Users {
		fmt.Fprintf(&b, "%s:{PLAIN}%s::::::\n", u, Password(u))
	}
	return []byte(b.String())
}

// Stop ends the server and removes its directory.
func (s *Server) Stop() error {
	err := s.halt()
	s.clear()
	return err
}

// Restart stops the server and starts it again on the same ports: clients
// lose their connections, the mail stays.
func (s *Server) Restart() error {
	if err := s.halt(); err != nil {
		return err
	}
	return s.launch()
}

// Reset is a Restart that drops all mail, so that every mailbox is empty and
// has a new UIDVALIDITY.
func (s *Server) Reset() error {
	if err := s.halt(); err != nil {
		return err
	}
	for _, name := range []string{"home", "state"} {
		if err := os.RemoveAll(filepath.Join(s.Dir, name)); err != nil {
			return err
		}
	}
	if err := s.makeDirs(); err != nil {
		return err
	}
	return s.launch()
}

// Log returns what Dovecot has logged.
func (s *Server) Log() string {
	b, err := os.ReadFile(filepath.Join(s.Dir, "log", "dovecot.log"))
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// tail returns the last lines of text, of at most n bytes together.
func tail(text string, n int) string {
	if len(text) <= n {
		return text
	}
	_, text, _ = strings.Cut(text[len(text)-n:], "\n")
	return text
}

func (s *Server) clear() {
	if s.Dir != "" {
		os.RemoveAll(s.Dir)
	}
}
