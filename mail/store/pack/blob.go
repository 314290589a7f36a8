package pack

import (
	"context"
	"crypto/sha256"
	"hash"
	"io"

	"github.com/klauspost/compress/zstd"

	"postrider/mail"
)

// Blob is a message ready for Append: hashed and compressed. It is used by one
// goroutine at a time.
type Blob struct {
	Hash [32]byte // SHA-256 of the plain bytes
	Size int64    // length of the plain bytes
	Meta []byte   // set by the caller, at most MaxMeta bytes: whatever rebuilds its row

	codec Codec
	crc   uint32
	n     int64 // length of the payload
	data  []byte
	spill *spool // instead of data, for a large one
}

// Memory returns the bytes of memory the blob holds on to, at most about 1 MB:
// what a caller adds up to bound a batch.
func (b *Blob) Memory() int { return len(b.data) + len(b.Meta) }

// Release gives up what the blob holds, on disk too. It may be called twice.
func (b *Blob) Release() {
	if b.spill != nil {
		b.spill.discard()
	}
	b.data, b.spill = nil, nil
}

func (b *Blob) head(mark [8]byte) head {
	return head{
		mark: mark, codec: b.codec, metaLen: len(b.Meta), payloadCRC: b.crc,
		payloadLen: b.n, size: b.Size, hash: b.Hash, metaCRC: checksum(b.Meta),
	}
}

// EncodeBytes makes the Blob of a message that is in memory; msg may be used
// again at once.
func (s *Set) EncodeBytes(msg []byte) (*Blob, error) {
	if len(msg) > spillLimit {
		return s.encodeLarge(msg)
	}
	if err := s.allow(int64(len(msg))); err != nil {
		return nil, err
	}
	codec, data := compress(msg)
	return &Blob{
		Hash: sha256.Sum256(msg), Size: int64(len(msg)),
		codec: codec, crc: checksum(data), n: int64(len(data)), data: data,
	}, nil
}

func (s *Set) encodeLarge(msg []byte) (*Blob, error) {
	w := s.NewWriter()
	defer w.Close()
	if _, err := w.Write(msg); err != nil {
		return nil, err
	}
	return w.Blob()
}

// Encode reads r to its end and makes a Blob of it. An error of r comes back
// as it is.
func (s *Set) Encode(ctx context.Context, r io.Reader) (*Blob, error) {
	w := s.NewWriter()
	defer w.Close()
	if _, err := io.Copy(w, ctxReader{ctx, r}); err != nil {
		return nil, err
	}
	return w.Blob()
}

type ctxReader struct {
	ctx context.Context
	r   io.Reader
}

func (c ctxReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, mail.Wrap(mail.KindOf(err), opWrite, err)
	}
	return c.r.Read(p)
}

// allow holds a message against Options.MaxMessage.
func (s *Set) allow(size int64) error {
	if s.opts.MaxMessage > 0 && size > s.opts.MaxMessage {
		return mail.Errorf(mail.KindRefused, opWrite, "the message is larger than %d bytes", s.opts.MaxMessage)
	}
	return nil
}

// Writer makes a Blob of what is written to it, so that a caller can parse the
// same bytes in the same pass: io.TeeReader(r, w) needs no goroutine. One
// goroutine uses it; many may be in use.
type Writer struct {
	set   *Set
	size  int64
	whole *[]byte // all of it, up to wholeLimit
	sum   hash.Hash
	enc   *zstd.Encoder // from there on
	out   *spool
	err   error
}

// NewWriter returns a Writer; Close it in any case.
func (s *Set) NewWriter() *Writer { return &Writer{set: s, whole: wholes.get()} }

func (w *Writer) Write(p []byte) (int, error) {
	if w.err == nil {
		w.err = w.write(p)
	}
	if w.err != nil {
		return 0, w.err
	}
	return len(p), nil
}

func (w *Writer) write(p []byte) error {
	if w.whole == nil {
		return misuse(opWrite, "a finished blob was written to")
	}
	w.size += int64(len(p))
	if err := w.set.allow(w.size); err != nil {
		return err
	}
	if w.enc == nil && len(*w.whole)+len(p) <= wholeLimit {
		*w.whole = append(*w.whole, p...)
		return nil
	}
	if w.enc == nil {
		if err := w.stream(); err != nil {
			return err
		}
	}
	return w.pass(p)
}

// stream goes over to compressing piece by piece.
func (w *Writer) stream() error {
	w.sum = sha256.New()
	w.out = &spool{disk: w.set.disk, limit: w.set.spill}
	w.enc = encoders.get()
	w.enc.Reset(w.out)
	return w.pass(*w.whole)
}

func (w *Writer) pass(p []byte) error {
	w.sum.Write(p)
	_, err := w.enc.Write(p)
	return err
}

// Blob ends the message and returns it.
func (w *Writer) Blob() (*Blob, error) {
	if w.err != nil {
		return nil, w.err
	}
	if w.whole == nil {
		return nil, misuse(opWrite, "a blob was finished twice")
	}
	defer w.Close()
	if w.enc == nil {
		return w.set.EncodeBytes(*w.whole)
	}
	if err := w.enc.Close(); err != nil {
		return nil, err
	}
	out := w.out
	w.out = nil
	b := &Blob{Hash: [32]byte(w.sum.Sum(nil)), Size: w.size, codec: Zstd, crc: out.crc, n: out.n, data: out.buf}
	if out.f != nil {
		b.spill = out
	}
	return b, nil
}

// Close gives up what was not made a Blob. It may be called twice.
func (w *Writer) Close() error {
	if w.out != nil {
		w.out.discard()
	}
	if w.enc != nil {
		w.enc.Reset(nil)
		encoders.put(w.enc)
	}
	if w.whole != nil {
		*w.whole = (*w.whole)[:0]
		wholes.put(w.whole)
	}
	w.out, w.enc, w.whole = nil, nil, nil
	return nil
}
