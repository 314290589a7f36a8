package compose

import (
	"context"

	"fyne.io/fyne/v2"

	"postrider/gui/clipboard"
	"postrider/gui/files"
	"postrider/gui/vm"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/typeset"
)

// Room is what composers work in; there is one for the program.
type Room struct {
	App     fyne.App
	Desk    *vm.Desk
	Client  *client.Client
	Roster  *vm.Roster
	People  *vm.Acquaintances
	Library *typeset.Library
	Drafts  *vm.OpenDrafts           // remembers which drafts are open; may be nil
	Options func() vm.ComposeOptions // what the person chose; nil: the usual

	Sent   func(d *vm.Dispatch)         // a message is in the Outbox: say so, and offer Undo (see Reopen)
	Follow func(link string)            // a link of the preview was clicked; nil: nothing happens
	Closed func(w *Window)              // a composer was closed; may be nil
	Kept   func(draft mail.PlacementID) // closing left a draft: say so; may be nil
	Files  *files.Asker                 // asks for files

	// Clipboard reads what is no text; nil: there is nothing of the kind.
	Clipboard func(ctx context.Context) (clipboard.Content, error)

	Speller  Speller         // nil: spelling is not checked
	Spelling func() bool     // whether the person wants misspelt words marked; nil: yes
	Spell    func(want bool) // the person wants it so from now on; may be nil

	open []*Window
}

// Open opens a composer.
func (r *Room) Open(b vm.Beginning) *Window {
	if b.Kind == vm.BeginDraft {
		if w := r.holding(b); w != nil { // one window for a draft, or they would overwrite each other
			w.window.RequestFocus()
			return w
		}
	}
	model := vm.NewComposition(r.Desk, r.Client, r.Roster, r.options())
	w := newWindow(r, model)
	model.Begin(b)
	w.show()
	return w
}

// Restore opens what was being written when the program ended without closing it.
func (r *Room) Restore() {
	if r.Drafts == nil {
		return
	}
	r.Drafts.Left(func(ids []mail.PlacementID) {
		for _, id := range ids {
			r.Open(vm.Beginning{Kind: vm.BeginDraft, Of: id})
		}
	})
}

// Reopen opens a composer for what was taken back out of the Outbox.
func (r *Room) Reopen(model *vm.Composition) *Window {
	w := newWindow(r, model)
	w.update()
	w.show()
	return w
}

// Windows are the composers that are open.
func (r *Room) Windows() []*Window { return append([]*Window(nil), r.open...) }

// CloseAll keeps what is written in all composers and closes them; then is told
// whether all were closed. One that cannot keep its words asks, and stays. The
// program calls it before it ends.
func (r *Room) CloseAll(then func(all bool)) {
	left, all := len(r.open), true
	if left == 0 {
		then(true)
		return
	}
	for _, w := range r.Windows() {
		w.closeOrAsk(func(closed bool) {
			all = all && closed
			if left--; left == 0 {
				then(all)
			}
		})
	}
}

// Flush keeps what is written in all composers, as they stand: the system ends the
// program, and the window is gone already.
func (r *Room) Flush(ctx context.Context) {
	for _, w := range r.open {
		w.flush(ctx)
	}
	if r.Drafts != nil && len(r.open) > 0 {
		r.Drafts.Flush()
	}
}

func (r *Room) options() vm.ComposeOptions {
	if r.Options == nil {
		return vm.ComposeOptions{}
	}
	return r.Options()
}

// holding is the composer of a draft that is open already.
func (r *Room) holding(b vm.Beginning) *Window {
	for _, w := range r.open {
		if w.model.Draft() == b.Of {
			return w
		}
	}
	return nil
}
