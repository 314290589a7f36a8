package handover

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"sync"

	"postrider/mail"
)

// ErrNobody says that nobody takes commands over.
var ErrNobody = errors.New("nobody answers")

// socketName is the socket's name in the data folder.
const socketName = "postrider.sock"

// Limits of what a caller may send. Arguments of people are short; those of
// scripts hold up to some ten thousand ids.
const (
	maxRequest = 4 << 20
	maxArgs    = 200_000
	maxReply   = 1 << 20 // of one line
)

// command is what a caller asks for.
type command struct {
	Args  []string `json:"args"`
	Dir   string   `json:"dir"`
	Width int      `json:"width,omitempty"`
	Bar   int      `json:"bar,omitempty"`
	Color bool     `json:"color,omitempty"`
}

// check refuses what no caller of ours sends.
func (c *command) check() error {
	switch {
	case len(c.Args) == 0 || len(c.Args) > maxArgs:
		return mail.Errorf(mail.KindInput, "take a command over", "a command of %d words is none", len(c.Args))
	case !filepath.IsAbs(c.Dir):
		return mail.Errorf(mail.KindInput, "take a command over", "a command comes with the folder it runs in")
	case c.Width < 0 || c.Bar < 0:
		return mail.Errorf(mail.KindInput, "take a command over", "a terminal is not less than nothing wide")
	}
	return nil
}

// reply is one line of the answer: that the command begins, some output, or the
// end.
type reply struct {
	Taken bool   `json:"taken,omitempty"`
	Out   []byte `json:"out,omitempty"`
	Err   []byte `json:"err,omitempty"`
	Exit  *int   `json:"exit,omitempty"`
}

// lines writes replies, from the goroutines of one command.
type lines struct {
	mu  sync.Mutex
	enc *json.Encoder
}

func (l *lines) send(r reply) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.enc.Encode(r)
}

// stream is stdout or stderr of a command that runs for somebody else.
type stream struct {
	to   *lines
	wrap func([]byte) reply
}

// Write implements io.Writer.
func (s stream) Write(p []byte) (int, error) {
	for done := 0; done < len(p); {
		n := min(len(p)-done, maxReply/2)
		if err := s.to.send(s.wrap(p[done : done+n])); err != nil {
			return done, err
		}
		done += n
	}
	return len(p), nil
}

// readLine reads one JSON line of at most limit bytes.
func readLine(r *bufio.Reader, limit int, v any) error {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(line) > limit:
			return mail.Errorf(mail.KindInput, "read from the socket", "the line is too long")
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && len(line) > 0:
			return io.ErrUnexpectedEOF
		case err != nil:
			return err
		}
		return json.Unmarshal(line, v)
	}
}
