package gui

import (
	"postrider/gui/activity"
	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
	"postrider/mail/phrase"
)

// showActivity opens the panel in the reader's place, or closes it.
func (s *shell) showActivity() bool {
	if s.accountPage == nil && s.right.shows(s.panel) {
		s.closePanel()
		return true
	}
	s.leaveAccount()
	s.activity.Open(true)
	s.right.show(s.panel)
	s.split.SetDrawer(false)
	s.split.SetReading(true)
	s.activityChanged()
	return true
}

// closePanel shows the reader again.
func (s *shell) closePanel() {
	s.activity.Open(false)
	s.right.show(s.reader.object)
	s.split.SetReading(s.reader.model.Chosen != 0 && s.split.Reading())
	s.app.window.Canvas().Focus(s.list.rows)
}

// setBanner shows a sentence about all of the mail over list and reader, such as
// that there is no connection; "" takes it away.
func (s *shell) setBanner(text string) {
	if text == "" {
		s.split.SetBanner(nil)
		return
	}
	s.banner.SetText(text)
	s.split.SetBanner(s.banner)
}

// activityChanged draws what the workers do.
func (s *shell) activityChanged() {
	s.sidebar.foot.update(s.activity.Foot)
	s.list.narrow.update(s.activity.Foot)
	s.setBanner(s.activity.Banner)
	if s.right.shows(s.panel) {
		s.panel.Set(s.activityState())
	}
}

func (s *shell) activityState() (state activity.State) {
	m := s.activity
	for _, p := range m.Problems {
		state.Problems = append(state.Problems, s.problem(p))
	}
	for _, l := range m.Lines {
		state.Accounts = append(state.Accounts, s.accountLine(l))
	}
	for _, w := range m.Waiting {
		state.Waiting = append(state.Waiting, s.work(w))
	}
	for _, w := range m.Failed {
		state.Refused = append(state.Refused, s.work(w))
	}
	for _, d := range m.Downloads {
		state.Downloads = append(state.Downloads, activity.Download{Name: d.Name, Fraction: float32(d.Fraction), Text: d.Text})
	}
	return state
}

func (s *shell) problem(p vm.Problem) activity.Problem {
	shown := activity.Problem{Icon: theme.IconAlert, Title: p.Title, Text: p.Text, Words: p.Detail}
	shown.Settings = func() { s.editAccount(p.Account) }
	if p.Health == vm.NeedsYou {
		shown.Icon, shown.Solve = theme.IconKey, "Sign in again"
		shown.OnSolve = func() { s.signIn(p.Account) }
	} else {
		shown.Solve, shown.OnSolve = "Try now", func() { s.activity.TryNow(p.Account) }
	}
	return shown
}

func (s *shell) accountLine(l vm.AccountLine) activity.Account {
	a := activity.Account{Swatch: theme.Swatch(l.Swatch), Name: l.Name, Protocol: protocolOf(l.Protocol), Text: l.Text, Bad: l.Health >= vm.NeedsYou, Note: l.Note}
	switch {
	case l.Sign:
		a.Action, a.OnAction = "Sign in", func() { s.signIn(l.ID) }
	case l.Try:
		a.Action, a.OnAction = "Try now", func() { s.activity.TryNow(l.ID) }
	}
	return a
}

func protocolOf(word string) widgets.Protocol {
	if word == "POP" {
		return widgets.POP
	}
	return widgets.IMAP
}

var workIcons = map[mail.OpKind]theme.Icon{
	mail.OpFlags: theme.IconCheck, mail.OpMove: theme.IconFolderInput, mail.OpCopy: theme.IconCopy, mail.OpExpunge: theme.IconTrash,
	mail.OpAppend: theme.IconArrowUp, mail.OpCreateMailbox: theme.IconFolderPlus, mail.OpRenameMailbox: theme.IconFolder,
	mail.OpDeleteMailbox: theme.IconFolder, mail.OpPopDelete: theme.IconTrash,
}

func (s *shell) work(w vm.Work) activity.Work {
	account, _ := s.roster.Account(w.Account)
	shown := activity.Work{Icon: workIcon(w), Text: w.Text, Swatch: theme.Swatch(account.Swatch), When: s.desk.Style.Short(w.When, s.desk.Now()), Why: w.Why, Words: w.Detail}
	failed := func(err error) {
		if err != nil {
			s.fail(vm.Explain(err))
		}
	}
	shown.Cancel = func() { s.activity.Cancel(w, failed) }
	if w.Failed || w.Tries > 0 {
		shown.Retry = func() { s.activity.Retry(w, failed) }
	}
	return shown
}

func workIcon(w vm.Work) theme.Icon {
	if w.Verb == vm.Star {
		return theme.IconStar // to be put on
	}
	if icon, ok := verbIcons[w.Verb]; ok {
		return icon
	}
	if icon, ok := roleIcons[w.Role]; ok && w.Role != mail.RoleNone {
		return icon
	}
	if icon, ok := workIcons[w.Kind]; ok {
		return icon
	}
	return theme.IconSend
}

// refused tells that a server refused what the person did.
func (s *shell) refused(text string) {
	s.tell(theme.IconAlert, phrase.Sentence(text), "Details", func() {
		if !s.right.shows(s.panel) {
			s.showActivity()
		}
	})
}

// copyLog copies what was last said with the servers, without secrets.
func (s *shell) copyLog() {
	s.app.fyne.Clipboard().SetContent(s.activity.Log())
	s.say("The log is in the clipboard. It holds no passwords and no mail.")
}
