package pop3

import (
	"errors"
	"time"
)

// lull is how long a server that ended a message in a doubtful way has to send
// more before it is believed. Only servers that send bare LF pay for it.
const lull = 3 * time.Second

// errEnd marks the end of a message, apart from the io.EOF of a cut connection.
var errEnd = errors.New("end of message")

// dot deals with a line that begins with a dot: at the end of the message it
// returns errEnd, and the dot of stuffing it takes away (RFC 1939 3).
//
// A server that stuffs turns every leading dot into two, so one dot with text
// after it comes from a server that does not stuff, or not after a bare LF, as
// old versions of mailpit, greenmail and hMailServer: it belongs to the message.
func (m *Message) dot() error {
	buf := &m.run.c.buf
	if err := buf.need(2); err != nil {
		return err
	}
	switch buf.unread()[1] {
	case '.':
		buf.r++
		m.at = inLine
	case '\n':
		return m.loneDot(len(".\n"))
	case '\r':
		if err := buf.need(3); err != nil {
			return err
		}
		if buf.unread()[2] == '\n' {
			return m.loneDot(len(".\r\n"))
		}
	}
	return nil
}

// loneDot consumes a line of n octets that is only a dot, if it is the end.
func (m *Message) loneDot(n int) error {
	for {
		switch m.verdict(n) {
		case isContent:
			return nil
		case isEnd:
			m.run.c.buf.r += n
			return errEnd
		case isWrong:
			return garbled("the server went on after the end of a message")
		}
		more, err := m.run.c.buf.more(lull)
		if err != nil {
			return err
		}
		if !more {
			m.run.c.buf.r += n
			return errEnd
		}
	}
}

type verdict uint8

const (
	isContent verdict = iota
	isEnd
	isWrong
	isDoubtful // nothing speaks for or against it yet
)

// verdict judges a line that is only a dot, by what stands around it, by the
// announced size and by what the server has sent already. CRLF.CRLF is the end
// unless what follows cannot be: then the server does not stuff. With bare LF
// in it, it is the end for servers whose lines end so, and text of a message
// for those that pass bare LF on as it is; there the size decides, lest a sender
// could cut the message, and put answers of the server's into it.
func (m *Message) verdict(n int) verdict {
	follows := m.run.c.buf.unread()[n:]
	absurd := len(follows) > 0 && !m.run.expects(follows)
	short := m.received < m.Announced
	proper := m.at == afterCRLF && n == len(".\r\n")
	switch {
	case absurd && (short || !proper):
		return isContent
	case absurd:
		return isWrong
	case proper, m.Announced > 0 && !short:
		return isEnd
	case len(follows) == 0:
		return isDoubtful
	case short:
		return isContent
	}
	return isEnd
}
