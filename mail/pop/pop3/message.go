package pop3

import (
	"bytes"
	"errors"
	"io"
)

// Message is one message while it comes in: an io.Reader, and an io.WriterTo
// that copies nothing. It ends with io.EOF only after the server has marked its
// end. It is valid inside the function it was given to.
type Message struct {
	// Num is the message's number in this session.
	Num int
	// Announced is the size that LIST or the response named, in octets; 0 if
	// neither did. It is a hint: see Scan.
	Announced int64

	run      *run
	received int64
	at       position
	cr       bool  // the last octet given out was CR
	complete bool  // the end was seen
	err      error // why there is no more to read
}

// position is where the next octet stands.
type position uint8

const (
	afterCRLF position = iota
	afterLF            // after a bare LF: a line for some servers, not for others
	inLine
)

// errStale is for reading a Message after its function has returned.
var errStale = errors.New("pop3: message read after its time")

// Received is how many octets have been given out.
func (m *Message) Received() int64 { return m.received }

// Complete reports whether the message was read to the end that the server set.
func (m *Message) Complete() bool { return m.complete }

// Err returns why the message cannot be read, or not any further: a refusal of
// kind gone, refused or busy, after which the session goes on, or the error that
// ended the session. It is nil before and after a complete message.
func (m *Message) Err() error {
	if m.complete {
		return nil
	}
	return m.err
}

// Read reads the message as it is on the server.
func (m *Message) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		run, err := m.next(len(p) - n)
		if err != nil {
			if n > 0 {
				return n, nil // the error stays for the next call
			}
			return 0, err
		}
		n += copy(p[n:], run)
		if len(m.run.c.buf.unread()) == 0 {
			break // rather than wait for more than there is
		}
	}
	return n, nil
}

// WriteTo writes the rest of the message to w straight from the read buffer.
func (m *Message) WriteTo(w io.Writer) (int64, error) {
	var n int64
	for {
		run, err := m.next(bufferSize)
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		wrote, err := w.Write(run)
		n += int64(wrote)
		if err != nil {
			return n, err
		}
	}
}

// finish reads and drops the rest; the message cannot be read after that.
func (m *Message) finish() {
	for m.err == nil {
		m.next(bufferSize)
	}
	if m.complete {
		m.err = errStale
	}
}

// next returns the next octets of the message, at most limit and never none
// without an error. The slice is valid until the next call.
func (m *Message) next(limit int) ([]byte, error) {
	if m.err == nil {
		if err := m.advance(); err != nil {
			m.fail(err)
		}
	}
	if m.err != nil {
		return nil, m.err
	}
	return m.give(limit), nil
}

// advance stops before an octet of the message, or returns errEnd at its end.
func (m *Message) advance() error {
	buf := &m.run.c.buf
	if err := buf.need(1); err != nil {
		return err
	}
	if m.at != inLine && buf.unread()[0] == '.' {
		if err := m.dot(); err != nil {
			return err
		}
	}
	if m.received >= m.run.c.opts.MaxMessage {
		return garbled("the server sent more than the largest size allowed")
	}
	return nil
}

// give consumes unread octets up to the next line that begins with a dot.
func (m *Message) give(limit int) []byte {
	buf := &m.run.c.buf
	run := buf.unread()
	limit = min(limit, int(m.run.c.opts.MaxMessage-m.received))
	run = run[:min(limit, len(run))]
	if i := bytes.Index(run, []byte("\n.")); i >= 0 {
		run = run[:i+1]
	}
	buf.r += len(run)
	m.received += int64(len(run))
	m.run.progress(int64(len(run)))
	m.at, m.cr = lineState(run, m.cr)
	m.run.c.log.body(run)
	return run
}

// lineState tells where the octet after run stands; cr is whether the octet
// before run was CR, and then whether the last one of run is.
func lineState(run []byte, cr bool) (position, bool) {
	last := len(run) - 1
	if run[last] != '\n' {
		return inLine, run[last] == '\r'
	}
	if last > 0 {
		cr = run[last-1] == '\r'
	}
	if cr {
		return afterCRLF, false
	}
	return afterLF, false
}

// fail keeps the reason that there is nothing more to read.
func (m *Message) fail(err error) {
	m.run.c.log.size(m.received, "octets")
	if err == errEnd {
		m.complete = true
		m.err = io.EOF
		m.run.finished()
		return
	}
	m.err = m.run.c.settle(m.run.op, err)
}
