package wire

import (
	"bytes"
	"io"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"postrider/mail"
)

// canned is a connection on which the server's octets are known: they come once
// the client has sent its commands, and then the end.
type canned struct {
	net.Conn
	data  *bytes.Reader
	ready chan struct{}
	once  sync.Once
}

func (c *canned) Read(p []byte) (int, error) {
	<-c.ready
	return c.data.Read(p)
}
func (c *canned) Write(p []byte) (int, error)      { return len(p), nil }
func (c *canned) Close() error                     { c.open(); return nil }
func (c *canned) open()                            { c.once.Do(func() { close(c.ready) }) }
func (c *canned) SetReadDeadline(time.Time) error  { return nil }
func (c *canned) SetWriteDeadline(time.Time) error { return nil }

// verbs are the commands that run while the octets come, in the order of their
// tags.
var verbs = []string{"SELECT", "FETCH", "LIST", "SEARCH", "STATUS", "COPY", "ID", "NAMESPACE", "GETQUOTAROOT", "NOOP"}

// sendAll sends these commands and consumes what they bring until they end.
func sendAll(client *imapclient.Client) (wait func()) {
	sel := client.Select("INBOX", nil)
	section := []*imap.FetchItemBodySection{{Peek: true}}
	fetch := client.Fetch(imap.UIDSetNum(7, 8), &imap.FetchOptions{BodySection: section})
	list := client.List("", "*", nil)
	search := client.UIDSearch(&imap.SearchCriteria{}, &imap.SearchOptions{ReturnAll: true})
	status := client.Status("INBOX", &imap.StatusOptions{NumMessages: true})
	cp := client.Copy(imap.UIDSetNum(7), "X")
	id := client.ID(nil)
	ns := client.Namespace()
	quota := client.GetQuotaRoot("INBOX")
	noop := client.Noop()
	return func() {
		for m := fetch.Next(); m != nil; m = fetch.Next() {
			if _, err := collect(client, m); err != nil {
				break
			}
		}
		fetch.Close()
		list.Close()
		sel.Wait()
		search.Wait()
		status.Wait()
		cp.Wait()
		id.Wait()
		ns.Wait()
		quota.Wait()
		noop.Wait()
	}
}

// survive lets go-imap read data through a Conn, and returns how each of them
// ended.
func survive(data []byte) (c *Conn, clientErr error) {
	conn := &canned{data: bytes.NewReader(data), ready: make(chan struct{})}
	c = New(conn, Options{Secure: true, Transcript: io.Discard})
	c.greeted, c.signedIn = true, true
	c.setCaps(parseCaps(testCaps))
	client := imapclient.New(c, &imapclient.Options{UnilateralDataHandler: &imapclient.UnilateralDataHandler{
		Fetch: func(m *imapclient.FetchMessageData) { collect(client0(), m) },
	}})
	wait := sendAll(client)
	conn.open()
	wait()
	<-client.Closed()
	return c, client.Close()
}

// client0 is a client that is closed already.
var client0 = sync.OnceValue(func() *imapclient.Client {
	conn, _ := net.Pipe()
	client := imapclient.New(conn, nil)
	client.Close()
	return client
})

// FuzzRepair: whatever a server says, go-imap meets nothing that it cannot
// parse: it ends because the Conn ended, and the Conn says why.
func FuzzRepair(f *testing.F) {
	files, _ := filepath.Glob("testdata/quirks/*.txt")
	for _, path := range files {
		for _, fix := range readFixtures(f, path) {
			f.Add([]byte(withTags(fix)))
		}
	}
	f.Fuzz(mustSurvive)
}

func mustSurvive(t *testing.T, data []byte) {
	c, clientErr := survive(data)
	// Had go-imap stumbled, it would have closed the Conn before that ended.
	if kind := mail.KindOf(c.Err()); kind != mail.KindOffline && kind != mail.KindGarbled && kind != mail.KindBusy {
		t.Fatalf("after %q the connection ended with %v, the client with %v", data, c.Err(), clientErr)
	}
}

