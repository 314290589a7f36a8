package host

import (
	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"

	"postrider/mail"
)

var errReadOnly = refuse(imap.ResponseCodeNoPerm, "the mailbox was opened to read only")

// Store implements imapserver.Session.
func (s *session) Store(w *imapserver.FetchWriter, set imap.NumSet, store *imap.StoreFlags, _ *imap.StoreOptions) error {
	s.user.mu.Lock()
	if s.view.readOnly {
		s.user.mu.Unlock()
		return errReadOnly
	}
	picked := s.view.pick(set)
	flags := make([]mail.Flags, len(picked))
	for i, m := range picked {
		s.view.box.setFlags(m.message, stored(m.Flags, store), s.view)
		flags[i] = m.Flags
	}
	s.user.mu.Unlock()
	if store.Silent {
		return nil
	}
	for i, m := range picked {
		r := w.CreateMessage(m.number)
		r.WriteUID(imap.UID(m.uid))
		r.WriteFlags(wireFlags(flags[i]))
		if err := r.Close(); err != nil {
			return err
		}
	}
	return nil
}

func stored(f mail.Flags, store *imap.StoreFlags) mail.Flags {
	switch given := flagsOf(store.Flags); store.Op {
	case imap.StoreFlagsAdd:
		return f.Union(given)
	case imap.StoreFlagsDel:
		return f.Minus(given)
	default:
		return given
	}
}

// Expunge implements imapserver.Session; the poll after it tells the numbers.
// CLOSE comes here, too, and has nothing to expunge in a mailbox opened to
// read (RFC 9051 6.4.2).
func (s *session) Expunge(_ *imapserver.ExpungeWriter, uids *imap.UIDSet) error {
	s.user.mu.Lock()
	defer s.user.mu.Unlock()
	if s.view.readOnly {
		return nil
	}
	var set imap.NumSet = imap.UIDSet{{Start: 1, Stop: 0}}
	if uids != nil {
		set = *uids
	}
	var doomed []*message
	for _, m := range s.view.pick(set) {
		if deleted(m.Flags) && !m.gone {
			doomed = append(doomed, m.message)
		}
	}
	s.view.box.remove(doomed)
	return nil
}

// Copy implements imapserver.Session.
func (s *session) Copy(set imap.NumSet, dest string) (*imap.CopyData, error) {
	s.user.mu.Lock()
	defer s.user.mu.Unlock()
	_, data, err := s.copy(set, dest)
	return data, err
}

// Move implements imapserver.SessionMove (RFC 6851); the poll after it tells
// the numbers that are gone.
func (s *session) Move(w *imapserver.MoveWriter, set imap.NumSet, dest string) error {
	s.user.mu.Lock()
	data, err := s.move(set, dest)
	s.user.mu.Unlock()
	if err != nil || data == nil {
		return err
	}
	return w.WriteCopyData(data)
}

func (s *session) move(set imap.NumSet, dest string) (*imap.CopyData, error) {
	if s.view.readOnly {
		return nil, errReadOnly
	}
	if to, err := s.user.box(dest); err == nil && to == s.view.box {
		return nil, refuse(imap.ResponseCodeCannot, "the messages are there already")
	}
	sources, data, err := s.copy(set, dest)
	if err == nil {
		s.view.box.remove(sources)
	}
	return data, err
}

// copy copies what is left of the set; without a message there is no data.
func (s *session) copy(set imap.NumSet, dest string) (sources []*message, data *imap.CopyData, err error) {
	to, err := s.user.box(dest)
	if err != nil {
		return nil, nil, refuse(imap.ResponseCodeTryCreate, err.Error())
	}
	var from, made imap.UIDSet
	for _, m := range s.view.pick(set) {
		if m.gone {
			continue
		}
		sources = append(sources, m.message)
		from.AddNum(imap.UID(m.uid))
		made.AddNum(imap.UID(to.add(m.Mail).uid))
	}
	if len(sources) == 0 {
		return nil, nil, nil
	}
	return sources, &imap.CopyData{UIDValidity: uint32(to.validity), SourceUIDs: from, DestUIDs: made}, nil
}
