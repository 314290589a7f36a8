package gui

import (
	"fmt"
	"os"
	"strings"

	"postrider/accounts/settings"
	"postrider/gui/desktop"
	pages "postrider/gui/settings"
	"postrider/gui/vm"
	"postrider/mail/phrase"
)

// showSettings opens the program's settings in the reader's place.
func (s *shell) showSettings() bool {
	if s.accountPage == nil && s.settings != nil && s.right.shows(s.settings) {
		s.closePage()
		return true
	}
	around := pages.Surroundings{
		Passwords: phrase.Capital(s.keeping()) + ".", Data: s.client.Dir(), Allowed: len(s.prefs.Privacy.Senders), Tray: s.hasTray(), Session: true, Speller: s.room.Speller != nil,
	}
	around.Accounts, around.AddAccount = s.accountLines(), func() { s.addAccount() }
	if around.Allowed > 0 {
		around.Forget = func() { s.prefs.Set(func(p *settings.Settings) { p.Privacy.Senders = nil }) }
	}
	s.settings = pages.NewProgramPage(valuesOf(s.prefs.Settings), around, keySections(), s.chose, s.closePage)
	s.openPage(s.settings)
	return true
}

// chose keeps what the person chose on the page.
func (s *shell) chose(v pages.Values) {
	before := valuesOf(s.prefs.Settings)
	s.prefs.Set(func(p *settings.Settings) { keepValues(p, v) })
	if v.Session != before.Session || v.Hidden != before.Hidden {
		s.setAutostart(v)
	}
}

// setAutostart lets the program be started with the session, or not.
func (s *shell) setAutostart(v pages.Values) {
	program, err := os.Executable()
	if err == nil {
		err = desktop.SetAutostart(v.Session, program)
	}
	if err != nil {
		s.fail(vm.Explain(err))
	}
}

// closePage shows the reader again.
func (s *shell) closePage() {
	s.right.show(s.reader.object)
	s.split.SetReading(false)
	s.app.window.Canvas().Focus(s.list.rows)
}

// showKeys opens the map of keys.
func (s *shell) showKeys() bool {
	pages.ShowKeyMap(s.app.window.Canvas(), keySections())
	return true
}

// keySections is the map of keys as people read it.
func keySections() (sections []pages.KeySection) {
	for _, section := range keyMap {
		shown := pages.KeySection{Title: section.title}
		for _, b := range section.bindings {
			keys := append(strings.Fields(b.single), strings.Fields(b.always)...)
			for i, k := range keys {
				if len(k) == 2 && k[0] >= 'a' && k[0] <= 'z' { // a sequence
					keys[i] = k[:1] + " " + k[1:]
				}
			}
			shown.Lines = append(shown.Lines, pages.KeyLine{Title: b.title, Keys: keys})
		}
		sections = append(sections, shown)
	}
	last := &sections[len(sections)-1]
	last.Lines = append(last.Lines, pages.KeyLine{Title: "Inbox of an account", Keys: []string{"Ctrl+1", "Ctrl+9"}})
	return sections
}

var (
	shows    = map[settings.Show]pages.Show{settings.ShowAll: pages.ShowAll, settings.ShowSender: pages.ShowSender, settings.ShowNumber: pages.ShowNumber, settings.ShowNone: pages.ShowNothing}
	quotes   = map[settings.Quote]pages.Quote{settings.QuoteBelow: pages.QuoteBelow, settings.QuoteAbove: pages.QuoteAbove, settings.QuoteNone: pages.QuoteNone}
	pictures = map[settings.Pictures]pages.Pictures{settings.PicturesAsked: pages.PicturesAsk, settings.PicturesKnown: pages.PicturesAllowed}
)

// keyOf is the key of a value in a map that has it once.
func keyOf[K, V comparable](m map[K]V, v V) (k K) {
	for key, value := range m {
		if value == v {
			return key
		}
	}
	return k
}

// valuesOf is what the page shows of the settings.
func valuesOf(p settings.Settings) pages.Values {
	return pages.Values{
		Show: shows[p.Notifications.Show], Quiet: p.Notifications.Quiet, QuietFrom: minutesOf(p.Notifications.From), QuietTo: minutesOf(p.Notifications.Until),
		Tray: p.General.CloseToTray, Hidden: p.General.StartHidden, Session: desktop.Autostarts(), ReadAfter: p.General.MarkReadAfter,
		Mode: modes[p.Appearance.Theme], Density: densities[p.Appearance.Density], MailSize: p.Appearance.Zoom,
		Conversations: p.General.Conversations, Pictures: pictures[p.Privacy.Pictures], SingleKeys: p.General.SingleKeys,
		Quote: quotes[p.Writing.Quote], Plain: p.Writing.Plain, Undo: p.Writing.UndoSeconds, Spell: p.Writing.Spelling,
	}
}

// keepValues puts what the page says into the settings.
func keepValues(p *settings.Settings, v pages.Values) {
	p.Notifications.Show, p.Notifications.Quiet = keyOf(shows, v.Show), v.Quiet
	p.Notifications.From, p.Notifications.Until = clockOf(v.QuietFrom), clockOf(v.QuietTo)
	p.General.CloseToTray, p.General.StartHidden, p.General.MarkReadAfter = v.Tray, v.Hidden, v.ReadAfter
	p.General.Conversations, p.General.SingleKeys = v.Conversations, v.SingleKeys
	p.Appearance.Theme, p.Appearance.Density, p.Appearance.Zoom = keyOf(modes, v.Mode), keyOf(densities, v.Density), v.MailSize
	p.Privacy.Pictures = keyOf(pictures, v.Pictures)
	p.Writing = settings.Writing{Quote: keyOf(quotes, v.Quote), Plain: v.Plain, UndoSeconds: v.Undo, Spelling: v.Spell}
}

// minutesOf reads 22:30 as minutes after midnight.
func minutesOf(clock string) int {
	var h, m int
	fmt.Sscanf(clock, "%d:%d", &h, &m)
	return 60*h + m
}

func clockOf(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60%24, minutes%60) }
