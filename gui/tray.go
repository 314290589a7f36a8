package gui

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	system "postrider/gui/desktop"
	"postrider/gui/theme"
	"postrider/mail/phrase"
)

// hasTray reports whether the system shows icons of programs now.
func (s *shell) hasTray() bool {
	_, can := s.app.fyne.(desktop.App)
	return can && system.HasTray()
}

// setTray puts the icon into the tray, where there is one or may be one later. On
// Linux it is reached over the session's message bus, which is never started for
// it.
func (s *shell) setTray() {
	d, can := s.app.fyne.(desktop.App)
	if !can || runtime.GOOS == "linux" && !system.HasBus() {
		return
	}
	d.SetSystemTrayMenu(fyne.NewMenu(appName,
		fyne.NewMenuItem("Open "+appName, s.raise),
		fyne.NewMenuItem("New message", func() { s.raise(); s.do(actCompose) }),
		fyne.NewMenuItem("Get mail now", func() { s.do(actSync) }),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem("Quit", s.end),
	))
	d.SetSystemTrayIcon(theme.AppIconResource())
}

// raise brings the window to the front.
func (s *shell) raise() {
	s.app.window.Show()
	s.app.window.RequestFocus()
}

// retitleWindow says in the window's title what is shown, and how much is new.
func (s *shell) retitleWindow() {
	title := appName
	if n := s.roster.Unread(vmInboxes); n > 0 {
		title = phrase.Count(n) + " unread · " + appName
	}
	if title != s.app.window.Title() {
		s.app.window.SetTitle(title)
	}
}

// closing is the window's cross: the program goes on in the tray, if the person
// wants that and there is one.
func (s *shell) closing() {
	s.keepWindow()
	if s.prefs.General.CloseToTray && s.hasTray() {
		s.app.window.Hide()
		return
	}
	s.end()
}

// startsHidden reports whether the program begins in the tray, without a window.
func (s *shell) startsHidden() bool { return s.prefs.General.StartHidden && s.hasTray() }
