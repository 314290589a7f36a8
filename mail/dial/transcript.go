package dial

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"postrider/mail"
)

// Transcript is a log of what was said on the wire, for a person to send to
// somebody who can help: a line each with time and account, without secrets,
// and with everything escaped that could act on a terminal. It is safe for
// concurrent use; if it cannot be written, the connections go on.
type Transcript struct {
	now func() time.Time

	mu     sync.Mutex
	w      io.Writer
	scrub  scrubber
	failed error
}

// maxShown is how much of a line is shown, and maxHeld how much of one is kept
// until its end comes, in bytes. A secret that is cut by the second is far
// behind the first.
const (
	maxShown = 2000
	maxHeld  = 64 << 10
)

// OpenTranscript appends to a file that only its owner can read.
func OpenTranscript(path string, now func() time.Time) (*Transcript, error) {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, mail.Errorf(mail.KindDisk, "open the transcript", "the transcript cannot be written: %w", err)
	}
	return NewTranscript(f, now), nil
}

// NewTranscript writes to w, each line with one Write. now is the clock, nil
// for time.Now.
func NewTranscript(w io.Writer, now func() time.Time) *Transcript {
	if now == nil {
		now = time.Now
	}
	return &Transcript{w: w, now: now}
}

// Hide keeps secrets out from now on, in all the forms in which they go over
// the wire. Call it before the secret is used.
func (t *Transcript) Hide(secrets ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, s := range secrets {
		t.scrub.hide(s)
	}
}

// Writer returns where the protocol packages write the lines of a session of
// an account. prefix goes before each line, such as "C: " for a package that
// does not say who speaks. The writer is safe for concurrent use and its
// writes never fail. A nil Transcript gives nil: no transcript.
func (t *Transcript) Writer(account mail.AccountID, prefix string) io.Writer {
	if t == nil {
		return nil
	}
	return &session{log: t, head: " " + string(account) + " " + prefix}
}

// Close ends the transcript, and says whether any of it could not be written.
func (t *Transcript) Close() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	err := t.failed
	if c, ok := t.w.(io.Closer); ok {
		if cerr := c.Close(); err == nil {
			err = cerr
		}
	}
	return mail.Wrap(mail.KindDisk, "write the transcript", err)
}

// session puts the lines of one connection together.
type session struct {
	log interface {
		add(head, line string, lost int)
	}
	head string

	mu   sync.Mutex
	line []byte
	lost int // bytes of the line that were not kept
}

// Write implements io.Writer.
func (s *session) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for rest := p; len(rest) > 0; {
		line, after, ended := bytes.Cut(rest, []byte("\n"))
		room := min(len(line), maxHeld-len(s.line))
		s.line = append(s.line, line[:room]...)
		s.lost += len(line) - room
		if ended {
			s.flush()
		}
		rest = after
	}
	return len(p), nil
}

func (s *session) flush() {
	line := string(bytes.TrimSuffix(s.line, []byte("\r")))
	s.log.add(s.head, line, s.lost)
	s.line, s.lost = s.line[:0], 0
}

// add writes one line. Secrets go first, then what does not print: escapes
// would take a secret apart.
func (t *Transcript) add(head, line string, lost int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, err := io.WriteString(t.w, logLine(&t.scrub, t.now(), head, line, lost)); err != nil && t.failed == nil {
		t.failed = err
	}
}

// logLine writes one line of a log.
func logLine(scrub *scrubber, at time.Time, head, line string, lost int) string {
	line = printable(scrub.scrub(line), maxShown)
	if lost > 0 {
		line += fmt.Sprintf(" and %d that were not kept", lost)
	}
	return at.UTC().Format("2006-01-02T15:04:05.000Z") + head + line + "\n"
}
