package pack

import (
	"crypto/rand"
	"errors"
	"io/fs"

	"postrider/mail"
)

// tail is a pack that was or is being written. Set.mu guards it.
type tail struct {
	no     uint32
	f      file
	mark   [8]byte
	size   int64 // where the next record goes, those still in Set.buf counted
	base   int64 // size before the Append in progress: where a failure goes back to
	synced int64 // what fsync vouches for
	fresh  bool  // the directory entry may not last yet
}

// openTail opens an existing pack for more records; nil if it is full, not
// ours to write, or too damaged: then the next Append starts a new one.
func (s *Set) openTail(no uint32) (*tail, error) {
	name := packName(no)
	f, err := s.disk.Open(name, true)
	if errors.Is(err, fs.ErrPermission) {
		return nil, nil // made read-only by someone: leave it alone
	}
	if err != nil {
		return nil, diskError(opOpen, s.disk.Path(name), err)
	}
	l, ok, err := readLabel(f)
	size, sizeErr := f.Size()
	if err := firstError(err, sizeErr); err != nil {
		f.Close()
		return nil, diskError(opOpen, s.disk.Path(name), err)
	}
	if !ok || l.version != version || l.pack != no || size < labelSize || size >= s.opts.PackSize {
		return nil, f.Close()
	}
	return &tail{no: no, f: f, mark: l.mark, size: size, base: size, synced: size}, nil
}

// newTail starts a new pack. If that fails nothing is left of it.
func (s *Set) newTail() (*tail, error) {
	no := s.last + 1
	name := packName(no)
	f, err := s.disk.Create(name)
	if err != nil {
		return nil, diskError(opWrite, s.disk.Path(name), err)
	}
	s.last = no // whatever follows: a number is never used twice
	t := &tail{no: no, f: f, size: labelSize, base: labelSize, fresh: true}
	rand.Read(t.mark[:])
	l := label{version: version, pack: no, mark: t.mark}
	if _, err := f.WriteAt(l.bytes(), 0); err != nil {
		f.Close()
		s.disk.Remove(name) // what cannot be removed is an empty pack: harmless
		return nil, diskError(opWrite, s.disk.Path(name), err)
	}
	return t, nil
}

// tails returns the packs that may hold something unsynced, oldest first.
func (s *Set) tails() []*tail {
	if s.cur == nil {
		return s.full
	}
	return append(s.full[:len(s.full):len(s.full)], s.cur)
}

// seal ends the growth of the current pack; it stays open until Sync.
func (s *Set) seal() {
	if s.cur != nil {
		s.full = append(s.full, s.cur)
	}
	s.cur = nil
}

// writable tells why nothing can be written, if so.
func (s *Set) writable(op string) error {
	switch {
	case s.opts.ReadOnly:
		return misuse(op, "the mail files were opened for reading only")
	case s.closed:
		return mail.Errorf(mail.KindCanceled, op, "the mail files were closed")
	}
	return nil
}
