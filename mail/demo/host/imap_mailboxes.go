package host

import (
	"io"
	"slices"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"

	"postrider/mail"
)

// specialUse pairs roles with their attributes (RFC 6154 2).
var specialUse = map[mail.Role]imap.MailboxAttr{
	mail.RoleSent: imap.MailboxAttrSent, mail.RoleDrafts: imap.MailboxAttrDrafts, mail.RoleArchive: imap.MailboxAttrArchive,
	mail.RoleTrash: imap.MailboxAttrTrash, mail.RoleJunk: imap.MailboxAttrJunk,
}

// Create implements imapserver.Session.
func (s *session) Create(name string, options *imap.CreateOptions) error {
	s.user.mu.Lock()
	defer s.user.mu.Unlock()
	if b, ok := s.user.boxes[canonical(name)]; ok {
		if !b.noSelect {
			return no(errExists)
		}
		delete(s.user.boxes, b.name) // takes the place of the bare level
	}
	s.user.create(name, roleOf(options.SpecialUse))
	return nil
}

func roleOf(attrs []imap.MailboxAttr) mail.Role {
	for role, attr := range specialUse {
		if slices.Contains(attrs, attr) {
			return role
		}
	}
	return mail.RoleNone
}

// Delete implements imapserver.Session.
func (s *session) Delete(name string) error {
	s.user.mu.Lock()
	defer s.user.mu.Unlock()
	if err := s.user.remove(name); err != nil {
		return no(err)
	}
	return nil
}

// Rename implements imapserver.Session.
func (s *session) Rename(from, to string, _ *imap.RenameOptions) error {
	s.user.mu.Lock()
	defer s.user.mu.Unlock()
	if err := s.user.rename(from, to); err != nil {
		return no(err)
	}
	return nil
}

// Subscribe implements imapserver.Session.
func (s *session) Subscribe(name string) error { return s.subscribe(name, true) }

// Unsubscribe implements imapserver.Session.
func (s *session) Unsubscribe(name string) error { return s.subscribe(name, false) }

func (s *session) subscribe(name string, on bool) error {
	s.user.mu.Lock()
	defer s.user.mu.Unlock()
	b, err := s.user.box(name)
	if err != nil {
		return no(err)
	}
	b.subscribed = on
	return nil
}

// List implements imapserver.Session (LIST, LSUB; RFC 5258, 5819, 6154).
func (s *session) List(w *imapserver.ListWriter, ref string, patterns []string, options *imap.ListOptions) error {
	if len(patterns) == 0 { // asks for the delimiter (RFC 9051 6.3.9)
		return w.WriteList(&imap.ListData{Attrs: []imap.MailboxAttr{imap.MailboxAttrNoSelect}, Delim: delim})
	}
	for _, data := range s.listed(ref, patterns, options) {
		if err := w.WriteList(data); err != nil {
			return err
		}
	}
	return nil
}

func (s *session) listed(ref string, patterns []string, options *imap.ListOptions) (list []*imap.ListData) {
	s.user.mu.Lock()
	defer s.user.mu.Unlock()
	for _, name := range s.user.names() {
		b := s.user.boxes[name]
		wanted := slices.ContainsFunc(patterns, func(p string) bool {
			return imapserver.MatchList(name, delim, ref, p)
		})
		if !wanted || options.SelectSubscribed && !b.subscribed || options.SelectSpecialUse && b.role == mail.RoleNone {
			continue
		}
		data := &imap.ListData{Mailbox: name, Delim: delim, Attrs: s.attributes(b)}
		if options.ReturnStatus != nil && !b.noSelect {
			data.Status = b.status(options.ReturnStatus)
		}
		list = append(list, data)
	}
	return list
}

func (s *session) attributes(b *mailbox) []imap.MailboxAttr {
	attrs := []imap.MailboxAttr{imap.MailboxAttrHasNoChildren}
	if s.user.hasChildren(b.name) {
		attrs[0] = imap.MailboxAttrHasChildren
	}
	if b.subscribed {
		attrs = append(attrs, imap.MailboxAttrSubscribed)
	}
	if b.noSelect {
		attrs = append(attrs, imap.MailboxAttrNoSelect)
	}
	if attr, ok := specialUse[b.role]; ok {
		attrs = append(attrs, attr)
	}
	return attrs
}

// Status implements imapserver.Session.
func (s *session) Status(name string, options *imap.StatusOptions) (*imap.StatusData, error) {
	s.user.mu.Lock()
	defer s.user.mu.Unlock()
	b, err := s.user.box(name)
	if err != nil {
		return nil, no(err)
	}
	return b.status(options), nil
}

func (b *mailbox) status(options *imap.StatusOptions) *imap.StatusData {
	data := &imap.StatusData{Mailbox: b.name, UIDNext: imap.UID(b.uidNext), UIDValidity: uint32(b.validity)}
	if options.NumMessages {
		n := uint32(len(b.messages))
		data.NumMessages = &n
	}
	if options.NumUnseen {
		n := b.count(unseen)
		data.NumUnseen = &n
	}
	if options.NumDeleted {
		n := b.count(deleted)
		data.NumDeleted = &n
	}
	if options.NumRecent {
		data.NumRecent = new(uint32)
	}
	if options.Size {
		data.Size = b.size()
	}
	return data
}

func (b *mailbox) size() *int64 {
	var total int64
	for _, m := range b.messages {
		total += int64(len(m.Content()))
	}
	return &total
}

// Append implements imapserver.Session.
func (s *session) Append(name string, r imap.LiteralReader, options *imap.AppendOptions) (*imap.AppendData, error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	s.user.mu.Lock()
	defer s.user.mu.Unlock()
	b, err := s.user.box(name)
	if err != nil {
		return nil, refuse(imap.ResponseCodeTryCreate, err.Error())
	}
	m := b.add(Mail{Date: options.Time, Flags: flagsOf(options.Flags), Content: func() []byte { return raw }})
	return &imap.AppendData{UID: imap.UID(m.uid), UIDValidity: uint32(b.validity)}, nil
}
