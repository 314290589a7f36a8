package pop3

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"postrider/mail"
)

// wires are answers to RETR, without their first line, and what they hold.
var wires = []struct {
	name, wire, want string
	announced        int64
}{
	{name: "empty", wire: ".\r\n", want: ""},
	{name: "one line", wire: "a\r\n.\r\n", want: "a\r\n"},
	{name: "stuffed dots", wire: "..\r\n...\r\n..a\r\n.\r\n", want: ".\r\n..\r\n.a\r\n"},
	{name: "dots inside lines", wire: "a.\r\na..b\r\n.\r\n", want: "a.\r\na..b\r\n"},
	{name: "stuffed dot before a lone CR", wire: "..\ra\r\n.\r\n", want: ".\ra\r\n"},
	{name: "bare CR", wire: "a\rb\r.\r\r\n.\r\n", want: "a\rb\r.\r\r\n"},
	{name: "NUL", wire: "a\x00b\r\n\x00\r\n.\r\n", want: "a\x00b\r\n\x00\r\n"},
	{name: "bare LF inside", wire: "a\nb\r\n.\r\n", want: "a\nb\r\n"},
	{name: "8 bit", wire: "\xff\xfe\r\n.\r\n", want: "\xff\xfe\r\n"},
	{name: "empty lines", wire: "\r\n\r\n\n\r\n.\r\n", want: "\r\n\r\n\n\r\n"},

	// A server that does not stuff.
	{name: "dot line that is not stuffed", wire: ".hidden\r\nb\r\n.\r\n", want: ".hidden\r\nb\r\n"},
	{name: "dot and CR that is not stuffed", wire: ".\rb\r\n.\r\n", want: ".\rb\r\n"},
	{name: "lone dot that is not stuffed", wire: "a\r\n.\r\nb\r\n.\r\n", want: "a\r\n.\r\nb\r\n", announced: 9},

	// A server whose lines end in LF stuffs after it, and ends so.
	{name: "dots after LF, stuffed", wire: "a\n..b\nc\r\n.\r\n", want: "a\n.b\nc\r\n"},
	{name: "end after LF", wire: "a\nb\n.\r\n", want: "a\nb\n", announced: 4},
	{name: "end in LF", wire: "a\nb\n.\n", want: "a\nb\n", announced: 4},
	{name: "end after LF, size without meaning", wire: "a\nb\n.\r\n", want: "a\nb\n", announced: 6},
	{name: "end after LF, size unknown", wire: "a\nb\n.\r\n", want: "a\nb\n"},

	// A server that passes bare LF on, and stuffs after CRLF only: a sender could
	// end the message early and write the server's next answers.
	{name: "dot after LF, not stuffed", wire: "a\n.b\r\n.\r\n", want: "a\n.b\r\n"},
	{name: "forged end", wire: "a\n.\r\n+OK\r\nb\r\n.\r\n", want: "a\n.\r\n+OK\r\nb\r\n", announced: 13},
	{name: "forged end, size unknown", wire: "a\n.\r\n+OK\r\nb\r\n.\r\n", want: "a\n.\r\n+OK\r\nb\r\n"},
}

func TestMessage(t *testing.T) {
	for _, tt := range wires {
		t.Run(tt.name, func(t *testing.T) {
			got, err := receive(t, tt.wire, tt.announced, func(m *Message) ([]byte, error) { return io.ReadAll(m) })
			if err != nil || string(got) != tt.want {
				t.Errorf("got %q, %v, want %q", got, err, tt.want)
			}
		})
	}
}

// TestMessageInPieces reads the same when the network hands over single octets,
// and when the reader asks for them.
func TestMessageInPieces(t *testing.T) {
	for _, tt := range wires {
		if tt.announced > int64(len(tt.want)) {
			continue // takes the lull, once is enough
		}
		t.Run(tt.name, func(t *testing.T) {
			got, err := receive(t, tt.wire, tt.announced, func(m *Message) ([]byte, error) {
				return io.ReadAll(iotest.OneByteReader(m))
			})
			if err != nil || string(got) != tt.want {
				t.Errorf("got %q, %v, want %q", got, err, tt.want)
			}
			// What follows the dot must be there to speak against it.
			if strings.Contains(tt.name, "lone dot") || strings.Contains(tt.name, "forged end, size unknown") {
				return
			}
			c := over(newAnswers("+OK\r\n", "-ERR\r\n", "+OK\r\n"+tt.wire).inPieces(1))
			got, err = retrieve(t, c, tt.announced, func(m *Message) ([]byte, error) { return io.ReadAll(m) })
			if err != nil || string(got) != tt.want {
				t.Errorf("octet by octet: got %q, %v, want %q", got, err, tt.want)
			}
		})
	}
}

func TestLongLines(t *testing.T) {
	line := strings.Repeat("x", 20<<20)
	want := line + "\r\n.y" + line + "\n"
	wire := line + "\r\n..y" + line + "\n\r\n.\r\n"
	got, err := receive(t, wire, 0, func(m *Message) ([]byte, error) {
		var b bytes.Buffer
		_, err := io.Copy(&b, m)
		return b.Bytes(), err
	})
	if err != nil || string(got) != want+"\r\n" {
		t.Errorf("got %d octets, %v, want %d", len(got), err, len(want)+2)
	}
}

// TestGoesOnAfterTheEnd is about a server that does not stuff: what looks whole
// is not, and the session cannot be followed any more.
func TestGoesOnAfterTheEnd(t *testing.T) {
	_, err := receive(t, "a\r\n.\r\nb\r\n.\r\n", 0, func(m *Message) ([]byte, error) { return io.ReadAll(m) })
	if !mail.Is(err, mail.KindGarbled) {
		t.Errorf("got %v, want kind garbled", err)
	}
}

func TestMessageOverTheCap(t *testing.T) {
	c := over(newAnswers("+OK\r\n", "-ERR\r\n", "+OK\r\n123456789\r\n.\r\n"))
	c.opts.MaxMessage = 10
	got, err := retrieve(t, c, 0, func(m *Message) ([]byte, error) { return io.ReadAll(m) })
	if !mail.Is(err, mail.KindGarbled) || len(got) != 10 {
		t.Errorf("got %q, %v, want 10 octets and kind garbled", got, err)
	}
	c = over(newAnswers("+OK\r\n", "-ERR\r\n", "+OK\r\n12345678\r\n.\r\n"))
	c.opts.MaxMessage = 10
	got, err = retrieve(t, c, 0, func(m *Message) ([]byte, error) { return io.ReadAll(m) })
	if err != nil || len(got) != 10 {
		t.Errorf("got %q, %v, want all 10 octets", got, err)
	}
}

// receive retrieves one message whose answer comes in one piece.
func receive(t *testing.T, wire string, announced int64, read func(*Message) ([]byte, error)) ([]byte, error) {
	t.Helper()
	return retrieve(t, over(newAnswers("+OK\r\n", "-ERR\r\n", "+OK\r\n"+wire)), announced, read)
}

func retrieve(t *testing.T, c *Client, announced int64, read func(*Message) ([]byte, error)) (got []byte, err error) {
	t.Helper()
	err = c.Retrieve(t.Context(), Scan{Num: 1, Size: announced}, func(m *Message) error {
		got, err = read(m)
		return err
	})
	return got, err
}
