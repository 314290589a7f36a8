package pop3

import (
	"bytes"
	"errors"
	"io"
	"net"
	"time"
)

const (
	bufferSize = 128 << 10 // eight TLS records; a read of a fast link fills it
	maxLine    = 64 << 10  // octets of a response line
	maxSkip    = 16 << 20  // octets of a line in a listing that is stepped over
)

// garbled says how the server broke the protocol. It ends the session.
type garbled string

func (g garbled) Error() string { return string(g) }

var errLongLine = garbled("the server sent a line without end")

// buffer reads ahead of the client. Slices it returns are valid until the next
// call that reads.
type buffer struct {
	link *link
	b    []byte
	r, w int // unread are b[r:w]
}

func (b *buffer) init(l *link) {
	b.link = l
	b.b = make([]byte, bufferSize)
}

// drop forgets everything that was read ahead.
func (b *buffer) drop() {
	clear(b.b[:b.w])
	b.r, b.w = 0, 0
}

func (b *buffer) unread() []byte { return b.b[b.r:b.w] }

// fill reads at least one more octet; the caller leaves room for it.
func (b *buffer) fill() error { return b.fillWithin(b.link.timeout) }

func (b *buffer) fillWithin(d time.Duration) error {
	if b.r == b.w {
		b.r, b.w = 0, 0
	} else if b.w == len(b.b) {
		b.w = copy(b.b, b.b[b.r:b.w])
		b.r = 0
	}
	n, err := b.link.readWithin(b.b[b.w:], d)
	b.w += n
	if n == 0 && err == nil {
		return io.ErrNoProgress
	}
	return err
}

// need reads until n octets are unread.
func (b *buffer) need(n int) error {
	for b.w-b.r < n {
		if err := b.fill(); err != nil {
			return err
		}
	}
	return nil
}

// more reports whether the server sends anything within d.
func (b *buffer) more(d time.Duration) (bool, error) {
	err := b.fillWithin(d)
	var late net.Error
	if errors.As(err, &late) && late.Timeout() {
		return false, nil
	}
	return err == nil, err
}

// line returns the next line without its end, CRLF or, from some servers, LF.
// After errLongLine it can be stepped over with skipLine.
func (b *buffer) line() ([]byte, error) {
	for from := 0; ; {
		if i := bytes.IndexByte(b.b[b.r+from:b.w], '\n'); i >= 0 {
			return b.take(from + i)
		}
		from = b.w - b.r
		if from > maxLine {
			return nil, errLongLine
		}
		if err := b.fill(); err != nil {
			return nil, err
		}
	}
}

// take consumes the line of n octets before its LF.
func (b *buffer) take(n int) ([]byte, error) {
	if n > maxLine {
		return nil, errLongLine
	}
	line := b.b[b.r : b.r+n]
	b.r += n + 1
	return bytes.TrimSuffix(line, []byte{'\r'}), nil
}

// skipLine steps over the rest of the line, and returns its beginning.
func (b *buffer) skipLine() (head []byte, err error) {
	head = bytes.Clone(b.unread()[:min(64, b.w-b.r)])
	for skipped := 0; skipped <= maxSkip; {
		if i := bytes.IndexByte(b.unread(), '\n'); i >= 0 {
			b.r += i + 1
			return head, nil
		}
		skipped += b.w - b.r
		b.r = b.w
		if err := b.fill(); err != nil {
			return nil, err
		}
	}
	return nil, errLongLine
}
