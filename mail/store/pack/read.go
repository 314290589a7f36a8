package pack

import (
	"crypto/sha256"
	"errors"
	"hash"
	"hash/crc32"
	"io"

	"postrider/mail"
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

// Reader decompresses a record as it is read, in little memory whatever its
// size. At the end it answers io.EOF if all was as written, or ErrDamaged: who
// must not act on damaged bytes reads to the end first.
func (s *Set) Reader(ref Ref) (io.ReadCloser, error) {
	r, err := s.reader(ref)
	if err != nil {
		return nil, err
	}
	return r, nil
}

func (s *Set) reader(ref Ref) (*reader, error) {
	h, err := s.shelf.take(ref.Pack)
	if err != nil {
		return nil, err
	}
	hd, _, err := s.readHead(h.f, ref)
	if err != nil {
		s.shelf.give(h)
		return nil, err
	}
	r := &reader{set: s, ref: ref, held: h, head: hd, sum: sha256.New()}
	r.payload = io.NewSectionReader(h.f, ref.Offset+hd.payloadStart(), hd.payloadLen)
	r.plain = io.NopCloser(io.Reader((*payloadReader)(r)))
	if hd.codec == Stored {
		return r, nil
	}
	if r.plain, err = newPlainReader((*payloadReader)(r)); err != nil {
		s.shelf.give(h)
		return nil, damaged(ref, err.Error())
	}
	return r, nil
}

// reader reads the plain bytes of one record.
type reader struct {
	set     *Set
	ref     Ref
	held    *held
	head    head
	payload *io.SectionReader
	plain   io.ReadCloser
	crc     uint32
	n       int64 // plain bytes so far
	sum     hash.Hash
	err     error // sticky
}

// payloadReader is the reader's view of the bytes on disk.
type payloadReader reader

func (p *payloadReader) Read(b []byte) (int, error) {
	n, err := p.payload.Read(b)
	p.crc = crc32.Update(p.crc, castagnoli, b[:n])
	if err != nil && err != io.EOF {
		err = diskError(opRead, p.set.disk.Path(packName(p.ref.Pack)), err)
	}
	return n, err
}

func (r *reader) Read(b []byte) (int, error) {
	if r.err != nil {
		return 0, r.err
	}
	n, err := r.plain.Read(b)
	r.sum.Write(b[:n])
	r.n += int64(n)
	switch {
	case r.n > r.head.size:
		r.err = damaged(r.ref, "it is longer than it says")
		return 0, r.err
	case err == io.EOF:
		err = r.verdict()
	case err != nil:
		err = r.explain(err)
	}
	r.err = err
	return n, err
}

// explain tells an error of the disk from one of the bytes.
func (r *reader) explain(err error) error {
	var known *mail.Error
	if errors.As(err, &known) {
		return err
	}
	return damaged(r.ref, err.Error())
}

// verdict is io.EOF if everything that was read is as written.
func (r *reader) verdict() error {
	// The decoder may stop before the end of the file does: the CRC is of all.
	if _, err := io.Copy(io.Discard, (*payloadReader)(r)); err != nil {
		return err
	}
	switch {
	case r.crc != r.head.payloadCRC:
		return damaged(r.ref, "its checksum is wrong")
	case r.n != r.head.size || [32]byte(r.sum.Sum(nil)) != r.head.hash:
		return damaged(r.ref, "its hash is wrong")
	}
	return io.EOF
}

// Close gives up what reading needs; it may be called before the end, twice,
// and also after the Set was closed.
func (r *reader) Close() error {
	if r.held == nil {
		return nil
	}
	if r.err == nil {
		r.err = misuse(opRead, "a closed reader was read")
	}
	err := r.plain.Close()
	r.set.shelf.give(r.held)
	r.held = nil
	return err
}
