package vm

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/message"
	"postrider/mail/query"
)

// Acquaintances are the people that the person wrote to, or who wrote: what the
// recipients of a message are completed from.
type Acquaintances struct {
	desk   *Desk
	client *client.Client
	roster *Roster
	turn   Turn
	read   time.Time
	all    []acquaintance
}

type acquaintance struct {
	message.Address
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
		return acquainted(wrote, got, mine), err
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

// acquainted gathers people from what was sent and what came.
func acquainted(sent, came []client.Row, mine func(string) bool) []acquaintance {
	by := map[string]*acquaintance{}
	note := func(addr message.Address, at time.Time, wrote bool) {
		key := strings.ToLower(addr.Addr)
		if key == "" || mine(key) || message.CheckAddress(addr.Addr) != nil {
			return
		}
		p := by[key]
		if p == nil {
			p = &acquaintance{Address: addr, key: key}
			by[key] = p
		}
		if p.Name == "" {
			p.Name = addr.Name
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
	for _, r := range sent {
		for _, text := range []string{r.To, r.Cc} {
			for _, addr := range headerAddresses(text) {
				note(addr, r.Date, true)
			}
		}
	}
	for _, r := range came {
		if !impersonal(r.FromAddr) {
			note(message.Address{Name: r.FromName, Addr: r.FromAddr}, r.Date, false)
		}
	}
	all := make([]acquaintance, 0, len(by))
	for _, p := range by {
		p.words = " " + query.Fold(strings.Join(splitWords(p.Name+" "+p.Addr), " ")) + " " + p.key
		all = append(all, *p)
	}
	slices.SortFunc(all, func(a, b acquaintance) int {
		return cmp.Or(b.weight()-a.weight(), b.last.Compare(a.last), strings.Compare(a.key, b.key))
	})
	return all
}

// weight is how likely somebody is meant: whom one writes to comes before who
// writes.
func (a acquaintance) weight() int { return 100*min(a.written, 50) + min(a.seen, 50) }

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
// that are written to most, without those of except.
func (a *Acquaintances) Find(typed string, n int, except func(message.Address) bool) (list []message.Address) {
	words := strings.Fields(query.Fold(typed))
	if len(words) == 0 {
		return nil
	}
	for _, p := range a.all {
		if len(list) == n {
			break
		}
		if p.matches(words) && (except == nil || !except(p.Address)) {
			list = append(list, p.Address)
		}
	}
	return list
}

func (a acquaintance) matches(words []string) bool {
	for _, w := range words {
		if !strings.Contains(a.words, " "+w) {
			return false
		}
	}
	return true
}
