package wire

import (
	"slices"
	"strconv"
	"strings"

	"postrider/mail"
)

// Notice is what the server says of a mailbox that nobody asked about (RFC
// 5465 5): how it is, or that it was made, renamed or deleted.
type Notice struct {
	Mailbox  string // UTF-8
	Tree     bool
	Messages int         // -1: not said
	UIDNext  mail.UID    // 0: not said
	ModSeq   mail.ModSeq // 0: not said
}

// WithNotify makes a NOOP ask to be told how every mailbox of the user's own is
// now, and of changes from then on (RFC 5465 3.1). In the selected one the
// server says of expunges when it may anyway, so that sequence numbers stay
// what they are during a FETCH.
func WithNotify(line string) string {
	return asNotify(line, "SET STATUS (SELECTED-DELAYED (MessageNew MessageExpunge FlagChange)) "+
		"(PERSONAL (MessageNew MessageExpunge FlagChange MailboxName))")
}

// WithoutNotify makes a NOOP end what WithNotify began.
func WithoutNotify(line string) string { return asNotify(line, "NONE") }

func asNotify(line, args string) string {
	tag, _, _ := strings.Cut(line, " ")
	return tag + " NOTIFY " + args
}

// notify takes out a STATUS or LIST that no command asked for: go-imap would
// give it to a command that is about to ask.
func (c *Conn) notify(n Notice) {
	c.junk = 0
	if c.opts.OnNotify != nil {
		c.opts.OnNotify(n)
	}
}

// noticeOf reads the items of a STATUS.
func noticeOf(name string, items []string) Notice {
	n := Notice{Mailbox: name, Messages: -1}
	for _, item := range items {
		word, number, _ := strings.Cut(item, " ")
		v, _ := strconv.ParseUint(number, 10, 64)
		switch word {
		case "MESSAGES":
			n.Messages = int(v)
		case "UIDNEXT":
			n.UIDNext = mail.UID(v)
		case "HIGHESTMODSEQ":
			n.ModSeq = mail.ModSeq(v)
		}
	}
	return n
}

// unasked reports that no command under way asks for the state of mailboxes.
// Servers may answer commands out of order, as Dovecot does.
func (c *Conn) unasked() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !slices.ContainsFunc(c.commands, func(cmd *command) bool { return asksForMailboxes[cmd.verb] })
}

// asksForMailboxes are the commands that LIST and STATUS may answer (RFC 9051
// 6.3.4 to 6.3.11, RFC 5258).
var asksForMailboxes = map[string]bool{
	"LIST": true, "LSUB": true, "STATUS": true, "SELECT": true, "EXAMINE": true, "CREATE": true, "DELETE": true, "RENAME": true,
}
