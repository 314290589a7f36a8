package pack

import (
	"fmt"

	"postrider/mail"
)

// Sync makes everything appended so far last, and vouches for refs: the error
// is nil only if all of them are durable, whoever's Sync it was that failed to
// make them so. After an error none of refs may be named.
//
// A pack whose fsync failed is never trusted with more: the kernel may have
// dropped the pages and say yes the next time. It is cut back to what was
// durable before, and left for a new one.
func (s *Set) Sync(refs ...Ref) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.writable(opWrite); err != nil {
		return err
	}
	if err := s.syncAll(); err != nil {
		return err
	}
	for _, ref := range refs {
		if end, ok := s.lost[ref.Pack]; ok && ref.End() > end {
			return mail.Errorf(mail.KindDisk, opWrite, "%s: an earlier write to the disk failed", ref)
		}
	}
	return nil
}

func (s *Set) syncAll() error {
	var failed error
	fresh := false
	for _, t := range s.tails() {
		if err := s.syncTail(t); err != nil {
			failed = firstError(failed, err)
		} else {
			fresh = fresh || t.fresh
		}
	}
	if fresh {
		failed = firstError(failed, s.syncEntries())
	}
	s.forgetFull()
	return failed
}

func (s *Set) syncTail(t *tail) error {
	if t.synced == t.size {
		return nil
	}
	if err := t.f.Sync(); err != nil {
		s.abandon(t)
		return diskError(opWrite, s.disk.Path(packName(t.no)), err)
	}
	return nil
}

// syncEntries makes the names of new packs last; without that their bytes may
// be durable and yet not to be found.
func (s *Set) syncEntries() error {
	err := s.disk.SyncDir()
	for _, t := range s.tails() {
		if !t.fresh {
			continue
		}
		if err != nil {
			s.abandon(t)
		}
		t.fresh = false
	}
	if err != nil {
		return diskError(opWrite, s.disk.Path("."), err)
	}
	return nil
}

// abandon takes back what a pack was given since it was durable.
func (s *Set) abandon(t *tail) {
	s.lost[t.no] = t.synced
	t.f.Truncate(t.synced) // only tidier: nothing names what is beyond
	if t == s.cur {
		s.seal()
	}
}

// forgetFull notes what is durable, and closes the packs that grow no more.
func (s *Set) forgetFull() {
	for _, t := range s.full {
		t.f.Close() // synced, or abandoned: nothing is left to lose
	}
	s.full = nil
	if s.cur != nil {
		s.cur.synced = s.cur.size
	}
}

// Settle says that the database has committed refs, or will never name them.
// Until then Compact leaves their packs alone.
func (s *Set) Settle(refs ...Ref) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, ref := range refs {
		if s.unsettled[ref.Pack] == 0 {
			return misuse(opWrite, fmt.Sprintf("%s was settled twice", ref))
		}
		if s.unsettled[ref.Pack]--; s.unsettled[ref.Pack] == 0 {
			delete(s.unsettled, ref.Pack)
		}
	}
	return nil
}
