package enginetest

import (
	"testing"

	"postrider/mail"
	"postrider/mail/engine"
	"postrider/mail/store"
)

// Subject is a driver under test and the server it speaks to.
type Subject struct {
	Protocol store.Protocol
	Connect  func(*store.Store) engine.Connect
	Server   Backdoor

	// CutAt ends the connections that are made from now on at their n-th point,
	// counted from 1; 0: no more. Cuts is how many points are worth a try.
	CutAt func(n int)
	Cuts  int

	// Mute says that the server does not tell of news.
	Mute bool
}

// Factory makes a Subject. Its server has an empty INBOX and, if it has
// mailboxes at all, empty ones named A and B; nothing else. What it starts it
// ends with the test.
type Factory func(t *testing.T) Subject

// Backdoor is the server by another way than the driver's: an administrator, or
// another client. Messages are named by their subjects. A server of POP3 has
// INBOX alone, and only Deliver, Expunge and Picture.
type Backdoor interface {
	Deliver(mailbox string, raw []byte) error
	Expunge(mailbox, subject string) error

	// Picture is all that the server has, as lines of [Line], sorted and joined;
	// Mailboxes are its mailboxes by name.
	Picture() (string, error)
	Mailboxes() ([]string, error)

	SetFlags(mailbox, subject string, patch mail.FlagPatch) error
	Move(mailbox, subject, to string) error
	Make(mailbox string) error
	Rename(mailbox, to string) error
	Delete(mailbox string) error

	// Renumber gives a mailbox a new UIDVALIDITY, and its messages each other's
	// UIDs as far as it can.
	Renumber(mailbox string) error
}

// Fake makes Subjects of the Driver and Server here.
func Fake(traits Traits) Factory {
	return func(*testing.T) Subject {
		s := NewServer("A", "B")
		s.Traits = traits
		steps := &Steps{}
		return Subject{
			Protocol: store.IMAP, Server: backdoor{s}, Mute: traits.NoPush, Cuts: 100,
			Connect: func(st *store.Store) engine.Connect { return Connect(s, st, steps) },
			CutAt:   func(n int) { *steps = Steps{Fail: n} },
		}
	}
}

// backdoor names the messages of a Server by their subjects.
type backdoor struct{ s *Server }

func (b backdoor) Deliver(mailbox string, raw []byte) error {
	b.s.Add(mailbox, raw, mail.Flags{})
	return nil
}

// each does something to every message of that subject, the newest first.
func (b backdoor) each(mailbox, subject string, do func(mail.UID)) error {
	done := error(mail.Errorf(mail.KindGone, "reach the server", "no %q in %s", subject, mailbox))
	for _, uid := range b.s.UIDs(mailbox) {
		if b.s.Subject(mailbox, uid) == subject {
			do(uid)
			done = nil
		}
	}
	return done
}

func (b backdoor) Expunge(mailbox, subject string) error {
	return b.each(mailbox, subject, func(uid mail.UID) { b.s.Expunge(mailbox, uid) })
}

func (b backdoor) SetFlags(mailbox, subject string, patch mail.FlagPatch) error {
	return b.each(mailbox, subject, func(uid mail.UID) { b.s.SetFlags(mailbox, uid, patch) })
}

func (b backdoor) Move(mailbox, subject, to string) error {
	return b.each(mailbox, subject, func(uid mail.UID) { b.s.Move(mailbox, uid, to) })
}

func (b backdoor) Picture() (string, error) { return b.s.Picture(), nil }

func (b backdoor) Mailboxes() (names []string, err error) {
	for _, box := range b.s.list() {
		names = append(names, box.Remote)
	}
	return names, nil
}

func (b backdoor) Make(mailbox string) error       { return did(b.s.Make(mailbox)) }
func (b backdoor) Rename(mailbox, to string) error { return did(b.s.Rename(mailbox, to)) }
func (b backdoor) Delete(mailbox string) error     { return did(b.s.Delete(mailbox)) }

func (b backdoor) Renumber(mailbox string) error {
	b.s.Renumber(mailbox)
	return nil
}

func did(ok bool) error {
	if !ok {
		return mail.Errorf(mail.KindRefused, "reach the server", "no such mailbox, or there is one")
	}
	return nil
}
