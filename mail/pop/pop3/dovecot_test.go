package pop3

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"slices"
	"testing"

	"postrider/mail"
	"postrider/mail/mailtest"
	"postrider/mail/mailtest/gen"
)

// odd are messages with what gets lost on the way: dots, bare line ends, no end.
var odd = [][]byte{
	[]byte("Subject: dots\n\n.\n..\n.a\na.\n\n."),
	[]byte(".\n"),
	[]byte("Subject: CR\n\na\rb\r\rc\r.\r\r\n.\n"),
	[]byte("Subject: no end"),
	[]byte("Subject: long\n\n" + string(bytes.Repeat([]byte("x"), 3<<20)) + "\n.\n"),
	[]byte("Subject: 8 bit\n\n\xff\xfe\x80\n"),
}

// TestDovecot is our client with a real server.
func TestDovecot(t *testing.T) {
	s := mailtest.Dovecot(t)
	t.Run("fetch", func(t *testing.T) { fetchFromDovecot(t, s) })
	t.Run("delete", func(t *testing.T) { deleteFromDovecot(t, s) })
	t.Run("cut", func(t *testing.T) { cutDovecot(t, s) })
	t.Run("refused", func(t *testing.T) { dovecotRefuses(t, s) }) // last: it slows later sign-ins
}

// fetchFromDovecot compares what comes with what lies on the server's disk.
func fetchFromDovecot(t *testing.T, s *mailtest.Server) {
	if _, err := s.Load("alice", gen.Options{N: 200, Flat: true}); err != nil {
		t.Fatal(err)
	}
	must(t, s.Deliver("alice", odd...))

	c := dovecot(t, s, "alice")
	defer c.Close()
	scans := scanAll(t, c)
	got := make(map[int][]byte)
	must(t, c.RetrieveAll(t.Context(), scans, 0, func(m *Message) error {
		b, err := io.ReadAll(m)
		if m.Received() != m.Announced && !slices.Contains([]int{201, 204}, m.Num) { // they lack a line end
			t.Errorf("message %d: announced %d, received %d", m.Num, m.Announced, m.Received())
		}
		got[m.Num] = b
		return err
	}))
	stored, err := s.Messages("alice", "INBOX")
	must(t, err)
	if len(scans) != len(stored) || len(stored) != 200+len(odd) {
		t.Fatalf("%d messages listed, %d on disk", len(scans), len(stored))
	}
	for i, want := range stored {
		if !bytes.HasSuffix(want.Raw, []byte("\n")) {
			want.Raw = append(want.Raw, "\r\n"...) // Dovecot adds it
		}
		if !bytes.Equal(got[i+1], want.Raw) {
			t.Errorf("message %d of %d octets has %d on disk, or others", i+1, len(got[i+1]), len(want.Raw))
		}
	}
	if trips := c.Counts().RoundTrips; trips > 20 {
		t.Errorf("%d round trips for %d messages", trips, len(scans))
	}
}

func deleteFromDovecot(t *testing.T, s *mailtest.Server) {
	must(t, s.Deliver("bob", odd...))
	c := dovecot(t, s, "bob")
	var first []mail.UIDL
	must(t, c.UIDL(t.Context(), func(i Ident) error { first = append(first, i.ID); return i.Err }))
	refused := 0
	must(t, c.DeleteAll(t.Context(), []int{2, 99, 4}, func(_ int, err error) error {
		if err != nil {
			refused++
		}
		return nil
	}))
	if refused != 1 {
		t.Errorf("%d deletions refused, want the one of message 99", refused)
	}
	if err := c.Retrieve(t.Context(), Scan{Num: 2}, func(m *Message) error { return m.Err() }); !mail.Is(err, mail.KindGone) {
		t.Errorf("a deleted message gives %v, want kind gone", err)
	}
	if got, err := c.Quit(t.Context()); got != Committed {
		t.Errorf("Quit = %v, %v", got, err)
	}

	c = dovecot(t, s, "bob")
	defer c.Close()
	var second []mail.UIDL
	must(t, c.UIDL(t.Context(), func(i Ident) error { second = append(second, i.ID); return i.Err }))
	want := []mail.UIDL{first[0], first[2], first[4], first[5]}
	if !slices.Equal(second, want) {
		t.Errorf("then there are %v, want %v", second, want)
	}
}

func dovecotRefuses(t *testing.T, s *mailtest.Server) {
	c := dialDovecot(t, s)
	defer c.Close()
	if err := c.Login(t.Context(), "alice", "wrong"); !mail.Is(err, mail.KindSignIn) {
		t.Errorf("got %v, want kind sign-in", err)
	}
}

