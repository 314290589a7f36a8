package smtp

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"postrider/mail"
	"postrider/mail/mailtest"
)

const plainGreeting = "S: 220 mail.example ESMTP\nC: EHLO [127.0.0.1]\nS: 250-mail.example\nS: 250-SIZE 1000000\nS: 250-8BITMIME\nS: 250 ENHANCEDSTATUSCODES\n"

const letter = "Subject: hello\r\n\r\n.dot\r\nHello\r\n"

var envelope = Envelope{From: "anna@example.org", To: []string{"bob@example.net", "carl@example.net"}}

func open(t *testing.T, script string) (*Client, *bytes.Buffer) {
	t.Helper()
	var transcript bytes.Buffer
	c, err := NewClient(t.Context(), mailtest.ScriptConn(t, script), Options{Secure: true, Timeout: 5 * time.Second, Transcript: &transcript})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c, &transcript
}

func writes(text string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, text); return err }
}

func goOn() error { return nil }

// outcome describes a result in a line.
func outcome(res Result) string {
	var b strings.Builder
	switch {
	case res.Accepted():
		b.WriteString("sent")
	case res.Unknown:
		b.WriteString("unknown")
	default:
		b.WriteString("not sent")
	}
	for _, err := range res.Refused {
		fmt.Fprintf(&b, " %s", kindOr(err, "ok"))
	}
	if res.Err != nil {
		fmt.Fprintf(&b, ": %s", mail.KindOf(res.Err))
	}
	return b.String()
}

func kindOr(err error, none string) string {
	if err == nil {
		return none
	}
	return string(mail.KindOf(err))
}

const begun = "C: MAIL FROM:<anna@example.org>*\nS: 250 2.1.0 ok\nC: RCPT TO:<bob@example.net>\nS: 250 2.1.5 ok\nC: RCPT TO:<carl@example.net>\nS: 250 2.1.5 ok\n"
const uploaded = begun + "C: DATA\nS: 354 go on\nC: Subject: hello\nC: \nC: ..dot\nC: Hello\n"

