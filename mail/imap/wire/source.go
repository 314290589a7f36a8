package wire

import (
	"bytes"
	"errors"
	"io"
)

const (
	readBuffer = 256 << 10 // octets asked of the transport at once
	shortLine  = 64 << 10  // cap of a line, without literals
	longLine   = 8 << 20   // cap of a line that lists messages: 700,000 UIDs
	hardLine   = 16 << 20  // a longer line ends the connection
)

// source reads the server's stream as lines and counted octets.
type source struct {
	r      io.Reader
	before func()    // called before each read: sets the deadline
	after  func(int) // called with the octets of each read
	script *transcript

	buf  []byte
	i, n int    // buf[i:n] is unread
	long []byte // a line that is longer than buf
}

// line is a line of the server without its end. It is valid until the next
// call of a method of source.
type line struct {
	text []byte
	cut  bool   // longer than its cap: text is only its beginning
	tail []byte // of a cut line: its last octets, where a literal may announce itself
}

// line reads the next line. limit says, by its beginning, how long it may be;
// the rest of a longer one is skipped, up to hardLine. A lone LF ends a line
// as CRLF does.
func (s *source) line(limit func(head []byte) int) (line, error) {
	for seen := 0; ; {
		if j := bytes.IndexByte(s.buf[s.i+seen:s.n], '\n'); j >= 0 {
			text := s.buf[s.i : s.i+seen+j]
			s.i += seen + j + 1
			return s.finish(trimCR(text), limit), nil
		}
		if seen = s.n - s.i; seen == readBuffer {
			return s.longLine(limit)
		}
		if err := s.fill(); err != nil {
			return line{}, err
		}
	}
}

func (s *source) finish(text []byte, limit func([]byte) int) line {
	l := line{text: text}
	if max := limit(text); len(text) > max {
		l = line{text: text[:max], cut: true, tail: tail(text)}
	}
	s.script.line(l.text, l.cut)
	return l
}

// longLine reads a line that fills the buffer and does not end there.
func (s *source) longLine(limit func([]byte) int) (line, error) {
	max := limit(s.buf[s.i:s.n])
	s.long = s.long[:0]
	var last []byte
	for total := 0; total <= hardLine; {
		chunk, ended := s.buf[s.i:s.n], false
		if j := bytes.IndexByte(chunk, '\n'); j >= 0 {
			chunk, ended = trimCR(chunk[:j]), true
			s.i += j + 1
		} else {
			s.i = s.n
		}
		total += len(chunk)
		s.long = append(s.long, chunk[:min(len(chunk), max-len(s.long))]...)
		last = tail(append(last, tail(chunk)...))
		if ended {
			l := line{text: s.long, cut: total > len(s.long), tail: last}
			s.script.line(l.text, l.cut)
			return l, nil
		}
		if err := s.fill(); err != nil {
			return line{}, err
		}
	}
	return line{}, errLine
}

// tail returns a copy of the last octets of b, enough for `BODY[] {n}`.
func tail(b []byte) []byte { return bytes.Clone(b[max(0, len(b)-32):]) }

func trimCR(b []byte) []byte { return bytes.TrimSuffix(b, []byte("\r")) }

// fill reads once. The buffer must not be full.
func (s *source) fill() error {
	if s.buf == nil {
		s.buf = make([]byte, readBuffer)
	}
	if s.i == s.n {
		s.i, s.n = 0, 0
	} else if len(s.buf)-s.n < readBuffer/4 {
		s.n = copy(s.buf, s.buf[s.i:s.n])
		s.i = 0
	}
	for range maxEmptyReads {
		s.before()
		n, err := s.r.Read(s.buf[s.n:])
		s.n += n
		s.after(n)
		switch {
		case n > 0:
			return nil
		case errors.Is(err, io.EOF):
			return io.ErrUnexpectedEOF
		case err != nil:
			return err
		}
	}
	return io.ErrNoProgress
}

// maxEmptyReads is how often a read may bring nothing and no error.
const maxEmptyReads = 100

// peekLine returns up to n octets of the next line, without reading them. It
// waits for them: call it only where a line must follow.
func (s *source) peekLine(n int) []byte {
	for s.n-s.i < n && bytes.IndexByte(s.buf[s.i:s.n], '\n') < 0 {
		if s.fill() != nil {
			break
		}
	}
	return s.buf[s.i:min(s.n, s.i+n)]
}

// Read reads at least one octet, of what is buffered if anything is.
func (s *source) Read(p []byte) (int, error) {
	if s.i == s.n {
		if err := s.fill(); err != nil {
			return 0, err
		}
	}
	n := copy(p, s.buf[s.i:s.n])
	s.i += n
	return n, nil
}

// discard skips n octets.
func (s *source) discard(n int64) error {
	for n > 0 {
		if s.i == s.n {
			if err := s.fill(); err != nil {
				return err
			}
		}
		step := min(n, int64(s.n-s.i))
		s.script.body(s.buf[s.i : s.i+int(step)])
		s.i += int(step)
		n -= step
	}
	return nil
}

// appendN appends the next n octets to dst. It allocates as they arrive, never
// on the server's word.
func (s *source) appendN(dst []byte, n int64) ([]byte, error) {
	for n > 0 {
		if s.i == s.n {
			if err := s.fill(); err != nil {
				return dst, err
			}
		}
		step := min(n, int64(s.n-s.i))
		s.script.body(s.buf[s.i : s.i+int(step)])
		dst = append(dst, s.buf[s.i:s.i+int(step)]...)
		s.i += int(step)
		n -= step
	}
	return dst, nil
}

// buffered is how many octets were read ahead.
func (s *source) buffered() int { return s.n - s.i }
