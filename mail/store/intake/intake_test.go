package intake_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"postrider/mail/store"
	"postrider/mail/store/intake"
)

func openStore(t *testing.T) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func raw(n int) []byte { return fmt.Appendf(nil, "Subject: %d\r\n\r\ntext\r\n", n) }

// release is a keep that stores nothing.
func release(batch []intake.Message[int]) {
	for _, m := range batch {
		m.Staged.Release()
	}
}

// TestOrder: messages arrive whole and in order, in batches that fit, large ones
// among them.
func TestOrder(t *testing.T) {
	s := openStore(t)
	var got []int
	in := intake.New(t.Context(), s, func(batch []intake.Message[int]) error {
		for _, m := range batch {
			got = append(got, m.Of)
			if want := len(raw(m.Of)); m.Of%100 != 0 && m.Staged.Size() != int64(want) {
				t.Errorf("message %d has %d octets, want %d", m.Of, m.Staged.Size(), want)
			}
		}
		if len(batch) > 200 {
			t.Errorf("a batch of %d", len(batch))
		}
		release(batch)
		return nil
	})
	var want []int
	for n := range 1000 {
		want = append(want, n)
		var err error
		switch {
		case n == 500: // more than is ever under way
			err = in.Add(n, append(raw(n), make([]byte, 20<<20)...))
		case n%100 == 0:
			st, failed := s.Stage(t.Context(), strings.NewReader(string(raw(n))+strings.Repeat("x", 2<<20)))
			if err = failed; err == nil {
				err = in.AddStaged(n, st)
			}
		default:
			err = in.Add(n, raw(n))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := in.Close(); err != nil || !slices.Equal(got, want) {
		t.Errorf("%v: %d messages, not the %d in order", err, len(got), len(want))
	}
}

// TestLonely: a message does not wait for others that may be long in coming.
func TestLonely(t *testing.T) {
	kept := make(chan int)
	in := intake.New(t.Context(), openStore(t), func(batch []intake.Message[int]) error {
		release(batch)
		kept <- len(batch)
		return nil
	})
	if err := in.Add(1, raw(1)); err != nil {
		t.Fatal(err)
	}
	if n := <-kept; n != 1 {
		t.Errorf("%d kept", n)
	}
	if err := in.Close(); err != nil {
		t.Error(err)
	}
}

// TestFailure: the first error ends it, and whoever adds more hears of it.
func TestFailure(t *testing.T) {
	full := errors.New("the disk is full")
	calls := 0
	in := intake.New(t.Context(), openStore(t), func(batch []intake.Message[int]) error {
		calls++
		release(batch)
		return full
	})
	var err error
	for n := 0; err == nil; n++ {
		err = in.Add(n, raw(n))
	}
	if !errors.Is(err, full) || !errors.Is(in.Close(), full) || calls != 1 {
		t.Errorf("Add says %v, after %d calls", err, calls)
	}
}

// TestCanceled: a context that ends leaves nobody waiting.
func TestCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	in := intake.New(ctx, openStore(t), func(batch []intake.Message[int]) error {
		cancel()
		release(batch)
		return nil
	})
	var err error
	for n := 0; err == nil; n++ {
		err = in.Add(n, make([]byte, 1<<20))
	}
	if !errors.Is(err, context.Canceled) || !errors.Is(in.Close(), context.Canceled) {
		t.Errorf("Add says %v", err)
	}
}
