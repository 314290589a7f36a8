package gui

import (
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"postrider/accounts/settings"
	"postrider/gui/clipboard"
	"postrider/gui/compose"
	"postrider/gui/spelling"
	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
	"postrider/mail/message"
)

// newRoom is where messages are written.
func (s *shell) newRoom() *compose.Room {
	people := vm.NewAcquaintances(s.desk, s.client, s.roster)
	room := &compose.Room{
		App: s.app.fyne, Desk: s.desk, Client: s.client, Roster: s.roster, People: people, Library: s.app.library, Files: s.files,
		Drafts:  vm.NewOpenDrafts(s.desk, s.client),
		Options: s.composeOptions,
		Sent:    s.sent,
		Kept:    s.draftKept,
		Follow:  s.browse,

		Clipboard: clipboard.Read,

		Spelling: func() bool { return s.prefs.Writing.Spelling },
		Spell:    func(want bool) { s.prefs.Set(func(p *settings.Settings) { p.Writing.Spelling = want }) },
	}
	if c := spelling.Find(spelling.Locale(os.Getenv), filepath.Join(s.client.Dir(), "words.txt")); c != nil {
		room.Speller = c
		s.onClose(c.Close)
	}
	return room
}

// quotePlaces are where the person wants what they answer.
var quotePlaces = map[settings.Quote]message.Place{settings.QuoteBelow: message.QuoteBelow, settings.QuoteAbove: message.QuoteAbove, settings.QuoteNone: message.NoQuote}

// composeOptions is what the person chose for all that they write.
func (s *shell) composeOptions() vm.ComposeOptions {
	w := s.prefs.Writing
	return vm.ComposeOptions{Quote: quotePlaces[w.Quote], Plain: w.Plain, UndoFor: w.Undo()}
}

// begin opens a composer, for the message that is read where that is asked for.
func (s *shell) begin(kind vm.BeginningKind) func() bool {
	return func() bool {
		b := vm.Beginning{Kind: kind, Account: s.account()}
		if kind != vm.BeginNew {
			if b.Of = s.answered(); b.Of == 0 {
				return false
			}
		}
		s.room.Open(b)
		return true
	}
}

// otherWays are the rarer ways to answer a message, or to pass it on.
func (s *shell) otherWays() (items []widgets.MenuItem) {
	for _, way := range []struct {
		label string
		icon  theme.Icon
		kind  vm.BeginningKind
	}{
		{"Reply to the list", theme.IconReplyAll, vm.BeginReplyList}, {"Forward as attachment", theme.IconPaperclip, vm.BeginForwardWhole},
		{"Redirect", theme.IconForward, vm.BeginRedirect}, {"Edit as new", theme.IconPencil, vm.BeginAsNew},
	} {
		begin := s.begin(way.kind)
		items = append(items, widgets.MenuItem{Label: way.label, Icon: way.icon, Act: func() { begin() }})
	}
	return items
}

// answered is the message that an answer is to: the one that is read last, or
// the one under the cursor.
func (s *shell) answered() mail.PlacementID {
	if id := idOf(s.reader.current()); id != 0 {
		return id
	}
	if s.list.model.PickedCount() == 1 {
		return s.list.model.CursorID()
	}
	return 0
}

// writeOn opens a draft to be written on; false where the message is none.
func (s *shell) writeOn(id mail.PlacementID) bool {
	i := s.list.model.IndexOf(id)
	if i < 0 || !s.list.model.Row(i).Draft {
		return false
	}
	s.room.Open(vm.Beginning{Kind: vm.BeginDraft, Of: id})
	return true
}

// sent says that a message is in the Outbox, and offers to take it back as long
// as that is possible.
func (s *shell) sent(d *vm.Dispatch) {
	undo := func() {
		s.hideToast()
		d.Undo(func(w *vm.Composition, err error) {
			if err != nil {
				s.fail(vm.Explain(err))
				return
			}
			s.room.Reopen(w)
		})
	}
	if d.Wait <= 0 {
		s.tell(theme.IconSend, d.Text, "", nil)
		return
	}
	s.tell(theme.IconSend, d.Text, "Undo", undo)
	s.offer = undo
	s.endToast()
	s.endToast = s.desk.After(d.Wait, s.hideToast)
}

// draftKept says where what was written went when its window was closed, and leads
// back to it: Escape is pressed by mistake, too.
func (s *shell) draftKept(id mail.PlacementID) {
	s.tell(theme.IconFilePen, "Kept in Drafts", "Write on", func() {
		s.hideToast()
		s.room.Open(vm.Beginning{Kind: vm.BeginDraft, Of: id})
	})
}

// openNames opens links and files that another program handed over.
func (s *shell) openNames(names []string) {
	for _, name := range names {
		if strings.HasPrefix(strings.ToLower(name), "mailto:") {
			s.room.Open(vm.Beginning{Kind: vm.BeginLink, Link: name, Account: s.account()})
			continue
		}
		s.openMessageFile(name)
	}
}

// droppedFiles takes files that were dropped on the window: messages are shown,
// the people of vCards can become contacts, anything else goes along with a new message.
func (s *shell) droppedFiles(_ fyne.Position, files []fyne.URI) {
	var attach []string
	for _, f := range files {
		switch {
		case f.Scheme() != "file":
		case strings.EqualFold(f.Extension(), ".eml"):
			s.openMessageFile(f.Path())
		case strings.EqualFold(f.Extension(), ".vcf"):
			s.offerContacts(f.Path())
		default:
			attach = append(attach, f.Path())
		}
	}
	if len(attach) > 0 {
		s.room.Open(vm.Beginning{Kind: vm.BeginNew, Account: s.account()}).Model().Attach(attach...)
	}
}
