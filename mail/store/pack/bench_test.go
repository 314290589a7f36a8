package pack

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"testing"
)

// mailbox is 200 messages of sizes like a mailbox's, about 26 KB on average,
// one in ten with an attachment that is compressed already.
var mailbox = sync.OnceValue(func() [][]byte {
	msgs := make([][]byte, 200)
	for i := range msgs {
		msgs[i] = letter(uint64(i), 2000+i*i%9*3500)
		if i%10 == 0 {
			msgs[i] = append(msgs[i], noise(uint64(i), 100_000)...)
		}
	}
	return msgs
})

func mailboxSize() (n int64) {
	for _, msg := range mailbox() {
		n += int64(len(msg))
	}
	return n
}

// BenchmarkBatch stores 200 messages durably, as one commit does: 100 of them
// are the 20,000 messages of a large first sync.
func BenchmarkBatch(b *testing.B) {
	s := mustOpen(b, b.TempDir(), Options{})
	b.SetBytes(mailboxSize())
	b.ReportAllocs()
	for b.Loop() {
		blobs := make([]*Blob, len(mailbox()))
		for i, msg := range mailbox() {
			blobs[i], _ = s.EncodeBytes(msg)
		}
		refs, err := s.Append(blobs...)
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Sync(refs...); err != nil {
			b.Fatal(err)
		}
		s.Settle(refs...)
	}
	st, _ := s.Stats()
	b.ReportMetric(float64(st.Bytes)/float64(mailboxSize()*int64(b.N)), "ratio")
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*200), "µs/message")
}

// BenchmarkPlainWrite is what BenchmarkBatch is held against: one write and
// one fsync of the same bytes as they are.
func BenchmarkPlainWrite(b *testing.B) {
	f, err := os.Create(filepath.Join(b.TempDir(), "plain"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	whole := slices.Concat(mailbox()...)
	b.SetBytes(int64(len(whole)))
	for b.Loop() {
		f.Write(whole)
		f.Sync()
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*200), "µs/message")
}

func BenchmarkEncode(b *testing.B) {
	s := mustOpen(b, b.TempDir(), Options{})
	for _, size := range []int{3000, 30_000, 300_000, 3_000_000} {
		msg := letter(1, size)
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				blob, err := s.EncodeBytes(msg)
				if err != nil {
					b.Fatal(err)
				}
				blob.Release()
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	s := mustOpen(b, b.TempDir(), Options{})
	refs := store(b, s, letter(1, 26_000), letter(2, 3000), noise(3, 100_000))
	for _, ref := range refs {
		h, _ := s.Header(ref)
		b.Run(fmt.Sprint("all/", h.Size), func(b *testing.B) {
			b.SetBytes(h.Size)
			b.ReportAllocs()
			for b.Loop() {
				s.ReadAll(ref)
			}
		})
		b.Run(fmt.Sprint("stream/", h.Size), func(b *testing.B) {
			b.SetBytes(h.Size)
			b.ReportAllocs()
			for b.Loop() {
				readStream(s, ref)
			}
		})
	}
}

func BenchmarkScan(b *testing.B) {
	s := mustOpen(b, b.TempDir(), Options{})
	for range 5 {
		store(b, s, mailbox()...)
	}
	st, _ := s.Stats()
	b.SetBytes(st.Bytes)
	b.ReportAllocs()
	for b.Loop() {
		s.Scan(context.Background(), func(Ref, Header) error { return nil })
	}
}

// Two encoders at work on messages of 30 MB stay within a modest amount of
// memory, because messages of that size come from strangers.
func TestLargeMessagesNeedLittleMemory(t *testing.T) {
	s := mustOpen(t, t.TempDir(), Options{})
	var wg sync.WaitGroup
	start := liveMemory()
	peak := make([]uint64, 2)
	for i := range 2 {
		wg.Go(func() {
			r := &endless{left: 30 << 20, seed: uint64(i), every: func() { peak[i] = max(peak[i], liveMemory()) }}
			blob, err := s.Encode(context.Background(), r)
			if err != nil {
				t.Error(err)
				return
			}
			blob.Release()
		})
	}
	wg.Wait()
	used := int64(max(peak[0], peak[1])) - int64(start)
	if t.Logf("%.1f MB", float64(used)/(1<<20)); used > 20<<20 {
		t.Errorf("%d bytes in use by two encoders, want less than 20 MB", used)
	}
}

func liveMemory() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// endless is a message that does not compress; it looks at the memory in use
// after each MB.
type endless struct {
	left  int
	seed  uint64
	every func()
}

func (e *endless) Read(p []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	if e.left%(1<<20) == 0 {
		e.every()
	}
	n := copy(p, noise(e.seed, 16<<10))
	e.left -= n
	return n, nil
}