// tokens are what responses are made of; octets choose among them.
var tokens = strings.Split(`* |T2 |T4 |OK |NO |BYE |[|]|(|)|"| |NIL|nil|1|0|7|-1|4294967296|18446744073709551616|1:3|*|\|&|,|`+
	`FETCH (|UID 7 |FLAGS |INTERNALDATE |RFC822.SIZE |ENVELOPE |BODYSTRUCTURE |BODY[|BODY[]|BODY[] {3}abc|RFC822.HEADER |`+
	`MODSEQ |BINARY[1] ~{2}ab|BINARY.SIZE[1] |X-GM-LABELS |{3}abc|{0}|{5}|~{1}x|"text" |"plain" |"rfc822" |"message" |`+
	`"7bit" |LIST |STATUS |SEARCH |ESEARCH |SORT |THREAD |VANISHED |ID |NAMESPACE |QUOTA |QUOTAROOT |CAPABILITY |ENABLED |`+
	`EXISTS|EXPUNGE|RECENT|MESSAGES |UIDNEXT |UIDVALIDITY |PERMANENTFLAGS |HIGHESTMODSEQ |COPYUID |APPENDUID |ALERT|`+
	`INBOX|"/"|\Seen|"1-Jan-2020 00:00:00 +0000"|(TAG "T4") |ALL |MIN |CHILDINFO|+ |`+"\xc3\xa4|\xff|\x00|\r|\n|\n|\n|\n|\n", "|")

// FuzzRepairTokens is FuzzRepair with responses that come closer to being some.
func FuzzRepairTokens(f *testing.F) {
	f.Add([]byte("\x00\x0e\x19\x1a"))
	f.Fuzz(func(t *testing.T, choice []byte) {
		var b strings.Builder
		for _, i := range choice[:min(len(choice), 200)] {
			token := tokens[int(i)%len(tokens)]
			token = strings.ReplaceAll(token, "}", "}\r\n")
			b.WriteString(strings.ReplaceAll(token, "\n", "\r\n"))
		}
		mustSurvive(t, []byte(b.String()))
	})
}

// withTags is what the server of a fixture says, with the tag of its command.
func withTags(fix fixture) string {
	tag := "T10"
	for i, v := range verbs {
		if v == fix.verb {
			tag = "T" + utoa(uint32(i+1))
		}
	}
	var b strings.Builder
	for _, s := range fix.say {
		if after, ok := strings.CutPrefix(s, "$ "); ok {
			s = tag + " " + after
		}
		b.WriteString(s)
	}
	return b.String()
}

// FuzzGreeting: whatever a server says first, it is a greeting or an error.
func FuzzGreeting(f *testing.F) {
	f.Add([]byte("* OK [CAPABILITY IMAP4rev1] hi\r\n"))
	f.Add([]byte("* BYE [UNAVAILABLE] no\r\n"))
	f.Add([]byte("* OK hi\r\n* CAPABILITY IMAP4rev1\r\nW1 OK\r\nW2 OK in\r\n* CAPABILITY X\r\nW3 OK\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, secure := range []bool{true, false} {
			conn := &canned{data: bytes.NewReader(data), ready: make(chan struct{})}
			conn.open()
			c := New(conn, Options{Secure: secure})
			_, err := c.Greet(t.Context())
			if err == nil && secure {
				err = c.Login(t.Context(), Credentials{User: "ann", Password: "secret"})
			} else if err == nil {
				err = c.StartTLS(t.Context(), nil)
			}
			if kind := mail.KindOf(err); kind == mail.KindBug {
				t.Fatal(err)
			}
		}
	})
}

// FuzzNames: a name in go-imap's form means the same however often it is read,
// and a keyword is called what it was called.
func FuzzNames(f *testing.F) {
	for _, s := range []string{"R&D", "&AOQ-", "Entw&APw-rfe", "&AGE-", "&2D3eCg-", "a\x00b", "\xff", "&&", "&-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		name := decodeName(raw)
		if again := decodeName(encodeName(name)); again != name {
			t.Errorf("%q reads %q and then %q", raw, name, again)
		}
		if called := FlagName(FlagAtom(name)); name != "" && called != name {
			t.Errorf("keyword %q is called %q", name, called)
		}
	})
}
