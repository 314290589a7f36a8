package pack

import (
	"context"
	"maps"
	"slices"

	"postrider/mail"
)

// Recovered is what Recover found beyond what the database names.
type Recovered struct {
	Cut     []Gap // torn or dropped, and gone
	Kept    []Ref // intact records behind the last one named: orphans, or deleted
	Missing []Gap // named by the database, but not in the files: damage
}

// Recover holds the packs against the database; end holds, for each pack it
// names anything in, the highest Ref.End. It is called before the first Append.
//
// Behind the last named record of the newest pack a crash between Append and
// commit leaves its traces. Torn records are cut. Of the intact ones drop
// decides, from the last backwards; a nil drop keeps them all: they cost only
// space, while a database that was lost, or restored from an older copy, would
// otherwise cost mail. Older packs are left as they are, so that a start is
// quick; what is torn there is dead space until Compact.
func (s *Set) Recover(ctx context.Context, end map[uint32]int64, drop func(Ref, Header) bool) (Recovered, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.writable(opRecover); err != nil {
		return Recovered{}, err
	}
	if s.appended {
		return Recovered{}, misuse(opRecover, "recovering after something was appended")
	}
	missing, err := s.missing(end)
	if err != nil || s.cur == nil {
		return Recovered{Missing: missing}, err
	}
	rec := Recovered{Missing: missing}
	err = s.recoverCurrent(ctx, &rec, end[s.cur.no], drop)
	return rec, err
}

// missing finds what is named and not there. New records must not come to lie
// where old names point: such a pack grows no more, and such a number is used.
func (s *Set) missing(end map[uint32]int64) ([]Gap, error) {
	var gaps []Gap
	for _, no := range slices.Sorted(maps.Keys(end)) {
		size, err := s.size(no)
		if err != nil && !mail.Is(err, mail.KindGone) {
			return nil, err
		}
		if size >= end[no] {
			continue
		}
		gaps = append(gaps, Gap{Pack: no, Offset: size, Length: end[no] - size})
		s.last = max(s.last, no)
		if s.cur != nil && s.cur.no <= no {
			s.seal()
		}
	}
	return gaps, nil
}

func (s *Set) recoverCurrent(ctx context.Context, rec *Recovered, end int64, drop func(Ref, Header) bool) error {
	keep := max(end, labelSize)
	beyond, err := s.orphans(ctx, s.cur.no, keep)
	if err != nil {
		return err
	}
	for n := len(beyond); n > 0 && drop != nil && drop(beyond[n-1].ref, beyond[n-1].hdr); n-- {
		beyond = beyond[:n-1]
	}
	for _, o := range beyond {
		rec.Kept = append(rec.Kept, o.ref)
		keep = o.ref.End()
	}
	if keep >= s.cur.size {
		return nil
	}
	rec.Cut = append(rec.Cut, Gap{Pack: s.cur.no, Offset: keep, Length: s.cur.size - keep})
	return s.cut(keep)
}

// orphan is an intact record that nobody names.
type orphan struct {
	ref Ref
	hdr Header
}

func (s *Set) orphans(ctx context.Context, no uint32, from int64) ([]orphan, error) {
	var found []orphan
	_, err := s.scanPack(ctx, no, from, func(ref Ref, hdr Header) error {
		if !hdr.Damaged {
			found = append(found, orphan{ref, hdr})
		}
		return nil
	})
	return found, err
}

// cut shortens the current pack, which goes on from there.
func (s *Set) cut(size int64) error {
	t := s.cur
	err := t.f.Truncate(size)
	if err == nil {
		err = t.f.Sync()
	}
	if err != nil {
		s.seal() // torn bytes are harmless where nothing follows
		return diskError(opRecover, s.disk.Path(packName(t.no)), err)
	}
	t.size, t.base, t.synced = size, size, size
	return nil
}
