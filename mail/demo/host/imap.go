package host

import (
	"errors"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"

	"postrider/mail"
)

// imapCaps are the capabilities beside those that the library adds by itself:
// IDLE, UNSELECT, ENABLE, SASL-IR and LITERAL-.
var imapCaps = imap.CapSet{
	imap.CapIMAP4rev1: {}, imap.CapNamespace: {}, imap.CapUIDPlus: {}, imap.CapMove: {},
	imap.CapESearch: {}, imap.CapSearchRes: {}, imap.CapListExtended: {}, imap.CapListStatus: {},
	imap.CapChildren: {}, imap.CapSpecialUse: {}, imap.CapCreateSpecialUse: {}, imap.CapBinary: {},
	imap.CapLiteralPlus: {},
}

// session is one IMAP connection. Only its own goroutine calls it, except for
// Idle, which may still be on its way out when Close is called.
type session struct {
	host *Host
	user *User // nil before Login
	view *view // nil while no mailbox is selected; guarded by user.mu
}

var (
	_ imapserver.SessionNamespace = (*session)(nil)
	_ imapserver.SessionMove      = (*session)(nil)
)

// Login implements imapserver.Session.
func (s *session) Login(login, password string) error {
	u, ok := s.host.signIn(login, password)
	if !ok {
		return imapserver.ErrAuthFailed
	}
	s.user = u
	return nil
}

// Close implements imapserver.Session.
func (s *session) Close() error {
	if s.user == nil {
		return nil
	}
	return s.Unselect()
}

// Unselect implements imapserver.Session.
func (s *session) Unselect() error {
	s.user.mu.Lock()
	defer s.user.mu.Unlock()
	if s.view != nil {
		s.view.close()
		s.view = nil
	}
	return nil
}

// Select implements imapserver.Session.
func (s *session) Select(name string, options *imap.SelectOptions) (*imap.SelectData, error) {
	s.user.mu.Lock()
	defer s.user.mu.Unlock()
	b, err := s.user.box(name)
	if err != nil {
		return nil, no(err)
	}
	s.view = b.open(options.ReadOnly)
	flags := []imap.Flag{imap.FlagAnswered, imap.FlagFlagged, imap.FlagDeleted, imap.FlagSeen, imap.FlagDraft}
	for _, name := range b.keywords() {
		flags = append(flags, imap.Flag(name))
	}
	data := &imap.SelectData{
		Flags: flags, NumMessages: uint32(len(b.messages)),
		UIDNext: imap.UID(b.uidNext), UIDValidity: uint32(b.validity), FirstUnseenSeqNum: b.firstUnseen(),
	}
	if !options.ReadOnly {
		data.PermanentFlags = append(append([]imap.Flag{}, flags...), imap.FlagWildcard)
	}
	return data, nil
}

func (b *mailbox) firstUnseen() uint32 {
	for i, m := range b.messages {
		if unseen(m.Flags) {
			return uint32(i) + 1
		}
	}
	return 0
}

// Poll implements imapserver.Session: it tells what other clients did.
func (s *session) Poll(w *imapserver.UpdateWriter, allowExpunge bool) error {
	s.user.mu.Lock()
	var updates []update
	if s.view != nil {
		updates = s.view.news(allowExpunge)
	}
	s.user.mu.Unlock()
	for _, u := range updates {
		if err := u.write(w); err != nil {
			return err
		}
	}
	return nil
}

func (u update) write(w *imapserver.UpdateWriter) error {
	switch {
	case u.expunge != 0:
		return w.WriteExpunge(u.expunge)
	case u.exists != 0:
		return w.WriteNumMessages(u.exists)
	}
	return w.WriteMessageFlags(u.number, imap.UID(u.uid), wireFlags(u.flags))
}

// Idle implements imapserver.Session (RFC 2177).
func (s *session) Idle(w *imapserver.UpdateWriter, stop <-chan struct{}) error {
	s.user.mu.Lock()
	var bell chan struct{} // nil, which is never rung, without a mailbox
	if s.view != nil {
		bell = s.view.bell
	}
	s.user.mu.Unlock()
	for {
		if err := s.Poll(w, true); err != nil {
			return err
		}
		select {
		case <-bell:
		case <-stop:
			return nil
		}
	}
}

// Namespace implements imapserver.SessionNamespace (RFC 2342).
func (s *session) Namespace() (*imap.NamespaceData, error) {
	return &imap.NamespaceData{Personal: []imap.NamespaceDescriptor{{Delim: delim}}}, nil
}

const delim = '/'

func wireFlags(f mail.Flags) []imap.Flag {
	flags := []imap.Flag{}
	for _, name := range f.Names() {
		flags = append(flags, imap.Flag(name))
	}
	return flags
}

func flagsOf(list []imap.Flag) mail.Flags {
	var names []string
	for _, f := range list {
		names = append(names, string(f))
	}
	return mail.FlagsOf(names...)
}

// no makes the tagged NO that an error deserves.
func no(err error) error {
	code := imap.ResponseCode("")
	switch {
	case errors.Is(err, errNoMailbox):
		code = imap.ResponseCodeNonExistent
	case errors.Is(err, errExists):
		code = imap.ResponseCodeAlreadyExists
	case errors.Is(err, errCannot):
		code = imap.ResponseCodeCannot
	}
	return refuse(code, err.Error())
}

func refuse(code imap.ResponseCode, text string) error {
	return &imap.Error{Type: imap.StatusResponseTypeNo, Code: code, Text: text}
}
