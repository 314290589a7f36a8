package message

import (
	"bytes"
	"io"
)

// bufferSize bounds the memory a stream takes: a longer line comes in pieces.
const bufferSize = 64 << 10

// line is one line of a stream, or a piece of one.
type line struct {
	text []byte // without its end; valid until the next call
	eol  []byte // "\r\n", "\n", "\r", or nothing: the rest follows, or the input ended
	off  int64  // of text in the stream
	cont bool   // continues the piece before it
}

// lines cuts a stream into lines. Over a slice it copies nothing.
type lines struct {
	r        io.Reader // nil: buf is all there is
	buf      []byte
	pos, end int   // buf[pos:end] is unread
	scanned  int   // bytes after pos that are known to hold no line end
	off      int64 // of buf[pos] in the stream
	term     byte  // what ends a line: '\n', or '\r' where there is no '\n'
	cont     bool
	err      error // of r, except io.EOF
}

func newLines(r io.Reader, buf []byte) *lines {
	l := &lines{r: r, buf: buf, term: '\n'}
	if r == nil {
		l.end = len(buf)
	}
	l.findTerm()
	return l
}

// findTerm lets a lone CR end lines in a mail from an old Macintosh: one that
// has CRs near its beginning and no LF.
func (l *lines) findTerm() {
	head := l.peek(bufferSize)
	if bytes.IndexByte(head, '\n') < 0 && bytes.IndexByte(head, '\r') >= 0 {
		l.term = '\r'
	}
}

// next returns the next line, or piece of a line longer than the buffer; false
// at the end of the input.
func (l *lines) next() (line, bool) {
	for {
		if i := bytes.IndexByte(l.buf[l.pos+l.scanned:l.end], l.term); i >= 0 {
			return l.take(l.scanned+i, 1), true
		}
		l.scanned = l.end - l.pos
		if l.full() {
			return l.takePiece(), true
		}
		if !l.fill() {
			break
		}
	}
	if l.pos == l.end {
		return line{off: l.off}, false
	}
	return l.take(l.end-l.pos, 0), true
}

// take cuts n bytes and a line end of width bytes off the buffer.
func (l *lines) take(n, width int) line {
	b := l.buf[l.pos : l.pos+n+width]
	if width == 1 && n > 0 && l.term == '\n' && b[n-1] == '\r' {
		n--
	}
	ln := line{text: b[:n], eol: b[n:], off: l.off, cont: l.cont}
	l.advance(len(b))
	l.cont = false
	return ln
}

// takePiece cuts off all that the buffer holds; a CR at its end stays, since
// the LF may follow.
func (l *lines) takePiece() line {
	b := l.buf[l.pos:l.end]
	if b[len(b)-1] == '\r' {
		b = b[:len(b)-1]
	}
	ln := line{text: b, off: l.off, cont: l.cont}
	l.advance(len(b))
	l.cont = true
	return ln
}

func (l *lines) advance(n int) {
	l.pos += n
	l.off += int64(n)
	l.scanned = 0
}

// unread gives ln back, which was the last line taken.
func (l *lines) unread(ln line) {
	n := len(ln.text) + len(ln.eol)
	l.pos -= n
	l.off -= int64(n)
	l.scanned = 0
	l.cont = ln.cont
}

// peek returns up to n of the unread bytes, fewer at the end of the input.
func (l *lines) peek(n int) []byte {
	for l.end-l.pos < n && l.fill() {
	}
	return l.buf[l.pos:min(l.end, l.pos+n)]
}

func (l *lines) full() bool { return l.r != nil && l.pos == 0 && l.end == len(l.buf) }

// fill reads more from the stream; false if there is no more or no room.
func (l *lines) fill() bool {
	if l.r == nil {
		return false
	}
	if l.pos > 0 {
		copy(l.buf, l.buf[l.pos:l.end])
		l.end -= l.pos
		l.pos = 0
	}
	if l.end == len(l.buf) {
		return false
	}
	n, err := readSome(l.r, l.buf[l.end:])
	l.end += n
	if err == nil {
		return true
	}
	l.r = nil
	l.buf = l.buf[:l.end]
	if err != io.EOF {
		l.err = err
	}
	return n > 0
}

// readSome reads at least one byte or an error, and gives up on a reader that
// returns neither a hundred times.
func readSome(r io.Reader, b []byte) (int, error) {
	for range 100 {
		if n, err := r.Read(b); n != 0 || err != nil {
			return n, err
		}
	}
	return 0, io.ErrNoProgress
}
