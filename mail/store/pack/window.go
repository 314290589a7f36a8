package pack

import (
	"bytes"
	"hash/crc32"
	"io"
)

const windowSize = 256 << 10

// window looks at a file through one buffer, so that walking it costs few
// reads and little memory whatever it claims.
type window struct {
	r    io.ReaderAt
	size int64 // of the file, as far as is looked at
	buf  []byte
	off  int64 // where buf starts
}

// at returns up to n bytes (at most windowSize) from pos on, fewer at the end.
func (w *window) at(pos int64, n int) ([]byte, error) {
	n = int(max(0, min(int64(n), w.size-pos)))
	if pos >= w.off && pos+int64(n) <= w.off+int64(len(w.buf)) {
		i := pos - w.off
		return w.buf[i : i+int64(n)], nil
	}
	if err := w.fill(pos); err != nil {
		return nil, err
	}
	return w.buf[:min(n, len(w.buf))], nil
}

func (w *window) fill(pos int64) error {
	if w.buf == nil {
		w.buf = make([]byte, min(windowSize, w.size))
	}
	w.buf = w.buf[:cap(w.buf)]
	n, err := w.r.ReadAt(w.buf[:min(int64(len(w.buf)), w.size-pos)], pos)
	w.buf, w.off = w.buf[:n], pos
	if err == io.EOF {
		return nil // cut meanwhile: what is gone is no record
	}
	return err
}

// some returns from one to n bytes from pos on, those at hand if any are;
// none at the end.
func (w *window) some(pos, n int64) ([]byte, error) {
	if i := pos - w.off; i >= 0 && i < int64(len(w.buf)) {
		return w.buf[i:min(i+n, int64(len(w.buf)))], nil
	}
	return w.at(pos, int(min(windowSize, n)))
}

// find returns where mark begins next in [pos, end), or end.
func (w *window) find(mark []byte, pos, end int64) (int64, error) {
	for pos+int64(len(mark)) <= end {
		b, err := w.some(pos, end-pos)
		if err == nil && len(b) < len(mark) { // what is at hand may end within it
			b, err = w.at(pos, int(min(windowSize, end-pos)))
		}
		if err != nil || len(b) < len(mark) {
			return end, err
		}
		if i := bytes.Index(b, mark); i >= 0 {
			return pos + int64(i), nil
		}
		pos += int64(len(b) - len(mark) + 1)
	}
	return end, nil
}

// checksum is the CRC of [pos, end); ok is false if the file ends before.
func (w *window) checksum(pos, end int64) (crc uint32, ok bool, err error) {
	for pos < end {
		b, err := w.some(pos, end-pos)
		if err != nil || len(b) == 0 {
			return 0, false, err
		}
		crc = crc32.Update(crc, castagnoli, b)
		pos += int64(len(b))
	}
	return crc, true, nil
}
