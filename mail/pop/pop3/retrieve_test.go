package pop3

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"postrider/mail"
)

func numbers(n int) []Scan {
	want := make([]Scan, n)
	for i := range want {
		want[i].Num = i + 1
	}
	return want
}

// TestOneRefused has trouble with some messages: the others must come, each
// under its own number.
func TestOneRefused(t *testing.T) {
	c := connect(t, pipelining+`
		C: RETR 1
		C: RETR 2
		C: RETR 3
		C: RETR 4
		C: RETR 5
		S: +OK
		S: one
		S: .
		S: -ERR message 2 has been deleted
		S: -ERR [SYS/TEMP] try again
		S: -ERR [SYS/PERM] broken
		S: +OK
		S: five
		S: .
		C: NOOP
		S: +OK
	`)
	got := map[int]string{}
	must(t, c.RetrieveAll(t.Context(), numbers(5), 0, func(m *Message) error {
		b, err := io.ReadAll(m)
		got[m.Num] = string(b) + string(mail.KindOf(err))
		if mail.KindOf(err) != mail.KindOf(m.Err()) || (err == nil) != m.Complete() {
			t.Errorf("message %d: Read says %v, Err %v, Complete %v", m.Num, err, m.Err(), m.Complete())
		}
		return nil
	}))
	want := map[int]string{1: "one\r\n", 2: "gone", 3: "busy", 4: "refused", 5: "five\r\n"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
	must(t, c.Noop(t.Context()))
}

// TestNoPipeliningUnasked sends the next command only after the whole answer,
// though before the caller is done with the message.
func TestNoPipeliningUnasked(t *testing.T) {
	c := connect(t, noCaps+`
		C: RETR 1
		S: +OK
		S: one
		S: .
		C: RETR 2
		S: +OK
		S: two
		S: .
	`)
	sent := make(map[int]int64)
	must(t, c.RetrieveAll(t.Context(), numbers(2), 100, func(m *Message) error {
		text(t, m)
		sent[m.Num] = int64(m.run.asked)
		return nil
	}))
	if sent[1] != 2 {
		t.Errorf("%d commands were on their way at the end of message 1, want 2", sent[1])
	}
}

// TestWindow never has more commands in flight than it may.
func TestWindow(t *testing.T) {
	c := connect(t, pipelining+`
		C: RETR 1
		C: RETR 2
		S: +OK
		S: .
		C: RETR 3
		S: +OK
		S: .
		S: +OK
		S: .
	`)
	must(t, c.RetrieveAll(t.Context(), numbers(3), 2, func(m *Message) error {
		_, err := io.Copy(io.Discard, m)
		return err
	}))
}

// TestLargeMessagesAreNotAskedForTogether keeps what is in flight small.
func TestLargeMessagesAreNotAskedForTogether(t *testing.T) {
	c := connect(t, pipelining+`
		C: RETR 1
		S: +OK
		S: one
		S: .
		C: RETR 2
		S: +OK
		S: two
		S: .
	`)
	want := []Scan{{Num: 1, Size: 3 * maxFlight}, {Num: 2, Size: 3 * maxFlight}}
	must(t, c.RetrieveAll(t.Context(), want, 0, func(m *Message) error {
		_, err := io.Copy(io.Discard, m)
		return err
	}))
}

// TestServerThatOnlySends does not read while it has something to send, which
// locks up a client that writes from where it reads.
func TestServerThatOnlySends(t *testing.T) {
	const n = 600
	var script strings.Builder
	script.WriteString(pipelining)
	for i := range n {
		fmt.Fprintf(&script, "C: RETR %d\nS: +OK\n", i+1)
		for range 50 {
			script.WriteString("S: some line of text\n")
		}
		script.WriteString("S: .\n")
	}
	script.WriteString("C: QUIT\nS: +OK\n")
	c := connect(t, script.String())
	got := 0
	must(t, c.RetrieveAll(t.Context(), numbers(n), 0, func(m *Message) error {
		if got++; m.Num != got {
			t.Errorf("message %d in place of %d", m.Num, got)
		}
		_, err := io.Copy(io.Discard, m)
		return err
	}))
	if got != n {
		t.Errorf("got %d messages, want %d", got, n)
	}
	_, err := c.Quit(t.Context())
	must(t, err)
}

func TestCallerStops(t *testing.T) {
	c := connect(t, pipelining+`
		C: RETR 1
		C: RETR 2
		S: +OK
		S: one
		S: and more
		S: .
		S: +OK
		S: two
		S: .
		C: NOOP
		S: +OK
	`)
	var kept *Message
	err := c.RetrieveAll(t.Context(), numbers(9), 2, func(m *Message) error {
		if m.Num > 1 {
			t.Errorf("called for message %d", m.Num)
		}
		kept = m
		m.Read(make([]byte, 2))
		return errAny
	})
	if err != errAny {
		t.Errorf("got %v, want the caller's error", err)
	}
	if n, err := kept.Read(make([]byte, 9)); n != 0 || err == nil || err == io.EOF {
		t.Errorf("a message read late gives %d, %v", n, err)
	}
	must(t, c.Noop(t.Context()))
}

func TestUnreadMessages(t *testing.T) {
	c := connect(t, pipelining+"C: RETR 1\n C: RETR 2\n S: +OK\n S: one\n S: .\n S: +OK\n S: two\n S: .")
	calls := 0
	must(t, c.RetrieveAll(t.Context(), numbers(2), 0, func(m *Message) error { calls++; return nil }))
	if calls != 2 {
		t.Errorf("%d calls, want 2", calls)
	}
}

func TestAnnouncedTooLarge(t *testing.T) {
	c := connectWith(t, noCaps+"C: RETR 2\n S: +OK 5 octets\n S: two\n S: .", Options{MaxMessage: 100})
	want := []Scan{{Num: 1, Size: 101}, {Num: 2}, {Num: 3, Size: 1 << 62}}
	var got []mail.Kind
	must(t, c.RetrieveAll(t.Context(), want, 0, func(m *Message) error {
		_, err := io.Copy(io.Discard, m)
		got = append(got, mail.KindOf(err))
		if m.Num == 2 && m.Announced != 5 {
			t.Errorf("announced %d, want the 5 of the answer", m.Announced)
		}
		return nil
	}))
	if fmt.Sprint(got) != "[refused  refused]" {
		t.Errorf("got %q", got)
	}
}

func TestAnsweredBeforeAsked(t *testing.T) {
	c := connect(t, noCaps+`C: RETR 1`+"\n"+`S| +OK\r\na\r\n.\r\n+OK\r\nb\r\n.\r\n`)
	got := 0
	err := c.RetrieveAll(t.Context(), numbers(2), 0, func(m *Message) error {
		_, err := io.Copy(io.Discard, m)
		if err == nil {
			got++
		}
		return err
	})
	if !mail.Is(err, mail.KindGarbled) || got != 0 {
		t.Errorf("got %d messages and %v, want none and kind garbled", got, err)
	}
}

func TestPanicInCallback(t *testing.T) {
	c := over(newAnswers("+OK\r\n", "-ERR\r\n", "+OK\r\na\r\n"))
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was lost")
			}
		}()
		c.Retrieve(t.Context(), Scan{Num: 1}, func(*Message) error { panic("in the callback") })
	}()
	if err := c.Noop(t.Context()); err == nil {
		t.Error("the session goes on in the middle of an answer")
	}
}