// cutDovecot breaks the connection at many places of a session under TLS.
func cutDovecot(t *testing.T, s *mailtest.Server) {
	must(t, s.Deliver("carol", odd[:4]...))
	stored, err := s.Messages("carol", "INBOX")
	must(t, err)
	proxy := mailtest.Proxy(t, s.POP3S)
	for after := int64(0); after < 6000; after += 451 {
		do := []mailtest.Action{mailtest.Cut, mailtest.Reset}[after%2]
		proxy.SetRules(mailtest.Rule{Dir: mailtest.Down, Do: do, After: after})
		err := fetchEvery(t, s, proxy.Addr, func(num int, b []byte) {
			if want := bytes.TrimSuffix(stored[num-1].Raw, []byte("\r\n")); !bytes.Equal(bytes.TrimSuffix(b, []byte("\r\n")), want) {
				t.Errorf("cut after %d octets: message %d is %q, want %q", after, num, b, want)
			}
		})
		if err != nil && (!mail.Is(err, mail.KindOffline) || errors.Is(err, io.EOF)) {
			t.Errorf("cut after %d octets: %v, want kind offline", after, err)
		}
	}
}

// fetchEvery gives fn carol's complete messages.
func fetchEvery(t *testing.T, s *mailtest.Server, addr string, fn func(int, []byte)) error {
	conn, err := net.Dial("tcp", addr)
	must(t, err)
	c, err := NewClient(t.Context(), tls.Client(conn, trusting(s)), Options{})
	if err != nil {
		return err
	}
	defer c.Close()
	if err := c.Login(t.Context(), "carol", mailtest.Password("carol")); err != nil {
		return err
	}
	return c.RetrieveAll(t.Context(), numbers(4), 0, func(m *Message) error {
		b, err := io.ReadAll(m)
		if err == nil {
			fn(m.Num, b)
		}
		return err
	})
}

// dovecot is a session of the user under TLS.
func dovecot(t testing.TB, s *mailtest.Server, user string) *Client {
	t.Helper()
	c := dialDovecot(t, s)
	if err := c.Login(t.Context(), user, mailtest.Password(user)); err != nil {
		t.Fatal(err)
	}
	return c
}

func dialDovecot(t testing.TB, s *mailtest.Server) *Client {
	t.Helper()
	conn, err := net.Dial("tcp", s.POP3)
	if err != nil {
		t.Fatal(err)
	}
	c, err := NewClient(t.Context(), conn, Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = c.StartTLS(t.Context(), func(ctx context.Context, conn net.Conn) (net.Conn, error) {
		under := tls.Client(conn, trusting(s))
		return under, under.HandshakeContext(ctx)
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func trusting(s *mailtest.Server) *tls.Config {
	return &tls.Config{RootCAs: s.CA.Pool(), ServerName: "localhost"}
}

func scanAll(t testing.TB, c *Client) []Scan {
	t.Helper()
	var scans []Scan
	if err := c.List(t.Context(), func(s Scan) error { scans = append(scans, s); return s.Err }); err != nil {
		t.Fatal(err)
	}
	return scans
}

// BenchmarkDovecot fetches a mailbox from a real server without TLS, and drains
// it for comparison.
func BenchmarkDovecot(b *testing.B) {
	s, err := mailtest.Start()
	if err != nil {
		b.Skip(err)
	}
	b.Cleanup(func() { s.Stop() })
	if _, err := s.Load("alice", gen.Options{N: 2000, Flat: true}); err != nil {
		b.Fatal(err)
	}
	b.Run("RetrieveAll", func(b *testing.B) {
		for b.Loop() {
			conn, err := net.Dial("tcp", s.POP3)
			if err != nil {
				b.Fatal(err)
			}
			c, err := NewClient(b.Context(), conn, Options{ClearText: true})
			if err == nil {
				err = c.Login(b.Context(), "alice", mailtest.Password("alice"))
			}
			if err != nil {
				b.Fatal(err)
			}
			var n int64
			err = c.RetrieveAll(b.Context(), scanAll(b, c), 0, func(m *Message) error {
				_, err := io.Copy(io.Discard, m)
				n += m.Received()
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(n)
			c.Quit(b.Context())
		}
	})
	b.Run("Drain", func(b *testing.B) {
		for b.Loop() {
			d, err := mailtest.DrainPOP3(b.Context(), s.POP3, "alice", mailtest.Password("alice"), mailtest.DrainOptions{})
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(d.Content)
		}
	})
}
