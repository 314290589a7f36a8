package stage_test

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"postrider/gui/stage"
	"postrider/mail/mailtest"
	"postrider/mail/mailtest/gen"
)

// newcomer is somebody who has no account yet, before the wizard.
type newcomer struct {
	*play
	data string
}

// arrive starts the program for a newcomer. Passwords go into a vault: there is
// no keyring on a stage.
func arrive(t *testing.T, opts stage.Options) *newcomer {
	t.Helper()
	n := &newcomer{data: filepath.Join(t.TempDir(), "data")}
	opts.Env = append([]string{"POSTRIDER_DATA=" + n.data, "POSTRIDER_KEYRING=vault"}, opts.Env...)
	n.play = openWith(t, 1280, 1160, opts)
	n.until("the wizard", func(s state) bool { return s.Covered && strings.Contains(s.Says, "Welcome to Postrider") })
	if err := n.Resize(1280, 1160); err != nil {
		t.Fatal(err)
	}
	return n
}

// known trusts the authority of the tests as the system's own.
func known(s *mailtest.Server) stage.Options {
	return stage.Options{Env: []string{"SSL_CERT_FILE=" + s.CAFile}}
}

// mailFor starts a real server with mail for alice.
func mailFor(t *testing.T, n int, flat bool, opts ...mailtest.Option) *mailtest.Server {
	t.Helper()
	s := mailtest.Dovecot(t, opts...)
	if _, err := s.Load("alice", gen.Options{N: n, Flat: flat}); err != nil {
		t.Fatal(err)
	}
	return s
}

// address goes through the wizard as far as the servers.
func (n *newcomer) address(address, protocol string) {
	n.t.Helper()
	n.press("you@example.org")
	n.typeIn(address)
	n.keys("Return")
	n.says("Where should this mail live?")
	if protocol == "POP" {
		n.press("Keep mail on this computer")
	}
	n.picture("choice")
	n.press("Continue with " + protocol)
	n.says("Sign in to ")
}

// server says where mail is to be had; the account sends none.
func (n *newcomer) server(addr, user, password string) {
	n.t.Helper()
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		n.t.Fatal(err)
	}
	n.press("This account can send mail")
	n.fillNth("Server", 0, host)
	n.fillNth("Port", 0, port)
	n.fillNth("User name", 0, user)
	n.fill("Password", password)
}

// vault makes one, and at first makes a mistake.
func (n *newcomer) vault(phrase string) {
	n.t.Helper()
	n.says("Make a vault")
	n.typeIn(phrase)
	n.keys("Return")
	n.types("something else")
	n.keys("Return")
	n.says("The two are not the same.")
	n.picture("vault")
	n.keys("ctrl+a")
	n.types(phrase)
	n.keys("Return")
}

// inbox waits for mail to show, and then for the rest of it. Conversations are
// one row each.
func (n *newcomer) inbox() state {
	n.t.Helper()
	n.until("the first mail", func(s state) bool { return !s.Covered && s.Place == "alice@example.org" && s.Rows > 0 })
	n.picture("first-mail")
	return n.until("all of it", func(s state) bool { return s.Foot == "Up to date" && s.Rows > 20 })
}

func TestFirstRunWithIMAP(t *testing.T) {
	server := mailFor(t, 300, true)
	n := arrive(t, known(server))
	n.picture("welcome")
	n.address("alice@example.org", "IMAP")
	n.server(server.IMAPS, "alice", "wrong")
	n.picture("servers")
	n.press("Add account")
	n.says("did not go through")
	n.picture("wrong-password")
	n.fill("Password", mailtest.Password("alice"))
	n.press("Add account")
	n.vault("correct horse")
	n.inbox()
	if raw, err := os.ReadFile(filepath.Join(n.data, "accounts.toml")); err != nil || strings.Contains(string(raw), mailtest.Password("alice")) {
		t.Errorf("the accounts file, with or without a password: %v %s", err, raw)
	}
}

func TestFirstRunWithPOP(t *testing.T) {
	server := mailFor(t, 120, true)
	n := arrive(t, known(server))
	n.address("alice@example.org", "POP")
	n.server(server.POP3S, "alice", mailtest.Password("alice"))
	n.press("Add account")
	n.vault("correct horse")
	n.inbox()
	left, err := server.Doveadm("mailbox", "status", "-u", "alice", "messages", "INBOX")
	if err != nil || !strings.Contains(left, "messages=120") {
		t.Errorf("on the server: %s %v", left, err)
	}
}

// Whatever is wrong with a server, the person is told at which step and why, and
// nothing is kept.
func TestFirstRunExplainsWhatIsWrong(t *testing.T) {
	server := mailFor(t, 40, true, mailtest.Certificate(mailtest.SelfSigned))
	refused, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := refused.Addr().String()
	refused.Close()
	n := arrive(t, stage.Options{})
	n.address("alice@example.org", "IMAP")
	n.server(nobody, "alice", mailtest.Password("alice"))
	n.press("Add account")
	n.says("refuses connections on port")
	n.picture("refused")

	_, port, _ := net.SplitHostPort(server.IMAPS)
	n.fillNth("Port", 0, port)
	n.press("Add account")
	s := n.says("is self-signed")
	if !strings.Contains(s.Says, "Fingerprint of its certificate") || !s.Covered {
		t.Errorf("after a certificate that nobody vouches for: %s", s.Says)
	}
	n.picture("self-signed")
	if _, err := os.Stat(filepath.Join(n.data, "accounts.toml")); err == nil {
		t.Error("an account was kept")
	}
	_, rest, ok := strings.Cut(s.Says, "SHA-256 fingerprint ")
	if !ok {
		t.Fatalf("no fingerprint to compare: %s", s.Says)
	}
	print, _, _ := strings.Cut(rest, "\n")
	n.fill("Fingerprint of its certificate", print)
	n.press("Add account")
	n.vault("correct horse")
	n.inbox()
}

func TestFirstRunWithSTARTTLS(t *testing.T) {
	server := mailFor(t, 40, true)
	n := arrive(t, known(server))
	n.address("alice@example.org", "IMAP")
	n.server(server.IMAP, "alice", mailtest.Password("alice"))
	n.press("TLS")
	n.keys("Down", "Return")
	n.press("Add account")
	n.vault("correct horse")
	n.inbox()
}
