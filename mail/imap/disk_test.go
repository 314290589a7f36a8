package imap_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"postrider/mail"
)

// TestDiskThatFailsEndsTheSync: while the server goes on sending, for which nobody
// has room. Large messages are read as they come, small ones first.
func TestDiskThatFailsEndsTheSync(t *testing.T) {
	for name, c := range map[string]struct{ n, size int }{"small": {400, 20_000}, "large": {8, 2 << 20}} {
		t.Run(name, func(t *testing.T) {
			s := server(t)
			var letters [][]byte
			for i := range c.n {
				letters = append(letters, append(raw(i, fmt.Sprint("m", i)), bytes.Repeat([]byte("0123456789abcdef\r\n"), c.size/18)...))
			}
			if err := s.Deliver("alice", letters...); err != nil {
				t.Fatal(err)
			}
			client := newClient(t, s.IMAP)
			packs := filepath.Join(client.store.Dir(), "packs")
			if err := os.RemoveAll(packs); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(packs, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := client.worker.Once(t.Context()); !mail.Is(err, mail.KindDisk) {
				t.Errorf("got %v, want a failure of the disk", err)
			}
		})
	}
}
