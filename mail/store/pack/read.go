package pack

import (
	"crypto/sha256"
	"io"
)

// A record named by the database may be compacted away while it is looked up:
// the error's kind is then gone, and the row names its new place by now.

// trustedSize is how much memory a record's own word is good for; what claims
// to be larger is read as a stream, and memory follows what really comes.
const trustedSize = 8 << 20

// Header returns what the record says about itself.
func (s *Set) Header(ref Ref) (Header, error) {
	h, err := s.shelf.take(ref.Pack)
	if err != nil {
		return Header{}, err
	}
	defer s.shelf.give(h)
	hd, meta, err := s.readHead(h.f, ref)
	if err != nil {
		return Header{}, err
	}
	return hd.header(meta), nil
}

// sane refuses what cannot be a place in a pack.
func sane(ref Ref) error {
	if ref.Offset < labelSize || ref.Length < headSize || ref.Offset > maxLength || ref.Length > maxLength {
		return damaged(ref, "no such place")
	}
	return nil
}

// readHead reads the fixed part of a record and its metadata, and sees that
// it is the record that ref names.
func (s *Set) readHead(f file, ref Ref) (head, []byte, error) {
	if err := sane(ref); err != nil {
		return head{}, nil, err
	}
	b := make([]byte, min(ref.Length, headSize+MaxMeta))
	n, err := f.ReadAt(b, ref.Offset)
	if err != nil && err != io.EOF {
		return head{}, nil, diskError(opRead, s.disk.Path(packName(ref.Pack)), err)
	}
	h, ok := parseHead(b[:n])
	if !ok || h.length() != ref.Length || n < int(h.payloadStart()) {
		return head{}, nil, damaged(ref, "no record is there")
	}
	return h, b[headSize:h.payloadStart()], nil
}

// ReadAll returns the plain bytes of a record, checked.
func (s *Set) ReadAll(ref Ref) ([]byte, error) {
	if ref.Length > trustedSize {
		return s.readLarge(ref)
	}
	h, err := s.shelf.take(ref.Pack)
	if err != nil {
		return nil, err
	}
	defer s.shelf.give(h)
	if err := sane(ref); err != nil {
		return nil, err
	}
	buf := scratch.get()
	defer scratch.put(buf)
	b := grow(buf, int(ref.Length))
	n, err := h.f.ReadAt(b, ref.Offset)
	if err != nil && err != io.EOF {
		return nil, diskError(opRead, s.disk.Path(packName(ref.Pack)), err)
	}
	hd, ok := parseHead(b[:n])
	switch {
	case !ok || hd.length() != int64(n) || n < len(b):
		return nil, damaged(ref, "no record is there")
	case hd.size > trustedSize:
		return s.readLarge(ref)
	}
	return plain(ref, hd, b[hd.payloadStart():])
}

func (s *Set) readLarge(ref Ref) ([]byte, error) {
	r, err := s.Reader(ref)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// plain returns the plain bytes of a payload, in memory of their own.
func plain(ref Ref, hd head, payload []byte) ([]byte, error) {
	if checksum(payload) != hd.payloadCRC {
		return nil, damaged(ref, "its checksum is wrong")
	}
	b := make([]byte, 0, hd.size)
	var err error
	if hd.codec == Stored {
		b = append(b, payload...)
	} else if b, err = decompress(b, payload); err != nil {
		return nil, damaged(ref, err.Error())
	}
	if int64(len(b)) != hd.size || sha256.Sum256(b) != hd.hash {
		return nil, damaged(ref, "its hash is wrong")
	}
	return b, nil
}

// grow returns n bytes in *buf, which keeps them if they are not many.
func grow(buf *[]byte, n int) []byte {
	if n <= cap(*buf) {
		return (*buf)[:n]
	}
	b := make([]byte, n)
	if n <= spillLimit {
		*buf = b
	}
	return b
}
