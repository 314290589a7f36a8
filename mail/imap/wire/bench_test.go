package wire

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// serveSame is a server on loopback that answers each command with the
// same octets. Compare the rows of one run: Raw is what the machine can do.
func serveSame(b *testing.B, answer []byte) (dial func() net.Conn) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				io.WriteString(conn, "* PREAUTH [CAPABILITY IMAP4rev1] hi\r\n")
				r := bufio.NewReader(conn)
				for {
					line, err := r.ReadString('\n')
					if err != nil {
						return
					}
					conn.Write(answer)
					tag, _, _ := strings.Cut(line, " ")
					io.WriteString(conn, tag+" OK done\r\n")
				}
			}()
		}
	}()
	return func() net.Conn {
		conn, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { conn.Close() })
		return conn
	}
}

// bodies is the answer to a FETCH of n bodies of 25 KB, flags that of n flags.
func bodies(n int) []byte {
	var b bytes.Buffer
	body := strings.Repeat(strings.Repeat("x", 76)+"\r\n", 328)
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "* %d FETCH (UID %d FLAGS (\\Seen) BODY[] {%d}\r\n%s)\r\n", i, i, len(body), body)
	}
	return b.Bytes()
}

func flags(n int) []byte {
	var b bytes.Buffer
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "* %d FETCH (UID %d FLAGS (\\Seen $Forwarded) MODSEQ (%d))\r\n", i, i, 1000+i)
	}
	return b.Bytes()
}

func envelopes(n int) []byte {
	var b bytes.Buffer
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, `* %d FETCH (UID %d FLAGS (\Seen) INTERNALDATE "17-Jul-1996 02:44:25 -0700" RFC822.SIZE 4286 ENVELOPE ("Wed, 17 Jul 1996 02:23:25 -0700 (PDT)" "IMAP4rev1 WG mtg summary and minutes" (("Terry Gray" NIL "gray" "cac.washington.edu")) (("Terry Gray" NIL "gray" "cac.washington.edu")) (("Terry Gray" NIL "gray" "cac.washington.edu")) ((NIL NIL "imap" "cac.washington.edu")) ((NIL NIL "minutes" "CNRI.Reston.VA.US")("John Klensin" NIL "KLENSIN" "MIT.EDU")) NIL NIL "<B27397-0100000@cac.washington.edu>") BODYSTRUCTURE (("text" "plain" ("charset" "utf-8") NIL NIL "quoted-printable" 3028 92 NIL NIL NIL NIL)("text" "html" ("charset" "utf-8") NIL NIL "base64" 9028 120 NIL ("inline" NIL) NIL NIL) "alternative" ("boundary" "=_1") NIL NIL NIL))`+"\r\n", i, i)
	}
	return b.Bytes()
}

func BenchmarkFetch(b *testing.B) {
	for _, load := range []struct {
		name   string
		answer []byte
		body   bool
	}{{"bodies", bodies(2000), true}, {"flags", flags(20000), false}, {"envelopes", envelopes(5000), false}} {
		b.Run(load.name+"/raw", func(b *testing.B) { benchRaw(b, load.answer) })
		b.Run(load.name+"/go-imap", func(b *testing.B) { benchClient(b, load.answer, load.body, false) })
		b.Run(load.name+"/wire", func(b *testing.B) { benchClient(b, load.answer, load.body, true) })
	}
}

func benchRaw(b *testing.B, answer []byte) {
	conn := serveSame(b, answer)()
	r := bufio.NewReader(conn)
	r.ReadString('\n')
	buf := make([]byte, 256<<10)
	b.SetBytes(int64(len(answer)))
	for b.Loop() {
		io.WriteString(conn, "T1 NOOP\r\n")
		for left := len(answer) + len("T1 OK done\r\n"); left > 0; {
			n, err := conn.Read(buf[:min(left, len(buf))])
			if err != nil {
				b.Fatal(err)
			}
			left -= n
		}
	}
}

func benchClient(b *testing.B, answer []byte, body, wired bool) {
	conn := serveSame(b, answer)()
	if wired {
		c := New(conn, Options{Secure: true})
		if _, err := c.Greet(context.Background()); err != nil {
			b.Fatal(err)
		}
		conn = c
	}
	client := imapclient.New(conn, nil)
	defer client.Close()
	opts := &imap.FetchOptions{Flags: true}
	if body {
		opts.BodySection = []*imap.FetchItemBodySection{{Peek: true}}
	}
	set := imap.UIDSet{{Start: 1, Stop: 100_000}}
	b.SetBytes(int64(len(answer)))
	b.ReportAllocs()
	for b.Loop() {
		cmd := client.Fetch(set, opts)
		for m := cmd.Next(); m != nil; m = cmd.Next() {
			for item := m.Next(); item != nil; item = m.Next() {
				if s, ok := item.(imapclient.FetchItemDataBodySection); ok {
					io.Copy(io.Discard, s.Literal)
				}
			}
		}
		if err := cmd.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
