package sample

import (
	"strings"
	"sync"
	"time"

	"postrider/mail"
)

// Letter is one message of the demo, with what it claims to hold.
type Letter struct {
	ID          string // of the manuscript; "id.3" is the fourth of a series
	Account     string // the directory of its manuscript
	Mailbox     string
	Flags       mail.Flags
	Date        time.Time
	From        Person
	To, Cc      []Person
	Subject     string
	Text        string   // the text part, with the quoted text; "" if there is only HTML
	Attachments []string // file names
	MessageID   string   // without the angle brackets

	set    *Set
	source *stanza
	index  int // in its series, 0 the newest
	parent *Letter
	filler *filler
	built  func() []byte
}

// Raw returns the message's bytes; they are made at the first call. Any
// goroutine may call it.
func (l *Letter) Raw() []byte { return l.built() }

// Late returns the letter as it would be if it were written at date: its date
// and Message-ID are others.
func (l *Letter) Late(date time.Time) *Letter {
	late := *l
	late.Date = date
	late.MessageID = messageID(l.ID, date, l.From)
	values := *l.filler
	values.date = date
	late.filler = &values
	late.built = sync.OnceValue(late.build)
	return &late
}

// references are the Message-IDs of the letters before, the oldest first.
func (l *Letter) references() (ids []string) {
	for p := l.parent; p != nil; p = p.parent {
		ids = append([]string{p.MessageID}, ids...)
	}
	return ids
}

// me reports whether the owner of the account wrote it.
func (l *Letter) me() bool { return l.From == l.set.people[l.Account] }

func (l *Letter) lang() string { return l.source.get("Lang") }

// replySubject is what a reply to l says it is about.
func (l *Letter) replySubject() string {
	if strings.HasPrefix(strings.ToLower(l.Subject), "re: ") {
		return l.Subject
	}
	return "Re: " + l.Subject
}
