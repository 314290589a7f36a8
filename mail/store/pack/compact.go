package pack

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"

	"postrider/mail"
)

// compactBatch bounds what one call of moved is given: the bytes on disk.
const compactBatch = 8 << 20

// Move says that a record has a copy elsewhere.
type Move struct{ Old, New Ref }

// Compact gives back the space of a mostly dead pack. live returns what the
// database names in it now; each of these is copied to the newest pack and
// synced before moved is called, which commits the new places, a batch in one
// transaction. When live returns nothing any more the file is deleted. A stop
// anywhere, by an error or a crash, leaves every name valid: either the old
// record is there still, or the new one is durable.
//
// The kind of the error is busy while records of the pack are not settled, or
// another Compact runs, and gone if there is no such pack. Where the file cannot
// be deleted, because another process reads it on Windows, another Compact does
// just that. If live records are damaged the others are moved, the
// file stays, and the error is ErrDamaged.
func (s *Set) Compact(ctx context.Context, pack uint32, live func() ([]Ref, error), moved func([]Move) error) error {
	if !s.compacting.TryLock() {
		return mail.Errorf(mail.KindBusy, opCompact, "mail files are being compacted already")
	}
	defer s.compacting.Unlock()
	if err := s.retire(pack); err != nil {
		return err
	}
	refs, err := live()
	if err != nil {
		return err
	}
	c := compaction{set: s, ctx: ctx, moved: moved}
	for len(refs) > 0 {
		if err := c.move(pack, refs); err != nil {
			return err
		}
		before := len(refs)
		if refs, err = live(); err != nil {
			return err
		}
		if len(refs) >= before {
			return firstError(c.damage, misuse(opCompact, packName(pack)+": its records were moved and still are named there"))
		}
		if len(refs) > 0 && c.damage != nil {
			return c.damage
		}
	}
	return s.remove(pack)
}

// retire sees to it that the pack gets no more records, and that the database
// knows about all it has.
func (s *Set) retire(pack uint32) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.writable(opCompact); err != nil {
		return err
	}
	if pack > s.last {
		return mail.Errorf(mail.KindGone, opCompact, "there is no %s", packName(pack))
	}
	if s.unsettled[pack] > 0 {
		return mail.Errorf(mail.KindBusy, opCompact, "%s is being written", packName(pack))
	}
	if s.cur != nil && s.cur.no == pack {
		s.seal()
	}
	return nil
}

// compaction is one run of Compact.
type compaction struct {
	set    *Set
	ctx    context.Context
	moved  func([]Move) error
	damage error // the first damaged record
}

// move copies refs, batch by batch.
func (c *compaction) move(pack uint32, refs []Ref) error {
	h, err := c.set.shelf.take(pack)
	if err != nil {
		return err
	}
	defer c.set.shelf.give(h)
	var old []Ref
	var batch []entry
	var length int64
	for _, ref := range refs {
		e, err := c.load(h.f, pack, ref)
		if errors.Is(err, ErrDamaged) {
			c.damage = firstError(c.damage, err)
			continue
		}
		if err != nil {
			return err
		}
		old, batch = append(old, ref), append(batch, e)
		if length += ref.Length; length < compactBatch {
			continue
		}
		if err := c.commit(old, batch); err != nil {
			return err
		}
		old, batch, length = nil, nil, 0
	}
	return c.commit(old, batch)
}

// load reads a record as it is; a large payload stays on disk until it is
// written. Either way its CRC is checked before it gets a new name.
func (c *compaction) load(f file, pack uint32, ref Ref) (entry, error) {
	if err := c.ctx.Err(); err != nil {
		return entry{}, mail.Wrap(mail.KindOf(err), opCompact, err)
	}
	if ref.Pack != pack {
		return entry{}, misuse(opCompact, ref.String()+" is of another pack")
	}
	h, meta, err := c.set.readHead(f, ref)
	if err != nil {
		return entry{}, err
	}
	payload := io.NewSectionReader(f, ref.Offset+h.payloadStart(), h.payloadLen)
	r := &reader{set: c.set, ref: ref, head: h, payload: payload}
	if err := r.check(); err != nil {
		return entry{}, err
	}
	return entry{head: h, meta: bytes.Clone(meta), payload: payload, from: packName(pack)}, nil
}

// commit makes copies durable, and then lets the database name them.
func (c *compaction) commit(old []Ref, batch []entry) error {
	if len(batch) == 0 {
		return nil
	}
	refs, err := c.set.write(batch)
	if err != nil {
		return err
	}
	defer c.set.Settle(refs...)
	if err := c.set.Sync(refs...); err != nil {
		return err
	}
	moves := make([]Move, len(refs))
	for i := range refs {
		moves[i] = Move{Old: old[i], New: refs[i]}
	}
	return c.moved(moves)
}

// remove deletes a pack that nothing names.
func (s *Set) remove(pack uint32) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.writable(opCompact); err != nil {
		return err
	}
	if err := s.succeed(pack); err != nil {
		return err
	}
	if err := s.syncAll(); err != nil { // closes the pack, should it be open still
		return err
	}
	path := s.disk.Path(packName(pack))
	if err := s.shelf.drop(pack); err != nil {
		return diskError(opCompact, path, err)
	}
	err := s.disk.Remove(packName(pack))
	if errors.Is(err, fs.ErrNotExist) {
		return mail.Errorf(mail.KindGone, opCompact, "there is no file %s: %w", path, err)
	}
	if err != nil {
		return diskError(opCompact, path, err)
	}
	if err := s.disk.SyncDir(); err != nil {
		return diskError(opCompact, s.disk.Path("."), err)
	}
	return nil
}

// succeed starts a new pack if the newest is to go: its file is what keeps its
// number from being used again.
func (s *Set) succeed(pack uint32) error {
	if pack < s.last {
		return nil
	}
	t, err := s.newTail()
	if err == nil {
		s.cur = t
	}
	return err
}
