package vm

import (
	"cmp"
	"slices"
	"strings"

	"postrider/mail"
)

// Choice is a folder that messages may be filed to.
type Choice struct {
	Mailbox mail.MailboxID
	Title   string // "Reading room"
	Above   string // "Projects", "": it is at the top
	Account string // "Fernlight"; "" where there is one account only
	Swatch  int
	Role    mail.Role
	Recent  bool
	Hits    []Range // of the typed text in Title
}

// Range is a part of a text, in bytes.
type Range struct{ From, Until int }

// Chooser finds a folder by some letters of its name.
type Chooser struct {
	Text    string
	Choices []Choice
	At      int // the one that Enter takes

	roster *Roster
	recent []mail.MailboxID
	from   []mail.MailboxID // where the messages are: that folder is no choice where all come from it
}

// Chooser makes a chooser for messages that are in some mailboxes.
func (v *Verbs) Chooser(from []mail.MailboxID) *Chooser {
	c := &Chooser{roster: v.roster, recent: v.Recent, from: from}
	c.Type("")
	return c
}

// Type narrows the choices to a text.
func (c *Chooser) Type(text string) {
	c.Text, c.At = text, 0
	c.Choices = c.Choices[:0]
	type scored struct {
		Choice
		score int
	}
	var found []scored
	for _, choice := range c.all() {
		score, hits, ok := c.match(choice, strings.Fields(strings.ToLower(text)))
		if !ok {
			continue
		}
		choice.Hits = hits
		if at := slices.Index(c.recent, choice.Mailbox); at >= 0 {
			choice.Recent = true
			score -= 10*(len(c.recent)-at) + 5
		}
		if c.home(choice) {
			score -= 4
		}
		found = append(found, scored{choice, score})
	}
	slices.SortStableFunc(found, func(a, b scored) int { return cmp.Compare(a.score, b.score) })
	for _, f := range found {
		c.Choices = append(c.Choices, f.Choice)
	}
}

// Move goes down the choices, or up.
func (c *Chooser) Move(by int) { c.At = max(0, min(len(c.Choices)-1, c.At+by)) }

// Chosen is what Enter takes; false where nothing fits.
func (c *Chooser) Chosen() (Choice, bool) {
	if c.At < 0 || c.At >= len(c.Choices) {
		return Choice{}, false
	}
	return c.Choices[c.At], true
}

// all returns every folder that messages can go to, in the sidebar's order.
func (c *Chooser) all() (list []Choice) {
	several := 0
	for _, a := range c.roster.Accounts {
		if !a.Removed {
			several++
		}
	}
	for _, a := range c.roster.Accounts {
		name := a.Name
		if several < 2 {
			name = ""
		}
		c.below(a, name, c.roster.foldersOf(a.ID), "", &list)
	}
	return list
}

func (c *Chooser) below(a Account, name string, folders []*folder, above string, list *[]Choice) {
	for _, f := range folders {
		ok, _ := CanFile(c.roster, f.box)
		if f.box.ID != 0 && ok && !(len(c.from) == 1 && c.from[0] == f.box.ID) {
			*list = append(*list, Choice{Mailbox: f.box.ID, Title: f.title, Above: above, Account: name, Swatch: a.Swatch, Role: f.role})
		}
		path := f.title
		if above != "" {
			path = above + " / " + f.title
		}
		c.below(a, name, f.below, path, list)
	}
}

// home reports whether a choice is in an account that the messages are in.
func (c *Chooser) home(choice Choice) bool {
	m, _ := c.roster.Mailbox(choice.Mailbox)
	return slices.ContainsFunc(c.from, func(id mail.MailboxID) bool {
		box, _ := c.roster.Mailbox(id)
		return box.Account == m.Account
	})
}

// match says how well a folder fits typed words, less is better: all must be in
// its name, its path or its account's.
func (c *Chooser) match(f Choice, words []string) (score int, hits []Range, ok bool) {
	title := strings.ToLower(f.Title)
	around := strings.ToLower(f.Above + " " + f.Account)
	for _, w := range words {
		at := strings.Index(title, w)
		switch {
		case at == 0:
			score -= 3
		case at > 0 && !isLetter(title[at-1]):
			score -= 2
		case at > 0:
			score--
		case strings.Contains(around, w):
			score++
			continue
		default:
			return 0, nil, false
		}
		if len(title) == len(f.Title) { // else lower case took another number of bytes
			hits = append(hits, Range{at, at + len(w)})
		}
	}
	return score, hits, true
}

func isLetter(b byte) bool { return b >= 0x80 || b >= 'a' && b <= 'z' || b >= '0' && b <= '9' }
