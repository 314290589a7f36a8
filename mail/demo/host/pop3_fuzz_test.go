package host

import (
	"bufio"
	"io"
	"net"
	"testing"
	"time"
)

// FuzzPOP3 holds a POP3 session against anything that a client may say: it
// must end, let go of the maildrop, and delete nothing without QUIT.
func FuzzPOP3(f *testing.F) {
	for _, s := range []string{
		"USER n\r\nPASS p\r\nSTAT\r\nLIST\r\nUIDL 1\r\nTOP 1 0\r\nRETR 1\r\nDELE 1\r\nRSET\r\nQUIT\r\n",
		"CAPA\nPASS\r\nUSER\r\n\r\n \r\nTOP -1 99999999999999999999\r\n", "USER n\r\nPASS p\r\nDELE 1\r\nDELE 1\r\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, said []byte) {
		h := New(time.Now)
		u := h.AddUser("n", "p")
		u.Deliver(inbox, Mail{Key: "k", Content: func() []byte { return []byte("a: b\r\n\r\n.\r\n..x\r\nlast") }})
		client, server := net.Pipe()
		go io.Copy(io.Discard, client)
		go func() {
			client.Write(said)
			client.Close()
		}()
		s := &popSession{host: h, conn: server, r: bufio.NewReaderSize(server, popMaxLine), w: bufio.NewWriter(server)}
		s.run()
		server.Close()
		if u.popLocked {
			t.Error("the maildrop stays locked")
		}
		if u.Where("k") == "" && !s.done {
			t.Error("deleted without QUIT")
		}
	})
}
