package pack

import (
	"bytes"
	"context"
	"sync"
	"syscall"
	"testing"

	"postrider/mail"
)

// A failed Append leaves the file as it was, also where it had begun others.
func TestFailedAppendIsTakenBack(t *testing.T) {
	msgs := [][]byte{letter(1, 3000), letter(2, 3000), letter(3, 3000), noise(4, wholeLimit+1)}
	for step := 1; step <= 8; step++ {
		d := newMemDisk()
		s, err := openSmall(d)
		if err != nil {
			t.Fatal(err)
		}
		refs := store(t, s, letter(0, 3000))
		var blobs []*Blob
		for _, msg := range msgs {
			b, err := s.EncodeBytes(msg)
			if err != nil {
				t.Fatal(err)
			}
			blobs = append(blobs, b)
		}
		from := d.steps
		d.fault = func(n int, _, _ string) error {
			if n == from+step {
				return syscall.ENOSPC
			}
			return nil
		}
		if _, err := s.Append(blobs...); err == nil {
			continue
		}
		d.fault = nil
		if found, gaps := scan(t, s); len(found) != 1 || len(gaps) != 0 {
			t.Errorf("failed at step %d: %d records, gaps %v; want the 1 from before", step, len(found), gaps)
		}
		refs = append(refs, store(t, s, msgs...)...)
		wantAll(t, s, refs, append([][]byte{letter(0, 3000)}, msgs...))
		if found, gaps := scan(t, s); len(found) != len(refs) || len(gaps) != 0 {
			t.Errorf("failed at step %d, done again: %d records, gaps %v; want %d", step, len(found), gaps, len(refs))
		}
	}
}

// Where even taking back fails, the torn end is left for good.
func TestPackThatCannotBeCutGrowsNoMore(t *testing.T) {
	d := newMemDisk()
	s, err := open(d, Options{})
	if err != nil {
		t.Fatal(err)
	}
	refs := store(t, s, letter(1, 3000))
	d.fault = func(int, string, string) error { return syscall.EIO }
	if err := tryStore(s, nil, letter(2, 3000)); !mail.Is(err, mail.KindDisk) {
		t.Errorf("got %v, want disk", err)
	}
	d.fault = nil
	refs = append(refs, store(t, s, letter(3, 3000))...)
	if refs[1].Pack != 2 {
		t.Errorf("the next record is %v, want it in pack 2", refs[1])
	}
	wantAll(t, s, refs, [][]byte{letter(1, 3000), letter(3, 3000)})
}

// A temporary file that changed under us must not become a record.
func TestDamagedTemporaryFileIsNotAppended(t *testing.T) {
	d := newMemDisk()
	s, err := openSmall(d)
	if err != nil {
		t.Fatal(err)
	}
	blob, err := s.Encode(context.Background(), bytes.NewReader(noise(1, 2*wholeLimit)))
	if err != nil {
		t.Fatal(err)
	}
	d.files[blob.spill.name].data[5000] ^= 1
	if _, err := s.Append(blob); !mail.Is(err, mail.KindDisk) {
		t.Errorf("got %v, want disk", err)
	}
	if found, gaps := scan(t, s); len(found) != 0 || len(gaps) != 0 {
		t.Errorf("left: %d records, gaps %v", len(found), gaps)
	}
	blob.Release()
	blob.Release()
	if _, err := s.Append(blob); !mail.Is(err, mail.KindBug) {
		t.Errorf("released: %v, want bug", err)
	}
	if names, _ := d.List(tempDir); len(names) != 0 {
		t.Errorf("temporary files left: %v", names)
	}
}

func TestLongMetadataIsRefused(t *testing.T) {
	s := mustOpen(t, t.TempDir(), Options{})
	blob, err := s.EncodeBytes(letter(1, 100))
	if err != nil {
		t.Fatal(err)
	}
	blob.Meta = make([]byte, MaxMeta)
	refs, err := s.Append(blob)
	if err != nil {
		t.Fatal(err)
	}
	if h, err := s.Header(refs[0]); err != nil || len(h.Meta) != MaxMeta {
		t.Errorf("%d bytes of metadata, %v; want %d", len(h.Meta), err, MaxMeta)
	}
	blob.Meta = make([]byte, MaxMeta+1)
	if _, err := s.Append(blob); !mail.Is(err, mail.KindBug) {
		t.Errorf("got %v, want bug", err)
	}
}

// Readers of this and of another process read on while two goroutines append,
// one syncs, and packs are compacted away under them.
func TestReadingGoesOnDuringWriting(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir, Options{PackSize: 64 << 10})
	other := mustOpen(t, dir, Options{ReadOnly: true})
	var mu sync.Mutex
	l := &ledger{refs: map[int]Ref{}}
	named := func(id int) Ref {
		mu.Lock()
		defer mu.Unlock()
		return l.refs[id]
	}
	var wg sync.WaitGroup
	for w := range 2 {
		wg.Go(func() {
			for id := w; id < 60; id += 2 {
				err := tryStore(s, func(refs []Ref) {
					mu.Lock()
					defer mu.Unlock()
					l.refs[id] = refs[0]
				}, letter(uint64(id), 9000))
				if err != nil {
					t.Error(err)
					return
				}
				for _, set := range []*Set{s, other} {
					wantReadable(t, set, named, id/2*2/3)
				}
			}
		})
	}
	wg.Go(func() {
		for pack := uint32(1); pack < 3; pack++ {
			live := func() ([]Ref, error) {
				mu.Lock()
				defer mu.Unlock()
				return l.in(pack), nil
			}
			err := s.Compact(context.Background(), pack, live, func(m []Move) error {
				mu.Lock()
				defer mu.Unlock()
				return l.moved(m)
			})
			if err != nil && !mail.Is(err, mail.KindBusy) && !mail.Is(err, mail.KindGone) {
				t.Error(err)
			}
		}
	})
	wg.Wait()
	for id := range 60 {
		wantAll(t, s, []Ref{named(id)}, [][]byte{letter(uint64(id), 9000)})
	}
}

// wantReadable looks a message up as the store does: what is gone is looked up
// again.
func wantReadable(t *testing.T, s *Set, named func(int) Ref, id int) {
	for {
		ref := named(id)
		if ref == (Ref{}) {
			return // not named yet
		}
		got, err := s.ReadAll(ref)
		if mail.Is(err, mail.KindGone) && named(id) != ref {
			continue
		}
		if err != nil || !bytes.Equal(got, letter(uint64(id), 9000)) {
			t.Errorf("message %d at %v: %v", id, ref, err)
		}
		return
	}
}
