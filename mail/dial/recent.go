package dial

import (
	"io"
	"strings"
	"sync"
	"time"

	"postrider/mail"
)

// Recent keeps the last lines that were said on the wire in memory, for a
// person who meets an error and wants to show somebody what led to it. Unlike a
// [Transcript] it costs next to nothing while nobody looks: secrets are taken
// out when it is read. It is safe for concurrent use.
type Recent struct {
	now   func() time.Time
	limit int

	mu    sync.Mutex
	scrub scrubber
	lines []recentLine
	bytes int
}

type recentLine struct {
	at   time.Time
	head string
	text string
	lost int
}

// maxRecent is how much of a line is kept, in bytes. A secret that it cuts in
// two must still be known for one: see add.
const maxRecent = 4 * maxShown

// NewRecent keeps about limit bytes of lines. now is the clock, nil for
// time.Now.
func NewRecent(limit int, now func() time.Time) *Recent {
	if now == nil {
		now = time.Now
	}
	return &Recent{now: now, limit: limit}
}

// Hide keeps secrets out of all that is read from now on.
func (r *Recent) Hide(secrets ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range secrets {
		r.scrub.hide(s)
	}
}

// Writer returns where the protocol packages write the lines of a session of an
// account; a nil Recent gives nil.
func (r *Recent) Writer(account mail.AccountID) io.Writer {
	if r == nil {
		return nil
	}
	return &session{log: r, head: " " + string(account) + " "}
}

// add keeps a line. What is shown of it ends far before what is kept of it: a
// secret at the cut is not shown.
func (r *Recent) add(head, line string, lost int) {
	if len(line) > maxRecent {
		line, lost = strings.Clone(line[:maxRecent]), lost+len(line)-maxRecent
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lines = append(r.lines, recentLine{r.now(), head, line, lost})
	r.bytes += len(line)
	drop := 0
	for ; r.bytes > r.limit && drop < len(r.lines)-1; drop++ {
		r.bytes -= len(r.lines[drop].text)
		r.lines[drop] = recentLine{}
	}
	r.lines = r.lines[drop:]
}

// Text returns the lines of an account ("": of all), oldest first, without
// secrets and safe to print.
func (r *Recent) Text(account mail.AccountID) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var b strings.Builder
	for _, l := range r.lines {
		if account == "" || l.head == " "+string(account)+" " {
			b.WriteString(logLine(&r.scrub, l.at, l.head, l.text, l.lost))
		}
	}
	return b.String()
}
