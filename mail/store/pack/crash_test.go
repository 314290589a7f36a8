package pack

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"syscall"
	"testing"

	"postrider/mail"
)

// ledger plays the database: what it names must read back, come what may.
type ledger struct {
	refs map[int]Ref
	msgs map[int][]byte
}

func (l *ledger) in(pack uint32) (refs []Ref) {
	for _, ref := range l.refs {
		if ref.Pack == pack {
			refs = append(refs, ref)
		}
	}
	return refs
}

func (l *ledger) moved(moves []Move) error {
	for _, m := range moves {
		for id, ref := range l.refs {
			if ref == m.Old {
				l.refs[id] = m.New
			}
		}
	}
	return nil
}

func (l *ledger) ends() map[uint32]int64 {
	ends := map[uint32]int64{}
	for _, ref := range l.refs {
		ends[ref.Pack] = max(ends[ref.Pack], ref.End())
	}
	return ends
}

func (l *ledger) add(s *Set, ids ...int) error {
	var msgs [][]byte
	for _, id := range ids {
		msgs = append(msgs, l.msgs[id])
	}
	return tryStore(s, func(refs []Ref) {
		for i, id := range ids {
			l.refs[id] = refs[i]
		}
	}, msgs...)
}

func (l *ledger) compact(s *Set, pack uint32) error {
	return s.Compact(context.Background(), pack, func() ([]Ref, error) { return l.in(pack), nil }, l.moved)
}

// work is a life in short: batches over several packs, a message that goes
// through a temporary file, deletions, compaction. Errors are noted, and the
// work goes on, as a program does.
func (l *ledger) work(s *Set) (errs []error) {
	note := func(err error) {
		if err != nil {
			errs = append(errs, err)
		}
	}
	for id := 0; id < 12; id += 3 {
		note(l.add(s, id, id+1, id+2))
	}
	note(l.add(s, 100))
	for _, id := range []int{0, 1, 4, 5, 8} {
		delete(l.refs, id)
	}
	for pack := uint32(1); pack <= 3; pack++ {
		if err := l.compact(s, pack); !mail.Is(err, mail.KindGone) {
			note(err) // gone: an earlier failure left fewer packs
		}
	}
	note(l.add(s, 12, 13))
	return errs
}

var testLetters = func() map[int][]byte {
	msgs := map[int][]byte{100: noise(1, wholeLimit+wholeLimit/4)}
	for id := range 14 {
		msgs[id] = letter(uint64(id), 5000)
	}
	return msgs
}()

func newLedger() *ledger { return &ledger{refs: map[int]Ref{}, msgs: testLetters} }

// openSmall makes packs full, and messages large, early.
func openSmall(d disk) (*Set, error) {
	s, err := open(d, Options{PackSize: 8 << 10})
	if s != nil {
		s.spill = wholeLimit
	}
	return s, err
}

// wantSound opens what a crash left and demands everything that was promised.
func (l *ledger) wantSound(t *testing.T, d *memDisk) {
	t.Helper()
	s, err := openSmall(d)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	rec, err := s.Recover(context.Background(), l.ends(), nil)
	if err != nil || len(rec.Missing) != 0 {
		t.Fatalf("Recover: %+v, %v", rec, err)
	}
	l.wantNamed(t, s)
	l.wantScanned(t, s)
	if names, _ := d.List(tempDir); len(names) != 0 {
		t.Errorf("temporary files left: %v", names)
	}
	if errs := l.work(s); len(errs) != 0 {
		t.Fatalf("working on: %v", errs)
	}
	l.wantNamed(t, s)
}

func (l *ledger) wantNamed(t *testing.T, s *Set) {
	t.Helper()
	for id, ref := range l.refs {
		if got, err := s.ReadAll(ref); err != nil || !bytes.Equal(got, l.msgs[id]) {
			t.Fatalf("message %d: %v", id, err)
		}
	}
}

func (l *ledger) wantScanned(t *testing.T, s *Set) {
	t.Helper()
	seen := map[Ref]bool{}
	_, err := s.Scan(context.Background(), func(ref Ref, h Header) error {
		seen[ref] = !h.Damaged
		return nil
	})
	if err != nil {
		t.Fatalf("Scan: %v", err)
	}
	for id, ref := range l.refs {
		if !seen[ref] {
			t.Errorf("Scan does not find message %d, %v", id, ref)
		}
	}
}

// countSteps says how many changing operations the work takes.
func countSteps(t *testing.T) int {
	d := newMemDisk()
	s, err := openSmall(d)
	if err != nil {
		t.Fatal(err)
	}
	l := newLedger()
	if errs := l.work(s); len(errs) != 0 {
		t.Fatal(errs)
	}
	t.Log(d.steps, "steps")
	return d.steps
}

