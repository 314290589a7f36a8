package store

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"postrider/mail"
)

// BenchmarkSaveDraft is what keeping a draft costs, with files of some sizes, on
// the disk.
func BenchmarkSaveDraft(b *testing.B) {
	for _, size := range []int{0, 1 << 20, 25 << 20} {
		b.Run(fmt.Sprintf("%dMB", size>>20), func(b *testing.B) {
			s, err := Open(b.Context(), b.TempDir(), Options{})
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			if err := s.AddAccount(b.Context(), pop, POP3); err != nil {
				b.Fatal(err)
			}
			file := make([]byte, size)
			random := rand.New(rand.NewPCG(1, 1))
			for i := range file {
				file[i] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[random.IntN(64)]
				if i%77 == 76 {
					file[i] = '\n'
				}
			}
			var id mail.PlacementID
			for n := 0; b.Loop(); n++ {
				raw := append(letter(fmt.Sprint("d", n), "draft", "text"), file...)
				st, err := s.Stage(b.Context(), bytes.NewReader(raw))
				if err != nil {
					b.Fatal(err)
				}
				if id, err = s.SaveDraft(b.Context(), pop, st, id, time.Minute); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
