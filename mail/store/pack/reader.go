package pack

import (
	"crypto/sha256"
	"errors"
	"hash"
	"hash/crc32"
	"io"

	"postrider/mail"
)

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
