package transfer

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
)

// mboxBuffer holds a whole header in almost all mail: flags are read from it
// before the message is.
const mboxBuffer = 128 << 10

// mboxReader parts an mbox into messages, in flat memory. After next it reads
// as the current message.
type mboxReader struct {
	r       *bufio.Reader
	line    int  // lines passed
	keep    bool // the program that wrote it quotes nothing: keep every ">From "
	undated bool // its separators have no date

	from    fromLine // of the current message
	at      int      // line of its separator
	out     []byte   // to be given out next
	own     [8]byte  // for what out gets beside the file's bytes
	held    string   // an empty line that may belong to the separator after it
	feed    bool     // a line feed is held back, of an unended message
	content bool     // within a line
	first   bool     // at the first line of the message
	ended   bool     // the message has ended

	unquoted int // "From " lines met that are no separators
}

func newMboxReader(r io.Reader) *mboxReader {
	return &mboxReader{r: bufio.NewReaderSize(r, mboxBuffer), ended: true}
}

// errNoMbox is what next returns for a file that does not begin as an mbox.
var errNoMbox = errors.New(`the file does not begin with a "From " line`)

// next goes on to the next message, passing what is left of the current one;
// io.EOF after the last.
func (m *mboxReader) next() error {
	if m.at == 0 {
		if err := m.begin(); err != nil {
			return err
		}
	} else if _, err := io.Copy(io.Discard, m); err != nil {
		return err
	}
	line, err := m.r.ReadSlice('\n')
	if len(line) == 0 {
		return err
	}
	m.line++
	m.at = m.line
	m.from, _ = parseFrom(line)
	m.out, m.held, m.feed, m.content, m.first, m.ended = nil, "", false, false, true, false
	return nil
}

// begin passes a byte order mark and empty lines, and looks at the first
// separator.
func (m *mboxReader) begin() error {
	if b, _ := m.r.Peek(3); string(b) == "\ufeff" {
		m.r.Discard(3)
	}
	for b, _ := m.r.Peek(2); emptyLine(b) != ""; b, _ = m.r.Peek(2) {
		m.r.Discard(len(emptyLine(b)))
		m.line++
	}
	line, _ := m.peekLines()
	if len(line) == 0 {
		_, err := m.r.Peek(1)
		return err
	}
	if !bytes.HasPrefix(line, fromMark) || len(line) > maxFromLine {
		return errNoMbox
	}
	_, dated := parseFrom(line)
	m.undated = !dated
	return nil
}

// Read gives the current message, unquoted; it fills p, as lines are short.
func (m *mboxReader) Read(p []byte) (n int, err error) {
	for n < len(p) && err == nil {
		if len(m.out) > 0 {
			k := copy(p[n:], m.out)
			m.out = m.out[k:]
			n += k
			continue
		}
		if m.ended {
			err = io.EOF
			break
		}
		err = m.fill()
	}
	if n > 0 && err == io.EOF {
		err = nil
	}
	return n, err
}

// fill puts something into out, or ends the message.
func (m *mboxReader) fill() error {
	if !m.content {
		if err := m.startLine(); err != nil || !m.content || len(m.out) > 0 {
			return err
		}
	}
	b, err := m.r.ReadSlice('\n')
	if len(b) > 0 && b[len(b)-1] == '\n' {
		m.line++
		m.content, m.first = false, false
	}
	m.out = b
	if m.from.unended && !m.content {
		m.out, m.feed = b[:len(b)-1], true
	}
	switch err {
	case nil, bufio.ErrBufferFull:
		return nil
	case io.EOF:
		m.ended = true
		return nil
	}
	return err
}

// startLine decides about the line ahead: the end of the message, an empty
// line to hold back, or content.
func (m *mboxReader) startLine() error {
	b, err := m.r.Peek(len(fromMark))
	if len(b) == 0 {
		m.ended = err == io.EOF
		return ignoreEOF(err)
	}
	switch b[0] {
	case 'F':
		if bytes.Equal(b, fromMark) && m.separator() {
			m.ended = true
			return nil
		}
	case '\r', '\n':
		if empty := emptyLine(b); empty != "" {
			m.hold(empty)
			return nil
		}
	case '>':
		m.release()
		m.startQuoted()
		return nil
	}
	m.release()
	m.content = true
	return nil
}

func ignoreEOF(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}

// hold keeps an empty line back: it may belong to the separator.
func (m *mboxReader) hold(empty string) {
	if m.held != "" {
		m.release()
		if m.from.unended {
			m.out, m.feed = m.out[:len(m.out)-1], true
		}
	}
	m.held = empty
	m.r.Discard(len(empty))
	m.line++
	m.first = false
}

// release gives out what was held back: it was no separator's.
func (m *mboxReader) release() {
	m.out = m.own[:0] // out was part of r's buffer
	if m.feed {
		m.out = append(m.out, '\n')
	}
	m.out = append(m.out, m.held...)
	m.feed, m.held = false, ""
}

// emptyLine returns the line end that b begins with, "" for none.
func emptyLine(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("\n")):
		return "\n"
	case bytes.HasPrefix(b, []byte("\r\n")):
		return "\r\n"
	}
	return ""
}

// separator judges a line that begins with "From ". A program that quotes
// properly leaves none in a message, but many do not quote, and some leave out
// the empty line. So a line with a date counts after an empty line, or before
// a header field; a line without one only where the file has no others.
func (m *mboxReader) separator() bool {
	line, following := m.peekLines()
	_, dated := parseFrom(line)
	afterEmpty, beforeField := m.held != "", looksLikeField(following) && !m.first
	if len(line) <= maxFromLine && (dated && (afterEmpty || beforeField) || m.undated && afterEmpty && beforeField) {
		return true
	}
	if bytes.HasSuffix(line, []byte("\n")) { // not the end of a sample
		m.unquoted++
	}
	return false
}

// peekLines returns the line ahead and what is there of the one after it.
func (m *mboxReader) peekLines() (line, following []byte) {
	b, _ := m.r.Peek(2 * maxFromLine)
	i := bytes.IndexByte(b, '\n') + 1
	if i == 0 {
		return b, nil
	}
	following, _, _ = bytes.Cut(b[i:], []byte("\n"))
	return b[:i], following
}

// startQuoted takes one ">" off a line of ">" and "From ". A run of them that
// fills the window goes on in the next call, with at least one left, so that
// its end is not mistaken for the start of a line.
func (m *mboxReader) startQuoted() {
	if m.keep {
		m.content = true
		return
	}
	b, _ := m.r.Peek(quoteWindow)
	run := len(b) - len(bytes.TrimLeft(b, ">"))
	switch {
	case run > quoteWindow-len(fromMark):
		m.out = append(m.out, b[:run-1]...)
		m.r.Discard(run - 1)
	case bytes.HasPrefix(b[run:], fromMark):
		m.r.Discard(1)
		m.content = true
	default:
		m.content = true
	}
}

// header returns the header of the current message, as far as it is in the
// buffer, without reading it. It holds until the next read.
func (m *mboxReader) header() []byte {
	b, _ := m.r.Peek(mboxBuffer / 2)
	for i := 0; i < len(b); {
		end := bytes.IndexByte(b[i:], '\n')
		if end < 0 {
			return b[:i]
		}
		if strings.TrimRight(string(b[i:i+end]), "\r") == "" {
			return b[:i]
		}
		i += end + 1
	}
	return b
}
