package wire

import (
	"bytes"
	"context"
	"crypto/tls"
	"net"
	"slices"
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"postrider/mail"
	"postrider/mail/mailtest"
)

// signedIn is a Conn to a real server: STARTTLS, alice, QRESYNC enabled.
func signedIn(t testing.TB, s *mailtest.Server, opts Options) *Conn {
	t.Helper()
	ctx := context.Background()
	conn, err := net.Dial("tcp", s.IMAP)
	if err != nil {
		t.Fatal(err)
	}
	c := New(conn, opts)
	t.Cleanup(func() { c.Close() })
	if _, err := c.Greet(ctx); err != nil {
		t.Fatal(err)
	}
	if err := c.StartTLS(ctx, &tls.Config{RootCAs: s.CA.Pool(), ServerName: "localhost"}); err != nil {
		t.Fatal(err)
	}
	if err := c.Login(ctx, Credentials{User: "alice", Password: mailtest.Password("alice")}); err != nil {
		t.Fatal(err)
	}
	enabled, err := c.Enable(ctx, "QRESYNC")
	if err != nil || !slices.Contains(enabled, "QRESYNC") {
		t.Fatal(enabled, err)
	}
	return c
}

// TestRealServer lives through a day with Dovecot, plain and compressed.
func TestRealServer(t *testing.T) {
	s := mailtest.Dovecot(t)
	for _, compressed := range []bool{false, true} {
		name := map[bool]string{false: "plain", true: "compressed"}[compressed]
		t.Run(name, func(t *testing.T) {
			if err := s.Reset(); err != nil {
				t.Fatal(err)
			}
			letters := [][]byte{
				[]byte("Subject: one\r\n\r\nhello\r\n"),
				[]byte("Subject: two \"quoted\" \\ back\r\n\r\n" + strings.Repeat("line {5}\r\n", 40_000)),
				[]byte("Subject: =?utf-8?q?dr=C3=A9i?=\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n"),
			}
			if err := s.Deliver("alice", letters...); err != nil {
				t.Fatal(err)
			}
			var gone []mail.UIDRange
			c := signedIn(t, s, Options{OnVanished: func(_ bool, uids []mail.UIDRange) { gone = append(gone, uids...) }})
			if compressed {
				if err := c.Compress(context.Background()); err != nil {
					t.Fatal(err)
				}
			}
			client := imapclient.New(c, nil)
			defer client.Close()
			selected := readAll(t, client, c, letters)
			deleteOne(t, client)
			if want := (mail.UIDRange{First: 1, Last: 1}); !slices.Contains(gone, want) {
				t.Errorf("VANISHED told of %v, want %v", gone, want)
			}
			gone = nil
			c.RewriteNext("SELECT", WithQResync(mail.UIDValidity(selected.UIDValidity), mail.ModSeq(selected.HighestModSeq)))
			if _, err := client.Select("INBOX", nil).Wait(); err != nil {
				t.Fatal(err)
			}
			if want := (mail.UIDRange{First: 1, Last: 1}); !slices.Contains(gone, want) {
				t.Errorf("QRESYNC told of %v, want %v", gone, want)
			}
			otherNames(t, client)
		})
	}
}

// readAll compares what comes over IMAP with what was delivered.
func readAll(t *testing.T, client *imapclient.Client, c *Conn, letters [][]byte) *imap.SelectData {
	t.Helper()
	selected, err := client.Select("INBOX", &imap.SelectOptions{CondStore: true}).Wait()
	if err != nil {
		t.Fatal(c.Explain("select", err))
	}
	section := &imap.FetchItemBodySection{Peek: true}
	opts := &imap.FetchOptions{
		Flags: true, Envelope: true, InternalDate: true, RFC822Size: true, ModSeq: true,
		BodyStructure: &imap.FetchItemBodyStructure{Extended: true}, BodySection: []*imap.FetchItemBodySection{section},
	}
	list, err := client.Fetch(imap.UIDSet{{Start: 1}}, opts).Collect()
	if err != nil || len(list) != len(letters) {
		t.Fatal(len(list), c.Explain("fetch", err))
	}
	subjects := []string{"one", `two "quoted" \ back`, "dréi"}
	for i, m := range list {
		if got := m.FindBodySection(section); !bytes.Equal(got, letters[i]) {
			t.Errorf("message %d: %d octets, want %d", i, len(got), len(letters[i]))
		}
		if m.Envelope.Subject != subjects[i] || m.BodyStructure == nil || m.ModSeq == 0 || m.InternalDate.IsZero() {
			t.Errorf("message %d: %+v", i, m)
		}
	}
	return selected
}

func deleteOne(t *testing.T, client *imapclient.Client) {
	t.Helper()
	store := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagDeleted}}
	if err := client.Store(imap.UIDSetNum(1), store, nil).Close(); err != nil {
		t.Fatal(err)
	}
	if err := client.UIDExpunge(imap.UIDSetNum(1)).Close(); err != nil {
		t.Fatal(err)
	}
}

// otherNames makes and opens mailboxes whose names need encoding.
func otherNames(t *testing.T, client *imapclient.Client) {
	t.Helper()
	names := []string{"R&D", "Entwürfe", "日本語", `quote"d`}
	for _, name := range names {
		if err := client.Create(name, nil).Wait(); err != nil {
			t.Errorf("create %q: %v", name, err)
		}
		if _, err := client.Select(name, nil).Wait(); err != nil {
			t.Errorf("select %q: %v", name, err)
		}
	}
	list, err := client.List("", "*", &imap.ListOptions{ReturnStatus: &imap.StatusOptions{NumMessages: true}}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if !slices.ContainsFunc(list, func(l *imap.ListData) bool { return l.Mailbox == name && l.Status != nil }) {
			t.Errorf("%q is not listed with its status", name)
		}
	}
}

func TestWrongPasswordAtARealServer(t *testing.T) {
	s := mailtest.Dovecot(t)
	conn, err := tls.Dial("tcp", s.IMAPS, &tls.Config{RootCAs: s.CA.Pool(), ServerName: "localhost"})
	if err != nil {
		t.Fatal(err)
	}
	c := New(conn, Options{Secure: true})
	defer c.Close()
	if err := c.Login(greeted(t, c), Credentials{User: "alice", Password: "wrong"}); !mail.Is(err, mail.KindSignIn) {
		t.Error("got", err)
	}
}
