package wire

import (
	"context"
	"io"
	"net"
	"strings"
	"testing"
	"testing/synctest"

	"postrider/mail"
)

// TestWritesInPieces: how the client cuts its writes must not show.
func TestWritesInPieces(t *testing.T) {
	text := "T1 SELECT \"a\"\r\nT2 APPEND \"a\" {7+}\r\nx\r\nT9 y\r\nT3 LOGIN {3+}\r\nann {2+}\r\npw\r\nT4 NOOP\r\n"
	want := strings.Replace(text, "T1 SELECT \"a\"", "T1 SELECT \"a\" (CONDSTORE)", 1)
	for size := 1; size <= len(text); size++ {
		ours, theirs := net.Pipe()
		got := make(chan string)
		go func() { b, _ := io.ReadAll(theirs); got <- string(b) }()
		c := New(ours, Options{})
		c.RewriteNext("SELECT", WithCondstore)
		for rest := text; rest != ""; rest = rest[min(size, len(rest)):] {
			if _, err := io.WriteString(c, rest[:min(size, len(rest))]); err != nil {
				t.Fatal(err)
			}
		}
		c.Close()
		if s := <-got; s != want {
			t.Fatalf("in pieces of %d: %q", size, s)
		}
	}
}

func TestServerThatDoesNotReadIsOffline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ours, theirs := net.Pipe()
		defer theirs.Close()
		c := New(ours, Options{})
		if _, err := io.WriteString(c, "T1 NOOP\r\n"); !mail.Is(err, mail.KindOffline) {
			t.Error("got", err)
		}
	})
}

func TestClosedConnSaysSo(t *testing.T) {
	ours, theirs := net.Pipe()
	defer theirs.Close()
	c := New(ours, Options{})
	c.Close()
	if _, err := c.Read(make([]byte, 1)); !mail.Is(err, mail.KindCanceled) {
		t.Error("read:", err)
	}
	if _, err := c.Write([]byte("x")); !mail.Is(err, mail.KindCanceled) {
		t.Error("write:", err)
	}
	if _, err := c.Greet(context.Background()); !mail.Is(err, mail.KindCanceled) {
		t.Error("greet:", err)
	}
}

// TestGoImapsOwnLoginIsRedacted: a caller may sign in by go-imap.
func TestGoImapsOwnLoginIsRedacted(t *testing.T) {
	ours, theirs := net.Pipe()
	go io.Copy(io.Discard, theirs)
	var b strings.Builder
	c := New(ours, Options{Transcript: &b})
	io.WriteString(c, "T1 LOGIN ann {6+}\r\nhunter\r\nT2 LOGIN ann hunter\r\nT3 AUTHENTICATE PLAIN aHVudGVy\r\naHVudGVy\r\n")
	c.Close()
	if s := b.String(); strings.Contains(s, "hunter") || strings.Contains(s, "aHVudGVy") || !strings.Contains(s, "LOGIN [secret]") {
		t.Error(s)
	}
}

func TestUTF8NamesAreSentAsTheyAre(t *testing.T) {
	inSession(t, "", nil, func(t *testing.T, s *session) {
		s.conn.addEnabled(Caps{"UTF8=ACCEPT"})
		if err := s.client.WaitGreeting(); err != nil {
			t.Fatal(err)
		}
		s.client.Create("R&D für 日本", nil).Wait()
		if got, want := s.sent("CREATE"), `CREATE "R&D für 日本"`; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}
