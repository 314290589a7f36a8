package pop3

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"postrider/mail"
)

// FuzzServer lets a server say anything, an answer for each form feed. No panic,
// no hang, no error without a kind; and a message that is complete was ended.
func FuzzServer(f *testing.F) {
	f.Add([]byte(strings.Join(session, "\f")), false)
	f.Add([]byte(strings.Join(session, "\f")), true)
	for _, tt := range wires {
		f.Add([]byte("+OK\r\n\f-ERR\r\n\f+OK\r\n\f+OK\r\n\f-ERR\r\n\f+OK\r\n1 A\r\n.\r\n\f+OK\r\n"+tt.wire), true)
	}
	f.Add([]byte("+OK\r\n\f+OK\r\nSASL PLAIN\r\n.\r\n\f+ \r\n"), true)
	f.Add([]byte("+OK\r\n\f+OK\r\n.\r\n\f+OK\r\n\f+OK\r\n\f+OK\r\n.\r\n\f+OK\r\n1 A\r\n1 B\r\n2 A\r\n-1 C\r\n18446744073709551616 D\r\n"), false)
	f.Fuzz(func(t *testing.T, said []byte, slow bool) {
		synctest.Test(t, func(t *testing.T) { converse(t, said, slow) })
	})
}

func converse(t *testing.T, said []byte, slow bool) {
	conn := newAnswers(strings.Split(string(said), "\f")...)
	if slow {
		conn.inPieces(1)
	}
	begun := time.Now()
	r := visit(t.Context(), conn)
	if kind := mail.KindOf(r.err); r.err != nil && (kind == mail.KindBug || kind == "") {
		t.Errorf("an error of no kind: %v", r.err)
	}
	if (r.outcome == Committed) != (r.err == nil) {
		t.Errorf("deletion %v, error %v", r.outcome, r.err)
	}
	if dots := bytes.Count(said, []byte(".")); len(r.msgs) > dots {
		t.Errorf("%d complete messages, but %d dots", len(r.msgs), dots)
	}
	if took := time.Since(begun); took > time.Minute {
		t.Errorf("took %v", took)
	}
}

// FuzzMessage sends any octets as a server would that knows its business, and
// wants them back.
func FuzzMessage(f *testing.F) {
	for _, tt := range wires {
		f.Add([]byte(tt.want))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		if !bytes.HasSuffix(content, []byte("\r\n")) {
			content = append(bytes.Clone(content), "\r\n"...)
		}
		synctest.Test(t, func(t *testing.T) {
			begun := time.Now()
			fetchStuffed(t, content, func(m *Message) io.Reader { return m })
			fetchStuffed(t, content, func(m *Message) io.Reader { return iotest.OneByteReader(m) })
			if took := time.Since(begun); took > 0 {
				t.Errorf("waited %v", took)
			}
		})
	})
}

func fetchStuffed(t *testing.T, content []byte, reader func(*Message) io.Reader) {
	wire := string(stuff(content)) + ".\r\n"
	got, err := receive(t, wire, int64(len(content)), func(m *Message) ([]byte, error) { return io.ReadAll(reader(m)) })
	if err != nil || !bytes.Equal(got, content) {
		t.Errorf("got %q, %v, want %q", got, err, content)
	}
}

// stuff doubles the dots at the beginnings of lines, whatever ends these.
func stuff(content []byte) []byte {
	content = bytes.ReplaceAll(content, []byte("\n."), []byte("\n.."))
	if bytes.HasPrefix(content, []byte(".")) {
		content = append([]byte("."), content...)
	}
	return content
}
