package host

import (
	"time"

	"postrider/mail"
)

// Mail is a message as it is given to a mailbox.
type Mail struct {
	Key     string // names it for Host's callers, wherever it is moved; may be ""
	Date    time.Time
	Flags   mail.Flags
	Content func() []byte // the bytes, with CRLF: the same ones at every call, from any goroutine
}

// message is a Mail in a mailbox. A client's view may hold on to it after it
// was expunged: what was announced can still be read (RFC 2180 4.1).
type message struct {
	Mail
	uid mail.UID

	// Guarded by User.mu, as is Mail.Flags.
	modseq uint64 // when its flags changed last
	by     *view  // whose client did that, and knows it
	gone   bool
}
