package pack

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"testing"

	"postrider/mail"
)

func TestCompactKeepsTheLiving(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir, Options{})
	msgs := assorted()
	refs := store(t, s, msgs...)
	l := &ledger{refs: map[int]Ref{}}
	for i := 0; i < len(refs); i += 2 {
		l.refs[i] = refs[i]
	}
	old, err := s.Reader(refs[8])
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()

	if err := l.compact(s, 1); err != nil {
		t.Fatal(err)
	}
	for i, ref := range l.refs {
		wantAll(t, s, []Ref{ref}, [][]byte{msgs[i]})
		if h, err := s.Header(ref); err != nil || ref.Pack != 2 || len(h.Meta) == 0 {
			t.Errorf("message %d is at %v with metadata %q, %v", i, ref, h.Meta, err)
		}
	}
	if st, _ := s.Stats(); len(st.Packs) != 1 {
		t.Errorf("packs after: %+v", st.Packs)
	}
	if _, err := s.ReadAll(refs[0]); !mail.Is(err, mail.KindGone) {
		t.Errorf("the old place: %v, want gone", err)
	}
	if got, err := io.ReadAll(old); err != nil || !bytes.Equal(got, msgs[8]) {
		t.Errorf("a reader that was open: %d bytes, %v", len(got), err)
	}
}

// A number that was used twice would let another process read the wrong file.
func TestPackNumbersAreNeverUsedAgain(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir, Options{})
	refs := store(t, s, letter(1, 100))
	l := &ledger{}
	if err := l.compact(s, refs[0].Pack); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if again := store(t, mustOpen(t, dir, Options{}), letter(1, 100)); again[0].Pack <= refs[0].Pack {
		t.Errorf("pack %d again", again[0].Pack)
	}
}

// Records between Append and commit are in nobody's list of the living.
func TestCompactWaitsForCommits(t *testing.T) {
	s := mustOpen(t, t.TempDir(), Options{})
	blob, err := s.EncodeBytes(letter(1, 100))
	if err != nil {
		t.Fatal(err)
	}
	refs, err := s.Append(blob)
	if err != nil {
		t.Fatal(err)
	}
	l := &ledger{}
	if err := l.compact(s, refs[0].Pack); !mail.Is(err, mail.KindBusy) {
		t.Errorf("before the commit: %v, want busy", err)
	}
	if err := s.Settle(refs...); err != nil {
		t.Fatal(err)
	}
	if err := s.Settle(refs...); !mail.Is(err, mail.KindBug) {
		t.Errorf("settled twice: %v, want bug", err)
	}
	if err := l.compact(s, refs[0].Pack); err != nil {
		t.Errorf("after it: %v", err)
	}
}

func TestCompactLeavesDamageWhereItIs(t *testing.T) {
	msgs := [][]byte{letter(1, 3000), letter(2, 3000), letter(3, 3000)}
	d, refs := fill(t, msgs...)
	data := overwrite(d.files[packName(1)].data, refs[1].End()-1, []byte{0xff, 0xff})
	s, err := open(d.with(packName(1), data), Options{})
	if err != nil {
		t.Fatal(err)
	}
	l := &ledger{refs: map[int]Ref{0: refs[0], 1: refs[1]}, msgs: map[int][]byte{0: msgs[0], 1: msgs[1]}}
	for range 2 {
		if err := l.compact(s, 1); !errors.Is(err, ErrDamaged) {
			t.Errorf("got %v, want damaged", err)
		}
	}
	if l.refs[0].Pack != 2 || l.refs[1] != refs[1] {
		t.Errorf("names after: %v", l.refs)
	}
	wantAll(t, s, []Ref{l.refs[0]}, msgs)
	delete(l.refs, 1)
	if err := l.compact(s, 1); err != nil {
		t.Errorf("without it: %v", err)
	}
}

func TestCompactStopsWithContextAndCaller(t *testing.T) {
	s := mustOpen(t, t.TempDir(), Options{})
	msgs := [][]byte{letter(1, 3000)}
	refs := store(t, s, msgs...)
	live := func() ([]Ref, error) { return slices.Clone(refs), nil }
	boom := errors.New("boom")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := s.Compact(ctx, 1, live, nil); !mail.Is(err, mail.KindCanceled) {
		t.Errorf("ended context: %v, want canceled", err)
	}
	ctx = context.Background()
	if err := s.Compact(ctx, 1, live, func([]Move) error { return boom }); !errors.Is(err, boom) {
		t.Errorf("failing commit: %v, want boom", err)
	}
	if err := s.Compact(ctx, 1, live, func([]Move) error { return nil }); !mail.Is(err, mail.KindBug) {
		t.Errorf("a caller that names the old places still: %v, want bug", err)
	}
	wantAll(t, s, refs, msgs)
}

// The number of a pack to come is not one to compact: it would be begun only
// to be deleted, while others write to it.
func TestCompactOfNoPackTouchesNothing(t *testing.T) {
	s := mustOpen(t, t.TempDir(), Options{})
	l := &ledger{}
	for range 2 {
		for _, pack := range []uint32{0, 2, 3} {
			if err := l.compact(s, pack); !mail.Is(err, mail.KindGone) {
				t.Errorf("pack %d: %v, want gone", pack, err)
			}
		}
		msgs := [][]byte{letter(1, 3000)}
		wantAll(t, s, store(t, s, msgs...), msgs)
	}
}
