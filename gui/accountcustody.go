package gui

import (
	"slices"
	"strings"

	"postrider/accounts"
	pages "postrider/gui/settings"
	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
	"postrider/mail/phrase"
)

// dayChoices are offered where a policy counts days.
var dayChoices = []int{1, 3, 7, 14, 30, 90, 365}

// usualDays is what such a policy begins with.
const usualDays = 14

func daysOr(days int) int {
	if days > 0 {
		return days
	}
	return usualDays
}

// keepingChanged draws where a POP account's mail is. A policy that the person
// chose is theirs at once if nothing leaves the server by it; otherwise the page
// says first what would, and waits for a yes.
func (p *accountPage) keepingChanged() {
	m := p.keeping
	if p.chosen && m.Ready && m.Ahead && len(m.Next) == 0 {
		p.agree()
		return
	}
	p.custody.Set(p.keepingShown())
}

func (p *accountPage) keepingShown() pages.Custody {
	m := p.keeping
	c := pages.Custody{
		Question: "What happens to the server’s copy", Days: daysOr(m.Keep.Days), DayChoice: dayChoices,
		Next: p.announcement(), Caption: m.Summary, Where: sharesOf(m.OnlyHere, m.Both, m.ServerOnly), OnOption: p.consider,
	}
	for i, o := range vm.KeepOptions(c.Days) {
		option := pages.Option{Label: o.Title, Meaning: o.Others}
		if o.Keep.Mode == accounts.KeepDays {
			option.After = "days"
		}
		c.Options = append(c.Options, option)
		if o.Keep.Mode == m.Keep.Mode {
			c.Chosen = i
		}
	}
	for _, l := range m.Next {
		line := pages.Leaving{From: l.From, Subject: l.Subject, Received: l.Received, Leaves: strings.TrimPrefix(l.When, "on ")}
		if l.ID != 0 && !m.Ahead {
			line.Keep = func() { m.KeepOnServer([]mail.PlacementID{l.ID}, p.shell.failed) }
		}
		c.Leaving = append(c.Leaving, line)
	}
	c.Kept, c.Free = m.Kept, func() { m.Free(p.shell.failed) }
	for _, s := range m.Stages {
		c.Ledger = append(c.Ledger, stopOf(s))
	}
	return c
}

// announcement is the sentence that says what leaves the server and when.
func (p *accountPage) announcement() pages.Announcement {
	m := p.keeping
	switch {
	case m.Err != nil:
		text, detail := vm.Explain(m.Err)
		return pages.Announcement{Title: text, Text: detail}
	case !m.Ready:
		return pages.Announcement{}
	}
	a := pages.Announcement{Title: m.Sentence, Text: m.Detail}
	if m.Ahead {
		a.Action, a.Act = "Leave it as it was", p.forget
		a.Yes, a.Agree = "Use this", p.agree
	}
	return a
}

// consider shows what a policy would do.
func (p *accountPage) consider(i, days int) {
	keep := vm.KeepOptions(daysOr(days))[i].Keep
	if keep == p.keeping.Keep {
		return
	}
	p.chosen = true
	p.keeping.Consider(keep)
}

// forget goes back to the account's policy.
func (p *accountPage) forget() {
	p.chosen = false
	p.keeping.Consider(p.keeping.Account.Keep)
}

// agree makes the policy that is shown the account's.
func (p *accountPage) agree() {
	p.chosen = false
	p.keeping.Choose(func(err error) {
		p.shell.failed(err)
		if err != nil {
			p.forget()
		}
	})
}

func stopOf(s vm.Stage) widgets.Stop {
	stop := widgets.Stop{State: widgets.StopUnderWay, Name: s.Name, Text: s.Text, Count: phrase.Count(s.N)}
	switch {
	case s.N == 0:
		stop.State = widgets.StopEmpty
	case s.Safe:
		stop.State = widgets.StopSafe
	}
	return stop
}

// sharesOf shows where so many messages are.
func sharesOf(onlyHere, both, serverOnly int) []widgets.Share {
	share := func(label string, n int, color theme.Token) widgets.Share {
		return widgets.Share{Label: label, Count: phrase.Count(n), Part: float32(n), Color: color}
	}
	return []widgets.Share{
		share("On this computer only", onlyHere, theme.Accent), share("On the server and here", both, theme.AccentSoft),
		share("On the server only", serverOnly, theme.Ink3),
	}
}

// holdingChanged draws where an IMAP account's mail is.
func (p *accountPage) holdingChanged() {
	m := p.holding
	offline := m.Account.Offline
	c := pages.Custody{Question: "What this computer keeps", Days: daysOr(offline.Days), DayChoice: holdDays, OnOption: p.hold}
	for i, o := range vm.HoldOptions(c.Days) {
		option := pages.Option{Label: o.Title, Meaning: o.Meaning}
		if o.Offline.Mode == accounts.OfflineDays {
			option.After = "days"
		}
		c.Options = append(c.Options, option)
		if o.Offline.Mode == offline.Mode {
			c.Chosen = i
		}
	}
	switch {
	case m.Err != nil:
		c.Next.Title, c.Next.Text = vm.Explain(m.Err)
	case m.Ready:
		c.Next.Title, c.Next.Text = "All mail of this account stays on the server.", m.Text
		c.Where = sharesOf(0, m.Both, m.ServerOnly)[1:]
	}
	p.custody.Set(c)
}

// holdDays are offered for how long mail is kept here.
var holdDays = []int{7, 14, 30, 90, 365}

// hold keeps so much of an IMAP account's mail here.
func (p *accountPage) hold(i, days int) {
	if !slices.Contains(holdDays, days) {
		days = daysOr(days)
	}
	offline := vm.HoldOptions(days)[i].Offline
	if offline != p.holding.Account.Offline {
		p.holding.Choose(offline, p.shell.failed)
	}
}

// removalMeans says what becomes of an account's mail that is not only here.
func removalMeans(a vm.Account) string {
	if a.Settings.Protocol == accounts.POP3 {
		return "What is still on the server stays there. What is on this computer only is gone for good."
	}
	return "All of it stays on the server."
}

// askRemoval says what would go with an account, and removes it after a yes.
func (s *shell) askRemoval(id mail.AccountID, keepMail bool) {
	work := vm.NewSetup(s.desk, s.client, s.roster)
	work.Weigh(id, func(r vm.Removal, err error) {
		if err != nil {
			s.failed(err)
			return
		}
		q := widgets.Question{Title: "Remove " + r.Name + "?", Sentence: r.Sentence(keepMail), Yes: "Remove"}
		if !keepMail {
			q.Title, q.Yes, q.Danger = "Remove "+r.Name+" and its mail from this computer?", "Delete", true
		}
		q.Act = func() { work.Remove(id, keepMail, s.failed) }
		widgets.Ask(s.app.window.Canvas(), q)
	})
}