// What a server says at each stage, and what that means for the message.
func TestOutcomes(t *testing.T) {
	for _, c := range []struct{ name, script, want string }{
		{"all is well", uploaded + "C: .\nS: 250 2.0.0 queued\n", "sent ok ok"},
		{"another completion", uploaded + "C: .\nS: 251 fine\n", "sent ok ok"},
		{"MAIL refused", "C: MAIL *\nS: 550 5.7.1 not you\nC: RSET\nS: 250 ok\n", "not sent: refused"},
		{"MAIL later", "C: MAIL *\nS: 451 4.3.0 later\nC: RSET\nS: 250 ok\n", "not sent: busy"},
		{"MAIL wants a sign-in", "C: MAIL *\nS: 530 5.7.0 sign in\nC: RSET\nS: 250 ok\n", "not sent: sign-in"},
		{"one recipient refused", "C: MAIL *\nS: 250 ok\nC: RCPT *\nS: 550 5.1.1 no such user\nC: RCPT *\nS: 250 ok\nC: DATA\nS: 354 go\nC: Subject: hello\nC: \nC: ..dot\nC: Hello\nC: .\nS: 250 ok\n",
			"sent refused ok"},
		{"one later", "C: MAIL *\nS: 250 ok\nC: RCPT *\nS: 250 ok\nC: RCPT *\nS: 450 4.2.0 greylisted\nC: DATA\nS: 354 go\nC: ...\nC: .\nS: 250 ok\n", "sent ok busy"},
		{"too many recipients", "C: MAIL *\nS: 250 ok\nC: RCPT *\nS: 250 ok\nC: RCPT *\nS: 552 5.5.3 too many\nC: DATA\nS: 354 go\nC: ...\nC: .\nS: 250 ok\n", "sent ok busy"},
		{"all recipients refused", "C: MAIL *\nS: 250 ok\nC: RCPT *\nS: 550 no\nC: RCPT *\nS: 553 no\nC: RSET\nS: 250 ok\n", "not sent refused refused: refused"},
		{"421 at RCPT", "C: MAIL *\nS: 250 ok\nC: RCPT *\nS: 421 4.3.2 closing\n! close\n", "not sent: busy"},
		{"DATA refused", begun + "C: DATA\nS: 554 5.5.1 no\nC: RSET\nS: 250 ok\n", "not sent ok ok: refused"},
		{"DATA later", begun + "C: DATA\nS: 451 later\nC: RSET\nS: 250 ok\n", "not sent ok ok: busy"},
		{"DATA answered with a completion", begun + "C: DATA\nS: 250 ok\n", "not sent ok ok: garbled"},
		{"message refused", uploaded + "C: .\nS: 554 5.6.0 content\nC: RSET\nS: 250 ok\n", "not sent ok ok: refused"},
		{"message later", uploaded + "C: .\nS: 452 4.3.1 full\nC: RSET\nS: 250 ok\n", "not sent ok ok: busy"},
		{"421 to the message", uploaded + "C: .\nS: 421 4.3.2 closing\n! close\n", "not sent ok ok: busy"},
		{"354 to the message", uploaded + "C: .\nS: 354 more\n", "unknown ok ok: garbled"},
		{"nonsense to the message", uploaded + "C: .\nS: what?\n", "unknown ok ok: garbled"},
		{"closed before MAIL", "! close\n", "not sent: offline"},
		{"closed after MAIL", "C: MAIL *\n! close\n", "not sent: offline"},
		{"reset at RCPT", "C: MAIL *\nS: 250 ok\nC: RCPT *\n! reset\n", "not sent: offline"},
		{"closed at DATA", begun + "C: DATA\n! close\n", "not sent ok ok: offline"},
		{"closed after the message", uploaded + "C: .\n! close\n", "unknown ok ok: offline"},
		{"reset after the message", uploaded + "C: .\n! reset\n", "unknown ok ok: offline"},
		{"half an answer", uploaded + "C: .\nS= \"25\"\n! close\n", "unknown ok ok: offline"},
		{"an answer that does not end", uploaded + "C: .\nS: 250-one\nS: 250-two\n! close\n", "unknown ok ok: offline"},
	} {
		t.Run(c.name, func(t *testing.T) {
			client, _ := open(t, plainGreeting+c.script)
			if got := outcome(client.Send(t.Context(), envelope, writes(letter), goOn)); !strings.HasPrefix(got, c.want) {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// The silence of a server ends, before the end of the message as not sent,
// after it as unknown.
func TestSilence(t *testing.T) {
	for script, want := range map[string]string{
		"C: MAIL *\n! hang\n":       "not sent: offline",
		uploaded + "C: .\n! hang\n": "unknown ok ok: offline",
	} {
		conn := mailtest.ScriptConn(t, plainGreeting+script)
		client, err := NewClient(t.Context(), conn, Options{Secure: true, Timeout: 300 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		if got := outcome(client.Send(t.Context(), envelope, writes(letter), goOn)); got != want {
			t.Errorf("%s, want %s", got, want)
		}
		client.Close()
	}
}

// The caller can stop a message to the last: no end goes out.
func TestLastCallStopsIt(t *testing.T) {
	client, _ := open(t, plainGreeting+begun+"C: DATA\nS: 354 go on\nC: ...\n! hang\n")
	stop := &mail.Error{Kind: mail.KindGone, Message: "called off"}
	res := client.Send(t.Context(), envelope, writes(letter), func() error { return stop })
	if res.Unknown || !errors.Is(res.Err, stop) || client.Over() == nil {
		t.Errorf("%+v, over: %v", res, client.Over())
	}
}

// A message whose bytes cannot be read to the end has no end.
func TestUnreadableMessageIsNotEnded(t *testing.T) {
	client, _ := open(t, plainGreeting+begun+"C: DATA\nS: 354 go on\nC: ...\n! hang\n")
	broken := &mail.Error{Kind: mail.KindDisk, Message: "the disk is gone"}
	res := client.Send(t.Context(), envelope, func(w io.Writer) error { io.WriteString(w, "Subject: half"); return broken }, goOn)
	if res.Unknown || !mail.Is(res.Err, mail.KindDisk) || client.Over() == nil {
		t.Errorf("%+v, over: %v", res, client.Over())
	}
}

func TestSizeIsCheckedBeforeTheUpload(t *testing.T) {
	client, _ := open(t, plainGreeting+"C: MAIL FROM:<anna@example.org> SIZE=1000\nS: 552 5.3.4 too big\nC: RSET\nS: 250 ok\n")
	env := envelope
	env.Size = 2_000_000
	res := client.Send(t.Context(), env, writes(letter), goOn)
	if !mail.Is(res.Err, mail.KindRefused) || !strings.Contains(res.Err.Error(), "at most 1.0 MB") {
		t.Errorf("%v", res.Err)
	}
	env.Size = 1000
	if res = client.Send(t.Context(), env, writes(letter), goOn); !mail.Is(res.Err, mail.KindRefused) {
		t.Errorf("%v", res.Err)
	}
}

func TestWhatTheServerDoesNotTakeIsRefusedInWords(t *testing.T) {
	client, _ := open(t, "S: 220 hi\nC: EHLO *\nS: 500 what\nC: HELO [127.0.0.1]\nS: 250 old\n! hang\n")
	for _, env := range []Envelope{{UTF8: true}, {EightBit: true}} {
		env.From, env.To = "a@b.c", []string{"d@e.f"}
		if res := client.Send(t.Context(), env, writes(letter), goOn); !mail.Is(res.Err, mail.KindRefused) || res.Unknown {
			t.Errorf("%+v", res)
		}
	}
}

const rich = "S: 220 mail.example\nC: EHLO *\nS: 250-mail.example\nS: 250-PIPELINING\nS: 250-CHUNKING\nS: 250-SMTPUTF8\nS: 250-8BITMIME\nS: 250-DSN\nS: 250 SIZE\n"

// PIPELINING, CHUNKING, DSN, 8BITMIME and SMTPUTF8 together.
func TestExtensionsAreUsed(t *testing.T) {
	client, transcript := open(t, rich+"C: MAIL FROM:<änna@example.org> BODY=8BITMIME SMTPUTF8 SIZE=50 RET=HDRS ENVID=a+2B@b\nC: RCPT TO:<bob@example.net> NOTIFY=SUCCESS,FAILURE,DELAY\n"+
		"S: 250 ok\nS: 250 ok\nC: BDAT 31\nC: Subject: hello\nC: \nC: .dot\nC: Hello\nS: 250 ok\nC: BDAT 0 LAST\nS: 250 2.0.0 done\nC: QUIT\nS: 221 bye\n")
	env := Envelope{From: "änna@example.org", To: []string{"bob@example.net"}, EightBit: true, UTF8: true, Size: 50, Notify: true, ID: "a+@b"}
	if res := client.Send(t.Context(), env, writes(letter), goOn); !res.Accepted() {
		t.Errorf("%+v\n%s", res, transcript)
	}
	client.Quit(t.Context())
	if strings.Contains(transcript.String(), "Hello") {
		t.Errorf("the transcript has the message:\n%s", transcript)
	}
}

func TestRefusedChunk(t *testing.T) {
	client, _ := open(t, rich+"C: MAIL *\nC: RCPT *\nC: RCPT *\nS: 250 ok\nS: 250 ok\nS: 250 ok\nC: BDAT 31\nC: ...\nC: Hello\nS: 552 5.3.4 too large\nC: RSET\nS: 250 ok\n")
	if got := outcome(client.Send(t.Context(), envelope, writes(letter), goOn)); got != "not sent ok ok: refused" {
		t.Error(got)
	}
}

func TestChunkWithoutAnswer(t *testing.T) {
	client, _ := open(t, rich+"C: MAIL *\nC: RCPT *\nC: RCPT *\nS: 250 ok\nS: 250 ok\nS: 250 ok\nC: BDAT 31\nC: ...\nC: Hello\n! close\n")
	if got := outcome(client.Send(t.Context(), envelope, writes(letter), goOn)); got != "not sent ok ok: offline" {
		t.Error(got)
	}
}

// One connection takes one message after the other, also after a refusal.
func TestOneConnectionManyMessages(t *testing.T) {
	client, _ := open(t, plainGreeting+uploaded+"C: .\nS: 250 ok\nC: MAIL *\nS: 550 no\nC: RSET\nS: 250 ok\n"+uploaded+"C: .\nS: 250 ok\n")
	var got []string
	for range 3 {
		got = append(got, outcome(client.Send(t.Context(), envelope, writes(letter), goOn)))
	}
	if fmt.Sprint(got) != "[sent ok ok not sent: refused sent ok ok]" {
		t.Error(got)
	}
}

func TestContextEndsIt(t *testing.T) {
	for script, want := range map[string]string{
		begun + "C: DATA\nS: 354 go on\nC: ...\n! hang\n": "not sent ok ok: canceled",
		uploaded + "C: .\n! hang\n":                       "unknown ok ok: canceled",
	} {
		ctx, cancel := context.WithCancel(t.Context())
		client, err := NewClient(ctx, mailtest.ScriptConn(t, plainGreeting+script), Options{Secure: true, Timeout: 300 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		last := func() error { cancel(); return nil }
		write := writes(letter)
		if !strings.Contains(want, "unknown") {
			write = func(io.Writer) error { cancel(); return ctx.Err() }
		}
		if got := outcome(client.Send(ctx, envelope, write, last)); got != want {
			t.Errorf("%s, want %s", got, want)
		}
		client.Close()
	}
}

// bell is a connection that tells when its deadline is set once it was armed.
type bell struct {
	net.Conn
	armed atomic.Bool
	rung  chan bool
}

func (b *bell) SetDeadline(at time.Time) error {
	err := b.Conn.SetDeadline(at)
	if b.armed.CompareAndSwap(true, false) {
		close(b.rung)
	}
	return err
}

// Whoever is stopped after the end of a message has gone out still hears what
// the server says to it, if that comes soon: else nobody would know.
func TestTheAnswerToAMessageIsHeardThoughWeAreStopped(t *testing.T) {
	for answer, want := range map[string]string{"250 ok": "sent ok ok", "554 no": "not sent ok ok: refused", "451 later": "not sent ok ok: busy"} {
		ctx, cancel := context.WithCancel(t.Context())
		near, far := net.Pipe()
		conn := &bell{Conn: near, rung: make(chan bool)}
		go func() {
			in := bufio.NewReader(far)
			say := func(line string) { io.WriteString(far, line+"\r\n") }
			hear := func() string { line, _ := in.ReadString('\n'); return strings.TrimSpace(line) }
			say("220 hi")
			for range 4 {
				hear()
				say("250 ok")
			}
			hear()
			say("354 go on")
			for hear() != "." {
			}
			conn.armed.Store(true)
			cancel()
			<-conn.rung
			say(answer)
		}()
		client, err := NewClient(ctx, conn, Options{Secure: true})
		if err != nil {
			t.Fatal(err)
		}
		if got := outcome(client.Send(ctx, envelope, writes(letter), goOn)); got != want {
			t.Errorf("%s: %s, want %s", answer, got, want)
		}
		client.Close()
		far.Close()
	}
}

// Nothing goes out in clear text where TLS is wanted, and nothing that came in
// clear text counts.
func TestStartTLSIsRequired(t *testing.T) {
	hello := "S: 220 hi\nC: EHLO [127.0.0.1]\nS: 250-mail.example\nS: 250-AUTH PLAIN\n"
	for name, script := range map[string]string{
		"missing":  hello + "S: 250 8BITMIME\n",
		"refused":  hello + "S: 250 STARTTLS\nC: STARTTLS\nS: 454 4.7.0 not now\n",
		"unknown":  hello + "S: 250 STARTTLS\nC: STARTTLS\nS: 502 what\n",
		"354":      hello + "S: 250 STARTTLS\nC: STARTTLS\nS: 354 go on\n",
		"250":      hello + "S: 250 STARTTLS\nC: STARTTLS\nS: 250 ok\n",
		"injected": hello + "S: 250 STARTTLS\nC: STARTTLS\nS= \"220 go\\r\\n250 injected\\r\\n\"\n",
	} {
		conn := mailtest.ScriptConn(t, script)
		client, err := NewClient(t.Context(), conn, Options{Timeout: 5 * time.Second})
		if err != nil {
			t.Fatal(err)
		}
		err = client.StartTLS(t.Context(), func(context.Context, net.Conn) (net.Conn, error) {
			t.Errorf("%s: TLS began", name)
			return nil, io.EOF
		})
		if !mail.Is(err, mail.KindUnsafe) || client.Over() == nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := client.Login(t.Context(), Credentials{User: "u", Password: "p"}); err == nil {
			t.Errorf("%s: signed in", name)
		}
	}
}

func TestNoPasswordInClearText(t *testing.T) {
	client, err := NewClient(t.Context(), mailtest.ScriptConn(t, "S: 220 hi\nC: EHLO *\nS: 250-x\nS: 250 AUTH PLAIN LOGIN\n! hang\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if err := client.Login(t.Context(), Credentials{User: "u", Password: "p"}); !mail.Is(err, mail.KindUnsafe) {
		t.Errorf("%v", err)
	}
}

func TestGreetings(t *testing.T) {
	for script, want := range map[string]mail.Kind{
		"S: 554 5.7.1 go away\n": mail.KindRefused, "S: 421 4.7.0 busy\n": mail.KindBusy, "S: * OK IMAP4\n": mail.KindGarbled,
		"! close\n": mail.KindOffline, "S: 220 hi\nC: EHLO *\nS: 550 no\n": mail.KindRefused, "S: 250 hi\n": mail.KindGarbled,
		"S: 220 hi\nC: EHLO *\nS: 250-" + strings.Repeat("x", 20000) + "\n": mail.KindGarbled,
	} {
		_, err := NewClient(t.Context(), mailtest.ScriptConn(t, script), Options{Timeout: 5 * time.Second})
		if !mail.Is(err, want) {
			t.Errorf("%.60q: %v is %q, want %q", script, err, mail.KindOf(err), want)
		}
	}
}

func FuzzReply(f *testing.F) {
	f.Add([]byte("250-a\r\n250 b\r\n"))
	f.Add([]byte("550 5.1.1 no\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		c := &Client{log: &log{}}
		r, err := readReply(newReader(raw), c.log.server)
		if err == nil && (r.Code < 100 || r.Code > 599 || len(r.Text) > maxReplyText+1000) {
			t.Errorf("%+v", r)
		}
	})
}

// Whatever a server says, nothing is taken for sent without as many good answers
// as that needs, and nothing hangs.
func FuzzServer(f *testing.F) {
	f.Add([]byte("220 hi\r\n250-x\r\n250 PIPELINING\r\n250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n250 done\r\n"))
	f.Add([]byte("220 hi\r\n250-x\r\n250-CHUNKING\r\n250 AUTH PLAIN\r\n250 ok\r\n250 ok\r\n550 no\r\n250 chunk\r\n250 done\r\n"))
	f.Add([]byte("220-hi\r\n220 hi\r\n500 what\r\n250 x\r\n250 ok\r\n421 bye\r\n"))
	f.Fuzz(func(t *testing.T, says []byte) {
		ours, theirs := net.Pipe()
		go io.Copy(io.Discard, theirs)
		go func() {
			theirs.Write(says)
			theirs.Close()
		}()
		c, err := NewClient(t.Context(), ours, Options{Secure: true, Timeout: 2 * time.Second})
		if err != nil {
			ours.Close()
			return
		}
		defer c.Close()
		res := c.Send(t.Context(), envelope, writes(letter), goOn)
		good := 0
		for line := range strings.Lines(string(says)) {
			if len(line) > 3 && line[0] == '2' && line[3] != '-' {
				good++
			}
		}
		if res.Accepted() && good < 5 { // the greeting, EHLO, MAIL, a RCPT, and the end
			t.Errorf("%d good answers make it sent: %q", good, says)
		}
	})
}
