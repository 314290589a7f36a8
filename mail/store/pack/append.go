package pack

import (
	"fmt"
	"hash/crc32"
	"io"
)

const bufferSize = 256 << 10

// entry is a record to be written: of a Blob, or of another pack.
type entry struct {
	head    head
	meta    []byte
	data    []byte
	payload io.Reader // instead of data, where it is in a file
	from    string    // that file
}

// Append writes the blobs one after the other and returns where they are, in
// the order given. Either all are there or none is named; they are not durable
// before Sync. Every Ref it returns is to be given to Settle.
func (s *Set) Append(blobs ...*Blob) ([]Ref, error) {
	for _, b := range blobs {
		if len(b.Meta) > MaxMeta {
			return nil, misuse(opWrite, fmt.Sprintf("metadata of %d bytes is too long", len(b.Meta)))
		}
		if int64(len(b.data)) != b.n && b.spill == nil {
			return nil, misuse(opWrite, "a released blob was appended")
		}
	}
	entries := make([]entry, len(blobs))
	for i, b := range blobs {
		entries[i] = entry{head: b.head([8]byte{}), meta: b.Meta, data: b.data}
		if b.spill != nil {
			entries[i].payload, entries[i].from = io.NewSectionReader(b.spill.f, 0, b.n), b.spill.name
		}
	}
	return s.write(entries)
}

func (s *Set) write(entries []entry) ([]Ref, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.writable(opWrite); err != nil {
		return nil, err
	}
	s.appended = true
	for _, t := range s.tails() {
		t.base = t.size
	}
	refs := make([]Ref, len(entries))
	for i := range entries {
		ref, err := s.put(&entries[i])
		if err != nil {
			s.rollback()
			return nil, err
		}
		refs[i] = ref
	}
	if err := s.flush(); err != nil {
		s.rollback()
		return nil, err
	}
	for _, ref := range refs {
		s.unsettled[ref.Pack]++
	}
	return refs, nil
}

// put writes one record behind the last.
func (s *Set) put(e *entry) (Ref, error) {
	length := e.head.length()
	if err := s.makeRoom(length); err != nil {
		return Ref{}, err
	}
	e.head.mark = s.cur.mark
	ref := Ref{Pack: s.cur.no, Offset: s.cur.size, Length: length}
	var fixed [headSize]byte
	if err := s.copyIn(e.head.appendTo(fixed[:0])); err != nil {
		return Ref{}, err
	}
	if err := s.copyIn(e.meta); err != nil {
		return Ref{}, err
	}
	if e.payload == nil {
		return ref, s.copyIn(e.data)
	}
	return ref, s.stream(e)
}

// makeRoom sees to a pack that takes length bytes more.
func (s *Set) makeRoom(length int64) error {
	if s.cur != nil && s.cur.size > labelSize && s.cur.size+length > s.opts.PackSize {
		if err := s.flush(); err != nil {
			return err
		}
		s.seal()
	}
	if s.cur != nil {
		return nil
	}
	t, err := s.newTail()
	if err == nil {
		s.cur = t
	}
	return err
}

// stream writes a payload that is in a file, and holds it against its CRC:
// what was damaged on the way must not be named.
func (s *Set) stream(e *entry) error {
	var crc uint32
	var n int64
	buf := make([]byte, bufferSize/4)
	for {
		k, err := e.payload.Read(buf)
		crc = crc32.Update(crc, castagnoli, buf[:k])
		n += int64(k)
		if err := s.copyIn(buf[:k]); err != nil {
			return err
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return diskError(opWrite, s.disk.Path(e.from), err)
		}
	}
	if crc != e.head.payloadCRC || n != e.head.payloadLen {
		return diskError(opWrite, s.disk.Path(e.from), ErrDamaged)
	}
	return nil
}

// copyIn puts p behind what was written, small pieces through the buffer.
func (s *Set) copyIn(p []byte) error {
	if len(s.buf)+len(p) > bufferSize {
		if err := s.flush(); err != nil {
			return err
		}
	}
	at := s.cur.size
	s.cur.size += int64(len(p))
	if len(p) > bufferSize {
		return s.writeAt(p, at)
	}
	s.buf = append(s.buf, p...)
	return nil
}

func (s *Set) flush() error {
	if len(s.buf) == 0 {
		return nil
	}
	err := s.writeAt(s.buf, s.cur.size-int64(len(s.buf)))
	s.buf = s.buf[:0]
	return err
}

func (s *Set) writeAt(p []byte, at int64) error {
	if _, err := s.cur.f.WriteAt(p, at); err != nil {
		return diskError(opWrite, s.disk.Path(packName(s.cur.no)), err)
	}
	return nil
}

// rollback cuts every pack back to what it was before this Append. One that
// cannot be cut keeps its torn end, which no Ref names, and grows no more.
func (s *Set) rollback() {
	s.buf = s.buf[:0]
	for _, t := range s.tails() {
		if t.size == t.base {
			continue
		}
		t.size = t.base
		if err := t.f.Truncate(t.base); err != nil && t == s.cur {
			s.seal()
		}
	}
}
