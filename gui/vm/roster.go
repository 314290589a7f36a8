package vm

import (
	"context"
	"slices"
	"strings"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/store"
)

// Swatches is how many colours tell accounts apart.
const Swatches = 6

// Account is an account as all of the window knows it.
type Account struct {
	ID       mail.AccountID
	Name     string // what the person calls it
	Address  string
	Protocol string // "IMAP" or "POP", as people say
	Swatch   int    // which colour stands for it, 0 to Swatches-1
	Health   Health
	State    string      // one line on how it is
	Err      *mail.Error // what is wrong; nil: nothing
	Status   mail.Status
	Removed  bool // its settings are gone, and its mail was kept
	Settings accounts.Account
}

// Roster is the accounts and their mailboxes, kept in step with the store: what
// the other models share. It reads everything once, and after that only what a
// batch says has changed.
type Roster struct {
	desk   *Desk
	client *client.Client

	Accounts []Account
	Err      error // why it could not be read; nil: it was
	Loaded   bool

	tree   *client.Tree
	roles  map[mail.MailboxID]mail.Role
	told   []func()
	turn   Turn
	whole  bool                    // read everything the next time
	counts map[mail.MailboxID]bool // read these the next time
}

// NewRoster makes a roster; Load fills it.
func NewRoster(d *Desk, c *client.Client) *Roster {
	return &Roster{desk: d, client: c, tree: &client.Tree{}, counts: map[mail.MailboxID]bool{}}
}

// OnChange has fn called after every change.
func (r *Roster) OnChange(fn func()) { r.told = append(r.told, fn) }

func (r *Roster) tell() {
	for _, fn := range r.told {
		fn()
	}
}

// Load reads everything anew: at the start, and when the accounts file has
// changed, which no batch tells.
func (r *Roster) Load() {
	r.whole = true
	r.read()
}

// Apply takes the store's batches in.
func (r *Roster) Apply(batches []mail.Batch) {
	changed := false
	for _, b := range batches {
		for _, ch := range b.Changes {
			changed = r.apply(ch) || changed
		}
	}
	if r.whole || len(r.counts) > 0 {
		r.read()
	}
	if changed {
		r.tell()
	}
}

// apply notes what is to be read, and reports whether something changed at once.
func (r *Roster) apply(ch mail.Change) bool {
	switch ch := ch.(type) {
	case mail.MailboxesChanged, mail.Gap:
		r.whole = true
	case mail.MailboxChanged:
		r.counts[ch.Mailbox] = true
	case mail.AccountStatus:
		return r.status(ch)
	}
	return false
}

func (r *Roster) status(ch mail.AccountStatus) bool {
	i := slices.IndexFunc(r.Accounts, func(a Account) bool { return a.ID == ch.Account })
	if i < 0 {
		return false
	}
	a := &r.Accounts[i]
	was := *a
	a.Status = ch.Status
	if a.Status.LastSync.IsZero() {
		a.Status.LastSync = was.Status.LastSync // the worker knows of those since the start only
	}
	r.judge(a, nil)
	return a.Health != was.Health || a.State != was.State || a.Err != was.Err
}

// judge says how an account is; last is how its last sync ended, as the store
// remembers it.
func (r *Roster) judge(a *Account, last *mail.Error) {
	a.Health, a.Err = healthOf(a.Status, last)
	a.State = healthText(a.Health, a.Err, a.Status, r.desk.Style, r.desk.Now())
	if a.Removed {
		a.Health, a.Err, a.State = Fine, nil, "Kept mail; not connected any more"
	}
}

// read reads what is to be read. One read is under way at a time: what comes
// meanwhile is read after it, so that a busy sync cannot keep it from ending.
func (r *Roster) read() {
	if r.turn.Busy() {
		return
	}
	if r.whole || !r.Loaded {
		r.whole = false
		clear(r.counts)
		Ask(r.desk, &r.turn, r.client.Tree, r.take)
		return
	}
	ids := make([]mail.MailboxID, 0, len(r.counts))
	for id := range r.counts {
		ids = append(ids, id)
	}
	clear(r.counts)
	Ask(r.desk, &r.turn, func(ctx context.Context) ([]mail.Mailbox, error) { return r.mailboxes(ctx, ids) }, r.recount)
}

func (r *Roster) mailboxes(ctx context.Context, ids []mail.MailboxID) (list []mail.Mailbox, err error) {
	err = r.client.Read(ctx, func(sn *store.Snapshot) error {
		for _, id := range ids {
			m, err := sn.Mailbox(id)
			if err != nil && !mail.Is(err, mail.KindGone) {
				return err
			}
			if err == nil {
				list = append(list, m)
			}
		}
		return nil
	})
	return list, err
}

