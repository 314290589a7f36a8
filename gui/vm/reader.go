package vm

import (
	"context"
	"errors"
	"slices"
	"time"

	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/html"
	"postrider/mail/store"
)

// Reader shows a message, or the conversation that it is in: oldest first, what
// was read shut to one line, the newest and what is unread open.
type Reader struct {
	Chosen  mail.PlacementID // 0: nothing is shown
	Subject string
	About   string  // of a conversation: "4 messages · 3 people · Fernlight, Inbox and Sent"
	Cards   []*Card // at least one while something is shown
	Start   int     // the card to begin with
	Gone    bool    // what was chosen is not there any more
	Err     error   // it could not be read

	Conversations bool                      // show the rest of the conversation, too
	MarkAfter     time.Duration             // how long a message is seen before it counts as read; less than 0: never by itself
	Allowed       func(address string) bool // whether remote pictures of a sender are shown at once; nil: no
	Remote        html.Resolver             // fetches remote pictures that are allowed; nil: there are none

	Changed     func()      // cards came, went, or another message was chosen; may be nil
	CardChanged func(*Card) // one card says something else; may be nil

	desk   *Desk
	client *client.Client
	roster *Roster

	shelf   shelf
	thread  Turn
	again   bool
	ahead   Turn
	focused bool
	fresh   bool                      // another message was chosen, and its conversation is not read yet
	pinned  bool                      // it begins with what was chosen, whatever is unread
	marked  map[mail.PlacementID]bool // by itself, since it is shown
	marking func()                    // ends the timer
}

// NewReader makes a reader that shows nothing.
func NewReader(d *Desk, c *client.Client, r *Roster) *Reader {
	return &Reader{desk: d, client: c, roster: r, Conversations: true, MarkAfter: time.Second, focused: true}
}

// Show shows the message of a row. Its head is there at once; the rest follows.
func (r *Reader) Show(row client.Row) {
	if row.ID == r.Chosen && !r.Gone {
		return
	}
	r.drop()
	r.Chosen, r.Subject = row.ID, row.Subject
	r.marked, r.fresh = map[mail.PlacementID]bool{}, true
	card := r.newCard(row, true)
	card.Open = true
	r.Cards = []*Card{card}
	r.load(card)
	r.reread()
	r.changed()
}

// ShowMessage is Show for a row that stands for one message and not for its
// conversation, such as a search finds: reading begins with that message.
func (r *Reader) ShowMessage(row client.Row) {
	if row.ID == r.Chosen && !r.Gone {
		return
	}
	r.Show(row)
	r.pinned = true
}

// Clear shows nothing.
func (r *Reader) Clear() {
	r.drop()
	r.changed()
}

func (r *Reader) drop() {
	r.thread.Drop()
	r.stopMarking()
	for _, c := range r.Cards {
		c.turn.Drop()
	}
	r.Chosen, r.Subject, r.About, r.Cards, r.Start, r.Gone, r.Err, r.again, r.pinned = 0, "", "", nil, 0, false, nil, false, false
}

func (r *Reader) newCard(row client.Row, alone bool) *Card {
	c := &Card{reader: r, remote: r.Remote}
	if body := r.shelf.get(row.Message); body != nil {
		c.Body, c.State = body, BodyHere
		c.allow()
	}
	c.set(row, alone)
	return c
}

func (r *Reader) changed() {
	if r.Changed != nil {
		r.Changed()
	}
}

func (r *Reader) cardChanged(c *Card) {
	if r.CardChanged != nil {
		r.CardChanged(c)
	}
}

// Apply takes the store's batches in, after the roster did.
func (r *Reader) Apply(batches []mail.Batch) {
	if r.Chosen == 0 {
		return
	}
	stale := false
	for _, b := range batches {
		for _, ch := range b.Changes {
			switch ch := ch.(type) {
			case mail.PlacementsChanged:
				stale = stale || r.shows(ch.IDs)
			case mail.PlacementsRemoved:
				stale = stale || r.shows(ch.IDs)
			case mail.PlacementsAdded:
				stale = stale || r.Conversations || r.shows(ch.IDs)
			case mail.BodyArrived:
				stale = stale || r.awaits(ch.Messages)
			case mail.AccountStatus:
				r.status(ch)
			case mail.Gap:
				stale = true
			}
		}
	}
	if stale {
		r.reread()
	}
}

func (r *Reader) shows(ids []mail.PlacementID) bool {
	return slices.ContainsFunc(r.Cards, func(c *Card) bool { return slices.Contains(ids, c.ID) })
}

func (r *Reader) awaits(ids []mail.MessageID) bool {
	return slices.ContainsFunc(r.Cards, func(c *Card) bool { return c.State != BodyHere && slices.Contains(ids, c.Row.Message) })
}

// status tries once more for what could not be had, when its account works again.
func (r *Reader) status(ch mail.AccountStatus) {
	if ch.Status.Phase != mail.PhaseIdle {
		return
	}
	for _, c := range r.Cards {
		if c.Open && c.State == BodyAway && c.Row.Account == ch.Account {
			r.load(c)
		}
	}
}

// reread reads which messages the conversation has.
func (r *Reader) reread() {
	if r.thread.Busy() {
		r.again = true
		return
	}
	r.again = false
	chosen, whole := r.Chosen, r.Conversations
	roles := r.roster.roles
	Ask(r.desk, &r.thread, func(ctx context.Context) ([]client.Row, error) {
		return conversation(ctx, r.client, chosen, whole, roles)
	}, r.take)
}

