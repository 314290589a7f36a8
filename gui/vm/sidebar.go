package vm

import (
	"slices"

	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/phrase"
)

// Entry is a line of the sidebar.
type Entry struct {
	Place Place
	Title string
	Depth int       // of a folder, 0 at the top of its account
	Role  mail.Role // of a folder; what its icon shows

	Count  int  // shown on the right; 0 shows nothing
	Strong bool // Count is of something new

	Swatch   int    // of an account
	Protocol string // of an account: "IMAP", "POP"
	Health   Health // of an account
	State    string // of an account: one line, for a tooltip

	Parent bool // it has others below, or an account's folders
	Folded bool
	Bare   bool // it only holds others: no list
}

// Sidebar is the list of places on the left: the views over all accounts, then
// each account with its folders.
type Sidebar struct {
	Entries []Entry // what is shown, from top to bottom
	Chosen  Place

	Changed func()              // after Entries or Chosen changed; may be nil
	Folds   func(keys []string) // after the person folded something, to be kept; may be nil

	roster *Roster
	folded map[string]bool
	all    []Entry // also what is folded away
}

// NewSidebar makes a sidebar over a roster, with what was folded the last time.
func NewSidebar(r *Roster, folded []string) *Sidebar {
	s := &Sidebar{roster: r, folded: map[string]bool{}, Chosen: Place{Kind: AllInboxes}}
	for _, key := range folded {
		s.folded[key] = true
	}
	r.OnChange(s.rebuild)
	s.rebuild()
	return s
}

// Choose makes a place the one whose list is shown. A level without messages is
// folded or unfolded instead.
func (s *Sidebar) Choose(p Place) {
	if e, ok := s.Find(p); ok && e.Bare {
		s.Toggle(p)
		return
	}
	if s.Chosen == p {
		return
	}
	s.Chosen = p
	s.changed()
}

// Find returns the entry of a place, also where it is folded away.
func (s *Sidebar) Find(p Place) (Entry, bool) {
	i := slices.IndexFunc(s.all, func(e Entry) bool { return e.Place == p })
	if i < 0 {
		return Entry{}, false
	}
	return s.all[i], true
}

// Step is the place so many lines below one, over all that can be chosen.
func (s *Sidebar) Step(from Place, by int) Place {
	at := slices.IndexFunc(s.Entries, func(e Entry) bool { return e.Place == from })
	if at < 0 {
		return Place{Kind: AllInboxes}
	}
	at = max(0, min(len(s.Entries)-1, at+by))
	return s.Entries[at].Place
}

// Toggle folds what is below a place, or unfolds it.
func (s *Sidebar) Toggle(p Place) {
	key, ok := s.foldKey(p)
	if !ok {
		return
	}
	if s.folded[key] {
		delete(s.folded, key)
	} else {
		s.folded[key] = true
	}
	if s.Folds != nil {
		s.Folds(s.foldedKeys())
	}
	s.rebuild()
}

