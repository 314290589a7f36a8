package pack

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"postrider/mail"
)

// letter makes a message of about n bytes that compresses like mail does.
func letter(seed uint64, n int) []byte {
	rng := rand.New(rand.NewPCG(seed, 1))
	words := strings.Fields("the of and to Received from by with ESMTP Content-Type text/plain charset " +
		"meeting tomorrow invoice regards please find attached Message-ID Date Subject Re Fwd")
	var b bytes.Buffer
	fmt.Fprintf(&b, "Message-ID: <%d.%d@example.org>\r\n", seed, rng.Uint64())
	for b.Len() < n {
		if rng.IntN(3) == 0 {
			fmt.Fprintf(&b, "%x ", rng.Uint64())
		}
		b.WriteString(words[rng.IntN(len(words))])
		b.WriteString([]string{" ", " ", " ", "\r\n"}[rng.IntN(4)])
	}
	return b.Bytes()
}

func noise(seed uint64, n int) []byte {
	b := make([]byte, n)
	rand.NewChaCha8([32]byte{byte(seed)}).Read(b)
	return b
}

func mustOpen(t testing.TB, dir string, opts Options) *Set {
	t.Helper()
	s, err := Open(dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// store puts messages in as the store does.
func store(t testing.TB, s *Set, msgs ...[]byte) []Ref {
	t.Helper()
	refs := []Ref{}
	err := tryStore(s, func(named []Ref) { refs = named }, msgs...)
	if err != nil {
		t.Fatal(err)
	}
	return refs
}

// tryStore calls commit between Sync and Settle.
func tryStore(s *Set, commit func([]Ref), msgs ...[]byte) error {
	var blobs []*Blob
	for i, msg := range msgs {
		b, err := s.Encode(context.Background(), bytes.NewReader(msg))
		if err != nil {
			return err
		}
		defer b.Release()
		b.Meta = fmt.Appendf(nil, "meta %d", i)
		blobs = append(blobs, b)
	}
	refs, err := s.Append(blobs...)
	if err != nil {
		return err
	}
	defer s.Settle(refs...)
	if err := s.Sync(refs...); err != nil {
		return err
	}
	commit(refs)
	return nil
}

func wantAll(t testing.TB, s *Set, refs []Ref, msgs [][]byte) {
	t.Helper()
	for i, ref := range refs {
		if got, err := s.ReadAll(ref); err != nil || !bytes.Equal(got, msgs[i]) {
			t.Fatalf("ReadAll(%v): %d bytes, %v; want message %d of %d bytes", ref, len(got), err, i, len(msgs[i]))
		}
		if got, err := readStream(s, ref); err != nil || !bytes.Equal(got, msgs[i]) {
			t.Fatalf("Reader(%v): %d bytes, %v; want message %d of %d bytes", ref, len(got), err, i, len(msgs[i]))
		}
	}
}

func readStream(s *Set, ref Ref) ([]byte, error) {
	r, err := s.Reader(ref)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// assorted are messages of every path: empty, small, incompressible, streamed,
// spilled to a file.
func assorted() [][]byte {
	return [][]byte{
		{}, []byte("x"), letter(1, 900), noise(2, 4000), letter(3, 30_000), letter(4, wholeLimit-1),
		letter(5, wholeLimit+1), letter(6, 900_000), noise(7, 3<<20), bytes.Repeat([]byte("A"), 9<<20),
	}
}

func TestMessagesReadBackAsTheyWere(t *testing.T) {
	dir := t.TempDir()
	msgs := assorted()
	s := mustOpen(t, dir, Options{})
	refs := store(t, s, msgs...)
	wantAll(t, s, refs, msgs)
	s.Close()

	wantAll(t, mustOpen(t, dir, Options{}), refs, msgs)
	wantAll(t, mustOpen(t, dir, Options{ReadOnly: true}), refs, msgs)
	if left, _ := os.ReadDir(filepath.Join(dir, tempDir)); len(left) != 0 {
		t.Errorf("%d temporary files left", len(left))
	}
}

func TestEncodeBytesEqualsEncode(t *testing.T) {
	s := mustOpen(t, t.TempDir(), Options{})
	for _, msg := range assorted() {
		a, err := s.EncodeBytes(msg)
		if err != nil {
			t.Fatal(err)
		}
		b, err := s.Encode(context.Background(), bytes.NewReader(msg))
		if err != nil {
			t.Fatal(err)
		}
		if a.Hash != b.Hash || a.Size != b.Size || a.Size != int64(len(msg)) {
			t.Errorf("%d bytes: EncodeBytes says %x %d, Encode %x %d", len(msg), a.Hash, a.Size, b.Hash, b.Size)
		}
		refs, err := s.Append(a, b)
		if err != nil {
			t.Fatal(err)
		}
		wantAll(t, s, refs, [][]byte{msg, msg})
		a.Release()
		b.Release()
	}
}

func TestScanFindsAllWithoutDatabase(t *testing.T) {
	dir := t.TempDir()
	msgs := assorted()
	s := mustOpen(t, dir, Options{PackSize: 1 << 20})
	refs := store(t, s, msgs...)
	if st, err := s.Stats(); err != nil || len(st.Packs) < 3 || !st.Packs[len(st.Packs)-1].Current {
		t.Fatalf("Stats: %+v, %v; want several packs, the last current", st, err)
	}
	i := 0
	gaps, err := mustOpen(t, dir, Options{ReadOnly: true}).Scan(context.Background(), func(ref Ref, h Header) error {
		if ref != refs[i] || h.Size != int64(len(msgs[i])) || string(h.Meta) != fmt.Sprintf("meta %d", i) || h.Damaged {
			t.Errorf("record %d: %v %+v, want %v", i, ref, h, refs[i])
		}
		i++
		return nil
	})
	if err != nil || len(gaps) != 0 || i != len(refs) {
		t.Errorf("Scan: %d records, gaps %v, %v; want %d", i, gaps, err, len(refs))
	}
}

func TestSectionIsAPart(t *testing.T) {
	s := mustOpen(t, t.TempDir(), Options{})
	msgs := [][]byte{letter(1, 50_000), noise(2, 50_000), letter(3, 2<<20)}
	refs := store(t, s, msgs...)
	for i, msg := range msgs {
		size := int64(len(msg))
		for _, c := range []struct{ off, n int64 }{{0, 10}, {0, size}, {size / 2, 1000}, {size - 5, 50}, {size, 5}, {size + 9, 5}, {7, 0}} {
			r, err := s.Section(refs[i], c.off, c.n)
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(r)
			want := msg[min(c.off, size):min(c.off+c.n, size)]
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("message %d, part %v: %d bytes, %v; want %d", i, c, len(got), err, len(want))
			}
			r.Close()
		}
	}
}

func TestSecondWriterIsRefused(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir, Options{})
	if _, err := Open(dir, Options{}); !mail.Is(err, mail.KindBusy) {
		t.Errorf("second writer: %v, want busy", err)
	}
	s.Close()
	mustOpen(t, dir, Options{})
}

func TestReadOnlyChangesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	s := mustOpen(t, dir, Options{ReadOnly: true})
	if _, err := s.Scan(context.Background(), nil); err != nil {
		t.Errorf("Scan of nothing: %v", err)
	}
	if _, err := s.Append(); !mail.Is(err, mail.KindBug) {
		t.Errorf("Append: %v, want bug", err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the directory was made: %v", err)
	}
}

func TestFilesArePrivate(t *testing.T) {
	dir := t.TempDir()
	store(t, mustOpen(t, dir, Options{}), letter(1, 100))
	info, err := os.Stat(filepath.Join(dir, packName(1)))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
}

func TestReaderErrorComesBackAsItIs(t *testing.T) {
	s := mustOpen(t, t.TempDir(), Options{MaxMessage: 1000})
	offline := mail.Errorf(mail.KindOffline, "fetch", "reset")
	_, err := s.Encode(context.Background(), io.MultiReader(strings.NewReader("x"), failing{offline}))
	if err != error(offline) {
		t.Errorf("got %v, want %v", err, offline)
	}
	if _, err := s.Encode(context.Background(), bytes.NewReader(letter(1, 1001))); !mail.Is(err, mail.KindRefused) {
		t.Errorf("too large: %v, want refused", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Encode(ctx, strings.NewReader("x")); !mail.Is(err, mail.KindCanceled) {
		t.Errorf("ended context: %v, want canceled", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestWriterTakesASecondReader(t *testing.T) {
	s := mustOpen(t, t.TempDir(), Options{})
	msgs := [][]byte{letter(1, 5000), letter(2, 2*wholeLimit)}
	for _, msg := range msgs {
		w := s.NewWriter()
		seen, err := io.ReadAll(io.TeeReader(bytes.NewReader(msg), w))
		if err != nil || !bytes.Equal(seen, msg) {
			t.Fatalf("%d bytes, %v; want %d", len(seen), err, len(msg))
		}
		blob, err := w.Blob()
		if err != nil {
			t.Fatal(err)
		}
		refs, err := s.Append(blob)
		if err != nil {
			t.Fatal(err)
		}
		wantAll(t, s, refs, [][]byte{msg})
		if _, err := w.Write([]byte("x")); !mail.Is(err, mail.KindBug) {
			t.Errorf("a write behind the end: %v, want bug", err)
		}
		if _, err := w.Blob(); err == nil {
			t.Error("a second Blob: no error")
		}
	}
	w := s.NewWriter()
	w.Write(noise(1, 3*spillLimit))
	w.Close()
	w.Close()
	if names, _ := s.disk.List(tempDir); len(names) != 0 {
		t.Errorf("a writer that was given up left %v", names)
	}
}
