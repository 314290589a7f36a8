package pop3

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
)

// BenchmarkRetrieveAll fetches messages over loopback from a server that has the
// answers ready, and BenchmarkDrain only reads as many octets from it: the limit.
func BenchmarkRetrieveAll(b *testing.B) {
	for _, size := range []int{2 << 10, 24 << 10, 1 << 20} {
		b.Run(fmt.Sprintf("%dk", size>>10), func(b *testing.B) {
			conn := benchServer(b, size)
			c, err := NewClient(b.Context(), conn, Options{ClearText: true})
			if err != nil {
				b.Fatal(err)
			}
			want := make([]Scan, max(1, (32<<20)/size))
			for i := range want {
				want[i] = Scan{Num: i + 1, Size: int64(size)}
			}
			b.SetBytes(int64(len(want) * size))
			b.ReportAllocs()
			for b.Loop() {
				err := c.RetrieveAll(b.Context(), want, 0, func(m *Message) error {
					_, err := io.Copy(io.Discard, m)
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkDrain(b *testing.B) {
	for _, size := range []int{2 << 10, 24 << 10, 1 << 20} {
		b.Run(fmt.Sprintf("%dk", size>>10), func(b *testing.B) {
			conn := benchServer(b, size)
			n := max(1, (32<<20)/size)
			commands := []byte(strings.Repeat("RETR 1\r\n", n))
			octets := n * len(benchAnswer(size))
			buf := make([]byte, bufferSize)
			io.ReadFull(conn, buf[:len("+OK\r\n")])
			b.SetBytes(int64(n * size))
			for b.Loop() {
				go conn.Write(commands)
				for got := 0; got < octets; {
					r, err := conn.Read(buf)
					if err != nil {
						b.Fatal(err)
					}
					got += r
				}
			}
		})
	}
}

// benchAnswer is a message of size octets as an answer, with a dot line in it.
func benchAnswer(size int) []byte {
	line := strings.Repeat("x", 76) + "\r\n"
	body := "..\r\n" + strings.Repeat(line, size/len(line)+1)
	return []byte("+OK\r\n" + body[:size-1] + "\r\n.\r\n")
}

func benchServer(b *testing.B, size int) net.Conn {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	answer := benchAnswer(size)
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		out := bufio.NewWriterSize(conn, 128<<10)
		out.WriteString("+OK\r\n")
		in := bufio.NewReader(conn)
		for {
			if in.Buffered() == 0 {
				out.Flush()
			}
			command, err := in.ReadSlice('\n')
			switch {
			case err != nil:
				return
			case bytes.HasPrefix(command, []byte("RETR")):
				out.Write(answer)
			default:
				out.WriteString("+OK\r\nPIPELINING\r\n.\r\n")
			}
		}
	}()
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { conn.Close() })
	return conn
}
