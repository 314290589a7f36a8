package pack

import (
	"crypto/rand"
	"hash/crc32"
)

const (
	tempDir    = "tmp"
	spillLimit = 1 << 20 // compressed bytes of one message kept in memory
)

// spool takes the compressed bytes of one message: into memory, and beyond
// limit into a temporary file, so that memory is flat whatever the size.
type spool struct {
	disk  disk
	limit int
	buf   []byte
	f     file
	name  string
	n     int64
	crc   uint32
}

func (s *spool) Write(p []byte) (int, error) {
	if s.f == nil && len(s.buf)+len(p) > s.limit {
		if err := s.spill(); err != nil {
			return 0, err
		}
	}
	if err := s.put(p); err != nil {
		return 0, err
	}
	s.crc = crc32.Update(s.crc, castagnoli, p)
	s.n += int64(len(p))
	return len(p), nil
}

func (s *spool) put(p []byte) error {
	if s.f == nil {
		s.buf = append(s.buf, p...)
		return nil
	}
	return s.writeFile(p, s.n)
}

func (s *spool) writeFile(p []byte, at int64) error {
	if _, err := s.f.WriteAt(p, at); err != nil {
		return diskError(opWrite, s.disk.Path(s.name), err)
	}
	return nil
}

func (s *spool) spill() error {
	s.name = tempDir + "/" + rand.Text()
	f, err := s.disk.Create(s.name)
	if err != nil {
		return diskError(opWrite, s.disk.Path(s.name), err)
	}
	s.f = f
	if err := s.writeFile(s.buf, 0); err != nil {
		return err
	}
	s.buf = nil
	return nil
}

// discard removes the temporary file. Its error is of no consequence: what is
// left is removed at the next Open.
func (s *spool) discard() {
	if s.f != nil {
		s.f.Close()
		s.disk.Remove(s.name)
	}
	s.f, s.buf = nil, nil
}