func TestDelete(t *testing.T) {
	c := connect(t, pipelining+`
		C: DELE 1
		C: DELE 2
		C: DELE 3
		S: +OK
		S: -ERR no such message
		S: +OK
		C: RSET
		S: +OK
		C: DELE 7
		S: -ERR [SYS/TEMP] later
		C: QUIT
		S: +OK
	`)
	var got []string
	must(t, c.DeleteAll(t.Context(), []int{1, 2, 3}, func(num int, err error) error {
		got = append(got, fmt.Sprintf("%d%s", num, mail.KindOf(err)))
		return nil
	}))
	if fmt.Sprint(got) != "[1 2gone 3]" {
		t.Errorf("got %q", got)
	}
	must(t, c.Reset(t.Context()))
	if err := c.Delete(t.Context(), 7); !mail.Is(err, mail.KindBusy) {
		t.Errorf("got %v, want kind busy", err)
	}
	if got, err := c.Quit(t.Context()); got != Committed || err != nil {
		t.Errorf("Quit = %v, %v", got, err)
	}
}

func TestQuit(t *testing.T) {
	for end, want := range map[string]struct {
		deletion Deletion
		kind     mail.Kind
	}{
		"C: QUIT\n S: +OK": {Committed, ""},
		"C: QUIT\n S: -ERR some messages not removed": {Incomplete, mail.KindRefused},
		"C: QUIT\n S: -ERR [SYS/TEMP] disk full":      {Incomplete, mail.KindBusy},
		"C: QUIT\n CLOSE":                             {Unknown, mail.KindOffline},
		"C: QUIT\n S| +O\n CLOSE":                     {Unknown, mail.KindOffline},
		"C: QUIT\n S: what":                           {Unknown, mail.KindGarbled},
		"CLOSE":                                       {Unknown, mail.KindOffline},
	} {
		c := connect(t, "S: +OK\n"+end)
		got, err := c.Quit(t.Context())
		if got != want.deletion || mail.KindOf(err) != want.kind {
			t.Errorf("%s: got %v, %v, want %v, kind %q", end, got, err, want.deletion, want.kind)
		}
		if c.Over() == nil || c.Noop(t.Context()) == nil {
			t.Errorf("%s: the session is not over", end)
		}
	}
}

func TestQuitAfterCancel(t *testing.T) {
	c := connect(t, "S: +OK")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got, err := c.Quit(ctx); got != Unknown || !mail.Is(err, mail.KindCanceled) {
		t.Errorf("got %v, %v, want unknown, kind canceled", got, err)
	}
}

func TestNumbersThatAreNone(t *testing.T) {
	c := connect(t, noCaps)
	err := c.DeleteAll(t.Context(), []int{0}, func(int, error) error { return nil })
	if !mail.Is(err, mail.KindInput) {
		t.Errorf("got %v, want kind input", err)
	}
}
