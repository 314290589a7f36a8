package vm

import (
	"context"
	"strings"
	"time"
	"unicode"

	"postrider/accounts/settings"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/phrase"
	"postrider/mail/store"
)

// Notification is what a desktop notification says: plain text, whatever the mail
// holds.
type Notification struct {
	Title   string             // "Ines Moreau"
	Text    string             // subject and first line
	IDs     []mail.PlacementID // what it is about
	Account mail.AccountID     // "" if of several
}

// Notify decides which arrivals a person is told of: new mail in an inbox, that
// nobody has read elsewhere, that they did not send themselves, and that did not
// come with a first sync.
type Notify struct {
	Tell func(Notification) // shows one

	// Watching reports whether the person looks at the list of a mailbox right
	// now: what arrives there needs no telling. nil: never.
	Watching func(mail.MailboxID) bool

	desk   *Desk
	client *client.Client
	roster *Roster
	prefs  *Preferences

	fresh map[mail.PlacementID]bool
	timer func()
	turn  Turn
}

// NewNotify makes the model; what arrives from now on counts.
func NewNotify(d *Desk, c *client.Client, r *Roster, p *Preferences) *Notify {
	return &Notify{desk: d, client: c, roster: r, prefs: p, fresh: map[mail.PlacementID]bool{}}
}

const (
	// gatherFor is how long arrivals are gathered: what comes together is told
	// together, and what another device has read by then is not told.
	gatherFor = 2 * time.Second

	// fewArrivals are told one by one; more are one digest.
	fewArrivals = 3

	// recentFor is how old mail may be to be news: a first sync, a restored
	// server, a mailbox that was moved bring what is older.
	recentFor = 24 * time.Hour

	// mostFresh is more than anybody gets at a time: it is a sync of old mail.
	mostFresh = 500
)

// Apply takes the store's batches in, after the roster did.
func (n *Notify) Apply(batches []mail.Batch) {
	for _, b := range batches {
		for _, ch := range b.Changes {
			switch ch := ch.(type) {
			case mail.PlacementsAdded:
				n.added(ch)
			case mail.PlacementsRemoved:
				for _, id := range ch.IDs {
					delete(n.fresh, id)
				}
			}
		}
	}
	if len(n.fresh) > 0 && n.timer == nil {
		n.timer = n.desk.After(gatherFor, n.gather)
	}
}

func (n *Notify) added(ch mail.PlacementsAdded) {
	if n.prefs.Notifications.Show == settings.ShowNone || n.roster.RoleOf(ch.Mailbox) != mail.RoleInbox {
		return
	}
	if n.Watching != nil && n.Watching(ch.Mailbox) {
		return
	}
	m, _ := n.roster.Mailbox(ch.Mailbox)
	a, ok := n.roster.Account(m.Account)
	if !ok || a.Status.LastSync.IsZero() || len(n.fresh)+len(ch.IDs) > mostFresh {
		return // the first sync
	}
	for _, id := range ch.IDs {
		n.fresh[id] = true
	}
}

func (n *Notify) gather() {
	n.timer = nil
	ids := make([]mail.PlacementID, 0, len(n.fresh))
	for id := range n.fresh {
		ids = append(ids, id)
	}
	clear(n.fresh)
	if n.prefs.Notifications.Quieted(n.desk.Now()) {
		return
	}
	Ask(n.desk, &n.turn, func(ctx context.Context) (rows []client.Row, err error) {
		err = n.client.Read(ctx, func(sn *store.Snapshot) error {
			rows, err = sn.Rows(ids)
			return err
		})
		return rows, err
	}, func(rows []client.Row, err error) {
		if err == nil && n.Tell != nil {
			n.tell(rows)
		}
	})
}

// worth reports whether a message deserves a notification.
func (n *Notify) worth(r client.Row) bool {
	switch {
	case r.Flags.Has(mail.Seen) || r.Flags.Has(mail.Junk) || r.Flags.Has(mail.Draft):
		return false
	case n.roster.Mine(r.FromAddr):
		return false
	case n.roster.RoleOf(r.Mailbox) != mail.RoleInbox:
		return false // moved on by a filter meanwhile
	}
	return n.desk.Now().Sub(r.Received) < recentFor || n.desk.Now().Sub(r.Date) < recentFor
}

func (n *Notify) tell(rows []client.Row) {
	var news []client.Row
	for _, r := range rows {
		if n.worth(r) {
			news = append(news, r)
		}
	}
	switch {
	case len(news) == 0:
	case len(news) > fewArrivals || n.prefs.Notifications.Show == settings.ShowNumber:
		n.Tell(n.digest(news))
	default:
		for _, r := range news {
			n.Tell(n.single(r))
		}
	}
}

func (n *Notify) single(r client.Row) Notification {
	t := Notification{Title: plainText(n.sender(r), 80), IDs: []mail.PlacementID{r.ID}, Account: r.Account}
	if n.prefs.Notifications.Show == settings.ShowAll {
		t.Text = plainText(r.Subject, 120)
		if line := plainText(r.Snippet, 160); line != "" {
			t.Text = strings.TrimSpace(t.Text + "\n" + line)
		}
	}
	return t
}

func (n *Notify) sender(r client.Row) string {
	if r.FromName != "" {
		return r.FromName
	}
	if r.FromAddr != "" {
		return r.FromAddr
	}
	return "Somebody"
}

// digest tells of many at once: "7 new messages", from whom.
func (n *Notify) digest(rows []client.Row) Notification {
	t := Notification{Title: phrase.Things(len(rows), "new message", "new messages"), Account: rows[0].Account}
	var who []string
	for _, r := range rows {
		t.IDs = append(t.IDs, r.ID)
		if name := plainText(n.sender(r), 40); !contains(who, name) {
			who = append(who, name)
		}
		if r.Account != t.Account {
			t.Account = ""
		}
	}
	if n.prefs.Notifications.Show != settings.ShowNumber {
		t.Text = "From " + phrase.Some(who, 3)
	}
	return t
}

// plainText makes one line without control characters, and without marks that
// turn the direction of what follows. What a desktop would take for markup is
// gui/desktop's to escape.
func plainText(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != 0x200d:
			return -1
		}
		return r
	}, text)
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > most {
		text = strings.TrimSpace(string(r[:most-1])) + "…"
	}
	return text
}
