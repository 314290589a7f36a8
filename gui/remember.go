package gui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"postrider/accounts/settings"
	"postrider/gui/vm"
	"postrider/mail"
)

// vmInboxes is the place of all inboxes together.
var vmInboxes = vm.Place{Kind: vm.AllInboxes}

// views names the places that are no mailbox, as they are remembered.
var views = map[string]vm.PlaceKind{"inboxes": vm.AllInboxes, "unread": vm.AllUnread, "starred": vm.AllStarred}

// recallWindow gives the window the size and the panes that it had.
func (s *shell) recallWindow() {
	w := settings.In(s.client.Dir()).Window()
	if w.Width > 0 && w.Height > 0 {
		s.app.window.Resize(fyne.NewSize(float32(w.Width), float32(w.Height)))
	}
	if w.Sidebar > 0 || w.List > 0 {
		s.split.SetWidths(float32(w.Sidebar), float32(w.List))
	}
	s.recalled = w
}

// recallPlace shows what was shown last, as soon as it is known which mailboxes
// there are.
func (s *shell) recallPlace() {
	w := s.recalled
	s.recalled = settings.Window{}
	if kind, ok := views[w.View]; ok && kind != vm.AllInboxes {
		s.sidebar.model.Choose(vm.Place{Kind: kind})
		return
	}
	if box, ok := s.roster.Tree().At(mail.AccountID(w.Account), w.Mailbox); ok && w.Account != "" {
		s.sidebar.model.Choose(vm.Place{Kind: vm.AFolder, Account: box.Account, Mailbox: box.ID})
	}
}

// keepWindow remembers size, panes and place.
func (s *shell) keepWindow() {
	size := s.app.window.Canvas().Size()
	sidebar, list := s.split.Widths()
	w := settings.Window{
		Width: int(size.Width), Height: int(size.Height), Sidebar: int(sidebar), List: int(list), Folded: s.folded,
	}
	place := s.list.place
	w.View = keyOf(views, place.Kind)
	if box, ok := s.roster.Mailbox(place.Mailbox); ok {
		w.Account, w.Mailbox, w.View = string(box.Account), box.Path, ""
	}
	for _, id := range s.verbs.Recent {
		if box, ok := s.roster.Mailbox(id); ok {
			w.Recent = append(w.Recent, s.roster.Tree().FullName(box))
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	settings.In(s.client.Dir()).SetWindow(ctx, w) // a window that opens in another size is no reason to stay open
}
