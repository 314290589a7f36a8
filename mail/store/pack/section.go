package pack

import (
	"hash/crc32"
	"io"

	"postrider/mail"
)

// Section reads the plain bytes [off, off+n) of a record, fewer if it ends
// before. The record's checksum is verified first, so that the part is either
// as written or ErrDamaged at once; what is before off is decompressed and
// skipped.
func (s *Set) Section(ref Ref, off, n int64) (io.ReadCloser, error) {
	if off < 0 || n < 0 {
		return nil, mail.Errorf(mail.KindBug, opRead, "%s: no part at %d of length %d", ref, off, n)
	}
	r, err := s.reader(ref)
	if err != nil {
		return nil, err
	}
	if err := r.check(); err != nil {
		r.Close()
		return nil, err
	}
	if err := r.skip(off); err != nil {
		r.Close()
		return nil, err
	}
	return section{io.LimitReader(r, n), r}, nil
}

type section struct {
	io.Reader
	io.Closer
}

// check holds the payload against its CRC, without moving the reader.
func (r *reader) check() error {
	crc := crc32.New(castagnoli)
	n, err := io.Copy(crc, io.NewSectionReader(r.payload, 0, r.head.payloadLen))
	if err != nil {
		return diskError(opRead, r.set.disk.Path(packName(r.ref.Pack)), err)
	}
	if n != r.head.payloadLen || crc.Sum32() != r.head.payloadCRC {
		return damaged(r.ref, "its checksum is wrong")
	}
	return nil
}

// skip moves past off plain bytes, or to the end.
func (r *reader) skip(off int64) error {
	_, err := io.CopyN(io.Discard, r, min(off, r.head.size))
	if err == io.EOF {
		return nil
	}
	return err
}
