package enginetest

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"postrider/mail"
)

// make adds a mailbox; each has a UIDVALIDITY of its own, so that one that was
// deleted and made again does not pass for the old one (RFC 9051 6.3.4).
func (s *Server) make(name string) {
	s.made++
	s.change()
	s.boxes[name] = &box{validity: s.made, next: 1}
}

// Make adds a mailbox; false if there is one.
func (s *Server) Make(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.boxes[name] != nil {
		return false
	}
	s.make(name)
	return true
}

// Rename renames a mailbox and all below it; false if it is not there or the
// new name is taken.
func (s *Server) Rename(old, name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.boxes[old] == nil || s.boxes[name] != nil || old == "INBOX" {
		return false
	}
	s.change()
	for _, n := range slices.Collect(maps.Keys(s.boxes)) {
		if n == old || strings.HasPrefix(n, old+"/") {
			b := s.boxes[n]
			delete(s.boxes, n)
			s.boxes[name+strings.TrimPrefix(n, old)] = b
		}
	}
	return true
}

// Delete removes a mailbox with its messages; false if it is not there.
func (s *Server) Delete(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.boxes[name] == nil || name == "INBOX" {
		return false
	}
	s.change()
	delete(s.boxes, name)
	return true
}

// has reports whether there is such a mailbox.
func (s *Server) has(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.boxes[name] != nil
}

// list is what LIST says: the inbox and the other mailboxes by name.
func (s *Server) list() (list []mail.Mailbox) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name := range s.boxes {
		role := mail.RoleNone
		if name == "INBOX" {
			role = mail.RoleInbox
		}
		list = append(list, mail.Mailbox{Path: name, Remote: name, Delim: "/", Role: role})
	}
	slices.SortFunc(list, func(a, b mail.Mailbox) int {
		return cmp.Or(-cmp.Compare(a.Role, b.Role), cmp.Compare(a.Remote, b.Remote))
	})
	return list
}
