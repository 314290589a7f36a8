package vm

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/contact"
	"postrider/mail/message"
	"postrider/mail/query"
)

// Acquaintances are the people that the person wrote to, who wrote, and whom the
// address book has, with its groups: what the recipients of a message are completed
// from.
type Acquaintances struct {
	desk   *Desk
	client *client.Client
	roster *Roster
	turn   Turn
	read   time.Time
	all    []acquaintance
}

// Acquaintance is somebody, or with Members a group, whose name it then has.
type Acquaintance struct {
	message.Address
	Members []message.Address
}

type acquaintance struct {
	Acquaintance
	known   bool   // the address book has it
	key     string // the address, folded
	words   string // name and address, folded, a space before each
	written int    // messages to them
	seen    int    // messages from them
	last    time.Time
}

// NewAcquaintances makes an empty circle; Refresh fills it.
func NewAcquaintances(d *Desk, c *client.Client, r *Roster) *Acquaintances {
	return &Acquaintances{desk: d, client: c, roster: r}
}

const (
	acquaintedBy = 3000 // messages that are looked at, of those sent and of those that came
	acquaintFor  = time.Minute
)

// Refresh reads who they are, unless that was done a moment ago.
func (a *Acquaintances) Refresh() {
	now := a.desk.Now()
	if a.turn.Busy() || !a.read.IsZero() && now.Sub(a.read) < acquaintFor {
		return
	}
	a.read = now
	var sent, came []mail.MailboxID
	for _, m := range a.roster.Tree().Mailboxes {
		switch a.roster.RoleOf(m.ID) {
		case mail.RoleSent:
			sent = append(sent, m.ID)
		case mail.RoleInbox, mail.RoleArchive, mail.RoleAll:
			came = append(came, m.ID)
		}
	}
	mine := a.roster.mineOf()
	Ask(a.desk, &a.turn, func(ctx context.Context) ([]acquaintance, error) {
		wrote, err := a.client.List(ctx, client.Page{Mailboxes: sent, Limit: acquaintedBy})
		if err != nil {
			return nil, err
		}
		got, err := a.client.List(ctx, client.Page{Mailboxes: came, Limit: acquaintedBy})
		if err != nil {
			return nil, err
		}
		book, _ := a.client.Contacts() // one that cannot be read is no reason to know nobody
		return acquainted(wrote, got, book, mine), nil
	}, func(all []acquaintance, err error) {
		if err == nil {
			a.all = all
		}
	})
}

// mineOf is Mine for a goroutine.
func (r *Roster) mineOf() func(string) bool {
	own := map[string]bool{}
	for _, acc := range r.Accounts {
		for _, self := range client.Selves(acc.Settings) {
			own[strings.ToLower(self.Addr)] = true
		}
	}
	return func(addr string) bool { return own[strings.ToLower(addr)] }
}

// circle gathers people, each address once.
type circle struct {
	by   map[string]*acquaintance
	mine func(string) bool
}

// of is somebody in the circle; nil for whom nobody writes to.
func (c *circle) of(addr message.Address) *acquaintance {
	key := strings.ToLower(addr.Addr)
	if key == "" || c.mine(key) || message.CheckAddress(addr.Addr) != nil {
		return nil
	}
	p := c.by[key]
	if p == nil {
		p = &acquaintance{Acquaintance: Acquaintance{Address: addr}, key: key}
		c.by[key] = p
	}
	if p.Name == "" {
		p.Name = addr.Name
	}
	return p
}

// met notes a message to somebody, or from somebody.
func (c *circle) met(addr message.Address, at time.Time, wrote bool) {
	p := c.of(addr)
	if p == nil {
		return
	}
	if at.After(p.last) {
		p.last = at
	}
	if wrote {
		p.written++
	} else {
		p.seen++
	}
}

// acquainted gathers people from the address book, from what was sent and from what
// came.
func acquainted(sent, came []client.Row, book []contact.Contact, mine func(string) bool) []acquaintance {
	c := &circle{by: map[string]*acquaintance{}, mine: mine}
	people, groups := contact.People(book)
	for _, addr := range people { // first: their names are the person's own
		if p := c.of(addr); p != nil {
			p.known = true
		}
	}
	for _, r := range sent {
		for _, text := range []string{r.To, r.Cc} {
			for _, addr := range headerAddresses(text) {
				c.met(addr, r.Date, true)
			}
		}
	}
	for _, r := range came {
		if !impersonal(r.FromAddr) {
			c.met(message.Address{Name: r.FromName, Addr: r.FromAddr}, r.Date, false)
		}
	}
	all := make([]acquaintance, 0, len(c.by)+len(groups))
	for _, p := range c.by {
		p.words = " " + query.Fold(strings.Join(splitWords(p.Name+" "+p.Addr), " ")) + " " + p.key
		all = append(all, *p)
	}
	for _, g := range groups {
		all = append(all, acquaintance{
			Acquaintance: Acquaintance{message.Address{Name: g.Name}, g.People}, known: true,
			key: strings.ToLower(g.Name), words: " " + query.Fold(strings.Join(splitWords(g.Name), " ")),
		})
	}
	slices.SortFunc(all, func(a, b acquaintance) int {
		return cmp.Or(b.weight()-a.weight(), b.last.Compare(a.last), strings.Compare(a.key, b.key))
	})
	return all
}

// weight is how likely somebody is meant: whom one writes to comes before whom one
// knows, and that before who writes.
func (a acquaintance) weight() int {
	w := 100*min(a.written, 50) + min(a.seen, 50)
	if a.known {
		w += 75
	}
	return w
}

// impersonal reports addresses that take no answer.
func impersonal(addr string) bool {
	local, _, _ := strings.Cut(strings.ToLower(addr), "@")
	local = strings.NewReplacer("-", "", "_", "", ".", "").Replace(local)
	return strings.Contains(local, "noreply") || strings.Contains(local, "donotreply") || strings.HasPrefix(local, "bounce") || local == "mailerdaemon"
}

func headerAddresses(text string) []message.Address {
	if text == "" {
		return nil
	}
	return message.ParseAddresses(text)
}

func splitWords(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" .,-_@\"'()", r) })
}

// Find returns people whose name or address has words that begin so, those first
// that are written to most, and names before addresses, without those of except.
func (a *Acquaintances) Find(typed string, n int, except func(message.Address) bool) (list []Acquaintance) {
	words := strings.Fields(query.Fold(typed))
	if len(words) == 0 {
		return nil
	}
	var rest []Acquaintance // strangers whose address alone begins so
	for _, p := range a.all {
		switch {
		case len(list) == n:
			return list
		case !p.matches(words) || except != nil && except(p.Address):
		case p.written > 0 || p.known || p.isCalled(words):
			list = append(list, p.Acquaintance)
		default:
			rest = append(rest, p.Acquaintance)
		}
	}
	return append(list, rest[:min(len(rest), n-len(list))]...)
}

// isCalled reports that the name has the words, and not only the address.
func (a acquaintance) isCalled(words []string) bool {
	name := " " + query.Fold(strings.Join(splitWords(a.Name), " "))
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(name, " "+w) })
}

func (a acquaintance) matches(words []string) bool {
	for _, w := range words {
		if !strings.Contains(a.words, " "+w) {
			return false
		}
	}
	return true
}
