package enginetest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"postrider/mail"
)

// Server is a mail server in memory that behaves as RFC 9051 asks, as poorly as
// its Traits say. Any number of drivers and rival clients use it at once.
type Server struct {
	Traits Traits

	mu     sync.Mutex
	boxes  map[string]*box
	modseq mail.ModSeq
	made   mail.UIDValidity // of the newest mailbox
	turns  int              // changes so far
	bell   chan struct{}    // closed at the next change
}

// Traits are what real servers differ in.
type Traits struct {
	NoUIDPlus   bool // does not tell the UIDs of what it moved, copied or took in
	NoCondStore bool // has no modification sequences
	NoMove      bool // a move is a copy and an expunge
	NoPush      bool // does not tell of news: drivers look every LookEvery
}

// LookEvery is how long a driver's Wait lasts on a server that does not tell.
const LookEvery = 2 * time.Minute

type box struct {
	validity mail.UIDValidity
	next     mail.UID
	messages []*message // by UID
}

type message struct {
	uid      mail.UID
	modseq   mail.ModSeq
	flags    mail.Flags
	received time.Time
	raw      []byte
}

// NewServer makes a server with these mailboxes, INBOX among them.
func NewServer(names ...string) *Server {
	s := &Server{boxes: map[string]*box{}, bell: make(chan struct{})}
	for _, n := range append(names, "INBOX") {
		s.make(n)
	}
	return s
}

// Raw makes the bytes of a small message.
func Raw(id, subject string) []byte {
	return []byte(fmt.Sprintf("Message-ID: <%s@test.example>\r\nFrom: Ada <ada@test.example>\r\nTo: bob@test.example\r\n"+
		"Subject: %s\r\nDate: Mon, 02 Mar 2026 10:00:00 +0000\r\n\r\nThis is %s.\r\n", id, subject, subject))
}

// Add delivers a message.
func (s *Server) Add(name string, raw []byte, flags mail.Flags) mail.UID {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.add(s.boxes[name], raw, flags, time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC))
}

func (s *Server) add(b *box, raw []byte, flags mail.Flags, received time.Time) mail.UID {
	s.change()
	m := &message{uid: b.next, modseq: s.modseq, flags: flags, received: received, raw: bytes.Clone(raw)}
	b.next++
	b.messages = append(b.messages, m)
	return m.uid
}

// SetFlags patches a message's flags; false if it is not there.
func (s *Server) SetFlags(name string, uid mail.UID, patch mail.FlagPatch) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.find(name, uid)
	if m == nil {
		return false
	}
	s.change()
	m.flags, m.modseq = m.flags.Apply(patch), s.modseq
	return true
}

func (s *Server) find(name string, uid mail.UID) *message {
	b := s.boxes[name]
	if b == nil {
		return nil
	}
	i := slices.IndexFunc(b.messages, func(m *message) bool { return m.uid == uid })
	if i < 0 {
		return nil
	}
	return b.messages[i]
}

// Expunge removes a message; false if it is not there.
func (s *Server) Expunge(name string, uid mail.UID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.expunge(name, uid)
}

func (s *Server) expunge(name string, uid mail.UID) bool {
	b := s.boxes[name]
	if b == nil {
		return false
	}
	n := len(b.messages)
	s.change()
	b.messages = slices.DeleteFunc(b.messages, func(m *message) bool { return m.uid == uid })
	return len(b.messages) < n
}

// Copy puts a message into another mailbox too; the UID is 0 if it is not there.
func (s *Server) Copy(from string, uid mail.UID, to string) mail.UID {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.copy(from, uid, to)
}

func (s *Server) copy(from string, uid mail.UID, to string) mail.UID {
	m := s.find(from, uid)
	if m == nil || s.boxes[to] == nil {
		return 0
	}
	return s.add(s.boxes[to], m.raw, m.flags, m.received)
}

// Move is Copy and Expunge in one.
func (s *Server) Move(from string, uid mail.UID, to string) mail.UID {
	s.mu.Lock()
	defer s.mu.Unlock()
	made := s.copy(from, uid, to)
	if made != 0 {
		s.expunge(from, uid)
	}
	return made
}

// Renumber gives a mailbox a new UIDVALIDITY and its messages the UIDs from 1
// on, in reversed order: most of the old UIDs name other messages now.
func (s *Server) Renumber(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.boxes[name]
	s.made++
	b.validity, b.next = s.made, 1
	slices.Reverse(b.messages)
	for _, m := range b.messages {
		s.change()
		m.uid, m.modseq = b.next, s.modseq
		b.next++
	}
}

// UIDs lists a mailbox.
func (s *Server) UIDs(name string) (uids []mail.UID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.boxes[name].messages {
		uids = append(uids, m.uid)
	}
	return uids
}

// Picture is all that the server has, a line a message: mailbox, subject,
// flags; sorted, to be compared with what a client shows.
func (s *Server) Picture() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var lines []string
	for name, b := range s.boxes {
		for _, m := range b.messages {
			lines = append(lines, Line(name, subject(m.raw), m.flags))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// Line is a message's line in a Picture.
func Line(mailbox, subject string, flags mail.Flags) string {
	return fmt.Sprintf("%s | %s | %v", mailbox, subject, flags.Names())
}

func subject(raw []byte) string {
	_, after, _ := strings.Cut(string(raw), "Subject: ")
	line, _, _ := strings.Cut(after, "\r\n")
	return line
}

// Subject is a message's subject, "" if it is not there.
func (s *Server) Subject(name string, uid mail.UID) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.find(name, uid); m != nil {
		return subject(m.raw)
	}
	return ""
}