func TestKillAtEveryStepLosesNothing(t *testing.T) {
	forEveryStep(t, errKilled, func(d *memDisk, _ int) *memDisk { return d.restart() })
}

func TestPowerCutAtEveryStepLosesNothing(t *testing.T) {
	for seed := range uint64(3) {
		forEveryStep(t, errKilled, func(d *memDisk, step int) *memDisk {
			return d.powerCut(rand.New(rand.NewPCG(seed, uint64(step))))
		})
	}
}

// A step that fails once, with the process and later the machine going on: all
// that was accepted is there, also after a power cut at the end.
func TestFailureAtEveryStepLosesNothing(t *testing.T) {
	for _, cause := range []error{syscall.ENOSPC, syscall.EIO} {
		forEveryStep(t, cause, func(d *memDisk, step int) *memDisk {
			return d.powerCut(rand.New(rand.NewPCG(9, uint64(step))))
		})
	}
}

func forEveryStep(t *testing.T, cause error, crash func(d *memDisk, step int) *memDisk) {
	t.Helper()
	for step := range countSteps(t) {
		t.Run(fmt.Sprint(cause, " at ", step+1), func(t *testing.T) {
			d := newMemDisk()
			d.fault = func(n int, op, name string) error {
				if n == step+1 {
					return cause
				}
				return nil
			}
			s, err := openSmall(d)
			if err != nil {
				t.Fatal(err)
			}
			l := newLedger()
			for _, err := range l.work(s) {
				if !mail.Is(err, mail.KindDisk) || !errors.Is(err, cause) {
					t.Errorf("error %v (%s), want disk and %v", err, mail.KindOf(err), cause)
				}
			}
			if cause != errKilled {
				l.wantNamed(t, s)
			}
			d.fault = nil
			l.wantSound(t, crash(d, step))
		})
	}
}

// A full disk stays full for a while: nothing is lost, nothing half is named,
// and with room again all goes on.
func TestFullDiskIsSurvived(t *testing.T) {
	for from := range countSteps(t) {
		d := newMemDisk()
		d.fault = func(n int, op, name string) error {
			if n > from && (op == "write" || op == "create") {
				return syscall.ENOSPC
			}
			return nil
		}
		s, err := openSmall(d)
		if err != nil {
			t.Fatal(err)
		}
		l := newLedger()
		l.work(s)
		l.wantNamed(t, s)
		d.fault = nil
		if errs := l.work(s); len(errs) != 0 {
			t.Fatalf("full from step %d, with room again: %v", from, errs)
		}
		l.wantNamed(t, s)
		l.wantSound(t, d.powerCut(rand.New(rand.NewPCG(3, uint64(from)))))
	}
}

// The writer whose records another's failed Sync lost must hear of it, though
// its own Sync has nothing left to fail at.
func TestFailedSyncIsToldToEveryone(t *testing.T) {
	d := newMemDisk()
	s, err := open(d, Options{})
	if err != nil {
		t.Fatal(err)
	}
	first := store(t, s, letter(1, 100))
	blob, err := s.EncodeBytes(letter(2, 100))
	if err != nil {
		t.Fatal(err)
	}
	mine, err1 := s.Append(blob)
	theirs, err2 := s.Append(blob)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	d.fault = func(_ int, op, _ string) error {
		if op == "sync" {
			return syscall.EIO
		}
		return nil
	}
	if err := s.Sync(theirs...); !errors.Is(err, syscall.EIO) {
		t.Errorf("the failing Sync: %v, want EIO", err)
	}
	d.fault = nil
	if err := s.Sync(mine...); !mail.Is(err, mail.KindDisk) {
		t.Errorf("the next Sync: %v, want disk", err)
	}
	if err := s.Sync(first...); err != nil {
		t.Errorf("what was durable before: %v", err)
	}
	if again := store(t, s, letter(2, 100)); again[0].Pack == mine[0].Pack {
		t.Errorf("pack %d is still written after its fsync failed", mine[0].Pack)
	}
}

// Bytes are safe only with the name of their file: where making that last has
// failed, the file is not trusted with more.
func TestFailedDirectorySyncIsNotForgotten(t *testing.T) {
	for seed := range uint64(8) {
		d := newMemDisk()
		s, err := open(d, Options{})
		if err != nil {
			t.Fatal(err)
		}
		d.fault = func(_ int, op, _ string) error {
			if op == "syncdir" {
				return syscall.EIO
			}
			return nil
		}
		if err := tryStore(s, nil, letter(1, 100)); !errors.Is(err, syscall.EIO) {
			t.Errorf("got %v, want EIO", err)
		}
		d.fault = nil
		refs := store(t, s, letter(2, 100))
		after := readOnly(t, d.powerCut(rand.New(rand.NewPCG(seed, 1))))
		wantAll(t, after, refs, [][]byte{letter(2, 100)})
	}
}
