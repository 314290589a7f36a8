package gui

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
	"postrider/mail/phrase"
)

// sidebar is the left pane: a new message, the places, and what the workers do.
type sidebar struct {
	model   *vm.Sidebar
	tree    *widgets.Tree
	compose *widgets.Button
	foot    *foot
	page    vm.Place // whose page is shown in the place of list and reader; zero: none
	object  fyne.CanvasObject
}

func newSidebar(model *vm.Sidebar, do func(action) bool) *sidebar {
	s := &sidebar{model: model, tree: widgets.NewTree()}
	s.compose = widgets.NewButton("New message", theme.IconCompose, widgets.ButtonLook{Start: true, Key: "C", Tint: theme.Accent}, func() { do(actCompose) })
	s.foot = newFoot(func() { do(actActivity) }, func() { do(actSettings) })
	s.tree.OnChoose = func(key any) { model.Choose(key.(vm.Place)) }
	s.tree.OnFold = func(key any) { model.Toggle(key.(vm.Place)) }
	s.tree.CanDrop = func(key any, load widgets.DragLoad) (bool, string) { return model.CanDrop(key.(vm.Place)) }
	s.object = widgets.Placed(fyne.NewSize(160, 200), s.place, s.compose, s.tree, s.foot.object)
	return s
}

func (s *sidebar) place(size fyne.Size) {
	widgets.Put(s.compose, 8, 10, size.Width-16, theme.ControlHeight)
	widgets.Put(s.tree, 0, theme.TopZone, size.Width, size.Height-theme.TopZone-footHeight)
	widgets.Put(s.foot.object, 0, size.Height-footHeight, size.Width, footHeight)
}

// update draws what the model says.
func (s *sidebar) update() {
	items := make([]widgets.TreeItem, len(s.model.Entries))
	for i, e := range s.model.Entries {
		items[i] = treeItem(e)
	}
	chosen := s.model.Chosen
	if s.page != (vm.Place{}) {
		chosen = s.page
	}
	s.tree.SetItems(items, chosen)
}

func treeItem(e vm.Entry) widgets.TreeItem {
	it := widgets.TreeItem{
		Key: e.Place, Text: e.Title, Depth: e.Depth, Icon: placeIcon(e), Parent: e.Parent, Folded: e.Folded,
	}
	if e.Count > 0 {
		it.Count = phrase.Count(e.Count)
	}
	if e.Place.Kind != vm.AnAccount {
		return it
	}
	it.Head, it.Swatch, it.Tag, it.Tip = true, theme.Swatch(e.Swatch), e.Protocol, e.State
	it.TagColor, it.TagGround = theme.IMAP, theme.IMAPTint
	if e.Protocol == "POP" {
		it.TagColor, it.TagGround = theme.POP, theme.POPTint
	}
	it.State, it.StateTone = healthIcon(e.Health)
	return it
}

// healthIcon is what an account's head shows when there is something to show.
func healthIcon(h vm.Health) (theme.Icon, theme.Token) {
	switch h {
	case vm.Offline:
		return theme.IconCloudOff, theme.Ink3
	case vm.NeedsYou:
		return theme.IconKey, theme.Danger
	case vm.Broken:
		return theme.IconAlert, theme.Danger
	}
	return "", theme.None
}

// placeIcon is the icon of a place, by what it is for.
func placeIcon(e vm.Entry) theme.Icon {
	if e.Place.Kind == vm.AllUnread {
		return theme.IconMail
	}
	if icon, ok := roleIcons[e.Role]; ok {
		return icon
	}
	if e.Parent && !e.Folded {
		return theme.IconFolderOpen
	}
	return theme.IconFolder
}

var roleIcons = map[mail.Role]theme.Icon{
	mail.RoleInbox: theme.IconInbox, mail.RoleDrafts: theme.IconFilePen, mail.RoleSent: theme.IconSend,
	mail.RoleArchive: theme.IconArchive, mail.RoleTrash: theme.IconTrash, mail.RoleJunk: theme.IconJunk,
	mail.RoleOutbox: theme.IconClock, mail.RoleAll: theme.IconMail, mail.RoleFlagged: theme.IconStar,
}
