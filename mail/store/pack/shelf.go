package pack

import (
	"errors"
	"io/fs"
	"sync"

	"postrider/mail"
)

// shelfSize is how many packs stay open for reading when nobody reads them.
const shelfSize = 32

// shelf keeps packs open for reading. Its files are never written through.
type shelf struct {
	disk disk
	mu   sync.Mutex
	open map[uint32]*held
}

// held is a pack open for reading.
type held struct {
	no      uint32
	f       file
	readers int
	dropped bool // closed by its last reader
}

// take opens the pack if need be; the caller gives it back. The kind of the
// error is gone if there is no such pack (any more).
func (s *shelf) take(no uint32) (*held, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if h := s.open[no]; h != nil {
		h.readers++
		return h, nil
	}
	f, err := s.openPack(no)
	if err != nil {
		return nil, err
	}
	if s.open == nil {
		s.open = map[uint32]*held{}
	}
	s.makeRoom()
	h := &held{no: no, f: f, readers: 1}
	s.open[no] = h
	return h, nil
}

func (s *shelf) openPack(no uint32) (file, error) {
	path := s.disk.Path(packName(no))
	f, err := s.disk.Open(packName(no), false)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, mail.Errorf(mail.KindGone, opRead, "there is no file %s: %w", path, fs.ErrNotExist)
	}
	if err != nil {
		return nil, diskError(opRead, path, err)
	}
	l, ok, err := readLabel(f)
	if err != nil {
		f.Close()
		return nil, diskError(opRead, path, err)
	}
	if ok && l.version > version {
		f.Close()
		return nil, mail.Errorf(mail.KindDisk, opRead, "%s was written by a newer Postrider", path)
	}
	return f, nil
}

// makeRoom closes packs that nobody reads.
func (s *shelf) makeRoom() {
	for no, h := range s.open {
		if len(s.open) < shelfSize {
			return
		}
		if h.readers == 0 {
			h.f.Close()
			delete(s.open, no)
		}
	}
}

func (s *shelf) give(h *held) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if h.readers--; h.readers == 0 && h.dropped {
		h.f.Close()
	}
}

// drop forgets a pack; those who are reading it read on to the end.
func (s *shelf) drop(no uint32) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.open[no]
	if h == nil {
		return nil
	}
	delete(s.open, no)
	if h.dropped = true; h.readers > 0 {
		return nil
	}
	return h.f.Close()
}

func (s *shelf) close() error {
	var err error
	for no := range s.open {
		err = firstError(err, s.drop(no))
	}
	return err
}