func (s *Sidebar) foldedKeys() (keys []string) {
	for key := range s.folded {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// foldKey is the name under which it is kept that something is folded: mailbox
// ids would not outlive a store that was made anew.
func (s *Sidebar) foldKey(p Place) (string, bool) {
	switch {
	case p.Kind == AnAccount:
		return string(p.Account), true
	case p.Kind == AFolder && p.Mailbox == 0:
		return string(p.Account) + "/" + p.Level, true
	case p.Kind == AFolder:
		m, ok := s.roster.Mailbox(p.Mailbox)
		return string(p.Account) + "/" + m.Path, ok
	}
	return "", false
}

// Title is the head of a place's list, and Subtitle what stands beside it.
func (s *Sidebar) Title(p Place) string {
	e, _ := s.Find(p)
	return e.Title
}

// Subtitle says whose place it is and what is new there: "Fernlight · 6 unread".
func (s *Sidebar) Subtitle(p Place) string {
	text := ""
	if a, ok := s.roster.Account(p.Account); ok && p.Kind == AFolder {
		text = a.Name
	}
	n := s.roster.Unread(p)
	if n == 0 || p.Kind == AllStarred {
		return text
	}
	if text != "" {
		text += " · "
	}
	return text + phrase.Count(n) + " unread"
}

// CanDrop says whether messages may be dropped on a place, and if not why.
func (s *Sidebar) CanDrop(p Place) (bool, string) {
	if p.Kind != AFolder {
		return false, "drop messages on a folder"
	}
	m, ok := s.roster.Mailbox(p.Mailbox)
	if !ok {
		return false, "this level holds other folders only, no messages"
	}
	return CanFile(s.roster, m)
}

// CanFile says whether messages may be put into a mailbox, and if not why.
func CanFile(r *Roster, m mail.Mailbox) (bool, string) {
	switch r.RoleOf(m.ID) {
	case mail.RoleDrafts:
		return false, "drafts are what you write yourself"
	case mail.RoleOutbox:
		return false, "the outbox holds what you send"
	case mail.RoleAll:
		return false, "everything is in there already"
	}
	return client.Can(client.File, m)
}

func (s *Sidebar) changed() {
	if s.Changed != nil {
		s.Changed()
	}
}

// rebuild makes the entries from the roster.
func (s *Sidebar) rebuild() {
	was := s.Entries
	s.all, s.Entries = s.views(), nil
	s.Entries = slices.Clone(s.all)
	for _, a := range s.roster.Accounts {
		s.account(a)
	}
	chosen := s.Chosen
	if _, ok := s.Find(s.Chosen); !ok && s.roster.Loaded {
		s.Chosen = Place{Kind: AllInboxes} // its folder is gone
	}
	if !slices.Equal(was, s.Entries) || chosen != s.Chosen {
		s.changed()
	}
}

func (s *Sidebar) views() []Entry {
	inboxes, unread := Place{Kind: AllInboxes}, Place{Kind: AllUnread}
	return []Entry{
		{Place: inboxes, Title: "All inboxes", Role: mail.RoleInbox, Count: s.roster.Unread(inboxes), Strong: true},
		{Place: unread, Title: "Unread", Count: s.roster.Unread(unread), Strong: true},
		{Place: Place{Kind: AllStarred}, Title: "Starred", Role: mail.RoleFlagged},
	}
}

func (s *Sidebar) account(a Account) {
	head := Entry{
		Place: Place{Kind: AnAccount, Account: a.ID}, Title: a.Name, Swatch: a.Swatch, Protocol: a.Protocol,
		Health: a.Health, State: a.State, Folded: s.folded[string(a.ID)],
	}
	folders := s.roster.foldersOf(a.ID)
	head.Parent = len(folders) > 0
	if head.Folded {
		head.Count, head.Strong = s.roster.Unread(Place{Kind: AnAccount, Account: a.ID}), true
	}
	s.add(head, true)
	s.folders(folders, 0, !head.Folded)
}

func (s *Sidebar) add(e Entry, shown bool) {
	s.all = append(s.all, e)
	if shown {
		s.Entries = append(s.Entries, e)
	}
}

// folders adds the entries of a level; it returns how many unread messages are
// in it and below.
func (s *Sidebar) folders(list []*folder, depth int, shown bool) (unread int) {
	for _, f := range list {
		key, _ := s.foldKey(f.place)
		e := Entry{Place: f.place, Title: f.title, Depth: depth, Role: f.role, Parent: len(f.below) > 0, Folded: s.folded[key]}
		e.Bare = f.box.ID == 0 || f.box.NoSelect
		e.Count, e.Strong = folderCount(f)
		mine := 0
		if e.Strong {
			mine = e.Count
		}
		at, shownAt := len(s.all), len(s.Entries)
		s.add(e, shown)
		mine += s.folders(f.below, depth+1, shown && !e.Folded)
		if e.Parent && e.Folded && mine > 0 { // what is new inside shows outside
			e.Count, e.Strong = mine, true
			s.all[at] = e
			if shown {
				s.Entries[shownAt] = e
			}
		}
		unread += mine
	}
	return unread
}

// folderCount is the number beside a folder: what waits in drafts and outbox,
// what is unread elsewhere, and nothing where news are no news.
func folderCount(f *folder) (n int, strong bool) {
	switch f.role {
	case mail.RoleDrafts, mail.RoleOutbox:
		return f.box.Total, false
	case mail.RoleTrash, mail.RoleSent, mail.RoleAll, mail.RoleFlagged:
		return 0, false
	case mail.RoleJunk:
		return f.box.Unread, false
	}
	return f.box.Unread, true
}
