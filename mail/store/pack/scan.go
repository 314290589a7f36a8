package pack

import (
	"bytes"
	"context"

	"postrider/mail"
)

// Scan walks all records of all packs in the order they were written, without
// the database: dead ones too. A record whose payload is damaged is shown with
// Damaged set; stretches without an intact record come back as gaps, and each
// costs only itself. It may run while another process appends: a record that
// is half there is then a gap at the end. An error of fn ends it.
func (s *Set) Scan(ctx context.Context, fn func(Ref, Header) error) ([]Gap, error) {
	packs, err := s.packs()
	if err != nil {
		return nil, err
	}
	var gaps []Gap
	for _, no := range packs {
		found, err := s.scanPack(ctx, no, labelSize, fn)
		if mail.Is(err, mail.KindGone) {
			continue // compacted away meanwhile
		}
		gaps = append(gaps, found...)
		if err != nil {
			return gaps, err
		}
	}
	return gaps, nil
}

// scanPack walks one pack from an offset where a record should start.
func (s *Set) scanPack(ctx context.Context, no uint32, from int64, fn func(Ref, Header) error) ([]Gap, error) {
	h, err := s.shelf.take(no)
	if err != nil {
		return nil, err
	}
	defer s.shelf.give(h)
	path := s.disk.Path(packName(no))
	size, err := h.f.Size()
	if err != nil {
		return nil, diskError(opScan, path, err)
	}
	l, ok, err := readLabel(h.f)
	if err != nil {
		return nil, diskError(opScan, path, err)
	}
	sc := &scanner{ctx: ctx, path: path, no: no, mark: l.mark, w: window{r: h.f, size: size}, fn: fn}
	switch {
	case !ok:
		sc.gap(0, size) // without the mark nothing can be told from a message's bytes
	case l.version == 0:
		sc.gap(0, labelSize)
		fallthrough
	default:
		err = sc.walk(from)
	}
	return sc.gaps, err
}

// scanner walks one pack.
type scanner struct {
	ctx  context.Context
	path string
	no   uint32
	mark [8]byte
	w    window
	fn   func(Ref, Header) error
	gaps []Gap
}

func (s *scanner) walk(pos int64) error {
	for pos < s.w.size {
		if err := s.ctx.Err(); err != nil {
			return mail.Wrap(mail.KindOf(err), opScan, err)
		}
		next, err := s.step(pos)
		if err != nil {
			return err
		}
		pos = next
	}
	return nil
}

// step handles what is at pos and returns where to go on.
func (s *scanner) step(pos int64) (int64, error) {
	h, meta, ok, err := s.recordAt(pos)
	if err != nil {
		return 0, err
	}
	if !ok {
		return s.skip(pos)
	}
	ref := Ref{Pack: s.no, Offset: pos, Length: h.length()}
	hdr := h.header(meta)
	crc, whole, err := s.w.checksum(pos+h.payloadStart(), ref.End())
	if err != nil {
		return 0, s.diskError(err)
	}
	hdr.Damaged = !whole || crc != h.payloadCRC
	if err := s.fn(ref, hdr); err != nil {
		return 0, err
	}
	if hdr.Damaged {
		return s.resync(pos+headSize, ref.End())
	}
	return ref.End(), nil
}

// recordAt parses the record at pos; ok is false if none begins there, or its
// end is not in the file.
func (s *scanner) recordAt(pos int64) (h head, meta []byte, ok bool, err error) {
	b, err := s.w.at(pos, headSize+MaxMeta)
	if err != nil {
		return head{}, nil, false, s.diskError(err)
	}
	h, ok = parseHead(b)
	if !ok || h.mark != s.mark || h.length() > s.w.size-pos || int64(len(b)) < h.payloadStart() {
		return head{}, nil, false, nil
	}
	return h, bytes.Clone(b[headSize:h.payloadStart()]), true, nil
}

// skip passes over bytes that are no record.
func (s *scanner) skip(pos int64) (int64, error) {
	next, err := s.resync(pos+1, s.w.size)
	if err == nil {
		s.gap(pos, next-pos)
	}
	return next, err
}

// resync returns where the next record begins in [pos, end), or end. A damaged
// record may have lost bytes, and its successor come early.
func (s *scanner) resync(pos, end int64) (int64, error) {
	for {
		next, err := s.w.find(s.mark[:], pos, end)
		if err != nil || next >= end {
			return end, s.diskError(err)
		}
		if _, _, ok, err := s.recordAt(next); ok || err != nil {
			return next, err
		}
		pos = next + 1
	}
}

// gap notes a stretch, as one with the last if they touch.
func (s *scanner) gap(pos, length int64) {
	if n := len(s.gaps); n > 0 && s.gaps[n-1].Offset+s.gaps[n-1].Length == pos {
		s.gaps[n-1].Length += length
		return
	}
	s.gaps = append(s.gaps, Gap{Pack: s.no, Offset: pos, Length: length})
}

func (s *scanner) diskError(err error) error {
	if err == nil {
		return nil
	}
	return diskError(opScan, s.path, err)
}
