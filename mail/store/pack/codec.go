package pack

import (
	"io"
	"sync"

	"github.com/klauspost/compress/zstd"
)

const (
	// frameWindow bounds the memory of an encoder to about three times as much. Mail
	// that repeats itself further apart (an attachment sent twice) is too rare
	// to pay 8 MB an encoder for.
	frameWindow = 512 << 10
	// maxWindow is what a decoder accepts, with room for a later larger window.
	maxWindow = 8 << 20
	// wholeLimit is the largest message that is handled in one piece of memory
	// rather than as a stream.
	wholeLimit = 256 << 10
)

// pool is a sync.Pool of one type.
type pool[T any] struct{ p sync.Pool }

func newPool[T any](make func() T) *pool[T] {
	return &pool[T]{sync.Pool{New: func() any { return make() }}}
}

func (p *pool[T]) get() T  { return p.p.Get().(T) }
func (p *pool[T]) put(v T) { p.p.Put(v) }

var (
	encoders = newPool(newEncoder)
	decoders = newPool(newDecoder)
	wholes   = newPool(func() *[]byte { return ptr(make([]byte, 0, wholeLimit)) })
	scratch  = newPool(func() *[]byte { return ptr(make([]byte, 0, wholeLimit/4)) })
)

func ptr[T any](v T) *T { return &v }

// newEncoder makes one that starts no goroutine; the frame's own checksum is
// left out because the record has two better ones.
func newEncoder() *zstd.Encoder {
	enc, err := zstd.NewWriter(nil,
		zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1),
		zstd.WithEncoderCRC(false), zstd.WithWindowSize(frameWindow), zstd.WithLowerEncoderMem(true))
	if err != nil {
		panic(err) // only for options that contradict each other
	}
	return enc
}

// newDecoder makes one that starts no goroutine, and writes no further than
// the room it is given.
func newDecoder() *zstd.Decoder {
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecodeAllCapLimit(true))
	if err != nil {
		panic(err) // only for options that contradict each other
	}
	return dec
}

// compress returns b in the shorter of both forms, in memory of its own and of
// just that size: hundreds of them wait for one Append.
func compress(b []byte) (Codec, []byte) {
	enc, buf := encoders.get(), scratch.get()
	defer encoders.put(enc)
	defer scratch.put(buf)
	*buf = enc.EncodeAll(b, (*buf)[:0])
	if len(*buf) >= len(b) {
		return Stored, append([]byte(nil), b...)
	}
	return Zstd, append([]byte(nil), *buf...)
}

// decompress appends at most size bytes of plain text to dst.
func decompress(dst, payload []byte) ([]byte, error) {
	dec := decoders.get()
	defer decoders.put(dec)
	return dec.DecodeAll(payload, dst)
}

// plainReader decompresses a stream; Close gives its decoder back.
type plainReader struct{ dec *zstd.Decoder }

func newPlainReader(r io.Reader) (plainReader, error) {
	dec := decoders.get()
	if err := dec.Reset(r); err != nil {
		return plainReader{}, err
	}
	return plainReader{dec}, nil
}

func (p plainReader) Read(b []byte) (int, error) { return p.dec.Read(b) }

func (p plainReader) Close() error {
	err := p.dec.Reset(nil)
	decoders.put(p.dec)
	return err
}