func (r *Roster) take(t *client.Tree, err error) {
	if r.Err = err; err == nil {
		r.tree, r.Loaded = t, true
		r.enrol()
	}
	r.tell()
	r.more()
}

func (r *Roster) recount(list []mail.Mailbox, err error) {
	r.Err = err
	changed := err != nil
	for _, m := range list {
		i := slices.IndexFunc(r.tree.Mailboxes, func(have mail.Mailbox) bool { return have.ID == m.ID })
		if i >= 0 && r.tree.Mailboxes[i] != m {
			r.tree.Mailboxes[i], changed = m, true
		}
	}
	if changed {
		r.tell()
	}
	r.more()
}

// more reads what came while something was being read.
func (r *Roster) more() {
	if r.whole || len(r.counts) > 0 {
		r.read()
	}
}

// enrol makes the accounts of a tree that was read.
func (r *Roster) enrol() {
	list := make([]Account, 0, len(r.tree.Accounts))
	for i, m := range r.tree.Accounts {
		a := Account{
			ID: m.ID, Name: m.Called(), Address: m.Address, Protocol: protocolWord(m.Protocol),
			Swatch: i % Swatches, Removed: m.Removed, Settings: m.Account, Status: r.client.Status(m.ID),
		}
		if m.Removed {
			a.Name = "Kept mail"
		}
		if a.Status.LastSync.IsZero() {
			a.Status.LastSync = m.State.LastSync
		}
		r.judge(&a, m.State.Err)
		list = append(list, a)
	}
	r.Accounts = list
	r.roles = map[mail.MailboxID]mail.Role{}
	for _, m := range r.tree.Mailboxes {
		r.roles[m.ID] = m.Role
	}
	for _, a := range list {
		for _, role := range folderOrder {
			if m, ok := r.tree.Role(a.ID, role); ok {
				r.roles[m.ID] = role
			}
		}
	}
}

func protocolWord(p accounts.Protocol) string {
	if p == accounts.POP3 {
		return "POP"
	}
	return strings.ToUpper(string(p))
}

// Account returns an account by its id.
func (r *Roster) Account(id mail.AccountID) (Account, bool) {
	for _, a := range r.Accounts {
		if a.ID == id {
			return a, true
		}
	}
	return Account{}, false
}

// Mailbox returns a mailbox by its id.
func (r *Roster) Mailbox(id mail.MailboxID) (mail.Mailbox, bool) { return r.tree.Box(id) }

// RoleOf is what a mailbox is for: what the server says, or what its name says.
func (r *Roster) RoleOf(id mail.MailboxID) mail.Role { return r.roles[id] }

// Tree is the accounts and mailboxes as they were read last; not for changing.
func (r *Roster) Tree() *client.Tree { return r.tree }

// Mine reports whether an address is one of the person's own, in any account.
func (r *Roster) Mine(address string) bool {
	for _, a := range r.Accounts {
		for _, s := range a.Settings.Senders() {
			if s.Address != "" && strings.EqualFold(s.Address, address) {
				return true
			}
		}
	}
	return false
}

// Mailboxes returns the mailboxes that a place shows together.
func (r *Roster) Mailboxes(p Place) (ids []mail.MailboxID) {
	if p.Kind == AFolder {
		if m, ok := r.tree.Box(p.Mailbox); ok && !m.NoSelect {
			return []mail.MailboxID{m.ID}
		}
		return nil
	}
	for _, m := range r.tree.Mailboxes {
		if !m.NoSelect && r.shows(p, r.roles[m.ID], m) {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

func (r *Roster) shows(p Place, role mail.Role, m mail.Mailbox) bool {
	switch p.Kind {
	case AllInboxes:
		return role == mail.RoleInbox
	case AnAccount:
		return role == mail.RoleInbox && m.Account == p.Account
	case AllUnread:
		return readable(role)
	case AllStarred:
		return role != mail.RoleTrash && role != mail.RoleJunk && role != mail.RoleAll && role != mail.RoleFlagged
	}
	return false
}

// readable reports whether one looks for unread mail in a mailbox of the role:
// not in what one writes or throws away, and not in Gmail's second copies.
func readable(role mail.Role) bool {
	switch role {
	case mail.RoleNone, mail.RoleInbox, mail.RoleArchive:
		return true
	}
	return false
}

// Unread is how many unread messages a place has.
func (r *Roster) Unread(p Place) (n int) {
	for _, id := range r.Mailboxes(p) {
		m, _ := r.tree.Box(id)
		n += m.Unread
	}
	return n
}
