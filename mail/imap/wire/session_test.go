package wire

import (
	"bytes"
	"context"
	"net"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"postrider/mail"
)

// session is a client that is signed in at a scripted server, in a bubble.
type session struct {
	*outcome
	conn   *Conn
	client *imapclient.Client
	server *scripted
}

// inSession runs f in a session. The server answers verb with say.
func inSession(t *testing.T, verb string, say []string, f func(t *testing.T, s *session)) {
	synctest.Test(t, func(t *testing.T) {
		ours, theirs := net.Pipe()
		s := &session{outcome: &outcome{}, server: &scripted{conn: theirs, verb: verb, say: say}}
		done := make(chan struct{})
		go func() { defer close(done); s.server.serve() }()
		s.conn = New(ours, s.options())
		if err := s.conn.Login(greeted(t, s.conn), Credentials{User: "ann", Password: "secret"}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.conn.Enable(context.Background(), "QRESYNC", "X-NONE"); err != nil {
			t.Fatal(err)
		}
		s.client = imapclient.New(s.conn, &imapclient.Options{UnilateralDataHandler: unasked(s.outcome)})
		f(t, s)
		s.client.Close()
		<-done
	})
}

func greeted(t *testing.T, c *Conn) context.Context {
	if _, err := c.Greet(context.Background()); err != nil {
		t.Fatal(err)
	}
	return context.Background()
}

// sent returns what the server saw of a verb last.
func (s *session) sent(verb string) string {
	for _, line := range slices.Backward(s.server.seen) {
		if strings.Contains(line, " "+verb+" ") {
			return line[strings.Index(line, " ")+1:]
		}
	}
	return ""
}

func TestGoImapStartsSignedIn(t *testing.T) {
	inSession(t, "", nil, func(t *testing.T, s *session) {
		if err := s.client.WaitGreeting(); err != nil {
			t.Fatal(err)
		}
		if got := s.client.State(); got != imap.ConnStateAuthenticated {
			t.Error("state", got)
		}
		if !s.client.Caps().Has(imap.CapMove) || !s.client.Caps().Has(imap.CapESearch) {
			t.Error("capabilities", s.client.Caps())
		}
		if slices.Contains(s.server.seen, "T1 CAPABILITY") {
			t.Error("go-imap asked for the capabilities again")
		}
	})
}

func TestRewritingAddsWhatGoImapLacks(t *testing.T) {
	inSession(t, "", nil, func(t *testing.T, s *session) {
		s.conn.RewriteNext("SELECT", WithQResync(5, 77))
		s.client.Select("INBOX", nil).Wait()
		if got, want := s.sent("SELECT"), "SELECT INBOX (QRESYNC (5 77))"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		s.client.Select("INBOX", nil).Wait()
		if got, want := s.sent("SELECT"), "SELECT INBOX"; got != want {
			t.Errorf("the second: got %q, want %q", got, want)
		}
		s.conn.RewriteNext("UID FETCH", WithVanished(77))
		s.client.Fetch(imap.UIDSetNum(1), &imap.FetchOptions{Flags: true}).Close()
		if got, want := s.sent("FETCH"), "UID FETCH 1 (UID FLAGS) (CHANGEDSINCE 77 VANISHED)"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		s.conn.RewriteNext("UID FETCH", WithItems("X-GM-MSGID", "X-GM-LABELS"))
		s.client.Fetch(imap.UIDSetNum(1), &imap.FetchOptions{Flags: true}).Close()
		if got, want := s.sent("FETCH"), "UID FETCH 1 (X-GM-MSGID X-GM-LABELS UID FLAGS)"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		s.conn.RewriteNext("NOOP", func(string) string { return "T99 LOGOUT\r\nT98 NOOP" })
		if err := s.client.Noop().Wait(); err != nil {
			t.Error("a rewriting made two commands:", err)
		}
	})
}

// TestRepairedNamesReachTheServer: what LIST named must be what SELECT opens.
func TestRepairedNamesReachTheServer(t *testing.T) {
	names := []string{"R&D", "Entwürfe", "Entw&-rfe &AOQ", "Entw\xfcrfe", `a"b\c`, "plain"}
	var say []string
	for _, n := range names {
		say = append(say, `* LIST () "/" "`+escape(n)+"\"\r\n")
	}
	inSession(t, "LIST", append(say, "$ OK\r\n"), func(t *testing.T, s *session) {
		list, err := s.client.List("", "*", nil).Collect()
		if err != nil || len(list) != len(names) {
			t.Fatal(list, err)
		}
		for i, l := range list {
			s.client.Select(l.Mailbox, nil).Wait()
			if got, want := s.sent("SELECT"), `SELECT "`+escape(names[i])+`"`; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		}
	})
}

func TestRepairedKeywordsReachTheServer(t *testing.T) {
	say := []string{"* 1 FETCH (UID 7 FLAGS (Важно $a]b \\Seen))\r\n", "$ OK\r\n"}
	inSession(t, "FETCH", say, func(t *testing.T, s *session) {
		s.client.Select("INBOX", nil).Wait()
		list, err := s.client.Fetch(imap.UIDSetNum(7), &imap.FetchOptions{Flags: true}).Collect()
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		names := []string{FlagName(string(list[0].Flags[0])), FlagName(string(list[0].Flags[1]))}
		if want := []string{"Важно", "$a]b"}; !slices.Equal(names, want) {
			t.Errorf("got %q, want %q", names, want)
		}
		store := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.Flag(FlagAtom("Важно")), "$a&AF0-b", "other"}}
		s.client.Store(imap.UIDSetNum(7), store, nil).Close()
		if got, want := s.sent("STORE"), "UID STORE 7 +FLAGS (Важно $a]b other)"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

func TestFlagNames(t *testing.T) {
	for _, name := range []string{"Важно", "R&D", "a&-b", "[x]", "two words", "plain", "$Junk", "&"} {
		if got := FlagName(FlagAtom(name)); got != name {
			t.Errorf("%q becomes %q and then %q", name, FlagAtom(name), got)
		}
	}
	for _, keyword := range []string{"&BBIEMAQ2BD0EPg-", "R&D", "&-", "&AGE-", "$Forwarded"} {
		if got := FlagAtom(FlagName(keyword)); got != keyword {
			t.Errorf("%q is called %q and becomes %q", keyword, FlagName(keyword), got)
		}
	}
}

// TestRefusedAppendKeepsTheConnection: go-imap alone closes it.
func TestRefusedAppendKeepsTheConnection(t *testing.T) {
	inSession(t, "APPEND", []string{"$ NO [TRYCREATE] no such mailbox\r\n"}, func(t *testing.T, s *session) {
		if err := actElse(s.client, s.outcome, "APPEND"); !mail.Is(s.conn.Explain("append", err), mail.KindRefused) {
			t.Error("append:", err)
		}
		if err := s.client.Noop().Wait(); err != nil {
			t.Error("noop after it:", err)
		}
		if strings.Contains(strings.Join(s.server.seen, "\n"), "xxxx") {
			t.Error("the literal was sent all the same")
		}
	})
}

func TestIdleWaitsLongAndThenGivesUp(t *testing.T) {
	say := []string{"+ idling\r\n", "* 6 EXISTS\r\n"}
	inSession(t, "IDLE", say, func(t *testing.T, s *session) {
		start := time.Now()
		idle, err := s.client.Idle()
		if err != nil {
			t.Fatal(err)
		}
		<-s.client.Closed()
		// go-imap renews an IDLE after 28 minutes; to that the server is silent.
		if waited := time.Since(start); waited != 29*time.Minute {
			t.Errorf("gave up after %v", waited)
		}
		idle.Close()
		if err := s.conn.Err(); !mail.Is(err, mail.KindOffline) {
			t.Error("reason:", err)
		}
		if !slices.Contains(s.lines, "exists 6") {
			t.Error("heard", s.lines)
		}
	})
}

func TestNothingOwedNothingTimed(t *testing.T) {
	inSession(t, "", nil, func(t *testing.T, s *session) {
		s.client.Noop().Wait()
		time.Sleep(3 * time.Hour) // of the bubble's clock
		if err := s.client.Noop().Wait(); err != nil {
			t.Error(err)
		}
	})
}

func TestContextEndsAWait(t *testing.T) {
	inSession(t, "NOOP", []string{""}, func(t *testing.T, s *session) {
		ctx, cancel := context.WithCancel(context.Background())
		defer s.conn.Bind(ctx)()
		cmd := s.client.Noop()
		synctest.Wait()
		cancel()
		if err := s.conn.Explain("noop", cmd.Wait()); !mail.Is(err, mail.KindCanceled) {
			t.Error("got", err)
		}
	})
}

func TestStatsCountRoundTrips(t *testing.T) {
	inSession(t, "", nil, func(t *testing.T, s *session) {
		s.client.Noop().Wait()
		before := s.conn.Stats()
		s.client.Noop().Wait()
		s.client.Noop().Wait()
		after := s.conn.Stats()
		if got := after.RoundTrips - before.RoundTrips; got != 2 {
			t.Errorf("%d round trips for two commands", got)
		}
		if got, want := after.Out-before.Out, int64(len("T2 NOOP\r\nT3 NOOP\r\n")); got != want {
			t.Errorf("%d octets out, want %d", got, want)
		}
		if got, want := after.In-before.In, int64(len("T2 OK done\r\nT3 OK done\r\n")); got != want {
			t.Errorf("%d octets in, want %d", got, want)
		}
	})
}

func TestTranscriptIsReadable(t *testing.T) {
	var b bytes.Buffer
	o := &outcome{}
	synctest.Test(t, func(t *testing.T) {
		ours, theirs := net.Pipe()
		say := []string{"* 1 FETCH (UID 7 BODY[] {6}\r\nbody\r\n FLAGS (a\x1bb))\r\n", "$ OK done\r\n"}
		server := &scripted{conn: theirs, verb: "FETCH", say: say}
		done := make(chan struct{})
		go func() { defer close(done); server.serve() }()
		c := New(ours, Options{Secure: true, Transcript: &b})
		if err := c.Login(greeted(t, c), Credentials{User: "ann", Password: "secret"}); err != nil {
			t.Fatal(err)
		}
		client := imapclient.New(c, nil)
		act(client, o, "FETCH")
		client.Close()
		<-done
	})
	want := `C: T1 UID FETCH 7:8 (UID FLAGS BODY.PEEK[])
S: * 1 FETCH (UID 7 BODY[] {6}
S: {6 octets}
S:  FLAGS (a\x1bb))
S: T1 OK done
`
	if !strings.HasSuffix(b.String(), want) {
		t.Errorf("got\n%s\nwant at its end\n%s", b.String(), want)
	}
	if strings.Contains(b.String(), "body\r\n") {
		t.Error("the body is in it")
	}
}
