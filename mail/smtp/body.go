package smtp

import (
	"errors"
	"io"
	"strconv"
	"time"

	"postrider/mail"
)

// body sends the message itself, in the way that the server offers.
func (t *transaction) body() error {
	if t.c.has("CHUNKING") {
		return t.chunks()
	}
	return t.data()
}

// data sends the message by DATA (RFC 5321 4.1.1.4).
func (t *transaction) data() error {
	c := t.c
	r, err := c.command("DATA")
	if err != nil {
		return err
	}
	if r.Code != 354 {
		if r.Positive() { // it answers to something else, or takes what it does not have
			return garbled("it does not wait for the message")
		}
		return c.refusal(opSend, r)
	}
	w := &stuffer{c: c, begins: true}
	if err := t.upload(w); err != nil {
		return err
	}
	end := ".\r\n"
	if !w.begins {
		end = "\r\n.\r\n"
	}
	return t.end(end, w.n, true)
}

// chunks sends the message by BDAT (RFC 3030), and its end by itself: what was
// sent before that is no message.
func (t *transaction) chunks() error {
	w := &chunker{c: t.c, t: t}
	if err := t.upload(w); err != nil {
		return err
	}
	if err := w.flush(); err != nil {
		return err
	}
	return t.end("BDAT 0 LAST\r\n", w.n, false)
}

// upload writes the message. An error that is not the server's answer leaves it
// with a message that never ends: only hanging up makes that none.
func (t *transaction) upload(w io.Writer) error {
	err := t.write(w)
	var refused *refusedChunk
	switch {
	case err == nil:
		return nil
	case errors.As(err, &refused):
		return refused.err
	case t.c.over == nil && !mail.Is(err, mail.KindDisk) && !mail.Is(err, mail.KindInput):
		return t.lastWords(err)
	}
	t.c.Close()
	return err
}

// end sends the end of the message. From here on only the answer tells whether
// the server has it.
func (t *transaction) end(line string, octets int64, dot bool) error {
	c := t.c
	if err := c.flush(); err != nil { // all but the end
		return t.lastWords(err)
	}
	c.log.body(octets)
	if err := t.last(); err != nil {
		c.Close()
		return err
	}
	t.res.Unknown = true
	c.end(true)
	defer c.end(false)
	c.log.client(trimEnd(line, dot))
	c.wait(patience + time.Duration(octets>>20)*patiencePerMeg)
	if _, err := c.out.WriteString(line); err != nil {
		return err
	}
	if err := c.out.Flush(); err != nil {
		return err
	}
	r, err := readReply(c.in, c.log.server)
	if err != nil {
		return err
	}
	t.res.Reply, c.answered = r, true
	switch r.Code / 100 {
	case 2:
		t.res.Unknown = false
		return nil
	case 4, 5:
		t.res.Unknown = false
		return c.refusal(opSend, r)
	}
	c.Close()
	return garbled("it answers " + strconv.Itoa(r.Code) + " to a message")
}

func trimEnd(line string, dot bool) string {
	if dot {
		return "."
	}
	return line[:len(line)-2]
}

// stuffer doubles the dots that begin lines (RFC 5321 4.5.2).
type stuffer struct {
	c      *Client
	begins bool // of a line
	n      int64
}

// Write implements io.Writer.
func (s *stuffer) Write(b []byte) (int, error) {
	s.c.wait(patience)
	start := 0
	for i, ch := range b {
		if s.begins && ch == '.' {
			if _, err := s.c.out.Write(b[start:i]); err != nil {
				return 0, err
			}
			s.c.out.WriteByte('.')
			start = i
		}
		s.begins = ch == '\n'
	}
	if _, err := s.c.out.Write(b[start:]); err != nil {
		return 0, err
	}
	s.n += int64(len(b))
	s.body(b)
	return len(b), nil
}

func (s *stuffer) body(b []byte) {
	if s.c.opts.TranscriptBodies {
		s.c.log.line("C: ", string(b))
	}
}

// chunkSize is how much goes with one BDAT, octets.
const chunkSize = 256 << 10

// chunker sends what it is given in chunks, and reads the answer to each before
// the next but one.
type chunker struct {
	c       *Client
	t       *transaction
	buf     []byte
	n       int64
	waiting int // answers
}

// refusedChunk is the server's no in the middle of a message.
type refusedChunk struct{ err error }

func (r *refusedChunk) Error() string { return r.err.Error() }

// Write implements io.Writer.
func (k *chunker) Write(b []byte) (int, error) {
	k.buf = append(k.buf, b...)
	for len(k.buf) >= chunkSize {
		if err := k.send(k.buf[:chunkSize]); err != nil {
			return 0, err
		}
		k.buf = k.buf[:copy(k.buf, k.buf[chunkSize:])]
	}
	return len(b), nil
}

// flush sends what is left, and waits for all answers.
func (k *chunker) flush() error {
	if len(k.buf) > 0 {
		if err := k.send(k.buf); err != nil {
			return unwrapChunk(err)
		}
	}
	if err := k.c.flush(); err != nil {
		return k.t.lastWords(err)
	}
	for k.waiting > 0 {
		if err := k.answer(); err != nil {
			return unwrapChunk(err)
		}
	}
	return nil
}

func unwrapChunk(err error) error {
	var refused *refusedChunk
	if errors.As(err, &refused) {
		return refused.err
	}
	return err
}

func (k *chunker) send(b []byte) error {
	depth := 0
	if k.c.has("PIPELINING") {
		depth = 1
	}
	for k.waiting > depth {
		if err := k.answer(); err != nil {
			return err
		}
	}
	line := "BDAT " + strconv.Itoa(len(b))
	if err := k.c.queue(line, line); err != nil {
		return err
	}
	k.c.wait(patience)
	if _, err := k.c.out.Write(b); err != nil {
		return err
	}
	if k.c.opts.TranscriptBodies {
		k.c.log.line("C: ", string(b))
	}
	k.n += int64(len(b))
	k.waiting++
	return k.c.flush()
}

func (k *chunker) answer() error {
	r, err := k.c.reply()
	if err != nil {
		return err
	}
	k.waiting--
	if r.Code == 250 {
		return nil
	}
	for k.waiting > 0 { // to what was sent meanwhile
		k.waiting--
		if _, err := k.c.reply(); err != nil {
			return err
		}
	}
	if r.Positive() || r.Code/100 == 3 {
		return garbled("it does not take a piece of the message, and does not refuse it")
	}
	return &refusedChunk{k.c.refusal(opSend, r)}
}