// conversation reads the rows of the conversation that a message is in, each
// message once.
func conversation(ctx context.Context, c *client.Client, chosen mail.PlacementID, whole bool, roles map[mail.MailboxID]mail.Role) (rows []client.Row, err error) {
	err = c.Read(ctx, func(sn *store.Snapshot) error {
		row, err := sn.Row(chosen)
		if err != nil {
			return err
		}
		if !whole || row.Thread == 0 {
			rows = []client.Row{row}
			return nil
		}
		all, err := sn.Everywhere(row.Thread)
		rows = once(all, row, roles)
		return err
	})
	return rows, err
}

// once picks one placement of each message: the chosen one, else the best of
// its account. What is only in the trash or among junk belongs to the
// conversation only if one looks at it there.
func once(all []client.Row, chosen client.Row, roles map[mail.MailboxID]mail.Role) (rows []client.Row) {
	away := func(r client.Row) bool {
		return roles[r.Mailbox] == mail.RoleTrash || roles[r.Mailbox] == mail.RoleJunk
	}
	rank := func(r client.Row) int {
		switch {
		case r.ID == chosen.ID:
			return 0
		case r.Mailbox == chosen.Mailbox:
			return 1
		case away(r):
			return 9
		case r.Account != chosen.Account:
			return 8
		case roles[r.Mailbox] == mail.RoleAll:
			return 7
		}
		return 2
	}
	at := map[mail.MessageID]int{}
	for _, r := range all {
		if away(r) && !away(chosen) && r.ID != chosen.ID {
			continue
		}
		i, met := at[r.Message]
		switch {
		case !met:
			at[r.Message] = len(rows)
			rows = append(rows, r)
		case rank(r) < rank(rows[i]):
			rows[i] = r
		}
	}
	if _, met := at[chosen.Message]; !met { // a conversation so long that it was left out
		rows = append([]client.Row{chosen}, rows...)
	}
	return rows
}

// take puts the cards in step with the conversation's rows.
func (r *Reader) take(rows []client.Row, err error) {
	if r.again {
		defer r.reread()
	}
	switch {
	case mail.Is(err, mail.KindGone):
		r.Gone = true
		r.changed()
		return
	case err != nil:
		if !errors.Is(err, context.Canceled) {
			r.Err = err
			r.changed()
		}
		return
	}
	changed, first := r.merge(rows), r.fresh
	r.fresh = false
	r.About = ""
	if len(rows) > 1 {
		r.About = r.about()
	}
	if first {
		r.unfold()
	}
	for _, c := range r.Cards {
		if c.Open {
			r.load(c)
		}
	}
	if changed || first {
		r.changed()
	}
	r.watch()
}

// merge updates the cards, and reports whether some came or went.
func (r *Reader) merge(rows []client.Row) (changed bool) {
	old := slices.Clone(r.Cards)
	cards := make([]*Card, 0, len(rows))
	for _, row := range rows {
		i := cardOf(old, row)
		if i < 0 {
			cards = append(cards, r.newCard(row, len(rows) == 1))
			changed = true
		} else {
			c := old[i]
			old = slices.Delete(old, i, i+1)
			r.update(c, row, len(rows) == 1)
			cards = append(cards, c)
		}
		if row.ID == r.Chosen && row.Subject != "" {
			r.Subject = row.Subject
		}
	}
	for _, c := range old {
		c.turn.Drop()
		changed = true
	}
	r.Cards = cards
	return changed
}

// cardOf finds the card of a row: of the same message, or of the placement whose
// message turned out to be another.
func cardOf(cards []*Card, row client.Row) int {
	i := slices.IndexFunc(cards, func(c *Card) bool { return c.Row.Message == row.Message })
	if i < 0 {
		i = slices.IndexFunc(cards, func(c *Card) bool { return c.ID == row.ID })
	}
	return i
}

func (r *Reader) update(c *Card, row client.Row, alone bool) {
	was := c.Row
	if was.Message != row.Message {
		c.Body, c.State = nil, BodyUnread
	}
	if was.UID != row.UID || was.Mailbox != row.Mailbox || was.Here != row.Here {
		c.Custody.Known = false
	}
	if c.State == BodyAway && row.Here {
		c.State = BodyUnread
	}
	c.set(row, alone)
	if was != row {
		r.cardChanged(c)
	}
}

// maxOpen is how many messages a conversation opens by itself.
const maxOpen = 12

// unfold opens what a conversation begins with.
func (r *Reader) unfold() {
	if r.pinned {
		r.unfoldChosen()
		return
	}
	open := 0
	r.Start = -1
	for i := len(r.Cards) - 1; i >= 0; i-- {
		c := r.Cards[i]
		c.Open = i == len(r.Cards)-1 || c.Unread && open < maxOpen
		if c.Open {
			open++
		}
		if c.Open && c.Unread {
			r.Start = i
		}
	}
	if r.Start < 0 {
		r.Start = len(r.Cards) - 1
	}
}

// unfoldChosen opens the message that was chosen, and no other.
func (r *Reader) unfoldChosen() {
	for i, c := range r.Cards {
		if c.Open = c.ID == r.Chosen; c.Open {
			r.Start = i
		}
	}
}

// Toggle opens a card, or shuts it.
func (r *Reader) Toggle(c *Card) {
	c.Open = !c.Open
	if c.Open {
		r.load(c)
	}
	r.cardChanged(c)
	r.watch()
}

// OpenAll opens every card, or with false shuts all but the newest.
func (r *Reader) OpenAll(open bool) {
	for i, c := range r.Cards {
		c.Open = open || i == len(r.Cards)-1
		if c.Open {
			r.load(c)
		}
	}
	r.changed()
	r.watch()
}
